"""Which action of a review is meant: the open ones with their numbers, and those named."""

from collections.abc import Sequence
from typing import Any

from assistant.toolbox.review_words import folded
from tools.risk.flags import proposals
from tools.risk.numbering import action_names, proposal_names
from tools.risk.review import Action, Review

Output = dict[str, Any]


def open_actions(review: Review) -> list[Action]:
    """Return the actions that are neither done nor dropped, in the order of their numbers, and those proposed."""
    return [one for one in review.actions if one.status not in ("done", "dropped")] + proposals(review)


def shown(review: Review, actions: Sequence[Action]) -> list[Output]:
    """Return actions as they are shown, under the numbers that the page and the report give them: A1, P2."""
    kept, proposed = action_names(review), proposal_names(review)
    return [
        {
            "number": kept[one.id] if one.id else proposed.get(one.origin, ""),
            "text": one.text,
            "origin": one.origin,
            "owner": one.owner,
            "due": one.due.isoformat() if one.due else None,
            "measure": one.measure,
            "status": one.status,
        }
        for one in actions
    ]


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
