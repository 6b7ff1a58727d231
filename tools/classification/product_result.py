"""What classifying a product returns: its label with the evidence for it, the chain it needs and the way to it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Label = Literal["functional", "innovative", "hybrid", "unknown"]
Side = Literal["functional", "innovative", "between", "not given"]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wrong(_Kept):
    """An input that cannot be right; the reason names its value, the bound and the remedy."""

    input: str
    reason: str


class ClassificationError(ValueError):
    """A classification is refused; `invalid` says for each input why."""

    def __init__(self, invalid: list[Wrong]):
        self.invalid = invalid
        super().__init__(" ".join(wrong.reason for wrong in invalid))


class Criterion(_Kept):
    """Where a product stands on one of Fisher's seven criteria; `value` is in the criterion's unit."""

    criterion: str
    label: str
    value: float | None = None
    shown: str = ""
    functional: str
    innovative: str
    says: Side = "not given"
    source: str


class Sign(_Kept):
    """Words of a description that speak for something, and why they do.

    `says` is functional, innovative, surge, self_made, stable_supply, evolving_supply, efficient_chain or
    responsive_chain; `certainty` the probability that the words mean it.
    """

    sign: str
    label: str
    says: str
    quote: str
    why: str
    source: str
    certainty: float = 1.0


class Likeness(_Kept):
    """A described product that resembles this one; `similarity` is the cosine of their vectors, 0 to 1."""

    product: str
    label: str
    similarity: float
    reason: str = ""
    source: str = ""


class Chain(_Kept):
    """A supply chain spelled out, by which it is measured, and for hybrids which part of the line gets what."""

    type: str
    purpose: str
    manufacturing: str
    inventory: str
    lead_time: str
    suppliers: str
    product_design: str
    measure: list[str]
    parts: list[str] = Field(default_factory=list)


class PresentChain(_Kept):
    """The chain a company has, as far as it told."""

    type: str
    signs: list[Sign]


class WayOut(_Kept):
    """A way out of a mismatch, or of uncertainty that remains; `first` marks the one to begin with."""

    way: str
    text: str
    first: bool = False


class Supply(_Kept):
    """Where a product stands in Lee's framework, after what was said of its supply."""

    uncertainty: Literal["low", "high"]
    strategy: str


class Question(_Kept):
    """A question whose answer would move the verdict most; `criterion` is what it asks for."""

    criterion: str
    text: str


class ProductResult(_Kept):
    """A classified product. `confidence` is the calibrated probability that `label` is right, 0 to 1.

    Of an unknown product it is that of the likeliest label in `odds`, at most what a label needs.
    """

    product: str = ""
    label: Label
    confidence: float
    odds: dict[str, float] = Field(default_factory=dict)
    because: str = ""
    criteria: list[Criterion]
    signs: list[Sign] = Field(default_factory=list)
    nearest: list[Likeness] = Field(default_factory=list)
    speaks_against: list[str] = Field(default_factory=list)
    questions: list[Question] = Field(default_factory=list)
    self_made: str = ""
    parts: list["ProductResult"] = Field(default_factory=list)
    chain: Chain | None = None
    present: PresentChain | None = None
    mismatch: bool | None = None
    mismatch_text: str = ""
    ways_out: list[WayOut] = Field(default_factory=list)
    supply: Supply | None = None
    warnings: list[str] = Field(default_factory=list)
    assumptions: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
