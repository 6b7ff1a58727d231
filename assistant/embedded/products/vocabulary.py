"""How product descriptions are read: words, patterns and periods from data/products.yaml."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).parents[1] / "data" / "products.yaml"


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class InputWords(_Kept):
    """What stands beside a number of an input, what beside its complement to 100, and what rules it out."""

    kind: Literal["percent", "time", "rate"]
    words: tuple[str, ...]
    complement: tuple[str, ...] = ()
    excluded: tuple[str, ...] = Field((), alias="not")


class Renewals(_Kept):
    """Words whose number in a year gives the life cycle."""

    words: tuple[str, ...]
    most: float
    excluded: tuple[str, ...] = Field(alias="not")


class Every(_Kept):
    """Words of novelty and periods, in months, after which it comes."""

    novelty: tuple[str, ...]
    before: tuple[str, ...]
    alone: dict[str, float]
    periods: dict[str, float]
    excluded: tuple[str, ...] = Field(alias="not")


class Counted(_Kept):
    """Nouns whose number is a number of variants."""

    words: tuple[str, ...]
    excluded: tuple[str, ...] = Field(alias="not")
    adjectives: int


class Asks(_Kept):
    """What asks and is no description: `tails` end a sentence, `suffix` ends the name of a product that is asked of."""

    words: tuple[str, ...]
    patterns: tuple[str, ...]
    tails: tuple[str, ...]
    suffix: str
    pronouns: tuple[str, ...]


class NameWords(_Kept):
    """Where the name of a product begins and ends; `telling` words say something of it and are never part of it."""

    after: tuple[str, ...]
    weakly_after: tuple[str, ...]
    stop: tuple[str, ...]
    telling: tuple[str, ...]
    fillers: tuple[str, ...]
    most: int


class Vocabulary(_Kept):
    """The whole file."""

    inputs: dict[str, InputWords]
    renewals: Renewals
    every: Every
    counted: Counted
    vague_counts: dict[str, float]
    shares: dict[str, float]
    not_shares: tuple[str, ...]
    spelled: dict[str, str]
    short: dict[str, str]
    short_in_capitals: tuple[str, ...]
    numbers: dict[str, float]
    parts_after: tuple[str, ...]
    corrections: tuple[str, ...]
    past: tuple[str, ...]
    negative: tuple[str, ...]
    asks: Asks
    beside: tuple[str, ...]
    part_names: tuple[str, str]
    names: NameWords
    neutral: tuple[str, ...]
    not_plain: tuple[str, ...]
    cues: dict[str, tuple[str, ...]]
    negators: tuple[str, ...]
    over: tuple[str, ...]


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with the program."""
    return Vocabulary.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
