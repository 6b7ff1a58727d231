"""The report's contents: what is computed from a review, and how what is unknown, disputed or late is told."""

from datetime import UTC, date, datetime

import pytest

from tests.tools.risk.report import samples
from tools.risk.exposure import exposures
from tools.risk.progress import progress, steps
from tools.risk.report import build_report
from tools.risk.report.build_since import year_later
from tools.risk.report.layout_exposure import sources_text
from tools.risk.review import Action, Answer, Change, Node, Risk, Source, StressRun


def test_building_changes_nothing_in_the_review() -> None:
    review = samples.full()
    kept = review.model_copy(deep=True)
    build_report(review, samples.TODAY, samples.next_year()[1])
    assert review == kept


def test_exposures_are_those_of_the_exposure_module_in_its_order() -> None:
    review = samples.full()
    report = samples.full_report()
    expected = exposures(review)
    assert [node.id for node in report.nodes] == [one.node for one in expected]
    assert [node.margin_at_risk for node in report.nodes] == [one.margin_at_risk for one in expected]
    board = next(node for node in report.nodes if node.name == "Motor controller board")
    assert (board.ttr, board.tts, board.gap, board.margin_at_risk) == (14, 6, 8, 1_984_000)
    assert board.state == "over the limit"


def test_a_node_that_is_not_known_is_never_covered() -> None:
    review = samples.empty()
    review.nodes = [
        Node(id="a", name="No time to recover", cover_weeks=500, margin_per_week=1),
        Node(id="b", name="No cover", ttr_weeks=1, margin_per_week=1),
        Node(id="c", name="No margin", ttr_weeks=5, cover_weeks=1),
        Node(id="d", name="Covered", ttr_weeks=1, cover_weeks=5),
    ]
    report = build_report(review, samples.TODAY)
    assert {node.name: node.state for node in report.nodes} == {
        "No time to recover": "unknown", "No cover": "unknown", "No margin": "gap", "Covered": "covered",
    }  # fmt: skip
    assert (report.totals.unknown, report.totals.covered, report.totals.at_risk_missing) == (2, 1, 3)
    assert any("No margin" in sentence for sentence in report.findings)


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ([Source(supplier="", share=1)], "1: not named yet"),
        ([Source(supplier="", country="China")], "1: not named yet (China)"),
        ([Source(supplier="Bosch"), Source(supplier=""), Source(supplier="")], "3: Bosch and 2 not named yet"),
        ([Source(supplier="Bosch"), Source(supplier="Bafang")], "2: Bosch, Bafang"),
        ([Source(supplier=name) for name in "ABCDEF"], "6: A, B, C, D and 2 more"),
        ([], "? unknown"),
    ],
)
def test_a_source_without_a_name_is_told_as_such(sources: list[Source], told: str) -> None:
    review = samples.empty()
    review.nodes = [Node(id="a", name="Motor", sources=sources)]
    assert sources_text(build_report(review, samples.TODAY).nodes[0]) == told


def test_nodes_without_ids_or_with_the_same_are_all_told() -> None:
    review = samples.empty()
    review.nodes = [Node(name="One"), Node(name="Two"), Node(id="x", name="Three"), Node(id="x", name="Four")]
    assert {node.name for node in build_report(review, samples.TODAY).nodes} == {"One", "Two", "Three", "Four"}


def test_steps_agree_with_progress() -> None:
    for review in (samples.full(), samples.empty(), samples.hostile()):
        report = build_report(review, samples.TODAY)
        for row, told in zip(report.steps, steps(review), strict=True):
            assert (row.asked, row.answered, row.unknown, row.open) == (
                told.asked,
                told.answered,
                told.unknown,
                told.open,
            )
            assert len(row.questions) == told.asked
            assert sum(one.state == "open" for one in row.questions) == told.open
        assert report.totals.coverage == progress(review).coverage


def test_disagreement_is_told_with_who_said_what() -> None:
    question = next(one for step in samples.full_report().steps for one in step.questions if one.id == "1.3")
    assert not question.agreed
    assert {one.person for one in question.said} == {"Jonas Weber", "Aisha Rahman"}
    assert {one.maturity for one in question.said} == {2, 1}
    assert question.maturity == 1
    assert question.remarks[0].startswith("Mette Dahl on 2026-10-13: Let us ask")


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        (date(2026, 11, 22), "agreed", True),
        (date(2026, 11, 23), "agreed", False),
        (date(2026, 11, 22), "done", False),
        (date(2026, 11, 22), "dropped", False),
        (None, "proposed", False),
    ],
)
def test_an_action_is_overdue_the_day_after_its_date_while_open(due: date | None, status: str, overdue: bool) -> None:
    review = samples.empty()
    review.actions = [Action.model_validate({"text": "Act", "due": due, "status": status})]
    report = build_report(review, samples.TODAY)
    assert report.actions[0].overdue is overdue
    assert report.totals.actions_overdue == int(overdue)
    assert report.actions[0].owner == ""


def test_severity_leads_the_register_and_numbers_stay() -> None:
    review = samples.empty()
    review.risks = [
        Risk(title="Unrated"),
        Risk(title="Rare and deadly", likelihood=1, impact=5),
        Risk(title="Daily and small", likelihood=5, impact=1),
    ]
    rows = build_report(review, samples.TODAY).risks
    assert [(row.number, row.level) for row in rows] == [(2, "high"), (3, "medium"), (1, "? not rated")]


def test_changes_since_the_last_review() -> None:
    now, before = samples.next_year()
    since = build_report(now, samples.TODAY, before).since
    assert since is not None
    directions = {one.node: one.direction for one in since.exposures if one.direction != "same"}
    assert directions == {
        "Motor controller board": "down", "Permanent magnet": "up", "Borehole casing, stainless": "now known",
        "Port crane": "new", "EPDM gasket set": "gone",
    }  # fmt: skip
    assert len(since.closed) == 2
    assert since.removed == ("Name deputies for the first 48 hours and run an exercise of one hour",)
    assert since.still_open == 2


def test_a_review_compared_with_itself_has_no_change() -> None:
    since = build_report(samples.full(), samples.TODAY, samples.full()).since
    assert since is not None
    assert {one.direction for one in since.exposures} == {"same"}
    assert since.closed == since.removed == ()
    assert all(one.score_before == one.score_now for one in since.maturity)


def test_money_of_another_currency_is_not_compared() -> None:
    now, before = samples.full(), samples.full()
    before.scope = before.scope.model_copy(update={"currency": "DKK"})
    since = build_report(now, samples.TODAY, before).since
    assert since is not None
    assert {one.at_risk_before for one in since.exposures} == {None}
    assert {one.direction for one in since.exposures} == {"same"}


def test_the_next_review_is_a_year_after_the_end_of_this_one() -> None:
    review = samples.full()
    assert build_report(review, samples.TODAY).next_review == date(2027, 11, 23)
    review.status, review.updated = "finished", datetime(2024, 2, 29, tzinfo=UTC)
    assert build_report(review, samples.TODAY).next_review == date(2025, 2, 28)
    assert year_later(date(2026, 3, 1)) == date(2027, 3, 1)


def test_the_next_stress_test_is_due_now_where_none_was_run() -> None:
    assert build_report(samples.empty(), samples.TODAY).next_stress == samples.TODAY
    assert samples.full_report().next_stress == date(2027, 11, 20)


def test_a_stress_result_of_unknown_shape_is_told_as_far_as_it_goes() -> None:
    review = samples.empty()
    result = {"margin_lost": 1234.5, "deep": {"a": 1}, "word": "kept"}
    review.stress_runs = [StressRun(name="Old", kind="each node", result=result, at=samples.AT)]
    findings = build_report(review, samples.TODAY).stress[0].findings
    assert [(fact.label, fact.text) for fact in findings] == [("Margin lost", "1,234.5"), ("Word", "kept")]


def test_monte_carlo_gives_the_curve_of_the_run() -> None:
    run = next(run for run in samples.full_report().stress if run.kind == "monte carlo")
    losses = [point.loss for point in run.exceedance]
    assert len(losses) > 5
    assert losses == sorted(losses)
    assert any(fact.label == "Mean loss" and fact.text.endswith(" EUR") for fact in run.findings)


def test_history_counts_the_changes_of_each_person() -> None:
    changes = [Change(number=n, at=samples.AT, by="Ann" if n < 3 else "Bo", what=f"answer 1.{n}") for n in (1, 2, 3)]
    history = build_report(samples.empty(), samples.TODAY, changes=changes).history
    assert [(fact.label, fact.text) for fact in history] == [
        ("Ann", "2 changes, the latest on 2026-11-20: withdrew the answer to 1.2 (Critical nodes)"),
        ("Bo", "1 change, the latest on 2026-11-20: withdrew the answer to 1.3 (Time to recover and survive)"),
    ]


def test_no_limit_means_that_nothing_is_called_acceptable() -> None:
    review = samples.full()
    review.scope = review.scope.model_copy(update={"loss_limit": None, "stockout_limit_days": None})
    report = build_report(review, samples.TODAY)
    assert report.totals.over_limit == 0
    assert "No loss limit is stated, so no exposure can be said to be acceptable or not." in report.findings


def test_each_limit_by_which_a_node_is_over_is_named() -> None:
    review = samples.empty()
    review.scope.loss_limit, review.scope.stockout_limit_days = None, 10
    review.nodes = [Node(name="Long out", ttr_weeks=6, cover_weeks=1)]
    (said,) = (one for one in build_report(review, samples.TODAY).findings if "over a limit" in one)
    assert "unacceptable stockout: 10 days" in said
    review.scope.loss_limit = 1_000_000
    (said,) = (one for one in build_report(review, samples.TODAY).findings if "over a limit" in one)
    assert "unacceptable loss in one event: 1,000,000" in said
    assert "unacceptable stockout: 10 days" in said


def test_unknown_with_a_maturity_counts_as_unknown() -> None:
    review = samples.empty()
    review.answers = [Answer(question="1.1", unknown=True, at=samples.AT)]
    report = build_report(review, samples.TODAY)
    assert report.steps[0].questions[0].state == "unknown"
    assert report.totals.score is None
    assert "Question 1.1" in report.unknowns[0]
