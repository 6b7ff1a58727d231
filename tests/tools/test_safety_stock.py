"""Safety stock, reorder point, service and periodic review: how they hang together, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from tools.metrics import Frame, MetricError, compute

QUICK = settings(deadline=None, max_examples=60)
LEVEL = st.floats(0.5, 0.9999)
TIME = st.floats(0.1, 50)
SEALS = {"demand_mean": 50.0, "demand_sd": 15.0, "lead_time": 4.0}


@QUICK
@given(level=LEVEL, sd=st.floats(0.1, 100), time=TIME, scale=st.floats(0.01, 100))
def test_stock_scales_with_demand_and_not_with_the_period(level, sd, time, scale):
    stock = compute("safety_stock", demand_sd=sd, lead_time=time, service_level=level).value
    assert stock == pytest.approx(stats.norm.ppf(level) * sd * math.sqrt(time), abs=1e-9)
    assert compute("safety_stock", demand_sd=scale * sd, lead_time=time, service_level=level).value == pytest.approx(
        scale * stock
    )
    per_day = compute("safety_stock", demand_sd=sd / math.sqrt(7), lead_time=7 * time, service_level=level)
    assert per_day.value == pytest.approx(stock)


@QUICK
@given(one=LEVEL, other=LEVEL, late=st.floats(0, 5))
def test_more_service_and_less_reliable_suppliers_take_more_stock(one, other, late):
    low, high = sorted((one, other))
    assert (
        compute("safety_stock", **SEALS, service_level=low).value
        <= compute("safety_stock", **SEALS, service_level=high).value
    )
    assert (
        compute("safety_stock", **SEALS, service_level=high, lead_time_sd=late).value
        >= compute("safety_stock", **SEALS, service_level=high).value
    )


@QUICK
@given(level=st.floats(0.01, 0.9999), late=st.floats(0, 3))
def test_service_level_inverts_safety_stock(level, late):
    stock = compute("safety_stock", **SEALS, lead_time_sd=late, service_level=level)
    point = stock.also["reorder_point"]
    by_point = compute("service_level", **SEALS, lead_time_sd=late, reorder_point=point)
    by_stock = compute("service_level", **SEALS, lead_time_sd=late, safety_stock=stock.value)
    assert by_point.value == pytest.approx(level)
    assert by_stock.value == pytest.approx(level)
    assert compute("z_value", service_level=level).value == pytest.approx(stock.also["z"])
    assert compute("service_level_from_z", z=stock.also["z"]).value == pytest.approx(level)


def test_lead_time_demand_agrees_with_a_simulation():
    dice = np.random.default_rng(1)
    lead_times = np.maximum(1, np.round(dice.normal(12, 3, 200_000)))
    totals = dice.normal(100 * lead_times, 22 * np.sqrt(lead_times))
    result = compute("lead_time_demand", demand_mean=100.0, demand_sd=22.0, lead_time=12.0, lead_time_sd=3.0)
    assert result.value == pytest.approx(totals.std(), rel=0.02)
    assert result.also["lead_time_demand_mean"] == pytest.approx(totals.mean(), rel=0.02)
    assert result.also["share_from_lead_time"] == pytest.approx(90_000 / 95_808)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"demand_sd": 15.0, "lead_time": 4.0}, "needs cycle service level or z value"),
        ({"service_level": 0.95}, "needs standard deviation of demand over the lead time or"),
        ({**SEALS, "service_level": 1.0}, "infinitely much"),
        ({**SEALS, "service_level": 95.0}, "but it is 95"),
        ({"demand_sd": 15.0, "lead_time": 4.0, "lead_time_sd": 1.0, "service_level": 0.95}, "average demand is needed"),
        ({**SEALS, "service_level": 0.95, "z": 3.0}, "leave one out"),
        ({**SEALS, "lead_time_demand_sd": 30.0, "z": 1.0}, "leave one out"),
        ({**SEALS, "demand_history": [1.0, 2.0], "z": 1.0}, "leave one out"),
        ({**SEALS, "lead_time_demand_mean": 90.0, "z": 1.0}, "demand times lead time is 200, but"),
        ({"lead_time_demand_sd": 30.0, "lead_time_sd": 1.0, "z": 1.0}, "already holds that of the lead time"),
        ({"lead_time_demand_sd": 30.0, "review_period": 1.0, "z": 1.0}, "longer than the lead time"),
        ({"demand_sd": 15.0, "lead_time": -4.0, "z": 1.0}, "lead time must be at least 0"),
    ],
)
def test_safety_stock_refuses_what_it_cannot_take(inputs, why):
    with pytest.raises(MetricError, match=why):
        compute("safety_stock", **inputs)


def test_safety_stock_says_what_it_costs_and_in_which_period():
    result = compute("safety_stock", frame=Frame("week", "EUR"), **SEALS, z=2.0, unit_cost=10.0, carrying_rate=0.01)
    assert result.value == 60
    assert result.also["safety_stock_cost"] == pytest.approx(6)
    assert "6 EUR a week" in result.meaning
    assert result.also_units["safety_stock_cost"] == "EUR/week"


def test_low_service_and_wild_demand_are_doubted():
    result = compute("safety_stock", demand_mean=10.0, demand_sd=9.0, lead_time=1.0, service_level=0.4)
    assert result.value < 0
    assert any("negative safety stock" in warning for warning in result.warnings)
    assert any("fits such demand badly" in warning for warning in result.warnings)


def test_past_demand_gives_mean_and_both_kinds_of_deviation():
    history = [75.0] * 6 + [25.0] * 6
    sample = compute("safety_stock", demand_history=history, lead_time=3.0, z=0.28)
    population = compute("safety_stock", demand_history=history, spread="population", lead_time=3.0, z=0.28)
    assert population.also["demand_sd"] == 25
    assert sample.value == pytest.approx(population.value * math.sqrt(12 / 11))
    assert any("sample standard deviation" in text for text in sample.assumptions)


@QUICK
@given(over=st.floats(1, 5), late=st.floats(1, 5))
def test_max_average_is_the_worst_case_less_the_usual(over, late):
    inputs = {"demand_max": 10 * over, "lead_time_max": 7 * late, "demand_mean": 10.0, "lead_time": 7.0}
    result = compute("safety_stock_max_average", **inputs)
    assert result.value == pytest.approx(70 * over * late - 70)
    assert result.also["reorder_point"] == pytest.approx(70 * over * late)


def test_a_maximum_below_the_average_is_refused():
    with pytest.raises(MetricError, match="largest demand, 5, is below the average demand, 10"):
        compute("safety_stock_max_average", demand_max=5.0, lead_time_max=9.0, demand_mean=10.0, lead_time=7.0)


@QUICK
@given(rate=st.floats(0.7, 0.9999), lot=st.floats(60, 5000))
def test_fill_rate_inverts_safety_stock_for_a_fill_rate(rate, lot):
    stock = compute("safety_stock_for_fill_rate", **SEALS, fill_rate=rate, order_quantity=lot)
    back = compute("fill_rate_from_stock", **SEALS, safety_stock=stock.value, order_quantity=lot)
    assert back.value == pytest.approx(rate)
    lost = compute("safety_stock_for_fill_rate", **SEALS, fill_rate=rate, order_quantity=lot, lost_sales=True)
    again = compute("fill_rate_from_stock", **SEALS, safety_stock=lost.value, order_quantity=lot)
    assert again.also["fill_rate_lost_sales"] == pytest.approx(rate)


@QUICK
@given(z=st.floats(-2, 4))
def test_expected_shortage_is_the_integral_of_the_tail(z):
    result = compute("fill_rate_from_stock", lead_time_demand_sd=30.0, safety_stock=30 * z, order_quantity=1000.0)
    tail, _ = quad(lambda x: (x - z) * stats.norm.pdf(x), z, 12)
    assert result.also["expected_shortage_per_cycle"] == pytest.approx(30 * tail, abs=1e-7)


def test_the_exact_fill_rate_counts_shortages_that_outlast_a_delivery():
    result = compute("fill_rate_from_stock", lead_time_demand_sd=30.0, safety_stock=0.0, order_quantity=20.0)
    shortage, _ = quad(lambda y: stats.norm.sf(y / 30), 0, 20)
    assert result.also["fill_rate_backorders_exact"] == pytest.approx(1 - shortage / 20)
    assert any("outlast a delivery" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("metric", "inputs", "why"),
    [
        ("service_level", {"reorder_point": 46.6, "lead_time_demand_sd": 4.0}, "also covers average demand"),
        ("service_level", {"lead_time_demand_sd": 4.0}, "needs reorder point or safety stock"),
        ("service_level", {**SEALS, "demand_sd": 0.0, "safety_stock": 5.0}, "does not vary"),
        (
            "service_level",
            {**SEALS, "reorder_point": 250.0, "safety_stock": 10.0},
            "leaves a safety stock of 50, not 10",
        ),
        ("fill_rate_from_stock", {**SEALS, "safety_stock": -500.0, "order_quantity": 100.0}, "never catches up"),
        (
            "safety_stock_for_fill_rate",
            {**SEALS, "demand_sd": 0.0, "fill_rate": 0.9, "order_quantity": 10.0},
            "does not vary",
        ),
        ("safety_stock_for_fill_rate", {**SEALS, "fill_rate": 1.3, "order_quantity": 10.0}, "below 1"),
    ],
)
def test_service_refuses_what_it_cannot_take(metric, inputs, why):
    with pytest.raises(MetricError, match=why):
        compute(metric, **inputs)


def test_the_reorder_point_takes_safety_stock_as_given_worked_out_or_none():
    rate = {"demand_mean": 50.0, "lead_time": 4.0}
    assert compute("reorder_point", **rate, safety_stock=50.0).value == 250
    assert compute("reorder_point", **SEALS, z=1.645).value == pytest.approx(200 + 1.645 * 30)
    bare = compute("reorder_point", **rate)
    assert bare.value == 200
    assert any("no safety stock" in text for text in bare.assumptions)
    assert compute("reorder_point", lead_time_demand_mean=200.0, safety_stock=50.0).value == 250


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        (SEALS, "but not the service level"),
        ({**SEALS, "z": 1.0, "safety_stock": 5.0}, "leave one out"),
        ({"demand_mean": 50.0, "lead_time": 4.0, "service_level": 0.95}, "standard deviation of demand is needed"),
        ({"demand_mean": 50.0}, "needs lead time"),
    ],
)
def test_the_reorder_point_refuses_what_it_cannot_take(inputs, why):
    with pytest.raises(MetricError, match=why):
        compute("reorder_point", **inputs)


def test_several_open_orders_are_pointed_out():
    result = compute("reorder_point", **SEALS, z=1.0, order_quantity=100.0)
    assert any("several orders are open" in warning for warning in result.warnings)
    assert result.also["order_up_to_level"] == 330


def test_without_a_review_period_the_level_is_the_reorder_point_and_a_longer_one_takes_more():
    level = [compute("order_up_to_level", **SEALS, review_period=time, service_level=0.95) for time in (0.0, 1.0, 2.0)]
    assert level[0].value == pytest.approx(compute("reorder_point", **SEALS, service_level=0.95).value)
    assert level[0].also["safety_stock"] < level[1].also["safety_stock"] < level[2].also["safety_stock"]
    now = compute("order_up_to_level", **SEALS, review_period=1.0, service_level=0.95, inventory_position=100.0)
    assert now.also["order_now"] == pytest.approx(now.value - 100)


@QUICK
@given(mean=st.floats(0.5, 200), holding=st.floats(0.1, 10), backorder=st.floats(0.1, 100))
def test_a_poisson_base_stock_beats_its_neighbours(mean, holding, backorder):
    inputs = {
        "demand_mean": mean,
        "holding_cost": holding,
        "backorder_cost": backorder,
        "lead_time": 1.0,
        "review_period": 1.0,
    }
    best = compute("base_stock_poisson", **inputs)
    for level in (best.value - 1, best.value + 1):
        other = compute("base_stock_poisson", **inputs, base_stock_level=level)
        assert other.also["expected_cost"] >= best.also["expected_cost"] * (1 - 1e-9)
    normal = compute("base_stock_level", **inputs, demand_sd=math.sqrt(mean))
    assert abs(normal.value - best.value) < 2 + 0.2 * math.sqrt(mean)


@QUICK
@given(level=LEVEL, mean=st.floats(10, 1000))
def test_a_base_stock_for_a_service_level_is_the_order_up_to_level(level, mean):
    shared = {
        "demand_mean": mean,
        "demand_sd": 0.2 * mean,
        "lead_time": 2.0,
        "review_period": 1.0,
        "service_level": level,
    }
    assert compute("base_stock_level", **shared).value == pytest.approx(compute("order_up_to_level", **shared).value)


@pytest.mark.parametrize(
    ("metric", "inputs", "why"),
    [
        ("base_stock_level", {"demand_sd": 1.0, "service_level": 0.9}, "no stock is needed"),
        (
            "base_stock_level",
            {"demand_sd": 1.0, "lead_time": 1.0, "service_level": 0.9, "holding_cost": 1.0, "backorder_cost": 1.0},
            "leave out",
        ),
        ("base_stock_level", {"demand_sd": 1.0, "lead_time": 1.0, "holding_cost": 1.0}, "needs backorder cost"),
        ("base_stock_poisson", {"lead_time": 1.0, "service_level": 0.9, "base_stock_level": 2.5}, "whole units"),
    ],
)
def test_a_base_stock_refuses_what_it_cannot_take(metric, inputs, why):
    with pytest.raises(MetricError, match=why):
        compute(metric, demand_mean=5.0, **inputs)


@pytest.mark.parametrize(
    ("metric", "inputs"),
    [
        ("safety_stock", {**SEALS, "z": 1.0}),
        ("safety_stock_for_fill_rate", {**SEALS, "fill_rate": 0.97, "order_quantity": 200.0}),
        ("reorder_point", {**SEALS, "z": 1.0, "order_quantity": 300.0}),
        ("service_level", {**SEALS, "reorder_point": 250.0}),
        ("order_up_to_level", {**SEALS, "review_period": 1.0, "z": 1.0}),
    ],
)
def test_drawings_are_small_and_say_what_they_show(metric, inputs):
    chart = compute(metric, chart=True, **inputs).chart
    assert chart is not None
    assert all(len(line.x) == len(line.y) <= 40 for line in chart.series)
    assert chart.summary.endswith(".")


@QUICK
@given(level=st.floats(0.55, 0.999), lot=st.floats(50, 5000), sigma=st.floats(1, 40))
def test_fill_rate_and_cycle_service_level_convert_into_one_another(level, lot, sigma):
    rate = compute("fill_rate_from_stock", service_level=level, order_quantity=lot, lead_time_demand_sd=sigma).value
    back = compute("service_level", fill_rate=min(rate, 1 - 1e-9), order_quantity=lot, lead_time_demand_sd=sigma)
    assert back.value == pytest.approx(level, abs=1e-3)


def test_a_stockout_probability_is_the_complement_of_the_service_level():
    risk = compute("safety_stock", demand_sd=30.0, lead_time=4.0, stockout_probability=0.05)
    assert risk.value == pytest.approx(compute("safety_stock", demand_sd=30.0, lead_time=4.0, service_level=0.95).value)
    assert compute("z_value", stockout_probability=0.05).value == pytest.approx(stats.norm.ppf(0.95))


RISKY = {"service_level": 0.9, "stockout_probability": 0.05}
ORDERED = {"fill_rate": 0.9, "order_quantity": 50.0}


@pytest.mark.parametrize(
    ("metric", "inputs", "wrong"),
    [
        ("safety_stock", {**RISKY, "demand_sd": 30.0, "lead_time": 4.0}, "stockout_probability"),
        ("z_value", RISKY, "stockout_probability"),
        ("service_level", {**ORDERED, "safety_stock": 9.0, "lead_time_demand_sd": 8.0}, "fill_rate"),
        ("service_level", {**ORDERED, "lead_time_demand_sd": 0.0}, "demand_sd"),
        (
            "fill_rate_from_stock",
            {"safety_stock": 9.0, "z": 1.0, "order_quantity": 50.0, "lead_time_demand_sd": 8.0},
            "z",
        ),
    ],
)
def test_service_that_is_given_twice_is_refused(metric, inputs, wrong):
    with pytest.raises(MetricError) as caught:
        compute(metric, **inputs)
    assert [part.input for part in caught.value.problem.invalid] == [wrong]


def test_order_quantity_and_reorder_point_for_a_service_level_are_eoq_and_reorder_point():
    demand = {"demand_mean": 200.0, "demand_sd": 40.0, "lead_time": 2.0, "service_level": 0.95}
    both = compute("r_q_service", **demand, order_cost=50.0, unit_cost=10.0, carrying_rate=0.004)
    assert both.value == pytest.approx(compute("reorder_point", **demand).value)
    eoq = compute("economic_order_quantity", demand=200.0, order_cost=50.0, holding_cost=0.04).value
    assert both.also["order_quantity"] == pytest.approx(eoq)
    assert compute("r_q_service", **demand, order_cost=50.0, holding_cost=40.0).warnings
