"""The shape of a review: scope, people, answers, nodes of the supply chain, risks, actions and stress tests."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from tools.risk.checklist import LONGEST_LINE, LONGEST_TEXT, AnswerValue, Checklist, Maturity

TEAM = ""
"""The person of an answer that the team agreed on."""

Line = Annotated[str, Field(max_length=LONGEST_LINE)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
DUST = 1e-12
"""A number smaller than this is a slip of the keyboard and counts as 0: ratios of it would overflow."""


def _without_dust(number: float) -> float:
    return 0.0 if number < DUST else number


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), AfterValidator(_without_dust)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False), AfterValidator(_without_dust)]
Money = Annotated[float, Field(ge=0, le=1e15, allow_inf_nan=False)]
Weeks = Annotated[float, Field(ge=0, le=520, allow_inf_nan=False), AfterValidator(_without_dust)]
Rate = Annotated[int, Field(ge=1, le=5)]
NodeKind = Literal["part", "supplier", "site", "lane", "system"]
TtrBasis = Literal["own guess", "supplier figure", "tested"]
ReviewStatus = Literal["open", "paused", "finished"]
Treatment = Literal["avoid", "reduce likelihood", "reduce impact", "share", "accept"]
ActionStatus = Literal["proposed", "agreed", "in progress", "done", "dropped"]
CLOSED: tuple[ActionStatus, ...] = ("done", "dropped")
ItemKind = Literal["node", "line", "risk", "action", "scenario", "stress_run", "make_or_buy"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Scope(_Part):
    """What a review covers, and which loss would be unacceptable."""

    product_lines: Text = ""
    sites: Text = ""
    period: Line = ""
    currency: Annotated[str, Field(max_length=10)] = ""
    loss_limit: Amount | None = Field(None, description="margin lost in one event that would be unacceptable")
    weekly_margin: Amount | None = Field(None, description="margin a week of all that the review covers")
    stockout_limit_days: Amount | None = None
    other_limits: Text = Field("", description="safety, legal and other limits, in words")
    concentration_limit: Amount | None = Field(None, description="HHI in points (0 to 10,000); the policy's cap")
    country_limit: Share | None = Field(None, description="highest share of one country in a critical category")


class Participant(_Part):
    """Somebody who takes part."""

    id: str
    name: Line
    role: Literal["lead", "member"] = "member"
    joined: datetime
    position: str = Field("", description="id of the question that they are asked now")
    skipped: list[str] = Field(default_factory=list, description="questions that they left for later")


class Given(_Part):
    """What is entered as an answer; `unknown` is an answer too, and never counts as low risk."""

    value: AnswerValue = None
    maturity: Maturity | None = None
    evidence: Text = ""
    comment: Text = ""
    unknown: bool = False


class Answer(Given):
    """An answer as it is kept: one a question and person, and one that the team agreed on (`person` is TEAM)."""

    question: str
    person: str = TEAM
    version: int = 1
    by: Line = Field("", description="name of who wrote it last")
    at: datetime


class Comment(_Part):
    """A remark on a question, node, risk or action (`about` is its id), or on the review ("")."""

    id: str
    about: str = ""
    text: Text
    by: Line
    at: datetime


class Source(_Part):
    """One source of a node: who delivers which share of it from where, and on whom it depends in turn."""

    supplier: Line
    country: Line = ""
    share: Share | None = None
    spend: Amount | None = Field(None, description="money a year")
    capacity: Amount | None = Field(None, description="units a week that it can deliver at most")
    sub_tier: list[Line] = Field(default_factory=list, max_length=50, description="its own sources, sites or ports")


class _Item(_Part):
    id: str = ""
    version: int = 0
    note: Text = ""


class Node(_Item):
    """A part, supplier, site, lane or system whose loss would hurt; what is not known is None."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
    kind: NodeKind = "part"
    category: Line = ""
    critical: bool = True
    margin_per_week: Amount | None = Field(None, description="margin a week of all that depends on the node")
    share_affected: Share | None = Field(None, description="of that margin, the share lost with the node; None for all")
    ttr_weeks: Weeks | None = Field(None, description="weeks until normal output again after its loss")
    ttr_basis: TtrBasis | None = None
    cover_weeks: Weeks | None = Field(None, description="weeks of demand in stock and on the way")
    alternate_share: Share | None = Field(None, description="share of demand that alternates can take over at once")
    switch_weeks: Weeks | None = Field(None, description="weeks to move the volume to another source")
    sources: list[Source] = Field(default_factory=list, max_length=100)
    used_in: dict[str, Amount] = Field(default_factory=dict, description="units of it in one unit of each line")
    stock: Amount | None = Field(None, description="units in stock")
    evidence: Text = ""


class ProductLine(_Item):
    """A line of products that is sold; with nodes `used_in` it, a network that a linear program can test."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
    demand_per_week: Amount | None = None
    margin_per_unit: Amount | None = None
    stock: Amount | None = Field(None, description="finished units in stock")


class Risk(_Item):
    """An entry of the register; ratings are ordinal and never added or averaged."""

    title: Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
    cause: Text = ""
    event: Text = ""
    effect: Text = ""
    controls: Text = ""
    nodes: list[str] = Field(default_factory=list, max_length=100)
    likelihood: Rate | None = None
    impact: Rate | None = None
    treatment: Treatment | None = None
    owner: Line = ""
    approver: Line = Field("", description="who accepted it, by name")
    review_date: date | None = None
    residual_likelihood: Rate | None = None
    residual_impact: Rate | None = None


class Action(_Item):
    """Something to do; owner and due date are asked for and stay blank until somebody names them."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    origin: Line = Field("", description='what proposed it: "flag 2.1", "exposure <node id>", "risk <id>", or ""')
    owner: Line = ""
    due: date | None = None
    measure: Text = Field("", description="which number changes, from what to what")
    cost: Amount | None = None
    status: ActionStatus = "proposed"


class Scenario(_Item):
    """A shock to test: what it hits, how hard and for how long.

    It hits the nodes whose id, kind, category, country of a source, supplier or sub-tier is named. `severity` is the
    share of capacity that is lost; `demand_factor` multiplies demand, 1.4 for a spike of 40 %.
    """

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
    kind: Literal["site", "region", "port", "supplier", "cyber", "demand", "own"] = "own"
    nodes: list[str] = Field(default_factory=list, max_length=1000)
    countries: list[Line] = Field(default_factory=list, max_length=100)
    suppliers: list[Line] = Field(default_factory=list, max_length=100)
    sub_tiers: list[Line] = Field(default_factory=list, max_length=100)
    kinds: list[NodeKind] = Field(default_factory=list)
    severity: Share = 1.0
    weeks: Weeks | None = Field(None, description="how long; None for each node's own TTR")
    demand_factor: Annotated[float, Field(gt=0, le=10)] = 1.0
    likelihood_a_year: Share | None = None


class Option(_Part):
    """What one way of getting an item costs; money in one currency, times in weeks, shares from 0 to 1.

    `price` is what a supplier charges for a unit, or the variable cost of making it. `disruption_chance` is the
    probability of an outage in a year and `disruption_loss` the margin lost if it comes, such as the margin at risk of
    the node; both or neither. What is not known is None.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    price: Money | None = None
    fixed: Money | None = Field(None, description="fixed cost a year: tools, supplier management, machine and space")
    freight: Money | None = Field(None, description="freight and insurance of a unit")
    duty: Share | None = Field(None, description="duty as a share of the price")
    other: Money | None = Field(None, description="other cost of a unit, such as inspection")
    stock_weeks: Weeks | None = Field(None, description="weeks of demand held in stock or on the way for it")
    holding_rate: Annotated[float, Field(ge=0, le=10)] | None = Field(
        None, description="cost of holding stock a year as a share of its value"
    )
    defect_share: Share | None = Field(None, description="share of units that are defective")
    defect_cost: Money | None = Field(None, description="cost of one defective unit")
    disruption_chance: Share | None = None
    disruption_loss: Money | None = None


class MakeOrBuyCase(_Item):
    """An item that could be made or bought, with what either would cost; `node` is the id of the node that it is."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
    node: Annotated[str, Field(max_length=LONGEST_LINE)] = ""
    volume: Money | None = Field(None, description="units a year")
    make: Option = Option()
    buy: Option = Option()


class StressRun(_Item):
    """A stress test that was run: with what, when, by whom, and what came out."""

    name: Line
    kind: Literal["each node", "scenario", "monte carlo", "reverse", "network"]
    settings: dict[str, Any] = Field(default_factory=dict, description="seed, draws, scenario, limits")
    result: dict[str, Any] = Field(default_factory=dict)
    at: datetime
    by: Line = ""


class Change(_Part):
    """Who changed what and when; `number` counts up by one a change of a review."""

    number: int
    at: datetime
    by: Line
    what: str = Field(description='"answer 1.3", "node <id>", "scope", "status", ...')
    before: Any = None
    after: Any = None


class Review(_Part):
    """A whole review, as it is read from the store and written to a file."""

    id: str
    title: Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
    status: ReviewStatus = "open"
    revision: int = Field(0, description="grows by one with every change of anything in it")
    version: int = Field(1, description="of title, status, scope and checklist")
    created: datetime
    updated: datetime
    previous: str = Field("", description="id of the review that this one continues")
    checklist: Checklist
    scope: Scope = Field(default_factory=Scope)
    participants: list[Participant] = Field(default_factory=list)
    answers: list[Answer] = Field(default_factory=list)
    comments: list[Comment] = Field(default_factory=list)
    nodes: list[Node] = Field(default_factory=list)
    lines: list[ProductLine] = Field(default_factory=list)
    risks: list[Risk] = Field(default_factory=list)
    actions: list[Action] = Field(default_factory=list)
    scenarios: list[Scenario] = Field(default_factory=list)
    stress_runs: list[StressRun] = Field(default_factory=list)
    make_or_buy: list[MakeOrBuyCase] = Field(default_factory=list)

    def answers_to(self, question: str) -> list[Answer]:
        """Return all answers to a question, the team's first."""
        found = [answer for answer in self.answers if answer.question == question]
        return sorted(found, key=lambda answer: answer.person != TEAM)
