"""What goes wrong on the way to customers: goods damaged, goods sent back."""

from tools.metrics.books import RUSHTON
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import MILLION, doubts, part_of
from tools.metrics.result import Outcome
from tools.metrics.shown import number, percent

FAMILY = "Quality"
DAMAGED_HIGH, RETURNED_HIGH = 0.1, 0.5

SHIPPED = Spoken(
    "units shipped",
    "",
    words=("units shipped", "out of", "shipped", "units delivered", "delivered", "units handled", "handled",
           "units sent", "sent", "dispatched", "were dispatched", "were shipped", "were sent", "shipments", "parcels",
           "packages", "pallets", "cartons", "pieces",
           "consignments", "deliveries", "we shipped", "we sent", "total units", "loads", "in total", "altogether",
           "versandt", "verschickt", "geliefert", "ausgeliefert", "Sendungen", "Pakete", "Stück"),
)  # fmt: skip


class DamageRateInputs(Given):
    """Units (or shipments, or their value) sent, and those damaged, or those undamaged."""

    either = (either("units_damaged", "units_undamaged"),)

    units_shipped: float = quantity(SHIPPED, gt=0)
    units_damaged: float | None = quantity(
        Spoken(
            "units damaged",
            "",
            words=("units damaged", "damaged", "damaged units", "broken", "damaged in transit",
                   "arrived damaged", "came damaged", "arrived broken", "came broken", "came cracked", "crushed",
                   "dented", "smashed",
                   "damage claims", "damaged parcels", "damaged pallets", "damaged goods", "with damage", "cracked",
                   "beschädigt", "beschädigte", "kaputt", "Transportschäden", "Schäden", "defekt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    units_undamaged: float | None = quantity(
        Spoken(
            "units undamaged",
            "",
            words=("units undamaged", "undamaged", "intact", "without damage", "damage-free", "damage free",
                   "not damaged", "in good condition", "unharmed", "arrived intact", "arrived undamaged", "unversehrt",
                   "unbeschädigt", "unbeschädigte"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="damage_rate",
    name="Damage rate",
    aliases=("damaged goods rate", "transit damage rate", "in-transit damage rate", "freight damage rate",
             "damage ratio", "damage percentage", "share of damaged goods", "share damaged", "damages rate",
             "shipping damage rate", "damage free rate", "damage-free rate", "damaged shipment rate",
             "Schadensquote", "Beschädigungsquote", "Transportschadenquote", "Bruchquote"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{damage rate} = \frac{\text{units damaged}}{\text{units shipped}} = 1 - \frac{\text{units "
            r"undamaged}}{\text{units shipped}}",
    source=RUSHTON,
    note="Perfect order",
    published=(
        Published(
            "supplychainmetric.com, perfect order measure: 99 % shipped without damage, taken as 99 of 100",
            {"units_shipped": 100.0, "units_undamaged": 99.0},
            {"value": 0.01, "damage_free_rate": 0.99},
        ),
    ),
)  # fmt: skip
def damage_rate(given: DamageRateInputs) -> Outcome:
    """Return the share of what was shipped that was damaged; refuses more damaged or undamaged units than shipped."""
    whole = given.units_shipped
    damaged = part_of(
        given.units_damaged,
        given.units_undamaged,
        whole,
        ("units_damaged", "units_undamaged", "units_shipped"),
        ("units damaged", "units undamaged", "units shipped"),
    )
    rate = damaged / whole
    return Outcome(
        value=rate,
        steps=[f"damage rate = units damaged / units shipped = {number(damaged)} / {number(whole)} = {number(rate)}"],
        meaning=f"{percent(rate)} of what was shipped was damaged, {number(damaged)} of {number(whole)}; "
        f"{percent(1 - rate)} arrived intact.",
        also={"damage_free_rate": 1 - rate, "per_million": rate * MILLION, "undamaged": whole - damaged},
        units={"damage_free_rate": "fraction"},
        warnings=doubts(damaged, whole, "units", DAMAGED_HIGH, "look at packaging and handling, or at what is counted"),
    )


class ReturnRateInputs(Given):
    """Units (or orders, or their value) sold, and those sent back, or those kept."""

    either = (either("returned", "kept"),)

    sold: float = quantity(
        Spoken(
            "units sold",
            "",
            words=("units sold", "sold", "units shipped", "shipped", "orders", "sales", "out of", "delivered", "sent",
                   "we sold", "total sales", "orders shipped", "parcels sent", "pairs sold", "items sold", "revenue",
                   "gross sales", "purchases", "articles sold", "verkauft", "verkaufte", "versandt", "Bestellungen",
                   "Umsatz", "verkaufte Stück"),
        ),
        gt=0,
    )  # fmt: skip
    returned: float | None = quantity(
        Spoken(
            "units returned",
            "",
            words=("units returned", "returned", "returns", "sent back", "came back", "returned units", "were returned",
                   "return parcels", "customer returns", "brought back", "orders returned", "refunded",
                   "value of returns", "returned goods", "went back", "come back", "zurückgeschickt", "retourniert",
                   "Retouren", "zurückgegeben", "kamen zurück", "Rücksendungen"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    kept: float | None = quantity(
        Spoken(
            "units kept",
            "",
            words=("units kept", "kept", "kept by customers", "stayed with customers", "not returned", "behalten"),
        ),
        default=None,
        ge=0,
    )


@metric(
    id="return_rate",
    name="Return rate",
    aliases=("returns rate", "product return rate", "customer return rate", "rate of returns", "share of returns",
             "return ratio", "returns percentage", "return percentage", "percentage of returns", "returns ratio",
             "Retourenquote", "Rücksendequote", "Retourenrate", "Rückgabequote"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{return rate} = \frac{\text{units returned}}{\text{units sold}}",
    source="Rogers, D. S. & Tibben-Lembke, R. S. (1999). Going Backwards: Reverse Logistics Trends and Practices. "
           "Reverse Logistics Executive Council.",
    note="Returns management",
    published=(
        Published(
            "Bizfluent, returns percentage on merchandise sold: 10 of 80 pairs of sneakers, 12.5 percent",
            {"sold": 80.0, "returned": 10.0},
            {"value": 0.125},
        ),
    ),
)  # fmt: skip
def return_rate(given: ReturnRateInputs) -> Outcome:
    """Return the share of what was sold that came back; refuses more returned or kept than sold."""
    names, labels = ("returned", "kept", "sold"), ("units returned", "units kept", "units sold")
    back = part_of(given.returned, given.kept, given.sold, names, labels)
    rate = back / given.sold
    return Outcome(
        value=rate,
        steps=[f"return rate = units returned / units sold = {number(back)} / {number(given.sold)} = {number(rate)}"],
        meaning=f"{percent(rate)} of what was sold came back, {number(back)} of {number(given.sold)}; "
        f"{percent(1 - rate)} was kept.",
        also={"kept_rate": 1 - rate, "kept": given.sold - back},
        units={"kept_rate": "fraction"},
        warnings=[
            *doubts(
                back, given.sold, "units sold", RETURNED_HIGH, "check that returns and sales are of the same goods"
            ),
            "Returns come weeks after the sale: compare them with the sales they belong to, not with this month's.",
        ],
    )
