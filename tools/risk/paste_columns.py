"""Says what the columns of a pasted table of nodes are, and in which unit, period and scale their numbers stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml
from rapidfuzz import fuzz, process

from tools.risk.amounts import PERCENT, SCALES, TIMES
from tools.risk.plain import one_line

FILE = Path(__file__).with_name("paste.yaml")
WEEKS = frozenset({"ttr", "cover", "switch"})
SHARES = frozenset({"share", "alternate", "affected"})
MONEY = frozenset({"margin", "spend"})
NUMERIC = WEEKS | SHARES | MONEY | {"capacity", "stock"}
OF_SOURCE = frozenset({"supplier", "country", "share", "spend", "capacity", "sub_tier"})
PERIODS = {"margin": "week", "capacity": "week", "spend": "year"}
"""Roles that are counted by period, and in which."""
PERCENT_WORDS = frozenset(PERCENT)
FEWEST_KNOWN = 2
LOOKED_AT = 30
NEAR_SPELLING = 87
SHORTEST_NEAR = 5

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_MARKS = re.compile(r"[\s_/.:,;*\-–—]+")
_WORD = re.compile(r"[^\W\d_]+|%|[$€£¥₹]")
_CURRENCY = re.compile(r"\b(USD|EUR|GBP|CHF|JPY|INR|CNY|PLN|SEK|NOK|DKK|CAD|AUD)\b|([$€£¥₹])", re.I)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_SCALED = {"k": 1e3, "teur": 1e3, "keur": 1e3, "kusd": 1e3, "tusd": 1e3, "thousands": 1e3, "tausend": 1e3, "meur": 1e6}
_BY = {
    "annual": "year", "annually": "year", "yearly": "year", "pa": "year", "jährlich": "year", "jahres": "year",
    "monthly": "month", "monatlich": "month", "weekly": "week", "wöchentlich": "week", "daily": "day", "täglich": "day",
    "quarterly": "quarter",
}  # fmt: skip
_SECOND = re.compile(r"^(?:alternate|alternative|second|secondary|2nd|backup|back up|other|zweiter?|zweit)\s+(?=\w)")
_FIRST = re.compile(r"^(?:main|primary|first|1st|current|top|principal|haupt)\s+(?=\w)")
_OF_SECOND = re.compile(
    r"\s+of\s+(?:the\s+)?(?:alternate|alternative|second|secondary|2nd|backup)\s+(?:source|supplier|vendor)$"
)
_JOINED = re.compile(r"\s+(?:of|per|by|from|for|at)\s+")
_NUMBERED = re.compile(r"^(?P<word>.*?[^\W\d])\s*#?(?P<number>[1-9])$")


@dataclass(frozen=True)
class Heading:
    """A column as understood: its role ("" for none), which source of the row it describes, and its unit.

    `time` is the unit of time of its numbers, `period` what they are counted by, `scale` what one of them stands for;
    "" and 1 where the header says nothing.
    """

    place: int
    header: str
    role: str
    source: int = 1
    time: str = ""
    period: str = ""
    scale: float = 1.0
    percent: bool = False
    currency: str = ""


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the words of paste.yaml by role."""
    read = yaml.safe_load(FILE.read_text("utf-8"))
    return {role: tuple(str(word).casefold() for word in listed) for role, listed in read.items()}


@cache
def _exact() -> dict[str, tuple[str, int]]:
    return {
        word: (role, 1000 - place)
        for role, listed in reversed(words().items())
        for place, word in reversed(list(enumerate(listed)))
    }


@lru_cache(maxsize=4096)
def known_role(header: str) -> tuple[str, int, int]:
    """Return the role that a header names, how surely (0 for none), and which source of the row it describes."""
    plain = _MARKS.sub(" ", _BRACKETS.sub(" ", one_line(header).casefold().replace("%", " "))).strip()
    if not plain:
        return "", 0, 1
    for source, text in _readings(plain):
        role, sure = _role(text)
        if role == "stock" and any(_time(word) for word in plain_words(header)):
            role = "cover"
        elif role in MONEY and not PERCENT_WORDS.isdisjoint(plain_words(header)):
            role = "ignored"
        if sure and (source == 1 or role in OF_SOURCE):
            return role, sure, source
    return "", 0, 1


def plain_words(header: str) -> list[str]:
    """Return the words and signs of a header in small letters, "p.a." as one word."""
    said = _WORD.findall(one_line(header).casefold())
    return ["pa" if one == "a" and said[at - 1 : at] == ["p"] else one for at, one in enumerate(said)]


def headings(cells: Sequence[str]) -> list[Heading]:
    """Return the columns of a header row; of two with the same role the surer, then the first, has it."""
    found = [known_role(cell) for cell in cells]
    best: dict[tuple[str, int], int] = {}
    for place, (role, sure, source) in enumerate(found):
        held = best.get((role, source))
        if role and (held is None or sure > found[held][1]):
            best[role, source] = place
    chosen = {place: key for key, place in best.items()}
    return [_heading(place, cell, *chosen.get(place, ("", 1))) for place, cell in enumerate(cells)]


def header_place(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the place of the row that names the columns, or None where none does."""
    best, most = None, FEWEST_KNOWN - 1
    for place, cells in enumerate(rows[:LOOKED_AT]):
        filled = [cell for cell in cells if cell.strip()]
        known = {known_role(cell)[::2] for cell in filled if known_role(cell)[1]}
        if len(known) > most and (len(known) > FEWEST_KNOWN or len(known) * 2 >= len(filled)):
            best, most = place, len(known)
    return best


def _readings(plain: str) -> list[tuple[int, str]]:
    """Return what a header may say, the plainest first, with the number of the source that it describes."""
    found = [(1, plain)]
    if _SECOND.match(plain):
        found.insert(0 if plain not in _exact() else 1, (2, _SECOND.sub("", plain)))
    if _OF_SECOND.search(plain):
        found.insert(0, (2, _OF_SECOND.sub("", plain)))
    if _FIRST.match(plain):
        found.append((1, _FIRST.sub("", plain)))
    numbered = _NUMBERED.match(plain)
    if numbered and plain not in _exact():
        found.insert(0, (int(numbered["number"]), numbered["word"].strip()))
    return found


def _role(plain: str) -> tuple[str, int]:
    if plain in _exact():
        return _exact()[plain]
    bare = " ".join(word for word in plain.split() if not _is_unit(word))
    if bare in _exact():
        return _exact()[bare][0], _exact()[bare][1] - 1
    for part in (_JOINED.split(plain)[0], plain):
        inside = [
            (found.end(), len(word), role)
            for word, (role, _) in _exact().items()
            if len(word) > 2 and word in part and (found := re.search(rf"\b{re.escape(word)}\b", part))
        ]
        if inside:  # what a header is about stands last: a supplier share is a share
            _, length, role = max(inside)
            return role, min(100, length)
    if len(plain) >= SHORTEST_NEAR:
        near = process.extractOne(plain, list(_exact()), scorer=fuzz.ratio, score_cutoff=NEAR_SPELLING)
        if near:
            return _exact()[near[0]][0], 1
    return "", 0


def _heading(place: int, header: str, role: str, source: int) -> Heading:
    tokens = plain_words(header)
    time = next((name for token in tokens if len(token) > 1 or role in WEEKS for name in [_time(token)] if name), "")
    period = next((_BY[token] for token in tokens if token in _BY), "")
    scale = next((_scale(token) for token in tokens if _scale(token) != 1), 1.0) if role in MONEY else 1.0
    money = _CURRENCY.search(header)
    return Heading(
        place=place,
        header=one_line(header),
        role=role,
        source=source,
        time=time or (period if role in WEEKS else ""),
        period=(period or time) if role in PERIODS else "",
        scale=scale,
        percent=not PERCENT_WORDS.isdisjoint(tokens),
        currency=currency_of(header) if money else "",
    )


def currency_of(text: str) -> str:
    """Return the code of the currency that a text names, or ""."""
    found = _CURRENCY.search(text)
    if found is None:
        return ""
    return found[1].upper() if found[1] else _SIGNS[found[2]]


def _scale(word: str) -> float:
    return _SCALED.get(word) or SCALES.get(word, 1.0)


def _time(token: str) -> str:
    return next((name for name, spellings in TIMES.items() if token in spellings), "")


def _is_unit(word: str) -> bool:
    return bool(_time(word) or _CURRENCY.fullmatch(word)) or word in {*PERCENT, *_BY, *_SCALED, "per", "in", "a", "p"}
