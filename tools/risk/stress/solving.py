"""Solves the network for a scenario: the least margin lost, how long all is served, and what would help most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.metrics.shown import number, plural
from tools.risk.errors import refused
from tools.risk.review import Node, Review, Scenario
from tools.risk.stress.hits import Reached, targets_of
from tools.risk.stress.lasting import first_loss
from tools.risk.stress.least_loss import Plan, least_loss, least_losses
from tools.risk.stress.network import Network, network_of
from tools.risk.stress.results import Helps, LineLoss, NetworkResult, WeeksWord
from tools.risk.stress.solver import TINY
from tools.risk.stress.spans import MOST_SPANS, Shock

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MOST_HELPS = 5
SHOWN_LINES = 8
FORMULA = (
    r"\min_{l,\,f \ge 0} \sum_{k,j} m_j\, l_{kj}, \quad \sum_{k \le K} \sum_j b_{pj} (d_j t_k - l_{kj} - f_{kj}) \le "
    r"s_p + \sum_{k \le K} c_{pk} t_k \ \ \forall p, K, \quad l_{kj} + f_{kj} \le d_j t_k, \quad "
    r"\sum_k f_{kj} \le s_j"
)
SYMBOLS = (
    "l, f: units lost and units taken from finished stock, by span of time k and line j; m: margin of a unit; b: units "
    "of part p in a unit of line j; d: demand a week; t: weeks of the span; s: stock; c: supply of a part a week, less "
    "while it is hit; a span ends where an outage does."
)
SOURCE = (
    "Simchi-Levi, D., Schmidt, W. & Wei, Y. (2014). From superstorms to factory fires. Harvard Business Review "
    "92(1-2), 96-101; Simchi-Levi, D. et al. (2015). Interfaces 45(5), 375-390."
)
ASSUMPTIONS = (
    "lost demand does not come back; demand is steady; stock of parts and of finished units can be used at once",
    "sources without a stated capacity deliver their share of normal demand and no more",
    "what is left is given to the lines so that the least margin is lost",
)


@dataclass(frozen=True)
class Struck:
    """The parts of a network that a scenario hits, by row, with the supply left to each and how long, in weeks."""

    rows: list[int]
    supply: list[float]
    weeks: list[float]
    factor: float

    def shock(self, network: Network, times: float = 1.0) -> Shock:
        """Return the shock, with all outages `times` as long."""
        import numpy as np

        supply, weeks = network.supply.copy(), np.zeros(len(network.stock))
        supply[self.rows] = self.supply
        weeks[self.rows] = np.array(self.weeks) * times
        return Shock(supply, weeks, self.factor, max(self.weeks) * times)


def struck_by(network: Network, nodes: Sequence[Node], reached: Sequence[Reached], scenario: Scenario) -> Struck | None:
    """Return what a scenario does to a network; None if it hits none of its parts for a known time."""
    row_of = network.row_of
    rows, supply, weeks = [], [], []
    for one in reached:
        row, node = row_of.get(one.place), nodes[one.place]
        lasts = node.ttr_weeks if scenario.weeks is None else scenario.weeks
        if row is None or not lasts:
            continue
        rows.append(row)
        supply.append(network.supply_when_hit(node, row, one, scenario.severity))
        weeks.append(lasts)
    return Struck(rows, supply, weeks, scenario.demand_factor) if rows else None


def margin_of(network: Network, struck: Struck, times: float = 1.0) -> float:
    """Return the margin that a shock adds to what is lost over the same time without it."""
    shock = struck.shock(network, times)
    if shock.horizon <= 0:
        return 0.0
    return max(0.0, least_loss(network, shock).margin - anyway(network, shock.horizon))


def margins_of(network: Network, struck: Sequence[Struck]) -> list[float]:
    """Return `margin_of` of many shocks, solved together."""
    shocks = [one.shock(network) for one in struck]
    base: dict[float, float] = {}
    for shock in shocks:
        if shock.horizon not in base:
            base[shock.horizon] = anyway(network, shock.horizon)
    plans = least_losses(network, shocks)
    return [max(0.0, plan.margin - base[shock.horizon]) for plan, shock in zip(plans, shocks, strict=True)]


def anyway(network: Network, weeks: float) -> float:
    """Return the margin lost without a shock, because supply and stock do not cover normal demand."""
    import numpy as np

    if (network.supply >= network.need).all():
        return 0.0
    calm = Shock(network.supply, np.zeros(len(network.stock)), 1.0, weeks)
    return least_loss(network, calm).margin


def network_loss(review: Review, scenario: Scenario) -> NetworkResult:
    """Return the least margin lost over lines and parts, the time to survive, and what would help most.

    Raises:
        ReviewError: when the review has no line and part with full data, or the scenario hits no part of them for a
            known time.
    """
    network = network_of(review)
    if network is None:
        reason = (
            "No line and part with full data are joined, so there is no network to solve; give lines a demand and a "
            "margin, and parts their use in a line and their stock or cover."
        )
        raise refused("lines", reason)
    struck = struck_by(network, review.nodes, targets_of(review).reached(scenario), scenario)
    if struck is None:
        reason = (
            f"The scenario {scenario.name!r} hits no part of the network for a known time; name a part that is used in "
            "a line, and give its time to recover or the weeks of the scenario."
        )
        raise refused("scenario", reason)
    return solved(network, struck, scenario.name, review)


def solved(network: Network, struck: Struck, name: str, review: Review) -> NetworkResult:
    """Return the solution of a network for what a scenario does to it."""
    shock = struck.shock(network)
    plan = least_loss(network, shock)
    lasts = first_loss(network, shock)
    several = len(set(struck.weeks)) > 1
    word: WeeksWord = "" if lasts is not None else "no shortage" if several else "no limit"
    base = anyway(network, shock.horizon)
    warnings = []
    if base > 0:
        warnings.append(
            f"Without the shock {number(base)} of margin would be lost over the same time too, for demand is above "
            "supply and stock."
        )
    if len(set(struck.weeks)) > MOST_SPANS:
        warnings.append(
            f"Outages of {len(set(struck.weeks))} different lengths are lengthened to {MOST_SPANS}, which "
            "can only raise the loss."
        )
    return NetworkResult(
        currency=review.scope.currency,
        limit=review.scope.loss_limit,
        formula=FORMULA,
        symbols=SYMBOLS,
        steps=_steps(network, plan, shock, lasts),
        assumptions=[*ASSUMPTIONS, f"model: {SOURCE}"],
        warnings=[*warnings, *network.problems, *network.remarks],
        name=name,
        weeks=shock.horizon,
        margin_lost=plan.margin,
        margin_lost_anyway=base,
        tts=lasts,
        tts_word=word,
        lines=[
            LineLoss(line=network.lines[place], name=network.line_names[place], units=units, margin=margin)
            for place, (units, margin) in enumerate(
                zip(plan.lost.tolist(), (plan.lost * network.margin).tolist(), strict=True)
            )
            if units > 0
        ],
        helps=_helps(network, shock, plan),
    )


def _steps(network: Network, plan: Plan, shock: Shock, lasts: float | None) -> list[str]:
    lost = [place for place, units in enumerate(plan.lost.tolist()) if units > 0]
    lost.sort(key=lambda place: -plan.lost[place] * network.margin[place])
    steps = [f"looked at for {plural(shock.horizon, 'week')}, until the last part is back"]
    if lost:
        terms = " + ".join(
            f"{number(float(plan.lost[place]))} {network.line_names[place]} · {number(float(network.margin[place]))}"
            for place in lost[:SHOWN_LINES]
        )
        more = " + ..." if len(lost) > SHOWN_LINES else ""
        steps.append(f"least margin lost = units lost · margin = {terms}{more} = {number(plan.margin)}")
    else:
        steps.append("least margin lost = 0, as stock and supply left serve all demand")
    steps.append("all demand is served without end" if lasts is None else f"time to survive = {number(lasts)} weeks")
    return steps


def _helps(network: Network, shock: Shock, plan: Plan) -> list[Helps]:
    """Return what would help most by its dual value, each checked by solving again with one more unit."""
    from dataclasses import replace

    found = [
        *((value, "stock", place) for place, value in enumerate(plan.of_stock.tolist()) if value > 0),
        *((value, "supply", place) for place, value in enumerate(plan.of_supply.tolist()) if value > 0),
        *((value, "finished", place) for place, value in enumerate(plan.of_finished.tolist()) if value > 0),
    ]
    helps = []
    for dual, kind, place in sorted(found, key=lambda one: -one[0])[: 2 * MOST_HELPS]:
        one_more = [network.stock.copy(), shock.supply.copy(), network.supply.copy(), network.finished.copy()]
        stock, hit, supply, finished = one_more
        if kind == "stock":
            stock[place] += 1
        elif kind == "supply":
            hit[place] += 1
            supply[place] += 1
        else:
            finished[place] += 1
        changed = replace(network, stock=stock, supply=supply, finished=finished)
        gain = plan.margin - least_loss(changed, replace(shock, supply=hit)).margin
        if gain <= TINY * plan.margin:
            continue
        name = network.line_names[place] if kind == "finished" else network.parts[place]
        what = {"stock": f"stock of {name}", "supply": f"supply of {name}", "finished": f"finished {name}"}[kind]
        helps.append(
            Helps(
                what=what,
                unit="unit a week" if kind == "supply" else "unit in stock",
                gain=float(f"{gain:.9g}"),
                dual=float(f"{dual:.7g}"),
            )
        )
    return sorted(helps, key=lambda one: -one.gain)[:MOST_HELPS]
