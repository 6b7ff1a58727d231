"""Past conversations over HTTP, for the side bar: list, search, rename, delete, export."""

import hashlib
import re
from datetime import UTC
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel

from assistant.history import History, HistoryError, NotFoundError, Turn
from assistant.pages.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.chat import Chat

COOKIE = "scm_owner"
NO_COOKIE = (
    "This browser sends no cookie, so its conversations cannot be told from those of others: "
    "allow cookies for this page and reload it."
)
_TOKEN = re.compile(r"[0-9a-f]{64}")


class NoOwnerError(PermissionError):
    """The request carries no owner cookie."""


class NewTitle(BaseModel):
    """What a conversation is to be called."""

    title: str


def is_token(value: str) -> bool:
    """Whether a cookie's value can be an owner's token."""
    return bool(_TOKEN.fullmatch(value))


def owner_of(cookies: "Mapping[str, str]") -> str:
    """Return whose conversations a request may touch: a digest of the browser's secret token.

    Raises:
        NoOwnerError: when there is no such token.
    """
    token = cookies.get(COOKIE, "")
    if not is_token(token):
        raise NoOwnerError(NO_COOKIE)
    return hashlib.sha256(token.encode()).hexdigest()


def conversations_router(chat: "Chat", runs: Runs) -> APIRouter:
    """Return the routes below /conversations, and /status."""
    router = APIRouter()

    @router.get("/status")
    def status() -> dict[str, Any]:
        now = chat.status()
        return {
            "ready": now.ready,
            "message": now.message,
            "done": now.done,
            "total": now.total,
            "notices": list(now.notices),
            "max_input_chars": chat.settings.max_input_chars,
        }

    @router.get("/conversations")
    def conversations(request: Request, search: str = "") -> list[dict[str, str]]:
        found = chat.history.conversations(owner_of(request.cookies), search[:200])
        return [
            {"id": entry.id, "title": entry.title, "updated": entry.updated_at.replace(tzinfo=UTC).isoformat()}
            for entry in found
        ]

    @router.patch("/conversations/{conversation_id}")
    def rename(request: Request, conversation_id: str, new: NewTitle) -> dict[str, str]:
        try:
            chat.history.rename(owner_of(request.cookies), conversation_id, new.title)
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        return {"title": chat.history.conversation(owner_of(request.cookies), conversation_id).title}

    @router.delete("/conversations/{conversation_id}", status_code=204)
    def delete(request: Request, conversation_id: str) -> None:
        owner = owner_of(request.cookies)
        runs.stop(owner, conversation_id)
        chat.history.delete(owner, conversation_id)

    @router.get("/conversations/{conversation_id}/export")
    def export(request: Request, conversation_id: str) -> Response:
        owner = owner_of(request.cookies)
        title = chat.history.conversation(owner, conversation_id).title
        name = re.sub(r"[^\w-]+", "-", title.lower()).strip("-") or "conversation"
        return Response(
            conversation_markdown(chat.history, owner, conversation_id),
            media_type="text/markdown; charset=utf-8",
            headers={
                "Content-Disposition": f"attachment; filename=\"conversation.md\"; filename*=UTF-8''{quote(name)}.md"
            },
        )

    @router.get("/conversations/{conversation_id}/answers/{position}")
    def answer(request: Request, conversation_id: str, position: int) -> Response:
        turns = chat.history.turns(owner_of(request.cookies), conversation_id)
        if not 0 <= position < len(turns):
            raise NotFoundError("there is no such answer here")
        return Response(answer_markdown(turns[position]), media_type="text/plain; charset=utf-8")

    return router


def conversation_markdown(history: History, owner: str, conversation_id: str) -> str:
    """Return a conversation as Markdown: its questions as headings, below each the answer and its sources.

    Raises:
        NotFoundError: when it does not exist or is another owner's.
    """
    conversation = history.conversation(owner, conversation_id)
    parts = [f"# {conversation.title}", f"SCM Assistant, {conversation.updated_at:%Y-%m-%d %H:%M} UTC"]
    for turn in history.turns(owner, conversation_id):
        asked = "\n".join(f"> {line}" for line in turn.question.splitlines())
        parts += ["## Question", asked, "## Answer", answer_markdown(turn) or "_No answer was kept._"]
    return "\n\n".join(parts) + "\n"


def answer_markdown(turn: Turn) -> str:
    """Return an answer with its sources, as it is copied or exported."""
    answer = turn.reply
    if answer is None:
        return ""
    sources = [f"- [{citation.number}] {citation.title}, {citation.section}" for citation in answer.citations]
    return answer.text + ("\n\nSources:\n" + "\n".join(sources) if sources else "")


def problem(error: Exception) -> tuple[int, str]:
    """Return the HTTP status and the sentence for an error that a page may show."""
    match error:
        case NoOwnerError():
            return 401, str(error)
        case NotFoundError():
            return 404, "This conversation is not here: it was deleted, or it belongs to another browser."
        case HistoryError():
            return 503, str(error)
    return 500, "Something went wrong. The server's log has the details."
