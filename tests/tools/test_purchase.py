"""What placing a purchased item in Kraljic's matrix promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.classification import ClassificationError, PurchaseFacts, classify_purchase, default_thresholds


@pytest.mark.parametrize(
    ("impact", "risk", "quadrant"),
    [
        ("low", "low", "non-critical"),
        ("high", "low", "leverage"),
        ("low", "high", "bottleneck"),
        ("high", "high", "strategic"),
        (90, 15, "leverage"),
        (10, 85, "bottleneck"),
    ],
)
def test_each_quadrant_has_its_strategy(impact, risk, quadrant):
    result = classify_purchase({"profit_impact": impact, "supply_risk": risk})
    assert result.quadrant == quadrant
    assert result.confidence > 0.85
    assert result.advice is not None
    assert result.advice.actions
    assert result.advice.move


@pytest.mark.parametrize(
    ("facts", "quadrant"),
    [
        ({"spend_share": 15, "qualified_suppliers": 1, "switching_weeks": 40, "substitutes": False}, "strategic"),
        ({"spend_share": 12, "qualified_suppliers": 8, "substitutes": True, "switching_weeks": 2}, "leverage"),
        ({"spend_share": 0.05, "qualified_suppliers": 1, "stops_operations": True}, "bottleneck"),
        ({"spend_share": 0.2, "qualified_suppliers": 30, "switching_weeks": 1}, "non-critical"),
    ],
)
def test_facts_place_an_item(facts, quadrant):
    result = classify_purchase(facts)
    assert result.quadrant == quadrant
    rows = [*result.profit_impact.rows, *result.supply_risk.rows]
    assert {row.factor for row in rows} == set(facts)


def test_a_position_near_the_line_is_doubted_and_asked_about():
    result = classify_purchase({"profit_impact": 55, "supply_risk": 95})
    assert result.quadrant == "strategic"
    assert result.profit_impact.near_line
    assert "within 10 points of the line at 50" in result.warnings[0]
    assert result.questions
    assert result.confidence < 0.7


def test_one_open_axis_leaves_two_quadrants():
    result = classify_purchase({"qualified_suppliers": 1})
    assert result.quadrant == "unknown"
    assert set(result.possible) == {"bottleneck", "strategic"}
    assert any("spend" in question for question in result.questions)


@given(st.integers(0, 50), st.integers(0, 50))
def test_more_suppliers_never_raise_supply_risk(one, other):
    scores = [classify_purchase({"qualified_suppliers": count}).supply_risk.score for count in sorted((one, other))]
    assert scores[0] >= scores[1]


@given(st.floats(0, 100), st.floats(0, 100))
def test_more_spend_never_lowers_profit_impact(one, other):
    scores = [classify_purchase({"spend_share": share}).profit_impact.score for share in sorted((one, other))]
    assert scores[0] <= scores[1]


def test_a_stated_axis_counts_beside_facts_and_says_so():
    result = classify_purchase({"supply_risk": "low", "profit_impact": "high", "qualified_suppliers": 1})
    assert result.quadrant == "leverage"
    assert any("as stated counts" in line for line in result.assumptions)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ({"profit_impact": 140}, ("profit_impact", "140 points", "above 100 points")),
        ({"spend_share": -2}, ("spend_share", "-2 %", "below 0 %")),
        ({"profit_impact": "huge"}, ("profit_impact", "'huge'", "low, medium or high")),
        ({"qualified_suppliers": "many"}, ("qualified_suppliers", "'many'", "number of qualified suppliers")),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_value_and_remedy(facts, names):
    with pytest.raises(ClassificationError) as caught:
        classify_purchase(facts)
    (wrong,) = caught.value.invalid
    assert wrong.input == names[0]
    assert all(part in wrong.reason for part in names[1:]), wrong.reason


def test_every_factor_is_an_input():
    factors = {one.id for one in default_thresholds().kraljic.factors}
    assert factors | {"profit_impact", "supply_risk"} == set(PurchaseFacts.model_fields)
