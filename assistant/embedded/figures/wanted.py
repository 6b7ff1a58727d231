"""What a message wants a result in, and how many days it counts."""

import re
from collections.abc import Sequence

from assistant.embedded.quantities import Quantity
from tools.metrics.units import PERIODS

_UNITS = "|".join([*(f"{name}s?" for name in PERIODS), "dozens?", "percent(?:age)?", "%"])
_WANTED = re.compile(
    rf"\b(?:in|per|as an?|as|each|every|a|an|how many)\s+({_UNITS})\b\s*[?.!]*\s*$|^\s*(?:and\s+)?({_UNITS})\s*\?*\s*$",
    re.I,
)
_HOW_MANY = re.compile(rf"\bhow many ({'|'.join(f'{name}s' for name in PERIODS)})\b", re.I)
_SAID = {
    "year": re.compile(
        r"\b(?:annual|yearly|annually|(?:last|this|per|a|each|every|next|one|full) year|year's|p\.\s?a|Jahres|jährlich"
        r"|im Jahr)",
        re.I,
    ),
    "quarter": re.compile(r"\b(?:quarterly|(?:last|this|per|a|each|every|next) quarter|quarter's|Quartals)", re.I),
    "month": re.compile(r"\b(?:monthly|(?:last|this|per|a|each|every|next) month|month's|Monats|monatlich)", re.I),
    "week": re.compile(r"\b(?:weekly|(?:last|this|per|a|each|every|next) week|week's|Wochen|wöchentlich)", re.I),
    "day": re.compile(r"\b(?:daily|(?:per|a|each|every) day|Tages|täglich)", re.I),
    "hour": re.compile(r"\b(?:hourly|(?:per|an|each|every) hour|Stunden|stündlich)", re.I),
}
WORKING = {"day", "working_day"}
YEAR = (200, 366)
YEARS = {360, 364, 365, 366}
_YEAR_BEHIND = re.compile(r"[\s-]*(?:days?\s*)?(?:year|Jahr)", re.I)
_YEAR_BEFORE = re.compile(r"(?:year|annual|Jahr|use|basis|with)\w*\W{0,3}(?:of|=|has)?\s*$", re.I)


def wanted_unit(text: str, quantities: Sequence[Quantity]) -> str:
    """Return the unit that a message ends by asking for ("in weeks?", "and a month?"), or ""."""
    last = max((quantity.end for quantity in quantities), default=0)
    found = _WANTED.search(text, last) or _HOW_MANY.search(text)
    if not found:
        return ""
    name = next(part for part in found.groups() if part).casefold()
    if name.startswith(("percent", "%")):
        return "%"
    return name.removesuffix("s")


def said_period(text: str, start: int, end: int) -> str:
    """Return the period that the words in a part of a text say: "annual demand", "last quarter", "Jahresbedarf"."""
    for name, pattern in _SAID.items():
        if pattern.search(text, start, end):
            return name
    return ""


def calendar_of(text: str, quantities: Sequence[Quantity]) -> tuple[dict[str, float], tuple[Quantity, ...]]:
    """Return the days a year and a week that a message states, and its other quantities."""
    calendar, kept = {}, []
    for quantity in quantities:
        days = quantity.unit in WORKING and len(quantity.per) <= 1 and not quantity.change
        a_year = days and YEAR[0] <= quantity.value <= YEAR[1]
        per = quantity.per[0] if quantity.per else ""
        alone = (
            a_year
            and not per
            and (
                quantity.unit == "working_day"
                or _YEAR_BEHIND.match(text, quantity.end)
                or _YEAR_BEFORE.search(text, max(0, quantity.start - 25), quantity.start)
                or quantity.value in YEARS
            )
        )
        if a_year and (per == "year" or alone):
            calendar["days_a_year"] = quantity.value
        elif quantity.unit == "week" and (per == "year" or quantity.value == 52):
            continue
        elif days and per == "week" and 1 <= quantity.value <= 7:
            calendar["days_a_week"] = quantity.value
        else:
            kept.append(quantity)
    return calendar, tuple(kept)
