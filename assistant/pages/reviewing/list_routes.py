"""The list of reviews: what there is, beginning one, joining, bringing a file in, copying and deleting."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from assistant.pages.reviewing.door import Body, Door, WideDoor, actor_of
from assistant.pages.reviewing.view import ReviewView, summary_of, view_of
from tools.risk.checklist import LONGEST_LINE
from tools.risk.errors import refused
from tools.risk.example import example_review
from tools.risk.review import Scope

if TYPE_CHECKING:
    from tools.risk.store import Actor, Reviews

NO_TITLE = "A review needs a title: type one, for example “Pump factory 2027”."
LONG_TITLE = f"The title is longer than {LONGEST_LINE} characters: shorten it."


class NewReview(Body):
    """A review that is begun."""

    title: str
    name: str = ""
    scope: Scope | None = None


class Invitation(Body):
    """An invitation as its link carries it."""

    token: str


class Joining(Invitation):
    """An invitation that is followed."""

    name: str = ""


class Named(Body):
    """Who asks for the example."""

    name: str = ""


class Copied(Body):
    """A review that continues another one."""

    title: str


def list_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of the list."""
    router = APIRouter(route_class=Door)
    router.include_router(_import_route(reviews))

    @router.get("")
    def listed(request: Request) -> list[dict[str, Any]]:
        actor = actor_of(request)
        return [summary_of(one) for one in reviews.listed(actor)]

    @router.post("", status_code=201)
    def begin(request: Request, new: NewReview) -> ReviewView:
        actor = actor_of(request, new.name)
        return view_of(reviews, actor, reviews.begin(actor, read_title(new.title), new.scope).id)

    @router.post("/example", status_code=201)
    def example(request: Request, visitor: Named) -> ReviewView:
        actor = actor_of(request, visitor.name)
        shown = example_review()
        there = next((one.id for one in reviews.listed(actor) if one.title == shown.title), None)
        return view_of(reviews, actor, there or reviews.restore(actor, shown).id)

    @router.post("/invited")  # reads only; posted, so that the invitation stands in no log of addresses
    def invited(request: Request, invitation: Invitation) -> dict[str, Any]:
        return asdict(reviews.invited(actor_of(request), invitation.token))

    @router.post("/join")
    def join(request: Request, joining: Joining) -> ReviewView:
        actor = actor_of(request, joining.name)
        return view_of(reviews, actor, reviews.join(actor, joining.token).id)

    @router.post("/{review_id}/copies", status_code=201)
    def copy(request: Request, review_id: str, new: Copied) -> ReviewView:
        actor = actor_of(request)
        return view_of(reviews, actor, reviews.copy(actor, review_id, read_title(new.title)).id)

    @router.delete("/{review_id}", status_code=204)
    def delete(request: Request, review_id: str) -> None:
        reviews.delete(actor_of(request), review_id)

    return router


def _import_route(reviews: "Reviews") -> APIRouter:
    """Return the route that takes a review's JSON file as it was exported."""
    router = APIRouter(route_class=WideDoor)

    @router.post("/import", status_code=201)
    async def bring_in(request: Request) -> dict[str, str]:
        actor = actor_of(request)
        text = (await request.body()).decode()
        return {"id": await run_in_threadpool(_restored, reviews, actor, text)}

    return router


def _restored(reviews: "Reviews", actor: "Actor", text: str) -> str:
    from tools.risk.report import read_file

    return reviews.restore(actor, *read_file(text)).id


def read_title(text: str) -> str:
    """Return a title that can be kept: on one line, neither blank nor too long.

    Raises:
        ReviewError: when it is blank or too long.
    """
    title = " ".join(text.split())
    if not title:
        raise refused("title", NO_TITLE)
    if len(title) > LONGEST_LINE:
        raise refused("title", LONG_TITLE)
    return title
