"""Comparisons of making and buying: what follows from each, and the loss that a node would bring into one."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

from assistant.pages.reviewing.door import Door, actor_of
from assistant.pages.reviewing.drawn import NOT_KNOWN, money_shown
from tools.metrics.shown import number
from tools.risk.make_or_buy import IN_WORDS, Comparison, FullCost, compared

if TYPE_CHECKING:
    from tools.risk.store import Reviews

_PRICE = dict.fromkeys(("price", "variable cost"), "price or variable cost")


def make_or_buy_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of what follows from comparisons."""
    router = APIRouter(route_class=Door)

    @router.get("/{review_id}/make-or-buy")
    def worked(request: Request, review_id: str) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        currency = review.scope.currency
        return {
            "revision": review.revision,
            "formula": IN_WORDS,
            "found": [shown(compared(case, currency), currency) for case in review.make_or_buy],
        }

    return router


def shown(found: Comparison, currency: str) -> dict[str, Any]:
    """Return a comparison as the page shows it; texts only."""
    result = found.result
    if result is None:
        said = f"Not worked out yet, as not known: {', '.join(found.lacking)}."
        return {"id": found.case, "known": False, "said": said, "facts": [], "rows": [], "lists": []}
    facts = [
        ("Making, a year", money_shown(result.make.a_year, currency)),
        ("Buying, a year", money_shown(result.buy.a_year, currency)),
        ("Both cost the same at", _units(result.break_even)),
    ]
    if result.price_to_switch is not None:
        facts.append(("Price of buying at which both cost the same", money_shown(result.price_to_switch, currency)))
    lists = (
        ("Doubtful", result.warnings),
        ("Not known yet", result.missing),
        ("Worked out", result.steps),
        ("Taken for granted", result.assumptions),
    )
    return {
        "id": found.case,
        "known": True,
        "said": result.meaning,
        "facts": facts,
        "rows": _rows(result.make, result.buy, currency),
        "lists": [(title, texts) for title, texts in lists if texts],
    }


def _units(volume: float | None) -> str:
    return "no volume: one is cheaper throughout" if volume is None else f"{number(volume)} units a year"


def _rows(make: FullCost, buy: FullCost, currency: str) -> list[list[str]]:
    """Return the parts of either cost side by side; what is not judged says so."""
    sides = [{_PRICE.get(line.name, line.name): line.a_year for line in side.lines} for side in (make, buy)]
    rows = [
        [name, *(NOT_KNOWN if name not in side else money_shown(side[name], currency) for side in sides)]
        for name in dict.fromkeys([*sides[0], *sides[1]])
    ]
    return [*rows, ["in all", money_shown(make.a_year, currency), money_shown(buy.a_year, currency)]]
