"""What several sources or nodes rest on: sub-tiers, suppliers and countries that fail for all of them at once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.metrics.shown import listed, percent
from tools.risk.countries import country_named
from tools.risk.exposure import exposure_of
from tools.risk.review import Node, Review
from tools.risk.sources import NodeSources, first_spelling, folded, sources_of

SharedKind = Literal["sub-tier", "supplier", "country"]
KINDS: tuple[SharedKind, ...] = ("sub-tier", "supplier", "country")
MOST_NAMED = 6


class Dependent(BaseModel):
    """A node that depends on something shared: through which of its suppliers, and for which share of its supply."""

    model_config = ConfigDict(frozen=True)

    node: str
    name: str
    critical: bool
    suppliers: list[str]
    share: float | None = Field(None, description="of its supply, 0 to 1; None where a share is not stated")
    all_sources: bool = Field(description="every source of the node depends on it")
    false_choice: bool = Field(description="the node has several suppliers, and more than one depends on it")


class SharedSubTier(BaseModel):
    """A sub-tier, supplier or country that several sources of one node, or several nodes, depend on.

    `one_node` are ids of the nodes whose choice between suppliers it undoes; `stops` of those with no other source.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    kind: SharedKind
    nodes: list[Dependent]
    one_node: list[str]
    stops: list[str]
    said: str


class SwitchGap(BaseModel):
    """The time to switch a node's volume to another source against the time to survive, in weeks; None unknown."""

    model_config = ConfigDict(frozen=True)

    node: str
    name: str
    critical: bool
    switch: float | None
    tts: float | None
    tts_no_limit: bool
    gap: float | None = Field(description="weeks by which the switch comes too late; 0 where it comes in time")
    missing: list[str] = Field(default_factory=list)


@dataclass
class _Use:
    """Which sources of a node depend on something."""

    found: NodeSources
    places: list[int]


def shared_sub_tiers(review: Review) -> list[SharedSubTier]:
    """Return what several sources of one node or several nodes depend on, that which undoes a choice first.

    A supplier that another one names among its own sources counts for both. A country is told where it holds several
    suppliers of one node; several nodes in one country are no finding by themselves (see concentration).
    """
    uses: dict[tuple[SharedKind, str], list[_Use]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for node in review.nodes:
        found = sources_of(node)
        for kind, name, places in _depends(found):
            spelled.setdefault(folded(name), name)
            uses[kind, folded(name)].append(_Use(found, places))
    shared = [_shared(kind, spelled[key], used) for (kind, key), used in uses.items() if _may_be_shared(kind, used)]
    told = [one for one in shared if one.one_node or (one.kind != "country" and len(one.nodes) > 1)]
    return sorted(
        told,
        key=lambda one: (
            -len(one.one_node),
            KINDS.index(one.kind),
            -len(one.stops),
            -len(one.nodes),
            one.name.casefold(),
        ),
    )


def switch_gaps(review: Review) -> list[SwitchGap]:
    """Return the switch time of every node against its time to survive, the latest switch first, unknown ones last."""
    gaps = [_switch_gap(node, review) for node in review.nodes]
    return sorted(gaps, key=lambda one: (one.gap is None, -(one.gap or 0.0), one.name.casefold()))


def _switch_gap(node: Node, review: Review) -> SwitchGap:
    exposure = exposure_of(node, review.scope)
    missing = ["weeks to move the volume to another source"] if node.switch_weeks is None else []
    gap = None
    if exposure.tts_no_limit and node.switch_weeks is not None:
        gap = 0.0
    elif exposure.tts is None and not exposure.tts_no_limit:
        missing.append("weeks of demand in stock and on the way (cover)")
    elif exposure.tts is not None and node.switch_weeks is not None:
        gap = max(0.0, node.switch_weeks - exposure.tts)
    return SwitchGap(
        node=node.id,
        name=node.name,
        critical=node.critical,
        switch=node.switch_weeks,
        tts=exposure.tts,
        tts_no_limit=exposure.tts_no_limit,
        gap=gap,
        missing=missing,
    )


def _depends(found: NodeSources) -> Iterator[tuple[SharedKind, str, list[int]]]:
    """Yield what the sources of a node depend on, with the places of these sources."""
    own = first_spelling(source.supplier for source in found.sources)
    names: dict[tuple[SharedKind, str], tuple[str, set[int]]] = {}
    for place, source in enumerate(found.sources):
        tiers = first_spelling(source.sub_tier)
        said: list[tuple[SharedKind, str, str]] = [("sub-tier", key, name) for key, name in tiers.items()]
        if folded(source.supplier) in own:
            said.append(("supplier", folded(source.supplier), own[folded(source.supplier)]))
        said += [("country", key, name) for key, name in first_spelling([country_named(source.country)]).items()]
        for kind, key, name in said:
            names.setdefault((kind, key), (name, set()))[1].add(place)
    for (kind, key), (name, places) in names.items():
        # one source of the node may itself deliver to another of them
        own_places = names["supplier", key][1] if kind == "sub-tier" and key in own else set()
        yield kind, name, sorted(places | own_places)


def _may_be_shared(kind: SharedKind, used: list[_Use]) -> bool:
    """Say whether something has a chance to be a finding; most names of a large review have none."""
    return (kind != "country" and len(used) > 1) or any(len(use.places) > 1 for use in used)


def _shared(kind: SharedKind, name: str, used: list[_Use]) -> SharedSubTier:
    nodes = [_dependent(use) for use in used]
    false_choice = [one for one in nodes if one.false_choice]
    return SharedSubTier(
        name=name,
        kind=kind,
        nodes=nodes,
        one_node=[one.node for one in false_choice],
        stops=[one.node for one in nodes if one.all_sources],
        said=_said(kind, name, nodes),
    )


def _dependent(use: _Use) -> Dependent:
    found = use.found
    shares = [found.shares[place] for place in use.places]
    known = [share for share in shares if share is not None]
    spelled = first_spelling(found.sources[place].supplier for place in use.places)
    all_sources = len(use.places) == len(found.sources)
    return Dependent(
        node=found.node.id,
        name=found.node.name,
        critical=found.node.critical,
        suppliers=list(spelled.values()),
        share=sum(known) if len(known) == len(shares) else 1.0 if all_sources else None,
        all_sources=all_sources,
        false_choice=len(found.suppliers) > 1 and len(spelled) > 1,
    )


def _said(kind: SharedKind, name: str, nodes: list[Dependent]) -> str:
    parts = []
    for one in nodes[:MOST_NAMED]:
        through = f" through {listed(one.suppliers)}" if one.suppliers and kind != "supplier" else ""
        share = f" ({percent(one.share, 3)} of it)" if one.share is not None else ""
        parts.append(f"{one.name}{share}{through}")
    if len(nodes) > MOST_NAMED:
        parts.append(f"{len(nodes) - MOST_NAMED} more")
    depend = "depends" if len(nodes) == 1 else "depend"
    return f"{listed(parts)} {depend} on {name}."
