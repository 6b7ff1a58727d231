"""What clauses say of bought items and of supply: the signs of data/*_signs.yaml, learned and recognized."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from assistant.embedded.sorting.spoken import Kept, Side, read_data
from knowledge.classifier import Classifier, Pairs
from knowledge.embedding import Vectors
from tools.classification.signs import read_signs

NONE = "none"
NAMES = ("purchases", "supplies")


class Sign(Kept):
    """A sign of an axis; the fact it gives, always if `exact`, else only when weighed with other facts."""

    id: str
    axis: Literal["profit_impact", "supply_risk"]
    says: Side
    fact: str
    value: float | bool
    exact: bool = False
    label: str
    also: tuple[str, ...] = ()
    said: tuple[str, ...] = Field(min_length=1)
    opposite: tuple[str, ...]


class PurchaseSigns(Kept):
    """The whole of purchase_signs.yaml."""

    signs: tuple[Sign, ...]
    neutral: tuple[str, ...]


class SupplySide(Kept):
    """What people say of one side being low or high in uncertainty."""

    id: str
    axis: Literal["demand", "supply"]
    says: Side
    also: tuple[str, ...] = ()
    said: tuple[str, ...] = Field(min_length=1)


class SupplySigns(Kept):
    """The whole of supply_signs.yaml; `both` holds clauses that say the same of both sides."""

    sides: tuple[SupplySide, ...]
    neutral: tuple[str, ...]
    both: dict[Side, tuple[str, ...]]


@dataclass(frozen=True)
class Heard:
    """What the classifier hears in a clause: the likeliest label other than none, and its probability."""

    label: str
    clause: str
    certainty: float


@cache
def purchase_signs() -> PurchaseSigns:
    """Return the signs of bought items."""
    return PurchaseSigns.model_validate(read_data("purchase_signs"))


@cache
def supply_signs() -> SupplySigns:
    """Return the signs of uncertain demand and supply."""
    return SupplySigns.model_validate(read_data("supply_signs"))


def sign_examples(name: str) -> Pairs:
    """Return pairs of sign and clause, for the classifier of bought items or of supply."""
    if name == "supplies":
        data = supply_signs()
        pairs = [(side.id, text) for side in data.sides for text in (*side.said, *_said(side.also))]
        pairs += [(f"both_{level}", text) for level, texts in data.both.items() for text in texts]
        return [*pairs, *((NONE, text) for text in data.neutral)]
    signs = purchase_signs()
    items = [names[0] for group in read_data("purchase_items")["groups"] for names in group["items"]]
    pairs = [(sign.id, text) for sign in signs.signs for text in (*sign.said, *_said(sign.also))]
    pairs += [(NONE, text) for sign in signs.signs for text in sign.opposite]
    return [*pairs, *((NONE, text) for text in (*signs.neutral, *items))]


def hear(clauses: Sequence[str], vectors: Vectors, classifier: Classifier, group: Callable[[str], str]) -> list[Heard]:
    """Return what is heard in each clause: the likeliest label of the likeliest group, and how likely the group is.

    `vectors` are those of the clauses, shape (n, dimension); `group` names the axis and side of a label.
    """
    found = []
    for clause, vector in zip(clauses, vectors, strict=True):
        odds = classifier.probabilities(clause, vector)
        del odds[NONE]
        groups: dict[str, float] = defaultdict(float)
        for label, probability in odds.items():
            groups[group(label)] += probability
        best, certainty = max(groups.items(), key=lambda one: one[1])
        label = max((one for one in odds if group(one) == best), key=lambda one: odds[one])
        found.append(Heard(label, clause, certainty))
    return found


def _said(ids: Sequence[str]) -> list[str]:
    return [text for one in ids for text in read_signs()[one].said]
