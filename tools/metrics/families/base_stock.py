"""Base stock: the level kept by ordering what is used, of least cost or for a service level."""

import math
from typing import ClassVar

from tools.metrics.books import SNYDER
from tools.metrics.given import Either, Given, either, quantity
from tools.metrics.loss import above, below, poisson_at_most, poisson_quantile, poisson_shortage, shortage, z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import (
    BACKORDER_COST,
    DEMAND,
    DEMAND_SD,
    HOLDING_COST,
    LEAD_TIME,
    ORDER_QUANTITY,
    REVIEW_PERIOD,
    SERVICE_LEVEL,
)

FAMILY = "Reorder policies"
MOST_POISSON = 1e8
BASE_STOCK = ORDER_QUANTITY.also(
    "base stock level", "base-stock level", "order up to", "order-up-to level", "target stock", "Sollbestand",
    label="base-stock level to evaluate", symbols=("S",),
)  # fmt: skip
MEAN = DEMAND.also(symbols=("D", "d", "μ", "mu", "λ"))
HOLDING = HOLDING_COST.also("overage cost", because="", symbols=("h", "H", "Ch", "Co"))
BACKORDER = BACKORDER_COST.also("underage cost", "backorder penalty", "stockout penalty", symbols=("b", "p", "π", "Cu"))


class BaseStockGiven(Given):
    """Costs of holding and of waiting customers, and the time that a base stock covers."""

    either: ClassVar[tuple[Either, ...]] = (either(("holding_cost", "backorder_cost"), "service_level"),)

    demand_mean: float = quantity(MEAN, gt=0)
    lead_time: float | None = quantity(LEAD_TIME, default=None, ge=0, assumed="no lead time")
    review_period: float | None = quantity(
        REVIEW_PERIOD, default=None, ge=0, assumed="stock is watched all the time (no review period)"
    )
    holding_cost: float | None = quantity(HOLDING, default=None, gt=0)
    backorder_cost: float | None = quantity(BACKORDER, default=None, gt=0)
    service_level: float | None = quantity(SERVICE_LEVEL, default=None, gt=0, lt=1)
    base_stock_level: float | None = quantity(BASE_STOCK, default=None)


def _target(given: BaseStockGiven) -> tuple[float, float, list[str]]:
    """Return the time to cover, the probability of no stockout that is aimed at, and how they come about."""
    lead, review = given.lead_time or 0.0, given.review_period or 0.0
    time = lead + review
    if time <= 0:
        raise Refusal(
            "lead_time",
            (
                "with neither a lead time nor a review period every demand can be ordered when it comes, and no stock "
                "is needed"
            ),
        )
    steps = [f"time to cover = lead time + review period = {number(lead)} + {number(review)} = {number(time)}"]
    if given.holding_cost is None or given.backorder_cost is None:
        return time, given.service_level or 0.0, steps
    if given.service_level is not None:
        raise Refusal(
            "service_level", "costs already set the best service level; leave out either the service level or the costs"
        )
    ratio = given.backorder_cost / (given.backorder_cost + given.holding_cost)
    steps.append(
        f"critical ratio = backorder cost / (backorder + holding cost) = {number(given.backorder_cost)} / "
        f"({number(given.backorder_cost)} + {number(given.holding_cost)}) = {number(ratio)}"
    )
    return time, ratio, steps


def _outcome(
    given: BaseStockGiven,
    mean: float,
    best: float,
    ratio: float,
    reached: float,
    short: float,
    short_best: float,
    steps: list[str],
    also: dict[str, Value],
    warnings: list[str],
) -> Outcome:
    """Put the answer of a base-stock metric together; `short` is the expected shortage at the level asked about."""
    level = best if given.base_stock_level is None else given.base_stock_level
    results: dict[str, Value] = {
        "critical_ratio": ratio,
        "lead_time_demand_mean": mean,
        "safety_stock": best - mean,
        "expected_on_hand": max(0.0, level - mean + short),
        "expected_backorders": short,
        **also,
    }
    units = dict.fromkeys(("lead_time_demand_mean", "safety_stock", "expected_on_hand", "expected_backorders"), "item")
    units |= dict.fromkeys(("critical_ratio", "in_stock_probability", "stockout_probability"), "fraction")
    units["lead_time_demand_sd"] = "item"
    meaning = (
        f"Keep stock on hand and on order at {number(best)} units by ordering what is used: all demand is "
        f"then met from stock with a probability of about {percent(reached)}."
    )
    if given.holding_cost is not None and given.backorder_cost is not None:
        on_hand = max(0.0, level - mean + short)
        cost = given.holding_cost * on_hand + given.backorder_cost * short
        results["expected_cost"], units["expected_cost"] = cost, "money/period"
        steps.append(
            f"expected cost = holding × {number(on_hand)} on hand + backorder × {number(short)} waiting = "
            f"{number(given.holding_cost)} × {number(on_hand)} + "
            f"{number(given.backorder_cost)} × {number(short)} = {number(cost)}"
        )
        if given.base_stock_level is None:
            meaning += (
                f" Stock and waiting customers then cost {number(cost)} {given.money} a {given.period}, the "
                "least possible."
            )
        else:
            least = given.holding_cost * max(0.0, best - mean + short_best) + given.backorder_cost * short_best
            results["best_expected_cost"], units["best_expected_cost"] = least, "money/period"
            meaning += (
                f" At {number(level)} it costs {number(cost)} {given.money} a {given.period}, against "
                f"{number(least)} at best."
            )
    return Outcome(
        value=best,
        steps=steps,
        meaning=meaning,
        also=results,
        units={name: unit for name, unit in units.items() if name in results},
        warnings=warnings,
    )


class BaseStockInputs(BaseStockGiven):
    """A base stock for normal demand."""

    demand_sd: float = quantity(DEMAND_SD, ge=0)


@metric(
    id="base_stock_level",
    name="Base-stock level",
    aliases=("base stock level", "base-stock level", "base stock", "one-for-one replenishment level",
             "optimal base stock", "Basisbestand"),
    family=FAMILY,
    unit="item",
    formula=r"S = \mu\,(L + R) + \Phi^{-1}\!\left(\frac{b}{b + h}\right)\sigma\sqrt{L + R}",
    source=f"{SNYDER}, ch. 4.",
    note="Min-max policy",
    published=(
        Published(
            "stockpyl documentation, Example 4.3 of Snyder & Shen (2019)",
            {"holding_cost": 0.18, "backorder_cost": 0.70, "demand_mean": 50.0, "demand_sd": 8.0, "review_period": 1.0},
            {"value": 56.60395592743389, "expected_cost": 1.9976051931766445},
        ),
    ),
)  # fmt: skip
def base_stock_level(given: BaseStockInputs) -> Outcome:
    """Return the base stock, in units, of least expected cost (or for a service level), for normal demand.

    Unmet demand waits. The level covers lead time and review period; with both 0 it is refused, as are costs and a
    service level together. With a level to evaluate, the cost is that level's.
    """
    time, ratio, steps = _target(given)
    mean, sigma = given.demand_mean * time, given.demand_sd * math.sqrt(time)
    z = z_of(ratio)
    best = mean + z * sigma
    level = best if given.base_stock_level is None else given.base_stock_level
    steps += [
        (
            f"average demand = {number(given.demand_mean)} × {number(time)} = {number(mean)}; σ = "
            f"{number(given.demand_sd)} × √{number(time)} = {number(sigma)}"
        ),
        f"level = average + z × σ = {number(mean)} + {number(z)} × {number(sigma)} = {number(best)}",
    ]
    warnings = (
        [f"Demand over the time to cover varies by {percent(sigma / mean)} of its mean; a normal curve fits badly."]
        if sigma > mean / 2
        else []
    )
    also: dict[str, Value] = {"z": z, "lead_time_demand_sd": sigma}
    if sigma > 0:
        also["in_stock_probability"] = below((level - mean) / sigma)
        also["stockout_probability"] = above((level - mean) / sigma)
    return _outcome(
        given,
        mean,
        best,
        ratio,
        ratio,
        shortage(level, mean, sigma),
        shortage(best, mean, sigma),
        steps,
        also,
        warnings,
    )


class PoissonBaseStockInputs(BaseStockGiven):
    """A base stock for Poisson demand."""


@metric(
    id="base_stock_poisson",
    name="Base-stock level, Poisson demand",
    aliases=("base stock with Poisson demand", "Poisson base stock", "base stock for slow movers",
             "spare parts base stock", "(S-1,S) policy",
             "Grundbestand bei Poisson-Nachfrage"),
    family=FAMILY,
    unit="item",
    formula=r"S = \min\left\{S : F_{\lambda(L + R)}(S) \ge \frac{b}{b + h}\right\}",
    source=f"{SNYDER}, ch. 4.",
    note="Min-max policy",
    published=(
        Published(
            "stockpyl test suite, Problem 4.19 of Snyder & Shen (2019): Poisson mean over lead time and one period "
            "= 90",
            {"holding_cost": 0.08, "backorder_cost": 1.25, "demand_mean": 18.0, "lead_time": 4.0, "review_period": 1.0},
            {"value": 105.0, "expected_cost": 1.5450188691551778},
        ),
    ),
)  # fmt: skip
def base_stock_poisson(given: PoissonBaseStockInputs) -> Outcome:
    """Return the base stock, in whole units, of least expected cost (or for a service level), for Poisson demand.

    Refuses what `base_stock_level` refuses, over 100 million units of demand to cover, and levels that are not whole.
    """
    time, ratio, steps = _target(given)
    mean = given.demand_mean * time
    if mean > MOST_POISSON:
        raise Refusal(
            "demand_mean", f"a demand of {number(mean)} to cover is as good as normal", instead="base_stock_level"
        )
    if given.base_stock_level is not None and given.base_stock_level != math.floor(given.base_stock_level):
        raise Refusal(
            "base_stock_level",
            f"Poisson demand comes in whole units, but the level is {number(given.base_stock_level)}",
        )
    best = poisson_quantile(ratio, mean)
    level = float(best) if given.base_stock_level is None else given.base_stock_level
    steps += [
        f"average demand = {number(given.demand_mean)} × {number(time)} = {number(mean)}",
        f"F({number(best)}) = {number(poisson_at_most(best, mean))} is the first that reaches {number(ratio)}",
    ]
    also: dict[str, Value] = {"in_stock_probability": poisson_at_most(level, mean)}
    warnings = ["The best level is 0: the item is better ordered when somebody wants it."] if best == 0 else []
    return _outcome(
        given,
        mean,
        float(best),
        ratio,
        poisson_at_most(best, mean),
        poisson_shortage(level, mean),
        poisson_shortage(best, mean),
        steps,
        also,
        warnings,
    )
