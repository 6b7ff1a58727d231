"""Reads what people type into a metric's form, and says in words what cannot be read."""

import re
from dataclasses import dataclass

from assistant.embedded.quantities import Quantity, read_quantities
from tools.metrics.compute import named
from tools.metrics.given import Frame, Input
from tools.metrics.request import Stated
from tools.metrics.shown import number
from tools.metrics.units import PERIODS

MOST_NUMBERS = 10_000
MOST_CHARACTERS = 100_000
LONGEST_READ = 2000  # characters of a list that are read as prose, when they are not plain numbers
LONGEST_SAID = 40
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
NO_NUMBER = "this cannot be read as a number; write it like 1200, 1,200.50, 2.4M or 98%"
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PARTED = re.compile(r"[;\s]+|,\s+")
_PAIR = re.compile(
    r"(?P<name>.*?\S)\s*[:=\s]\s*(?P<amount>[-+]?[$€£]?\s?[\d.][\d.,]*(?:[eE][-+]?\d+)?\s?(?:%|[kKmM])?)"
)


class UnreadableError(ValueError):
    """What was typed cannot be read; the message says why, for the person who typed it."""


@dataclass(frozen=True)
class Typed:
    """What stands in a form: the boxes' texts, the units chosen beside them, and what all is counted in."""

    texts: dict[str, str]
    units: dict[str, str]
    frame: Frame


def read(declared: Input, typed: Typed) -> Stated | None:
    """Return an input as stated; None if its box is empty.

    Raises:
        UnreadableError: when the text cannot be what the input is.
    """
    text = typed.texts.get(declared.name, "").strip()
    if not text:
        return None
    if len(text) > MOST_CHARACTERS:
        raise UnreadableError(f"this is longer than {MOST_CHARACTERS:,} characters")
    if declared.choices or declared.shape == "text":
        return Stated(name=declared.name, value=text)
    if declared.shape == "flag":
        return Stated(name=declared.name, value=text.lower() in ("yes", "true", "on", "1"))
    own = _own_unit(declared, typed)
    if declared.shape == "number":
        value, unit = read_number(text)
        return Stated(name=declared.name, value=value, unit=completed(unit, own, declared.said.unit))
    values: list[float] | dict[str, float]
    values, units = _read_map(text) if declared.shape == "map" else _read_series(text)
    if len(units) > 1:
        raise UnreadableError(
            f"these amounts have different units: {', '.join(sorted(unit or 'none' for unit in units))}"
        )
    unit = next(iter(units), "")
    amounts = values.values() if isinstance(values, dict) else values
    if declared.said.unit.startswith("fraction") and not unit and any(amount > 1 for amount in amounts):
        unit = "%"
    return Stated(name=declared.name, value=values, unit=completed(unit, own, declared.said.unit))


def read_number(text: str) -> tuple[float, str]:
    """Return a number and the unit typed with it ("%", "USD", "item/week", "" for none).

    Raises:
        UnreadableError: when the text is not one number.
    """
    plain = text.strip()
    if _PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain):
        return _finite(float(plain.replace(",", ""))), ""
    if plain.endswith("%") and _PLAIN.fullmatch(plain[:-1].strip()):
        return _finite(float(plain[:-1])), "%"
    if len(plain) > LONGEST_READ:
        raise UnreadableError(NO_NUMBER)
    quantities = read_quantities(plain).quantities
    if len(quantities) > 1 or any(one.is_list for one in quantities):
        raise UnreadableError("there is more than one number here, and one is wanted")
    if not quantities or quantities[0].change or _rest(plain, quantities[0]):
        raise UnreadableError(NO_NUMBER)
    one = quantities[0]
    if one.others:
        readings = " or ".join(number(value, 12) for value in (one.value, *one.others))
        raise UnreadableError(f"this can be read as {readings}; write it without marks for thousands")
    return _finite(one.value), unit_text(one)


def unit_text(quantity: Quantity) -> str:
    """Return a quantity's unit in the notation of requests ("USD/item/year", "item/week", "%", "day", "")."""
    head = "%" if quantity.percent else quantity.currency or quantity.unit.replace(" ", "_")
    return "/".join([head or "1", *(part.replace(" ", "_") for part in quantity.per)]) if quantity.per else head


def completed(unit: str, own: str, canonical: str) -> str:
    """Return a typed unit with what it leaves unsaid taken from the form's: "$50" is a week's where it counts weeks."""
    if not unit:
        return "" if own.startswith("fraction") and "/" not in own else own.replace("fraction", "1", 1)
    head, *per = unit.split("/")
    own_head, *own_per = own.split("/")
    if head == "1" and canonical.startswith("money"):
        head = own_head
    timed = any(part in PERIODS for part in (head, *per))
    if "/period" in canonical and not timed:
        per += [part for part in own_per if part.partition("**")[0] in (*PERIODS, "period")]
    return "/".join([head, *per])


def currency(text: str) -> str:
    """Return a currency's code, or "" where the text is none."""
    code = SYMBOLS.get(text.strip(), text.strip().upper())
    return code if re.fullmatch(r"[A-Z]{3}", code) else ""


def _own_unit(declared: Input, typed: Typed) -> str:
    chosen = typed.units.get(declared.name, "")
    if declared.said.unit == "period" and chosen in PERIODS:
        return chosen
    return named(declared.said.unit, typed.frame)


def _read_series(text: str) -> tuple[list[float], set[str]]:
    tokens = [token.rstrip(",") for token in _PARTED.split(text) if token.strip(",;")]
    if len(tokens) == 1 and "," in tokens[0]:
        tokens = [token for token in tokens[0].split(",") if token.strip()]
    if len(tokens) > MOST_NUMBERS:
        raise UnreadableError(f"there are {len(tokens):,} numbers here; at most {MOST_NUMBERS:,} are taken")
    try:
        read_all = [read_number(token) for token in tokens]
    except UnreadableError:
        return _read_prose(text, tokens)
    return [value for value, _ in read_all], {unit for _, unit in read_all}


def _read_prose(text: str, tokens: list[str]) -> tuple[list[float], set[str]]:
    quantities = read_quantities(text).quantities if len(text) <= LONGEST_READ else ()
    if len(quantities) == 1 and quantities[0].is_list and not _rest(text, quantities[0]):
        return list(quantities[0].values), {unit_text(quantities[0])}
    raise UnreadableError(f"{_said(_unread(tokens))} is not a number; write the numbers like 100, 120, 110")


def _unread(tokens: list[str]) -> str:
    for token in tokens:
        try:
            read_number(token)
        except UnreadableError:
            return token
    return tokens[0]


def _read_map(text: str) -> tuple[dict[str, float], set[str]]:
    lines = [line.strip(" ,\t") for line in re.split(r"[;\n]+", text) if line.strip(" ,\t")]
    if len(lines) > MOST_NUMBERS:
        raise UnreadableError(f"there are {len(lines):,} names here; at most {MOST_NUMBERS:,} are taken")
    values: dict[str, float] = {}
    units: set[str] = set()
    for line in lines:
        found = _PAIR.fullmatch(line) if len(line) <= LONGEST_READ else None
        if found is None:
            raise UnreadableError(f"{_said(line)} is not a name with a number; write a line for each, like A 30")
        name = found["name"].rstrip(":= ")
        value, unit = read_number(found["amount"])
        if name in values:
            raise UnreadableError(f"{_said(name)} is there twice")
        values[name] = value
        units.add(unit)
    return values, units


def _rest(text: str, quantity: Quantity) -> str:
    """Return the letters and digits of a text beside its one quantity."""
    return re.sub(r"[\W_]+", "", text[: quantity.start] + text[quantity.end :])


def _finite(value: float) -> float:
    if value in (float("inf"), float("-inf")):
        raise UnreadableError("this number is too large")
    return value


def _said(text: str) -> str:
    return f"“{text if len(text) <= LONGEST_SAID else text[: LONGEST_SAID - 1] + chr(0x2026)}”"
