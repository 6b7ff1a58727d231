"""Proposes scenarios from a review's own data: severe but plausible, to be edited by the team."""

from collections import defaultdict
from collections.abc import Collection

from tools.metrics.shown import listed, plural
from tools.risk.countries import country_named
from tools.risk.errors import refused
from tools.risk.review import Node, Review, Scenario
from tools.risk.stress.hits import same

PORT_WEEKS = 4.0
CYBER_WEEKS = 2.0
DEMAND_WEEKS = 8.0
DEMAND_FACTOR = 1.4
BOTH_FACTOR = 1.2
PROPOSED = (
    "Proposed from the data of the review; change severity, weeks and likelihood to what the team finds plausible."
)


def standard_scenarios(review: Review, port_weeks: float = PORT_WEEKS) -> list[Scenario]:
    """Return proposed scenarios, without ids and likelihoods: as many as the data of the review allow.

    They are: the site with the largest margin lost (else the node with the largest); the country that most margin
    depends on closed for `port_weeks` weeks; the biggest supplier by spend (else by margin) bankrupt; the sub-tier that
    most margin shares lost; IT out for its own time to recover (else two weeks); demand up by 40 % for eight weeks; and
    the first of them while demand is up by 20 %. Each note says on which figure the choice rests, and that it is a
    proposal.
    """
    if not review.nodes:
        return []
    proposals = [
        _site(review),
        _country(review, port_weeks),
        _supplier(review),
        _sub_tier(review),
        _cyber(review),
        Scenario(
            name="Demand up by 40 %",
            kind="demand",
            demand_factor=DEMAND_FACTOR,
            weeks=DEMAND_WEEKS,
            note=f"All nodes, for {plural(DEMAND_WEEKS, 'week')}. {PROPOSED}",
        ),
    ]
    site = proposals[0]
    if site is not None:
        proposals.append(
            site.model_copy(
                update={
                    "name": f"{site.name[:270]} while demand is up by 20 %",
                    "kind": "own",
                    "demand_factor": BOTH_FACTOR,
                    "note": f"Two shocks at once, for crises seldom come alone. {PROPOSED}",
                }
            )
        )
    return [scenario for scenario in proposals if scenario is not None]


def node_scenarios(review: Review, likelihood_a_year: float) -> list[Scenario]:
    """Return one scenario a node, lost in full for its own TTR, all with the same likelihood a year (0 to 1).

    Raises:
        ReviewError: when the likelihood is not between 0 and 1.
    """
    if not 0 <= likelihood_a_year <= 1:
        reason = f"A likelihood of {likelihood_a_year:.0%} a year is not possible; give a share from 0 to 100 %."
        raise refused("likelihood_a_year", reason)
    return [
        Scenario(name=f"{node.name} lost", nodes=[node.id or node.name], likelihood_a_year=likelihood_a_year)
        for node in review.nodes
    ]


def _margin(node: Node) -> float:
    affected = 1.0 if node.share_affected is None else node.share_affected
    return (node.margin_per_week or 0.0) * affected


def _site(review: Review) -> Scenario | None:
    sites = [node for node in review.nodes if node.kind == "site"]
    node = max(sites or review.nodes, key=_margin)
    why = "largest margin a week" if _margin(node) else "first one, as no margins are known"
    return Scenario(
        name=f"{'Site' if sites else 'Node'} lost: {node.name}"[:300],
        kind="site",
        nodes=[node.id or node.name],
        note=f"Chosen for the {why} among {'sites' if sites else 'nodes, as no sites are listed'}; out for its own "
        f"time to recover. {PROPOSED}",
    )


def _weighed(review: Review, by_spend: bool) -> dict[tuple[str, str], dict[str, list[float]]]:
    """Return by place ("country" or "supplier" and name): spend or margin at stake, and how many nodes."""
    found: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: {"weight": [], "nodes": []})
    for node in review.nodes:
        for source in node.sources:
            even = 1 / len(node.sources)
            weight = (
                (source.spend or 0.0) if by_spend else _margin(node) * (even if source.share is None else source.share)
            )
            for kind, name in (("country", country_named(source.country)), ("supplier", source.supplier)):
                if name.strip():
                    found[kind, same(name)]["weight"].append(weight)
                    found[kind, same(name)]["nodes"].append(1.0)
    return found


def _spelled(review: Review, kind: str, name: str) -> str:
    """Return a name as the review spells it first."""
    names = [
        country_named(source.country) if kind == "country" else source.supplier
        for node in review.nodes
        for source in node.sources
    ]
    return next(one.strip() for one in names if same(one) == name)


def _top(review: Review, kind: str, by_spend: bool, without: Collection[str] = ()) -> tuple[str, bool] | None:
    """Return the name with the largest weight, and whether any weight is known; else the one with most nodes."""
    weighed = _weighed(review, by_spend).items()
    found = {name: value for (of, name), value in weighed if of == kind and name not in without}
    if not found:
        return None
    name = max(found, key=lambda one: (sum(found[one]["weight"]), len(found[one]["nodes"])))
    return _spelled(review, kind, name), sum(found[name]["weight"]) > 0


def _country(review: Review, weeks: float) -> Scenario | None:
    # The ports of the country where the own sites and systems stand say little about imports, so others come first.
    home = {
        same(country_named(source.country))
        for node in review.nodes
        if node.kind in ("site", "system")
        for source in node.sources
    }
    top = _top(review, "country", by_spend=False, without=home) or _top(review, "country", by_spend=False)
    if top is None:
        return None
    country, weighed = top
    why = "most margin depends on sources there" if weighed else "most sources are there"
    return Scenario(
        name=f"Ports and borders closed: {country}"[:300],
        kind="port",
        countries=[country],
        weeks=weeks,
        note=f"Chosen because {why}; nothing leaves it for {plural(weeks, 'week')}. {PROPOSED}",
    )


def _supplier(review: Review) -> Scenario | None:
    top = _top(review, "supplier", by_spend=True)
    if top is None:
        return None
    why = "largest spend"
    if not top[1]:
        top = _top(review, "supplier", by_spend=False) or top
        why = "largest margin that depends on it, as no spend is known" if top[1] else "most nodes"
    return Scenario(
        name=f"Supplier bankrupt: {top[0]}"[:300],
        kind="supplier",
        suppliers=[top[0]],
        note=f"Chosen for the {why}; each node is out for its own time to recover. {PROPOSED}",
    )


def _sub_tier(review: Review) -> Scenario | None:
    nodes: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for place, node in enumerate(review.nodes):
        for source in node.sources:
            for name in source.sub_tier:
                if name.strip():
                    nodes[same(name)].add(place)
                    spelled.setdefault(same(name), name.strip())
    shared = {name: places for name, places in nodes.items() if len(places) > 1}
    if not shared:
        return None
    name = max(shared, key=lambda one: (sum(_margin(review.nodes[place]) for place in shared[one]), len(shared[one])))
    return Scenario(
        name=f"Shared source lost: {spelled[name]}"[:300],
        kind="supplier",
        sub_tiers=[spelled[name]],
        note=f"Chosen because {plural(len(shared[name]), 'node')} depend on it further upstream. {PROPOSED}",
    )


def _cyber(review: Review) -> Scenario | None:
    kinds = {node.kind for node in review.nodes}
    hit = "system" if "system" in kinds else "site" if "site" in kinds else None
    if hit is None:
        return None
    nodes = [node for node in review.nodes if node.kind == hit]
    known = hit == "system" and all(node.ttr_weeks is not None for node in nodes)
    lasts = "their own time to recover" if known else plural(CYBER_WEEKS, "week")
    what = listed([node.name for node in nodes]) if len(nodes) <= 3 else f"all {len(nodes)} {hit}s"
    return Scenario(
        name="IT out",
        kind="cyber",
        kinds=[hit],
        weeks=None if known else CYBER_WEEKS,
        note=f"Stops {what} for {lasts}. {PROPOSED}",
    )
