"""Asks again where a bare number is neither a level of maturity nor one of the choices: "7", "3 weeks"."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.embedded.context import Context
from assistant.embedded.reviewing.entries import is_node_table, number_in
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.state import State, read_state
from assistant.embedded.reviewing.step import Step, buttons, lacks_level

HIGHEST = 3
_NUMBERS = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MINUS = "\N{MINUS SIGN}"
_BARE = re.compile(
    rf"^[^\w\-{_MINUS}]*(?:about |around |maybe |say |roughly |level |a )?"
    rf"(?P<number>[-{_MINUS}]?\d+(?:[.,]\d+)?|{_NUMBERS})"
    r"\s*(?P<unit>%|per ?cent|points?|h(?:ou)?rs?|days?|w(?:ee)?ks?|months?|quarters?|years?)?\W*$",
    re.IGNORECASE,
)


def is_figure(text: str, question: Mapping[str, Any]) -> bool:
    """Say whether a message is but a number, and answers a question for one."""
    bare = _BARE.match(text) and "level" not in text.casefold()
    return (
        bool(bare) and question.get("kind") == "number" and number_in(text, str(question.get("unit", ""))) is not None
    )


def asked_again(text: str, state: State) -> Step | None:
    """Return the question of a level or a choice once more, if a message is a number that answers neither."""
    found = _BARE.match(text)
    if not found:
        return None
    number, question = _value(found["number"]), state.question
    if is_figure(text, question):
        return None
    waits = state.answered_now if state.answered_now and lacks_level(state.answered_now) else {}
    if question.get("options"):
        fits = not found["unit"] and (1 <= number <= len(question["options"]) or (waits and 0 <= number <= HIGHEST))
        return None if fits else _again("no_option", text, question, list(question["options"]), 1)
    if is_node_table(question) and (found["unit"] or not waits):
        return None  # the figure of a node
    asked = waits or question
    level = not found["unit"] and 0 <= number <= HIGHEST and number == int(number)
    if level or not asked.get("anchors") or question.get("kind") == "number":
        return None
    return _again("no_level", text, asked, list(asked["anchors"]), 0)


def asked_for(context: Context) -> Mapping[str, Any]:
    """Return the question whose level was asked for once more just before; empty if none was."""
    last = context.past[-1] if context.past else None
    if last is None or last.reviewed:
        return {}
    earlier = replace(context, question=last.question, past=context.past[:-1])
    state = read_state(earlier)
    if not state.running or asked_again(last.question, state) is None:
        return {}
    waits = state.answered_now if state.answered_now and lacks_level(state.answered_now) else {}
    return asked_for(earlier) or waits or state.question


def _value(said: str) -> float:
    words = _NUMBERS.split("|")
    if said.casefold() in words:
        return float(words.index(said.casefold()))
    return float(said.replace(",", ".").replace(_MINUS, "-"))


def _again(sentence: str, text: str, question: Mapping[str, Any], lines: list[str], first: int) -> Step:
    said = sentences()
    head = said.say(sentence, said=text.strip(), id=question["id"], short=question["short"])
    listed = [said.say("level_line", level=place, anchor=one) for place, one in enumerate(lines, first)]
    return Step(text="\n".join([head, "", *listed]), kind="clarify", follow_ups=buttons("skip", "unknown", "why"))
