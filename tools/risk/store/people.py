"""Who takes part in a review: invitations, joining, names, and where each of them stands."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from tools.risk.errors import refused
from tools.risk.review import Participant, Review
from tools.risk.store.base import LOCKED_REVIEW, NOBODY, REVIEW, Actor, Held, Kept, new_id, seat
from tools.risk.store.checking import PARTICIPANTS_AT_MOST, known_question, one_line
from tools.risk.store.errors import ReviewNotFoundError
from tools.risk.store.rows import as_participant
from tools.risk.store.tables import ANSWERS, CHANGES, COMMENTS, ITEMS, PARTICIPANTS, REVIEWS

LEAD_AWAY = timedelta(days=14)
"""After so long without a change by the lead, anybody who takes part may take the lead."""


@dataclass(frozen=True)
class Invited:
    """What an invitation is to; `review_id` is "" for whoever does not take part yet."""

    title: str
    lead: str
    people: int
    review_id: str


class People(Kept):
    """The part of the store that keeps participants."""

    def invitation(self, actor: Actor, review_id: str) -> str:
        """Return the token with which others join: 256 random bits, safe in an address.

        Raises:
            ReviewNotFoundError: when there is no such review for the actor.
        """
        with self._read(actor, review_id) as (_, review):
            return str(review.invitation)

    def renew_invitation(self, actor: Actor, review_id: str) -> str:
        """Replace the token, so that the link sent before lets nobody in; who joined stays.

        Raises:
            ReviewError: when the actor is not the lead.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        with self._change(actor, review_id, finished_too=True) as held:
            check_lead(held, "renew the invitation")
            held.values["invitation"] = token = new_token()
            held.log("invitation")
            return token

    def invited(self, actor: Actor, token: str) -> Invited:
        """Return what an invitation is to, so that whoever follows it knows before they give a name.

        Raises:
            ReviewNotFoundError: when no review has this invitation.
        """
        with self._database.read() as connection:
            found = connection.execute(select(REVIEWS.c.id, REVIEWS.c.title).where(REVIEWS.c.invitation == token))
            row = found.one_or_none()
            if row is None:
                raise ReviewNotFoundError
            there = _everybody(connection, row.id)
            lead = next((one.name for one in there if one.role == "lead"), "")
            return Invited(row.title, lead, len(there), row.id if seat(connection, actor, row.id) else "")

    def join(self, actor: Actor, token: str) -> Review:
        """Take part in the review of an invitation; whoever does already, goes on doing so.

        Who comes under the name of a participant that came from a file, and that nobody has become yet, becomes
        that participant. A name that is taken gets a number: "Ana (2)".

        Raises:
            ReviewNotFoundError: when no review has this invitation.
            ReviewError: when all places are taken, or the name is too long.
            StoreError: when it could not be kept.
        """
        with self._database.read() as connection:
            review_id = connection.scalar(select(REVIEWS.c.id).where(REVIEWS.c.invitation == token))
            if review_id is None:
                raise ReviewNotFoundError
            if seat(connection, actor, review_id):
                review = connection.execute(REVIEW, {"of": review_id}).one()
                return self._whole(connection, review)
        with self._database.write() as connection:
            row = connection.execute(LOCKED_REVIEW, {"of": review_id}).one_or_none()
            if row is None or row.invitation != token:
                raise ReviewNotFoundError
            if seat(connection, actor, review_id) is None:
                now = datetime.now(UTC)
                me = take_seat(connection, actor, review_id, "member", now)
                held = Held(connection, row, me, now)
                held.log(f"participant {me.id}", None, {"name": me.name, "role": me.role})
                held.write_down()
            return self._whole(connection, connection.execute(REVIEW, {"of": review_id}).one())

    def me(self, actor: Actor, review_id: str) -> Participant:
        """Return the actor as a participant.

        Raises:
            ReviewNotFoundError: when there is no such review for the actor.
        """
        with self._database.read() as connection:
            found = seat(connection, actor, review_id)
        if found is None:
            raise ReviewNotFoundError
        return as_participant(found)

    def rename_me(self, actor: Actor, review_id: str, name: str) -> Participant:
        """Give the actor another name in this review, also beside what they wrote before.

        Raises:
            ReviewError: when the name is blank, too long, or another participant's.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        line = one_line(name, "name")
        with self._change(actor, review_id, finished_too=True) as held:
            if line == held.me.name:
                return as_participant(held.me)
            others = {row.name.casefold() for row in _everybody(held.connection, review_id) if row.id != held.me.id}
            if line.casefold() in others:
                raise refused("name", f"Somebody else in this review is called {line!r}: add an initial or a place.")
            held.connection.execute(update(PARTICIPANTS).where(_mine(held)).values(name=line))
            for table in (ANSWERS, ITEMS, COMMENTS, CHANGES):
                written = and_(table.c.review_id == review_id, table.c.author == held.me.id)
                held.connection.execute(update(table).where(written).values(by=line))
            old, held.me = held.me, _found(held.connection, review_id, held.me.id)
            held.log(f"participant {held.me.id}", {"name": old.name}, {"name": line})
            return as_participant(held.me)

    def hand_over(self, actor: Actor, review_id: str, participant_id: str) -> Participant:
        """Give the lead to somebody else who takes part, and return them; whoever led stays as a member.

        Raises:
            ReviewError: when the actor is not the lead, or there is nobody who could take it.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        with self._change(actor, review_id, finished_too=True) as held:
            check_lead(held, "hand it over")
            there = {row.id: row for row in _everybody(held.connection, review_id)}
            chosen = there.get(participant_id)
            if chosen is None:
                raise refused("participant", "Whoever is to lead takes no part any more: reload the page, then choose.")
            if chosen.key is None:
                raise refused(
                    "participant",
                    f"{chosen.name} came along in a file and has not joined yet: send them the invitation link first.",
                )
            _lead(held, held.me, chosen)
            return as_participant(_found(held.connection, review_id, chosen.id))

    def take_lead(self, actor: Actor, review_id: str) -> Participant:
        """Make the actor the lead where the lead has gone: nothing was heard of them for LEAD_AWAY.

        A browser whose cookies were cleared is somebody new, so a lead may be gone without knowing it. Joining and
        every change count as being heard of.

        Raises:
            ReviewError: when the lead is still there; the reason says until when.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        with self._change(actor, review_id, finished_too=True) as held:
            if held.me.role == "lead":
                return as_participant(held.me)
            leads = [row for row in _everybody(held.connection, review_id) if row.role == "lead"]
            for row in leads:
                free = _heard_of(held.connection, row) + LEAD_AWAY
                if held.now < free:
                    raise refused(
                        "role",
                        f"{row.name} leads this review and was here in the last {LEAD_AWAY.days} days: ask them to "
                        f"hand it over. From {free.day} {free:%B %Y} on, anybody who takes part may take the lead if "
                        "they change nothing until then.",
                    )
            _lead(held, leads[0] if leads else None, held.me, taken=True)
            return as_participant(_found(held.connection, review_id, held.me.id))

    def move(self, actor: Actor, review_id: str, question_id: str, skipped: str = "") -> Participant:
        """Note which question the actor is at, and with `skipped` one that they leave for later.

        A bookmark of one person: it is kept like everything, but it is no change of the review, so neither the
        revision nor the log grows.

        Raises:
            ReviewError: when there is no such question.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        with self._change(actor, review_id, finished_too=True) as held:
            checklist = self._checklist(held.connection, held.review)
            values: dict[str, Any] = {"position": known_question(checklist, question_id)}
            if known_question(checklist, skipped) and skipped not in held.me.skipped:
                values["skipped"] = [*held.me.skipped, skipped]
            held.connection.execute(update(PARTICIPANTS).where(_mine(held)).values(values))
            return as_participant(_found(held.connection, review_id, held.me.id))


def _lead(held: Held, before: Row[Any] | None, after: Row[Any], taken: bool = False) -> None:
    """Make somebody the lead in the place of another; the log names both."""
    of = PARTICIPANTS.c.review_id == held.review.id
    if before is not None and before.id == after.id:
        return
    held.connection.execute(update(PARTICIPANTS).where(of).values(role="member"))
    held.connection.execute(update(PARTICIPANTS).where(of, PARTICIPANTS.c.id == after.id).values(role="lead"))
    told = {"role": "lead", "name": after.name, **({"taken": True} if taken else {})}
    held.log(f"participant {after.id}", {"role": "member", "lead": before.name if before else ""}, told)


def _heard_of(connection: Connection, row: Row[Any]) -> datetime:
    """Return when somebody was heard of last: their last change, or when they joined."""
    mine = select(func.max(CHANGES.c.at)).where(CHANGES.c.review_id == row.review_id, CHANGES.c.author == row.id)
    last: datetime | None = connection.scalar(mine)
    return max(last, row.joined) if last else row.joined  # type: ignore[no-any-return]


def new_token() -> str:
    """Return an invitation that nobody guesses."""
    return secrets.token_urlsafe(32)


def check_lead(held: Held, what: str) -> None:
    """Check that the actor leads the review.

    Raises:
        ReviewError: when they do not.
    """
    if held.me.role != "lead":
        leads = [row.name for row in _everybody(held.connection, held.review.id) if row.role == "lead"]
        raise refused("role", f"Only the lead of a review may {what}: ask {' or '.join(leads)}.")


def take_seat(connection: Connection, actor: Actor, review_id: str, role: str, now: datetime) -> Row[Any]:
    """Make an actor a participant of a review whose row is locked, and return their row.

    Raises:
        ReviewError: when all places are taken, or the name is too long.
    """
    there = _everybody(connection, review_id)
    name = one_line(actor.name, "name") if actor.name.strip() else NOBODY
    free = next((row for row in there if row.key is None and row.name.casefold() == name.casefold()), None)
    if free:
        values = {"key": actor.key, "role": role if role == "lead" else free.role}
        same = and_(PARTICIPANTS.c.review_id == review_id, PARTICIPANTS.c.id == free.id)
        connection.execute(update(PARTICIPANTS).where(same).values(values))
        return _found(connection, review_id, free.id)
    if len(there) >= PARTICIPANTS_AT_MOST:
        raise refused("name", f"A review has room for {PARTICIPANTS_AT_MOST} participants, and all places are taken.")
    row = {
        "review_id": review_id,
        "id": new_id(),
        "key": actor.key,
        "name": _distinct(name, {row.name.casefold() for row in there}),
        "role": role,
        "joined": now,
        "position": "",
        "skipped": [],
    }
    connection.execute(insert(PARTICIPANTS).values(row))
    return _found(connection, review_id, str(row["id"]))


def _distinct(name: str, taken: set[str]) -> str:
    if name.casefold() not in taken:
        return name
    return next(one for number in range(2, len(taken) + 3) if (one := f"{name} ({number})").casefold() not in taken)


def _everybody(connection: Connection, review_id: str) -> list[Row[Any]]:
    return list(connection.execute(select(PARTICIPANTS).where(PARTICIPANTS.c.review_id == review_id)))


def _found(connection: Connection, review_id: str, participant_id: str) -> Row[Any]:
    query = select(PARTICIPANTS).where(PARTICIPANTS.c.review_id == review_id, PARTICIPANTS.c.id == participant_id)
    return connection.execute(query).one()


def _mine(held: Held) -> Any:
    return and_(PARTICIPANTS.c.review_id == held.review.id, PARTICIPANTS.c.id == held.me.id)
