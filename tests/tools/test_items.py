"""What classifying lists of items promises: ABC, XYZ, both together, demand patterns, and what is refused."""

import itertools
import math
from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.classification import ClassificationError, Item, ItemList, classify_demand, classify_items
from tools.metrics import compute

VALUES = st.lists(st.integers(1, 1000), min_size=1, max_size=60)


def abc(values, **options):
    return classify_items([{"name": f"i{place}", "value": value} for place, value in enumerate(values)], **options).abc


def test_classes_end_at_the_stated_shares_of_value():
    assert abc([50, 30, 15, 5]) == ["A", "A", "B", "C"]
    assert abc([50, 30, 15, 5], abc=(50, 80)) == ["A", "B", "C", "C"]


def test_an_item_with_most_of_the_value_is_a_and_the_result_says_so():
    result = classify_items([Item(name="x", value=5), Item(name="pump", value=85), Item(name="y", value=10)])
    assert result.abc == ["C", "A", "B"]
    assert "pump alone carries 85 %" in " ".join(result.warnings)


def test_items_of_equal_value_stay_together():
    assert abc([10] * 10) == ["A"] * 10
    assert abc([60, 15, 15, 10]) == ["A", "A", "A", "C"]


@given(VALUES)
def test_no_item_ranks_below_one_of_less_value_and_shares_add_up(values):
    result = classify_items([{"name": str(place), "value": value} for place, value in enumerate(values)])
    for (one, its), (other, theirs) in itertools.combinations(zip(values, result.abc, strict=True), 2):
        if one == other:
            assert its == theirs
        elif one > other:
            assert its <= theirs
    assert math.isclose(sum(row.value_share for row in result.classes), 1)
    assert sum(row.items for row in result.classes) == len(values)
    assert result.curve.value[-1] == pytest.approx(1)
    assert result.curve.value == sorted(result.curve.value)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=40, unique=True))
def test_without_ties_the_metric_gives_the_same_classes(values):
    metric = compute("abc_analysis", values={f"i{place}": float(value) for place, value in enumerate(values)})
    assert metric.also["classes"] == {f"i{place}": kind for place, kind in enumerate(abc(values))}


@given(st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6).filter(any), min_size=1, max_size=20))
def test_variation_interval_and_sizes_are_those_of_their_definitions(demand):
    result = classify_items([{"name": str(place), "demand": series} for place, series in enumerate(demand)])
    for place, series in enumerate(demand):
        sizes = [units for units in series if units]
        squared = (stdev(sizes) / mean(sizes)) ** 2 if len(sizes) > 1 else 0
        assert result.variation[place] == pytest.approx(stdev(series) / mean(series), abs=1e-7)
        assert result.interval[place] == pytest.approx(len(series) / len(sizes))
        assert result.squared_variation[place] == pytest.approx(squared, abs=1e-7)


@pytest.mark.parametrize(
    ("demand", "pattern"),
    [
        ((10, 11, 9, 10, 12, 10, 9, 11), "smooth"),
        ((1, 20, 3, 40, 2, 1, 30, 2), "erratic"),
        ((10, 0, 0, 9, 0, 11, 0, 10), "intermittent"),
        ((1, 0, 0, 50, 0, 2, 0, 40), "lumpy"),
    ],
)
def test_each_demand_pattern(demand, pattern):
    assert classify_demand(demand).pattern == pattern
    assert classify_items([{"name": "x", "demand": demand}]).pattern == [pattern]


def test_value_and_demand_together_give_nine_classes_with_policies():
    steady, swinging, wild = (10,) * 6, (2, 18, 5, 12, 17, 4), (0, 0, 90, 0, 0, 0)
    items = [
        {"name": f"{name} {value}", "value": value, "demand": demand}
        for value in (800, 150, 40)
        for name, demand in (("steady", steady), ("swinging", swinging), ("wild", wild))
    ]
    result = classify_items(items)
    assert [row.name for row in result.matrix] == ["AX", "AY", "AZ", "BX", "BY", "BZ", "CX", "CY", "CZ"]
    assert [row.items for row in result.matrix] == [1] * 9
    assert len({row.policy for row in result.matrix}) == 9
    assert math.isclose(sum(row.value_share for row in result.matrix), 1)


def test_limits_of_variation_belong_to_the_steadier_class_and_can_be_changed():
    series = (0, 10, 10, 10, 10, 20)  # standard deviation of the sample: 6.3246
    items = [{"name": "x", "demand": series}]
    exact = stdev(series) / mean(series)
    assert classify_items(items, xyz=(exact, 2)).xyz == ["X"]
    assert classify_items(items, xyz=(0.1, 0.2)).xyz == ["Z"]
    assert "variation of 0.1" in classify_items(items, xyz=(0.1, 0.2)).assumptions[0]


def test_value_is_unit_cost_times_demand_where_it_is_not_given():
    result = classify_items([{"name": "x", "unit_cost": 2, "demand": (3, 4)}])
    assert result.values == [14]
    assert "unit cost times its demand" in " ".join(result.assumptions)


def test_items_that_cannot_be_right_are_named_and_the_others_classified():
    items = ItemList(["a", "b", "c", "d"], values=np.array([5.0, -1, 0, np.nan]), lines=[2, 3, 4, 5])
    result = classify_items(items)
    assert result.abc == ["A", "", "", ""]
    assert [wrong.line for wrong in result.invalid] == [3, 4, 5]
    assert "Line 3 (b): value is -1, below 0" in result.invalid[0].reason
    assert "value is 0" in result.invalid[1].reason
    assert result.values == [5, -1, 0, None]
    assert "3 items of 4 got no class by value" in result.warnings[0]
    assert len(list(result.rows())) == 4


def test_an_item_without_demand_keeps_its_class_by_value():
    result = classify_items([{"name": "a", "value": 9, "demand": (1, 2)}, {"name": "b", "value": 1, "demand": (0, 0)}])
    assert (result.abc, result.xyz) == (["A", "C"], ["X", ""])
    assert result.variation[1] is None
    assert result.invalid[0].input == "demand"


@pytest.mark.parametrize(
    ("items", "options", "reason"),
    [
        ([], {}, "no items"),
        ([{"name": "a", "value": -4}], {}, "value is -4"),
        ([{"name": "a", "value": "lots"}], {}, "Item 1 \\(a\\): value is 'lots'"),
        ([{"name": "a", "demand": (1, 2)}, {"name": "b", "demand": (1,)}], {}, "b has demand of 1 periods"),
        ([{"name": "a"}], {}, "give values"),
        ([{"name": "a", "value": 1}], {"abc": (95, 80)}, "95 and 80"),
        ([{"name": "a", "value": 1}], {"abc": (0.8, 0.95)}, "give percent, as 80 and 95"),
        ([{"name": "a", "value": 1}], {"abc": (80, 120)}, "at most 100"),
        ([{"name": "a", "value": 1}], {"xyz": (1, 1)}, "must rise"),
    ],
)
def test_what_cannot_be_classified_is_refused_with_a_reason(items, options, reason):
    with pytest.raises(ClassificationError, match=reason):
        classify_items(items, **options)


@pytest.mark.parametrize(
    ("demand", "reason"),
    [((), "at least 2"), ((0, 0), "All demand is 0"), ((1, -2), "period 2 is -2"), ((1, math.nan), "Period 2")],
)
def test_a_series_without_a_pattern_is_refused(demand, reason):
    with pytest.raises(ClassificationError, match=reason):
        classify_demand(demand)


def test_a_long_list_is_classified_whole_and_its_curve_is_thin():
    count = 100_000
    generator = np.random.default_rng(3)
    values = generator.lognormal(3, 2, count)
    result = classify_items(ItemList([str(place) for place in range(count)], values=values))
    assert len(result.abc) == count
    assert len(result.curve.items) < 300
    assert sum(row.items for row in result.classes) == count
    assert result.classes[0].value_share == pytest.approx(0.8, abs=0.001)
    assert [row.item for row in result.rows(1)] == [str(int(values.argmax()))]


def test_results_are_plain_json():
    result = classify_items([{"name": "a", "value": 9, "demand": (0, 0)}, {"name": "b", "value": 1, "demand": (1, 2)}])
    assert type(result).model_validate_json(result.model_dump_json()) == result
