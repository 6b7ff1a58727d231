"""Answers of a person and of the team: written, changed and withdrawn, never over an unseen change."""

from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, select, update

from tools.risk.review import TEAM, Answer, Given
from tools.risk.store.base import Actor, Held, Kept, conflict, said_by
from tools.risk.store.checking import checked_answer
from tools.risk.store.rows import as_answer, given_of
from tools.risk.store.tables import ANSWERS, PARTICIPANTS

_KEY: dict[Any, Any] = {
    ANSWERS.c.review_id: bindparam("of_review"),
    ANSWERS.c.question: bindparam("of_question"),
    ANSWERS.c.person: bindparam("of_person"),
}
_REST: dict[Any, Any] = {column: bindparam(column.name) for column in ANSWERS.c if column not in _KEY}
_ONE = and_(*(column == value for column, value in _KEY.items()))
_FIND = select(ANSWERS).where(_ONE)
_ADD = insert(ANSWERS).values(_KEY | _REST)
_SET = update(ANSWERS).where(_ONE).values(_REST)


class Answers(Kept):
    """The part of the store that keeps answers."""

    def answer(
        self, actor: Actor, review_id: str, question_id: str, given: Given, version: int, team: bool = False
    ) -> Answer:
        """Keep the actor's own answer to a question, or with `team` the one that the team agreed on.

        `version` is that of the answer that the writer saw, 0 if there was none. What is there already, word for
        word, is not written again, so a call may be repeated when its reply was lost. The question leaves the
        actor's list of skipped ones.

        Raises:
            ConflictError: when the answer was changed since; `current` is how it stands now.
            ReviewError: when the value does not fit the question, or the review is finished.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        with self._change(actor, review_id) as held:
            question = self._checklist(held.connection, held.review).question(question_id)
            fresh = checked_answer(question, question_id, given)
            key = _key(held, question_id, team)
            row = held.connection.execute(_FIND, key).one_or_none()
            current = None if row is None or row.withdrawn else as_answer(row)
            if current and given_of(current) == given_of(fresh):
                return current
            _check_version(row, current, question_id, version)
            values = {**given_of(fresh), "version": row.version + 1 if row else 1, "withdrawn": False, **held.by}
            held.connection.execute(_SET if row else _ADD, {**key, **values})
            _no_longer_skipped(held, question_id)
            made = Answer(question=question_id, person=_person(held, team), **_shown(values))
            held.log(f"answer {question_id}", _logged(current), _logged(made))
            return made

    def withdraw(self, actor: Actor, review_id: str, question_id: str, version: int, team: bool = False) -> None:
        """Take back the actor's own answer, or the team's; nothing happens if there is none.

        Raises:
            ConflictError: when it was changed since; `current` is how it stands now.
            ReviewError: when the review is finished.
            ReviewNotFoundError: when there is no such review for the actor.
            StoreError: when it could not be kept.
        """
        with self._change(actor, review_id) as held:
            key = _key(held, question_id, team)
            row = held.connection.execute(_FIND, key).one_or_none()
            if row is None or row.withdrawn:
                return
            current = as_answer(row)
            _check_version(row, current, question_id, version)
            blank = given_of(Given())
            values = {**blank, "version": row.version + 1, "withdrawn": True, **held.by}
            held.connection.execute(_SET, {**key, **values})
            held.log(f"answer {question_id}", _logged(current), None)


def _person(held: Held, team: bool) -> str:
    return TEAM if team else str(held.me.id)


def _key(held: Held, question_id: str, team: bool) -> dict[str, str]:
    return {"of_review": held.review.id, "of_question": question_id, "of_person": _person(held, team)}


def _check_version(row: Row[Any] | None, current: Answer | None, question_id: str, version: int) -> None:
    if version != (current.version if current else 0):
        raise conflict(f"The answer to {question_id}", said_by(row) if row else "it was not there", current)


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in Answer.model_fields}


def _logged(answer: Answer | None) -> dict[str, Any] | None:
    return answer.model_dump(mode="json", include={*Given.model_fields, "person"}) if answer else None


def _no_longer_skipped(held: Held, question_id: str) -> None:
    if question_id in held.me.skipped:
        left = [one for one in held.me.skipped if one != question_id]
        mine = and_(PARTICIPANTS.c.review_id == held.review.id, PARTICIPANTS.c.id == held.me.id)
        held.connection.execute(update(PARTICIPANTS).where(mine).values(skipped=left))
