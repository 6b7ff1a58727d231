"""The people of a review: names, the invitation, where each of them stands, and who changed what."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request

from assistant.pages.reviewing.door import Body, Door, actor_of
from assistant.pages.reviewing.view import ShownChange, told
from tools.risk.checklist import LONGEST_LINE
from tools.risk.errors import refused
from tools.risk.review import Comment, Participant

if TYPE_CHECKING:
    from tools.risk.store import Reviews

MOST_CHANGES = 500
NO_NAME = "Type a name, so that the others know who answered."
LONG_NAME = f"The name is longer than {LONGEST_LINE} characters: shorten it."
NO_REMARK = "The comment is blank: type what you want to say."


class NewName(Body):
    """What somebody is to be called."""

    name: str


class Position(Body):
    """The question that somebody looks at now, and the one that they left for later."""

    question: str
    skipped: str = ""


class NewLead(Body):
    """Who is to lead; "" for whoever asks, where the lead has gone."""

    participant: str = ""


class NewComment(Body):
    """A remark; `about` is the id of a question, node, risk or action, or "" for the review."""

    about: str = ""
    text: str


def people_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of people."""
    router = APIRouter(route_class=Door)

    @router.put("/{review_id}/me")
    def rename(request: Request, review_id: str, new: NewName) -> Participant:
        name = " ".join(new.name.split())
        if not name:
            raise refused("name", NO_NAME)
        if len(name) > LONGEST_LINE:
            raise refused("name", LONG_NAME)
        return reviews.rename_me(actor_of(request), review_id, name)

    @router.put("/{review_id}/lead")
    def lead(request: Request, review_id: str, new: NewLead) -> Participant:
        actor = actor_of(request)
        if new.participant:
            return reviews.hand_over(actor, review_id, new.participant)
        return reviews.take_lead(actor, review_id)

    @router.put("/{review_id}/me/position")
    def move(request: Request, review_id: str, to: Position) -> Participant:
        return reviews.move(actor_of(request), review_id, to.question, to.skipped)

    @router.get("/{review_id}/invitation")
    def invitation(request: Request, review_id: str) -> dict[str, str]:
        return {"token": reviews.invitation(actor_of(request), review_id)}

    @router.post("/{review_id}/invitation")
    def renew(request: Request, review_id: str, _nothing: Body) -> dict[str, str]:
        return {"token": reviews.renew_invitation(actor_of(request), review_id)}

    @router.get("/{review_id}/changes")
    def changes(
        request: Request, review_id: str, since: Annotated[int, Query(ge=0, le=2**53)] = 0
    ) -> list[ShownChange]:
        actor = actor_of(request)
        review, me = reviews.open(actor, review_id), reviews.me(actor, review_id)
        return told(review, me, reviews.changes(actor, review_id, since)[-MOST_CHANGES:])

    @router.post("/{review_id}/comments", status_code=201)
    def comment(request: Request, review_id: str, new: NewComment) -> Comment:
        if not new.text.strip():
            raise refused("text", NO_REMARK)
        return reviews.comment(actor_of(request), review_id, new.about, new.text)

    return router
