"""Economic lots beyond the plain case: shortages allowed at a price, and lots that are made while they are used."""

import math

from tools.metrics.books import SNYDER
from tools.metrics.families.inventory_levels import weeks_of
from tools.metrics.families.lot_sizing import FAMILY, UNITS, LotInputs, held_at
from tools.metrics.given import Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, plural
from tools.metrics.vocabulary import BACKORDER_COST, DAYS_IN_PERIOD, ORDER_QUANTITY

DEEP = 0.3

_QUANTITY = ORDER_QUANTITY.also(
    "current lot", "we make lots of", "production quantity", "production lot", "Fertigungslos"
)


class BackorderInputs(LotInputs):
    """As for any lot, with the cost of a unit backordered for a period, and a policy to compare."""

    backorder_cost: float = quantity(
        BACKORDER_COST.also(
            "a backorder costs",
            "backorder costs",
            "penalty of",
            "shortage",
            "backlog cost",
            because="if waiting cost nothing, no stock would be held at all",
        ),
        gt=0,
    )
    order_quantity: float | None = quantity(ORDER_QUANTITY, default=None, gt=0)
    stockout_fraction: float | None = quantity(
        Spoken(
            "backordered share",
            "fraction",
            words=("backordered share", "stockout fraction", "share backordered", "fraction backordered",
                   "share that waits", "backordered fraction", "Fehlmengenanteil"),
            symbols=("x",),
        ),
        default=None,
        ge=0,
        le=1,
    )  # fmt: skip


def _policy_cost(given: BackorderInputs, held: float, lot: float, share: float) -> float:
    """Return the cost a period of a lot of which a share is backordered."""
    waiting = held * (1 - share) ** 2 + given.backorder_cost * share**2
    return given.order_cost * given.demand / lot + waiting * lot / 2


def _backorder_chart(given: BackorderInputs, outcome: Outcome) -> Chart:
    held, _ = held_at(given)
    share = held / (held + given.backorder_cost)
    lots = [outcome.value / 4 * 12 ** (place / 31) for place in range(32)]
    plain = [given.order_cost * given.demand / lot + held * lot / 2 for lot in lots]
    total = [_policy_cost(given, held, lot, share) for lot in lots]
    least = float(outcome.also["total_cost"])  # type: ignore[arg-type]
    return Chart(
        kind="line",
        title="Cost of order quantities with and without backorders",
        x_label="order quantity (units)",
        y_label=f"{given.money} a {given.period}",
        series=[
            Series(name="with planned backorders", x=lots, y=total),
            Series(name="without", x=lots, y=plain, style="dashed"),
        ],
        marks=[Mark(x=outcome.value, y=least, text=f"least cost at {number(outcome.value)}")],
        summary=f"Cost is least, {number(least)}, at {number(outcome.value)} units.",
    )


@metric(
    id="eoq_with_backorders",
    name="Economic order quantity with planned backorders",
    aliases=("EOQ with backorders", "EOQ with backordering", "EOQ with shortages", "EOQB", "planned shortage model",
             "planned backorders", "EOQ with planned shortages", "EOQ when shortages are allowed",
             "running out is allowed",
             "EOQ with stockouts", "EOQ with planned stockouts", "Bestellmenge mit Fehlmengen"),
    family=FAMILY,
    unit="item",
    formula=r"Q^{*} = \sqrt{\frac{2\,D\,S}{H}}\,\sqrt{\frac{H + B}{B}}, \qquad \frac{\text{backorders}}{Q^{*}} = "
    r"\frac{H}{H + B}",
    source=f"{SNYDER}, ch. 3.5.",
    note="Economic order quantity",
    published=(
        Published(
            "SCperf package for R, example of EOQ with backorders",
            {"demand": 8000.0, "order_cost": 12_000.0, "holding_cost": 0.3, "backorder_cost": 1.1},
            {"value": 28_540.0, "max_backorder": 6116.0, "total_cost": 6727.3},
            0.7,
            absolute=True,
        ),
        Published(
            "stockpyl documentation, Example 3.8 of Snyder & Shen, Fundamentals of Supply Chain Theory",
            {"demand": 1300.0, "order_cost": 8.0, "holding_cost": 0.225, "backorder_cost": 5.0},
            {"value": 310.81255515896464, "stockout_fraction": 0.0430622009569378, "total_cost": 66.92136355097325},
        ),
    ),
    chart=_backorder_chart,
)  # fmt: skip
def eoq_with_backorders(given: BackorderInputs) -> Outcome:
    """Return the order quantity with the least ordering, holding and backorder cost, in units.

    With another quantity, or another backordered share of it, that policy's cost is returned too.
    """
    held, steps = held_at(given)
    penalty = given.backorder_cost
    share = held / (held + penalty)
    best = math.sqrt(2 * given.demand * given.order_cost / held) * math.sqrt((held + penalty) / penalty)
    waiting = share * best
    least = math.sqrt(2 * given.demand * given.order_cost * held) * math.sqrt(penalty / (held + penalty))
    plain = math.sqrt(2 * given.demand * given.order_cost * held)
    root = f"√(2 × {number(given.demand)} × {number(given.order_cost)} / {number(held)})"
    steps += [
        f"backordered share = H / (H + B) = {number(held)} / ({number(held)} + {number(penalty)}) = {number(share)}",
        f"Q* = √(2 × D × S / H) × √((H + B) / B) = {root} × √({number(held + penalty)} / {number(penalty)}) = "
        f"{number(best)}",
        f"most backordered = share × Q* = {number(share)} × {number(best)} = {number(waiting)}",
        f"cost = √(2 × D × S × H × B / (H + B)) = {number(least)}",
    ]
    also: dict[str, Value] = {
        "max_backorder": waiting,
        "stockout_fraction": share,
        "max_inventory": best - waiting,
        "total_cost": least,
        "orders": given.demand / best,
        "cycle_time": best / given.demand,
        "cost_without_backorders": plain,
        "ordering_cost": given.order_cost * given.demand / best,
        "holding_cost_total": held * (best - waiting) ** 2 / (2 * best),
        "backorder_cost_total": penalty * waiting**2 / (2 * best),
    }
    if given.order_quantity is not None or given.stockout_fraction is not None:
        lot = given.order_quantity if given.order_quantity is not None else best
        other = given.stockout_fraction if given.stockout_fraction is not None else share
        also["cost_of_order_quantity"] = _policy_cost(given, held, lot, other)
        steps.append(
            f"cost at lots of {number(lot)} with {percent(other)} backordered = S × D / Q + (H × (1 - x)² + B × "
            "x²) × Q / 2 = "
            f"{number(_policy_cost(given, held, lot, other))}"
        )
    saved = plain - least
    return Outcome(
        value=best,
        steps=steps,
        meaning=f"Order {number(best)} units and let up to {number(waiting)} of them be waited for; that costs "
        f"{number(least)} "
        f"{given.money} a {given.period}, {number(saved)} less than never running out.",
        also=also,
        units=UNITS
        | {
            "max_backorder": "item",
            "stockout_fraction": "fraction",
            "max_inventory": "item",
            "cost_without_backorders": "money/period",
            "backorder_cost_total": "money/period",
        },
        warnings=[f"{percent(share)} of demand would wait; check that customers do wait, or the backorder cost."]
        if share > DEEP
        else [],
    )


class ProductionInputs(LotInputs):
    """As for any lot, with the rate at which it is made, and a lot to compare."""

    production_rate: float = quantity(
        Spoken(
            "production rate",
            "item/period",
            words=("production rate", "we make", "we produce", "produce", "make", "output", "production capacity",
                   "daily production", "can make", "capacity", "Produktionsrate", "Fertigungsrate",
                   "Produktion", "we can make", "production rate of", "produces", "can produce",
                   "machine makes", "output of", "production", "manufactured at", "line makes", "produzieren",
                   "fertigen", "Fertigungskapazität", "Produktionskapazität", "Produktion von"),
            symbols=("p", "P", "μ"),
        ),
        gt=0,
    )  # fmt: skip
    order_quantity: float | None = quantity(_QUANTITY, default=None, gt=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


def _production_chart(given: ProductionInputs, outcome: Outcome) -> Chart:
    run, cycle = float(outcome.also["run_time"]), float(outcome.also["cycle_time"])  # type: ignore[arg-type]
    peak = float(outcome.also["max_inventory"])  # type: ignore[arg-type]
    times = [part for lot in range(3) for part in (lot * cycle, lot * cycle + run)] + [3 * cycle]
    return Chart(
        kind="line",
        title="Stock over three production runs",
        x_label=f"{given.period}s",
        y_label="units",
        series=[Series(name="stock", x=times, y=[0.0, peak] * 3 + [0.0])],
        summary=f"Stock builds up to {number(peak)} while a lot is made and falls to 0 before the next.",
    )


@metric(
    id="economic_production_quantity",
    name="Economic production quantity",
    aliases=("EPQ", "economic production lot", "economic manufacturing quantity", "EMQ", "production lot size",
             "optimal run size", "best run size", "best batch to make", "optimal production lot",
             "optimal production quantity",
             "production order quantity", "economic batch quantity", "optimales Fertigungslos",
             "wirtschaftliche Fertigungslosgröße", "finite production rate",
             "economic batch with finite production", "finite production", "endliche Produktionsrate",
             "endlicher Produktionsrate", "endliche Produktionsgeschwindigkeit", "optimale Fertigungslosgröße"),
    family=FAMILY,
    unit="item",
    formula=r"Q^{*} = \sqrt{\frac{2\,D\,S}{H\left(1 - \dfrac{d}{p}\right)}}",
    source="Taft, E. W. (1918). The most economical production lot. Iron Age 101, 1410-1412.",
    note="Economic production quantity",
    published=(
        Published(
            "stockpyl test suite, economic production quantity at a given lot",
            {"demand": 1300.0, "order_cost": 8.0, "holding_cost": 0.225, "production_rate": 2000.0,
             "order_quantity": 350.0},
            {"cost_of_order_quantity": 43.495535714285715},
        ),
        Published(
            "stockpyl documentation, economic production quantity",
            {"demand": 1300.0, "order_cost": 8.0, "holding_cost": 0.225, "production_rate": 1700.0},
            {"value": 626.8084945889684, "total_cost": 33.183979125298336},
        ),
        Published(
            "WizEdu question 411: 10 a day used and 100 a day made, over 365 days",
            {"demand": 3650.0, "order_cost": 50.0, "holding_cost": 12.0, "production_rate": 36_500.0},
            {"value": 184.0},
            0.5,
            absolute=True,
        ),
        Published(
            "Heizer & Render, Operations Management, ch. Inventory Management, Nathan Manufacturing (4 used, 8 "
            "made a day)",
            {"demand": 1000.0, "order_cost": 10.0, "holding_cost": 0.5, "production_rate": 2000.0},
            {"value": 282.8},
            0.05,
            absolute=True,
        ),
    ),
    chart=_production_chart,
)  # fmt: skip
def economic_production_quantity(given: ProductionInputs) -> Outcome:
    """Return the production lot with the least setup plus holding cost, in units; part of it leaves while it is made.

    Refuses a production rate that is not above demand.
    """
    if given.production_rate <= given.demand:
        raise Refusal(
            "production_rate",
            f"the production rate {number(given.production_rate)} is not above demand {number(given.demand)} a "
            f"{given.period}, "
            "so the line never stops and no lot size helps",
            instead="capacity_utilization",
        )
    held, steps = held_at(given)
    spare = 1 - given.demand / given.production_rate
    best = math.sqrt(2 * given.demand * given.order_cost / held) / math.sqrt(spare)
    least = best * held * spare
    cycle, run = best / given.demand, best / given.production_rate
    days, assumptions = given.days(given.days_in_period)
    shown = f"√(2 × {number(given.demand)} × {number(given.order_cost)} / ({number(held)} × {number(spare)}))"
    steps += [
        f"1 - d/p = 1 - {number(given.demand)} / {number(given.production_rate)} = {number(spare)}",
        f"Q* = √(2 × D × S / (H × (1 - d/p))) = {shown} = {number(best)}",
        f"highest stock = Q* × (1 - d/p) = {number(best)} × {number(spare)} = {number(best * spare)}",
        f"cost = S × D / Q* + H × (1 - d/p) × Q* / 2 = {number(least / 2)} + {number(least / 2)} = {number(least)}",
    ]
    also: dict[str, Value] = {
        "max_inventory": best * spare,
        "average_inventory": best * spare / 2,
        "total_cost": least,
        "ordering_cost": least / 2,
        "holding_cost_total": least / 2,
        "runs": given.demand / best,
        "days_between_runs": cycle * days,
        "weeks_between_runs": cycle * weeks_of(given.period, None)[0],
        "run_days": run * days,
        "run_time": run,
        "cycle_time": cycle,
    }
    meaning = (
        f"Make {number(best)} units in a run of {plural(run * days, 'day')}, every {plural(cycle * days, 'day')}; "
        "setups and stock "
        f"then cost {number(least)} {given.money} a {given.period}"
    )
    if given.order_quantity is not None:
        at = given.order_cost * given.demand / given.order_quantity + held * spare * given.order_quantity / 2
        also |= {"cost_of_order_quantity": at, "excess_cost": at - least, "cost_ratio": at / least}
        lot = number(given.order_quantity)
        setups = f"{number(given.order_cost)} × {number(given.demand)} / {lot}"
        steps.append(
            f"cost at {lot} = S × D / Q + H × (1 - d/p) × Q / 2 = {setups} + {number(held)} × {number(spare)} × "
            f"{lot} / 2 = {number(at)}"
        )
        meaning += f"; lots of {lot} cost {number(at)}, {percent(at / least - 1)} more"
    return Outcome(
        value=best,
        steps=steps,
        meaning=f"{meaning}.",
        also=also,
        units=UNITS
        | {
            "max_inventory": "item",
            "runs": "order/period",
            "days_between_runs": "day",
            "weeks_between_runs": "week",
            "run_time": "period",
            "run_days": "day",
        },
        assumptions=assumptions,
    )
