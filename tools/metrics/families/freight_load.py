"""How freight spreads over what is loaded: freight cost per unit, and how full a vehicle is."""

from tools.metrics.books import MCKINNON
from tools.metrics.checks import agree
from tools.metrics.families.freight import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import UNIT_COST

HIGH_SHARE = 0.2
HALF_EMPTY = 0.6


class UnitFreightInputs(Given):
    """What a shipment costs, or a rate and a weight, and the units in it."""

    either = (either("freight_cost", ("freight_rate", "charged_weight")),)

    units_shipped: float = quantity(
        Spoken(
            "units shipped",
            "item",
            words=("units shipped", "units", "pieces", "quantity", "items", "pcs", "units per container",
                   "in the container", "fits", "fit", "holds", "carries", "spread over", "shipped", "we ship",
                   "in it", "on it", "on board", "Stück", "Menge", "Stückzahl", "units on board",
                   "number of units", "carrying"),
            because="freight is spread over the units",
        ),
        gt=0,
    )  # fmt: skip
    freight_cost: float | None = quantity(
        Spoken(
            "freight cost",
            "money",
            words=("freight cost", "freight", "shipping cost", "transport cost", "shipment costs", "container costs",
                   "truck costs", "costs", "freight bill", "shipping bill", "carrier charges", "charges us", "paid",
                   "we pay", "Frachtkosten", "Fracht", "Transportkosten", "kostet", "dollars for",
                   "total freight", "freight total", "freight invoice", "shipment cost", "transport",
                   "for a truck", "truck cost", "truck", "dollars", "euros", "Frachtrechnung"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    freight_rate: float | None = quantity(
        Spoken(
            "freight rate",
            "money/kg",
            words=("freight rate", "rate per kg", "air freight at", "freight at", "per kg", "rate", "Frachtrate",
                   "pro kg"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    charged_weight: float | None = quantity(
        Spoken(
            "chargeable weight",
            "kg",
            words=("chargeable weight", "weight", "total weight", "shipment weight", "charged weight",
                   "billable weight", "chargeable", "weighs", "Gewicht", "frachtpflichtiges Gewicht", "wiegt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    surcharges: float | None = quantity(
        Spoken(
            "surcharges",
            "money",
            words=("surcharges", "surcharge", "fuel surcharge", "handling", "fees", "extras", "extra charges",
                   "Zuschläge", "Zuschlag", "Treibstoffzuschlag"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    unit_cost: float | None = quantity(UNIT_COST, default=None, gt=0)


@metric(
    id="freight_cost_per_unit",
    name="Freight cost per unit",
    aliases=("freight per unit", "shipping cost per unit", "transport cost per unit", "freight per piece",
             "unit freight cost", "freight cost per piece", "Frachtkosten pro Stück", "Frachtkosten je Stück",
             "Transportkosten pro Stück"),
    family=FAMILY,
    unit="money/item",
    formula=r"\text{freight per unit} = \frac{\text{freight} + \text{surcharges}}{\text{units}}",
    source="Coyle, J. J., Novack, R. A., Gibson, B. J. & Bardi, E. J. (2016). Transportation: A Global Supply "
    "Chain Perspective, "
    "8th ed., ch. 4.",
    note="Freight rates",
)  # fmt: skip
def freight_cost_per_unit(given: UnitFreightInputs) -> Outcome:
    """Return what the freight of one unit costs, in money a unit, and its share of the unit cost if that is given."""
    steps = []
    freight = given.freight_cost
    if given.freight_rate is not None and given.charged_weight is not None:
        derived = given.freight_rate * given.charged_weight
        steps.append(
            f"freight = rate × weight = {number(given.freight_rate)} × {number(given.charged_weight)} = "
            f"{number(derived)}"
        )
        if freight is not None:
            agree("freight_cost", freight, derived, "freight cost", "rate times weight")
        freight = derived if freight is None else freight
    total = (freight or 0.0) + (given.surcharges or 0.0)
    if given.surcharges:
        steps.append(f"with surcharges = {number(freight or 0)} + {number(given.surcharges)} = {number(total)}")
    value = total / given.units_shipped
    steps.append(
        f"freight per unit = freight / units = {number(total)} / {number(given.units_shipped)} = {number(value)}"
    )  # fmt: skip
    also: dict[str, Value] = {"total_freight": total}
    meaning = f"Each unit carries {number(value)} {given.money} of freight"
    warnings = []
    if given.unit_cost is not None:
        share = value / given.unit_cost
        also |= {"share_of_unit_cost": share, "unit_cost_with_freight": given.unit_cost + value}
        steps.append(f"share of unit cost = {number(value)} / {number(given.unit_cost)} = {number(share)}")
        meaning += f", {percent(share)} of what it costs"
        if share > HIGH_SHARE:
            warnings.append(
                "Freight is over a fifth of the unit cost; a cheaper mode, fuller loads or a nearer source may pay."
            )
    if given.charged_weight:
        also["freight_per_kg"] = total / given.charged_weight
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{meaning}.",
        also=also,
        units={
            "total_freight": "money",
            "share_of_unit_cost": "fraction",
            "unit_cost_with_freight": "money/item",
            "freight_per_kg": "money/kg",
        },
        warnings=warnings,
    )


class FillInputs(Given):
    """What is loaded and what fits, by volume, weight or pallets; at least one of them."""

    either = (
        either(
            ("load_volume", "vehicle_volume"), ("load_weight", "vehicle_weight"), ("load_pallets", "vehicle_pallets")
        ),
    )

    load_volume: float | None = quantity(
        Spoken(
            "loaded volume",
            "m**3",
            words=("loaded volume", "load volume", "volume loaded", "volume used", "volume", "load", "loaded",
                   "cbm loaded", "filled with", "on board", "Ladevolumen", "geladen", "beladen mit",
                   "volume of goods", "cargo volume", "loaded volume of", "goods", "filled", "cargo", "used",
                   "Ladung"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    vehicle_volume: float | None = quantity(
        Spoken(
            "vehicle's volume",
            "m**3",
            words=("vehicle volume", "trailer volume", "truck volume", "container volume", "volume capacity",
                   "cube capacity", "container of", "trailer of", "truck of", "holds", "fits", "can take", "room for",
                   "space for", "capacity", "Laderaum", "Laderaumvolumen", "fasst", "out of",
                   "available volume", "total volume", "capacity of", "trailer", "holds up to",
                   "maximum volume"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    load_weight: float | None = quantity(
        Spoken(
            "loaded weight",
            "kg",
            words=("loaded weight", "load weight", "payload used", "weight loaded", "load", "loaded", "on board",
                   "carries", "cargo of", "Ladungsgewicht", "Ladung", "geladen", "beladen mit"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    vehicle_weight: float | None = quantity(
        Spoken(
            "vehicle's payload",
            "kg",
            words=("payload", "vehicle payload", "payload capacity", "payload of", "weight capacity",
                   "maximum payload", "max payload", "max weight", "maximum weight", "weight limit", "can carry",
                   "allowed", "capacity", "Nutzlast", "zulässig", "out of", "maximum", "max"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    load_pallets: float | None = quantity(
        Spoken(
            "loaded pallets",
            "item",
            words=("loaded pallets", "pallets loaded", "pallets", "pallets on board", "loaded", "load", "on board",
                   "on it", "geladene Paletten", "Paletten geladen", "geladen", "beladen mit"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    vehicle_pallets: float | None = quantity(
        Spoken(
            "pallet places",
            "item",
            words=("pallet places", "pallet positions", "pallet spots", "pallet spaces", "pallet capacity",
                   "pallets fit", "fits", "holds", "room for", "space for", "can take", "places", "spots",
                   "Palettenstellplätze", "Stellplätze", "Palettenplätze", "fasst", "out of", "total places"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="trailer_fill",
    name="Vehicle fill rate",
    aliases=("truck fill rate", "truck utilization", "trailer utilization", "load factor", "cube utilization",
             "vehicle fill", "container utilization", "truck fill", "load fill rate", "vehicle utilization",
             "LKW-Auslastung", "Laderaumauslastung", "cube utilisation", "cube fill", "container fill",
             "container utilisation", "fill of the trailer", "trailer utilisation", "Auslastung des LKW",
             "Beladungsgrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{fill} = \max\left(\frac{V}{V_{\max}},\ \frac{W}{W_{\max}},\ \frac{P}{P_{\max}}\right)",
    source=MCKINNON,
    note="Truckload and less-than-truckload",
)  # fmt: skip
def trailer_fill(given: FillInputs) -> Outcome:
    """Return how full a vehicle is in the measure that fills first; each measure's share is in `also`.

    Refuses a load above what fits.
    """
    pairs = {
        "volume": ("load_volume", given.load_volume, given.vehicle_volume),
        "weight": ("load_weight", given.load_weight, given.vehicle_weight),
        "pallets": ("load_pallets", given.load_pallets, given.vehicle_pallets),
    }
    shares: dict[str, float] = {}
    steps = []
    for kind, (name, load, room) in pairs.items():
        if load is None or room is None:
            continue
        if load > room:
            raise Refusal(
                name,
                f"the load of {number(load)} is above the {number(room)} that fit by {kind}; it takes a second vehicle",
            )
        shares[kind] = load / room
        steps.append(f"fill by {kind} = {number(load)} / {number(room)} = {number(load / room)}")
    limiting = max(shares, key=lambda kind: shares[kind])
    value = shares[limiting]
    steps.append(f"fill = the largest = {number(value)}, by {limiting}")
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"The vehicle is {percent(value)} full by {limiting}, which fills first; {percent(1 - value)} of "
        "that is free.",
        also={**{f"fill_by_{kind}": share for kind, share in shares.items()}, "limited_by": limiting},
        units={f"fill_by_{kind}": "fraction" for kind in shares},
        warnings=["Less than 60 % full: a smaller vehicle, or waiting for more, may be cheaper."]
        if value < HALF_EMPTY
        else [],
    )  # fmt: skip
