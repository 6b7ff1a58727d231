"""Which number of a message is which field of a node: times in weeks, shares, and margin a week."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.embedded.quantities import Quantity
from assistant.embedded.reviewing.vocabulary import FactKind, cues, fact_words
from tools.metrics.units import Calendar, factor

TIMES = ("hour", "shift", "day", "week", "month", "quarter", "year")
BREAK = {",": 3.0, ";": 9.0, ".": 9.0, "\n": 9.0, "(": 2.0, ")": 2.0, ":": 1.0, "-": 1.0}
UNNAMED = 14.0
BEHIND = 0.5
PERIOD_WITHIN = 30
WORKING_DAY, WORKING_DAYS_A_WEEK = "working_day", 5
OTHER = "other"
GROUP = 1000
_GROUPED = re.compile(r"\D*[1-9]\d{0,2}\.\d{3}\D*")
_CLAUSE_ENDS = re.compile(r"[,;\n]|\.(?!\d)")
_MARKS = re.compile(r"[,;\n():]|\.(?!\d)|\s-\s|\s\N{EN DASH}\s|\b(?:and|but|while)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A number as a review keeps it: weeks, a share from 0 to 1, or money; `field` is "" where nothing names it."""

    kind: FactKind
    value: float
    text: str
    start: int
    end: int
    field: str = ""
    currency: str = ""
    period: str = ""
    note: str = ""


def amounts_in(text: str, quantities: Sequence[Quantity]) -> list[Amount]:
    """Return the times, shares and sums of money of a message with the fields that its words name."""
    found = [one for quantity in quantities if (one := _amount(text, quantity))]
    taken: dict[int, str] = {}
    for kind in ("weeks", "share", "money"):
        places = [place for place, one in enumerate(found) if one.kind == kind]
        taken |= _assigned(text, [found[place] for place in places], kind, places)
    return [_named(one, taken.get(place, "")) for place, one in enumerate(found)]


def weeks_of(value: float, unit: str) -> float | None:
    """Return a time in weeks; 1 year = 365 days, 5 working days = 1 week; None if the unit is no time."""
    if unit == WORKING_DAY:
        return value / WORKING_DAYS_A_WEEK
    if unit not in TIMES:
        return None
    share = factor(unit, "week", Calendar())
    return None if share is None else value * share


def _amount(text: str, quantity: Quantity) -> Amount | None:
    if quantity.is_list or quantity.change == "times":
        return None
    value, unit = quantity.value, quantity.unit
    place = (quantity.text, quantity.start, quantity.end)
    if unit in (*TIMES, WORKING_DAY) and not quantity.per and not quantity.currency and not quantity.percent:
        weeks = weeks_of(value, unit)
        if weeks is None:
            return None
        note = "" if unit == "week" else f"{quantity.text} taken as {weeks:.3g} weeks"
        return Amount("weeks", round(weeks, 2), *place, note=note)
    if quantity.percent:
        return Amount("share", value / 100, *place)
    thousands = bool(re.search(r"\d\s?[km]\b|thousand|million|mio|mln|tsd", quantity.text, re.IGNORECASE))
    if quantity.currency or (thousands and not unit):
        known = quantity.per and quantity.per[0] in fact_words().periods
        period = quantity.per[0] if known else "" if quantity.per else _period(text, quantity.start, quantity.end)
        grouped = bool(_GROUPED.fullmatch(quantity.text.strip()))  # no price has three decimals
        note = f"{quantity.text.strip()} taken as {value * GROUP:,.0f}" if grouped else ""
        money = value * GROUP if grouped else value
        return Amount("money", money, *place, currency=quantity.currency, period=period, note=note)
    return None


def _period(text: str, start: int, end: int) -> str:
    """Return the period that money is counted in, said close behind it or else before it, in the same clause."""
    behind = _CLAUSE_ENDS.split(text[end:], maxsplit=1)[0][:PERIOD_WITHIN]
    before = _CLAUSE_ENDS.split(text[:start])[-1][-PERIOD_WITHIN:]
    named = fact_words().periods.items()
    found = [(place[0], name) for name, phrases in named for place in cues(phrases, behind)]
    found = found or [(-place[0], name) for name, phrases in named for place in cues(phrases, before)]
    return min(found)[1] if found else ""


def _assigned(text: str, amounts: Sequence[Amount], kind: str, places: Sequence[int]) -> dict[int, str]:
    """Assign each number to one of the words that name fields, so that all distances together are least."""
    from scipy.optimize import linear_sum_assignment

    empty = cues(fact_words().empty, text)  # "no stock" says nothing of the number beside it
    words = [
        (name, start, end)
        for name, said in fact_words().fields.items()
        if said.kind == kind
        for start, end in cues(said.words, text)
        if not any(first <= start < last for first, last in empty)
    ]
    if not amounts or not words:
        return {}
    costs = np.full((len(amounts), len(words) + len(amounts)), UNNAMED)
    for row, one in enumerate(amounts):
        for column, (_, start, end) in enumerate(words):
            costs[row, column] = _distance(text, one, start, end)
    rows, columns = linear_sum_assignment(costs)
    return {
        places[row]: words[column][0]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if column < len(words) and costs[row, column] < UNNAMED
    }


def _distance(text: str, amount: Amount, start: int, end: int) -> float:
    if start < amount.end and end > amount.start:
        return UNNAMED
    between = text[amount.end : start] if start >= amount.end else text[end : amount.start]
    marks = sum(BREAK.get(mark[0].strip() or mark[0], 2.0) for mark in _MARKS.finditer(between))
    return len(between.split()) + marks + (BEHIND if start >= amount.end else 0.0)


def _named(amount: Amount, field: str) -> Amount:
    value = amount.value
    if amount.kind == "money" and amount.period and field == "margin_per_week":
        value = round(value / (factor(amount.period, "week", Calendar()) or 1.0), 2)
    return Amount(
        amount.kind, value, amount.text, amount.start, amount.end, field, amount.currency, amount.period, amount.note
    )
