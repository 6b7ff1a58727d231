"""Service: fill rates, OTIF, perfect orders, deliveries in time; contradictions are refused with the reason."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics.compute import compute
from tools.metrics.result import MetricError, MetricInvalid, MetricMissing

COUNT = st.integers(0, 5000)
SHARE = st.floats(0, 1)


def refused(metric, **inputs):
    with pytest.raises(MetricError) as caught:
        compute(metric, **inputs)
    problem = caught.value.problem
    assert isinstance(problem, MetricInvalid)
    return problem.invalid[0]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_otif_is_counted_and_its_estimate_brackets_it(orders):
    counts = {
        "orders": float(len(orders)),
        "on_time": float(sum(time for time, _ in orders)),
        "in_full": float(sum(full for _, full in orders)),
    }
    both = sum(time and full for time, full in orders)
    counted = compute("otif", **counts, on_time_in_full=float(both))
    assert counted.value == both / len(orders)
    assert counted.also["late_and_short"] == sum(not time and not full for time, full in orders)
    estimate = compute("otif_estimate", **counts)
    assert estimate.warnings
    assert estimate.also["lowest_possible"] - 1e-12 <= counted.value <= estimate.also["highest_possible"] + 1e-12
    assert counted.also["product_of_rates"] == pytest.approx(estimate.value)


def test_otif_counts_an_order_late_and_incomplete_once():
    found = compute("otif", orders=640.0, late=28.0, incomplete=20.0, late_and_incomplete=8.0)
    assert found.value == pytest.approx(0.9375)
    assert found.also["orders_failed"] == 40
    assert found.steps[0] == "late or incomplete = 28 + 20 - 8 = 40"


@pytest.mark.parametrize(
    ("more", "reason"),
    [({"late_and_incomplete": 21.0}, "cannot exceed those late"), ({"late_and_incomplete": 8.0, "failed": 48.0}, "40")],
)
def test_otif_refuses_faults_that_cannot_be(more, reason):
    with pytest.raises(MetricError, match=reason):
        compute("otif", orders=640.0, late=28.0, incomplete=20.0, **more)


def test_otif_needs_the_orders_that_met_both():
    with pytest.raises(MetricError, match="both on time and in full") as caught:
        compute("otif", orders=200.0, on_time=184.0, in_full=190.0)
    assert isinstance(caught.value.problem, MetricMissing)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"on_time_in_full": 201.0}, "cannot exceed orders"),
        ({"on_time_in_full": 185.0, "on_time": 184.0}, "cannot exceed orders on time"),
        ({"on_time_in_full": 1.0, "on_time": 0.0}, r"\(0\)"),
        ({"on_time_in_full": 173.0, "on_time": 184.0, "in_full": 190.0}, "at least 174 must be both"),
        ({"on_time_in_full": 173.0, "in_full": 201.0}, "orders in full"),
    ],
)
def test_otif_refuses_counts_that_contradict_one_another(more, reason):
    with pytest.raises(MetricError, match=reason):
        compute("otif", orders=200.0, **more)


@given(st.floats(1, 1e9), SHARE, st.floats(1e-3, 1e3))
def test_the_fill_rate_is_the_same_from_either_side_and_in_any_unit(ordered, part, unit):
    filled = ordered * part
    rate = compute("fill_rate", units_ordered=ordered, units_filled=filled)
    assert compute("fill_rate", units_ordered=ordered, units_short=ordered - filled).value == pytest.approx(rate.value)
    assert compute("fill_rate", units_ordered=ordered * unit, units_filled=filled * unit).value == pytest.approx(
        rate.value
    )
    assert 0 <= rate.value <= 1


@pytest.mark.parametrize(
    ("metric", "inputs", "name"),
    [
        ("fill_rate", {"units_ordered": 10.0, "units_filled": 11.0}, "units_filled"),
        ("fill_rate", {"units_ordered": 10.0, "units_short": 11.0}, "units_short"),
        ("fill_rate", {"units_ordered": 10.0, "units_filled": 8.0, "units_short": 3.0}, "units_short"),
        ("line_fill_rate", {"lines_ordered": 10.0, "lines_filled": 11.0}, "lines_filled"),
        ("order_fill_rate", {"orders": 10.0, "orders_filled": 11.0}, "orders_filled"),
        ("backorder_rate", {"orders": 10.0, "backorders": 11.0}, "backorders"),
        ("stockout_rate", {"checks": 10.0, "stockouts": 11.0}, "stockouts"),
        ("perfect_order", {"orders": 10.0, "perfect_orders": 11.0}, "perfect_orders"),
        ("perfect_order", {"orders": 10.0, "imperfect_orders": 11.0}, "imperfect_orders"),
        ("perfect_order", {"orders": 10.0, "perfect_orders": 8.0, "imperfect_orders": 1.0}, "imperfect_orders"),
        ("on_time_delivery", {"deliveries": 10.0, "on_time": 11.0}, "on_time"),
        ("on_time_delivery", {"deliveries": 10.0, "late": 11.0}, "late"),
        ("on_time_delivery", {"deliveries": 10.0, "on_time": 8.0, "late": 3.0}, "late"),
        ("perfect_order_index", {"on_time": 0.9, "in_full": 0.9, "other": {"pick": 1.2}}, "other"),
        ("perfect_order_index", {"on_time": 95.0, "in_full": 0.9}, "on_time"),
        ("line_fill_rate", {"lines_ordered": 10.0, "lines_short": 11.0}, "lines_short"),
        ("order_fill_rate", {"orders": 10.0, "orders_filled": 8.0, "orders_short": 3.0}, "orders_short"),
        ("stockout_rate", {"checks": 10.0, "in_stock": 11.0}, "in_stock"),
        ("otif", {"orders": 10.0, "failed": 11.0}, "failed"),
        ("otif", {"orders": 10.0, "on_time_in_full": 8.0, "failed": 3.0}, "failed"),
        ("perfect_order_index", {"on_time": 0.9, "in_full": 0.9, "damage_free": 0.9, "damaged": 0.2}, "damaged"),
        ("order_cycle_time_from_stages", {}, "stages"),
        ("order_cycle_time_from_stages", {"picking": 1.0}, "stages"),
        ("order_cycle_time", {"times": [3.0, -1.0]}, "times"),
        ("order_cycle_time_from_stages", {"stages": {"pick": -1.0}}, "stages"),
    ],
)
def test_a_part_larger_than_its_whole_is_refused(metric, inputs, name):
    assert refused(metric, **inputs).input == name


def test_the_three_fill_rates_of_one_month_differ():
    assert compute("fill_rate", units_ordered=10_000.0, units_filled=9_640.0).value == pytest.approx(0.964)
    assert compute("line_fill_rate", lines_ordered=1_200.0, lines_filled=1_128.0).value == pytest.approx(0.94)
    assert compute("order_fill_rate", orders=400.0, orders_filled=340.0).value == pytest.approx(0.85)


def test_rates_that_complement_one_another_do():
    assert compute("stockout_rate", checks=200.0, stockouts=8.0).also["in_stock_rate"] == pytest.approx(0.96)
    assert compute("backorder_rate", orders=200.0, backorders=8.0).also["served_at_once"] == pytest.approx(0.96)
    assert compute("on_time_delivery", deliveries=200.0, late=16.0).value == pytest.approx(0.92)
    assert compute("line_fill_rate", lines_ordered=200.0, lines_short=16.0).value == pytest.approx(0.92)
    assert compute("order_fill_rate", orders=200.0, orders_short=16.0).value == pytest.approx(0.92)
    assert compute("otif", orders=200.0, failed=16.0).value == pytest.approx(0.92)
    assert compute("stockout_rate", checks=200.0, in_stock=192.0).value == pytest.approx(0.04)
    index = compute("perfect_order_index", on_time=0.95, in_full=0.98, damaged=0.02)
    assert index.value == pytest.approx(0.95 * 0.98 * 0.98)
    assert "no order was damaged" not in index.assumptions
    assert compute("on_time_delivery", deliveries=200.0, on_time=184.0, late=16.0).also["late_deliveries"] == 16


@given(st.lists(st.tuples(*[st.booleans()] * 4), min_size=1, max_size=60))
def test_the_perfect_order_rate_lies_between_the_bounds_of_the_index(orders):
    rates = [sum(order[place] for order in orders) / len(orders) for place in range(4)]
    names = ("on_time", "in_full", "damage_free", "documentation_accurate")
    index = compute("perfect_order_index", **dict(zip(names, rates, strict=True)))
    perfect = sum(all(order) for order in orders)
    counted = compute("perfect_order", orders=float(len(orders)), perfect_orders=float(perfect))
    assert index.also["lowest_possible"] - 1e-9 <= counted.value <= index.also["highest_possible"] + 1e-9
    assert index.value <= min(rates) + 1e-12
    assert compute("perfect_order", orders=float(len(orders)), imperfect_orders=float(len(orders) - perfect)).value == (
        pytest.approx(counted.value)
    )


def test_the_index_takes_further_components_and_says_what_was_not_given():
    result = compute("perfect_order_index", chart=True, on_time=0.96, in_full=0.97, other={"invoice": 0.5})
    assert result.value == pytest.approx(0.96 * 0.97 * 0.5)
    assert result.also["weakest_component"] == "invoice"
    assert len(result.assumptions) == 2
    assert "invoice" in result.chart.summary


def test_deliveries_are_judged_by_date_and_window():
    promised = ["2026-02-27", "2026-03-01", "2026-03-01", "2026-12-31"]
    actual = ["2026-03-01", "2026-03-01T23:59:00", "2026-02-20", "2027-01-01"]
    plain = compute("on_time_from_dates", promised=promised, actual=actual)
    assert plain.value == 0.5
    assert plain.also["largest_delay"] == 2
    assert plain.also["mean_delay_of_late"] == 1.5
    assert any("early" in warning for warning in plain.warnings)
    assert compute("on_time_from_dates", promised=promised, actual=actual, days_late_allowed=1.0).value == 0.75
    assert compute("on_time_from_dates", promised=promised, actual=actual, days_early_allowed=1.0).value == 0.25


def test_dates_that_cannot_be_read_or_paired_are_named():
    assert "'01.03.2026'" in refused("on_time_from_dates", promised=["01.03.2026"], actual=["2026-03-01"]).reason
    assert "1 actual dates" in refused("on_time_from_dates", promised=["2026-03-01"] * 2, actual=["2026-03-01"]).reason


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_the_mean_order_time_lies_between_the_shortest_and_the_longest(times):
    result = compute("order_cycle_time", times=times)
    assert min(times) - 1e-6 <= result.value <= max(times) + 1e-6
    total = compute("order_cycle_time", total_time=sum(times), number_of_orders=float(len(times)))
    assert total.value == pytest.approx(result.value)


def test_stages_add_up_whatever_their_order():
    stages = {"entry": 1.0, "pick": 2.0, "ship": 5.5}
    found = {
        compute("order_cycle_time_from_stages", stages=dict(some)).value
        for some in itertools.permutations(stages.items())
    }
    assert found == {8.5}
    result = compute("order_cycle_time_from_stages", chart=True, stages=stages)
    assert result.also["longest_stage"] == "ship"
    assert result.chart.kind == "waterfall"


def test_the_usual_stages_of_an_order_add_up_with_or_without_a_list():
    named = compute(
        "order_cycle_time_from_stages", chart=True, order_entry=1.0, picking=0.5, transport=2.0, stages={"customs": 3.0}
    )
    assert named.value == 6.5
    assert named.also["longest_stage"] == "customs"
    assert compute("order_cycle_time_from_stages", stages={"a": 1.0, "b": 5.5}).value == named.value
