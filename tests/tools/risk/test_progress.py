"""Where a review stands: what is asked, which answer counts, how far each step is, and what comes next."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.risk.reviews import review_of, says
from tools.risk.checklist import Checklist
from tools.risk.checklists import load_checklist, with_question
from tools.risk.progress import (
    asked,
    counting,
    flag_by_answer,
    next_question,
    previous_question,
    progress,
    state,
    steps,
)
from tools.risk.review import TEAM, Answer, Review

QUESTION: dict[str, Any] = {"ask": "What then?", "kind": "text"}


def ids(review: Review) -> list[str]:
    return [question.id for question in asked(review)]


def test_a_new_review_has_all_open_no_score_and_no_coverage() -> None:
    whole = progress(review_of())
    assert (whole.asked, whole.open, whole.answered, whole.unknown, whole.disputed) == (31, 31, 0, 0, 0)
    assert whole.coverage == 0
    assert whole.score is None
    assert [step.asked for step in steps(review_of())] == [6, 5, 5, 5, 5, 5]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"value": "Kolding", "evidence": "Minutes"}, "with evidence"),
        ({"value": "Kolding", "evidence": "  "}, "without evidence"),
        ({"maturity": 0}, "without evidence"),
        ({"value": "Kolding", "unknown": True, "evidence": "Minutes"}, "unknown"),
        ({"unknown": True}, "unknown"),
        ({"comment": "I will ask."}, "open"),
        ({"value": "", "evidence": "Minutes"}, "open"),
    ],
)
def test_the_state_of_a_question(answer: dict[str, Any], expected: str) -> None:
    assert state(review_of(says("1.1", **answer)), "1.1") == expected
    assert state(review_of(), "1.1") == "open"


def test_the_score_is_the_mean_of_what_was_answered_beside_its_coverage() -> None:
    review = review_of(*(says(f"1.{n}", value="x", maturity=m) for n, m in enumerate([2, 1, 1, 0, 2], 1)))
    first = steps(review)[0]
    assert first.score == pytest.approx(1.2)
    assert first.coverage == pytest.approx(5 / 6)
    assert steps(review)[1].score is None


def test_unknown_lowers_coverage_and_is_in_no_score() -> None:
    known = review_of(says("5.1", maturity=3), says("5.2", maturity=1))
    unknown = review_of(says("5.1", maturity=3), says("5.2", unknown=True, maturity=3, value=[{"What": "stock"}]))
    assert steps(known)[4].coverage == pytest.approx(0.4)
    assert steps(unknown)[4].coverage == pytest.approx(0.2)
    assert steps(unknown)[4].unknown == 1
    assert steps(unknown)[4].score == 3
    assert counting(unknown, "5.2").maturity is None
    assert counting(unknown, "5.2").value is None


def test_a_step_answered_with_unknown_only_has_no_score() -> None:
    step = steps(review_of(*(says(f"6.{n}", unknown=True) for n in range(1, 6))))[5]
    assert (step.answered, step.unknown, step.score, step.coverage) == (0, 5, None, 0)


def test_an_answer_without_a_judgement_is_covered_but_not_scored() -> None:
    step = steps(review_of(says("4.2", value="Shared targets"), says("4.1", maturity=2)))[3]
    assert (step.answered, step.scored, step.score) == (2, 1, 2)


def test_an_option_stands_for_its_maturity_unless_one_is_given() -> None:
    assert counting(review_of(says("2.4", value="Same country")), "2.4").maturity == 1
    assert counting(review_of(says("2.4", value="Same country", maturity=0)), "2.4").maturity == 0


def test_the_teams_answer_counts_over_all_others() -> None:
    review = review_of(
        says("1.6", "ann", value="a", maturity=0),
        says("1.6", "bo", unknown=True),
        says("1.6", TEAM, value="t", maturity=3),
    )
    found = counting(review, "1.6")
    assert (found.value, found.maturity, found.agreed, found.persons) == ("t", 3, True, (TEAM,))


def test_an_empty_answer_of_the_team_counts_for_nothing() -> None:
    review = review_of(says("1.6", TEAM, comment="to be settled"), says("1.6", "bo", value="b", maturity=1))
    assert counting(review, "1.6").value == "b"


def test_the_only_answer_counts() -> None:
    found = counting(review_of(says("1.6", "bo", value="b", maturity=2, evidence="log")), "1.6")
    assert (found.value, found.state, found.agreed, found.persons) == ("b", "with evidence", True, ("bo",))


@pytest.mark.parametrize(
    ("one", "other", "value", "expected"),
    [
        ({"value": "a", "maturity": 2}, {"value": "b", "maturity": 1}, "b", "without evidence"),
        ({"unknown": True}, {"value": "b", "maturity": 0}, None, "unknown"),
        ({"value": "a", "maturity": 1, "evidence": "log"}, {"value": "b", "maturity": 1}, "b", "without evidence"),
        ({"value": "a"}, {"value": "b", "maturity": 3}, "b", "without evidence"),
    ],
)
def test_of_several_the_most_cautious_counts_and_the_dispute_shows(
    one: dict[str, Any], other: dict[str, Any], value: str | None, expected: str
) -> None:
    for answers in (
        [says("1.6", "ann", **one), says("1.6", "bo", **other)],
        [says("1.6", "bo", **other), says("1.6", "ann", **one)],
    ):
        review = review_of(*answers)
        found = counting(review, "1.6")
        assert (found.value, found.state, found.agreed) == (value, expected, False)
        assert set(found.persons) == {"ann", "bo"}
        assert progress(review).disputed == 1


def test_people_who_say_the_same_agree_and_their_evidence_counts() -> None:
    review = review_of(
        says("2.4", "ann", value="Independent"),
        says("2.4", "bo", hour=1, value="Independent", maturity=3, evidence="map"),
    )
    found = counting(review, "2.4")
    assert (found.agreed, found.state) == (True, "with evidence")
    both = review_of(says("2.4", "ann", unknown=True), says("2.4", "bo", unknown=True))
    assert counting(both, "2.4").agreed


def test_a_question_applies_once_its_condition_is_met_and_goes_when_it_is_not() -> None:
    assert "2.3" not in ids(review_of())
    assert "2.3" in ids(review_of(says("2.1", value="One source, another is known")))
    assert "2.3" not in ids(review_of(says("2.1", value="One source, no other known")))


def test_what_waits_for_an_open_or_unknown_answer_still_lowers_coverage() -> None:
    for answers in ([], [says("2.1", unknown=True)]):
        step = steps(review_of(*answers))[1]
        assert (step.asked, step.waiting) == (5, 2)
    known = steps(review_of(says("2.1", value="One source, no other known")))[1]
    assert (known.asked, known.waiting, known.answered) == (3, 0, 1)
    assert known.coverage == pytest.approx(1 / 3)


def test_what_waits_for_a_judgement_still_lowers_coverage() -> None:
    needs = {"question": "1.6", "maturity_at_most": 1}
    checklist = with_question(load_checklist(), {**QUESTION, "only_if": needs}, 1)
    unjudged = steps(review_of(says("1.6", value="Two events"), checklist=checklist))[0]
    judged = steps(review_of(says("1.6", value="Two events", maturity=3), checklist=checklist))[0]
    assert (unjudged.asked, unjudged.waiting) == (7, 1)
    assert (judged.asked, judged.waiting) == (6, 0)


def test_answers_to_questions_that_no_longer_apply_count_nowhere() -> None:
    review = review_of(says("2.1", value="One source, no other known"), says("2.3", value=4.0, maturity=3))
    assert steps(review)[1].answered == 1
    assert steps(review)[1].score == 0


@pytest.mark.parametrize(
    ("needs", "answer", "applies"),
    [
        ({"question": "2.2"}, {"value": 100.0}, True),
        ({"question": "2.2"}, {"unknown": True}, False),
        ({"question": "2.2", "at_least": 2500}, {"value": 2500.0}, True),
        ({"question": "2.2", "at_least": 2500}, {"value": 2499.0}, False),
        ({"question": "2.2", "at_most": 2500, "at_least": 1500}, {"value": 2600.0}, False),
        ({"question": "2.2", "at_least": 2500}, {"maturity": 1}, False),
        ({"question": "2.1", "equals": "one source, NO other known"}, {"value": "One source, no other known"}, True),
        ({"question": "6.1", "includes": "IT outage"}, {"value": ["IT outage", "Reverse test"]}, True),
        ({"question": "6.1", "includes": "IT outage"}, {"value": ["Reverse test"]}, False),
        ({"question": "1.6", "includes": "fire"}, {"value": "The FIRE of 2024"}, True),
        ({"question": "1.6", "includes": "fire"}, {"value": "Firewall trouble"}, False),
        ({"question": "1.2", "includes": "Seal"}, {"value": [{"Node": "seal"}]}, True),
        ({"question": "1.6", "maturity_at_most": 1}, {"maturity": 1}, True),
        ({"question": "1.6", "maturity_at_most": 1}, {"maturity": 2}, False),
        ({"question": "1.6", "maturity_at_least": 2, "includes": "log"}, {"maturity": 2, "value": "a log"}, True),
    ],
)
def test_conditions_look_at_choices_numbers_words_cells_and_maturity(
    needs: dict[str, Any], answer: dict[str, Any], applies: bool
) -> None:
    checklist = with_question(load_checklist(), {**QUESTION, "only_if": needs}, 6)
    assert ("own.1" in ids(review_of(says(needs["question"], **answer), checklist=checklist))) is applies


def test_conditions_look_at_the_answer_that_counts() -> None:
    careless = says("2.1", "ann", value="Two or more in regular use")
    assert "2.3" in ids(review_of(careless))
    assert "2.3" not in ids(review_of(careless, says("2.1", "bo", value="One source, no other known")))


def chained() -> Checklist:
    first = with_question(load_checklist(), {**QUESTION, "only_if": {"question": "2.2", "at_least": 2500}}, 2)
    return with_question(first, {**QUESTION, "only_if": {"question": "own.1"}}, 2)


def test_a_chain_of_conditions_falls_as_a_whole() -> None:
    met = review_of(says("2.2", value=3000.0), says("own.1", value="x"), checklist=chained())
    assert {"own.1", "own.2"} <= set(ids(met))
    unmet = review_of(says("2.2", value=100.0), says("own.1", value="x"), checklist=chained())
    assert not {"own.1", "own.2"} & set(ids(unmet))
    assert progress(review_of(checklist=chained())).waiting == 4


def test_the_next_question_goes_on_and_comes_back_to_what_was_left() -> None:
    def after(review: Review, place: str, person: str | None = None) -> str | None:
        found = next_question(review, place, person)
        return found.id if found else None

    assert after(review_of(), "") == "1.1"
    assert after(review_of(), "1.1") == "1.2"
    assert after(review_of(says("1.2", "ann", value=[{"Node": "x"}])), "1.1", "ann") == "1.3"
    assert after(review_of(says("1.2", "ann", unknown=True)), "1.1", "ann") == "1.3"
    assert after(review_of(says("1.2", "ann", maturity=1)), "1.1", "bo") == "1.2"
    assert after(review_of(says("1.2", TEAM, maturity=1)), "1.1", "bo") == "1.3"
    assert after(review_of(says("1.2", "ann", maturity=1)), "1.1") == "1.3"
    assert after(review_of(says("1.2", "ann", comment="later")), "1.1", "ann") == "1.2"
    assert after(review_of(), "6.5") == "1.1"
    assert after(review_of(skipped=("1.2",)), "1.1", "ann") == "1.3"
    assert after(review_of(), "no.such") == "1.1"


def test_skipped_questions_come_last_and_then_none_is_left() -> None:
    review = review_of(skipped=("1.2", "3.1"))
    seen: list[str] = []
    place = ""
    while (found := next_question(review, place, "ann")) is not None:
        assert found.id not in seen
        seen.append(found.id)
        place = found.id
        value = "One source, another is known" if place == "2.1" else None
        review = review.model_copy(update={"answers": [*review.answers, says(place, "ann", value=value, maturity=2)]})
    assert seen[-2:] == ["1.2", "3.1"]
    assert len(seen) == 31
    assert progress(review).coverage == 1


def test_going_back_passes_over_questions_that_do_not_apply() -> None:
    def before(review: Review, place: str) -> str | None:
        found = previous_question(review, place)
        return found.id if found else None

    assert before(review_of(), "1.2") == "1.1"
    assert before(review_of(), "1.1") is None
    assert before(review_of(), "2.5") == "2.2"
    assert before(review_of(says("2.1", value="Two or more in regular use")), "2.5") == "2.4"
    assert before(review_of(), "no.such") is None


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("5.3", {"value": 96.0}, "96 hours"),
        ("5.3", {"value": 72.0}, ""),
        ("5.3", {"value": 96.0, "unknown": True}, ""),
        ("5.4", {"maturity": 0, "value": 80.0}, "Not known (maturity 0 of 3)"),
        ("2.1", {"value": "One source, no other known"}, "One source, and no other is known (maturity 0 of 3)"),
        ("2.1", {"value": "Two or more in regular use"}, ""),
        ("3.4", {"value": [{"Trigger": "Tariff"}, {"Trigger": "Wage", "Passed": "yes"}]}, "Wage: Passed yes"),
        ("3.4", {"value": [{"Trigger": "Tariff", "Passed": "no"}]}, ""),
        ("4.1", {"value": [{"Supplier": "A", "Our share of their sales": 0.015}]}, "A: Our share of their sales 1.5 %"),
        ("4.1", {"value": [{"Supplier": "A", "Our share of their sales": 0.02}]}, ""),
        ("1.1", {"value": "all", "maturity": 0}, ""),
    ],
)
def test_maturity_and_value_raise_flags_and_unknown_does_not(question: str, answer: dict[str, Any], said: str) -> None:
    review = review_of(says(question, **answer))
    found = review.checklist.question(question)
    assert found is not None
    assert flag_by_answer(review, found) == said


GIVEN = st.builds(
    says,
    st.sampled_from([question.id for question in load_checklist().questions]),
    st.sampled_from([TEAM, "ann", "bo"]),
    st.integers(0, 9),
    unknown=st.booleans(),
    maturity=st.one_of(st.none(), st.integers(0, 3)),
    evidence=st.sampled_from(["", "log"]),
    value=st.sampled_from([None, "One source, no other known", "Two or more in regular use", "text"]),
)


@settings(deadline=None)
@given(st.lists(GIVEN, max_size=60))
def test_counts_always_add_up_and_nothing_unknown_is_scored(answers: list[Answer]) -> None:
    review = review_of(*answers)
    whole = progress(review)
    assert whole.answered + whole.unknown + whole.open == whole.asked
    assert whole.with_evidence <= whole.answered
    assert whole.scored <= whole.answered
    assert 0 <= whole.coverage <= 1
    assert (whole.score is None) == (whole.scored == 0)
    assert whole.asked == len(asked(review)) + whole.waiting
    for name in ("asked", "answered", "unknown", "open", "disputed", "with_evidence", "waiting", "scored"):
        assert sum(getattr(step, name) for step in steps(review)) == getattr(whole, name)


@settings(deadline=None)
@given(st.lists(GIVEN, max_size=30), GIVEN)
def test_one_more_unknown_never_raises_coverage(answers: list[Answer], more: Answer) -> None:
    free = [answer for answer in answers if answer.question != more.question]
    before = progress(review_of(*free))
    after = progress(review_of(*free, more.model_copy(update={"unknown": True})))
    assert after.coverage <= before.coverage
    assert after.answered == before.answered


@settings(deadline=None)
@given(st.lists(GIVEN, max_size=30), st.randoms())
def test_the_order_of_answers_does_not_matter(answers: list[Answer], order: Any) -> None:
    unique = list({(one.question, one.person): one for one in answers}.values())
    mixed = list(unique)
    order.shuffle(mixed)
    for question in load_checklist().questions:
        one, other = counting(review_of(*unique), question.id), counting(review_of(*mixed), question.id)
        assert one.model_copy(update={"persons": tuple(sorted(one.persons))}) == other.model_copy(
            update={"persons": tuple(sorted(other.persons))}
        )


def test_fifty_people_and_ninety_questions_are_counted_in_no_time() -> None:
    checklist = load_checklist()
    for _ in range(60):
        checklist = with_question(checklist, QUESTION, 3)
    answers = [says(one.id, f"p{n}", maturity=n % 4) for one in checklist.questions for n in range(50)]
    review = review_of(*answers, checklist=checklist)
    began = time.perf_counter()
    whole = progress(review)
    assert time.perf_counter() - began < 5
    assert whole.disputed == whole.answered == 89
    assert whole.score == 0
