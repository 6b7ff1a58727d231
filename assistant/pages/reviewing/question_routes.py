"""Questions of a team's own: added to its copy of the checklist, changed there and removed from it."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from assistant.pages.reviewing.door import Body, Door, actor_of
from tools.risk.checklist import Column, Condition, QuestionKind
from tools.risk.checklists import changed_question, with_question, without_question

if TYPE_CHECKING:
    from tools.risk.store import Reviews


class OwnQuestion(Body):
    """A question as a team writes it; its id is given to it."""

    ask: str
    kind: QuestionKind
    short: str = ""
    why: str = ""
    evidence: str = ""
    options: list[str] = Field(default_factory=list)
    unit: str = ""
    columns: list[Column] = Field(default_factory=list)
    anchors: list[str] = Field(default_factory=list)
    only_if: Condition | None = None


class NewQuestion(Body):
    """A question of a team's own, and where it stands; `after` is a question of the step, "" for its end."""

    question: OwnQuestion
    step: int
    after: str = ""
    version: int


class ChangedQuestion(Body):
    """A question of a team's own as it is to read; `version` is the one that the writer saw."""

    question: OwnQuestion
    version: int


def question_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of questions of a team's own."""
    router = APIRouter(route_class=Door)

    @router.post("/{review_id}/questions", status_code=201)
    def add(request: Request, review_id: str, new: NewQuestion) -> dict[str, str | int]:
        actor = actor_of(request)
        before = reviews.checklist(actor, review_id)
        changed = with_question(before, new.question.model_dump(exclude_none=True), new.step, new.after)
        review = reviews.set_checklist(actor, review_id, changed, new.version)
        return {"id": f"own.{before.next_own}", "version": review.version}

    @router.put("/{review_id}/questions/{question_id}")
    def change(request: Request, review_id: str, question_id: str, new: ChangedQuestion) -> dict[str, int]:
        actor = actor_of(request)
        before = reviews.checklist(actor, review_id)
        changed = changed_question(before, question_id, new.question.model_dump())
        return {"version": reviews.set_checklist(actor, review_id, changed, new.version).version}

    @router.delete("/{review_id}/questions/{question_id}")
    def remove(
        request: Request, review_id: str, question_id: str, version: Annotated[int, Query(ge=0)]
    ) -> dict[str, int]:
        actor = actor_of(request)
        changed = without_question(reviews.checklist(actor, review_id), question_id)
        return {"version": reviews.set_checklist(actor, review_id, changed, version).version}

    return router
