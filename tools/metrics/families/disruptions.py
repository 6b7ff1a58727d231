"""How much to order at a time when the supplier may be down for a while."""

import math

from tools.metrics.families.continuous_review import STOCKOUT
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import DEMAND, HOLDING_COST, ORDER_COST, ORDER_QUANTITY

FAMILY = "Risk and resilience"
EXAMPLE = {
    "order_cost": 8.0, "holding_cost": 0.225, "stockout_cost": 5.0, "demand": 1300.0, "disruption_rate": 1.5,
    "recovery_rate": 14.0,
}  # fmt: skip
DISRUPTION_RATE = Spoken(
    "disruption rate",
    "1/period",
    words=("disruption rate", "disruptions", "disruptions a year", "disruptions per year", "disruption a year",
           "disruptions a month", "is disrupted",
           "failures a year", "outages a year", "failure rate", "fails",
           "is down", "breakdowns",
           "Störungsrate", "Störungen", "Ausfallrate"),
    symbols=("λ",),
)  # fmt: skip
RECOVERY_RATE = Spoken(
    "recovery rate",
    "1/period",
    words=("recovery rate", "recoveries", "recoveries a year", "repair rate", "rate of recovery",
           "Wiederherstellungsrate", "Erholungsrate"),
    symbols=("μ",),
)  # fmt: skip


class DisruptedLotInputs(Given):
    """Costs, steady demand, and how often and how long the supplier is down."""

    order_cost: float = quantity(ORDER_COST, ge=0)
    holding_cost: float = quantity(HOLDING_COST, gt=0)
    stockout_cost: float = quantity(STOCKOUT, gt=0)
    demand: float = quantity(DEMAND.also(symbols=("D", "d")), gt=0)
    disruption_rate: float = quantity(DISRUPTION_RATE, gt=0)
    recovery_rate: float = quantity(RECOVERY_RATE, gt=0)
    order_quantity: float | None = quantity(ORDER_QUANTITY, default=None, gt=0)


def _cost(given: DisruptedLotInputs, lot: float, exact: bool = True) -> float:
    """Return the expected cost a period of ordering a lot at stock 0, or when the supplier is back."""
    both = given.disruption_rate + given.recovery_rate
    down = given.disruption_rate / both
    if exact:
        down *= -math.expm1(-both * lot / given.demand)
    wait = down / given.recovery_rate
    costs = (
        given.order_cost
        + given.holding_cost * lot * (lot / given.demand) / 2
        + given.stockout_cost * given.demand * wait
    )
    return costs / (lot / given.demand + wait)


def _approximate(given: DisruptedLotInputs) -> float:
    """Return the lot of least cost when the supplier's state at an order does not depend on the last one."""
    wait = given.disruption_rate / (given.disruption_rate + given.recovery_rate) / given.recovery_rate
    drag = wait * given.demand
    squared = 2 * given.demand * (given.order_cost + given.stockout_cost * drag) / given.holding_cost
    return squared / (math.sqrt(drag * drag + squared) + drag)


def _best(given: DisruptedLotInputs) -> float:
    """Return the lot of least cost, searched around the approximation."""
    from scipy.optimize import minimize_scalar

    near = _approximate(given)
    if not 0 < near < math.inf:
        raise OverflowError
    found = minimize_scalar(
        lambda log: _cost(given, near * math.exp(log)), bounds=(-4.0, 4.0), method="bounded", options={"xatol": 1e-10}
    )
    return near * math.exp(float(found.x))


def _lot_chart(given: DisruptedLotInputs, outcome: Outcome) -> Chart:
    lots = [outcome.value * (0.3 + 0.07 * step) for step in range(31)]
    costs = [_cost(given, lot) for lot in lots]
    steady = [given.order_cost * given.demand / lot + given.holding_cost * lot / 2 for lot in lots]
    return Chart(
        kind="line",
        title="Cost by order quantity",
        x_label="order quantity (units)",
        y_label=f"cost ({given.money} a {given.period})",
        series=[
            Series(name="with disruptions", x=lots, y=costs),
            Series(name="without", x=lots, y=steady, style="dashed"),
        ],
        marks=[Mark(x=outcome.value, y=_cost(given, outcome.value), text=f"best: {number(outcome.value)}")],
        summary=f"With disruptions cost is least at an order of {number(outcome.value)}, "
        f"against {number(math.sqrt(2 * given.order_cost * given.demand / given.holding_cost))} without.",
    )


@metric(
    id="eoq_with_disruptions",
    name="Order quantity under supply disruptions",
    aliases=("EOQ with disruptions", "EOQD", "economic order quantity with supply disruptions",
             "lot size with an unreliable supplier",
             "order quantity when the supplier may fail", "Losgröße bei Lieferstörungen"),
    family=FAMILY,
    unit="item",
    formula=r"g(Q) = \frac{K + \frac{hQ^2}{2d} + \frac{p\,d\,\psi}{\mu}}{\frac{Q}{d} + \frac{\psi}{\mu}}, \qquad "
    r"\psi = \frac{\lambda}{\lambda + \mu}\left(1 - e^{-(\lambda + \mu)Q/d}\right)",
    source="Berk, E. & Arreola-Risa, A. (1994). Note on Future supply uncertainty in EOQ models. Naval Research "
           "Logistics 41(1), 129-132.",
    note="Economic order quantity",
    period="holding_cost",
    chart=_lot_chart,
    published=(
        Published(
            "stockpyl documentation, Example 9.1 of Snyder & Shen (2019)",
            EXAMPLE,
            {"value": 772.8110739983106, "expected_cost": 173.95000257319708, "approximate_quantity": 773.1432417118889,
            "approximate_cost": 173.957229385175},
        ),
        Published(
            "stockpyl documentation, Example 9.1 of Snyder & Shen (2019), at a given lot",
            {**EXAMPLE, "order_quantity": 700.0},
            {"expected_cost": 174.78711738886236},
        ),
    ),
)  # fmt: skip
def eoq_with_disruptions(given: DisruptedLotInputs) -> Outcome:
    """Return the order quantity, in units, of least expected cost when the supplier goes down and comes back at random.

    Up and down times are exponential; demand while the supplier is down and stock is gone is lost at the stockout cost.
    With a lot given, the expected cost is that lot's. Snyder's (2014) closed-form approximation is returned beside it.
    """
    best = _best(given)
    least = _cost(given, best)
    lot = best if given.order_quantity is None else given.order_quantity
    cost = _cost(given, lot)
    steady = math.sqrt(2 * given.order_cost * given.demand / given.holding_cost)
    near = _approximate(given)
    down = given.disruption_rate / (given.disruption_rate + given.recovery_rate)
    also: dict[str, Value] = {
        "expected_cost": cost,
        "approximate_quantity": near,
        "approximate_cost": given.holding_cost * near,
        "quantity_without_disruptions": steady,
        "share_of_time_down": down,
        "average_disruption": 1 / given.recovery_rate,
    }
    units = {
        "expected_cost": "money/period", "approximate_quantity": "item", "approximate_cost": "money/period",
        "quantity_without_disruptions": "item", "share_of_time_down": "fraction", "average_disruption": "period",
    }  # fmt: skip
    meaning = (
        f"Order {number(best)} at a time instead of {number(steady)} without disruptions: the larger lot is a "
        f"reserve for the {percent(down, 3)} of the time that the supplier is down."
    )
    if given.order_quantity is not None:
        also["best_expected_cost"], units["best_expected_cost"] = least, "money/period"
        meaning += (
            f" Ordering {number(lot)} costs {number(cost)} {given.money} a {given.period}, against "
            f"{number(least)} at best."
        )
    else:
        meaning += f" Expected cost is {number(cost)} {given.money} a {given.period}."
    return Outcome(
        value=best,
        steps=[
            (
                f"share of time down = λ / (λ + μ) = {number(given.disruption_rate)} / "
                f"({number(given.disruption_rate)} + {number(given.recovery_rate)}) = {percent(down)}"
            ),
            f"the lot of least cost g(Q) is {number(best)} (closed-form approximation: {number(near)})",
            f"g({number(lot)}) = (K + h Q² / 2d + p d ψ / μ) / (Q / d + ψ / μ) = {number(cost)}",
        ],
        meaning=meaning,
        also=also,
        units=units,
        assumptions=[
            "times between and of disruptions are exponential",
            "demand during a stockout is lost at the stockout cost a unit",
        ],
    )
