"""How much stock to keep when the supplier may fail in any period."""

import math

from tools.metrics.books import SNYDER
from tools.metrics.families.base_stock import BASE_STOCK, HOLDING
from tools.metrics.families.disruptions import FAMILY
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import BACKORDER_COST, DEMAND

RARE = 0.01
MOST_PERIODS = 1e9
DISRUPTION_CHANCE = Spoken(
    "probability of a disruption",
    "fraction",
    words=("disruption probability", "probability of disruption", "probability of a disruption", "chance of disruption",
           "chance of failing",
           "fails with probability", "Störungswahrscheinlichkeit", "Ausfallwahrscheinlichkeit"),
    symbols=("α",),
)  # fmt: skip
RECOVERY_CHANCE = Spoken(
    "probability of recovery",
    "fraction",
    words=("recovery probability", "probability of recovery", "chance of recovery", "recovers with probability",
           "Erholungswahrscheinlichkeit"),
    symbols=("β",),
)  # fmt: skip


class DisruptedStockInputs(Given):
    """Costs, steady demand a period, and the chances that the supplier fails and recovers."""

    holding_cost: float = quantity(HOLDING, gt=0)
    backorder_cost: float = quantity(BACKORDER_COST, gt=0)
    demand: float = quantity(DEMAND, gt=0)
    disruption_probability: float = quantity(DISRUPTION_CHANCE, gt=0, lt=1)
    recovery_probability: float = quantity(RECOVERY_CHANCE, gt=0, lt=1)
    base_stock_level: float | None = quantity(BASE_STOCK, default=None, ge=0)


def disrupted_cost(given: DisruptedStockInputs, level: float) -> float:
    """Return the expected cost a period of a base stock, with the geometric sums in closed form."""
    share = given.disruption_probability / (given.disruption_probability + given.recovery_probability)
    stay = 1 - given.recovery_probability
    average = given.demand * (1 + share / given.recovery_probability)
    covered = math.floor(level / given.demand)
    on_hand = 0.0
    if covered >= 1:
        partly = level - covered * given.demand
        ups = (covered - 1) - share * (1 - stay ** (covered - 1)) / given.recovery_probability
        on_hand = partly * (1 - share * stay ** (covered - 1)) + given.demand * ups
    return given.holding_cost * on_hand + given.backorder_cost * (on_hand + average - level)


def _stock_chart(given: DisruptedStockInputs, outcome: Outcome) -> Chart:
    most = max(4, min(38, round(2 * outcome.value / given.demand)))
    step = max(1.0, 2 * outcome.value / given.demand / most)
    levels = [given.demand * math.floor(1 + step * place) for place in range(most)]
    costs = [disrupted_cost(given, level) for level in levels]
    return Chart(
        kind="line",
        title="Cost by base stock",
        x_label="base stock (units)",
        y_label=f"cost ({given.money} a {given.period})",
        series=[Series(name="expected cost", x=levels, y=costs)],
        marks=[Mark(x=outcome.value, y=disrupted_cost(given, outcome.value), text=f"best: {number(outcome.value)}")],
        summary=(
            f"Cost is least at a base stock of {number(outcome.value)}, {number(outcome.value / given.demand)} "
            "periods of demand."
        ),
    )


@metric(
    id="newsvendor_with_disruptions",
    name="Base stock under supply disruptions",
    aliases=("newsvendor with disruptions", "base stock with disruptions", "base stock when the supplier may fail",
             "newsvendor with supply disruptions",
             "stock against disruptions", "Basisbestand bei Lieferstörungen"),
    family=FAMILY,
    unit="item",
    formula=r"S^* = d + d\,F^{-1}\!\left(\frac{b}{b + h}\right), \qquad F(n) = 1 - \frac{\alpha}{\alpha + \beta}(1 "
            r"- \beta)^n",
    source=f"{SNYDER}, ch. 9.",
    note="Supply chain disruption",
    period="holding_cost",
    chart=_stock_chart,
    published=(
        Published(
            "stockpyl documentation, Example 9.3 of Snyder & Shen (2019)",
            {"holding_cost": 0.25, "backorder_cost": 3.0, "demand": 2000.0, "disruption_probability": 0.04,
            "recovery_probability": 0.25},
            {"value": 8000.0, "expected_cost": 2737.0689302470355},
        ),
        Published(
            "stockpyl documentation, Example 9.3 of Snyder & Shen (2019), at a given level",
            {"holding_cost": 0.25, "backorder_cost": 3.0, "demand": 2000.0, "disruption_probability": 0.04,
            "recovery_probability": 0.25,
             "base_stock_level": 1200.0},
            {"expected_cost": 5710.344790717086},
        ),
    ),
)  # fmt: skip
def newsvendor_with_disruptions(given: DisruptedStockInputs) -> Outcome:
    """Return the base stock, in units, of least expected cost when the supplier may fail each period; demand is steady.

    Unmet demand waits; a down supplier recovers with the same chance each period. With a level given, the cost is that
    level's.
    """
    share = given.disruption_probability / (given.disruption_probability + given.recovery_probability)
    ratio = given.backorder_cost / (given.backorder_cost + given.holding_cost)
    stay = 1 - given.recovery_probability
    if ratio >= 1 or stay >= 1:
        raise OverflowError
    periods = 0.0 if 1 - share >= ratio else math.ceil(math.log((1 - ratio) / share) / math.log(stay) - 1e-9)
    if periods > MOST_PERIODS:
        raise Refusal(
            "recovery_probability",
            (
                f"with a recovery probability of {number(given.recovery_probability)} disruptions last too long to be "
                "bridged by stock"
            ),
        )
    best = given.demand * (1 + max(0.0, periods))
    level = best if given.base_stock_level is None else given.base_stock_level
    cost, least = disrupted_cost(given, level), disrupted_cost(given, best)
    also: dict[str, Value] = {
        "expected_cost": cost,
        "periods_covered": level / given.demand,
        "critical_ratio": ratio,
        "share_of_time_down": share,
        "average_disruption": 1 / given.recovery_probability,
    }
    units = {
        "expected_cost": "money/period",
        "critical_ratio": "fraction",
        "share_of_time_down": "fraction",
        "average_disruption": "period",
    }
    meaning = (
        f"Keep {number(best)} units, {number(best / given.demand)} periods of demand: that is one period's demand "
        f"and a reserve for {number(periods)} periods without supply."
    )
    if given.base_stock_level is None:
        meaning += f" Expected cost is {number(cost)} {given.money} a {given.period}."
    else:
        also["best_expected_cost"], units["best_expected_cost"] = least, "money/period"
        meaning += (
            f" At {number(level)} it costs {number(cost)} {given.money} a {given.period}, against "
            f"{number(least)} at best."
        )
    return Outcome(
        value=best,
        steps=[
            (
                f"critical ratio = b / (b + h) = {number(given.backorder_cost)} / ({number(given.backorder_cost)} + "
                f"{number(given.holding_cost)}) = {number(ratio)}"
            ),
            f"share of time down = α / (α + β) = {number(given.disruption_probability)} / "
            f"({number(given.disruption_probability)} + {number(given.recovery_probability)}) = {percent(share)}",
            (
                f"F(n) = 1 - {number(share)} × (1 - {number(given.recovery_probability)})^n first reaches "
                f"{number(ratio)} at n = {number(periods)}"
            ),
            (
                f"base stock = demand × (1 + n) = {number(given.demand)} × (1 + {number(periods)}) = {number(best)}; "
                f"expected cost at {number(level)} = {number(cost)}"
            ),
        ],
        meaning=meaning,
        also=also,
        units=units,
        warnings=[
            (
                f"A disruption starts in only {percent(given.disruption_probability)} of periods; such rates are "
                "rarely known well, so try others."
            )
        ]
        if given.disruption_probability < RARE
        else [],
        assumptions=["demand is steady, unmet demand waits, and failures do not depend on the past"],
    )
