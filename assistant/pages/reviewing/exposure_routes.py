"""What follows from the nodes: time to survive, gap and margin at risk beside the table, and the charts."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

from assistant.pages.reviewing.door import Door, actor_of
from assistant.pages.reviewing.drawn import money_shown, share_shown, weeks_shown
from assistant.pages.reviewing.pictures import coverage_picture, exposure_picture, loss_picture, tts_shown
from assistant.pages.reviewing.pictures_spread import concentration_picture, countries_picture
from tools.risk.concentration import concentration
from tools.risk.errors import refused
from tools.risk.exposure import closing_of, exposure_of, exposures
from tools.risk.progress import steps
from tools.risk.shared import shared_sub_tiers, switch_gaps

if TYPE_CHECKING:
    from tools.risk.exposure import Exposure
    from tools.risk.store import Reviews

MOST_LISTED = 100


def exposure_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of what is worked out from the nodes."""
    router = APIRouter(route_class=Door)

    @router.get("/{review_id}/exposure")
    def all_rows(request: Request, review_id: str) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        found = exposures(review)
        return {"revision": review.revision, "rows": {one.node: row_of(one) for one in found}}

    @router.get("/{review_id}/exposure/{node_id}")
    def worked(request: Request, review_id: str, node_id: str) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        node = next((one for one in review.nodes if one.id == node_id), None)
        if node is None:
            raise refused("node", "This node was removed meanwhile.")
        found = exposure_of(node, review.scope)
        closing = closing_of(found)
        return {
            **row_of(found),
            "at_risk_said": money_shown(found.margin_at_risk, found.currency),
            "assumptions": found.assumptions,
            "steps": found.steps,
            "closing": closing.said if closing else "",
            "share_of_limit": share_shown(found.share_of_limit) if found.share_of_limit is not None else "",
        }

    @router.get("/{review_id}/charts")
    def charts(request: Request, review_id: str) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        found, categories, currency = exposures(review), concentration(review), review.scope.currency
        shared = shared_sub_tiers(review)
        late = [one for one in switch_gaps(review) if one.gap]
        return {
            "revision": review.revision,
            "pictures": [
                coverage_picture(steps(review)),
                exposure_picture(found, currency),
                loss_picture(found, review.scope.loss_limit, currency),
                concentration_picture(categories),
                countries_picture(categories),
            ],
            "shared": [{"kind": one.kind, "name": one.name, "said": one.said} for one in shared[:MOST_LISTED]],
            "late": [
                f"{one.name}: to move the volume takes {weeks_shown(one.switch)} weeks, but it survives "
                f"{weeks_shown(one.tts)}, so the switch comes {weeks_shown(one.gap)} weeks too late."
                for one in late[:MOST_LISTED]
            ],
            "doubts": [f"{one.category}: {doubt}" for one in categories for doubt in (*one.warnings, *one.left_out)][
                :MOST_LISTED
            ],
        }

    return router


def row_of(found: "Exposure") -> dict[str, Any]:
    """Return what stands beside a node in the table; numbers to sort by, and the words that are shown."""
    return {
        "tts": found.tts,
        "no_limit": found.tts_no_limit,
        "gap": found.gap,
        "at_risk": found.margin_at_risk,
        "tts_said": tts_shown(found),
        "gap_said": weeks_shown(found.gap),
        "at_risk_said": money_shown(found.margin_at_risk),
        "over": bool(found.over_limit),
        "out_too_long": bool(found.over_stockout_limit),
        "missing": found.missing,
        "warnings": found.warnings,
    }
