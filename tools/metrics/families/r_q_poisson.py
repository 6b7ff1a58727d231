"""Reorder point and order quantity of least cost for slow movers: the exact (r,Q) policy for Poisson demand."""

import math
from dataclasses import dataclass

from tools.metrics.families.continuous_review import BACKORDER, FAMILY
from tools.metrics.families.service_level import REORDER_POINT
from tools.metrics.given import Given, quantity
from tools.metrics.loss import poisson_quantile, poisson_shortage
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number
from tools.metrics.vocabulary import DEMAND, HOLDING_COST, LEAD_TIME, ORDER_COST, ORDER_QUANTITY

LARGEST_LOT = 20_000
LARGEST_DEMAND = 1e6


class PoissonPolicyInputs(Given):
    """Costs, Poisson demand over a lead time, and a policy to evaluate, if there is one."""

    holding_cost: float = quantity(HOLDING_COST, gt=0)
    backorder_cost: float = quantity(BACKORDER, gt=0)
    order_cost: float = quantity(ORDER_COST, gt=0)
    demand_mean: float = quantity(DEMAND, gt=0)
    lead_time: float = quantity(LEAD_TIME, ge=0)
    reorder_point: float | None = quantity(REORDER_POINT, default=None)
    order_quantity: float | None = quantity(ORDER_QUANTITY, default=None, gt=0, le=LARGEST_LOT)


@dataclass(frozen=True)
class Poisson:
    """Costs of a period and a unit, and Poisson demand of a mean."""

    holding: float
    backorder: float
    mean: float

    def held(self, level: int) -> float:
        """Return the expected cost of a period at a stock level."""
        if self.mean == 0:
            return max(self.holding * level, -self.backorder * level)
        waiting = poisson_shortage(level, self.mean)
        return self.holding * max(0.0, level - self.mean + waiting) + self.backorder * waiting

    def best(self) -> int:
        """Return the stock level of least cost."""
        return poisson_quantile(self.backorder / (self.backorder + self.holding), self.mean) if self.mean > 0 else 0


def best_policy(costs: Poisson, setup: float) -> tuple[int, int, float]:
    """Return r, Q and the least cost by Federgruen & Zheng: widen the cycle by its cheapest neighbour while that pays.

    Raises:
        Refusal: when the order quantity would exceed 20,000.
    """
    top = costs.best()
    low, high = top, top
    total = setup + costs.held(top)
    below, beyond = costs.held(low - 1), costs.held(high + 1)
    while True:
        count = high - low + 1
        if min(below, beyond) >= total / count:
            return low - 1, count, total / count
        if count >= LARGEST_LOT:
            raise Refusal(
                "order_cost",
                f"the best order exceeds {LARGEST_LOT:,} units, too many to count one by one",
                instead="r_q_policy",
            )
        if below < beyond:
            low, total = low - 1, total + below
            below = costs.held(low - 1)
        else:
            high, total = high + 1, total + beyond
            beyond = costs.held(high + 1)


@metric(
    id="r_q_poisson",
    name="Best (r,Q) policy, Poisson demand",
    aliases=("(r,Q) policy with Poisson demand", "(s,Q) policy for slow movers",
             "reorder point and lot size for slow movers",
             "reorder point and lot size for spare parts", "r,Q Poisson"),
    family=FAMILY,
    unit="item",
    formula=r"g(r,Q) = \frac{K\lambda + \sum_{y=r+1}^{r+Q} \left(h\,E[(y-D_L)^+] + b\,E[(D_L-y)^+]\right)}{Q}",
    source="Federgruen, A. & Zheng, Y.-S. (1992). An efficient algorithm for computing an optimal (r,Q) policy in "
           "continuous review "
    "stochastic inventory systems. Operations Research 40(4), 808-813.",
    note="Reorder point",
    period="holding_cost",
    costly=True,
    published=(
        Published(
            "stockpyl documentation, Example 5.8 of Snyder & Shen (2019)",
            {"holding_cost": 20.0, "backorder_cost": 150.0, "order_cost": 100.0, "demand_mean": 1.5, "lead_time": 2.0},
            {"value": 3.0, "order_quantity": 5.0, "expected_cost": 107.92358063314975},
        ),
        Published(
            "stockpyl documentation, r_q_cost_poisson, Example 5.8 of Snyder & Shen (2019)",
            {"holding_cost": 20.0, "backorder_cost": 150.0, "order_cost": 100.0, "demand_mean": 1.5, "lead_time": 2.0,
             "reorder_point": 3.0, "order_quantity": 5.0},
            {"expected_cost": 107.92358063314975, "best_expected_cost": 107.92358063314975},
        ),
    ),
)  # fmt: skip
def r_q_poisson(given: PoissonPolicyInputs) -> Outcome:
    """Return the reorder point, in whole units, and beside it the order quantity, of least expected cost, exactly.

    Poisson demand; unmet demand waits. With r and Q given, the cost is that of this policy. Refuses r or Q that are not
    whole or one without the other, and orders or lead-time demands too large to count.
    """
    mean = given.demand_mean * given.lead_time
    if mean > LARGEST_DEMAND:
        raise Refusal(
            "demand_mean", f"a lead-time demand of {number(mean)} units is as good as normal", instead="r_q_policy"
        )
    costs = Poisson(given.holding_cost, given.backorder_cost, mean)
    setup = given.order_cost * given.demand_mean
    point, lot, least = best_policy(costs, setup)
    also: dict[str, Value] = {
        "reorder_point": float(point),
        "order_quantity": float(lot),
        "expected_cost": least,
        "orders_per_period": given.demand_mean / lot,
        "safety_stock": point - mean,
    }
    units = {
        "reorder_point": "item",
        "order_quantity": "item",
        "safety_stock": "item",
        "expected_cost": "money/period",
        "orders_per_period": "order/period",
    }
    meaning = (
        f"Order {number(lot)} whenever stock on hand and on order falls to {number(point)}; that costs "
        f"{number(least)} {given.money} a {given.period}, the least possible."
    )
    if given.reorder_point is not None or given.order_quantity is not None:
        cost = _cost_of(given, costs, setup)
        also |= {"expected_cost": cost, "best_expected_cost": least}
        units["best_expected_cost"] = "money/period"
        meaning += (
            f" The policy asked about, ordering {number(given.order_quantity or 0)} at "
            f"{number(given.reorder_point or 0)}, costs {number(cost)}."
        )
    return Outcome(
        value=float(point),
        steps=[
            f"lead-time demand: average {number(given.demand_mean)} × {number(given.lead_time)} = {number(mean)}",
            (
                f"the cheapest stock level is {number(costs.best())}; levels beside it are added while they cost less "
                "than the average"
            ),
            f"r = {number(point)}, Q = {number(lot)}: cost = (order cost × demand + costs at levels "
            f"{number(point + 1)} to {number(point + lot)}) / Q = "
            f"({number(given.order_cost)} × {number(given.demand_mean)} + {number(least * lot - setup)}) / "
            f"{number(lot)} = {number(least)}",
        ],
        meaning=meaning,
        also=also,
        units=units,
        assumptions=["demand comes one by one at random (Poisson), and unmet demand waits"],
    )


def _cost_of(given: PoissonPolicyInputs, costs: Poisson, setup: float) -> float:
    if given.reorder_point is None or given.order_quantity is None:
        name, label = (
            ("reorder_point", "reorder point") if given.reorder_point is None else ("order_quantity", "order quantity")
        )
        raise Refusal(name, f"to evaluate a policy its {label} is needed as well (leave both out for the best policy)")
    for name, label, value in (
        ("reorder_point", "reorder point", given.reorder_point),
        ("order_quantity", "order quantity", given.order_quantity),
    ):
        if value != math.floor(value):
            raise Refusal(name, f"Poisson demand comes in whole units, but the {label} is {number(value)}")
    point, lot = int(given.reorder_point), int(given.order_quantity)
    return (setup + math.fsum(costs.held(level) for level in range(point + 1, point + lot + 1))) / lot
