"""How much stock there is for what is sold: turnover, days and weeks of supply."""

from tools.metrics.books import CHOPRA
from tools.metrics.families.inventory_cost import STOCK
from tools.metrics.families.inventory_levels import CLOSING, OPENING, TURNS, stock_held, weeks_of
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, Scor, metric
from tools.metrics.result import Chart, Mark, Outcome, Series
from tools.metrics.shown import number, plural
from tools.metrics.vocabulary import AVERAGE_INVENTORY, COGS, DAYS_IN_PERIOD, DEMAND, SALES

FAMILY = "Inventory"
HIGH_TURNS = 60
LONG_COVER = 730

_DEMAND = DEMAND.also(
    "sell", "use", "ship", "move", "consume", "need", "demand of", "at a demand of", "goes through", "going through",
    "a day", "per day", "a week", "per week", "a month", "per month", "pro Tag", "am Tag", "pro Woche", "pro Monat",
    because="without demand the stock lasts for ever",
)  # fmt: skip
_COGS = COGS.also("goods that cost us", "had cost us", because="without sales the stock lasts for ever")


class TurnoverInputs(Given):
    """Cost of goods sold, or sales, over a period, and the average inventory that served it."""

    either = (either("cogs", "sales"), either("average_inventory", ("opening_inventory", "closing_inventory")))

    cogs: float | None = quantity(
        COGS.also("goods that cost us", "goods that cost", "had cost us", "goods sold cost"), default=None, ge=0
    )
    sales: float | None = quantity(SALES, default=None, ge=0)
    average_inventory: float | None = quantity(AVERAGE_INVENTORY, default=None, gt=0)
    opening_inventory: float | None = quantity(OPENING.also("stock in January", "at the beginning",
        "initial stock", "initial inventory", "start stock", "year start", "begining stock",
        "begining inventory", "zu Beginn", "Jahresanfang", "zum Jahresanfang"), default=None, ge=0)  # fmt: skip
    closing_inventory: float | None = quantity(CLOSING.also("final stock", "final inventory", "year end",
        "at year end", "end of year stock", "zum Ende", "Jahresende", "zum Jahresende",
        "am Ende"), default=None, ge=0)  # fmt: skip
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


def _turnover_chart(given: TurnoverInputs, outcome: Outcome) -> Chart:
    flow = given.cogs if given.cogs is not None else given.sales or 0.0
    stock, _ = stock_held(given.average_inventory, given.opening_inventory, given.closing_inventory)
    stocks = [stock * step / 10 for step in range(3, 26)]
    turns = [flow / stock for stock in stocks]
    return Chart(
        kind="line",
        title="Turns at other stock levels",
        x_label=f"average inventory ({given.money})",
        y_label=f"turns a {given.period}",
        series=[Series(name="turns", x=stocks, y=turns)],
        marks=[Mark(x=stock, y=outcome.value, text=f"now: {number(outcome.value)}")],
        summary=f"Turns fall as stock rises: {number(turns[0])} at {number(stocks[0])}, {number(turns[-1])} at "
        f"{number(stocks[-1])}.",
    )


@metric(
    id="inventory_turnover",
    name="Inventory turnover",
    aliases=("inventory turns", "stock turns", "stock turn", "turns", "turnover", "inventory turn rate",
             "stock rotation", "inventory rotation", "how often does the stock turn", "how often did the stock turn",
             "how often do we turn", "Umschlagshäufigkeit", "Lagerumschlag", "Umschlag", "LUH",
             "Lagerumschlagshäufigkeit", "Umschlagshäufigkeit des Lagers", "stock turn ratio", "turnover ratio",
             "Lagerumschlagsrate", "Umschlagsrate"),
    family=FAMILY,
    unit="turn/period",
    formula=r"\text{turns} = \frac{\text{COGS}}{\text{average inventory}}",
    source=f"{CHOPRA}, ch. 3.",
    note="Inventory turnover",
    scor=Scor("AM.2.2", "partial"),
    published=(
        Published(
            "90-day period: cost of goods sold 1,000,000, average inventory 250,000",
            {"cogs": 1_000_000.0, "average_inventory": 250_000.0, "days_in_period": 90.0},
            {"value": 4.0, "days_of_supply": 22.5},
        ),
        Published(
            "Krajewski, Ritzman & Malhotra, Operations Management, Eagle Machine Company",
            {"cogs": 10_000_000.0, "average_inventory": 2_000_000.0},
            {"value": 5.0},
        ),
    ),
    chart=_turnover_chart,
)  # fmt: skip
def inventory_turnover(given: TurnoverInputs) -> Outcome:
    """Return how often the average stock is sold in the period, at cost.

    From sales instead of cost of goods sold the figure is too high by the margin; it is returned with a warning.
    """
    by_sales = given.cogs is None
    flow = (given.sales if by_sales else given.cogs) or 0.0
    name = "sales" if by_sales else "COGS"
    stock, steps = stock_held(given.average_inventory, given.opening_inventory, given.closing_inventory)
    turns = flow / stock
    days_in_period, assumptions = given.days(given.days_in_period)
    days = days_in_period / turns if turns else None
    warnings = []
    if by_sales:
        warnings.append(
            "Sales contain the margin, so this overstates turns; give the cost of goods sold for the usual figure."
        )
    if turns > HIGH_TURNS:
        warnings.append(
            f"{number(turns)} turns is unusually high; check that both numbers are at cost and in one unit."
        )
    steps.append(f"turns = {name} / average inventory = {number(flow)} / {number(stock)} = {number(turns)}")
    if days is not None:
        steps.append(f"days of supply = days / turns = {number(days_in_period)} / {number(turns)} = {number(days)}")
    meaning = f"The average stock is sold and replaced {plural(turns, 'time')} a {given.period}"
    return Outcome(
        value=turns,
        steps=steps,
        meaning=f"{meaning}, about every {plural(days, 'day')}." if days is not None else f"{meaning}: nothing moves.",
        also={"average_inventory": stock, **({"days_of_supply": days} if days is not None else {})},
        units={"average_inventory": "money", "days_of_supply": "day"},
        warnings=warnings,
        assumptions=assumptions,
    )


class SupplyInputs(Given):
    """Stock and the demand that draws on it, in units or in money at cost; or the turns."""

    either = (either(("stock", "demand"), ("average_inventory", "cogs"), "inventory_turns"),)

    stock: float | None = quantity(STOCK.also("units in stock", "pieces in stock", "stock of", "cases on hand",
        "inventory of", "holding", "Stück auf Lager", "Lagerbestand von", "Bestand von",
        "vorrätig"), default=None, ge=0)  # fmt: skip
    demand: float | None = quantity(_DEMAND.also("ship", "we ship", "usage of", "selling", "sold", "goes out",
        "burn", "consumption of", "offtake", "Tagesverbrauch", "Verbrauch pro Tag",
        "Absatz pro Tag"), default=None, gt=0)  # fmt: skip
    average_inventory: float | None = quantity(AVERAGE_INVENTORY, default=None, ge=0)
    cogs: float | None = quantity(_COGS, default=None, gt=0)
    inventory_turns: float | None = quantity(TURNS, default=None, gt=0)


class DaysInputs(SupplyInputs):
    """As for any cover, with the days that the period has."""

    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


class WeeksInputs(SupplyInputs):
    """As for any cover, with the weeks that the period has."""

    weeks_in_period: float | None = quantity(
        Spoken(
            "weeks in the period",
            "week",
            words=("weeks in the period", "weeks a year", "weeks per year", "business weeks", "Wochen pro Jahr"),
        ),
        default=None,
        gt=0,
    )


def _cover(given: SupplyInputs, length: float, unit: str) -> tuple[float, str]:
    """Return how long the stock lasts in days or weeks, of which the period has `length`, and the step."""
    if given.stock is not None and given.demand is not None:
        held, used, words = given.stock, given.demand, "stock / demand"
    elif given.average_inventory is not None and given.cogs is not None:
        held, used, words = given.average_inventory, given.cogs, "average inventory / COGS"
    else:
        held, used, words = 1.0, given.inventory_turns or 1.0, "1 / turns"
    cover = held / used * length
    times = "" if length == 1 else f" × {number(length)}"
    formula = words if length == 1 else f"{words} × {unit} in the {given.period}"
    return cover, f"{unit} of supply = {formula} = {number(held)} / {number(used)}{times} = {number(cover)}"


def _days_chart(given: DaysInputs, outcome: Outcome) -> Chart | None:
    return _run_down(given, outcome.value, "days")


def _weeks_chart(given: WeeksInputs, outcome: Outcome) -> Chart | None:
    return _run_down(given, outcome.value, "weeks")


def _run_down(given: SupplyInputs, cover: float, unit: str) -> Chart | None:
    if given.stock is None or given.demand is None or not cover:
        return None
    return Chart(
        kind="line",
        title="Stock if nothing arrives",
        x_label=unit,
        y_label="units",
        series=[Series(name="stock", x=[0.0, cover], y=[given.stock, 0.0])],
        marks=[Mark(x=cover, y=0.0, text=f"out after {number(cover)} {unit}")],
        summary=f"Stock of {number(given.stock)} runs out after {number(cover)} {unit} if nothing arrives.",
    )


@metric(
    id="days_of_supply",
    name="Days of supply",
    aliases=("days of inventory", "days on hand", "days of stock", "days of cover", "stock cover", "inventory days",
             "days cover", "inventory days of supply", "days supply", "stock days", "how many days will the stock last",
             "how many days will that last", "how long does the stock last", "how long will it last",
             "how long do we last", "wie lange reicht der Bestand", "DOS", "DOH", "DSI", "how long will the stock last",
             "Reichweite", "Lagerreichweite", "Bestandsreichweite"),
    family=FAMILY,
    unit="day",
    formula=r"\text{days of supply} = \frac{\text{stock}}{\text{demand}} \times \text{days} = "
    r"\frac{\text{days}}{\text{turns}}",
    source=f"{CHOPRA}, ch. 3.",
    note="Days of supply",
    published=(
        Published(
            "90-day period: cost of goods sold 1,000,000, average inventory 250,000",
            {"cogs": 1_000_000.0, "average_inventory": 250_000.0, "days_in_period": 90.0},
            {"value": 22.5},
        ),
        Published(
            "MBA course material, operations analytics, assessment question 13 (prints 61 days)",
            {"inventory_turns": 6.0},
            {"value": 60.83},
            1e-4,
        ),
    ),
    chart=_days_chart,
)  # fmt: skip
def days_of_supply(given: DaysInputs) -> Outcome:
    """Return how many days the stock lasts at the given demand, or cost of goods sold, or turns.

    Units are taken first, then money, then turns, when several are given.
    """
    length, assumptions = given.days(given.days_in_period)
    days, step = _cover(given, length, "days")
    also = {"weeks_of_supply": days / 7}
    if days:
        also["turns"] = length / days
    return Outcome(
        value=days,
        steps=[step],
        meaning=f"The stock lasts {plural(days, 'day')} at this rate; compare that with the time until the next "
        "delivery.",
        also=dict(also),
        units={"weeks_of_supply": "week", "turns": "turn/period"},
        warnings=_doubts(days),
        assumptions=[] if given.period == "day" else assumptions,
    )


@metric(
    id="weeks_of_supply",
    name="Weeks of supply",
    aliases=("weeks of cover", "weeks cover", "weeks of stock", "weeks of inventory", "weeks on hand", "WOS", "WOC",
             "forward cover", "weeks supply", "how many weeks will the stock last", "how many weeks of stock",
             "Reichweite in Wochen", "Wochenreichweite"),
    family=FAMILY,
    unit="week",
    formula=r"\text{weeks of supply} = \frac{\text{stock}}{\text{demand}} \times \text{weeks} = "
    r"\frac{\text{weeks}}{\text{turns}}",
    source="Jacobs, F. R. & Chase, R. B. (2014). Operations and Supply Chain Management, 14th ed.",
    note="Days of supply",
    published=(
        Published(
            "Krajewski, Ritzman & Malhotra, Operations Management, Eagle Machine Company (52 weeks)",
            {"average_inventory": 2_000_000.0, "cogs": 10_000_000.0},
            {"value": 10.4},
        ),
        Published(
            "Jacobs & Chase, Operations and Supply Chain Management, Dell: 459 in stock, 40,190 cost of revenue",
            {"average_inventory": 459.0, "cogs": 40_190.0},
            {"value": 0.59},
            0.005,
            absolute=True,
        ),
    ),
    chart=_weeks_chart,
)  # fmt: skip
def weeks_of_supply(given: WeeksInputs) -> Outcome:
    """Return how many weeks the stock lasts at the given demand, or cost of goods sold, or turns; 52 weeks a year."""
    length, assumptions = weeks_of(given.period, given.weeks_in_period)
    weeks, step = _cover(given, length, "weeks")
    also = {"days_of_supply": 7 * weeks}
    if weeks:
        also["turns"] = length / weeks
    return Outcome(
        value=weeks,
        steps=[step],
        meaning=f"The stock lasts {plural(weeks, 'week')} at this rate; compare that with the time until the next "
        "delivery.",
        also=dict(also),
        units={"days_of_supply": "day", "turns": "turn/period"},
        warnings=_doubts(7 * weeks),
        assumptions=assumptions,
    )


def _doubts(days: float) -> list[str]:
    if days <= LONG_COVER:
        return []
    return [f"{number(days)} days is more than two years of supply; check the units and periods of both numbers."]
