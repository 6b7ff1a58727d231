"""Numbers, dates and states in the words that every format of the report uses."""

import math
from datetime import date

from tools.metrics.shown import number

UNKNOWN = "? unknown"
"""The mark of what is not known: never blank, never a colour alone, never nought."""
NO_LIMIT = "no limit"
NOT_NAMED = "not named yet"
NO_DATE = "no date yet"
STATE_WORDS = {
    "over the limit": "OVER THE LIMIT",
    "gap": "gap",
    "covered": "covered",
    "unknown": UNKNOWN,
}
ANSWER_WORDS = {
    "with evidence": "answered, with evidence",
    "without evidence": "answered, no evidence",
    "unknown": UNKNOWN,
    "open": "open, not answered",
}


def weeks(value: float | None, unit: bool = True) -> str:
    """Return weeks: "6.5 weeks", "no limit" for infinity, the mark for None."""
    if value is None:
        return UNKNOWN
    if math.isinf(value):
        return NO_LIMIT
    shown = decimal(value, 1)
    return f"{shown} week{'' if shown == '1' else 's'}" if unit else shown


def money(value: float | None, currency: str = "") -> str:
    """Return money in whole units, with two decimals below 100: "1,250,000 EUR"."""
    if value is None:
        return UNKNOWN
    shown = decimal(value, 0) if abs(value) >= 100 else decimal(value, 2)
    return f"{shown} {currency}".strip()


def share(value: float | None) -> str:
    """Return a share in percent with one decimal: "62.5 %"."""
    return UNKNOWN if value is None else f"{decimal(100 * value, 1)} %"


def points(value: float | None) -> str:
    """Return an HHI in whole points."""
    return UNKNOWN if value is None else decimal(value, 0)


def score(value: float | None) -> str:
    """Return a maturity of 0 to 3 with one decimal; none is no score, not nought."""
    return "no score" if value is None else f"{value:.1f} of 3"


def rate(value: int | None) -> str:
    """Return a rating of 1 to 5."""
    return "? not rated" if value is None else str(value)


def day(value: date | None) -> str:
    """Return a date as 2027-03-31."""
    return NO_DATE if value is None else value.isoformat()


def decimal(value: float, places: int) -> str:
    """Return a number with thousands parted and at most some decimal places."""
    return number(round(value, places) + 0.0, 15) if abs(value) < 1000 else f"{value:,.{places}f}"


def count(how_many: int, one: str, more: str = "") -> str:
    """Return "1 node", "3 nodes", "no nodes"."""
    noun = one if how_many == 1 else more or f"{one}s"
    return f"{'no' if how_many == 0 else f'{how_many:,}'} {noun}"


def unbroken(text: str) -> str:
    """Return text in which the marks of what is not known stay on one line."""
    return text.replace("? unknown", "?\u00a0unknown").replace("? not ", "?\u00a0not ")
