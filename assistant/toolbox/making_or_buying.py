"""Compares making and buying an item of a review at full cost, and keeps what was said of it with the review."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.toolbox.review_entries import OptionTold
from assistant.toolbox.review_nodes import nodes_named
from tools.metrics.shown import number, percent
from tools.risk.errors import ReviewError, Wrong
from tools.risk.make_or_buy import FORMULA, IN_WORDS, PARTS, SYMBOLS, compared
from tools.risk.review import MakeOrBuyCase, Review
from tools.risk.store import Actor, Reviews
from tools.risk.store.errors import as_review_error

LARGEST = 1e15
SHARES = ("duty", "holding_rate", "defect_share", "disruption_chance")
MOST = {"duty": 1.0, "holding_rate": 10.0, "defect_share": 1.0, "disruption_chance": 1.0, "stock_weeks": 520.0}
WORDS = {
    **PARTS,
    "price": "cost of a unit",
    "disruption_chance": "chance of an outage",
    "disruption_loss": "loss of an outage",
}


def comparison(
    store: Reviews,
    actor: Actor,
    review_id: str,
    name: str,
    volume: float | None = None,
    make: OptionTold | None = None,
    buy: OptionTold | None = None,
    *,
    keep: bool = True,
) -> dict[str, Any]:
    """Return what making and buying an item would cost, by what was said now and before, or what is lacking.

    An item that was compared before gets the figures that are new. Nothing is kept where nothing was said, or where
    `keep` is false.

    Raises:
        ReviewError: for a figure that cannot be right; nothing is kept then.
    """
    review = store.open(actor, review_id)
    before = _known(review, name)
    said = {"make": make.said if make else {}, "buy": buy.said if buy else {}}
    told = bool(said["make"] or said["buy"] or volume is not None)
    case = _merged(before or _begun(review, name), volume, said) if told else (before or _begun(review, name))
    kept = before is not None and not told
    if told and keep:
        case, kept = store.save(actor, review_id, case), True
    found = compared(case, review.scope.currency)
    result = found.result
    return {
        "name": case.name,
        "node": next((node.name for node in review.nodes if node.id == case.node), ""),
        "kept": kept,
        "lacking": found.lacking,
        "inputs": _inputs(case),
        "currency": review.scope.currency,
        "formula": FORMULA,
        "symbols": SYMBOLS,
        "in_words": IN_WORDS,
        **({} if result is None else result.model_dump(mode="json", exclude={"formula"})),
    }


def _known(review: Review, name: str) -> MakeOrBuyCase | None:
    """Return the comparison that a name means: of that name, or of the node that it means."""
    folded = " ".join(name.split()).casefold()
    same = [one for one in review.make_or_buy if one.name.casefold() == folded]
    nodes = {node.id for node in nodes_named(review.nodes, name)}
    of_node = [one for one in review.make_or_buy if one.node and nodes == {one.node}]
    holding = [one for one in review.make_or_buy if set(folded.split()) <= set(one.name.casefold().split())]
    return next((found[0] for found in (same, of_node, holding) if len(found) == 1), None)


def _begun(review: Review, name: str) -> MakeOrBuyCase:
    nodes = nodes_named(review.nodes, name)
    plain = " ".join(name.split()) or "Item"
    return MakeOrBuyCase(name=plain[:300], node=nodes[0].id if len(nodes) == 1 else "")


def _merged(case: MakeOrBuyCase, volume: float | None, said: Mapping[str, Mapping[str, Any]]) -> MakeOrBuyCase:
    _check(volume, said)
    values = case.model_dump()
    for side, figures in said.items():
        values[side] |= figures
    if volume is not None:
        values["volume"] = volume
    try:
        return MakeOrBuyCase.model_validate(values)
    except ValidationError as error:
        raise as_review_error(error, f"make or buy of {case.name}") from error


def _check(volume: float | None, said: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse figures that cannot be right, in words: nothing below 0, no share above all, no time above ten years."""
    told = [("units a year", "volume", volume)] if volume is not None else []
    told += [
        (f"{WORDS[name]} of {'making' if side == 'make' else 'buying'}", name, value)
        for side, figures in said.items()
        for name, value in figures.items()
    ]
    wrong = []
    for what, name, value in told:
        most = MOST.get(name, LARGEST)
        if 0 <= value <= most:
            continue
        shown = percent(value) if name in SHARES else number(value)
        allowed = f"0 to {percent(most)}" if name in SHARES else f"0 to {number(most)}" if name in MOST else "0 or more"
        wrong.append(Wrong(field=name, reason=f"{what[0].upper()}{what[1:]}: {shown} cannot be right; give {allowed}."))
    if wrong:
        raise ReviewError(wrong)


def _inputs(case: MakeOrBuyCase) -> dict[str, Any]:
    """Return the figures as they were understood, those that are known."""
    sides = {"make": case.make.model_dump(exclude_none=True), "buy": case.buy.model_dump(exclude_none=True)}
    return {"volume": case.volume, **sides}
