"""Sources of nodes as they count: totals and transfers between departments left out, names folded, shares checked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from tools.classification.columns import is_total
from tools.metrics.shown import percent
from tools.risk.review import Node, Source

NEAR = 0.005
"""Shares are rounded when people write them: a sum of 99.5 to 100.5 % counts as all."""

_SPACES = re.compile(r"\s+")
_TRANSFER = re.compile(
    r"\b(?:(?:inter[- ]?company|intra[- ]?group|(?:inter[- ]?)?department(?:al)?|internal) "
    r"(?:transfers?|charges?|billings?|allocations?)|cost allocations?|re-?classifications?|"
    r"(?:umbuchung|umlage|interne (?:verrechnung|leistung|umlagerung))(?:en)?)\b",
    re.I,
)


@dataclass(frozen=True)
class NodeSources:
    """The sources of a node that count, what was left out and why, and what is doubtful about their shares."""

    node: Node
    sources: tuple[Source, ...]
    left_out: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    shares: tuple[float | None, ...] = field(default=())

    @property
    def suppliers(self) -> dict[str, str]:
        """Folded names of the suppliers, each with its first spelling; those without a name count one by one."""
        return {folded(source.supplier) or f"\0{place}": source.supplier for place, source in enumerate(self.sources)}

    @property
    def share_total(self) -> float | None:
        """Sum of the shares, or None where one is not stated."""
        known = [share for share in self.shares if share is not None]
        return sum(known) if known and len(known) == len(self.shares) else None


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Return a name as it is compared: without case and without spaces at the ends or twice."""
    return _SPACES.sub(" ", name).strip(" .,").casefold()


@lru_cache(maxsize=20_000)
def counts_as(supplier: str) -> str:
    """Say what a line of a spend file is that is no supplier: "total" or "transfer"; "" for a supplier."""
    if is_total(supplier):
        return "total"
    return "transfer" if _TRANSFER.search(supplier) else ""


def sources_of(node: Node) -> NodeSources:
    """Return the sources of a node that count.

    The only source of a node delivers all of it where no share is stated. Shares that do not add up to 100 % are said,
    and never changed.
    """
    kept, left_out = [], []
    for source in node.sources:
        kind = counts_as(source.supplier)
        if kind:
            what = "a line of totals" if kind == "total" else "a transfer within the company"
            left_out.append(f"{source.supplier!r} of {node.name} is left out: it is {what}, no supplier.")
        else:
            kept.append(source)
    shares: list[float | None] = [source.share for source in kept]
    assumptions: list[str] = []
    if len(kept) == 1 and shares[0] is None:
        shares = [1.0]
        assumptions.append(f"the only source of {node.name} delivers all of it")
    found = NodeSources(node, tuple(kept), tuple(left_out), tuple(assumptions), (), tuple(shares))
    total = found.share_total
    if total is None or abs(total - 1) <= NEAR:
        return found
    doubt = (
        f"The shares of {node.name} add up to {percent(total)}, not to 100 %; correct them or add the source that is "
        "missing. They are taken as they stand."
    )
    return NodeSources(node, found.sources, found.left_out, found.assumptions, (doubt,), found.shares)


def single_source(found: NodeSources) -> bool | None:
    """Say whether a node has one supplier; None where no source of it is known."""
    return len(found.suppliers) == 1 if found.sources else None


def first_spelling(names: Iterable[str]) -> dict[str, str]:
    """Return folded names with the spelling that came first, blank ones left out."""
    spelled: dict[str, str] = {}
    for name in names:
        key = folded(name)
        if key and key not in spelled:
            spelled[key] = _SPACES.sub(" ", name).strip()
    return spelled
