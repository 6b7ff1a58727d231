"""Title, scope, status and checklist of a review: one version for the four of them."""

from typing import Any, get_args

from sqlalchemy import select, update

from tools.risk.checklist import Checklist, Question
from tools.risk.checklists import check_fit
from tools.risk.errors import refused
from tools.risk.review import Review, ReviewStatus, Scope
from tools.risk.store.base import REVIEW, Actor, Held, Kept, conflict, digest_of, last_change
from tools.risk.store.checking import checked, one_line
from tools.risk.store.rows import as_answer, difference
from tools.risk.store.tables import ANSWERS, CHECKLISTS
from tools.risk.store.whole import checklist_to_keep


class Settings(Kept):
    """The part of the store that keeps what belongs to a review as a whole.

    Each call takes the review's `version` that the writer saw and returns the review. All of them raise ConflictError
    when title, scope, status or checklist were changed since (`current` is the review as it stands now), ReviewError
    when the new one cannot be taken or the review is finished, ReviewNotFoundError when there is no such review for
    the actor, and StoreError when it could not be kept.
    """

    def set_title(self, actor: Actor, review_id: str, title: str, version: int) -> Review:
        """Give a review another title."""
        line = one_line(title, "title")
        with self._change(actor, review_id) as held:
            if line == held.review.title:
                return self._whole(held.connection, held.review)
            self._check(held, version)
            held.log("title", held.review.title, line)
            return self._set(held, {"title": line})

    def set_scope(self, actor: Actor, review_id: str, scope: Scope, version: int) -> Review:
        """Say anew what a review covers."""
        fresh = checked(scope, "scope").model_dump(mode="json")
        with self._change(actor, review_id) as held:
            before, after = difference(Scope.model_validate(held.review.scope).model_dump(mode="json"), fresh)
            if not after:
                return self._whole(held.connection, held.review)
            self._check(held, version)
            held.log("scope", before, after)
            return self._set(held, {"scope": fresh})

    def set_status(self, actor: Actor, review_id: str, status: ReviewStatus, version: int) -> Review:
        """Pause, finish or reopen a review."""
        if status not in get_args(ReviewStatus):
            raise refused("status", f"A review is {', '.join(get_args(ReviewStatus))}, and not {status!r}.")
        with self._change(actor, review_id, finished_too=True) as held:
            if status == held.review.status:
                return self._whole(held.connection, held.review)
            self._check(held, version)
            held.log("status", held.review.status, status)
            return self._set(held, {"status": status})

    def set_checklist(self, actor: Actor, review_id: str, checklist: Checklist, version: int) -> Review:
        """Change the questions; answers to questions that are taken out are kept, and come back with them.

        A question that was answered is refused a change after which one of its answers would no longer fit, or would
        mean something else.
        """
        fresh = checklist_to_keep(checklist)
        content = fresh.model_dump(mode="json")
        with self._change(actor, review_id) as held:
            old = self._checklist(held.connection, held.review)
            if old == fresh:
                return self._whole(held.connection, held.review)
            self._check(held, version)
            for before in old.questions:
                after = fresh.question(before.id)
                if after is not None and after != before:
                    _check_answers(held, before, after)
            held.log("checklist", *_questions_changed(old, fresh))
            same = CHECKLISTS.c.review_id == review_id
            held.connection.execute(update(CHECKLISTS).where(same).values(content=content))
            return self._set(held, {"checklist": digest_of(content)})

    def _check(self, held: Held, version: int) -> None:
        if version != held.review.version:
            who = last_change(held.connection, held.review.id, "title", "scope", "status", "checklist")
            raise conflict("The review", who, self._whole(held.connection, held.review))

    def _set(self, held: Held, values: dict[str, Any]) -> Review:
        held.values |= {**values, "version": held.review.version + 1}
        held.write_down()
        held.logged.clear()
        row = held.connection.execute(REVIEW, {"of": held.review.id}).one()
        return self._whole(held.connection, row)


def _check_answers(held: Held, before: Question, after: Question) -> None:
    one = (ANSWERS.c.review_id == held.review.id, ANSWERS.c.question == before.id, ANSWERS.c.withdrawn.is_(False))
    for row in held.connection.execute(select(ANSWERS).where(*one)):
        check_fit(before, after, as_answer(row).value, row.by)


def _questions_changed(old: Checklist, new: Checklist) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return of two checklists the questions in which they differ, by id."""
    before = {one.id: one.model_dump(mode="json") for one in old.questions}
    after = {one.id: one.model_dump(mode="json") for one in new.questions}
    return difference(before, after)
