"""The routes below /learning: the catalogue, a concept's surroundings, the map, search, and what was read."""

from typing import TYPE_CHECKING, Annotated
from weakref import WeakKeyDictionary

from fastapi import APIRouter, HTTPException, Query, Request

from assistant.pages.conversations import owner_of
from assistant.pages.door import Body
from assistant.pages.learning.field import Fields, LearningField
from assistant.pages.learning.map import MOST_STEPS, ConceptMap, neighbourhood, whole_field
from assistant.pages.learning.told import Beside, Catalogue, beside, catalogue
from assistant.pages.quizzing.routes import QuizDoor
from knowledge.vault import slug

if TYPE_CHECKING:
    from assistant.chat import Chat

LONGEST_SEARCH = 200
LONGEST_SHOWN = 80
NO_CONCEPT = "There is no concept called “{name}”. Search for it, or choose one from its area."


class Ticked(Body):
    """Whether a concept was read."""

    done: bool


def learning_router(chat: "Chat") -> APIRouter:
    """Return the routes below /learning."""
    router = APIRouter(prefix="/learning", route_class=QuizDoor)
    fields = Fields()
    whole: WeakKeyDictionary[LearningField, ConceptMap] = WeakKeyDictionary()  # takes a second or two to lay out

    def found_in(name: str) -> tuple[LearningField, str]:
        """Return the field, and the title that a name in an address stands for."""
        now = fields.of(chat.vault)
        note = now.vault.note(name)
        if note is None:
            short = name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}\N{HORIZONTAL ELLIPSIS}"
            raise HTTPException(404, NO_CONCEPT.format(name=short))
        return now, note.title

    @router.get("")
    def all_of_it() -> Catalogue:
        return catalogue(fields.of(chat.vault))

    @router.get("/search")
    def search(text: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "") -> list[str]:
        return [slug(title) for title in fields.of(chat.vault).lookup.find(text)]

    @router.get("/concepts/{name}")
    def concept(name: str) -> Beside:
        return beside(*found_in(name))

    @router.get("/map")
    def field_map() -> ConceptMap:
        now = fields.of(chat.vault)
        if now not in whole:
            whole[now] = whole_field(now)
        return whole[now]

    @router.get("/map/{name}")
    def map_around(name: str, steps: Annotated[int, Query(ge=1, le=MOST_STEPS)] = 1) -> ConceptMap:
        now, title = found_in(name)
        return neighbourhood(now, title, steps)

    @router.get("/reads")
    def reads(request: Request) -> list[str]:
        known = fields.of(chat.vault).vault.notes
        return sorted(slug(title) for title in chat.quizzes.reads(owner_of(request.cookies)) if title in known)

    @router.put("/reads/{name}", status_code=204)
    def read(request: Request, name: str, new: Ticked) -> None:
        _, title = found_in(name)
        chat.quizzes.read(owner_of(request.cookies), title, new.done)

    return router
