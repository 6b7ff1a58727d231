"""Takes up what an earlier turn had to ask for: which node, which of two fields, or whether it was an answer."""

import re
from dataclasses import replace
from datetime import date

from assistant.embedded.context import Context
from assistant.embedded.reviewing.acting import given
from assistant.embedded.reviewing.assigning import several_people
from assistant.embedded.reviewing.entering import Entering
from assistant.embedded.reviewing.entries import SHARES, WEEKS, Entry, Unclear
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.hearing import ANSWER, HALF, UNSURE
from assistant.embedded.reviewing.likeness import placed
from assistant.embedded.reviewing.naming import is_no_name, known_names, name_in
from assistant.embedded.reviewing.proving import parted
from assistant.embedded.reviewing.scope import limits_in
from assistant.embedded.reviewing.state import State, read_state
from assistant.embedded.reviewing.step import FEW_WORDS, SHORT, Step, asks_something
from assistant.embedded.reviewing.vocabulary import cues, fact_words
from assistant.embedded.reviewing.wishes import MOVES

MOST_QUESTIONS_BACK = 2
_LEVEL = re.compile(r"\blevel\s+[0-3]\b", re.IGNORECASE)
_ASKS_BACK = re.compile(r"\?\s*$|^\W*(?:\w+\W+)?(?:what(?:'s| is| does| are)|explain|define)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\d+\s*(?:%|[a-z]+)", re.IGNORECASE)


class Settling(Entering):
    """The part that goes back to what was left unclear."""

    def _settled(self, context: Context, state: State) -> Step | None:
        """Return the entry that an answer to "which of the two?" completes; None if nothing was left unclear."""
        unclear = self._left_open(context)
        if isinstance(unclear, str):
            worded = any(sign.isalpha() for sign in context.question)  # "2" says yes to nothing
            yes = worded and self._hearer.hear(context.question, running=True).wish == "confirm"
            return self._entered(self._enterer.answer(unclear, state), state) if yes else None
        if unclear is None or (unclear.kind == "node" and self._moves_on(context.question)):
            return None
        entry = self._resolved(context.question, unclear, state)
        return self._entered(entry, state) if entry else None

    def _moves_on(self, text: str) -> bool:
        """Say whether a message asks for another place rather than naming a node: "stop", "skip", "level 2"."""
        if _LEVEL.search(text):
            return True
        heard = self._hearer.hear(text, running=True)
        return heard.own in MOVES and heard.odds[heard.own] >= HALF

    def _left_open(self, context: Context, depth: int = MOST_QUESTIONS_BACK) -> Unclear | str | None:
        """Return what the last turn had to ask for: what was unclear, or a message of which it was not sure.

        A turn before may have asked as well, and the last message have settled but one of two things.
        """
        last = context.past[-1] if context.past else None
        if last is None or last.titles or last.sorted or (last.computed and not last.reviewed):
            return None
        said = parted(last.question)[0]
        earlier = replace(context, question=said, past=context.past[:-1])
        before = read_state(earlier)
        if not before.running or given(last.question, before, date.today()) or several_people(last.question):
            return None
        asked = self._left_open(earlier, depth - 1) if depth else None
        if isinstance(asked, Unclear):
            entry = self._resolved(said, asked, before)
            if entry:
                return entry.unclear
        wish = self._wish(said, None, before)
        if wish == UNSURE and not last.reviewed:
            return said
        if wish not in (ANSWER, "correct", "evidence"):
            return None
        return self._enterer.enter(said, before, corrects=wish == "correct").unclear

    def _resolved(self, text: str, unclear: Unclear, state: State) -> Entry | None:
        """Return the entry that an answer to what was unclear makes, which may leave another thing unclear.

        A message with figures of a node of its own answers nothing of the kind: None.
        """
        if limits_in(text):
            return None
        asked = {(one.name, one.unplaced[0].value) for one in unclear.all_facts if one.unplaced}
        told = {(one.name, value) for one in read_facts(text, state.names).nodes if one.name
                for value in one.fields.values()}  # fmt: skip
        told |= {(one.name, source["share"]) for one in read_facts(text, state.names).nodes if one.name
                 for source in one.sources.named if "share" in source}  # fmt: skip
        if told - asked:
            return None
        if unclear.kind == "node" and unclear.facts and unclear.facts.unplaced:
            amount = unclear.facts.unplaced[0]
            fields = SHARES if amount.kind == "share" else WEEKS
            chosen = _field_said(text, Unclear("field", fields, amount)) if amount.kind != "money" else ""
            if chosen:
                fields_ = {**unclear.facts.fields, chosen: amount.value}
                facts = replace(unclear.facts, fields=fields_, unplaced=unclear.facts.unplaced[1:])
                known = known_names(text, unclear.options or state.names)
                facts = replace(facts, name=known[0]) if len(known) == 1 else facts
                return self._enterer.facts_of(facts, state)
        if unclear.kind == "node" and unclear.facts:
            known = known_names(text, unclear.options or state.names)
            place = placed(text, len(unclear.options))
            name = known[0] if len(known) == 1 else unclear.options[place] if place is not None else ""
            short = len(text.split()) <= SHORT and not asks_something(text) and not is_no_name(text)
            if short and not name and not unclear.options:
                name = name_in(text) or ("" if _COUNTED.search(text) else _named(text))
            if not name or (not short and not known):
                return None
            facts = replace(unclear.facts, name=name)
            return self._enterer.facts_of(facts, state)
        if unclear.kind in ("field", "period") and unclear.amount and unclear.facts and not _ASKS_BACK.search(text):
            chosen = _field_said(text, unclear)
            if chosen:
                return self._enterer.placed_facts(unclear.all_facts, chosen, state)
        return None


def _field_said(text: str, unclear: Unclear) -> str:
    """Return which of the offered fields or periods a message says; "" if none."""
    place = placed(text, len(unclear.options))
    if place is not None:
        return unclear.options[place]
    data = fact_words()
    words = data.periods if unclear.kind == "period" else {name: data.fields[name].words for name in unclear.options}
    said = [name for name in unclear.options if cues((*words[name], name), text)]
    if len(said) == 1:
        return said[0]
    if (
        re.match(r"^\W*(?:yes|yep|yeah|right|correct|exactly|ja)\b", text, re.IGNORECASE)
        and len(text.split()) <= FEW_WORDS
    ):
        return unclear.options[0]
    return ""


def _named(text: str) -> str:
    """Return a short message as a name, without words that only point."""
    return re.sub(
        r"^\W*(?:(?:it's|it is|that's|that is|for|about|of|the|our|of the|sorry)\s+)*", "", text, flags=re.IGNORECASE
    ).strip(" .!")
