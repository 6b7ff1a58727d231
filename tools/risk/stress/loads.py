"""What a scenario does to the nodes of a review as arrays, and the bounds of its loss for outages of any length."""

from functools import cached_property
from typing import TYPE_CHECKING

from tools.risk.errors import refused
from tools.risk.review import Node, Review, Scenario
from tools.risk.stress.figures import NodeFigures, margin_lost, missing_of, shortfall, survival
from tools.risk.stress.hits import Reached, Targets, targeted
from tools.risk.stress.network import Network, network_of
from tools.risk.stress.solving import Struck, margin_of, struck_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CELLS = 1_000_000
"""Events times nodes that are worked on at once: 8 MB an array."""


class Ground:
    """What all scenarios of a review share: figures, what can be hit, the network, and the cap of a week's loss."""

    def __init__(self, review: Review, network: bool = True):
        self.review = review
        self.nodes: Sequence[Node] = review.nodes
        self.figures = NodeFigures.of(review.nodes)
        self.targets = Targets(review.nodes)
        self.network: Network | None = network_of(review) if network else None
        self.rows: dict[int, int] = self.network.row_of if self.network else {}
        self.weekly, self.weekly_from = _weekly(review)

    def load(self, scenario: Scenario) -> "Load":
        """Return what a scenario does.

        Raises:
            ReviewError: when it names an unknown node or nothing at all, or is a demand spike without a length.
        """
        reached = self.targets.reached(scenario)
        demand_alone = not targeted(scenario) or (scenario.demand_factor != 1 and not any(one.share for one in reached))
        if scenario.weeks is None and reached and demand_alone:
            reason = (
                f"The scenario {scenario.name!r} changes demand alone and does not say for how long; give its weeks."
            )
            raise refused("weeks", reason)
        return Load(self, scenario, reached)


def _weekly(review: Review) -> tuple[float | None, str]:
    """Return the margin a week of all that the review covers, and where it comes from."""
    if review.scope.weekly_margin is not None:
        return review.scope.weekly_margin, "the weekly margin of the scope"
    lines = [(line.demand_per_week, line.margin_per_unit) for line in review.lines]
    known = [demand * margin for demand, margin in lines if demand is not None and margin is not None]
    if lines and len(known) == len(lines):
        return sum(known), "the margin of all lines, as the scope states none"
    return None, ""


class Load:
    """A scenario on its ground: by reached node the shortfall, weeks out and data missing; in all the loss.

    `computed` are the places (in `reached`) of nodes with full data that do not belong to the network.
    """

    def __init__(self, ground: Ground, scenario: Scenario, reached: list[Reached]):
        import numpy as np

        self.ground, self.scenario, self.reached = ground, scenario, reached
        figures = ground.figures.taken([one.place for one in reached])
        lost = np.array([one.alternates_lost for one in reached], dtype=bool)
        self.share = np.array([one.share for one in reached], dtype=np.float64)
        self.weeks = figures.ttr if scenario.weeks is None else np.full(len(reached), scenario.weeks)
        self.short = shortfall(
            self.share,
            scenario.severity,
            np.where(lost, 0.0, figures.alternates),
            np.where(lost, 0.0, figures.spare),
            scenario.demand_factor,
        )
        self.cover, self.margin = figures.cover, figures.margin
        # What is not known counts as 0 only where nothing is short, or `unknown_at` says so.
        self.cover_known = np.where(np.isnan(self.cover), 0.0, self.cover)
        self.margin_known = np.where(np.isnan(self.margin), 0.0, self.margin)
        self.tts = survival(self.cover, self.short)
        self.lost = margin_lost(self.short, self.weeks, self.cover, self.margin)
        self.lost[np.isnan(self.weeks)] = np.nan
        self.in_network = np.array([one.place in ground.rows for one in reached], dtype=bool) & ~np.isnan(self.weeks)
        self.computed = np.nonzero(~np.isnan(self.lost) & ~self.in_network)[0]
        self.summed = self._summed()

    def _summed(self) -> "NDArray[np.bool_]":
        """Tell which computed nodes count in the sum: not a supplier or site whose parts are all counted themselves."""
        import numpy as np

        counted = {self.reached[place].place for place in (*self.computed, *np.nonzero(self.in_network)[0])}
        parts = [self.reached[place].parts for place in self.computed]
        return np.array([not (of_it and of_it <= counted) for of_it in parts], dtype=bool)

    @cached_property
    def struck(self) -> Struck | None:
        """What it does to the network, if it reaches that."""
        if self.ground.network is None or not self.in_network.any():
            return None
        return struck_by(self.ground.network, self.ground.nodes, self.reached, self.scenario)

    @property
    def complete(self) -> bool:
        """Whether every node that is hit could be computed."""
        return len(self.computed) + int(self.in_network.sum()) == len(self.reached) > 0

    @property
    def known(self) -> bool:
        """Whether anything could be computed."""
        return bool(len(self.computed) or self.struck is not None)

    def unknown_at(self, times: float) -> bool:
        """Tell whether outages `times` as long would bring a loss whose margin is not known."""
        import numpy as np

        chosen = self.computed
        short = self.short[chosen] * self.weeks[chosen] * times > self.cover_known[chosen]
        return bool((short & (np.isnan(self.margin[chosen]) | np.isnan(self.cover[chosen]))).any())

    @property
    def cap(self) -> float | None:
        """The margin a week that all lines earn at the scenario's demand; None where it is not known."""
        weekly = self.ground.weekly
        return None if weekly is None else weekly * self.scenario.demand_factor

    def missing(self, place: int) -> list[str]:
        """Return what is not known of a reached node, in words."""
        if self.in_network[place] or place in self.computed:
            return []
        node = self.ground.nodes[self.reached[place].place]
        return missing_of(node, self.scenario.weeks, bool(self.short[place] > 0))

    def bounds(self, times: "Array") -> tuple["Array", "Array"]:
        """Return the lower and the upper bound of the margin lost when all outages are `times` as long.

        The lower bound is the largest loss of a single node (or of the network as a whole): all that are hit may feed
        the same sales. The upper bound adds all, as if each fed its own, but no more than the margin of all lines from
        the first shortage to the last return.
        """
        import numpy as np

        low, high = np.zeros(len(times)), np.zeros(len(times))
        step = max(1, CELLS // max(1, len(self.computed)))
        for start in range(0, len(times), step):
            part = slice(start, start + step)
            low[part], high[part] = self._bounds(times[part])
        return low, high

    def _bounds(self, times: "Array") -> tuple["Array", "Array"]:
        import numpy as np

        chosen = self.computed
        ends = times[:, None] * self.weeks[chosen]
        losses = np.maximum(0.0, self.short[chosen] * ends - self.cover_known[chosen]) * self.margin_known[chosen]
        low = losses.max(axis=1, initial=0.0)
        if len(chosen) <= 1 and self.struck is None:
            return low, low
        high = losses[:, self.summed].sum(axis=1)
        first = np.where(losses > 0, self.tts[chosen], np.inf).min(axis=1, initial=np.inf)
        last = np.where(losses > 0, ends, 0.0).max(axis=1, initial=0.0)
        if self.struck is not None:
            solved, lasts, until = self._network(times)
            low, high = np.maximum(low, solved), high + solved
            first = np.where(solved > 0, np.minimum(first, lasts), first)
            last = np.where(solved > 0, np.maximum(last, until), last)
        if self.cap is not None and (len(chosen) or self.struck is None):
            with np.errstate(invalid="ignore"):
                high = np.minimum(high, np.where(high > 0, self.cap * (last - first), 0.0))
        return low, np.maximum(low, high)

    def _network(self, times: "Array") -> tuple["Array", "Array", "Array"]:
        """Return the network's loss, the weeks until its first one, and the weeks until all parts are back."""
        import numpy as np

        network, struck = self.ground.network, self.struck
        assert network is not None  # noqa: S101 - a struck network is there
        assert struck is not None  # noqa: S101
        solved = np.array([margin_of(network, struck, float(one)) for one in times])
        return solved, np.zeros(len(times)), times * max(struck.weeks)
