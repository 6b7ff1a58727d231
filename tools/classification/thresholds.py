"""Every threshold of the classifications with its source, read from thresholds.yaml and checked."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tools.classification.fisher import Fisher

FILE = Path(__file__).with_name("thresholds.yaml")


class ThresholdsError(ValueError):
    """A threshold cannot be right; the message names the file, the field, the value and the remedy."""


class Section(BaseModel):
    """Part of the file: frozen, without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Characteristic(Section):
    """What speaks for low or high uncertainty: a number between two bounds, or a yes or no (no bounds)."""

    id: str
    label: str
    unit: str
    low: float | None = None
    high: float | None = None
    lowest: float = 0
    highest: float | None = None
    says_low: str
    says_high: str
    source: str

    @model_validator(mode="after")
    def _both_bounds_or_none(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError(f"{self.id}: give both low and high, or neither for a yes or no")
        if self.low is not None and self.low == self.high:
            raise ValueError(f"{self.id}: low and high are both {self.low}; they must differ")
        return self


class Lee(Section):
    """Demand and supply uncertainty, each from characteristics."""

    source: str
    demand: tuple[Characteristic, ...] = Field(min_length=1)
    supply: tuple[Characteristic, ...] = Field(min_length=1)


class Factor(Section):
    """What raises or lowers one axis of Kraljic's matrix: scores of 0 to 100 at anchors, straight lines between."""

    id: str
    label: str
    unit: str
    axis: Literal["profit_impact", "supply_risk"]
    weight: float = Field(gt=0)
    anchors: tuple[tuple[float, float], ...] = Field(min_length=2)
    lowest: float = 0
    highest: float | None = None
    question: str
    source: str

    @model_validator(mode="after")
    def _anchors_rise(self) -> Self:
        for (before, _), (after, _) in pairwise(self.anchors):
            if after <= before:
                raise ValueError(f"{self.id}: anchors must rise, but {after} follows {before}")
        wrong = [score for _, score in self.anchors if not 0 <= score <= 100]
        if wrong:
            raise ValueError(f"{self.id}: scores go from 0 to 100, but one is {wrong[0]}")
        return self


class Kraljic(Section):
    """The dividing line of both axes, and how scores come about."""

    source: str
    line: float = Field(gt=0, lt=100)
    near: float = Field(ge=0, lt=50)
    spread: float = Field(gt=0, le=50)
    spoken: dict[str, float]
    factors: tuple[Factor, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _every_word_has_a_score(self) -> Self:
        if set(self.spoken) != {"low", "medium", "high"}:
            raise ValueError(f"spoken has {', '.join(self.spoken)}; give low, medium and high")
        return self


class Cuts(Section):
    """Where the first class ends and where the second does."""

    first: float = Field(gt=0)
    second: float = Field(gt=0)
    source: str

    @model_validator(mode="after")
    def _rise(self) -> Self:
        if self.first >= self.second:
            raise ValueError(f"first ({self.first}) must be below second ({self.second})")
        return self


class Abc(Cuts):
    """Cumulative shares of value in percent."""

    second: float = Field(gt=0, le=100)


class Xyz(Cuts):
    """Coefficients of variation of demand by period."""

    fewest_periods: int = Field(ge=2)


class Patterns(Section):
    """Cut-offs of the average interval between demands (in periods) and the squared CV of demand sizes."""

    interval: float = Field(gt=1)
    squared_variation: float = Field(gt=0)
    fewest_demands: int = Field(ge=1)
    source: str


class Thresholds(Section):
    """All sections of the file."""

    fisher: Fisher
    lee: Lee
    kraljic: Kraljic
    abc: Abc
    xyz: Xyz
    patterns: Patterns


def load_thresholds(file: Path = FILE) -> Thresholds:
    """Return the thresholds of a YAML file.

    Raises:
        ThresholdsError: when it cannot be read, or a field is missing, unknown or cannot be right.
    """
    try:
        data: Any = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ThresholdsError(f"{file} cannot be read as YAML: {error}. Restore it or put the line right.") from error
    try:
        return Thresholds.model_validate(data)
    except ValidationError as error:
        found = error.errors()[0]
        place = ".".join(map(str, found["loc"])) or "the file"
        value = found["input"] if isinstance(found["input"], str | int | float) else ""
        said = f"{place}{f' is {value!r}' if value != '' else ''}: {found['msg']}"
        raise ThresholdsError(
            f"{file}: {said}. Put this field right; docs/classification.md says what it is."
        ) from None


@cache
def default_thresholds() -> Thresholds:
    """Return the thresholds that come with the program."""
    return load_thresholds()
