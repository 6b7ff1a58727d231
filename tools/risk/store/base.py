"""What every call on a review rests on: who asks, one transaction, the revision and the log of changes."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import URL, BindParameter, Connection, Row, bindparam, insert, select, update

from tools.risk.checklist import Checklist
from tools.risk.errors import refused
from tools.risk.review import Review
from tools.risk.store.database import Database
from tools.risk.store.errors import ConflictError, ReviewNotFoundError
from tools.risk.store.rows import read_review
from tools.risk.store.tables import CHANGES, CHECKLISTS, KEY, PARTICIPANTS, REVIEWS

NOBODY = "Somebody"
_KEPT_CHECKLISTS = 200

# What every call needs, put together once: SQLAlchemy takes longer to write a statement than SQLite to run it.
_OF: BindParameter[str] = bindparam("of")
REVIEW = select(REVIEWS).where(REVIEWS.c.id == _OF)
LOCKED_REVIEW = REVIEW.with_for_update()
_SEAT = select(PARTICIPANTS).where(PARTICIPANTS.c.review_id == _OF, PARTICIPANTS.c.key == bindparam("by_key"))
_CHECKLIST = select(CHECKLISTS.c.content).where(CHECKLISTS.c.review_id == _OF)
_LOG = insert(CHANGES)
_COUNT_UP = (
    update(REVIEWS)
    .where(REVIEWS.c.id == _OF)
    .values(revision=bindparam("new_revision"), updated=bindparam("new_updated"))
)


@dataclass(frozen=True)
class Actor:
    """Who acts: `key` is a secret digest that tells people apart, `name` what others see ("" for not given)."""

    key: str
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse a key that would be shared by chance, or that does not fit.

        Raises:
            ValueError: when the key is blank or longer than 128 characters.
        """
        if not self.key.strip() or len(self.key) > KEY:
            raise ValueError(f"an actor's key has 1 to {KEY} characters, and this one has {len(self.key)}")


@dataclass
class Held:
    """A review that nobody else writes to until the transaction ends."""

    connection: Connection
    review: Row[Any]
    me: Row[Any]
    now: datetime
    logged: list[dict[str, Any]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def by(self) -> dict[str, Any]:
        """The columns that say who wrote a row, and when."""
        return {"at": self.now, "by": self.me.name, "author": self.me.id}

    def log(self, what: str, before: Any = None, after: Any = None) -> None:
        """Note a change; the revision grows by one with each."""
        number = self.review.revision + len(self.logged) + 1
        self.logged.append(
            {"review_id": self.review.id, "number": number, "what": what, "before": before, "after": after, **self.by}
        )

    def write_down(self) -> None:
        """Write the log and the new revision, with `values` of the review itself; nothing if nothing was noted."""
        if not self.logged:
            return
        self.connection.execute(_LOG, self.logged)
        if self.values:
            self.connection.execute(update(REVIEWS).where(REVIEWS.c.id == self.review.id).values(self.values))
        counted = {"of": self.review.id, "new_revision": self.logged[-1]["number"], "new_updated": self.now}
        self.connection.execute(_COUNT_UP, counted)


class Kept:
    """The database of reviews, and the two ways into one review: to read it and to change it."""

    def __init__(self, url: str | URL):
        self._database = Database(url)
        self._checklists: dict[str, Checklist] = {}

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @property
    def where(self) -> str:
        """The database, as it is named in messages; without its password."""
        return self._database.where

    @contextmanager
    def _read(self, actor: Actor, review_id: str) -> Iterator[tuple[Connection, Row[Any]]]:
        """Begin a snapshot of a review; yield the connection and the review's row.

        Raises:
            ReviewNotFoundError: when it does not exist or the actor takes no part.
        """
        with self._database.read() as connection:
            review = connection.execute(REVIEW, {"of": review_id}).one_or_none()
            if review is None or seat(connection, actor, review_id) is None:
                raise ReviewNotFoundError
            yield connection, review

    @contextmanager
    def _change(self, actor: Actor, review_id: str, finished_too: bool = False) -> Iterator[Held]:
        """Begin a change of a review, which is committed with its log when the block ends.

        The review's row is locked first, so all writers of a review come one after the other, and what is read
        behind the lock is what the last of them left.

        Raises:
            ReviewNotFoundError: when it does not exist or the actor takes no part.
            ReviewError: when it is finished, unless `finished_too`.
        """
        with self._database.write() as connection:
            review = connection.execute(LOCKED_REVIEW, {"of": review_id}).one_or_none()
            me = None if review is None else seat(connection, actor, review_id)
            if review is None or me is None:
                raise ReviewNotFoundError
            if review.status == "finished" and not finished_too:
                raise refused("status", "This review is finished, so nothing in it can be changed: reopen it first.")
            held = Held(connection, review, me, datetime.now(UTC))
            yield held
            held.write_down()

    def checklist(self, actor: Actor, review_id: str) -> Checklist:
        """Return the questions of a review.

        Raises:
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it cannot be read.
        """
        with self._read(actor, review_id) as (connection, review):
            return self._checklist(connection, review)

    def _checklist(self, connection: Connection, review: Row[Any]) -> Checklist:
        """Return a review's checklist; one that was read before is not read again."""
        found = self._checklists.get(review.checklist)
        if found is None:
            content = connection.scalar(_CHECKLIST, {"of": review.id})
            found = self._remember(review.checklist, Checklist.model_validate(content))
        return found

    def _remember(self, digest: str, checklist: Checklist) -> Checklist:
        if len(self._checklists) >= _KEPT_CHECKLISTS:
            self._checklists.clear()
        return self._checklists.setdefault(digest, checklist)

    def _whole(self, connection: Connection, review: Row[Any]) -> Review:
        return read_review(connection, review, self._checklist(connection, review))


def seat(connection: Connection, actor: Actor, review_id: str) -> Row[Any] | None:
    """Return the row of an actor among the participants of a review, or None."""
    return connection.execute(_SEAT, {"of": review_id, "by_key": actor.key}).one_or_none()


def last_change(connection: Connection, review_id: str, *what: str) -> str:
    """Return who made the last change of one of these kinds and when, as in "Ana, 3 May 2026 14:03 UTC"."""
    query = select(CHANGES).where(CHANGES.c.review_id == review_id, CHANGES.c.what.in_(what))
    found = connection.execute(query.order_by(CHANGES.c.number.desc()).limit(1)).one_or_none()
    return "somebody" if found is None else said_by(found)


def said_by(row: Row[Any]) -> str:
    """Return who wrote a row and when."""
    return f"{row.by}, {row.at.day} {row.at:%B %Y %H:%M} UTC"


def conflict(about: str, who: str, current: Any) -> ConflictError:
    """Return the error for a write that would have covered a change unseen."""
    done = "was removed" if current is None else "was changed"
    return ConflictError(f"{about} {done} meanwhile ({who}), so yours was not kept: look at it, then decide.", current)


def new_id() -> str:
    """Return an id for something within a review."""
    return secrets.token_hex(6)


def digest_of(content: Any) -> str:
    """Return a digest of something that can be written as JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
