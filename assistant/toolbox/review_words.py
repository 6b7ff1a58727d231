"""What was entered into a review, read back in words."""

from collections.abc import Collection
from typing import Any

from tools.metrics.shown import listed, number, percent, plural
from tools.risk.checklist import Question
from tools.risk.plain import bare_of_markup
from tools.risk.progress import shown_value
from tools.risk.review import Given, Node, Scope, Source

LONGEST = 160
_ARTICLES = ("the ", "our ", "a ", "an ", "this ", "that ")
SCOPE_FIELDS = {
    "product_lines": "product lines",
    "sites": "sites",
    "period": "period",
    "currency": "currency",
    "loss_limit": "unacceptable loss in one event",
    "weekly_margin": "margin a week of all it covers",
    "stockout_limit_days": "longest stockout accepted",
    "other_limits": "other limits",
}
_NODE = {
    "ttr_weeks": "time to recover",
    "cover_weeks": "stock cover",
    "switch_weeks": "time to switch",
    "alternate_share": "alternates take over",
    "share_affected": "share of the margin lost with it",
    "margin_per_week": "margin a week",
    "category": "category",
    "note": "note",
    "evidence": "evidence",
}


def node_words(node: Node, fields: Collection[str], before: Node | None = None) -> str:
    """Return some fields of a node in words: "motor controller: single source (Taiwan), stock cover 6 weeks"."""
    parts = []
    for name in ("kind", "sources", *_NODE):
        if name not in fields:
            continue
        said = _field(node, name)
        if not said:
            continue
        old = _field(before, name) if before is not None else ""
        parts.append(f"{said} (was {_value(before, name)})" if before and old and old != said else said)
    if "critical" in fields:
        parts.append("critical" if node.critical else "not critical")
    return f"{node.name}: {', '.join(parts)}" if parts else f"{node.name} ({node.kind})"


def answer_words(question: Question, given: Given, fields: Collection[str] | None = None) -> str:
    """Return an answer in words: "1.1 Scope and loss limits: ..."; of some fields only, if they are given."""
    said = []
    if given.unknown:
        said.append("not known")
    elif fields is None or "value" in fields:
        value = shown_value(question, given.value)
        said += [f'"{short(value)}"'] if question.kind == "text" and value else [short(value)] if value else []
    if given.maturity is not None and (fields is None or "maturity" in fields):
        said.append(f"level {given.maturity} of 3")
    if given.evidence and (fields is None or "evidence" in fields):
        said.append(f"evidence: {short(given.evidence)}")
    if given.comment and fields is not None and "comment" in fields and not given.unknown:
        said.append(f'remark: "{short(given.comment)}"')
    return f"{question.id} {question.short or question.ask}: {'; '.join(said) or 'nothing yet'}"


def scope_words(scope: Scope, fields: Collection[str]) -> str:
    """Return fields of a scope in words."""
    parts = []
    for name, label in SCOPE_FIELDS.items():
        value = getattr(scope, name)
        if name not in fields or value in (None, ""):
            continue
        if name in ("loss_limit", "weekly_margin"):
            value = f"{number(value)} {scope.currency}".strip()
        parts.append(f"{label}: {plural(value, 'day') if name == 'stockout_limit_days' else value}")
    return f"Scope: {'; '.join(parts)}"


def short(text: str, most: int = LONGEST) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def facts_of(node: Node) -> dict[str, Any]:
    """Return what is known of a node, without what is not."""
    kept = node.model_dump(mode="json", exclude={"id", "used_in", "stock"}, exclude_none=True, exclude_defaults=True)
    return {"name": node.name, "kind": node.kind, **kept}


def _field(node: Node | None, name: str) -> str:
    value = _value(node, name)
    if not value or name in ("kind", "sources"):
        return value
    text = f"{_NODE[name]} {value}"
    basis = node.ttr_basis if node is not None and name == "ttr_weeks" else None
    return f"{text} ({basis})" if basis else text


def _value(node: Node | None, name: str) -> str:
    if node is None:
        return ""
    value = getattr(node, name)
    if name == "sources":
        return _sources(node.sources)
    if value in (None, "", []):
        return ""
    if name.endswith("_weeks"):
        return plural(value, "week")
    if name in ("alternate_share", "share_affected"):
        return percent(value)
    return number(value) if isinstance(value, float) else short(str(value))


def _sources(sources: list[Source]) -> str:
    if not sources:
        return ""
    named = [_source(source) for source in sources]
    if len(sources) == 1 and sources[0].share == 1:
        return f"single source{f' ({named[0]})' if named[0] else ''}"
    if len(sources) == 1:
        return f"source {named[0]}" if named[0] else "one source"
    return f"{len(sources)} sources ({listed([name or 'not named' for name in named])})"


def _source(source: Source) -> str:
    parts: list[str] = [part for part in (source.supplier, source.country) if part]
    if source.share is not None and source.share < 1:
        parts.append(percent(source.share))
    return ", ".join(parts)


def field_words(name: str) -> str:
    """Return what a field of a node is called."""
    return "alternates' share" if name == "alternate_share" else _NODE.get(name, name.replace("_", " "))


def bare(name: str) -> str:
    """Return a name without markup and without the article that it opens with."""
    text = bare_of_markup(name)
    lowered = text.casefold()
    return next((text[len(start) :] for start in _ARTICLES if lowered.startswith(start) and lowered != start), text)


def folded(name: str) -> str:
    """Return a name for comparing: no article, small letters, no hyphens, no plural."""
    words = bare(name).casefold().replace("-", " ").split()
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )
