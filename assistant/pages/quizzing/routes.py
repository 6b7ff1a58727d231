"""The routes below /quizzes: a quiz begun, answered, helped with, skipped, stopped; progress, and forgetting it."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from assistant.learning.models import Kind, QuizError, QuizNotFoundError
from assistant.pages.conversations import owner_of
from assistant.pages.door import Body, Door, refused
from assistant.pages.quizzing.view import marked_shown, quiz_shown
from knowledge.vault import slug
from tools.risk.store import StoreError

if TYPE_CHECKING:
    from assistant.learning.quizzes import Quizzes
    from knowledge.vault import Vault

LONGEST_ANSWER = 4000
LONGEST_NAME = 200
MOST_QUESTIONS = 50
Number = Annotated[int, Field(ge=1, le=MOST_QUESTIONS)]


class QuizDoor(Door):
    """A route of quizzes."""

    def refusal(self, error: Exception) -> JSONResponse | None:
        """Return the answer for a failure of quizzes."""
        match error:
            case QuizNotFoundError():
                return refused(404, str(error))
            case QuizError():
                return refused(422, str(error))
            case StoreError():
                return refused(503, str(error))
        return None


class NewQuiz(Body):
    """What a quiz is to be about; `again` is the quiz whose questions that were not right are asked once more."""

    area: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    concept: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    due: bool = False
    kinds: Annotated[list[Kind], Field(max_length=20)] = Field(default_factory=list)
    count: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] = 10
    hints_only: bool = False
    again: Annotated[str, Field(max_length=LONGEST_NAME)] = ""


class Given(Body):
    """An answer to a question."""

    number: Number
    text: Annotated[str, Field(max_length=LONGEST_ANSWER)]


class Grade(Body):
    """Whether somebody knew the answer that was then shown."""

    number: Number
    knew: bool


class Which(Body):
    """A question of a quiz."""

    number: Number


def quizzes_router(quizzes: "Quizzes", vault: "Vault") -> APIRouter:
    """Return the routes below /quizzes."""
    router = APIRouter(route_class=QuizDoor, prefix="/quizzes")

    @router.get("")
    def overview(request: Request, concept: Annotated[str, Query(max_length=LONGEST_NAME)] = "") -> dict[str, Any]:
        owner = owner_of(request.cookies)
        note = vault.note(concept) if concept else None
        current = quizzes.current(owner)
        return {
            "topics": [topic.model_dump() for topic in quizzes.topics()],
            "progress": progress_shown(quizzes, owner),
            "current": quiz_shown(current) if current else None,
            "concept": note.title if note else "",
        }

    @router.post("", status_code=201)
    def begin(request: Request, new: NewQuiz) -> dict[str, Any]:
        return quiz_shown(quizzes.begin(owner_of(request.cookies), **new.model_dump()))

    @router.delete("", status_code=204)
    def forget(request: Request) -> None:
        quizzes.forget(owner_of(request.cookies))

    @router.get("/{quiz_id}")
    def quiz(request: Request, quiz_id: str) -> dict[str, Any]:
        return quiz_shown(quizzes.quiz(owner_of(request.cookies), quiz_id))

    @router.post("/{quiz_id}/answer")
    def answer(request: Request, quiz_id: str, given: Given) -> dict[str, Any]:
        owner = owner_of(request.cookies)
        before = quizzes.quiz(owner, quiz_id)
        marked, after = quizzes.answer(owner, quiz_id, given.number, given.text)
        # Answered in another tab: the first mark counts, and the reader is told.
        late = before.asked is None or before.asked.number != given.number or before.asked.awaits_grade
        return {"marked": marked_shown(marked), "quiz": quiz_shown(after), "late": late}

    @router.post("/{quiz_id}/grade")
    def grade(request: Request, quiz_id: str, given: Grade) -> dict[str, Any]:
        marked, after = quizzes.grade(owner_of(request.cookies), quiz_id, given.number, given.knew)
        return {"marked": marked_shown(marked), "quiz": quiz_shown(after), "late": False}

    @router.post("/{quiz_id}/hint")
    def hint(request: Request, quiz_id: str, which: Which) -> dict[str, Any]:
        return quiz_shown(quizzes.hint(owner_of(request.cookies), quiz_id, which.number))

    @router.post("/{quiz_id}/skip")
    def skip(request: Request, quiz_id: str, which: Which) -> dict[str, Any]:
        return quiz_shown(quizzes.skip(owner_of(request.cookies), quiz_id, which.number))

    @router.post("/{quiz_id}/stop")
    def stop(request: Request, quiz_id: str) -> dict[str, Any]:
        return quiz_shown(quizzes.stop(owner_of(request.cookies), quiz_id))

    return router


def progress_shown(quizzes: "Quizzes", owner: str) -> dict[str, Any]:
    """Return somebody's progress for the page."""
    found = quizzes.progress(owner)
    shown = found.model_dump(mode="json")
    shown["weakest"] = [{**one.model_dump(), "slug": slug(one.title)} for one in found.weakest]
    return shown
