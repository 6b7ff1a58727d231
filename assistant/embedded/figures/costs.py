"""What it costs to take each quantity of a message as each input of a metric."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from assistant.embedded.figures.faults import faults, went_wrong
from assistant.embedded.figures.roles import NOTHING, shares_among
from assistant.embedded.figures.scene import FAR, Scene, apart, overlap, parts_of_wholes
from assistant.embedded.figures.unit_costs import unit_cost
from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS
from tools.metrics.given import Input
from tools.metrics.metric import Metric

IMPOSSIBLE = 50.0
LEFT_OVER = 2.4
BY_RULE, BY_LEARNING = 0.7, 0.5
UNTOLD, LEAST = 0.5, 0.03
UNLABELLED = 2.6
OPTIONAL = 1.6
TOO_FAR = 1.6
UNIT_TELLS = 1.0
CLEARLY, NEXT_TO, BELONGS_ELSEWHERE = 0.2, 0.5, 1.2
TELLING_LENGTH, TELLING_RANK = 5, 5
SAID_SO = 0.5
ASKED, FILLED = 1.8, 0.25
LEARNED, LIKELY, UNLIKELY = 0.98, 0.6, 0.04
"""Shares of what was learned from which the words around a number name its input, speak for it, speak against it."""
SPEAKS_FOR, SPEAKS_AGAINST = 0.8, 1.0
IDLE = 0.8
"""Share from which a number is taken to be no input of a metric."""
EACH = "_each"  # ends the name of an input that is said of each, where another is of all


@dataclass(frozen=True)
class Costs:
    """What it costs to take each quantity as each input, `matrix` of shape (quantities, inputs), and why.

    `said` are the phrases that count, by row and column, `contested` the pairs in dispute, `claimed` the rows that
    names of other metrics' inputs claim, and `idle` those whose words say that they are no input at all.
    """

    matrix: np.ndarray
    left_over: np.ndarray
    said: dict[tuple[int, int], Said] = field(default_factory=dict)
    contested: set[tuple[int, int]] = field(default_factory=set)
    claimed: set[int] = field(default_factory=set)
    idle: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Names:
    """The phrases of a message that name inputs of a metric, and those that name inputs of other metrics only.

    `kindred` are those of them, by identity, that name inputs of metrics which the same note explains.
    """

    labels: list[tuple[Said, str]]
    foreign: list[Said]
    kindred: frozenset[int]

    @classmethod
    def of(cls, entry: Metric, phrases: Sequence[Said]) -> "Names":
        """Return the phrases that concern a metric, without those that stand within longer ones."""
        own = [(said, name) for said in phrases for metric, name in said.inputs if metric == entry.id]
        labels = [
            (said, name)
            for said, name in own
            if not any(
                other is not said and other.start <= said.start and said.end <= other.end and other.words > said.words
                for other, _ in own
            )
        ]
        foreign = _foreign(entry, phrases, labels)
        kin = (said for said in foreign if any(METRICS[metric].note == entry.note for metric, _ in said.inputs))
        return cls(labels, foreign, frozenset(map(id, kin)))


def costs_of(
    entry: Metric,
    scene: Scene,
    said: Names,
    names: list[str],
    needed: frozenset[str],
    after: bool,
) -> Costs:
    """Return what it costs to take each quantity of a message as each input of `names`.

    With `after`, names are expected behind their numbers.
    """
    judge = _Judge(entry, scene, said, names, needed, after)
    rows = len(scene.quantities)
    found = Costs(np.full((rows, len(names)), IMPOSSIBLE), np.full(rows, LEFT_OVER))
    for row, quantity in enumerate(scene.quantities):
        signs = judge.signs(row, quantity)
        taught = signs.likely and not scene.filled and not quantity.change  # what adds to an earlier turn was not
        if taught:
            found.left_over[row] = BY_RULE * LEFT_OVER + BY_LEARNING * _surprise(signs.anywhere.get(NOTHING))
        if signs.claimed:
            found.claimed.add(row)
        if signs.idle:
            found.idle.add(row)
        for column, name in enumerate(names):
            price = judge.price(signs, name)
            if price is None:
                continue
            learned = _surprise(signs.anywhere.get(name))
            found.matrix[row, column] = BY_RULE * price.cost + BY_LEARNING * learned if taught else price.cost
            if price.contested:
                found.contested.add((row, column))
            if price.label is not None:
                found.said[row, column] = price.label
    return found


@dataclass(frozen=True)
class _Signs:
    """What speaks for and against a quantity, whatever input it is taken as.

    `elsewhere` is how far the nearest name of another metric's input stands, `nearest` how far names of inputs stand
    that have no nearer number, `units` what the unit says by input, `likely` what was learned, `possible` the same
    among the inputs that it can be by its unit in the way that is looked at, and `anywhere` in any. `fault` is 1 for
    what went wrong, -1 for what went right.
    """

    quantity: Quantity
    elsewhere: float
    claimed: bool
    part: bool
    whole: bool
    fault: int
    headed: bool
    units: Mapping[str, float | None]
    likely: Mapping[str, float]
    possible: Mapping[str, float]
    anywhere: Mapping[str, float]
    idle: bool
    nearest: dict[str, float]


@dataclass(frozen=True)
class _Price:
    """What it costs to take a quantity as an input, the phrase that says so, and whether that is in dispute."""

    cost: float
    label: Said | None
    contested: bool


class _Judge:
    """Judges quantities of a message as inputs of a metric."""

    def __init__(
        self,
        entry: Metric,
        scene: Scene,
        said: Names,
        names: list[str],
        needed: frozenset[str],
        after: bool,
    ):
        labels = said.labels
        self._entry, self._scene, self._labels = entry, scene, labels
        self._names, self._needed, self._after = names, needed, after
        self._here = [(label, name) for label, name in labels if name in names]
        elsewhere = [
            label for label, name in labels if name not in names and f"{name}{EACH}" not in names and _tells(label)
        ]
        here = {id(label) for label, _ in self._here}
        self._foreign = {id(other) for other in (*said.foreign, *elsewhere)} - here
        self._kindred = {*said.kindred, *map(id, elsewhere)} - here
        self._each = [(label, name.removesuffix(EACH)) for label, name in labels if name.endswith(EACH)]
        self._rights, self._wrong = faults().right.get(entry.id, ()), faults().wrong.get(entry.id)
        self._wholes = faults().whole.get(entry.id, ())
        self._parts = parts_of_wholes(scene) if self._wholes else {}

    def signs(self, row: int, quantity: Quantity) -> _Signs:
        """Return what speaks for and against a quantity."""
        scene, whole = self._scene, row in self._parts.values()
        elsewhere = self._nearest_of(self._foreign, quantity)
        claimed = elsewhere < NEXT_TO <= self._nearest_of(self._kindred, quantity)
        headed = quantity.start in scene.columns or any(overlap(label, quantity) for label, _ in self._labels)
        units = _units(scene, quantity, self._entry)
        likely = scene.roles.get(quantity.start, {})
        possible = shares_among(likely, [name for name in self._names if units[name] is not None])
        return _Signs(
            quantity=quantity,
            elsewhere=elsewhere,
            claimed=claimed,
            part=row in self._parts,
            whole=whole,
            fault=went_wrong(scene.text, quantity.start, quantity.end) if self._rights and not whole else 0,
            headed=headed,
            units=units,
            likely=likely,
            possible=possible,
            anywhere=shares_among(likely, [name for name, cost in units.items() if cost is not None]),
            idle=possible.get(NOTHING, 0.0) >= IDLE and not quantity.change and not claimed,
            nearest={} if headed else self._nearest_names(row, quantity, units),
        )

    def _nearest_of(self, phrases: Collection[int], quantity: Quantity) -> float:
        """Return how far the nearest of some phrases, by identity, stands that a number can belong to."""
        there = _standing(self._scene, quantity, self._after)
        return next((distance for distance, phrase in there if phrase in phrases), FAR)

    def _nearest_names(self, row: int, quantity: Quantity, units: Mapping[str, float | None]) -> dict[str, float]:
        """Return how far names of inputs stand that are next to a number, and to no other number nearer."""
        found: dict[str, float] = {}
        scene, after = self._scene, self._after
        for phrase, name in self._here:
            if units[name] is None:
                continue
            there = min(apart(scene, quantity, phrase, True), apart(scene, quantity, phrase, False))
            if there < NEXT_TO and all(
                there < apart(scene, other, phrase, after)
                for place, other in enumerate(scene.quantities)
                if place != row
            ):
                found[name] = min(there, found.get(name, FAR))
        return found

    def price(self, signs: _Signs, name: str) -> _Price | None:
        """Return what it costs to take a quantity as an input, None if it cannot be that."""
        quantity, unit, filled = signs.quantity, signs.units[name], self._scene.filled
        added = quantity.change == "plus" and quantity.value > 0 and not filled
        if unit is None or (quantity.change and name not in filled and not added) or self._excluded(signs, name):
            return None
        cost, label = self._named(signs, name)
        if added and label is None:
            return None
        learned = signs.possible.get(name)
        if label is None and self._says_so(signs, name, learned):
            cost, label = SAID_SO, Said(quantity.start, quantity.end, 1, inputs=frozenset({(self._entry.id, name)}))
        if learned is not None and learned >= LIKELY and label is None:
            cost -= SPEAKS_FOR * learned
        elif learned is not None and learned < UNLIKELY:
            cost += SPEAKS_AGAINST
        contested = self._in_dispute(signs, name, cost, label)
        if contested:
            cost += BELONGS_ELSEWHERE
        if label is None and name in self._scene.asked:
            cost -= ASKED
        elif label is None and name not in self._needed:
            cost += OPTIONAL
        if label is None and unit < 0:
            cost -= UNIT_TELLS
        if self._said_of_each(quantity, name):
            cost += NEXT_TO
        if quantity.is_list and self._names_within(quantity, name):
            cost += BELONGS_ELSEWHERE
        return _Price(max(0.0, cost + max(0.0, unit)) + (FILLED if name in filled else 0.0), label, contested)

    def _excluded(self, signs: _Signs, name: str) -> bool:
        """Say whether a part would be taken for a whole, or what went wrong for what went right, or the reverse."""
        if (signs.part and name in self._wholes) or (signs.whole and name not in self._wholes):
            return True
        if signs.fault > 0:
            return name in self._rights or name in self._wholes
        return signs.fault < 0 and name == self._wrong

    def _named(self, signs: _Signs, name: str) -> tuple[float, Said | None]:
        """Return the nearest name of an input, with how far it stands."""
        near: list[tuple[float, Said]] = [
            (apart(self._scene, signs.quantity, label, self._after), label)
            for label, named in self._labels
            if named == name and (not signs.headed or overlap(label, signs.quantity))
        ]
        nearest = min(near, key=lambda pair: pair[0], default=None)
        return nearest if nearest and nearest[0] < TOO_FAR else (UNLABELLED, None)

    def _says_so(self, signs: _Signs, name: str, learned: float | None) -> bool:
        """Say whether the words around a number say which input it is, though they do not name it."""
        wrong, right = signs.fault > 0 and name == self._wrong, signs.fault < 0 and (name,) == self._rights
        return signs.whole or wrong or right or (learned is not None and learned >= LEARNED)

    def _in_dispute(self, signs: _Signs, name: str, cost: float, label: Said | None) -> bool:
        """Say whether a number rather belongs to a name of another metric's input, or of another input of this one."""
        if signs.elsewhere + CLEARLY < cost and (label is not None or signs.elsewhere < NEXT_TO):
            return True
        own = min((there for other, there in signs.nearest.items() if other != name), default=FAR)
        return label is None and own < NEXT_TO

    def _names_within(self, quantity: Quantity, name: str) -> bool:
        """Say whether another input is named within a list: "15 a day, sd 5" are two inputs and no series."""
        return any(
            other != name and quantity.start < said.start and said.end < quantity.end for said, other in self._labels
        )

    def _said_of_each(self, quantity: Quantity, name: str) -> bool:
        """Say whether the name stands next to a number that an input has when it is said of each."""
        return any(
            of_each == name and min(apart(self._scene, quantity, said, side) for side in (True, False)) < NEXT_TO
            for said, of_each in self._each
        )


def possible_inputs(entry: Metric, scene: Scene) -> set[str]:
    """Return the inputs that some number of a message can be by its unit, or that are filled."""
    units = (_units(scene, quantity, entry) for quantity in scene.quantities)
    return {*scene.filled, *(name for said in units for name, cost in said.items() if cost is not None)}


def _surprise(share: float | None) -> float:
    """Return the negative logarithm of how likely something is; of what was not learned, that of an even chance."""
    return -math.log(max(UNTOLD if share is None else share, LEAST))


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


def _standing(scene: Scene, quantity: Quantity, after: bool) -> Sequence[tuple[float, int]]:
    """Return how far phrases stand, by identity, whose inputs a number's unit can be that of, the nearest first.

    "Stock" claims no percentage.
    """
    key = (id(quantity), after)
    if key not in scene.standing:
        scene.standing[key] = sorted(
            (apart(scene, quantity, said, after), id(said)) for said in scene.phrases if _may_be(quantity, said)
        )
    return scene.standing[key]


def _may_be(quantity: Quantity, said: Said) -> bool:
    return any(unit_cost(quantity, declared) is not None for declared in _unlike(said.inputs))


@lru_cache(maxsize=4096)
def _unlike(inputs: frozenset[tuple[str, str]]) -> Sequence[Input]:
    """Return one of the inputs of each kind, as far as units tell them apart: "demand" is an input of sixty metrics."""
    found: dict[tuple[object, ...], Input] = {}
    for metric, name in sorted(inputs):
        declared = METRICS[metric].declared[name]
        said = declared.said
        found.setdefault((declared.shape, said.unit, said.words if said.unit in ("", "item") else ()), declared)
    return tuple(found.values())


def _units(scene: Scene, quantity: Quantity, entry: Metric) -> Mapping[str, float | None]:
    """Return what a quantity's unit says of each input of a metric; every way of giving the metric asks again."""
    key = (id(quantity), entry.id)
    if key not in scene.units:
        scene.units[key] = {name: unit_cost(quantity, declared) for name, declared in entry.declared.items()}
    return scene.units[key]


def _tells(said: Said) -> bool:
    """Say whether a phrase is telling enough to claim a number for an input of another metric."""
    plain = said.words == 1 and (len(said.text[0] if said.text else "") < TELLING_LENGTH or said.rank > TELLING_RANK)
    return bool(said.inputs) and not plain and not said.in_unit
