"""What logistics costs in all, per order and for a customer."""

from tools.metrics.amounts import Amount, added, matched, priced
from tools.metrics.checks import each
from tools.metrics.families.cost import FAMILY
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import metric
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import SALES

MOST_BARS = 12
KINDS = ("transport", "warehousing", "inventory", "administration")

COSTS = Spoken(
    "logistics costs by name",
    "money/period",
    words=("cost items", "costs by name", "cost breakdown", "costs by kind", "amounts", "amount", "Kostenarten",
           "Logistikkosten nach Art"),
)  # fmt: skip
TRANSPORT = Spoken(
    "transport cost",
    "money/period",
    words=("transport cost", "transportation cost", "transport", "transportation", "freight", "freight cost",
           "trucking", "distribution", "distribution cost", "distribution costs us", "shipping", "shipping cost",
           "haulage", "Transportkosten", "Fracht", "Frachtkosten", "Transport"),
)  # fmt: skip
WAREHOUSING = Spoken(
    "warehousing cost",
    "money/period",
    words=("warehousing cost", "warehousing", "warehouse cost", "warehouse", "storage", "storage cost",
           "facility cost", "warehouse rent", "warehousing and handling", "Lagerkosten", "Lagerhaus", "Lagerung"),
)  # fmt: skip
INVENTORY = Spoken(
    "inventory carrying cost",
    "money/period",
    words=("inventory carrying cost", "inventory carrying", "inventory cost", "carrying cost", "inventory",
           "stock holding cost", "cost of inventory", "Bestandskosten", "Kapitalbindungskosten"),
)  # fmt: skip
ADMINISTRATION = Spoken(
    "administration cost",
    "money/period",
    words=("administration cost", "administration", "admin", "admin cost", "overhead", "order processing",
           "planning cost", "logistics staff", "Verwaltungskosten", "Verwaltung", "Auftragsabwicklung"),
)  # fmt: skip


class LogisticsCostInputs(Given):
    """Costs of logistics in a period, by the usual kinds or by name, and the sales they serve."""

    transport: float | None = quantity(TRANSPORT, default=None, ge=0)
    warehousing: float | None = quantity(WAREHOUSING, default=None, ge=0)
    inventory: float | None = quantity(INVENTORY, default=None, ge=0)
    administration: float | None = quantity(ADMINISTRATION, default=None, ge=0)
    costs: dict[str, Amount] | None = quantity(COSTS, default=None, min_length=1, max_length=1000)
    sales: float | None = quantity(SALES, default=None, gt=0)


def _kinds(given: LogisticsCostInputs) -> dict[str, float]:
    named = {kind: getattr(given, kind) for kind in KINDS}
    return {kind: cost for kind, cost in named.items() if cost is not None} | (given.costs or {})


def _logistics_chart(given: LogisticsCostInputs, outcome: Outcome) -> Chart:
    kinds = sorted(_kinds(given).items(), key=lambda pair: -pair[1])[:MOST_BARS]
    return Chart(
        kind="bar",
        title="Where logistics cost falls",
        x_label="kind",
        y_label=f"{given.money} a {given.period}",
        series=[Series(name="cost", x=[kind for kind, _ in kinds], y=[cost for _, cost in kinds])],
        summary=(
            f"{kinds[0][0].capitalize()} is the largest kind with {number(kinds[0][1])} of {number(outcome.value)}."
        ),
    )


@metric(
    id="total_logistics_cost",
    name="Total logistics cost",
    aliases=("logistics cost", "logistics costs", "logistics spend", "spend on logistics", "spent on logistics",
             "total logistics costs", "logistics cost as percent of sales", "logistics cost to sales",
             "logistics cost ratio", "distribution cost total", "supply chain cost as percent of sales",
             "Logistikkosten", "Gesamtlogistikkosten", "Logistikkostenquote"),
    family=FAMILY,
    unit="money/period",
    formula=(r"\text{logistics cost} = \text{transport} + \text{warehousing} + \text{inventory} + "
        r"\text{administration} + \dots"),
    source=("Coyle, J. J., Langley, C. J., Novack, R. A. & Gibson, B. J. Supply Chain Management: A Logistics "
        "Perspective. Cengage."),
    note="Total logistics cost trade-off",
    chart=_logistics_chart,
)  # fmt: skip
def total_logistics_cost(given: LogisticsCostInputs) -> Outcome:
    """Return the sum of logistics costs in a period, in money; with sales also as a share of them.

    Refuses no cost at all, negative costs and a cost that is given twice, once by its kind and once by name.
    """
    each("costs", COSTS.label, given.costs or {})
    if not _kinds(given):
        raise Refusal("transport", "at least one cost is needed: transport, warehousing, inventory or administration")
    for name in given.costs or {}:
        kind = name.casefold().strip()
        if kind in KINDS and getattr(given, kind) is not None:
            raise Refusal("costs", f"{name} is given twice; give it once")
    kinds = _kinds(given)
    total = sum(kinds.values())
    largest = max(kinds, key=lambda kind: kinds[kind])
    steps = [f"logistics cost = {' + '.join(list(kinds)[:8])} = {added(kinds.values())} = {number(total)}"]
    also: dict[str, float | str] = {"largest": largest}
    units: dict[str, str] = {}
    meaning = f"Logistics costs {number(total)} {given.money} a {given.period}"
    if total > 0:
        also["largest_share"] = kinds[largest] / total
        units["largest_share"] = "fraction"
        meaning += f", of which {largest} is {percent(kinds[largest] / total, 3)}"
    warnings = []
    if given.sales is not None:
        also["share_of_sales"] = total / given.sales
        units["share_of_sales"] = "fraction"
        steps.append(
            f"share of sales = logistics cost / sales = {number(total)} / {number(given.sales)} = "
            f"{percent(total / given.sales)}"
        )
        meaning += f"; that is {percent(total / given.sales, 3)} of sales"
        if total > given.sales:
            warnings.append(
                "Logistics costs more than the sales; check that both are in the same unit and for the same period."
            )
    return Outcome(value=total, steps=steps, meaning=f"{meaning}.", also={**also}, units=units, warnings=warnings)


ACTIVITIES = Spoken(
    "activities",
    "",
    words=("activities", "activity volumes", "activity counts", "volume", "count", "how often", "Anzahl",
           "number of orders, deliveries, returns",
           "orders, picks and deliveries", "Tätigkeiten", "Aktivitäten", "Prozessmengen"),
)  # fmt: skip
RATES = Spoken(
    "cost of one of each activity",
    "",
    words=("activity rates", "rates", "rate", "cost per activity", "cost drivers", "cost of each", "rate per activity",
           "cost each", "unit cost", "Kostensatz",
           "Kostensätze", "Prozesskostensätze"),
)  # fmt: skip
MARGIN = Spoken(
    "gross margin",
    "money",
    words=("gross margin", "margin", "gross profit", "customer margin", "contribution",
           "profit before cost to serve", "Bruttomarge", "Rohertrag", "Deckungsbeitrag"),
)  # fmt: skip
REVENUE = Spoken(
    "revenue from the customer",
    "money",
    words=("revenue", "sales to the customer", "customer revenue", "customer buys for", "sales", "Umsatz",
           "Kundenumsatz"),
)  # fmt: skip
ORDERS = Spoken(
    "orders",
    "order",
    words=("orders", "number of orders", "order count", "orders served", "orders shipped", "shipped", "Aufträge",
           "Bestellungen", "Anzahl Aufträge"),
)  # fmt: skip
TOTAL_COST = Spoken(
    "total cost of serving",
    "money/period",
    words=("total cost", "total cost of serving", "cost of serving", "fulfillment cost", "fulfilment cost",
           "service cost", "total fulfillment cost", "total costs", "cost a month", "cost a year",
           "warehouse costs", "fulfillment costs", "we spent", "we spend", "spent on serving",
           "spent on fulfillment", "Gesamtkosten", "Kosten der Belieferung"),
)  # fmt: skip


class CostToServeInputs(Given):
    """How often each activity is done for a customer and what it costs, and what the customer brings."""

    activities: dict[str, Amount] = quantity(ACTIVITIES, min_length=1, max_length=1000)
    rates: dict[str, Amount] = quantity(RATES, min_length=1, max_length=1000)
    orders: float | None = quantity(ORDERS, default=None, gt=0)
    gross_margin: float | None = quantity(MARGIN, default=None)
    revenue: float | None = quantity(REVENUE, default=None, gt=0)


def _serve_chart(given: CostToServeInputs, outcome: Outcome) -> Chart:
    costs: dict[str, float] = outcome.also["by_activity"]  # type: ignore[assignment]
    largest = sorted(costs.items(), key=lambda pair: -pair[1])[:MOST_BARS]
    return Chart(
        kind="bar",
        title="What serving the customer costs",
        x_label="activity",
        y_label=given.money,
        series=[Series(name="cost", x=[name for name, _ in largest], y=[cost for _, cost in largest])],
        summary=f"{largest[0][0]} costs most: {number(largest[0][1])} of {number(outcome.value)}.",
    )


@metric(
    id="cost_to_serve",
    name="Cost to serve",
    aliases=("cost-to-serve", "CTS", "customer cost to serve", "cost to serve the customer",
             "cost of serving a customer", "cost to serve per customer", "customer profitability",
             "net margin of the customer", "Cost-to-Serve", "Kundenbedienkosten", "Servicekosten je Kunde"),
    family=FAMILY,
    unit="money",
    formula=r"\text{cost to serve} = \sum_{a} n_a \cdot c_a",
    source=("Cooper, R. & Kaplan, R. S. (1988). Measure costs right: make the right decisions. Harvard Business "
        "Review 66(5), 96-103."),
    note="Cost-to-serve",
    chart=_serve_chart,
)  # fmt: skip
def cost_to_serve(given: CostToServeInputs) -> Outcome:
    """Return what serving a customer costs, activities times their rates, in money.

    Refuses an activity without a rate, a rate without an activity, and negative counts or rates.
    """
    each("activities", ACTIVITIES.label, given.activities)
    each("rates", RATES.label, given.rates)
    rates = matched("rates", given.rates, "rate", given.activities, "count")
    costs = {name: count * rates[name] for name, count in given.activities.items()}
    total = sum(costs.values())
    steps = [
        f"{name} = count · rate = {number(given.activities[name])} · {number(rates[name])} = {number(costs[name])}"
        for name in list(costs)[:MOST_BARS]
    ]
    steps.append(f"cost to serve = {added(costs.values())} = {number(total)}")
    also: dict[str, float | dict[str, float]] = {"by_activity": costs}
    units = {"by_activity": "money"}
    largest = max(costs, key=lambda name: costs[name])
    meaning = f"Serving this customer costs {number(total)} {given.money}, most of it for {largest}"
    if given.orders is not None:
        also["cost_per_order"] = total / given.orders
        units["cost_per_order"] = "money/order"
        steps.append(
            f"cost per order = cost to serve / orders = {number(total)} / {number(given.orders)} = "
            f"{priced(total / given.orders)}"
        )
    if given.revenue is not None:
        also["share_of_revenue"] = total / given.revenue
        units["share_of_revenue"] = "fraction"
        steps.append(f"share of revenue = {number(total)} / {number(given.revenue)} = {percent(total / given.revenue)}")
    if given.gross_margin is not None:
        net = given.gross_margin - total
        also["net_margin"] = net
        units["net_margin"] = "money"
        steps.append(
            f"net margin = gross margin - cost to serve = {number(given.gross_margin)} - {number(total)} = "
            f"{number(net)}"
        )
        meaning += (
            f"; of the gross margin {number(net)} is left"
            if net >= 0
            else f"; that is {number(-net)} more than the gross margin, a loss"
        )
    return Outcome(value=total, steps=steps, meaning=f"{meaning}.", also={**also}, units=units)


class CostPerOrderInputs(Given):
    """A total cost and the orders that it served."""

    total_cost: float = quantity(TOTAL_COST.also("order handling cost", "purchasing cost", "procurement costs",
        "department costs", "order processing costs", "purchasing department", "budget", "costs", "Kosten",
        "Einkaufskosten", "Abteilungskosten"), ge=0)  # fmt: skip
    orders: float = quantity(ORDERS.also("deliveries", "purchase orders", "orders a year", "orders per year",
        "POs", "we place", "handled", "processes", "processed",
        "Bestellungen pro Jahr", unit="order/period"), gt=0)  # fmt: skip
    revenue: float | None = quantity(REVENUE.also(label="revenue from the orders"), default=None, gt=0)


@metric(
    id="cost_per_order",
    name="Cost per order served",
    aliases=("fulfillment cost per order", "fulfilment cost per order", "cost to serve per order",
             "logistics cost per order", "average cost per order", "fulfillment cost of an order", "Auftragskosten",
             "Kosten je Auftrag", "Kosten pro Auftrag", "cost per purchase order", "purchase order cost",
             "cost of a purchase order"),
    family=FAMILY,
    unit="money/order",
    formula=r"\text{cost per order} = \frac{\text{total cost}}{\text{orders}}",
    source=("Christopher, M. (2016). Logistics & Supply Chain Management, 5th ed. Pearson, chapter on measuring "
        "logistics costs and performance."),
    note="Cost-to-serve",
)  # fmt: skip
def cost_per_order(given: CostPerOrderInputs) -> Outcome:
    """Return the average cost of serving an order, in money an order; refuses no orders."""
    result = given.total_cost / given.orders
    steps = [
        f"cost per order = total cost / orders = {number(given.total_cost)} / {number(given.orders)} = {priced(result)}"
    ]
    also: dict[str, float] = {}
    if given.revenue is not None:
        also["share_of_revenue"] = given.total_cost / given.revenue
        steps.append(
            f"share of revenue = {number(given.total_cost)} / {number(given.revenue)} = "
            f"{percent(also['share_of_revenue'])}"
        )
    return Outcome(
        value=result,
        steps=steps,
        meaning=(
            f"An order costs {priced(result)} {given.money} to serve on average; small orders cost about as much "
            f"as large ones."
        ),
        also={**also},
        units=dict.fromkeys(also, "fraction"),
    )
