"""Rows become the models of a review, and models become rows."""

from typing import Any

from sqlalchemy import Connection, Row, Table, select

from tools.risk.checklist import Checklist
from tools.risk.review import (
    Action,
    Answer,
    Change,
    Comment,
    Given,
    ItemKind,
    MakeOrBuyCase,
    Node,
    Participant,
    ProductLine,
    Review,
    Risk,
    Scenario,
    Scope,
    StressRun,
)
from tools.risk.store.errors import Item
from tools.risk.store.tables import ANSWERS, COMMENTS, ITEMS, PARTICIPANTS

KINDS: dict[ItemKind, type[Item]] = {
    "node": Node,
    "line": ProductLine,
    "risk": Risk,
    "action": Action,
    "scenario": Scenario,
    "stress_run": StressRun,
    "make_or_buy": MakeOrBuyCase,
}
FIELDS: dict[ItemKind, str] = {
    "node": "nodes",
    "line": "lines",
    "risk": "risks",
    "action": "actions",
    "scenario": "scenarios",
    "stress_run": "stress_runs",
    "make_or_buy": "make_or_buy",
}
"""The field of a review that holds the items of a kind."""


def kind_of(item: Item) -> ItemKind:
    """Return the kind of an item."""
    return next(kind for kind, model in KINDS.items() if isinstance(item, model))


def name_of(item: Item) -> str:
    """Return what people call an item, in quotation marks, with its kind."""
    name = item.title if isinstance(item, Risk) else item.text if isinstance(item, Action) else item.name
    name = name if len(name) <= 60 else name[:59] + "\N{HORIZONTAL ELLIPSIS}"
    return f"{kind_of(item).replace('_', ' ').capitalize()} \u201c{name}\u201d"


def as_answer(row: Row[Any]) -> Answer:
    """Return an answer from its row."""
    kept = row._asdict()
    return Answer.model_validate({name: kept[name] for name in Answer.model_fields})


def as_item(row: Row[Any]) -> Item:
    """Return an item from its row."""
    return KINDS[row.kind].model_validate({**row.content, "id": row.id, "version": row.version})


def as_participant(row: Row[Any]) -> Participant:
    """Return a participant from their row, without the key."""
    kept = row._asdict()
    return Participant.model_validate({name: kept[name] for name in Participant.model_fields})


def as_comment(row: Row[Any]) -> Comment:
    """Return a comment from its row."""
    kept = row._asdict()
    return Comment.model_validate({name: kept[name] for name in Comment.model_fields})


def as_change(row: Row[Any]) -> Change:
    """Return a change from its row."""
    kept = row._asdict()
    return Change.model_validate({name: kept[name] for name in Change.model_fields})


def read_review(connection: Connection, row: Row[Any], checklist: Checklist) -> Review:
    """Return a whole review; all of it is from the transaction of the connection."""

    def rows(table: Table, *order: str) -> list[Row[Any]]:
        query = select(table).where(table.c.review_id == row.id).order_by(*(table.c[name] for name in order))
        return list(connection.execute(query))

    items: dict[str, list[Item]] = {field: [] for field in FIELDS.values()}
    for kept in rows(ITEMS, "position"):
        items[FIELDS[kept.kind]].append(as_item(kept))
    parts: dict[str, Any] = {
        **{name: getattr(row, name) for name in ("id", "title", "status", "revision", "version", "previous")},
        "created": row.created,
        "updated": row.updated,
        "checklist": checklist,
        "scope": Scope.model_validate(row.scope),
        "participants": [as_participant(one) for one in rows(PARTICIPANTS, "joined", "id")],
        "answers": [as_answer(one) for one in rows(ANSWERS, "question", "person") if not one.withdrawn],
        "comments": [as_comment(one) for one in rows(COMMENTS, "position")],
        **items,
    }
    return Review.model_validate(parts)


def content_of(item: Item) -> dict[str, Any]:
    """Return what an item says, without its id and version, as plain values."""
    return dict(item.model_dump(mode="json", exclude={"id", "version"}))


def given_of(given: Given) -> dict[str, Any]:
    """Return what an answer says, without who said it."""
    return given.model_dump(mode="json", include=set(Given.model_fields))


def difference(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return of two versions of a thing the fields in which they differ."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}
