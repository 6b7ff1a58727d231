"""Nodes out of a spreadsheet: what is read is shown first, and only what is then taken over is kept."""

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request

from assistant.pages.reviewing.door import Body, Door, actor_of
from assistant.pages.reviewing.drawn import money_shown, share_shown, weeks_shown
from tools.metrics.shown import plural
from tools.risk.errors import ReviewError, refused
from tools.risk.paste import Pasted, read_nodes
from tools.risk.review import Node, Review
from tools.risk.store.checking import room_for

if TYPE_CHECKING:
    from tools.risk.store import Reviews

NOTHING = "No node could be read from the table: correct what is said of it, and read it again."
COLUMNS = ["Node", "Is", "Category", "TTR, weeks", "Cover, weeks", "Alternates", "Margin a week", "Sources"]
ONLY_IF_HEADED = ("kind", "critical")  # fields that are never blank, so only a column of their own changes them


class PasteDoor(Door):
    """A door for tables: 2 MB of text take more as JSON, where tabs and line ends are escaped."""

    most = 6_000_000


class Table(Body):
    """Cells as they were copied."""

    text: str


def paste_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of pasted tables."""
    router = APIRouter(route_class=PasteDoor)

    @router.post("/{review_id}/nodes/read")
    def read(request: Request, review_id: str, table: Table) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        return preview(review, read_nodes(table.text))

    @router.post("/{review_id}/nodes/take", status_code=201)
    def take(request: Request, review_id: str, table: Table) -> dict[str, Any]:
        actor = actor_of(request)
        review = reviews.open(actor, review_id)
        pasted = read_nodes(table.text)
        if not pasted.nodes:
            raise refused("table", NOTHING)
        saved = reviews.save_all(actor, review_id, merged(review, pasted))
        return {"nodes": len(saved), "said": f"{plural(len(saved), 'node')} taken over."}

    return router


def preview(review: Review, pasted: Pasted) -> dict[str, Any]:
    """Return what was read of a table, what was not, and what taking it over would do."""
    there = _by_name(review)
    known = sum(node.name.casefold() in there for node in pasted.nodes)
    return {
        "said": _said(len(pasted.nodes), known, len(pasted.problems) + pasted.more_problems),
        "columns": COLUMNS,
        "rows": [_row(node, known=node.name.casefold() in there, currency=pasted.currency) for node in pasted.nodes],
        "problems": [[str(one.row), one.column, one.value, one.reason] for one in pasted.problems],
        "more_problems": pasted.more_problems,
        "left_out": pasted.left_out,
        "remarks": [*_currency(review, pasted), *pasted.notes],
        "too_many": _too_many(len(review.nodes), len(pasted.nodes) - known),
    }


def merged(review: Review, pasted: Pasted) -> list[Node]:
    """Return the nodes to save: new ones, and those of the review with the values that the table has for them."""
    there = _by_name(review)
    headed = {column.role for column in pasted.columns}
    found = []
    for node in pasted.nodes:
        before = there.get(node.name.casefold())
        if before is None:
            found.append(node)
            continue
        given = {
            name: value
            for name, value in node.model_dump(exclude={"id", "version", "name"}).items()
            if value not in (None, "", [], {}) and (name not in ONLY_IF_HEADED or name in headed)
        }
        found.append(Node.model_validate({**before.model_dump(), **given}))
    return found


def _by_name(review: Review) -> dict[str, Node]:
    return {node.name.casefold(): node for node in reversed(review.nodes)}


def _row(node: Node, *, known: bool, currency: str) -> list[str]:
    return [
        node.name,
        "already here: gets these values" if known else "new",
        node.category,
        weeks_shown(node.ttr_weeks),
        weeks_shown(node.cover_weeks),
        share_shown(node.alternate_share),
        money_shown(node.margin_per_week, currency),
        _sources(node),
    ]


def _sources(node: Node) -> str:
    said = [
        " ".join(part for part in (one.supplier, one.country and f"({one.country})", _share(one.share)) if part)
        for one in node.sources[:4]
    ]
    more = len(node.sources) - len(said)
    return "; ".join([*said, *([f"{more} more"] if more else [])]) or "none named"


def _share(share: float | None) -> str:
    return "" if share is None else share_shown(share)


def _said(nodes: int, known: int, problems: int) -> str:
    if not nodes:
        return NOTHING
    parts = [
        f"{plural(nodes, 'node')} read",
        *([f"{nodes - known} new"] if known and nodes > known else []),
        *([f"{known} already in the review"] if known else []),
        *([plural(problems, "cell") + " with a problem"] if problems else []),
    ]
    return ", ".join(parts)


def _too_many(there: int, new: int) -> str:
    """Return why so many new nodes cannot be taken over, "" if they can."""
    try:
        room_for("node", there, new)
    except ReviewError as error:
        return str(error)
    return ""


def _currency(review: Review, pasted: Pasted) -> list[str]:
    own = review.scope.currency
    if not pasted.currency or pasted.currency.casefold() == own.casefold():
        return []
    if not own:
        return [f"The table counts in {pasted.currency}; the scope of the review names no currency yet."]
    return [
        f"The table counts in {pasted.currency}, the review in {own}: convert the amounts first, nothing is converted."
    ]
