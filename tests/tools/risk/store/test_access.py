"""Who reaches a review, and who does not."""

import pytest

from tests.tools.risk.store.conftest import ANA, BO, EVE
from tools.risk.errors import ReviewError
from tools.risk.review import Given, Node, Review, Scope
from tools.risk.store import Actor, ReviewNotFoundError, Reviews


def every_call(reviews: Reviews, actor: Actor, review: Review) -> list[object]:
    one = review.id
    return [
        lambda: reviews.open(actor, one),
        lambda: reviews.revision(actor, one),
        lambda: reviews.changes(actor, one),
        lambda: reviews.invitation(actor, one),
        lambda: reviews.renew_invitation(actor, one),
        lambda: reviews.me(actor, one),
        lambda: reviews.rename_me(actor, one, "Mallory"),
        lambda: reviews.set_title(actor, one, "Taken", review.version),
        lambda: reviews.set_scope(actor, one, Scope(currency="EUR"), review.version),
        lambda: reviews.set_status(actor, one, "finished", review.version),
        lambda: reviews.set_checklist(actor, one, review.checklist, review.version),
        lambda: reviews.answer(actor, one, "1.1", Given(value="x"), 0),
        lambda: reviews.answer(actor, one, "1.1", Given(value="x"), 0, team=True),
        lambda: reviews.withdraw(actor, one, "1.1", 1),
        lambda: reviews.move(actor, one, "1.2"),
        lambda: reviews.save(actor, one, Node(name="x")),
        lambda: reviews.remove(actor, one, "node", "x", 1),
        lambda: reviews.comment(actor, one, "", "x"),
        lambda: reviews.copy(actor, one, "x"),
        lambda: reviews.delete(actor, one),
    ]


def test_every_call_on_a_foreign_review_says_what_it_says_of_none_and_changes_nothing(
    reviews: Reviews, review: Review
) -> None:
    before = reviews.open(ANA, review.id)
    nowhere = review.model_copy(update={"id": "0" * 32})
    for foreign, none in zip(every_call(reviews, EVE, review), every_call(reviews, ANA, nowhere), strict=True):
        with pytest.raises(ReviewNotFoundError) as told_foreign:
            foreign()  # type: ignore[operator]
        with pytest.raises(ReviewNotFoundError) as told_none:
            none()  # type: ignore[operator]
        assert str(told_foreign.value) == str(told_none.value)
    assert reviews.open(ANA, review.id) == before
    assert reviews.listed(EVE) == []


def test_the_invitation_lets_people_in_and_a_renewed_one_replaces_it(reviews: Reviews, review: Review) -> None:
    old = reviews.invitation(BO, review.id)
    new = reviews.renew_invitation(ANA, review.id)
    assert len(new) >= 43
    assert new != old
    with pytest.raises(ReviewNotFoundError):
        reviews.join(EVE, old)
    assert [one.name for one in reviews.join(EVE, new).participants] == ["Ana", "Bo", "Eve"]
    assert reviews.open(BO, review.id).id == review.id


def test_joining_again_changes_nothing(reviews: Reviews, review: Review) -> None:
    before = reviews.open(ANA, review.id)
    assert reviews.join(BO, reviews.invitation(ANA, review.id)) == before
    assert reviews.open(ANA, review.id) == before


def test_neither_a_key_nor_an_invitation_is_in_what_is_read(reviews: Reviews, review: Review) -> None:
    token = reviews.invitation(ANA, review.id)
    shown = review.model_dump_json() + str(reviews.changes(ANA, review.id)) + str(reviews.listed(ANA))
    assert token not in shown
    assert ANA.key not in shown


@pytest.mark.parametrize("call", ["renew_invitation", "delete"])
def test_only_the_lead_renews_and_deletes(reviews: Reviews, review: Review, call: str) -> None:
    with pytest.raises(ReviewError, match=r"Only the lead .*: ask Ana"):
        getattr(reviews, call)(BO, review.id)
    assert reviews.open(BO, review.id) == review


def test_a_deleted_review_is_gone_for_everybody_and_leaves_no_row(reviews: Reviews, review: Review) -> None:
    other = reviews.begin(ANA, "Another")
    reviews.answer(BO, review.id, "1.1", Given(value="pumps"), 0)
    reviews.save(BO, review.id, Node(name="Casting"))
    reviews.comment(BO, review.id, "", "A remark")
    token = reviews.invitation(ANA, review.id)
    reviews.delete(ANA, review.id)
    for actor in (ANA, BO):
        with pytest.raises(ReviewNotFoundError):
            reviews.open(actor, review.id)
    with pytest.raises(ReviewNotFoundError):
        reviews.join(EVE, token)
    assert [one.id for one in reviews.listed(ANA)] == [other.id]
    assert rows_of(reviews, review.id) == 0
    assert rows_of(reviews, other.id) >= 4


def rows_of(reviews: Reviews, review_id: str) -> int:
    from sqlalchemy import func, select

    from tools.risk.store.tables import ALL, REVIEWS

    with reviews._database.read() as connection:
        return sum(
            connection.scalar(
                select(func.count())
                .select_from(table)
                .where((table.c.id if table is REVIEWS else table.c.review_id) == review_id)
            )
            or 0
            for table in ALL
        )


def test_a_name_that_is_taken_gets_a_number_and_none_is_somebody(reviews: Reviews, review: Review) -> None:
    token = reviews.invitation(ANA, review.id)
    reviews.join(Actor("another ana", "ana"), token)
    reviews.join(Actor("nameless"), token)
    names = [one.name for one in reviews.join(Actor("nameless too", "  "), token).participants]
    assert names == ["Ana", "Bo", "ana (2)", "Somebody", "Somebody (2)"]


def test_a_new_name_stands_beside_what_was_written_before(reviews: Reviews, review: Review) -> None:
    nameless = Actor("nameless")
    reviews.join(nameless, reviews.invitation(ANA, review.id))
    reviews.answer(nameless, review.id, "1.1", Given(value="pumps"), 0, team=True)
    reviews.comment(nameless, review.id, "1.1", "A remark")
    reviews.rename_me(nameless, review.id, " Cem  Yilmaz ")
    seen = reviews.open(ANA, review.id)
    assert seen.answers[0].by == seen.comments[0].by == reviews.me(nameless, review.id).name == "Cem Yilmaz"
    assert {change.by for change in reviews.changes(ANA, review.id)} == {"Ana", "Bo", "Cem Yilmaz"}


def test_nobody_takes_the_name_of_another(reviews: Reviews, review: Review) -> None:
    with pytest.raises(ReviewError, match="Somebody else in this review is called 'ANA'"):
        reviews.rename_me(BO, review.id, "ANA")
    with pytest.raises(ReviewError, match="cannot be blank"):
        reviews.rename_me(BO, review.id, " ")
    assert reviews.open(ANA, review.id) == review


@pytest.mark.parametrize("key", ["", " ", "x" * 129])
def test_a_key_that_strangers_would_share_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="1 to 128"):
        Actor(key)
