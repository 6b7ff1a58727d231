"""The register and the board: levels with their reasons, heat maps, what is overdue, and proposed actions."""

from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

from assistant.pages.reviewing.door import Body, Door, actor_of
from assistant.pages.reviewing.drawn import money_shown
from assistant.pages.reviewing.heat import heat_picture
from assistant.pages.reviewing.item_reading import read_fields
from tools.risk.errors import ReviewError, refused
from tools.risk.exposure import exposure_of
from tools.risk.flags import flags, proposals
from tools.risk.judgement import anchors, by_severity, check_risk, inherent, residual
from tools.risk.numbering import action_names, proposal_names, risk_names
from tools.risk.owning import check_owning
from tools.risk.review import CLOSED, Action, Review, Risk

if TYPE_CHECKING:
    from tools.risk.store import Reviews

GONE = "This proposal was taken or dismissed meanwhile, or it no longer applies: look at the list again."


class Decided(Body):
    """What becomes of a proposal: the action as it was typed, or, with `dismissed`, that there will be none."""

    origin: str
    fields: dict[str, Any]
    dismissed: bool = False


def register_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of the register, the board and the proposals."""
    router = APIRouter(route_class=Door)

    @router.get("/{review_id}/register")
    def register(request: Request, review_id: str) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        ordered, numbers = by_severity(review.risks), risk_names(review.risks)
        return {
            "revision": review.revision,
            "order": [risk.id for risk in ordered],
            "ratings": {risk.id: rated(review, risk) for risk in ordered},
            "numbers": numbers,
            "pictures": [heat_picture(ordered, numbers), heat_picture(ordered, numbers, of_residual=True)],
            "proposals": proposed(review),
        }

    @router.get("/{review_id}/board")
    def board(request: Request, review_id: str) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        today = date.today()
        late = {
            action.id: (today - action.due).days
            for action in review.actions
            if action.due and action.due < today and action.status not in CLOSED
        }
        return {
            "revision": review.revision,
            "late": late,
            "names": action_names(review),
            "origins": {action.id: origin_of(review, action) for action in review.actions},
            "proposals": proposed(review),
        }

    @router.post("/{review_id}/proposals", status_code=201)
    def decide(request: Request, review_id: str, decided: Decided) -> Action:
        actor = actor_of(request)
        review = reviews.open(actor, review_id)
        found = next((one for one in proposals(review) if one.origin == decided.origin), None)
        if found is None:
            raise refused("origin", GONE)
        read = read_fields("action", decided.fields)
        changes = {**read, "origin": found.origin, **({"status": "dropped"} if decided.dismissed else {})}
        taken = Action.model_validate({**found.model_dump(), **changes})
        wrong = check_owning(taken, review, date.today(), set(read))
        if wrong:
            raise ReviewError(wrong)
        return reviews.save(actor, review_id, taken)

    return router


def rated(review: Review, risk: Risk) -> dict[str, Any]:
    """Return the levels of a risk with their reasons, what its entry lacks, and what its nodes' numbers say."""
    now, after = inherent(risk), residual(risk)
    return {
        "level": now.level,
        "why": now.why,
        "after": after.level,
        "after_why": after.why if risk.residual_likelihood or risk.residual_impact else "",
        "lacking": [wrong.reason for wrong in check_risk(risk)],
        "numbers": numbers_of(review, risk),
    }


def numbers_of(review: Review, risk: Risk) -> str:
    """Say which impact the margin at risk of the most exposed node of a risk stands for; "" where it is not known."""
    found = [exposure_of(node, review.scope) for node in review.nodes if node.id in risk.nodes]
    known = [(one, one.impact) for one in found if one.margin_at_risk is not None and one.impact is not None]
    if not known:
        return ""
    worst, impact = max(known, key=lambda pair: pair[0].margin_at_risk or 0.0)
    return (
        f"By its margin at risk ({money_shown(worst.margin_at_risk, worst.currency)}), {worst.name} alone stands at "
        f"impact {impact}, {anchors().impact[impact].name.lower()}."
    )


def proposed(review: Review) -> list[dict[str, str]]:
    """Return the proposed actions, each with what raised it."""
    why = {flag.origin: f"{flag.text}. {flag.why}" for flag in flags(review)}
    names = proposal_names(review)
    return [
        {
            "origin": one.origin,
            "name": names[one.origin],
            "text": one.text,
            "measure": one.measure,
            "why": why.get(one.origin, origin_of(review, one)["text"]),
            **{key: value for key, value in origin_of(review, one).items() if key != "text"},
        }
        for one in proposals(review)
    ]


def origin_of(review: Review, action: Action) -> dict[str, str]:
    """Return where an action comes from, in words and as a place of the page (its tab, question and node)."""
    kind, _, which = action.origin.partition(" ")
    if kind == "flag":
        question = review.checklist.question(which)
        if question:
            return {"text": f"Question {which}: {question.short or question.ask[:60]}", "tab": "steps", "q": which}
        return {"text": f"Check of the numbers: {which.replace('_', ' ')}", "tab": "overview"}
    if kind == "exposure":
        node = next((one for one in review.nodes if one.id == which), None)
        return {
            "text": f"Exposure of {node.name if node else 'a node that was removed'}",
            "tab": "nodes",
            "node": which,
        }
    if kind == "risk":
        risk = next((one for one in review.risks if one.id == which), None)
        return {"text": f"Risk: {risk.title if risk else 'removed'}", "tab": "register", "node": which}
    return {"text": action.origin}
