"""Demand patterns after Syntetos, Boylan and Croston (2005): smooth, erratic, intermittent or lumpy."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from tools.classification.advice import Pattern, advice
from tools.classification.product_result import ClassificationError, Wrong
from tools.classification.stock import demand_figures
from tools.classification.thresholds import Patterns, Thresholds, default_thresholds
from tools.metrics.shown import number, plural
from tools.pareto import EXACT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PATTERNS: tuple[Pattern, ...] = ("smooth", "erratic", "intermittent", "lumpy")


class PatternResult(BaseModel):
    """The pattern of one series; `interval` in periods, `squared_variation` of the demands other than 0."""

    model_config = ConfigDict(frozen=True)

    name: str
    pattern: Pattern
    interval: float
    squared_variation: float
    demands: int
    periods: int
    advice: str
    warnings: list[str]
    assumptions: list[str]
    source: str


def pattern_codes(
    interval: "NDArray[np.float64]", squared_variation: "NDArray[np.float64]", limits: Patterns
) -> "NDArray[np.uint8]":
    """Return the place in `PATTERNS` of each item; a figure at its limit belongs to the easier side."""
    import numpy as np

    seldom = interval > limits.interval + EXACT
    uneven = squared_variation > limits.squared_variation + EXACT
    return 2 * seldom.astype(np.uint8) + uneven


def classify_demand(demand: Sequence[float], *, name: str = "", thresholds: Thresholds | None = None) -> PatternResult:
    """Say which pattern a series of demand by period has.

    Args:
        demand: units by period, periods without demand as 0; at least two.
        name: the item, for the result.
        thresholds: others than those of thresholds.yaml.

    Raises:
        ClassificationError: for fewer than two periods, a negative number, or no demand at all.

    Source:
        Syntetos, A. A., Boylan, J. E. & Croston, J. D. (2005). Journal of the Operational Research Society 56(5).
    """
    import numpy as np

    limits = (thresholds or default_thresholds()).patterns
    series = np.array(demand, dtype=float)
    if reason := _wrong(series):
        raise ClassificationError([Wrong(input="demand", reason=reason)])
    figures = demand_figures(series[None, :])
    pattern = PATTERNS[pattern_codes(figures.interval, figures.squared_variation, limits)[0]]
    demands = int(figures.demands[0])
    few = f"{plural(demands, 'demand')} in {len(series)} periods are few to tell a pattern; take a longer history."
    return PatternResult(
        name=name,
        pattern=pattern,
        interval=float(figures.interval[0]),
        squared_variation=float(figures.squared_variation[0]),
        demands=demands,
        periods=len(series),
        advice=advice().patterns[pattern],
        warnings=[few] if demands < limits.fewest_demands else [],
        assumptions=pattern_assumptions(limits),
        source=limits.source,
    )


def pattern_assumptions(limits: Patterns) -> list[str]:
    """Return the limits in a sentence."""
    return [
        f"Demand is seldom above an average interval of {number(limits.interval)} periods, and uneven above a squared "
        f"coefficient of variation of {number(limits.squared_variation)} (of the demands other than 0, as a sample)."
    ]


def _wrong(series: "NDArray[np.float64]") -> str:
    import numpy as np

    if series.ndim != 1 or len(series) < 2:
        return f"A pattern needs demand of at least 2 periods, but there is {series.size}; give more periods."
    if not np.isfinite(series).all():
        return f"Period {int(np.argmin(np.isfinite(series))) + 1} has no number; put it right."
    if series.min() < 0:
        place = int(series.argmin())
        return f"Demand of period {place + 1} is {number(float(series[place]))}, below 0; take out returns."
    return "" if series.any() else "All demand is 0, so there is no pattern; check the periods."
