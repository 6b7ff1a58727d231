"""Reorder point and order quantity chosen together, (r,Q), for normal demand: cost, optimum, approximations."""

import math
from typing import Literal

from tools.metrics.books import SNYDER
from tools.metrics.families.service_level import REORDER_POINT
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.loss import below, z_of
from tools.metrics.metric import Published, metric
from tools.metrics.r_q_normal import Setting
from tools.metrics.result import Chart, Mark, Outcome, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import (
    BACKORDER_COST,
    DEMAND,
    DEMAND_SD,
    HOLDING_COST,
    LEAD_TIME,
    ORDER_COST,
    ORDER_QUANTITY,
)

FAMILY = "Reorder policies"
NEGLIGIBLE = 5e-5
EXAMPLE = {
    "holding_cost": 0.225, "order_cost": 8.0, "demand_mean": 1300.0, "demand_sd": 150.0, "lead_time": 1 / 12,
}  # fmt: skip
BACKORDER = BACKORDER_COST.also(
    "backorder cost per unit per year", "cost of a waiting unit", "stockout cost", label="backorder cost"
)
MEAN = DEMAND.also("we sell", symbols=("D", "d", "λ", "μ", "mu"))
STOCKOUT = Spoken(
    "stockout cost per unit",
    "money/item",
    words=("stockout cost", "stockout cost per unit", "penalty per unit short", "penalty per unit", "shortage cost",
           "cost per unit short",
           "cost of each unit short", "backorder cost per unit", "lost margin", "penalty", "Fehlmengenkosten",
           "Fehlmengenkosten je Stück"),
    symbols=("p", "π", "b"),
)  # fmt: skip


class ContinuousGiven(Given):
    """Costs and normal demand over a lead time, under continuous review."""

    holding_cost: float = quantity(HOLDING_COST, gt=0)
    order_cost: float = quantity(ORDER_COST, gt=0)
    demand_mean: float = quantity(MEAN, gt=0)
    demand_sd: float = quantity(DEMAND_SD, ge=0)
    lead_time: float = quantity(LEAD_TIME, ge=0)


class BackorderGiven(ContinuousGiven):
    """Also what a waiting unit costs for a period."""

    backorder_cost: float = quantity(BACKORDER, gt=0)


class PolicyCostInputs(BackorderGiven):
    """An (r,Q) policy to evaluate."""

    reorder_point: float = quantity(REORDER_POINT)
    order_quantity: float = quantity(ORDER_QUANTITY, gt=0)


Method = Literal["exact", "eoq_with_backorders", "eoq_plus_safety_stock", "loss_function"]
METHOD = Spoken(
    "method",
    "",
    words=(
        "method",
        "approximation",
        "exact",
        "EOQ with backorders",
        "EOQ plus safety stock",
        "loss function approximation",
        "Näherung",
        "Verfahren",
    ),
)


class PolicyInputs(BackorderGiven):
    """An (r,Q) policy to find."""

    method: Method | None = quantity(METHOD, default=None, min_length=1)


def _setting(given: BackorderGiven) -> Setting:
    return Setting(
        given.order_cost, given.holding_cost, given.backorder_cost, given.demand_mean,
        given.demand_mean * given.lead_time, given.demand_sd * math.sqrt(given.lead_time),
    )  # fmt: skip


def _demand_step(setting: Setting, given: ContinuousGiven) -> str:
    return (
        f"lead-time demand: average {number(given.demand_mean)} × {number(given.lead_time)} = {number(setting.mean)}, "
        f"σ = {number(given.demand_sd)} × √{number(given.lead_time)} = {number(setting.sigma)}"
    )


def _parts(setting: Setting, point: float, lot: float) -> tuple[dict[str, Value], dict[str, str], str]:
    """Return what a policy brings on average, the units of that, and the line that adds its cost up."""
    waiting = setting.backorders(point, lot)
    on_hand = max(0.0, point + lot / 2 - setting.mean + waiting)
    ordering, holding, backorder = (
        setting.ordering * setting.rate / lot,
        setting.holding * on_hand,
        setting.backorder * waiting,
    )
    also: dict[str, Value] = {
        "expected_cost": ordering + holding + backorder,
        "ordering_cost_per_period": ordering,
        "holding_cost_per_period": holding,
        "backorder_cost_per_period": backorder,
        "expected_on_hand": on_hand,
        "expected_backorders": waiting,
        "orders_per_period": setting.rate / lot,
        "safety_stock": point - setting.mean,
    }
    if setting.sigma > 0:
        also["cycle_service_level"] = below((point - setting.mean) / setting.sigma)
    units = dict.fromkeys(
        ("expected_cost", "ordering_cost_per_period", "holding_cost_per_period", "backorder_cost_per_period"),
        "money/period",
    )
    units |= dict.fromkeys(("expected_on_hand", "expected_backorders", "safety_stock"), "item")
    units |= {"orders_per_period": "order/period", "cycle_service_level": "fraction"}
    line = (
        f"expected cost = ordering {number(setting.ordering)} × {number(setting.rate)} / {number(lot)} + holding "
        f"{number(setting.holding)} × "
        f"{number(on_hand)} + backorders {number(setting.backorder)} × {number(waiting)} = {number(ordering)} + "
        f"{number(holding)} + {number(backorder)} = {number(ordering + holding + backorder)}"
    )
    return also, {name: unit for name, unit in units.items() if name in also}, line


@metric(
    id="r_q_cost",
    name="Cost of an (r,Q) policy",
    aliases=("cost of a reorder point", "cost of reorder point and order quantity", "(r,Q) policy cost",
             "(s,Q) policy cost", "r,Q cost",
             "expected cost of the reorder policy",
             "Kosten der Bestellpunktpolitik"),
    family=FAMILY,
    unit="money/period",
    formula=r"g(r,Q) = \frac{K\lambda + \int_r^{r+Q} \left(h\,E[(y-D_L)^+] + b\,E[(D_L-y)^+]\right)dy}{Q}",
    source=f"{SNYDER}, ch. 5.",
    note="Reorder point",
    period="holding_cost",
    published=(
        Published(
            "stockpyl test suite, Example 5.1 of Snyder & Shen (2019)",
            {**EXAMPLE, "backorder_cost": 7.5, "reorder_point": 126.8, "order_quantity": 328.5},
            {"value": 78.07116250928294},
        ),
    ),
)  # fmt: skip
def r_q_cost(given: PolicyCostInputs) -> Outcome:
    """Return the exact expected cost a period of ordering Q whenever stock on hand and on order falls to r.

    Normal demand; unmet demand waits, at a cost a unit and period. The least possible cost is returned beside it.
    """
    setting = _setting(given)
    point, lot = given.reorder_point, given.order_quantity
    also, units, line = _parts(setting, point, lot)
    cost = setting.cost(point, lot)
    best_point, best_lot = setting.optimum()
    least = setting.cost(best_point, best_lot)
    also |= {"best_reorder_point": best_point, "best_order_quantity": best_lot, "best_expected_cost": least}
    units |= {"best_reorder_point": "item", "best_order_quantity": "item", "best_expected_cost": "money/period"}
    over = cost / least - 1
    compared = f"{percent(over, 3)} above" if over > NEGLIGIBLE else "as good as"
    return Outcome(
        value=cost,
        steps=[_demand_step(setting, given), line],
        meaning=f"Ordering {number(lot)} at a stock of {number(point)} costs {number(cost)} {given.money} a "
        f"{given.period}, {compared} the least "
        f"possible: {number(least)} when ordering {number(best_lot)} at {number(best_point)}.",
        also=also,
        units=units,
        warnings=_warnings(setting),
        assumptions=["demand over the lead time is normally distributed, and unmet demand waits"],
    )


def _warnings(setting: Setting) -> list[str]:
    if setting.sigma > setting.mean / 2:
        return [
            (
                f"Lead-time demand varies by {number(setting.sigma)} around {number(setting.mean)}; a normal curve "
                "fits that badly."
            )
        ]
    return []


def _chart(given: PolicyInputs, outcome: Outcome) -> Chart:
    setting = _setting(given)
    best = float(str(outcome.also["order_quantity"]))
    lots = [best * (0.4 + 0.06 * step) for step in range(31)]
    costs = [setting.cost(setting.best_point(lot), lot) for lot in lots]
    return Chart(
        kind="line",
        title="Expected cost by order quantity",
        x_label="order quantity (units)",
        y_label=f"cost ({given.money} a {given.period})",
        series=[Series(name="cost with the best reorder point", x=lots, y=costs)],
        marks=[Mark(x=best, y=setting.cost(setting.best_point(best), best), text=f"order {number(best)}")],
        summary=(
            f"Cost is flat around an order of {number(best)}: {number(costs[0])} at {number(lots[0])} and "
            f"{number(costs[-1])} at {number(lots[-1])}."
        ),
    )


@metric(
    id="r_q_policy",
    name="Best (r,Q) policy",
    aliases=("(r,Q) policy", "(s,Q) policy", "r,Q policy", "optimal reorder point and order quantity", "optimal (r,Q)",
             "continuous review policy",
             "reorder point and lot size together", "Bestellpunktpolitik", "(s,q)-Politik"),
    family=FAMILY,
    unit="item",
    formula=r"\min_{r,Q}\ g(r,Q):\quad g(r) = g(r+Q) = g(r,Q), \qquad g(y) = h\,E[(y-D_L)^+] + b\,E[(D_L-y)^+]",
    source="Zheng, Y.-S. (1992). On properties of stochastic inventory systems. Management Science 38(1), 87-103.",
    note="Reorder point",
    period="holding_cost",
    chart=_chart,
    costly=True,
    published=(
        Published(
            "stockpyl documentation, EOQ with backorders, Example 5.2 of Snyder & Shen (2019)",
            {**EXAMPLE, "backorder_cost": 7.5, "method": "eoq_with_backorders"},
            {"value": 128.63781442427097, "order_quantity": 308.5737801203754},
        ),
        Published(
            "stockpyl documentation, EOQ plus safety stock, Example 5.5 of Snyder & Shen (2019)",
            {**EXAMPLE, "backorder_cost": 7.5, "method": "eoq_plus_safety_stock"},
            {"value": 190.3369965715624, "order_quantity": 304.0467800264368},
        ),
        Published(
            "stockpyl documentation, loss-function approximation, Example 5.6 of Snyder & Shen (2019)",
            {**EXAMPLE, "backorder_cost": 7.5, "method": "loss_function"},
            {"value": 126.8670634479628, "order_quantity": 328.4491421980451},
        ),
    ),
)  # fmt: skip
def r_q_policy(given: PolicyInputs) -> Outcome:
    """Return the reorder point, in units, and beside it the order quantity, of least expected cost, for normal demand.

    `method`: "exact" (default); "eoq_with_backorders" and "eoq_plus_safety_stock" fix Q by an EOQ; "loss_function" is
    Hadley & Whitin's. The cost returned is always the exact one of that policy.
    """
    setting = _setting(given)
    method = given.method or "exact"
    if method == "exact" or (method == "loss_function" and setting.sigma == 0):
        point, lot = setting.optimum()
        how = "r and Q at which the cost rate is the same at both ends of the cycle and equals the average cost"
    elif method == "loss_function":
        point, lot = setting.by_loss()
        how = "Q = √(2 (K × λ + (h + b) × second loss(r)) / h) and loss(r) = h × Q / (h + b), in turn until both settle"
    elif method == "eoq_with_backorders":
        lot = setting.eoq_with_backorders()
        point = setting.best_point(lot)
        how = f"Q = √(2 K λ (h + b) / (h b)) = {number(lot)}, then the reorder point of least cost for it"
    else:
        lot = setting.eoq()
        point = setting.mean + setting.sigma * z_of(setting.backorder / (setting.backorder + setting.holding))
        how = f"Q = √(2 K λ / h) = {number(lot)}, reorder point = average + z × σ at b / (b + h)"
    also, units, line = _parts(setting, point, lot)
    cost = setting.cost(point, lot)
    return Outcome(
        value=point,
        steps=[
            _demand_step(setting, given),
            how,
            f"reorder point = {number(point)}, order quantity = {number(lot)}",
            line,
        ],
        meaning=f"Order {number(lot)} units whenever stock on hand and on order falls to {number(point)}: ordering, "
        f"holding and waiting then cost {number(cost)} {given.money} a {given.period}.",
        also={"reorder_point": point, "order_quantity": lot, **also},
        units={"reorder_point": "item", "order_quantity": "item", **units},
        warnings=_warnings(setting),
        assumptions=["demand over the lead time is normally distributed, and unmet demand waits"],
    )
