"""Figures of a distribution of losses: mean, percentiles, the worst, shares over a limit, the exceedance curve."""

import math
from typing import TYPE_CHECKING

from tools.risk.stress.results import CurvePoint, LossFigures

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CONFIDENCE = 0.95
TAIL = 0.05
POINTS = 100


def figures_of(losses: "Array", limit: float | None, event_over: "NDArray[np.bool_]") -> LossFigures:
    """Return the figures of losses by draw.

    The conditional value at risk is the mean of the worst 5 % of draws, the last of them counted in part where 5 % is
    no whole number (Rockafellar & Uryasev 2002, Conditional value-at-risk for general loss distributions).

    Args:
        losses: sum of a draw, at least one draw.
        limit: what the sum is compared with.
        event_over: whether a single event of the draw passed the limit.
    """
    import numpy as np

    ordered = np.sort(losses)
    count = len(ordered)

    def percentile(share: float) -> float:
        return float(ordered[max(0, math.ceil(share * count - 1e-9) - 1)])

    tail = TAIL * count
    whole = math.floor(tail + 1e-9)
    part = max(0.0, tail - whole)
    worst = ordered[count - whole :].sum() + (part * ordered[count - whole - 1] if part > 1e-9 else 0.0)
    mean = float(losses.mean())
    sums = _interval(int((losses > limit).sum()), count) if limit is not None else (None, None, None)
    single = _interval(int(event_over.sum()), count) if limit is not None else (None, None, None)
    return LossFigures(
        mean=mean,
        standard_error=float(losses.std(ddof=1) / math.sqrt(count)) if count > 1 else 0.0,
        p50=percentile(0.5),
        p90=percentile(0.9),
        p95=percentile(0.95),
        p99=percentile(0.99),
        worst=float(ordered[-1]),
        cvar95=float(worst / tail),
        over_limit=sums[0],
        over_limit_from=sums[1],
        over_limit_to=sums[2],
        event_over_limit=single[0],
        event_over_limit_from=single[1],
        event_over_limit_to=single[2],
    )


def curve_of(losses: "Array") -> list[CurvePoint]:
    """Return at most about a hundred points of the exceedance curve, from the least loss to the largest."""
    import numpy as np

    ordered = np.sort(losses)
    count = len(ordered)
    # Denser towards the tail, which is what such a curve is read for.
    shares = np.concatenate(
        [np.linspace(0, 0.9, POINTS // 2, endpoint=False), 1 - np.geomspace(0.1, 1 / count, POINTS // 2)]
    )
    points: dict[float, float] = {}
    for place in np.unique(np.minimum((shares * count).astype(np.intp), count - 1)):
        loss = float(ordered[place])
        points[loss] = float(count - np.searchsorted(ordered, loss, side="right")) / count
    return [CurvePoint(loss=loss, share=share) for loss, share in points.items()]


def _interval(over: int, count: int) -> tuple[float, float, float]:
    """Return a share and Wilson's interval for it, at 95 %."""
    from scipy.stats import binomtest

    interval = binomtest(over, count).proportion_ci(CONFIDENCE, method="wilson")
    return over / count, float(interval.low), float(interval.high)
