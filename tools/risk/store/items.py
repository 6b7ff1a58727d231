"""Nodes, lines, risks, actions, scenarios and stress runs, and comments on them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, and_, bindparam, delete, func, insert, select, update

from tools.risk.errors import refused
from tools.risk.review import Comment, ItemKind
from tools.risk.store.base import Actor, Held, Kept, conflict, last_change, new_id, said_by
from tools.risk.store.checking import COMMENTS_AT_MOST, checked_item, kind_named, remark, room_for
from tools.risk.store.errors import Item
from tools.risk.store.rows import KINDS, as_item, content_of, difference, name_of
from tools.risk.store.tables import COMMENTS, ID, ITEMS

_Some = TypeVar("_Some", bound=Item)
_AT_ONCE = 500
_SET = (
    update(ITEMS)
    .where(
        ITEMS.c.review_id == bindparam("of_review"),
        ITEMS.c.kind == bindparam("of_kind"),
        ITEMS.c.id == bindparam("of_id"),
    )
    .values({name: bindparam(name) for name in ("version", "content", "at", "by", "author")})
)


class Items(Kept):
    """The part of the store that keeps items and comments."""

    def save(self, actor: Actor, review_id: str, item: _Some) -> _Some:
        """Keep an item and return it with its id and version; a blank id creates, else `version` is the one seen.

        Raises:
            ConflictError: when it was changed or removed since; `current` is how it stands now.
            ReviewError: when a field cannot be taken, there is no room, or the review is finished.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        return self.save_all(actor, review_id, [item])[0]

    def save_all(self, actor: Actor, review_id: str, items: Sequence[_Some]) -> list[_Some]:
        """Keep several items, all or none, and return them in order; see `save`."""
        fresh: list[Any] = [checked_item(item) for item in items]
        kinds = [kind_named(item) for item in fresh]
        named = Counter((kind, item.id) for kind, item in zip(kinds, fresh, strict=True) if item.id)
        if twice := [item for kind, item in zip(kinds, fresh, strict=True) if item.id and named[kind, item.id] > 1]:
            raise refused("id", f"{name_of(twice[0])} is there twice: send each item once.")
        with self._change(actor, review_id) as held:
            saving = _Saving(held, kinds, fresh)
            for place, (kind, item) in enumerate(zip(kinds, fresh, strict=True)):
                fresh[place] = saving.change(kind, item) if item.id else saving.add(kind, item)
            saving.write_down()
        return fresh

    def remove(self, actor: Actor, review_id: str, kind: ItemKind, item_id: str, version: int) -> None:
        """Remove an item; nothing happens if it was removed before.

        Raises:
            ConflictError: when it was changed since; `current` is how it stands now.
            ReviewError: when there never was such an item, or the review is finished.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        with self._change(actor, review_id) as held:
            row = _rows(held, kind, [item_id]).get(item_id)
            if row is None:
                if _was_there(held, kind, item_id):
                    return
                raise _no_such(kind, item_id)
            item = as_item(row)
            if version != item.version:
                raise conflict(name_of(item), said_by(row), item)
            one = and_(ITEMS.c.review_id == review_id, ITEMS.c.kind == kind, ITEMS.c.id == item_id)
            held.connection.execute(delete(ITEMS).where(one))
            held.log(f"{kind} {item_id}", _logged(item), None)

    def bring_back(self, actor: Actor, review_id: str, item: _Some) -> _Some:
        """Put an item back that was removed, under its own id, so that what points to it and its comments hold again.

        Nothing happens if it is there again already; what stands there is returned.

        Raises:
            ReviewError: when there never was such an item, there is no room, or the review is finished.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        fresh: Any = checked_item(item)
        kind = kind_named(fresh)
        with self._change(actor, review_id) as held:
            there = _rows(held, kind, [fresh.id]).get(fresh.id)
            if there is not None:
                return as_item(there)  # type: ignore[return-value]
            if not _was_there(held, kind, fresh.id):
                raise _no_such(kind, fresh.id)
            saving = _Saving(held, [kind], [fresh.model_copy(update={"id": ""})])
            back = saving.add(kind, fresh, fresh.id, fresh.version + 1)
            saving.write_down()
            return back  # type: ignore[return-value]

    def comment(self, actor: Actor, review_id: str, about: str, text: str) -> Comment:
        """Keep a remark on a question, node, risk or action by its id, or on the review ("").

        Raises:
            ReviewError: when it is blank or too long, there is no room, or the review is finished.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        kept = remark(text)
        with self._change(actor, review_id) as held:
            checklist = self._checklist(held.connection, held.review)
            if about and checklist.question(about) is None and not _any_item(held, about):
                raise refused("about", f"There is nothing {about[:ID]!r} in this review to remark on: reload the page.")
            query = select(func.count(), func.max(COMMENTS.c.position)).where(COMMENTS.c.review_id == review_id)
            there, last = held.connection.execute(query).one()
            if there >= COMMENTS_AT_MOST:
                raise refused("text", f"A review has room for {COMMENTS_AT_MOST:,} comments, and all are taken.")
            made = Comment(id=new_id(), about=about, text=kept, by=held.me.name, at=held.now)
            place = 0 if last is None else last + 1
            row = {"review_id": review_id, "id": made.id, "position": place, "about": about, "text": kept, **held.by}
            held.connection.execute(insert(COMMENTS).values(row))
            held.log(f"comment {made.id}", None, {"about": about, "text": kept})
            return made


class _Saving:
    """Items that are written in one transaction, put together first."""

    def __init__(self, held: Held, kinds: Sequence[ItemKind], items: Sequence[Item]):
        self._held = held
        self._rows: dict[tuple[ItemKind, str], Row[Any]] = {}
        self._places: dict[ItemKind, int] = {}
        self._added: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []
        for kind in set(kinds):
            mine = [item for one, item in zip(kinds, items, strict=True) if one == kind]
            self._rows |= {
                (kind, key): row for key, row in _rows(held, kind, [one.id for one in mine if one.id]).items()
            }
            if new := sum(not one.id for one in mine):
                query = select(func.count(), func.max(ITEMS.c.position))
                query = query.where(ITEMS.c.review_id == held.review.id, ITEMS.c.kind == kind)
                there, last = held.connection.execute(query).one()
                room_for(kind, there, new)
                self._places[kind] = 0 if last is None else last + 1

    def add(self, kind: ItemKind, item: Item, item_id: str = "", version: int = 1) -> Item:
        """Give a new item its place, and its id unless it comes back under one."""
        made = item.model_copy(update={"id": item_id or new_id(), "version": version})
        key = {"review_id": self._held.review.id, "kind": kind, "id": made.id, "position": self._places[kind]}
        self._places[kind] += 1
        self._added.append({**key, "version": version, "content": content_of(made), **self._held.by})
        self._held.log(f"{kind} {made.id}", None, _logged(made))
        return made

    def change(self, kind: ItemKind, item: Item) -> Item:
        """Take a changed item, if nobody else changed it since it was seen."""
        row = self._rows.get((kind, item.id))
        if row is None:
            if not _was_there(self._held, kind, item.id):
                raise _no_such(kind, item.id)
            who = last_change(self._held.connection, self._held.review.id, f"{kind} {item.id}")
            raise conflict(name_of(item), who, None)
        current = as_item(row)
        if content_of(current) == content_of(item):
            return current
        if item.version != current.version:
            raise conflict(name_of(current), said_by(row), current)
        made = item.model_copy(update={"version": current.version + 1})
        key = {"of_review": self._held.review.id, "of_kind": kind, "of_id": item.id}
        self._changed.append({**key, "version": made.version, "content": content_of(made), **self._held.by})
        self._held.log(f"{kind} {item.id}", *difference(_logged(current), _logged(made)))
        return made

    def write_down(self) -> None:
        """Write all of them."""
        if self._added:
            self._held.connection.execute(insert(ITEMS), self._added)
        if self._changed:
            self._held.connection.execute(_SET, self._changed)


def _rows(held: Held, kind: ItemKind, ids: Sequence[str]) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for start in range(0, len(ids), _AT_ONCE):  # databases bound how many values a statement may name
        query = select(ITEMS).where(
            ITEMS.c.review_id == held.review.id, ITEMS.c.kind == kind, ITEMS.c.id.in_(ids[start : start + _AT_ONCE])
        )
        found |= {row.id: row for row in held.connection.execute(query)}
    return found


def _any_item(held: Held, item_id: str) -> bool:
    return any(_rows(held, kind, [item_id]) for kind in KINDS)


def _was_there(held: Held, kind: ItemKind, item_id: str) -> bool:
    return last_change(held.connection, held.review.id, f"{kind} {item_id}") != "somebody"


def _no_such(kind: ItemKind, item_id: str) -> Exception:
    called = kind.replace("_", " ")
    return refused("id", f"There is no {called} {item_id[:ID]!r} in this review: leave its id blank to add it.")


def _logged(item: Item) -> dict[str, Any]:
    """Return what the log says of an item; what a stress test gave is long and stands in the test itself."""
    kept = content_of(item)
    return {name: value for name, value in kept.items() if name != "result"}
