"""Units of stated quantities: parsed, brought to the unit that a metric works in, by pint."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pint import UnitRegistry

DEFINITIONS = Path(__file__).with_name("units.txt")
PERIODS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
LONG = {"month", "quarter", "year"}
COUNTED = {"item", "order", "turn"}
_FACTOR = re.compile(r"([*/]?)\s*(%|[^\W\d]\w*)(?:\s*(?:\*\*|\^)\s*(\d+(?:\.\d+)?))?\s*")
_CURRENCY = re.compile(r"[A-Z]{3}")


class UnitError(ValueError):
    """A unit cannot be read, or is not one that the input can have; the message says which."""


@dataclass(frozen=True)
class Calendar:
    """How many days are counted a year and a week; weeks are 52 a year unless the days of both are stated."""

    days_a_year: float = 365.0
    days_a_week: float = 7.0
    weeks_a_year: float = 52.0


@dataclass(frozen=True)
class Unit:
    """A parsed unit: powers of its factors, `percent`, and the currency if one is in it."""

    powers: dict[str, float] = field(default_factory=dict)
    percent: bool = False
    currency: str = ""

    @property
    def period(self) -> str:
        """Its unit of time, or ""."""
        return self.per or self.time

    @property
    def per(self) -> str:
        """The unit of time that it is counted in: the week of item/week; "" if there is none."""
        return next((name for name, power in self.powers.items() if name in PERIODS and power < 0), "")

    @property
    def time(self) -> str:
        """The unit of time that it counts: the hour of hour/week; "" if there is none."""
        return next((name for name, power in self.powers.items() if name in PERIODS and power > 0), "")


@lru_cache(maxsize=256)
def parse(text: str) -> Unit:
    """Parse a unit such as "USD/item/year", "item/period**0.5", "%" or "".

    Raises:
        UnitError: when it is not made of names, * and /.
    """
    powers: dict[str, float] = {}
    percent, currency, place = False, "", 0
    plain = text.strip().removeprefix("1/") if text.strip() != "1" else ""
    below = text.strip().startswith("1/")
    while place < len(plain):
        found = _FACTOR.match(plain, place)
        if not found:
            raise UnitError(f"{text!r} is not a unit; write it like item/week, USD/item/year or %")
        place = found.end()
        name, power = found[2], float(found[3] or 1)
        if name in ("%", "fraction"):
            percent = percent or name == "%"
            continue
        if _CURRENCY.fullmatch(name):
            currency, name = name, "money"
        sign = -1 if found[1] == "/" or (below and not powers) else 1
        powers[_known(name)] = sign * power
    return Unit(powers, percent, currency)


def _known(name: str) -> str:
    """Return a unit's own name: days -> day, kg -> kilogram; names that pint does not know count as they are."""
    if name in PERIODS or name == "period":
        return name
    registry = _registry(Calendar())
    for form in (name, name.removesuffix("s")):
        if form in PERIODS:
            return form
        if form in registry:
            return str(registry.parse_units(form))
    return name


def factor(said: str, wanted: str, calendar: Calendar) -> float | None:
    """Return how many of the wanted unit one of the said unit is; None if they measure different things."""
    if said == wanted:
        return 1.0
    if "week" in (said, wanted) and {said, wanted} & LONG:
        weeks = {
            "year": calendar.weeks_a_year,
            "quarter": calendar.weeks_a_year / 4,
            "month": calendar.weeks_a_year / 12,
        }
        return 1 / weeks[wanted] if said == "week" else weeks[said]
    registry = _registry(calendar)
    if said not in registry or wanted not in registry:
        return 1.0 if _counts(said) and _counts(wanted) and "item" in (said, wanted) else None
    if registry.get_dimensionality(said) != registry.get_dimensionality(wanted):
        return None
    return float(registry.convert(1.0, said, wanted))


def _counts(name: str) -> bool:
    """Say whether a name counts things: the item itself, or a name that is no unit (pallet, case)."""
    return name in COUNTED or name not in _registry(Calendar())


def convert(value: float, said: Unit, wanted: Unit, calendar: Calendar) -> tuple[float, list[str]]:
    """Bring a value to a unit; return it and the names of the units of time that were not said.

    A unit may leave out parts of the wanted one: they are taken to be meant. A standard deviation said "per week"
    grows with the square root of time when the wanted unit does.

    Raises:
        UnitError: when the unit has a part that the wanted one has not.
    """
    left = dict(said.powers)
    unsaid = []
    for name, power in wanted.powers.items():
        match = next(
            (part for part in left if factor(part, name, calendar) is not None and left[part] * power > 0), None
        )
        if match is not None:
            value *= (factor(match, name, calendar) or 1.0) ** power
            del left[match]
        elif name in PERIODS:
            unsaid.append(name)
    strange = [
        name
        for name in left
        if not (_counts(name) or (name == "money" and "money" not in wanted.powers and not wanted.powers))
    ]
    if strange and wanted.powers:
        raise UnitError(f"{' and '.join(strange)} does not belong to it")
    return value, unsaid


@lru_cache(maxsize=16)
def _registry(calendar: Calendar) -> "UnitRegistry[Any]":
    from pint import UnitRegistry

    registry: UnitRegistry[Any] = UnitRegistry(None)
    for line in DEFINITIONS.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            registry.define(line)
    registry.define(f"week = {calendar.days_a_week} day")
    registry.define(f"year = {calendar.days_a_year} day")
    registry.define("quarter = year / 4")
    registry.define("month = year / 12")
    return registry
