"""What a review is as a whole: title, scope, whether it is open, paused or finished."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

from assistant.pages.reviewing.door import Body, Door, actor_of
from assistant.pages.reviewing.list_routes import read_title
from assistant.pages.reviewing.scope_reading import read_scope
from assistant.pages.reviewing.view import ReviewView, view_of
from tools.risk.review import ReviewStatus

if TYPE_CHECKING:
    from tools.risk.store import Reviews


class NewTitle(Body):
    """What a review is to be called; `version` is the one that the writer saw, here and below."""

    title: str
    version: int


class NewScope(Body):
    """What a review covers, as it was typed."""

    scope: dict[str, Any]
    version: int


class NewStatus(Body):
    """Whether a review is open, paused or finished."""

    status: ReviewStatus
    version: int


def setting_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of a review as a whole."""
    router = APIRouter(route_class=Door)

    @router.get("/{review_id}")
    def opened(request: Request, review_id: str) -> ReviewView:
        return view_of(reviews, actor_of(request), review_id)

    @router.get("/{review_id}/revision")
    def revision(request: Request, review_id: str) -> dict[str, int]:
        return {"revision": reviews.revision(actor_of(request), review_id)}

    @router.put("/{review_id}/title")
    def title(request: Request, review_id: str, new: NewTitle) -> dict[str, int]:
        review = reviews.set_title(actor_of(request), review_id, read_title(new.title), new.version)
        return {"version": review.version}

    @router.put("/{review_id}/scope")
    def scope(request: Request, review_id: str, new: NewScope) -> dict[str, Any]:
        actor = actor_of(request)
        review = reviews.set_scope(actor, review_id, read_scope(new.scope), new.version)
        return {"version": review.version, "scope": review.scope}

    @router.put("/{review_id}/status")
    def status(request: Request, review_id: str, new: NewStatus) -> dict[str, int]:
        return {"version": reviews.set_status(actor_of(request), review_id, new.status, new.version).version}

    return router
