"""Takes back what somebody entered into a review, where nobody has changed it since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.toolbox.review_nodes import is_node_table
from assistant.toolbox.review_words import answer_words, node_words, scope_words, short
from assistant.toolbox.review_writing import Writer
from tools.risk.checklist import Question
from tools.risk.progress import is_open
from tools.risk.review import Action, Answer, Change, Given, ItemKind, Node, Review, Scope
from tools.risk.store import Actor, ConflictError, Reviews


@dataclass
class TakenBack:
    """What was taken back in words, what stays and why, and the nodes and questions that it concerned."""

    said: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


class Undoer:
    """Takes back the actor's own changes between two revisions of a review, the latest first."""

    def __init__(self, store: Reviews, actor: Actor, review_id: str):
        self._store, self._actor, self._id = store, actor, review_id
        self.done = TakenBack()

    def undo(self, after: int, until: int) -> TakenBack:
        """Take back each own change after one revision and up to another.

        Raises:
            ReviewError: when the review is finished.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        own = [one for one in self._store.changes(self._actor, self._id, after, own=True) if one.number <= until]
        tables = self._tables() if any(one.what.startswith("node ") for one in own) else []
        for change in reversed(own):
            kind, _, which = change.what.partition(" ")
            if kind == "answer" and which in [one.id for one in tables]:
                continue  # its rows follow the nodes
            try:
                self._one(kind, which, change)
            except ConflictError as error:
                self.done.stays.append(str(error))
        for table in tables:
            self._refill(table)
        return self.done

    def _one(self, kind: str, which: str, change: Change) -> None:
        review = self._store.open(self._actor, self._id)
        if kind == "node":
            self._item(next((one for one in review.nodes if one.id == which), None), change)
        elif kind == "action":
            self._item(next((one for one in review.actions if one.id == which), None), change)
        elif kind == "answer":
            self._answer(review, which, change)
        elif kind == "scope":
            self._scope(review, change)
        elif kind == "comment" and isinstance(change.after, Mapping):
            self.done.stays.append(f'The remark "{short(str(change.after.get("text", "")))}" stays: remarks are kept.')

    def _item(self, now: Node | Action | None, change: Change) -> None:
        """Take back what was entered of a node or an action; one that was added is removed."""
        if now is None:
            return
        name = now.name if isinstance(now, Node) else f'Action "{now.text}"'
        added, before, after = change.before is None, _fields(change.before), _fields(change.after)
        dumped = now.model_dump(mode="json")
        if any(dumped.get(field_) != value for field_, value in after.items() if field_ not in ("id", "version")):
            self.done.stays.append(f"{name} stays as it is: it was changed since.")
        elif added:
            kind: ItemKind = "node" if isinstance(now, Node) else "action"
            self._store.remove(self._actor, self._id, kind, now.id, now.version)
            self.done.said.append(f"{name}: removed")
        else:
            kept = self._store.save(self._actor, self._id, type(now).model_validate(dumped | before))
            self.done.nodes += [kept.name] if isinstance(kept, Node) else []
            self.done.said.append(_back(kept, now, list(before)))

    def _answer(self, review: Review, which: str, change: Change) -> None:
        question = review.checklist.question(which)
        person = _fields(change.after).get("person", "")
        now = next((one for one in review.answers if one.question == which and one.person == person), None)
        if question is None or now is None:
            return
        given = Given.model_validate(now.model_dump(include=set(Given.model_fields)))
        if given != _given(change.after):
            self.done.stays.append(f"{answer_words(question, given)} stays: it was changed since.")
            return
        before = _given(change.before)
        self._put(question, before, now)
        self.done.questions.append(which)
        self.done.said.append(_answer_back(question, given, before))

    def _put(self, question: Question, before: Given, now: Answer) -> None:
        if is_open(before):
            self._store.withdraw(self._actor, self._id, question.id, now.version)
        else:
            self._store.answer(self._actor, self._id, question.id, before, now.version)

    def _scope(self, review: Review, change: Change) -> None:
        before, after = _fields(change.before), _fields(change.after)
        dumped = review.scope.model_dump(mode="json")
        if any(dumped.get(name) != value for name, value in after.items()):
            self.done.stays.append("The scope stays as it is: it was changed since.")
            return
        earlier = Scope.model_validate(dumped | before)
        self._store.set_scope(self._actor, self._id, earlier, review.version)
        gone = [name for name in after if dumped.get(name) != before.get(name)]
        self.done.said.append(f"{scope_words(review.scope, gone)}: taken out")

    def _tables(self) -> list[Question]:
        review = self._store.open(self._actor, self._id)
        me = self._store.me(self._actor, self._id).id
        mine = [one.question for one in review.answers if one.person == me and not one.unknown]
        found = [review.checklist.question(one) for one in mine]
        return [one for one in found if one is not None and is_node_table(one)]

    def _refill(self, table: Question) -> None:
        """Let a table of nodes hold the nodes that are left."""
        review = self._store.open(self._actor, self._id)
        if review.nodes:
            Writer(self._store, self._actor, self._id, review.revision).fill_table(table)
            return
        me = self._store.me(self._actor, self._id).id
        now = next((one for one in review.answers if one.question == table.id and one.person == me), None)
        if now:
            left = Given.model_validate(now.model_dump(include=set(Given.model_fields)) | {"value": None})
            self._put(table, left, now)


def _fields(kept: Any) -> dict[str, Any]:
    return dict(kept) if isinstance(kept, Mapping) else {}


def _given(kept: Any) -> Given:
    return Given.model_validate({name: value for name, value in _fields(kept).items() if name in Given.model_fields})


def _answer_back(question: Question, was: Given, now: Given) -> str:
    """Say what an answer holds again, and what is gone from it."""
    head = f"{question.id} {question.short or question.ask}"
    if is_open(now):
        return f"{head}: open again"
    fields = [name for name in Given.model_fields if getattr(was, name) != getattr(now, name)]
    gone = [name for name in fields if getattr(now, name) in (None, "", False)]
    if len(gone) == len(fields):
        return f"{answer_words(question, was, gone)} taken out"
    return f"{head}: again {answer_words(question, now).removeprefix(f'{head}: ')}"


def _back(kept: Node | Action, was: Node | Action, fields: list[str]) -> str:
    """Say what an item holds again."""
    if isinstance(kept, Node) and isinstance(was, Node):
        there = node_words(kept, fields)
        bare = [name for name in fields if getattr(kept, name, None) in (None, "", [])]
        gone = node_words(was, bare).partition(": ")[2] if bare else ""
        said = f"{there} again" if ": " in there else kept.name
        return f"{said}{'; ' if ': ' in there else ': '}{gone} taken out" if gone else said
    return f'Action "{kept.text if isinstance(kept, Action) else ""}" as it was before'
