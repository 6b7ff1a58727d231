"""What stress tests return: losses in money and weeks, with bounds, assumptions and what could not be judged."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal["over", "within", "open"]
"""Against the limit of the scope: surely over, surely within, or open (no limit, data missing, or between bounds)."""
WeeksWord = Literal["", "no limit", "no shortage", "unknown"]
"""Why a number of weeks is None: supply never runs out, not within the shock, or data are missing."""

Basis = Literal["nodes", "network", "network and nodes", "nothing"]
"""What a loss rests on: figures of single nodes, the network of lines and parts, both, or no data at all."""


class Result(BaseModel):
    """What every stress test says beside its figures; money is in `currency`, time in weeks."""

    model_config = ConfigDict(frozen=True)

    currency: str = ""
    limit: float | None = Field(None, description="loss in one event that the scope calls unacceptable")
    formula: str = Field("", description="LaTeX")
    symbols: str = Field("", description="what the letters of the formula mean, in words")
    steps: list[str] = Field(default_factory=list)
    assumptions: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class NotJudged(_Part):
    """A node that could not be judged (in full), and the inputs that are missing for it, in words."""

    node: str
    name: str
    missing: list[str]


class NodeLoss(_Part):
    """The loss of one node for its time to recover.

    `margin_lost` follows from the node's own figures, `network_loss` from the linear program over lines and parts,
    which also uses finished stock and gives what is left to the best lines; None where data are missing. `rank` counts
    from 1 by the first, or the second where that is all; equal losses share a rank. The verdict is open where they
    disagree.
    """

    node: str
    name: str
    kind: str
    ttr: float
    tts: float | None
    tts_word: WeeksWord = ""
    gap: float | None = Field(description="None where its cover is not known and only the network was solved")
    margin_lost: float | None
    network_loss: float | None = None
    share_of_limit: float | None = None
    verdict: Verdict = "open"
    rank: int | None = None


class EachNode(Result):
    """Every node removed in turn; `nodes` by rank, those without a loss in money last."""

    nodes: list[NodeLoss]
    not_judged: list[NotJudged]
    over_limit: int | None = Field(None, description="number of nodes surely over the limit; None without a limit")


class Hit(_Part):
    """A node that a scenario hits, and what follows for it alone.

    `share` is the part of its supply that the scenario reaches, `capacity_lost` that part times the severity;
    `shortfall` is demand a week that is not supplied, in weeks of normal demand, before stock is used.
    """

    node: str
    name: str
    kind: str
    why: list[str] = Field(description='what of the scenario reached it: "node", "country CN", "supplier Acme", ...')
    sources: list[str] = Field(default_factory=list, description="suppliers of it that are hit")
    share: float
    capacity_lost: float
    weeks: float | None = Field(None, description="how long it is out")
    tts: float | None = Field(None, description="weeks until its first shortage")
    tts_word: WeeksWord = "unknown"
    shortfall: float | None = None
    margin_lost: float | None = None
    in_network: bool = False
    missing: list[str] = Field(default_factory=list)


class Helps(_Part):
    """One more unit of a stock or a weekly capacity, and what it saves; `gain` is checked by solving again."""

    what: str
    unit: Literal["unit in stock", "unit a week"]
    gain: float = Field(description="margin saved by one more")
    dual: float = Field(description="the same from the dual value of the linear program; equal unless at a corner")


class LineLoss(_Part):
    """What a line loses: units not sold, and their margin."""

    line: str
    name: str
    units: float
    margin: float


class NetworkResult(Result):
    """The least margin lost when stock and alternates are used as well as they can be, for one shock.

    `margin_lost` includes `margin_lost_anyway`, which is lost over the same time without the shock.
    """

    name: str = ""
    weeks: float = Field(description="how long it is looked at: until the last node is back")
    margin_lost: float
    margin_lost_anyway: float = 0.0
    tts: float | None = None
    tts_word: WeeksWord = ""
    lines: list[LineLoss] = Field(default_factory=list)
    helps: list[Helps] = Field(default_factory=list, description="what would help most, largest gain first")


class ScenarioResult(Result):
    """A scenario: what it hits, when customers first notice, what is lost, and when all is back.

    `margin_low` and `margin_high` are bounds of the loss (equal where one node is hit or the network is known);
    they cover the nodes with data only. `complete` is false where hit nodes lack data: the loss may then be higher
    than both. All are None where nothing could be computed.
    """

    scenario: str = Field(description="id of the scenario, or empty for a proposal")
    name: str
    hits: list[Hit]
    margin_low: float | None
    margin_high: float | None
    largest_single: str = Field("", description="name of the node with the largest loss of its own")
    basis: Basis = "nodes"
    complete: bool = True
    weeks_served: float | None = Field(None, description="weeks before the first shortage")
    weeks_served_word: WeeksWord = "unknown"
    weeks_to_recover: float | None = Field(None, description="weeks until all that is hit is back")
    verdict: Verdict = "open"
    not_judged: list[NotJudged] = Field(default_factory=list)
    network: NetworkResult | None = None


class LossFigures(_Part):
    """The loss over the years of one draw, over all draws. Percentiles are the smallest loss that so many do not pass.

    `cvar95` is the mean of the worst 5 % of draws. `over_limit` is the share of draws whose sum passes the limit,
    `event_over_limit` the share with at least one event that does; the intervals are Wilson's, at 95 %.
    """

    mean: float
    standard_error: float
    p50: float
    p90: float
    p95: float
    p99: float
    worst: float
    cvar95: float
    over_limit: float | None = None
    over_limit_from: float | None = None
    over_limit_to: float | None = None
    event_over_limit: float | None = None
    event_over_limit_from: float | None = None
    event_over_limit_to: float | None = None


class Contribution(_Part):
    """What a scenario adds: the share of the mean loss, and how often and how hard it struck."""

    scenario: str
    name: str
    likelihood_a_year: float
    events: int
    mean_when_struck: float | None
    mean: float = Field(description="mean loss over the years of one draw")
    share: float | None = Field(None, description="of the mean loss of all; None where nothing is lost")


class CurvePoint(_Part):
    """A point of the exceedance curve: the share of draws that lose more than `loss`."""

    loss: float
    share: float


class LeftOut(_Part):
    """A scenario that was not simulated, and why."""

    scenario: str
    name: str
    reason: str


class MonteCarloResult(Result):
    """Loss over `years` years, drawn `draws` times from `seed`.

    `figures`, `contributions` and `curve` take the upper bound of each event, `lower` the lower bound where they
    differ.
    """

    draws: int
    years: int
    seed: int
    generator: str
    spread: str
    figures: LossFigures
    lower: LossFigures | None = None
    contributions: list[Contribution]
    curve: list[CurvePoint]
    left_out: list[LeftOut] = Field(default_factory=list)
    incomplete: list[str] = Field(default_factory=list, description="names of scenarios whose hit nodes lack data")


class NodeBreak(_Part):
    """The shortest outage of one node that passes the limit: by its own figures, and over the network.

    Either is None where it is not known or no outage passes; `word` is "never" where none does at all. `breaks` tells
    whether its own TTR is longer; None where that is unknown, or the two disagree.
    """

    node: str
    name: str
    weeks: float | None
    network_weeks: float | None = None
    word: Literal["", "never"] = ""
    ttr: float | None
    breaks: bool | None

    @property
    def shortest(self) -> float | None:
        """The shorter of both outages in weeks; None where none passes."""
        return min((weeks for weeks in (self.weeks, self.network_weeks) if weeks is not None), default=None)


class PairBreak(_Part):
    """Two nodes out together: the shortest outage of both that passes the limit, and the loss at their own TTR."""

    nodes: tuple[str, str]
    names: tuple[str, str]
    weeks: float | None
    loss_at_ttr: float
    breaks: bool
    basis: Literal["nodes", "network"] = "nodes"


class ScenarioBreak(_Part):
    """How severe a scenario must be to pass the limit; for a pure demand spike `turned` is the factor of demand.

    `possible_from` is where the upper bound of the loss passes, `certain_from` where the lower does; None: never.
    """

    scenario: str
    name: str
    turned: Literal["severity", "demand factor"]
    possible_from: float | None
    certain_from: float | None
    now: float
    reason: str = ""


class ReverseResult(Result):
    """What would break us: outages of single nodes, a pair if no single one does, and scenarios."""

    nodes: list[NodeBreak]
    pair: PairBreak | None
    pair_word: str = ""
    scenarios: list[ScenarioBreak]
    not_judged: list[NotJudged] = Field(default_factory=list)
