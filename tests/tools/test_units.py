"""Units as they are written: read, told apart, and brought to one another with the calendar of the call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics.units import PERIODS, Calendar, Unit, UnitError, convert, factor, parse

USUAL = Calendar()
WORKING = Calendar(days_a_year=250, days_a_week=5, weeks_a_year=50)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", Unit()),
        ("1", Unit()),
        ("fraction", Unit()),
        ("%", Unit(percent=True)),
        ("%/month", Unit({"month": -1}, percent=True)),
        ("1/day", Unit({"day": -1})),
        ("item/week", Unit({"item": 1, "week": -1})),
        ("USD/item/year", Unit({"money": 1, "item": -1, "year": -1}, currency="USD")),
        ("item/period**0.5", Unit({"item": 1, "period": -0.5})),
        ("item^2", Unit({"item": 2})),
        ("item*day", Unit({"item": 1, "day": 1})),
        (" item / week ", Unit({"item": 1, "week": -1})),
        ("days", Unit({"day": 1})),
        ("kg", Unit({"kilogram": 1})),
        ("pallet", Unit({"pallet": 1})),
    ],
)
def test_a_unit_is_read(text, unit):
    assert parse(text) == unit


@pytest.mark.parametrize("text", ["12", "€", "item*", "stuff/", "kg*!/week", "??"])
def test_what_is_no_unit_is_refused_with_an_example(text):
    with pytest.raises(UnitError, match="is not a unit; write it like item/week") as caught:
        parse(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "per", "time", "period"),
    [
        ("item/week", "week", "", "week"),
        ("hour", "", "hour", "hour"),
        ("hour/week", "week", "hour", "week"),
        ("item", "", "", ""),
    ],
)
def test_the_time_of_a_unit(text, per, time, period):
    unit = parse(text)
    assert (unit.per, unit.time, unit.period) == (per, time, period)


@pytest.mark.parametrize(
    ("said", "wanted", "usual", "working"),
    [
        ("year", "day", 365, 250),
        ("year", "week", 52, 50),
        ("quarter", "week", 13, 12.5),
        ("week", "month", 12 / 52, 12 / 50),
        ("week", "day", 7, 5),
        ("month", "day", 365 / 12, 250 / 12),
        ("day", "hour", 24, 24),
        ("dozen", "item", 12, 12),
        ("kilogram", "pound", 1 / 0.45359237, 1 / 0.45359237),
        ("pallet", "item", 1, 1),
        ("item", "item", 1, 1),
    ],
)
def test_one_unit_in_another(said, wanted, usual, working):
    assert factor(said, wanted, USUAL) == pytest.approx(usual)
    assert factor(said, wanted, WORKING) == pytest.approx(working)


@pytest.mark.parametrize(("said", "wanted"), [("day", "item"), ("kilogram", "metre"), ("pallet", "case")])
def test_different_things_have_no_factor(said, wanted):
    assert factor(said, wanted, USUAL) is None


@given(st.sampled_from(PERIODS), st.sampled_from(PERIODS), st.sampled_from([USUAL, WORKING]))
def test_factors_of_time_undo_one_another(one, other, calendar):
    there, back = factor(one, other, calendar), factor(other, one, calendar)
    assert there is not None
    assert back is not None
    assert there * back == pytest.approx(1)


@pytest.mark.parametrize(
    ("value", "said", "wanted", "result"),
    [
        (100, "item/week", "item/year", 5200),
        (2, "USD/item/month", "money/item/year", 24),
        (24, "USD/dozen/year", "money/item/year", 2),
        (20, "item/week", "item/year**0.5", 20 * 52**0.5),
        (14, "day", "week", 2),
        (3, "item", "item", 3),
    ],
)
def test_a_value_is_brought_to_a_unit(value, said, wanted, result):
    converted, unsaid = convert(value, parse(said), parse(wanted), USUAL)
    assert converted == pytest.approx(result)
    assert unsaid == []


def test_what_is_left_out_is_taken_as_meant_and_times_are_named():
    assert convert(5, parse(""), parse("item/week"), USUAL) == (5, ["week"])
    assert convert(5, parse("USD"), parse("money/order"), USUAL) == (5, [])


@pytest.mark.parametrize(
    ("said", "wanted", "strange"),
    [("kg/week", "item/week", "kilogram"), ("USD/hour", "money/order", "hour"), ("week", "item", "week")],
)
def test_a_part_that_does_not_belong_is_refused_by_name(said, wanted, strange):
    with pytest.raises(UnitError, match=f"{strange} does not belong to it"):
        convert(1, parse(said), parse(wanted), USUAL)


@given(st.floats(1e-6, 1e9), st.sampled_from(PERIODS), st.sampled_from(PERIODS))
def test_rates_come_back(value, one, other):
    there, _ = convert(value, parse(f"item/{one}"), parse(f"item/{other}"), USUAL)
    back, _ = convert(there, parse(f"item/{other}"), parse(f"item/{one}"), USUAL)
    assert back == pytest.approx(value)
