"""(r,Q) and (s,S) policies and supply disruptions: optimal against brute force, and what is refused."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import minimize

from tools.metrics import MetricError, compute

QUICK = settings(deadline=None, max_examples=25)
NORMAL = {"holding_cost": 0.225, "order_cost": 8.0, "demand_mean": 1300.0, "demand_sd": 150.0, "lead_time": 1 / 12}
WAITING = {**NORMAL, "backorder_cost": 7.5}
SLOW = {"holding_cost": 20.0, "backorder_cost": 150.0, "order_cost": 100.0, "demand_mean": 1.5, "lead_time": 2.0}
MIN_MAX = {"holding_cost": 1.0, "backorder_cost": 4.0, "order_cost": 5.0, "demand_mean": 6.0}
DOWN = {
    "order_cost": 8.0,
    "holding_cost": 0.225,
    "stockout_cost": 5.0,
    "demand": 1300.0,
    "disruption_rate": 1.5,
    "recovery_rate": 14.0,
}
FAILING = {
    "holding_cost": 0.25,
    "backorder_cost": 3.0,
    "demand": 2000.0,
    "disruption_probability": 0.04,
    "recovery_probability": 0.25,
}


def integrated(point, lot):
    """Return the cost of an (r,Q) policy by numerical integration."""
    demand = stats.norm(1300 / 12, 150 / math.sqrt(12))

    def held(level):
        short = demand.std() * (
            demand.pdf(level) * demand.std() - (level - demand.mean()) / demand.std() * demand.sf(level)
        )
        return 0.225 * (level - demand.mean() + short) + 7.5 * short

    area, _ = quad(held, point, point + lot, limit=200)
    return (8 * 1300 + area) / lot


@QUICK
@given(point=st.floats(-50, 400), lot=st.floats(5, 2000))
def test_the_cost_of_a_policy_is_that_of_integrating(point, lot):
    result = compute("r_q_cost", **WAITING, reorder_point=point, order_quantity=lot)
    assert result.value == pytest.approx(integrated(point, lot), rel=1e-7)
    assert result.value >= result.also["best_expected_cost"] * (1 - 1e-12)
    parts = ("ordering_cost_per_period", "holding_cost_per_period", "backorder_cost_per_period")
    assert sum(result.also[name] for name in parts) == pytest.approx(result.value)


@QUICK
@given(setup=st.floats(0.1, 1000), backorder=st.floats(0.5, 50), sd=st.floats(1, 600))
def test_no_policy_beats_the_exact_one(setup, backorder, sd):
    inputs = {**WAITING, "order_cost": setup, "backorder_cost": backorder, "demand_sd": sd}
    best = compute("r_q_policy", **inputs)

    def cost(policy):
        point, lot = policy[0], math.exp(policy[1])
        return compute("r_q_cost", **inputs, reorder_point=float(point), order_quantity=float(lot)).value

    found = minimize(
        cost,
        [best.value + 5, math.log(best.also["order_quantity"]) + 0.1],
        method="Nelder-Mead",
        options={"maxiter": 40},
    )
    assert found.fun >= best.also["expected_cost"] * (1 - 1e-9)
    for method in ("eoq_with_backorders", "eoq_plus_safety_stock", "loss_function"):
        approximate = compute("r_q_policy", **inputs, method=method)
        assert approximate.also["expected_cost"] >= best.also["expected_cost"] * (1 - 1e-9)


def test_certain_demand_leaves_the_lot_of_planned_backorders():
    result = compute("r_q_policy", **(WAITING | {"demand_sd": 0.0}))
    lot = math.sqrt(2 * 8 * 1300 / 0.225 * (7.725 / 7.5))
    assert result.also["order_quantity"] == pytest.approx(lot)
    assert result.also["expected_cost"] == pytest.approx(math.sqrt(2 * 8 * 1300 * 0.225 * 7.5 / 7.725))


def test_hadley_and_whitin_meet_both_of_their_conditions():
    result = compute("r_q_hadley_whitin", **NORMAL, stockout_cost=7.5)
    lot, demand = result.also["order_quantity"], stats.norm(1300 / 12, 150 / math.sqrt(12))
    assert demand.sf(result.value) == pytest.approx(lot * 0.225 / (7.5 * 1300))
    short, _ = quad(demand.sf, result.value, 1000)
    assert lot == pytest.approx(math.sqrt(2 * 1300 * (8 + 7.5 * short) / 0.225))


def test_a_penalty_that_no_stock_can_pay_is_refused():
    with pytest.raises(MetricError, match="running out always pays"):
        compute("r_q_hadley_whitin", **NORMAL, stockout_cost=0.01)


def test_the_poisson_policy_is_the_best_of_all_near_it():
    best = compute("r_q_poisson", **SLOW)
    for point, lot in product(range(-2, 9), range(1, 16)):
        other = compute("r_q_poisson", **SLOW, reorder_point=float(point), order_quantity=float(lot))
        assert other.also["expected_cost"] >= best.also["expected_cost"] - 1e-9
        assert other.value == best.value


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"reorder_point": 3.0}, "its order quantity is needed"),
        ({"reorder_point": 3.5, "order_quantity": 5.0}, "whole units"),
        ({"demand_mean": 1e7}, "as good as normal"),
        ({"order_cost": 1e12}, "too many to count"),
        ({"holding_cost": 0.0}, "holding cost must be above 0"),
    ],
)
def test_the_poisson_policy_refuses_what_it_cannot_take(inputs, why):
    with pytest.raises(MetricError, match=why):
        compute("r_q_poisson", **(SLOW | inputs))


def simulated(low, high, periods=400_000):
    """Return the average cost a period of an (s,S) policy over a long run of Poisson demand."""
    demand = np.random.default_rng(7).poisson(6, periods)
    stock, total = high, 0.0
    for wanted in demand:
        if stock <= low:
            stock, total = high, total + 5
        stock -= wanted
        total += stock if stock > 0 else -4 * stock
    return total / periods


def test_the_cost_of_a_min_max_policy_agrees_with_a_simulation():
    assert compute("s_s_policy", **MIN_MAX).also["expected_cost"] == pytest.approx(simulated(4, 10), rel=0.01)
    asked = compute("s_s_policy", **MIN_MAX, reorder_level=1.0, order_up_to_level=14.0)
    assert asked.also["expected_cost"] == pytest.approx(simulated(1, 14), rel=0.01)


@pytest.mark.parametrize(
    "changes", [{}, {"order_cost": 40.0}, {"demand_mean": 1.3}, {"backorder_cost": 0.7}, {"lead_time": 2.0}]
)
def test_the_min_max_policy_is_the_best_of_all_near_it(changes):
    inputs = MIN_MAX | changes
    best = compute("s_s_policy", **inputs)
    low, high = int(best.value), int(best.also["order_up_to_level"])
    for down, up in product(range(low - 6, low + 7), range(high - 6, high + 7)):
        if up > down:
            other = compute("s_s_policy", **inputs, reorder_level=float(down), order_up_to_level=float(up))
            assert other.also["expected_cost"] >= best.also["expected_cost"] - 1e-9


def test_listed_demand_gives_what_the_same_poisson_demand_does():
    table = {str(count): float(stats.poisson.pmf(count, 6)) for count in range(40)}
    inputs = {name: value for name, value in MIN_MAX.items() if name != "demand_mean"}
    listed, poisson = compute("s_s_policy", **inputs, demand_probabilities=table), compute("s_s_policy", **MIN_MAX)
    assert (listed.value, listed.also["order_up_to_level"]) == (poisson.value, poisson.also["order_up_to_level"])
    assert listed.also["expected_cost"] == pytest.approx(poisson.also["expected_cost"])


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"demand_mean": 1e5}, "too large to search exactly"),
        ({"order_cost": 1e9}, "too many to search"),
        ({"reorder_level": 3.0}, "both s and S are needed"),
        ({"reorder_level": 8.0, "order_up_to_level": 3.0}, "must exceed s"),
        ({"demand_probabilities": {"1": 1.0}}, "leave one out"),
        ({"demand_mean": None, "demand_probabilities": {"1.5": 1.0}}, "whole number"),
        ({"demand_mean": None, "demand_probabilities": {"0": 1.0}}, "no demand at all"),
        ({"demand_mean": None}, "needs demand or probability"),
    ],
)
def test_the_min_max_policy_refuses_what_it_cannot_take(inputs, why):
    with pytest.raises(MetricError, match=why):
        compute("s_s_policy", **{name: value for name, value in (MIN_MAX | inputs).items() if value is not None})


def test_the_power_approximation_comes_near_the_best_policy():
    inputs = {"holding_cost": 1.0, "backorder_cost": 9.0, "order_cost": 400.0, "demand_mean": 20.0}
    best = compute("s_s_policy", **inputs)
    near = compute("s_s_power_approximation", **inputs, demand_sd=math.sqrt(20))
    levels = {
        "reorder_level": float(round(near.value)),
        "order_up_to_level": float(round(near.also["order_up_to_level"])),
    }
    assert compute("s_s_policy", **inputs, **levels).also["expected_cost"] < 1.02 * best.also["expected_cost"]


@QUICK
@given(step=st.floats(-0.9, 3))
def test_no_lot_beats_the_best_one_under_disruptions(step):
    best = compute("eoq_with_disruptions", **DOWN)
    other = compute("eoq_with_disruptions", **DOWN, order_quantity=best.value * (1 + step))
    assert other.also["expected_cost"] >= best.also["expected_cost"] * (1 - 1e-12)
    assert best.value > best.also["quantity_without_disruptions"]


def test_rare_disruptions_leave_the_economic_order_quantity():
    result = compute("eoq_with_disruptions", **(DOWN | {"disruption_rate": 1e-7, "recovery_rate": 100.0}))
    assert result.value == pytest.approx(result.also["quantity_without_disruptions"], rel=1e-4)


def test_the_stock_against_failures_is_the_best_and_its_cost_is_the_sum_over_states():
    best = compute("newsvendor_with_disruptions", **FAILING)
    share = 0.04 / 0.29
    chances = [1 - share] + [share * 0.25 * 0.75 ** (state - 1) for state in range(1, 300)]
    for level in (0.0, 1000.0, 2000.0, 5300.0, 8000.0, 20_000.0):
        cost = sum(
            chance * (0.25 * max(0, level - (state + 1) * 2000) + 3 * max(0, (state + 1) * 2000 - level))
            for state, chance in enumerate(chances)
        )
        asked = compute("newsvendor_with_disruptions", **FAILING, base_stock_level=level)
        assert asked.also["expected_cost"] == pytest.approx(cost)
        assert cost >= best.also["expected_cost"] - 1e-9


def test_chances_of_failing_are_shares():
    with pytest.raises(MetricError, match="below 1"):
        compute("newsvendor_with_disruptions", **(FAILING | {"recovery_probability": 1.0}))
    with pytest.raises(MetricError, match="needs recovery rate"):
        compute("eoq_with_disruptions", **{name: value for name, value in DOWN.items() if name != "recovery_rate"})


@pytest.mark.parametrize(
    ("metric", "inputs"),
    [("r_q_policy", WAITING), ("eoq_with_disruptions", DOWN), ("newsvendor_with_disruptions", FAILING)],
)
def test_drawings_mark_the_least_cost(metric, inputs):
    chart = compute(metric, chart=True, **inputs).chart
    assert chart is not None
    assert chart.marks[0].y <= min(chart.series[0].y) * (1 + 1e-9)
    assert len(chart.series[0].x) <= 40
