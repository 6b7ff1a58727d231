"""Reads the numbers in a pasted table of nodes: weeks, shares, money; says what cannot be right and why."""

import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tools.classification.numbers import decimal_marks, is_unclear, read_number
from tools.metrics.shown import number, percent
from tools.metrics.units import Calendar, factor
from tools.risk.amounts import LARGEST, MOST_WEEKS, PERCENT, SCALES, TIMES, AmountError
from tools.risk.paste_columns import MONEY, PERIODS, SHARES, WEEKS, Heading, currency_of

MOST_TOLD = 8
MOST_FRACTION = 2
"""Up to here a share above 1 is a wrong fraction; beyond it, it must be percent."""

_ABOUT = re.compile(r"^(?:about|around|approx\.?|approximately|ca\.?|circa|some|~|≈|etwa)\s*", re.I)
_BOUND = re.compile(r"^\s*(?:[<>≤≥]|under|over|more than|less than|up to|at least|max\.?|min\.?|über|unter|bis)", re.I)
_RANGE = re.compile(r"\d\s*(?:-|–|—|to|bis|or|/)\s*\d", re.I)
_PARTS = re.compile(r"^(?P<number>[^\d]{0,6}[\d.,](?:.*\d)?\)?)\s*(?P<unit>[^\d]*)$", re.DOTALL)
_DIGITS = re.compile(r"\d(?:[\d.,'\u2019\u00a0\u202f ]*\d)?")
_EACH = re.compile(r"^(?:/|per|a|an|pro|je|p)\s*\.?\s*")


@dataclass
class Reading:
    """How the numbers of one column are read, and what was taken for granted in that."""

    heading: Heading
    decimal: str
    in_percent: bool = False
    notes: list[str] = field(default_factory=list)


def reading_of(heading: Heading, cells: Sequence[str], table_decimal: str) -> Reading:
    """Return how to read a column from its header and its cells that are not empty."""
    marks = decimal_marks(_digits([cell for cell in cells if not is_thousands(heading, cell)]))
    read = Reading(heading, marks.pop() if len(marks) == 1 else table_decimal)
    name = heading.header
    doubtful = next((cell for cell in cells if is_thousands(heading, cell)), "")
    if doubtful and not decimal_marks(_digits(cells)):
        plain = re.sub(r"(?<=\d)[.,]", "", doubtful)
        read.notes.append(
            f"{name}: {doubtful!r} can be read in two ways: it is taken for {plain}, as amounts of money are."
        )
    if marks:
        read.notes.append(f"{name}: numbers show both decimal points and commas; each is read by its own marks.")
    if heading.role in WEEKS and heading.time not in ("", "week"):
        times = _factor(heading.time, "week")
        one = (
            f"1 {heading.time} = {number(times)} weeks"
            if times > 1
            else f"1 week = {number(1 / times)} {heading.time}s"
        )
        read.notes.append(f"{name}: {heading.time}s are turned into weeks ({one}).")
    elif heading.role in WEEKS and not heading.time and not any(_unit(cell) for cell in cells):
        read.notes.append(f"{name}: no unit is said; the numbers are taken as weeks.")
    wanted = PERIODS.get(heading.role, "")
    if wanted and heading.period not in ("", wanted):
        read.notes.append(f"{name}: amounts a {heading.period} are turned into amounts a {wanted}.")
    elif wanted and not heading.period:
        read.notes.append(f"{name}: no period is said; the amounts are taken as amounts a {wanted}.")
    if heading.scale != 1:
        read.notes.append(f"{name}: the numbers are taken in units of {number(heading.scale)}.")
    if heading.role in SHARES:
        _shares(read, cells)
    return read


def is_thousands(read_as: Heading, cell: str) -> bool:
    """Say whether the mark of an amount of money, such as 45.000, is one of thousands: no margin has three decimals.

    With a scale behind it or above it (1.250 million) the mark may well be a decimal one.
    """
    found = _PARTS.match(_ABOUT.sub("", cell.strip())) if read_as.role in MONEY and read_as.scale == 1 else None
    scaled = found and any(word in SCALES for word in re.findall(r"[^\W\d_]+", found["unit"].casefold()))
    digits = _DIGITS.search(cell)
    return bool(found and not scaled and digits and is_unclear(digits[0]))


def mixed_marks(heading: Heading, cells: Sequence[tuple[str, str]]) -> list[str]:
    """Return a warning with name and cell where a column of money has points as well as commas before three digits.

    Args:
        heading: of the column.
        cells: the name of the node and the cell, of each row that has one.
    """
    decimals = decimal_marks(_digits([cell for _, cell in cells]))
    taken = [(name, cell) for name, cell in cells if is_thousands(heading, cell)]
    both = {mark for _, cell in taken for mark in ".," if mark in cell}
    told = taken if len(both) > 1 else [one for one in taken if any(mark in one[1] for mark in decimals)]
    if not told:
        return []
    listed_ = "; ".join(f"{name or 'a row'}: {cell!r} is {re.sub('[.,]', '', cell)}" for name, cell in told[:MOST_TOLD])
    more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    return [
        f"{heading.header}: points and commas are mixed. Taken for thousands, as three digits follow: {listed_}{more}."
    ]


def table_decimal(cells: Iterable[str], parted_by: str) -> tuple[str, str]:
    """Return the decimal mark of a table and a note where it can be read in two ways."""
    digits = _digits(cells)
    marks = decimal_marks(digits)
    if len(marks) == 1:
        return marks.pop(), ""
    mark = "," if parted_by == ";" else "."
    unclear = next((cell for cell in digits if is_unclear(cell)), "")
    if not unclear or marks:
        return mark, ""
    as_what = "the decimal mark" if mark in unclear else "a mark of thousands"
    return mark, f"{unclear!r} can be read in two ways: its mark is taken for {as_what}."


def amount(read: Reading, cell: str) -> float:
    """Return the number of a cell in the unit that a node keeps: weeks, a share of 1, money a week or a year.

    Raises:
        AmountError: when it is no number, has a wrong unit, or lies outside what can be right; says the remedy.
    """
    value, unit = _split(read, cell)
    role = read.heading.role
    if role in WEEKS:
        return _weeks(value, unit, read.heading.time or "week")
    if role in SHARES:
        return _share(value, unit, read.in_percent)
    if "%" in cell:
        raise AmountError("is a share, not an amount; enter the amount itself")
    if value < 0:
        raise AmountError("is negative; enter 0 or more, or leave it blank if it is not known")
    if role == "stock" and says_time(cell):
        raise AmountError("is a time, no number of units; enter it as cover, or the units alone")
    value *= _scale(unit, money=role in MONEY) if unit else read.heading.scale
    wanted = PERIODS.get(role)
    period = _period(unit) or read.heading.period
    if wanted and period and period != wanted:
        value *= _factor(wanted, period)
    if value > LARGEST:
        raise AmountError("is too large to be right; check its unit")
    return value


def _digits(cells: Iterable[str]) -> list[str]:
    return [found[0] for cell in cells if ("." in cell or "," in cell) and (found := _DIGITS.search(cell))]


def says_time(cell: str) -> bool:
    """Say whether a cell holds a number of weeks, days or another time: "3 weeks", "1w"."""
    return any(_time(word) for word in re.findall(r"[^\W\d_]+", _unit(cell))[:1])


def _unit(cell: str) -> str:
    found = _PARTS.match(cell)
    return found["unit"].strip(" .").casefold() if found else ""


def _split(read: Reading, cell: str) -> tuple[float, str]:
    """Return the number of a cell and the unit behind it."""
    text = _ABOUT.sub("", cell.strip())
    if _BOUND.match(text):
        raise AmountError("is a bound; enter one number, the more cautious one")
    if _RANGE.search(text):
        raise AmountError("is a range; enter one number, the more cautious end")
    found = _PARTS.match(text) if len(text) <= 60 else None
    if found is None:
        raise AmountError("is no number; enter digits, or leave it blank if it is not known")
    own = decimal_marks(_digits([found["number"]]))
    decimal = own.pop() if len(own) == 1 else read.decimal
    if is_thousands(read.heading, cell):
        decimal = "," if "." in found["number"] else "."
    value = read_number(found["number"], decimal)
    if value is None:
        raise AmountError("is no number; enter digits, or leave it blank if it is not known")
    return value, found["unit"].strip(" .").casefold()


def _weeks(value: float, unit: str, time: str) -> float:
    named = _time(unit) if unit else time
    if not named:
        hint = "m can be months or minutes" if unit == "m" else f"{unit!r} is no unit of time"
        raise AmountError(f"has a unit that is unclear ({hint}); enter the number in weeks")
    weeks = value * _factor(named, "week")
    if weeks < 0:
        raise AmountError("is negative; enter 0 or more weeks, or leave it blank if it is not known")
    if weeks > MOST_WEEKS:
        raise AmountError(f"is {number(weeks)} weeks, more than {number(MOST_WEEKS)}; check its unit")
    return weeks


def _share(value: float, unit: str, in_percent: bool) -> float:
    if unit and unit not in PERCENT:
        raise AmountError(f"has the unit {unit!r}, but this is a share; enter a share such as 40 %")
    if value < 0:
        raise AmountError("is negative; enter a share of 0 to 100 %")
    share = value / 100 if unit or in_percent else value
    if share <= 1:
        return share
    if not unit and not in_percent and value > MOST_FRACTION:
        raise AmountError(f"is above 1, but the other shares are fractions; enter {number(value)} % or a share up to 1")
    raise AmountError(f"is {percent(share)}, more than 100 %; enter a share of 0 to 100 %")


def _shares(read: Reading, cells: Sequence[str]) -> None:
    """Settle whether the numbers of a column without a percent sign are percent or fractions, and say it."""
    bare = []
    for cell in cells:
        try:
            value, unit = _split(read, cell)
        except AmountError:
            continue
        if not unit and value > 0 and "%" not in cell:
            bare.append(value)
    if not bare:
        read.in_percent = read.heading.percent
    elif read.heading.percent:
        read.in_percent = max(bare) > 1 or all(value == 1 for value in bare)
        if not read.in_percent:
            read.notes.append(
                f"{read.heading.header}: the numbers are up to 1 and are taken as fractions, 0.4 for 40 %."
            )
    else:
        read.in_percent = statistics.median(bare) > 1 and max(bare) > MOST_FRACTION
        if read.in_percent:
            read.notes.append(f"{read.heading.header}: the numbers are taken as percent.")


def _scale(unit: str, *, money: bool) -> float:
    """Return what the words behind an amount multiply it by; refuses words that say something else."""
    times = 1.0
    for word in re.findall(r"[^\W\d_]+|[$€£¥₹]", _EACH.sub("", unit)):
        if word in SCALES:
            times *= SCALES[word]
        elif (
            not (money and currency_of(word))
            and not _time(word)
            and word not in ("per", "a", "p", "units", "pcs", "euro")
        ):
            raise AmountError(f"has a unit that does not belong here ({word}); enter the number alone")
    return times


def _period(unit: str) -> str:
    return next(
        (name for word in re.findall(r"[^\W\d_]+", unit) if len(word) > 1 for name in [_time(word)] if name), ""
    )


@lru_cache(maxsize=256)
def _time(word: str) -> str:
    return next((name for name, spellings in TIMES.items() if word in spellings), "")


@lru_cache(maxsize=64)
def _factor(said: str, wanted: str) -> float:
    return factor(said, wanted, Calendar()) or 1.0
