"""What a list of reviews shows of each, and the counts behind it, reckoned once a revision."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Row, func, select

from tools.risk.checklist import Checklist
from tools.risk.progress import progress
from tools.risk.review import Answer, Review, ReviewStatus
from tools.risk.store.rows import as_answer
from tools.risk.store.tables import ANSWERS, PARTICIPANTS, REVIEWS

Counts = dict[str, tuple[int, int, int]]
"""Of a review by its id: the revision at which its questions were counted, how many apply and are answered."""

_KEPT = 5000
_AT_ONCE = 500


class Summary(BaseModel):
    """A review as a list shows it; `updated` is in UTC, `answered` of `asked` questions are."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    status: ReviewStatus
    updated: datetime
    lead: str
    participants: int
    answered: int
    asked: int
    revision: int


def summaries(
    connection: Connection, key: str, counts: Counts, checklist_of: Callable[[Connection, Row[Any]], Checklist]
) -> list[Summary]:
    """Return the reviews in which somebody takes part, the one that was changed last first."""
    mine = select(PARTICIPANTS.c.review_id).where(PARTICIPANTS.c.key == key)
    own = PARTICIPANTS.c.review_id == REVIEWS.c.id
    lead = select(func.min(PARTICIPANTS.c.name)).where(own, PARTICIPANTS.c.role == "lead").scalar_subquery()
    people = select(func.count()).select_from(PARTICIPANTS).where(own).scalar_subquery()
    query = select(REVIEWS, lead.label("lead"), people.label("people")).where(REVIEWS.c.id.in_(mine))
    rows = connection.execute(query.order_by(REVIEWS.c.updated.desc(), REVIEWS.c.id)).all()
    _count(connection, rows, counts, checklist_of)
    return [
        Summary(
            id=row.id,
            title=row.title,
            status=row.status,
            updated=row.updated,
            lead=row.lead or "",
            participants=row.people,
            asked=counts[row.id][1],
            answered=counts[row.id][2],
            revision=row.revision,
        )
        for row in rows
    ]


def _count(
    connection: Connection,
    rows: Sequence[Row[Any]],
    counts: Counts,
    checklist_of: Callable[[Connection, Row[Any]], Checklist],
) -> None:
    if len(counts) > _KEPT:
        counts.clear()
    stale = [row for row in rows if row.id not in counts or counts[row.id][0] != row.revision]
    answers: dict[str, list[Answer]] = {row.id: [] for row in stale}
    ids = list(answers)
    for start in range(0, len(ids), _AT_ONCE):
        some = ANSWERS.c.review_id.in_(ids[start : start + _AT_ONCE])
        for kept in connection.execute(select(ANSWERS).where(some, ANSWERS.c.withdrawn.is_(False))):
            answers[kept.review_id].append(as_answer(kept))
    for row in stale:
        light = Review(
            id=row.id,
            title=row.title,
            created=row.created,
            updated=row.updated,
            checklist=checklist_of(connection, row),
            answers=answers[row.id],
        )
        found = progress(light)
        counts[row.id] = (row.revision, found.asked, found.answered)
