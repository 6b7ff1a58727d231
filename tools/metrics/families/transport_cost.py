"""Freight cost as a share of sales or purchases."""

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Value
from tools.metrics.shown import number, percent

FAMILY = "Freight"
HIGH_SHARE = 0.3


class FreightShareInputs(Given):
    """Freight cost, and sales or the value of the purchases."""

    either = (either("sales", "purchases"),)

    freight_cost: float = quantity(
        Spoken(
            "freight cost",
            "money/period",
            words=("freight cost", "freight", "freight costs", "transport cost", "transport costs", "shipping cost",
                   "shipping costs", "freight spend", "freight bill", "transport spend", "carriers", "shipping",
                   "inbound freight", "outbound freight", "on freight", "on transport", "Frachtkosten",
                   "Transportkosten", "Fracht"),
        ),
        ge=0,
    )  # fmt: skip
    sales: float | None = quantity(
        Spoken(
            "sales",
            "money/period",
            words=("sales", "revenue", "net sales", "turnover", "sales revenue", "sales of", "goods sold", "invoiced",
                   "Umsatz", "Erlöse", "Umsatzerlöse"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    purchases: float | None = quantity(
        Spoken(
            "purchase value",
            "money/period",
            words=("purchase value", "purchases", "purchasing volume", "purchase volume", "goods bought", "bought",
                   "value of goods", "goods worth", "merchandise", "spend", "value of purchases", "purchase",
                   "goods value", "Einkaufsvolumen", "Warenwert", "Einkaufswert"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="freight_cost_share",
    name="Freight cost as a share of sales",
    aliases=("freight cost share", "freight as a percentage of sales", "freight cost as percentage of sales",
             "freight to sales ratio", "freight cost ratio", "freight percentage",
             "transport cost as percentage of sales",
             "freight cost as percent of revenue", "freight as percent of sales", "freight cost to sales",
             "transport cost ratio", "freight share of purchase value", "freight cost as a share of purchase value",
             "freight percent of purchases", "share of freight", "transport cost share",
             "freight as a share of revenue",
             "Frachtkostenquote", "Frachtkostenanteil", "Transportkostenquote", "Transportkostenanteil"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{freight share} = \frac{\text{freight cost}}{\text{sales}} \quad \text{or} \quad "
            r"\frac{\text{freight cost}}{\text{purchase value}}",
    source="Coyle, J. J., Novack, R. A., Gibson, B. J. & Bardi, E. J. (2016). Transportation: A Global Supply Chain "
           "Perspective, 8th ed.",
    note="Freight rates",
    published=(
        Published(
            "Bizfluent, how to figure freight percentage: 25 of a purchase of 500, 5 %",
            {"freight_cost": 25.0, "purchases": 500.0},
            {"value": 0.05},
        ),
    ),
)  # fmt: skip
def freight_cost_share(given: FreightShareInputs) -> Outcome:
    """Return freight cost as a share of sales, or of the purchase value where only that is given."""
    base, name = (given.sales, "sales") if given.sales is not None else (given.purchases or 1.0, "purchase value")
    rate = given.freight_cost / base
    steps = [f"freight share = freight cost / {name} = {number(given.freight_cost)} / {number(base)} = {number(rate)}"]
    also: dict[str, Value] = {"per_hundred": 100 * rate}
    if given.sales is not None and given.purchases is not None:
        also["share_of_purchases"] = given.freight_cost / given.purchases
        steps.append(f"share of purchases = {number(given.freight_cost)} / {number(given.purchases)} = "
                     f"{number(given.freight_cost / given.purchases)}")  # fmt: skip
    warnings = []
    if rate > HIGH_SHARE:
        warnings.append(f"Above {percent(HIGH_SHARE)} is unusual: check that both are of the same goods and period.")
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"Freight takes {percent(rate)} of {name}: {number(100 * rate)} {given.money} of every 100.",
        also=also,
        units={"per_hundred": "money", "share_of_purchases": "fraction"},
        warnings=warnings,
    )
