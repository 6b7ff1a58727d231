"""Fisher's criteria: where functional ends and innovative begins, and how much each kind of evidence weighs."""

import math
from itertools import pairwise
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

EDGE = 0.75
"""Weight, as a share of the full one, of a number that stands just at a band that does not touch the other."""
_SMALLEST = 0.01


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weight(_Kept):
    """Log-odds of a number that speaks in full for a side."""

    functional: float = Field(gt=0)
    innovative: float = Field(gt=0)


class Bound(_Kept):
    """What an input can be at all, and what to do if it is not."""

    label: str
    unit: str
    least: float
    most: float
    remedy: str

    def wrong(self, value: float) -> str:
        """Return why a value cannot be, or "" if it can."""
        if math.isfinite(value) and self.least <= value <= self.most:
            return ""
        low, high = shown(self.least, self.unit), shown(self.most, self.unit)
        return f"{self.label} is {shown(value, self.unit)}, but it lies between {low} and {high}; {self.remedy}."


class CriterionBands(Bound):
    """One of Fisher's criteria: where its bands end and where a number weighs in full."""

    input: str
    functional: float
    innovative: float
    surely_functional: float
    surely_innovative: float
    logarithmic: bool
    weight: Weight
    functional_shown: str
    innovative_shown: str
    question: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        points = [self.surely_functional, self.functional, self.innovative, self.surely_innovative]
        if points not in (sorted(points), sorted(points, reverse=True)) or points[0] == points[-1]:
            raise ValueError(
                f"{self.label}: surely_functional, functional, innovative, surely_innovative are {points}; "
                "write them rising or falling"
            )
        return self

    def says(self, value: float) -> str:
        """Return the side on whose band a value stands, or "between"; where bands touch, the edge is functional's."""
        rising = self.surely_innovative > self.surely_functional
        if (value <= self.functional) if rising else (value >= self.functional):
            return "functional"
        if (value >= self.innovative) if rising else (value <= self.innovative):
            return "innovative"
        return "between"

    def grade(self, value: float) -> float:
        """Return where a value stands: -1 surely functional, 0 it says nothing, 1 surely innovative.

        Linear between the bounds (in the logarithm if the criterion says so); where the bands touch, the edge says
        nothing.
        """
        edge = 0.0 if self.functional == self.innovative else EDGE
        points = {
            self.surely_functional: -1.0,
            self.functional: -1.0 if self.functional == self.surely_functional else -edge,
            self.innovative: 1.0 if self.innovative == self.surely_innovative else edge,
            self.surely_innovative: 1.0,
        }
        places = sorted((self._place(at), grade) for at, grade in points.items())
        place = self._place(value)
        if place <= places[0][0]:
            return places[0][1]
        for (low, grade), (high, other) in pairwise(places):
            if place <= high:
                return grade + (other - grade) * (place - low) / (high - low)
        return places[-1][1]

    def evidence(self, value: float) -> tuple[float, float]:
        """Return the log-odds that a value adds for functional and for innovative; one of them is 0."""
        grade = self.grade(value)
        return max(0.0, -grade) * self.weight.functional, max(0.0, grade) * self.weight.innovative

    def _place(self, value: float) -> float:
        return math.log(max(value, _SMALLEST)) if self.logarithmic else value


class ChainBands(Bound):
    """A figure of the chain a company has: from which value on it speaks for either type."""

    efficient: float
    responsive: float

    def says(self, value: float) -> str:
        """Return the type of chain for which a value speaks, or "between"."""
        rising = self.efficient > self.responsive
        if (value >= self.efficient) if rising else (value <= self.efficient):
            return "efficient_chain"
        if (value <= self.responsive) if rising else (value >= self.responsive):
            return "responsive_chain"
        return "between"


class SignWeights(_Kept):
    """How much signs weigh: log-odds by strength, and the share that is left of it beside other evidence."""

    strength: dict[int, float]
    least_certainty: float = Field(ge=0, lt=1)
    beside_a_number: float = Field(ge=0, le=1)
    second_on_a_criterion: float = Field(ge=0, le=1)
    swings_explained: float = Field(ge=0, le=1)


class LikenessWeights(_Kept):
    """Most that likeness may add, in log-odds, the cosine from which an example counts, and odds where no words are."""

    words_most: float = Field(ge=0)
    nearest_most: float = Field(ge=0)
    nearest_from: float = Field(ge=0, lt=1)
    without_words: dict[str, float]


class VerdictBounds(_Kept):
    """From which confidence and evidence a label is given, and when nothing more need be asked."""

    least_confidence: float = Field(gt=0, lt=1)
    least_evidence: float = Field(ge=0)
    least_told: float = Field(ge=0)
    least_confidence_by_likeness: float = Field(gt=0, lt=1)
    sure: float = Field(gt=0, le=1)


class Fisher(_Kept):
    """The section `fisher` of thresholds.yaml."""

    source: str
    criteria: dict[str, CriterionBands]
    present: dict[str, ChainBands]
    signs: SignWeights
    likeness: LikenessWeights
    verdict: VerdictBounds


def shown(value: float, unit: str) -> str:
    """Return a number with its unit as a manager reads it: 18 months, 22%."""
    number = f"{value:,.0f}" if math.isfinite(value) and value == round(value) else f"{value:,.4g}"
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()
