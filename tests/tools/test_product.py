"""A product is classified as Fisher would: by its numbers, by clear words, and with honest doubt."""

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import ValidationError

from tools.classification.calibration import Calibration, Weights
from tools.classification.product import ProductFacts, SpokenSign, Words, classify_line, classify_product
from tools.classification.product_result import ClassificationError, Likeness, ProductResult
from tools.classification.thresholds import FILE, default_thresholds, load_thresholds

FISHER = default_thresholds().fisher
CRITERIA = FISHER.criteria
ORDER = ("functional", "between", "innovative")


def classified(*signs: str, **facts: float) -> ProductResult:
    return classify_product(ProductFacts(**facts), [SpokenSign(id=sign, quote=sign) for sign in signs])


def refused(**facts: float) -> list[str]:
    with pytest.raises(ClassificationError) as caught:
        classify_product(ProductFacts(**facts))
    assert all(wrong.reason in str(caught.value) for wrong in caught.value.invalid)
    return [wrong.input for wrong in caught.value.invalid]


def test_fishers_typical_products() -> None:
    functional = classified(
        life_cycle_months=60, contribution_margin=10, variants=15, forecast_error=10, stockout_rate=1.5, markdown=0,
        made_to_order_lead_time_days=300,
    )  # fmt: skip
    innovative = classified(
        life_cycle_months=6, contribution_margin=40, variants=1_000_000, forecast_error=70, stockout_rate=25,
        markdown=18, made_to_order_lead_time_days=7,
    )  # fmt: skip
    for label, result in (("functional", functional), ("innovative", innovative)):
        assert (result.label, {row.says for row in result.criteria}) == (label, {label})
        assert result.confidence > 0.9
        assert not result.speaks_against
        assert not result.questions
    assert functional.chain is not None
    assert innovative.chain is not None
    assert (functional.chain.type, innovative.chain.type) == ("physically efficient", "market-responsive")


def test_nothing_told_is_unknown_with_questions() -> None:
    result = classified()
    assert result.label == "unknown"
    assert result.chain is None
    assert 1 <= len(result.questions) <= 2
    assert all(question.text.endswith("?") for question in result.questions)
    assert {row.says for row in result.criteria} == {"not given"}


def test_a_question_is_never_of_what_is_known() -> None:
    result = classified(contribution_margin=21, forecast_error=25)
    assert not {"margin", "forecast_error"} & {question.criterion for question in result.questions}


@pytest.mark.parametrize("name", CRITERIA)
def test_each_criterion_alone_moves_to_its_side(name: str) -> None:
    row = CRITERIA[name]
    low, high = (classified(**{row.input: value}) for value in (row.surely_functional, row.surely_innovative))
    assert low.odds["functional"] > high.odds["functional"]
    assert high.odds["innovative"] > low.odds["innovative"]
    assert [r.says for r in low.criteria if r.criterion == name] == ["functional"]
    assert [r.says for r in high.criteria if r.criterion == name] == ["innovative"]


@pytest.mark.parametrize("name", CRITERIA)
@given(data=st.data())
@examples(max_examples=40, deadline=None)
def test_more_towards_functional_never_makes_it_more_innovative(name: str, data: st.DataObject) -> None:
    row = CRITERIA[name]
    others = {
        other.input: data.draw(st.floats(max(other.least, 0), min(other.most, 100)))
        for other in CRITERIA.values()
        if other is not row and data.draw(st.booleans())
    }
    values = st.floats(max(row.least, 0), min(row.most, 5000))
    one, two = sorted((data.draw(values), data.draw(values)), reverse=row.functional > row.innovative)
    calmer, wilder = (classified(**{**others, row.input: value}) for value in (one, two))
    assert calmer.odds["innovative"] <= wilder.odds["innovative"] + 1e-9
    assert ORDER.index(row.says(one)) <= ORDER.index(row.says(two))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("life_cycle", 24, "functional"), ("life_cycle", 23, "between"), ("life_cycle", 12, "innovative"),
        ("margin", 20, "functional"), ("margin", 20.1, "innovative"), ("margin", 5, "functional"),
        ("variety", 20, "functional"), ("variety", 100, "between"), ("variety", 5e6, "innovative"),
        ("forecast_error", 10, "functional"), ("forecast_error", 39, "between"), ("forecast_error", 40, "innovative"),
        ("stockouts", 2, "functional"), ("stockouts", 5, "between"), ("stockouts", 10, "innovative"),
        ("markdown", 0, "functional"), ("markdown", 4, "between"), ("markdown", 10, "innovative"),
        ("made_to_order_lead_time", 180, "functional"), ("made_to_order_lead_time", 14, "innovative"),
    ],
)  # fmt: skip
def test_bounds_are_fishers(name: str, value: float, says: str) -> None:
    assert CRITERIA[name].says(value) == says


def test_a_margin_just_out_of_band_says_little() -> None:
    near, far = classified(contribution_margin=22), classified(contribution_margin=45)
    assert near.label == "unknown"
    assert near.odds["innovative"] < far.odds["innovative"]
    assert any("says little" in warning for warning in near.warnings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("life_cycle_months", -3), ("life_cycle_months", 0), ("contribution_margin", 140), ("variants", 0),
        ("forecast_error", -1), ("forecast_error", float("nan")), ("stockout_rate", 101), ("markdown", -5),
        ("markdown", float("inf")), ("made_to_order_lead_time_days", -1), ("replenishment_lead_time_days", -2),
        ("orders_a_year", 0),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(name: str, value: float) -> None:
    assert refused(**{name: value}) == [name]


def test_every_wrong_input_is_named_at_once_with_value_and_remedy() -> None:
    with pytest.raises(ClassificationError) as caught:
        classify_product(ProductFacts(life_cycle_months=-3, contribution_margin=140))
    first, second = caught.value.invalid
    assert "-3 months" in first.reason
    assert "140%" in second.reason
    assert "share of the price" in second.reason


def test_text_and_unknown_inputs_are_refused() -> None:
    for facts in ({"life_cycle_months": "long"}, {"color": 3}):
        with pytest.raises(ClassificationError) as caught:
            classify_product(facts)
        assert caught.value.invalid[0].input == next(iter(facts))
    with pytest.raises(ValidationError):
        ProductFacts(color=3)  # type: ignore[call-arg]
    with pytest.raises(ClassificationError, match="no sign 'magic'"):
        classified("magic")


def test_strong_evidence_on_both_sides_is_hybrid() -> None:
    result = classified("limited_edition", "big_variety", life_cycle_months=60, forecast_error=9, markdown=20)
    assert result.label in ("hybrid", "unknown")
    assert result.odds["hybrid"] == max(result.odds.values())


def test_surges_on_a_stable_product_are_hybrid() -> None:
    calm = classified(life_cycle_months=120, contribution_margin=15)
    surging = classified("weather_spikes", life_cycle_months=120, contribution_margin=15)
    assert (calm.label, surging.label) == ("functional", "hybrid")
    assert surging.chain is not None
    assert any("Surges" in part for part in surging.chain.parts)


@pytest.mark.parametrize("sign", ["promotions", "batch_orders", "quarter_end_push", "price_hoarding"])
def test_self_made_swings_do_not_make_it_innovative(sign: str) -> None:
    plain = classified(life_cycle_months=60, forecast_error=45)
    swinging = classified(sign, life_cycle_months=60, forecast_error=45)
    assert swinging.odds["innovative"] < plain.odds["innovative"]
    assert classified(sign).odds["innovative"] <= classified().odds["innovative"]
    assert swinging.self_made
    assert swinging.ways_out[0].way == "Stop the self-made swings"


def test_a_number_wins_over_words_of_its_criterion() -> None:
    both = classified("fat_margin", contribution_margin=6, life_cycle_months=60)
    assert both.odds == classified(contribution_margin=6, life_cycle_months=60).odds
    assert not both.signs


def test_likeness_alone_decides_nothing_and_cannot_outweigh_numbers() -> None:
    like = [Likeness(product=f"p{n}", label="innovative", similarity=0.9) for n in range(3)]
    words = Words(odds={"functional": 0.01, "innovative": 0.98, "hybrid": 0.01})
    assert classify_product(ProductFacts(), nearest=like, words=words).label == "unknown"
    numbers = ProductFacts(life_cycle_months=60, contribution_margin=8, forecast_error=8, stockout_rate=1, markdown=0)
    assert classify_product(numbers, nearest=like, words=words).label == "functional"


def test_the_order_of_signs_does_not_matter() -> None:
    signs = ("new_every_season", "thin_margin", "hard_to_forecast", "weather_spikes")
    assert len({str(sorted(classified(*order).odds.items())) for order in itertools.permutations(signs)}) == 1


def test_a_less_certain_sign_weighs_less() -> None:
    odds = [
        classify_product({}, [SpokenSign(id="new_every_season", certainty=sure)]).odds["innovative"]
        for sure in (0.1, 0.5, 0.8, 1.0)
    ]
    assert odds == sorted(odds)
    assert odds[0] == classified().odds["innovative"]


@pytest.mark.parametrize(
    ("facts", "chain", "mismatch"),
    [
        ({"life_cycle_months": 6, "forecast_error": 60}, "sea_monthly", True),
        ({"life_cycle_months": 6, "forecast_error": 60}, "fast_replenishment", False),
        ({"life_cycle_months": 60, "forecast_error": 8}, "air_freight", True),
        ({"life_cycle_months": 60, "forecast_error": 8}, "big_plant_full_load", False),
        ({}, "sea_monthly", None),
    ],
)
def test_the_chain_they_have(facts: dict[str, float], chain: str, mismatch: bool | None) -> None:
    result = classified(chain, **facts)
    assert result.present is not None
    assert result.mismatch is mismatch
    assert sum(way.first for way in result.ways_out) == (1 if mismatch else 0)


def test_the_cost_of_a_mismatch_is_margin_times_stockouts() -> None:
    result = classified("sea_monthly", life_cycle_months=6, contribution_margin=40, stockout_rate=25)
    assert "40% margin x 25% stockouts = 10% of" in result.mismatch_text


def test_lead_time_and_orders_tell_of_the_chain() -> None:
    slow = classified(life_cycle_months=4, forecast_error=70, replenishment_lead_time_days=150, orders_a_year=2)
    quick = classified(life_cycle_months=4, forecast_error=70, replenishment_lead_time_days=10)
    assert (slow.mismatch, quick.mismatch) == (True, False)


def test_supply_gives_lees_strategy() -> None:
    risky = classified("varying_yields", life_cycle_months=60, forecast_error=8).supply
    agile = classified("varying_yields", life_cycle_months=6, forecast_error=70).supply
    assert risky is not None
    assert agile is not None
    assert (risky.strategy, agile.strategy) == ("risk-hedging", "agile")


def test_a_mixed_line_is_split_not_averaged() -> None:
    classic = classified(life_cycle_months=120, forecast_error=8)
    limited = classified("limited_edition", life_cycle_months=3)
    line = classify_line("bags", [classic, limited])
    assert (line.label, [part.label for part in line.parts]) == ("hybrid", ["functional", "innovative"])
    assert line.confidence == min(classic.confidence, limited.confidence)
    assert classify_line("salt", [classic, classic]).label == "functional"
    with pytest.raises(ClassificationError):
        classify_line("none", [])


def test_what_speaks_against_is_said() -> None:
    result = classified("many_competitors", life_cycle_months=4, forecast_error=70, markdown=25, contribution_margin=12)
    assert result.label == "innovative"
    assert any("12%" in sentence for sentence in result.speaks_against)
    assert any("many_competitors" in sentence for sentence in result.speaks_against)


def test_a_changed_threshold_moves_the_verdict(tmp_path: Path) -> None:
    data = yaml.safe_load(FILE.read_text("utf-8"))
    bands = data["fisher"]["criteria"]["life_cycle"]
    bands.update(functional=6, innovative=3, surely_functional=12, surely_innovative=1)
    copy = tmp_path / "thresholds.yaml"
    copy.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    facts = ProductFacts(life_cycle_months=9)
    usual, moved = classify_product(facts), classify_product(facts, thresholds=load_thresholds(copy))
    assert (usual.criteria[0].says, moved.criteria[0].says) == ("innovative", "functional")
    assert moved.odds["innovative"] < usual.odds["innovative"]


def test_confidence_is_a_rising_curve_below_one() -> None:
    made, told = Calibration(weights=Weights()), Told()
    curve = [made.confidence(p / 100, told) for p in range(1, 101)]
    assert curve == sorted(curve)
    assert curve[-1] < 1


class Told:
    amount, told = 1.0, 1.0
