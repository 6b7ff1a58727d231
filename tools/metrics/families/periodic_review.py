"""How far to order up when stock is reviewed at intervals, for a service level or for the least expected cost."""

from typing import ClassVar

from tools.metrics.books import SILVER
from tools.metrics.families.lead_time_demand import WANTED, ServiceGiven, exposure, z_wanted
from tools.metrics.families.safety_stock import service_chart
from tools.metrics.given import Either, Spoken, either, quantity
from tools.metrics.loss import (
    below,
    unit_loss,
)
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import (
    LEAD_TIME,
    REVIEW_PERIOD,
)

FAMILY = "Reorder policies"
MOST_POISSON = 1e8
POSITION = Spoken(
    "inventory position",
    "item",
    words=("inventory position", "stock on hand", "on hand", "in stock now", "current stock", "stock position",
           "we have left", "on hand and on order",
           "aktueller Bestand", "Bestand"),
    symbols=("IP",),
)  # fmt: skip


class OrderUpToInputs(ServiceGiven):
    """Demand, lead time and review period, and the service wanted."""

    either: ClassVar[tuple[Either, ...]] = (
        either(("demand_mean", "demand_sd"), "demand_history"),
        WANTED,
    )

    lead_time: float = quantity(LEAD_TIME, ge=0)
    review_period: float = quantity(REVIEW_PERIOD, ge=0)
    inventory_position: float | None = quantity(POSITION, default=None)


def _chart(given: OrderUpToInputs, outcome: Outcome) -> Chart:
    known = exposure(given, given.review_period)
    z, _, _ = z_wanted(given)
    return service_chart(
        known.spread, below(z), outcome.value, "Order-up-to level by service level", plus=known.mean or 0.0
    )


@metric(
    id="order_up_to_level",
    name="Order-up-to level",
    aliases=("order-up-to level", "order up to level", "order up to", "target inventory level", "target stock level",
             "target stock", "target inventory", "target level", "maximum level", "up to what level", "to what level",
             "up to which level", "periodic review",
             "periodic review level",
             "order-up-to quantity", "OUL", "Bestellgrenze", "Auffüllbestand", "Sollbestand", "Bestellniveau",
             "Auffüllniveau", "Soll-Bestand", "par level", "replenish up to", "top up to"),
    family=FAMILY,
    unit="item",
    formula=r"S = d\,(R + L) + z\,\sigma_d\sqrt{R + L}",
    source=f"{SILVER} Ch. 6, (R, S) systems.",
    note="Periodic review",
    chart=_chart,
    published=(
        Published(
            "Chopra & Meindl (2016), ch. 12, periodic review at Wal-Mart (Lego): weekly demand 2,500, deviation "
            "500, two weeks, review every four",
            {"demand_mean": 2500.0, "demand_sd": 500.0, "lead_time": 2.0, "review_period": 4.0, "service_level": 0.9},
            {"safety_stock": 1570.0, "value": 16570.0},
            within=1.0,
            absolute=True,
        ),
    ),
)  # fmt: skip
def order_up_to_level(given: OrderUpToInputs) -> Outcome:
    """Return the level, in units, to which stock on hand and on order is raised at each review.

    It covers demand over the review period and the lead time, with normal demand. A lead time that varies is allowed
    for. With the inventory position, the order to place now is returned too.
    """
    known = exposure(given, given.review_period)
    z, z_steps, z_warnings = z_wanted(given)
    if known.mean is None:
        raise Refusal(
            "demand_mean", "average demand is needed: the level covers demand over the review period and the lead time"
        )
    sigma = known.spread
    stock = z * sigma
    level = known.mean + stock
    also: dict[str, Value] = {
        "safety_stock": stock,
        "protection_interval_demand": known.mean,
        "protection_interval_sd": sigma,
        "z": z,
        "cycle_service_level": below(z),
        "expected_shortage_per_cycle": sigma * unit_loss(z),
    }
    units = dict.fromkeys(
        ("safety_stock", "protection_interval_demand", "protection_interval_sd", "expected_shortage_per_cycle"), "item"
    )
    units["cycle_service_level"] = "fraction"
    if known.rate is not None:
        also["average_order"], also["average_stock"] = (
            known.rate * given.review_period,
            stock + known.rate * given.review_period / 2,
        )
        units |= {"average_order": "item", "average_stock": "item"}
        if known.rate * given.review_period > 0:
            also["fill_rate"] = max(0.0, 1 - sigma * unit_loss(z) / (known.rate * given.review_period))
            units["fill_rate"] = "fraction"
    steps = [
        *known.steps,
        *z_steps,
        f"safety stock = z × σ = {number(z)} × {number(sigma)} = {number(stock)}",
        f"order-up-to level = average demand + safety stock = {number(known.mean)} + {number(stock)} = {number(level)}",
    ]
    meaning = (
        f"At each review, order what is missing to {number(level)} units on hand and on order; "
        f"{percent(below(z))} of reviews then pass without a stockout."
    )
    if given.inventory_position is not None:
        order = max(0.0, level - given.inventory_position)
        also["order_now"], units["order_now"] = order, "item"
        steps.append(
            f"order now = level - position = {number(level)} - {number(given.inventory_position)} = "
            f"{number(level - given.inventory_position)}"
        )
        meaning += f" Now order {number(order)}."
    return Outcome(
        value=level,
        steps=steps,
        meaning=meaning,
        also=also,
        units=units,
        warnings=[*known.warnings, *z_warnings],
        assumptions=["demand over the time to cover is normally distributed", *known.assumptions],
    )
