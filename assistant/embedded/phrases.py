"""The fixed sentences of the embedded model, read from data."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

DATA = Path(__file__).with_name("data")


class About(BaseModel):
    """What is said to questions about the assistant itself, and questions that it answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: tuple[str, ...]
    text: str


class Figures(BaseModel):
    """What is said around computed numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    read: str
    also: str
    assumed: str
    careful: str
    moves: str
    lacking: str
    so_far: str
    refused: str
    instead: str
    compared: str
    offer: str
    offer_row: str
    offer_button: str
    confirm: str
    confirm_button: str
    confirmed: list[str]


class Sorting(BaseModel):
    """What is said around classifications."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    found: str
    this: str
    this_item: str
    surely: str
    fairly: str
    rather: str
    unknown: str
    line: str
    leaning: str
    criterion: str
    yours: str
    points: str
    words: str
    word: str
    like: str
    against: str
    because: str
    because_number: str
    because_sign: str
    because_like: str
    chain: str
    chain_row: str
    measure: str
    match: str
    mismatch: str
    partly: str
    ways: str
    way: str
    supply: str
    strategy: str
    settle: str
    ask: str
    assumed: str
    refused: str
    one: str
    label: str
    confidence: str
    decides: str
    purchase: str
    purchase_unknown: str
    axis: str
    stated: str
    do: str
    action: str
    position: str
    position_unknown: str
    items: str
    items_more: str
    items_class: str
    left_out: str
    no_product: str
    no_purchase: str
    no_supply: str
    no_items: str


class Phrases(BaseModel):
    """Every fixed sentence, by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    greeting: str
    thanks: str
    record: str
    recall_found: str
    recall_nothing: str
    empty: str
    nearest: str
    uncovered: str
    unsure: str
    unsure_hint: str
    vague: str
    vague_hint: str
    ambiguous: str
    ambiguous_ask: str
    applied: str
    applied_other: str
    difference: str
    explain_purpose: str
    explain_why: str
    explain_example: str
    as_of: str
    no_more: str
    source: str
    figures: Figures
    sorting: Sorting
    review: str
    tool_failed: str
    decline: dict[str, str]
    about: tuple[About, ...]
    follow_ups: dict[str, str]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return the fixed sentences."""
    return Phrases.model_validate(yaml.safe_load((DATA / "phrases.yaml").read_text("utf-8")))


@lru_cache(maxsize=1)
def opposites() -> dict[str, str]:
    """Return each concept that has an opposite, with it."""
    pairs = yaml.safe_load((DATA / "opposites.yaml").read_text("utf-8"))
    return {one: other for first, second in pairs for one, other in ((first, second), (second, first))}
