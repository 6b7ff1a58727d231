"""The registry as a Markdown page: every metric with its formula, inputs, source and what it was checked against."""

from collections.abc import Iterator, Mapping
from typing import Any

from tools.metrics.given import Input
from tools.metrics.metric import METRICS, Metric
from tools.metrics.shown import in_words, number

INTRODUCTION = """# Metrics

Written by `python -m tools.metrics docs/metrics.md` from the registry in `tools/metrics`; a test fails when
it is stale.

Rates and times of one call share a period (a year, a week), which units bring about: a week is a 52nd of a year, a
month a 12th, a day a 365th, unless working days are stated. Shares are given as fractions or in percent. What is
assumed is printed with each result. `exact` beside a SCOR DS id means that the definitions are the same, `partial` that
they differ in what is counted."""


def document() -> str:
    """Return the page."""
    parts = [INTRODUCTION, _contents()]
    for family in families():
        parts += [f"## {family}", *(_entry(entry) for entry in METRICS.values() if entry.family == family)]
    return "\n\n".join([*parts, "## Checked against published values", _checked()]) + "\n"


def families() -> list[str]:
    """Return the headings of families, in the order of the registry."""
    return list(dict.fromkeys(entry.family for entry in METRICS.values()))


def _contents() -> str:
    lines = []
    for family in families():
        names = ", ".join(f"`{entry.id}`" for entry in METRICS.values() if entry.family == family)
        lines.append(f"- **{family}**: {names}")
    return "\n".join(lines)


def _entry(entry: Metric) -> str:
    scor = f" SCOR DS {entry.scor.id} ({entry.scor.match})." if entry.scor else ""
    called = f" Also called {', '.join(entry.aliases)}." if entry.aliases else ""
    unit = in_words(entry.unit) or ("share" if entry.unit == "fraction" else "plain number")
    head = f"### {entry.name}\n\n`{entry.id}`, in {unit}.{scor}{called}"
    rows = ["| input | what | unit | bounds | |", "|---|---|---|---|---|", *map(_row, entry.declared.values())]
    groups = [
        f"Needed: {' or '.join(' with '.join(f'`{name}`' for name in part) for part in group.alternatives)}."
        for group in entry.inputs.either
    ]
    source = f"Source: {entry.source} Explained in the note *{entry.note}*."
    return "\n\n".join([head, f"$$\n{entry.formula}\n$$", "\n".join(rows), *groups, source])


def _row(declared: Input) -> str:
    bound = declared.bound if declared.shape == "number" else declared.shape
    bound = ", ".join(declared.choices) or bound
    needed = "required" if declared.required else declared.assumed or "optional"
    return f"| `{declared.name}` | {declared.said.label} | {declared.said.unit} | {bound} | {needed} |"


def _checked() -> str:
    lines = ["| metric | inputs | published | computed | source |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *(line for entry in METRICS.values() for line in _checks(entry))])


def _checks(entry: Metric) -> Iterator[str]:
    from tools.metrics.compute import compute

    for check in entry.published:
        result = compute(entry.id, **check.inputs)
        found = {"value": result.value, **result.also}
        got = {name: found[name] for name in check.expected}
        cells = [f"`{entry.id}`", *map(_said, (check.inputs, check.expected, got)), _cell(check.source)]
        yield f"| {' | '.join(cells)} |"


def _said(values: Mapping[str, Any]) -> str:
    return _cell("; ".join(f"{name} {_value(value)}" for name, value in values.items()))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_value(part)}" for name, part in list(value.items())[:6]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(part) for part in value[:8]) + (", ..." if len(value) > 8 else "") + "]"
    return number(float(value), 7) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")
