"""What stock is worth and costs: the value of stock and the cost of carrying it."""

from tools.metrics.books import SILVER
from tools.metrics.checks import agree, each
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent, plural
from tools.metrics.vocabulary import AVERAGE_INVENTORY, CARRYING_RATE, UNIT_COST

FAMILY = "Inventory"
HIGH_RATE = 0.6

STOCK = Spoken(
    "stock on hand",
    "item",
    words=("stock on hand", "on hand", "units in stock", "units on hand", "in stock", "in the warehouse", "stock",
           "we hold", "we have", "inventory", "inv", "left", "in the tank", "on the shelf", "pieces", "units", "Stück",
           "quantity on hand", "available", "Bestand", "Lagerbestand", "auf Lager", "Vorrat"),
    symbols=("I",),
)  # fmt: skip

_UNIT_COST = UNIT_COST.also("each", "apiece", "a piece", "each worth", "that cost", "they cost", "worth", "at", "zu")


class StockValueInputs(Given):
    """Units held and what one costs, for one item or for several."""

    either = (either(("stock", "unit_cost"), ("stocks", "unit_costs")),)

    stock: float | None = quantity(STOCK, default=None, ge=0)
    unit_cost: float | None = quantity(_UNIT_COST, default=None, ge=0)
    stocks: dict[str, float] | None = quantity(
        Spoken(
            "stock by item",
            "item",
            words=(
                "stock by item",
                "units by item",
                "stock",
                "stocks",
                "quantities",
                "quantity",
                "qty",
                "units",
                "pieces",
                "on hand",
                "quantity on hand",
                "inventory",
                "Bestand",
                "Menge",
                "Stück",
                "Bestände je Artikel",
            ),
        ),
        default=None,
        min_length=1,
        max_length=10_000,
    )
    unit_costs: dict[str, float] | None = quantity(
        Spoken(
            "unit cost by item",
            "money/item",
            words=(
                "unit cost by item",
                "unit cost",
                "unit costs",
                "costs by item",
                "cost per unit",
                "cost each",
                "cost",
                "price",
                "prices",
                "unit price",
                "unit value",
                "Preis",
                "Stückpreis",
                "Stückkosten",
                "Einstandspreis",
            ),
        ),
        default=None,
        min_length=1,
        max_length=10_000,
    )
    carrying_rate: float | None = quantity(CARRYING_RATE, default=None, ge=0)


@metric(
    id="stock_value",
    name="Stock value",
    aliases=("inventory value", "value of stock", "value of inventory", "stock worth", "what is the stock worth",
             "value tied up", "cash tied up", "money tied up", "tied-up capital",
             "capital tied up", "inventory worth", "Lagerwert", "Bestandswert", "gebundenes Kapital",
             "Kapitalbindung", "value of the stock", "what is my stock worth"),
    family=FAMILY,
    unit="money",
    formula=r"V = \sum_i I_i\, c_i",
    source=SILVER,
    note="Inventory valuation",
)  # fmt: skip
def stock_value(given: StockValueInputs) -> Outcome:
    """Return what the stock is worth at cost, in money, and its carrying cost if a rate is given.

    Refuses items that have a stock but no unit cost.
    """
    also: dict[str, float | dict[str, float]] = {}
    if given.stock is not None and given.unit_cost is not None:
        value = given.stock * given.unit_cost
        steps = [
            f"stock value = stock × unit cost = {number(given.stock)} × {number(given.unit_cost)} = {number(value)}"
        ]
    else:
        stocks, costs = given.stocks or {}, given.unit_costs or {}
        each("stocks", "stock", stocks)
        each("unit_costs", "unit cost", costs)
        lacking = [item for item in stocks if item not in costs]
        if lacking:
            raise Refusal("unit_costs", f"there is no unit cost for {', '.join(lacking[:5])}")
        values = {item: stock * costs[item] for item, stock in stocks.items()}
        value = sum(values.values())
        also["value_by_item"] = values
        dearest = sorted(values, key=lambda item: -values[item])[:10]
        steps = [f"{item}: {number(stocks[item])} × {number(costs[item])} = {number(values[item])}" for item in dearest]
        steps.append(f"stock value = sum over {plural(len(values), 'item')} = {number(value)}")
    meaning = f"{number(value)} {given.money} are tied up in this stock"
    if given.carrying_rate is not None:
        cost = value * given.carrying_rate
        also["carrying_cost"] = cost
        steps.append(
            f"carrying cost = value × carrying rate = {number(value)} × {number(given.carrying_rate)} = {number(cost)}"
        )
        meaning += f"; holding it costs {number(cost)} {given.money} a {given.period}"
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{meaning}.",
        also=dict(also),
        units={"value_by_item": "money", "carrying_cost": "money/period"},
    )


class CarryingInputs(Given):
    """The stock, in money or as units at a cost, and the carrying rate, whole, by part, or as yearly costs."""

    either = (
        either("average_inventory", ("stock", "unit_cost")),
        either("carrying_rate", "capital_rate", "costs"),
    )

    average_inventory: float | None = quantity(AVERAGE_INVENTORY.also("we hold", "of spares", "of stock",
        "worth of spares", "carry", "hold stock worth", "inventory of", "stock of", "we carry", "hold",
        "holding", "carrying", "goods", "stock", "Bestand von", "Ware im Wert von",
        "Lagerwert"), default=None, ge=0)  # fmt: skip
    stock: float | None = quantity(STOCK, default=None, ge=0)
    unit_cost: float | None = quantity(_UNIT_COST, default=None, ge=0)
    carrying_rate: float | None = quantity(
        Spoken(
            "carrying rate",
            "fraction/period",
            words=("carrying rate", "carrying cost rate", "holding rate", "holding cost rate", "carrying charge",
                   "carrying percentage", "of its value", "of the value", "of inventory value", "to carry", "to hold",
                   "at", "rate", "total rate", "Lagerkostensatz", "Lagerhaltungskostensatz", "a rate of",
                   "holding", "per year at", "rate is", "Satz"),
            symbols=("i", "r", "I"),
        ),
        default=None,
        ge=0,
        le=10,
    )  # fmt: skip
    capital_rate: float | None = quantity(
        Spoken(
            "capital rate",
            "fraction/period",
            words=("capital", "cost of capital", "capital cost", "capital charge", "interest", "interest rate", "wacc",
                   "opportunity cost", "financing", "capital rate", "Kapitalkosten", "Kapitalbindung", "Zinsen",
                   "Zins", "Zinssatz"),
        ),
        default=None,
        ge=0,
        le=10,
    )  # fmt: skip
    storage_rate: float | None = quantity(
        Spoken(
            "storage rate",
            "fraction/period",
            words=("storage", "storage space", "warehousing", "warehouse", "space", "handling", "storage and handling",
                   "storage rate", "storage cost", "warehouse rent", "rent", "Lagerung", "Lagerraum", "Lagermiete"),
        ),
        default=None,
        ge=0,
        le=10,
    )  # fmt: skip
    insurance_rate: float | None = quantity(
        Spoken(
            "insurance and tax rate",
            "fraction/period",
            words=("insurance", "insurance and tax", "insurance and taxes", "taxes and insurance", "taxes", "tax",
                   "service", "inventory service", "insurance cost", "Versicherung", "Steuern"),
        ),
        default=None,
        ge=0,
        le=10,
    )  # fmt: skip
    risk_rate: float | None = quantity(
        Spoken(
            "risk rate",
            "fraction/period",
            words=("risk", "obsolescence", "shrinkage", "damage", "spoilage", "depreciation", "deterioration", "theft",
                   "shrink", "inventory risk", "risk cost", "obsolescence and damage", "shrinkage and obsolescence",
                   "Schwund", "Veralterung", "Verderb"),
        ),
        default=None,
        ge=0,
        le=10,
    )  # fmt: skip
    costs: dict[str, float] | None = quantity(
        Spoken(
            "carrying costs by kind",
            "money/period",
            words=("carrying costs by kind", "costs of holding", "holding costs", "costs by kind",
                   "yearly costs of stock",
                   "Lagerhaltungskosten je Art"),
        ),
        default=None,
        min_length=1,
        max_length=100,
    )  # fmt: skip
    holding_time: float | None = quantity(
        Spoken(
            "holding time",
            "period",
            words=("holding time", "held for", "hold it for", "holding for", "kept for", "stored for", "sits for",
                   "time in stock", "Lagerdauer"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="inventory_carrying_cost",
    name="Inventory carrying cost",
    aliases=("carrying cost", "inventory holding cost", "cost of holding", "cost of stock", "cost to hold inventory",
             "cost of holding inventory", "annual carrying cost",
             "holding cost of stock", "cost of carrying inventory", "inventory cost", "carrying costs",
             "Lagerhaltungskosten", "Bestandskosten", "cost to carry", "cost to hold stock", "hold stock worth",
             "cost us to hold stock", "cost of holding stock", "cost of carrying", "cost to carry inventory",
             "annual holding cost"),
    family=FAMILY,
    unit="money/period",
    formula=r"\text{carrying cost} = \bar{I}\, r, \qquad r = r_{\text{capital}} + r_{\text{storage}} + "
    r"r_{\text{insurance}} + r_{\text{risk}}",
    source="Lambert, D. M. & La Londe, B. J. (1976). Inventory carrying costs. Management Accounting 58(2), 31-35.",
    note="Inventory carrying cost",
)  # fmt: skip
def inventory_carrying_cost(given: CarryingInputs) -> Outcome:
    """Return what holding the average stock costs, in money a period, with the rate and the cost of one unit.

    The rate is the one given, or the sum of its parts, or follows from yearly costs by kind. Refuses a rate that
    contradicts its parts, and one beside parts without capital, as it may be that of capital.
    """
    steps: list[str] = []
    if given.average_inventory is not None:
        stock = given.average_inventory
    else:
        stock = (given.stock or 0.0) * (given.unit_cost or 0.0)
        steps.append(
            f"stock value = stock × unit cost = {number(given.stock or 0)} × {number(given.unit_cost or 0)} = "
            f"{number(stock)}"
        )
    rate, how = _rate(given, stock)
    steps += how
    cost = sum(given.costs.values()) if given.costs else stock * rate
    if not given.costs:
        steps.append(f"carrying cost = average inventory × rate = {number(stock)} × {number(rate)} = {number(cost)}")
    also: dict[str, float] = {"carrying_rate": rate, "stock_value": stock}
    if given.unit_cost is not None:
        also["holding_cost_per_unit"] = given.unit_cost * rate
        worked = f"{number(given.unit_cost)} × {number(rate)} = {number(also['holding_cost_per_unit'])}"
        steps.append(f"holding cost of one unit = unit cost × rate = {worked}")
    meaning = f"Holding this stock costs {number(cost)} {given.money} a {given.period}, {percent(rate)} of its value"
    if given.holding_time is not None:
        also["cost_of_holding_time"] = cost * given.holding_time
        worked = f"{number(cost)} × {number(given.holding_time)} = {number(also['cost_of_holding_time'])}"
        steps.append(f"cost over the holding time = carrying cost × time = {worked}")
        meaning += f"; over the time stated it costs {number(also['cost_of_holding_time'])} {given.money}"
    warnings = []
    if rate > HIGH_RATE and given.period in ("year", "period"):
        warnings.append(f"A carrying rate of {percent(rate)} a year is unusually high; 15 to 35 % is common.")
    if (
        given.capital_rate is not None
        and given.storage_rate is given.insurance_rate is given.risk_rate is None
        and not given.carrying_rate
    ):
        warnings.append("Only the cost of capital is counted; storage, insurance and obsolescence come on top.")
    return Outcome(
        value=cost,
        steps=steps,
        meaning=f"{meaning}.",
        also=dict(also),
        units={
            "carrying_rate": "fraction/period",
            "stock_value": "money",
            "holding_cost_per_unit": "money/item/period",
            "cost_of_holding_time": "money",
        },
        warnings=warnings,
    )


def _rate(given: CarryingInputs, stock: float) -> tuple[float, list[str]]:
    parts = [given.capital_rate, given.storage_rate, given.insurance_rate, given.risk_rate]
    stated = [part for part in parts if part is not None]
    if given.costs:
        each("costs", "every carrying cost", given.costs)
        if stock == 0:
            raise Refusal("average_inventory", "without stock the costs cannot be turned into a rate")
        total = sum(given.costs.values())
        if given.carrying_rate is not None:
            agree(
                "carrying_rate",
                given.carrying_rate,
                total / stock,
                "the carrying rate",
                "the sum of the costs over the inventory",
            )
        sums = " + ".join(number(cost) for cost in given.costs.values())
        worked = f"{number(total)} / {number(stock)} = {number(total / stock)}"
        return total / stock, [
            f"carrying cost = sum of its kinds = {sums} = {number(total)}",
            f"carrying rate = carrying cost / average inventory = {worked}",
        ]
    if given.carrying_rate is not None and given.capital_rate is None and stated:
        reason = (
            f"{percent(given.carrying_rate)} may be the whole rate or its capital part, as storage, insurance or risk "
            "come beside it; call it the capital rate, or leave the parts out"
        )
        raise Refusal("carrying_rate", reason)
    if given.carrying_rate is None or (given.capital_rate is not None and len(stated) > 1):
        total = sum(stated)
        if given.carrying_rate is not None:
            agree("carrying_rate", given.carrying_rate, total, "the carrying rate", "the sum of its parts")
        return total, [
            f"carrying rate = sum of its parts = {' + '.join(number(part) for part in stated)} = {number(total)}"
        ]
    return given.carrying_rate, []
