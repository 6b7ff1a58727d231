"""Runs a scenario: what it hits, how long customers are served, what is lost, and when all is back."""

from typing import TYPE_CHECKING

from tools.risk.review import Review, Scenario
from tools.risk.stress.figures import FORMULA, SYMBOLS
from tools.risk.stress.loads import Ground, Load
from tools.risk.stress.results import Basis, Hit, NetworkResult, NotJudged, ScenarioResult, Verdict, WeeksWord
from tools.risk.stress.scenario_words import assumptions_of, steps_of, warnings_of
from tools.risk.stress.solving import solved

if TYPE_CHECKING:
    from collections.abc import Iterable


def run_scenario(review: Review, scenario: Scenario, network: bool = True) -> ScenarioResult:
    """Return what a scenario does to a review.

    Nodes and sources are found by id, name or category, kind, country, supplier and sub-tier. Each node that is hit
    loses `severity` of the share of its supply that is reached, for the weeks of the scenario or its own TTR; demand
    grows by `demand_factor`. Nothing is assumed about nodes whose data are missing: they are listed, and `complete` is
    false.

    Args:
        review: nodes, lines and scope; not changed.
        scenario: what happens; it need not be one of the review's.
        network: solve the network of lines and parts where it is known; without it all nodes are judged by their own
            figures.

    Raises:
        ReviewError: when the scenario names an unknown node or nothing at all, or is a demand spike without weeks.
    """
    return result_of(Ground(review, network), scenario)


def result_of(ground: Ground, scenario: Scenario) -> ScenarioResult:
    """Return what a scenario does on a ground that was prepared before."""
    import numpy as np

    load = ground.load(scenario)
    review = ground.review
    limit = review.scope.loss_limit
    solution = None
    if load.struck is not None and ground.network is not None:
        solution = solved(ground.network, load.struck, scenario.name, review)
    low: float | None = None
    high: float | None = None
    if load.known:
        lows, highs = load.bounds(np.ones(1))
        low, high = tidy(float(lows[0])), tidy(float(highs[0]))
    hits = _hits(load)
    served, word = _served(load, solution)
    return ScenarioResult(
        currency=review.scope.currency,
        limit=limit,
        formula=FORMULA,
        symbols=SYMBOLS,
        steps=steps_of(load, hits, low, high, solution),
        assumptions=assumptions_of(load, solution),
        warnings=warnings_of(load, solution),
        scenario=scenario.id,
        name=scenario.name,
        hits=hits,
        margin_low=low,
        margin_high=high,
        largest_single=_largest(hits),
        basis=_basis(load),
        complete=load.complete,
        weeks_served=served,
        weeks_served_word=word,
        weeks_to_recover=_back(load),
        verdict=verdict(low, high, limit, load.complete),
        not_judged=[NotJudged(node=hit.node, name=hit.name, missing=hit.missing) for hit in hits if hit.missing],
        network=solution,
    )


def verdict(low: float | None, high: float | None, limit: float | None, complete: bool) -> Verdict:
    """Return whether a loss is surely over or surely within a limit; open where neither is sure."""
    if low is None or high is None or limit is None:
        return "open"
    if low > limit:
        return "over"
    return "within" if complete and high <= limit else "open"


def tidy(value: float) -> float:
    """Return a number without the last digits, which rounding leaves uncertain."""
    return float(f"{value:.12g}")


def finite(value: float) -> float | None:
    """Return a number, or None where it is infinite or unknown."""
    import math

    return tidy(value) if math.isfinite(value) else None


def _hits(load: Load) -> list[Hit]:
    import math

    hits = []
    columns = zip(
        load.share.tolist(),
        load.weeks.tolist(),
        load.tts.tolist(),
        load.short.tolist(),
        load.lost.tolist(),
        load.in_network.tolist(),
        strict=True,
    )
    for place, (share, weeks, tts, short, lost, in_network) in enumerate(columns):
        reached, node = load.reached[place], load.ground.nodes[load.reached[place].place]
        word: WeeksWord = "unknown" if math.isnan(tts) else "no limit" if math.isinf(tts) else ""
        hits.append(
            Hit(
                node=node.id,
                name=node.name,
                kind=node.kind,
                why=reached.why,
                sources=reached.sources,
                share=share,
                capacity_lost=share * load.scenario.severity,
                weeks=finite(weeks),
                tts=finite(tts),
                tts_word=word,
                shortfall=short,
                margin_lost=finite(lost),
                in_network=in_network,
                missing=load.missing(place),
            )
        )
    return hits


def _served(load: Load, solution: NetworkResult | None) -> tuple[float | None, WeeksWord]:
    """Return the weeks before the first shortage among all that could be computed."""
    firsts = [
        float(load.tts[place])
        for place in load.computed
        if load.tts[place] < load.weeks[place] * (1 - 1e-12) and load.short[place] > 0
    ]
    if solution is not None and solution.tts is not None and solution.tts < solution.weeks * (1 - 1e-12):
        firsts.append(solution.tts)
    if firsts:
        return min(firsts), ""
    return (None, "no shortage") if load.complete else (None, "unknown")


def _back(load: Load) -> float | None:
    import numpy as np

    known = load.weeks[~np.isnan(load.weeks)]
    return float(known.max()) if len(known) and len(known) == len(load.weeks) else None


def _basis(load: Load) -> Basis:
    if load.struck is not None:
        return "network and nodes" if len(load.computed) else "network"
    return "nodes" if len(load.computed) else "nothing"


def _largest(hits: "Iterable[Hit]") -> str:
    found = [hit for hit in hits if hit.margin_lost]
    return max(found, key=lambda hit: hit.margin_lost or 0.0).name if found else ""
