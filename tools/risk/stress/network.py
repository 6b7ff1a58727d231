"""The network of lines and parts of a review: what each part needs, holds and gets, with and without a shock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tools.metrics.shown import listed, number
from tools.risk.review import Node, ProductLine, Review
from tools.risk.stress.hits import Reached, same, spare_alternates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Array = NDArray[np.float64]

LEAST = 1e-6
"""Units a week, and weeks, below which demand and outages count as none: ratios of such slips overflow."""

APART = 0.25
"""Stock in units and cover in weeks that differ by more than this share are pointed out."""


@dataclass(frozen=True)
class Network:
    """Lines that are sold and the parts that they need; amounts are units, rates units a week.

    Attributes:
        lines, line_names: ids and names of the lines.
        demand, margin, finished: demand a week, margin a unit and finished units in stock, by line.
        places: place of each part in the review's nodes.
        parts: names of the parts.
        units: units of each part (row) in one unit of each line (column).
        need: units of each part a week at normal demand.
        stock: units of each part in stock.
        supply: units of each part that can be had a week without a shock.
        problems: what kept lines or nodes out of the network, in sentences.
        remarks: what is doubtful in the data that are used, in sentences.
    """

    lines: list[str]
    line_names: list[str]
    demand: "Array"
    margin: "Array"
    finished: "Array"
    places: list[int]
    parts: list[str]
    units: "csr_array"
    need: "Array"
    stock: "Array"
    supply: "Array"
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def row_of(self) -> dict[int, int]:
        """The row of each node that is a part of the network, by its place in the review."""
        return {place: row for row, place in enumerate(self.places)}

    def supply_when_hit(self, node: Node, row: int, reached: Reached, severity: float) -> float:
        """Return units a week of a part during a shock: what stands, what the hit part still gives, and alternates."""
        need = float(self.need[row])
        alternates = 0.0 if reached.alternates_lost else (node.alternate_share or 0.0) * need
        capacity = _capacity(node)
        if not reached.direct and not reached.share:
            return float(self.supply[row])
        if capacity is None:
            hit, stands = reached.share * need, (1 - reached.share) * need
        elif reached.direct:
            hit, stands = capacity, 0.0
        else:
            names = {same(name) for name in reached.sources}
            hit = sum(source.capacity or 0.0 for source in node.sources if same(source.supplier) in names)
            stands = capacity - hit
        return (1 - severity) * hit + max(stands, alternates)


def network_of(review: Review) -> Network | None:
    """Return the network of a review, or None where no line and part with full data are joined.

    A line needs a demand a week and a margin a unit. A node belongs to the network if it is used in such lines only and
    its stock is known, in units or as cover in weeks of demand.
    """
    import numpy as np
    from scipy.sparse import csr_array

    lines, problems = _complete(review.lines)
    column = {key: place for place, line in enumerate(lines) for key in (same(line.name), line.id) if key}
    every = {key for line in review.lines for key in (same(line.name), line.id) if key}
    demand = np.array([line.demand_per_week or 0.0 for line in lines])
    demand[demand < LEAST] = 0.0
    remarks: list[str] = []
    places: list[int] = []
    rows: list[int] = []
    columns: list[int] = []
    amounts: list[float] = []
    stock: list[float] = []
    supply: list[float] = []
    needs: list[float] = []
    for place, node in enumerate(review.nodes):
        used = _used(node, column, every, problems)
        if not used:
            continue
        need = sum(amount * float(demand[where]) for where, amount in used.items())
        if need < LEAST:
            problems.append(
                f"{node.name} is used only in lines without demand worth counting, so it is not in the network."
            )
            continue
        held = node.stock if node.stock is not None else _times(node.cover_weeks, need)
        if held is None:
            problems.append(f"The stock of {node.name} is not known, so it is not in the network.")
            continue
        if node.stock is not None and node.cover_weeks is not None:
            _compare(node, need, remarks)
        rows += [len(places)] * len(used)
        columns += list(used)
        amounts += list(used.values())
        places.append(place)
        needs.append(need)
        stock.append(held)
        capacity = _capacity(node)
        supply.append((need if capacity is None else capacity) + spare_alternates(node) * need)
    if not places:
        return None
    return Network(
        lines=[line.id for line in lines],
        line_names=[line.name for line in lines],
        demand=demand,
        margin=np.array([line.margin_per_unit or 0.0 for line in lines]),
        finished=np.array([line.stock or 0.0 for line in lines]),
        places=places,
        parts=[review.nodes[place].name for place in places],
        units=csr_array((amounts, (rows, columns)), shape=(len(places), len(lines)), dtype=np.float64),
        need=np.array(needs),
        stock=np.array(stock),
        supply=np.array(supply),
        problems=problems,
        remarks=remarks,
    )


def _complete(lines: Sequence[ProductLine]) -> tuple[list[ProductLine], list[str]]:
    kept, problems = [], []
    for line in lines:
        lacking = [
            words
            for words, value in (("demand a week", line.demand_per_week), ("margin a unit", line.margin_per_unit))
            if value is None
        ]
        if lacking:
            problems.append(f"The line {line.name} lacks its {listed(lacking)}, so it is not in the network.")
        else:
            kept.append(line)
    return kept, problems


def _used(node: Node, column: Mapping[str, int], every: set[str], problems: list[str]) -> dict[int, float]:
    """Return the units of a node by line; empty if it is used in a line that is not known in full."""
    used: dict[int, float] = {}
    for key, amount in node.used_in.items():
        place = column.get(key, column.get(same(key)))
        if place is None:
            if key in every or same(key) in every:
                problems.append(f"{node.name} is used in a line without full data, so it is not in the network.")
            else:
                problems.append(
                    f"{node.name} is used in a line {key!r} that is not in the review, so it is not in the network."
                )
            return {}
        if amount > 0:
            used[place] = used.get(place, 0.0) + amount
    return used


def _capacity(node: Node) -> float | None:
    """Return units a week that all sources can deliver, or None where one of them is not known."""
    capacities = [source.capacity for source in node.sources]
    known = [capacity for capacity in capacities if capacity is not None]
    return sum(known) if known and len(known) == len(capacities) else None


def _times(weeks: float | None, need: float) -> float | None:
    return None if weeks is None else weeks * need


def _compare(node: Node, need: float, remarks: list[str]) -> None:
    held, covered = node.stock or 0.0, (node.cover_weeks or 0.0) * need
    if abs(held - covered) > APART * max(held, covered):
        remarks.append(
            f"{node.name}: {number(held)} units in stock are {number(held / need)} weeks of demand, but its cover is "
            f"stated as {number(node.cover_weeks or 0)} weeks; the network counts the units."
        )
