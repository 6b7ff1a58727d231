"""The door of routes that take JSON: bodies are limited, and every failure leaves as one clear sentence."""

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

from assistant.pages.conversations import NoOwnerError

log = logging.getLogger(__name__)
SMALL_BODY = 100_000
LARGEST_BODY = 2_000_000
BODIES = ("POST", "PUT", "PATCH")
FAILED = "Something went wrong. The server's log has the details."
MORE_REASONS = 5
_ZERO = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class Body(BaseModel):
    """What a route takes; fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid")


class Door(APIRoute):
    """A route that takes JSON of limited size and answers failures with {detail} and what else is known."""

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
                return self.refusal(error) or answer_to(error)

        return through

    def refusal(self, error: Exception) -> JSONResponse | None:  # noqa: ARG002 - the areas look at it
        """Return the answer for a failure that the routes behind this door know; None for all others."""
        return None

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
    """Return the answer for a failure that is not special to an area."""
    match error:
        case NoOwnerError():
            return refused(401, str(error))
        case RequestValidationError():
            wrong = [{"field": _where(one["loc"]), "reason": _reason(one)} for one in error.errors()]
            return refused(422, " ".join(one["reason"] for one in wrong[:MORE_REASONS]), wrong=wrong)
        case HTTPException():
            return refused(error.status_code, str(error.detail))
        case ClientDisconnect():
            return refused(400, "The browser went away before it had sent everything.")
    log.error("a route failed", exc_info=error)
    return refused(500, FAILED)


def refused(status: int, detail: str, **more: Any) -> JSONResponse:
    """Return a failure as the pages read it."""
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
