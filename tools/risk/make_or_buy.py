"""Making against buying at full cost: price, freight, duty, stock, quality, fixed cost and expected disruption loss."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from tools.metrics import Frame, MetricError, compute
from tools.metrics.given import LARGEST
from tools.metrics.shown import number, percent
from tools.metrics.units import Calendar
from tools.risk.review import MakeOrBuyCase, Option

FORMULA = (
    r"K = F + V \cdot \left(p\,(1 + d) + f + o + \frac{w}{52} \cdot h \cdot p + q \cdot c_q\right) + \pi \cdot L, "
    r"\qquad V^* = \frac{F_m + \pi_m L_m - F_b - \pi_b L_b}{c_b - c_m}"
)
SYMBOLS = (
    "K: full cost a year; F: fixed cost a year; V: units a year; p: price or variable cost of a unit; d: duty, share "
    "of the price; f: freight a unit; o: other cost a unit; w: weeks of stock and transit; h: holding cost, share of "
    "the value a year; q: share of defective units; c_q: cost of a defect; π: chance of a disruption in a year; L: "
    "loss if it comes; V*: volume at which both cost the same; c: cost of a unit; m make, b buy."
)
IN_WORDS = (
    "full cost a year = fixed cost + units × (price × (1 + duty) + freight + other cost + weeks of stock / 52 × "
    "holding cost × price + share of defects × cost of a defect) + chance of a disruption × loss if it comes; volume "
    "at which both cost the same = (yearly cost of making − of buying) / (cost of a unit bought − made)"
)
"""The formula in words, for where none is drawn."""
WEEKS_A_YEAR = Calendar().weeks_a_year
RARE = 0.1
"""Below this chance a year an average hides the bad year, as the metric `expected_loss` warns too."""
Choice = Literal["make", "buy", "either"]
PARTS = {
    "fixed": "fixed cost",
    "freight": "freight",
    "duty": "duty",
    "other": "other cost",
    "stock_weeks": "weeks of stock",
    "holding_rate": "holding cost",
    "defect_share": "defects",
    "defect_cost": "cost of a defect",
}
"""What counts as none where it is not given, in words."""


class CostLine(BaseModel):
    """One part of the full cost: of a unit, where it grows with the volume, and a year."""

    model_config = ConfigDict(frozen=True)

    name: str
    a_unit: float | None
    a_year: float


class FullCost(BaseModel):
    """The full cost of one option; `expected_loss` is None where the disruption is not judged, and then not in it."""

    model_config = ConfigDict(frozen=True)

    lines: list[CostLine]
    a_unit: float = Field(description="cost that grows with the volume, a unit")
    fixed: float = Field(description="fixed cost and expected disruption loss, a year")
    a_year: float
    expected_loss: float | None


class MakeOrBuy(BaseModel):
    """Both options compared at a volume; `break_even` is in units a year, None where one is cheaper at every volume.

    `cheaper_on_price` is the choice that price and variable cost alone would suggest; `price_to_switch` is the price of
    buying, and `yearly_loss_to_switch` the expected loss of buying, at which both would cost the same.
    """

    model_config = ConfigDict(frozen=True)

    volume: float
    currency: str
    make: FullCost
    buy: FullCost
    cheaper: Choice
    saving: float
    cheaper_on_price: Choice
    break_even: float | None
    break_even_said: str
    price_to_switch: float | None
    yearly_loss_to_switch: float | None
    formula: str = FORMULA
    steps: list[str]
    assumptions: list[str]
    missing: list[str]
    warnings: list[str]

    @computed_field  # type: ignore[prop-decorator]
    @property
    def meaning(self) -> str:
        """What follows, in a sentence."""
        if self.cheaper == "either":
            return "Making and buying cost the same."
        verb = {"make": "Making", "buy": "Buying"}[self.cheaper]
        money = f" {self.currency}" if self.currency else ""
        said = f"{verb} costs {number(self.saving)}{money} a year less at {number(self.volume)} units a year."
        if self.cheaper_on_price not in (self.cheaper, "either"):
            said += " The unit price alone would say the opposite."
        return said


class Comparison(BaseModel):
    """A case as far as it can be worked out: `result` is None while something in `lacking` is not known."""

    model_config = ConfigDict(frozen=True)

    case: str
    name: str
    lacking: list[str]
    result: MakeOrBuy | None


def compared(case: MakeOrBuyCase, currency: str = "") -> Comparison:
    """Return what making and buying an item would cost, or what is lacking to say so."""
    needed = (
        ("units a year", case.volume),
        ("variable cost of making a unit", case.make.price),
        ("price of buying a unit", case.buy.price),
    )
    lacking = [name for name, value in needed if value is None]
    found = None if lacking or case.volume is None else make_or_buy(case.make, case.buy, case.volume, currency)
    return Comparison(case=case.id, name=case.name, lacking=lacking, result=found)


def make_or_buy(make: Option, buy: Option, volume: float, currency: str = "") -> MakeOrBuy:
    """Return the full cost of making and of buying an item a year, the cheaper one, and where that would turn.

    The break-even volume is the metric `make_or_buy_break_even` with the costs of a unit and the yearly costs of both
    options; the expected disruption loss is the metric `expected_loss`. An option without a judged disruption is
    compared without it, and `missing` says so; other costs that are not given count as none, and `assumptions` say so.

    Raises:
        ValueError: for a volume that is not between 0 and 1e15, or an option without a price.
    """
    if make.price is None or buy.price is None:
        raise ValueError("both the variable cost of making and the price of buying a unit are needed")
    if not 0 <= volume <= LARGEST:
        raise ValueError(f"the volume must be between 0 and {LARGEST:g} units a year, but it is {volume:g}")
    frame = Frame(period="year", money=currency)
    made, bought = _full(make, volume, frame, "making"), _full(buy, volume, frame, "buying")
    steps = [*_steps("making", made, volume), *_steps("buying", bought, volume)]
    break_even, said = None, ""
    warnings = []
    try:
        result = compute(
            "make_or_buy_break_even",
            frame=frame,
            fixed_cost=made.fixed,
            variable_cost=made.a_unit,
            buy_price=bought.a_unit,
            buy_fixed_cost=bought.fixed,
            volume=volume,
        )
        break_even, said = result.value, result.meaning
        steps += result.steps[:1]
    except MetricError as error:
        said = str(error)
    difference = bought.a_year - made.a_year
    per_price = volume * (1 + (buy.duty or 0) + (buy.stock_weeks or 0) / WEEKS_A_YEAR * (buy.holding_rate or 0))
    at_price = buy.price - difference / per_price if per_price else None
    at_loss = None if bought.expected_loss is None else bought.expected_loss - difference
    if (made.expected_loss is None) != (bought.expected_loss is None):
        known, other = ("buying", "making") if made.expected_loss is None else ("making", "buying")
        warnings.append(
            f"The disruption loss to expect is known for {known} only, so the comparison favours {other}: judge it for "
            "both, or leave it out of both."
        )
    for name, option in (("making", make), ("buying", buy)):
        if option.disruption_chance is not None and option.disruption_chance < RARE and option.disruption_loss:
            warnings.append(
                f"A disruption of {name} is rare ({percent(option.disruption_chance)} a year), so its average says "
                f"little about the bad year; check that a loss of {number(option.disruption_loss)} can be borne."
            )
    return MakeOrBuy(
        volume=volume,
        currency=currency,
        make=made,
        buy=bought,
        cheaper=_cheaper(made.a_year, bought.a_year),
        saving=abs(difference),
        cheaper_on_price=_cheaper(make.price, buy.price),
        break_even=break_even,
        break_even_said=said,
        price_to_switch=at_price if at_price is not None and at_price >= 0 else None,
        yearly_loss_to_switch=at_loss if at_loss is not None and at_loss >= 0 else None,
        steps=steps,
        assumptions=_assumptions(make, buy),
        missing=[*_missing("making", make), *_missing("buying", buy)],
        warnings=warnings,
    )


def _full(option: Option, volume: float, frame: Frame, name: str) -> FullCost:
    price = option.price or 0.0
    units = (
        ("price" if name == "buying" else "variable cost", price),
        ("freight", option.freight or 0.0),
        ("duty", price * (option.duty or 0.0)),
        ("other cost", option.other or 0.0),
        ("stock", (option.stock_weeks or 0.0) / WEEKS_A_YEAR * (option.holding_rate or 0.0) * price),
        ("quality", (option.defect_share or 0.0) * (option.defect_cost or 0.0)),
    )
    lines = [CostLine(name=part, a_unit=cost, a_year=cost * volume) for part, cost in units]
    lines.append(CostLine(name="fixed cost", a_unit=None, a_year=option.fixed or 0.0))
    loss = None
    if option.disruption_chance is not None and option.disruption_loss is not None:
        loss = compute(
            "expected_loss", frame=frame, probability=option.disruption_chance, loss=option.disruption_loss
        ).value
        lines.append(CostLine(name="expected disruption loss", a_unit=None, a_year=loss))
    a_unit, fixed = sum(cost for _, cost in units), (option.fixed or 0.0) + (loss or 0.0)
    return FullCost(lines=lines, a_unit=a_unit, fixed=fixed, a_year=fixed + a_unit * volume, expected_loss=loss)


def _cheaper(making: float, buying: float) -> Choice:
    return "make" if making < buying else "buy" if buying < making else "either"


def _steps(name: str, cost: FullCost, volume: float) -> list[str]:
    parts = [line for line in cost.lines if line.a_unit]
    shown = " + ".join(f"{line.name} {number(line.a_unit or 0.0)}" for line in parts) or "0"
    fixed = " + ".join(f"{line.name} {number(line.a_year)}" for line in cost.lines if line.a_unit is None)
    return [
        f"cost of {name} a unit = {shown} = {number(cost.a_unit)}",
        f"cost of {name} a year = {fixed} + {number(cost.a_unit)} · {number(volume)} = {number(cost.a_year)}",
    ]


def _assumptions(make: Option, buy: Option) -> list[str]:
    assumed = [
        "only costs that change with the decision are counted, and both options serve the same need",
        f"a year has {number(WEEKS_A_YEAR)} weeks; stock is valued at the price, or at the variable cost if it is made",
    ]
    for name, option in (("making", make), ("buying", buy)):
        blank = [said for part, said in PARTS.items() if getattr(option, part) is None]
        if blank:
            assumed.append(f"not given for {name}, so counted as none: {', '.join(blank)}")
    if make.disruption_chance is not None or buy.disruption_chance is not None:
        assumed.append("a disruption comes at most once a year and costs its whole loss")
    return assumed


def _missing(name: str, option: Option) -> list[str]:
    lacking = []
    if option.disruption_chance is None:
        lacking.append(f"chance of a disruption of {name} in a year")
    if option.disruption_loss is None:
        lacking.append(f"loss if {name} is disrupted (margin at risk of the node)")
    return [f"{one}; the expected loss is left out of the cost of {name}" for one in lacking]
