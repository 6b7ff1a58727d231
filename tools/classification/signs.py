"""The signs of data/signs.yaml: what words of a description speak for, and why."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

SIGNS = Path(__file__).parent / "data" / "signs.yaml"
NAMES = Path(__file__).parent / "data" / "names.yaml"
EXAMPLES = Path(__file__).parent / "data" / "examples.yaml"
Says = Literal[
    "functional",
    "innovative",
    "surge",
    "self_made",
    "stable_supply",
    "evolving_supply",
    "efficient_chain",
    "responsive_chain",
]


class SignEntry(BaseModel):
    """A sign: what it says, how strongly (1 to 3), of which criterion, and phrases that do and do not mean it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    says: Says
    strength: int = Field(ge=1, le=3)
    label: str
    criterion: str
    why: str
    source: str
    said: tuple[str, ...] = ()
    opposite: tuple[str, ...] = ()


class Example(BaseModel):
    """A described product with its label and who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    product: str
    label: Literal["functional", "innovative", "hybrid"]
    supply: Literal["stable", "evolving"] | None = None
    said: tuple[str, ...] = Field(min_length=1)
    reason: str
    source: str


@cache
def read_signs(path: Path = SIGNS) -> dict[str, SignEntry]:
    """Return the signs by id, as they stand in a file."""
    return {entry.id: entry for entry in (SignEntry.model_validate(row) for row in _rows(path))}


@cache
def read_described(path: Path = EXAMPLES) -> tuple[Example, ...]:
    """Return the described products of a file."""
    return tuple(Example.model_validate(row) for row in _rows(path))


@cache
def read_names(path: Path = NAMES) -> dict[str, tuple[str, ...]]:
    """Return common products by what their name alone says: "functional", "innovative" or "open"."""
    return {label: tuple(names) for label, names in _rows(path).items()}


def _rows(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - a safe loader
