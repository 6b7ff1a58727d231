"""Merges what a chat says into a review; what somebody changed unseen is told and never overwritten."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.toolbox import review_actions
from assistant.toolbox.review_entries import ActionTold, AnswerTold, NodeTold, ScopeTold
from assistant.toolbox.review_nodes import node_rows, nodes_named
from assistant.toolbox.review_sources import check_shares, merged_sources, whole
from assistant.toolbox.review_words import (
    SCOPE_FIELDS,
    answer_words,
    bare,
    field_words,
    node_words,
    scope_words,
    short,
)
from tools.metrics.shown import number, percent, plural
from tools.risk.checklist import Question
from tools.risk.errors import ReviewError, refused
from tools.risk.flags import proposals
from tools.risk.progress import is_open, read_answer
from tools.risk.review import Action, Answer, Change, Given, Node, Review, Scope
from tools.risk.store import Actor, ConflictError, Reviews
from tools.risk.store.errors import as_review_error

MOST_WEEKS = 520.0
SHARES = ("alternate_share", "share_affected")


@dataclass
class Written:
    """What came of an entry: read back in words, what was refused and why, and where somebody else was faster."""

    recorded: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    which_action: list[dict[str, Any]] = field(default_factory=list)


class Writer:
    """Writes into one review for one actor, who saw it at the revision `seen`."""

    def __init__(self, store: Reviews, actor: Actor, review_id: str, seen: int):
        self._store, self._actor, self._id, self._seen = store, actor, review_id, seen
        self.done = Written()

    def write(
        self,
        nodes: Sequence[NodeTold],
        answers: Sequence[AnswerTold],
        scope: ScopeTold | None,
        actions: Sequence[ActionTold],
    ) -> Written:
        """Write entries one kind after the other; each that is reported as recorded is committed."""
        for told in nodes:
            self._guarded(lambda review, told=told: self._node(review, told))
        if scope and scope.said:
            self._guarded(lambda review: self._scope(review, scope))
        for one in answers:
            self._guarded(lambda review, one=one: self._answer(review, one))
        for action in actions:
            self._guarded(lambda review, action=action: self._action(review, action))
        return self.done

    def fill_table(self, question: Question) -> None:
        """Enter what is known of the nodes as the rows of a table of nodes that is asked."""

        def enter(review: Review) -> None:
            rows = node_rows(question, review.nodes)
            own = _own(review, self._me, question.id)
            if rows and not (own and own.unknown):
                self._answer(review, AnswerTold(question=question.id, value=rows), quiet=True)

        self._guarded(enter)

    @property
    def _me(self) -> str:
        return self._store.me(self._actor, self._id).id

    def _guarded(self, write: Any) -> None:
        """Run a change on the review as it stands; once more if somebody else came in between."""
        for attempt in (1, 2):
            try:
                return write(self._store.open(self._actor, self._id))  # type: ignore[no-any-return]
            except ReviewError as error:
                self.done.problems += [wrong.reason for wrong in error.wrong]
                return None
            except ConflictError as error:
                if attempt == 2:
                    self.done.conflicts.append(str(error))
        return None

    def _unseen(self, what: str) -> list[Change]:
        return [one for one in self._store.changes(self._actor, self._id, self._seen) if one.what == what]

    def _node(self, review: Review, told: NodeTold) -> None:
        known = nodes_named(review.nodes, told.name)
        if len(known) > 1:
            names = " or ".join(f'"{node.name}"' for node in known)
            raise refused("name", f'"{told.name}" could be {names}: say which one is meant.')
        if not known and not bare(told.name):
            raise refused("name", f"{short(told.name)!r} holds no name: say what the part, supplier or site is called.")
        before = known[0] if known else Node(name=bare(told.name))
        said = {
            name: value for name, value in told.said.items() if name not in ("name", "sources", "only_these_sources")
        }
        if told.sources:
            only = told.only_these_sources or whole(told.sources)
            said["sources"] = merged_sources(before.sources, told.sources, only=only)
            check_shares(before.name, said["sources"])
        changed = {name: value for name, value in said.items() if getattr(before, name) != value}
        lost = self._clashes(self._unseen(f"node {before.id}") if before.id else [], before.model_dump(), changed)
        if lost:
            self.done.conflicts += [f"{node_words(before, one)} {who} Nothing was overwritten." for one, who in lost]
            self.done.nodes.append(before.name)
            return
        _check_range(before.name, changed)
        try:
            after = Node.model_validate(before.model_dump() | _plain(changed))
        except ValidationError as error:
            raise as_review_error(error, before.name) from error
        kept = self._store.save(self._actor, self._id, after)
        self.done.nodes.append(kept.name)
        self.done.recorded.append(node_words(kept, changed or said, before=before if before.id else None))

    def _clashes(
        self, unseen: Iterable[Change], now: Mapping[str, Any], changed: Mapping[str, Any]
    ) -> list[tuple[list[str], str]]:
        """Return which of the changed fields somebody else has changed since they were seen, and who."""
        found = []
        for change in unseen:
            touched = change.after if isinstance(change.after, dict) else {}
            fields = [name for name in changed if name in touched and now.get(name) not in (None, "", [], False)]
            if fields:
                found.append((fields, f"({change.by} changed it on {change.at:%d %B at %H:%M} UTC.)"))
        return found[-1:]

    def _scope(self, review: Review, told: ScopeTold) -> None:
        now = review.scope
        changed = {name: value for name, value in told.said.items() if getattr(now, name) != value}
        if not changed:
            return
        lost = self._clashes(self._unseen("scope"), now.model_dump(), changed)
        if lost:
            self.done.conflicts += [f"{scope_words(now, one)} {who} Nothing was overwritten." for one, who in lost]
            return
        negative = next(((name, value) for name, value in changed.items()
                         if isinstance(value, int | float) and value < 0), None)  # fmt: skip
        if negative:
            name, value = negative
            raise refused(name, f"{SCOPE_FIELDS[name]}: {number(value)} cannot be right; give 0 or more.")
        try:
            after = Scope.model_validate(now.model_dump() | changed)
        except ValidationError as error:
            raise as_review_error(error, "scope") from error
        self._store.set_scope(self._actor, self._id, after, review.version)
        self.done.recorded.append(scope_words(after, list(changed)))

    def _answer(self, review: Review, told: AnswerTold, *, quiet: bool = False) -> None:
        question = review.checklist.question(told.question)
        if question is None:
            raise refused("question", f"There is no question {told.question!r} in this review: take an id like 1.3.")
        own = _own(review, self._me, question.id)
        before = Given.model_validate(own.model_dump(include=set(Given.model_fields))) if own else Given()
        said = {name: value for name, value in told.said.items() if name != "question"}
        if "value" in said:
            read = read_answer(question, said["value"])
            said["value"] = read.value
            self.done.recorded += read.left_out
        if said.get("unknown"):
            said |= {"value": None, "maturity": None}
        elif said.keys() & {"value", "maturity"}:
            said["unknown"] = False
        if "comment" in said and before.comment and said["comment"] not in before.comment:
            said["comment"] = f"{before.comment}\n{said['comment']}"
        changed = {name: value for name, value in said.items() if getattr(before, name) != value}
        mine = [one for one in self._unseen(f"answer {question.id}") if _of(one, self._me)]
        lost = self._clashes(mine, before.model_dump(), changed) if own else []
        if lost:
            stands = answer_words(question, before)
            self.done.conflicts += [f"{stands} {who} Nothing was overwritten." for _, who in lost]
            return
        after = before.model_copy(update=changed)
        if is_open(after):
            self._remark(question, said)
            return
        self._store.answer(self._actor, self._id, question.id, after, own.version if own else 0)
        self.done.answers.append(question.id)
        if not quiet:
            self.done.recorded.append(answer_words(question, after, changed))

    def _remark(self, question: Question, said: Mapping[str, Any]) -> None:
        """Keep words that are no answer yet as a remark on their question."""
        words = "; ".join(str(said[name]) for name in ("comment", "evidence") if said.get(name))
        if not words:
            raise refused(
                question.id, f"Nothing was answered to {question.id}: say a value, a level, or that it is not known."
            )
        self._store.comment(self._actor, self._id, question.id, words)
        self.done.recorded.append(f'{question.id} {question.short or question.ask}: remark "{short(words)}"')

    def _action(self, review: Review, told: ActionTold) -> None:
        open_ = review_actions.open_actions(review)
        known = review_actions.named([*review.actions, *proposals(review)], told.action)
        if told.new and not known:
            known = [Action(text=told.action)]
        if len(known) != 1:
            self.done.which_action = review_actions.shown(review, open_)
            raise refused("action", _which(told.action, bool(open_)))
        said = {name: value for name, value in told.said.items() if name not in ("action", "new")}
        if told.due and told.due < date.today():
            past = f"{told.due:%d %B %Y} is past, so it is not taken as a due date. By when will it be done?"
            self.done.problems.append(past)
            said.pop("due")
            if not said and not told.new:
                return
        lost = self._clashes(self._unseen(f"action {known[0].id}") if known[0].id else [], known[0].model_dump(), said)
        if lost:
            self.done.conflicts += [f'Action "{known[0].text}" {who} Nothing was overwritten.' for _, who in lost]
            return
        settled = known[0].status == "proposed" and (not told.new or (told.owner and said.get("due")))
        agreed = {"status": "agreed"} if settled else {}
        kept = self._store.save(self._actor, self._id, known[0].model_copy(update=said | agreed))
        due = f"due {kept.due:%d %B %Y}" if kept.due else "due date still open"
        self.done.recorded.append(f"Action: {kept.text} ({kept.owner or 'owner still open'}, {due})")


def _which(said: str, any_: bool) -> str:
    if not any_:
        return "There is no action yet that could be given to anybody."
    about = f' by "{short(said)}"' if said.strip() else ""
    return f"Which action is meant{about}? Say its number, or words of it."


def _check_range(name: str, changed: Mapping[str, Any]) -> None:
    """Refuse numbers that cannot be right, in words: nothing below 0, no share above all, no time above ten years."""
    for field_, value in changed.items():
        if not isinstance(value, int | float) or isinstance(value, bool):
            continue
        most = 1.0 if field_ in SHARES else MOST_WEEKS if field_.endswith("_weeks") else math.inf
        if not 0 <= value <= most:
            allowed = (
                "0 to 100 %"
                if field_ in SHARES
                else f"0 to {MOST_WEEKS:g} weeks"
                if most == MOST_WEEKS
                else "0 or more"
            )
            said = (
                percent(value) if field_ in SHARES else plural(value, "week") if most == MOST_WEEKS else number(value)
            )
            raise refused(field_, f"{name}: {said} cannot be right for its {field_words(field_)}; give {allowed}.")


def _plain(changed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [one.model_dump() if isinstance(one, BaseModel) else one for one in value]
        if isinstance(value, list)
        else value
        for name, value in changed.items()
    }


def _own(review: Review, me: str, question: str) -> Answer | None:
    return next((one for one in review.answers if one.question == question and one.person == me), None)


def _of(change: Change, person: str) -> bool:
    after = change.after if isinstance(change.after, dict) else change.before if isinstance(change.before, dict) else {}
    return bool(after.get("person", person) == person)
