"""Shares that managers ask for daily: the same from part and rest, in any unit; a part above the whole is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics import METRICS
from tools.metrics.compute import compute
from tools.metrics.result import MetricError, MetricInvalid, MetricMissing

# metric, the part that the value is a share of, the rest, the whole
SHARES = [
    ("damage_rate", "units_damaged", "units_undamaged", "units_shipped"),
    ("return_rate", "returned", "kept", "sold"),
    ("order_accuracy", "orders_right", "orders_wrong", "orders"),
    ("first_pass_yield", "units_right", "units_failed", "units_started"),
    ("inventory_record_accuracy", "records_right", "records_wrong", "records_checked"),
    ("picking_accuracy", "picks_right", "picks_wrong", "picks"),
    ("storage_utilization", "space_used", "space_free", "space"),
    ("excess_obsolete_share", "excess_and_obsolete", "usable", "total_stock"),
    ("dead_stock_share", "dead_stock", "moving_stock", "total_stock"),
    ("empty_running", "empty", "loaded", "total"),
    ("schedule_adherence", "as_scheduled", "off_schedule", "scheduled"),
    ("cycle_service_observed", "cycles_without_stockout", "cycles_with_stockout", "cycles"),
]
EVERY = pytest.mark.parametrize(("metric", "part", "rest", "whole"), SHARES, ids=[row[0] for row in SHARES])


def problem(metric, **inputs):
    with pytest.raises(MetricError) as caught:
        compute(metric, **inputs)
    return caught.value.problem


def refused(metric, **inputs):
    found = problem(metric, **inputs)
    assert isinstance(found, MetricInvalid)
    return found.invalid[0]


@EVERY
@given(size=st.floats(1, 1e9), share=st.floats(0, 1), unit=st.floats(1e-3, 1e3))
def test_a_share_is_the_same_from_the_part_and_from_the_rest_in_any_unit(metric, part, rest, whole, size, share, unit):
    amount = size * share
    value = compute(metric, **{whole: size, part: amount}).value
    assert 0 <= value <= 1
    assert value == pytest.approx(share, abs=1e-9)
    assert compute(metric, **{whole: size, rest: size - amount}).value == pytest.approx(value, abs=1e-9)
    assert compute(metric, **{whole: size * unit, part: amount * unit}).value == pytest.approx(value, abs=1e-9)
    both = compute(metric, **{whole: size, part: amount, rest: size - amount})
    assert both.value == pytest.approx(value, abs=1e-9)


@EVERY
def test_more_of_a_part_or_rest_than_there_is_is_refused_by_name(metric, part, rest, whole):
    for name in (part, rest):
        wrong = refused(metric, **{whole: 10.0, name: 11.0})
        assert wrong.input == name
        assert "cannot exceed" in wrong.reason
    assert refused(metric, **{whole: 10.0, part: 8.0, rest: 3.0}).input == rest
    assert isinstance(problem(metric, **{whole: 10.0}), MetricMissing)


@EVERY
def test_the_part_and_the_rest_are_told_apart_from_the_same_two_numbers(metric, part, rest, whole):
    one = compute(metric, **{whole: 200.0, part: 50.0})
    other = compute(metric, **{whole: 200.0, rest: 50.0})
    assert one.value == pytest.approx(0.25)
    assert other.value == pytest.approx(0.75)
    assert "25 %" in one.meaning
    assert one.note in {METRICS[metric].note}


@pytest.mark.parametrize("row", [row for row in SHARES if row[0] not in ("storage_utilization", "empty_running")])
def test_a_share_of_few_things_is_told_to_be_doubtful(row):
    metric, part, _, whole = row
    if metric in ("excess_obsolete_share", "dead_stock_share"):
        assert compute(metric, **{whole: 100.0, part: 40.0}).warnings
        assert not compute(metric, **{whole: 100.0, part: 4.0}).warnings
        return
    few = compute(metric, **{whole: 10.0, part: 9.0})
    assert any("Only 10" in text for text in few.warnings)


def test_none_seen_is_not_taken_for_never():
    result = compute("damage_rate", units_shipped=300.0, units_damaged=0.0)
    assert result.value == 0
    assert any("up to about 1 %" in text for text in result.warnings)


@given(st.integers(1, 10**7), st.floats(0, 1))
def test_defects_per_million_are_the_share_times_a_million(received, share):
    bad = float(round(received * share))
    found = compute("supplier_defect_rate", parts_received=float(received), parts_defective=bad)
    assert found.value == pytest.approx(1e6 * bad / received)
    assert found.also["defect_rate"] + found.also["accepted_rate"] == pytest.approx(1)
    good = compute("supplier_defect_rate", parts_received=float(received), parts_good=received - bad)
    assert good.value == pytest.approx(found.value, abs=1e-6)


def test_the_defects_of_a_supplier_are_refused_above_the_delivery():
    assert refused("supplier_defect_rate", parts_received=100.0, parts_defective=101.0).input == "parts_defective"
    assert refused("supplier_defect_rate", parts_received=100.0, parts_good=101.0).input == "parts_good"


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_a_rolled_yield_is_no_better_than_its_weakest_step(yields):
    found = compute("rolled_throughput_yield", yields=yields)
    assert found.value <= min(yields) + 1e-12
    assert found.also["weakest_yield"] == min(yields)
    named = {f"s{place}": share for place, share in enumerate(yields)}
    assert compute("rolled_throughput_yield", yields_by_step=named).value == pytest.approx(found.value)


@given(st.floats(0.5, 1), st.integers(1, 30))
def test_equal_steps_may_be_given_by_their_number(share, steps):
    found = compute("rolled_throughput_yield", step_yield=share, steps=float(steps))
    assert found.value == pytest.approx(share**steps)
    assert found.value == pytest.approx(compute("rolled_throughput_yield", yields=[share] * steps).value)


def test_yields_outside_their_bounds_and_parts_of_steps_are_refused():
    assert refused("rolled_throughput_yield", yields=[0.9, 1.2]).input == "yields"
    assert refused("rolled_throughput_yield", yields_by_step={"cut": -0.1}).input == "yields_by_step"
    assert refused("rolled_throughput_yield", step_yield=0.9, steps=2.5).input == "steps"


def test_rework_and_scrap_add_up_to_what_failed_at_first():
    found = compute("first_pass_yield", units_started=2000.0, units_reworked=60.0, units_scrapped=40.0)
    assert found.value == pytest.approx(0.95)
    assert found.also["final_yield"] == pytest.approx(0.98)
    alone = compute("first_pass_yield", units_started=2000.0, units_reworked=60.0)
    assert alone.value == pytest.approx(0.97)
    assert "none was scrapped" in alone.assumptions


@pytest.mark.parametrize(
    ("inputs", "share"),
    [
        ({"excess": 180.0, "obsolete": 60.0}, 0.1),
        ({"excess": 180.0}, 0.075),
        ({"obsolete": 60.0}, 0.025),
        ({"excess_and_obsolete": 240.0}, 0.1),
        ({"usable": 2160.0}, 0.1),
    ],
)
def test_excess_and_obsolete_stock_add_up_or_stand_alone(inputs, share):
    assert compute("excess_obsolete_share", total_stock=2400.0, **inputs).value == pytest.approx(share)
