"""The figures of all nodes as arrays, and the shortages and losses that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.risk.exposure import COVER_ASKED, MARGIN_ASKED, TTR_ASKED
from tools.risk.review import Node
from tools.risk.stress.hits import spare_alternates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

EXACT = 1e-12
FORMULA = (
    r"u = \max\bigl(0,\ f - (1 - \sigma)\,h - \max(1 - h,\ a)\bigr), \qquad \text{TTS} = \frac{C}{u}, \qquad "
    r"L = \max(0,\ u\,w - C)\; m\, s"
)
SYMBOLS = (
    "u: demand a week that is not supplied, in weeks of normal demand; f: factor of demand; h: share of supply that is "
    "hit; \N{GREEK SMALL LETTER SIGMA}: severity; a: share that alternates take over; C: cover in weeks; w: weeks out; "
    "m: margin a week; s: share of it that is lost; L: margin lost."
)


@dataclass(frozen=True)
class NodeFigures:
    """One array entry a node; NaN where a figure is not known.

    Attributes:
        ttr: weeks until normal output again.
        cover: weeks of normal demand in stock and on the way.
        alternates: share of demand that alternates take over at once; 0 where none is stated.
        spare: the part of it that does not deliver already.
        margin: margin a week that is lost with the node, the share affected counted.
    """

    ttr: "Array"
    cover: "Array"
    alternates: "Array"
    spare: "Array"
    margin: "Array"

    @classmethod
    def of(cls, nodes: Sequence[Node]) -> "NodeFigures":
        """Read the figures of nodes."""
        import numpy as np

        nan = float("nan")
        columns = [
            (
                nan if node.ttr_weeks is None else node.ttr_weeks,
                nan if node.cover_weeks is None else node.cover_weeks,
                node.alternate_share or 0.0,
                spare_alternates(node),
                nan
                if node.margin_per_week is None
                else node.margin_per_week * (1.0 if node.share_affected is None else node.share_affected),
            )
            for node in nodes
        ]
        table = np.array(columns, dtype=np.float64).reshape(len(nodes), 5)
        return cls(*(np.ascontiguousarray(table[:, place]) for place in range(5)))

    def taken(self, places: Sequence[int]) -> "NodeFigures":
        """Return the figures of some nodes."""
        import numpy as np

        chosen = np.asarray(places, dtype=np.intp)
        return NodeFigures(*(getattr(self, name)[chosen] for name in ("ttr", "cover", "alternates", "spare", "margin")))


def missing_of(node: Node, weeks: float | None, short: bool) -> list[str]:
    """Return what is not known of a node for a loss over `weeks` (None: its own TTR), in words.

    Without a shortfall (`short` false) neither cover nor margin is needed.
    """
    missing = [TTR_ASKED] if weeks is None and node.ttr_weeks is None else []
    if short and node.cover_weeks is None:
        missing.append(COVER_ASKED)
    if short and node.margin_per_week is None:
        missing.append(MARGIN_ASKED)
    return missing


def shortfall(hit: "Array", severity: float, alternates: "Array", spare: "Array", factor: float) -> "Array":
    """Return demand a week that is not supplied, in weeks of normal demand, before stock is used.

    A node of which nothing is hit supplies its normal demand and what alternates can add. Of one that is hit, the part
    that stands delivers on, or alternates take over their share if that is more: what other sources deliver now is
    taken to be part of it.
    """
    import numpy as np

    supply = np.where(hit > 0, (1 - severity) * hit + np.maximum(1 - hit, alternates), 1 + spare)
    short = np.maximum(0.0, factor - supply)
    return np.where(short < EXACT, 0.0, short)


def survival(cover: "Array", short: "Array") -> "Array":
    """Return weeks until the first shortage, infinite where there is no shortfall, NaN where cover is not known."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(short > 0, cover / short, np.inf)


def margin_lost(short: "Array", weeks: "Array", cover: "Array", margin: "Array") -> "Array":
    """Return the margin lost over `weeks`: weeks of demand not served, cover used up first, times the margin a week."""
    import numpy as np

    weeks_lost = np.where(short > 0, np.maximum(0.0, short * weeks - cover), 0.0)
    return np.where(weeks_lost > 0, weeks_lost * margin, weeks_lost)
