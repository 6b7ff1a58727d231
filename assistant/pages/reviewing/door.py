"""The door of the review routes: who acts, and how the failures of reviews are told."""

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from assistant.pages.conversations import owner_of
from assistant.pages.door import Body, refused
from assistant.pages.door import Door as AnyDoor
from tools.risk.errors import ReviewError
from tools.risk.store import Actor, ConflictError, ReviewNotFoundError, StoreError

__all__ = ["Body", "Door", "WideDoor", "actor_of"]
LARGEST_IMPORT = 20_000_000
NOT_HERE = (
    "This review is not here: it was deleted, or you do not take part in it. Ask one of its people for the "
    "invitation link."
)

NO_FILE = "This is no whole JSON file, so nothing was read: choose a file that “Save as file” made of a review."


def actor_of(request: Request, name: str = "") -> Actor:
    """Return who acts: the owner of the browser's cookie, under the name that they typed.

    Raises:
        NoOwnerError: when the browser sends no cookie.
    """
    return Actor(owner_of(request.cookies), " ".join(name.split()))


class Door(AnyDoor):
    """A route of reviews; its failures are {detail, wrong, current}."""

    def refusal(self, error: Exception) -> JSONResponse | None:
        """Return the answer for a failure of reviews."""
        match error:
            case ReviewError():
                return refused(422, str(error), wrong=[one.model_dump() for one in error.wrong])
            case ConflictError():
                current = error.current.model_dump(mode="json") if isinstance(error.current, BaseModel) else None
                return refused(409, str(error), current=current)
            case ReviewNotFoundError():
                return refused(404, NOT_HERE)
            case StoreError():
                return refused(503, str(error))
        return None


class WideDoor(Door):
    """A door for files."""

    most = LARGEST_IMPORT

    def refusal(self, error: Exception) -> JSONResponse | None:
        """Return the answer for a failure; what is no JSON at all is told as a file."""
        if isinstance(error, HTTPException) and error.status_code == 400:
            return refused(400, NO_FILE)
        return super().refusal(error)
