"""The volume from which sales cover all cost."""

import math

from tools.metrics.amounts import priced
from tools.metrics.books import HEIZER
from tools.metrics.checks import agree
from tools.metrics.families.cost import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent


class BreakEvenInputs(Given):
    """Fixed cost, and price and variable cost of a unit, or the contribution of a unit; and the volume planned."""

    either = (either(("price", "variable_cost"), "contribution"),)

    fixed_cost: float = quantity(
        Spoken(
            "fixed cost",
            "money/period",
            words=("fixed cost", "fixed costs", "fixed", "overhead", "overheads", "investment", "rent", "invest",
                   "fixed expenses", "set-up cost", "upfront cost", "Fixkosten", "fixe Kosten", "Investition"),
            symbols=("F", "FC"),
        ),
        ge=0,
    )  # fmt: skip
    price: float | None = quantity(
        Spoken(
            "selling price",
            "money/item",
            words=("selling price", "price", "sales price", "sell for", "sells for", "sell at", "sells at", "sold at",
                   "sold for", "we charge", "charge", "revenue per unit", "unit price", "price per unit", "fee",
                   "Verkaufspreis", "Preis", "verkaufen für"),
            symbols=("p", "P"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    variable_cost: float | None = quantity(
        Spoken(
            "variable cost",
            "money/item",
            words=("variable cost", "variable costs", "variable", "variable cost per unit", "unit cost", "costs us",
                   "cost per unit", "costs to make", "variable unit cost", "cost each", "material and labour",
                   "variable Kosten", "variable Stückkosten", "Stückkosten"),
            symbols=("v", "VC"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    contribution: float | None = quantity(
        Spoken(
            "contribution per unit",
            "money/item",
            words=("contribution per unit", "contribution margin", "contribution", "unit contribution",
                   "margin per unit",
                   "saving per unit", "saves", "contributes", "unit margin", "profit per unit", "Deckungsbeitrag",
                   "Stückdeckungsbeitrag", "Deckungsbeitrag je Stück"),
            symbols=("db", "cm"),
            because="a unit must bring something towards the fixed cost",
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    planned_volume: float | None = quantity(
        Spoken(
            "planned volume",
            "item/period",
            words=("planned volume", "expected volume", "planned sales", "expected sales", "we expect to sell",
                   "we plan to sell", "forecast sales", "current volume", "plan to sell", "expect to sell",
                   "geplante Menge", "geplanter Absatz"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="break_even_volume",
    name="Break-even volume",
    aliases=("break-even point", "break even point", "breakeven point", "break-even", "break even", "breakeven",
             "break-even volume", "break-even quantity", "break-even units", "breakeven volume", "break even volume",
             "contribution margin break-even", "units to break even", "break-even sales volume",
             "how many to break even",
             "volume to cover fixed costs", "cost-volume-profit", "BEP", "Break-even-Punkt", "Gewinnschwelle",
             "Break-even-Menge", "Gewinnschwellenmenge", "Deckungspunkt"),
    family=FAMILY,
    unit="item/period",
    formula=r"Q_{BE} = \frac{F}{p - v}",
    source=f"{HEIZER}, supplement 7.",
    note="Make versus buy",
    published=(
        Published(
            "ProReckoner, break-even calculator: fixed 5,000, price 80, variable cost 30, 100 units a month",
            {"fixed_cost": 5_000.0, "price": 80.0, "variable_cost": 30.0},
            {"value": 100.0, "contribution": 50.0},
        ),
        Published(
            "ProReckoner, break-even calculator: 4,300 over a contribution of 28 - 12, 268.75, so 269 units",
            {"fixed_cost": 4_300.0, "price": 28.0, "variable_cost": 12.0},
            {"value": 268.75, "whole_units": 269.0},
        ),
    ),
)  # fmt: skip
def break_even_volume(given: BreakEvenInputs) -> Outcome:
    """Return the units whose contribution (price less variable cost) covers the fixed cost.

    Refuses a price that does not exceed the variable cost: no volume breaks even.
    """
    steps = []
    margin = given.contribution
    if given.price is not None and given.variable_cost is not None:
        made = given.price - given.variable_cost
        if made <= 0:
            reason = (
                f"the price of {priced(given.price)} does not exceed the variable cost of "
                f"{priced(given.variable_cost)}, so no volume breaks even; raise the price, lower the "
                f"cost, or check whether the two are swapped"
            )
            raise Refusal("price", reason)
        steps.append(
            f"contribution = price - variable cost = {priced(given.price)} - {priced(given.variable_cost)} = "
            f"{priced(made)}"
        )
        if margin is not None:
            agree("contribution", margin, made, "contribution per unit", "price less variable cost")
        margin = made
    unit_margin = margin or 1.0
    value = given.fixed_cost / unit_margin
    steps.append(
        f"break-even volume = fixed cost / contribution = {number(given.fixed_cost)} / {priced(unit_margin)} = "
        f"{number(value)}"
    )
    whole = float(math.ceil(value - 1e-9))
    also: dict[str, Value] = {"contribution": unit_margin, "whole_units": whole}
    units = {"contribution": "money/item", "whole_units": "item/period"}
    meaning = f"From {number(whole)} units the fixed cost of {number(given.fixed_cost)} {given.money} is covered; each "
    meaning += f"further unit earns {priced(unit_margin)} {given.money}."
    warnings = []
    if given.price is not None:
        also |= {"revenue": value * given.price, "contribution_ratio": unit_margin / given.price}
        units |= {"revenue": "money/period", "contribution_ratio": "fraction"}
    if given.planned_volume is not None:
        profit = given.planned_volume * unit_margin - given.fixed_cost
        safety = 1 - value / given.planned_volume
        also |= {"profit": profit, "margin_of_safety": safety}
        units |= {"profit": "money/period", "margin_of_safety": "fraction"}
        steps.append(
            f"profit at {number(given.planned_volume)} = {number(given.planned_volume)} × {priced(unit_margin)} - "
            f"{number(given.fixed_cost)} = {number(profit)}"
        )
        if profit < 0:
            warnings.append(f"The planned volume is {percent(-safety)} of itself below break-even: it makes a loss.")
    return Outcome(
        value=value,
        steps=steps,
        meaning=meaning,
        also=also,
        units=units,
        warnings=warnings,
        assumptions=["price and variable cost are the same at any volume, and the fixed cost stays fixed"],
    )
