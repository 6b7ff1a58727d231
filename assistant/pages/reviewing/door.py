"""The door of the review routes: bodies are limited JSON, and every failure leaves as one clear sentence."""

import json
import logging
import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from starlette.requests import ClientDisconnect

from assistant.pages.conversations import NoOwnerError, owner_of
from tools.risk.errors import ReviewError
from tools.risk.store import Actor, ConflictError, ReviewNotFoundError, StoreError

log = logging.getLogger(__name__)
SMALL_BODY = 100_000
LARGEST_BODY = 2_000_000
LARGEST_IMPORT = 20_000_000
BODIES = ("POST", "PUT", "PATCH")
NOT_HERE = (
    "This review is not here: it was deleted, or you do not take part in it. Ask one of its people for the "
    "invitation link."
)
FAILED = "Something went wrong. The server's log has the details."
MORE_REASONS = 5
_ZERO = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class Body(BaseModel):
    """What a route takes; fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid")


def actor_of(request: Request, name: str = "") -> Actor:
    """Return who acts: the owner of the browser's cookie, under the name that they typed.

    Raises:
        NoOwnerError: when the browser sends no cookie.
    """
    return Actor(owner_of(request.cookies), " ".join(name.split()))


class Door(APIRoute):
    """A route that takes JSON of limited size and answers failures with {detail, wrong, current}."""

    most = LARGEST_BODY

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with the door before it."""
        handle = super().get_route_handler()

        async def through(request: Request) -> Response:
            try:
                if request.method in BODIES:
                    request = await self._checked(request)
                return await handle(request)
            except Exception as error:
                return answer_to(error)

        return through

    async def _checked(self, request: Request) -> Request:
        """Read the body up to the limit, and hand it on as if it had just come."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise HTTPException(415, "Send JSON, and say so: Content-Type: application/json.")
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > self.most:
                raise HTTPException(413, f"This is larger than {self.most // 1_000_000} MB, the most that is taken.")
            parts.append(part)
        body = b"".join(parts)
        if size > SMALL_BODY:
            await run_in_threadpool(_refuse_unwritable, body)
        else:
            _refuse_unwritable(body)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        return Request(request.scope, receive)


class WideDoor(Door):
    """A door for files."""

    most = LARGEST_IMPORT


def _refuse_unwritable(body: bytes) -> None:
    """Refuse characters that neither a file nor a database can hold: a zero, or half of a pair.

    Raises:
        HTTPException: when there is one, or the body is no JSON.
    """
    try:
        found = json.loads(body)
        text = json.dumps(found, ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError as error:
        raise HTTPException(422, "The text holds half of a character that cannot be kept; type it again.") from error
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "What was sent is not JSON.") from error
    if _ZERO.search(text):
        raise HTTPException(422, "The text holds the character zero, which cannot be kept; leave it out.")


def answer_to(error: Exception) -> JSONResponse:
    """Return the answer for a failure."""
    match error:
        case NoOwnerError():
            return _told(401, str(error))
        case ReviewError():
            return _told(422, str(error), wrong=[one.model_dump() for one in error.wrong])
        case ConflictError():
            current = error.current.model_dump(mode="json") if isinstance(error.current, BaseModel) else None
            return _told(409, str(error), current=current)
        case ReviewNotFoundError():
            return _told(404, NOT_HERE)
        case StoreError():
            return _told(503, str(error))
        case RequestValidationError():
            wrong = [{"field": _where(one["loc"]), "reason": _reason(one)} for one in error.errors()]
            return _told(422, " ".join(one["reason"] for one in wrong[:MORE_REASONS]), wrong=wrong)
        case HTTPException():
            return _told(error.status_code, str(error.detail))
        case ClientDisconnect():
            return _told(400, "The browser went away before it had sent everything.")
    log.error("a review route failed", exc_info=error)
    return _told(500, FAILED)


def _told(status: int, detail: str, **more: Any) -> JSONResponse:
    return JSONResponse({"detail": detail, **more}, status_code=status, headers={"Cache-Control": "no-store"})


def _where(place: tuple[int | str, ...]) -> str:
    return ".".join(str(one) for one in place if one not in ("body", "query"))


def _reason(found: dict[str, Any]) -> str:
    """Say in a sentence which value cannot be taken, and why."""
    where = _where(found["loc"]) or "What was sent"
    if found["type"] == "extra_forbidden":
        return f"{where} is not known here; leave it out."
    if found["type"] == "missing":
        return f"{where} is missing."
    said = str(found["msg"]).removeprefix("Value error, ")
    return f"{where}: {said[:1].lower()}{said[1:]}."
