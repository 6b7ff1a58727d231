"""A review as the page shows it: the review itself, what is worked out of its answers, and what changed last."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from tools.risk.changes import in_words
from tools.risk.flags import flags
from tools.risk.progress import Counting, Progress, State, StepProgress, asked, counting, progress, steps
from tools.risk.review import Change, Participant, Review

if TYPE_CHECKING:
    from tools.risk.store import Actor, Reviews, Summary

LATEST = 20
_KEPT_FLAGS = 40
_raised: dict[tuple[object, ...], list[dict[str, Any]]] = {}
"""Flags by the state of a review and the day: of thousands of nodes they take seconds, and everybody asks for them."""


class ShownChange(BaseModel):
    """A change in words; `mine` where the reader made it."""

    number: int
    at: str
    by: str
    what: str
    text: str
    mine: bool
    before: Any = None
    after: Any = None


class ReviewView(BaseModel):
    """What the page needs to show a review; `asked` are the ids of the questions that apply now."""

    review: Review
    me: Participant
    asked: list[str]
    states: dict[str, State]
    counts: dict[str, Counting]
    disputed: list[str]
    flags: list[dict[str, Any]]
    steps: list[StepProgress]
    progress: Progress
    latest: list[ShownChange]


def view_of(reviews: "Reviews", actor: "Actor", review_id: str) -> ReviewView:
    """Return a review as the page shows it.

    Raises:
        ReviewNotFoundError: when there is none for this actor.
    """
    review = reviews.open(actor, review_id)
    me = reviews.me(actor, review_id)
    counts = {question.id: counting(review, question.id) for question in review.checklist.questions}
    since = max(0, review.revision - LATEST)
    return ReviewView(
        review=_without_results(review),
        me=me,
        asked=[question.id for question in asked(review)],
        states={one: found.state for one, found in counts.items()},
        counts=counts,
        disputed=[one for one, found in counts.items() if not found.agreed],
        flags=_flags(review),
        steps=steps(review),
        progress=progress(review),
        latest=told(review, me, reviews.changes(actor, review_id, since), whole=False),
    )


def _flags(review: Review) -> list[dict[str, Any]]:
    key = (review.id, review.revision, review.updated, date.today())
    found = _raised.get(key)
    if found is None:
        found = [flag.model_dump(mode="json") for flag in flags(review)]
        if len(_raised) >= _KEPT_FLAGS:
            _raised.clear()
        _raised[key] = found
    return found


def _without_results(review: Review) -> Review:
    """Return a review without what came out of its stress tests: the page reads the one that it shows."""
    runs = [run.model_copy(update={"result": {}}) for run in review.stress_runs]
    return review.model_copy(update={"stress_runs": runs})


def told(review: Review, me: Participant, changes: Sequence[Change], *, whole: bool = True) -> list[ShownChange]:
    """Return changes in words; `whole` with what stood there before and after."""
    return [
        ShownChange(
            number=one.number,
            at=one.at.isoformat(),
            by=one.by,
            what=one.what,
            text=in_words(review, one),
            mine=one.by == me.name,
            before=one.before if whole else None,
            after=one.after if whole else None,
        )
        for one in changes
    ]


def summary_of(found: "Summary") -> dict[str, Any]:
    """Return an entry of the list of reviews."""
    return {
        "id": found.id,
        "title": found.title,
        "status": found.status,
        "updated": found.updated.isoformat(),
        "lead": found.lead,
        "participants": found.participants,
        "answered": found.answered,
        "asked": found.asked,
        "revision": found.revision,
    }
