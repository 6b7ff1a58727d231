"""What a unit costs once it has arrived: price, freight, insurance, duty, fees and the money tied up on the way."""

from dataclasses import dataclass
from typing import Literal

from tools.metrics.amounts import priced
from tools.metrics.families.cost import FAMILY
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import CARRYING_RATE, UNIT_COST

UNITS = Spoken(
    "units in the shipment",
    "item",
    words=("units", "pieces", "pcs", "quantity", "qty", "units shipped", "number of units", "we import", "import",
           "importing", "we ship", "shipment of", "order of", "container of",
           "per container", "a container holds", "lot of", "Stück", "Menge", "Stückzahl", "Liefermenge"),
    symbols=("Q", "n"),
)  # fmt: skip
FREIGHT = Spoken(
    "freight of the shipment",
    "money",
    words=("freight", "freight cost", "shipping", "shipping cost", "transport", "transport cost", "ocean freight",
           "air freight", "container costs", "carriage", "Fracht", "Frachtkosten", "Transportkosten", "Versand",
           "Versandkosten"),
    symbols=("F",),
)  # fmt: skip
FREIGHT_EACH = Spoken(
    "freight of a unit",
    "money/item",
    words=("freight per unit", "freight a unit", "shipping per unit", "shipping a unit", "transport per unit",
           "freight of a piece", "freight each", "freight per piece", "shipping per piece", "Fracht pro Stück"),
)  # fmt: skip
INSURANCE = Spoken(
    "insurance of the shipment",
    "money",
    words=("insurance", "cargo insurance", "insurance cost", "insurance premium", "marine insurance",
           "Versicherung", "Transportversicherung"),
)  # fmt: skip
INSURANCE_EACH = Spoken(
    "insurance of a unit",
    "money/item",
    words=("insurance per unit", "insurance a unit", "insurance per piece", "insurance each", "Versicherung pro Stück"),
)
INSURANCE_RATE = Spoken(
    "insurance rate",
    "fraction",
    words=("insurance rate", "insurance of", "insured at", "insurance premium rate", "insurance percentage",
           "insurance", "Versicherungssatz"),
    because="insurance is a small share of price and freight",
)  # fmt: skip
DUTY_RATE = Spoken(
    "duty rate",
    "fraction",
    words=("duty rate", "duty", "customs duty", "tariff", "tariff rate", "import duty", "import tariff", "customs",
           "customs rate", "additional tariff", "Zoll", "Zollsatz", "Einfuhrzoll"),
    symbols=("d",),
)  # fmt: skip
DUTY = Spoken(
    "duty of the shipment",
    "money",
    words=("duty amount", "duty paid", "amount of duty", "duties paid", "customs bill", "Zollbetrag"),
)
DUTY_BASIS = Spoken(
    "what duty is charged on",
    words=("duty basis", "customs value", "duty is on", "valuation basis", "Zollwert"),
)
TAX_RATE = Spoken(
    "rate of taxes that are not reclaimed",
    "fraction",
    words=("non-recoverable tax", "tax rate", "import tax", "sales tax", "VAT not recoverable", "GST",
           "nicht abziehbare Steuer", "Steuersatz"),
)  # fmt: skip
BROKERAGE = Spoken(
    "brokerage and fees of the shipment",
    "money",
    words=("brokerage", "broker fee", "customs broker", "brokerage fee", "customs clearance", "clearance",
           "entry fee", "fees", "Zollabwicklung", "Maklergebühr", "Abfertigung", "Gebühren"),
)  # fmt: skip
HANDLING = Spoken(
    "handling of the shipment",
    "money",
    words=("handling", "port charges", "terminal handling", "drayage", "unloading", "inspection", "inland freight",
           "delivery", "last mile", "Umschlag", "Handling", "Hafengebühren", "Nachlauf"),
)  # fmt: skip
HANDLING_EACH = Spoken(
    "handling of a unit",
    "money/item",
    words=("handling per unit", "handling a unit", "handling each", "handling per piece", "fees per unit",
           "Handling pro Stück"),
)  # fmt: skip
OTHER = Spoken(
    "other costs of the shipment",
    "money",
    words=("other costs", "other", "miscellaneous", "bank charges", "documentation", "demurrage", "packaging",
           "sonstige Kosten", "Sonstiges"),
)  # fmt: skip
OTHER_EACH = Spoken(
    "other costs of a unit",
    "money/item",
    words=("other costs per unit", "other per unit", "packaging per unit", "packaging a unit", "sonstiges pro Stück"),
)
UPLIFT = Spoken(
    "multiplier for duty and freight",
    "",
    words=("duty and freight multiplier", "duty freight inclusion", "uplift", "uplift factor", "landed factor",
           "freight inclusion", "multiplier", "landed cost factor", "Aufschlagsfaktor"),
    because="a multiplier of 1 adds nothing, 1.1 adds a tenth",
)  # fmt: skip
TRANSIT = Spoken(
    "transit time",
    "day",
    words=("transit time", "transit", "in transit", "at sea", "days at sea", "sailing time", "days in transit",
           "on the water", "Transitzeit", "Transportdauer", "Laufzeit", "unterwegs"),
    symbols=("t",),
)  # fmt: skip
RATE = CARRYING_RATE.also(because="the cost of money tied up is a share of value a year")
HIGH_UPLIFT = 3


class LandedInputs(Given):
    """Price of a unit, and what is added to it on its way, for the shipment or for a unit."""

    unit_price: float = quantity(
        UNIT_COST.also(
            "FOB price", "EXW price", "unit price", "ex works price", "ex works", "bought for", "bought at",
            "we buy at", "price each", "factory price", "FOB", "EXW", "per unit at origin", "each at",
            "units at", "pieces at", "pcs at", "per piece", "purchase price each", "goods price", "price",
            "product price",
            "ex factory", "supplier price", "cost each", "factory cost", "zu je", "Warenpreis",
            "Preis ab Werk", label="unit price"
        ),
        ge=0,
    )  # fmt: skip
    units: float | None = quantity(UNITS.also("lamps", "quantity of", "batch of", "a shipment of", "units of",
        "Stück"), default=None, gt=0)  # fmt: skip
    freight: float | None = quantity(FREIGHT.also("sea freight", "ocean", "shipping and handling",
        "freight charge", "freight charges", "freight bill", "transport charges", "air", "Seefracht",
        "Luftfracht", "Transport"), default=None, ge=0)  # fmt: skip
    freight_per_unit: float | None = quantity(FREIGHT_EACH, default=None, ge=0)
    insurance: float | None = quantity(INSURANCE, default=None, ge=0)
    insurance_per_unit: float | None = quantity(INSURANCE_EACH, default=None, ge=0)
    insurance_rate: float | None = quantity(INSURANCE_RATE, default=None, ge=0, lt=1)
    duty_rate: float | None = quantity(DUTY_RATE, default=None, ge=0, le=50)
    duty: float | None = quantity(DUTY, default=None, ge=0)
    duty_basis: Literal["fob", "cif"] | None = quantity(DUTY_BASIS, default=None, max_length=3)
    tax_rate: float | None = quantity(TAX_RATE, default=None, ge=0, le=5)
    brokerage: float | None = quantity(BROKERAGE.also("broker", "customs fee", "customs fees", "customs entry",
        "Verzollung"), default=None, ge=0)  # fmt: skip
    handling: float | None = quantity(HANDLING.also("trucking", "inland trucking", "inland transport",
        "local delivery", "port handling", "THC", "Hafengebühr", "Umschlagskosten",
        "Inlandstransport"), default=None, ge=0)  # fmt: skip
    handling_per_unit: float | None = quantity(HANDLING_EACH, default=None, ge=0)
    other: float | None = quantity(OTHER, default=None, ge=0)
    other_per_unit: float | None = quantity(OTHER_EACH, default=None, ge=0)
    uplift: float | None = quantity(UPLIFT, default=None, ge=1, le=100)
    transit_days: float | None = quantity(TRANSIT, default=None, ge=0)
    carrying_rate: float | None = quantity(RATE, default=None, ge=0, le=10)


@dataclass
class _Sum:
    """Costs of a unit as they are added up, with the line that shows each."""

    parts: dict[str, float]
    steps: list[str]

    def add(self, name: str, cost: float, shown: str) -> float:
        """Add a cost; zero costs are not shown."""
        if cost:
            self.parts[name] = cost
            result = "" if shown == number(cost) else f" = {number(cost)}"
            self.steps.append(f"{name.replace('_', ' ')} a unit = {shown}{result}")
        return cost


def _share(given: LandedInputs, name: str, total: float | None, each: float | None) -> tuple[float, str]:
    """Return a cost of a unit from the shipment's and the unit's own, and how it comes about."""
    cost, shown = each or 0.0, [number(each)] if each else []
    if total:
        if given.units is None:
            reason = f"{name} of {number(total)} is for the whole shipment; give how many units the shipment has"
            raise Refusal("units", reason)
        cost += total / given.units
        shown.append(f"{number(total)} / {number(given.units)}")
    return cost, " + ".join(shown)


def _landed_chart(given: LandedInputs, outcome: Outcome) -> Chart:
    parts: dict[str, float] = outcome.also["parts"]  # type: ignore[assignment]
    return Chart(
        kind="waterfall",
        title="From price to landed cost",
        x_label="part",
        y_label=f"{given.money} a unit",
        series=[
            Series(
                name="cost",
                x=[*(name.replace("_", " ") for name in parts), "landed"],
                y=[*parts.values(), outcome.value],
            )
        ],
        summary=(
            f"On top of the price of {number(given.unit_price)}, {number(outcome.value - given.unit_price)} a "
            f"unit are added."
        ),
    )


@metric(
    id="total_landed_cost",
    name="Total landed cost",
    aliases=("landed cost", "landed cost per unit", "landed price", "landed unit cost", "cost to door",
             "delivered cost", "TLC", "total delivered cost", "cost delivered", "Einstandskosten",
             "Gesamteinstandskosten", "Einstandspreis frei Haus"),
    family=FAMILY,
    unit="money/item",
    formula=r"\text{TLC} = P + F + I + d \cdot V_c + T + H + P \cdot h \cdot \frac{t}{365}",
    source=("Coyle, J. J., Langley, C. J., Novack, R. A. & Gibson, B. J. Supply Chain Management: A Logistics "
        "Perspective. Cengage, chapter on global logistics."),
    note="Total landed cost",
    chart=_landed_chart,
    published=(
        Published(
            "mfgcalcs.com, total landed cost, worked example: 10,000 units at 23.75 with 10 % for duty and freight "
            "and 4,800 of brokerage",
            {"unit_price": 23.75, "units": 10_000.0, "uplift": 1.1, "brokerage": 4800.0},
            {"value": 26.605, "total": 266_050.0, "total_without_uplift": 242_300.0},
        ),
        Published(
            "Knowledge note on total landed cost: bicycles, duty on the FOB price",
            {"unit_price": 120.0, "units": 400.0, "freight": 6000.0, "insurance_per_unit": 0.72, "duty_rate": 0.11,
             "handling_per_unit": 4.0, "transit_days": 45.0, "carrying_rate": 0.20},
            {"value": 155.88},
            within=0.005,
            absolute=True,
        ),
    ),
)  # fmt: skip
def total_landed_cost(given: LandedInputs) -> Outcome:
    """Return the cost of a unit at its destination, in money a unit; `total` is the shipment's where units are given.

    Duty is on the price (FOB) or on price, freight and insurance (CIF). The multiplier stands for duty and freight
    together and raises the price; it is refused beside either of them. Costs of the shipment need its units.
    """
    if given.uplift is not None and any((given.freight, given.freight_per_unit, given.duty_rate, given.duty)):
        reason = (
            f"the multiplier of {number(given.uplift)} already stands for duty and freight; give either the "
            f"multiplier or "
            "the freight and duty themselves"
        )
        raise Refusal("uplift", reason)
    price = given.unit_price
    total = _Sum({"price": price}, [])
    assumptions: list[str] = []
    raised = total.add(
        "duty_and_freight", price * ((given.uplift or 1) - 1), f"{number(price)} · ({number(given.uplift or 1)} - 1)"
    )
    freight = total.add("freight", *_share(given, "freight", given.freight, given.freight_per_unit))
    insured, shown = _share(given, "insurance", given.insurance, given.insurance_per_unit)
    if given.insurance_rate:
        insured += given.insurance_rate * (price + freight)
        rated = f"{percent(given.insurance_rate)} · ({number(price)} + {number(freight)})"
        shown = f"{shown} + {rated}" if shown else rated
    insurance = total.add("insurance", insured, shown)
    duty, shown = _share(given, "duty", given.duty, None)
    if given.duty_rate:
        cif = given.duty_basis == "cif"
        base = price + freight + insurance if cif else price
        duty += given.duty_rate * base
        rated = f"{percent(given.duty_rate)} · {number(base)}"
        shown = f"{shown} + {rated}" if shown else rated
        if given.duty_basis is None:
            assumptions.append(
                "duty is charged on the price without freight and insurance (FOB), as in the United States; "
                "the European Union adds them (CIF)"
            )
    total.add("duty", duty, shown)
    if given.tax_rate:
        base = price + freight + insurance + duty + raised
        total.add("tax", given.tax_rate * base, f"{percent(given.tax_rate)} · {number(base)}")
        assumptions.append("tax is charged on price, freight, insurance and duty")
    total.add("brokerage", *_share(given, "brokerage", given.brokerage, None))
    total.add("handling", *_share(given, "handling", given.handling, given.handling_per_unit))
    total.add("other", *_share(given, "other costs", given.other, given.other_per_unit))
    if given.transit_days and given.carrying_rate:
        days, assumed = given.days(None)
        assumptions += assumed
        shown = f"{number(price)} · {percent(given.carrying_rate)} · {number(given.transit_days)} / {number(days)}"
        total.add("inventory_in_transit", price * given.carrying_rate * given.transit_days / days, shown)
    return _landed(given, total, raised, assumptions)


def _landed(given: LandedInputs, parts: _Sum, raised: float, assumptions: list[str]) -> Outcome:
    landed = sum(parts.parts.values())
    also: dict[str, float | dict[str, float]] = {"parts": parts.parts}
    units = {"parts": "money/item"}
    terms = " + ".join(priced(cost) for cost in parts.parts.values())
    steps = [
        *parts.steps,
        f"landed cost a unit = {' + '.join(name.replace('_', ' ') for name in parts.parts)} = {terms} = "
        f"{priced(landed)}",
    ]
    if given.units is not None:
        also["total"] = landed * given.units
        units["total"] = "money"
        steps.append(
            f"total = landed cost · units = {priced(landed)} · {number(given.units)} = {number(landed * given.units)}"
        )
        if given.uplift is not None:
            also["total_without_uplift"] = (landed - raised) * given.units
            units["total_without_uplift"] = "money"
    meaning = f"A unit costs {priced(landed)} {given.money} once it has arrived"
    if given.unit_price > 0:
        also["added_share"] = landed / given.unit_price - 1
        units["added_share"] = "fraction"
        meaning += f", {percent(landed / given.unit_price - 1, 3)} more than its price of {number(given.unit_price)}"
    warnings = []
    if given.unit_price > 0 and landed > HIGH_UPLIFT * given.unit_price:
        warnings.append(
            "The landed cost is more than three times the price; check that costs of the shipment and of a unit are "
            "not mixed up."
        )
    if given.transit_days and given.carrying_rate is None:
        warnings.append("The time in transit costs nothing here, because no carrying rate is given.")
    return Outcome(
        value=landed,
        steps=steps,
        meaning=f"{meaning}.",
        also={**also},
        units=units,
        warnings=warnings,
        assumptions=assumptions,
    )
