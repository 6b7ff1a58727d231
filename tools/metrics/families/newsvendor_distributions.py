"""The newsvendor's best order when demand is lognormal, Poisson or uniform."""

import math
from typing import ClassVar

from tools.metrics.books import SNYDER
from tools.metrics.families.newsvendor import MEAN, ORDERED, SD, curve, outcome_of
from tools.metrics.families.newsvendor_costs import FAMILY, CostInputs, costs_of
from tools.metrics.given import Either, Spoken, either, quantity
from tools.metrics.loss import below, poisson_at_most, poisson_quantile, poisson_shortage, z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal
from tools.metrics.shown import number

MOST_POISSON = 1e8
WHOLE = "Poisson demand comes in whole units"

LOG_MEAN = Spoken(
    "mean of the logarithm of demand",
    "",
    words=("mean of log demand", "log mean", "mean of ln", "ln mean", "mu of the lognormal", "location parameter",
           "mean of the logarithm",
           "Mittelwert des Logarithmus"),
    symbols=("μ", "mu"),
)  # fmt: skip
LOG_SD = Spoken(
    "standard deviation of the logarithm of demand",
    "",
    words=("standard deviation of log demand", "log sd", "sd of ln", "ln sd", "sigma of the lognormal",
           "shape parameter", "sd of the logarithm",
           "Standardabweichung des Logarithmus"),
    symbols=("σ",),
)  # fmt: skip
LOWEST = Spoken(
    "lowest demand",
    "item/period",
    words=("lowest demand", "minimum demand", "demand of at least", "between", "uniform between", "uniform from",
           "demand between", "demand from", "anywhere between", "at least", "from", "min demand", "smallest demand",
           "lower bound", "low", "minimum", "min", "mindestens", "zwischen"),
    symbols=("a",),
)  # fmt: skip
HIGHEST = Spoken(
    "highest demand",
    "item/period",
    words=("highest demand", "maximum demand", "demand of at most", "and", "up to", "to", "at most", "max demand",
           "largest demand", "upper bound", "high", "maximum", "max",
           "höchstens", "und", "bis"),
    symbols=("b",),
)  # fmt: skip


class LognormalInputs(CostInputs):
    """Costs, and demand by mean and deviation, or by those of its logarithm."""

    either: ClassVar[tuple[Either, ...]] = (
        *CostInputs.either,
        either(("demand_mean", "demand_sd"), ("log_mean", "log_sd")),
    )

    demand_mean: float | None = quantity(MEAN.also(symbols=()), default=None, gt=0)
    demand_sd: float | None = quantity(SD.also(symbols=()), default=None, gt=0)
    log_mean: float | None = quantity(LOG_MEAN, default=None, ge=-30, le=30)
    log_sd: float | None = quantity(LOG_SD, default=None, gt=0, le=5)
    order_quantity: float | None = quantity(ORDERED, default=None, ge=0)


def _logarithms(given: LognormalInputs) -> tuple[float, float, list[str]]:
    """Return mean and standard deviation of the logarithm, and how they come about."""
    if given.log_mean is not None and given.log_sd is not None:
        if given.demand_mean is not None and given.demand_sd is not None:
            raise Refusal("log_mean", "demand is given both as it is and by its logarithm; leave one out")
        return given.log_mean, given.log_sd, []
    mean, sd = given.demand_mean or 1.0, given.demand_sd or 1.0
    variance = math.log1p((sd / mean) ** 2)
    location = math.log(mean) - variance / 2
    steps = [
        (
            f"σ of ln demand = √(ln(1 + (sd / mean)²)) = √(ln(1 + ({number(sd)} / {number(mean)})²)) = "
            f"{number(math.sqrt(variance))}"
        ),
        f"mean of ln demand = ln(mean) - σ² / 2 = ln({number(mean)}) - {number(variance)} / 2 = {number(location)}",
    ]
    return location, math.sqrt(variance), steps


def lognormal_shortage(order: float, location: float, scale: float) -> float:
    """Return the expected lognormal demand beyond an order."""
    mean = math.exp(location + scale * scale / 2)
    if order <= 0:
        return mean - order
    z = (math.log(order) - location) / scale
    return max(0.0, mean * below(scale - z) - order * below(-z))


def _lognormal_chart(given: LognormalInputs, outcome: Outcome) -> Chart:
    location, scale, _ = _logarithms(given)
    mean = math.exp(location + scale * scale / 2)
    high = max(math.exp(location + 2.3 * scale), 1.2 * outcome.value, given.order_quantity or 0.0)
    return curve(
        costs_of(given),
        mean,
        0.0,
        high,
        outcome.value,
        lambda order: lognormal_shortage(order, location, scale),
        given.money,
    )


@metric(
    id="newsvendor_lognormal",
    name="Newsvendor order quantity, lognormal demand",
    aliases=("newsvendor with lognormal demand", "lognormal newsvendor", "lognormal demand", "log-normal demand",
             "lognormally distributed demand", "newsboy with lognormal demand", "lognormalverteilte Nachfrage",
             "Newsvendor mit Lognormalverteilung"),
    family=FAMILY,
    unit="item",
    formula=r"Q^* = e^{\mu_{\ln} + z\,\sigma_{\ln}}, \qquad z = \Phi^{-1}\!\left(\frac{C_u}{C_u + C_o}\right)",
    source=f"{SNYDER}, ch. 4.",
    note="Newsvendor model",
    chart=_lognormal_chart,
    published=(
        Published(
            "stockpyl test suite, Problem 4.8(b) of Snyder & Shen (2019)",
            {"overage_cost": 1.0, "underage_cost": 0.1765, "log_mean": 6.0, "log_sd": 0.3},
            {"value": 295.6266448071368, "expected_cost": 29.44254358213529},
            within=1e-5,
        ),
    ),
)  # fmt: skip
def newsvendor_lognormal(given: LognormalInputs) -> Outcome:
    """Return the best single order, in units, when the logarithm of demand is normal (skewed, never negative).

    Demand is given by mean and standard deviation, or by those of its logarithm. Refuses what `critical_ratio` refuses.
    """
    costs = costs_of(given)
    location, scale, steps = _logarithms(given)
    z = z_of(costs.ratio)
    best = math.exp(location + z * scale)
    mean = math.exp(location + scale * scale / 2)
    steps = [
        *steps,
        f"z = normal quantile of {number(costs.ratio)} = {number(z)}",
        f"order = e^({number(location)} + {number(z)} × {number(scale)}) = {number(best)}",
    ]
    return outcome_of(
        given, costs, mean, best, given.order_quantity, lambda order: lognormal_shortage(order, location, scale),
        steps=steps, warnings=[], also={"z": z, "demand_mean": mean, "log_mean": location, "log_sd": scale},
    )  # fmt: skip


class PoissonInputs(CostInputs):
    """Costs, and the mean of Poisson demand."""

    demand_mean: float = quantity(
        MEAN.also(because="a larger mean is as good as normal; use newsvendor"), gt=0, le=MOST_POISSON
    )
    order_quantity: float | None = quantity(ORDERED, default=None, ge=0)


def _poisson_chart(given: PoissonInputs, outcome: Outcome) -> Chart:
    mean = given.demand_mean
    reach = max(3.0, 4 * math.sqrt(mean))
    low = max(0.0, math.floor(min(mean - reach, outcome.value)))
    high = math.ceil(max(mean + reach, outcome.value, given.order_quantity or 0.0))
    return curve(
        costs_of(given),
        mean,
        low,
        high,
        outcome.value,
        lambda order: poisson_shortage(order, mean),
        given.money,
        whole=True,
    )


@metric(
    id="newsvendor_poisson",
    name="Newsvendor order quantity, Poisson demand",
    aliases=("newsvendor with Poisson demand", "Poisson newsvendor", "newsboy with Poisson demand",
             "newsvendor with Poisson distributed demand",
             "newsvendor for slow movers",
             "Newsvendor mit Poisson-Nachfrage"),
    family=FAMILY,
    unit="item",
    formula=r"Q^* = \min\left\{Q : F(Q) \ge \frac{C_u}{C_u + C_o}\right\}, \qquad F(Q) = \sum_{k=0}^{Q} "
            r"\frac{e^{-\lambda}\lambda^k}{k!}",
    source=f"{SNYDER}, ch. 4.",
    note="Newsvendor model",
    chart=_poisson_chart,
    published=(
        Published(
            "stockpyl test suite, Example 4.7 of Snyder & Shen (2019)",
            {"overage_cost": 1.0, "underage_cost": 4.0, "demand_mean": 6.0},
            {"value": 8.0, "expected_cost": 3.570106945770946},
        ),
        Published(
            "stockpyl documentation, Example 4.7 of Snyder & Shen (2019), at a given order",
            {"overage_cost": 1.0, "underage_cost": 4.0, "demand_mean": 6.0, "order_quantity": 5.0},
            {"value": 8.0, "expected_cost": 6.590296024616343},
        ),
    ),
)  # fmt: skip
def newsvendor_poisson(given: PoissonInputs) -> Outcome:
    """Return the best single order, in whole units, for Poisson demand: the smallest that reaches the critical ratio.

    An order quantity to evaluate must be whole. Refuses what `critical_ratio` refuses.
    """
    costs = costs_of(given)
    mean = given.demand_mean
    if given.order_quantity is not None and given.order_quantity != math.floor(given.order_quantity):
        raise Refusal(
            "order_quantity", f"the order quantity must be whole, as {WHOLE}, but it is {number(given.order_quantity)}"
        )
    best = poisson_quantile(costs.ratio, mean)
    reached, short_of = poisson_at_most(best, mean), poisson_at_most(best - 1, mean)
    step = f"F({number(best)}) = {number(reached)} is the first that reaches {number(costs.ratio)}" + (
        f"; F({number(best - 1)}) = {number(short_of)}" if best else ""
    )
    return outcome_of(
        given, costs, mean, float(best), given.order_quantity, lambda order: poisson_shortage(order, mean),
        steps=[step], warnings=[], also={"in_stock_probability": reached},
    )  # fmt: skip


class UniformInputs(CostInputs):
    """Costs, and the ends between which demand is equally likely."""

    demand_low: float = quantity(LOWEST, ge=0)
    demand_high: float = quantity(HIGHEST, gt=0)
    order_quantity: float | None = quantity(ORDERED, default=None, ge=0)


def uniform_shortage(order: float, low: float, high: float) -> float:
    """Return the expected demand beyond an order when demand is equally likely between two ends."""
    if order <= low:
        return (low + high) / 2 - order
    return (high - order) ** 2 / (2 * (high - low)) if order < high else 0.0


def _uniform_chart(given: UniformInputs, outcome: Outcome) -> Chart:
    low, high = given.demand_low, given.demand_high
    end = max(high, given.order_quantity or 0.0)
    return curve(
        costs_of(given),
        (low + high) / 2,
        low,
        end,
        outcome.value,
        lambda order: uniform_shortage(order, low, high),
        given.money,
    )


@metric(
    id="newsvendor_uniform",
    name="Newsvendor order quantity, uniform demand",
    aliases=("newsvendor with uniform demand", "uniform newsvendor", "uniform demand", "uniformly distributed demand",
              "equally likely demand", "gleichverteilte Nachfrage", "newsboy with uniform demand",
             "demand anywhere between",
             "Newsvendor mit gleichverteilter Nachfrage"),
    family=FAMILY,
    unit="item",
    formula=r"Q^* = a + (b - a)\,\frac{C_u}{C_u + C_o}",
    source=f"{SNYDER}, ch. 4.",
    note="Newsvendor model",
    chart=_uniform_chart,
)  # fmt: skip
def newsvendor_uniform(given: UniformInputs) -> Outcome:
    """Return the best single order, in units, when every demand between a lowest and a highest is equally likely.

    Refuses a highest demand that does not exceed the lowest, and what `critical_ratio` refuses.
    """
    costs = costs_of(given)
    low, high = given.demand_low, given.demand_high
    if high <= low:
        raise Refusal("demand_high", f"the highest demand, {number(high)}, must exceed the lowest, {number(low)}")
    best = low + (high - low) * costs.ratio
    steps = [
        (
            f"order = low + (high - low) × ratio = {number(low)} + ({number(high)} - {number(low)}) × "
            f"{number(costs.ratio)} = {number(best)}"
        )
    ]
    return outcome_of(
        given, costs, (low + high) / 2, best, given.order_quantity, lambda order: uniform_shortage(order, low, high),
        steps=steps, warnings=[], also={"demand_mean": (low + high) / 2},
    )  # fmt: skip
