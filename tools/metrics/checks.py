"""Checks of inputs that several families share: numbers that contradict one another, entries of lists out of bounds."""

import math
from collections.abc import Iterator, Mapping, Sequence

from tools.metrics.result import Refusal
from tools.metrics.shown import number

TOLERANCE = 0.01


def agree(name: str, stated: float, derived: float, label: str, how: str) -> None:
    """Check that a stated number fits the one that follows from other inputs, within 1 % for rounding.

    Raises:
        Refusal: when they differ, with both values; `how` says what the derived one is made from.
    """
    if not math.isclose(stated, derived, rel_tol=TOLERANCE):
        reason = f"{label} is given as {number(stated)}, but {how} makes it {number(derived)}; give only one of them"
        raise Refusal(name, reason)


def each(
    name: str, label: str, values: Sequence[float] | Mapping[str, float], low: float = 0.0, *, open_: bool = False
) -> None:
    """Check that every entry is at least `low`, or above it if `open_`.

    Raises:
        Refusal: naming the first entry that is not, by its key or its place.
    """
    of: Mapping[str, float] = values if isinstance(values, Mapping) else dict(_numbered(values))
    bound = f"{'above' if open_ else 'at least'} {number(low)}"
    for key, value in of.items():
        if value < low or (open_ and value == low):
            raise Refusal(name, f"{label} must be {bound}, but {key} is {number(value)}")


def _numbered(values: Sequence[float]) -> Iterator[tuple[str, float]]:
    return ((f"entry {place}", value) for place, value in enumerate(values, 1))


def same_length(name: str, label: str, values: Sequence[float], wanted: int, other: str) -> None:
    """Check that a list has as many entries as another.

    Raises:
        Refusal: with both counts.
    """
    if len(values) != wanted:
        raise Refusal(name, f"{label} has {len(values)} entries, but {other} has {wanted}; they must match one to one")
