"""The words by which messages on bought items and on supply are read: data/purchases.yaml and data/supplies.yaml."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

DATA = Path(__file__).parents[1] / "data"

Side = Literal["low", "high"]


class Kept(BaseModel):
    """A model of a data file: nothing may be added, and nothing changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class InputWords(Kept):
    """What stands beside a number of an input, what beside its complement to 100, and what rules it out."""

    kind: Literal["percent", "weeks", "months", "ratio"]
    words: tuple[str, ...]
    complement: tuple[str, ...] = ()
    excluded: tuple[str, ...] = Field((), alias="not")


class SupplierWords(Kept):
    """Nouns that are counted as sources, words that say which of two counts is meant, and "second" as a count."""

    nouns: tuple[str, ...]
    qualified: tuple[str, ...]
    ordinals: dict[str, int]
    many: tuple[str, ...] = ()
    few: tuple[str, ...] = ()
    without: tuple[str, ...]


class Levels(Kept):
    """Words of a low and a high level, and of one between."""

    low: tuple[str, ...]
    high: tuple[str, ...]
    medium: tuple[str, ...] = ()


class PurchaseAsks(Kept):
    """What asks and describes no item."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    patterns: tuple[str, ...]
    pronouns: tuple[str, ...]


class NameWords(Kept):
    """Where the name of an item begins and ends."""

    after: tuple[str, ...]
    fillers: tuple[str, ...]
    stop: tuple[str, ...]
    most: int


class PurchaseWords(Kept):
    """The whole of purchases.yaml."""

    inputs: dict[str, InputWords]
    suppliers: SupplierWords
    axes: dict[str, tuple[str, ...]]
    soft: tuple[str, ...]
    soft_signs: dict[Side, str]
    levels: Levels
    negators: tuple[str, ...]
    both: tuple[str, ...]
    certain: dict[str, tuple[str, ...]]
    certain_not: tuple[str, ...]
    asks: PurchaseAsks
    names: NameWords


class SupplyWords(Kept):
    """The whole of supplies.yaml."""

    inputs: dict[str, InputWords]
    suppliers: SupplierWords
    axes: dict[str, tuple[str, ...]]
    uncertainty: dict[str, tuple[str, ...]]
    levels: Levels
    states: Levels
    negators: tuple[str, ...]
    both: tuple[str, ...]
    asks: tuple[str, ...]


class AmountWords(Kept):
    """The whole of spoken_amounts.yaml."""

    numbers: dict[str, float]
    weeks: dict[str, float]
    shares: dict[str, float]
    of: tuple[str, ...]
    scales: tuple[int, ...]


def read_data(name: str) -> Any:
    """Return what a data file holds."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), loader)  # noqa: S506 - a safe loader


@cache
def purchase_words() -> PurchaseWords:
    """Return the words for bought items."""
    return PurchaseWords.model_validate(read_data("purchases"))


@cache
def supply_words() -> SupplyWords:
    """Return the words for supply."""
    return SupplyWords.model_validate(read_data("supplies"))


@cache
def amount_words() -> AmountWords:
    """Return the words for numbers and units of time."""
    return AmountWords.model_validate(read_data("spoken_amounts"))
