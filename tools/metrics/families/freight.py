"""What a carrier charges for: actual or volumetric weight."""

import math

from tools.metrics.checks import agree, each
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import metric
from tools.metrics.result import Chart, Outcome, Series, Value
from tools.metrics.shown import number

FAMILY = "Freight"
LONG_SIDE = 1500.0
SIDES = 3

PIECES = Spoken(
    "pieces",
    "item",
    words=("pieces", "number of pieces", "cartons", "boxes", "parcels", "packages", "pallets", "pcs", "cases",
           "crates", "cartons of", "boxes of", "parcels of", "pallets of", "cases of", "packages of", "pieces of",
           "cartons each", "boxes each", "Stück", "Kartons", "Kartons mit", "Packstücke", "Pakete", "Colli"),
)  # fmt: skip


def _side(name: str, *words: str, symbol: str) -> Spoken:
    return Spoken(name, "cm", words=(name, *words), symbols=(symbol,), because="a parcel has three sides")


class ChargeableInputs(Given):
    """A piece's size and weight, how many there are, and the volume that the carrier counts as a kilogram."""

    either = (either("dimensions", ("length", "width", "height"), "volume"), either("weight", "total_weight"))

    dimensions: list[float] | None = quantity(
        Spoken(
            "dimensions",
            "cm",
            words=("dimensions", "measures", "measuring", "size", "L x W x H", "LxWxH", "dims", "carton",
                   "cartons of", "box", "boxes of", "box of", "parcel", "parcel of", "Maße", "Abmessungen"),
            symbols=("LWH",),
        ),
        default=None,
        min_length=SIDES,
        max_length=SIDES,
    )  # fmt: skip
    length: float | None = quantity(
        _side("length", "long", "length of", "Länge", "lang", symbol="L"), default=None, gt=0
    )
    width: float | None = quantity(
        _side("width", "wide", "width of", "Breite", "breit", symbol="W"), default=None, gt=0
    )
    height: float | None = quantity(_side("height", "high", "tall", "Höhe", "hoch", symbol="H"), default=None, gt=0)
    volume: float | None = quantity(
        Spoken(
            "volume of all pieces",
            "m**3",
            words=("volume", "total volume", "cbm", "cubic metres", "cubic meters", "m3", "m³", "Volumen",
                   "Kubikmeter"),
            symbols=("V",),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    weight: float | None = quantity(
        Spoken(
            "weight of a piece",
            "kg",
            words=("weight", "gross weight", "actual weight", "weight of a piece", "weighs", "weigh", "weighing",
                   "weight each", "each", "dead weight", "scale weight", "Gewicht", "Bruttogewicht",
                   "tatsächliches Gewicht", "wiegt", "je", "schwer", "kg actual", "actual", "real weight",
                   "physical weight", "Istgewicht"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    total_weight: float | None = quantity(
        Spoken(
            "weight of all pieces",
            "kg",
            words=("total weight", "shipment weight", "weight in total", "altogether", "in total",
                   "total gross weight", "total actual weight", "all together", "Gesamtgewicht", "insgesamt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    pieces: float = quantity(PIECES.also("number of boxes", "number of cartons", "packages", "units",
        "Stück"), default=1.0, assumed="one piece", gt=0)  # fmt: skip
    divisor: float = quantity(
        Spoken(
            "divisor",
            "cm**3/kg",
            words=("divisor", "dim factor", "dimensional factor", "volumetric factor", "volumetric divisor",
                   "dim divisor", "conversion factor", "volume factor", "divided by", "divide by", "Volumenfaktor",
                   "Divisor", "Umrechnungsfaktor", "geteilt durch"),
            because="it says how many cubic centimetres count as a kilogram; 5,000 for couriers, mostly 6,000 by air",
        ),
        gt=0,
    )  # fmt: skip
    round_up_to: float | None = quantity(
        Spoken(
            "rounding step",
            "kg",
            words=("rounded up to", "rounding step", "round up to", "next half kilo", "aufgerundet auf"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    freight_rate: float | None = quantity(
        Spoken(
            "freight rate",
            "money/kg",
            words=("freight rate", "rate per kg", "per kg", "a kilo", "price per kg", "rate", "Frachtrate",
                   "Frachtsatz", "pro kg"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


def _volume(given: ChargeableInputs) -> tuple[float, str]:
    """Return the volume of all pieces in cubic centimetres and how it is worked out."""
    sides = given.dimensions
    if sides is None and given.length is not None and given.width is not None and given.height is not None:
        sides = [given.length, given.width, given.height]
    if sides is None:
        return (given.volume or 0.0) * 1e6, number((given.volume or 0.0) * 1e6)
    each("dimensions", "every side", sides, open_=True)
    volume = math.prod(sides) * given.pieces
    if given.volume is not None:
        agree("volume", given.volume, volume / 1e6, "volume", "the dimensions times the pieces")
    times = f" × {number(given.pieces)}" if given.pieces != 1 else ""
    return volume, " × ".join(number(side) for side in sides) + times


def _weights(given: ChargeableInputs, outcome: Outcome) -> Chart:  # noqa: ARG001 - charts get both
    names = ["actual weight", "volumetric weight"]
    heights = [float(outcome.also[name]) for name in ("actual_weight", "volumetric_weight")]  # type: ignore[arg-type]
    return Chart(
        kind="bar",
        title="Actual and volumetric weight",
        x_label="",
        y_label="kg",
        series=[Series(name="weight", x=names, y=heights)],
        summary=f"The carrier charges {number(outcome.value)} kg, the larger of {number(heights[0])} kg actual and "
        f"{number(heights[1])} kg volumetric weight.",
    )  # fmt: skip


@metric(
    id="chargeable_weight",
    name="Chargeable weight",
    aliases=("dimensional weight", "volumetric weight", "DIM weight", "volume weight", "billable weight",
             "billed weight", "chargeable kilograms", "Volumengewicht", "frachtpflichtiges Gewicht",
             "taxpflichtiges Gewicht"),
    family=FAMILY,
    unit="kg",
    formula=r"W_c = \max\left(W_{\text{actual}},\ \frac{n\,l\,w\,h}{\text{divisor}}\right)",
    source="IATA, The Air Cargo Tariff and Rules (TACT), volumetric weight: 6,000 cm³ a kilogram.",
    note="Dimensional weight",
    chart=_weights,
)  # fmt: skip
def chargeable_weight(given: ChargeableInputs) -> Outcome:
    """Return the weight a carrier charges, in kg: the larger of actual and volumetric weight of all pieces.

    Sides are centimetres; the divisor is in cubic centimetres a kilogram. Refuses sides that are not above 0.
    """
    volume, how = _volume(given)
    volumetric = volume / given.divisor
    actual = given.total_weight if given.total_weight is not None else (given.weight or 0.0) * given.pieces
    if given.total_weight is not None and given.weight is not None:
        agree(
            "total_weight",
            given.total_weight,
            given.weight * given.pieces,
            "total weight",
            "the weight of a piece times the pieces",
        )
    charged = max(actual, volumetric)
    by_volume = volumetric > actual
    steps = [
        f"volumetric weight = volume / divisor = {how} cm³ / {number(given.divisor)} cm³ a kg = "
        f"{number(volumetric)} kg",
        f"actual weight = {number(actual)} kg",
        f"chargeable weight = the larger = {number(charged)} kg",
    ]
    if given.round_up_to is not None:
        charged = math.ceil(charged / given.round_up_to - 1e-9) * given.round_up_to
        steps.append(f"rounded up to {number(given.round_up_to)} kg steps = {number(charged)} kg")
    also: dict[str, Value] = {
        "volumetric_weight": volumetric,
        "actual_weight": actual,
        "volume": volume / 1e6,
        "charged_by": "volume" if by_volume else "weight",
    }
    meaning = (
        f"The carrier charges {number(charged)} kg, by "
        f"{'volume: the goods are bulky for their weight' if by_volume else 'weight'}"
    )
    if given.freight_rate is not None:
        also["freight_cost"] = charged * given.freight_rate
        worked = f"{number(charged)} × {number(given.freight_rate)} = {number(charged * given.freight_rate)}"
        steps.append(f"freight = chargeable weight × rate = {worked}")
        meaning += f"; the freight is {number(charged * given.freight_rate)} {given.money}"
    warnings = []
    if max(given.dimensions or [given.length or 0, given.width or 0, given.height or 0]) > LONG_SIDE:
        warnings.append("A side is longer than 15 metres; check that the sides are in centimetres.")
    return Outcome(
        value=charged,
        steps=steps,
        meaning=f"{meaning}.",
        also=also,
        units={"volumetric_weight": "kg", "actual_weight": "kg", "volume": "m**3", "freight_cost": "money"},
        warnings=warnings,
    )
