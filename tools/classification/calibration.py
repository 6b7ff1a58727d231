"""The fitted weights of the kinds of evidence and the calibration of confidence, read from data/calibration.yaml."""

import math
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).parent / "data" / "calibration.yaml"
LABELS = ("functional", "innovative", "hybrid")


class Amounts(Protocol):
    """How much was told: log-odds of numbers and signs, and clauses that tell anything."""

    @property
    def amount(self) -> float:
        """Log-odds of numbers and signs for whichever side."""
        ...

    @property
    def told(self) -> float:
        """Number of clauses, numbers or signs that tell of demand."""
        ...


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weights(_Kept):
    """How much each kind of evidence counts; none is negative, so that more evidence never speaks the other way.

    `both` is at most a half: otherwise less evidence for innovative could make innovative likelier. `surge_on_stable`
    is the share of what speaks for functional that speaks for hybrid as well once demand can surge.
    """

    functional: float = 0.0
    innovative: float = 0.0
    hybrid: float = 0.0
    numbers: float = Field(1.0, ge=0)
    signs: float = Field(1.0, ge=0)
    against: float = Field(0.5, ge=0)
    both: float = Field(0.45, ge=0, le=0.5)
    surge: float = Field(1.0, ge=0)
    surge_on_stable: float = Field(1.0, ge=0, le=1)
    words: float = Field(0.7, ge=0)
    nearest: float = Field(0.5, ge=0)


class Calibration(_Kept):
    """Weights, and the logistic curve from raw probability and how much was told to the share that is right.

    `measured` holds how often that was so for described products to which neither was fitted; `by_tenth` gives for each
    tenth of confidence the number of cases, the mean confidence and the share that was right.
    """

    weights: Weights = Weights()
    slope: float = Field(1.0, ge=0)
    offset: float = 0.0
    amount: float = Field(0.0, ge=0)
    most_amount: float = Field(3.0, gt=0)
    told: float = Field(0.0, ge=0)
    most_told: float = Field(2.0, gt=0)
    highest: float = Field(0.98, gt=0, lt=1)
    measured: dict[str, Any] = Field(default_factory=dict)

    def confidence(self, probability: float, evidence: Amounts) -> float:
        """Return the calibrated probability that a label is right."""
        sure = min(max(probability, 1e-6), 1 - 1e-6)
        raw = self.slope * math.log(sure / (1 - sure)) + self.offset
        raw += self.amount * min(evidence.amount, self.most_amount)
        raw += self.told * min(evidence.told, self.most_told)
        return min(self.highest, 1 / (1 + math.exp(-raw)))


@cache
def default_calibration() -> Calibration:
    """Return the calibration that comes with the program."""
    return Calibration.model_validate(yaml.safe_load(FILE.read_text("utf-8")))
