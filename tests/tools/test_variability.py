"""Variability and bullwhip: ratios from data, from variances and from theory, which simulation confirms."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tools.metrics.compute import compute
from tools.metrics.result import MetricError

SERIES = st.lists(st.floats(0, 1e4), min_size=2, max_size=30)
PERIODS = 400_000


def varied(values):
    return np.std(values) > 1e-3


@given(SERIES, SERIES, st.floats(1e-3, 1e3))
def test_the_bullwhip_ratio_does_not_depend_on_unit_or_level(demand, orders, unit):
    assume(varied(demand))
    ratio = compute("bullwhip_ratio", demand=demand, orders=orders).value
    scaled = compute("bullwhip_ratio", demand=[unit * d for d in demand], orders=[unit * o for o in orders]).value
    raised = compute("bullwhip_ratio", demand=[d + 100 for d in demand], orders=[o + 100 for o in orders]).value
    assert scaled == pytest.approx(ratio, rel=1e-6, abs=1e-9)
    assert raised == pytest.approx(ratio, rel=1e-4, abs=1e-6)


@given(SERIES)
def test_passing_demand_on_gives_one_and_doubling_it_four(demand):
    assume(varied(demand))
    assert compute("bullwhip_ratio", demand=demand, orders=demand).value == 1
    assert compute("bullwhip_ratio", demand=demand, orders=[2 * d for d in demand]).value == pytest.approx(4)


def test_sample_and_population_differ_in_variance_but_not_in_ratio():
    lists = {"demand": [1.0, 2.0, 4.0], "orders": [1.0, 5.0, 2.0]}
    sample, population = (compute("bullwhip_ratio", **lists, basis=basis) for basis in ("sample", "population"))
    assert sample.value == pytest.approx(population.value)
    assert sample.also["variance_of_demand"] == pytest.approx(1.5 * population.also["variance_of_demand"])


def test_variances_and_deviations_give_the_same_ratio():
    of_variances = compute("bullwhip_from_variances", variance_of_orders=400.0, variance_of_demand=100.0)
    mixed = compute("bullwhip_from_variances", sd_of_orders=20.0, variance_of_demand=100.0)
    means = compute(
        "bullwhip_from_variances", sd_of_orders=20.0, sd_of_demand=10.0, mean_orders=50.0, mean_demand=100.0
    )
    assert of_variances.value == mixed.value == means.value == 4
    assert means.also["ratio_of_cvs"] == pytest.approx(4)


def simulated(correlation, lead, forecasts):
    """Return the variance ratio of an order-up-to policy that forecasts lead time demand, in a long run."""
    dice = np.random.default_rng(5)
    demand = np.empty(PERIODS)
    demand[0] = 0.0
    noise = dice.normal(size=PERIODS)
    for period in range(1, PERIODS):
        demand[period] = correlation * demand[period - 1] + noise[period]
    level = forecasts(demand, lead)
    orders = demand[1:] + np.diff(level)
    return orders[200:].var() / demand[200:].var()


def averaging(periods):
    def forecast(demand, lead):
        sums = np.cumsum(demand)
        means = sums.copy()
        means[periods:] = sums[periods:] - sums[:-periods]
        return lead * means / periods

    return forecast


def smoothing(alpha):
    def forecast(demand, lead):
        level = np.empty_like(demand)
        level[0] = demand[0]
        for period in range(1, len(demand)):
            level[period] = alpha * demand[period] + (1 - alpha) * level[period - 1]
        return lead * level

    return forecast


def best(correlation):
    return lambda demand, lead: sum(correlation**step for step in range(1, lead + 1)) * demand


@pytest.mark.parametrize("correlation", [-0.5, 0.0, 0.6, 0.9])
@pytest.mark.parametrize("lead", [1, 3])
def test_simulation_confirms_the_theory(correlation, lead):
    inputs = {"correlation": correlation, "lead_time": float(lead)}
    for policy, more in (
        (averaging(4), {"periods_averaged": 4.0}),
        (smoothing(0.6), {"smoothing_constant": 0.6}),
        (best(correlation), {}),
    ):
        found = compute("bullwhip_order_up_to", **inputs, **more).value
        assert simulated(correlation, lead, policy) == pytest.approx(found, rel=0.03)


def test_the_number_of_scperf_is_shown_beside_the_derived_one():
    result = compute("bullwhip_order_up_to", lead_time=2.0, correlation=0.9, smoothing_constant=0.6)
    assert result.value == pytest.approx(1 + (2.4 + 2 * 1.44 / 1.4) * 0.1 / 0.64)
    assert result.also["scperf_value"] == pytest.approx(1.9375)
    assert any("1.9375" in warning for warning in result.warnings)


@given(st.floats(0.1, 50), st.integers(1, 50))
def test_the_bound_grows_with_lead_time_and_falls_with_memory(lead, periods):
    bound = compute("bullwhip_lower_bound", lead_time=lead, periods_averaged=float(periods)).value
    share = lead / periods
    assert bound == pytest.approx(1 + 2 * share + 2 * share**2)
    assert compute("bullwhip_lower_bound", lead_time=2 * lead, periods_averaged=float(periods)).value > bound
    assert compute("bullwhip_lower_bound", lead_time=lead, periods_averaged=float(periods + 1)).value < bound


def test_a_window_of_one_is_a_smoothing_constant_of_one():
    window = compute("bullwhip_lower_bound", lead_time=3.0, periods_averaged=1.0, correlation=0.4).value
    constant = compute("bullwhip_lower_bound", lead_time=3.0, smoothing_constant=1.0, correlation=0.4).value
    assert window == pytest.approx(constant)


def test_the_bound_is_met_by_the_policy_and_drawn_over_lead_times():
    bound = compute("bullwhip_lower_bound", lead_time=4.0, periods_averaged=8.0, chart=True)
    policy = compute("bullwhip_order_up_to", lead_time=4.0, periods_averaged=8.0, chart=True)
    assert bound.value == policy.value == 2.5
    assert bound.also["with_half_the_lead_time"] == 1.625
    assert bound.chart.series == policy.chart.series


def test_negative_correlation_smooths_under_the_best_forecast():
    assert compute("bullwhip_order_up_to", lead_time=2.0, correlation=-0.5).value < 1


@given(SERIES, st.floats(1e-3, 1e3))
def test_variation_is_relative(values, unit):
    assume(sum(values) > 1)
    found = compute("coefficient_of_variation", values=values)
    scaled = compute("coefficient_of_variation", values=[unit * value for value in values])
    assert scaled.value == pytest.approx(found.value, rel=1e-6, abs=1e-9)
    parts = {"mean": found.also["mean"], "standard_deviation": found.also["standard_deviation"]}
    assert compute("coefficient_of_variation", **parts).value == pytest.approx(found.value)
    assert found.value == pytest.approx(np.std(values, ddof=1) / np.mean(values))


@pytest.mark.parametrize(
    ("metric", "inputs", "reason"),
    [
        ("bullwhip_ratio", {"demand": [5.0, 5.0, 5.0], "orders": [1.0, 2.0, 3.0]}, "does not vary"),
        ("bullwhip_ratio", {"demand": [0.1] * 7, "orders": [1.0, 2.0, 3.0]}, "does not vary"),
        ("bullwhip_ratio", {"demand": [5.0], "orders": [1.0, 2.0]}, "at least 2"),
        ("bullwhip_from_variances", {"variance_of_orders": 1.0, "variance_of_demand": 0.0}, "demand that varies"),
        ("bullwhip_lower_bound", {"lead_time": 2.0}, "periods averaged or smoothing constant"),
        ("bullwhip_lower_bound", {"lead_time": 2.0, "periods_averaged": 4.0, "smoothing_constant": 0.2}, "not both"),
        ("bullwhip_lower_bound", {"lead_time": 2.0, "periods_averaged": 4.5}, "whole number"),
        ("bullwhip_order_up_to", {"lead_time": 2.0, "forecast_method": "moving average"}, "needs the number"),
        ("bullwhip_order_up_to", {"lead_time": 2.0, "forecast_method": "exponential smoothing"}, "smoothing constant"),
        ("bullwhip_order_up_to", {"lead_time": 2.0, "forecast_method": "guess"}, "must be one of"),
        ("bullwhip_order_up_to", {"lead_time": 2.0}, "give the correlation"),
        ("bullwhip_order_up_to", {"lead_time": 2.5, "correlation": -0.5}, "whole number"),
        ("bullwhip_order_up_to", {"lead_time": 2.0, "correlation": 1.0}, "settle around a mean"),
        ("coefficient_of_variation", {"values": [0.0, 0.0]}, "all 0"),
        ("coefficient_of_variation", {"values": [1.0, -1.0]}, "cannot be negative"),
        ("coefficient_of_variation", {"mean": 0.0, "standard_deviation": 1.0}, "mean of zero"),
        ("coefficient_of_variation", {"mean": 10.0}, "standard deviation"),
    ],
)
def test_what_has_no_ratio_is_refused_with_the_reason(metric, inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute(metric, **inputs)


def test_series_of_different_length_and_level_are_warned_about():
    result = compute("bullwhip_ratio", demand=[10.0, 12.0, 9.0, 11.0, 10.0, 12.0], orders=[20.0, 25.0, 18.0] * 3)
    assert any("9 of orders" in warning for warning in result.warnings)
    assert any("more than a tenth" in warning for warning in result.warnings)
