"""What each position asks for, read from advice.yaml and checked."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("advice.yaml")

Strategy = Literal["efficient", "risk-hedging", "responsive", "agile"]
Quadrant = Literal["non-critical", "leverage", "bottleneck", "strategic"]
Pattern = Literal["smooth", "erratic", "intermittent", "lumpy"]


class Position(BaseModel):
    """What a cell of a matrix is called, what it is for, what to do and what to measure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    purpose: str
    actions: list[str] = Field(min_length=1)
    measures: list[str] = Field(min_length=1)
    examples: list[str] = Field(default_factory=list)
    move: str = ""


class Advice(BaseModel):
    """All sections of the file; `stock` is keyed by class: AX to CZ, and A to C, X to Z where only one is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    supply: dict[Strategy, Position] = Field(min_length=4)
    purchase: dict[Quadrant, Position] = Field(min_length=4)
    stock: dict[str, str] = Field(min_length=15)
    patterns: dict[Pattern, str] = Field(min_length=4)


@cache
def advice() -> Advice:
    """Return the advice that comes with the program."""
    return Advice.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
