"""Cuts a message into pieces, each of which tells of one node."""

import re
from collections.abc import Sequence

from assistant.embedded.reviewing.naming import bare_name, known_names, name_in, names_field
from assistant.embedded.reviewing.vocabulary import cues, fact_words

NAME_WORDS = 4
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|[;\n]+\s*|,\s+(?:and|then|also)\s+(?=(?:the|our)\s+\w)")
_BULLET = re.compile(
    r"^\s*(?:[-*\N{BULLET}]|\d{1,2}[.)]|(?:nr|no|num|number|item|node|part|#)\.?\s*#?\d{1,2}\s*[.):]|\d{1,2}:)\s+",
    re.IGNORECASE,
)
_CUT = re.compile(r",\s*(?:(?:and|then|also|but|while)\s+)?|\s+(?:and|while)\s+(?!\d)")
_LEAD = re.compile(r"(?:(?:the|our|a|an|my|of|for)\s+)*", re.IGNORECASE)
_TIMED = re.compile(
    r"\s*(?P<name>[^\d:=]{2,50}?)\s+(?P<time>(?:(?:about|around|roughly|only|just)\s+)?\d+(?:[.,]\d+)?\s*"
    r"(?:days?|weeks?|months?|quarters?|years?))[\s.!]*",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s+[-\N{EN DASH}\N{EM DASH}]\s+")
_ITEM = re.compile(r",\s*(?:and\s+|plus\s+)?(?![^()]*\))|\s+and\s+(?![^()]*\))")
_SOURCED = re.compile(
    r"(?P<name>[^()]{2,50}?)\s*"
    r"(?:\((?P<inside>[^()]{2,40})\)|\s(?P<behind>(?:comes? |bought )?(?:from|by)\s+[^()]{2,40}))",
    re.IGNORECASE,
)
_ARTICLED = re.compile(r"(?:the|our)\s", re.IGNORECASE)
_ALL = re.compile(r"^(?:all|both|each|every|everything)\b|\b(?:both|each|all of them)\W*$", re.IGNORECASE)
_ONLY = re.compile(r"([A-Z][\w&' .-]*?)\s+only|only\s+(?:from\s+)?([A-Z][\w&' .-]*)")
_LED = re.compile(r"(?:from|by)\s", re.IGNORECASE)
_TOLD = re.compile(r"\d|%|\b(?:from|source|supplier)", re.IGNORECASE)


def pieces_of(text: str, names: Sequence[str]) -> list[str]:
    """Return the pieces of a message, cut where a sentence ends or the next node begins."""
    sentences = [_BULLET.sub("", part) for part in _SENTENCE.split(text) if part.strip()]
    return [piece for sentence in sentences for piece in _by_node(sentence, names)]


def sourced_names(sentence: str) -> list[tuple[str, str]]:
    """Return the names of a list, each with what is said of its source: "the WMS, the carrier (DPD), film from Amcor".

    What is said last without a name of its own belongs to the name before it, or to all of them if it says so. None if
    the text is no such list, or says nothing of a source.
    """
    if any(sign.isdigit() for sign in sentence):
        return []
    head, _, tail = _DASH.sub("\0", sentence.strip(" .!"), count=1).partition("\0")
    parts = [part.strip() for part in _ITEM.split(head) if part.strip()]
    while not tail and len(parts) > 1 and _of_source(parts[-1]) and not _item(parts[-1])[0]:
        tail = parts.pop()
    found: list[tuple[str, str]] = []
    for part in parts:
        name, said = _item(part)
        after = any(one for _, one in found) or (found and found[0][0].islower() and name[:1].isupper())
        bare = after and not said and not _ARTICLED.match(part)  # "from Bosch, Valeo", "gearbox, ZF"
        if not name or names_field(name) or bare or len(name.split()) > NAME_WORDS or _no_item(name):
            return []
        found.append((name, said))
    if tail and not _of_source(tail):
        return []
    if tail and found:
        whole = _ALL.search(tail)
        found = [(name, said or tail) if whole or place == len(found) else (name, said)
                 for place, (name, said) in enumerate(found, 1)]  # fmt: skip
    return found if len(found) > 1 and any(said for _, said in found) else []


def _item(part: str) -> tuple[str, str]:
    """Return the name of one part of a list, and what is said of its source behind it."""
    found = _SOURCED.fullmatch(part)
    name, said, inside = (found["name"], found["behind"] or "", found["inside"] or "") if found else (part, "", "")
    only = _ONLY.fullmatch(inside)
    if only:
        said = f"single source {only[1] or only[2]}"
    elif inside and (_of_source(inside) or _LED.match(inside) or inside[0].isupper()):
        said = inside if _of_source(inside) or _LED.match(inside) else f"from {inside}"
    return bare_name(_LEAD.sub("", name, count=1)), said


def _of_source(text: str) -> bool:
    return bool(cues(fact_words().single, text) or any(cues(words, text) for words in fact_words().dual.values()))


def _no_item(name: str) -> bool:
    """Say whether words stand for something that is said of a node rather than for one: "no stock", "tested"."""
    data = fact_words()
    said = (data.empty, *data.basis.values(), data.unknown, data.single, *data.dual.values())
    return any(cues(words, name) for words in said) or name.casefold().split()[0] in data.naming.adverbs


def _by_node(sentence: str, names: Sequence[str]) -> list[str]:
    """Cut a sentence before each clause that opens with a node of its own: "castings from A, TTR 9, motors from B"."""
    listed = _listed(sentence)
    if len(listed) > 1 or (listed and not known_names(sentence, names)):
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
    """Return the pieces of a list of names with a time each, "barley 4 weeks, water 1 week", or of one; else none."""
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
