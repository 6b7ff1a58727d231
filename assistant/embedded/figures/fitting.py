"""Assigns the quantities of a message to a metric's inputs: an assignment problem over wording, distance and unit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from assistant.embedded.figures.faults import faults, went_wrong
from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS
from tools.metrics.given import Input
from tools.metrics.metric import Metric
from tools.metrics.units import PERIODS

_MEASURES = {
    **dict.fromkeys(("kilogram", "gram", "tonne", "pound", "ounce", "kg", "g", "t", "lb"), "mass"),
    **dict.fromkeys(
        ("metre", "centimetre", "millimetre", "kilometre", "inch", "foot", "mile", "m", "cm", "mm", "km"), "length"
    ),
    **{name: name for name in ("money", "order", "turn", "fraction", "1")},
}
IMPOSSIBLE = 50.0
UNLABELLED = 2.6
OPTIONAL = 1.6
LEFT_OVER = 2.4
LACKING = 1.7
WORD_APART = 0.12
MARK_APART = 1.3
NUMBER_APART = 1.3
WRONG_SIDE = 0.55
FAR = 2.4
TOO_FAR = 1.6
UNIT_TELLS = 1.0
UNIT_LACKS = 0.35
CLEARLY, NEXT_TO, BELONGS_ELSEWHERE = 0.2, 0.5, 1.2
PER_ITEM_UNSAID = 0.4
TELLING_LENGTH, TELLING_RANK = 5, 5
OUT_OF_BOUNDS = 0.6
SAID_SO = 0.5
VOLUMES = frozenset({"l", "gal", "m^3", "cm^3", "ft^3", "in^3", "m^2", "kWh"})
MOST_WORDS_OF = 3
SURE_MARGIN = 0.3
_MARKS = re.compile(r"[,;.:?!\n|]+")
_WORDS = re.compile(r"\w+")
_PARTED = re.compile(r"[,;:?!\n|]|[.](?=\s)|\b(?:and|und|but|aber|while)\b")
OF = re.compile(r"(?:out )?of(?: (?:the|all|our))?|von|/|aus", re.I)
_NUMBERS = re.compile(r"\d(?:[\d.,']*\d)?")


@dataclass(frozen=True)
class Pair:
    """A quantity as an input, what that costs, and the phrase that says so; `contested` if another input is nearer."""

    quantity: Quantity
    input: str
    cost: float
    label: Said | None = None
    contested: bool = False


@dataclass(frozen=True)
class Fit:
    """How the quantities of a message fit a metric.

    `needed` are the inputs that are enough in the way that was taken, `elsewhere` the quantities that names of other
    metrics' inputs stand beside. `cost` includes what is lacking and what is left over; `margin` is what the next best
    fit costs more, and `rivals` the quantities and inputs about which the two differ.
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

    @property
    def sure(self) -> bool:
        """Whether no other assignment is nearly as good."""
        return self.margin >= SURE_MARGIN

    @property
    def labelled(self) -> int:
        """How many quantities have a phrase that names their input."""
        return sum(pair.label is not None for pair in self.pairs)


@dataclass
class Scene:
    """A message as fitting sees it: its text, quantities and phrases, and the inputs that are filled already.

    `columns` are the places of quantities that are columns of a table: only their own headings name them. `groups` are
    lists that some of the quantities may make up.
    """

    text: str
    quantities: Sequence[Quantity]
    phrases: Sequence[Said]
    filled: Mapping[str, object] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    columns: frozenset[int] = frozenset()
    groups: tuple[Quantity, ...] = ()
    kept: dict[tuple[int, int, int], float] = field(default_factory=dict, init=False, repr=False, compare=False)


def fit(entry: Metric, scene: Scene) -> Fit:
    """Return the best assignment of a message's quantities to a metric's inputs."""
    return min(fits(entry, scene), key=lambda found: found.cost)


def fits(entry: Metric, scene: Scene) -> list[Fit]:
    """Return the best assignment for each way of giving what a metric needs, names before or after their numbers."""
    return [
        _fit(entry, variant, _labels(entry, variant.phrases), needed, after)
        for variant in _suited(entry, scene)
        for needed in _ways(entry, scene.filled)
        for after in (False, True)
    ]


def _fit(entry: Metric, scene: Scene, labels: list[tuple[Said, str]], needed: frozenset[str], after: bool) -> Fit:
    """Return the best assignment for one way of giving what is needed, with names before or after their numbers."""
    grouped = {name for group in entry.inputs.either for part in group.alternatives for name in part}
    names = [name for name in entry.declared if name in needed or name not in grouped or name in scene.filled]
    costs, said, contested, claimed = _costs(entry, scene, labels, names, needed, after)
    prices = np.array([LACKING if name in needed and name not in scene.filled else 0.0 for name in names])
    total, chosen = _solve(costs, prices)
    pairs = tuple(
        Pair(
            scene.quantities[row],
            names[column],
            float(costs[row, column]),
            said.get((row, column)),
            (row, column) in contested,
        )
        for row, column in chosen
    )
    used = {row for row, _ in chosen}
    present = {*scene.filled, *(pair.input for pair in pairs)}
    margin, rivals = _margin(scene, names, costs, prices, total, chosen)
    return Fit(
        metric=entry,
        pairs=pairs,
        lacking=tuple(name for name in entry.declared if name in needed and name not in present),
        left=tuple(quantity for row, quantity in enumerate(scene.quantities) if row not in used),
        cost=total,
        margin=margin,
        rivals=rivals,
        needed=needed,
        elsewhere=tuple(scene.quantities[row] for row in claimed),
    )


def _ways(entry: Metric, filled: Mapping[str, object]) -> list[frozenset[str]]:
    """Return the sets of inputs any of which is enough."""
    required = [name for name, declared in entry.declared.items() if declared.required]
    ways = [frozenset(required)]
    for group in entry.inputs.either:
        met = [part for part in group.alternatives if filled.keys() >= set(part)]
        ways = [way | set(part) for way in ways for part in (met or group.alternatives)]
    return ways


def _suited(entry: Metric, scene: Scene) -> list[Scene]:
    """Return the scene with lists taken apart where a metric takes none; with and without its groups where it does."""
    scene = _counted(entry, scene)
    shapes = {declared.shape for declared in entry.declared.values()}
    if not shapes & {"series", "map"}:
        if not any(quantity.is_list for quantity in scene.quantities):
            return [scene]
        single = [part for quantity in scene.quantities for part in _taken_apart(quantity, scene.text)]
        return [replace(scene, quantities=single)]
    if not scene.groups:
        if not any(_holds_names(quantity) for quantity in scene.quantities):
            return [scene]
        single = [
            part
            for quantity in scene.quantities
            for part in (_taken_apart(quantity, scene.text) if _holds_names(quantity) else [quantity])
        ]
        return [scene, replace(scene, quantities=single)]
    apart = [q for q in scene.quantities if not any(g.start <= q.start and q.end <= g.end for g in scene.groups)]
    grouped = sorted([*apart, *scene.groups], key=lambda quantity: quantity.start)
    return [scene, replace(scene, quantities=grouped)]


def _counted(entry: Metric, scene: Scene) -> Scene:
    """Return the scene with kilograms, metres or the like as pieces, where a metric measures nothing.

    Only if one such unit is all that the message counts.
    """
    counted = {part for quantity in scene.quantities for part in (quantity.unit, *quantity.per) if part} - set(PERIODS)
    measured = {part for part in counted if part in VOLUMES or kind_of(part) in ("mass", "length")}
    things = {part for part in counted - measured if kind_of(part) == "item"}
    if len(measured) != 1 or things or any(_measures(declared.said.unit) for declared in entry.declared.values()):
        return scene
    unit = measured.pop()
    return replace(
        scene,
        quantities=[
            replace(
                quantity,
                unit="item" if quantity.unit == unit else quantity.unit,
                per=tuple("item" if part == unit else part for part in quantity.per),
            )
            for quantity in scene.quantities
        ],
    )


def _measures(canonical: str) -> bool:
    over, under = _kinds(canonical) if canonical else (set(), set())
    return bool({"mass", "length"} & (over | under)) or "**" in canonical.replace("**0.5", "")


def _holds_names(quantity: Quantity) -> bool:
    """Say whether names stand between the numbers of a list, which may be inputs of their own."""
    return quantity.is_list and bool(quantity.labels) and any(sign.isalpha() for sign in quantity.text)


def _taken_apart(quantity: Quantity, text: str) -> list[Quantity]:
    if not quantity.is_list:
        return [quantity]
    places = [quantity.start + match.start() for match in _NUMBERS.finditer(text[quantity.start : quantity.end])]
    if len(places) != len(quantity.values):
        places = [quantity.start] * len(quantity.values)
    return [
        replace(
            quantity,
            start=place,
            end=place + 1,
            text=f"{value:g}",
            value=value,
            is_list=False,
            values=(),
            labels=(),
        )
        for place, value in zip(places, quantity.values, strict=True)
    ]


def _labels(entry: Metric, phrases: Sequence[Said]) -> list[tuple[Said, str]]:
    """Return the phrases that name inputs of a metric, without those that stand within longer ones."""
    own = [(said, name) for said in phrases for metric, name in said.inputs if metric == entry.id]
    return [
        (said, name)
        for said, name in own
        if not any(
            other is not said and other.start <= said.start and said.end <= other.end and other.words > said.words
            for other, _ in own
        )
    ]


def _costs(
    entry: Metric,
    scene: Scene,
    labels: list[tuple[Said, str]],
    names: list[str],
    needed: frozenset[str],
    after: bool,
) -> tuple[np.ndarray, dict[tuple[int, int], Said], set[tuple[int, int]], set[int]]:
    """Return the cost of each quantity as each input, shape (quantities, inputs), the phrases that count, the pairs in
    dispute, and the rows that other names claim.

    With `after`, names are expected behind their numbers.
    """
    costs = np.full((len(scene.quantities), len(names)), IMPOSSIBLE)
    said: dict[tuple[int, int], Said] = {}
    contested: set[tuple[int, int]] = set()
    claimed: set[int] = set()
    here = [(label, name) for label, name in labels if name in names]
    foreign = [
        *_foreign(entry, scene.phrases, labels),
        *(label for label, name in labels if name not in names and _tells(label)),
    ]
    foreign = [said for said in foreign if all(said is not label for label, _ in here)]
    kindred = [said for said in foreign if any(METRICS[metric].note == entry.note for metric, _ in said.inputs)]
    rights, wrong = faults().right, faults().wrong.get(entry.id)
    wholes = faults().whole.get(entry.id, ())
    parts = _parts(scene) if wholes else {}
    for row, quantity in enumerate(scene.quantities):
        elsewhere = min(
            (_apart(scene, quantity, label, after) for label in foreign if _may_be(quantity, label)), default=FAR
        )
        if elsewhere < NEXT_TO and not any(
            _apart(scene, quantity, label, after) < NEXT_TO for label in kindred if _may_be(quantity, label)
        ):
            claimed.add(row)
        tells = entry.id in rights and row not in parts.values()
        fault = went_wrong(scene.text, quantity.start, quantity.end) if tells else 0
        headed = quantity.start in scene.columns or any(_overlap(label, quantity) for label, _ in labels)
        nearest: dict[str, float] = {}
        for phrase, name in () if headed else here:
            apart = min(_apart(scene, quantity, phrase, side) for side in (after, not after))
            if apart < NEXT_TO and unit_cost(quantity, entry.declared[name]) is not None:
                others = (
                    _apart(scene, other, phrase, after) for place, other in enumerate(scene.quantities) if place != row
                )
                if apart < min(others, default=FAR):
                    nearest[name] = min(apart, nearest.get(name, FAR))
        for column, name in enumerate(names):
            declared = entry.declared[name]
            unit = unit_cost(quantity, declared)
            added = quantity.change == "plus" and quantity.value > 0 and not scene.filled
            if unit is None or (quantity.change and name not in scene.filled and not added):
                continue
            if wholes and ((row in parts and name in wholes) or (row in parts.values() and name not in wholes)):
                continue
            if (fault > 0 and (name in rights[entry.id] or name in wholes)) or (fault < 0 and name == wrong):
                continue
            near: list[tuple[float, Said]] = [
                (_apart(scene, quantity, label, after), label)
                for label, named in labels
                if named == name and (not headed or _overlap(label, quantity))
            ]
            named = min(near, key=lambda pair: pair[0], default=None)
            told = named is not None and named[0] < TOO_FAR
            cost, label = named if named and told else (UNLABELLED, None)
            if added and label is None:
                continue
            if label is None and wholes and row in parts.values():
                cost, label = SAID_SO, Said(quantity.start, quantity.end, 1, inputs=frozenset({(entry.id, name)}))
            if label is None and ((fault > 0 and name == wrong) or (fault < 0 and (name,) == rights[entry.id])):
                cost, label = SAID_SO, Said(quantity.start, quantity.end, 1, inputs=frozenset({(entry.id, name)}))
            own = min((there for other, there in nearest.items() if other != name), default=FAR)
            if (elsewhere + CLEARLY < cost and (label is not None or elsewhere < NEXT_TO)) or (
                label is None and own < NEXT_TO
            ):
                cost += BELONGS_ELSEWHERE
                contested.add((row, column))
            if label is None and name in scene.asked:
                cost -= 1.8
            elif label is None and name not in needed:
                cost += OPTIONAL
            if label is None and unit < 0:
                cost -= UNIT_TELLS
            costs[row, column] = max(0.0, cost + max(0.0, unit)) + (0.25 if name in scene.filled else 0.0)
            if label is not None:
                said[row, column] = label
    return costs, said, contested, claimed


def _foreign(entry: Metric, phrases: Sequence[Said], labels: list[tuple[Said, str]]) -> list[Said]:
    """Return the phrases that name inputs of other metrics only: numbers beside them belong to those."""
    return [
        said
        for said in phrases
        if (
            _tells(said)
            or (not said.in_unit and any(METRICS[metric].family == entry.family for metric, _ in said.inputs))
        )
        and not any(metric == entry.id for metric, _ in said.inputs)
        and entry.id not in said.metrics
        and not any(said.start < label.end and label.start < said.end for label, _ in labels)
    ]


def _parts(scene: Scene) -> dict[int, int]:
    """Return the places of the numbers that are parts ("54 m3 loaded out of 72 m3"), with those of their wholes."""
    found = {}
    for row, (part, whole) in enumerate(pairwise(scene.quantities)):
        between = scene.text[part.end : whole.start].strip()
        words = between.split()
        ends = [between, *(" ".join(words[-size:]) for size in (1, 2) if len(words) <= MOST_WORDS_OF)]
        if any(OF.fullmatch(end) for end in ends):
            found[row] = row + 1
    return found


def _may_be(quantity: Quantity, said: Said) -> bool:
    """Say whether a number's unit can be that of an input which a phrase names: "stock" claims no percentage."""
    return any(unit_cost(quantity, METRICS[metric].declared[name]) is not None for metric, name in said.inputs)


def _tells(said: Said) -> bool:
    """Say whether a phrase is telling enough to claim a number for an input of another metric."""
    plain = said.words == 1 and (len(said.text[0] if said.text else "") < TELLING_LENGTH or said.rank > TELLING_RANK)
    return bool(said.inputs) and not plain and not said.in_unit


def _apart(scene: Scene, quantity: Quantity, label: Said, after: bool) -> float:
    """Return how far a phrase stands from a number, kept with the scene: every way of giving a metric asks again."""
    key = (id(quantity), id(label), after)
    found = scene.kept.get(key)
    if found is None:
        found = scene.kept[key] = _distance(scene, quantity, label, after)
    return found


def _distance(scene: Scene, quantity: Quantity, label: Said, after: bool) -> float:
    """Return how far a phrase stands from a number: words, marks and other numbers between, and on which side."""
    before = label.start < quantity.start
    if _overlap(label, quantity):
        return 0.25 - 0.05 * label.words
    start, end = (label.end, quantity.start) if before else (quantity.end, label.start)
    between = scene.text[start:end]
    others = sum(start <= other.start < end for other in scene.quantities)
    if not before and _PARTED.search(between):
        return FAR
    cost = (
        WORD_APART * len(_WORDS.findall(between))
        + MARK_APART * len(_MARKS.findall(between.strip(" :=")))
        + NUMBER_APART * others
        - 0.08 * min(label.words, 4)
        + 0.02 * min(label.rank, 10)
    )
    if before == after:
        cost += WRONG_SIDE
    if not before and others == 1 and OF.fullmatch(between[: _next_number(scene, quantity) - start].strip()):
        cost -= NUMBER_APART + 0.2
    return min(cost, FAR) if not label.symbol else min(cost, FAR) - 0.3


def _overlap(label: Said, quantity: Quantity) -> bool:
    return label.start < quantity.end and quantity.start < label.end


def _next_number(scene: Scene, quantity: Quantity) -> int:
    return min((other.start for other in scene.quantities if other.start >= quantity.end), default=quantity.end)


def unit_cost(quantity: Quantity, declared: Input) -> float | None:
    """Return what a quantity's unit says about an input, kept for the inputs that many metrics share."""
    said = declared.said
    bounds = (declared.low, declared.above, declared.high, declared.below)
    known = f"{quantity.unit}s" in said.words if not said.unit else False
    return _unit_cost(quantity, declared.shape, said.unit, bounds, known)


@lru_cache(maxsize=8192)
def _unit_cost(
    quantity: Quantity, shape: str, canonical: str, bounds: tuple[float | None, ...], known: bool
) -> float | None:
    """Return what a quantity's unit says about an input: below 0 for it, above 0 against it, None for impossible."""
    if shape in ("text", "flag"):
        return None
    if (shape in ("series", "map")) != quantity.is_list:
        return None
    cost_of_shape = 0.1 if shape != "number" and (shape == "map") != bool(quantity.labels) else 0.0
    share = canonical.startswith("fraction")
    if quantity.percent and not share:
        return None
    if quantity.currency and "money" not in canonical and canonical:
        return None
    if share and (quantity.currency or quantity.unit):
        return None
    if not canonical and kind_of(quantity.unit) == "time" and quantity.unit:
        return 0.0 if known and not quantity.per else None
    if canonical == "fraction" and quantity.percent and len(quantity.per) == 1:
        return 0.0
    if not belongs(quantity, canonical):
        return None
    cost = cost_of_shape
    if (quantity.percent and share) or (quantity.currency and canonical):
        cost -= 0.3
    cost -= 0.35 * sum(part not in PERIODS for part in quantity.per)
    periods = [part for part in (quantity.unit, *quantity.per) if part in PERIODS]
    timed = "period" in canonical or canonical in PERIODS
    if periods and timed:
        cost -= 0.4
    elif timed and not share:
        cost += UNIT_LACKS * (2 if canonical in ("period", *PERIODS) else 1)
    if quantity.unit and not periods and "item" in canonical.split("/", maxsplit=1)[0]:
        cost -= 0.2
    if quantity.unit and not periods and kind_of(quantity.unit) not in ("item", "order"):
        cost -= 0.3
    if "/item" in canonical and not any(kind_of(part) == "item" for part in quantity.per):
        cost += PER_ITEM_UNSAID
    if quantity.change and cost < 0:
        return cost
    return cost + _bounds_cost(quantity, canonical, bounds)


def _bounds_cost(quantity: Quantity, canonical: str, bounds: tuple[float | None, ...]) -> float:
    """Return what it costs that a value is out of an input's bounds: a reason to doubt, not to look away."""
    if quantity.change or quantity.is_list:
        return 0.0
    value = quantity.value / 100 if quantity.percent else quantity.value
    if canonical.startswith("fraction") and 1 < value <= 100:
        value /= 100
    least, above, most, below = bounds
    low = least if least is not None else above
    high = most if most is not None else below
    outside = (low is not None and value < low) or (high is not None and value > high)
    return OUT_OF_BOUNDS if outside else 0.0


def belongs(quantity: Quantity, canonical: str) -> bool:
    """Say whether what is said of a quantity's unit can belong to an input in a canonical unit."""
    if not canonical:
        return True
    over, under = _kinds(canonical)
    head = quantity.unit and kind_of(quantity.unit)
    if head and head not in over and not ({head, *over} <= {"item", "order"} and over):
        return False
    return all(_may_divide(kind_of(part), over, under) for part in quantity.per)


def _may_divide(kind: str, over: set[str], under: set[str]) -> bool:
    return kind in under or (kind == "order" and "money" in over and "item" not in under)


@lru_cache(maxsize=256)
def _kinds(canonical: str) -> tuple[set[str], set[str]]:
    top, *below = canonical.replace("**0.5", "").split("/")
    return {kind_of(part) for part in top.split("*") if part}, {kind_of(part) for part in below}


def kind_of(name: str) -> str:
    """Return what a unit measures: "time", "money", "mass", "length", "order", "turn", or "item" for things counted."""
    if name == "period" or name in PERIODS:
        return "time"
    return _MEASURES.get(name, "item")


def unit_text(quantity: Quantity) -> str:
    """Return a quantity's unit as a tool takes it ("USD/item/year", "item/week", "%", "day", "")."""
    if quantity.percent:
        head = "%"
    elif quantity.currency:
        head = "money" if quantity.currency == "money" else quantity.currency
    else:
        head = quantity.unit.replace(" ", "_")
    if not quantity.per:
        return head
    return "/".join([head or "1", *(part.replace(" ", "_") for part in quantity.per)])


def _solve(
    costs: np.ndarray, prices: np.ndarray, forbidden: tuple[int, int] | None = None
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
    square[:rows, columns:] = LEFT_OVER
    square[rows:, :columns] = prices[None, :]
    picked = linear_sum_assignment(square)
    total = float(square[picked].sum())
    pairs = [(int(row), int(column)) for row, column in zip(*picked, strict=True) if row < rows and column < columns]
    return total, [pair for pair in pairs if square[pair] < IMPOSSIBLE]


def _margin(
    scene: Scene,
    names: list[str],
    costs: np.ndarray,
    prices: np.ndarray,
    total: float,
    chosen: list[tuple[int, int]],
) -> tuple[float, tuple[Pair, ...]]:
    """Return how much the next best assignment costs more, and its pairs that the best has not."""
    margin, rivals = float("inf"), tuple[Pair, ...]()
    for place in chosen:
        other, pairs = _solve(costs, prices, place)
        if other - total < margin:
            margin = other - total
            rivals = tuple(
                Pair(scene.quantities[row], names[column], float(costs[row, column]))
                for row, column in pairs
                if (row, column) not in chosen
            )
    return margin, rivals
