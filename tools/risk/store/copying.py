"""A review begun from another one: next year's, or one that was read from a file."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import insert

from tools.risk.checklist import Checklist
from tools.risk.errors import refused
from tools.risk.review import TEAM, Action, Answer, Change, Review
from tools.risk.store.base import Actor, Held, new_id
from tools.risk.store.checking import (
    COMMENTS_AT_MOST,
    PARTICIPANTS_AT_MOST,
    checked,
    checked_answer,
    checked_item,
    one_line,
    room_for,
)
from tools.risk.store.errors import Item
from tools.risk.store.rows import FIELDS, content_of, kind_of
from tools.risk.store.tables import ANSWERS, CHANGES, COMMENTS, ID, ITEMS
from tools.risk.store.whole import Wholes, checklist_to_keep

CHANGES_AT_MOST, HIGHEST_NUMBER = 200_000, 2**31 - 2**20


class Copies(Wholes):
    """The part of the store that begins reviews from others."""

    def copy(self, actor: Actor, review_id: str, title: str) -> Review:
        """Begin next year's review from this one; `previous` names this one, and the actor leads the new one.

        Scope, checklist, nodes, lines, risks, actions that are neither done nor dropped, scenarios and comparisons of
        making and buying come along under the same ids, so that the two can be compared. Answers, comments and stress
        runs do not.

        Raises:
            ReviewError: when the title cannot be taken.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        line = one_line(title, "title")
        with self._change(actor, review_id, finished_too=True) as source:
            old = self._whole(source.connection, source.review)
            named = Actor(actor.key, actor.name or source.me.name)
            held = self._new(source.connection, named, line, old.scope, old.checklist, previous=old.id)
            items: list[Item] = [*old.nodes, *old.lines, *old.risks, *filter(_is_open, old.actions), *old.scenarios]
            items += old.make_or_buy
            _add_items(held, [item.model_copy(update={"version": 1}) for item in items])
            held.log("review", None, {"title": line, "previous": old.id})
            return self._finished(held)

    def restore(self, actor: Actor, review: Review, changes: Sequence[Change] = ()) -> Review:
        """Keep a review that was read from a file as a new one with a new id, which the actor leads.

        Its other participants come along by name; whoever joins under such a name becomes that participant. `changes`
        tell who changed what before; that it was brought in from a file follows them.

        Raises:
            ReviewError: when something in it cannot be taken; then nothing is kept.
            StoreError: when it could not be kept.
        """
        fresh, told = _checked_review(review), _checked_changes(changes)
        with self._database.write() as connection:
            held = self._new(
                connection,
                actor,
                fresh.title,
                fresh.scope,
                fresh.checklist,
                people=[{**one.model_dump(), "role": "member"} for one in fresh.participants],
                status=fresh.status,
                version=fresh.version,
                created=fresh.created,
                previous=fresh.previous,
                revision=told[-1].number if told else 0,
            )
            here = {"review_id": held.review.id, "author": ""}
            if fresh.answers:
                rows = [{**one.model_dump(), **here, "withdrawn": False, "author": one.person} for one in fresh.answers]
                connection.execute(insert(ANSWERS), rows)
            if fresh.comments:
                rows = [{**one.model_dump(), **here, "position": place} for place, one in enumerate(fresh.comments)]
                connection.execute(insert(COMMENTS), rows)
            _add_items(held, _items_of(fresh))
            if told:
                rows = [{**one.model_dump(), "review_id": held.review.id, "author": ""} for one in told]
                connection.execute(insert(CHANGES), rows)
            held.log("review", None, {"title": fresh.title, "restored": review.id})
            return self._finished(held)


def _add_items(held: Held, items: Sequence[Item]) -> None:
    if items:
        key = {"review_id": held.review.id, **held.by}
        rows = [
            {**key, "kind": kind_of(one), "id": one.id, "position": place, "version": one.version}
            | {"content": content_of(one)}
            for place, one in enumerate(items)
        ]
        held.connection.execute(insert(ITEMS), rows)


def _items_of(review: Review) -> list[Item]:
    return [item for field in FIELDS.values() for item in getattr(review, field)]


def _checked_review(review: Review) -> Review:
    """Return a review from outside in which everything fits together.

    Raises:
        ReviewError: when something does not; the reason says where.
    """
    checklist = checklist_to_keep(review.checklist)
    bare = review.model_copy(update={"checklist": checklist, **{field: [] for field in FIELDS.values()}})
    fresh = checked(bare, "the review")
    items = {field: [_with_id(checked_item(item)) for item in getattr(review, field)] for field in FIELDS.values()}
    for kind, field in FIELDS.items():
        room_for(kind, 0, len(items[field]))
        _each_once(f"{field}, id", (item.id for item in items[field]))
    if len(fresh.participants) >= PARTICIPANTS_AT_MOST or len(fresh.comments) > COMMENTS_AT_MOST:
        raise refused(
            "review",
            f"A review has room for {PARTICIPANTS_AT_MOST} participants and {COMMENTS_AT_MOST:,} comments; the file "
            f"holds {len(fresh.participants)} (the lead comes on top) and {len(fresh.comments):,}.",
        )
    _each_once("participants, id", (one.id for one in fresh.participants))
    _each_once("comments, id", (one.id for one in fresh.comments))
    _each_once("answers, question and person", (f"{one.question} {one.person}" for one in fresh.answers))
    people = {TEAM, *(one.id for one in fresh.participants)}
    for answer in fresh.answers:
        if answer.person not in people:
            raise refused("answers", f"The answer to {answer.question} is by {answer.person!r}, who takes no part.")
    answers = [_checked_answer(checklist, answer) for answer in fresh.answers]
    return fresh.model_copy(update={**items, "answers": answers, "title": one_line(fresh.title, "title")})


def _checked_changes(changes: Sequence[Change]) -> list[Change]:
    """Return changes from outside in their order.

    Raises:
        ReviewError: when they are too many, or their numbers are none.
    """
    told = sorted((checked(one, f"change {one.number}") for one in changes), key=lambda one: one.number)
    if len(told) > CHANGES_AT_MOST:
        raise refused("changes", f"The file tells of {len(told):,} changes; a review keeps {CHANGES_AT_MOST:,}.")
    numbers = [one.number for one in told]
    if numbers and not (numbers[0] >= 1 and numbers[-1] <= HIGHEST_NUMBER and len(set(numbers)) == len(numbers)):
        raise refused("changes", "In the file, the changes are not numbered from 1 up, each with a number of its own.")
    return told


def _checked_answer(checklist: Checklist, answer: Answer) -> Answer:
    question = checklist.question(answer.question)
    if question is None:  # taken out of the checklist; its answers are kept
        return answer
    return answer.model_copy(update=checked_answer(question, answer.question, answer).model_dump())


def _with_id(item: Item) -> Item:
    return item if item.id and item.version >= 1 else item.model_copy(update={"id": item.id or new_id(), "version": 1})


def _each_once(what: str, found: Iterable[str]) -> None:
    counted = Counter(found)
    wrong = next((key for key, times in counted.items() if times > 1 or not key.strip() or len(key) > ID), None)
    if wrong is not None:
        raise refused(what, f"In the file, {what}: {wrong[:ID]!r} is blank, too long or there twice.")


def _is_open(action: Action) -> bool:
    return action.status not in ("done", "dropped")
