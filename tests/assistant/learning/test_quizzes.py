"""Quizzes from begin to end: marked once, hinted, skipped, kept over restarts, each owner's own."""

import pytest

from assistant.learning import Quiz, QuizError, QuizNotFoundError, Quizzes
from assistant.learning.bank import Bank
from assistant.learning.models import KINDS, NOT_KNOWN, Kind
from tests.assistant.learning.conftest import Clock, open_quizzes

ME, OTHER = "me", "somebody else"


def right_answer(quizzes: Quizzes, quiz: Quiz) -> str:
    """Look into the store for what the right answer is."""
    assert quiz.asked
    with quizzes._database.read() as connection:
        return quizzes._kept(connection, ME, quiz.id).turns[quiz.asked.number - 1].question.answer


def wrong_answer(quizzes: Quizzes, quiz: Quiz) -> str:
    assert quiz.asked
    right = right_answer(quizzes, quiz)
    return next((option for option in quiz.asked.options if option != right), "-99999")


def test_topics_hold_all_areas_paths_and_their_counts(quizzes: Quizzes, bank: Bank) -> None:
    topics = {one.id: one for one in quizzes.topics()}
    assert {"due", "everything", "inventory", "planner"} <= set(topics)
    assert topics["everything"].concepts == len(bank.vault.notes)
    assert topics["inventory"].name == "Inventory"
    assert topics["planner"].kind == "path"
    assert sum(one.questions for one in topics.values() if one.kind == "area") == topics["everything"].questions


@pytest.mark.parametrize("kind", KINDS)
def test_a_quiz_of_one_kind_asks_only_that_kind(quizzes: Quizzes, kind: Kind) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=[kind], count=4, seed=3)
    assert quiz.of == 4
    asked = []
    while quiz.asked:
        asked.append(quiz.asked.kind)
        quiz = quizzes.skip(ME, quiz.id, quiz.asked.number)
    assert asked == [kind] * 4


def test_a_question_as_shown_holds_no_answer(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["number"], count=3, seed=3)
    shown = quiz.model_dump_json()
    with quizzes._database.read() as connection:
        for turn in quizzes._kept(connection, ME, quiz.id).turns:
            assert turn.question.explanation not in shown
            assert turn.question.answer not in shown


def test_right_and_wrong_are_marked_explained_and_cited(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, concept="safety stock", kinds=["choice", "difference"], count=2, seed=1)
    marked, quiz = quizzes.answer(ME, quiz.id, 1, right_answer(quizzes, quiz))
    assert (marked.outcome, quiz.right, quiz.done) == ("right", 1, 1)
    marked, quiz = quizzes.answer(ME, quiz.id, 2, wrong_answer(quizzes, quiz))
    assert (marked.outcome, quiz.wrong, quiz.finished) == ("wrong", 1, True)
    assert marked.right_answer
    assert "[1]" in marked.explanation
    assert marked.citations[0].title
    assert [one.outcome for one in quiz.results] == ["right", "wrong"]
    assert quiz.last == marked


def test_a_second_answer_to_the_same_question_changes_nothing(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["term"], count=3, seed=1)
    first, after = quizzes.answer(ME, quiz.id, 1, wrong_answer(quizzes, quiz))
    again, quiz = quizzes.answer(ME, quiz.id, 1, "A")
    assert again == first
    assert quiz == after
    assert quizzes.progress(ME).answered == 1


def test_what_cannot_be_read_marks_nothing_and_says_what_is_expected(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["number"], count=1, seed=1)
    marked, after = quizzes.answer(ME, quiz.id, 1, "abc")
    assert marked.outcome == "unread"
    assert "one number" in marked.explanation
    assert after == quiz


def test_hints_go_from_general_to_near_and_make_a_right_answer_a_hard_one(quizzes: Quizzes, clock: Clock) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["term"], count=2, seed=1)
    before = quiz.asked
    assert before
    for count in range(1, before.hints_left + 1):
        quiz = quizzes.hint(ME, quiz.id, 1)
        assert quiz.asked
        assert len(quiz.asked.hints_used) == count
    assert quizzes.hint(ME, quiz.id, 1) == quiz  # none is left
    helped, quiz = quizzes.answer(ME, quiz.id, 1, right_answer(quizzes, quiz))
    alone, quiz = quizzes.answer(ME, quiz.id, 2, right_answer(quizzes, quiz))
    assert helped.next_due
    assert alone.next_due
    assert clock.now < helped.next_due < alone.next_due


def test_hints_only_never_reveals_and_lets_try_again(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["term"], count=2, seed=1, hints_only=True)
    right = right_answer(quizzes, quiz)
    wrong = wrong_answer(quizzes, quiz)
    for _ in range(5):
        marked, quiz = quizzes.answer(ME, quiz.id, 1, wrong)
        assert (marked.outcome, marked.may_retry, marked.right_answer) == ("wrong", True, "")
        assert right not in marked.explanation
        assert quiz.done == 0
    marked, quiz = quizzes.answer(ME, quiz.id, 1, NOT_KNOWN)
    assert right not in marked.model_dump_json()
    marked, quiz = quizzes.answer(ME, quiz.id, 1, right)
    assert (marked.outcome, quiz.right) == ("right", 1)
    _, quiz = quizzes.answer(ME, quiz.id, 2, wrong_answer(quizzes, quiz))
    quiz = quizzes.skip(ME, quiz.id, 2)
    assert quiz.results[1].outcome == "wrong"
    assert quiz.last
    assert quiz.last.right_answer == ""


def test_not_knowing_reveals_and_skipping_does_not(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["choice"], count=2, seed=1)
    right = right_answer(quizzes, quiz)
    marked, quiz = quizzes.answer(ME, quiz.id, 1, NOT_KNOWN)
    assert (marked.outcome, marked.right_answer, quiz.wrong) == ("revealed", right, 1)
    quiz = quizzes.skip(ME, quiz.id, 2)
    assert (quiz.skipped, quiz.finished) == (1, True)
    assert quizzes.progress(ME).answered == 1  # what was skipped counts for nothing


def test_a_recall_question_shows_the_model_answer_and_is_graded_by_the_person(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, concept="Lead time", kinds=["recall"], count=3, seed=1)
    with pytest.raises(QuizError, match="not answered yet"):
        quizzes.grade(ME, quiz.id, 1, True)
    marked, quiz = quizzes.answer(ME, quiz.id, 1, "the time from order to delivery")
    assert marked.outcome == "revealed"
    assert quiz.asked
    assert (quiz.asked.number, quiz.asked.awaits_grade, quiz.done) == (1, True, 0)
    marked, quiz = quizzes.grade(ME, quiz.id, 1, True)
    assert (marked.outcome, quiz.right) == ("right", 1)
    assert quizzes.grade(ME, quiz.id, 1, False)[0] == marked  # the first grade stays
    marked, quiz = quizzes.answer(ME, quiz.id, 2, "")  # thought, not typed
    marked, quiz = quizzes.grade(ME, quiz.id, 2, False)
    assert marked.outcome == "wrong"
    marked, quiz = quizzes.answer(ME, quiz.id, 3, NOT_KNOWN)
    assert (marked.outcome, quiz.finished) == ("revealed", True)


def test_a_quiz_and_its_schedule_are_there_after_a_restart(bank: Bank, clock: Clock, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    first = open_quizzes(bank, folder, clock)
    quiz = first.begin(ME, area="inventory", kinds=["term"], count=3, seed=1)
    _, quiz = first.answer(ME, quiz.id, 1, right_answer(first, quiz))
    before = first.progress(ME)
    first.close()
    second = open_quizzes(bank, folder, clock)
    assert second.current(ME) == quiz
    assert second.progress(ME) == before
    clock.move(days=20)
    assert second.progress(ME).due_now == 1
    repeated = second.begin(ME, due=True)
    assert repeated.of == 1
    assert repeated.asked
    assert repeated.asked.is_due
    second.close()


def test_what_is_wrong_comes_soon_and_what_is_right_ever_later(quizzes: Quizzes, clock: Clock) -> None:
    spans = []
    for _ in range(4):
        quiz = quizzes.begin(ME, concept="Lead time", kinds=["term"], count=1)
        marked, _ = quizzes.answer(ME, quiz.id, 1, right_answer(quizzes, quiz))
        assert marked.next_due
        spans.append(marked.next_due - clock.now)
        clock.now = marked.next_due
    assert spans == sorted(spans)
    assert spans[0].days >= 1
    assert spans[-1].days > 3 * spans[0].days
    quiz = quizzes.begin(ME, due=True)
    marked, _ = quizzes.answer(ME, quiz.id, 1, wrong_answer(quizzes, quiz))
    assert marked.next_due
    assert (marked.next_due - clock.now).total_seconds() == 600


def test_what_is_due_comes_first_and_leaves_room_for_something_new(quizzes: Quizzes, clock: Clock) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["term", "true_false"], count=20, seed=1)
    while quiz.asked:
        _, quiz = quizzes.answer(ME, quiz.id, quiz.asked.number, NOT_KNOWN)
    clock.move(days=2)
    again = quizzes.begin(ME, area="inventory", count=10, seed=2)
    due = 0
    while again.asked:
        due += again.asked.is_due
        again = quizzes.skip(ME, again.id, again.asked.number)
    assert due == 7


def test_progress_counts_days_areas_and_weak_concepts(quizzes: Quizzes, clock: Clock) -> None:
    for _ in range(3):
        quiz = quizzes.begin(ME, concept="Lead time", kinds=["term"], count=1)
        quizzes.answer(ME, quiz.id, 1, NOT_KNOWN)
        clock.move(days=1)
    found = quizzes.progress(ME)
    assert (found.answered, found.right, found.days_in_a_row, found.due_now) == (3, 0, 3, 1)
    assert found.weakest[0].title == "Lead time"
    area = next(one for one in found.areas if one.seen)
    assert (area.seen, area.right_share, area.due) == (1, 0.0, 1)
    assert len(found.due_by_day) == 14
    assert found.due_by_day[0] == (clock.now.date(), 1)
    clock.move(days=1)
    assert quizzes.progress(ME).days_in_a_row == 0


def test_nobody_touches_what_is_anothers(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", count=2)
    for call in (quizzes.quiz, quizzes.stop):
        with pytest.raises(QuizNotFoundError):
            call(OTHER, quiz.id)
    with pytest.raises(QuizNotFoundError):
        quizzes.answer(OTHER, quiz.id, 1, "A")
    with pytest.raises(QuizNotFoundError):
        quizzes.begin(OTHER, again=quiz.id)
    quizzes.read(ME, "lead time", True)
    quizzes.forget(OTHER)
    assert quizzes.current(ME) == quiz
    assert quizzes.reads(ME) == {"Lead time"}
    assert quizzes.reads(OTHER) == set()
    quizzes.forget(ME)
    assert quizzes.current(ME) is None
    assert quizzes.reads(ME) == set()


def test_what_was_not_right_can_be_asked_again(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["term"], count=3, seed=1)
    _, quiz = quizzes.answer(ME, quiz.id, 1, right_answer(quizzes, quiz))
    _, quiz = quizzes.answer(ME, quiz.id, 2, NOT_KNOWN)
    quiz = quizzes.skip(ME, quiz.id, 3)
    again = quizzes.begin(ME, again=quiz.id)
    assert (again.of, again.title) == (2, quiz.title)
    fine = quizzes.begin(ME, area="inventory", kinds=["term"], count=1, seed=1)
    _, fine = quizzes.answer(ME, fine.id, 1, right_answer(quizzes, fine))
    with pytest.raises(QuizError, match="No question of that quiz"):
        quizzes.begin(ME, again=fine.id)


def test_concepts_are_ticked_as_read_and_not(quizzes: Quizzes) -> None:
    quizzes.read(ME, "EOQ", True)
    quizzes.read(ME, "Economic order quantity", True)
    quizzes.read(ME, "Lead time", True)
    quizzes.read(ME, "lead time", False)
    assert quizzes.reads(ME) == {"Economic order quantity"}
    with pytest.raises(QuizError, match="'Nonsense'"):
        quizzes.read(ME, "Nonsense", True)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"area": "nowhere"}, "no area 'nowhere'"),
        ({"concept": "nonsense"}, "no concept 'nonsense'"),
        ({"count": 0}, "0 cannot be asked"),
        ({"count": 51}, "51 cannot be asked"),
        ({"kinds": ["essay"]}, "no kind of question 'essay'"),
        ({"due": True}, "no question was answered yet"),
        ({"concept": "Lead time", "kinds": ["number"]}, "no question of this kind on Lead time"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(quizzes: Quizzes, asked: dict[str, object], said: str) -> None:
    with pytest.raises(QuizError, match=said):
        quizzes.begin(ME, **asked)  # type: ignore[arg-type]


def test_questions_out_of_turn_are_refused(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", count=2)
    with pytest.raises(QuizError, match="Question 1 is asked now, not 2"):
        quizzes.answer(ME, quiz.id, 2, "A")
    with pytest.raises(QuizError, match="no question 3"):
        quizzes.hint(ME, quiz.id, 3)
    quizzes.stop(ME, quiz.id)
    with pytest.raises(QuizError, match="finished"):
        quizzes.answer(ME, quiz.id, 1, "A")


def test_names_of_topics_are_found_in_the_ways_people_say_them(quizzes: Quizzes) -> None:
    assert quizzes.topic("Inventory") == ("inventory", "")
    assert quizzes.topic("forecasting") == ("demand-forecasting", "")
    assert quizzes.topic("EOQ") == ("", "Economic order quantity")
    assert quizzes.topic("planner") == ("planner", "")
    assert quizzes.topic("") == ("", "")
    assert quizzes.begin(ME, concept="safety-stock", count=1).concept == "Safety stock"
    assert quizzes.begin(ME, area="planner", count=1).title == "Planner"
