"""The best single order for uncertain demand when leftovers lose value, with normal demand."""

from collections.abc import Callable
from dataclasses import dataclass

from tools.metrics.books import SILVER
from tools.metrics.families.newsvendor_costs import FAMILY, CostInputs, Costs, costs_of
from tools.metrics.given import quantity
from tools.metrics.loss import shortage, z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import DEMAND, DEMAND_SD, ORDER_QUANTITY

MEAN = DEMAND.also(
    "mean demand",
    "mean",
    "expected demand",
    "average",
    "forecast",
    "averaging",
    "expect to sell",
    "Mittelwert",
    "im Mittel",
    "im Durchschnitt",
    label="mean demand",
    symbols=("μ", "mu", "D", "d"),
)
SD = DEMAND_SD.also(label="standard deviation of demand")
ORDERED = ORDER_QUANTITY.also("if we order", "ordering", "we buy", label="order quantity to evaluate")
POINTS = 36
WIDE = 0.5


@dataclass(frozen=True)
class Evaluated:
    """An order as it turns out on average."""

    quantity: float
    leftover: float
    short: float


def outcome_of(
    given: CostInputs,
    costs: Costs,
    mean: float,
    best: float,
    ordered: float | None,
    short_at: Callable[[float], float],
    *,
    steps: list[str],
    warnings: list[str],
    also: dict[str, Value] | None = None,
) -> Outcome:
    """Put a newsvendor's answer together: the best order, and what it or the order asked about brings on average."""
    order = _evaluated(best if ordered is None else ordered, mean, short_at)
    mismatch = costs.mismatch(order.leftover, order.short)
    results: dict[str, Value] = {
        "critical_ratio": costs.ratio,
        "underage_cost": costs.under,
        "overage_cost": costs.over,
        **(also or {}),
        "evaluated_quantity": order.quantity,
        "expected_cost": mismatch,
        "expected_leftover": order.leftover,
        "expected_shortage": order.short,
        "expected_sales": mean - order.short,
    }
    if mean > 0:
        results["fill_rate"] = 1 - order.short / mean
    lines = [
        f"expected shortage at {number(order.quantity)} = {number(order.short)}; expected leftover = "
        f"{number(order.quantity)} - {number(mean)} + {number(order.short)} = {number(order.leftover)}",
        f"expected cost = Co × leftover + Cu × shortage = {number(costs.over)} × {number(order.leftover)} + "
        f"{number(costs.under)} × {number(order.short)} = {number(mismatch)}",
    ]
    profit = costs.profit(mean, mismatch)
    if profit is not None and costs.margin is not None:
        results["expected_profit"] = profit
        lines.append(
            f"expected profit = (price - cost) × mean demand - expected cost = {number(costs.margin)} × "
            f"{number(mean)} - {number(mismatch)} = {number(profit)}"
        )
    reached = (also or {}).get("in_stock_probability", costs.ratio)
    probability = percent(reached if isinstance(reached, float) else costs.ratio)
    meaning = f"Order {number(best)}: then all demand is met with a probability of about {probability}"
    meaning += (
        f", which pays best when a missed sale costs {number(costs.under)} and a leftover "
        f"{number(costs.over)} {given.money}."
    )
    if ordered is not None:
        at_best = _evaluated(best, mean, short_at)
        best_cost = costs.mismatch(at_best.leftover, at_best.short)
        results["best_expected_cost"] = best_cost
        best_profit = costs.profit(mean, best_cost)
        if best_profit is not None:
            results["best_expected_profit"] = best_profit
        meaning += (
            f" Ordering {number(ordered)} instead costs {number(mismatch - best_cost)} {given.money} more on average"
            f" ({number(mismatch)} against {number(best_cost)})."
        )
    elif profit is not None:
        meaning += f" Expected profit is {number(profit)} {given.money}."
        if profit < 0:
            warnings = [*warnings, "Even the best order loses money on average, goodwill counted."]
    units = dict.fromkeys(("evaluated_quantity", "expected_leftover", "expected_shortage", "expected_sales"), "item")
    units |= {name: "money" for name in results if name.endswith(("expected_cost", "expected_profit"))}
    units |= {
        "underage_cost": "money/item",
        "overage_cost": "money/item",
        "critical_ratio": "fraction",
        "fill_rate": "fraction",
    }
    return Outcome(
        value=best,
        steps=[*costs.steps, *steps, *lines],
        meaning=meaning,
        also=results,
        units={name: unit for name, unit in units.items() if name in results},
        warnings=[*costs.warnings, *warnings],
        assumptions=costs.assumptions,
    )


def curve(
    costs: Costs,
    mean: float,
    low: float,
    high: float,
    best: float,
    short_at: Callable[[float], float],
    money: str,
    *,
    whole: bool = False,
) -> Chart:
    """Draw expected profit, or cost where prices are not known, over the order quantity."""
    orders = [low + (high - low) * step / (POINTS - 1) for step in range(POINTS)]
    if whole:
        orders = sorted({float(round(order)) for order in orders})
    results = [_result(costs, mean, order, short_at) for order in orders]
    name = "expected cost" if costs.margin is None else "expected profit"
    at_best = _result(costs, mean, best, short_at)
    worst = orders[(max if costs.margin is None else min)(range(len(orders)), key=results.__getitem__)]
    return Chart(
        kind="line",
        title=f"{name[0].upper()}{name[1:]} by order quantity",
        x_label="order quantity (units)",
        y_label=f"{name} ({money})",
        series=[Series(name=name, x=orders, y=results)],
        marks=[Mark(x=best, y=at_best, text=f"best order: {number(best)}")],
        summary=(
            f"The {name} is best at an order of {number(best)}, {number(at_best)}, and worst of those drawn at "
            f"{number(worst)}."
        ),
    )


def _evaluated(order: float, mean: float, short_at: Callable[[float], float]) -> Evaluated:
    short = short_at(order)
    return Evaluated(order, max(0.0, order - mean + short), short)


def _result(costs: Costs, mean: float, order: float, short_at: Callable[[float], float]) -> float:
    evaluated = _evaluated(order, mean, short_at)
    mismatch = costs.mismatch(evaluated.leftover, evaluated.short)
    profit = costs.profit(mean, mismatch)
    return mismatch if profit is None else profit


class NewsvendorInputs(CostInputs):
    """Costs, and the mean and standard deviation of demand over the selling season."""

    demand_mean: float = quantity(MEAN.also("mean of", "normal with mean", "normally distributed with mean",
        "mean of demand", "demand averages", "averages", "demand averaging", "demand about", "demand around",
        "forecast of", "on average", "Nachfrage im Mittel", "Erwartungswert", "mittlere Nachfrage",
        "durchschnittliche Nachfrage"), ge=0)  # fmt: skip
    demand_sd: float = quantity(SD, ge=0)
    order_quantity: float | None = quantity(ORDERED, default=None, ge=0)


def _chart(given: NewsvendorInputs, outcome: Outcome) -> Chart:
    mean, sd = given.demand_mean, given.demand_sd
    reach = 3 * sd or mean or 1.0
    low = max(0.0, min(mean - reach, outcome.value))
    high = max(mean + reach, outcome.value, given.order_quantity or 0.0)
    return curve(costs_of(given), mean, low, high, outcome.value, lambda order: shortage(order, mean, sd), given.money)


@metric(
    id="newsvendor",
    name="Newsvendor order quantity",
    aliases=("newsvendor", "newsvendor quantity", "newsboy", "newsboy problem", "newsvendor problem",
             "single period order quantity",
             "newsvendor with normal demand", "order quantity for normally distributed demand", "single-period model",
             "optimal order quantity for one season", "how many to order for the season", "best one-time order",
             "expected profit of the order",
             "newsvendor profit", "Zeitungsjungenproblem", "Zeitungsverkäuferproblem", "Newsvendor-Menge",
             "Zeitungsjunge", "Zeitungsverkäufer", "Newsboy", "newsboy model", "Zeitungsjungen-Modell"),
    family=FAMILY,
    unit="item",
    formula=r"Q^* = \mu + z\,\sigma, \qquad z = \Phi^{-1}\!\left(\frac{C_u}{C_u + C_o}\right)",
    source=f"{SILVER}, ch. 10.",
    note="Newsvendor model",
    chart=_chart,
    published=(
        Published(
            "stockpyl README example",
            {"overage_cost": 2.0, "underage_cost": 18.0, "demand_mean": 120.0, "demand_sd": 10.0},
            {"value": 132.815515655446, "expected_cost": 35.09966638649737},
        ),
        Published(
            "stockpyl test suite, Problem 4.1 of Snyder & Shen (2019), Fundamentals of Supply Chain Theory, at a "
            "given order",
            {"overage_cost": 43.0, "underage_cost": 79.0, "demand_mean": 900.0, "demand_sd": 60.0,
            "order_quantity": 1040.0},
            {"expected_cost": 6044.298415188692},
        ),
        Published(
            "stockpyl test suite, Problem 4.3(b) of Snyder & Shen (2019), with holding and stockout cost",
            {"selling_price": 7.0, "purchase_cost": 2.5, "salvage_value": 1.5, "demand_mean": 50.0, "demand_sd": 10.0,
             "extra_holding_cost": 1.0, "goodwill_penalty": 5.0},
            {"value": 59.388143168769034, "expected_profit": 195.4729310431908},
        ),
        Published(
            "Furr's calendars, a worked exercise (brainmass.com); the order is rounded to whole calendars",
            {"selling_price": 9.5, "purchase_cost": 4.25, "salvage_value": 2.0, "demand_mean": 250.0, "demand_sd": 40.0,
             "goodwill_penalty": 1.5},
            {"critical_ratio": 0.75, "value": 277.0},
            within=0.5,
            absolute=True,
        ),
        Published(
            "stockpyl documentation, Example 4.3 of Snyder & Shen (2019)",
            {"overage_cost": 0.18, "underage_cost": 0.70, "demand_mean": 50.0, "demand_sd": 8.0},
            {"value": 56.60395592743389, "expected_cost": 1.9976051931766445},
        ),
    ),
)  # fmt: skip
def newsvendor(given: NewsvendorInputs) -> Outcome:
    """Return the order, in units, at which the probability of meeting all demand equals the critical ratio.

    With an order quantity to evaluate, the expected cost, profit, shortage and leftover are those of that order.
    Prices at which no unit earns anything or leftovers lose nothing are refused.
    """
    costs = costs_of(given)
    mean, sd = given.demand_mean, given.demand_sd
    z = z_of(costs.ratio)
    best = mean + z * sd
    steps = [
        f"z = normal quantile of {number(costs.ratio)} = {number(z)}",
        f"order = mean + z × sd = {number(mean)} + {number(z)} × {number(sd)} = {number(best)}",
    ]
    warnings = []
    if sd > WIDE * mean:
        warnings.append(
            f"The standard deviation is {percent(sd / mean) if mean else 'large'} of the mean, so a normal curve "
            "would have negative demand; a lognormal, gamma or Poisson demand fits better."
        )
    if best < 0:
        warnings.append(f"The formula gives {number(best)}; an order cannot be below 0.")
        best = 0.0
    return outcome_of(
        given, costs, mean, best, given.order_quantity, lambda order: shortage(order, mean, sd),
        steps=steps, warnings=warnings, also={"z": z, "extra_over_mean": best - mean},
    )  # fmt: skip
