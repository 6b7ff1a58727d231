"""Numbers and units as people read them."""

import math
from collections.abc import Iterable, Sequence

TIMES = {"second", "minute", "hour", "day", "week", "month", "quarter", "year", "period"}
PLURAL = TIMES | {"turn", "unit", "order", "item", "event"}


def number(value: float, digits: int = 4) -> str:
    """Return a number with thousands parted and as many decimals as `digits` significant ones leave.

    Whole parts are never rounded away: 1234567.8 is "1,234,567.8".
    """
    if not math.isfinite(value):
        return str(value)
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    if abs(value) >= 1000:
        decimals = 2 if abs(value) < 1e6 else 0
    text = f"{value:,.{min(decimals, 12)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float, digits: int = 4) -> str:
    """Return a share in percent: 0.9505 is "95.05 %"."""
    return f"{number(100 * share, digits)} %"


def series(values: Iterable[float], most: int = 12) -> str:
    """Return numbers in a row, the middle left out when there are many."""
    texts = [number(value) for value in values]
    if len(texts) > most:
        texts = [*texts[: most - 2], "...", texts[-1]]
    return ", ".join(texts)


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Return parts in a sentence: "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def plural(count: float, noun: str) -> str:
    """Return "1 day", "8 days"."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def in_words(unit: str, period: str = "period", money: str = "") -> str:
    """Return a unit of `Spoken.unit`'s notation for readers: "item/period" in years is "units a year"."""
    if unit in ("", "fraction"):
        return ""
    top, *below = [part.strip() for part in unit.split("/")]
    heads = {"item": "units", "money": money, "period": f"{period}s", "1": ""}
    tails = {"item": "unit", "period": period, "money": money or "unit of money"}
    head = " ".join(heads.get(part, f"{part}s" if part in PLURAL else part) for part in top.split("*"))
    tail = [tails.get(part, part) for part in (name.removesuffix("**0.5") for name in below)]
    return " ".join([head, *(f"{_article(part)} {part}" for part in tail)]).strip()


def _article(noun: str) -> str:
    return "an" if noun.startswith(("a", "e", "i", "o", "hour")) else "a"
