"""Classes of stock items: ABC by value, XYZ by variation of demand, and demand sizes and intervals by item."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.pareto import EXACT, Pareto, pareto

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHUNK = 50_000


@dataclass(frozen=True)
class DemandFigures:
    """Figures of demand by item.

    Attributes:
        total: units in all periods.
        variation: standard deviation of the sample over the mean, of all periods.
        interval: periods divided by those with demand (the average inter-demand interval).
        squared_variation: the square of the same ratio, of the demands other than 0; 0 where there is only one.
        demands: number of periods with demand.
    """

    total: "NDArray[np.float64]"
    variation: "NDArray[np.float64]"
    interval: "NDArray[np.float64]"
    squared_variation: "NDArray[np.float64]"
    demands: "NDArray[np.int64]"


def abc_classes(values: "NDArray[np.float64]", limits: tuple[float, float]) -> Pareto:
    """Rank items by value and cut by cumulative share; ties stay together and the most valuable item is A.

    Args:
        values: value of each item in money, all above 0.
        limits: percent of cumulative value at which A and B end.
    """
    return pareto(values, limits[0] / 100, limits[1] / 100, ties_together=True)


def xyz_classes(variation: "NDArray[np.float64]", limits: tuple[float, float]) -> "NDArray[np.uint8]":
    """Return 0 for X, 1 for Y, 2 for Z; a coefficient of variation at a limit belongs to the steadier class."""
    import numpy as np

    return ((variation > limits[0] + EXACT).astype(np.uint8)) + (variation > limits[1] + EXACT)


def demand_figures(demand: "NDArray[np.float64]") -> DemandFigures:
    """Return the figures of each line of `demand` (items by at least two periods, units, none negative, not all 0)."""
    import numpy as np

    count, periods = demand.shape
    total, variation, squared = np.empty(count), np.empty(count), np.empty(count)
    demands = np.empty(count, dtype=np.int64)
    for start in range(0, count, CHUNK):
        part = slice(start, start + CHUNK)
        block = demand[part]
        largest = block.max(axis=1)
        scaled = block / largest[:, None]
        sums, squares = scaled.sum(axis=1), np.einsum("ij,ij->i", scaled, scaled)
        some = np.count_nonzero(block, axis=1)
        total[part], demands[part] = sums * largest, some
        spread = np.maximum(squares - sums**2 / periods, 0) / (periods - 1)
        variation[part] = np.sqrt(spread) / (sums / periods)
        spread = np.maximum(squares - sums**2 / some, 0) / np.maximum(some - 1, 1)
        squared[part] = spread / (sums / some) ** 2
    return DemandFigures(total, variation, periods / demands, squared, demands)
