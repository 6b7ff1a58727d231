"""The longest time for which a network serves all demand during a shock, as a linear program."""

from typing import TYPE_CHECKING

from tools.risk.stress.network import Network
from tools.risk.stress.solver import TINY, solve
from tools.risk.stress.spans import Shock, spans_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def first_loss(network: Network, shock: Shock) -> float | None:
    """Return the longest time in weeks for which all demand can be served during a shock, None for without end.

    Where all outages are of one length they are taken to go on, which is the time to survive of Simchi-Levi et al.;
    where they differ, None says that nothing is lost within the horizon.
    """
    import numpy as np

    spans = spans_of(network, shock)
    forever = len(spans.ends) == 1
    demand = network.demand * shock.factor
    used = network.units @ demand
    begun, arrived = 0.0, np.zeros(len(network.stock))
    for place, end in enumerate(spans.ends):
        rate = spans.supply[:, place]
        held = network.stock + arrived - rate * begun
        lasts = _longest(network, demand, used - rate, held, begun, None if forever else end)
        if lasts is None:
            return None
        if lasts < end * (1 - TINY) or forever:
            return float(f"{lasts:.12g}")
        arrived, begun = arrived + rate * (end - begun), end
    return None


def _longest(
    network: Network, demand: "Array", drain: "Array", held: "Array", begun: float, most: float | None
) -> float | None:
    """Solve for the longest time from `begun`, at most `most`, in which drain less what finished units save is held."""
    import numpy as np
    from scipy.sparse import csr_array

    binding = drain > TINY * network.need
    if most is not None:
        binding = np.maximum(drain * begun, drain * most) > held
    part = np.nonzero(binding)[0]
    if not len(part):
        return most
    # The unknowns are the time and, by line, the weeks of demand that finished units serve; rows are in weeks too.
    used_by = network.units[part].tocoo()
    row, of_line = used_by.coords
    needs = demand[of_line] > 0
    line, column = np.unique(of_line[needs], return_inverse=True)
    used = (network.units @ demand)[part]
    saved = used_by.data[needs] * demand[of_line][needs] / used[row[needs]]
    each = np.arange(len(line))
    rows = csr_array(
        (
            np.concatenate([drain[part] / used, -saved, -np.ones(len(line)), np.ones(len(line))]),
            (
                np.concatenate([np.arange(len(part)), row[needs], len(part) + each, len(part) + each]),
                np.concatenate([np.zeros(len(part)), 1 + column, np.zeros(len(line)), 1 + each]).astype(np.intp),
            ),
        ),
        shape=(len(part) + len(line), 1 + len(line)),
    )
    bounds = [(0.0, most), *((0.0, weeks) for weeks in network.finished[line] / demand[line])]
    limits = np.concatenate([held[part] / used, np.zeros(len(line))])
    costs = np.concatenate([[-1.0], np.zeros(len(line))])
    found = solve(costs, rows, limits, bounds)
    return None if found is None else float(found.x[0])
