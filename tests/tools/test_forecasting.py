"""Forecasts: averages stay within their values, special cases coincide, and impossible windows are refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics.compute import compute
from tools.metrics.result import MetricError

VALUES = st.lists(st.floats(0, 1e6), min_size=2, max_size=40)


@given(VALUES, st.data())
def test_every_forecast_lies_between_the_least_and_the_largest_value(values, data):
    window = data.draw(st.integers(1, len(values)))
    weights = data.draw(st.lists(st.floats(0.01, 10), min_size=window, max_size=window))
    alpha = data.draw(st.floats(0.01, 1))
    for result in (
        compute("moving_average", actual=values, window=float(window)),
        compute("weighted_moving_average", actual=values, weights=weights),
        compute("exponential_smoothing", actual=values, smoothing_constant=alpha),
    ):
        slack = 1e-9 * (1 + max(values))
        assert min(values) - slack <= result.value <= max(values) + slack


@given(VALUES, st.data())
def test_equal_weights_give_the_moving_average(values, data):
    window = data.draw(st.integers(1, len(values)))
    plain = compute("moving_average", actual=values, window=float(window))
    weighted = compute("weighted_moving_average", actual=values, weights=[0.25] * window)
    assert weighted.value == pytest.approx(plain.value, abs=1e-6)
    assert weighted.also["forecasts"] == pytest.approx(plain.also["forecasts"], abs=1e-6)


@given(VALUES)
def test_a_constant_of_one_repeats_the_last_value(values):
    smoothed = compute("exponential_smoothing", actual=values, smoothing_constant=1.0)
    assert smoothed.value == pytest.approx(values[-1])
    assert smoothed.value == compute("moving_average", actual=values, window=1.0).value


@given(VALUES, st.floats(0.01, 1), st.floats(0, 1e6))
def test_smoothing_weighs_the_past_geometrically(values, alpha, start):
    weights = [alpha * (1 - alpha) ** age for age in range(len(values))]
    expected = np.dot(weights, values[::-1]) + (1 - alpha) ** len(values) * start
    found = compute("exponential_smoothing", actual=values, smoothing_constant=alpha, previous_forecast=start)
    assert found.value == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_one_value_and_the_forecast_made_for_it_suffice():
    result = compute("exponential_smoothing", actual=1000.0, previous_forecast=940.0, smoothing_constant=0.3)
    assert result.value == pytest.approx(958)


def test_the_last_value_does_for_a_list_of_one():
    result = compute(
        "exponential_smoothing", chart=True, last_actual=153.0, previous_forecast=142.0, smoothing_constant=0.2
    )
    assert result.value == pytest.approx(144.2)
    assert result.chart.series[0].y == [153]


def test_the_first_value_starts_the_series_unless_a_forecast_is_given_and_that_is_said():
    without = compute("exponential_smoothing", actual=[10.0, 20.0], smoothing_constant=0.5)
    assert without.value == 15
    assert without.assumptions == ["the forecast for the first period is its actual value"]


def test_weights_can_be_given_newest_first():
    oldest = compute("weighted_moving_average", actual=[10.0, 12.0, 13.0], weights=[1.0, 2.0, 3.0])
    newest = compute(
        "weighted_moving_average", actual=[10.0, 12.0, 13.0], weights=[3.0, 2.0, 1.0], weights_order="newest first"
    )
    assert oldest.value == newest.value
    turned = compute("weighted_moving_average", actual=[10.0, 12.0, 13.0], weights=[3.0, 2.0, 1.0])
    assert any("order of the weights" in warning for warning in turned.warnings)


@pytest.mark.parametrize(
    ("metric", "inputs", "reason"),
    [
        ("moving_average", {"actual": [1.0, 2.0], "window": 3.0}, "needs as many past values"),
        ("moving_average", {"actual": [1.0, 2.0], "window": 1.5}, "whole number"),
        ("moving_average", {"actual": [1.0, 2.0], "window": 0.0}, "at least 1"),
        ("weighted_moving_average", {"actual": [1.0], "weights": [1.0, 2.0]}, "as many past values"),
        ("weighted_moving_average", {"actual": [1.0], "weights": [0.0]}, "all 0"),
        ("weighted_moving_average", {"actual": [1.0, 2.0], "weights": [2.0, -1.0]}, "cannot be negative"),
        ("exponential_smoothing", {"actual": [1.0], "smoothing_constant": 0.2}, "forecast that had been made"),
        ("exponential_smoothing", {"actual": [1.0, 2.0], "smoothing_constant": 1.2}, "overshoot"),
        ("exponential_smoothing", {"last_actual": 1.0, "smoothing_constant": 0.2}, "forecast that had been made"),
        (
            "exponential_smoothing",
            {"actual": [1.0, 2.0], "last_actual": 3.0, "smoothing_constant": 0.2},
            "leave it out",
        ),
        ("exponential_smoothing", {"actual": [], "smoothing_constant": 0.2}, "at least 1 item"),
    ],
)
def test_what_cannot_be_forecast_is_refused_with_the_reason(metric, inputs, reason):
    with pytest.raises(MetricError, match=reason):
        compute(metric, **inputs)


def test_a_long_history_is_drawn_short_and_the_forecasts_meet_their_periods():
    result = compute("moving_average", chart=True, actual=[float(place) for place in range(10_000)], window=3.0)
    actual, forecast = result.chart.series
    assert len(actual.x) <= 40
    assert len(forecast.x) == len(forecast.y)
    assert (forecast.x[-1], forecast.y[-1]) == (10_001, 9998)
    assert forecast.y[0] == pytest.approx(forecast.x[0] - 3)
    assert actual.y[0] == actual.x[0] - 1
