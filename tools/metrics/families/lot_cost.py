"""What ordering in lots costs: the cost of any quantity, and how flat the cost is around the best one."""

import math

from tools.metrics.books import SNYDER
from tools.metrics.families.lot_sizing import FAMILY, HARRIS, UNITS, LotInputs, cost_curve, held_at
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import ORDER_QUANTITY

FLAT = 0.05


class QuantityCostInputs(LotInputs):
    """As for any lot, with the quantity whose cost is asked."""

    order_quantity: float = quantity(
        ORDER_QUANTITY.also("at a time", "each time", "every time", "to order", "if we order", "ordering in lots of"),
        gt=0,
    )


def _quantity_chart(given: QuantityCostInputs, outcome: Outcome) -> Chart:  # noqa: ARG001 - charts get both
    held, _ = held_at(given)
    best = math.sqrt(2 * given.demand * given.order_cost / held)
    return cost_curve(given, held, best, given.order_quantity, best * held)


@metric(
    id="order_quantity_cost",
    name="Cost of an order quantity",
    aliases=("cost of a lot size", "cost of ordering in lots", "annual ordering and holding cost",
             "total inventory cost", "ordering plus holding cost", "ordering and holding cost",
             "annual inventory cost", "relevant cost of a quantity",
             "Kosten der Bestellmenge", "Kosten der Losgröße", "total annual inventory cost",
             "cost of ordering and holding", "annual cost of ordering", "total relevant cost",
             "Bestell- und Lagerkosten", "Bestell- plus Lagerkosten", "Gesamtkosten der Bestellmenge"),
    family=FAMILY,
    unit="money/period",
    formula=r"TC(Q) = S\,\frac{D}{Q} + H\,\frac{Q}{2}",
    source=HARRIS,
    note="Economic order quantity",
    published=(
        Published(
            "Heizer & Render, Operations Management, ch. Inventory Management, Sharp, Inc. with demand of 1,500",
            {"demand": 1500.0, "order_cost": 10.0, "holding_cost": 0.5, "order_quantity": 200.0},
            {"value": 125.0},
        ),
    ),
    chart=_quantity_chart,
)  # fmt: skip
def order_quantity_cost(given: QuantityCostInputs) -> Outcome:
    """Return what ordering and holding cost at a given order quantity, in money a period, beside the least possible."""
    held, steps = held_at(given)
    lot = given.order_quantity
    ordering, holding = given.order_cost * given.demand / lot, held * lot / 2
    total = ordering + holding
    best = math.sqrt(2 * given.demand * given.order_cost / held)
    least = best * held
    steps += [
        f"ordering cost = S × D / Q = {number(given.order_cost)} × {number(given.demand)} / {number(lot)} = "
        f"{number(ordering)}",
        f"holding cost = H × Q / 2 = {number(held)} × {number(lot)} / 2 = {number(holding)}",
        f"total = ordering + holding = {number(ordering)} + {number(holding)} = {number(total)}",
    ]
    extra = total / least - 1
    verdict = (
        "practically the least possible"
        if extra <= FLAT
        else f"{percent(extra)} more than the best lot of {number(best)}"
    )
    also: dict[str, Value] = {
        "ordering_cost": ordering,
        "holding_cost_total": holding,
        "orders": given.demand / lot,
        "economic_order_quantity": best,
        "least_cost": least,
        "excess_cost": total - least,
        "cost_ratio": total / least,
    }
    if given.unit_cost is not None:
        also["total_with_purchases"] = given.unit_cost * given.demand + total
    return Outcome(
        value=total,
        steps=steps,
        meaning=f"Lots of {number(lot)} cost {number(total)} {given.money} a {given.period}, {verdict}.",
        also=also,
        units=UNITS,
    )


class SensitivityInputs(Given):
    """A quantity beside the best one, or the factor by which a quantity or a cost figure is wrong."""

    either = (either(("order_quantity", "optimal_quantity"), "quantity_ratio", "estimate_ratio"),)

    order_quantity: float | None = quantity(ORDER_QUANTITY, default=None, gt=0)
    optimal_quantity: float | None = quantity(
        Spoken(
            "optimal quantity",
            "item",
            words=("optimal quantity", "EOQ", "optimum", "economic order quantity", "instead of", "best quantity",
                   "optimale Bestellmenge"),
            symbols=("Q*",),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    quantity_ratio: float | None = quantity(
        Spoken(
            "quantity over the optimum",
            "",
            words=("quantity over the optimum", "times the EOQ", "times the optimum", "times the optimal quantity",
                   "ratio", "quantity ratio",
                   "factor of the EOQ"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    estimate_ratio: float | None = quantity(
        Spoken(
            "estimated over true value of a cost or of demand",
            "",
            words=("estimate ratio", "wrong by a factor", "estimated over true", "off by a factor",
                   "times the true cost", "overestimated by", "estimated too high by", "times too high", "off by"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


def _flat_chart(given: SensitivityInputs, outcome: Outcome) -> Chart:  # noqa: ARG001 - charts get both
    ratios = [0.3 * 10 ** (place / 31) for place in range(32)]
    ratio = float(outcome.also["quantity_ratio"])  # type: ignore[arg-type]
    return Chart(
        kind="line",
        title="How flat the cost is",
        x_label="quantity / best quantity",
        y_label="cost / least cost",
        series=[Series(name="cost ratio", x=ratios, y=[(one + 1 / one) / 2 for one in ratios])],
        marks=[Mark(x=ratio, y=outcome.value, text=f"{number(ratio)}: {number(outcome.value)}")],
        summary=f"At {number(ratio)} times the best quantity, cost is {number(outcome.value)} times the least.",
    )


@metric(
    id="eoq_sensitivity",
    name="Sensitivity of the economic order quantity",
    aliases=("EOQ sensitivity", "cost penalty of a wrong order quantity", "EOQ robustness",
             "cost ratio to the optimum", "how sensitive is the EOQ", "lot size deviation",
             "Sensitivität der Bestellmenge"),
    family=FAMILY,
    unit="",
    formula=r"\frac{TC(Q)}{TC(Q^{*})} = \frac{1}{2}\left(\frac{Q}{Q^{*}} + \frac{Q^{*}}{Q}\right)",
    source=f"{SNYDER}, ch. 3.",
    note="Economic order quantity",
    published=(
        Published(
            "inventorize package for R, example of eoqsenstivity",
            {"order_quantity": 5400.0, "optimal_quantity": 6000.0},
            {"value": 1.0055555555555555},
        ),
    ),
    chart=_flat_chart,
)  # fmt: skip
def eoq_sensitivity(given: SensitivityInputs) -> Outcome:
    """Return ordering plus holding cost at a quantity over the least one, a plain number of at least 1.

    A cost figure or a demand that is wrong by a factor r moves the quantity by the square root of r.
    """
    steps = []
    if given.order_quantity is not None and given.optimal_quantity is not None:
        ratio = given.order_quantity / given.optimal_quantity
        steps.append(f"Q / Q* = {number(given.order_quantity)} / {number(given.optimal_quantity)} = {number(ratio)}")
    elif given.quantity_ratio is not None:
        ratio = given.quantity_ratio
    elif given.estimate_ratio is not None:
        ratio = math.sqrt(given.estimate_ratio)
        steps.append(f"Q / Q* = √(estimated / true value) = √({number(given.estimate_ratio)}) = {number(ratio)}")
    else:  # pragma: no cover - compute asks for an alternative before
        raise Refusal("order_quantity", "a quantity and the best one are needed")
    value = (ratio + 1 / ratio) / 2
    steps.append(
        f"cost / least cost = (Q/Q* + Q*/Q) / 2 = ({number(ratio)} + {number(1 / ratio)}) / 2 = {number(value)}"
    )
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"That quantity costs {percent(value - 1)} more than the best one"
        + ("; such a deviation hardly matters." if value - 1 <= FLAT else "."),
        also={"quantity_ratio": ratio, "excess": value - 1},
        units={"excess": "fraction"},
        warnings=["Purchase prices are left out: a discount can make another quantity cheaper."]
        if value - 1 > FLAT
        else [],
    )
