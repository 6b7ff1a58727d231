"""The newsvendor's best order for listed demands, or for past ones taken as equally likely."""

import math
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from tools.metrics.books import SILVER
from tools.metrics.families.newsvendor import ORDERED, curve, outcome_of
from tools.metrics.families.newsvendor_costs import FAMILY, CostInputs, costs_of
from tools.metrics.given import Either, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal
from tools.metrics.shown import number, series

LARGEST = 1e15
ROUNDED = 0.011
EXACT = 1e-9
FEW = 5
MOST_COUNTED = 1_000_000

Quantity = Annotated[float, Field(ge=0, le=LARGEST)]
Share = Annotated[float, Field(ge=0, le=1)]
PROBABILITY_MAP = Spoken(
    "probability of each demand",
    "fraction",
    words=("probability of each demand", "demand distribution", "probability table", "demand probabilities",
           "probability mass function", "probability distribution", "pmf", "Wahrscheinlichkeit je Nachfrage"),
    symbols=("f",),
)  # fmt: skip
VALUES = Spoken(
    "possible demands",
    "item/period",
    words=(
        "possible demands",
        "demand values",
        "demand levels",
        "demand scenarios",
        "demand is one of",
        "demand can be",
        "demands",
        "demand",
        "mögliche Nachfragen",
        "Nachfrage",
    ),
)
PROBABILITIES = Spoken(
    "probabilities of the demands",
    "fraction",
    words=("probabilities", "probability", "with probabilities", "with probability", "probs", "prob", "chances",
           "chance", "likelihood", "respectively", "Wahrscheinlichkeiten", "Wahrscheinlichkeit"),
)  # fmt: skip
OBSERVED = Spoken(
    "past demand",
    "item/period",
    words=(
        "past demand",
        "observed demand",
        "demand history",
        "sold in the past",
        "past sales",
        "we sold",
        "sales of the last",
        "bisherige Nachfrage",
        "bisheriger Absatz",
    ),
)


class DiscreteInputs(CostInputs):
    """Costs, and each possible demand with its probability, or past demands that are taken as equally likely."""

    either: ClassVar[tuple[Either, ...]] = (
        *CostInputs.either,
        either("demand_probabilities", ("demand_values", "probabilities"), "observed_demand"),
    )

    demand_probabilities: dict[str, Share] | None = quantity(
        PROBABILITY_MAP, default=None, min_length=1, max_length=10_000
    )
    demand_values: list[Quantity] | None = quantity(VALUES, default=None, min_length=1, max_length=10_000)
    probabilities: list[Share] | None = quantity(PROBABILITIES, default=None, min_length=1, max_length=10_000)
    observed_demand: list[Quantity] | None = quantity(OBSERVED, default=None, min_length=1, max_length=10_000)
    order_quantity: float | None = quantity(ORDERED, default=None, ge=0)


def _table(given: DiscreteInputs) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]", list[str]]:
    """Return the demands in rising order, their probabilities, and warnings.

    Raises:
        Refusal: when a name is no quantity, the lists differ in length, or the probabilities do not add up to 1.
    """
    name = "demand_probabilities"
    if given.demand_probabilities is not None:
        values = [_quantity(text) for text in given.demand_probabilities]
        weights = list(given.demand_probabilities.values())
    elif given.demand_values is not None and given.probabilities is not None:
        name = "probabilities"
        values, weights = given.demand_values, given.probabilities
        if len(values) != len(weights):
            raise Refusal(
                name,
                f"there are {len(values)} possible demands but {len(weights)} probabilities; each demand needs one",
            )
    else:
        values = given.observed_demand or []
        weights = [1 / len(values)] * len(values)
    total = math.fsum(weights)
    if abs(total - 1) > ROUNDED:
        raise Refusal(name, f"the probabilities must add up to 1, but they add up to {number(total)}")
    warnings = []
    if abs(total - 1) > EXACT * len(weights):
        warnings.append(f"The probabilities add up to {number(total, 6)}; they are scaled to 1.")
    if given.observed_demand is not None and given.demand_probabilities is None and len(values) <= FEW:
        warnings.append(f"{len(values)} past demands say little about the tails; the best order is a rough one.")
    demands, place = np.unique(np.array(values, dtype=float), return_inverse=True)
    shares = np.bincount(place, weights=np.array(weights, dtype=float)) / total
    return demands, shares, warnings


def _quantity(text: str) -> float:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        raise Refusal(
            "demand_probabilities", f"each probability belongs to a demand, but {text[:40]!r} is no number"
        ) from None
    if not 0 <= value <= LARGEST:
        raise Refusal("demand_probabilities", f"a demand must be between 0 and {LARGEST:g}, but one is {text[:40]}")
    return value


def _discrete_chart(given: DiscreteInputs, outcome: Outcome) -> Chart:
    demands, shares, _ = _table(given)
    low, high = float(demands[0]), float(max(demands[-1], given.order_quantity or 0.0))
    mean = float(demands @ shares)
    return curve(
        costs_of(given),
        mean,
        low,
        high,
        outcome.value,
        lambda order: float(np.maximum(demands - order, 0) @ shares),
        given.money,
    )


@metric(
    id="newsvendor_discrete",
    name="Newsvendor order quantity, listed demand and probabilities",
    aliases=("newsvendor with discrete demand", "newsvendor with demand probabilities", "newsvendor from sales history",
             "newsvendor with listed demand", "discrete demand", "newsvendor from a probability table",
             "discrete newsvendor",
             "newsvendor from past demand",
             "payoff table order quantity", "Newsvendor mit diskreter Nachfrage"),
    family=FAMILY,
    unit="item",
    formula=r"Q^* = \min\left\{Q : P(D \le Q) \ge \frac{C_u}{C_u + C_o}\right\}",
    source=f"{SILVER}, ch. 10.",
    note="Newsvendor model",
    chart=_discrete_chart,
    published=(
        Published(
            "stockpyl documentation, newsvendor_discrete with the probabilities of Poisson demand of mean 6",
            {"overage_cost": 1.0, "underage_cost": 4.0,
             "demand_probabilities": {str(n): math.exp(-6) * 6**n / math.factorial(n) for n in range(41)}},
            {"value": 8.0, "expected_cost": 3.570106945770941},
        ),
    ),
)  # fmt: skip
def newsvendor_discrete(given: DiscreteInputs) -> Outcome:
    """Return the best single order among listed demands: the smallest whose cumulative probability reaches the ratio.

    Refuses probabilities that do not add up to 1 (within 0.01 they are scaled), and what `critical_ratio` refuses.
    """
    costs = costs_of(given)
    demands, shares, warnings = _table(given)
    cumulative = np.cumsum(shares)
    place = min(int(np.searchsorted(cumulative, costs.ratio - 1e-12)), len(demands) - 1)
    best, mean = float(demands[place]), float(demands @ shares)
    reached = min(1.0, float(cumulative[place]))
    steps = [
        f"demands {series(demands.tolist())} have cumulative probabilities {series(cumulative.tolist())}",
        (
            f"{number(best)} is the first demand whose cumulative probability, {number(float(cumulative[place]))}, "
            f"reaches {number(costs.ratio)}"
        ),
        f"mean demand = {number(mean)}",
    ]
    return outcome_of(
        given, costs, mean, best, given.order_quantity, lambda order: float(np.maximum(demands - order, 0) @ shares),
        steps=steps, warnings=warnings, also={"demand_mean": mean, "in_stock_probability": reached},
    )  # fmt: skip
