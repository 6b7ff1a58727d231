"""Price tiers by name: "1-499", "500 to 999", "1000+" as the quantities from which their prices hold."""

import re

from tools.metrics.result import Refusal

_AMOUNT = re.compile(r"(\d+(?:[.,'\s]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s*([kK]\b)?")
_BELOW = re.compile(r"^\s*(?:<(?!\s*=)|≤|<=|less than|fewer than|under|below|up to|unter|bis|weniger als)", re.I)
_EXCLUSIVE = re.compile(r"^\s*(?:<(?!\s*=)|less than|fewer than|under|below|unter|weniger als)", re.I)
_ABOVE = re.compile(r"^\s*(?:>(?!\s*=)|more than|over|above|über|mehr als)", re.I)


def lower_bounds(names: list[str]) -> list[float]:
    """Return the quantity from which each tier holds.

    "1-499", "from 1", "1 or more" and "1+" hold from 1; "over 500" from 501; "under 500" and "up to 499" from where the
    tier before them ends, the first from 0.

    Raises:
        Refusal: when a name holds no quantity, or the names only count the tiers (1, 2, 3).
    """
    plain = [name.strip() for name in names]
    if len(plain) > 1 and plain == [str(place) for place in range(1, len(plain) + 1)]:
        raise Refusal("price_tiers", "the prices stand without the quantities from which they hold, such as 500-999")
    lows, end = [], 0.0
    for name in plain:
        low, end = _tier(name, end)
        lows.append(low)
    return lows


def _tier(name: str, begin: float) -> tuple[float, float]:
    """Return where a tier begins and where the next one would, which begins at `begin` if the name does not say."""
    amounts = [_amount(found) for found in _AMOUNT.finditer(name)]
    if not amounts:
        raise Refusal("price_tiers", f"the tier {name!r} names no quantity; write it like 500-999 or 1000+")
    if _BELOW.match(name):
        return begin, amounts[0] if _EXCLUSIVE.match(name) else amounts[0] + 1
    low = amounts[0] + 1 if _ABOVE.match(name) else amounts[0]
    return low, amounts[1] + 1 if len(amounts) > 1 else low


def _amount(found: re.Match[str]) -> float:
    text = found[1]
    grouped = re.fullmatch(r"\d+(?:[.,'\s]\d{3})+", text)
    value = float(re.sub(r"\D", "", text) if grouped else text.replace(",", "."))
    return value * 1000 if found[2] else value
