"""Nodes, product lines, risks, actions, scenarios and the like: what was typed is checked, kept and removed."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import ValidationError

from assistant.pages.reviewing.assets import drawing_library
from assistant.pages.reviewing.door import Body, Door, actor_of
from assistant.pages.reviewing.item_fields import FIELDS, SOURCE_FIELDS, declared, parted, plain
from assistant.pages.reviewing.item_reading import read_fields
from tools.risk.amounts import AmountError, read_amount
from tools.risk.errors import ReviewError, Wrong, refused
from tools.risk.judgement import LEVELS, anchors, check_risk
from tools.risk.owning import check_owning
from tools.risk.review import Action, MakeOrBuyCase, Node, ProductLine, Review, Risk, Scenario

if TYPE_CHECKING:
    from tools.risk.store import Reviews

Kind = Literal["node", "line", "risk", "action", "scenario", "make_or_buy"]
Item = Node | ProductLine | Risk | Action | Scenario | MakeOrBuyCase
MODELS: Mapping[Kind, type[Item]] = {
    "node": Node,
    "line": ProductLine,
    "risk": Risk,
    "action": Action,
    "scenario": Scenario,
    "make_or_buy": MakeOrBuyCase,
}
REMOVED = "This was removed meanwhile, so the change was not kept; add it anew if it is still wanted."
NAMED_TWICE = "There is a {what} called {name!r} already: choose another name, or change that one."
DECIDED = {"treatment", "approver", "review_date", "residual_likelihood", "residual_impact"}


class NewItem(Body):
    """What was typed into an empty form, by the names of its fields."""

    fields: dict[str, Any]


class NewLimit(Body):
    """The loss limit as it was typed, "" for none; `version` is the one of the review that the writer saw."""

    text: str
    version: int


class Restored(Body):
    """An item that was removed, as it stood."""

    item: dict[str, Any]


class ChangedItem(Body):
    """The fields that were typed anew; `version` is the one that the writer saw."""

    fields: dict[str, Any]
    version: int


def item_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of items."""
    router = APIRouter(route_class=Door)

    @router.get("/{review_id}/fields")
    def fields(request: Request, review_id: str) -> dict[str, Any]:
        reviews.revision(actor_of(request), review_id)
        scales = anchors()
        return {
            "fields": {kind: declared(kind) for kind in MODELS},
            "sources": plain(SOURCE_FIELDS),
            "likelihood": {level: one.model_dump() for level, one in scales.likelihood.items()},
            "impact": {level: one.model_dump() for level, one in scales.impact.items()},
            "levels": list(LEVELS),
            "meaning": scales.meaning,
            "drawing": drawing_library(),
        }

    @router.put("/{review_id}/loss-limit")
    def limit(request: Request, review_id: str, new: NewLimit) -> dict[str, int]:
        actor = actor_of(request)
        try:
            limit = read_amount(new.text, "money", least=0) if new.text.strip() else None
        except AmountError as error:
            raise refused(
                "loss_limit", f"Unacceptable loss: {error}, or leave it blank where none is agreed."
            ) from error
        scope = reviews.open(actor, review_id).scope.model_copy(update={"loss_limit": limit})
        return {"version": reviews.set_scope(actor, review_id, scope, new.version).version}

    @router.post("/{review_id}/items/{kind}", status_code=201)
    def add(request: Request, review_id: str, kind: Kind, new: NewItem) -> Item:
        actor = actor_of(request)
        review = reviews.open(actor, review_id)
        needed = [field.name for field in FIELDS[kind] if field.required]
        read = read_fields(kind, {**dict.fromkeys(needed, ""), **new.fields})
        item = made(kind, read)
        check(review, item, set(read))
        return reviews.save(actor, review_id, item)

    @router.post("/{review_id}/restored/{kind}", status_code=201)
    def restore(request: Request, review_id: str, kind: Kind, removed: Restored) -> Item:
        actor = actor_of(request)
        item = made(kind, removed.item)
        return reviews.bring_back(actor, review_id, item) if item.id else reviews.save(actor, review_id, item)

    @router.patch("/{review_id}/items/{kind}/{item_id}")
    def change(request: Request, review_id: str, kind: Kind, item_id: str, new: ChangedItem) -> Item:
        actor = actor_of(request)
        review = reviews.open(actor, review_id)
        found = next((one for one in items_of(review, kind) if one.id == item_id), None)
        if found is None:
            raise refused(kind, REMOVED)
        read = read_fields(kind, new.fields)
        item = made(kind, {**found.model_dump(), **read, "version": new.version})
        if found.version == new.version:  # of an older one, the store tells what changed meanwhile
            check(review, item, set(read), found)
        if isinstance(item, ProductLine) and item.name != found.name:
            return reviews.save_all(actor, review_id, [item, *renamed(review, found.name, item.name)])[0]
        return reviews.save(actor, review_id, item)

    @router.delete("/{review_id}/items/{kind}/{item_id}", status_code=204)
    def remove(
        request: Request, review_id: str, kind: Kind, item_id: str, version: Annotated[int, Query(ge=0, le=2**53)]
    ) -> None:
        reviews.remove(actor_of(request), review_id, kind, item_id, version)

    return router


def items_of(review: Review, kind: Kind) -> list[Any]:
    """Return the items of a kind."""
    lists: Mapping[Kind, list[Any]] = {
        "node": review.nodes,
        "line": review.lines,
        "risk": review.risks,
        "action": review.actions,
        "scenario": review.scenarios,
        "make_or_buy": review.make_or_buy,
    }
    return lists[kind]


def renamed(review: Review, old: str, new: str) -> list[Item]:
    """Return the nodes that are used in a product line by its old name, with the new one."""
    return [
        node.model_copy(update={"used_in": {new if name == old else name: used for name, used in node.used_in.items()}})
        for node in review.nodes
        if old in node.used_in
    ]


def made(kind: Kind, values: Mapping[str, Any]) -> Item:
    """Return an item of values that were read.

    Raises:
        ReviewError: when the model refuses one of them.
    """
    try:
        return MODELS[kind].model_validate(parted(values) if kind == "make_or_buy" else dict(values))
    except ValidationError as error:
        between = "_" if kind == "make_or_buy" else "."
        places = [(between.join(map(str, one["loc"])), one["msg"]) for one in error.errors(include_url=False)]
        wrong = [Wrong(field=place, reason=f"{place}: {said}.") for place, said in places]
        raise ReviewError(wrong) from error


def check(review: Review, item: Item, typed: set[str], before: Item | None = None) -> None:
    """Refuse what contradicts the rest of the review; what stood like that `before` is not asked for again.

    Raises:
        ReviewError: with a sentence for each value.
    """
    wrong: list[Wrong] = []
    if isinstance(item, Node | ProductLine) and "name" in typed:
        others = review.nodes if isinstance(item, Node) else review.lines
        if any(one.id != item.id and one.name.casefold() == item.name.casefold() for one in others):
            what = "node" if isinstance(item, Node) else "product line"
            wrong.append(Wrong(field="name", reason=NAMED_TWICE.format(what=what, name=item.name)))
    pointed = [item.node] if isinstance(item, MakeOrBuyCase) and item.node and "node" in typed else []
    if isinstance(item, Risk | Scenario) and "nodes" in typed:
        pointed = item.nodes
    if pointed:
        known = {node.id for node in review.nodes}
        lost = [name for name in pointed if name not in known]
        if lost:
            field = "node" if isinstance(item, MakeOrBuyCase) else "nodes"
            wrong.append(Wrong(field=field, reason=f"There is no node {lost[0][:60]!r} any more: choose another."))
    if isinstance(item, Risk):
        wrong += [one for one in check_risk(item, date.today()) if one.field in typed or typed & DECIDED]
    if isinstance(item, Risk | Action):
        anew = {name for name in typed if before is None or getattr(before, name) != getattr(item, name)}
        wrong += check_owning(item, review, date.today(), anew)
    if wrong:
        raise ReviewError(wrong)
