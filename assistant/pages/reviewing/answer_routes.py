"""Answers to the questions of a review: one's own, and the one that the team agreed on."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field

from assistant.pages.reviewing.door import Body, Door, actor_of
from tools.risk.progress import read_answer
from tools.risk.review import Answer, Given

if TYPE_CHECKING:
    from tools.risk.store import Reviews


class NewAnswer(Body):
    """An answer; `version` is the one that the writer saw, 0 if there was none."""

    given: Given
    version: Annotated[int, Field(ge=0)]
    team: bool = False


class KeptAnswer(Answer):
    """An answer as it was kept, and in sentences what was left out of what was sent (totals, blank rows)."""

    left_out: list[str] = Field(default_factory=list)


def answer_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of answers."""
    router = APIRouter(route_class=Door)

    @router.put("/{review_id}/answers/{question_id}")
    def answer(request: Request, review_id: str, question_id: str, new: NewAnswer) -> KeptAnswer:
        actor = actor_of(request)
        question = reviews.checklist(actor, review_id).question(question_id)
        left_out = read_answer(question, new.given.value).left_out if question else []
        kept = reviews.answer(actor, review_id, question_id, new.given, new.version, new.team)
        return KeptAnswer(**kept.model_dump(), left_out=left_out)

    @router.delete("/{review_id}/answers/{question_id}", status_code=204)
    def withdraw(
        request: Request, review_id: str, question_id: str, version: Annotated[int, Query(ge=0)], team: bool = False
    ) -> None:
        reviews.withdraw(actor_of(request), review_id, question_id, version, team)

    return router
