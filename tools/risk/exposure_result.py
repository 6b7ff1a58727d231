"""What an exposure is: the numbers of losing one node, what they rest on, and what would close its gap."""

from pydantic import BaseModel, ConfigDict, Field, computed_field

from tools.metrics.shown import listed, number, percent, plural
from tools.risk.review import NodeKind, TtrBasis

FORMULA = (
    r"\text{TTS} = \frac{C}{1 - a}, \qquad G = \max(0,\ \text{TTR} - \text{TTS}), \qquad "
    r"\text{margin at risk} = G \cdot (1 - a) \cdot m \cdot s"
)
SYMBOLS = (
    "TTS: time to survive, weeks; C: cover by stock and goods on their way, weeks of demand; a: share of demand that "
    "alternates take over at once; TTR: time to recover, weeks; G: gap, weeks; m: margin a week that depends on the "
    "node; s: share of that margin that is lost with it."
)
NOT_KNOWN = "not known"
NO_LIMIT = "no limit"
TTR_ASKED = "weeks until normal output again after its loss (TTR)"
COVER_ASKED = "weeks of demand in stock and on the way (cover)"
MARGIN_ASKED = "margin a week of all that depends on it"


class Exposure(BaseModel):
    """What losing one node costs; a number is None where it is not known, and `missing` says what to ask for.

    Times are in weeks, money in the currency of the review. `tts` is None too where alternates carry all of the
    demand: `tts_no_limit` then holds, and `tts_said` says it in words.
    """

    model_config = ConfigDict(frozen=True)

    node: str
    name: str
    kind: NodeKind
    category: str
    critical: bool
    ttr: float | None
    ttr_basis: TtrBasis | None
    cover: float | None
    alternate_share: float | None
    share_affected: float = Field(description="share of the margin lost with the node; 1 if none is stated")
    margin_per_week: float | None = Field(description="margin a week that is lost with it, share affected counted")
    tts: float | None
    tts_no_limit: bool = False
    gap: float | None
    margin_at_risk: float | None
    currency: str = ""
    loss_limit: float | None = None
    share_of_limit: float | None = Field(None, description="margin at risk over the limit: 1.5 is 150 % of it")
    over_limit: bool | None = Field(None, description="None where the loss or the limit is not known")
    over_stockout_limit: bool | None = Field(None, description="None where the gap or that limit is not known")
    impact: int | None = Field(None, description="1 to 5 by the anchors; None where the loss or the limit is not known")
    assumptions: list[str] = Field(default_factory=list)
    missing: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    steps: list[str] = Field(default_factory=list)
    formula: str = FORMULA

    @computed_field  # type: ignore[prop-decorator]
    @property
    def known(self) -> bool:
        """Whether the margin at risk is known, and the node can be ranked by it."""
        return self.margin_at_risk is not None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def tts_said(self) -> str:
        """The time to survive in words: "5 weeks", "no limit" or "not known"."""
        return NO_LIMIT if self.tts_no_limit else _weeks(self.tts)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def gap_said(self) -> str:
        """The gap in words: "4 weeks", "0 weeks" or "not known"."""
        return _weeks(self.gap)


class Closing(BaseModel):
    """What would close a gap, each way alone: cover to add, the alternates' share needed, or the TTR needed."""

    model_config = ConfigDict(frozen=True)

    gap: float
    more_cover: float = Field(description="weeks of cover to add")
    cover_needed: float = Field(description="weeks of cover in all")
    alternate_share: float = Field(description="share of demand that alternates must take over at once, in all")
    ttr: float = Field(description="weeks within which the node must be back")
    steps: list[str]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def said(self) -> str:
        """The number that changes, in a sentence for an action."""
        ways = [
            f"{number(self.more_cover)} more weeks of cover",
            f"alternates for {percent(self.alternate_share)} of demand in all",
            *([f"recovery within {plural(self.ttr, 'week')}"] if self.ttr > 0 else []),
        ]
        return f"gap {plural(self.gap, 'week')} -> 0 by {listed(ways, 'or')}"


def _weeks(value: float | None) -> str:
    return NOT_KNOWN if value is None else plural(value, "week")
