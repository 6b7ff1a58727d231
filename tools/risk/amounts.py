"""Reads single amounts as people type them: "10 weeks", "35 %", "1,200", "EUR 4.5m"; says what cannot be right."""

import math
import re

from tools.classification.numbers import decimal_marks, is_unclear, read_number
from tools.metrics.units import Calendar, factor

LONGEST_AMOUNT = 60
MOST_WEEKS = 520.0
LARGEST = 1e15
TIMES = {
    "hour": ("h", "hr", "hrs", "hour", "hours", "stunde", "stunden"),
    "day": ("d", "day", "days", "tag", "tage", "tagen"),
    "week": ("w", "wk", "wks", "week", "weeks", "woche", "wochen"),
    "month": ("mo", "mos", "mth", "mths", "month", "months", "monat", "monate", "monaten"),
    "quarter": ("quarter", "quarters", "quartal", "quartale"),
    "year": ("y", "yr", "yrs", "year", "years", "jahr", "jahre", "jahren"),
}
SCALES = {
    "k": 1e3, "thousand": 1e3, "tsd": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
    "bn": 1e9, "billion": 1e9, "billions": 1e9, "mrd": 1e9,
}  # fmt: skip
PERCENT = ("%", "percent", "per cent", "pct", "prozent")
SIGNS = "$€£¥₹"
_ABOUT = re.compile(
    r"^(?:about|around|roughly|approximately|approx\.?|ca\.?|circa|some|~|≈|etwa|rund)\s*", re.IGNORECASE
)
_OR_SO = re.compile(
    r"\s+(?:or so|or thereabouts|give or take|more or less)$|(?<=\d)\s?-?ish\b|(?<=[a-z])-ish\b", re.IGNORECASE
)
WORDS = {
    "half a dozen": "6", "a dozen": "12", "dozen": "12", "half a": "0.5", "a": "1", "an": "1", "one": "1",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15",
    "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}  # fmt: skip
_WORD = re.compile(rf"^(?:{'|'.join(WORDS)})(?=$|\s)", re.IGNORECASE)
_PARTS = re.compile(r"^(?P<number>[^\d]{0,6}\d(?:.*\d)?\)?)\s*(?P<unit>[^\d]*)$", re.DOTALL)
_RANGE = re.compile(r"\d\s*(?:-|–|—|to|bis|or)\s*\d", re.IGNORECASE)
_CURRENCY = re.compile(r"\b(?:USD|EUR|GBP|CHF|JPY|INR|CNY|RMB|PLN|SEK|NOK|DKK|CAD|AUD|euros?|dollars?|pounds?)\b", re.I)
_EACH = re.compile(r"^(?:/|per|a|an|each|pro|je)\s*(?P<period>\w+)$")


class AmountError(ValueError):
    """An amount cannot be taken; the message says why and what to enter, to go behind the name of its place."""


def read_amount(raw: object, unit: str, least: float | None = None, most: float | None = None) -> float:
    """Return an amount in a unit.

    Args:
        raw: a number, or text with a unit or without; times are converted (1 year = 52 weeks = 12 months).
        unit: "weeks", "hours", "%", a currency, or another name; "" for a bare number.
        least: the lowest that can be right; 0 unless said for times, percent and money.
        most: the highest; 100 unless said for percent, 520 weeks for times.

    Raises:
        AmountError: when it is no number, has a unit of another kind, or lies outside what can be right.
    """
    number, said = _split(raw)
    number *= _multiplier(str(raw).strip(), said, unit)
    low, high = limits(unit)
    low, high = (low if least is None else least), (high if most is None else most)
    named = f" {unit}" if unit and unit != "money" else ""
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise AmountError(f"{raw!s:.40} is not a number that can be counted with; enter a smaller one")
    if low is not None and number < low:
        what = "is negative" if number < 0 <= low else f"is below the lowest possible, {low:g}{named}"
        raise AmountError(f"{_shown(raw)} {what}; enter {_allowed(low, high, named)}")
    if high is not None and number > high:
        raise AmountError(
            f"{_shown(raw)} is above the highest possible, {high:g}{named}; enter {_allowed(low, high, named)}"
        )
    return number


def limits(unit: str) -> tuple[float | None, float | None]:
    """Return the lowest and highest amount that can be right in a unit, None for no limit."""
    time = _time(unit)
    if time:
        return 0.0, MOST_WEEKS * (factor("week", time, Calendar()) or 1.0)
    if unit.strip().casefold() in PERCENT:
        return 0.0, 100.0
    return (0.0, None) if _is_money(unit) else (None, None)


def is_percent(raw: object) -> bool:
    """Say whether an amount is written in percent."""
    return isinstance(raw, str) and raw.strip().casefold().endswith(PERCENT)


def _split(raw: object) -> tuple[float, str]:
    """Return the number and the unit behind it, as said."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise AmountError(f"{_shown(raw)} is not a number; enter digits, for example 12.5")
    if isinstance(raw, int | float):
        if isinstance(raw, int) and abs(raw) > LARGEST:
            raise AmountError("the number has too many digits to be counted with; enter a smaller one")
        return float(raw), ""
    text = _OR_SO.sub("", _ABOUT.sub("", raw.strip()).rstrip("."))
    if len(text) > LONGEST_AMOUNT:
        raise AmountError(f"{_shown(raw)} is too long for a number; enter digits, and the rest as a comment")
    if _RANGE.search(text):
        raise AmountError(f"{_shown(raw)} is a range; enter one number, the more cautious end")
    text = _WORD.sub(lambda word: WORDS[word[0].casefold()], text)
    found = _PARTS.match(text)
    cell = found["number"] if found else text
    if "." in cell and is_unclear(cell):
        plain = cell.replace(".", "")
        raise AmountError(f"{_shown(raw)} can be read in two ways; enter {plain}, or fewer decimals")
    number = read_number(cell, "," if decimal_marks([cell]) == {","} else ".") if found else None
    if found is None or number is None:
        raise AmountError(f"{_shown(raw)} is not a number; enter digits, for example 12.5")
    ahead = re.sub(r"[.,()+\-−–]", " ", re.split(r"\d", cell, maxsplit=1)[0])
    return number, f"{ahead.strip()} {found['unit'].strip()}".strip().casefold()


def _multiplier(raw: str, said: str, unit: str) -> float:
    """Return how many of the wanted unit one of the said is."""
    wanted = unit.strip().casefold()
    if said in ("", wanted, wanted.removesuffix("s")) or said.rstrip(".") == wanted:
        return 1.0
    time, other = _time(said), _time(unit)
    if time or other:
        times = factor(time, other, Calendar()) if time and other else None
        if times is None:
            raise AmountError(f"{_shown(raw)} is not {_article(unit)}; {_remedy(unit)}")
        return times
    if said in PERCENT or wanted in PERCENT:
        if said in PERCENT and wanted in PERCENT:
            return 1.0
        raise AmountError(f"{_shown(raw)} is not {_article(unit)}; {_remedy(unit)}")
    times, rest = 1.0, []
    for word in re.findall(r"[^\W\d]+|[$€£¥₹/]", said):
        if word in SCALES and times == 1.0:
            times = SCALES[word]
        elif word in SIGNS or _CURRENCY.fullmatch(word):
            if not _is_money(unit):
                raise AmountError(f"{_shown(raw)} is money, not {_article(unit)}; {_remedy(unit)}")
        else:
            rest.append(word)
    left = " ".join(rest)
    if left and left not in (wanted, wanted.removesuffix("s")) and not (_EACH.match(left) and _is_money(unit)):
        raise AmountError(f"{_shown(raw)} has a unit that does not belong here ({left}); {_remedy(unit)}")
    return times


def _time(unit: str) -> str:
    plain = unit.strip().casefold().rstrip(".")
    return next((name for name, spellings in TIMES.items() if plain in spellings), "")


def _is_money(unit: str) -> bool:
    return unit.casefold().startswith("money") or any(sign in unit for sign in SIGNS) or bool(_CURRENCY.search(unit))


def _article(unit: str) -> str:
    return f"an amount in {unit}" if unit else "a bare number"


def _remedy(unit: str) -> str:
    return f"enter the number in {unit}" if unit else "enter the number without a unit"


def _allowed(low: float | None, high: float | None, named: str) -> str:
    if low is not None and high is not None:
        return f"{low:g} to {high:g}{named}"
    return f"{low:g}{named} or more" if low is not None else f"at most {high:g}{named}"


def _shown(raw: object) -> str:
    text = f"{raw:.10g}" if isinstance(raw, float) else str(raw).strip()  # 140 was typed, and not 140.0
    return f'"{text[:40]}{"…" if len(text) > 40 else ""}"'
