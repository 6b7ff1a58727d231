"""Supplier concentration and scorecards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.metrics import MetricError, compute

amounts = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=50)


@given(amounts, st.floats(0.001, 1000), st.randoms(use_true_random=False))
def test_the_index_needs_neither_unit_nor_order(spend, factor, dice):
    index = compute("hhi", spend=spend).value
    mixed = [amount * factor for amount in spend]
    dice.shuffle(mixed)
    assert compute("hhi", spend=mixed).value == pytest.approx(index)
    by_name = {str(place): amount for place, amount in enumerate(spend)}
    assert compute("hhi", spend_by_supplier=by_name).value == pytest.approx(index)


@given(amounts)
def test_the_index_lies_between_an_even_split_and_one_supplier(spend):
    result = compute("hhi", spend=spend)
    assert 10_000 / len(spend) * (1 - 1e-9) <= result.value <= 10_000 * (1 + 1e-9)
    assert 1 - 1e-9 <= result.also["effective_suppliers"] <= len(spend) * (1 + 1e-9)


@given(st.lists(st.floats(1, 100), min_size=3, max_size=20))
def test_merging_two_suppliers_raises_the_index_by_twice_the_product_of_their_shares(spend):
    merged = [spend[0] + spend[1], *spend[2:]]
    rise = 2 * spend[0] * spend[1] / sum(spend) ** 2
    assert compute("hhi", spend=merged).also["hhi_0_1"] - compute("hhi", spend=spend).also["hhi_0_1"] == pytest.approx(
        rise
    )


@pytest.mark.parametrize("count", [1, 2, 5, 10, 10_000])
def test_equal_suppliers_are_counted(count):
    assert compute("hhi", spend=[7.0] * count).also["effective_suppliers"] == pytest.approx(count)


def test_shares_may_be_fractions_or_percent():
    assert compute("hhi", shares=[0.5, 0.3, 0.2]).value == pytest.approx(3800)
    assert compute("hhi", shares=[50.0, 30.0, 20.0]).value == pytest.approx(3800)
    assert compute("hhi", shares_by_supplier={"A": 0.4, "B": 0.3, "C": 0.3}).value == pytest.approx(3400)


def test_shares_that_leave_something_out_give_a_range():
    result = compute("hhi", shares=[0.5, 0.3])
    assert result.value == pytest.approx(3400)
    assert "at most 3,800" in result.warnings[0]


def test_concentration_refuses_with_a_reason():
    with pytest.raises(MetricError, match="add up to 120 %"):
        compute("hhi", shares=[0.5, 0.3, 0.4])
    with pytest.raises(MetricError, match="is -1"):
        compute("hhi", spend=[5.0, -1.0])
    with pytest.raises(MetricError, match="all of it is 0"):
        compute("hhi", spend=[0.0, 0.0])


def test_a_grand_total_among_suppliers_is_pointed_out():
    assert "is a total" in compute("hhi", spend_by_supplier={"A": 5.0, "B": 5.0, "Grand Total": 10.0}).warnings[0]


scored = st.dictionaries(
    st.text("abcdefghij", min_size=1, max_size=4),
    st.tuples(st.floats(0.01, 1), st.floats(0, 10)),
    min_size=1,
    max_size=20,
)


@given(scored)
def test_the_score_lies_between_the_lowest_and_the_highest(pairs):
    total = sum(weight for weight, _ in pairs.values())
    weights = {name: weight / total for name, (weight, _) in pairs.items()}
    scores = {name: score for name, (_, score) in pairs.items()}
    result = compute("supplier_scorecard", weights=weights, scores=scores)
    assert min(scores.values()) - 1e-9 <= result.value <= max(scores.values()) + 1e-9
    in_percent = {name: 100 * weight for name, weight in weights.items()}
    assert compute("supplier_scorecard", weights=in_percent, scores=scores).value == pytest.approx(result.value)


@pytest.mark.parametrize(
    ("weights", "scores", "reason"),
    [
        ({"quality": 0.5, "cost": 0.4}, {"quality": 4.0, "cost": 3.0}, "they add up to 0.9"),
        ({"quality": 0.5, "cost": 0.5}, {"quality": 4.0}, "cost has a weight but no score"),
        ({"quality": 1.0}, {"quality": 4.0, "cost": 3.0}, "cost has a score but no weight"),
        ({"quality": 1.0}, {"quality": 6.0}, "above the highest possible 5"),
        ({"quality": 1.5, "cost": -0.5}, {"quality": 4.0, "cost": 3.0}, "cost is -0.5"),
    ],
)
def test_a_scorecard_that_does_not_fit_is_refused(weights, scores, reason):
    with pytest.raises(MetricError, match=reason):
        compute("supplier_scorecard", weights=weights, scores=scores, highest_score=5.0)


def test_the_scorecard_says_where_most_is_to_be_gained():
    result = compute(
        "supplier_scorecard",
        weights={"quality": 0.8, "cost": 0.2},
        scores={"Quality": 3.0, "cost": 1.0},
        highest_score=5.0,
    )
    assert result.also["most_to_gain"] == "quality"
    assert result.also["share_of_highest"] == pytest.approx(0.52)
