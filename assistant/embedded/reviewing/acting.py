"""Owner and due date that are said of the action which was added in the turn before."""

import re
from datetime import date
from typing import Any

from assistant.embedded.reviewing.dates import due_in, owner_in
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.step import RECORD, asks_something

MOST_WORDS, BARE_WORDS, MOST_WORDS_NAMED = 12, 3, 20
_NAMED = re.compile(r"\bthe\s+(?P<name>(?:[\w&/-]+\s+){1,7}?)(?:action|measure|task)\b", re.IGNORECASE)
_TAKES = re.compile(
    r"\b(?:takes?|does|will|owner|owns|responsible|handles?|in charge|due|deadline|assign\w*|until|by)\b", re.IGNORECASE
)


def assigned(text: str, today: date) -> dict[str, Any] | None:
    """Return owner and date that a message gives to an action which it names: "Ana owns the dual source action"."""
    found = _NAMED.search(text)
    if not found or asks_something(text) or len(text.split()) > MOST_WORDS_NAMED or not _TAKES.search(text):
        return None
    rest = f"{text[: found.start()]}it{text[found.end() :]}"  # a name of the action is no name of a person
    owner, due = owner_in(rest), due_in(rest, today)
    if not owner and due is None:
        return None
    said = {"owner": owner} if owner else {}
    return {"action": found["name"].strip()} | said | ({"due": due.isoformat()} if due else {})


def completed(text: str, state: State, today: date, *, bare: bool = False) -> dict[str, Any] | None:
    """Return what a message says of the action just added that has no owner or date yet; None if it says nothing.

    With `bare`, a name or a date alone is taken too: "Anna", "end of May".
    """
    latest = state.runs[-1] if state.here and state.runs else ()
    added = [one for run in latest if run.tool == RECORD for one in run.args.get("actions", ())]
    if len(added) != 1 or len(text.split()) > MOST_WORDS or asks_something(text):
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
