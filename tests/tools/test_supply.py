"""What placing a product in Lee's framework promises."""

import pytest

from tools.classification import ClassificationError, SupplyFacts, classify_supply, default_thresholds


@pytest.mark.parametrize(
    ("demand", "supply", "strategy"),
    [
        ("low", "low", "efficient"),
        ("functional", "evolving", "risk-hedging"),
        ("innovative", "stable", "responsive"),
        ("high", "high", "agile"),
    ],
)
def test_each_cell_has_its_strategy_and_says_what_to_do(demand, supply, strategy):
    result = classify_supply({"demand": demand, "supply": supply})
    assert (result.strategy, result.possible, result.confidence) == (strategy, [strategy], 1.0)
    assert result.advice is not None
    assert result.advice.actions
    assert result.advice.measures
    assert "taken as told" in result.assumptions[0]


def test_numbers_decide_where_no_level_is_told():
    result = classify_supply({"forecast_error": 8, "on_time_delivery": 74, "supply_sources": 1})
    assert result.strategy == "risk-hedging"
    assert [row.says for row in result.supply.rows] == ["high", "high"]
    assert result.supply.rows[0].shown == "74 %"


def test_every_characteristic_of_supply_can_speak_for_both_sides():
    for one in default_thresholds().lee.supply:
        low, high = (one.low, one.high) if one.low is not None else (False, True)
        assert classify_supply({one.id: low}).supply.level == "low", one.id
        assert classify_supply({one.id: high}).supply.level == "high", one.id


def test_what_is_not_known_stays_open_and_is_asked():
    result = classify_supply({"supply": "evolving"})
    assert result.strategy == "unknown"
    assert set(result.possible) == {"risk-hedging", "agile"}
    assert result.advice is None
    assert len(result.questions) == 2
    assert classify_supply({}).possible == ["efficient", "risk-hedging", "responsive", "agile"]


def test_a_tie_is_open_and_a_number_between_the_limits_says_nothing():
    assert classify_supply({"demand": "low", "yield_rate": 99, "supply_sources": 1}).strategy == "unknown"
    assert classify_supply({"yield_rate": 90}).supply.level == "unknown"


def test_confidence_grows_with_what_agrees_and_falls_with_what_does_not():
    one = classify_supply({"yield_rate": 99}).supply.confidence
    two = classify_supply({"yield_rate": 99, "on_time_delivery": 99}).supply.confidence
    mixed = classify_supply({"yield_rate": 99, "on_time_delivery": 99, "breakdowns": True}).supply
    assert one < two
    assert mixed.level == "low"
    assert mixed.confidence < two


def test_a_number_against_what_was_told_is_said():
    result = classify_supply({"demand": "low", "supply": "stable", "on_time_delivery": 60})
    assert result.strategy == "efficient"
    assert any("on-time delivery, 60 %" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ({"yield_rate": 140}, ("yield_rate", "140 %", "above 100 %")),
        ({"life_cycle_months": -3}, ("life_cycle_months", "-3 months", "below 0.1 months")),
        ({"forecast_error": "lots"}, ("forecast_error", "'lots'", "in percent")),
        ({"demand": "wild"}, ("demand", "'wild'", "low or high")),
        ({"yields": 90}, ("yields", "no input", "yield_rate")),
        ({"lead_time_variation": float("nan")}, ("lead_time_variation", "nan", "no number")),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_value_and_remedy(facts, names):
    with pytest.raises(ClassificationError) as caught:
        classify_supply(facts)
    (wrong,) = caught.value.invalid
    assert wrong.input == names[0]
    assert all(part in wrong.reason for part in names[1:]), wrong.reason


def test_all_wrong_inputs_are_named_at_once():
    with pytest.raises(ClassificationError) as caught:
        classify_supply({"yield_rate": 140, "forecast_error": -1})
    assert {wrong.input for wrong in caught.value.invalid} == {"yield_rate", "forecast_error"}


def test_every_characteristic_is_an_input():
    lee = default_thresholds().lee
    assert {one.id for one in (*lee.demand, *lee.supply)} | {"demand", "supply"} == set(SupplyFacts.model_fields)
