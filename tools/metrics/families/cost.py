"""What an item or asset costs over the whole time that it is owned."""

import math

from tools.metrics.amounts import Amount, added
from tools.metrics.checks import each
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.shown import number, percent

FAMILY = "Cost"

PURCHASE = Spoken(
    "purchase cost",
    "money",
    words=("purchase price", "purchase cost", "acquisition cost", "acquisition price", "price", "buying price",
           "costs to buy", "cost to buy", "to buy", "to purchase", "bought for", "buy it for", "investment",
           "capital cost", "capex", "initial cost", "upfront cost", "upfront", "up front", "Anschaffungskosten",
           "Kaufpreis", "Anschaffungspreis"),
    symbols=("A", "P"),
)  # fmt: skip
INSTALLATION = Spoken(
    "installation cost",
    "money",
    words=("installation", "installation cost", "commissioning", "set-up", "setup cost", "delivery and installation",
           "Installation", "Inbetriebnahme", "Aufstellung"),
)  # fmt: skip
TRAINING = Spoken(
    "training cost",
    "money",
    words=("training", "training cost", "staff training", "operator training", "Schulung", "Schulungskosten"),
)
COSTS = Spoken(
    "other costs by name",
    "money",
    words=("other costs", "additional costs", "one-off costs", "one-time costs", "freight", "inspection", "defects",
           "administration", "tooling", "qualification", "weitere Kosten",
           "Nebenkosten", "einmalige Kosten"),
)  # fmt: skip
YEARLY_COST = Spoken(
    "running cost",
    "money/period",
    words=("running cost", "running costs", "operating cost", "operating costs", "yearly cost", "annual cost",
           "cost per year", "opex", "upkeep", "service cost", "costs to run", "cost to run", "to run", "to operate",
           "needs", "needs a year", "laufende Kosten", "Betriebskosten"),
    symbols=("O",),
)  # fmt: skip
MAINTENANCE = Spoken(
    "maintenance cost",
    "money/period",
    words=("maintenance", "maintenance cost", "annual maintenance", "repairs", "servicing", "Wartung", "Wartungskosten",
           "Instandhaltung"),
)  # fmt: skip
ENERGY = Spoken(
    "energy cost",
    "money/period",
    words=("energy", "energy cost", "electricity", "fuel", "power", "fuel cost", "Energie", "Energiekosten", "Strom",
           "Stromkosten"),
)  # fmt: skip
YEARLY_COSTS = Spoken(
    "running costs by name",
    "money/period",
    words=("running costs by name", "yearly costs by name", "annual costs by name", "recurring costs",
           "laufende Kosten nach Art"),
)  # fmt: skip
COST_OF_EACH_YEAR = Spoken(
    "running cost of each year",
    "money",
    words=("cost of each year", "costs by year", "yearly costs", "annual costs", "costs in year 1, 2, 3",
           "cost series", "Kosten je Jahr"),
)  # fmt: skip
LIFE = Spoken(
    "life",
    "period",
    words=("life", "lifetime", "useful life", "service life", "years of use", "used for", "over", "for", "horizon",
           "keep it for", "keep it", "lasts", "Nutzungsdauer", "Lebensdauer", "Laufzeit"),
    symbols=("n", "T"),
)  # fmt: skip
DISCOUNT_RATE = Spoken(
    "discount rate",
    "fraction/period",
    words=("discount rate", "interest rate", "cost of capital", "hurdle rate", "WACC", "interest", "discounted at",
           "at", "Kalkulationszins", "Kapitalkosten", "Zinssatz", "Abzinsungssatz"),
    symbols=("r", "i"),
)  # fmt: skip
END_COST = Spoken(
    "end-of-life cost",
    "money",
    words=("end-of-life cost", "end of life cost", "disposal cost", "disposal", "decommissioning", "scrapping cost",
           "removal", "Entsorgungskosten", "Entsorgung", "Rückbaukosten"),
    symbols=("E",),
)  # fmt: skip
RESALE = Spoken(
    "resale value",
    "money",
    words=("resale value", "residual value", "salvage value", "resells for", "resold for", "sold afterwards for",
           "trade-in value", "scrap value", "worth at the end", "then it is worth", "sell it for", "sold for",
           "resale", "Restwert", "Wiederverkaufswert"),
    symbols=("R",),
)  # fmt: skip
UNITS = Spoken(
    "number of units",
    "item",
    words=("units made", "units produced", "units over its life", "quantity", "number of pieces", "output", "Stückzahl",
           "Menge"),
    symbols=("Q",),
)  # fmt: skip


class OwnershipInputs(Given):
    """Purchase, one-off, running and final costs of something owned for some time."""

    purchase_cost: float = quantity(PURCHASE.also("purchase", "costs", "price tag", "sticker price", "buy",
        "buying", "machine costs", "invest", "investing", "Anschaffung", "Kauf", "Investition",
        "kostet"), ge=0)  # fmt: skip
    installation: float = quantity(INSTALLATION, default=0.0, ge=0)
    training: float = quantity(TRAINING, default=0.0, ge=0)
    costs: dict[str, Amount] | None = quantity(COSTS, default=None, min_length=1, max_length=1000)
    yearly_cost: float | None = quantity(YEARLY_COST.also("energy and maintenance", "maintenance and energy",
        "service and energy", "running", "costs a year", "costs per year", "yearly costs of",
        "annual running cost", "Kosten pro Jahr", "jährliche Kosten", "Unterhalt"), default=None, ge=0)  # fmt: skip
    maintenance: float = quantity(MAINTENANCE, default=0.0, ge=0)
    energy: float = quantity(ENERGY, default=0.0, ge=0)
    yearly_costs: dict[str, Amount] | None = quantity(YEARLY_COSTS, default=None, min_length=1, max_length=1000)
    cost_of_each_year: list[Amount] | None = quantity(COST_OF_EACH_YEAR, default=None, min_length=1, max_length=1000)
    life: float | None = quantity(LIFE.also("over a life of", "in use for", "run it for", "operate it for",
        "used over", "Jahre"), default=None, gt=0, le=10_000)  # fmt: skip
    discount_rate: float | None = quantity(DISCOUNT_RATE, default=None, ge=0, le=10)
    end_of_life_cost: float = quantity(END_COST, default=0.0, ge=0)
    resale_value: float = quantity(RESALE.also("resell it for", "we resell it for", "resell for",
        "sell it afterwards for", "sell for", "sell it at the end for", "resold", "trade in", "sells for",
        "value at the end", "residual", "Wiederverkauf", "Verkaufserlös",
        "Erlös am Ende"), default=0.0, ge=0)  # fmt: skip
    units: float | None = quantity(UNITS, default=None, gt=0)


def _ownership_chart(given: OwnershipInputs, outcome: Outcome) -> Chart:
    del given
    parts = {
        name: value for name, value in outcome.also.items() if name in PARTS and isinstance(value, float) and value
    }
    largest = max(parts, key=lambda name: abs(parts[name]), default="purchase_cost")
    return Chart(
        kind="waterfall",
        title="What ownership costs",
        x_label="part",
        y_label="present value",
        series=[
            Series(
                name="cost",
                x=[*(name.replace("_", " ") for name in parts), "total"],
                y=[*parts.values(), outcome.value],
            )
        ],
        summary=f"The total is {number(outcome.value)}; the largest part is {largest.replace('_', ' ')}.",
    )


_LABELS = {"costs": COSTS.label, "yearly_costs": YEARLY_COSTS.label, "cost_of_each_year": COST_OF_EACH_YEAR.label}
PARTS = ("purchase_cost", "one_off_costs", "running_costs", "end_of_life_cost", "resale_value")


def _annuity(rate: float, life: float) -> float:
    """Return the present value of 1 at the end of each period of the life."""
    return life if rate == 0 else -math.expm1(-life * math.log1p(rate)) / rate


@metric(
    id="total_cost_of_ownership",
    name="Total cost of ownership",
    aliases=("TCO", "life cycle cost", "life-cycle cost", "LCC", "whole life cost", "lifetime cost",
             "cost of ownership", "total ownership cost", "Gesamtbetriebskosten", "Gesamtkosten der Nutzung",
             "Lebenszykluskosten"),
    family=FAMILY,
    unit="money",
    formula=r"\text{TCO} = A + \sum_{t=1}^{n} \frac{O_t}{(1+r)^t} + \frac{E - R}{(1+r)^n}",
    source="Ellram, L. M. (1995). Total cost of ownership: an analysis approach for purchasing. IJPDLM 25(8), 4-23.",
    note="Total cost of ownership",
    period="life",
    chart=_ownership_chart,
    published=(
        Published(
            "Knowledge note on total cost of ownership: supplier A's castings, per unit",
            {
                "purchase_cost": 10.0,
                "costs": {"freight": 0.30, "inspection": 0.05, "defects": 0.20, "inventory": 0.10,
                          "administration": 0.05},
            },
            {"value": 10.70},
        ),
    ),
)  # fmt: skip
def total_cost_of_ownership(given: OwnershipInputs) -> Outcome:
    """Return the cost of buying, using and disposing of something, less what it is sold for, in money.

    One-off costs fall at the start, running costs at the end of each period of the life, and the end-of-life cost and
    the resale value at its end; all are discounted where a rate is given. Refuses running costs without a life.
    """
    for name, amounts in (
        ("costs", given.costs),
        ("yearly_costs", given.yearly_costs),
        ("cost_of_each_year", given.cost_of_each_year),
    ):
        each(name, _LABELS[name], amounts or [])
    one_offs = [cost for cost in (given.installation, given.training, *(given.costs or {}).values()) if cost]
    one_off = sum(one_offs)
    rate = given.discount_rate or 0.0
    steps = [f"purchase = {number(given.purchase_cost)}"]
    if one_offs:
        steps.append(f"one-off costs = {added(one_offs)} = {number(one_off)}")
    life, running, lines = _running(given, rate)
    steps += lines
    last = given.end_of_life_cost - given.resale_value
    if last and rate and life is None:
        raise Refusal(
            "life",
            "the end-of-life cost and the resale value are discounted over the life; give the life, such as 6 years",
        )
    factor = (1 + rate) ** -(life or 0.0)
    end, resale = given.end_of_life_cost * factor, -given.resale_value * factor or 0.0
    if last:
        over = f" / (1 + {number(rate)})^{number(life or 0)}" if rate else ""
        steps.append(
            f"end of life = (disposal - resale){over} = ({number(given.end_of_life_cost)} - "
            f"{number(given.resale_value)}){over} = {number(end + resale)}"
        )
    total = given.purchase_cost + one_off + running + end + resale
    steps.append(
        f"total = purchase + one-off + running + end of life = {number(given.purchase_cost)} + {number(one_off)} + "
        f"{number(running)} + ({number(end + resale)}) = {number(total)}"
    )
    also = dict(zip(PARTS, (given.purchase_cost, one_off, running, end, resale), strict=True))
    units = dict.fromkeys(also, "money")
    if total > 0:
        also["purchase_share"] = given.purchase_cost / total
        units["purchase_share"] = "fraction"
    if life is not None:
        also["cost_per_period"] = total / _annuity(rate, life)
        units["cost_per_period"] = "money/period"
        steps.append(
            f"equivalent cost a {given.period} = total / {number(_annuity(rate, life))} = "
            f"{number(also['cost_per_period'])}"
        )
    if given.units is not None:
        also["cost_per_unit"] = total / given.units
        units["cost_per_unit"] = "money/item"
        steps.append(
            f"cost per unit = total / units = {number(total)} / {number(given.units)} = {number(also['cost_per_unit'])}"
        )
    meaning = f"Owning it costs {number(total)} {given.money}"
    if total > given.purchase_cost > 0:
        meaning += f"; the purchase itself is {percent(given.purchase_cost / total, 3)} of that, the rest comes on top."
    elif given.purchase_cost > 0:
        meaning += f", against a purchase cost of {number(given.purchase_cost)}."
    else:
        meaning += "."
    assumptions = [] if given.discount_rate is not None or life is None else ["later costs are not discounted"]
    if rate and running:
        assumptions.append(f"running costs fall at the end of each {given.period}")
    return Outcome(value=total, steps=steps, meaning=meaning, also={**also}, units=units, assumptions=assumptions)


def _running(given: OwnershipInputs, rate: float) -> tuple[float | None, float, list[str]]:
    """Return the life, the present value of running costs, and the lines that show it."""
    kinds = (given.yearly_cost or 0.0, given.maintenance, given.energy, *(given.yearly_costs or {}).values())
    yearly = [cost for cost in kinds if cost]
    a_year = sum(yearly)
    series = given.cost_of_each_year
    if series is not None and a_year:
        raise Refusal(
            "cost_of_each_year", "running costs are given both as one amount and for each year; give one of them"
        )
    if series is not None:
        if given.life is not None and given.life != len(series):
            reason = f"running costs are given for {len(series)} years, but the life is {number(given.life)}"
            raise Refusal("cost_of_each_year", reason)
        values = [cost / (1 + rate) ** year for year, cost in enumerate(series, 1)]
        return (
            float(len(series)),
            sum(values),
            [f"running costs, present value = {added(values)} = {number(sum(values))}"],
        )
    if not a_year:
        return given.life, 0.0, []
    if given.life is None:
        raise Refusal(
            "life",
            f"running costs of {number(a_year)} need the time that they are paid for; give the life, such as 6 years",
        )
    years = _annuity(rate, given.life)
    words = f"(1 - (1 + {number(rate)})^-{number(given.life)}) / {number(rate)}" if rate else number(given.life)
    running = a_year * years
    return (
        given.life,
        running,
        [
            *([f"yearly cost = {added(yearly)} = {number(a_year)}"] if len(yearly) > 1 else []),
            f"running costs, present value = yearly cost · {words} = {number(a_year)} · {number(years)} = "
            f"{number(running)}",
        ],
    )
