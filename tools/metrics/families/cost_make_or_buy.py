"""From which volume making an item is cheaper than buying it."""

from tools.metrics.families.cost import FAMILY
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series
from tools.metrics.shown import number
from tools.metrics.vocabulary import DEMAND

EXERCISE = {"fixed_cost": 25_000.0, "variable_cost": 8.0, "buy_price": 12.0, "buy_fixed_cost": 3_000.0}

FIXED_MAKE = Spoken(
    "fixed cost of making",
    "money/period",
    words=("fixed cost of making", "fixed cost to make", "fixed costs", "fixed cost", "added fixed cost",
           "setup investment", "in-house fixed cost", "tooling", "machine cost", "investment", "annual fixed cost",
           "fixed", "equipment cost", "equipment", "machine",
           "Fixkosten", "fixe Kosten", "Fixkosten der Eigenfertigung"),
    symbols=("F", "FC"),
)  # fmt: skip
MAKE_COST = Spoken(
    "variable cost of making a unit",
    "money/item",
    words=("variable cost of making", "variable cost to make", "variable cost", "variable cost per unit",
           "make cost", "cost to make", "make for", "make it for", "produce for", "in-house cost per unit",
           "own cost per unit", "we can make it at", "we can make it for", "making costs", "to make",
           "making it costs", "make each for", "make one for", "production cost", "in-house cost", "in-house",
           "variable Kosten", "variable Stückkosten", "Herstellkosten"),
    symbols=("v", "VC", "c_m"),
)  # fmt: skip
BUY_PRICE = Spoken(
    "price of buying a unit",
    "money/item",
    words=("buy price", "buying price", "purchase price", "supplier price", "supplier's price", "price", "buy for",
           "buy it for", "buy at", "buy it at", "buying at", "buying it at", "supplier quotes", "quoted at",
           "quote", "cost to buy", "buying costs", "to buy", "buying it costs", "outsourced cost", "outsource for",
           "outsourcing at", "outsourcing costs", "supplier charges", "supplier asks", "landed price", "Kaufpreis",
           "Einkaufspreis", "Fremdbezugspreis", "Bezugspreis"),
    symbols=("p", "P", "c_b"),
)  # fmt: skip
FIXED_BUY = Spoken(
    "fixed cost of buying",
    "money/period",
    words=("fixed cost of buying", "fixed cost to buy", "buy option fixed cost", "supplier management cost",
           "qualification cost", "expected outage cost", "fixed purchasing cost", "Fixkosten des Fremdbezugs"),
)  # fmt: skip


class MakeOrBuyInputs(Given):
    """Fixed and unit costs of making and of buying the same item."""

    fixed_cost: float = quantity(FIXED_MAKE.also("fixed in-house cost", "machine cost", "own machine",
        "line cost", "per year fixed", "cost of the machine", "Fixkosten pro Jahr", "Maschine",
        "Investition"), ge=0)  # fmt: skip
    variable_cost: float = quantity(MAKE_COST.also("make", "making", "produce", "we make at",
        "own variable cost", "variable", "in house", "inhouse", "per unit in-house", "self-made",
        "own production", "Eigenfertigung", "selbst herstellen", "selbst fertigen", "Eigenherstellung",
        "variabel"), ge=0)  # fmt: skip
    buy_price: float = quantity(BUY_PRICE.also("buy", "buying", "purchase", "purchasing", "outsourced",
        "outsourcing", "outside price", "external price", "bought", "outsource", "vendor price", "supplier",
        "external", "Fremdbezug", "zukaufen", "Zukauf", "kaufen", "extern"), gt=0)  # fmt: skip
    buy_fixed_cost: float = quantity(FIXED_BUY, default=0.0, ge=0)
    volume: float | None = quantity(DEMAND.also("volume", "annual volume", label="volume"), default=None, ge=0)


def _make_or_buy_chart(given: MakeOrBuyInputs, outcome: Outcome) -> Chart:
    far = 2 * max(outcome.value, given.volume or 0.0)
    volumes = [far * step / 20 for step in range(21)]
    return Chart(
        kind="line",
        title="Making against buying",
        x_label=f"units a {given.period}",
        y_label=f"{given.money} a {given.period}",
        series=[
            Series(name="make", x=volumes, y=[given.fixed_cost + given.variable_cost * volume for volume in volumes]),
            Series(
                name="buy",
                x=volumes,
                y=[given.buy_fixed_cost + given.buy_price * volume for volume in volumes],
                style="dashed",
            ),
        ],
        marks=[
            Mark(
                x=outcome.value,
                y=given.fixed_cost + given.variable_cost * outcome.value,
                text=f"same cost at {number(outcome.value)}",
            )
        ],
        summary=f"The lines of making and buying cross at {number(outcome.value)} units a {given.period}.",
    )


@metric(
    id="make_or_buy_break_even",
    name="Make-or-buy break-even volume",
    aliases=("make or buy", "make-or-buy", "make or buy break-even", "make vs buy", "make versus buy",
             "break-even volume", "break even quantity", "breakeven volume", "indifference volume",
             "point of indifference", "volume from which making pays", "make or buy decision", "making pays",
             "making is cheaper than buying", "Break-even-Menge", "kritische Menge",
             "Eigenfertigung oder Fremdbezug", "Make-or-Buy-Grenzmenge", "break-even quantity", "break even volume"),
    family=FAMILY,
    unit="item/period",
    formula=r"Q^{*} = \frac{F_{\text{make}} - F_{\text{buy}}}{p - v}",
    source=("Monczka, R. M., Handfield, R. B., Giunipero, L. C. & Patterson, J. L. Purchasing and Supply Chain "
        "Management. Cengage, chapter on make or buy."),
    note="Make versus buy",
    chart=_make_or_buy_chart,
    published=(
        Published(
            "Operations management exercise: fixed 25,000 and 8 a unit to make, 3,000 and 12 to buy: 5,500 units, "
            "buying saves 4,000 at 4,500",
            {**EXERCISE, "volume": 4_500.0},
            {"value": 5_500.0, "make_cost": 61_000.0, "buy_cost": 57_000.0, "saving": 4_000.0, "cheaper": "buy"},
        ),
        Published(
            "The same exercise at 6,000 units: making saves 2,000",
            {**EXERCISE, "volume": 6_000.0},
            {"make_cost": 73_000.0, "buy_cost": 75_000.0, "saving": 2_000.0, "cheaper": "make"},
        ),
        Published(
            "Lembke, Operations Management slides, break-even analysis: buy at 200, or a lathe for 80,000 and 75 "
            "each: 640 units",
            {"fixed_cost": 80_000.0, "variable_cost": 75.0, "buy_price": 200.0},
            {"value": 640.0},
        ),
    ),
)  # fmt: skip
def make_or_buy_break_even(given: MakeOrBuyInputs) -> Outcome:
    """Return the volume at which making and buying cost the same, in units a period.

    Refuses costs under which one of the two is cheaper at every volume, and says which.
    """
    fixed, saved = given.fixed_cost - given.buy_fixed_cost, given.buy_price - given.variable_cost
    if saved == 0 or fixed / saved < 0 or (fixed == 0 and saved < 0):
        cheaper, other = ("buying", "making") if saved < 0 or (saved == 0 and fixed > 0) else ("making", "buying")
        if saved == 0 and fixed == 0:
            raise Refusal("buy_price", "making and buying cost the same at every volume, so there is no break-even")
        name = "buy_price" if saved <= 0 else "fixed_cost"
        reason = (
            f"{cheaper} is cheaper than {other} at every volume: a unit costs {number(given.variable_cost)} to make "
            f"and {number(given.buy_price)} to buy, with fixed costs of {number(given.fixed_cost)} and "
            f"{number(given.buy_fixed_cost)}"
        )
        raise Refusal(name, reason)
    volume = fixed / saved
    above = "making" if saved > 0 else "buying"
    below = "buying" if saved > 0 else "making"
    steps = [
        f"break-even = (fixed cost of making - fixed cost of buying) / (buy price - variable cost) = "
        f"({number(given.fixed_cost)} - {number(given.buy_fixed_cost)}) / ({number(given.buy_price)} - "
        f"{number(given.variable_cost)}) = {number(volume)}"
    ]
    also: dict[str, float | str] = {"cost_at_break_even": given.fixed_cost + given.variable_cost * volume}
    units = {"cost_at_break_even": "money/period"}
    meaning = (
        f"Above {number(volume)} units a {given.period} {above} is cheaper, below it {below}"
        if volume
        else f"{above.capitalize()} is cheaper from the first unit on"
    )
    if given.volume is not None:
        make = given.fixed_cost + given.variable_cost * given.volume
        buy = given.buy_fixed_cost + given.buy_price * given.volume
        cheaper = "make" if make < buy else "buy" if buy < make else "either"
        also |= {"make_cost": make, "buy_cost": buy, "saving": abs(make - buy), "cheaper": cheaper}
        units |= dict.fromkeys(("make_cost", "buy_cost", "saving"), "money/period")
        steps += [
            f"cost of making = fixed + variable cost · volume = {number(given.fixed_cost)} + "
            f"{number(given.variable_cost)} · {number(given.volume)} = {number(make)}",
            f"cost of buying = fixed + price · volume = {number(given.buy_fixed_cost)} + {number(given.buy_price)} · "
            f"{number(given.volume)} = {number(buy)}",
        ]
        doing = {"make": "making saves", "buy": "buying saves"}.get(cheaper)
        meaning += (
            f"; at {number(given.volume)} units {doing} {number(abs(make - buy))} {given.money} a {given.period}."
            if doing
            else f"; at {number(given.volume)} units both cost the same."
        )
    else:
        meaning += "."
    return Outcome(
        value=volume,
        steps=steps,
        meaning=meaning,
        also={**also},
        units=units,
        assumptions=["only costs that change with the decision are counted, and both options are equally good"],
    )
