"""The report of a review: a preview for the page, and the files in five formats."""

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from markdown_it import MarkdownIt

from assistant.pages.reviewing.door import Door, actor_of
from tools.risk.store.errors import ReviewNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tools.risk.report import Report
    from tools.risk.review import Change, Review
    from tools.risk.store import Actor, Reviews

Format = Literal["docx", "xlsx", "pdf", "md", "json"]
KINDS: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def report_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of the report."""
    router = APIRouter(route_class=Door)

    @router.get("/{review_id}/report")
    def preview(request: Request, review_id: str) -> dict[str, str | int]:
        review = reviews.open(actor_of(request), review_id)
        written = write(review, "md", earlier(reviews, actor_of(request), review), changes(reviews, request, review))
        return {"revision": review.revision, "html": renderer().render(written.decode())}

    @router.get("/{review_id}/report.{kind}")
    def download(request: Request, review_id: str, kind: Format) -> Response:
        review = reviews.open(actor_of(request), review_id)
        name = quote(file_name(review.title))
        return Response(
            write(review, kind, earlier(reviews, actor_of(request), review), changes(reviews, request, review)),
            media_type=KINDS[kind],
            headers={
                "Content-Disposition": f"attachment; filename=\"review.{kind}\"; filename*=UTF-8''{name}.{kind}",
                "Cache-Control": "no-store",
            },
        )

    return router


def earlier(reviews: "Reviews", actor: "Actor", review: "Review") -> "Review | None":
    """Return the review that one continues; None if it continues none, or one that is gone or not the actor's."""
    try:
        return reviews.open(actor, review.previous) if review.previous else None
    except ReviewNotFoundError:
        return None


def changes(reviews: "Reviews", request: Request, review: "Review") -> "list[Change]":
    """Return who changed what and when up to the revision of a review that was read."""
    found = reviews.changes(actor_of(request), review.id)
    return [one for one in found if one.number <= review.revision]


def write(review: "Review", kind: Format, previous: "Review | None" = None, changes: "Sequence[Change]" = ()) -> bytes:
    """Return a review's report as a file, compared with the `previous` one and with who changed what and when.

    The JSON file holds the review itself and its changes.
    """
    from tools.risk import report as reports

    if kind == "json":
        return reports.as_json(review, changes=changes).encode()
    writers: dict[str, Callable[[Report], str | bytes]] = {
        "docx": reports.as_word,
        "xlsx": reports.as_excel,
        "pdf": reports.as_pdf,
        "md": reports.as_markdown,
    }
    made = writers[kind](reports.build_report(review, date.today(), previous, changes))
    return made.encode() if isinstance(made, str) else made


def file_name(title: str) -> str:
    """Return a name for a file from a title."""
    return re.sub(r"[^\w-]+", "-", title.lower()).strip("-")[:80] or "review"


@cache
def renderer() -> MarkdownIt:
    """Return what turns the report's Markdown to HTML: tables and text, but no HTML of users, links or images."""
    return (
        MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "html_inline"])
    )
