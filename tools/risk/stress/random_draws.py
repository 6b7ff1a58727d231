"""Random numbers of a simulation: which draws an event strikes, and how much longer its outages last."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from tools.metrics.shown import number
from tools.risk.errors import refused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CHUNK = 2_000_000
PERT_WEIGHT = 4.0
PERT_POINTS = 4097


@dataclass(frozen=True)
class Spread:
    """The factor on the length of outages: most often 1, never outside `low` to `high`.

    The ends are a proposal of this project: recovery is rarely much faster than stated and often slower. "pert" is the
    beta distribution of the same ends and mode with weight 4 on the mode, "none" leaves lengths as stated.
    """

    low: float = 0.8
    high: float = 1.5
    shape: Literal["triangular", "pert", "none"] = "triangular"

    def __post_init__(self) -> None:
        if self.shape not in ("triangular", "pert", "none"):
            raise refused("spread", f"There is no spread {self.shape!r}; take triangular, pert or none.")
        if self.shape == "none":
            object.__setattr__(self, "low", 1.0)
            object.__setattr__(self, "high", 1.0)
        if not 0 <= self.low <= 1 <= self.high <= 10:
            reason = (
                f"A spread from {number(self.low)} to {number(self.high)} times the stated length is not possible; "
                "give a low end from 0 to 1 and a high end from 1 to 10."
            )
            raise refused("spread", reason)

    @property
    def said(self) -> str:
        """The spread in words."""
        if self.low == self.high:
            return "lengths as stated, without spread"
        name = "triangular" if self.shape == "triangular" else "PERT (weight 4)"
        return f"{name}, from {number(self.low)} over 1 to {number(self.high)}"

    @property
    def mean(self) -> float:
        """The expected factor."""
        if self.shape == "pert":
            return (self.low + PERT_WEIGHT + self.high) / (PERT_WEIGHT + 2)
        return (self.low + 1 + self.high) / 3


def struck(seed: int, place: int, draws: int, years: int, likelihood: float) -> tuple["NDArray[np.intp]", "Array"]:
    """Return in which draws an event strikes (once for each year that it does), and a number from 0 to 1 for each.

    Each event has a stream of its own, made from the seed and its place: another event added behind it changes nothing
    for those before. Doubles of the generator are taken in order and compared with the likelihood.
    """
    import numpy as np

    stream = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(place,))))
    found = []
    for start in range(0, draws * years, CHUNK):
        count = min(CHUNK, draws * years - start)
        found.append(np.flatnonzero(stream.random(count) < likelihood) + start)
    years_struck = np.concatenate(found)
    return years_struck // years, stream.random(len(years_struck))


def times_longer(level: "Array", spread: Spread) -> "Array":
    """Return the factor on the length of outages at each level (0 to 1) of its distribution."""
    import numpy as np

    low, high = spread.low, spread.high
    if low == high:
        return np.ones_like(level)
    if spread.shape == "pert":
        levels, factors = _pert(low, high)
        return np.interp(level, levels, factors)
    turn = (1 - low) / (high - low)
    below = low + np.sqrt(level * (high - low) * (1 - low))
    above = high - np.sqrt((1 - level) * (high - low) * (high - 1))
    return np.where(level < turn, below, above)


@lru_cache(maxsize=16)
def _pert(low: float, high: float) -> tuple["Array", "Array"]:
    """Return the distribution of PERT at many points; between them it is taken as straight."""
    import numpy as np
    from scipy.special import betainc

    factors = np.linspace(low, high, PERT_POINTS)
    first = 1 + PERT_WEIGHT * (1 - low) / (high - low)
    levels = betainc(first, PERT_WEIGHT + 2 - first, (factors - low) / (high - low))
    return levels, factors
