"""Reviews as wholes: begun, listed, opened, copied, read in from a file, deleted."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from tools.risk.checklist import Checklist
from tools.risk.review import Change, Review, Scope
from tools.risk.store.base import REVIEW, Actor, Held, Kept, digest_of
from tools.risk.store.checking import checked, one_line
from tools.risk.store.errors import ReviewNotFoundError
from tools.risk.store.people import check_lead, new_token, take_seat
from tools.risk.store.rows import as_change
from tools.risk.store.summary import Counts, Summary, summaries
from tools.risk.store.tables import ALL, CHANGES, CHECKLISTS, PARTICIPANTS, REVIEWS


class Wholes(Kept):
    """The part of the store that keeps reviews as wholes."""

    _counts: Counts

    def begin(self, actor: Actor, title: str, scope: Scope | None = None, checklist: Checklist | None = None) -> Review:
        """Begin a review that the actor leads, with the checklist that ships unless another is given.

        Raises:
            ReviewError: when the title, the scope or the checklist cannot be taken.
            StoreError: when it could not be kept.
        """
        line = one_line(title, "title")
        fresh = checked(scope or Scope(), "scope")
        questions = checklist_to_keep(checklist)
        with self._database.write() as connection:
            held = self._new(connection, actor, line, fresh, questions)
            held.log("review", None, {"title": line})
            return self._finished(held)

    def listed(self, actor: Actor) -> list[Summary]:
        """Return the reviews that the actor takes part in, the one that was changed last first.

        Raises:
            StoreError: when they cannot be read.
        """
        with self._database.read() as connection:
            return summaries(connection, actor.key, self._counts, self._checklist)

    def open(self, actor: Actor, review_id: str) -> Review:
        """Return a whole review as it stands at one moment.

        Raises:
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it cannot be read.
        """
        with self._read(actor, review_id) as (connection, review):
            return self._whole(connection, review)

    def revision(self, actor: Actor, review_id: str) -> int:
        """Return the number of changes so far: one small query, for asking again and again.

        Raises:
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it cannot be read.
        """
        query = (
            select(REVIEWS.c.revision)
            .join(PARTICIPANTS, PARTICIPANTS.c.review_id == REVIEWS.c.id)
            .where(REVIEWS.c.id == review_id, PARTICIPANTS.c.key == actor.key)
        )
        with self._database.read() as connection:
            found = connection.scalar(query)
        if found is None:
            raise ReviewNotFoundError
        return int(found)

    def changes(self, actor: Actor, review_id: str, since: int = 0, *, own: bool = False) -> list[Change]:
        """Return who changed what and when, in order, after the revision `since`; with `own` the actor's own changes.

        Of an item that was changed, `before` and `after` hold the fields that differ.

        Raises:
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it cannot be read.
        """
        query = select(CHANGES).where(CHANGES.c.review_id == review_id, CHANGES.c.number > since)
        if own:
            seat = (PARTICIPANTS.c.review_id == review_id, PARTICIPANTS.c.key == actor.key)
            query = query.where(CHANGES.c.author.in_(select(PARTICIPANTS.c.id).where(*seat)))
        with self._read(actor, review_id) as (connection, _):
            return [as_change(row) for row in connection.execute(query.order_by(CHANGES.c.number))]

    def delete(self, actor: Actor, review_id: str) -> None:
        """Delete a review with everything in it, for all who take part.

        Raises:
            ReviewError: when the actor is not the lead.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be deleted.
        """
        with self._change(actor, review_id, finished_too=True) as held:
            check_lead(held, "delete it")
            for table in reversed(ALL[1:]):
                held.connection.execute(delete(table).where(table.c.review_id == review_id))
            held.connection.execute(delete(REVIEWS).where(REVIEWS.c.id == review_id))

    def _new(
        self,
        connection: Connection,
        actor: Actor,
        title: str,
        scope: Scope,
        checklist: Checklist,
        people: Sequence[dict[str, Any]] = (),
        **others: Any,
    ) -> Held:
        """Write the row of a new review with its checklist, `people` without keys, and the actor as its lead.

        `others` are columns of the row.
        """
        now = datetime.now(UTC)
        content = checklist.model_dump(mode="json")
        row = {
            "id": secrets.token_hex(16),
            "title": title,
            "status": "open",
            "revision": 0,
            "version": 1,
            "created": now,
            "updated": now,
            "previous": "",
            "checklist": digest_of(content),
            "scope": scope.model_dump(mode="json"),
            "invitation": new_token(),
            **others,
        }
        connection.execute(insert(REVIEWS).values(row))
        connection.execute(insert(CHECKLISTS).values(review_id=row["id"], content=content))
        if people:
            connection.execute(insert(PARTICIPANTS), [{**one, "review_id": row["id"], "key": None} for one in people])
        review = connection.execute(REVIEW, {"of": row["id"]}).one()
        return Held(connection, review, take_seat(connection, actor, review.id, "lead", now), now)

    def _finished(self, held: Held) -> Review:
        """Write down what was logged of a new review, and return the review."""
        held.write_down()
        row = held.connection.execute(REVIEW, {"of": held.review.id}).one()
        return self._whole(held.connection, row)


def checklist_to_keep(checklist: Checklist | None) -> Checklist:
    """Return a checklist that was looked through; the one that ships for None.

    Raises:
        ReviewError: when it contradicts itself or is too long.
    """
    from tools.risk.checklists import check, load_checklist

    if checklist is None:
        return load_checklist()
    fresh = checked(checklist, "checklist")
    check(fresh)
    return fresh
