"""Reads a table of nodes that was pasted from a spreadsheet into the chat."""

from typing import Any

from tools.risk.paste import read_nodes
from tools.risk.review import Node

FIELDS = ("ttr_weeks", "cover_weeks", "switch_weeks", "alternate_share", "share_affected", "margin_per_week")
OF_SOURCE = ("supplier", "country", "share")
FEWEST_LINES, FEWEST_MARKS, MOST_NODES = 2, 2, 50


def is_pasted(text: str) -> bool:
    """Say whether a message holds cells of a spreadsheet: lines with tabs, or as many semicolons or bars in each."""
    lines = [line for line in text.splitlines() if line.strip()]
    if sum("\t" in line for line in lines) >= FEWEST_LINES:
        return True
    marks = [{line.count(mark) for line in lines} for mark in ";|"]
    return len(lines) >= FEWEST_LINES and any(len(one) == 1 and max(one) >= FEWEST_MARKS for one in marks)


def pasted_nodes(text: str) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return the nodes of a pasted table as they are entered, and what was left out, refused or taken for granted."""
    read = read_nodes(text)
    notes = (*(one.reason.rstrip(".") for one in read.problems), *(one.rstrip(".") for one in read.left_out))
    if any(one.stock is not None for one in read.nodes):
        notes += ("units in stock are not taken here: paste them under Nodes on the review's page",)
    left = len(read.nodes) - MOST_NODES
    notes += (f"{left} more rows were not taken: paste them under Nodes on the review's page",) if left > 0 else ()
    return [_told(one) for one in read.nodes[:MOST_NODES]], (*notes, *(one.rstrip(".") for one in read.notes))


def _told(node: Node) -> dict[str, Any]:
    told: dict[str, Any] = {"name": node.name}
    told |= {name: value for name in FIELDS if (value := getattr(node, name)) not in (None, "")}
    sources = [{name: value for name in OF_SOURCE if (value := getattr(one, name)) not in (None, "")}
               for one in node.sources]  # fmt: skip
    return told | ({"sources": sources} if sources else {})
