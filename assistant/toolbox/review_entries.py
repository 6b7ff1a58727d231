"""What a chat enters into a review: answers, facts of nodes, limits of the scope, owners of actions."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from tools.risk.checklist import Maturity
from tools.risk.review import NodeKind, TtrBasis

MOST_ENTRIES = 50


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")

    @property
    def said(self) -> dict[str, Any]:
        """The fields that were stated."""
        return {name: getattr(self, name) for name in self.model_fields_set if getattr(self, name) is not None}


class SourceTold(_Told):
    """A source of a node, as far as it was stated."""

    supplier: str = Field("", description='name of the supplier; "" if it was not said')
    country: str = ""
    share: float | None = Field(None, description="fraction of the node's volume, 0 to 1")
    spend: float | None = Field(None, description="money a year")
    sub_tier: list[str] = Field(default_factory=list, description="its own sources, sites or ports")


class NodeTold(_Told):
    """A part, supplier, site, lane or system whose loss would hurt; leave out what was not stated."""

    name: str = Field(
        min_length=1, max_length=300, description="how the user calls it; one known by that name is changed"
    )
    kind: NodeKind | None = None
    category: str | None = None
    critical: bool | None = None
    margin_per_week: float | None = Field(None, description="margin a week that depends on it")
    share_affected: float | None = Field(None, description="fraction of that margin that is lost with it, 0 to 1")
    ttr_weeks: float | None = Field(None, description="time to recover: weeks until normal output again after its loss")
    ttr_basis: TtrBasis | None = None
    cover_weeks: float | None = Field(None, description="weeks of demand in stock and on the way")
    alternate_share: float | None = Field(None, description="fraction of demand that alternates take over at once")
    switch_weeks: float | None = Field(None, description="weeks to move the volume to another source")
    sources: list[SourceTold] = Field(default_factory=list, max_length=MOST_ENTRIES)
    only_these_sources: bool = Field(False, description="true if sources that are not named here are to be removed")
    evidence: str | None = None
    note: str | None = None


class AnswerTold(_Told):
    """An answer to a question, as far as it was stated; what is left out stays as it is."""

    question: str = Field(description='id, like "1.3"')
    value: str | float | list[str] | list[dict[str, Any]] | None = Field(
        None, description="one of the options, several of them, a number in the unit, the text as said, or table rows"
    )
    maturity: Maturity | None = Field(None, description="0 to 3 by the anchors; only what the user chose or confirmed")
    evidence: str | None = None
    comment: str | None = None
    unknown: bool | None = Field(None, description="true when the user says that it is not known")


class OptionTold(_Told):
    """What making or buying an item costs, as far as it was stated; money in the review's currency."""

    price: float | None = Field(None, description="price of a unit bought, or variable cost of a unit made")
    fixed: float | None = Field(None, description="fixed cost a year")
    freight: float | None = Field(None, description="freight of a unit")
    duty: float | None = Field(None, description="fraction of the price, 0 to 1")
    other: float | None = Field(None, description="other cost of a unit")
    stock_weeks: float | None = Field(None, description="weeks of demand in stock or on the way for it")
    holding_rate: float | None = Field(None, description="cost of holding stock a year, fraction of its value")
    defect_share: float | None = Field(None, description="fraction of units that are defective, 0 to 1")
    defect_cost: float | None = Field(None, description="cost of one defective unit")
    disruption_chance: float | None = Field(None, description="probability of an outage in a year, 0 to 1")
    disruption_loss: float | None = Field(None, description="margin lost if it comes")


class ScopeTold(_Told):
    """What the review covers and which loss is unacceptable, as far as it was stated."""

    product_lines: str | None = None
    sites: str | None = None
    period: str | None = None
    currency: str | None = Field(None, description="code, like EUR")
    loss_limit: float | None = Field(None, description="margin lost in one event that would be unacceptable")
    weekly_margin: float | None = None
    stockout_limit_days: float | None = None
    other_limits: str | None = None


class ActionTold(_Told):
    """Owner and due date of a proposed action, or an action of the user's own."""

    action: str = Field(description="its origin or text, as review_report gives it; or, if new, what is to be done")
    new: bool = Field(False, description="true for an action that the user adds and no report lists")
    owner: str | None = Field(None, description="only a name that the user gave")
    due: date | None = Field(None, description="only a date that the user gave")
