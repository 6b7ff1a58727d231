"""Builds nodes and reviews with them for tests."""

from datetime import UTC, date, datetime
from typing import Any

from tests.tools.risk.reviews import review_of
from tools.risk.review import Action, Node, Review, Risk, Scope, Source, StressRun

TODAY = date(2026, 6, 1)


def node(name: str = "Seal", **fields: Any) -> Node:
    """Return a node; its id is its name in small letters."""
    sources = [source if isinstance(source, Source) else Source(**source) for source in fields.pop("sources", [])]
    return Node(**{"id": name.casefold(), "name": name, "sources": sources, **fields})


def review_with(*nodes: Node, scope: Scope | None = None, answers: Any = (), **fields: Any) -> Review:
    """Return a review of these nodes, last changed in March 2026."""
    made = review_of(*answers)
    return made.model_copy(update={"nodes": list(nodes), "scope": scope or Scope(), **fields})


def run(at: datetime = datetime(2026, 5, 1, tzinfo=UTC)) -> StressRun:
    return StressRun(id="run", name="Every node", kind="each node", at=at)


def risk(title: str = "Fire", **fields: Any) -> Risk:
    return Risk(**{"id": title.casefold(), "title": title, **fields})


def action(text: str = "Call them", **fields: Any) -> Action:
    return Action(**{"id": text.casefold(), "text": text, **fields})
