"""What a quantity's unit says about an input: for it, against it, or that it cannot be meant."""

from functools import lru_cache

from assistant.embedded.quantities import Quantity
from tools.metrics.given import Input
from tools.metrics.units import PERIODS

_MEASURES = {
    **dict.fromkeys(("kilogram", "gram", "tonne", "pound", "ounce", "kg", "g", "t", "lb"), "mass"),
    **dict.fromkeys(
        ("metre", "centimetre", "millimetre", "kilometre", "inch", "foot", "mile", "m", "cm", "mm", "km"), "length"
    ),
    **{name: name for name in ("money", "order", "turn", "fraction", "1")},
}
SPACES = frozenset({"l", "gal", "m^3", "cm^3", "ft^3", "in^3", "m^2"})
PACKS = frozenset({"pallet", "carton", "box", "case", "crate", "container", "bag", "drum", "parcel"})
UNIT_LACKS = 0.35
PER_ITEM_UNSAID = 0.4
OUT_OF_BOUNDS = 0.6


def unit_cost(quantity: Quantity, declared: Input) -> float | None:
    """Return what a quantity's unit says about an input, kept for the inputs that many metrics share."""
    said = declared.said
    bounds = (declared.low, declared.above, declared.high, declared.below)
    packs = _packs_of(said.label) if said.unit == "item" and quantity.unit in PACKS else ()
    if packs and quantity.unit not in packs:
        return None
    known = f"{quantity.unit}s" in said.words if not said.unit else False
    return _unit_cost(quantity, declared.shape, said.unit, bounds, known)


@lru_cache(maxsize=1024)
def _packs_of(label: str) -> frozenset[str]:
    """Return what an input's label counts things in: pallets are no cartons."""
    return PACKS & {word.removesuffix("s") for word in label.split()}


@lru_cache(maxsize=8192)
def _unit_cost(
    quantity: Quantity, shape: str, canonical: str, bounds: tuple[float | None, ...], known: bool
) -> float | None:
    """Return what a quantity's unit says about an input: below 0 for it, above 0 against it, None for impossible."""
    if shape in ("text", "flag"):
        return None
    if (shape in ("series", "map")) != quantity.is_list:
        return None
    cost_of_shape = 0.1 if shape != "number" and (shape == "map") != bool(quantity.labels) else 0.0
    share = canonical.startswith("fraction")
    if quantity.percent and not share:
        return None
    if quantity.currency and "money" not in canonical and canonical:
        return None
    if share and (quantity.currency or quantity.unit):
        return None
    if not canonical and kind_of(quantity.unit) == "time" and quantity.unit:
        return 0.0 if known and not quantity.per else None
    if canonical == "fraction" and quantity.percent and len(quantity.per) == 1:
        return 0.0
    if not belongs(quantity, canonical):
        return None
    cost = cost_of_shape
    if (quantity.percent and share) or (quantity.currency and canonical):
        cost -= 0.3
    cost -= 0.35 * sum(part not in PERIODS for part in quantity.per)
    periods = [part for part in (quantity.unit, *quantity.per) if part in PERIODS]
    timed = "period" in canonical or canonical in PERIODS
    if periods and timed:
        cost -= 0.4
    elif timed and not share:
        cost += UNIT_LACKS * (2 if canonical in ("period", *PERIODS) else 1)
    if quantity.unit and not periods and "item" in canonical.split("/", maxsplit=1)[0]:
        cost -= 0.2
    if quantity.unit and not periods and kind_of(quantity.unit) not in ("item", "order"):
        cost -= 0.3
    if "/item" in canonical and not any(kind_of(part) == "item" for part in quantity.per):
        cost += PER_ITEM_UNSAID
    if quantity.change and cost < 0:
        return cost
    return cost + _bounds_cost(quantity, canonical, bounds)


def _bounds_cost(quantity: Quantity, canonical: str, bounds: tuple[float | None, ...]) -> float:
    """Return what it costs that a value is out of an input's bounds: a reason to doubt, not to look away."""
    if quantity.change or quantity.is_list:
        return 0.0
    value = quantity.value / 100 if quantity.percent else quantity.value
    if canonical.startswith("fraction") and 1 < value <= 100:
        value /= 100
    least, above, most, below = bounds
    low = least if least is not None else above
    high = most if most is not None else below
    outside = (low is not None and value < low) or (high is not None and value > high)
    return OUT_OF_BOUNDS if outside else 0.0


def belongs(quantity: Quantity, canonical: str) -> bool:
    """Say whether what is said of a quantity's unit can belong to an input in a canonical unit."""
    if not canonical:
        return True
    over, under = _kinds(canonical)
    head = quantity.unit and kind_of(quantity.unit)
    if head == "item" and _is_space(canonical) and quantity.unit not in SPACES:
        return False
    if head and head not in over and not ({head, *over} <= {"item", "order"} and over):
        return False
    return all(_may_divide(kind_of(part), over, under) for part in quantity.per)


def _is_space(canonical: str) -> bool:
    """Say whether an input is a volume or an area, so that what is counted in pieces cannot be it."""
    return "**" in canonical.replace("**0.5", "").split("/", maxsplit=1)[0]


def _may_divide(kind: str, over: set[str], under: set[str]) -> bool:
    return kind in under or (kind == "order" and "money" in over and "item" not in under)


@lru_cache(maxsize=256)
def _kinds(canonical: str) -> tuple[set[str], set[str]]:
    top, *below = canonical.replace("**0.5", "").split("/")
    return {kind_of(part) for part in top.split("*") if part}, {kind_of(part) for part in below}


def measures(canonical: str) -> bool:
    """Say whether an input in a canonical unit is measured by mass, length or what follows from it."""
    over, under = _kinds(canonical) if canonical else (set(), set())
    return bool({"mass", "length"} & (over | under)) or "**" in canonical.replace("**0.5", "")


def kind_of(name: str) -> str:
    """Return what a unit measures: "time", "money", "mass", "length", "order", "turn", or "item" for things counted."""
    if name == "period" or name in PERIODS:
        return "time"
    return _MEASURES.get(name, "item")


def unit_text(quantity: Quantity) -> str:
    """Return a quantity's unit as a tool takes it ("USD/item/year", "item/week", "%", "day", "")."""
    if quantity.percent:
        head = "%"
    elif quantity.currency:
        head = "money" if quantity.currency == "money" else quantity.currency
    else:
        head = quantity.unit.replace(" ", "_")
    if not quantity.per:
        return head
    return "/".join([head or "1", *(part.replace(" ", "_") for part in quantity.per)])
