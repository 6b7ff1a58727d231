"""Which action an owner and a due date are said of: one that is named or numbered, or the one added just before."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.embedded.reviewing.assigning import (
    Assignment,
    Given,
    only_numbers,
    place_of,
    read_assignment,
    several_people,
)
from assistant.embedded.reviewing.dates import MONTHS, due_in, owner_in
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.hearing import HALF
from assistant.embedded.reviewing.likeness import Likeness, placed, told_of
from assistant.embedded.reviewing.naming import known_names
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import RECORD, SHORT, asks_something

MOST_WORDS, BARE_WORDS, MOST_WORDS_NAMED = 12, 3, 20
LEADS = 0.1
_NAMED = re.compile(r"\bthe\s+(?P<name>(?:[\w&/-]+\s+){1,7}?)(?:action|measure|task)\b", re.IGNORECASE)
_PLACED = re.compile(
    r"(?:proposed|open|first|second|third|fourth|fifth|sixth|last|next)(?:\s+(?:proposed|open))?", re.IGNORECASE
)
_TAKES = re.compile(
    r"\b(?:takes?|does|will|owner|owns|responsible|handles?|in charge|due|deadline|assign\w*|until|by)\b", re.IGNORECASE
)
_MONTH = "|".join(MONTHS)
_COUNTS = ("one", "two", "three")
_COUNTED = re.compile(rf"\b(?:action|number)\s+({'|'.join(_COUNTS)})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\b(?:action|number|no\.?|#)\s*([ap]?-?\d{1,2})\b"
    r"|\b(?:takes?|does|gets?|owns?|handles?)\s+([ap]?-?\d{1,2})(?=\s*(?:$|[,.;]|by\b|until\b|due\b))"
    rf"|^\W*([ap]?-?\d{{1,2}})\s*(?:[:)-]|\s(?!(?:{_MONTH})\b)(?=[A-Z]))"
    r"|^\W*([ap]?-?\d{1,2})(?:\s+(?:one|please))*\W*$",
    re.IGNORECASE,
)
_THE_ACTION = re.compile(r"\b(?:the|that|this)\s+(?:proposed\s+|open\s+)?(?:action|measure|task)s?\b", re.IGNORECASE)


def speaks_of_one(text: str) -> bool:
    """Say whether a message speaks of an action without saying which: "Ana takes the action"."""
    return bool(_THE_ACTION.search(text))


def numbered(text: str, names: Sequence[str]) -> int | None:
    """Return the place of the listed action that a message names by its number, from 0; None if it names none.

    `names` are the numbers of the list, as in `read_assignment`; "the second" is the second of the list.
    """
    found = _NUMBER.search(_COUNTED.sub(lambda one: f"number {_COUNTS.index(one[1].casefold()) + 1}", text))
    if found:
        return place_of(next(one for one in found.groups() if one), names)
    return placed(text, len(names))


def names_of(actions: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the numbers under which actions were listed."""
    return tuple(str(one["number"]) for one in actions)


def meant(text: str, actions: Sequence[Mapping[str, Any]], likeness: Likeness) -> Mapping[str, Any] | None:
    """Return the listed action that a message names by its number or its words; None if it is not clear."""
    if not actions:
        return None
    place = numbered(text, names_of(actions))
    if place is not None:
        return actions[place]
    best = likeness.of(text, [str(one["text"]) for one in actions])
    return actions[best.place] if best.likeness >= HALF and best.lead >= LEADS else None


def chosen(text: str, state: State, likeness: Likeness, today: date) -> list[dict[str, Any]]:
    """Return owner and date of the turn before with the actions that a message now chooses; none if it chooses none."""
    left = state.undecided
    if not left or len(text.split()) > SHORT or asks_something(text) or told_of(text):
        return []
    places = only_numbers(text, names_of(state.actions), today)
    actions = [state.actions[place] for place in places]
    if not actions:
        action = meant(text, state.actions, likeness)
        actions = [action] if action else []
    return [{"action": _named_so(action), **left} for action in actions]


def given(text: str, state: State, today: date) -> Assignment | None:
    """Return what a message gives to actions that were listed, by their numbers; None if it gives nothing so."""
    if asks_something(text) or known_names(text, state.names):
        return None
    return read_assignment(text, names_of(state.actions), today, listed_now=state.actions_before_us)


def entries_of(groups: Sequence[Given], state: State, me: str) -> tuple[list[dict[str, Any]], list[Mapping[str, Any]]]:
    """Return what is entered of the actions that were given, and those of "all" and "the rest" that stay as they are.

    "All of them" takes nothing from anybody: an action that has an owner or a date already keeps it.
    """
    entries: list[dict[str, Any]] = []
    kept: list[Mapping[str, Any]] = []
    numbered_ = {place for group in groups for place in group.places}
    for group in groups:
        said = {"owner": me if group.owner == "me" else group.owner} if group.owner else {}
        said |= {"due": group.due.isoformat()} if group.due else {}
        places = (
            [place for place in range(len(state.actions)) if place not in numbered_] if group.every else group.places
        )
        for place in places:
            action = state.actions[place]
            held = group.every and any(action.get(name) not in (None, "", value) for name, value in said.items())
            if held:
                kept.append(action)
            else:
                entries.append({"action": _named_so(action), **said})
    return entries, kept


def _named_so(action: Mapping[str, Any]) -> str:
    return str(action["origin"] or action["text"])


def assigned(text: str, today: date) -> dict[str, Any] | None:
    """Return owner and date that a message gives to an action which it names: "Ana owns the dual source action"."""
    found = _NAMED.search(text)
    if (
        not found
        or asks_something(text)
        or several_people(text)
        or len(text.split()) > MOST_WORDS_NAMED
        or not _TAKES.search(text)
    ):
        return None
    rest = f"{text[: found.start()]}it{text[found.end() :]}"  # a name of the action is no name of a person
    owner, due = owner_in(rest), due_in(rest, today)
    if not owner and due is None:
        return None
    said = {"owner": owner} if owner else {}
    if _PLACED.fullmatch(found["name"].strip()):
        return None  # "the second action": the list knows which
    return {"action": found["name"].strip()} | said | ({"due": due.isoformat()} if due else {})


def completed(text: str, state: State, today: date, *, bare: bool = False) -> dict[str, Any] | None:
    """Return what a message says of the action just added that has no owner or date yet; None if it says nothing.

    With `bare`, a name or a date alone is taken too: "Anna", "end of May".
    """
    latest = state.runs[-1] if state.here and state.runs else ()
    added = [one for run in latest if run.tool == RECORD for one in run.args.get("actions", ())]
    if len(added) != 1 or len(text.split()) > MOST_WORDS or asks_something(text) or several_people(text):
        return None
    if not _TAKES.search(text) and not (bare and len(text.split()) <= BARE_WORDS):
        return None
    if any(node.fields or node.unplaced for node in read_facts(text, state.names).nodes):
        return None
    owner = "" if added[0].get("owner") else owner_in(text)
    due = None if added[0].get("due") else due_in(text, today)
    if not owner and due is None:
        return None
    said = {"owner": owner} if owner else {}
    return {"action": added[0]["action"]} | said | ({"due": due.isoformat()} if due else {})
