"""When to order how much for demand that changes from period to period: Wagner-Whitin and Silver-Meal."""

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from tools.metrics.checks import each, same_length
from tools.metrics.families.lot_sizing import FAMILY, LOT_COST, LOT_HOLDING
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, plural, series
from tools.metrics.vocabulary import DEMAND

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PERIODS = 2000
MOST_BARS = 40
MOST_LINES = 12

DEMANDS = DEMAND.also(
    "demand by period", "demands", "requirements", "net requirements", "forecast", "demand per month",
    "demand per week", "needs", "we need", "we will need", "pieces a month", "units a month", "units a week",
    "Bedarfe", "Periodenbedarf", label="demand by period",
)  # fmt: skip
_HOLDING = LOT_HOLDING.also(because="holding cost cannot be negative")


class DynamicInputs(Given):
    """Demand of each period, and the costs of an order and of holding a unit, constant or by period."""

    either = (either("order_cost", "order_costs"), either("holding_cost", "holding_costs"))

    demand: list[float] = quantity(DEMANDS, min_length=1, max_length=10_000)
    order_cost: float | None = quantity(LOT_COST.also(because=""), default=None, ge=0)
    order_costs: list[float] | None = quantity(
        Spoken(
            "order costs by period",
            "money/order",
            words=(
                "order costs by period",
                "setup costs by period",
                "order costs",
                "setup costs",
                "ordering costs",
                "Bestellkosten je Periode",
            ),
        ),
        default=None,
        min_length=1,
        max_length=10_000,
    )
    holding_cost: float | None = quantity(_HOLDING, default=None, ge=0)
    holding_costs: list[float] | None = quantity(
        Spoken(
            "holding costs by period",
            "money/item/period",
            words=(
                "holding costs by period",
                "holding costs",
                "storage costs by period",
                "carrying costs by period",
                "Lagerkosten je Periode",
            ),
        ),
        default=None,
        min_length=1,
        max_length=10_000,
    )
    unit_costs: list[float] | None = quantity(
        Spoken(
            "unit costs by period",
            "money/item",
            words=("unit costs by period", "prices by period", "prices", "unit costs", "Preise je Periode"),
        ),
        default=None,
        min_length=1,
        max_length=10_000,
    )


@dataclass(frozen=True)
class Plan:
    """Orders by period, the stock left at the end of each, and what ordering, holding and buying cost."""

    orders: list[float]
    stock: list[float]
    ordering: float
    holding: float
    buying: float

    @property
    def total(self) -> float:
        """All its costs."""
        return self.ordering + self.holding + self.buying


@dataclass(frozen=True)
class Costs:
    """Costs of each period."""

    order: list[float]
    hold: list[float]
    unit: list[float]


def _costs(given: DynamicInputs) -> Costs:
    """Return the costs by period.

    Raises:
        Refusal: when a list is too long or not as long as demand, or an entry is negative.
    """
    periods = len(given.demand)
    if periods > MOST_PERIODS:
        reason = (
            f"the exact search takes at most {MOST_PERIODS} periods, but there are {periods}; plan a shorter horizon"
        )
        raise Refusal("demand", reason)
    each("demand", "demand by period", given.demand)
    if sum(given.demand) == 0:
        raise Refusal("demand", "there is no demand in any period, so there is nothing to order")

    def spread(name: str, label: str, listed: "list[float] | None", constant: float | None) -> list[float]:
        if listed is None:
            return [constant or 0.0] * periods
        same_length(name, f"the list of {label}", listed, periods, "demand by period")
        each(name, f"every one of the {label}", listed)
        return listed

    return Costs(
        spread("order_costs", "order costs", given.order_costs, given.order_cost),
        spread("holding_costs", "holding costs", given.holding_costs, given.holding_cost),
        spread("unit_costs", "unit costs", given.unit_costs, 0.0),
    )


def _plan(demand: "Sequence[float]", starts: list[int], costs: Costs) -> Plan:
    """Return the plan that orders in the given periods what is needed up to the next of them."""
    orders, last = [0.0] * len(demand), {start - 1 for start in starts} | {len(demand) - 1}
    for start, end in zip(starts, [*starts[1:], len(demand)], strict=True):
        orders[start] = float(sum(demand[start:end]))
    stock, left = [], 0.0
    for place, (order, need) in enumerate(zip(orders, demand, strict=True)):
        left = 0.0 if place in last else left + order - need
        stock.append(max(left, 0.0))
    return Plan(
        orders,
        stock,
        sum(costs.order[place] for place, order in enumerate(orders) if order > 0),
        sum(cost * left for cost, left in zip(costs.hold, stock, strict=True)),
        sum(cost * order for cost, order in zip(costs.unit, orders, strict=True)),
    )


def _best_starts(demand: "Sequence[float]", costs: Costs) -> list[int]:
    """Return the periods in which the cheapest plan orders, by dynamic programming over the last order."""
    import numpy as np

    periods = len(demand)
    before = np.array([0.0, *accumulate(costs.hold[:-1])])
    unit = np.array(costs.unit)
    least = np.zeros(periods + 1)
    lot = np.array(costs.order, dtype=float)
    came_from = [0] * (periods + 1)
    for last in range(periods):
        need = demand[last]
        if need == 0:
            least[last + 1], came_from[last + 1] = least[last], -1
            continue
        lot[: last + 1] += need * (unit[: last + 1] + before[last] - before[: last + 1])
        reached = least[: last + 1] + lot[: last + 1]
        start = last - int(np.argmin(reached[::-1]))
        least[last + 1], came_from[last + 1] = reached[start], start
    starts, end = [], periods
    while end > 0:
        start = came_from[end]
        if start >= 0:
            starts.append(start)
        end = start if start >= 0 else end - 1
    return starts[::-1]


def _heuristic_starts(demand: "Sequence[float]", fixed: float, held: float) -> list[int]:
    """Return the periods in which Silver-Meal orders: a lot grows while its cost per period falls."""
    starts, start = [], 0
    while start < len(demand):
        if demand[start] == 0:
            start += 1
            continue
        starts.append(start)
        cost, span = fixed, 1
        while start + span < len(demand):
            wider = cost + held * span * demand[start + span]
            if wider / (span + 1) > cost / span:
                break
            cost, span = wider, span + 1
        start += span
    return starts


def _outcome(given: DynamicInputs, plan: Plan, costs: Costs, other: Plan, versus: str) -> Outcome:
    """Return a plan's cost with the plan, beside an order in every period and another plan."""
    demand = given.demand
    each_period = _plan(demand, [place for place, need in enumerate(demand) if need > 0], costs)
    at = [place for place, order in enumerate(plan.orders) if order > 0]
    steps = []
    for start, end in list(zip(at, [*at[1:], len(demand)], strict=True))[:MOST_LINES]:
        carried = sum(costs.hold[place] * plan.stock[place] for place in range(start, end))
        covered = f"period {start + 1}" if end == start + 1 else f"periods {start + 1} to {end}"
        spent = f"{number(costs.order[start])} + {number(carried)} holding = {number(costs.order[start] + carried)}"
        steps.append(f"order {number(plan.orders[start])} in period {start + 1} for {covered}: {spent}")
    if len(at) > MOST_LINES:
        steps.append(f"... and {len(at) - MOST_LINES} orders more")
    parts = [plan.ordering, plan.holding, *([plan.buying] if given.unit_costs is not None else [])]
    names = "ordering + holding" + (" + buying" if given.unit_costs is not None else "")
    steps.append(f"total = {names} = {' + '.join(number(part) for part in parts)} = {number(plan.total)}")
    saved = each_period.total - plan.total
    also: dict[str, Value] = {
        "order_quantities": plan.orders,
        "order_periods": [float(place + 1) for place in at],
        "ending_inventory": plan.stock,
        "orders": float(len(at)),
        "ordering_cost": plan.ordering,
        "holding_cost_total": plan.holding,
        "lot_for_lot_cost": each_period.total,
        f"{versus}_cost": other.total,
    }
    units = {"order_quantities": "item", "ending_inventory": "item", "orders": "order"}
    units |= dict.fromkeys(("ordering_cost", "holding_cost_total", "lot_for_lot_cost", f"{versus}_cost"), "money")
    if given.unit_costs is not None:
        also["purchase_cost"] = plan.buying
        units["purchase_cost"] = "money"
    return Outcome(
        value=plan.total,
        steps=steps,
        meaning=f"Order {series((plan.orders[place] for place in at), 6)} in period{'s' if len(at) > 1 else ''} "
        f"{series((place + 1 for place in at), 6)}; that costs {number(plan.total)} {given.money} over "
        f"{plural(len(demand), 'period')}, {number(saved)} less than an order in every period.",
        also=also,
        units=units,
    )


def _orders_chart(given: DynamicInputs, outcome: Outcome) -> Chart:
    shown = given.demand[:MOST_BARS]
    orders: list[float] = outcome.also["order_quantities"]  # type: ignore[assignment]
    stock: list[float] = outcome.also["ending_inventory"]  # type: ignore[assignment]
    places = [str(place + 1) for place in range(len(shown))]
    return Chart(
        kind="bar",
        title="Orders and demand by period" + (f", the first {MOST_BARS}" if len(given.demand) > MOST_BARS else ""),
        x_label="period",
        y_label="units",
        series=[
            Series(name="demand", x=places, y=shown),
            Series(name="order", x=places, y=orders[:MOST_BARS]),
            Series(name="stock at the end", x=places, y=stock[:MOST_BARS], style="dashed"),
        ],
        summary=f"{plural(sum(order > 0 for order in orders), 'order')} cover "
        f"{plural(len(given.demand), 'period')} of demand.",
    )


@metric(
    id="wagner_whitin",
    name="Dynamic lot sizing (Wagner-Whitin)",
    aliases=("Wagner-Whitin", "Wagner Whitin", "dynamic lot sizing", "dynamic lot size", "optimal order plan",
             "optimal lot sizes by period", "lumpy demand lot sizing", "time-varying lot sizes",
             "dynamische Losgrößenplanung", "dynamische Losgröße"),
    family=FAMILY,
    unit="money",
    formula=r"F(t) = \min_{1 \le j \le t} "
    r"\left\{ F(j-1) + S_j + \sum_{k=j}^{t} \left(c_j + \sum_{i=j}^{k-1} h_i\right) d_k \right\}",
    source="Wagner, H. M. & Whitin, T. M. (1958). Dynamic version of the economic lot size model. Management "
    "Science 5(1), 89-96.",
    note="Lot sizing",
    period="demand",
    published=(
        Published(
            "stockpyl test suite, Problem 3.27 of Snyder & Shen",
            {"demand": [150.0, 100.0, 80.0, 200.0], "order_cost": 120.0, "holding_cost": 0.8},
            {"value": 424.0, "order_quantities": [150.0, 180.0, 0.0, 200.0]},
        ),
        Published(
            "stockpyl documentation, Example 3.9 of Snyder & Shen, Fundamentals of Supply Chain Theory",
            {"demand": [90.0, 120.0, 80.0, 70.0], "order_cost": 500.0, "holding_cost": 2.0},
            {"value": 1380.0, "order_quantities": [210.0, 0.0, 150.0, 0.0]},
        ),
    ),
    chart=_orders_chart,
)  # fmt: skip
def wagner_whitin(given: DynamicInputs) -> Outcome:
    """Return the least cost of ordering and holding (and buying, with unit costs by period), in money, and the plan.

    Orders arrive at once; stock is charged at the end of each period; nothing is backordered; stock starts and ends
    at zero. Of plans that cost the same, the one with less stock is taken. Refuses more than 2,000 periods.
    """
    costs = _costs(given)
    plan = _plan(given.demand, _best_starts(given.demand, costs), costs)
    first = next(place for place, need in enumerate(given.demand) if need > 0)
    return _outcome(given, plan, costs, _plan(given.demand, [first], costs), "single_order")


@metric(
    id="silver_meal",
    name="Silver-Meal lot sizing",
    aliases=("Silver-Meal", "least cost per period", "Silver Meal", "Silver-Meal heuristic", "least period cost",
             "Silver-Meal-Verfahren"),
    family=FAMILY,
    unit="money",
    formula=r"\min_{T} \frac{1}{T}\left(S + h \sum_{k=1}^{T} (k-1)\, d_{t+k-1}\right)",
    source="Silver, E. A. & Meal, H. C. (1973). A heuristic for selecting lot size quantities for the case of a "
    "deterministic "
    "time-varying demand rate and discrete opportunities for replenishment. "
    "Production and Inventory Management 14(2), 64-74.",
    note="Lot sizing",
    period="demand",
    published=(
        Published(
            "Nahmias, Production and Operations Analysis, ch. 8, Silver-Meal example",
            {"demand": [18.0, 30.0, 42.0, 5.0, 20.0], "order_cost": 80.0, "holding_cost": 2.0},
            {"value": 310.0, "order_quantities": [48.0, 0.0, 47.0, 0.0, 20.0]},
        ),
    ),
    chart=_orders_chart,
)  # fmt: skip
def silver_meal(given: DynamicInputs) -> Outcome:
    """Return what the Silver-Meal rule's plan costs, in money, the plan, and the least possible cost.

    Refuses costs that change from period to period, for which the rule is not made.
    """
    costs = _costs(given)
    for name, listed in (("order_costs", costs.order), ("holding_costs", costs.hold), ("unit_costs", costs.unit)):
        if len(set(listed)) > 1:
            label = name.replace("_", " ")
            raise Refusal(
                name,
                f"Silver-Meal needs {label} that stay the same, but they change by period",
                instead="wagner_whitin",
            )
    plan = _plan(given.demand, _heuristic_starts(given.demand, costs.order[0], costs.hold[0]), costs)
    best = _plan(given.demand, _best_starts(given.demand, costs), costs)
    outcome = _outcome(given, plan, costs, best, "optimal")
    if plan.total > best.total * (1 + 1e-9):
        excess = f"{percent(plan.total / best.total - 1)} above" if best.total else "above"
        outcome.warnings.append(f"The plan costs {excess} the least possible, {number(best.total)} (Wagner-Whitin).")
    return outcome
