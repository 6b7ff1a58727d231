"""Looks for the two nodes whose joint outage passes a limit that no single one passes."""

from typing import TYPE_CHECKING

from tools.risk.review import Scenario
from tools.risk.stress.loads import Ground
from tools.risk.stress.results import PairBreak
from tools.risk.stress.solving import margin_of, struck_by

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MOST_NODES = 1500
MOST_CONFIRMED = 25
"""Pairs that the network is solved for, the most promising first."""


def pair_that_breaks(ground: Ground, limit: float) -> tuple[PairBreak | None, str]:
    """Return the pair with the shortest common outage whose loss at both TTRs passes the limit, and words on it.

    Losses of the two are added, as if each fed its own sales, up to the margin of all lines; where both are parts of
    the network, the joint loss is solved instead. If no pair passes, the one with the largest joint loss is returned,
    with `breaks` false.
    """
    import numpy as np

    figures = ground.figures
    short = 1 - figures.alternates
    worth = short * figures.margin  # margin lost a week once stock has run out
    usable = np.nonzero(~np.isnan(figures.ttr) & ~np.isnan(figures.cover) & (worth > 0))[0]
    if len(usable) < 2:
        return None, "fewer than two nodes have the data for it"
    words = ""
    if len(usable) > MOST_NODES:
        usable = usable[np.argsort(-worth[usable], kind="stable")[:MOST_NODES]]
        words = f"looked for among the {MOST_NODES:,} nodes with the largest margin a week; "
    cover, worth, short = figures.cover[usable], worth[usable], short[usable]
    ttr, margin = figures.ttr[usable], figures.margin[usable]
    first, second = np.triu_indices(len(usable), k=1)
    lost = np.maximum(0.0, short * ttr - cover) * margin
    joint = lost[first] + lost[second]
    if ground.weekly is not None:
        begun = np.where(lost > 0, cover / short, np.inf)
        until = np.where(lost > 0, ttr, 0.0)
        span = np.maximum(until[first], until[second]) - np.minimum(begun[first], begun[second])
        capped = np.minimum(joint, ground.weekly * np.maximum(0.0, np.where(np.isfinite(span), span, 0.0)))
        joint = np.maximum(np.maximum(lost[first], lost[second]), capped)
    weeks = _common(cover * margin, worth, cover / short, first, second, limit)
    breaking = np.nonzero(joint > limit)[0]
    order = breaking[np.lexsort((-joint[breaking], weeks[breaking]))]
    for place in order[:MOST_CONFIRMED].tolist():
        pair = int(usable[first[place]]), int(usable[second[place]])
        solved = _solved(ground, pair)
        if solved is None or solved > limit:
            found = _pair(
                ground, pair, float(weeks[place]), float(joint[place]) if solved is None else solved, True, solved
            )
            return found, f"{words}the shortest common outage of two nodes that passes the limit"
    place = int(np.argmax(joint))
    pair = int(usable[first[place]]), int(usable[second[place]])
    solved = _solved(ground, pair)
    loss = float(joint[place]) if solved is None else solved
    found = _pair(ground, pair, float(weeks[place]), loss, loss > limit, solved)
    if len(order) > MOST_CONFIRMED:
        words += f"only the {MOST_CONFIRMED} most promising pairs were solved over the network; "
    return found, f"{words}no pair passes the limit within its times to recover; this one loses most"


def _common(
    held: "Array", worth: "Array", lasts: "Array", first: "NDArray[np.intp]", second: "NDArray[np.intp]", limit: float
) -> "Array":
    """Return the common outage in weeks at which the added losses of each pair reach the limit.

    A node loses worth (w - lasts) once w passes its time to survive. Either one of the two reaches the limit alone, or
    both lose and reach it at (limit + held of both) / (worth of both), which is later than alone where one loses
    nothing yet.
    """
    import numpy as np

    alone = lasts + limit / worth
    both = (limit + held[first] + held[second]) / (worth[first] + worth[second])
    return np.minimum(np.minimum(alone[first], alone[second]), both)


def _solved(ground: Ground, pair: tuple[int, int]) -> float | None:
    """Return the joint loss over the network if both are parts of it."""
    if ground.network is None or not all(place in ground.rows for place in pair):
        return None
    reached = [one for place in pair for one in ground.targets.removed(place)[:1]]
    struck = struck_by(ground.network, ground.nodes, reached, Scenario(name="pair"))
    return None if struck is None else margin_of(ground.network, struck)


def _pair(
    ground: Ground, pair: tuple[int, int], weeks: float, loss: float, breaks: bool, solved: float | None
) -> PairBreak:
    nodes = [ground.nodes[place] for place in pair]
    return PairBreak(
        nodes=(nodes[0].id, nodes[1].id),
        names=(nodes[0].name, nodes[1].name),
        weeks=weeks,
        loss_at_ttr=loss,
        breaks=breaks,
        basis="nodes" if solved is None else "network",
    )
