"""Red flags from answers, numbers and pitfalls; what is unknown; and one proposed action for each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.tools.risk.nodes import TODAY, action, node, review_with, risk, run
from tests.tools.risk.reviews import says
from tools.risk.checklist import LONGEST_LINE
from tools.risk.checklists import RULES as NAMED_RULES
from tools.risk.checklists import load_checklist
from tools.risk.example import example_review
from tools.risk.flags import TEXTS, flags, proposals, unknowns
from tools.risk.review import Review, Scope
from tools.risk.rules import RULES

EXPOSED = {"ttr_weeks": 10, "cover_weeks": 6, "margin_per_week": 100, "ttr_basis": "tested"}


def origins(review, today: date = TODAY) -> list[str]:
    return [flag.origin for flag in flags(review, today)]


def flag(review, origin: str, today: date = TODAY):
    return next(one for one in flags(review, today) if one.origin == origin)


def test_the_rules_are_those_that_a_checklist_may_name():
    assert set(RULES) == NAMED_RULES == set(TEXTS)


def test_an_empty_review_raises_nothing_and_is_all_unknown():
    review = review_with()
    assert flags(review, TODAY) == []
    assert proposals(review, TODAY) == []
    assert unknowns(review)[0].about == "1.1"
    assert all(one.state == "open" for one in unknowns(review))


def test_unknown_answers_raise_no_flag_but_are_listed():
    review = review_with(answers=[says("1.5", unknown=True), says("1.6", maturity=3)])
    assert flags(review, TODAY) == []
    listed = {one.about: one.state for one in unknowns(review)}
    assert listed["1.5"] == "unknown"
    assert "1.6" not in listed


def test_maturity_at_or_below_the_threshold_raises_the_flag_of_a_question():
    question = load_checklist().question("1.5")
    for maturity, raised in ((0, True), (1, True), (2, False)):
        review = review_with(answers=[says("1.5", maturity=maturity)])
        assert ("flag 1.5" in origins(review)) is raised
    found = flag(review_with(answers=[says("1.5", maturity=1)]), "flag 1.5")
    assert found.text == question.red_flag.text
    assert found.action == question.action
    assert question.anchors[1] in found.why
    assert found.measure == "maturity of question 1.5: 1 -> 2 or higher"
    assert (found.kind, found.question, found.rule) == ("answer", "1.5", "")


def test_maturity_0_raises_every_question_even_one_whose_flag_is_a_rule():
    ruled = [one.id for one in load_checklist().questions if one.red_flag and one.red_flag.rule]
    assert "1.3" in ruled
    always = [one.id for one in load_checklist().questions if one.only_if is None]
    review = review_with(answers=[says(one, maturity=0) for one in always])
    assert {f"flag {one}" for one in always} <= set(origins(review))


def test_a_flag_states_nothing_that_nobody_said():
    unmapped = says("1.4", maturity=0)
    found = flag(review_with(answers=[unmapped]), "flag 1.4")
    assert found.text.startswith("Not ruled out, as too little is in place to tell: both sources of one item depend")
    limited = review_with(answers=[says("1.1", maturity=0)], scope=Scope(loss_limit=1000))
    assert flag(limited, "flag 1.1").text == load_checklist().question("1.1").anchors[0]


def test_the_most_cautious_of_several_answers_counts():
    review = review_with(answers=[says("1.5", "ann", maturity=3), says("1.5", "bo", maturity=0)])
    assert origins(review) == ["flag 1.5"]


def test_a_gap_raises_the_flag_of_its_question_with_the_numbers():
    review = review_with(node("Seal", **EXPOSED), scope=Scope(loss_limit=1000))
    found = flag(review, "flag 1.3")
    assert (found.kind, found.rule, found.nodes) == ("numbers", "tts_below_ttr", ["seal"])
    assert "TTS 6, TTR 10" in found.why
    assert "gap 4 weeks -> 0 by 4 more weeks of cover" in found.measure
    covered = review_with(node("Seal", ttr_weeks=5, cover_weeks=6, ttr_basis="tested"))
    assert flags(covered, TODAY) == []
    unimportant = review_with(node("Seal", critical=False, **EXPOSED))
    assert flags(unimportant, TODAY) == []


def test_missing_numbers_raise_no_flag_but_are_listed():
    review = review_with(node("Seal", cover_weeks=1), scope=Scope(loss_limit=1))
    assert flags(review, TODAY) == []
    listed = [one for one in unknowns(review) if one.kind == "node"]
    assert [(one.about, len(one.missing)) for one in listed] == [("seal", 2)]
    assert any(one.kind == "test" for one in unknowns(review))


@pytest.mark.parametrize(
    ("scope", "above"),
    [
        (Scope(loss_limit=399, currency="EUR"), "100 % of the limit"),
        (Scope(stockout_limit_days=27), "28 days without stock"),
        (Scope(loss_limit=0), "400"),
    ],
)
def test_a_loss_above_a_limit(scope, above):
    review = review_with(node("Seal", **EXPOSED), scope=scope)
    found = flag(review, "flag 6.2")
    assert above in found.why
    assert found.rule == "loss_above_limit"
    within = review_with(node("Seal", **EXPOSED), scope=Scope(loss_limit=400, stockout_limit_days=28))
    assert "flag 6.2" not in origins(within)


def test_losses_without_a_limit():
    review = review_with(node("Seal", **EXPOSED))
    assert "flag 1.1" in origins(review)
    assert "flag 1.1" not in origins(review_with(node("Seal", **EXPOSED), scope=Scope(loss_limit=9e9)))
    answered = review_with(answers=[says("1.1", value="All pumps", maturity=2)])
    assert origins(answered) == ["flag 1.1"]


def test_one_source_that_carries_much_of_the_margin():
    made = node("Seal", margin_per_week=21, sources=[{"supplier": "X"}])
    review = review_with(made, scope=Scope(weekly_margin=100))
    assert "21 %" in flag(review, "flag 1.2").why
    for changed in (
        {"margin_per_week": 20},
        {"alternate_share": 0.3},
        {"sources": [*made.sources, made.sources[0].model_copy(update={"supplier": "Y"})]},
        {"sources": []},
    ):
        changed_review = review_with(made.model_copy(update=changed), scope=Scope(weekly_margin=100))
        assert "flag 1.2" not in origins(changed_review)
    assert "flag 1.2" not in origins(review_with(made))


def test_concentration_against_own_caps_or_the_proposed_ones():
    sources = [{"supplier": "X", "country": "DE", "share": 0.5}, {"supplier": "Y", "country": "FR", "share": 0.5}]
    made = node("Seal", category="Seals", sources=sources)
    assert "proposed caps of 2,500" in flag(review_with(made), "flag 2.2").why
    assert origins(review_with(made, scope=Scope(concentration_limit=5000))) == []
    found = flag(review_with(made, scope=Scope(concentration_limit=5000, country_limit=0.4)), "flag 2.2")
    assert "Seals (Germany 50 %)" in found.why
    assert "policy's caps" in found.why


def test_a_switch_that_comes_too_late():
    answers = [says("2.1", maturity=2)]
    review = review_with(node("Seal", cover_weeks=4, switch_weeks=9), answers=answers)
    assert "switch 9, TTS 4 weeks" in flag(review, "flag 2.3").why
    assert origins(review_with(node("Seal", cover_weeks=4, switch_weeks=4), answers=answers)) == []


def test_a_rule_counts_even_where_its_question_is_not_asked():
    """Question 2.3 is asked only once 2.1 is answered; the numbers show a late switch before that."""
    found = flag(review_with(node("Seal", cover_weeks=4, switch_weeks=9)), "flag switch_exceeds_tts")
    assert found.question == ""
    assert found.action


def test_a_sub_tier_behind_both_sources():
    sources = [
        {"supplier": "X", "country": "DE", "sub_tier": ["Mill"]},
        {"supplier": "Y", "country": "FR", "sub_tier": ["mill"]},
    ]
    review = review_with(node("Seal", sources=sources))
    assert "Mill" in flag(review, "flag 1.4").why
    assert flag(review, "flag 1.4").measure == "nodes whose sources share a sub-tier: 1 -> 0"


@pytest.mark.parametrize(("days", "raised"), [(365, False), (366, True)])
def test_a_stress_test_older_than_a_year(days, raised):
    last = datetime(2026, 6, 1, tzinfo=UTC) - timedelta(days=days)
    older = run(last - timedelta(days=100)).model_copy(update={"id": "older"})
    review = review_with(stress_runs=[run(last), older])
    assert ("flag 6.1" in origins(review)) is raised
    assert "flag 6.1" not in origins(review_with())


def reported(**row):
    return review_with(answers=[says("6.5", maturity=2, value=[{"Test": "Fire", **row}])])


def test_a_test_that_an_answer_reports_counts_as_one():
    assert "flag 6.1" in origins(reported(**{"Done on": "2025-05-31"}))
    assert "2025-05-01" in flag(reported(**{"Done on": "2025-05"}), "flag 6.1").why
    for recent in ("2025-06-02", "2026-05", "some day", "2031-01-01"):
        assert "flag 6.1" not in origins(reported(**{"Done on": recent}))
    both = reported(**{"Done on": "2024-01-01"}).model_copy(update={"stress_runs": [run()]})
    assert "flag 6.1" not in origins(both)
    listed = unknowns(reported(**{"Done on": "2026-05"}).model_copy(update={"nodes": [node()]}), TODAY)
    assert not any(one.kind == "test" for one in listed)


def test_actions_of_a_test_that_stay_open():
    left = reported(**{"Done on": "2025-11-01", "Open actions": 3.0})
    assert "3 actions of the test of 2025-11-01" in flag(left, "flag 6.5").why
    assert flag(left, "flag 6.5").measure == "actions past their date: 3 -> 0"
    for fine in ({"Done on": "2026-01-01", "Open actions": 3.0}, {"Done on": "2025-11-01", "Open actions": 0.0}):
        assert "flag 6.5" not in origins(reported(**fine))


def test_actions_past_their_due_date():
    late, kept = action("Late", due=TODAY - timedelta(days=1)), action("Kept", due=TODAY)
    done = action("Done", due=date(2025, 1, 1), status="done")
    found = flag(review_with(actions=[late, kept, done]), "flag 6.5")
    assert found.items == ["late"]
    assert origins(review_with(actions=[kept, done])) == []


def test_one_action_for_every_flag_and_exposure_above_the_limit():
    review = review_with(
        node("Seal", **EXPOSED),
        answers=[says("1.5", maturity=0)],
        scope=Scope(loss_limit=100, currency="EUR"),
        risks=[risk("Fire", treatment="accept")],
    )
    found = proposals(review, TODAY)
    assert [one.origin for one in found] == ["flag 1.3", "flag 1.5", "flag 6.2", "exposure seal", "risk fire"]
    assert all(one.owner == "" and one.due is None and one.id == "" for one in found)
    assert all(one.status == "proposed" and one.text and one.measure for one in found)
    exposed = next(one for one in found if one.origin == "exposure seal")
    assert "gap 4 weeks -> 0 by 4 more weeks of cover" in exposed.measure
    assert "margin at risk 400 EUR -> 0" in exposed.measure


@pytest.mark.parametrize("status", ["proposed", "agreed", "done", "dropped"])
def test_what_was_proposed_is_not_proposed_again(status):
    review = review_with(node("Seal", **EXPOSED), scope=Scope(loss_limit=100))
    first = proposals(review, TODAY)
    kept = [one.model_copy(update={"id": f"a{place}", "status": status}) for place, one in enumerate(first)]
    again = review.model_copy(update={"actions": kept})
    assert first
    assert proposals(again, TODAY) == []


def test_proposals_are_valid_actions_even_with_the_longest_texts():
    long = "x" * 300
    risks = [risk(long, id="r", treatment="accept", residual_likelihood=2, residual_impact=3)]
    nodes = [node(f"{place}{long}"[:300], **{**EXPOSED, "ttr_basis": None}) for place in range(9)]
    review = review_with(*nodes, scope=Scope(loss_limit=1), risks=risks)
    found = proposals(review, TODAY)
    exposed = [one for one in found if one.origin.startswith("exposure ")]
    assert [lost.name in one.text for lost, one in zip(nodes, exposed, strict=True)] == [True] * 9
    assert {len(one.origin) for one in exposed} == {LONGEST_LINE}
    assert any(one.origin == "risk r" and long in one.text for one in found)
    assert Review.model_validate(review.model_copy(update={"actions": found}).model_dump()).actions == found
    assert proposals(review.model_copy(update={"actions": found}), TODAY) == []


def test_flags_do_not_change_the_review():
    review = example_review()
    before = review.model_dump_json()
    flags(review, TODAY)
    proposals(review, TODAY)
    assert review.model_dump_json() == before


def test_the_example_shows_answers_numbers_and_pitfalls():
    kinds = {one.kind for one in flags(example_review(), TODAY)}
    assert kinds == {"answer", "numbers", "pitfall"}
