"""The short names by which people speak of risks and actions, the same on the page, in the chat and in the report."""

from collections.abc import Sequence

from tools.risk.flags import proposals
from tools.risk.review import Review, Risk


def risk_names(risks: Sequence[Risk]) -> dict[str, str]:
    """Return the name of each risk by its id: R1 is the one that was entered first."""
    return {risk.id: f"R{place}" for place, risk in enumerate(risks, 1)}


def action_names(review: Review) -> dict[str, str]:
    """Return the name of each action by its id: A1 is the one that was entered first, whatever became of it."""
    return {action.id: f"A{place}" for place, action in enumerate(review.actions, 1)}


def proposal_names(review: Review) -> dict[str, str]:
    """Return the name of each proposed action by its origin: P1, P2; one keeps it when others are taken or dismissed.

    A proposal that is taken becomes an action, with a name of its own.
    """
    bare = review.model_copy(update={"actions": []})
    origins = dict.fromkeys(one.origin for one in (*proposals(bare), *proposals(review)))
    return {origin: f"P{place}" for place, origin in enumerate(origins, 1)}
