"""Calls the solver of linear programs, HiGHS through scipy, and says in words what it cannot solve."""

from typing import TYPE_CHECKING, Any

from tools.risk.errors import refused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Array = NDArray[np.float64]

OPTIMAL, UNBOUNDED = 0, 3
TINY = 1e-9
"""Shares smaller than this are taken as none: the solver's own tolerance is larger."""


def solve(costs: "Array", rows: "csr_array", limits: "Array", bounds: Any) -> Any:
    """Return the solution of a linear program, None if it has no bound: costs · x least, rows · x within limits.

    Raises:
        ReviewError: when the solver finds none.
    """
    from scipy.optimize import linprog

    found = linprog(costs, A_ub=rows, b_ub=limits, bounds=bounds, method="highs")
    if found.status == UNBOUNDED:
        return None
    if found.status != OPTIMAL:
        reason = (
            f"The network could not be solved ({found.message.strip()}); look for amounts that differ by more than a "
            "factor of a billion, in units per line, demand, stock or capacity."
        )
        raise refused("network", reason)
    return found
