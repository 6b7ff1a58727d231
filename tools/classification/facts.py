"""Brings stated facts to the model that declares them, checks their bounds, and shows them as managers read them."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tools.classification.product_result import ClassificationError, Wrong
from tools.metrics.shown import number

Model = TypeVar("Model", bound=BaseModel)


def checked(model: type[Model], given: Model | Mapping[str, Any]) -> Model:
    """Return the facts as the model that declares them.

    Raises:
        ClassificationError: for an unknown input, or a value of another kind than declared.
    """
    if isinstance(given, model):
        return given
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise ClassificationError(list(_wrong(model, error))) from None


def out_of_bounds(value: float, label: str, unit: str, lowest: float, highest: float | None) -> str:
    """Return why a number cannot be right, with its bound and the remedy, or "" if it can."""
    if not math.isfinite(value):
        return f"The {label} is {value}, which is no number; give it in {unit}."
    if value < lowest:
        return f"The {label} is {shown(value, unit)}, but it cannot be below {shown(lowest, unit)}; correct it."
    if highest is not None and value > highest:
        return f"The {label} is {shown(value, unit)}, but it cannot be above {shown(highest, unit)}; correct it."
    return ""


def shown(value: float | bool, unit: str) -> str:
    """Return a value as a manager reads it: 12 %, 6 weeks, yes."""
    if isinstance(value, bool) or unit == "yes or no":
        return "yes" if value else "no"
    if unit in ("", "ratio"):
        return number(value)
    sign = "%" if unit == "percent" else unit.removesuffix("s") if value == 1 else unit
    return f"{number(value)} {sign}"


def _wrong(model: type[BaseModel], error: ValidationError) -> Iterable[Wrong]:
    seen: dict[str, Wrong] = {}
    for found in error.errors():
        name = str(found["loc"][0]) if found["loc"] else model.__name__
        seen.setdefault(name, Wrong(input=name, reason=_reason(model, name, found)))
    return seen.values()


def _reason(model: type[BaseModel], name: str, found: Any) -> str:
    if found["type"] == "extra_forbidden":
        return f"{name} is no input here; give {', '.join(model.model_fields)}."
    wanted = model.model_fields[name].description if name in model.model_fields else ""
    return f"{name} is {found['input']!r}, which cannot be read; give {wanted or 'another value'}."
