"""Says how a scenario was worked out: the calculation, what was assumed, and what is doubtful."""

from tools.metrics.shown import listed, number, percent, plural
from tools.risk.stress.hits import Reached
from tools.risk.stress.loads import Load
from tools.risk.stress.results import Hit, NetworkResult

SHOWN = 8
"""Nodes that are named or shown line by line; of more the number."""


def steps_of(
    load: Load, hits: list[Hit], low: float | None, high: float | None, solution: NetworkResult | None
) -> list[str]:
    """Return the calculation, the largest losses first."""
    money = load.ground.review.scope.currency
    shown = sorted((hit for hit in hits if hit.margin_lost), key=lambda hit: -(hit.margin_lost or 0.0))
    steps = [
        f"{hit.name}: {percent(hit.capacity_lost)} of supply lost, {number(hit.shortfall or 0)} weeks of demand a week "
        f"not supplied; lasts {number(hit.tts or 0)} weeks, out for {plural(hit.weeks or 0, 'week')}; loses "
        f"{number(hit.margin_lost or 0)} {money}".rstrip()
        for hit in shown[:SHOWN]
    ]
    if len(shown) > SHOWN:
        steps.append(f"and {len(shown) - SHOWN} more nodes with smaller losses")
    if solution is not None:
        steps += [f"network: {step}" for step in solution.steps]
    if low is None or high is None:
        return [*steps, "nothing could be computed: no node that is hit has the data for it"]
    if low == high:
        return [*steps, f"margin lost = {number(low)} {money}".rstrip()]
    return [
        *steps,
        f"at least the largest single loss = {number(low)} {money}".rstrip(),
        f"at most the sum of the losses, capped at the margin of all lines while any is short = {number(high)} {money}",
    ]


def assumptions_of(load: Load, solution: NetworkResult | None) -> list[str]:
    """Return what was taken for granted."""
    scenario, nodes = load.scenario, load.ground.nodes
    lines = []
    if scenario.weeks is None:
        lines.append("each node is out for its own time to recover")
    else:
        lines.append(f"each node that is hit is out for {plural(scenario.weeks, 'week')}, whatever its time to recover")
    if scenario.demand_factor != 1:
        who = (
            "all nodes but IT systems" if any("demand" in one.why for one in load.reached) else "the nodes that are hit"
        )
        lines.append(
            f"demand of {who} is {number(scenario.demand_factor)} times normal for as long as the shock lasts; cover "
            f"shrinks by that factor, supply without a stated reserve stays as it was, and what cannot be served of "
            "the larger demand counts as lost"
        )
    without = [one for one in load.reached if nodes[one.place].alternate_share is None]
    if without:
        lines.append(f"no alternate is counted for {_some(load, without)}, as none is stated")
    whole = [one for one in load.reached if nodes[one.place].share_affected is None]
    if whole:
        lines.append(f"all of the margin of {_some(load, whole)} is taken to be lost with it, as no share is stated")
    for one in load.reached:
        lines += one.assumptions
    if len(load.reached) > 1 and len(load.computed):
        lines.append(
            "several nodes may feed the same sales: the loss lies between the largest single one and the sum"
            + (f", which is capped by {load.ground.weekly_from}" if load.cap is not None else "")
        )
        once = sorted(
            {
                nodes[load.reached[place].place].name
                for place, counts in zip(load.computed, load.summed, strict=True)
                if not counts
            }
        )
        if once:
            lines.append(f"{listed(once[:SHOWN])} not added to the sum, since what comes from it is")
    return [*lines, *(solution.assumptions if solution else [])]


def _some(load: Load, found: list[Reached]) -> str:
    names = [load.ground.nodes[one.place].name for one in found]
    return listed(names) if len(names) <= 3 else f"{len(names)} nodes"


def warnings_of(load: Load, solution: NetworkResult | None) -> list[str]:
    """Return what makes the result doubtful."""
    scenario = load.scenario
    warnings = []
    if not load.reached:
        warnings.append(
            f"The scenario {scenario.name!r} hits no node that is known; check the spelling of its countries, "
            "suppliers and sub-tiers, and whether the sources of the nodes state theirs."
        )
    blind = _without_place(load)
    if blind:
        warnings.append(blind)
    lacking = sum(1 for place in range(len(load.reached)) if load.missing(place))
    if lacking:
        warnings.append(
            f"{lacking} of {len(load.reached)} nodes that are hit could not be judged; the loss may be higher, and the "
            "first shortage earlier."
        )
    if load.cap is None and len(load.computed) > 1:
        warnings.append("The margin a week of all lines is not known, so the sum of the losses is not capped.")
    over = [
        load.ground.nodes[load.reached[place].place].name
        for place in load.computed
        if load.ground.weekly is not None and load.margin[place] > load.ground.weekly * (1 + 1e-9)
    ]
    if over:
        warnings.append(
            f"The margin a week of {listed(over[:SHOWN])} is above that of all lines "
            f"({number(load.ground.weekly or 0)}); one of them is wrong."
        )
    return [*warnings, *(solution.warnings if solution else [])]


def _without_place(load: Load) -> str:
    """Say how many nodes could be hit unseen, because the country of a source is not stated."""
    if not load.scenario.countries:
        return ""
    hit = {one.place for one in load.reached}
    unseen = [
        node.name
        for place, node in enumerate(load.ground.nodes)
        if place not in hit
        and (not node.sources or any(not source.country.strip() for source in node.sources))
        and node.kind in ("part", "supplier")
    ]
    if not unseen:
        return ""
    names = listed(unseen) if len(unseen) <= SHOWN else f"{len(unseen)} nodes"
    return f"The country of sources of {names} is not stated; the scenario may hit more than is shown."
