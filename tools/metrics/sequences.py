"""Lists of numbers as inputs: their type, what is checked about them, and their drawing."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from tools.metrics.given import LARGEST
from tools.metrics.result import Refusal, Series

MOST = 10_000
DRAWN = 40
FEW = 6
SMALLEST = 1e-100


def _listed(value: Any) -> Any:
    """Take a single number for a list of one."""
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else value


def _not_tiny(value: float) -> float:
    """Take a number that only rounding leaves for 0, so that dividing by it cannot overflow."""
    return value if abs(value) >= SMALLEST else 0.0


Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST), AfterValidator(_not_tiny)]
Numbers = Annotated[list[Number], BeforeValidator(_listed)]
MaybeNumbers = Annotated[list[Number] | None, BeforeValidator(_listed)]


def same_length(name: str, values: Sequence[Any], other_label: str, others: Sequence[Any], label: str) -> None:
    """Refuse two lists that do not pair up."""
    if len(values) != len(others):
        raise Refusal(
            name,
            f"{label} and {other_label} must pair up, but there are {len(values)} {label} and {len(others)} "
            f"{other_label}",
        )


def not_negative(name: str, label: str, values: Sequence[float]) -> None:
    """Refuse a list with a number below zero, saying which."""
    for place, value in enumerate(values, start=1):
        if value < 0:
            raise Refusal(name, f"{label} cannot be negative, but number {place} of them is {value:g}")


def whole(name: str, label: str, value: float) -> int:
    """Return a count as a whole number, or refuse it."""
    if value != int(value):
        raise Refusal(name, f"{label} must be a whole number, but it is {value:g}")
    return int(value)


def few(count: int, noun: str = "period") -> list[str]:
    """Warn about a result that rests on a handful of numbers."""
    if count >= FEW:
        return []
    return [
        f"Only {count} {noun}{'' if count == 1 else 's'}: one odd value can swing this; use more before acting on it."
    ]


def drawn(**named: Sequence[float]) -> list[Series]:
    """Return lists as lines over their last forty places, the first solid and the others dashed."""
    count = max(len(values) for values in named.values())
    first = max(0, count - DRAWN)
    return [
        Series(
            name=name.replace("_", " "),
            x=[float(place + 1) for place in range(first, count) if place < len(values)],
            y=[float(value) for value in values[first:]],
            style="dashed" if position else "solid",
        )
        for position, (name, values) in enumerate(named.items())
    ]
