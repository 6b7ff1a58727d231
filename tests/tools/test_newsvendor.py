"""The newsvendor: best orders, their costs and profits, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from tools.metrics import MetricError, compute

COST = st.floats(0.1, 1000)
MEAN = st.floats(10, 10_000)
QUICK = settings(deadline=None, max_examples=60)
SKI = {"selling_price": 120.0, "purchase_cost": 60.0, "salvage_value": 40.0, "demand_mean": 1000.0, "demand_sd": 300.0}


@QUICK
@given(over=COST, under=COST, mean=MEAN, spread=st.floats(0.05, 0.4), step=st.floats(-0.5, 0.5))
def test_no_other_order_costs_less(over, under, mean, spread, step):
    costs = {"overage_cost": over, "underage_cost": under, "demand_mean": mean, "demand_sd": spread * mean}
    best = compute("newsvendor", **costs)
    assume(best.value * (1 + step) > 0)
    other = compute("newsvendor", **costs, order_quantity=best.value * (1 + step))
    assert other.also["expected_cost"] >= best.also["expected_cost"] * (1 - 1e-9)
    assert other.also["best_expected_cost"] == pytest.approx(best.also["expected_cost"])


@QUICK
@given(over=COST, under=COST, mean=MEAN, spread=st.floats(0.05, 0.4))
def test_cost_is_that_of_integrating_over_demand(over, under, mean, spread):
    sd = spread * mean
    result = compute("newsvendor", overage_cost=over, underage_cost=under, demand_mean=mean, demand_sd=sd)
    demand = np.linspace(mean - 10 * sd, mean + 10 * sd, 40_001)
    cost = over * np.maximum(result.value - demand, 0) + under * np.maximum(demand - result.value, 0)
    expected = np.trapezoid(cost * stats.norm(mean, sd).pdf(demand), demand)
    assert result.also["expected_cost"] == pytest.approx(expected, rel=1e-5)


@QUICK
@given(price=st.floats(11, 1000), salvage=st.floats(0, 9), order=st.floats(0, 3000))
def test_profit_is_sales_and_salvage_less_purchases(price, salvage, order):
    result = compute(
        "newsvendor", selling_price=price, purchase_cost=10.0, salvage_value=salvage,
        demand_mean=1000.0, demand_sd=300.0, order_quantity=order,
    )  # fmt: skip
    also = result.also
    earned = price * also["expected_sales"] + salvage * also["expected_leftover"] - 10 * order
    assert also["expected_profit"] == pytest.approx(earned, rel=1e-9, abs=1e-6)
    assert also["best_expected_profit"] >= also["expected_profit"] - 1e-6


@QUICK
@given(money=st.floats(0.01, 100), items=st.floats(0.01, 100))
def test_currency_leaves_the_order_and_units_scale_it(money, items):
    plain = compute("newsvendor", **SKI)
    prices = {name: SKI[name] * money for name in ("selling_price", "purchase_cost", "salvage_value")}
    dear = compute("newsvendor", **(SKI | prices))
    large = compute("newsvendor", **(SKI | {"demand_mean": 1000.0 * items, "demand_sd": 300.0 * items}))
    assert dear.value == pytest.approx(plain.value)
    assert dear.also["expected_profit"] == pytest.approx(plain.also["expected_profit"] * money)
    assert large.value == pytest.approx(plain.value * items)
    assert large.also["expected_cost"] == pytest.approx(plain.also["expected_cost"] * items)


def test_prices_and_costs_of_error_say_the_same():
    by_price = compute("newsvendor", **SKI)
    by_cost = compute("newsvendor", overage_cost=20.0, underage_cost=60.0, demand_mean=1000.0, demand_sd=300.0)
    both = compute("newsvendor", **SKI, overage_cost=20.0, underage_cost=60.0)
    assert by_price.value == by_cost.value == both.value
    assert "expected_profit" not in by_cost.also
    with pytest.raises(MetricError, match=r"overage cost is given as 30, but the prices make it 20"):
        compute("newsvendor", **SKI, overage_cost=30.0, underage_cost=60.0)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"selling_price": 50.0}, "does not exceed the purchase cost"),
        ({"salvage_value": 70.0}, "not below the purchase cost"),
        ({"demand_sd": -1.0}, "at least 0"),
        ({"purchase_cost": None}, "needs purchase cost"),
        ({"demand_mean": None}, "needs mean demand"),
        ({"selling_price": "cheap"}, "must be a number"),
    ],
)
def test_what_cannot_be_is_refused(changes, why):
    with pytest.raises(MetricError, match=why):
        compute("newsvendor", **{name: value for name, value in (SKI | changes).items() if value is not None})


def test_salvage_that_is_not_said_is_none_and_wide_demand_is_doubted():
    result = compute("newsvendor", selling_price=5.0, purchase_cost=4.0, demand_mean=10.0, demand_sd=40.0)
    assert result.value == 0
    assert "leftovers are worth nothing" in result.assumptions
    assert any("negative demand" in warning for warning in result.warnings)
    assert any("cannot be below 0" in warning for warning in result.warnings)


@QUICK
@given(over=COST, under=COST, mean=st.floats(0.01, 3000))
def test_poisson_order_is_the_first_to_reach_the_ratio_and_costs_what_scipy_says(over, under, mean):
    result = compute("newsvendor_poisson", overage_cost=over, underage_cost=under, demand_mean=mean)
    ratio, demand = under / (under + over), stats.poisson(mean)
    assert demand.cdf(result.value) >= ratio - 1e-12
    assert demand.cdf(result.value - 1) < ratio
    counts = np.arange(0, int(mean + 20 * math.sqrt(mean) + 60))
    cost = over * np.maximum(result.value - counts, 0) + under * np.maximum(counts - result.value, 0)
    assert result.also["expected_cost"] == pytest.approx(float(cost @ demand.pmf(counts)), rel=1e-6, abs=1e-9)


@QUICK
@given(over=COST, under=COST, mean=MEAN, spread=st.floats(0.05, 2))
def test_lognormal_orders_the_quantile_however_demand_is_given(over, under, mean, spread):
    costs = {"overage_cost": over, "underage_cost": under}
    result = compute("newsvendor_lognormal", **costs, demand_mean=mean, demand_sd=spread * mean)
    demand = stats.lognorm(result.also["log_sd"], scale=math.exp(result.also["log_mean"]))
    assert demand.mean() == pytest.approx(mean)
    assert demand.std() == pytest.approx(spread * mean)
    assert demand.cdf(result.value) == pytest.approx(under / (under + over))
    logged = compute("newsvendor_lognormal", **costs, log_mean=result.also["log_mean"], log_sd=result.also["log_sd"])
    assert logged.value == pytest.approx(result.value)


@QUICK
@given(over=COST, under=COST, low=st.floats(0, 100), width=st.floats(1, 1000))
def test_uniform_is_the_share_of_the_way_and_agrees_with_the_general_one(over, under, low, width):
    costs = {"overage_cost": over, "underage_cost": under}
    result = compute("newsvendor_uniform", **costs, demand_low=low, demand_high=low + width)
    assert (result.value - low) / width == pytest.approx(under / (under + over))
    general = compute(
        "newsvendor_distribution", **costs, distribution="uniform", parameters={"loc": low, "scale": width}
    )
    assert general.value == pytest.approx(result.value)
    assert general.also["expected_cost"] == pytest.approx(result.also["expected_cost"], rel=1e-6)


def test_uniform_ends_must_differ():
    with pytest.raises(MetricError, match="must exceed the lowest"):
        compute("newsvendor_uniform", overage_cost=1.0, underage_cost=1.0, demand_low=5.0, demand_high=5.0)


TABLE = {"20": 0.1, "25": 0.2, "30": 0.3, "35": 0.25, "40": 0.15}


def test_listed_demand_by_table_and_by_lists_is_the_same_and_beats_every_other_order():
    costs = {"selling_price": 3.0, "purchase_cost": 1.0}
    table = compute("newsvendor_discrete", **costs, demand_probabilities=TABLE)
    lists = compute(
        "newsvendor_discrete", **costs, demand_values=[40.0, 20.0, 25.0, 30.0, 35.0],
        probabilities=[0.15, 0.1, 0.2, 0.3, 0.25],
    )  # fmt: skip
    assert table.value == lists.value == 35
    for order in (20.0, 25.0, 30.0, 32.5, 40.0):
        other = compute("newsvendor_discrete", **costs, demand_probabilities=TABLE, order_quantity=order)
        assert other.also["expected_profit"] <= table.also["expected_profit"]


def test_past_demand_counts_each_value_alike():
    result = compute(
        "newsvendor_discrete", overage_cost=1.0, underage_cost=3.0, observed_demand=[8.0, 10.0, 12.0, 14.0]
    )
    assert result.value == 12
    assert result.also["demand_mean"] == 11
    assert any("past demands" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("demand", "why"),
    [
        ({"demand_probabilities": {"10": 0.5, "20": 0.4}}, "add up to 0.9"),
        ({"demand_probabilities": {"many": 1.0}}, "is no number"),
        ({"demand_values": [1.0, 2.0], "probabilities": [1.0]}, "2 possible demands but 1 probabilities"),
        ({"demand_values": [1.0]}, "needs probabilities"),
    ],
)
def test_a_table_that_cannot_be_is_refused(demand, why):
    with pytest.raises(MetricError, match=why):
        compute("newsvendor_discrete", overage_cost=1.0, underage_cost=1.0, **demand)


def test_probabilities_rounded_to_a_percent_are_scaled():
    thirds = compute(
        "newsvendor_discrete",
        overage_cost=1.0,
        underage_cost=1.0,
        demand_probabilities={"1": 0.33, "2": 0.33, "3": 0.33},
    )
    assert thirds.value == 2
    assert any("scaled to 1" in warning for warning in thirds.warnings)


@pytest.mark.parametrize(
    ("name", "demand"),
    [
        ("gamma", stats.gamma(6.25, scale=16)),
        ("lognormal", stats.lognorm(math.sqrt(math.log(1.16)), scale=100 / math.sqrt(1.16))),
        ("normal", stats.norm(100, 40)),
        ("logistic", stats.logistic(100, 40 * math.sqrt(3) / math.pi)),
        ("laplace", stats.laplace(100, 40 / math.sqrt(2))),
        ("negative_binomial", stats.nbinom(10000 / 1500, 100 / 1600)),
    ],
)
def test_named_distributions_are_fitted_to_mean_and_deviation(name, demand):
    result = compute(
        "newsvendor_distribution",
        overage_cost=1.0,
        underage_cost=4.0,
        distribution=name,
        demand_mean=100.0,
        demand_sd=40.0,
    )
    assert result.value == pytest.approx(demand.ppf(0.8))
    draws = demand.ppf((np.arange(200_000) + 0.5) / 200_000)
    expected = np.mean(np.maximum(result.value - draws, 0) + 4 * np.maximum(draws - result.value, 0))
    assert result.also["expected_cost"] == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"distribution": "cauchy", "demand_mean": 1.0}, "must be one of"),
        ({"distribution": "gamma", "parameters": {"scale": 1.0}}, "also needs a"),
        ({"distribution": "gamma", "parameters": {"a": 1.0, "shape": 2.0}}, "takes a, loc, scale"),
        ({"distribution": "pareto", "parameters": {"b": 0.5}}, "finite mean"),
        ({"distribution": "weibull", "demand_mean": 5.0, "demand_sd": 1.0}, "give its parameters"),
        ({"distribution": "negative_binomial", "demand_mean": 100.0, "demand_sd": 5.0}, "varies more than Poisson"),
        ({"distribution": "normal", "demand_mean": 100.0}, "needs the standard deviation"),
    ],
)
def test_a_distribution_that_cannot_be_is_refused(inputs, why):
    with pytest.raises(MetricError, match=why):
        compute("newsvendor_distribution", overage_cost=1.0, underage_cost=4.0, **inputs)


@QUICK
@given(over=COST, under=COST)
def test_the_critical_ratio_weighs_the_two_errors(over, under):
    ratio = compute("critical_ratio", overage_cost=over, underage_cost=under)
    swapped = compute("critical_ratio", overage_cost=under, underage_cost=over)
    assert ratio.value + swapped.value == pytest.approx(1)
    assert stats.norm.cdf(ratio.also["z"]) == pytest.approx(ratio.value)


def test_a_drawing_marks_the_best_order():
    chart = compute("newsvendor", chart=True, **SKI).chart
    assert chart is not None
    assert len(chart.series[0].x) <= 40
    assert chart.marks[0].y >= max(chart.series[0].y)
