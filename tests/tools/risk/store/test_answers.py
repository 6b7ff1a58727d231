"""Answers: checked, kept word for word, and never over a change that the writer has not seen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.tools.risk.store.conftest import ANA, BO
from tools.risk.errors import ReviewError
from tools.risk.review import TEAM, Answer, Given, Review, Scope
from tools.risk.store import Actor, ConflictError, ReviewNotFoundError, Reviews


def test_an_answer_is_read_back_as_it_was_given(
    reviews: Reviews, review: Review, opened: Callable[[str], Reviews]
) -> None:
    text = "Pumps & valves\n<script>alert(1)</script> 'x'; DROP TABLE review_reviews; 日本 \U0001f6a2 =1+1"
    given = Given(value=text, maturity=2, evidence="minutes of 3 May", comment="see " + text)
    made = reviews.answer(ANA, review.id, "1.1", given, 0)
    assert (made.version, made.by, made.person) == (1, "Ana", reviews.me(ANA, review.id).id)
    (kept,) = reviews.open(BO, review.id).answers
    assert kept == made
    assert (kept.value, kept.maturity, kept.evidence, kept.comment) == (text, 2, given.evidence, given.comment)


def test_own_answers_stand_beside_each_other_and_the_teams(reviews: Reviews, review: Review) -> None:
    reviews.answer(ANA, review.id, "2.3", Given(value=10), 0)
    reviews.answer(BO, review.id, "2.3", Given(value=14), 0)
    team = reviews.answer(BO, review.id, "2.3", Given(value=12), 0, team=True)
    assert (team.person, team.by) == (TEAM, "Bo")
    assert reviews.open(ANA, review.id).answers_to("2.3")[0] == team
    assert sorted(str(one.value) for one in reviews.open(ANA, review.id).answers_to("2.3")) == ["10.0", "12.0", "14.0"]


def test_the_second_of_two_is_shown_the_firsts_change(reviews: Reviews, review: Review) -> None:
    first = reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0, team=True)
    with pytest.raises(ConflictError, match=r"The answer to 1\.1 was changed meanwhile \(Ana, .* UTC\)") as told:
        reviews.answer(BO, review.id, "1.1", Given(value="valves"), 0, team=True)
    assert told.value.current == first
    second = reviews.answer(BO, review.id, "1.1", Given(value="valves"), first.version, team=True)
    with pytest.raises(ConflictError, match="Bo"):
        reviews.answer(ANA, review.id, "1.1", Given(value="fans"), first.version, team=True)
    assert reviews.open(ANA, review.id).answers == [second]


def test_the_same_words_again_are_no_conflict_and_no_change(reviews: Reviews, review: Review) -> None:
    made = reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0)
    revision = reviews.revision(ANA, review.id)
    assert reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0) == made
    assert reviews.revision(ANA, review.id) == revision


def test_a_withdrawn_answer_is_gone_and_its_old_version_writes_nothing(reviews: Reviews, review: Review) -> None:
    first = reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0, team=True)
    reviews.withdraw(BO, review.id, "1.1", first.version, team=True)
    assert reviews.open(ANA, review.id).answers == []
    with pytest.raises(ConflictError, match=r"was removed meanwhile \(Bo") as told:
        reviews.answer(ANA, review.id, "1.1", Given(value="fans"), first.version, team=True)
    assert told.value.current is None
    again = reviews.answer(BO, review.id, "1.1", Given(value="valves"), 0, team=True)
    assert again.version > first.version  # or the writer who saw the first would cover this one
    with pytest.raises(ConflictError):
        reviews.answer(ANA, review.id, "1.1", Given(value="fans"), first.version, team=True)


def test_withdrawing_needs_the_version_that_is_there(reviews: Reviews, review: Review) -> None:
    made = reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0, team=True)
    with pytest.raises(ConflictError) as told:
        reviews.withdraw(BO, review.id, "1.1", 0, team=True)
    assert told.value.current == made
    reviews.withdraw(BO, review.id, "1.1", made.version, team=True)
    reviews.withdraw(BO, review.id, "1.1", made.version, team=True)  # a repeated call changes nothing
    reviews.withdraw(BO, review.id, "1.2", 0)
    assert [change.what for change in reviews.changes(ANA, review.id)][-2:] == ["answer 1.1"] * 2


def test_unknown_is_an_answer_and_has_no_value(reviews: Reviews, review: Review) -> None:
    assert reviews.answer(ANA, review.id, "2.3", Given(unknown=True, evidence="asked twice"), 0).unknown
    with pytest.raises(ReviewError, match="either known or unknown"):
        reviews.answer(BO, review.id, "2.3", Given(unknown=True, value=3), 0)


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("9.9", Given(value="x"), "no question '9.9'"),
        ("own.1", Given(value="x"), "no question 'own.1'"),
        ("1.1", Given(), "Nothing was answered"),
        ("1.1", Given(comment="only a remark"), "Nothing was answered"),
        ("2.3", Given(value=-4), "-4"),
        ("2.3", Given(value="many"), "many"),
        ("1.4", Given(value="perhaps so"), "perhaps so"),
        ("1.1", Given.model_construct(value="x", maturity=7, evidence="", comment="", unknown=False), "maturity: 7"),
        (
            "1.1",
            Given.model_construct(value="x", maturity=1, evidence="e" * 4001, comment="", unknown=False),
            "evidence",
        ),
        ("2.3", Given(value=float("nan")), "nan|number"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_changes(
    reviews: Reviews, review: Review, question: str, given: Given, said: str
) -> None:
    with pytest.raises(ReviewError, match=said):
        reviews.answer(ANA, review.id, question, given, 0)
    assert reviews.open(ANA, review.id) == review


def test_a_finished_review_is_read_only_until_it_is_reopened(reviews: Reviews, review: Review) -> None:
    reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0)
    done = reviews.set_status(BO, review.id, "finished", review.version)
    calls: list[Callable[[], object]] = [
        lambda: reviews.answer(ANA, review.id, "1.1", Given(value="fans"), 1),
        lambda: reviews.withdraw(ANA, review.id, "1.1", 1),
        lambda: reviews.comment(ANA, review.id, "", "x"),
        lambda: reviews.set_title(ANA, review.id, "x", done.version),
        lambda: reviews.set_scope(ANA, review.id, Scope(currency="EUR"), done.version),
    ]
    for call in calls:
        with pytest.raises(ReviewError, match="reopen it first"):
            call()
    assert reviews.open(ANA, review.id) == done
    reviews.set_status(ANA, review.id, "open", done.version)
    assert reviews.answer(ANA, review.id, "1.1", Given(value="fans"), 1).version == 2


def test_a_bookmark_is_kept_without_being_a_change(reviews: Reviews, review: Review) -> None:
    reviews.move(ANA, review.id, "1.2", skipped="1.1")
    moved = reviews.move(ANA, review.id, "1.3", skipped="1.1")
    assert (moved.position, moved.skipped) == ("1.3", ["1.1"])
    assert reviews.me(BO, review.id).position == ""
    reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0)
    assert reviews.me(ANA, review.id).skipped == []
    assert reviews.revision(ANA, review.id) == review.revision + 1
    with pytest.raises(ReviewError, match=r"no question '9\.9'"):
        reviews.move(ANA, review.id, "9.9")


def test_the_log_says_who_changed_what_from_what_to_what(reviews: Reviews, review: Review) -> None:
    reviews.answer(ANA, review.id, "2.3", Given(value=10), 0, team=True)
    reviews.answer(BO, review.id, "2.3", Given(value=12, evidence="letter"), 1, team=True)
    reviews.withdraw(ANA, review.id, "2.3", 2, team=True)
    log = reviews.changes(BO, review.id, since=review.revision)
    assert [(one.by, one.what) for one in log] == [("Ana", "answer 2.3"), ("Bo", "answer 2.3"), ("Ana", "answer 2.3")]
    assert (log[0].before, log[1].before["value"], log[1].after["value"], log[2].after) == (None, 10, 12, None)
    assert [one.number for one in log] == [review.revision + 1, review.revision + 2, review.revision + 3]
    assert reviews.open(ANA, review.id).revision == reviews.revision(ANA, review.id) == log[-1].number


def test_of_two_first_writers_one_is_told_of_the_other(
    url: str, opened: Callable[[str], Reviews], review: Review
) -> None:
    stores = [opened(url), opened(url)]  # two pools of connections, as of two processes
    actors = [ANA, BO]
    for number in range(10):
        question = "1.1" if number else "4.2"
        before = stores[0].open(ANA, review.id).answers_to(question)
        start = Barrier(2)

        def write(
            place: int,
            question: str = question,
            seen: int = before[0].version if before else 0,
            start: Barrier = start,
            evidence: str = f"round {number}",
        ) -> Answer | ConflictError:
            start.wait()
            given = Given(maturity=place, evidence=evidence)
            try:
                return stores[place].answer(actors[place], review.id, question, given, seen, team=True)
            except ConflictError as error:
                return error

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(write, range(2)))
        (kept,) = [one for one in done if isinstance(one, Answer)]
        (told,) = [one for one in done if isinstance(one, ConflictError)]
        assert told.current == kept
        assert kept in stores[0].open(ANA, review.id).answers


def test_no_update_of_ten_people_is_lost(url: str, opened: Callable[[str], Reviews]) -> None:
    stores = [opened(url), opened(url)]
    people = [Actor(f"key {number}", f"Person {number}") for number in range(10)]
    review = stores[0].begin(people[0], "Counted together")
    token = stores[0].invitation(people[0], review.id)

    def add_five(place: int) -> int:
        store, conflicts, version, text = stores[place % 2], 0, 0, ""
        store.join(people[place], token)
        for number in range(5):
            while True:
                given = Given(value=f"{text} {place}.{number}".strip())
                try:
                    kept = store.answer(people[place], review.id, "1.1", given, version, team=True)
                    version, text = kept.version, str(kept.value)
                    break
                except ConflictError as error:
                    current = Answer.model_validate(error.current)
                    version, text, conflicts = current.version, str(current.value), conflicts + 1
        return conflicts

    with ThreadPoolExecutor(10) as pool:
        conflicts = sum(pool.map(add_five, range(10)))
    seen = stores[1].open(people[3], review.id)
    (answer,) = seen.answers
    assert sorted(str(answer.value).split()) == sorted(
        f"{place}.{number}" for place in range(10) for number in range(5)
    )
    assert answer.version == 50
    assert conflicts > 0
    assert seen.revision == 1 + 9 + 50
    assert [one.number for one in stores[0].changes(people[0], review.id)] == list(range(1, 61))


def test_what_is_read_is_of_one_moment(url: str, opened: Callable[[str], Reviews], review: Review) -> None:
    """Two answers always change together with the title behind them; a reader never sees a mixture."""
    writer, reader = opened(url), opened(url)
    stop = False

    def read() -> int:
        times = 0
        while not stop:
            seen = reader.open(BO, review.id)
            changes = len(seen.answers[0].comment) if seen.answers else 0
            assert seen.revision == review.revision + changes
            times += 1
        return times

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        for number in range(60):
            writer.answer(ANA, review.id, "1.1", Given(value="pumps", comment="x" * (number + 1)), number)
        stop = True
        assert reading.result() > 3


def test_a_person_who_takes_no_part_is_told_nothing_by_a_conflict(reviews: Reviews, review: Review) -> None:
    reviews.answer(ANA, review.id, "1.1", Given(value="secret"), 0, team=True)
    with pytest.raises(ReviewNotFoundError) as told:
        reviews.answer(Actor("stranger"), review.id, "1.1", Given(value="x"), 0, team=True)
    assert "secret" not in str(told.value)
