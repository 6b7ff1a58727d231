"""Pairs of number and input as the tool takes them: with units, changes to earlier inputs, and what to ask."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.embedded.context import Computed
from assistant.embedded.figures.fitting import Fit, Pair
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.unit_costs import unit_text
from assistant.embedded.figures.wanted import said_period
from assistant.embedded.quantities import Quantity
from tools.metrics import METRICS, Metric
from tools.metrics.request import Stated
from tools.metrics.shown import number
from tools.metrics.units import PERIODS, Calendar, convert, parse

_CLAUSE = re.compile(r"[,;:\n|]|\.\s|\band\b|\bund\b")


def chosen(entry: Metric, text: str) -> Iterator[tuple[str, str]]:
    """Yield the inputs that take one of some words, with the one that a text says."""
    said = text.casefold()
    for name, declared in entry.declared.items():
        found = [
            choice for choice in declared.choices if re.search(rf"\b{re.escape(choice.replace('_', ' '))}\b", said)
        ]
        if len(found) == 1:
            yield name, found[0]


def pooled(entry: Metric, past: Sequence[Computed]) -> dict[str, Stated]:
    """Return inputs of earlier calls that a metric takes too, by its names for them; the latest count."""
    pool: dict[str, Stated] = {}
    for computed in past:
        other = METRICS.get(str(computed.args.get("metric", "")))
        for part in computed.args.get("inputs", []) if other else []:
            stated = Stated(**part)
            source = other.declared.get(stated.name) if other else None
            for name, declared in entry.declared.items():
                alike = source is not None and source.said.label == declared.said.label
                if name not in pool and (name == stated.name or alike):
                    pool[name] = stated.model_copy(update={"name": name})
    return pool


def needed(entry: Metric, pool: Mapping[str, Stated], found: Fit) -> dict[str, Stated]:
    """Return what was said earlier without what only another way of giving the same needs."""
    present = {*pool, *(pair.input for pair in found.pairs)}
    wanted: set[str] = set()
    for group in entry.inputs.either:
        met = [part for part in group.alternatives if present.issuperset(part)]
        fresh = [part for part in met if any(pair.input in part for pair in found.pairs)]
        wanted |= set((fresh or met or [()])[0])
    return {name: stated for name, stated in pool.items() if name not in entry.grouped or name in wanted}


def either_asked(entry: Metric, before: Mapping[str, Stated], past: Computed) -> list[str]:
    """Return the inputs of groups that still lack one, if something was missing."""
    if "missing" not in past.output:
        return []
    return [
        name
        for group in entry.inputs.either
        if not any(before.keys() >= set(part) for part in group.alternatives)
        for part in group.alternatives
        for name in part
        if name not in before
    ]


def _period_said(message: Message, quantity: Quantity) -> str:
    """Return the period that a quantity's clause says ("annual demand 20000", "sold last year"), or ""."""
    if any(part in PERIODS for part in (quantity.unit, *quantity.per)):
        return ""
    text, others = message.text, [other for other in message.quantities if other != quantity]
    before = max([other.end for other in others if other.end <= quantity.start], default=0)
    after = min([other.start for other in others if other.start >= quantity.end], default=len(text))
    marks = [match.end() for match in _CLAUSE.finditer(text, before, quantity.start)]
    mark = _CLAUSE.search(text, quantity.end, after)
    behind = said_period(text, quantity.end, mark.start() if mark else after)
    return said_period(text, marks[-1] if marks else before, quantity.start) or behind


def stated(entry: Metric, pair: Pair, message: Message, before: Stated | None) -> Stated:
    """Return a number as an input the way the tool takes it; a change is applied to the input `before` it."""
    quantity, declared = pair.quantity, entry.declared[pair.input]
    if quantity.change:
        return _changed(pair, before)
    value: Any = quantity.value
    if quantity.is_list:
        named = quantity.labels or tuple(str(place) for place in range(1, len(quantity.values) + 1))
        as_map = declared.shape == "map"
        value = dict(zip(named, quantity.values, strict=True)) if as_map else list(quantity.values)
    unit = unit_text(quantity)
    if not declared.said.unit and quantity.unit in PERIODS:
        unit = ""
    if declared.said.unit == "fraction" and quantity.percent:
        unit = "%"
    if not unit and before is not None and not isinstance(value, list | dict):
        unit = before.unit
    period = _period_said(message, quantity) if "/period" in declared.said.unit else ""
    if period and not parse(unit).period and not quantity.percent:
        unit = f"{unit or '1'}/{period}"
    return Stated(name=pair.input, value=value, unit=unit)


def _changed(pair: Pair, before: Stated | None) -> Stated:
    """Return an earlier input changed by a factor or an amount; the factor or amount itself if there is none."""
    quantity = pair.quantity
    if before is None:
        return Stated(name=pair.input, value=quantity.value, unit=unit_text(quantity))

    def one(value: float) -> float:
        if quantity.change == "times":
            return value * quantity.value
        step, _ = convert(quantity.value, parse(unit_text(quantity)), parse(before.unit), Calendar())
        if quantity.percent and "%" not in before.unit and abs(value) <= 1:
            step /= 100
        return value + step

    return before.model_copy(update={"value": _each(before.value, one)})


def _each(value: Any, one: Any) -> Any:
    if isinstance(value, dict):
        return {name: one(part) for name, part in value.items()}
    return [one(part) for part in value] if isinstance(value, list) else one(value)


def which_reading(pair: Pair) -> str:
    """Return the question which of the readings of its digits a number has."""
    readings = [number(value, 15) for value in (pair.quantity.value, *pair.quantity.others)]
    return f"Is {pair.quantity.text.strip()} meant as {' or as '.join(readings)}?"


def rivalry(found: Fit) -> list[tuple[Quantity, list[str]]]:
    """Return the quantities about which the two best fits differ, with the inputs that each could be."""
    rivalry = []
    for pair in found.rivals:
        own = next((other.input for other in found.pairs if other.quantity == pair.quantity), None)
        rivalry.append((pair.quantity, [name for name in (own, pair.input) if name]))
    return rivalry


def which_input(entry: Metric, rivalry: Sequence[tuple[Quantity, list[str]]]) -> str:
    """Return the question which of two inputs a number is."""
    quantity, names = rivalry[0]
    labels = [entry.declared[name].said.label for name in names]
    return f"Is {quantity.text.strip()} the {' or the '.join(labels)}?"
