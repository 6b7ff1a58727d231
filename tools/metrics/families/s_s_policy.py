"""Minimum and maximum of least cost, the (s,S) policy: exact for whole-unit demand, and the power approximation."""

import math
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from tools.metrics.families.continuous_review import BACKORDER, MEAN
from tools.metrics.given import Either, Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number
from tools.metrics.vocabulary import HOLDING_COST, LEAD_TIME, ORDER_COST

FAMILY = "Reorder policies"
MOST_LEVELS = 4_000
MOST_DEMAND = 2_000.0
MOST_PERIODS = 500
RARE = 1e-15
ROUNDED = 0.011
LOW = Spoken(
    "reorder level s to evaluate",
    "item",
    words=("small s", "reorder point", "reorder level", "minimum", "min", "min level", "Meldebestand",
           "Mindestbestand"),
    symbols=("s",),
)  # fmt: skip
HIGH = Spoken(
    "order-up-to level S to evaluate",
    "item",
    words=("big S", "order-up-to level", "order up to", "maximum", "max", "max level", "Höchstbestand",
           "Auffüllbestand"),
    symbols=("S",),
)  # fmt: skip
CHANCES = Spoken(
    "probability of each demand",
    "fraction",
    words=(
        "probability of each demand",
        "demand distribution",
        "demand probabilities",
        "pmf",
        "probabilities",
        "Wahrscheinlichkeiten",
    ),
)
ORDERING = ORDER_COST.also(
    symbols=("K", "A"), because="without a cost per order every demand is ordered at once: a base stock"
)
Share = Annotated[float, Field(ge=0, le=1)]
Array = np.ndarray[Any, np.dtype[np.float64]]


class MinMaxInputs(Given):
    """Costs, and Poisson or listed demand a period."""

    either: ClassVar[tuple[Either, ...]] = (either("demand_mean", "demand_probabilities"),)

    holding_cost: float = quantity(HOLDING_COST, gt=0)
    backorder_cost: float = quantity(BACKORDER, gt=0)
    order_cost: float = quantity(ORDERING, gt=0)
    demand_mean: float | None = quantity(MEAN, default=None, gt=0)
    demand_probabilities: dict[str, Share] | None = quantity(CHANCES, default=None, min_length=1, max_length=2_001)
    lead_time: float | None = quantity(
        LEAD_TIME, default=None, ge=0, assumed="no lead time: an order placed in a period arrives for its demand"
    )
    reorder_level: float | None = quantity(LOW, default=None, ge=-1e6, le=1e6)
    order_up_to_level: float | None = quantity(HIGH, default=None, ge=-1e6, le=1e6)


class Chain:
    """Costs of (s,S) policies for whole-unit demand a period, and until the next order can arrive.

    `least` is the level of least cost; costs of levels and renewal weights are worked out once and extended as needed.
    """

    def __init__(self, given: MinMaxInputs, once: Array, until: Array):
        self.holding, self.backorder, self.setup = given.holding_cost, given.backorder_cost, given.order_cost
        self.once, self.until = once, until
        self.mean = float(until @ np.arange(len(until)))
        self.cumulative = np.cumsum(until)
        ratio = self.backorder / (self.backorder + self.holding)
        self.least = min(int(np.searchsorted(self.cumulative, ratio)), len(until) - 1)
        moving = 1 - float(once[0])
        self.weights = np.zeros(MOST_LEVELS + 2)
        self.weights[0] = 1 / moving
        self.known = 1
        levels = np.arange(self.least - MOST_LEVELS, self.least + MOST_LEVELS + 1)
        left = np.concatenate(([0.0], np.cumsum(self.cumulative)))
        inside = left[np.clip(levels, 0, len(until))]
        on_hand = np.where(levels > len(until), levels - self.mean, inside)
        self.costs = self.holding * on_hand + self.backorder * (on_hand + self.mean - levels)

    def held(self, level: int) -> float:
        """Return the expected cost of a period that starts at a stock level."""
        return float(self.costs[self._place(level)])

    def cost(self, low: int, high: int) -> float:
        """Return the expected cost a period of ordering up to `high` whenever stock is at or below `low`."""
        span = high - low
        if span > MOST_LEVELS:
            raise _too_wide()
        self._extend(span)
        weights = self.weights[:span]
        levels = self.costs[self._place(low + 1) : self._place(high) + 1][::-1]
        return (self.setup + float(weights @ levels)) / float(weights.sum())

    def _place(self, level: int) -> int:
        place = level - self.least + MOST_LEVELS
        if not 0 <= place < len(self.costs):
            raise _too_wide()
        return place

    def optimum(self) -> tuple[int, int, float]:
        """Return s, S and cost of the best policy, by the search of Zheng & Federgruen."""
        low = high = self.least
        low -= 1
        while self.cost(low, high) > self.held(low):
            low -= 1
        cost, level = self.cost(low, high), high + 1
        while self.held(level) <= cost:
            if self.cost(low, level) < cost:
                high = level
                while self.cost(low, high) <= self.held(low + 1):
                    low += 1
                cost = self.cost(low, high)
            level += 1
        return low, high, cost

    def _extend(self, span: int) -> None:
        """Work out how often each level below the top is visited in a cycle, up to a span."""
        moving = 1 - float(self.once[0])
        for step in range(self.known, span):
            reach = min(step, len(self.once) - 1)
            self.weights[step] = float(self.once[1 : reach + 1] @ self.weights[step - reach : step][::-1]) / moving
        self.known = max(self.known, span)


def _too_wide() -> Refusal:
    reason = f"the policy spans more than {MOST_LEVELS:,} levels, too many to search"
    return Refusal("order_cost", reason, instead="s_s_power_approximation")


def _poisson(mean: float) -> Array:
    """Return Poisson probabilities of 0, 1, ... until they no longer count."""
    from scipy.special import gammaln

    counts = np.arange(math.ceil(mean + 12 * math.sqrt(mean) + 30))
    chances: Array = np.exp(np.maximum(counts * math.log(mean) - mean - gammaln(counts + 1), -700.0))
    return chances


def _listed(given: MinMaxInputs) -> Array:
    """Return listed probabilities by whole demand.

    Raises:
        Refusal: when a demand is not a whole number up to 2,000, or the probabilities do not add up to 1.
    """
    table: dict[int, float] = {}
    for text, chance in (given.demand_probabilities or {}).items():
        try:
            value = float(text.replace(",", ""))
        except ValueError:
            value = -1.0
        if not (0 <= value <= MOST_DEMAND and value == math.floor(value)):
            raise Refusal(
                "demand_probabilities",
                f"each demand must be a whole number from 0 to {MOST_DEMAND:,.0f}, but one is {text[:40]!r}",
            )
        table[int(value)] = table.get(int(value), 0.0) + chance
    total = math.fsum(table.values())
    if abs(total - 1) > ROUNDED:
        raise Refusal("demand_probabilities", f"the probabilities must add up to 1, but they add up to {number(total)}")
    chances = np.zeros(max(table) + 1)
    for value, chance in table.items():
        chances[value] = chance / total
    if chances[0] >= 1 - RARE:
        raise Refusal("demand_probabilities", "there is no demand at all with these probabilities")
    return chances


def _chain(given: MinMaxInputs) -> Chain:
    lead = given.lead_time or 0.0
    rate = given.demand_mean or 0.0
    share = given.holding_cost * (given.backorder_cost / (given.holding_cost + given.backorder_cost))
    if math.sqrt(2 * given.order_cost / share * rate) > MOST_LEVELS:
        raise _too_wide()
    if given.demand_probabilities is not None:
        if given.demand_mean is not None:
            raise Refusal("demand_mean", "demand is given both as an average and as probabilities; leave one out")
        once = _listed(given)
        if lead != math.floor(lead) or (lead + 1) * len(once) > MOST_PERIODS * 100:
            raise Refusal(
                "lead_time",
                (
                    "with listed demand the lead time must be a whole, moderate number of periods, but it is "
                    f"{number(lead)}"
                ),
            )
        until = once
        for _ in range(int(lead)):
            until = np.convolve(until, once)
        return Chain(given, once, until)
    mean = given.demand_mean or 0.0
    if mean * (lead + 1) > MOST_DEMAND:
        raise Refusal(
            "demand_mean",
            (
                f"a demand of {number(mean * (lead + 1))} until an order can arrive is too large to search exactly (at "
                f"most {MOST_DEMAND:,.0f})"
            ),
            instead="s_s_power_approximation",
        )
    if -math.expm1(-mean) < RARE:
        raise OverflowError
    return Chain(given, _poisson(mean), _poisson(mean * (lead + 1)))


@metric(
    id="s_s_policy",
    name="Best (s,S) policy",
    aliases=("(s,S) policy", "s,S policy", "min-max policy", "min max policy", "min/max levels",
             "minimum and maximum stock", "optimal (s,S)",
             "(s,S)-Politik", "Min-Max-Politik", "Mindest- und Höchstbestand"),
    family=FAMILY,
    unit="item",
    formula=r"c(s,S) = \frac{K + \sum_{j=0}^{S-s-1} m(j)\,G(S-j)}{\sum_{j=0}^{S-s-1} m(j)}, \qquad m(j) = "
            r"\sum_{l=0}^{j} p_l\,m(j-l) + [j=0]",
    source="Zheng, Y.-S. & Federgruen, A. (1991). Finding optimal (s,S) policies is about as simple as evaluating a "
           "single policy. "
    "Operations Research 39(4), 654-665.",
    note="Min-max policy",
    period="holding_cost",
    costly=True,
    published=(
        Published(
            "stockpyl test suite, Problem 4.31 of Snyder & Shen (2019)",
            {"holding_cost": 40.0, "backorder_cost": 125.0, "order_cost": 150.0, "demand_mean": 4.0},
            {"value": 2.0, "reorder_level": 2.0, "order_up_to_level": 7.0, "expected_cost": 223.5748295669688},
        ),
        Published(
            "stockpyl documentation, Example 4.7 of Snyder & Shen (2019)",
            {"holding_cost": 1.0, "backorder_cost": 4.0, "order_cost": 5.0, "demand_mean": 6.0},
            {"reorder_level": 4.0, "order_up_to_level": 10.0, "expected_cost": 8.034111561471642},
        ),
    ),
)  # fmt: skip
def s_s_policy(given: MinMaxInputs) -> Outcome:
    """Return s, in whole units, and beside it S: review each period, and at or below s order up to S.

    Exact for Poisson demand or listed whole demands; unmet demand waits. With s and S given, the cost is that policy's.
    Demands and spans too large to search are refused, as are levels that are not whole.
    """
    chain = _chain(given)
    low, high, least = chain.optimum()
    also: dict[str, Value] = {
        "reorder_level": float(low),
        "order_up_to_level": float(high),
        "expected_cost": least,
        "order_at_least": float(high - low),
    }
    units = {
        "reorder_level": "item",
        "order_up_to_level": "item",
        "expected_cost": "money/period",
        "order_at_least": "item",
    }
    meaning = (
        f"Review once a period; when stock on hand and on order is {number(low)} or less, order up to "
        f"{number(high)}. That costs {number(least)} {given.money} a period, the least possible."
    )
    if given.reorder_level is not None or given.order_up_to_level is not None:
        cost = _cost_of(given, chain)
        also |= {"expected_cost": cost, "best_expected_cost": least}
        units["best_expected_cost"] = "money/period"
        meaning += (
            f" The levels asked about, {number(given.reorder_level or 0)} and "
            f"{number(given.order_up_to_level or 0)}, cost {number(cost)}."
        )
    return Outcome(
        value=float(low),
        steps=[
            (
                f"stock and waiting cost least at a level of {number(chain.least)}: "
                f"{number(chain.held(chain.least))} a period"
            ),
            (
                "s is lowered from there until ordering pays, S raised while that lowers the average cost: s = "
                f"{number(low)}, S = {number(high)}"
            ),
            f"cost = (order cost + cost of the levels visited in a cycle) / periods of a cycle = {number(least)}",
        ],
        meaning=meaning,
        also=also,
        units=units,
        assumptions=[
            "demand is Poisson"
            if given.demand_probabilities is None
            else "demand of each period has the listed probabilities",
            "unmet demand waits",
        ],
    )


def _cost_of(given: MinMaxInputs, chain: Chain) -> float:
    low, high = given.reorder_level, given.order_up_to_level
    if low is None or high is None:
        name = "reorder_level" if low is None else "order_up_to_level"
        raise Refusal(name, "to evaluate a policy both s and S are needed (leave both out for the best policy)")
    for name, value in (("reorder_level", low), ("order_up_to_level", high)):
        if value != math.floor(value):
            raise Refusal(name, f"demand comes in whole units, but a level is {number(value)}")
    if high <= low:
        raise Refusal("order_up_to_level", f"S, {number(high)}, must exceed s, {number(low)}")
    return chain.cost(int(low), int(high))
