"""What a review covers and which loss is unacceptable, as a team says it."""

import re
from typing import Any

from assistant.embedded.products.phrases import words_of
from assistant.embedded.quantities import read_quantities
from assistant.embedded.reviewing.amounts import TIMES, amounts_in
from assistant.embedded.reviewing.vocabulary import cues, fact_words

NEAR = 60
LONGEST_TITLE = 80
LIMITS = ("loss_limit", "stockout_limit_days")
_LABELLED = (
    r"\b(?:{words})\b(?:\s*[:=]|\s+(?:is|are)\b)?\s*(?P<said>(?:[^;.,\n\s]|\.(?=\d))(?:[^;.\n]|\.(?=\d))*?)"
    r"(?=[;\n]|\.(?!\d)|,\s*(?:and\s+)?(?:(?:the|all|both|our|every)\s+)?(?:{ends})"
    r"|,\s*(?:and\s+|with\s+)?(?:(?:an?|the|our)\s+)?(?:20\d\d|FY\s?\d\d|more than|over|above|at most|limit|loss|max\w*"
    r"|unacceptable|pain|threshold|approved|signed|agreed|confirmed|sponsor\w*|nothing|no more)\b"
    r"|,\s*(?:[A-Z]{{3}}\s?)?[$\N{{EURO SIGN}}\N{{POUND SIGN}}]?\d[\d.,]*\s?"
    r"(?:[km]\b|mio|mln|million|thousand|[A-Z]{{3}}\b)|$)"
)
_MADE = re.compile(
    r"\bwe\s+(?:make|produce|build|manufacture|sell|assemble)\s+(?!in\b|at\b)(?P<said>[^,.;\n]{2,80}?)(?=\s+(?:at|in|for|with|and\s+we)\b|[,.;\n]|$)",
    re.IGNORECASE,
)
_MADE_IN = re.compile(
    r"\s+(?:in|at)\s+(?:the\s+)?(?P<sites>(?!20\d\d)[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*"
    r"(?:(?:,\s*(?:and\s+)?|\s+and\s+)[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*)*)"
)
_SETS_LIMIT = re.compile(
    r"\W*(?:(?:ok|okay|oh|btw|by the way|sorry|and|so|also|wait|no|actually|please|then)\W+)*"
    r"(?:(?:set|change|raise|lower|put|make|update|correct)\s+)?(?:(?:the|our|my)\s+)?(?:new\s+)?limit\s*"
    r"(?:\(?per event\)?\s*)?(?:is|are|to|at|of|=|:|should be|must be|would be|stays|now)?\s*"
    r"(?:now|at|about|around|max\.?|to)?\s*(?=[\d$\N{EURO SIGN}\N{POUND SIGN}]|[A-Z]{3}\s?\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in |for |the year )?(20\d\d|FY\s?\d\d)\b(?!-)")
_FOR = re.compile(
    r"\b(?:for|on|of|about|covering|called|named|it is about|it's about)\s+(?:(?:our|the|my|a|an|this|that)\s+)*"
    r"(?P<name>[^,.;:?!\n]{2,80}?)"
    r"(?=\s+(?:please|pls|now|today|again|by \w+day|so|with (?:me|us)|step by step"
    r"|and|which|that|can you|could you|thanks)\b|\s+-|[,.;:?!\n]|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\b(?:review|check|assessment|checklist)\s*:\s*(?P<name>[^.;?!\n]{2,80})", re.IGNORECASE)
_NOT_A_TITLE = re.compile(
    r"^(?:suppliers?|risks?|supply chain|supply chain risks?|guided review|review|us|me|my company|our company|company"
    r"|friday|monday|next year|it|this|the risks?)$",
    re.IGNORECASE,
)


def scope_in(text: str) -> dict[str, Any]:
    """Return the fields of a scope that a message states: what is covered, where, when, and limits of loss."""
    data = fact_words().scope
    quantities = [one for one in read_quantities(text).quantities if one.bound != "low"]
    found: dict[str, Any] = {}
    limits, stockouts = cues(data.loss_limit, text), cues(data.stockout_limit_days, text)
    for one in amounts_in(text, quantities):
        if one.kind == "money" and not one.period and _near(one.start, one.end, limits):
            found["loss_limit"] = one.value
            found |= {"currency": one.currency} if one.currency else {}
        elif one.kind == "money" and one.period == "week" and one.field == "margin_per_week":
            found["weekly_margin"] = one.value
    for quantity in quantities:
        if quantity.unit in TIMES and not quantity.per and _near(quantity.start, quantity.end, stockouts):
            days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 365 / 12}.get(quantity.unit)
            found |= {"stockout_limit_days": round(quantity.value * days, 2)} if days else {}
    found |= _covered(text)
    year = _YEAR.search(text)
    periods = cues(data.period, text)
    if periods:
        start = periods[0][0]
        clause = re.split(r"[;.\n,]", text[start:])[0]
        found["period"] = clause.split(":", 1)[-1].strip() if ":" in clause else clause.strip()
    elif year:
        found["period"] = year[1]
    return found


def limits_in(text: str) -> dict[str, Any]:
    """Return the limits that a message states so clearly that they need no question for them; empty if it states none.

    "5M loss max" is one; "more than 5M" may be said of anything.
    """
    if not cues(fact_words().scope.clear_limit, text) and not _SETS_LIMIT.match(text):
        return {}
    found = scope_in(text)
    kept = {name: found[name] for name in LIMITS if name in found}
    return kept | ({"currency": found["currency"]} if "loss_limit" in kept and "currency" in found else {})


def title_in(text: str) -> str:
    """Return what a review is to be about, in a few words; "" if a message does not say."""
    for pattern in (_LABEL, _FOR):
        for found in pattern.finditer(text):
            name = found["name"].strip(" '\"")
            if not _NOT_A_TITLE.match(name) and len(name) <= LONGEST_TITLE:
                return name
    return ""


def place_or_products(name: str) -> dict[str, str]:
    """Return the title of a review as the field of its scope that it fits: a site, or product lines."""
    if not name:
        return {}
    sites = fact_words().scope.site_words
    return {"sites" if any(word.text in sites for word in words_of(name)) else "product_lines": name}


def _covered(text: str) -> dict[str, str]:
    data = fact_words().scope
    every = (*data.product_lines, *data.sites, *data.period)
    ends = "|".join(sorted(map(re.escape, every), key=len, reverse=True))
    found = {}
    for name, phrases in (("product_lines", data.product_lines), ("sites", data.sites)):
        words = "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
        match = re.search(_LABELLED.format(words=words, ends=ends), text, re.IGNORECASE)
        said = match["said"].strip(" ,'\"").removeprefix("in ") if match else ""
        if said and not re.match(
            r"(?:would|was|were|has|have|had|that|which|is|are|to|in the last)\b", said, re.IGNORECASE
        ):
            found[name] = said
    made, named = _MADE.search(text), _site_named(text)
    found |= {"product_lines": made["said"].strip()} if made and "product_lines" not in found else {}
    behind = _MADE_IN.match(text, made.end()) if made else None
    named = named or (behind["sites"] if behind else "")
    return found | ({"sites": named} if named and "sites" not in found else {})


def _site_named(text: str) -> str:
    """Return a site that a message names without a label: "at the Turin plant"; "" if it names none."""
    words = "|".join(sorted(map(re.escape, fact_words().scope.site_words)))
    found = re.search(rf"\b(?:the|our|at|in)\s+((?:[A-Z][\w-]+\s+){{1,3}}(?:{words}))\b", text)
    return found[1] if found else ""


def _near(start: int, end: int, places: list[tuple[int, int]]) -> bool:
    return any(abs(start - last) <= NEAR or abs(first - end) <= NEAR for first, last in places)
