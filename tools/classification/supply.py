"""Places a product in Lee's framework (2002): demand and supply uncertainty, and the strategy that they ask for."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.classification.advice import Strategy, advice
from tools.classification.facts import checked, shown
from tools.classification.matrix import MatrixResult, possible_places, refuse, wrong_facts
from tools.classification.thresholds import Characteristic, Thresholds, default_thresholds

Uncertainty = Literal["low", "high", "unknown"]

STRATEGIES: dict[tuple[str, str], Strategy] = {
    ("low", "low"): "efficient",
    ("low", "high"): "risk-hedging",
    ("high", "low"): "responsive",
    ("high", "high"): "agile",
}
DEMAND = {"low": 0.0, "functional": 0.0, "high": 1.0, "innovative": 1.0}
SUPPLY = {"low": 0.0, "stable": 0.0, "high": 1.0, "evolving": 1.0}
ASKED = 2
NOTES = ["Lee uncertainty framework"]


class SupplyFacts(BaseModel):
    """What is known of demand and supply: levels as told, numbers, and yes or no; all of it is optional."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    demand: Literal["low", "high", "functional", "innovative"] | None = Field(
        None, description="demand uncertainty as low or high, or the product as functional or innovative"
    )
    supply: Literal["low", "high", "stable", "evolving"] | None = Field(
        None, description="supply uncertainty as low or high, or the supply process as stable or evolving"
    )
    forecast_error: float | None = Field(None, description="the forecast error in percent")
    demand_variation: float | None = Field(None, description="the coefficient of variation of demand, as 0.4")
    life_cycle_months: float | None = Field(None, description="the life cycle in months")
    yield_rate: float | None = Field(None, description="the yield in percent")
    on_time_delivery: float | None = Field(None, description="suppliers' on-time delivery in percent")
    lead_time_variation: float | None = Field(None, description="the coefficient of variation of lead time, as 0.2")
    supply_sources: float | None = Field(None, description="the number of usable sources")
    capacity_use: float | None = Field(None, description="the use of supply capacity in percent")
    breakdowns: bool | None = Field(None, description="yes or no")
    quality_problems: bool | None = Field(None, description="yes or no")
    unreliable_suppliers: bool | None = Field(None, description="yes or no")
    changing_process: bool | None = Field(None, description="yes or no")
    hard_changeovers: bool | None = Field(None, description="yes or no")
    inflexible_supply: bool | None = Field(None, description="yes or no")


class UncertaintyRow(BaseModel):
    """One characteristic: its value, what is low and high, and which of them it says."""

    model_config = ConfigDict(frozen=True)

    characteristic: str
    label: str
    shown: str
    low: str
    high: str
    says: Literal["low", "high", "between"]
    because: str
    source: str


class UncertaintyAxis(BaseModel):
    """How uncertain one side is; `position` is 0 (low) to 1 (high), for drawing, or None if unknown."""

    model_config = ConfigDict(frozen=True)

    level: Uncertainty
    confidence: float
    position: float | None
    rows: list[UncertaintyRow]


class SupplyResult(MatrixResult[Strategy]):
    """A place in Lee's framework."""

    strategy: Strategy | Literal["unknown"]
    demand: UncertaintyAxis
    supply: UncertaintyAxis


def classify_supply(
    facts: SupplyFacts | Mapping[str, Any], *, name: str = "", thresholds: Thresholds | None = None
) -> SupplyResult:
    """Place a product in Lee's framework.

    Each characteristic speaks for low or high uncertainty, or for neither; the majority decides, and a side that is
    told as low or high stands. The confidence of a side is (n + 1) / (m + 2) for n of m that agree: Laplace's rule of
    succession.

    Args:
        facts: what is known, in the units that `SupplyFacts` names.
        name: the product, for the result.
        thresholds: others than those of thresholds.yaml.

    Raises:
        ClassificationError: for values that cannot be right.

    Source:
        Lee, H. L. (2002). California Management Review 44(3), 105-119.
    """
    given = checked(SupplyFacts, facts)
    lee = (thresholds or default_thresholds()).lee
    refuse(wrong_facts(given, (one for one in (*lee.demand, *lee.supply) if one.low is not None)))
    demand = _axis(lee.demand, given, DEMAND.get(given.demand or ""))
    supply = _axis(lee.supply, given, SUPPLY.get(given.supply or ""))
    possible = possible_places(STRATEGIES, demand.level, supply.level)
    settled = len(possible) == 1
    return SupplyResult(
        name=name,
        strategy=possible[0] if settled else "unknown",
        possible=possible,
        confidence=demand.confidence * supply.confidence,
        demand=demand,
        supply=supply,
        advice=advice().supply[possible[0]] if settled else None,
        questions=_questions(given, demand, lee.demand) + _questions(given, supply, lee.supply),
        warnings=[*_warnings("demand", demand, given.demand), *_warnings("supply", supply, given.supply)],
        assumptions=[
            f"{side} uncertainty is taken as told: {told}."
            for side, told in (("Demand", given.demand), ("Supply", given.supply))
            if told
        ],
        notes=[*NOTES, *(["Agile supply chain"] if possible == ["agile"] else [])],
        source=lee.source,
    )


def _axis(characteristics: Sequence[Characteristic], given: SupplyFacts, told: float | None) -> UncertaintyAxis:
    rows = [_row(one, getattr(given, one.id)) for one in characteristics if getattr(given, one.id) is not None]
    said = [row.says for row in rows if row.says != "between"]
    high = said.count("high")
    share = told if told is not None else high / len(said) if said else None
    if share is None or share == 0.5:
        return UncertaintyAxis(level="unknown", confidence=0.0, position=share, rows=rows)
    agree = max(high, len(said) - high)
    confidence = 1.0 if told is not None else (agree + 1) / (len(said) + 2)
    return UncertaintyAxis(level="high" if share > 0.5 else "low", confidence=confidence, position=share, rows=rows)


def _row(one: Characteristic, value: float) -> UncertaintyRow:
    says: Literal["low", "high", "between"] = "high" if value else "low"
    low, high = "no", "yes"
    if one.low is not None and one.high is not None:
        rising = one.high > one.low
        is_low = value <= one.low if rising else value >= one.low
        is_high = value >= one.high if rising else value <= one.high
        says = "low" if is_low else "high" if is_high else "between"
        bounds = ("at most", "at least") if rising else ("at least", "at most")
        low, high = f"{bounds[0]} {shown(one.low, one.unit)}", f"{bounds[1]} {shown(one.high, one.unit)}"
    because = {"low": one.says_low, "high": one.says_high, "between": "between the limits, it says nothing"}[says]
    return UncertaintyRow(
        characteristic=one.id,
        label=one.label,
        shown=shown(value, one.unit),
        low=low,
        high=high,
        says=says,
        because=because,
        source=one.source,
    )


def _questions(given: SupplyFacts, axis: UncertaintyAxis, characteristics: Sequence[Characteristic]) -> list[str]:
    if axis.level != "unknown":
        return []
    open_ = [one for one in characteristics if getattr(given, one.id) is None]
    return [_question(one) for one in open_[:ASKED]]


def _question(one: Characteristic) -> str:
    if one.low is None:
        return f"Is this so: {one.label}?"
    return f"What is the {one.label}{'' if one.unit == 'ratio' else f', in {one.unit}'}?"


def _warnings(side: str, axis: UncertaintyAxis, told: str | None) -> list[str]:
    against = [row for row in axis.rows if row.says not in ("between", axis.level)]
    if axis.level == "unknown":
        both = "its characteristics speak for both" if against else "nothing clear is known of it"
        return [f"The uncertainty of {side} is open: {both}."]
    what = "told" if told else "found"
    return [
        f"Against {axis.level} uncertainty of {side}, as {what}: {row.label}, {row.shown} ({row.because})."
        for row in against
    ]
