"""How much to order at steady demand: the economic order quantity."""

import math
from dataclasses import replace

from tools.metrics.checks import agree
from tools.metrics.families.inventory_levels import weeks_of
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Series, Value
from tools.metrics.shown import number, percent, plural
from tools.metrics.vocabulary import (
    CARRYING_RATE,
    DAYS_IN_PERIOD,
    DEMAND,
    HOLDING_COST,
    LEAD_TIME,
    ORDER_COST,
    ORDER_QUANTITY,
    UNIT_COST,
)

FAMILY = "Lot sizing"
HARRIS = (
    "Harris, F. W. (1913). How many parts to make at once. Factory, The Magazine of Management 10(2), 135-136, 152."
)
FLAT = 0.05

UNITS = {
    "orders": "order/period",
    "cycle_time": "period",
    "days_between_orders": "day",
    "weeks_between_orders": "week",
    "ordering_cost": "money/period",
    "holding_cost_total": "money/period",
    "total_cost": "money/period",
    "average_inventory": "item",
    "purchase_cost": "money/period",
    "total_with_purchases": "money/period",
    "reorder_point": "item",
    "cost_of_order_quantity": "money/period",
    "excess_cost": "money/period",
    "least_cost": "money/period",
    "economic_order_quantity": "item",
    "power_of_two_interval": "period",
    "power_of_two_quantity": "item",
    "power_of_two_cost": "money/period",
}

STEADY_DEMAND = DEMAND.also(
    "sell", "use", "need", "buy", "consume", "demand of", because="without demand there is nothing to order"
)
LOT_COST = ORDER_COST.also(
    "an order costs", "placing an order", "to place", "ordering", "set-up", "set-up cost", "changeover cost",
    "changeover", "setting up",
    because="if ordering cost nothing, the best lot would be a single unit", symbols=("S", "K", "A", "Co", "k"),
)  # fmt: skip
# "costs" alone says in lot sizing what an order or a year of storage costs as often as what a unit does
LOT_UNIT_COST = replace(
    UNIT_COST,
    words=(
        *(word for word in UNIT_COST.words if word != "costs"),
        "a unit costs", "one unit costs", "unit costs", "each costs", "costs each", "a piece costs", "one piece costs",
        "apiece",
    ),
    because="a unit that costs nothing costs nothing to hold, and the best lot would be infinite",
)  # fmt: skip
LOT_RATE = CARRYING_RATE.also(
    "holding", "holding is", "of the price", "of the unit price", "of the unit cost", "of unit cost", "of its cost",
    "of its value", because="with free storage the best lot would be infinite",
)  # fmt: skip
LOT_HOLDING = HOLDING_COST.also(
    "holding cost per unit", "holding cost per unit per year", "carrying cost per unit",
    "carrying cost per unit per year",
    "storage cost per unit", "a year to store", "a year to keep", "a year to hold", "a month to keep", "to keep",
    "keeping one", "keeping a unit", "keeping a piece", "storing one", "storing a unit", "to hold",
)  # fmt: skip


class LotInputs(Given):
    """Demand, the cost of an order, and what holding one unit costs: as such, or as a rate of its unit cost."""

    either = (either("holding_cost", ("unit_cost", "carrying_rate")),)

    demand: float = quantity(STEADY_DEMAND, gt=0)
    order_cost: float = quantity(LOT_COST, gt=0)
    holding_cost: float | None = quantity(LOT_HOLDING, default=None, gt=0)
    unit_cost: float | None = quantity(LOT_UNIT_COST, default=None, gt=0)
    carrying_rate: float | None = quantity(LOT_RATE, default=None, gt=0)


def held_at(given: LotInputs) -> tuple[float, list[str]]:
    """Return the holding cost of one unit a period, and the step that shows it if it had to be worked out.

    Raises:
        Refusal: when a stated holding cost contradicts unit cost times rate.
    """
    if given.unit_cost is None or given.carrying_rate is None:
        return given.holding_cost or 0.0, []
    derived = given.unit_cost * given.carrying_rate
    if given.holding_cost is not None:
        agree("holding_cost", given.holding_cost, derived, "holding cost", "unit cost times carrying rate")
        return given.holding_cost, []
    worked = f"{number(given.unit_cost)} × {number(given.carrying_rate)} = {number(derived)}"
    return derived, [f"holding cost H = unit cost × carrying rate = {worked}"]


def cost_curve(given: LotInputs, held: float, best: float, marked: float | None, least: float) -> Chart:
    """Return the curves of ordering, holding and total cost around the best quantity; `marked` is another quantity."""
    low, high = best / 4, best * 3
    if marked is not None:
        low, high = min(low, marked), max(high, marked)
    lots = [low * (high / low) ** (place / 31) for place in range(32)]
    ordering = [given.order_cost * given.demand / lot for lot in lots]
    holding = [held * lot / 2 for lot in lots]
    total = [one + other for one, other in zip(ordering, holding, strict=True)]
    marks = [Mark(x=best, y=least, text=f"least cost at {number(best)}")]
    if marked is not None:
        at = given.order_cost * given.demand / marked + held * marked / 2
        marks.append(Mark(x=marked, y=at, text=f"at {number(marked)}: {number(at)}"))
    return Chart(
        kind="line",
        title="Cost of order quantities",
        x_label="order quantity (units)",
        y_label=f"{given.money} a {given.period}",
        series=[
            Series(name="ordering and holding", x=lots, y=total),
            Series(name="ordering", x=lots, y=ordering, style="dashed"),
            Series(name="holding", x=lots, y=holding, style="dotted"),
        ],
        marks=marks,
        summary=f"Cost is least, {number(least)} {given.money} a {given.period}, at {number(best)} units, and flat "
        "around it.",
    )


class EoqInputs(LotInputs):
    """As for any lot, with a lead time for the reorder point, a quantity to compare, and a base for regular cycles."""

    order_quantity: float | None = quantity(
        ORDER_QUANTITY.also("current order quantity", "we order now", "currently ordering", "today we order"),
        default=None,
        gt=0,
    )
    lead_time: float | None = quantity(LEAD_TIME, default=None, ge=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)
    base_period: float | None = quantity(
        Spoken(
            "base period",
            "period",
            words=("base period", "power of two", "power-of-two", "base planning period", "base cycle",
                   "order interval multiple of", "Basisperiode"),
            symbols=("T_B",),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


def _eoq_chart(given: EoqInputs, outcome: Outcome) -> Chart:
    held, _ = held_at(given)
    return cost_curve(given, held, outcome.value, given.order_quantity, outcome.value * held)


@metric(
    id="economic_order_quantity",
    name="Economic order quantity",
    aliases=("EOQ", "optimal order quantity", "economic lot size", "optimal lot size", "best order size",
             "economic order qty", "economical order quantity", "optimum order quantity", "optimal order size",
             "ideal order quantity", "ideal lot size", "best order quantity", "best lot size", "best quantity to order",
             "cheapest order quantity", "optimal batch size", "how much to order", "how much should we order at a time",
             "order size is optimal", "what order size", "Wilson formula", "Andler formula", "optimale Bestellmenge",
             "wirtschaftliche Losgröße", "optimale Losgröße", "Andler-Formel", "nach Andler",
             "Andlersche Formel", "Harris formula", "Wilson lot size", "Harris-Wilson", "order lot size",
             "optimal lot", "optimal order lot", "wirtschaftliche Bestellmenge", "what lot should I buy",
             "kostenoptimale Bestellmenge"),
    family=FAMILY,
    unit="item",
    formula=r"Q^{*} = \sqrt{\frac{2\,D\,S}{H}}",
    source=HARRIS,
    note="Economic order quantity",
    published=(
        Published(
            "stockpyl test suite, Example 3.1 of Snyder & Shen, Fundamentals of Supply Chain Theory",
            {"demand": 1300.0, "order_cost": 8.0, "holding_cost": 0.225},
            {"value": 304.0467800264368, "total_cost": 68.41052550594827},
        ),
        Published(
            "formulab test suite, basic EOQ calculation",
            {"demand": 10_000.0, "order_cost": 50.0, "holding_cost": 5.0, "days_in_period": 365.0},
            {"value": 447.21, "orders": 22.36, "days_between_orders": 16.33, "ordering_cost": 1118.03,
             "holding_cost_total": 1118.03},
            0.01,
            absolute=True,
        ),
        Published(
            "MBA course material, operations analytics, assessment question 9 (lead time of 5 of 250 working days)",
            {"demand": 20_000.0, "order_cost": 100.0, "holding_cost": 4.0, "lead_time": 5 / 250,
             "days_in_period": 250.0},
            {"value": 1000.0, "orders": 20.0, "reorder_point": 400.0, "total_cost": 4000.0},
        ),
        Published(
            "Heizer & Render, Operations Management, ch. Inventory Management, Sharp, Inc. (250 working days)",
            {"demand": 1000.0, "order_cost": 10.0, "holding_cost": 0.5, "days_in_period": 250.0},
            {"value": 200.0, "orders": 5.0, "days_between_orders": 50.0, "total_cost": 100.0},
        ),
    ),
    chart=_eoq_chart,
)  # fmt: skip
def economic_order_quantity(given: EoqInputs) -> Outcome:
    """Return the order quantity with the least ordering plus holding cost, in units.

    With a lead time also the reorder point (no safety stock), with another quantity its cost and excess, with a base
    period the power-of-two interval (Roundy 1985: at most 6.1 % dearer; 2 % if the base may be chosen).
    """
    held, steps = held_at(given)
    demand, fixed = given.demand, given.order_cost
    best = math.sqrt(2 * demand * fixed / held)
    least = best * held
    orders, cycle = demand / best, best / demand
    days, assumptions = given.days(given.days_in_period)
    steps += [
        f"Q* = √(2 × D × S / H) = √(2 × {number(demand)} × {number(fixed)} / {number(held)}) = {number(best)}",
        f"orders a {given.period} = D / Q* = {number(demand)} / {number(best)} = {number(orders)}",
        f"days between orders = Q* / D × days = {number(best)} / {number(demand)} × {number(days)} = "
        f"{number(cycle * days)}",
        f"ordering cost = S × D / Q* = {number(fixed)} × {number(demand)} / {number(best)} = {number(fixed * orders)}",
        f"holding cost = H × Q* / 2 = {number(held)} × {number(best)} / 2 = {number(held * best / 2)}",
    ]
    also: dict[str, Value] = {
        "orders": orders,
        "days_between_orders": cycle * days,
        "weeks_between_orders": cycle * weeks_of(given.period, None)[0],
        "total_cost": least,
        "ordering_cost": fixed * orders,
        "holding_cost_total": held * best / 2,
        "average_inventory": best / 2,
        "cycle_time": cycle,
    }
    meaning = (
        f"Order {number(best)} units at a time, about every {plural(cycle * days, 'day')}; ordering and holding "
        "then cost "
        f"{number(least)} {given.money} a {given.period}"
    )
    warnings = _doubts(given, best, cycle)
    if given.unit_cost is not None:
        also["purchase_cost"] = given.unit_cost * demand
        also["total_with_purchases"] = given.unit_cost * demand + least
    if given.lead_time is not None:
        found, step, warning = _reorder_point(given, given.lead_time, best)
        also["reorder_point"] = found
        steps.append(step)
        warnings += warning
        meaning += f"; reorder when stock on hand and on order is down to {number(found)}"
    if given.order_quantity is not None:
        at = fixed * demand / given.order_quantity + held * given.order_quantity / 2
        also |= {"cost_of_order_quantity": at, "excess_cost": at - least, "cost_ratio": at / least}
        lot = number(given.order_quantity)
        worked = f"{number(fixed)} × {number(demand)} / {lot} + {number(held)} × {lot} / 2 = {number(at)}"
        steps.append(f"cost at {lot} = S × D / Q + H × Q / 2 = {worked}")
        meaning += f"; lots of {lot} cost {number(at)}, {percent(at / least - 1)} more"
    if given.base_period is not None:
        found_also, step = _power_of_two(given, given.base_period, held, cycle, least)
        also |= found_also
        steps.append(step)
    return Outcome(
        value=best,
        steps=steps,
        meaning=f"{meaning}.",
        also=also,
        units=UNITS,
        warnings=warnings,
        assumptions=assumptions,
    )


def _doubts(given: EoqInputs, best: float, cycle: float) -> list[str]:
    warnings = []
    if best < 1:
        warnings.append(
            f"The best quantity, {number(best)}, is less than one unit; check the costs, or order single units."
        )
    if cycle > 1 and given.period in ("year", "period"):
        warnings.append(
            f"The lot covers {number(cycle)} {given.period}s of demand; shelf life and ageing may forbid that."
        )
    return warnings


def _reorder_point(given: EoqInputs, lead_time: float, best: float) -> tuple[float, str, list[str]]:
    point = given.demand * lead_time
    warnings = []
    if point > best:
        text = (
            f"The lead time is longer than the time between orders: {number(point)} counts orders under way, not "
            "only stock on hand."
        )
        warnings.append(text)
    shown = f"{number(given.demand)} × {number(lead_time)} = {number(point)}"
    return point, f"reorder point = D × lead time = {shown}, without safety stock", warnings


def _power_of_two(
    given: EoqInputs, base: float, held: float, cycle: float, least: float
) -> tuple[dict[str, float], str]:
    """Return the cheapest interval of 1, 2, 4, ... (or 1/2, 1/4, ...) base periods, and the step."""

    def cost(interval: float) -> float:
        return given.order_cost / interval + held * given.demand * interval / 2

    if cycle / base == 0:
        raise OverflowError("the cycle is too short for the base period")
    exponent = math.floor(math.log2(cycle / base))
    interval = min((base * 2.0**exponent, base * 2.0 ** (exponent + 1)), key=cost)
    found = {
        "power_of_two_interval": interval,
        "power_of_two_quantity": given.demand * interval,
        "power_of_two_cost": cost(interval),
        "power_of_two_ratio": cost(interval) / least,
    }
    worked = (
        f"{number(interval / base)} × {number(base)} = {number(interval)} {given.period}s, cost "
        f"{number(cost(interval))}"
    )
    return found, f"power-of-two interval nearest to {number(cycle)} = {worked}"
