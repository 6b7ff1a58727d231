"""Which action of a review is meant: the open ones in an order that stays, and those named."""

from collections.abc import Sequence
from typing import Any

from assistant.toolbox.review_words import folded
from tools.risk.flags import proposals
from tools.risk.review import Action, Review

Output = dict[str, Any]


def open_actions(review: Review) -> list[Action]:
    """Return the actions that are neither done nor dropped and those proposed, as they are numbered from 1.

    What is proposed keeps its number when somebody takes it; actions of the team's own come last.
    """
    kept = [one for one in review.actions if one.status not in ("done", "dropped")]
    everything = proposals(review.model_copy(update={"actions": []}))
    order = {one.origin: place for place, one in enumerate(everything)}
    return sorted(kept + proposals(review), key=lambda one: order.get(one.origin, len(order)))


def shown(place: int, action: Action) -> Output:
    """Return an action as it is shown under a number."""
    return {
        "number": place,
        "text": action.text,
        "origin": action.origin,
        "owner": action.owner,
        "due": action.due.isoformat() if action.due else None,
        "measure": action.measure,
        "status": action.status,
    }


def named(actions: Sequence[Action], said: str) -> list[Action]:
    """Return the actions of an origin or text; one that was kept already comes before its proposal.

    Where nothing is said of it, the only open one is meant.
    """
    name = said.casefold().strip(" .")
    if not name:
        left = [one for one in actions if one.status not in ("done", "dropped")]
        return left if len(left) == 1 else []
    found = [one for one in actions if name in (one.origin.casefold(), one.text.casefold().strip(" ."), one.id)]
    if found:
        return found[:1]
    words = set(folded(name).split())
    held = [one for one in actions if words and words <= set(folded(one.text).split())]
    texts = {one.text.casefold() for one in held}
    return held[:1] if len(texts) == 1 else held
