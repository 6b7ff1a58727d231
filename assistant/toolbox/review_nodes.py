"""Nodes as a chat speaks of them: which one a name means, and what is known of them as rows of a table."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from assistant.toolbox.review_words import folded
from tools.risk.checklist import Question
from tools.risk.review import Node

ALIKE = 90
CLEARER = 5


def nodes_named(nodes: Sequence[Node], name: str) -> list[Node]:
    """Return the nodes that a name means: of that name, else the one clearly like it, else all that hold its words."""
    said = folded(name)
    same = [node for node in nodes if folded(node.name) == said]
    if same:
        return same[:1]
    scored = sorted(((fuzz.ratio(said, folded(node.name)), place) for place, node in enumerate(nodes)), reverse=True)
    if scored and scored[0][0] >= ALIKE and (len(scored) == 1 or scored[0][0] - scored[1][0] >= CLEARER):
        return [nodes[scored[0][1]]]
    words = set(said.split())
    return [node for node in nodes if words <= set(folded(node.name).split())]


def is_node_table(question: Question) -> bool:
    """Say whether a question asks for a table with a row a node."""
    return question.kind == "table" and bool(question.columns) and question.columns[0].name.casefold() == "node"


def node_rows(question: Question, nodes: Sequence[Node]) -> list[dict[str, Any]]:
    """Return the rows of a table of nodes, as far as the nodes are known; nodes that fill nothing but a name count."""
    if not is_node_table(question):
        return []
    rows = []
    for node in nodes:
        known = _cells(node)
        row = {column.name: known.get(column.name.casefold()) for column in question.columns}
        rows.append({name: value for name, value in row.items() if value is not None})
    return rows


def _cells(node: Node) -> dict[str, Any]:
    spend = [source.spend for source in node.sources if source.spend is not None]
    only = len(node.sources) == 1 and node.sources[0].share == 1
    single = "yes" if only else "no" if len(node.sources) > 1 else None
    return {
        "node": node.name,
        "kind": node.kind,
        "spend a year": sum(spend) if spend else None,
        "margin a week": node.margin_per_week,
        "single source": single,
        "time to recover": node.ttr_weeks,
        "known from": node.ttr_basis,
        "stock cover": node.cover_weeks,
        "alternates' share": node.alternate_share,
        "time to survive": _survives(node),
    }


def _survives(node: Node) -> float | None:
    share = node.alternate_share or 0.0
    return None if node.cover_weeks is None or share >= 1 else node.cover_weeks / (1 - share)
