"""The (r,Q) policy of Hadley and Whitin, with a penalty for each unit short however long it waits."""

import math

from tools.metrics.families.continuous_review import EXAMPLE, FAMILY, STOCKOUT, ContinuousGiven
from tools.metrics.given import quantity
from tools.metrics.loss import unit_loss, z_of
from tools.metrics.metric import Published, metric
from tools.metrics.r_q_normal import CLOSE, MOST_TURNS
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number


class HadleyWhitinInputs(ContinuousGiven):
    """Costs with a penalty for each unit short, however long it waits."""

    stockout_cost: float = quantity(STOCKOUT, gt=0)


@metric(
    id="r_q_hadley_whitin",
    name="(r,Q) policy of Hadley and Whitin",
    aliases=("Hadley-Whitin", "expected inventory level approximation", "EIL approximation", "(Q,R) policy",
             "Q,R policy", "iterative reorder point and lot size",
             "(r,Q) with a penalty per unit short", "Hadley-Whitin-Verfahren"),
    family=FAMILY,
    unit="item",
    formula=r"Q = \sqrt{\frac{2\lambda\,[K + p\,n(r)]}{h}}, \qquad 1 - F(r) = \frac{Q\,h}{p\,\lambda}",
    source="Hadley, G. & Whitin, T. M. (1963). Analysis of Inventory Systems. Prentice-Hall, ch. 4.",
    note="Reorder point",
    period="holding_cost",
    published=(
        Published(
            "stockpyl test suite, Example 5.2 of Snyder & Shen (2019)",
            {**EXAMPLE, "stockout_cost": 7.5},
            {"value": 213.9704421358024, "order_quantity": 318.5901810768729, "expected_cost": 95.45114022285196},
            within=1e-5,
        ),
    ),
)  # fmt: skip
def r_q_hadley_whitin(given: HadleyWhitinInputs) -> Outcome:
    """Return the reorder point, in units, and beside it order quantity and approximate cost; each unit short is fined.

    Iterates from the EOQ until both settle. A penalty too small for any stock to pay is refused.
    """
    mean, sigma = given.demand_mean * given.lead_time, given.demand_sd * math.sqrt(given.lead_time)
    rate, holding, penalty = given.demand_mean, given.holding_cost, given.stockout_cost
    lot = math.sqrt(2 * given.order_cost * rate / holding)
    turns, point, short = 0, mean, 0.0
    for _ in range(MOST_TURNS):
        turns += 1
        risk = lot * holding / (penalty * rate)
        if risk >= 1:
            raise Refusal(
                "stockout_cost",
                f"a penalty of {number(penalty)} a unit is so low that running out always pays; holding stock costs "
                f"more (order quantity × holding cost / (penalty × demand) = {number(risk)}, which must be below 1)",
            )
        z = -z_of(risk)
        point, short = mean + sigma * z, sigma * unit_loss(z)
        following = math.sqrt(2 * rate * (given.order_cost + penalty * short) / holding)
        settled, lot = abs(following - lot) <= CLOSE * lot, following
        if settled:
            break
    else:
        raise Refusal(
            "stockout_cost",
            "order quantity and reorder point do not settle with these costs; check the units of the penalty",
        )
    parts = (holding * (point - mean + lot / 2), given.order_cost * rate / lot, penalty * rate * short / lot)
    cost = math.fsum(parts)
    return Outcome(
        value=point,
        steps=[
            (
                f"lead-time demand: average {number(mean)}, σ = {number(given.demand_sd)} × √{number(given.lead_time)} "
                f"= {number(sigma)}"
            ),
            f"starting from the EOQ and repeating {turns} times: stockout risk = Q × h / (p × λ) = {number(lot)} × "
            f"{number(holding)} / ({number(penalty)} × "
            f"{number(rate)}) = {number(lot * holding / (penalty * rate))}, so r = {number(point)}",
            f"Q = √(2 λ (K + p × shortage) / h) = √(2 × {number(rate)} × ({number(given.order_cost)} + "
            f"{number(penalty)} × {number(short)}) / {number(holding)}) = {number(lot)}",
            (
                f"cost = holding + ordering + shortage = {number(parts[0])} + {number(parts[1])} + "
                f"{number(parts[2])} = {number(cost)}"
            ),
        ],
        meaning=f"Order {number(lot)} units whenever stock on hand and on order falls to {number(point)}; expected "
        f"cost is {number(cost)} {given.money} a "
        f"{given.period}, and {number(short)} units run short in an average cycle.",
        also={
            "reorder_point": point,
            "order_quantity": lot,
            "expected_cost": cost,
            "expected_shortage_per_cycle": short,
            "safety_stock": point - mean,
            "cycle_service_level": 1 - lot * holding / (penalty * rate),
            "fill_rate": 1 - short / lot,
            "iterations": float(turns),
        },
        units={
            **dict.fromkeys(("reorder_point", "order_quantity", "expected_shortage_per_cycle", "safety_stock"), "item"),
            "expected_cost": "money/period",
            "cycle_service_level": "fraction",
            "fill_rate": "fraction",
        },
        warnings=["The reorder point lies below average lead-time demand: the approximation is poor there."]
        if point < mean
        else [],
        assumptions=["demand over the lead time is normally distributed, and unmet demand waits"],
    )
