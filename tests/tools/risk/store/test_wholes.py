"""Reviews as wholes: begun, listed, set, copied, read in, with their checklists."""

from collections.abc import Callable

import pytest

from tests.tools.risk.store.conftest import ANA, BO, EVE
from tests.tools.risk.store.test_items import ITEMS, NODE
from tools.risk.checklist import Question
from tools.risk.checklists import load_checklist, with_question
from tools.risk.errors import ReviewError
from tools.risk.review import Action, Answer, Change, Given, Node, Participant, Review, Scope
from tools.risk.store import Actor, ConflictError, ReviewNotFoundError, Reviews

SCOPE = Scope(product_lines="Pumps", currency="EUR", loss_limit=2_000_000, country_limit=0.6)


def test_a_review_begins_with_its_lead_and_the_checklist_that_ships(reviews: Reviews) -> None:
    begun = reviews.begin(ANA, "  Pump \n factory ", SCOPE)
    assert (begun.title, begun.status, begun.revision, begun.version) == ("Pump factory", "open", 1, 1)
    assert begun.scope == SCOPE
    assert begun.checklist == load_checklist()
    assert [(one.name, one.role) for one in begun.participants] == [("Ana", "lead")]
    assert reviews.open(ANA, begun.id) == begun
    assert begun.created.utcoffset() is not None


@pytest.mark.parametrize("title", ["", " \n", "x" * 301])
def test_a_title_has_one_to_three_hundred_characters(reviews: Reviews, title: str) -> None:
    with pytest.raises(ReviewError, match="title"):
        reviews.begin(ANA, title)
    assert reviews.listed(ANA) == []


def test_the_list_shows_the_latest_first_with_its_progress(reviews: Reviews, review: Review) -> None:
    other = reviews.begin(BO, "Valves")
    reviews.answer(BO, review.id, "1.1", Given(value="pumps"), 0)
    reviews.answer(ANA, review.id, "1.1", Given(value="pumps"), 0)
    mine, theirs = reviews.listed(BO)
    assert (mine.id, mine.lead, mine.participants, mine.answered, mine.status) == (review.id, "Ana", 2, 1, "open")
    assert (theirs.id, theirs.lead, theirs.answered) == (other.id, "Bo", 0)
    assert mine.asked == theirs.asked > 20
    assert mine.revision == reviews.revision(BO, review.id)
    reviews.answer(BO, other.id, "1.1", Given(value="valves"), 0)
    assert [(one.id, one.answered) for one in reviews.listed(BO)] == [(other.id, 1), (review.id, 1)]
    assert [one.id for one in reviews.listed(ANA)] == [review.id]


def test_title_scope_and_status_share_a_version(reviews: Reviews, review: Review) -> None:
    named = reviews.set_title(ANA, review.id, "Pumps 2027", review.version)
    with pytest.raises(ConflictError, match=r"\(Ana, ") as told:
        reviews.set_scope(BO, review.id, SCOPE, review.version)
    assert told.value.current == named
    scoped = reviews.set_scope(BO, review.id, SCOPE, named.version)
    paused = reviews.set_status(ANA, review.id, "paused", scoped.version)
    assert (paused.title, paused.scope, paused.status, paused.version) == ("Pumps 2027", SCOPE, "paused", 4)
    assert reviews.open(BO, review.id) == paused
    log = reviews.changes(ANA, review.id, review.revision)
    assert [(one.what, one.by) for one in log] == [("title", "Ana"), ("scope", "Bo"), ("status", "Ana")]
    assert log[1].after == {"product_lines": "Pumps", "currency": "EUR", "loss_limit": 2_000_000, "country_limit": 0.6}
    assert reviews.set_title(ANA, review.id, "Pumps 2027", 1) == paused  # as it is already: nothing to cover


@pytest.mark.parametrize(
    "scope",
    [Scope.model_construct(**{**SCOPE.model_dump(), **wrong}) for wrong in ({"loss_limit": -1}, {"country_limit": 60})],
)
def test_an_impossible_scope_is_refused(reviews: Reviews, review: Review, scope: Scope) -> None:
    with pytest.raises(ReviewError, match="limit"):
        reviews.set_scope(ANA, review.id, scope, review.version)
    assert reviews.open(ANA, review.id) == review


def test_an_unknown_status_is_refused(reviews: Reviews, review: Review) -> None:
    with pytest.raises(ReviewError, match="open, paused, finished, and not 'done'"):
        reviews.set_status(ANA, review.id, "done", review.version)  # type: ignore[arg-type]


def test_own_questions_come_and_go_and_their_answers_stay(reviews: Reviews, review: Review) -> None:
    own = with_question(review.checklist, Question(id="own.1", ask="Who has the keys?", kind="text", own=True), 1)
    added = reviews.set_checklist(ANA, review.id, own, review.version)
    assert added.checklist.question("own.1")
    asked = {one.id: one.asked for one in reviews.listed(ANA)}[review.id]
    answer = reviews.answer(BO, review.id, "own.1", Given(value="Bo"), 0)
    removed = reviews.set_checklist(ANA, review.id, review.checklist, added.version)
    assert removed.answers == [answer]
    assert reviews.listed(ANA)[0].asked == asked - 1
    with pytest.raises(ReviewError, match=r"no question 'own\.1'"):
        reviews.answer(ANA, review.id, "own.1", Given(value="Ana"), 0)
    assert reviews.set_checklist(ANA, review.id, own, removed.version).answers == [answer]
    first = reviews.changes(ANA, review.id, review.revision)[0]
    assert (first.what, list(first.after)) == ("checklist", ["own.1"])


def test_a_checklist_that_contradicts_itself_is_refused(reviews: Reviews, review: Review) -> None:
    step = review.checklist.steps[0]
    twice = review.checklist.model_copy(update={"steps": (step, step)})
    with pytest.raises(ReviewError, match="twice"):
        reviews.set_checklist(ANA, review.id, twice, review.version)
    assert reviews.open(ANA, review.id) == review


def filled(reviews: Reviews, review: Review) -> Review:
    reviews.save_all(ANA, review.id, ITEMS)
    reviews.save_all(BO, review.id, [Action(text="Old", status="done"), Action(text="Never", status="dropped")])
    reviews.answer(ANA, review.id, "1.1", Given(value="pumps", evidence="list"), 0)
    reviews.answer(BO, review.id, "1.1", Given(value="valves"), 0)
    reviews.answer(BO, review.id, "1.1", Given(value="both"), 0, team=True)
    reviews.answer(BO, review.id, "1.2", Given(unknown=True), 0)
    reviews.answer(ANA, review.id, "6.1", Given(value=["Cyber attack on a supplier"][:0] or None, maturity=2), 0)
    reviews.comment(BO, review.id, "1.1", "Both, I think")
    return reviews.set_scope(ANA, review.id, SCOPE, review.version)


def test_next_years_review_takes_over_what_still_holds(reviews: Reviews, review: Review) -> None:
    old = filled(reviews, review)
    finished = reviews.set_status(ANA, review.id, "finished", old.version)
    new = reviews.copy(BO, review.id, "Pumps 2028")
    assert (new.previous, new.title, new.status, new.version) == (old.id, "Pumps 2028", "open", 1)
    assert (new.scope, new.checklist) == (old.scope, old.checklist)
    assert [(one.name, one.role) for one in new.participants] == [("Bo", "lead")]
    for field in ("nodes", "lines", "risks", "scenarios"):
        assert getattr(new, field) == getattr(old, field) != []
    assert [one.text for one in new.actions] == ["Qualify a second source"]
    assert new.answers == []
    assert new.comments == []
    assert new.stress_runs == []
    assert reviews.open(BO, new.previous) == finished
    with pytest.raises(ReviewNotFoundError):
        reviews.open(ANA, new.id)
    changed = reviews.save(BO, new.id, new.nodes[0].model_copy(update={"ttr_weeks": 6}))
    assert changed.version == 2
    assert reviews.open(BO, old.id).nodes[0].ttr_weeks == NODE.ttr_weeks


def without_store_fields(review: Review) -> dict[str, object]:
    return review.model_dump(exclude={"id", "revision", "updated", "participants"})


def test_a_review_from_a_file_is_whole_again_under_a_new_id(reviews: Reviews, review: Review) -> None:
    old = filled(reviews, review)
    read = Review.model_validate_json(old.model_dump_json())
    new = reviews.restore(Actor("cli"), read)
    assert new.id != old.id
    assert without_store_fields(new) == without_store_fields(old)
    assert [(one.name, one.role) for one in new.participants] == [
        ("Ana", "member"),
        ("Bo", "member"),
        ("Somebody", "lead"),
    ]
    with pytest.raises(ReviewNotFoundError):
        reviews.open(ANA, new.id)  # a name in a file opens nothing by itself
    joined = reviews.join(Actor("ana's new browser", "ANA"), reviews.invitation(Actor("cli"), new.id))
    assert len(joined.participants) == 3
    mine = reviews.answer(Actor("ana's new browser"), new.id, "1.1", Given(value="pumps!"), 1)
    assert (mine.version, mine.person) == (2, old.participants[0].id)
    assert reviews.open(ANA, old.id) == old


def test_who_changed_what_comes_along_from_a_file(reviews: Reviews, review: Review) -> None:
    old = filled(reviews, review)
    before = reviews.changes(ANA, old.id)
    assert len(before) > 5
    new = reviews.restore(EVE, old, list(reversed(before)))
    *kept, last = reviews.changes(EVE, new.id)
    assert kept == before
    assert (last.number, last.by, last.what, new.revision) == (old.revision + 1, "Eve", "review", old.revision + 1)
    assert reviews.changes(EVE, new.id, own=True) == [last]  # nobody takes back what others changed elsewhere
    reviews.answer(EVE, new.id, "1.2", Given(maturity=1), 0)
    assert reviews.changes(EVE, new.id)[-1].number == old.revision + 2


@pytest.mark.parametrize("numbers", [(0,), (1, 1), (-4, 1), (2**31,)])
def test_changes_with_wrong_numbers_are_refused(reviews: Reviews, review: Review, numbers: tuple[int, ...]) -> None:
    told = [Change(number=number, at=review.created, by="Ana", what="title") for number in numbers]
    with pytest.raises(ReviewError, match="numbered from 1 up"):
        reviews.restore(EVE, review, told)
    assert reviews.listed(EVE) == []


def test_whoever_reads_their_own_review_in_again_leads_it_as_themselves(reviews: Reviews, review: Review) -> None:
    new = reviews.restore(BO, filled(reviews, review))
    assert [(one.name, one.role) for one in new.participants] == [("Ana", "member"), ("Bo", "lead")]
    assert reviews.answer(BO, new.id, "1.1", Given(value="fans"), 1).version == 2


ONE = Participant(id="p", name="P", joined=Scope and "2026-01-01T00:00:00Z")  # type: ignore[arg-type]
ANSWER = Answer(question="1.1", person="p", value="x", at=ONE.joined)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"nodes": [Node(id="n", name="a"), Node(id="n", name="b")]}, "nodes, id: 'n' is .* there twice"),
        ({"participants": [ONE, ONE]}, "participants, id: 'p'"),
        ({"participants": [ONE], "answers": [ANSWER, ANSWER]}, "answers.*'1.1 p'"),
        ({"answers": [ANSWER]}, "by 'p', who takes no part"),
        ({"participants": [ONE], "answers": [ANSWER.model_copy(update={"question": "2.3", "value": -1})]}, "-1"),
        ({"nodes": [Node(id="n" * 65, name="a")]}, "65 characters"),
        ({"nodes": [Node(id="n", name="a").model_copy(update={"ttr_weeks": -1})]}, "ttr_weeks: -1"),
        ({"title": " "}, "title"),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused_whole(
    reviews: Reviews, review: Review, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(ReviewError, match=said):
        reviews.restore(EVE, review.model_copy(update=wrong))
    assert reviews.listed(EVE) == []


def test_everything_is_there_after_opening_again(url: str, opened: Callable[[str], Reviews], review: Review) -> None:
    first = opened(url)
    before = filled(first, review)
    first.close()
    assert opened(url).open(BO, review.id) == before
