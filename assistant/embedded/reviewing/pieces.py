"""Cuts a message into pieces, each of which tells of one node."""

import re
from collections.abc import Sequence

from assistant.embedded.reviewing.naming import bare_name, known_names, name_in, names_field
from assistant.embedded.reviewing.vocabulary import cues, fact_words

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|[;\n]+\s*|,\s+(?:and|then|also)\s+(?=(?:the|our)\s+\w)")
_BULLET = re.compile(r"^\s*(?:[-*\N{BULLET}]|\d{1,2}[.)])\s+")
_CUT = re.compile(r",\s*(?:(?:and|then|also|but|while)\s+)?|\s+(?:and|while)\s+(?!\d)")
_LEAD = re.compile(r"(?:(?:the|our|a|an|my|of|for)\s+)*", re.IGNORECASE)
_TIMED = re.compile(
    r"\s*(?P<name>[^\d:=]{2,50}?)\s+(?P<time>(?:(?:about|around|roughly|only|just)\s+)?\d+(?:[.,]\d+)?\s*"
    r"(?:days?|weeks?|months?|quarters?|years?))[\s.!]*",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\d|%|\b(?:from|source|supplier)", re.IGNORECASE)


def pieces_of(text: str, names: Sequence[str]) -> list[str]:
    """Return the pieces of a message, cut where a sentence ends or the next node begins."""
    sentences = [_BULLET.sub("", part) for part in _SENTENCE.split(text) if part.strip()]
    return [piece for sentence in sentences for piece in _by_node(sentence, names)]


def _by_node(sentence: str, names: Sequence[str]) -> list[str]:
    """Cut a sentence before each clause that opens with a node of its own: "castings from A, TTR 9, motors from B"."""
    listed = _listed(sentence)
    if len(listed) > 1:
        return listed
    begin, cut = 0, []
    for found in _CUT.finditer(sentence):
        head, tail = sentence[begin : found.start()], sentence[found.end() :]
        before = _opens(head, names) or name_in(head)
        after = _opens(tail, names)
        if before and after and before != after and _TOLD.search(head) and _TOLD.search(tail):
            cut.append(head)
            begin = found.end()
    return [*cut, sentence[begin:]]


def _listed(sentence: str) -> list[str]:
    """Return the pieces of a list of names with a time each: "barley 4 weeks, water 1 week"; none if it is no list."""
    found = [_TIMED.fullmatch(clause) for clause in _CUT.split(sentence)]
    rows = [(*_parted(one["name"]), one["time"]) for one in found if one]
    named = all(name and not names_field(name) and _may_open(name) for name, _, _ in rows)
    return [f"{name}: {field} {time}" for name, field, time in rows] if named and len(rows) == len(found) else []


def _parted(said: str) -> tuple[str, str]:
    """Return the name of a node and the words for its number, which stand before or behind it: "castings TTR"."""
    for one in fact_words().fields.values():
        for start, end in cues(one.words, said) if one.kind == "weeks" else ():
            if start == 0 or end == len(said):
                return bare_name(said[end:] if start == 0 else said[:start]), said[start:end]
    return bare_name(said), ""


def _may_open(name: str) -> bool:
    return name.casefold().split()[-1] not in fact_words().naming.never


def _opens(clause: str, names: Sequence[str]) -> str:
    """Return the node that a clause opens with; "" if it opens with anything else, such as another of its suppliers."""
    start = _LEAD.match(clause)
    opening = clause[start.end() if start else 0 :]
    known = [name for name in known_names(opening, names) if opening.casefold().startswith(name.casefold())]
    if known:
        return known[0]
    name = name_in(opening)
    if not name or not opening.startswith(name) or names_field(name):
        return ""
    rest = opening[len(name) :]
    timed = any(cues(one.words, rest) for one in fact_words().fields.values() if one.kind == "weeks")
    proper = opening[:1].isupper() and not timed
    said = re.match(r"\s*:|\s+(?:from|at|by)\b", rest) or cues(tuple(fact_words().naming.verbs), rest[:12])
    return name if said and not proper and _may_open(name) else ""
