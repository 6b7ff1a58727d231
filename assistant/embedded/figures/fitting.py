"""Assigns the quantities of a message to a metric's inputs: an assignment problem over wording, distance and unit."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.embedded.figures.apart import taken_apart
from assistant.embedded.figures.costs import IMPOSSIBLE, Costs, Names, costs_of, possible_inputs
from assistant.embedded.figures.scene import Scene
from assistant.embedded.figures.unit_costs import SPACES, kind_of, measures
from assistant.embedded.figures.weaving import woven_lists
from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity
from tools.metrics.metric import Metric
from tools.metrics.units import PERIODS, Calendar, factor

LACKING = 1.7
MEASURED = SPACES | {"kWh"}
SURE_MARGIN = 0.3


@dataclass(frozen=True)
class Pair:
    """A quantity as an input, what that costs, and the phrase that says so.

    `contested` if another input is nearer, `settled` if a metric accepts the quantity as no other input.
    """

    quantity: Quantity
    input: str
    cost: float
    label: Said | None = None
    contested: bool = False
    settled: bool = False


@dataclass(frozen=True)
class Fit:
    """How the quantities of a message fit a metric.

    `needed` are the inputs that are enough in the way that was taken, `elsewhere` the quantities that names of other
    metrics' inputs stand beside, `idle` those whose words say that they are no input at all. `cost` includes what is
    lacking and what is left over; `margin` is what the next best fit costs more, and `rivals` the quantities and inputs
    about which the two differ.
    """

    metric: Metric
    pairs: tuple[Pair, ...] = ()
    lacking: tuple[str, ...] = ()
    left: tuple[Quantity, ...] = ()
    cost: float = 0.0
    margin: float = float("inf")
    rivals: tuple[Pair, ...] = ()
    needed: frozenset[str] = frozenset()
    elsewhere: tuple[Quantity, ...] = ()
    idle: tuple[Quantity, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether no other assignment is nearly as good."""
        return self.margin >= SURE_MARGIN

    @property
    def settled(self) -> bool:
        """Whether some quantities are what they are only because a metric accepts nothing else."""
        return any(pair.settled for pair in self.pairs)

    @property
    def labelled(self) -> int:
        """How many quantities have a phrase that names their input."""
        return sum(pair.label is not None for pair in self.pairs)


def fit(entry: Metric, scene: Scene) -> Fit:
    """Return the best assignment of a message's quantities to a metric's inputs."""
    return min(fits(entry, scene), key=lambda found: found.cost)


def fits(entry: Metric, scene: Scene) -> list[Fit]:
    """Return the best assignment for each way of giving what a metric needs, names before or after their numbers."""
    return [
        _fit(entry, variant, said, needed, after)
        for variant in _suited(entry, scene)
        for said in (Names.of(entry, variant.phrases),)
        for needed in ways_of(entry, scene.filled, possible_inputs(entry, variant))
        for after in (False, True)
    ]


def _fit(entry: Metric, scene: Scene, said: Names, needed: frozenset[str], after: bool) -> Fit:
    """Return the best assignment for one way of giving what is needed, with names before or after their numbers."""
    names = [name for name in entry.declared if name in needed or name not in entry.grouped or name in scene.filled]
    found = costs_of(entry, scene, said, names, needed, after)
    costs = found.matrix
    prices = np.array([LACKING if name in needed and name not in scene.filled else 0.0 for name in names])
    total, chosen = _solve(costs, prices, found.left_over)
    pairs = tuple(
        Pair(
            scene.quantities[row],
            names[column],
            float(costs[row, column]),
            found.said.get((row, column)),
            (row, column) in found.contested,
        )
        for row, column in chosen
    )
    used = {row for row, _ in chosen}
    present = {*scene.filled, *(pair.input for pair in pairs)}
    margin, rivals = _margin(scene, names, found, prices, total, chosen)
    return Fit(
        metric=entry,
        pairs=pairs,
        lacking=tuple(name for name in entry.declared if name in needed and name not in present),
        left=tuple(quantity for row, quantity in enumerate(scene.quantities) if row not in used),
        cost=total,
        margin=margin,
        rivals=rivals,
        needed=needed,
        elsewhere=tuple(scene.quantities[row] for row in found.claimed),
        idle=tuple(scene.quantities[row] for row in found.idle),
    )


def ways_of(
    entry: Metric, filled: Collection[str] = (), possible: Collection[str] | None = None
) -> list[frozenset[str]]:
    """Return the sets of inputs any of which is enough; the ways that `filled` inputs took are kept to.

    Where it is known which inputs the numbers of a message can be (`possible`), a way that none of them serves is left
    out, if an earlier one takes no more.
    """
    required = [name for name, declared in entry.declared.items() if declared.required]
    ways = [frozenset(required)]
    for group in entry.inputs.either:
        met = [part for part in group.alternatives if set(filled) >= set(part)]
        parts = met or _served(group.alternatives, possible)
        ways = [way | set(part) for way in ways for part in parts]
    return ways


def _served(alternatives: Sequence[Sequence[str]], possible: Collection[str] | None) -> Sequence[Sequence[str]]:
    if possible is None:
        return alternatives
    kept: list[Sequence[str]] = []
    for part in alternatives:
        if not {*part}.isdisjoint(possible) or all(len(other) > len(part) for other in kept):
            kept.append(part)
    return kept


def _suited(entry: Metric, scene: Scene) -> list[Scene]:
    """Return the scene as a metric's shapes allow to read it, with lists that take turns too where it takes two."""
    found = _listed(entry, scene)
    lists = [declared for declared in entry.declared.values() if declared.shape in ("series", "map")]
    woven = woven_lists(scene.text, scene.quantities) if len(lists) > 1 else None
    if woven is None:
        return found
    parts, made = woven
    kept = [quantity for quantity in scene.quantities if quantity not in parts]
    return [*found, replace(scene, quantities=sorted([*kept, *made], key=lambda quantity: quantity.start))]


def _listed(entry: Metric, scene: Scene) -> list[Scene]:
    """Return the scene with lists taken apart where a metric takes none; with and without its groups where it does."""
    scene = _counted(entry, scene)
    shapes = {declared.shape for declared in entry.declared.values()}
    if not shapes & {"series", "map"}:
        if not any(quantity.is_list for quantity in scene.quantities):
            return [scene]
        single = [part for quantity in scene.quantities for part in taken_apart(quantity, scene.text)]
        return [replace(scene, quantities=single)]
    if not scene.groups:
        if not any(_holds_names(quantity) for quantity in scene.quantities):
            return [scene]
        single = [
            part
            for quantity in scene.quantities
            for part in (taken_apart(quantity, scene.text) if _holds_names(quantity) else [quantity])
        ]
        return [scene, replace(scene, quantities=single)]
    apart = [q for q in scene.quantities if not any(g.start <= q.start and q.end <= g.end for g in scene.groups)]
    grouped = sorted([*apart, *scene.groups], key=lambda quantity: quantity.start)
    return [scene, replace(scene, quantities=grouped)]


def _counted(entry: Metric, scene: Scene) -> Scene:
    """Return the scene with kilograms, metres or the like as pieces, where a metric measures nothing.

    Only if that is all that the message counts; units of one kind are brought to the first, those of another kind left.
    """
    said = [part for quantity in scene.quantities for part in (quantity.unit, *quantity.per) if part]
    counted = dict.fromkeys(part for part in said if part not in PERIODS)
    measured = [part for part in counted if part in MEASURED or kind_of(part) in ("mass", "length")]
    things = {part for part in counted if part not in measured and kind_of(part) == "item"}
    if not measured or things or any(measures(declared.said.unit) for declared in entry.declared.values()):
        return scene
    sizes = {part: _times(part, measured[0]) for part in measured}
    alike = [q for q in scene.quantities if all(sizes.get(part, 1.0) for part in (q.unit, *q.per))]
    return replace(scene, quantities=[_in_pieces(quantity, sizes) for quantity in alike])


def _times(unit: str, base: str) -> float | None:
    """Return how many of a base unit a unit is, None if it is of another kind."""
    if unit == base:
        return 1.0
    if kind_of(unit) != kind_of(base) or kind_of(unit) not in ("mass", "length"):
        return None
    return factor(unit, base, Calendar())


def _in_pieces(quantity: Quantity, sizes: Mapping[str, float | None]) -> Quantity:
    """Return a quantity with its measured units as pieces of the size of one of the base unit."""
    size = sizes.get(quantity.unit) or 1.0
    for part in quantity.per:
        size /= sizes.get(part) or 1.0
    return replace(
        quantity,
        value=quantity.value * size,
        values=tuple(value * size for value in quantity.values),
        others=tuple(other * size for other in quantity.others),
        unit="item" if quantity.unit in sizes else quantity.unit,
        per=tuple("item" if part in sizes else part for part in quantity.per),
    )


def _holds_names(quantity: Quantity) -> bool:
    """Say whether names stand between the numbers of a list, which may be inputs of their own."""
    return quantity.is_list and bool(quantity.labels) and any(sign.isalpha() for sign in quantity.text)


def _solve(
    costs: np.ndarray, prices: np.ndarray, left_over: np.ndarray, forbidden: tuple[int, int] | None = None
) -> tuple[float, list[tuple[int, int]]]:
    """Return the cheapest assignment and its cost.

    A quantity may be left over, and an input (of `prices`, shape (inputs,)) may stay empty, for a price.
    """
    from scipy.optimize import linear_sum_assignment

    rows, columns = costs.shape
    square = np.zeros((rows + columns, columns + rows))
    square[:rows, :columns] = costs
    if forbidden:
        square[forbidden] = IMPOSSIBLE
    square[:rows, columns:] = left_over[:, None]
    square[rows:, :columns] = prices[None, :]
    picked = linear_sum_assignment(square)
    total = float(square[picked].sum())
    pairs = [(int(row), int(column)) for row, column in zip(*picked, strict=True) if row < rows and column < columns]
    return total, [pair for pair in pairs if square[pair] < IMPOSSIBLE]


def _margin(
    scene: Scene,
    names: list[str],
    costs: Costs,
    prices: np.ndarray,
    total: float,
    chosen: list[tuple[int, int]],
) -> tuple[float, tuple[Pair, ...]]:
    """Return how much the next best assignment costs more, and its pairs that the best has not."""
    margin, rivals = float("inf"), tuple[Pair, ...]()
    for place in chosen:
        other, pairs = _solve(costs.matrix, prices, costs.left_over, place)
        if other - total < margin:
            margin = other - total
            rivals = tuple(
                Pair(scene.quantities[row], names[column], float(costs.matrix[row, column]))
                for row, column in pairs
                if (row, column) not in chosen
            )
    return margin, rivals
