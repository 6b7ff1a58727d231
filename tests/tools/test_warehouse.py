"""Warehouse: records against counts, shrinkage, pallet places, picking, receiving, people for a workload."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.test_shares import refused
from tools.metrics.compute import compute

COUNTS = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=1, max_size=50)


@given(COUNTS, st.floats(0, 1))
def test_record_accuracy_counts_items_and_is_no_lower_with_more_tolerance(pairs, tolerance):
    recorded, counted = ([float(part) for part in side] for side in zip(*pairs, strict=True))
    exact = compute("inventory_record_accuracy_from_counts", recorded=recorded, counted=counted)
    loose = compute("inventory_record_accuracy_from_counts", recorded=recorded, counted=counted, tolerance=tolerance)
    assert exact.value == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
    assert loose.value >= exact.value
    assert exact.also["absolute_difference"] >= abs(exact.also["net_difference"])
    right = len(pairs) - exact.also["wrong_records"]
    totals = compute("inventory_record_accuracy", records_checked=float(len(pairs)), records_right=right)
    assert totals.value == pytest.approx(exact.value)


def test_surpluses_and_losses_cancel_in_the_net_figure_only():
    found = compute("inventory_record_accuracy_from_counts", recorded=[100.0, 100.0], counted=[95.0, 105.0])
    assert found.value == 0
    assert found.also["net_accuracy"] == 1
    assert found.also["absolute_accuracy"] == pytest.approx(0.95)
    assert refused("inventory_record_accuracy_from_counts", recorded=[1.0], counted=[1.0, 2.0]).input == "counted"


def test_accuracy_by_value_takes_totals_or_surpluses_and_losses():
    assert compute("inventory_value_accuracy", recorded_value=500.0, counted_value=488.0).value == pytest.approx(0.976)
    apart = compute("inventory_value_accuracy", recorded_value=500.0, surplus=10.0, loss=12.0)
    assert apart.value == pytest.approx(0.956)
    assert apart.also["net_accuracy"] == pytest.approx(0.996)
    assert refused("inventory_value_accuracy", recorded_value=5.0, counted_value=50.0).input == "counted_value"


@given(st.floats(1, 1e9), st.floats(0, 1))
def test_shrinkage_is_the_same_from_count_and_loss(book, share):
    counted = compute("inventory_shrinkage", recorded=book, counted=book * (1 - share))
    assert counted.value == pytest.approx(share, abs=1e-9)
    assert compute("inventory_shrinkage", recorded=book, loss=book * share).value == pytest.approx(share, abs=1e-9)
    assert compute("inventory_shrinkage", sales=book, loss=book * share).value == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize(
    ("inputs", "name"),
    [
        ({"recorded": 100.0, "counted": 101.0}, "counted"),
        ({"recorded": 100.0, "counted": 90.0, "loss": 20.0}, "loss"),
        ({"recorded": 100.0, "loss": 101.0}, "loss"),
        ({"sales": 100.0, "loss": 101.0}, "loss"),
    ],
)
def test_shrinkage_refuses_a_surplus_and_contradictions(inputs, name):
    assert refused("inventory_shrinkage", **inputs).input == name


def test_shrinkage_relates_to_sales_beside_stock_where_both_are_given():
    found = compute("inventory_shrinkage", recorded=1000.0, counted=970.0, sales=6000.0)
    assert found.value == pytest.approx(0.03)
    assert found.also["share_of_sales"] == pytest.approx(0.005)


@given(st.integers(0, 10**6), st.integers(1, 500), st.floats(0, 0.9), st.floats(0.1, 1))
def test_pallet_places_hold_all_units_and_not_one_pallet_less(units, load, lost, full):
    inputs = {"units": float(units), "units_per_pallet": float(load), "honeycombing": lost, "occupancy": full}
    found = compute("pallet_positions", **inputs)
    pallets = math.ceil(units / load)
    assert found.also["pallets"] == pallets
    usable = (1 - lost) * full
    assert found.value * usable >= pallets - 1e-6
    assert (found.value - 1) * usable < pallets + 1e-6
    assert compute("pallet_positions", pallets=float(pallets), honeycombing=lost, occupancy=full).value == found.value


def test_pallets_that_contradict_the_units_are_refused():
    assert refused("pallet_positions", units=100.0, units_per_pallet=10.0, pallets=12.0).input == "pallets"


def test_storage_space_that_is_nearly_full_or_half_empty_is_warned_about():
    assert "Above 90 %" in compute("storage_utilization", space=100.0, space_used=95.0).warnings[0]
    assert "Less than half" in compute("storage_utilization", space=100.0, space_used=20.0).warnings[0]
    assert not compute("storage_utilization", space=100.0, space_free=20.0).warnings


@given(st.integers(0, 10**5), st.floats(0.5, 1e4), st.integers(1, 50))
def test_a_pick_rate_is_the_same_from_hours_and_from_pickers(picked, each, pickers):
    people = compute("pick_rate", picked=float(picked), pickers=float(pickers), hours_each=each)
    hours = compute("pick_rate", picked=float(picked), labour_hours=pickers * each)
    assert people.value == pytest.approx(hours.value)
    assert people.value * pickers * each == pytest.approx(picked, abs=1e-6)


def test_a_pick_rate_refuses_hours_that_contradict_or_leave_none():
    contradicting = {"labour_hours": 30.0, "pickers": 3.0, "hours_each": 8.0}
    assert refused("pick_rate", picked=100.0, **contradicting).input == "labour_hours"
    assert refused("pick_rate", picked=100.0, labour_hours=8.0, idle_hours=8.0).input == "idle_hours"
    assert any("1,000 an hour" in text for text in compute("pick_rate", picked=9000.0, labour_hours=4.0).warnings)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40))
def test_dock_to_stock_time_is_the_mean_of_the_times(times):
    found = compute("dock_to_stock_time", times=times)
    total = compute("dock_to_stock_time", total_time=sum(times), receipts=float(len(times)))
    assert found.value == pytest.approx(total.value)
    assert min(times) - 1e-9 <= found.also["median"] <= found.also["longest"] == max(times)
    assert refused("dock_to_stock_time", times=[*times, -1.0]).input == "times"


@given(st.floats(0, 1e4), st.floats(0.001, 2), st.floats(1, 60), st.floats(0.1, 1), st.floats(0, 0.9))
def test_people_do_the_work_and_one_less_would_not(units, each, hours, productive, absent):
    shared = {"hours_per_person": hours, "productive_share": productive, "absence": absent}
    found = compute("headcount_needed", workload=units, time_per_unit=each, **shared)
    net = hours * productive * (1 - absent)
    assert found.value * net == pytest.approx(units * each, abs=1e-6)
    assert found.also["people"] >= found.value - 1e-6
    assert found.also["people"] - 1 < found.value + 1e-6
    assert compute("headcount_needed", workload_hours=units * each, **shared).value == pytest.approx(found.value)
    assert compute("headcount_needed", workload=units, rate=1 / each, **shared).value == pytest.approx(found.value)


def test_the_cost_of_a_unit_shipped():
    assert compute("cost_per_unit_shipped", cost=480_000.0, units_shipped=1_200_000.0).value == pytest.approx(0.4)
