"""Owners and dates that a message gives to actions by their numbers: "Ana takes 1, Ben 2, both by end of March"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

import yaml

from assistant.embedded.reviewing.dates import MONTHS, dates_in
from assistant.embedded.reviewing.phrases import DATA

MOST_NAME_WORDS = 3
Kind = Literal["number", "all", "owner", "date"]
Trouble = Literal["which", "who", "number", "either"]
_TOKEN = re.compile(
    r"(?P<range>\b[AaPp]?\d{1,2}\s*(?:-|\N{EN DASH}|\bto\b|\bbis\b)\s*[AaPp]?\d{1,2}\b(?![\d.,]*\d))"
    r"|#?(?P<number>(?<![\w.,])(?:[AaPp]-?)?\d{1,2}(?:st|nd|rd|th)?(?![\w]|[.,]\d))"
    r"|(?P<word>[^\W_][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*\.?)"
    r"|(?P<parts>[,;:&/+\n()=]|[-\N{EN DASH}\N{EM DASH}])|(?P<other>[^\s.!])",
)
_UNITS = re.compile(
    r"\s*(?:%|percent|k\b|m\b|eur|usd|€|\$|h(?:ou)?rs?\b|days?\b|w(?:ee)?ks?\b|months?\b|quarters?\b|years?\b"
    r"|units?\b|sources?\b|suppliers?\b|people\b|sites?\b|plants?\b)",
    re.IGNORECASE,
)
_TAKES = re.compile(r"\b(?:takes?|does|owns?|gets?|handles?|actions?|assign(?:ed)?|owner)\b", re.IGNORECASE)
_PLACES = {
    word: place
    for words in (
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        ("first", "second", "third", "fourth", "fifth", "sixth"),
    )
    for place, word in enumerate(words, 1)
}
_ORDINAL = ("st", "nd", "rd", "th")
_BEFORE_A_PLACE = (("action", "number"), ("the",))
_BOTH = ("one", "other")
_SEVERAL = re.compile(
    r"\b(?P<first>[A-Z][\w'-]+)\s*(?:and|&|/|,|und)\s*(?P<second>[A-Z][\w'-]+)"
    r"\s+(?:take|do|own|share|handle|will|together|both)\b"
)
_ANOTHER = re.compile(  # "Tom takes the fire drill and Kim the plan", but not "the talks with Siemens and Bosch"
    r"(?<![A-Z])(?P<before>[\w.)]+)\s*(?:,|;|&|\b(?:and|und|while|then)\b)\s*(?:(?:and|und|then)\s+)?"
    r"(?P<name>[A-Z][a-z][\w'-]*|I)(?=\s+[a-z]|\W*$)"
)
_NAME = re.compile(r"(?P<letter>[AP]?)-?(?P<number>\d{1,2})", re.IGNORECASE)
_ONE_EACH = re.compile(r"\b([A-Z][\w'-]+)\s+(?:takes?|does|owns?|gets?|handles?)\b")


@dataclass(frozen=True)
class Given:
    """What one group of a message gives: the places of actions in the list, from 0, with owner and date."""

    places: tuple[int, ...] = ()
    owner: str = ""
    due: date | None = None
    every: Literal["", "all", "rest"] = ""


@dataclass(frozen=True)
class Assignment:
    """What a message gives to listed actions; with `trouble`, why nothing of it can be taken."""

    given: tuple[Given, ...] = ()
    trouble: Trouble | None = None
    number: str = ""  # that the list does not have, or twice


@dataclass(frozen=True)
class _Item:
    kind: Kind
    places: tuple[int, ...] = ()
    said: str = ""
    due: date | None = None
    missed: str = ""  # a number that is none of the list's, or of two of it


def place_of(said: str, names: Sequence[str]) -> int | None:
    """Return the place of the listed action that a number means: "A2", or "2" where only one has it; None if none."""
    places = _places_of(said, names)
    return places[0] if len(places) == 1 else None


def _places_of(said: str, names: Sequence[str]) -> list[int]:
    read = _NAME.fullmatch(said)
    if not read:
        return []
    letter, number = read["letter"].upper(), read["number"].lstrip("0")
    return [place for place, name in enumerate(names) if (name if letter else name.lstrip("AP")) == letter + number]


def read_assignment(text: str, names: Sequence[str], today: date, *, listed_now: bool) -> Assignment | None:
    """Return who gets which listed action and until when; None where a message gives none by its number.

    `names` are the numbers of the list, "A1" for actions and "P2" for proposals; a bare 2 is the one of them that has
    it. Unless the list was shown just now, a message has to speak of taking or of actions, with names in capitals.
    """
    if not names or (not listed_now and not _TAKES.search(text)):
        return None
    try:
        items = _items(text, today, names)
    except _NotReadError as error:
        return Assignment(trouble="which") if error.speaks and listed_now else None
    kinds = {one.kind for one in items}
    if not kinds & {"number", "all"} or not kinds & {"owner", "date"}:
        return None
    if not listed_now and ("number" not in kinds or any(one.said[:1].islower() for one in items if one.said != "me")):
        return None
    small = all(one.said.islower() for one in items if one.kind == "owner")
    several = sum(one.kind == "owner" for one in items) > 1
    if small and not several and "date" not in kinds and not _TAKES.search(text):
        return None  # "pumps 2" may be anything
    if any(one.said == "both" for one in items) and "number" not in kinds and len(names) != len(_BOTH):
        return Assignment(trouble="which")
    missed = next((one.missed for one in items if one.missed), "")
    if missed:
        return Assignment(trouble="either" if _places_of(missed, names) else "number", number=missed)
    return _grouped(items)


def several_people(text: str) -> Trouble | None:
    """Return what is unclear of a message that names several people and no numbers; None if it names one at most."""
    if _SEVERAL.search(text):
        return "who"
    takers = _ONE_EACH.findall(text)
    if takers:
        begin = text.index(takers[0])
        takers += [one["name"] for one in _ANOTHER.finditer(text, begin) if _is_person(one)]
    return "which" if len(set(takers)) > 1 else None


def _is_person(found: "re.Match[str]") -> bool:
    """Say whether a name after "and" is one more person: neither a month nor the second of two names in a row."""
    dated = found["name"].casefold() in MONTHS
    before = found["before"]
    return not dated and (not before[:1].isupper() or before.casefold() in MONTHS)


def only_a_number(text: str) -> str:
    """Return the number of an action where a message is nothing else and says the letter too: "A2"; "" if not."""
    read = _NAME.fullmatch(text.strip(" .!#"))
    return read[0].upper() if read and read["letter"] else ""


class _NotReadError(Exception):
    """A message holds what belongs to no assignment; `speaks` if it speaks of people and actions for all that."""

    def __init__(self, *, speaks: bool = False):
        super().__init__()
        self.speaks = speaks


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of one kind, small."""
    read = yaml.safe_load((DATA / "review_assigning.yaml").read_text("utf-8"))
    return frozenset(str(read[kind]).split())


def _items(text: str, today: date, names: Sequence[str]) -> list[_Item]:
    """Return numbers, people and dates of a message in their order; every word of it must be read."""
    dated = dates_in(text, today, bare=True)
    for start, end, _ in dated:
        text = f"{text[:start]}{'@' * (end - start)}{text[end:]}"
    items: list[_Item] = []
    name: list[str] = []
    before = ""
    for found in _TOKEN.finditer(text):
        date_here = next((due for start, _, due in dated if start == found.start()), None)
        if date_here or text[found.start()] == "@":
            _close(name, items)
            if date_here:
                items.append(_Item("date", due=date_here))
            continue
        word = (found["word"] or "").strip(".")
        low = word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if found["other"] or (word and any(sign.isdigit() for sign in word)):
            raise _NotReadError(speaks=bool(items) and bool(_TAKES.search(text)))
        numbered = _numbered(found, low, before, names)
        if numbered:
            if _UNITS.match(text, found.end()):
                raise _NotReadError
            _close(name, items)
            items.append(numbered)
        elif found["parts"] or low in _words("parting"):
            _close(name, items)
        elif low in _words("all"):
            _close(name, items)
            items.append(_Item("all", said="rest" if low in _words("rest") else low))
        elif low in _words("me"):
            _close(name, items)
            items.append(_Item("owner", said="me"))
        elif low in _words("no_name"):
            raise _NotReadError  # "level 2"
        elif low in _words("no_person"):
            raise _NotReadError(speaks=any(one.kind == "number" for one in items))
        elif low == "of" and name:
            name.append(word)  # "head of quality"
        elif low in _words("passed_over"):
            _close(name, items)
        else:
            name.append(word)
        before = low or (before if numbered else "")
    _close(name, items)
    return items


def _numbered(found: "re.Match[str]", low: str, before: str, names: Sequence[str]) -> _Item | None:
    """Return the actions that a token names: by number, by a range of them, or by place ("the second")."""
    if found["range"]:
        ends = [(one["letter"].upper(), int(one["number"])) for one in _NAME.finditer(found["range"])]
        (letter, first), (_, last) = ends
        if first >= last:
            return None
        said = [f"{letter}{number}" for number in range(first, last + 1)]
        known = [one for one in said if one in (said[0], said[-1]) or _places_of(one, names)]  # some are done by now
        return _listed(known, names)
    word = found["number"] or (low if low in _PLACES and before in _BEFORE_A_PLACE[low.endswith(_ORDINAL)] else "")
    if not word:
        return None
    if word in _PLACES and not word.endswith(_ORDINAL):
        return _listed([str(_PLACES[word])], names)
    if word.endswith(_ORDINAL):
        place = _PLACES[word] if word in _PLACES else int(re.sub(r"\D", "", word))
        return _Item("number", (place - 1,)) if 1 <= place <= len(names) else _Item("number", missed=word)
    return _listed([word.upper()], names)


def _listed(said: Sequence[str], names: Sequence[str]) -> _Item:
    places = [place_of(one, names) for one in said]
    missed = next((one for one, place in zip(said, places, strict=True) if place is None), "")
    return _Item("number", tuple(place for place in places if place is not None), missed=missed)


def _close(name: list[str], items: list[_Item]) -> None:
    """Take the words that stand together as a person or team."""
    while name and name[-1].casefold() == "of":
        name.pop()
    if len([one for one in name if one != "of"]) > MOST_NAME_WORDS:
        raise _NotReadError(speaks=any(one.kind == "number" for one in items))
    if name:
        items.append(_Item("owner", said=" ".join(name)))
    name.clear()


def _grouped(items: Sequence[_Item]) -> Assignment:
    """Return the groups that numbers, people and dates make, in the order that the message opens with."""
    by_owner = next(one.kind for one in items if one.kind != "date") == "owner"
    groups: list[Given] = []
    lead: date | None = None
    for_all: date | None = None
    skip = False
    for place, one in enumerate(items):
        if skip:
            skip = False
            continue
        now = groups[-1] if groups else None
        follows = items[place + 1] if place + 1 < len(items) else None
        targeted = bool(now and (now.places or now.every))
        if one.kind == "all" and one.said != "rest" and targeted and len(groups) + len(now.places if now else ()) > 1:
            before = items[place - 1]
            if follows and follows.kind == "date":  # "both by end of March"
                for_all, skip = follows.due, True
            elif before.kind == "date" and now:  # "end of March for both"
                for_all, groups[-1] = before.due, replace(now, due=None)
            else:
                return Assignment(trouble="which")
        elif one.kind in ("number", "all"):
            every: Literal["", "all", "rest"] = "" if one.kind == "number" else "rest" if one.said == "rest" else "all"
            if now is None or (now.due and targeted) or (not by_owner and now.owner):
                groups.append(Given(one.places, now.owner if now and by_owner else "", every=every))
            elif now.every or (every and now.places):
                return Assignment(trouble="which")
            else:
                groups[-1] = replace(now, places=now.places + one.places, every=every)
        elif one.kind == "owner":
            if now and ((by_owner and not targeted) or (not by_owner and now.owner)):
                return Assignment(trouble="who")
            if by_owner or now is None:
                groups.append(Given(owner=one.said))
            else:
                groups[-1] = replace(now, owner=one.said)
        elif now is None:
            lead = one.due
        elif now.due:
            return Assignment(trouble="which")
        else:
            groups[-1] = replace(now, due=one.due)
    return _checked(groups, lead, for_all)


def _checked(groups: Sequence[Given], lead: date | None, for_all: date | None) -> Assignment:
    """Return groups that are whole and contradict each other in nothing."""
    if lead and (len(groups) != 1 or groups[0].due):
        return Assignment(trouble="which")
    whole = [replace(one, due=one.due or for_all or lead) for one in groups]
    places = [place for one in whole for place in one.places]
    bare = any(not (one.places or one.every) or not (one.owner or one.due) for one in whole)
    if bare or len(set(places)) < len(places) or sum(bool(one.every) for one in whole) > 1:
        return Assignment(trouble="which")
    if any(one.every == "all" for one in whole) and len(whole) > 1:
        return Assignment(trouble="which")
    return Assignment(tuple(whole))


def only_numbers(text: str, names: Sequence[str], today: date) -> tuple[int, ...]:
    """Return the places of several listed actions that a message names and nothing else: "1 and 3", "all of them"."""
    try:
        items = _items(text, today, names)
    except _NotReadError:
        return ()
    if len(items) == 1 and items[0].kind == "all" and (items[0].said != "both" or len(names) == len(_BOTH)):
        return tuple(range(len(names)))
    if not items or any(one.kind != "number" or one.missed for one in items):
        return ()
    return tuple(dict.fromkeys(place for one in items for place in one.places))
