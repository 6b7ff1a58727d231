"""Forecast errors: measures agree, units cancel where they should, and what cannot be divided is refused."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tools.metrics.compute import compute
from tools.metrics.metric import METRICS
from tools.metrics.result import MetricError, MetricInvalid

POSITIVE = st.floats(0.1, 1e6)
ANY = st.floats(-1e6, 1e6)
PAIRS = st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=40)
MEASURES = ("mape", "smape", "wape", "mae", "rmse", "forecast_bias", "mase", "tracking_signal")


def refused(metric, **inputs):
    with pytest.raises(MetricError) as caught:
        compute(metric, **inputs)
    problem = caught.value.problem
    assert isinstance(problem, MetricInvalid)
    return problem.invalid[0]


@given(PAIRS, st.floats(1e-3, 1e3))
def test_shares_do_not_depend_on_the_unit_and_amounts_scale_with_it(pairs, unit):
    actual, forecast = [a for a, _ in pairs], [f for _, f in pairs]
    other = {"actual": [a * unit for a in actual], "forecast": [f * unit for f in forecast]}
    for metric in ("mape", "smape", "wape"):
        assert compute(metric, **other).value == pytest.approx(compute(metric, actual=actual, forecast=forecast).value)
    for metric in ("mae", "rmse", "forecast_bias"):
        found = compute(metric, actual=actual, forecast=forecast).value
        assert compute(metric, **other).value == pytest.approx(unit * found, rel=1e-6, abs=1e-6 * unit)


@given(PAIRS)
def test_bias_is_within_mae_within_rmse_within_the_largest_error(pairs):
    given_ = {"actual": [a for a, _ in pairs], "forecast": [f for _, f in pairs]}
    bias, mae, rmse = (compute(metric, **given_).value for metric in ("forecast_bias", "mae", "rmse"))
    largest = max(abs(a - f) for a, f in pairs)
    slack = 1e-9 * (1 + largest)
    assert abs(bias) <= mae + slack
    assert mae <= rmse + slack
    assert rmse <= largest + slack


@given(PAIRS)
def test_wape_is_mape_weighed_by_volume(pairs):
    actual, forecast = [a for a, _ in pairs], [f for _, f in pairs]
    errors = compute("mape", actual=actual, forecast=forecast).also["errors"]
    assert compute("wape", actual=actual, forecast=forecast).value == pytest.approx(np.average(errors, weights=actual))
    inverse = [1 / a for a in actual]
    assert compute("wape", actual=actual, forecast=forecast, prices=inverse).value == pytest.approx(np.mean(errors))


@given(st.lists(st.tuples(ANY, ANY), min_size=2, max_size=40))
def test_the_tracking_signal_never_exceeds_the_number_of_periods(pairs):
    assume(any(abs(a - f) > 1e-6 for a, f in pairs))
    result = compute("tracking_signal", actual=[a for a, _ in pairs], forecast=[f for _, f in pairs])
    for place, signal in enumerate(result.also["running_signal"], start=1):
        assert abs(signal) <= place + 1e-6


def test_the_two_conventions_of_bias_are_opposites_and_the_one_taken_is_said():
    inputs = {
        "actual": [120.0, 100.0, 90.0, 140.0, 110.0, 100.0],
        "forecast": [110.0, 110.0, 110.0, 120.0, 120.0, 110.0],
    }
    result = compute("forecast_bias", **inputs)
    other = compute("forecast_bias", **inputs, convention="actual minus forecast")
    assert result.value == pytest.approx(20 / 6)
    assert other.value == -result.value == result.also["mean_error_the_other_way"]
    assert result.also["bias_of_actual"] == pytest.approx(20 / 660)
    assert any("forecast minus actual" in assumption for assumption in result.assumptions)
    assert "too high" in result.meaning
    assert "too high" in other.meaning


def test_the_tracking_signal_of_a_steady_lean_is_the_number_of_periods():
    result = compute("tracking_signal", actual=[85.0] * 6, forecast=[100.0] * 6, chart=True)
    assert result.value == -6
    assert "beyond" in result.meaning
    assert result.also["periods_beyond_limit"] == 2
    assert [line.style for line in result.chart.series] == ["solid", "dashed", "dashed"]


@given(st.lists(POSITIVE, min_size=3, max_size=30))
def test_the_naive_forecast_has_a_mase_of_one_and_adds_no_value(actual):
    assume(len(set(actual)) > 1)
    naive = actual[:-1]
    scaled = compute("mase", actual=actual[1:], forecast=naive, training=actual)
    assert scaled.value == pytest.approx(1)
    assert compute("forecast_value_added", actual=actual, forecast=[actual[0], *naive]).value == pytest.approx(0)


def test_mase_scales_by_the_season():
    history = [10.0, 20.0, 12.0, 24.0, 10.0, 30.0]
    result = compute("mase", actual=[11.0, 21.0], forecast=[10.0, 20.0], training=history, season=2.0)
    assert result.value == pytest.approx(1 / np.mean([2, 4, 2, 6]))
    assert result.also["rmsse"] == pytest.approx(1 / np.sqrt(np.mean([4, 16, 4, 36])))


def test_value_added_is_the_same_from_lists_and_from_rates():
    lists = compute("forecast_value_added", actual=[100.0, 110.0], forecast=[99.0, 111.0], naive=[90.0, 100.0])
    rates = compute("forecast_value_added", forecast_error_rate=2 / 210, naive_error_rate=20 / 210)
    assert lists.value == pytest.approx(rates.value)
    assert "adds value" in lists.meaning


def test_prices_shift_the_weight_to_what_is_dear():
    lists = {"actual": [10_000.0, 500.0, 100.0], "forecast": [9_000.0, 800.0, 160.0]}
    assert compute("wape", **lists).value == pytest.approx(1360 / 10_600)
    assert compute("wape", **lists, prices=[2.0, 20.0, 50.0]).value == pytest.approx(11_000 / 35_000)


@pytest.mark.parametrize(
    ("metric", "inputs", "name", "instead"),
    [
        ("mape", {"actual": [5.0, 0.0], "forecast": [4.0, 1.0]}, "actual", "wape"),
        ("mape", {"actual": [1e-300], "forecast": [1e15]}, "actual", "wape"),
        ("wape", {"actual": [0.0, 0.0], "forecast": [4.0, 1.0]}, "actual", "mae"),
        ("wape", {"actual": [1.0], "forecast": [4.0], "prices": [-1.0]}, "prices", ""),
        ("wape", {"actual": [1.0], "forecast": [4.0], "prices": [1.0, 2.0]}, "prices", ""),
        ("mase", {"actual": [1.0, 1.0], "forecast": [1.0, 2.0]}, "actual", "mae"),
        (
            "mase",
            {"actual": [1.0, 2.0], "forecast": [1.0, 2.0], "training": [1.0, 2.0], "season": 2.0},
            "training",
            "mae",
        ),
        ("mase", {"actual": [1.0, 2.0], "forecast": [1.0, 2.0], "season": 1.5}, "season", ""),
        ("tracking_signal", {"actual": [1.0], "forecast": [1.0]}, "forecast", "forecast_bias"),
        ("forecast_value_added", {"actual": [1.0], "forecast": [1.0]}, "actual", ""),
        ("forecast_value_added", {"actual": [1.0, 0.0], "forecast": [1.0, 0.0]}, "actual", "mae"),
        ("forecast_value_added", {"actual": [1.0, 2.0], "forecast": [1.0, 2.0], "naive": [1.0]}, "naive", ""),
    ],
)
def test_what_cannot_be_divided_is_refused_with_what_would_work(metric, inputs, name, instead):
    wrong = refused(metric, **inputs)
    assert (wrong.input, wrong.instead) == (name, instead)
    assert not instead or instead in METRICS


@pytest.mark.parametrize("metric", MEASURES)
def test_lists_that_do_not_pair_up_are_refused(metric):
    assert "2 forecasts and 3 actual values" in refused(metric, actual=[1.0, 2.0, 3.0], forecast=[1.0, 2.0]).reason


@pytest.mark.parametrize("metric", MEASURES)
def test_ten_thousand_values_are_no_burden_and_their_chart_is_short(metric):
    dice = np.random.default_rng(7)
    lists = {"actual": dice.uniform(1, 100, 10_000).tolist(), "forecast": dice.uniform(1, 100, 10_000).tolist()}
    result = compute(metric, chart=True, **lists)
    assert max(len(line.y) for line in result.chart.series) <= 40
    assert all(len(step) < 400 for step in result.steps)


def test_a_single_value_stands_for_a_list_of_one():
    assert compute("mape", actual=100.0, forecast=110.0).value == pytest.approx(0.1)


ERRORS = [-10.0, 5.0, -5.0, 10.0, 12.0, -2.0]
LEVEL = [100.0] * len(ERRORS)
MADE = [100.0 - error for error in ERRORS]


@pytest.mark.parametrize("metric", ["mape", "wape", "mae", "rmse", "tracking_signal"])
def test_errors_give_what_the_lists_that_they_come_from_give(metric):
    plain = compute(metric, actual=LEVEL, forecast=MADE)
    level = {"actual": LEVEL} if metric in ("mape", "wape") else {}
    errors = compute(metric, chart=True, errors=ERRORS, **level)
    assert errors.value == pytest.approx(plain.value)
    assert compute(metric, actual=LEVEL, forecast=MADE, errors=ERRORS).value == pytest.approx(plain.value)


def test_a_single_forecast_needs_no_list():
    one = {"actual_value": 900.0, "forecast_value": 1000.0}
    assert compute("wape", **one).value == compute("mape", chart=True, **one).value == pytest.approx(1 / 9)
    assert compute("mae", **one).value == compute("forecast_bias", **one).value == 100
    assert refused("mape", actual_value=0.0, forecast_value=1.0).instead == "wape"
    assert "not both" in refused("mae", errors=[1.0], **one).reason


def test_errors_of_a_bias_are_taken_in_the_convention_that_is_said():
    over = compute("forecast_bias", errors=[4.0, 8.0])
    under = compute("forecast_bias", errors=[4.0, 8.0], convention="actual minus forecast")
    assert over.value == under.value == 6
    assert "too high" in over.meaning
    assert "too low" in under.meaning
    assert "bias_of_actual" not in over.also
    assert compute("forecast_bias", total_error=12.0, periods=2.0).value == 6


def test_sums_do_where_the_single_errors_are_not_known():
    assert compute("mae", total_absolute_error=240.0, periods=12.0).value == 20
    assert compute("wape", total_absolute_error=84.0, total_actual=1200.0).value == pytest.approx(0.07)
    assert compute("rmse", mean_squared_error=144.0).value == 12
    assert compute("rmse", total_squared_error=1200.0, periods=12.0).also["mse"] == 100
    assert compute("mape", percentage_errors=[0.05, -0.08, 0.11]).value == pytest.approx(0.08)
    assert compute("mase", mae=12.0, naive_mae=15.0).value == pytest.approx(0.8)
    signal = compute("tracking_signal", chart=True, running_sum=-60.0, mad=12.0)
    assert signal.value == -5
    assert "beyond" in signal.meaning
    assert signal.chart is None


@pytest.mark.parametrize(
    ("metric", "inputs", "name"),
    [
        ("mae", {"actual": LEVEL, "forecast": MADE, "errors": [1.0] * 6}, "errors"),
        ("mae", {"actual": LEVEL, "forecast": MADE, "errors": [1.0]}, "errors"),
        ("mape", {"actual": LEVEL, "errors": [1.0]}, "errors"),
        ("wape", {"total_absolute_error": 1.0, "total_actual": 9.0, "prices": [1.0]}, "prices"),
        ("tracking_signal", {"errors": [0.0, 0.0]}, "errors"),
        ("tracking_signal", {"running_sum": 3.0, "mad": 0.0}, "mad"),
        ("mase", {"mae": 3.0, "naive_mae": 0.0}, "naive_mae"),
    ],
)
def test_errors_that_contradict_the_lists_are_refused(metric, inputs, name):
    assert refused(metric, **inputs).input == name
