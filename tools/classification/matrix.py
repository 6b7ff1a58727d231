"""What Kraljic's matrix and Lee's framework share: two axes, the places that they leave possible, and the result."""

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from tools.classification.advice import Position
from tools.classification.facts import out_of_bounds
from tools.classification.product_result import ClassificationError, Wrong
from tools.classification.thresholds import Characteristic, Factor

Place = TypeVar("Place", bound=str)


class MatrixResult(BaseModel, Generic[Place]):
    """A place in a matrix of two axes. `confidence` is the product of both axes', 0 to 1; 0 where one is unknown."""

    model_config = ConfigDict(frozen=True)

    name: str
    possible: list[Place]
    confidence: float
    advice: Position | None
    questions: list[str]
    warnings: list[str]
    assumptions: list[str]
    notes: list[str]
    source: str


def possible_places(places: Mapping[tuple[str, str], Place], first: str, second: str) -> list[Place]:
    """Return the places that two levels leave: one where both are "low" or "high", more where one is "unknown"."""
    return [
        place for (one, other), place in places.items() if first in (one, "unknown") and second in (other, "unknown")
    ]


def refuse(wrong: Iterable[Wrong]) -> None:
    """Refuse facts that cannot be right, all at once.

    Raises:
        ClassificationError: when there are any.
    """
    found = list(wrong)
    if found:
        raise ClassificationError(found)


def wrong_facts(given: BaseModel, declared: Iterable[Factor | Characteristic]) -> Iterable[Wrong]:
    """Yield each fact that is out of the bounds that are declared for it."""
    for one in declared:
        value = getattr(given, one.id)
        reason = "" if value is None else out_of_bounds(value, one.label, one.unit, one.lowest, one.highest)
        if reason:
            yield Wrong(input=one.id, reason=reason)
