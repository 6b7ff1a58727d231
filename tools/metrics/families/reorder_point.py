"""When to reorder: average demand over the lead time plus safety stock."""

from typing import ClassVar

from tools.metrics.books import CHOPRA
from tools.metrics.families.lead_time_demand import ServiceGiven, exposure, z_wanted
from tools.metrics.given import Either, Spoken, either, quantity
from tools.metrics.loss import above, below
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import ORDER_QUANTITY

FAMILY = "Reorder policies"
SAFETY_STOCK = Spoken(
    "safety stock",
    "item",
    words=("safety stock", "buffer stock", "buffer", "as a buffer", "reserve stock", "in reserve", "as a reserve",
           "reserve",
           "safety inventory", "safety", "cushion", "minimum stock", "for emergencies", "Sicherheitsbestand", "Reserve",
           "Mindestbestand",
           "Pufferbestand"),
    symbols=("SS", "ss"),
)  # fmt: skip


class ReorderPointInputs(ServiceGiven):
    """Demand, lead time, and either the safety stock or what it is worked out from."""

    either: ClassVar[tuple[Either, ...]] = (
        either(("demand_mean", "lead_time"), "lead_time_demand_mean", ("demand_history", "lead_time")),
    )

    safety_stock: float | None = quantity(SAFETY_STOCK.also("stock reserve", "reserve of", "buffer of",
        "safety stock of", "emergency stock", "Sicherheitsreserve", "eiserne Reserve", "eiserner Bestand",
        "Puffer"), default=None, ge=0)  # fmt: skip
    order_quantity: float | None = quantity(ORDER_QUANTITY, default=None, gt=0)


def _chart(given: ReorderPointInputs, outcome: Outcome) -> Chart | None:
    """Draw stock over two replenishment cycles."""
    rate, lead = given.demand_mean, given.lead_time
    if not rate or not lead:
        return None
    stock = outcome.value - rate * lead
    lot = given.order_quantity if given.order_quantity is not None else 2 * rate * lead
    cycle = lot / rate
    ordered = [number_of * cycle + max(0.0, (lot + stock - outcome.value) / rate) for number_of in range(2)]
    times, levels = [0.0], [lot + stock]
    for turn in (1, 2):
        times += [turn * cycle, turn * cycle]
        levels += [stock, lot + stock]
    return Chart(
        kind="line",
        title="Stock on hand when demand is average",
        x_label=f"time ({given.period}s)",
        y_label="stock (units)",
        series=[
            Series(name="stock", x=times, y=levels),
            Series(name="reorder point", x=[0.0, 2 * cycle], y=[outcome.value, outcome.value], style="dashed"),
            Series(name="safety stock", x=[0.0, 2 * cycle], y=[stock, stock], style="dotted"),
        ],
        marks=[Mark(x=ordered[0], y=min(outcome.value, lot + stock), text="order here")],
        summary=(
            f"Stock falls to the reorder point of {number(outcome.value)}; the order placed there arrives when "
            f"{number(stock)} are left."
        ),
    )


@metric(
    id="reorder_point",
    name="Reorder point",
    aliases=("reorder point", "re-order point", "ROP", "reorder level", "order point", "re-order level",
             "when to reorder", "when should we reorder", "when should I reorder", "when do I reorder",
             "when do we reorder",
             "when to order", "when should we order", "when should I order", "when to place an order", "trigger level",
             "reorder trigger", "stock level to reorder at", "at what stock level", "at what level",
             "at which stock level",
             "Meldebestand",
             "Bestellpunkt", "Bestellbestand", "Meldemenge"),
    family=FAMILY,
    unit="item",
    formula=r"ROP = d\,L + SS",
    source=f"{CHOPRA}, ch. 12.",
    note="Reorder point",
    chart=_chart,
    published=(
        Published(
            "supplychainpy documentation (lead time × demand + z × σ × √lead time), past demand",
            {"demand_history": [75.0] * 6 + [25.0] * 6, "spread": "population", "lead_time": 3.0, "z": 0.28},
            {"value": 162.124356, "safety_stock": 12.124356, "demand_mean": 50.0},
        ),
        Published(
            "Reorder-point exercise 1 (monitors, 90 % service)",
            {"demand_mean": 2.5, "demand_sd": 1.2, "lead_time": 25.0, "service_level": 0.9},
            {"value": 70.19, "safety_stock": 7.69},
            within=0.01,
            absolute=True,
        ),
        Published(
            "Chopra & Meindl, B&M Computer World: safety stock 1,000, weekly demand 2,500, two weeks",
            {"demand_mean": 2500.0, "lead_time": 2.0, "safety_stock": 1000.0},
            {"value": 6000.0},
        ),
    ),
)  # fmt: skip
def reorder_point(given: ReorderPointInputs) -> Outcome:
    """Return the inventory position, in units, at which to order: demand over the lead time plus safety stock.

    Safety stock is taken as given, or worked out from a service level (or z) and the deviation of demand; without
    either it is 0, and that is said. Safety stock beside a service level is refused, as is a deviation without one.
    """
    known = exposure(given)
    if known.mean is None:
        raise Refusal(
            "demand_mean",
            "average demand and the lead time are needed to know what is used while an order is on its way",
        )
    wanted = given.service is not None or given.z is not None
    warnings, assumptions, steps = list(known.warnings), list(known.assumptions), list(known.steps)
    also: dict[str, Value] = {"lead_time_demand_mean": known.mean}
    units = {"lead_time_demand_mean": "item", "safety_stock": "item"}
    z: float | None = None
    if given.safety_stock is not None:
        if wanted:
            raise Refusal("safety_stock", "both a safety stock and a service level are given; leave one out")
        stock = given.safety_stock
        if known.sigma:
            z = stock / known.sigma
    elif wanted:
        z, z_steps, z_warnings = z_wanted(given)
        sigma = known.spread
        stock = z * sigma
        steps += [*z_steps, f"safety stock = z × σ = {number(z)} × {number(sigma)} = {number(stock)}"]
        warnings += z_warnings
        assumptions.insert(0, "demand over the lead time is normally distributed")
    elif given.demand_sd is not None or given.lead_time_demand_sd is not None:
        raise Refusal(
            "service_level",
            "the standard deviation of demand is given, but not the service level that is wanted (or the safety stock)",
        )
    else:
        stock = 0.0
        assumptions.append("no safety stock: demand and lead time are certain")
    point = known.mean + stock
    steps.append(
        f"reorder point = average demand + safety stock = {number(known.mean)} + {number(stock)} = {number(point)}"
    )
    also["safety_stock"] = stock
    if z is not None and known.sigma is not None:
        also |= {
            "z": z,
            "cycle_service_level": below(z),
            "lead_time_demand_sd": known.sigma,
            "stockout_probability": above(z),
        }
        units |= {"cycle_service_level": "fraction", "stockout_probability": "fraction", "lead_time_demand_sd": "item"}
    if given.demand_history is not None and known.rate is not None:
        also["demand_mean"] = known.rate
        units["demand_mean"] = "item/period"
    if given.order_quantity is not None:
        also["order_up_to_level"] = point + given.order_quantity
        also["average_stock"] = stock + given.order_quantity / 2
        units |= {"order_up_to_level": "item", "average_stock": "item"}
        if given.order_quantity < known.mean:
            warnings.append(
                f"The order quantity, {number(given.order_quantity)}, is below the demand of one lead time, so "
                "several orders are open at once: "
                "compare stock on hand plus on order with the reorder point, not stock on hand alone."
            )
    meaning = (
        f"Order when stock on hand and on order falls to {number(point)}: {number(known.mean)} will be used "
        "until the delivery arrives"
    )
    meaning += f", and {number(stock)} are the reserve" if stock else ", with nothing in reserve"
    meaning += (
        f" that lets {percent(below(z))} of deliveries arrive before stock runs out."
        if z is not None and stock
        else "."
    )
    return Outcome(
        value=point, steps=steps, meaning=meaning, also=also, units=units, warnings=warnings, assumptions=assumptions
    )
