"""Order quantity and reorder point for a service level: the economic order quantity, and safety stock by z."""

import math
from typing import ClassVar

from tools.metrics.books import SILVER
from tools.metrics.families.lead_time_demand import WANTED, ServiceGiven, exposure, z_wanted
from tools.metrics.given import Either, either, quantity
from tools.metrics.loss import below, unit_loss
from tools.metrics.metric import metric
from tools.metrics.result import Outcome, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import CARRYING_RATE, DEMAND, HOLDING_COST, LEAD_TIME, ORDER_COST, UNIT_COST


class ServicePolicyInputs(ServiceGiven):
    """Costs of ordering and holding, uncertain demand over a lead time, and the service wanted."""

    either: ClassVar[tuple[Either, ...]] = (
        either("demand_sd", "lead_time_demand_sd"),
        WANTED,
        either("holding_cost", ("unit_cost", "carrying_rate")),
    )

    demand_mean: float = quantity(DEMAND, gt=0)
    lead_time: float = quantity(LEAD_TIME, ge=0)
    order_cost: float = quantity(ORDER_COST, gt=0)
    holding_cost: float | None = quantity(HOLDING_COST, default=None, gt=0)
    unit_cost: float | None = quantity(UNIT_COST, default=None, gt=0)
    carrying_rate: float | None = quantity(CARRYING_RATE, default=None, gt=0)


@metric(
    id="r_q_service",
    name="Order quantity and reorder point for a service level",
    aliases=("order quantity and reorder point", "reorder point and order quantity", "EOQ plus reorder point",
             "EOQ and reorder point", "EOQ and ROP", "reorder point and EOQ", "Q and r", "r and Q", "Q and ROP",
             "how much and when to order", "how much to order and when", "when and how much to order",
             "(r,Q) with a service level", "(r,Q) policy for a service level", "(s,Q) policy for a service level",
             "continuous review with a service level", "Bestellmenge und Meldebestand", "EOQ und Meldebestand",
             "Bestellmenge und Bestellpunkt"),
    family="Reorder policies",
    unit="item",
    formula=r"r = d\,L + z\,\sigma_L, \qquad Q = \sqrt{\frac{2\,d\,S}{h}}",
    source=f"{SILVER} Ch. 6, order-point, order-quantity (s, Q) systems.",
    note="Reorder point",
    period="holding_cost",
)  # fmt: skip
def r_q_service(given: ServicePolicyInputs) -> Outcome:
    """Return the reorder point, in units, for a cycle service level, and beside it the economic order quantity.

    The two are set one after the other, as is usual where no cost of a stockout is known; with one, `r_q_policy` finds
    the pair of least cost. Normal demand; a lead time that varies is allowed for.
    """
    known = exposure(given)
    z, z_steps, z_warnings = z_wanted(given)
    rate, sigma = given.demand_mean, known.spread
    mean = known.mean if known.mean is not None else rate * given.lead_time
    holding = given.holding_cost
    steps = [*known.steps, *z_steps]
    if holding is None:
        holding = (given.unit_cost or 0.0) * (given.carrying_rate or 0.0)
        steps.append(
            f"holding cost = unit cost × carrying rate = {number(given.unit_cost or 0)} × "
            f"{number(given.carrying_rate or 0)} = {number(holding)}"
        )
    if holding <= 0:
        raise OverflowError
    stock = z * sigma
    point, lot = mean + stock, math.sqrt(2 * rate * given.order_cost / holding)
    if lot <= 0:
        raise OverflowError
    ordering, cycle, safety = given.order_cost * rate / lot, holding * lot / 2, holding * stock
    also: dict[str, Value] = {
        "order_quantity": lot,
        "reorder_point": point,
        "safety_stock": stock,
        "orders_per_period": rate / lot,
        "average_stock": lot / 2 + stock,
        "cost_per_period": ordering + cycle + safety,
        "fill_rate": max(0.0, 1 - sigma * unit_loss(z) / lot),
        "z": z,
        "lead_time_demand_mean": mean,
        "lead_time_demand_sd": sigma,
    }
    units = dict.fromkeys(
        ("order_quantity", "reorder_point", "safety_stock", "average_stock", "lead_time_demand_mean",
         "lead_time_demand_sd"),
        "item",
    )  # fmt: skip
    units |= {"orders_per_period": "order/period", "cost_per_period": "money/period", "fill_rate": "fraction"}
    warnings = [*known.warnings, *z_warnings]
    if lot < mean:
        warnings.append(
            f"The order quantity, {number(lot)}, is below the demand of one lead time, so several orders are open at "
            "once: compare stock on hand plus on order with the reorder point."
        )
    return Outcome(
        value=point,
        steps=[
            *steps,
            f"order quantity = √(2 × demand × order cost / holding cost) = √(2 × {number(rate)} × "
            f"{number(given.order_cost)} / {number(holding)}) = {number(lot)}",
            f"reorder point = average demand + z × σ = {number(mean)} + {number(z)} × {number(sigma)} = "
            f"{number(point)}",
            f"cost = ordering + cycle stock + safety stock = {number(ordering)} + {number(cycle)} + {number(safety)} "
            f"= {number(ordering + cycle + safety)}",
        ],
        meaning=f"Order {number(lot)} units whenever stock on hand and on order falls to {number(point)}; "
        f"{percent(below(z))} of cycles then end without a stockout.",
        also=also,
        units=units,
        warnings=warnings,
        assumptions=[
            "demand over the lead time is normally distributed",
            "the order quantity is set by cost alone, without regard to stockouts",
            *known.assumptions,
        ],
    )
