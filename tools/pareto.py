"""Ranks items by value and cuts the ranking by cumulative share: the computation behind every ABC analysis."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT = 1e-9
"""By how much a cumulative share may pass a limit through rounding alone."""


@dataclass(frozen=True)
class Pareto:
    """A ranking by value.

    Attributes:
        order: places of the items, the most valuable first; equal values in the order given.
        cumulative: cumulative share of value (0 to 1) with each item, in that order.
        classes: 0 for A, 1 for B, 2 for C, by place of the item as given.
        parted: number of items that ties moved to the better class.
    """

    order: "NDArray[np.intp]"
    cumulative: "NDArray[np.float64]"
    classes: "NDArray[np.uint8]"
    parted: int = 0


def pareto(values: "NDArray[np.float64]", first: float, second: float, *, ties_together: bool) -> Pareto:
    """Rank items; one is A while the cumulative share with it is at most `first`, B up to `second`, C beyond.

    The most valuable item is always A, an item without value always C. With `ties_together` items of equal value
    share the class of the first of them.

    Args:
        values: at least one, none negative, with a sum above 0.
        first: share of value (0 to 1) at which A ends.
        second: share of value at which B ends, above `first`.
        ties_together: whether equal values stay in one class, or keep the order in which they were given.
    """
    import numpy as np

    order = np.argsort(-values, kind="stable")
    ranked = values[order]
    cumulative = np.cumsum(ranked)
    cumulative = np.minimum(cumulative / cumulative[-1], 1.0)
    after_a, after_b = np.searchsorted(cumulative, [first + EXACT, second + EXACT], side="right")
    valued = int(np.searchsorted(-ranked, 0.0, side="left"))
    after_a, after_b = max(int(after_a), 1), max(int(after_b), 1)
    parted = 0
    if ties_together:
        together = [int(np.searchsorted(-ranked, -ranked[end - 1], side="right")) for end in (after_a, after_b)]
        parted = sum(new - old for new, old in zip(together, (after_a, after_b), strict=True))
        after_a, after_b = together
    classes = np.full(len(values), 2, dtype=np.uint8)
    classes[order[: min(after_b, valued)]] = 1
    classes[order[: min(after_a, valued)]] = 0
    return Pareto(order, cumulative, classes, parted)
