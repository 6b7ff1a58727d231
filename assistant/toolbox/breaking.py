"""What would break the company of a risk review: the reverse stress test, as the chat tells it."""

from typing import Any

from tools.metrics.shown import number
from tools.risk.review import Review
from tools.risk.stress.breaking import reverse
from tools.risk.stress.results import ReverseResult

MOST_NODES = 5
MOST_SCENARIOS = 4


def breaking(review: Review, limit: float | None) -> dict[str, Any]:
    """Return the shortest outages and the mildest scenarios that pass a limit of loss, times in weeks.

    Raises:
        ReviewError: when neither a limit is given nor the scope states one, or it is not above 0.
    """
    found = reverse(review, limit)
    can = [one for one in found.nodes if one.shortest is not None]
    return {
        "limit": number(found.limit) if found.limit is not None else "",
        "currency": found.currency,
        "formula": found.formula,
        "assumptions": found.assumptions,
        "warnings": found.warnings,
        "nodes": [
            {"node": one.name, "weeks": one.shortest, "ttr": one.ttr, "breaks": one.breaks} for one in can[:MOST_NODES]
        ],
        "nodes_in_all": len(can),
        "never": [one.name for one in found.nodes if one.shortest is None],
        "pair": _pair(found),
        "scenarios": [
            {"name": one.name, "turned": one.turned, "now": one.now, "from": one.possible_from}
            for one in found.scenarios
            if one.possible_from is not None
        ][:MOST_SCENARIOS],
        "not_judged": [{"node": one.name, "missing": one.missing} for one in found.not_judged],
    }


def _pair(found: ReverseResult) -> dict[str, Any] | None:
    if found.pair is None:
        return None
    return {"nodes": list(found.pair.names), "weeks": found.pair.weeks, "breaks": found.pair.breaks}
