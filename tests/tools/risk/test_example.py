"""The example is a review as a factory would have it: its numbers agree, and every state occurs."""

from datetime import date
from pathlib import Path

import pytest

from tools.risk.example import example_review
from tools.risk.exposure import exposures
from tools.risk.judgement import check_risk, impact_of
from tools.risk.progress import asked, counting, flag_by_answer, progress, read_value, state, steps
from tools.risk.review import Node, Review

REVIEW = example_review()


def test_it_survives_json_and_every_call_makes_a_new_one() -> None:
    assert Review.model_validate_json(REVIEW.model_dump_json()) == REVIEW
    assert example_review() == REVIEW
    assert example_review() is not REVIEW


def test_three_lines_and_nodes_of_every_kind() -> None:
    assert len(REVIEW.lines) == 3
    assert len(REVIEW.nodes) >= 14
    assert {node.kind for node in REVIEW.nodes} == {"part", "supplier", "site", "lane", "system"}


def test_every_id_is_there_once_and_every_name_that_is_pointed_at_exists() -> None:
    nodes = {node.id for node in REVIEW.nodes}
    lines = {line.id for line in REVIEW.lines}
    items = [*REVIEW.nodes, *REVIEW.lines, *REVIEW.risks, *REVIEW.actions, *REVIEW.scenarios]
    assert len({item.id for item in items}) == len(items)
    assert all(item.version >= 1 for item in items)
    assert all(set(node.used_in) <= lines for node in REVIEW.nodes)
    assert all(set(risk.nodes) <= nodes for risk in REVIEW.risks)
    assert all(set(scenario.nodes) <= nodes for scenario in REVIEW.scenarios)
    people = {person.id for person in REVIEW.participants}
    assert len(people) == 3
    assert {answer.person for answer in REVIEW.answers} == people | {""}
    questions = {question.id for question in REVIEW.checklist.questions}
    assert {answer.question for answer in REVIEW.answers} <= questions
    assert len({(answer.question, answer.person) for answer in REVIEW.answers}) == len(REVIEW.answers)
    about = {comment.about for comment in REVIEW.comments}
    assert about <= questions | {item.id for item in items} | {""}


@pytest.mark.parametrize("node", [node for node in REVIEW.nodes if node.used_in], ids=lambda node: node.id)
def test_margin_cover_and_shares_of_a_node_follow_from_the_lines(node: Node) -> None:
    lines = {line.id: line for line in REVIEW.lines}
    needing = [lines[name] for name in node.used_in]
    margin = sum((line.demand_per_week or 0) * (line.margin_per_unit or 0) for line in needing)
    use = sum((lines[name].demand_per_week or 0) * units for name, units in node.used_in.items())
    assert node.margin_per_week == margin
    if node.stock:
        assert node.stock / use == pytest.approx(node.cover_weeks)
    assert sum(source.share or 0 for source in node.sources) == pytest.approx(1)
    for source in node.sources:
        if source.capacity is not None:
            assert source.capacity >= (source.share or 0) * use
    largest = max(node.sources, key=lambda source: source.share or 0)
    others = sum(source.capacity or 0 for source in node.sources if source is not largest)
    if node.alternate_share is not None:
        assert min(1.0, others / use) == pytest.approx(node.alternate_share, abs=0.025)


def test_margins_of_the_lines_add_up_to_the_scope() -> None:
    total = sum((line.demand_per_week or 0) * (line.margin_per_unit or 0) for line in REVIEW.lines)
    assert REVIEW.scope.weekly_margin == total


def test_exposure_has_losses_over_the_limit_gaps_below_it_none_and_unknown_ones() -> None:
    found = {exposure.node: exposure for exposure in exposures(REVIEW)}
    assert found["controller"].gap == pytest.approx(14 - 6)
    assert found["controller"].margin_at_risk == pytest.approx(8 * 248_000)
    assert found["magnet"].tts == pytest.approx(8 / 0.85)
    assert found["magnet"].margin_at_risk == pytest.approx((20 - 8 / 0.85) * 0.85 * 148_800)
    assert found["erp"].margin_at_risk == pytest.approx(2.5 * 0.6 * 357_250)
    assert [one.node for one in found.values() if one.over_limit] == ["hall-1", "controller"]
    assert {one.node for one in found.values() if one.gap == 0} == {"wire", "bearing", "lane-kaohsiung", "carton"}
    assert {one.node for one in found.values() if one.gap is None} == {"casing", "coating", "motor"}
    assert found["carton"].tts_no_limit


def test_no_exposure_is_counted_twice_or_doubtful() -> None:
    assert [warning for exposure in exposures(REVIEW) for warning in exposure.warnings] == []


def test_ratings_of_the_register_agree_with_the_losses() -> None:
    found = {exposure.node: exposure for exposure in exposures(REVIEW)}
    impacts = {risk.id: risk.impact for risk in REVIEW.risks}
    for risk, node in (("controller", "controller"), ("hall", "hall-1"), ("magnet", "magnet"), ("erp", "erp")):
        assert impacts[f"risk-{risk}"] == impact_of(found[node].margin_at_risk, REVIEW.scope.loss_limit)


def test_every_answer_is_one_that_could_be_entered() -> None:
    for answer in REVIEW.answers:
        question = REVIEW.checklist.question(answer.question)
        assert question is not None
        assert read_value(question, answer.value) == answer.value


def test_every_step_is_partly_answered_and_every_state_occurs() -> None:
    assert all(step.answered > 0 for step in steps(REVIEW))
    assert progress(REVIEW).coverage < 1
    states = {state(REVIEW, question.id) for question in asked(REVIEW)}
    assert states == {"with evidence", "without evidence", "unknown", "open"}
    assert [one.id for one in asked(REVIEW) if not counting(REVIEW, one.id).agreed] == ["1.3", "2.4", "4.5"]
    assert counting(REVIEW, "1.3").maturity == 1
    assert "own.1" in [question.id for question in asked(REVIEW)]


def test_some_answers_raise_flags() -> None:
    flagged = [one.id for one in asked(REVIEW) if flag_by_answer(REVIEW, one)]
    assert {"1.6", "2.3", "3.1", "4.1", "5.3", "6.3"} == set(flagged)


def test_the_register_is_sound_and_one_risk_is_accepted_by_name_until_a_date() -> None:
    today = date(2026, 11, 22)
    assert [wrong for risk in REVIEW.risks for wrong in check_risk(risk, today)] == []
    accepted = [risk for risk in REVIEW.risks if risk.treatment == "accept"]
    assert len(accepted) == 1
    assert accepted[0].approver
    assert accepted[0].review_date is not None
    assert accepted[0].review_date > today
    assert any(risk.treatment is None for risk in REVIEW.risks)


def test_actions_with_and_without_owner_in_several_states() -> None:
    assert {bool(action.owner) for action in REVIEW.actions} == {True, False}
    assert {bool(action.due) for action in REVIEW.actions} == {True, False}
    assert {"proposed", "agreed", "in progress", "done"} == {action.status for action in REVIEW.actions}
    assert all(action.measure for action in REVIEW.actions)


def test_the_worked_case_of_the_documentation_is_the_examples() -> None:
    page = (Path(__file__).parents[3] / "docs" / "risk-reviews.md").read_text("utf-8")
    board = next(exposure for exposure in exposures(REVIEW) if exposure.node == "controller")
    said = " ".join(page.split())
    assert (
        f"8 × 248,000 = {board.margin_at_risk:,.0f} EUR, {board.share_of_limit:.0%} of the limit".replace("%", " %")
        in said
    )
    assert f"impact {board.impact}." in said
