"""Finds which nodes and sources a scenario hits, and which share of each node's supply that is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tools.metrics.shown import listed, percent
from tools.risk.countries import country_named
from tools.risk.errors import refused
from tools.risk.review import Node, Review, Scenario

EXACT = 1e-9
ROUNDED = 0.02
"""Shares whose sum is this close to 1 are taken as rounded, and scaled to it."""


@dataclass
class Reached:
    """A node that a scenario reaches: the share of its supply, and whether its alternates are lost with it.

    `parts` are the places of nodes that come from it, if it is a supplier, site, lane or system that is hit itself.
    """

    place: int
    direct: bool = False
    share: float = 1.0
    alternates_lost: bool = False
    parts: set[int] = field(default_factory=set)
    why: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)


def same(text: str) -> str:
    """Return a name in the form in which names are compared: spelling of letters and spaces aside."""
    return " ".join(text.split()).casefold()


class Targets:
    """What can be hit in a review, by id, name, category, kind, supplier, country and sub-tier."""

    def __init__(self, nodes: Sequence[Node]):
        self.nodes = nodes
        self._ids = {node.id: place for place, node in enumerate(nodes) if node.id}
        self._names: dict[str, list[int]] = defaultdict(list)
        self._categories: dict[str, list[int]] = defaultdict(list)
        self._kinds: dict[str, list[int]] = defaultdict(list)
        self._sources: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, node in enumerate(nodes):
            self._names[same(node.name)].append(place)
            if node.category.strip():
                self._categories[same(node.category)].append(place)
            self._kinds[node.kind].append(place)
            for number, source in enumerate(node.sources):
                self._sources["supplier", same(source.supplier)][place].append(number)
                if source.country.strip():
                    self._sources["country", same(country_named(source.country))][place].append(number)
                for name in {same(one) for one in source.sub_tier}:
                    self._sources["sub-tier", name][place].append(number)

    def reached(self, scenario: Scenario) -> list[Reached]:
        """Return what a scenario hits, in the order of the nodes.

        Raises:
            ReviewError: when it names a node that there is not, or names nothing at all and leaves demand as it is.
        """
        found: dict[int, Reached] = {}
        for place, why in self._direct(scenario):
            found.setdefault(place, Reached(place, direct=True)).why.append(why)
        by_source: dict[int, dict[int, None]] = defaultdict(dict)
        why_source: dict[int, list[str]] = defaultdict(list)
        for kind, name in _places(scenario):
            for place, places in self._sources.get((kind, same(name)), {}).items():
                by_source[place].update(dict.fromkeys(places))
                why_source[place].append(f"{kind} {name.strip()}")
        for place, numbers in by_source.items():
            if place in found:
                found[place].why += why_source[place]
            else:
                found[place] = _through_sources(place, self.nodes[place], sorted(numbers), why_source[place])
            found[place].sources = [self.nodes[place].sources[number].supplier for number in sorted(numbers)]
        if not targeted(scenario):
            if scenario.demand_factor == 1:
                reason = (
                    f"The scenario {scenario.name!r} names no node, kind, country, supplier or sub-tier and leaves "
                    "demand as it is; name what it hits, or give a demand factor other than 1."
                )
                raise refused("nodes", reason)
            return [
                Reached(place, share=0.0, why=["demand"])
                for place, node in enumerate(self.nodes)
                if node.kind != "system"
            ]
        for place, one in found.items():
            if one.direct:
                one.parts = self.parts_of(place)
        return [found[place] for place in sorted(found)]

    def removed(self, place: int) -> list[Reached]:
        """Return what losing a node takes along: itself, and what comes from it if it is no part."""
        name = same(self.nodes[place].name)
        found = [Reached(place, direct=True, why=["node"])]
        for other in sorted(self.parts_of(place)):
            numbers = {
                number for kind in ("supplier", "sub-tier") for number in self._sources[kind, name].get(other, [])
            }
            one = _through_sources(other, self.nodes[other], sorted(numbers), [self.nodes[place].name])
            one.sources = [self.nodes[other].sources[number].supplier for number in sorted(numbers)]
            found.append(one)
        return found

    def _direct(self, scenario: Scenario) -> Iterable[tuple[int, str]]:
        for name in scenario.nodes:
            if name in self._ids:
                yield self._ids[name], "node"
                continue
            places = self._names.get(same(name)) or self._categories.get(same(name))
            if not places:
                some = listed([repr(node.name) for node in self.nodes[:5]], "or") if self.nodes else "none yet"
                reason = (
                    f"The scenario {scenario.name!r} hits a node {name!r} that is not in the review; take it out of "
                    f"the scenario or name a node of the review ({some})."
                )
                raise refused("nodes", reason)
            for place in places:
                yield place, "node" if same(self.nodes[place].name) == same(name) else f"category {name.strip()}"
        for kind in scenario.kinds:
            for place in self._kinds.get(kind, []):
                yield place, f"kind {kind}"
        for label, names in (("supplier", scenario.suppliers), ("sub-tier", scenario.sub_tiers)):
            for name in names:
                for place in self._names.get(same(name), []):
                    if self.nodes[place].kind != "part":
                        yield place, f"{label} {name.strip()}"

    def parts_of(self, place: int) -> set[int]:
        """Return the nodes that depend on a supplier, site, lane or system of this name through their sources."""
        if self.nodes[place].kind == "part":
            return set()
        name = same(self.nodes[place].name)
        through = [self._sources.get((kind, name), {}) for kind in ("supplier", "sub-tier")]
        return {other for found in through for other in found if other != place}


def targeted(scenario: Scenario) -> bool:
    """Tell whether a scenario names anything that it hits, rather than demand alone."""
    return bool(scenario.nodes or scenario.kinds or scenario.countries or scenario.suppliers or scenario.sub_tiers)


def _places(scenario: Scenario) -> Iterable[tuple[str, str]]:
    for kind, names in (
        ("country", [country_named(one) for one in scenario.countries]),
        ("supplier", scenario.suppliers),
        ("sub-tier", scenario.sub_tiers),
    ):
        yield from ((kind, name) for name in names)


def _through_sources(place: int, node: Node, numbers: list[int], why: list[str]) -> Reached:
    """Return how much of a node is hit through its sources; unknown shares count as hit."""
    reached = Reached(place, why=why)
    shares = [source.share for source in node.sources]
    known = [share for share in shares if share is not None]
    others = [shares[number] for number in range(len(shares)) if number not in numbers]
    if len(numbers) == len(shares):
        reached.share = 1.0
        reached.alternates_lost = len(shares) > 1
        if reached.alternates_lost and node.alternate_share:
            reached.assumptions.append(
                f"all {len(shares)} sources of {node.name} are hit, so its alternates are taken to be lost with them"
            )
        elif node.alternate_share:
            reached.assumptions.append(
                f"the alternates of {node.name} ({percent(node.alternate_share)} of demand) are taken to sit elsewhere"
            )
    elif len(known) == len(shares) and abs(sum(known) - 1) <= ROUNDED:
        reached.share = min(1.0, max(0.0, sum(known[number] for number in numbers) / sum(known)))
    else:
        safe = sum(share for share in others if share is not None)
        reached.share = min(1.0, max(0.0, 1 - safe))
        reached.assumptions.append(
            f"shares of the sources of {node.name} are not all known; all but the {percent(min(1.0, safe))} that is "
            "known to come from elsewhere counts as hit"
        )
    return reached


def spare_alternates(node: Node) -> float:
    """Return the share of demand that alternates could add to what is delivered now.

    Sources beside the largest are taken to be among the alternates, so what they deliver already is not counted again.
    """
    alternates = node.alternate_share or 0.0
    known = [source.share for source in node.sources if source.share is not None]
    return max(0.0, alternates - (1 - max(known))) if known and sum(known) <= 1 + ROUNDED else alternates


def targets_of(review: Review) -> Targets:
    """Return what can be hit in a review."""
    return Targets(review.nodes)
