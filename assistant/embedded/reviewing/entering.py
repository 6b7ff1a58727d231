"""What of a message is entered into a running review, and what has to be asked first."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.embedded.reviewing import saying
from assistant.embedded.reviewing.acting import entries_of, given, meant, names_of, speaks_of_one
from assistant.embedded.reviewing.assigning import only_a_number, place_of, several_people
from assistant.embedded.reviewing.choosing import destination
from assistant.embedded.reviewing.dates import due_in, owner_in
from assistant.embedded.reviewing.entries import Entry, is_node_table, number_in
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.levels import is_figure
from assistant.embedded.reviewing.likeness import level_in
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import FEW_WORDS, MOVE, RECORD, REPORT, Step, asks_something, call, lacks_level
from assistant.embedded.reviewing.vocabulary import cues
from assistant.embedded.reviewing.wishes import EVIDENCE, Wishes
from tools.metrics.shown import listed

LIKE_LEVEL, LEVEL_LEADS = 0.3, 0.04
ADDS = re.compile(
    r"\W*(?:please\s+)?(?:(?:add|note|record|put down|create|make|take down)\s+(?:an?\s+|another\s+)?(?:new\s+)?"
    r"|(?:a\s+)?new\s+)action\b\s*[:,]?\s*(?:to\s+)?",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall|is going to|has to|takes care of)\b", re.IGNORECASE)


class Entering(Wishes):
    """The part that enters."""

    def _entered(self, entry: Entry, state: State) -> Step | None:
        if not entry.empty:
            return Step(calls=((RECORD, entry.args(state)),))
        if entry.unclear:
            return Step(text=saying.unclear(entry.unclear, state.output), kind="clarify")
        return None

    def _answered(self, text: str, state: State, *, corrects: bool = False) -> Step | None:
        entry = self._enterer.enter(text, state, corrects=corrects)
        return self._entered(entry, state)

    def _unknown(self, text: str, state: State) -> Step | None:
        if not state.question:
            return None
        comment = {"comment": text} if len(text.split()) > FEW_WORDS else {}
        answer = {"question": state.question["id"], "unknown": True} | comment
        return Step(calls=((RECORD, Entry(answers=[answer]).args(state)),))

    def _evidence(self, text: str, state: State) -> Step | None:
        """Enter evidence for what was answered last, or for the question that is asked if nothing was."""
        labelled = EVIDENCE.match(text)
        if not labelled and any(one.fields for one in read_facts(text, state.names).nodes):
            return self._answered(text, state)
        lacking = bool(cues(sentences().words("no_evidence"), text))
        text = text[labelled.end() :] if labelled else text
        if state.nodes_last and state.focus:
            told = {"ttr_basis": "own guess"} if lacking else {"evidence": text}
            known = [name for name in state.focus if state.node(name)]
            kept = [{"name": name} | told for name in known if not lacking or state.node(name).get("ttr_weeks")]
            if kept:
                return Step(calls=((RECORD, Entry(nodes=kept).args(state)),))
        target = state.answered or state.question
        if not target:
            return None
        answer = {"question": target["id"]} | ({"comment": text} if lacking else {"evidence": text})
        return Step(calls=((RECORD, Entry(answers=[answer]).args(state)),))

    def _assigned(self, text: str, state: State) -> Step | None:
        """Enter who takes which of the listed actions, by their numbers; ask where that is not clear."""
        found = given(text, state, date.today())
        if found is None:
            number = only_a_number(text) if state.undecided else ""
            unlisted = number and place_of(number, names_of(state.actions)) is None
            return self._unassigned("number", state, number) if unlisted else None
        if found.trouble:
            return self._unassigned(found.trouble, state, found.number)
        me = _me(state)
        if not me and any(one.owner == "me" for one in found.given):
            return Step(text=sentences().say("action_me"), kind="clarify")
        entries, _ = entries_of(found.given, state, me)
        if not entries:
            return self._unassigned("held", state)
        return call(RECORD, **Entry().args(state), actions=entries)

    def _unassigned(self, trouble: str, state: State, number: str = "") -> Step:
        """List the actions and ask who takes which, as nothing of it could be taken for certain."""
        first = state.actions[0]["number"] if state.actions else "A1"
        said = sentences().say(f"action_{trouble}", number=number, first=first)
        link = state.output.get("link", "")
        parts = saying.which_action({"which_action": state.actions, "problems": [said], "link": link}) or [said]
        return Step(text="\n\n".join(parts), kind="clarify")

    def _action(self, text: str, state: State) -> Step | None:
        owner, due = owner_in(text, _me(state)), due_in(text, date.today())
        people = several_people(text)
        if people:
            return self._unassigned(people, state)
        if owner == "me":
            return Step(text=sentences().say("action_me"), kind="clarify")
        own = _own_action(text, owner if due else "")
        if own and (not state.actions or ADDS.match(text)):
            said = {"action": own, "new": True} | ({"owner": owner} if owner else {})
            said |= {"due": due.isoformat()} if due else {}
            return Step(calls=((RECORD, Entry().args(state) | {"actions": [said]}),))
        if not owner and due is None:
            return self._no_owner(text, state)
        if not state.actions and not speaks_of_one(text):
            figures = read_facts(text, state.names)
            if any(one.told for one in figures.nodes) or not (owner and due):
                return self._answered(text, state)
        action = meant(text, state.actions, self._likeness)
        if action is None and state.reported_now:  # it asked for the owner of this one
            action = next((one for one in state.actions if not one["owner"]), None)
        said = {"action": (action["origin"] or action["text"]) if action else ""}
        said |= {"owner": owner} if owner else {}
        said |= {"due": due.isoformat()} if due else {}
        return call(RECORD, **Entry().args(state), actions=[said])

    def _no_owner(self, text: str, state: State) -> Step | None:
        """Show the actions where they are asked for, or one is spoken of without owner and date; else answer."""
        if speaks_of_one(text) or (state.actions and asks_something(text)):
            return call(REPORT, review_id=state.review_id)
        if state.actions:
            return Step(text=sentences().say("no_owner_read"), kind="clarify")
        return self._answered(text, state)

    def _confirmed(self, text: str, state: State, wish: str, asked: Mapping[str, Any]) -> Step | None:
        """Take a level for what was just answered, or for what was just `asked` once more; else what is confirmed."""
        level = level_in(text)
        bare = level is not None and not re.search("[a-z]", text, re.IGNORECASE)
        answered = state.answered if level is not None and not bare else state.answered_now
        waits = bool(answered) and lacks_level(answered)
        question = state.question
        if is_figure(text, question) and not (waits and level is not None):
            return self._answered(text, state)
        if question.get("options") and (level is None or not re.search("[a-z]", text, re.IGNORECASE)):
            entry = self._enterer.answer(text, state)
            if entry.unclear is None:
                return self._entered(entry, state)
        if bare and asked and asked.get("kind") != "number" and not asked.get("options"):
            return call(RECORD, **Entry(answers=[{"question": asked["id"], "maturity": level}]).args(state))
        if bare and not waits and question.get("kind") in ("text", "table"):
            return _level_of_which(text, level, state)
        if level is None and waits and wish == "confirm":
            level = self._likely_level(answered)
        target = answered if waits else question if question and question.get("anchors") else answered
        if level is not None and target:
            answer = {"question": target["id"], "maturity": level}
            return Step(calls=((RECORD, Entry(answers=[answer]).args(state)),))
        if wish == "deny" and waits:
            return Step(text=sentences().say("deny"), kind="clarify")
        if question and question.get("kind") == "text" and not waits:
            return self._answered(text, state)
        return call(MOVE, review_id=state.review_id, to="continue")

    def _corrected(self, text: str, state: State) -> Step | None:
        """Enter what is put right; else go to the question that is to be changed, or ask which one."""
        facts = read_facts(text, state.names)
        answered = state.answered_now
        value = number_in(text, str(answered.get("unit", ""))) if answered.get("kind") == "number" else None
        if value is not None and not state.told_now:
            said = {"question": answered["id"], "value": value}
            return Step(calls=((RECORD, Entry(answers=[said]).args(state)),))
        if any(one.told or one.unplaced for one in facts.nodes):
            entry = self._enterer.enter(text, replace(state, output={**state.output, "question": None}), corrects=True)
            step = self._entered(entry, state)
            if step and not (step.text and entry.unclear and not entry.unclear.options):
                return step
        level = level_in(text)
        if level is not None and state.answered:
            answer = {"question": state.answered["id"], "maturity": level}
            return Step(calls=((RECORD, Entry(answers=[answer]).args(state)),))
        to = destination(text, state.output, self._likeness)
        if not to and state.answered and re.search(r"\b(?:last|previous|earlier)\b", text, re.IGNORECASE):
            to = str(state.answered["id"])
        if to:
            return call(MOVE, review_id=state.review_id, to=to)
        return Step(text=sentences().say("which_question"), kind="clarify")

    def _likely_level(self, answered: Mapping[str, Any]) -> int | None:
        """Return the level whose words an answer is clearly most like; None if it is not clear."""
        given = answered["given"]
        if is_node_table(answered) or answered.get("kind") == "number":
            return None  # a number is like no words: "48 hours" is not "Hours, with the right to decide"
        said = " ".join(str(given[name]) for name in ("value", "evidence") if given[name])
        best = self._likeness.of(said, list(answered["anchors"]))
        return best.place if best.likeness >= LIKE_LEVEL and best.lead >= LEVEL_LEADS else None


def _level_of_which(text: str, level: int | None, state: State) -> Step:
    """Ask which question a bare number is the level of, where none has just been asked for."""
    question, last = state.question, state.answered
    ids = [str(one["id"]) for one in (question, last) if one and one.get("anchors")]
    ways = listed([f'"level {level} for {one}"' for one in dict.fromkeys(ids)], "or")
    said = sentences().say("level_of_which", said=text.strip(), ways=ways, id=question["id"], short=question["short"])
    return Step(text=said, kind="clarify")


def _me(state: State) -> str:
    """Return the name under which whoever speaks stands in the review; "" without one."""
    return "" if state.output.get("unnamed", True) else str(state.output.get("you", ""))


def _own_action(text: str, owner: str) -> str:
    """Return what is to be done, where a message adds an action or says what somebody will do; "" otherwise."""
    added = ADDS.match(text)
    said = text[added.end() :] if added else text if owner and _WILL.search(text) else ""
    said = said.strip(" .!:,\n")
    return said[:1].upper() + said[1:]
