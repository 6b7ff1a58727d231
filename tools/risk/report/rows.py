"""The rows of a report: nodes, categories, questions, risks, actions, stress tests, and what changed."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.risk.review import TtrBasis

ExposureState = Literal["over the limit", "gap", "covered", "unknown"]
"""Of a node: TTR beyond TTS at a loss over the limit; beyond; not beyond; or not known, which is never covered."""
AnswerState = Literal["with evidence", "without evidence", "unknown", "open"]
Direction = Literal["up", "down", "same", "new", "gone", "now known", "now unknown"]


class Part(BaseModel):
    """What every part of a report has in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="strings")


class Fact(Part):
    """Something said in words under a label."""

    label: str
    text: str


class NodeRow(Part):
    """A node and its exposure; None is not known, infinity is without limit, shares are 0 to 1, money is a week's."""

    id: str
    name: str
    kind: str
    category: str
    critical: bool
    ttr: float | None = Field(description="weeks")
    ttr_basis: TtrBasis | None
    cover: float | None = Field(description="weeks")
    alternate_share: float | None
    tts: float | None = Field(description="weeks")
    gap: float | None = Field(description="weeks")
    margin_per_week: float | None
    share_affected: float | None
    margin_at_risk: float | None
    switch: float | None = Field(description="weeks")
    sources: tuple["SourceRow", ...]
    top_country: str
    top_country_share: float | None
    state: ExposureState
    missing: tuple[str, ...] = Field(description="what is not known, in words")
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    evidence: str


class MakeOrBuyRow(Part):
    """An item made or bought, at full cost in money a year; None is not known."""

    name: str
    volume: float | None = Field(description="units a year")
    make: float | None
    buy: float | None
    break_even: float | None = Field(description="units a year")
    meaning: str
    at_which: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]


class SourceRow(Part):
    """A source of a node."""

    supplier: str
    country: str
    share: float | None
    spend: float | None = Field(description="money a year")
    sub_tier: tuple[str, ...]


class HolderRow(Part):
    """A supplier's weight within a category, in the unit that the category is weighed by."""

    supplier: str
    weight: float


class CategoryRow(Part):
    """The concentration of a category; HHI in points, 0 to 10,000."""

    category: str
    weighting: str
    hhi: float | None
    top_supplier: str
    top_supplier_share: float | None
    top_country: str
    top_country_share: float | None
    single_sourced: tuple[str, ...]
    over: tuple[str, ...] = Field(description="caps of the scope that are exceeded")
    by_spend: bool = Field(description="weights are money a year, not shares of supply")
    whole: float = Field(description="what the weights are shares of: their sum, or all of supply")
    holders: tuple[HolderRow, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]


class SharedRow(Part):
    """A sub-tier, supplier or country that several sources or nodes depend on."""

    name: str
    kind: str
    depends: str


class SaidRow(Part):
    """What one person answered."""

    person: str
    answer: str
    maturity: int | None


class QuestionRow(Part):
    """A question with the answer that counts."""

    id: str
    short: str
    ask: str
    own: bool
    state: AnswerState
    waits: str = Field(description="the question whose answer decides whether this one applies; empty where it does")
    answer: str
    maturity: int | None
    anchor: str = Field(description="what that maturity means, in the checklist's words")
    evidence: str
    comment: str
    by: str
    agreed: bool
    said: tuple[SaidRow, ...] = Field(description="everybody's answers where they differ")
    remarks: tuple[str, ...]


class StepRow(Part):
    """A step's results; coverage 0 to 1, score the mean maturity of what was answered or None."""

    number: int
    name: str
    purpose: str
    asked: int
    answered: int
    with_evidence: int
    without_evidence: int
    unknown: int
    open: int
    disputed: int
    coverage: float
    score: float | None
    questions: tuple[QuestionRow, ...]


class RiskRow(Part):
    """An entry of the register; level and residual level in words, "not rated" where a rating is missing."""

    number: int
    id: str
    title: str
    cause: str
    event: str
    effect: str
    controls: str
    nodes: tuple[str, ...]
    likelihood: int | None
    impact: int | None
    level: str
    why: str
    treatment: str
    owner: str
    approver: str
    review_date: date | None
    residual_likelihood: int | None
    residual_impact: int | None
    residual_level: str
    problems: tuple[str, ...]


class ActionRow(Part):
    """An action; owner "" and due None are not named yet."""

    number: int
    id: str
    text: str
    origin: str
    owner: str
    due: date | None
    measure: str
    cost: float | None
    status: str
    overdue: bool


class FlagRow(Part):
    """A red flag or a pitfall that stands, why it does, and what is proposed where the plan answers it with nothing."""

    about: str
    text: str
    why: str
    proposed: str
    measure: str


class LossPoint(Part):
    """How probable it is to lose more than `loss` in the time that was drawn."""

    loss: float
    probability: float


class StressRow(Part):
    """A stress test that was done."""

    name: str
    kind: str
    on: date
    by: str
    settings: tuple[Fact, ...]
    findings: tuple[Fact, ...]
    table_heads: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    table_title: str = "Results in detail"
    exceedance: tuple[LossPoint, ...] = ()
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class ChangeRow(Part):
    """Who changed what and when."""

    number: int
    at: datetime
    by: str
    did: str = Field(description="what was done, as it follows the name")
    before: str = Field(description="what stood there; blank where there was nothing, or the words say it")
    after: str


class ExposureChange(Part):
    """A node's exposure in the review before and in this one."""

    node: str
    direction: Direction
    gap_before: float | None
    gap_now: float | None
    at_risk_before: float | None
    at_risk_now: float | None


class MaturityChange(Part):
    """A step's score and coverage in the review before and in this one; None where there was none."""

    step: str
    score_before: float | None
    score_now: float | None
    coverage_before: float | None
    coverage_now: float


class Since(Part):
    """What changed since the review before."""

    title: str
    on: date
    exposures: tuple[ExposureChange, ...]
    maturity: tuple[MaturityChange, ...]
    closed: tuple[str, ...] = Field(description="actions that were open then and are done or dropped now")
    removed: tuple[str, ...] = Field(description="actions that were open then and are no longer in the plan")
    still_open: int = Field(description="actions that were open then and still are")
