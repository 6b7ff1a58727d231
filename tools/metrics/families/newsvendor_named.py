"""The newsvendor's best order for demand of any of a list of named distributions."""

import math
from itertools import pairwise
from typing import Any, ClassVar, Literal

import numpy as np

from tools.metrics.books import SNYDER
from tools.metrics.families.newsvendor import MEAN, ORDERED, SD, curve, outcome_of
from tools.metrics.families.newsvendor_costs import FAMILY, CostInputs, costs_of
from tools.metrics.given import Either, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal
from tools.metrics.shown import number

MOST_COUNTED = 1_000_000
TAIL = (1e-13, 1e-9, 1e-6, 1e-4, 0.01, 0.1)
KNOTS = (*TAIL, 0.3, 0.5, 0.7, *(1 - share for share in reversed(TAIL)))

DISTRIBUTION = Spoken(
    "distribution of demand",
    "",
    words=("distribution", "demand follows", "distributed", "is distributed", "demand is", "Verteilung"),
)
PARAMETERS = Spoken(
    "parameters of the distribution",
    "",
    words=(
        "parameters",
        "distribution parameters",
        "with parameters",
        "shape and scale",
        "shape",
        "scale",
        "Parameter",
    ),
)

NAMES = {
    "normal": "norm", "lognormal": "lognorm", "gamma": "gamma", "erlang": "erlang", "exponential": "expon",
    "uniform": "uniform",
    "triangular": "triang", "beta": "beta", "weibull": "weibull_min", "logistic": "logistic", "gumbel": "gumbel_r",
    "laplace": "laplace",
    "pareto": "pareto", "poisson": "poisson", "binomial": "binom", "negative_binomial": "nbinom", "geometric": "geom",
    "discrete_uniform": "randint",
}  # fmt: skip
COUNTS = {"poisson", "binomial", "negative_binomial", "geometric", "discrete_uniform"}
Named = Literal[
    "normal", "lognormal", "gamma", "erlang", "exponential", "uniform", "triangular", "beta", "weibull", "logistic",
    "gumbel",
    "laplace", "pareto", "poisson", "binomial", "negative_binomial", "geometric", "discrete_uniform",
]  # fmt: skip
FITTED = (
    "normal",
    "lognormal",
    "gamma",
    "exponential",
    "uniform",
    "logistic",
    "gumbel",
    "laplace",
    "poisson",
    "negative_binomial",
)


class DistributionInputs(CostInputs):
    """Costs, a named distribution, and its parameters or its mean and standard deviation."""

    either: ClassVar[tuple[Either, ...]] = (*CostInputs.either, either("parameters", "demand_mean"))

    distribution: Named = quantity(DISTRIBUTION, min_length=1)
    parameters: dict[str, float] | None = quantity(PARAMETERS, default=None, min_length=1, max_length=8)
    demand_mean: float | None = quantity(MEAN, default=None, gt=0)
    demand_sd: float | None = quantity(SD, default=None, gt=0)
    order_quantity: float | None = quantity(ORDERED, default=None, ge=0)


def _frozen(given: DistributionInputs) -> Any:
    """Return scipy's frozen distribution, from its own parameters or by mean and standard deviation."""
    from scipy import stats

    family = getattr(stats, NAMES[given.distribution])
    parameters = given.parameters if given.parameters is not None else _fitted(given)
    shapes = [part.strip() for part in (family.shapes or "").split(",") if part.strip()]
    known = [*shapes, "loc"] + ([] if given.distribution in COUNTS else ["scale"])
    for name in parameters:
        if name not in known:
            raise Refusal(
                "parameters", f"a {given.distribution} distribution takes {', '.join(known)}, not {name[:40]!r}"
            )
    lacking = [name for name in shapes if name not in parameters]
    if lacking:
        raise Refusal("parameters", f"a {given.distribution} distribution also needs {', '.join(lacking)}")
    frozen = family(**parameters)
    mean = float(frozen.mean())
    if not math.isfinite(mean) or not math.isfinite(float(frozen.std())):
        listed = ", ".join(f"{name} = {number(value)}" for name, value in parameters.items())
        raise Refusal("parameters", f"no {given.distribution} demand with a finite mean and deviation has {listed}")
    return frozen


def _fitted(given: DistributionInputs) -> dict[str, float]:
    """Return parameters that give the mean and the standard deviation."""
    mean, sd, name = given.demand_mean or 1.0, given.demand_sd, given.distribution
    if name not in FITTED:
        raise Refusal(
            "parameters", f"a {name} distribution is not set by mean and deviation alone; give its parameters"
        )
    if name == "poisson":
        return {"mu": mean}
    if name == "exponential":
        return {"scale": mean}
    if sd is None:
        raise Refusal("demand_sd", f"a {name} distribution needs the standard deviation of demand beside the mean")
    variance = sd * sd
    if name == "negative_binomial":
        if variance <= mean:
            raise Refusal(
                "demand_sd",
                (
                    "negative binomial demand varies more than Poisson demand: its standard deviation must exceed "
                    f"{number(math.sqrt(mean))}"
                ),
            )
        return {"n": mean * mean / (variance - mean), "p": mean / variance}
    log_variance = math.log1p(variance / (mean * mean))
    gumbel_scale, logistic_scale = sd * math.sqrt(6) / math.pi, sd * math.sqrt(3) / math.pi
    return {
        "normal": {"loc": mean, "scale": sd},
        "lognormal": {"s": math.sqrt(log_variance), "scale": mean * math.exp(-log_variance / 2)},
        "gamma": {"a": mean * mean / variance, "scale": variance / mean},
        "uniform": {"loc": mean - sd * math.sqrt(3), "scale": 2 * sd * math.sqrt(3)},
        "logistic": {"loc": mean, "scale": logistic_scale},
        "gumbel": {"loc": mean - float(np.euler_gamma) * gumbel_scale, "scale": gumbel_scale},
        "laplace": {"loc": mean, "scale": sd / math.sqrt(2)},
    }[name]


def _leftover(frozen: Any, order: float, whole: bool) -> float:
    """Return E[(order - D)+], the integral (or sum) of the distribution function below the order."""
    low = float(frozen.support()[0])
    if whole:
        first = math.floor(max(low, float(frozen.ppf(1e-15)) - 1))
        last = math.floor(order)
        if last - first > MOST_COUNTED:
            raise Refusal(
                "distribution", f"counting to {number(order)} units takes too long; use a continuous distribution"
            )
        counts = np.arange(first, last + 1)
        return float(np.maximum(order - counts, 0) @ frozen.pmf(counts)) if last >= first else 0.0
    quantiles = [float(value) for value in frozen.ppf(KNOTS)]
    inside = [max(low, min(value, order)) for value in quantiles if math.isfinite(value)]
    nodes, weights = np.polynomial.legendre.leggauss(40)
    total = max(0.0, order - max(inside))
    for start, end in pairwise(sorted(inside)):
        half = (end - start) / 2
        total += half * float(weights @ frozen.cdf(start + half * (nodes + 1)))
    return total


def _distribution_chart(given: DistributionInputs, outcome: Outcome) -> Chart:
    frozen = _frozen(given)
    whole = given.distribution in COUNTS
    mean, low, high = float(frozen.mean()), float(frozen.ppf(0.001)), float(frozen.ppf(0.999))
    return curve(
        costs_of(given), mean, max(0.0, min(low, outcome.value)), max(high, outcome.value), outcome.value,
        lambda order: mean - order + _leftover(frozen, order, whole), given.money, whole=whole,
    )  # fmt: skip


@metric(
    id="newsvendor_distribution",
    name="Newsvendor order quantity, named distribution",
    aliases=("newsvendor with gamma demand", "newsvendor with a gamma distribution", "gamma distributed demand",
             "exponentially distributed demand", "negative binomial demand",
             "demand follows a negative binomial distribution", "newsvendor with exponential demand",
             "newsvendor with negative binomial demand",
             "newsvendor with Weibull demand", "newsvendor with triangular demand", "newsvendor with any distribution"),
    family=FAMILY,
    unit="item",
    formula=r"Q^* = F^{-1}\!\left(\frac{C_u}{C_u + C_o}\right)",
    source=f"{SNYDER}, ch. 4.",
    note="Newsvendor model",
    chart=_distribution_chart,
    costly=True,
    published=(
        Published(
            "stockpyl documentation, Example 4.3 of Snyder & Shen (2019) by a general distribution",
            {"overage_cost": 0.18, "underage_cost": 0.70, "distribution": "normal", "parameters": {"loc": 50.0,
            "scale": 8.0}},
            {"value": 56.60395592743389, "expected_cost": 1.997605188935892},
        ),
        Published(
            "stockpyl documentation, newsvendor_continuous with lognormal demand",
            {"overage_cost": 1.0, "underage_cost": 0.1765, "distribution": "lognormal", "parameters": {"s": 0.3,
            "scale": math.exp(6)}},
            {"value": 295.6266448071368, "expected_cost": 29.44254351324322},
        ),
    ),
)  # fmt: skip
def newsvendor_distribution(given: DistributionInputs) -> Outcome:
    """Return the best single order, in units, for demand of a named distribution.

    Parameters are scipy.stats' (loc, scale and shapes); many distributions can be set by mean and standard deviation
    instead. Refuses parameters that give no finite mean, and what `critical_ratio` refuses.
    """
    costs = costs_of(given)
    whole = given.distribution in COUNTS
    if whole and given.order_quantity is not None and given.order_quantity != math.floor(given.order_quantity):
        raise Refusal(
            "order_quantity",
            (
                f"{given.distribution} demand comes in whole units, but the order quantity is "
                f"{number(given.order_quantity)}"
            ),
        )
    with np.errstate(all="ignore"):
        frozen = _frozen(given)
        mean, sd = float(frozen.mean()), float(frozen.std())
        best = float(frozen.ppf(costs.ratio))
        if not math.isfinite(best):
            raise OverflowError
        warnings = []
        if best < 0:
            warnings.append(f"The formula gives {number(best)}; an order cannot be below 0.")
            best = 0.0
        if mean < 0:
            raise Refusal("parameters", f"these parameters give a mean demand of {number(mean)}, below 0")
        steps = [
            (
                f"order = {given.distribution} quantile of {number(costs.ratio)} (mean {number(mean)}, sd "
                f"{number(sd)}) = {number(best)}"
            )
        ]
        return outcome_of(
            given, costs, mean, best, given.order_quantity,
            lambda order: max(0.0, mean - order + _leftover(frozen, order, whole)),
            steps=steps, warnings=warnings, also={"demand_mean": mean, "demand_sd": sd},
        )  # fmt: skip
