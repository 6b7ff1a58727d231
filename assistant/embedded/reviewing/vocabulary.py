"""The words by which facts of a risk review are read, from data."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from rapidfuzz import fuzz

from assistant.embedded.products.phrases import Found, Word, find, words_of
from tools.risk.countries import spoken

DATA = Path(__file__).parents[1] / "data"
LONG_ENOUGH = 4
ALIKE = 84

FactKind = Literal["weeks", "share", "money"]
Folded = Annotated[frozenset[str], AfterValidator(lambda words: frozenset(word.casefold() for word in words))]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldWords(_Part):
    """What stands beside a number of a field, and the kind of number."""

    kind: FactKind
    words: tuple[str, ...]


class NamingWords(_Part):
    """Where the name of a node begins and ends, and what is no name."""

    after: tuple[str, ...]
    introduce: tuple[str, ...]
    before: tuple[str, ...]
    verbs: Folded
    numbered: Folded
    never: Folded
    adverbs: Folded
    stop: Folded
    fillers: Folded
    generic: Folded
    no_name: Folded
    no_opening: Folded
    pointing: Folded
    telling: Folded
    most: int


class SupplierWords(_Part):
    """Where the name of a supplier begins and ends, and what is none."""

    after: tuple[str, ...]
    before: tuple[str, ...]
    never: frozenset[str]


class ScopeWords(_Part):
    """What stands beside what a review covers and its limits."""

    loss_limit: tuple[str, ...]
    clear_limit: tuple[str, ...]
    stockout_limit_days: tuple[str, ...]
    product_lines: tuple[str, ...]
    sites: tuple[str, ...]
    period: tuple[str, ...]
    site_words: Folded
    labels: Folded
    approve: tuple[str, ...]


class HeldWords(_Part):
    """Who else holds stock, which stock covers nothing, and what names nobody behind "at"."""

    who: tuple[str, ...]
    kinds: tuple[str, ...]
    not_names: tuple[str, ...]


class FactWords(_Part):
    """All words by which facts are read."""

    fields: dict[str, FieldWords]
    periods: dict[str, tuple[str, ...]]
    empty: tuple[str, ...]
    held: HeldWords
    basis: dict[str, tuple[str, ...]]
    single: tuple[str, ...]
    dual: dict[int, tuple[str, ...]]
    halves: tuple[str, ...]
    split: tuple[str, ...]
    rest: tuple[str, ...]
    negators: tuple[str, ...] = Field(alias="not")
    kinds: dict[str, Folded]
    lines: Folded
    naming: NamingWords
    suppliers: SupplierWords
    scope: ScopeWords
    review: tuple[str, ...]
    unknown: tuple[str, ...]
    unknown_with: Folded
    corrects: tuple[str, ...]
    undo: tuple[str, ...]
    remove: tuple[str, ...]
    courtesy: Folded
    introduces: tuple[str, ...]
    not_a_name: Folded


@cache
def fact_words() -> FactWords:
    """Return the words by which facts are read."""
    return FactWords.model_validate(yaml.safe_load((DATA / "review_facts.yaml").read_text("utf-8")))


@cache
def _countries() -> tuple[dict[str, str], re.Pattern[str]]:
    names = spoken()
    longest_first = sorted(names, key=len, reverse=True)
    return names, re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def countries_in(text: str) -> list[tuple[str, int, int]]:
    """Return the countries that a text names, as a review writes them, each with where it stands."""
    names, pattern = _countries()
    return [(names[found[0]], found.start(), found.end()) for found in pattern.finditer(text)]


def cues(phrases: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """Return where phrases stand in a text, typing errors in longer single words forgiven."""
    words = words_of(text)
    found = [_place(one, words) for one in find(phrases, words)]
    taken = {start for start, _ in found}
    known = _every_cue()
    singles = tuple(one.casefold() for one in phrases if " " not in one and len(one) >= LONG_ENOUGH)
    for word in words:
        if word.start in taken or len(word.text) < LONG_ENOUGH or word.text in known:
            continue
        if any(word.text[0] == one[0] and fuzz.ratio(word.text, one) >= ALIKE for one in singles):
            found.append((word.start, word.end))
    return sorted(found)


@cache
def _every_cue() -> frozenset[str]:
    """Return the single words that name some field: one of these is no misspelling of another."""
    said = [phrase for one in fact_words().fields.values() for phrase in one.words]
    return frozenset(word for phrase in said for word in phrase.casefold().split())


def opening(phrases: tuple[str, ...], text: str) -> int | None:
    """Return where a phrase ends that a text opens with, after words of courtesy; None if it opens with none."""
    places = cues(phrases, text)
    before = text[: places[0][0]].casefold().split() if places else []
    courteous = all(word.strip(" ,.!?") in fact_words().courtesy for word in before)
    return places[0][1] if places and courteous else None


def _place(found: Found, words: tuple[Word, ...]) -> tuple[int, int]:
    return words[found.first].start, words[found.last].end
