"""Metrics solved for one of their inputs: put in again, it gives the target; what cannot be solved is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.metrics import METRICS, Frame, MetricError, compute
from tools.metrics.backwards import solve

RATE = st.floats(1, 1e5)
COST = st.floats(0.1, 1e3)
TIME = st.floats(0.5, 50)
SHARE = st.floats(0.55, 0.99)
FEW = settings(max_examples=10, deadline=None)


def assert_comes_back(metric, wanted, value, **others):
    """Check that the value which is solved for gives the result that the true value gives."""
    target = compute(metric, **others, **{wanted: value}).value
    solved = solve(metric, wanted, target, **others)
    assert compute(metric, **others, **{wanted: solved.value}).value == pytest.approx(target, rel=1e-5)
    assert solved.value == pytest.approx(value, rel=1e-4)


@FEW
@given(RATE, COST, COST)
def test_an_order_cost_comes_back(demand, order_cost, holding_cost):
    assert_comes_back("economic_order_quantity", "order_cost", order_cost, demand=demand, holding_cost=holding_cost)


@FEW
@given(RATE, RATE)
def test_a_stock_comes_back(stock, demand):
    assert_comes_back("days_of_supply", "stock", stock, demand=demand)


@FEW
@given(RATE, TIME)
def test_a_flow_time_comes_back(throughput, flow_time):
    assert_comes_back("littles_law", "flow_time", flow_time, throughput=throughput)


@FEW
@given(COST, TIME, SHARE)
def test_a_service_level_comes_back(demand_sd, lead_time, service_level):
    assert_comes_back("safety_stock", "service_level", service_level, demand_sd=demand_sd, lead_time=lead_time)


@FEW
@given(RATE, TIME, st.floats(1, 1e3))
def test_a_demand_comes_back(demand_mean, lead_time, safety_stock):
    assert_comes_back("reorder_point", "demand_mean", demand_mean, lead_time=lead_time, safety_stock=safety_stock)


def test_the_solution_is_a_result_of_its_own():
    frame = Frame("year", "USD")
    solved = solve("economic_order_quantity", "order_cost", 200, frame=frame, demand=1200, holding_cost=24)
    assert solved.value == pytest.approx(400)
    assert solved.unit == "USD/order"
    assert solved.name == "Cost per order for Economic order quantity = 200"
    assert solved.also["economic_order_quantity"] == pytest.approx(200)
    assert solved.also_units["economic_order_quantity"] == "item"
    assert solved.steps[0] == "solved for cost per order: 400 USD an order; put in again:"
    assert solved.moves == []
    assert solved.warnings == []


def test_days_of_supply_give_the_stock():
    solved = solve("days_of_supply", "stock", 30, frame=Frame("week"), demand=70)
    assert (solved.value, solved.unit) == (pytest.approx(300), "item")


def test_of_several_solutions_the_smallest_is_returned_with_a_warning():
    lot = {"demand": 1200, "order_cost": 50, "holding_cost": 24}
    solved = solve("order_quantity_cost", "order_quantity", 2000, **lot)
    other = 1200 * 50 / (24 / 2) / solved.value  # both quantities cost the same
    assert solved.value < other
    assert compute("order_quantity_cost", **lot, order_quantity=other).value == pytest.approx(2000, rel=1e-6)
    assert any("would do as well" in warning for warning in solved.warnings)


def test_no_solution_is_refused():
    with pytest.raises(MetricError, match="no cost per order makes Economic order quantity -5 with the other figures"):
        solve("economic_order_quantity", "order_cost", -5, demand=1200, holding_cost=24)


def test_bounds_hold_backwards():
    with pytest.raises(MetricError, match="no units filled makes Fill rate"):
        solve("fill_rate", "units_filled", 1.2, units_ordered=100)


def test_another_missing_input_is_asked_for():
    with pytest.raises(MetricError, match="needs demand"):
        solve("economic_order_quantity", "order_cost", 200, holding_cost=24)


@pytest.mark.parametrize("entry", [entry for entry in METRICS.values() if entry.costly], ids=lambda entry: entry.id)
def test_costly_metrics_are_refused(entry):
    wanted = next(name for name, declared in entry.declared.items() if declared.shape in ("number", "map"))
    with pytest.raises(MetricError, match=f"takes too long to be solved backwards; give {wanted} itself"):
        solve(entry.id, wanted, 1.0)


def test_an_unknown_metric_is_named():
    with pytest.raises(KeyError, match="no_such_metric"):
        solve("no_such_metric", "demand", 1.0)
