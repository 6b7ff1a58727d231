"""How much stock there is or would be: the average of balances, stock for a target, cash freed by faster turns."""

from tools.metrics.books import CHOPRA
from tools.metrics.checks import agree, each
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, series
from tools.metrics.vocabulary import AVERAGE_INVENTORY, CARRYING_RATE, COGS, DAYS_IN_PERIOD

FAMILY = "Inventory"
LEVY = "Levy, M. & Weitz, B. A. (2012). Retailing Management, 8th ed., ch. 12."
WEEKS = {"year": 52.0, "quarter": 13.0, "month": 52 / 12, "week": 1.0, "day": 1 / 7}

OPENING = Spoken(
    "opening inventory",
    "money",
    words=("opening inventory", "beginning inventory", "opening stock", "beginning stock", "starting inventory",
           "opening", "beginning", "start of the year", "at the start of the year", "at the start", "begin",
           "stock at the start", "Anfangsbestand", "Eröffnungsbestand",
           "Bestand am Anfang"),
    symbols=("BI",),
)  # fmt: skip
CLOSING = Spoken(
    "closing inventory",
    "money",
    words=("closing inventory", "ending inventory", "closing stock", "ending stock", "end inventory", "closing",
           "ending", "end of the year", "at the end of the year", "at the end", "stock at the end", "Endbestand",
           "Schlussbestand", "Bestand am Ende"),
    symbols=("EI",),
)  # fmt: skip
TURNS = Spoken(
    "inventory turns",
    "turn/period",
    words=("inventory turns", "turns", "inventory turnover", "turnover", "stock turns", "stock turn", "turn rate",
           "turning", "times a year", "turns a year", "turn our stock", "turn the stock", "Umschlagshäufigkeit",
           "Lagerumschlag", "Umschlag"),
    because="at no turns the stock would be infinite",
)  # fmt: skip
DAYS_OF_SUPPLY = Spoken(
    "days of supply",
    "day",
    words=("days of supply", "days of inventory", "days of stock", "days of cover", "days cover", "days on hand",
           "DIO", "DOS", "DOH", "days", "Reichweite", "Lagerreichweite", "Tage Reichweite"),
)  # fmt: skip
WEEKS_OF_SUPPLY = Spoken(
    "weeks of supply",
    "week",
    words=("weeks of supply", "weeks of cover", "weeks cover", "weeks of stock", "weeks of inventory",
           "weeks on hand", "WOS", "WOC", "Wochen Reichweite"),
)  # fmt: skip


def weeks_of(period: str, stated: float | None) -> tuple[float, list[str]]:
    """Return the weeks of the period, as stated or of its name (52 in a year), and what was assumed for that."""
    if stated is not None:
        return stated, []
    weeks = WEEKS.get(period, WEEKS["year"])
    if period in ("week", "day"):
        return weeks, []
    return weeks, ["52 weeks a year"]


def stock_held(average: float | None, opening: float | None, closing: float | None) -> tuple[float, list[str]]:
    """Return the average inventory, as stated or midway between the balances, and the step that shows it.

    Raises:
        Refusal: when the stated average contradicts the balances, or there was no stock at all.
    """
    if opening is None or closing is None:
        return average or 0.0, []
    midway = (opening + closing) / 2
    if average is not None:
        agree("average_inventory", average, midway, "average inventory", "the opening and the closing inventory")
    if midway == 0:
        raise Refusal(
            "closing_inventory", "opening and closing inventory are both 0, so there is no average stock to divide by"
        )
    shown = f"({number(opening)} + {number(closing)}) / 2 = {number(midway)}"
    return midway, [f"average inventory = (opening + closing) / 2 = {shown}"]


class BalanceInputs(Given):
    """Stock at the start and the end, or at several dates."""

    either = (either(("opening_inventory", "closing_inventory"), "balances"),)

    opening_inventory: float | None = quantity(OPENING, default=None, ge=0)
    closing_inventory: float | None = quantity(CLOSING, default=None, ge=0)
    balances: list[float] | None = quantity(
        Spoken(
            "balances",
            "money",
            words=("balances", "month-end balances", "monthly balances", "month-end inventory",
                   "inventory at month end", "balances of", "quarter-end", "quarter-end counts", "stocktakes",
                   "balance", "stock levels", "inventories", "stock values", "counts",
                   "Bestände", "Monatsbestände", "Monatsendbestände"),
        ),
        default=None,
        min_length=2,
        max_length=10_000,
    )  # fmt: skip


@metric(
    id="average_balance",
    name="Average inventory from balances",
    aliases=("average stock", "average of opening and closing inventory", "average of month-end balances",
             "mean inventory balance", "inventory average", "average inventory from balances", "average of balances",
             "average of the balances", "what did we hold on average", "Durchschnittsbestand",
             "durchschnittlicher Lagerbestand"),
    family=FAMILY,
    unit="money",
    formula=r"\bar{I} = \frac{1}{n}\sum_{t=1}^{n} I_t, \qquad \bar{I} = "
    r"\frac{I_{\text{opening}} + I_{\text{closing}}}{2}",
    source=LEVY,
    note="Inventory turnover",
)  # fmt: skip
def average_balance(given: BalanceInputs) -> Outcome:
    """Return the mean of the balances, in money (or in units, if those are given).

    `trapezoid_average` weighs the first and the last balance by half, as when balances part equal spans. Refuses
    negative balances.
    """
    values = given.balances or [given.opening_inventory or 0.0, given.closing_inventory or 0.0]
    each("balances", "every balance", values)
    mean = sum(values) / len(values)
    weighed = (sum(values) - (values[0] + values[-1]) / 2) / (len(values) - 1)
    total = f"({' + '.join(number(value) for value in values)})" if len(values) <= 6 else number(sum(values))
    warnings = []
    if len(values) == 2:
        warnings.append("Two balances miss what happens between them; month-end balances give a truer average.")
    swing = max(values) - min(values)
    if len(values) > 2 and mean and swing > mean:
        warnings.append(
            f"The balances range from {number(min(values))} to {number(max(values))}; an average hides such a swing."
        )
    return Outcome(
        value=mean,
        steps=[f"average inventory = sum of balances / number of balances = {total} / {len(values)} = {number(mean)}"],
        meaning=f"On average {number(mean)} {given.money} lay in stock, over {len(values)} balances "
        f"({series(values, 6)}).",
        also={"trapezoid_average": weighed, "lowest": min(values), "highest": max(values)},
        units={"trapezoid_average": "money", "lowest": "money", "highest": "money"},
        warnings=warnings,
    )


class AverageInventoryInputs(Given):
    """Cost of goods sold, and the turns, days or weeks of supply that the stock has or should have."""

    either = (either("inventory_turns", "days_of_supply", "weeks_of_supply"),)

    cogs: float = quantity(COGS.also("goods that cost us", "had cost us"), ge=0)
    inventory_turns: float | None = quantity(TURNS, default=None, gt=0)
    days_of_supply: float | None = quantity(DAYS_OF_SUPPLY, default=None, ge=0)
    weeks_of_supply: float | None = quantity(WEEKS_OF_SUPPLY, default=None, ge=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


@metric(
    id="average_inventory",
    name="Average inventory from turns or days of supply",
    aliases=("average inventory", "inventory level", "implied inventory", "inventory needed", "target inventory",
             "stock needed", "stock is needed", "how much stock is needed", "how much inventory is needed",
             "inventory in money", "inventory investment", "durchschnittlicher Bestand"),
    family=FAMILY,
    unit="money",
    formula=r"\bar{I} = \frac{\text{COGS}}{\text{turns}} = \text{COGS} \times "
    r"\frac{\text{days of supply}}{\text{days}}",
    source=f"{CHOPRA}, ch. 3.",
    note="Inventory turnover",
    published=(
        Published(
            "MBA course material, operations analytics, assessment question 13 (prints 61 days)",
            {"cogs": 12_000_000.0, "inventory_turns": 6.0},
            {"value": 2_000_000.0, "days_of_supply": 60.8333},
            1e-5,
        ),
        Published(
            "Krajewski, Ritzman & Malhotra, Operations Management, Eagle Machine Company: 10.4 weeks of supply",
            {"cogs": 10_000_000.0, "weeks_of_supply": 10.4},
            {"value": 2_000_000.0},
        ),
    ),
)  # fmt: skip
def average_inventory(given: AverageInventoryInputs) -> Outcome:
    """Return the average inventory at cost that goes with the turns, days or weeks of supply, in money.

    Turns are taken first when several are given, and the others must then agree with them.
    """
    days, assumptions = given.days(given.days_in_period)
    cogs, found, steps = given.cogs, list[float](), list[str]()
    if given.inventory_turns is not None:
        found.append(cogs / given.inventory_turns)
        steps.append(
            f"average inventory = COGS / turns = {number(cogs)} / {number(given.inventory_turns)} = {number(found[0])}"
        )
    if given.days_of_supply is not None:
        found.append(cogs * given.days_of_supply / days)
        worked = f"{number(cogs)} × {number(given.days_of_supply)} / {number(days)} = {number(found[-1])}"
        steps.append(f"average inventory = COGS × days of supply / days = {worked}")
    if given.weeks_of_supply is not None:
        weeks, weekly = weeks_of(given.period, None)
        found.append(cogs * given.weeks_of_supply / weeks)
        worked = f"{number(cogs)} × {number(given.weeks_of_supply)} / {number(weeks)} = {number(found[-1])}"
        steps.append(f"average inventory = COGS × weeks of supply / weeks = {worked}")
        assumptions = weekly if len(found) == 1 else [*assumptions, *weekly]
    for other in found[1:]:
        agree(
            "days_of_supply",
            other,
            found[0],
            "the inventory from days or weeks of supply",
            "the first of turns, days and weeks",
        )
    value = found[0]
    also = {"one_day_of_inventory": cogs / days}
    if cogs and value:
        also |= {"turns": cogs / value, "days_of_supply": value / cogs * days}
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"That ties up {number(value)} {given.money} in stock on average; each day of supply is worth "
        f"{number(cogs / days)} {given.money}.",
        also=dict(also),
        units={"one_day_of_inventory": "money", "turns": "turn/period", "days_of_supply": "day"},
        assumptions=assumptions,
    )


class ReductionInputs(Given):
    """Cost of goods sold, and turns or days of supply now and as aimed at."""

    either = (
        either(
            ("inventory_turns", "target_turns"),
            ("days_of_supply", "target_days"),
            ("average_inventory", "target_turns"),
            ("average_inventory", "target_days"),
        ),
    )

    cogs: float = quantity(COGS, gt=0)
    inventory_turns: float | None = quantity(
        TURNS.also(
            "current turns", "turns now", "turns from", "turns rise from", "turns increase from", "turns go from",
            "inventory turns from", "stock turns from", "from", "Umschlag von", "von",
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    days_of_supply: float | None = quantity(
        DAYS_OF_SUPPLY.also(
            "current days", "days now", "days from", "days of supply from", "inventory days from", "days of stock from",
            "inventory days", "from", "Reichweite von", "von",
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    average_inventory: float | None = quantity(AVERAGE_INVENTORY, default=None, ge=0)
    target_turns: float | None = quantity(
        Spoken(
            "target turns",
            "turn/period",
            words=("target turns", "new turns", "turns to", "raise turns to", "increase turns to", "improve to",
                   "turns of", "get to", "to get to", "reaching", "reach", "turns", "to", "Zielumschlag", "auf"),
            because="at no turns the stock would be infinite",
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    target_days: float | None = quantity(
        Spoken(
            "target days of supply",
            "day",
            words=("target days of supply", "target days", "new days", "days to", "reduce to", "cut to", "down to",
                   "days", "to", "Zielreichweite", "auf"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    carrying_rate: float | None = quantity(CARRYING_RATE, default=None, ge=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


@metric(
    id="inventory_reduction",
    name="Cash freed by faster turns",
    aliases=("cash freed", "inventory reduction", "cash released", "cash is released", "cash would be released",
             "cash would that free", "cash is freed", "cash would be freed", "free up cash", "free cash",
             "money comes free", "money is freed", "capital is released", "working capital is released",
             "capital freed", "inventory saving", "freed cash",
             "stock reduction", "working capital released", "Bestandssenkung", "freigesetztes Kapital"),
    family=FAMILY,
    unit="money",
    formula=r"\Delta I = \text{COGS}\left(\frac{1}{\text{turns}_1} - \frac{1}{\text{turns}_2}\right)",
    source=f"{CHOPRA}, ch. 3.",
    note="Inventory turnover",
)  # fmt: skip
def inventory_reduction(given: ReductionInputs) -> Outcome:
    """Return how much less stock the target needs at the same cost of goods sold, in money.

    It is negative, with a warning, if the target needs more.
    """
    days, counted = given.days(given.days_in_period)
    by_days = given.target_days is not None or (given.average_inventory is None and given.inventory_turns is None)
    if given.average_inventory is not None:
        before, how_before = given.average_inventory, "average inventory"
    elif given.inventory_turns is not None:
        before = given.cogs / given.inventory_turns
        how_before = f"COGS / turns = {number(given.cogs)} / {number(given.inventory_turns)}"
    else:
        before = given.cogs * (given.days_of_supply or 0.0) / days
        how_before = (
            f"COGS × days / days in the period = {number(given.cogs)} × {number(given.days_of_supply or 0)} / "
            f"{number(days)}"
        )
    if given.target_turns is not None:
        after = given.cogs / given.target_turns
        how_after = f"COGS / target turns = {number(given.cogs)} / {number(given.target_turns)}"
    else:
        after = given.cogs * (given.target_days or 0.0) / days
        how_after = (
            f"COGS × days / days in the period = {number(given.cogs)} × {number(given.target_days or 0)} / "
            f"{number(days)}"
        )
    freed = before - after
    steps = [
        f"stock now = {how_before} = {number(before)}",
        f"stock at the target = {how_after} = {number(after)}",
        f"freed = stock now - stock at the target = {number(before)} - {number(after)} = {number(freed)}",
    ]
    also = {"inventory_now": before, "inventory_at_target": after}
    meaning = (
        f"Reaching the target {'frees' if freed >= 0 else 'ties up a further'} {number(abs(freed))} {given.money}, once"
    )
    if given.carrying_rate is not None:
        also["carrying_cost_saved"] = freed * given.carrying_rate
        saved = f"{number(freed)} × {number(given.carrying_rate)} = {number(also['carrying_cost_saved'])}"
        steps.append(f"carrying cost saved = freed × carrying rate = {saved}")
        meaning += (
            f", and {'saves' if freed >= 0 else 'costs'} {number(abs(also['carrying_cost_saved']))} {given.money} "
            f"a {given.period}"
        )
    return Outcome(
        value=freed,
        steps=steps,
        meaning=f"{meaning}.",
        also=dict(also),
        units={"inventory_now": "money", "inventory_at_target": "money", "carrying_cost_saved": "money/period"},
        warnings=["The target needs more stock than there is now."] if freed < 0 else [],
        assumptions=counted if by_days else [],
    )
