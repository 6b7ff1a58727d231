"""A shock to a network as spans of time in which nothing changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.risk.stress.network import LEAST, Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MOST_SPANS = 12
"""Outages of more different lengths than this are lengthened to the next of so many, for speed."""


@dataclass(frozen=True)
class Shock:
    """What happens to the parts of a network: supply a week while hit, and weeks hit (0: not hit); factor of demand.

    `horizon` is how long is looked at, at least as long as the longest outage.
    """

    supply: "Array"
    weeks: "Array"
    factor: float
    horizon: float


@dataclass(frozen=True)
class Spans:
    """A shock as spans of time in which nothing changes: their ends, and supply a week by part and span."""

    ends: "Array"
    supply: "Array"

    @property
    def lengths(self) -> "Array":
        """Weeks of each span."""
        import numpy as np

        return np.diff(self.ends, prepend=0.0)

    @property
    def arrived(self) -> "Array":
        """Units supplied by part until the end of each span."""
        import numpy as np

        return np.cumsum(self.supply * self.lengths, axis=1)


def spans_of(network: Network, shock: Shock) -> Spans:
    """Return the spans of a shock; a dozen at most."""
    import numpy as np

    weeks = np.minimum(shock.weeks, shock.horizon)
    weeks = np.where(weeks < LEAST, 0.0, weeks)
    ends = np.unique(weeks[weeks > 0])
    if len(ends) > MOST_SPANS:
        # Longer outages lose more, never less: each is lengthened to the next of a dozen quantiles.
        ends = np.unique(np.quantile(ends, np.arange(1, MOST_SPANS + 1) / MOST_SPANS, method="higher"))
        weeks = np.where(weeks > 0, ends[np.minimum(np.searchsorted(ends, weeks), len(ends) - 1)], 0.0)
    if not len(ends) or ends[-1] < shock.horizon:
        ends = np.append(ends, shock.horizon)
    hit = weeks[:, None] >= ends[None, :]
    return Spans(ends, np.where(hit, shock.supply[:, None], network.supply[:, None]))
