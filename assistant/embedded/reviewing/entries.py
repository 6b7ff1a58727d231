"""What of a message is entered into a review: facts of nodes, and the answer to the question that is asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from assistant.embedded.quantities import read_quantities
from assistant.embedded.reviewing.amounts import TIMES, Amount
from assistant.embedded.reviewing.facts import Facts, NodeFacts, read_facts
from assistant.embedded.reviewing.likeness import Likeness, level_in, placed, told_of
from assistant.embedded.reviewing.naming import bare_name, unknown_node
from assistant.embedded.reviewing.pasting import is_pasted, pasted_nodes
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.righting import in_order, put_right
from assistant.embedded.reviewing.scope import limits_in, scope_in
from assistant.embedded.reviewing.state import State
from assistant.embedded.sorting.naming import parts_of
from tools.metrics.shown import listed
from tools.metrics.units import Calendar, factor
from tools.risk.errors import ReviewError

LIKE_OPTION, LIKE_CHOICE = 0.45, 0.5
LEADS, CLEARLY_LEADS = 0.06, 0.15
SHORT_NAME = 5
MOST_WORDS_OF_A_CELL = 40
A_LIMIT_ALONE = 16
WEEKS = ("ttr_weeks", "cover_weeks")
COVERED = {"product_lines": "product lines", "sites": "sites"}
SCOPE_WORDS = {"loss_limit": "the limit", "stockout_limit_days": "the days", "currency": "the currency",
               "period": "the period", "weekly_margin": "the margin"}  # fmt: skip
SAYS_LITTLE = {"name", "kind", "sources", "only_these_sources"}
SHARES = ("alternate_share", "share_affected")
Output = Mapping[str, Any]
_ROW = re.compile(r"\n+|;\s+|(?<=[a-z)])\.\s+(?=\S)")

_SOURCED = re.compile(r"\b(?:from|by|supplier|source|sourced|single|sole|dual|vendor|only)\b", re.IGNORECASE)
_COUNTS = re.compile(r"\b(one|two|three|four|five|six)\b")

UnclearKind = Literal["node", "field", "period", "option", "number", "names", "table"]


@dataclass(frozen=True)
class Unclear:
    """What has to be asked before something can be entered, with the choices that are offered."""

    kind: UnclearKind
    options: tuple[str, ...] = ()
    amount: Amount | None = None
    facts: NodeFacts | None = None
    others: tuple[NodeFacts, ...] = ()  # more nodes that the same is unclear of

    @property
    def all_facts(self) -> tuple[NodeFacts, ...]:
        """What was said of every node that this is unclear of."""
        return (*((self.facts,) if self.facts else ()), *self.others)


@dataclass(frozen=True)
class Entry:
    """What is entered, notes on how it was read, and what is still unclear; `empty` if there is nothing to enter."""

    nodes: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    scope: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    unclear: Unclear | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is entered."""
        return not (self.nodes or self.answers or self.scope)

    def args(self, state: State) -> dict[str, Any]:
        """Return the arguments of the call that enters it."""
        kept: dict[str, Any] = {"review_id": state.review_id, "seen": state.output.get("revision", 0)}
        kept |= {"nodes": self.nodes} if self.nodes else {}
        kept |= {"answers": self.answers} if self.answers else {}
        return kept | ({"scope": self.scope} if self.scope else {})


class Enterer:
    """Reads what is to be entered from a message and the state of the review."""

    def __init__(self, likeness: Likeness):
        self._likeness = likeness

    def enter(self, text: str, state: State, *, corrects: bool = False) -> Entry:
        """Return what a message enters: what it tells of nodes, else or besides the answer to the question asked."""
        question = state.question
        pasted = _pasted(text) if takes_table(text, question) else None
        if pasted and (pasted.nodes or is_node_table(question)):
            return pasted
        facts = read_facts(text, state.names)
        facts = put_right(facts, state) if corrects else in_order(text, facts, state)
        table = is_node_table(question)
        lost = unknown_node(text, state.names) if table else ""
        if lost:
            return Entry([{"name": lost} | _remarked(text, state.node(lost))])
        listed = sum(bool(one.name and one.unplaced) for one in facts.nodes) > 1  # "barley 4 weeks, water 1 week"
        entry = self._nodes(facts, state, wanted=table or corrects or listed)
        if question.get("sets_limits") and not _SOURCED.search(text):
            kept = [one for one in entry.nodes if not one.keys() <= SAYS_LITTLE]
            entry = replace(entry, nodes=kept, notes=entry.notes if kept else ())
        own = self._scope(text, state, facts, entry)
        if own:
            unclear = entry.unclear if entry.nodes else None  # a limit of the scope is no figure of a node
            notes = (*entry.notes, *own.notes)
            return replace(entry, scope=own.scope | entry.scope, answers=own.answers, unclear=unclear, notes=notes)
        limits = limits_in(text)
        if limits:
            told = replace(entry, scope=entry.scope | limits, unclear=None)  # its money and days are of no node
            long = question.get("kind") == "text" and len(text.split()) > A_LIMIT_ALONE
            return replace(told, answers=self._answer(text, question).answers) if long and not entry.nodes else told
        if not question or entry.nodes or (entry.unclear and (table or listed or facts.told)):
            return entry
        answered = self._answer(text, question)
        return replace(answered, scope=entry.scope | answered.scope)

    def answer(self, text: str, state: State) -> Entry:
        """Return a message as the answer to the question that is asked, whatever it looks like."""
        return self._answer(text, state.question)

    def facts_of(self, facts: NodeFacts, state: State) -> Entry:
        """Return the entry of facts whose node was unclear and is now said."""
        return self._nodes(Facts((facts,)), state, wanted=True)

    def placed_facts(self, facts: Sequence[NodeFacts], chosen: str, state: State) -> Entry:
        """Return the entry of numbers, the first unplaced one of each node, whose field is now said."""
        settled = tuple(_placed(one, chosen) for one in facts)
        return self._nodes(Facts(settled, facts[0].unplaced[0].currency), state, wanted=True)

    def _nodes(self, facts: Facts, state: State, *, wanted: bool) -> Entry:
        nodes: list[dict[str, Any]] = []
        notes: list[str] = []
        unclear: Unclear | None = None
        for one in facts.nodes:
            if not one.told and not (wanted and (one.unplaced or one.introduced)):
                continue
            if not one.name and not wanted and not one.fields:
                continue  # "two suppliers" answers a question; it is a fact of a node only where one is spoken of
            settled = _instead(one, state) if one.unplaced and one.instead else one
            candidates = [settled.name] if settled.name else _meant(settled, state)
            if len(candidates) != 1:
                unclear = unclear or Unclear("node", tuple(candidates), facts=settled)
                continue
            if settled.told or settled.introduced:
                nodes.append(_node_args(settled, candidates[0]))
                notes += settled.notes
            if settled.unplaced and (wanted or settled.name):
                unclear = _also(unclear, _unplaced(replace(settled, name=candidates[0])))
        if nodes:
            notes += [f"{one} is taken for no figure of a node and not kept" for one in facts.other]
        currency = facts.currency
        scope = (
            {"currency": currency} if currency and nodes and not state.output.get("scope", {}).get("currency") else {}
        )
        return Entry(nodes, scope=scope, notes=tuple(notes), unclear=unclear)

    def _scope(self, text: str, state: State, facts: Facts, entry: Entry) -> Entry | None:
        """Return scope and limits as the answer to the question for them; None where something else is told."""
        question = state.question
        if not question.get("sets_limits"):
            return None
        found = scope_in(text)
        limited = bool(found.keys() & {"loss_limit", "stockout_limit_days"})
        if (entry.nodes and not found.get("loss_limit")) or (any(one.fields for one in facts.nodes) and not limited):
            return None  # "cocoa butter: 10 weeks to recover, 150k a week" is said of a node, and no scope
        if not found and (any(one.fields for one in facts.nodes) or entry.nodes or entry.unclear):
            return None
        if any(isinstance(value, int | float) and value < 0 for value in found.values()):
            return Entry(scope=found)  # it is refused with the reason, and nothing else is kept of it
        given = (question.get("given") or {}).get("value") or ""
        value = f"{given}\n{text}" if given and given != text else text
        notes = _still_covers(found, state.output.get("scope", {}))
        return Entry(answers=[{"question": question["id"], "value": value} | _level(text)], scope=found, notes=notes)

    def _answer(self, text: str, question: Output) -> Entry:
        kind, name = question.get("kind"), question.get("id")
        if kind == "number":
            value = number_in(text, str(question.get("unit", "")))
            if value is None:
                return Entry(answers=[{"question": name, "comment": text}], unclear=Unclear("number"))
            said = {"question": name, "value": value}
            return Entry(answers=[said | ({"comment": text} if len(text.split()) > SHORT_NAME else {})])
        if kind in ("choice", "choices"):
            return self._chosen(text, question)
        if kind == "table":
            return _rows(text, question)
        given = (question.get("given") or {}).get("value") or ""
        value = f"{given}\n{text}" if given and given != text else text
        return Entry(answers=[{"question": name, "value": value} | _level(text)])

    def _chosen(self, text: str, question: Output) -> Entry:
        options = list(question["options"])
        named = [option for option in options if option.casefold() in text.casefold()]
        place = placed(text, len(options)) if len(text.split()) <= SHORT_NAME + 1 and not told_of(text) else None
        if place is not None:
            named = [options[place]]
        comment = {"comment": text} if len(text.split()) > SHORT_NAME else {}
        notes: tuple[str, ...] = ()
        if question["kind"] == "choices" and not named:
            named = [one for one in options if self._likeness.of(text, [one]).likeness >= LIKE_CHOICE]
        if not named:
            options = _counted(text, options)
            best = self._likeness.of(text, options)
            if best.likeness >= LIKE_OPTION and best.lead >= LEADS:
                named, notes = self._cautious(text, question, options[best.place], best.lead)
        if not named:
            return Entry(
                answers=[{"question": question["id"], "comment": text}], unclear=Unclear("option", tuple(options))
            )
        value: Any = named if question["kind"] == "choices" else max(named, key=len)
        return Entry(answers=[{"question": question["id"], "value": value} | comment], notes=notes)

    def _cautious(self, text: str, question: Output, best: str, lead: float) -> tuple[list[str], tuple[str, ...]]:
        """Return the option that a message is most like; of two about as near the lower one, with a note of it."""
        options, scores = list(question["options"]), list(question.get("scores") or ())
        others = [one for one in _counted(text, options) if one != best]
        if lead >= CLEARLY_LEADS or len(scores) != len(options) or not others:
            return [best], ()
        second = others[self._likeness.of(text, others).place]
        lower, higher = sorted((best, second), key=lambda one: (scores[options.index(one)], options.index(one)))
        note = f'"{higher}" was about as near, and the more cautious one is taken; "go to {question["id"]}" changes it'
        return [lower], (note,)


def _still_covers(found: Output, scope: Output) -> tuple[str, ...]:
    """Return what the scope goes on to say of sites and products, where words on it name neither in so many words."""
    kept = [f'{name} "{scope[field]}"' for field, name in COVERED.items() if scope.get(field)]
    if not kept or found.keys() & COVERED.keys():
        return ()
    taken = listed([SCOPE_WORDS.get(name, name) for name in found]) if found else "nothing"
    return (sentences().say("scope_keeps", taken=taken, kept=listed(kept)),)


def _counted(text: str, options: Sequence[str]) -> list[str]:
    """Return the options that open with the number that a message says: "two suppliers" is none of one source."""
    said = set(_COUNTS.findall(text.casefold()))
    opening = {one: found[0] for one in options if (found := _COUNTS.match(one.casefold()))}
    return [one for one in options if {opening.get(one)} == said] or list(options)


def _pasted(text: str) -> Entry | None:
    """Return the nodes of a pasted table, or why it cannot be read; None if it holds none."""
    try:
        nodes, notes = pasted_nodes(text)
    except ReviewError as error:  # it has no header, or none that is known
        return Entry(unclear=Unclear("table", tuple(one.reason for one in error.wrong)))
    return Entry(nodes, notes=notes) if nodes else None


def takes_table(text: str, question: Output) -> bool:
    """Say whether a message is a pasted table that may be one of nodes, and no rows for a table of another kind."""
    return is_pasted(text) and (is_node_table(question) or question.get("kind") != "table")


def is_node_table(question: Output) -> bool:
    """Say whether a question asks for a table with a row a node."""
    return question.get("kind") == "table" and [*question.get("columns", []), ""][0].casefold() == "node"


def number_in(text: str, unit: str) -> str | None:
    """Return the number of a message in the unit of a question, as it is entered; None if there is none that fits."""
    for one in read_quantities(text).quantities:
        if one.is_list or one.bound == "low":
            continue
        wanted = unit.rstrip("s")
        if wanted in TIMES and one.unit in TIMES:
            share = factor(one.unit, wanted, Calendar())
            return None if share is None else f"{one.value * share:.6g} {unit}"
        if unit == "%" and (one.percent or not (one.unit or one.currency)):
            return f"{one.value:g} %"
        if not one.unit and not one.percent and not (one.currency and wanted in TIMES):
            return f"{one.value:.10g}"
        if one.unit in TIMES:
            continue
        if one.unit and wanted not in TIMES and unit != "%":
            return f"{one.value:.10g}"
    return None


def _rows(text: str, question: Output) -> Entry:
    """Return a table's answer: names as nodes where nodes are asked for, else a row a sentence with its numbers."""
    if is_node_table(question):
        names = [part.name for part in parts_of(text) if part.name]
        bare = [name for name in names if name.casefold() != text.casefold().strip(" .")]
        if len(names) > 1 and len(bare) == len(names):
            return Entry([{"name": name} for name in names])
        if len(text.split()) <= SHORT_NAME and (name := bare_name(text)):
            return Entry([{"name": name}])
        return Entry(answers=[{"question": question["id"], "comment": text}], unclear=Unclear("names"))
    pieces = [piece.strip() for piece in _ROW.split(text) if piece.strip(" .")]
    columns, kinds = list(question["columns"]), list(question["column_kinds"])
    rows = [_row(piece, columns, kinds) for piece in pieces]
    return Entry(answers=[{"question": question["id"], "value": rows} | _level(text)])


def _row(piece: str, columns: Sequence[str], kinds: Sequence[str]) -> dict[str, Any]:
    """Return a row: the words in its first column of text, numbers in the first columns of their kind."""
    row: dict[str, Any] = {columns[kinds.index("text") if "text" in kinds else 0]: piece}
    for one in read_quantities(piece).quantities:
        kind = "share" if one.percent else "weeks" if one.unit in TIMES else "money" if one.currency else ""
        place = next((i for i, name in enumerate(kinds) if name == kind and columns[i] not in row), None)
        if place is not None and not one.is_list:
            share = factor(one.unit, "week", Calendar()) if kind == "weeks" else None
            row[columns[place]] = f"{one.value:g} %" if kind == "share" else one.value * (share or 1.0)
    return row


def _level(text: str) -> dict[str, Any]:
    level = level_in(text) if "level" in text.casefold() or "maturity" in text.casefold() else None
    return {} if level is None else {"maturity": level}


def _meant(facts: NodeFacts, state: State) -> list[str]:
    """Return the nodes that facts without a name may be about: by a value that is put right, by focus, or all."""
    if facts.elsewhere:
        return []
    if facts.instead:
        holding = [name for name in state.names if _holds(state.node(name), facts.instead)]
        if holding:
            return holding
    return state.focus or state.names


def _holds(node: Output, values: Sequence[float]) -> bool:
    return any(isinstance(known, float | int) and known in values for known in node.values())


def _instead(facts: NodeFacts, state: State) -> NodeFacts:
    """Return facts with a number in the field whose value it replaces: "9 weeks instead of 7"."""
    amount = facts.unplaced[0]
    names = [facts.name] if facts.name else state.focus or state.names
    fields = (
        (*WEEKS, "switch_weeks")
        if amount.kind == "weeks"
        else SHARES
        if amount.kind == "share"
        else ("margin_per_week",)
    )
    found = [(name, field_) for name in names for field_ in fields if state.node(name).get(field_) in facts.instead]
    if len(found) != 1:
        return facts
    name, field_ = found[0]
    return replace(facts, name=name, fields={**facts.fields, field_: amount.value}, unplaced=facts.unplaced[1:])


def _unplaced(facts: NodeFacts) -> Unclear | None:
    amount = facts.unplaced[0]
    if amount.kind == "money":
        if amount.field != "margin_per_week":
            return None
        return Unclear("period", ("week", "month", "year"), amount, facts)
    if amount.kind == "share":
        return Unclear("field", SHARES, amount, facts)
    return Unclear("field", WEEKS, amount, facts)


def _also(unclear: Unclear | None, another: Unclear | None) -> Unclear | None:
    """Return what is asked first; where the same is unclear of another node, it is asked of both at once."""
    if unclear is None or another is None or not another.facts:
        return unclear or another
    if (unclear.kind, unclear.options) != (another.kind, another.options) or unclear.kind == "node":
        return unclear
    return replace(unclear, others=(*unclear.others, another.facts))


def _placed(facts: NodeFacts, chosen: str) -> NodeFacts:
    """Return facts with their first unplaced number in the field that is chosen, or as the margin of a period."""
    value: float = facts.unplaced[0].value
    if chosen in ("week", "month", "year", "day"):
        value, chosen = round(value / (factor(chosen, "week", Calendar()) or 1.0), 2), "margin_per_week"
    return replace(facts, fields={**facts.fields, chosen: value}, unplaced=())


def _remarked(text: str, node: Output) -> dict[str, str]:
    """Return what was said of a node whose figures nobody knows as its note, unless it has one."""
    return {} if node.get("note") else {"note": text}


def _node_args(facts: NodeFacts, name: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, **facts.fields}
    sources = facts.sources.told()
    if sources:
        told["sources"] = sources
    if facts.sources.count == 1 and sources:
        told["only_these_sources"] = True
    return told
