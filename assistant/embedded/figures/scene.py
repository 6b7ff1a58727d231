"""A message as fitting sees it, and how far its phrases stand from its numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.embedded.figures.wording import Said
from assistant.embedded.quantities import Quantity

WORD_APART = 0.12
MARK_APART = 1.3
NUMBER_APART = 1.3
WRONG_SIDE = 0.55
FAR = 2.4
MOST_WORDS_OF = 3
_MARKS = re.compile(r"[,;.:?!\n|]+")
_WORDS = re.compile(r"\w+")
_PARTED = re.compile(r"[,;:?!\n|]|[.](?=\s)|\b(?:and|und|but|aber|while)\b")
OF = re.compile(r"(?:out )?of(?: (?:the|all|our))?|von|/|aus", re.I)


@dataclass
class Scene:
    """A message as fitting sees it: its text, quantities and phrases, and the inputs that are filled already.

    `columns` are the places of quantities that are columns of a table: only their own headings name them. `groups` are
    lists that some of the quantities may make up. `roles` says by place how likely a number is each input.
    `kept`, `standing` and `units` are what was worked out of it before.
    """

    text: str
    quantities: Sequence[Quantity]
    phrases: Sequence[Said]
    filled: Mapping[str, object] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    columns: frozenset[int] = frozenset()
    groups: tuple[Quantity, ...] = ()
    roles: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    kept: dict[tuple[int, int, int], float] = field(default_factory=dict, init=False, repr=False, compare=False)
    standing: dict[tuple[int, bool], Sequence[tuple[float, int]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    units: dict[tuple[int, str], Mapping[str, float | None]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )


def parts_of_wholes(scene: Scene) -> dict[int, int]:
    """Return the places of the numbers that are parts ("54 m3 loaded out of 72 m3"), with those of their wholes."""
    found = {}
    for row, (part, whole) in enumerate(pairwise(scene.quantities)):
        between = scene.text[part.end : whole.start].strip()
        words = between.split()
        ends = [between, *(" ".join(words[-size:]) for size in (1, 2) if len(words) <= MOST_WORDS_OF)]
        if any(OF.fullmatch(end) for end in ends):
            found[row] = row + 1
    return found


def apart(scene: Scene, quantity: Quantity, label: Said, after: bool) -> float:
    """Return how far a phrase stands from a number, kept with the scene: every way of giving a metric asks again."""
    key = (id(quantity), id(label), after)
    found = scene.kept.get(key)
    if found is None:
        found = scene.kept[key] = _distance(scene, quantity, label, after)
    return found


def _distance(scene: Scene, quantity: Quantity, label: Said, after: bool) -> float:
    """Return how far a phrase stands from a number: words, marks and other numbers between, and on which side."""
    before = label.start < quantity.start
    if overlap(label, quantity):
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


def overlap(label: Said, quantity: Quantity) -> bool:
    """Say whether a phrase and a number share some of the text."""
    return label.start < quantity.end and quantity.start < label.end


def _next_number(scene: Scene, quantity: Quantity) -> int:
    return min((other.start for other in scene.quantities if other.start >= quantity.end), default=quantity.end)
