"""The lead of a review: handed over, and taken where the lead has gone, so that no review is ever stuck."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from tests.tools.risk.store.conftest import ANA, BO, EVE
from tools.risk.errors import ReviewError
from tools.risk.review import Participant, Review
from tools.risk.store import Actor, ReviewNotFoundError, Reviews
from tools.risk.store.people import LEAD_AWAY
from tools.risk.store.tables import CHANGES, PARTICIPANTS


def roles(reviews: Reviews, review: Review) -> dict[str, str]:
    return {one.name: one.role for one in reviews.open(BO, review.id).participants}


def seat_of(review: Review, name: str) -> Participant:
    return next(one for one in review.participants if one.name == name)


def age(reviews: Reviews, review: Review, by: timedelta) -> None:
    """Let everything in a review have happened earlier."""
    with reviews._database.write() as connection:
        then = datetime.now(UTC) - by
        connection.execute(update(CHANGES).where(CHANGES.c.review_id == review.id).values(at=then))
        connection.execute(update(PARTICIPANTS).where(PARTICIPANTS.c.review_id == review.id).values(joined=then))


def test_the_lead_hands_over_and_goes_on_as_a_member(reviews: Reviews, review: Review) -> None:
    made = reviews.hand_over(ANA, review.id, seat_of(review, "Bo").id)
    assert (made.name, made.role) == ("Bo", "lead")
    assert roles(reviews, review) == {"Ana": "member", "Bo": "lead"}
    with pytest.raises(ReviewError, match=r"Only the lead .*: ask Bo"):
        reviews.renew_invitation(ANA, review.id)
    assert reviews.renew_invitation(BO, review.id)
    last = reviews.changes(BO, review.id)[-2]
    assert (last.by, last.after["role"], last.after["name"]) == ("Ana", "lead", "Bo")
    reviews.delete(BO, review.id)


def test_a_finished_review_can_be_handed_over_too(reviews: Reviews, review: Review) -> None:
    reviews.set_status(ANA, review.id, "finished", review.version)
    assert reviews.hand_over(ANA, review.id, seat_of(review, "Bo").id).role == "lead"


def test_only_the_lead_hands_over_and_only_to_who_takes_part(reviews: Reviews, review: Review) -> None:
    with pytest.raises(ReviewError, match=r"Only the lead .*: ask Ana"):
        reviews.hand_over(BO, review.id, seat_of(review, "Bo").id)
    with pytest.raises(ReviewError, match="takes no part any more"):
        reviews.hand_over(ANA, review.id, "nobody")
    for call in (lambda: reviews.hand_over(EVE, review.id, "x"), lambda: reviews.take_lead(EVE, review.id)):
        with pytest.raises(ReviewNotFoundError):
            call()
    assert reviews.hand_over(ANA, review.id, seat_of(review, "Ana").id).role == "lead"
    assert reviews.open(ANA, review.id) == review


def test_nobody_leads_who_came_along_in_a_file_and_has_not_joined(reviews: Reviews, review: Review) -> None:
    again = reviews.restore(EVE, review)
    with pytest.raises(ReviewError, match="Bo came along in a file and has not joined yet"):
        reviews.hand_over(EVE, again.id, seat_of(again, "Bo").id)
    reviews.join(BO, reviews.invitation(EVE, again.id))
    assert reviews.hand_over(EVE, again.id, seat_of(again, "Bo").id).role == "lead"


def test_the_lead_is_not_taken_while_the_lead_is_there(reviews: Reviews, review: Review) -> None:
    age(reviews, review, LEAD_AWAY - timedelta(minutes=5))
    with pytest.raises(ReviewError, match=r"Ana leads this review .* From .* on, anybody who takes part"):
        reviews.take_lead(BO, review.id)
    age(reviews, review, LEAD_AWAY + timedelta(days=1))
    reviews.set_title(ANA, review.id, "Still here", review.version)
    with pytest.raises(ReviewError, match="Ana leads"):
        reviews.take_lead(BO, review.id)
    assert roles(reviews, review) == {"Ana": "lead", "Bo": "member"}


def test_a_review_whose_lead_has_gone_is_not_stuck(reviews: Reviews, review: Review) -> None:
    age(reviews, review, LEAD_AWAY + timedelta(minutes=1))
    taken = reviews.take_lead(BO, review.id)
    assert (taken.name, taken.role) == ("Bo", "lead")
    assert roles(reviews, review) == {"Ana": "member", "Bo": "lead"}
    assert reviews.changes(BO, review.id)[-1].after == {"role": "lead", "name": "Bo", "taken": True}
    assert reviews.take_lead(BO, review.id) == taken  # asked twice, it stays
    back = Actor("ana's new browser", "Ana")
    seat = next(one for one in reviews.join(back, reviews.invitation(BO, review.id)).participants if "(2)" in one.name)
    assert reviews.hand_over(BO, review.id, seat.id).role == "lead"
    reviews.delete(back, review.id)
