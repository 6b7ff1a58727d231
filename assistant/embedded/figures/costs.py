"""What it costs to take each quantity of a message as each input of a metric."""

from collections.abc import Sequence

import numpy as np

from assistant.embedded.figures.faults import faults, went_wrong
from assistant.embedded.figures.roles import NOTHING, share_of
from assistant.embedded.figures.scene import FAR, Scene, apart, overlap, parts_of_wholes
from assistant.embedded.figures.unit_costs import unit_cost
from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS
from tools.metrics.metric import Metric

IMPOSSIBLE = 50.0
UNLABELLED = 2.6
OPTIONAL = 1.6
TOO_FAR = 1.6
UNIT_TELLS = 1.0
CLEARLY, NEXT_TO, BELONGS_ELSEWHERE = 0.2, 0.5, 1.2
TELLING_LENGTH, TELLING_RANK = 5, 5
SAID_SO = 0.5
LEARNED, LIKELY, UNLIKELY = 0.98, 0.6, 0.04
"""Shares of what was learned from which the words around a number name its input, speak for it, speak against it."""
SPEAKS_FOR, SPEAKS_AGAINST = 0.8, 1.0
IDLE = 0.8
"""Share from which a number is taken to be no input of a metric."""
EACH = "_each"  # ends the name of an input that is said of each, where another is of all


def labels_of(entry: Metric, phrases: Sequence[Said]) -> list[tuple[Said, str]]:
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


def costs_of(
    entry: Metric,
    scene: Scene,
    labels: list[tuple[Said, str]],
    names: list[str],
    needed: frozenset[str],
    after: bool,
) -> tuple[np.ndarray, dict[tuple[int, int], Said], set[tuple[int, int]], set[int], set[int]]:
    """Return the cost of each quantity as each input, shape (quantities, inputs), the phrases that count, the pairs in
    dispute, the rows that other names claim, and those whose words say that they are no input at all.

    With `after`, names are expected behind their numbers.
    """
    costs = np.full((len(scene.quantities), len(names)), IMPOSSIBLE)
    said: dict[tuple[int, int], Said] = {}
    contested: set[tuple[int, int]] = set()
    claimed: set[int] = set()
    idle: set[int] = set()
    here = [(label, name) for label, name in labels if name in names]
    foreign = [
        *_foreign(entry, scene.phrases, labels),
        *(label for label, name in labels if name not in names and f"{name}{EACH}" not in names and _tells(label)),
    ]
    foreign = [said for said in foreign if all(said is not label for label, _ in here)]
    kindred = [said for said in foreign if any(METRICS[metric].note == entry.note for metric, _ in said.inputs)]
    each = [(label, name.removesuffix(EACH)) for label, name in labels if name.endswith(EACH)]
    rights, wrong = faults().right, faults().wrong.get(entry.id)
    wholes = faults().whole.get(entry.id, ())
    parts = parts_of_wholes(scene) if wholes else {}
    for row, quantity in enumerate(scene.quantities):
        elsewhere = min(
            (apart(scene, quantity, label, after) for label in foreign if _may_be(quantity, label)), default=FAR
        )
        if elsewhere < NEXT_TO and not any(
            apart(scene, quantity, label, after) < NEXT_TO for label in kindred if _may_be(quantity, label)
        ):
            claimed.add(row)
        tells = entry.id in rights and row not in parts.values()
        fault = went_wrong(scene.text, quantity.start, quantity.end) if tells else 0
        headed = quantity.start in scene.columns or any(overlap(label, quantity) for label, _ in labels)
        likely = scene.roles.get(quantity.start, {})
        possible = [name for name in names if unit_cost(quantity, entry.declared[name]) is not None] if likely else []
        if (
            likely
            and not quantity.change
            and row not in claimed
            and (share_of(likely, NOTHING, possible) or 0.0) >= IDLE
        ):
            idle.add(row)
        nearest: dict[str, float] = {}
        for phrase, name in () if headed else here:
            there = min(apart(scene, quantity, phrase, side) for side in (after, not after))
            if there < NEXT_TO and unit_cost(quantity, entry.declared[name]) is not None:
                others = (
                    apart(scene, other, phrase, after) for place, other in enumerate(scene.quantities) if place != row
                )
                if there < min(others, default=FAR):
                    nearest[name] = min(there, nearest.get(name, FAR))
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
                (apart(scene, quantity, label, after), label)
                for label, named in labels
                if named == name and (not headed or overlap(label, quantity))
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
            learned = share_of(likely, name, possible)
            if learned is not None and label is None and learned >= LEARNED:
                cost, label = SAID_SO, Said(quantity.start, quantity.end, 1, inputs=frozenset({(entry.id, name)}))
            elif learned is not None and learned >= LIKELY:
                cost -= SPEAKS_FOR * learned if label is None else 0.0
            elif learned is not None and learned < UNLIKELY:
                cost += SPEAKS_AGAINST
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
            if any(
                of_each == name and min(apart(scene, quantity, said_each, side) for side in (True, False)) < NEXT_TO
                for said_each, of_each in each
            ):
                cost += NEXT_TO
            costs[row, column] = max(0.0, cost + max(0.0, unit)) + (0.25 if name in scene.filled else 0.0)
            if label is not None:
                said[row, column] = label
    return costs, said, contested, claimed, idle


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


def _may_be(quantity: Quantity, said: Said) -> bool:
    """Say whether a number's unit can be that of an input which a phrase names: "stock" claims no percentage."""
    return any(unit_cost(quantity, METRICS[metric].declared[name]) is not None for metric, name in said.inputs)


def _tells(said: Said) -> bool:
    """Say whether a phrase is telling enough to claim a number for an input of another metric."""
    plain = said.words == 1 and (len(said.text[0] if said.text else "") < TELLING_LENGTH or said.rank > TELLING_RANK)
    return bool(said.inputs) and not plain and not said.in_unit
