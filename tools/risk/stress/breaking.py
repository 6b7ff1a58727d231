"""Asks what would break us: the shortest outages and the mildest scenarios that pass the limit."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tools.metrics.shown import number, plural
from tools.risk.errors import refused
from tools.risk.review import Review, Scenario
from tools.risk.stress.figures import missing_of
from tools.risk.stress.loads import Ground, Load
from tools.risk.stress.pairs import pair_that_breaks
from tools.risk.stress.results import NodeBreak, NotJudged, ReverseResult, ScenarioBreak
from tools.risk.stress.solving import Struck, margin_of, struck_by
from tools.risk.stress.standard import standard_scenarios

if TYPE_CHECKING:
    from tools.risk.stress.network import Network

NEVER = float("inf")
LONGEST = 520.0
"""Weeks beyond which an outage is not looked at."""
STEPS = 20
MOST_SOLVED = 100
MOST_FACTOR = 10.0
LOWER, UPPER = 0, 1
FORMULA = r"w^* = \frac{C + \text{limit} / (m\, s)}{1 - a}, \qquad \sigma^* = \min\{\sigma : L(\sigma) > \text{limit}\}"


def reverse(review: Review, limit: float | None = None, scenarios: Sequence[Scenario] | None = None) -> ReverseResult:
    """Return the shortest outage of each node that passes the limit, a pair if no single one does, and scenarios.

    A node's outage follows from its own figures and, where lines and parts are known, from the network; both are shown.
    A pair is looked for unless a node surely passes the limit within its own TTR. Scenarios are turned up in
    severity (a pure spike of demand in its factor) until the bounds of their loss pass the limit.

    Args:
        review: nodes, lines and scope; not changed.
        limit: loss in money; that of the scope where None.
        scenarios: which to turn up; those of the review, or the standard ones if it has none, where None.

    Raises:
        ReviewError: when there is no limit, or it is not above 0.
    """
    limit = review.scope.loss_limit if limit is None else limit
    if limit is None:
        reason = "No unacceptable loss is stated in the scope; state one, or give a limit, to ask what passes it."
        raise refused("limit", reason)
    if not 0 < limit < float("inf"):
        raise refused("limit", f"A limit of {number(limit)} cannot be passed or not; give an amount above 0.")
    ground = Ground(review)
    nodes, not_judged = _nodes(ground, limit)
    single = any(one.breaks for one in nodes)
    pair, word = (None, "not looked for, as a single node surely passes the limit within its time to recover")
    if not single:
        pair, word = pair_that_breaks(ground, limit)
    chosen = scenarios if scenarios is not None else review.scenarios or standard_scenarios(review)
    warnings = []
    if not_judged:
        warnings.append(f"{plural(len(not_judged), 'node')} could not be judged and may break more than those shown.")
    if ground.network is not None and len(ground.network.places) > MOST_SOLVED:
        warnings.append(
            f"More than {MOST_SOLVED} parts are in the network; single nodes are judged by their own figures."
        )
    return ReverseResult(
        currency=review.scope.currency,
        limit=limit,
        formula=FORMULA,
        steps=_steps(nodes, limit, review.scope.currency),
        assumptions=[
            "one shock at a time; demand stays as it is unless a scenario changes it",
            f"outages of more than {number(LONGEST)} weeks are not looked at",
            "between the two values of a scenario it depends on the sales that nodes share whether the limit is passed",
        ],
        warnings=warnings,
        nodes=nodes,
        pair=pair,
        pair_word=word,
        scenarios=[_scenario(ground, scenario, limit) for scenario in chosen],
        not_judged=not_judged,
    )


def _nodes(ground: Ground, limit: float) -> tuple[list[NodeBreak], list[NotJudged]]:
    figures = ground.figures
    columns = zip(figures.cover.tolist(), figures.margin.tolist(), (1 - figures.alternates).tolist(), strict=True)
    found, not_judged = [], []
    network = ground.network if ground.network and len(ground.network.places) <= MOST_SOLVED else None
    for place, (node, (cover, margin, short)) in enumerate(zip(ground.nodes, columns, strict=True)):
        struck = None
        if network is not None:
            struck = struck_by(
                network, ground.nodes, ground.targets.removed(place), Scenario(name=node.name, weeks=1.0)
            )
        missing = [] if short <= 0 else missing_of(node, LONGEST, short=True)
        if missing and struck is None:
            not_judged.append(NotJudged(node=node.id, name=node.name, missing=missing))
            continue
        weeks = [(cover + limit / margin) / short if short > 0 and margin > 0 else NEVER] if not missing else []
        if struck is not None and network is not None:
            weeks.append(_shortest(network, struck, limit))
        shortest = [one if one <= LONGEST else None for one in weeks]
        found.append(
            NodeBreak(
                node=node.id,
                name=node.name,
                weeks=shortest[0] if not missing else None,
                network_weeks=shortest[-1] if struck is not None else None,
                word="" if any(shortest) else "never",
                ttr=node.ttr_weeks,
                breaks=_breaks(weeks, node.ttr_weeks),
            )
        )
    return sorted(found, key=_soonest), not_judged


def _soonest(one: NodeBreak) -> tuple[float, str]:
    return NEVER if one.shortest is None else one.shortest, one.name


def _breaks(weeks: list[float], ttr: float | None) -> bool | None:
    """Return whether a time to recover passes all shortest outages, or none; None where they disagree."""
    if min(weeks) > LONGEST:
        return False
    if ttr is None:
        return None
    return True if ttr > max(weeks) else False if ttr <= min(weeks) else None


def _shortest(network: "Network", struck: Struck, limit: float) -> float:
    """Return the outage in weeks at which the network loses the limit; NEVER if none so long does."""
    from scipy.optimize import brentq

    if margin_of(network, struck, LONGEST) <= limit:
        return NEVER

    def beyond(weeks: float) -> float:
        return margin_of(network, struck, weeks) - limit

    return float(brentq(beyond, 0.0, LONGEST, xtol=1e-4))


def _scenario(ground: Ground, scenario: Scenario, limit: float) -> ScenarioBreak:
    import numpy as np

    begun = ground.load(scenario)
    spike = not any(one.share for one in begun.reached) and bool(begun.reached)
    reason = ""
    if not begun.known:
        reason = "no node that it hits has the data for a loss" if begun.reached else "it hits no node that is known"
    elif not begun.complete:
        reason = "nodes that lack data are not counted; the limit may be passed sooner"

    def passes(turned: float, side: int) -> bool:
        changed = {"demand_factor": turned} if spike else {"severity": turned}
        load = Load(ground, scenario.model_copy(update=changed), begun.reached)
        return load.known and float(load.bounds(np.ones(1))[side][0]) > limit

    least, most = (1.0, MOST_FACTOR) if spike else (0.0, 1.0)

    def turned(side: int) -> float | None:
        return _turned(lambda value: passes(value, side), least, most) if begun.known else None

    return ScenarioBreak(
        scenario=scenario.id,
        name=scenario.name,
        turned="demand factor" if spike else "severity",
        possible_from=turned(UPPER),
        certain_from=turned(LOWER),
        now=scenario.demand_factor if spike else scenario.severity,
        reason=reason,
    )


def _turned(passes: Callable[[float], bool], least: float, most: float) -> float | None:
    """Return by halving the smallest value that passes; None if the largest does not."""
    if not passes(most):
        return None
    if passes(least):
        return least
    for _ in range(STEPS):
        middle = (least + most) / 2
        least, most = (least, middle) if passes(middle) else (middle, most)
    return most


def _steps(nodes: list[NodeBreak], limit: float, money: str) -> list[str]:
    steps = []
    for one in nodes[:3]:
        if one.shortest is None:
            continue
        ttr = "not known" if one.ttr is None else f"{number(one.ttr)} weeks"
        steps.append(
            f"{one.name}: an outage of {number(one.shortest)} weeks loses {number(limit)} {money}".rstrip()
            + f"; its time to recover is {ttr}"
        )
    return steps
