"""Places bare numbers by what was said before: a correction of the figure told last, or what was just asked for."""

import re
from dataclasses import replace
from typing import Any

from assistant.embedded.quantities import read_quantities
from assistant.embedded.reviewing.amounts import Amount, amounts_in, weeks_of
from assistant.embedded.reviewing.facts import Facts, NodeFacts, read_facts
from assistant.embedded.reviewing.pointing import points_elsewhere
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import SHORT, asks_something
from assistant.embedded.reviewing.vocabulary import cues, fact_words, opening
from tools.metrics.units import Calendar, factor

FIELDS = {
    "weeks": ("ttr_weeks", "cover_weeks", "switch_weeks"),
    "share": ("alternate_share", "share_affected"),
    "money": ("margin_per_week",),
}
ASKED = ("ttr_weeks", "cover_weeks")
_NUMBER = re.compile(r"[\d.,\s]+")


def corrects_figure(text: str, state: State) -> bool:
    """Say whether a message is but a number that puts right one which the last turn entered: "no, its 3 months"."""
    if opening(fact_words().corrects, text) is None or len(text.split()) > SHORT or asks_something(text):
        return False
    if state.told_now:
        return _bare(read_facts(text, state.names)) is not None
    return state.answered_now.get("kind") == "number" and bool(read_quantities(text).quantities)


def put_right(facts: Facts, state: State) -> Facts:
    """Return facts whose one bare number stands for the figure told last: the one of its kind, or else of its unit."""
    amount = _bare(facts)
    if amount is None:
        return facts
    told = [(str(node["name"]), name) for node in state.told_now for name in FIELDS[amount.kind] if name in node]
    before = [one for one in amounts_in(state.said, read_quantities(state.said).quantities) if one.kind == amount.kind]
    if len(told) > 1:
        same = {one.field for one in before if _unit(one) == _unit(amount)}
        told = [(node, name) for node, name in told if name in same]
    if len(told) != 1:
        return facts
    (name, field), value = told[0], amount.value
    period = next((one.period for one in before if one.field == field and one.period), "")
    if amount.kind == "money" and not amount.period:
        value = round(value / (factor(period, "week", Calendar()) or 1.0), 2) if period else value
    notes = (amount.note,) if amount.note else ()
    return replace(facts, nodes=(NodeFacts(name, known=True, fields={field: value}, notes=notes),))


def in_order(text: str, facts: Facts, state: State) -> Facts:
    """Return facts with bare times in the order in which they were asked for: "say 24 weeks and 4"."""
    wanted = _asked_for(state)
    quantities = [one for one in read_quantities(text).quantities if not one.bound]
    values = [value for one in quantities for value in (one.values if one.is_list else (one.value,))]
    units = [one.unit for one in quantities if one.unit]
    if not wanted or len(values) != len(wanted) or len(text.split()) > SHORT or asks_something(text):
        return facts
    if any(one.percent or one.currency or one.per for one in quantities) or (len(values) == 1 and not units):
        return facts
    words = [word for one in fact_words().fields.values() for word in cues(one.words, text)]
    if words or points_elsewhere(text, whole=True) or any(one.name or one.told for one in facts.nodes):
        return facts
    told: dict[str, Any] = {}
    for field, value, unit in zip(wanted, values, _each(quantities), strict=True):
        weeks = weeks_of(value, unit or (units[0] if units else "week"))
        if weeks is None:
            return facts
        told[field] = round(weeks, 2)
    return replace(facts, nodes=(NodeFacts(state.focus[0], known=True, fields=told),))


def _asked_for(state: State) -> list[str]:
    """Return the times of the one node just spoken of that are still to be told, in the order they are asked in."""
    if not state.told_now or len(state.focus) != 1:
        return []
    node = state.node(state.focus[0])
    return [name for name in ASKED if node and node.get(name) is None]


def _each(quantities: Any) -> list[str]:
    return [one.unit for one in quantities for _ in (one.values if one.is_list else (one.value,))]


def _bare(facts: Facts) -> Amount | None:
    """Return the one number of a message that names no node and no field; None if it tells anything else."""
    if len(facts.nodes) != 1:
        return None
    one = facts.nodes[0]
    return one.unplaced[0] if len(one.unplaced) == 1 and not (one.name or one.told or one.instead) else None


def _unit(amount: Amount) -> str:
    return _NUMBER.sub("", amount.text).casefold().rstrip("s")
