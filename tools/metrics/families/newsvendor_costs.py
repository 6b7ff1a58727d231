"""What one unit too many and one too few cost: the inputs that every newsvendor shares, and their critical ratio."""

from dataclasses import dataclass, field
from typing import ClassVar

from tools.metrics.books import SILVER
from tools.metrics.given import Either, Given, Spoken, either, quantity
from tools.metrics.loss import z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent

FAMILY = "Newsvendor"
OVERAGE = Spoken(
    "overage cost",
    "money/item",
    words=("overage cost", "overage", "cost of overage", "cost of overstocking", "overstocking cost", "overstock cost",
           "cost of one too many", "one too many costs", "too many costs", "cost of excess", "excess cost",
           "excess inventory cost", "cost per unit left over", "cost of a leftover", "loss per leftover",
           "loss on a leftover", "loss on each leftover", "leftover costs", "leftover unit costs", "left over costs",
           "unit left over costs", "leftover", "loss on each unsold", "loss per unsold unit", "each unsold",
           "an unsold",
           "unsold unit costs", "unsold costs", "each unsold unit costs", "unit we cannot sell", "we cannot sell",
           "cannot be sold", "costs of having too much", "Kosten je Überbestand", "Überbestandskosten",
           "Übermengenkosten", "Überschusskosten", "übriges Stück kostet"),
    symbols=("Co", "C_o", "co", "c_o"),
    because="if leftovers cost nothing, the best order has no limit",
)  # fmt: skip
UNDERAGE = Spoken(
    "underage cost",
    "money/item",
    words=("underage cost", "underage", "cost of underage", "cost of understocking", "understocking cost",
           "understock cost", "cost of one too few", "one too few costs", "too few costs", "shortage cost",
           "cost per unit short", "unit short costs", "lost margin", "lost profit per unit", "lost profit",
           "stockout cost", "missed sale costs", "each missed sale costs", "cost of a missed sale", "missed sale",
           "lost sale costs", "cost of a lost sale", "lost sale", "sale we miss", "sale missed", "sale lost",
           "each sale lost costs", "turned away", "margin", "profit per unit", "Fehlmengenkosten",
           "entgangener Deckungsbeitrag", "entgangener Gewinn", "Deckungsbeitrag"),
    symbols=("Cu", "C_u", "cu", "c_u"),
    because="if a missed sale costs nothing, ordering nothing is best",
)  # fmt: skip
SELLING_PRICE = Spoken(
    "selling price",
    "money/item",
    words=("selling price", "sales price", "retail price", "sells at", "sells for", "sell at", "sell for", "sold at",
           "sold for",
           "sell them at", "sell it at", "sell them for", "sells them at", "sells them for", "revenue per unit",
           "price",
           "retails at", "sells", "sell", "to customers for", "Verkaufspreis", "verkaufen für", "Erlös je Stück",
           "verkauft für", "Preis"),
    symbols=("p", "P", "r"),
)  # fmt: skip
PURCHASE_COST = Spoken(
    "purchase cost",
    "money/item",
    words=("purchase cost", "unit cost", "cost per unit", "purchase price", "wholesale price", "wholesale cost",
           "buying price", "costs us", "we pay",
           "buy at", "buy for", "buys at", "bought at", "bought for", "buy", "buys", "buy them at", "buy them for",
           "production cost", "cost to make", "costs to make", "costs", "cost", "Einkaufspreis",
           "Einstandspreis", "Herstellkosten", "Stückkosten"),
    symbols=("c", "C", "w"),
)  # fmt: skip
SALVAGE = Spoken(
    "salvage value",
    "money/item",
    words=("salvage value", "salvage", "salvage price", "salvaged at", "salvaged for", "leftovers worth",
           "leftovers are worth", "leftovers go for", "leftovers bring", "leftovers fetch", "leftovers sell at",
           "leftovers sold at", "leftovers marked down to", "leftovers are marked down to", "leftovers are sold for",
           "unsold ones go for", "unsold ones sell for", "unsold ones for", "unsold ones at", "unsold units for",
           "unsold units sell for", "unsold go for", "unsold ones", "unsold units are worth", "go for",
           "leftover sold for", "leftovers sell for", "leftovers are sold at",
           "unsold units sold at",
           "clearance price", "cleared at", "marked down to", "outlet price", "discounted to", "scrap value",
           "returned for", "return unsold ones for", "refund", "buyback price", "sold off at", "sold off for",
           "dumped at",
           "marked down to", "Schrottwert", "Resterlöse",
           "Restwert", "Restverkaufspreis", "Resterlös"),
    symbols=("v",),
)  # fmt: skip
GOODWILL = Spoken(
    "goodwill penalty",
    "money/item",
    words=("goodwill penalty", "goodwill loss", "loss of goodwill", "lost goodwill", "goodwill", "goodwill cost",
           "penalty per unit short",
           "shortage penalty", "penalty", "stockout penalty", "Goodwill-Verlust", "Vertragsstrafe je Stück"),
    symbols=("B", "π"),
)  # fmt: skip
EXTRA_HOLDING = Spoken(
    "holding cost of a leftover",
    "money/item",
    words=("extra holding cost", "holding cost per leftover", "holding cost", "disposal cost", "cost of disposal",
           "cost to dispose",
           "storage cost of leftovers", "to get rid of", "Entsorgungskosten", "Lagerkosten der Reste"),
    symbols=("h",),
)  # fmt: skip


class CostInputs(Given):
    """Costs of one unit too many and too few, stated or as prices."""

    either: ClassVar[tuple[Either, ...]] = (
        either(("overage_cost", "underage_cost"), ("selling_price", "purchase_cost")),
    )

    overage_cost: float | None = quantity(OVERAGE.also("cost per leftover", "cost of overage per unit",
        "overstock costs", "surplus cost", "cost of surplus", "Überbestandskosten",
        "Kosten je Restmenge"), default=None, gt=0)  # fmt: skip
    underage_cost: float | None = quantity(UNDERAGE.also("lost contribution", "lost margin per unit",
        "cost per lost sale", "cost of shortage", "unmet demand costs", "Unterbestandskosten",
        "entgangener Gewinn"), default=None, gt=0)  # fmt: skip
    selling_price: float | None = quantity(SELLING_PRICE.also("sell", "we sell at", "we sell for",
        "selling for", "selling at", "sale price", "sales price", "retail", "goes for", "we charge", "charge",
        "ticket price", "revenue of", "Erlös", "VK", "Verkauf zu", "verkauft zu", "verkaufe für",
        "verkaufen zu"), default=None, ge=0)  # fmt: skip
    purchase_cost: float | None = quantity(PURCHASE_COST.also("pay", "we pay", "paying", "pay for", "bought",
        "buying cost", "wholesale", "cost price", "making cost", "cost to produce", "costs me", "unit costs",
        "purchase", "procurement cost", "supplier charges", "EK", "Einkauf", "Einkauf zu", "einkaufen für",
        "kostet", "Beschaffungskosten", "Kosten"), default=None, ge=0)  # fmt: skip
    salvage_value: float | None = quantity(SALVAGE.also("leftovers go for", "leftovers", "leftover",
        "leftover units bring", "leftovers bring", "leftover trees bring", "left over goes for",
        "unsold go for", "unsold", "unsold are worth", "unsold stock", "unsold stock fetches", "unsold pieces",
        "surplus sells for", "surplus goes for", "surplus", "clearance price", "clearance", "outlet price",
        "discounter pays", "outlet", "scrap value", "marked down to", "markdown price", "residual value",
        "returns credit", "buyback price", "buy-back price", "returned for", "refund", "Restwert", "Resterlös",
        "Abverkaufspreis", "Restposten", "Reste"), default=None)  # fmt: skip
    goodwill_penalty: float | None = quantity(GOODWILL.also("goodwill cost per unit",
        "penalty per lost sale"), default=None, ge=0)  # fmt: skip
    extra_holding_cost: float | None = quantity(EXTRA_HOLDING, default=None, ge=0)


@dataclass(frozen=True)
class Costs:
    """Costs of a unit too many and too few; `margin` is the profit of a unit sold, if prices are known."""

    over: float
    under: float
    margin: float | None = None
    steps: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The critical ratio, Cu / (Cu + Co)."""
        return self.under / (self.under + self.over)

    def mismatch(self, leftover: float, short: float) -> float:
        """Return what leftovers and missed sales cost together."""
        return self.over * leftover + self.under * short

    def profit(self, mean: float, mismatch: float) -> float | None:
        """Return the expected profit at an expected mismatch cost; None where prices are not known."""
        return None if self.margin is None else self.margin * mean - mismatch


def costs_of(given: CostInputs) -> Costs:
    """Work out the costs of a unit too many and too few.

    From prices: Cu = price - cost + goodwill penalty, Co = cost - salvage value + holding cost of a leftover.

    Raises:
        Refusal: when either would not be above 0, or when stated costs and prices contradict one another.
    """
    stated = given.overage_cost is not None and given.underage_cost is not None
    prices = _from_prices(given) if given.selling_price is not None and given.purchase_cost is not None else None
    if stated and prices is not None:
        for name, own, derived in (
            ("overage_cost", given.overage_cost or 0.0, prices.over),
            ("underage_cost", given.underage_cost or 0.0, prices.under),
        ):
            if abs(own - derived) > 1e-6 * max(own, derived):
                label = "overage cost" if name == "overage_cost" else "underage cost"
                raise Refusal(
                    name,
                    f"the {label} is given as {number(own)}, but the prices make it {number(derived)}; leave one out",
                )
    if prices is not None:
        return prices
    over, under = given.overage_cost or 0.0, given.underage_cost or 0.0
    inside = [
        label
        for label, value in (("goodwill penalty", given.goodwill_penalty), ("salvage value", given.salvage_value),
                             ("holding cost of a leftover", given.extra_holding_cost))
        if value is not None
    ]  # fmt: skip
    warnings = (
        [f"The {' and the '.join(inside)} is taken to be within the overage and underage cost already."]
        if inside
        else []
    )
    return Costs(over, under, steps=[_ratio_step(over, under)], warnings=warnings)


def _from_prices(given: CostInputs) -> Costs:
    price, cost = given.selling_price or 0.0, given.purchase_cost or 0.0
    salvage, goodwill, holding = (
        given.salvage_value or 0.0,
        given.goodwill_penalty or 0.0,
        given.extra_holding_cost or 0.0,
    )
    under, over = price - cost + goodwill, cost - salvage + holding
    if under <= 0:
        raise Refusal(
            "selling_price",
            f"the selling price of {number(price)} does not exceed the purchase cost of {number(cost)}, "
            "so no unit earns anything and ordering nothing is best",
        )
    if over <= 0:
        raise Refusal(
            "salvage_value",
            f"leftovers bring {number(salvage)}, which is not below the purchase cost of {number(cost)}, "
            "so ordering too much costs nothing and the best order has no limit",
        )
    goodwill_text = (" + goodwill", f" + {number(goodwill)}") if goodwill else ("", "")
    holding_text = (" + holding of leftovers", f" + {number(holding)}") if holding else ("", "")
    return Costs(
        over,
        under,
        price - cost,
        steps=[
            (
                f"Cu = price - cost{goodwill_text[0]} = {number(price)} - {number(cost)}{goodwill_text[1]} = "
                f"{number(under)}"
            ),
            (
                f"Co = cost - salvage{holding_text[0]} = {number(cost)} - {number(salvage)}{holding_text[1]} = "
                f"{number(over)}"
            ),
            _ratio_step(over, under),
        ],
        assumptions=["leftovers are worth nothing"] if given.salvage_value is None else [],
        warnings=["The price is below the cost: only the goodwill penalty makes ordering worthwhile."]
        if price < cost
        else [],
    )


def _ratio_step(over: float, under: float) -> str:
    ratio = number(under / (under + over))
    return f"critical ratio = Cu / (Cu + Co) = {number(under)} / ({number(under)} + {number(over)}) = {ratio}"


@metric(
    id="critical_ratio",
    name="Critical ratio",
    aliases=("critical fractile", "newsvendor ratio", "newsvendor critical ratio", "optimal service level",
             "best service level", "in-stock probability is optimal", "service level is optimal",
             "critical probability",
             "optimal in-stock probability", "kritisches Verhältnis", "kritischer Quotient", "optimaler Servicegrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"CR = \frac{C_u}{C_u + C_o}",
    source=f"{SILVER}, ch. 10.",
    note="Newsvendor model",
    published=(
        Published(
            "inventorize (R package), CriticalRatio example",
            {"selling_price": 80.0, "purchase_cost": 60.0, "salvage_value": 45.0, "goodwill_penalty": 25.0},
            {"value": 0.75, "underage_cost": 45.0, "overage_cost": 15.0},
            within=1e-9,
        ),
        Published(
            "stockpyl documentation, Example 4.3 of Snyder & Shen (2019), Fundamentals of Supply Chain Theory",
            {"overage_cost": 0.18, "underage_cost": 0.70},
            {"value": 0.7954545},
        ),
    ),
)  # fmt: skip
def critical_ratio(given: CostInputs) -> Outcome:
    """Return the probability of meeting all demand at which one more unit gains as much as it loses.

    It refuses prices at which no unit earns anything or leftovers lose nothing.
    """
    costs = costs_of(given)
    ratio = costs.ratio
    also: dict[str, float] = {"underage_cost": costs.under, "overage_cost": costs.over}
    if 0 < ratio < 1:
        also["z"] = z_of(ratio)
    lean = "more" if ratio > 0.5 else "less" if ratio < 0.5 else "neither more nor less"
    return Outcome(
        value=ratio,
        steps=costs.steps,
        meaning=f"Order enough to meet all demand with a probability of {percent(ratio)}: a missed sale costs "
        f"{number(costs.under)} "
        f"and a leftover {number(costs.over)} {given.money}, so it pays to order {lean} than the middle of demand.",
        also={**also},
        units={"underage_cost": "money/item", "overage_cost": "money/item"},
        assumptions=costs.assumptions,
        warnings=costs.warnings,
    )
