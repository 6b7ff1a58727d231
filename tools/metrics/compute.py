"""Calls of metrics: inputs checked, the function run, the result put together; nothing wrong or infinite comes out."""

import math
import re
from typing import Any

from pydantic import ValidationError

from tools.metrics.given import NO_CURRENCY, Frame, Given, Input
from tools.metrics.metric import METRICS, Metric
from tools.metrics.result import (
    Chart,
    InputUsed,
    MetricError,
    MetricInvalid,
    MetricMissing,
    MetricResult,
    Outcome,
    Refusal,
    Wrong,
)
from tools.metrics.shown import number

LARGEST_SHOWN = 1e15
_UNSAID = re.compile(rf"\s*(?:\(in {NO_CURRENCY}\)|\({NO_CURRENCY}\)|{NO_CURRENCY})")


def compute(metric: str, *, frame: Frame | None = None, chart: bool = False, **inputs: Any) -> MetricResult:
    """Compute a metric from inputs in its canonical units; rates share one period, which `frame` may name.

    Shares are between 0 and 1. With `chart`, the result holds a drawing if the metric has one.

    Raises:
        MetricError: a ValueError that says which input is missing, or cannot be right and why.
        KeyError: when there is no such metric.
    """
    entry = lookup(metric)
    given = check(entry, inputs)
    frame = frame or Frame()
    given.within(frame)
    try:
        outcome = entry.calculate(given)
        if not _finite([outcome.value, *outcome.also.values()]):
            raise OverflowError
    except Refusal as refusal:
        wrong = Wrong(input=refusal.name, reason=refusal.reason, instead=refusal.instead)
        raise MetricError(MetricInvalid(metric=entry.id, name=entry.name, invalid=[wrong], note=entry.note)) from None
    except (ArithmeticError, FloatingPointError) as error:
        extreme = max(entry.declared, key=lambda name: _extremity(getattr(given, name)))
        reason = (
            f"with {entry.declared[extreme].said.label} = {_shown(getattr(given, extreme))} the result is too large "
            "or too small to be computed; check that value's unit"
        )
        wrong = Wrong(input=extreme, reason=reason)
        raise MetricError(MetricInvalid(metric=entry.id, name=entry.name, invalid=[wrong], note=entry.note)) from error
    return MetricResult(
        metric=entry.id,
        name=entry.name,
        value=float(outcome.value),
        unit=named(entry.unit, frame),
        also=_with_percent(entry, outcome),
        also_units={name: named(unit, frame) for name, unit in outcome.units.items()},
        inputs={
            name: InputUsed(
                label=entry.declared[name].said.label, value=value, unit=named(entry.declared[name].said.unit, frame)
            )
            for name, value in given
            if value is not None
        },
        formula=entry.formula,
        steps=list(map(_tidy, outcome.steps)),
        meaning=_tidy(outcome.meaning),
        assumptions=[*assumed(entry, inputs), *map(_tidy, outcome.assumptions)],
        warnings=list(map(_tidy, outcome.warnings)),
        note=entry.note,
        chart=_drawn(entry.chart(given, outcome)) if chart and entry.chart else None,
    )


def _tidy(text: str) -> str:
    """Leave out the sign that stands for a currency where none was said."""
    return _UNSAID.sub("", text)


def _drawn(chart: Chart | None) -> Chart | None:
    if chart is None:
        return None
    texts = {name: _tidy(getattr(chart, name)) for name in ("title", "x_label", "y_label", "summary")}
    series = [part.model_copy(update={"name": _tidy(part.name)}) for part in chart.series]
    marks = [mark.model_copy(update={"text": _tidy(mark.text)}) for mark in chart.marks]
    return chart.model_copy(update={**texts, "series": series, "marks": marks})


def lookup(metric: str) -> Metric:
    """Return a metric by id.

    Raises:
        KeyError: when there is none, with the ids nearest to it.
    """
    from difflib import get_close_matches

    if metric in METRICS:
        return METRICS[metric]
    near = get_close_matches(metric, METRICS, 3, 0.5)
    hint = f"; near it are {', '.join(near)}" if near else ""
    raise KeyError(f"there is no metric {metric!r}{hint}")


def named(unit: str, frame: Frame) -> str:
    """Return a canonical unit with the call's period and currency in it."""
    return unit.replace("period", frame.period).replace("money", frame.money or "money")


def check(entry: Metric, inputs: dict[str, Any]) -> Given:
    """Return the inputs as the metric's model.

    Raises:
        MetricError: when one is missing, unknown, of the wrong kind or out of bounds.
    """
    lacking = missing(entry, inputs)
    wrong: list[Wrong] = []
    try:
        given = entry.inputs(**inputs)
    except ValidationError as error:
        wrong = [_wrong(entry, problem) for problem in error.errors() if problem["type"] != "missing"]
    if wrong:
        raise MetricError(MetricInvalid(metric=entry.id, name=entry.name, invalid=wrong, note=entry.note))
    if lacking:
        raise MetricError(
            MetricMissing(metric=entry.id, name=entry.name, missing=lacking, formula=entry.formula, note=entry.note)
        )
    return given


def missing(entry: Metric, inputs: dict[str, Any]) -> list[str]:
    """Return the labels of the inputs that a call still needs."""
    present = {name for name, value in inputs.items() if value is not None}
    said = {name: declared.said.label for name, declared in entry.declared.items()}
    lacking = [said[name] for name, declared in entry.declared.items() if declared.required and name not in present]
    for group in entry.inputs.either:
        if not any(present.issuperset(part) for part in group.alternatives):
            begun = [part for part in group.alternatives if present & set(part)]
            options = [
                " and ".join(said[name] for name in part if name not in present) for part in begun or group.alternatives
            ]
            lacking.append(" or ".join(options))
    return lacking


def assumed(entry: Metric, inputs: dict[str, Any]) -> list[str]:
    """Return in words what is taken for the inputs that were left out."""
    return [
        declared.assumed for name, declared in entry.declared.items() if declared.assumed and inputs.get(name) is None
    ]


def _with_percent(entry: Metric, outcome: Outcome) -> dict[str, Any]:
    also = dict(outcome.also)
    if entry.unit == "fraction":
        also["percent"] = 100 * outcome.value
    return also


def _wrong(entry: Metric, problem: Any) -> Wrong:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    declared = entry.declared.get(name)
    if declared is None:
        known = ", ".join(entry.declared)
        return Wrong(input=name, reason=f"there is no input {name!r}; it takes {known}")
    return Wrong(input=name, reason=_reason(declared, problem))


def _reason(declared: Input, problem: Any) -> str:
    kind, value = problem["type"], problem["input"]
    label, because = declared.said.label, f" ({declared.said.because})" if declared.said.because else ""
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        asked = declared.bound
        share = ""
        if (
            declared.said.unit == "fraction"
            and isinstance(value, int | float)
            and 1 < value <= 100
            and declared.high == 1
        ):
            share = f"; for {value:g} % give {value / 100:g}"
        return f"{label} must be {asked}{because}, but it is {_shown(value)}{share}"
    if kind == "finite_number":
        return f"{label} must be a finite number, but it is {_shown(value)}"
    if kind in ("too_short", "too_long"):
        return f"{label}: {problem['msg'].removeprefix('List ').removeprefix('Dictionary ')}"
    if kind == "literal_error":
        return f"{label} must be one of {', '.join(declared.choices)}, but it is {_shown(value)}"
    wanted = {"series": "a list of numbers", "map": "names with a number each", "text": "text", "flag": "yes or no"}
    return f"{label} must be {wanted.get(declared.shape, 'a number')}, but it is {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = repr(value)
        return text if len(text) <= 60 else f"{text[:57]}..."
    if isinstance(value, int) and abs(value) >= LARGEST_SHOWN:
        return (
            f"a number of {len(str(abs(value)))} digits" if abs(value) < 10**4000 else "a number of thousands of digits"
        )
    return number(float(value)) if math.isfinite(value) and abs(value) < LARGEST_SHOWN else f"{value:g}"


def _finite(values: Any) -> bool:
    if isinstance(values, float | int):
        return math.isfinite(values)
    if isinstance(values, dict):
        return all(_finite(value) for value in values.values())
    if isinstance(values, list | tuple):
        return all(_finite(value) for value in values)
    return True


def _extremity(value: Any) -> float:
    """Return how far from ordinary sizes a value is."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
        return 0.0
    return abs(math.log10(abs(value)))
