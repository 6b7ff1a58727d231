"""Whether the numbers that a turn computed are those expected."""

import math
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Answer

ECHOED = ("inputs", "args", "steps", "formula", "moves", "sections")
ALSO_WITHIN = 0.02


class ExpectedNumbers(BaseModel):
    """The numbers that a turn has to work out; `type` says whether it has to compute, ask or refuse."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: str
    value: float | None = None
    also_accept: list[float] = Field(default_factory=list)
    also: dict[str, float] = Field(default_factory=dict)
    unit: str = ""
    rel_tol: float = 0.01
    warn: bool = False
    missing: list[str] = Field(default_factory=list)


def unmet_numbers(answer: Answer, expected: ExpectedNumbers) -> list[str]:
    """Return what is wrong with the numbers of an answer: "value", "also ...", "warning"."""
    if expected.type != "compute" or expected.value is None:
        return []
    found = list(computed(answer))
    wrong = []
    if not any(
        _among(found, value, expected.rel_tol, expected.unit) for value in (expected.value, *expected.also_accept)
    ):
        wrong.append("value")
    tolerance = max(expected.rel_tol, ALSO_WITHIN)
    wrong += [
        f"also {name}" for name, value in expected.also.items() if not _among(found, value, tolerance, expected.unit)
    ]
    if expected.warn and not any(output.get("warnings") for output in _outputs(answer)):
        wrong.append("warning")
    return wrong


def computed(answer: Answer) -> Iterator[float]:
    """Yield every number that tools worked out in a turn, without the inputs that they repeat."""
    for output in _outputs(answer):
        if "value" in output:
            yield from _numbers(output)


def _outputs(answer: Answer) -> list[dict[str, Any]]:
    return [result.output for result in answer.results if isinstance(result.output, dict)]


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in ECHOED:
                yield from _numbers(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _numbers(part)


def _among(found: list[float], wanted: float, tolerance: float, unit: str) -> bool:
    targets = (wanted, wanted / 100) if "%" in unit else (wanted,)
    return any(math.isclose(number, target, rel_tol=tolerance, abs_tol=1e-9) for number in found for target in targets)
