"""What a report on a review says: every number and sentence once, for all formats alike."""

from datetime import date

from pydantic import Field

from tools.risk.report.rows import (
    ActionRow,
    CategoryRow,
    ChangeRow,
    Fact,
    FlagRow,
    MakeOrBuyRow,
    NodeRow,
    Part,
    RiskRow,
    SharedRow,
    Since,
    StepRow,
    StressRow,
)
from tools.risk.review import ReviewStatus


class Totals(Part):
    """Counts and sums; money in the review's currency."""

    nodes: int
    over_limit: int
    with_gap: int = Field(description="including those over the limit")
    covered: int
    unknown: int
    largest_at_risk: float | None
    sum_at_risk: float | None = Field(
        description="of nodes lost one at a time, which may be the same money: no event's loss"
    )
    at_risk_missing: int = Field(description="nodes whose margin at risk is not known")
    asked: int
    answered: int
    with_evidence: int
    without_evidence: int
    unknown_answers: int
    open_answers: int
    disputed: int
    coverage: float
    score: float | None
    risks: int
    risks_not_rated: int
    actions: int
    actions_open: int
    actions_done: int
    actions_overdue: int
    actions_without_owner: int
    actions_without_date: int
    cost_open: float | None = Field(description="of open actions whose cost is known; None when none is")
    cost_missing: int = Field(description="open actions without a cost")


class Report(Part):
    """A whole report."""

    title: str
    review_id: str
    revision: int
    status: ReviewStatus
    checklist: str
    on: date
    currency: str
    loss_limit: float | None
    stockout_limit_days: float | None
    concentration_limit: float | None = Field(description="HHI in points")
    country_limit: float | None
    purpose: str
    scope: tuple[Fact, ...]
    people: tuple[Fact, ...]
    data_used: tuple[str, ...]
    limits: tuple[str, ...]
    findings: tuple[str, ...] = Field(description="the summary, a sentence each")
    unknowns: tuple[str, ...]
    totals: Totals
    nodes: tuple[NodeRow, ...] = Field(description="largest margin at risk first, unknown last")
    categories: tuple[CategoryRow, ...]
    shared: tuple[SharedRow, ...]
    switching: tuple[str, ...]
    make_or_buy: tuple[MakeOrBuyRow, ...] = ()
    steps: tuple[StepRow, ...]
    flags: tuple[FlagRow, ...]
    risks: tuple[RiskRow, ...]
    actions: tuple[ActionRow, ...]
    stress: tuple[StressRow, ...]
    next_stress: date
    since: Since | None
    history: tuple[Fact, ...] = Field(description="how many changes each person made, and their latest")
    changes: tuple[ChangeRow, ...] = Field(description="who changed what and when, the latest first")
    assumptions: tuple[str, ...]
    formulae: tuple[Fact, ...]
    references: tuple[str, ...]
    guidance: str
    sign_off: tuple[Fact, ...] = Field(description="role and name; the name is blank until somebody is named")
    next_review: date
    triggers: tuple[str, ...]
