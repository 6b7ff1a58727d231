"""What numbers beside a rate say of its period: "3,000 a month (30 days)", "30 a day (7,500 a year)", "per shift"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.embedded.quantities import Quantity
from tools.metrics.units import PERIODS

DAYS = ("day", "working_day")
_OPENS = re.compile(r"\s*\(\s*(?:=\s*)?")
_CLOSES = re.compile(r"[^()\d]{0,20}\)")
_LENGTHS = {"hour": 1, "day": 2, "week": 3, "month": 4, "quarter": 5, "year": 6}
_RATIOS = {
    ("day", "week"): (4, 7),
    ("day", "month"): (18, 31),
    ("day", "year"): (200, 366),
    ("week", "month"): (4, 4.5),
    ("week", "year"): (46, 53),
    ("month", "quarter"): (2.99, 3.01),
    ("month", "year"): (11.9, 12.1),
    ("quarter", "year"): (3.99, 4.01),
}
_WEEK = (4, 7)
SHIFT = "shift"


def spelled_out(
    text: str, calendar: dict[str, float], quantities: Sequence[Quantity]
) -> tuple[dict[str, float], tuple[Quantity, ...]]:
    """Return the calendar and the quantities, with what stands in parentheses behind a rate worked into them.

    A time there says how long the rate's period is; the same rate over another period says how many days count.
    """
    calendar, kept, taken = dict(calendar), list(quantities), set[int]()
    for place, (rate, inside) in enumerate(pairwise(quantities)):
        if not (_OPENS.fullmatch(text[rate.end : inside.start]) and _CLOSES.match(text, inside.end)):
            continue
        period = next((part for part in rate.per if part in PERIODS), "")
        if not period or inside.is_list or inside.change or not inside.value:
            continue
        if inside.unit in PERIODS and not inside.per and inside.unit != period:
            if period == "week" and inside.unit in DAYS and _WEEK[0] <= inside.value <= _WEEK[1]:
                calendar.setdefault("days_a_week", inside.value)
            else:
                per = tuple(inside.unit if part == period else part for part in rate.per)
                kept[place] = replace(rate, value=rate.value / inside.value, per=per)
            taken.add(place + 1)
        elif (
            len(rate.per) == 1 and len(inside.per) == 1 and inside.per[0] in PERIODS and inside.unit in ("", rate.unit)
        ):
            taken |= {place + 1} if _same_rate(rate, inside, calendar) else set()
    return calendar, tuple(quantity for place, quantity in enumerate(kept) if place not in taken)


def _same_rate(rate: Quantity, other: Quantity, calendar: dict[str, float]) -> bool:
    """Say whether a rate is another one over another period; what that says of the days a year is noted."""
    short, long = sorted((rate, other), key=lambda one: _LENGTHS.get(one.per[0], 0))
    low, high = _RATIOS.get((short.per[0], long.per[0]), (0.0, 0.0))
    ratio = long.value / short.value if short.value else 0.0
    if not low <= ratio <= high:
        return False
    if (short.per[0], long.per[0]) == ("day", "year"):
        calendar.setdefault("days_a_year", ratio)
    return True


def without_shifts(quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the quantities with what is per shift as per nothing: a shift is the period of all of them then.

    Pieces a shift stay so where shifts are counted or something is said a day: they would be of another period.
    """
    counted = any(quantity.unit == SHIFT for quantity in quantities)
    others = any(part in PERIODS for quantity in quantities for part in quantity.per)
    return tuple(
        replace(quantity, per=tuple(part for part in quantity.per if part != SHIFT))
        if SHIFT in quantity.per and (quantity.unit in PERIODS or not (counted or others))
        else quantity
        for quantity in quantities
    )
