"""Pooling and the square-root law: what fewer locations save, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.metrics import MetricError, compute

QUICK = settings(deadline=None, max_examples=60)
COUNT = st.integers(1, 500)


@QUICK
@given(before=COUNT, between=COUNT, after=COUNT, stock=st.floats(1, 1e6))
def test_two_steps_are_one_and_going_back_restores_the_stock(before, between, after, stock):
    def moved(start, end, amount):
        return compute(
            "square_root_law", locations_before=float(start), locations_after=float(end), safety_stock=amount
        ).value

    assert moved(between, after, moved(before, between, stock)) == pytest.approx(moved(before, after, stock))
    assert moved(after, before, moved(before, after, stock)) == pytest.approx(stock)


def test_nine_depots_into_one_need_a_third():
    result = compute("square_root_law", locations_before=9.0, safety_stock_each=492.0)
    assert result.value == pytest.approx(1476)
    assert result.also["saving_share"] == pytest.approx(2 / 3)
    assert "all stock in one location afterwards" in result.assumptions
    assert compute("square_root_saving", locations_before=9.0).value == pytest.approx(2 / 3)
    assert compute("square_root_saving", locations_before=1.0, locations_after=4.0).value == pytest.approx(-1)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"locations_before": 4.5, "safety_stock": 1.0}, "must be whole"),
        ({"locations_before": 0.0, "safety_stock": 1.0}, "at least 1"),
        ({"locations_before": 4.0}, "needs total safety stock before or safety stock of each location"),
        ({"locations_before": 4.0, "safety_stock": 300.0, "safety_stock_each": 100.0}, "hold 400, not 300"),
    ],
)
def test_the_square_root_law_refuses_what_it_cannot_take(inputs, why):
    with pytest.raises(MetricError, match=why):
        compute("square_root_law", **inputs)


@QUICK
@given(sds=st.lists(st.floats(1, 100), min_size=2, max_size=6), one=st.floats(0, 1), other=st.floats(0, 1))
def test_pooling_saves_less_the_more_demands_move_together(sds, one, other):
    low, high = sorted((one, other))
    apart, together = (compute("risk_pooling", demand_sds=sds, correlation=rho) for rho in (low, high))
    assert apart.value >= together.value - 1e-12
    matrix = np.outer(sds, sds) * (high + (1 - high) * np.eye(len(sds)))
    assert together.also["pooled_sd"] == pytest.approx(math.sqrt(matrix.sum()))
    assert compute("risk_pooling", demand_sds=sds, correlation=1.0).value == pytest.approx(0, abs=1e-7)


@QUICK
@given(places=COUNT, sd=st.floats(0.1, 100))
def test_independent_like_demands_follow_the_square_root_law(places, sd):
    pooled = compute("risk_pooling", demand_sd=sd, locations=float(places))
    assert pooled.value == pytest.approx(compute("square_root_saving", locations_before=float(places)).value, abs=1e-12)
    assert pooled.assumptions[0] == "demands are independent (correlation 0)"


def test_demands_that_move_against_each_other_can_cancel():
    assert compute("risk_pooling", demand_sds=[5.0, 5.0], correlation=-1.0).value == pytest.approx(1)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"demand_sds": [1.0, 2.0, 3.0], "correlation": -0.6}, "at most two can move against each other"),
        ({"demand_sds": [1.0, 2.0], "correlation": 1.2}, "at most 1"),
        ({"demand_sds": [0.0, 0.0]}, "no risk to pool"),
        ({"demand_sds": [-1.0, 2.0]}, "but it is -1"),
        ({"demand_sd": 3.0}, "needs locations"),
        ({"demand_sd": 3.0, "locations": 2.5}, "must be whole"),
    ],
)
def test_pooling_refuses_what_it_cannot_take(inputs, why):
    with pytest.raises(MetricError, match=why):
        compute("risk_pooling", **inputs)


@pytest.mark.parametrize(
    ("metric", "inputs"),
    [
        ("square_root_law", {"locations_before": 60.0, "safety_stock": 100.0}),
        ("risk_pooling", {"demand_sds": [3.0, 4.0, 5.0]}),
    ],
)
def test_drawings_are_small(metric, inputs):
    chart = compute(metric, chart=True, **inputs).chart
    assert chart is not None
    assert len(chart.series[0].x) == len(chart.series[0].y) <= 40


def test_the_square_root_law_holds_for_stock_given_in_money():
    result = compute("square_root_law_value", locations_before=16.0, stock_value=3.2e6, carrying_rate=0.2)
    assert result.value == pytest.approx(800_000)
    assert result.also["saving"] == pytest.approx(2_400_000)
    assert result.also["holding_cost_saved"] == pytest.approx(480_000)
