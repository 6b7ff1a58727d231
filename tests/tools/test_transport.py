"""Transport, plans and break-even: distances, loads, emissions, boxes in a container, attainment, contribution."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.test_shares import refused
from tools.metrics.compute import compute

SIDE = st.floats(0.1, 2)
ROOM = st.floats(2, 13)


@given(st.floats(0, 1e6), st.floats(1, 1e6))
def test_empty_running_is_the_same_from_any_two_of_the_distances(empty, loaded):
    value = compute("empty_running", empty=empty, loaded=loaded).value
    assert 0 <= value <= 1
    assert compute("empty_running", empty=empty, total=empty + loaded).value == pytest.approx(value)
    assert compute("empty_running", loaded=loaded, total=empty + loaded).value == pytest.approx(value, abs=1e-9)


def test_a_fleet_that_does_not_run_has_no_share():
    assert refused("empty_running", empty=0.0, loaded=0.0).input == "loaded"


@given(st.floats(0, 1), st.floats(1, 40), st.floats(1, 1e4), st.floats(1, 5))
def test_the_load_factor_falls_with_empty_kilometres(share, payload, distance, times):
    load = share * payload
    out = compute("tonne_km_load_factor", load=load, payload=payload, loaded_distance=distance)
    tour = compute(
        "tonne_km_load_factor", load=load, payload=payload, loaded_distance=distance, distance=distance * times
    )
    assert out.value == pytest.approx(share, abs=1e-9)
    assert tour.value == pytest.approx(share / times, abs=1e-9)
    assert "no distance is driven empty" in out.assumptions
    carried = {"tonne_km": load * distance, "possible_tonne_km": payload * distance * times}
    assert compute("tonne_km_load_factor", **carried).value == pytest.approx(tour.value, abs=1e-9)


def test_more_tonne_kilometres_than_possible_are_refused():
    assert refused("tonne_km_load_factor", tonne_km=11.0, possible_tonne_km=10.0).input == "tonne_km"
    assert refused("tonne_km_load_factor", load=30.0, payload=25.0, loaded_distance=10.0).input == "load"


def test_freight_is_a_share_of_sales_or_of_purchases():
    both = compute("freight_cost_share", freight_cost=50.0, sales=1000.0, purchases=500.0)
    assert both.value == pytest.approx(0.05)
    assert both.also["share_of_purchases"] == pytest.approx(0.1)
    assert compute("freight_cost_share", freight_cost=50.0, purchases=500.0).value == pytest.approx(0.1)
    assert compute("freight_cost_share", freight_cost=50.0, sales=100.0).warnings


@given(st.floats(0, 1e4), st.floats(0, 2e4), st.floats(0, 1))
def test_emissions_are_mass_times_distance_times_factor(mass, distance, factor):
    found = compute("transport_emissions", mass=mass, distance=distance, emission_factor=factor)
    assert found.value == pytest.approx(mass * distance * factor)
    assert found.also["tonnes_co2e"] * 1000 == pytest.approx(found.value)
    activity = compute("transport_emissions", tonne_km=mass * distance, emission_factor=factor)
    assert activity.value == pytest.approx(found.value)


def test_a_factor_in_grams_is_refused_with_the_way_to_write_it():
    wrong = refused("transport_emissions", mass=24.0, distance=500.0, emission_factor=62.0)
    assert wrong.input == "emission_factor"
    assert "62 g/tkm" in wrong.reason
    stated = {"mass": 10.0, "distance": 10.0, "tonne_km": 50.0, "emission_factor": 0.1}
    assert refused("transport_emissions", **stated).input == "tonne_km"
    assert compute("transport_emissions", mass=1.0, distance=100.0, emission_factor=0.6).warnings


@given(st.tuples(SIDE, SIDE, SIDE), st.tuples(ROOM, ROOM, ROOM))
def test_boxes_that_fit_are_never_more_than_their_volume_allows_and_do_not_mind_the_order_of_sides(box, space):
    found = compute("box_count", box=list(box), space=list(space))
    assert 1 <= found.value <= found.also["by_volume"]
    assert found.also["worst_orientation"] <= found.also["kept_upright"] <= found.value
    turned = compute("box_count", box=[box[2], box[0], box[1]], space=list(space))
    assert turned.value == found.value
    plain = math.prod(math.floor(room / side + 1e-9) for side, room in zip(box, space, strict=True))
    assert found.value >= plain
    by_volume = compute("box_count", box_volume=math.prod(box), space_volume=math.prod(space))
    assert abs(by_volume.value - found.also["by_volume"]) <= 1
    assert "upper bound" in by_volume.warnings[0]


def test_weight_may_be_the_limit():
    found = compute("box_count", box=[0.5, 0.5, 0.5], space=[2.0, 2.0, 2.0], box_weight=30.0, payload=1000.0)
    assert found.value == found.also["by_weight"] == 33
    assert any("Weight is the limit" in text for text in found.warnings)


def test_a_box_that_does_not_fit_is_refused():
    assert refused("box_count", box=[3.0, 0.1, 0.1], space=[2.0, 2.0, 2.0]).input == "box"
    assert refused("box_count", box=[0.0, 0.1, 0.1], space=[2.0, 2.0, 2.0]).input == "box"
    assert refused("box_count", box_volume=3.0, space_volume=2.0).input == "box_volume"


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=1, max_size=30))
def test_too_much_of_one_item_does_not_make_up_for_another(items):
    planned, made = ([float(part) for part in side] for side in zip(*items, strict=True))
    found = compute("plan_attainment", planned_by_item=planned, made_by_item=made)
    assert found.value == pytest.approx(sum(made) / sum(planned))
    assert found.also["mix_adherence"] <= min(1.0, found.value) + 1e-12
    assert compute("plan_attainment", planned=sum(planned), made=sum(made)).value == pytest.approx(found.value)


def test_attainment_from_what_was_missed_and_above_plan():
    assert compute("plan_attainment", planned=200.0, missed=10.0).value == pytest.approx(0.95)
    assert "too many" in compute("plan_attainment", planned=200.0, made=210.0).meaning
    assert refused("plan_attainment", planned=200.0, missed=210.0).input == "missed"
    assert refused("plan_attainment", planned=200.0, made=150.0, missed=10.0).input == "missed"
    assert refused("plan_attainment", planned_by_item=[0.0], made_by_item=[1.0]).input == "planned_by_item"


@given(st.floats(0, 1e7), st.floats(1, 1e4), st.floats(0, 0.95))
def test_at_break_even_revenue_is_all_cost(fixed, price, ratio):
    variable = price * ratio
    found = compute("break_even_volume", fixed_cost=fixed, price=price, variable_cost=variable)
    assert found.value * price == pytest.approx(fixed + found.value * variable, rel=1e-6, abs=1e-6)
    assert compute("break_even_volume", fixed_cost=fixed, contribution=price - variable).value == pytest.approx(
        found.value
    )
    assert found.also["whole_units"] >= found.value - 1e-6


def test_a_price_that_does_not_cover_the_variable_cost_breaks_even_nowhere():
    assert refused("break_even_volume", fixed_cost=10.0, price=5.0, variable_cost=5.0).input == "price"
    planned = compute("break_even_volume", fixed_cost=100.0, contribution=5.0, planned_volume=10.0)
    assert planned.also["profit"] == pytest.approx(-50)
    assert "loss" in planned.warnings[0]
