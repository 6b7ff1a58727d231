"""The least margin that a network loses during a shock, as a linear program."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.risk.stress.network import Network
from tools.risk.stress.solver import TINY, solve
from tools.risk.stress.spans import Shock, spans_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Array = NDArray[np.float64]

AT_ONCE = 100


@dataclass(frozen=True)
class Plan:
    """The best use of what is left: units lost by line, their margin, and what one more unit would save.

    `of_stock` and `of_supply` (units a week, all the time) are by part, `of_finished` by line.
    """

    lost: "Array"
    margin: float
    of_stock: "Array"
    of_supply: "Array"
    of_finished: "Array"


def least_loss(network: Network, shock: Shock) -> Plan:
    """Return the plan that loses the least margin; demand that is not served in its span is lost.

    Parts arrive at a steady rate within a span and may be kept; finished units in stock serve their own line's demand
    at any time. The model is that of Simchi-Levi et al. (2014, 2015), which has one span, carried on over several where
    outages end at different times.
    """
    program = _Program.of(network, shock)
    if program is None:
        return _nothing(network)
    found = solve(program.costs, program.rows, program.limits, (0, None))
    return program.plan(network, found.x, found.ineqlin.marginals)


def least_losses(network: Network, shocks: Sequence[Shock]) -> list[Plan]:
    """Return the plans of many shocks, many solved at once: side by side they do not touch one another."""
    import numpy as np
    from scipy.sparse import block_diag

    plans: list[Plan] = []
    for start in range(0, len(shocks), AT_ONCE):
        programs = [_Program.of(network, shock) for shock in shocks[start : start + AT_ONCE]]
        some = [program for program in programs if program is not None]
        solved = []
        if some:
            rows = block_diag([program.rows for program in some], format="csr")
            costs, limits = ([getattr(program, name) for program in some] for name in ("costs", "limits"))
            found = solve(np.concatenate(costs), rows, np.concatenate(limits), (0, None))
            unknowns = np.split(found.x, np.cumsum([len(one) for one in costs])[:-1])
            marginals = np.split(found.ineqlin.marginals, np.cumsum([len(one) for one in limits])[:-1])
            solved = [one.plan(network, *both) for one, *both in zip(some, unknowns, marginals, strict=True)]
        rest = iter(solved)
        plans += [_nothing(network) if program is None else next(rest) for program in programs]
    return plans


def _nothing(network: Network) -> Plan:
    import numpy as np

    lines, parts = np.zeros(len(network.demand)), np.zeros(len(network.stock))
    return Plan(lines, 0.0, parts, parts, lines)


@dataclass(frozen=True)
class _Program:
    """A linear program: costs · x least, with rows · x within limits, x not negative; and how to read its solution.

    The unknowns are shares of each line's demand in each span, and rows are shares of what a part would need, so that
    amounts of very different size can be solved. `part`, `until` and `whole` are, by part row, the part, the weeks and
    the units that it would need until then; `line` and `total` are the lines and their demand in units.
    """

    costs: "Array"
    rows: "csr_array"
    limits: "Array"
    money: float
    part: "NDArray[np.intp]"
    until: "Array"
    whole: "Array"
    line: "NDArray[np.intp]"
    total: "Array"
    of_time: "Array"

    @classmethod
    def of(cls, network: Network, shock: Shock) -> "_Program | None":
        """Return the program of a shock, None if nothing is short."""
        import numpy as np

        spans = spans_of(network, shock)
        demand = network.demand * shock.factor
        used = network.units @ demand  # what a week uses if nothing is lost and nothing finished is taken
        short = used[:, None] * spans.ends - network.stock[:, None] - spans.arrived
        # A row that holds with nothing lost always holds, for losses only lessen what is used: the others suffice.
        part, end = np.nonzero(short > TINY * used[:, None] * spans.ends)
        if not len(part):
            return None
        used_by = network.units[part].tocoo()
        needed = demand[used_by.coords[1]] > 0
        row, units = used_by.coords[0][needed], used_by.data[needed]
        line, column = np.unique(used_by.coords[1][needed], return_inverse=True)
        until, length = spans.ends[end], spans.lengths
        whole, total = used[part] * until, demand[line] * spans.ends[-1]
        worth = np.outer(length, demand[line] * network.margin[line]).ravel()
        money = float(worth.max()) or 1.0
        of_time = length / spans.ends[-1]
        # No more is lost than must be, even of lines without a margin.
        costs = [worth / money + TINY * np.repeat(of_time, len(line)), np.zeros(len(worth))]
        limits = [-short[part, end] / whole, np.minimum(network.finished[line], total) / total, np.ones(len(worth))]
        rows = _rows(row, column, units * demand[line][column] / whole[row], end, length, len(line))
        return cls(np.concatenate(costs), rows, np.concatenate(limits), money, part, until, whole, line, total, of_time)

    def plan(self, network: Network, found: "Array", marginals: "Array") -> Plan:
        """Return what a solution and its dual values say."""
        import numpy as np

        nothing, lines = _nothing(network), len(self.line)
        lost, of_stock, of_supply, of_finished = (
            values.copy() for values in (nothing.lost, nothing.of_stock, nothing.of_supply, nothing.of_finished)
        )
        share = np.maximum(0.0, self.of_time @ found[: len(found) // 2].reshape(-1, lines))
        # The solver leaves the last digits uncertain.
        lost[self.line] = [
            float(f"{units:.12g}") for units in (np.where(share < TINY, 0.0, share) * self.total).tolist()
        ]
        duals = np.maximum(0.0, -marginals) * self.money
        parts = duals[: len(self.part)] / self.whole
        np.add.at(of_stock, self.part, parts)
        np.add.at(of_supply, self.part, parts * self.until)
        of_finished[self.line] = duals[len(self.part) : len(self.part) + lines] / self.total
        return Plan(lost, float(f"{lost @ network.margin:.12g}"), of_stock, of_supply, of_finished)


def _rows(
    row: "NDArray[np.intp]",
    column: "NDArray[np.intp]",
    rate: "Array",
    end: "NDArray[np.intp]",
    length: "Array",
    lines: int,
) -> "csr_array":
    """Return the rows of the program: parts until the end of a span, finished units of lines, demand of spans.

    The unknowns are the shares lost by span and line, then the shares taken from finished stock. Both save parts: `row`
    and `column` say which part row saves at which `rate` a week of a line's demand.
    """
    import numpy as np
    from scipy.sparse import csr_array

    spans, wide = len(length), lines * len(length)
    span, entry = np.nonzero(np.arange(spans)[:, None] <= end[row][None, :])
    saving, saved = column[entry] + span * lines, -rate[entry] * length[span]
    each = np.arange(wide)
    finished, demand = len(end) + each % lines, len(end) + lines + each
    return csr_array(
        (
            np.concatenate([saved, saved, np.repeat(length / length.sum(), lines), np.ones(2 * wide)]),
            (
                np.concatenate([row[entry], row[entry], finished, demand, demand]),
                np.concatenate([saving, saving + wide, each + wide, each, each + wide]),
            ),
        ),
        shape=(len(end) + lines + wide, 2 * wide),
    )
