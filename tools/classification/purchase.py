"""Places a purchased item in Kraljic's matrix (1983): profit impact and supply risk, and the strategy for its place."""

import math
from collections.abc import Iterator, Mapping
from statistics import NormalDist
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.classification.advice import Quadrant, advice
from tools.classification.facts import checked, out_of_bounds, shown
from tools.classification.matrix import MatrixResult, possible_places, refuse, wrong_facts
from tools.classification.product_result import Wrong
from tools.classification.thresholds import Factor, Kraljic, Thresholds, default_thresholds
from tools.metrics.shown import number

Level = Literal["low", "medium", "high"]
Axis = Literal["profit_impact", "supply_risk"]

QUADRANTS: dict[tuple[str, str], Quadrant] = {
    ("low", "low"): "non-critical",
    ("high", "low"): "leverage",
    ("low", "high"): "bottleneck",
    ("high", "high"): "strategic",
}
AXES: dict[Axis, str] = {"profit_impact": "profit impact", "supply_risk": "supply risk"}
SURE = 0.8
ASKED = 2


class PurchaseFacts(BaseModel):
    """What is known of a purchased item: scores or words for the axes, or the facts behind them; all optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    profit_impact: float | Level | None = Field(None, description="a score of 0 to 100, or low, medium or high")
    supply_risk: float | Level | None = Field(None, description="a score of 0 to 100, or low, medium or high")
    spend_share: float | None = Field(None, description="the share of purchasing spend in percent")
    cost_share: float | None = Field(None, description="the share of the end product's cost in percent")
    affects_quality: bool | None = Field(None, description="yes or no")
    qualified_suppliers: float | None = Field(None, description="the number of qualified suppliers")
    switching_weeks: float | None = Field(None, description="the time to switch suppliers in weeks")
    substitutes: bool | None = Field(None, description="yes or no")
    lead_time_weeks: float | None = Field(None, description="the purchasing lead time in weeks")
    capacity_short: bool | None = Field(None, description="yes or no")
    custom_made: bool | None = Field(None, description="yes or no")
    single_region: bool | None = Field(None, description="yes or no")
    can_make: bool | None = Field(None, description="yes or no")
    stops_operations: bool | None = Field(None, description="yes or no")


class ScoreRow(BaseModel):
    """One fact: its value, the score of 0 to 100 that it gives its axis, and its weight there."""

    model_config = ConfigDict(frozen=True)

    factor: str
    label: str
    shown: str
    score: float
    weight: float
    source: str


class ScoreAxis(BaseModel):
    """One axis of the matrix: its score of 0 to 100 (None if unknown), the side of the line, and how sure that is."""

    model_config = ConfigDict(frozen=True)

    score: float | None
    level: Literal["low", "high", "unknown"]
    confidence: float
    near_line: bool
    rows: list[ScoreRow]


class PurchaseResult(MatrixResult[Quadrant]):
    """A place in Kraljic's matrix; x of a drawing is supply risk, y profit impact, and `line` divides both."""

    quadrant: Quadrant | Literal["unknown"]
    profit_impact: ScoreAxis
    supply_risk: ScoreAxis
    line: float


def classify_purchase(
    facts: PurchaseFacts | Mapping[str, Any], *, name: str = "", thresholds: Thresholds | None = None
) -> PurchaseResult:
    """Place a purchased item in Kraljic's matrix.

    An axis is the score given for it, else the weighed mean of the scores of its facts. Its confidence is the
    probability that the score stays on its side of the line when judges differ by the declared spread, which shrinks
    with the square root of the number of facts.

    Args:
        facts: what is known, in the units that `PurchaseFacts` names.
        name: the item, for the result.
        thresholds: others than those of thresholds.yaml.

    Raises:
        ClassificationError: for values that cannot be right.

    Source:
        Kraljic, P. (1983). Harvard Business Review 61(5), 109-117; scores are this project's choice.
    """
    given = checked(PurchaseFacts, facts)
    kraljic = (thresholds or default_thresholds()).kraljic
    refuse([*_wrong_scores(given), *wrong_facts(given, kraljic.factors)])
    impact, risk = (_axis(axis, given, kraljic) for axis in AXES)
    possible = possible_places(QUADRANTS, impact.level, risk.level)
    settled = len(possible) == 1
    axes = {"profit_impact": impact, "supply_risk": risk}
    return PurchaseResult(
        name=name,
        quadrant=possible[0] if settled else "unknown",
        possible=possible,
        confidence=impact.confidence * risk.confidence,
        profit_impact=impact,
        supply_risk=risk,
        line=kraljic.line,
        advice=advice().purchase[possible[0]] if settled else None,
        questions=_questions(given, axes, kraljic),
        warnings=_warnings(axes, kraljic),
        assumptions=_assumptions(given, axes, kraljic),
        notes=["Kraljic matrix"],
        source=kraljic.source,
    )


def _wrong_scores(given: PurchaseFacts) -> Iterator[Wrong]:
    for axis, label in AXES.items():
        value = getattr(given, axis)
        reason = out_of_bounds(value, label, "points", 0, 100) if isinstance(value, float) else ""
        if reason:
            yield Wrong(input=axis, reason=reason)


def _axis(axis: Axis, given: PurchaseFacts, kraljic: Kraljic) -> ScoreAxis:
    rows = [
        _row(factor, getattr(given, factor.id))
        for factor in kraljic.factors
        if factor.axis == axis and getattr(given, factor.id) is not None
    ]
    told = getattr(given, axis)
    score, count = None, max(1, len(rows))
    if told is not None:
        score, count = kraljic.spoken[told] if isinstance(told, str) else told, 1
    elif rows:
        score = sum(row.score * row.weight for row in rows) / sum(row.weight for row in rows)
    if score is None:
        return ScoreAxis(score=None, level="unknown", confidence=0.0, near_line=False, rows=rows)
    distance = abs(score - kraljic.line)
    return ScoreAxis(
        score=score,
        level="high" if score >= kraljic.line else "low",
        confidence=NormalDist().cdf(distance / (kraljic.spread / math.sqrt(count))),
        near_line=distance < kraljic.near,
        rows=rows,
    )


def _row(factor: Factor, value: float) -> ScoreRow:
    import numpy as np

    places, scores = zip(*factor.anchors, strict=True)
    return ScoreRow(
        factor=factor.id,
        label=factor.label,
        shown=shown(value, factor.unit),
        score=float(np.interp(value, places, scores)),
        weight=factor.weight,
        source=factor.source,
    )


def _questions(given: PurchaseFacts, axes: Mapping[str, ScoreAxis], kraljic: Kraljic) -> list[str]:
    """Ask for the heaviest facts not given, of the axes that are open or doubtful."""
    doubtful = [name for name, axis in axes.items() if axis.confidence < SURE]
    found = []
    for name in doubtful:
        open_ = [one for one in kraljic.factors if one.axis == name and getattr(given, one.id) is None]
        ranked = sorted(open_, key=lambda one: -one.weight)
        found += [one.question for one in ranked[: 1 if len(doubtful) > 1 else ASKED]]
    return found


def _warnings(axes: Mapping[str, ScoreAxis], kraljic: Kraljic) -> list[str]:
    found = []
    for name, axis in axes.items():
        label = AXES[name]  # type: ignore[index]
        if axis.score is None:
            found.append(f"Nothing is known of the {label}, so the item can stand on either side.")
        elif axis.near_line:
            found.append(
                f"Its {label} of {number(axis.score, 3)} is within {number(kraljic.near)} points of the line at "
                f"{number(kraljic.line)}: discuss the position instead of sorting by a decimal."
            )
    return found


def _assumptions(given: PurchaseFacts, axes: Mapping[str, ScoreAxis], kraljic: Kraljic) -> list[str]:
    found = [f"An axis is high from a score of {number(kraljic.line)} (of 100) on."]
    for axis, label in AXES.items():
        told = getattr(given, axis)
        if isinstance(told, str):
            found.append(f"A {told} {label} counts as a score of {number(kraljic.spoken[told])}.")
        if told is not None and axes[axis].rows:
            found.append(f"The {label} as stated counts; the facts given beside it do not change it.")
        elif told is None and axes[axis].rows:
            found.append(f"The score of {label} is the weighed mean of its facts.")
    return found
