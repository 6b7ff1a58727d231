"""Stock by what causes it: cycle stock from lots, pipeline stock from transit."""

from tools.metrics.books import SILVER
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.shown import number, plural
from tools.metrics.vocabulary import CARRYING_RATE, DEMAND, LEAD_TIME, ORDER_QUANTITY, UNIT_COST

FAMILY = "Inventory"
UNITS = {"time_in_stock": "period", "value_tied_up": "money", "carrying_cost": "money/period"}


def _tied_up(stock: float, unit_cost: float | None, rate: float | None) -> tuple[dict[str, float], list[str]]:
    """Return the value of a stock and its carrying cost, as far as a unit cost and a rate are given, and the steps."""
    if unit_cost is None:
        return {}, []
    value = stock * unit_cost
    steps = [f"value = stock × unit cost = {number(stock)} × {number(unit_cost)} = {number(value)}"]
    if rate is None:
        return {"value_tied_up": value}, steps
    steps.append(f"carrying cost = value × carrying rate = {number(value)} × {number(rate)} = {number(value * rate)}")
    return {"value_tied_up": value, "carrying_cost": value * rate}, steps


class CycleInputs(Given):
    """The lot, and the demand that draws it down."""

    order_quantity: float = quantity(
        ORDER_QUANTITY.also(
            "order size", "at a time", "order is for", "each order", "every order", "buys in lots of", "in lots of",
            "deliveries of", "batches of",
        ),
        ge=0,
    )  # fmt: skip
    demand: float | None = quantity(DEMAND.also("sell", "use", "ship", "consume"), default=None, gt=0)
    production_rate: float | None = quantity(
        Spoken(
            "production rate",
            "item/period",
            words=("production rate", "we make", "we produce", "produce", "make", "output rate", "capacity",
                   "manufacture",
                   "Produktionsrate", "Fertigungsrate"),
            symbols=("p", "P"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    unit_cost: float | None = quantity(UNIT_COST, default=None, ge=0)
    carrying_rate: float | None = quantity(CARRYING_RATE, default=None, ge=0)


def _saw_tooth(given: CycleInputs, outcome: Outcome) -> Chart | None:
    if given.demand is None or not given.order_quantity or given.production_rate is not None:
        return None
    cycle = given.order_quantity / given.demand
    times = [place * cycle for lot in range(3) for place in (lot, lot + 1)]
    return Chart(
        kind="line",
        title="Stock over three lots",
        x_label=f"{given.period}s",
        y_label="units",
        series=[
            Series(name="stock", x=times, y=[given.order_quantity, 0.0] * 3),
            Series(name="average", x=[0.0, 3 * cycle], y=[outcome.value, outcome.value], style="dashed"),
        ],
        summary=f"Stock falls from {number(given.order_quantity)} to 0 in every cycle, {number(outcome.value)} on "
        "average.",
    )


@metric(
    id="cycle_stock",
    name="Cycle stock",
    aliases=("cycle inventory", "lot size stock", "average cycle stock", "working stock", "half the lot",
             "Losgrößenbestand", "Zyklusbestand"),
    family=FAMILY,
    unit="item",
    formula=r"\bar{I}_{\text{cycle}} = \frac{Q}{2}\left(1 - \frac{d}{p}\right)",
    source=SILVER,
    note="Cycle stock",
    published=(
        Published(
            "Chopra & Meindl, Supply Chain Management, ch. 11: lots of 1,000 jeans, 100 sold a day",
            {"order_quantity": 1000.0, "demand": 100.0},
            {"value": 500.0, "time_in_stock": 5.0},
        ),
    ),
    chart=_saw_tooth,
)  # fmt: skip
def cycle_stock(given: CycleInputs) -> Outcome:
    """Return the average stock that comes from lots, in units: half the lot, less if it is made while it is used.

    Refuses a production rate without demand, or one below it.
    """
    value, formula, worked = given.order_quantity / 2, "lot / 2", f"{number(given.order_quantity)} / 2"
    if given.production_rate is not None:
        if given.demand is None:
            raise Refusal(
                "demand", "with a production rate the demand is needed too: part of the lot leaves while it is made"
            )
        if given.demand > given.production_rate:
            shown = f"demand {number(given.demand)} is above the production rate {number(given.production_rate)}"
            raise Refusal("production_rate", f"{shown}, so no stock would ever build up")
        value *= 1 - given.demand / given.production_rate
        formula += " × (1 - demand / production rate)"
        worked += f" × (1 - {number(given.demand)} / {number(given.production_rate)})"
    steps = [f"cycle stock = {formula} = {worked} = {number(value)}"]
    also: dict[str, float] = {}
    meaning = f"Lots of this size keep {plural(value, 'unit')} in stock on average"
    if given.demand is not None:
        also["time_in_stock"] = value / given.demand
        steps.append(
            f"time in stock = cycle stock / demand = {number(value)} / {number(given.demand)} = "
            f"{number(value / given.demand)}"
        )
        meaning += f", {plural(also['time_in_stock'], given.period)} of demand"
    tied_up, worked_out = _tied_up(value, given.unit_cost, given.carrying_rate)
    if tied_up:
        meaning += f", and tie up {number(tied_up['value_tied_up'])} {given.money}"
    return Outcome(
        value=value,
        steps=[*steps, *worked_out],
        meaning=f"{meaning}; halving the lot halves it.",
        also={**also, **tied_up},
        units=UNITS,
    )


class PipelineInputs(Given):
    """The flow, and the time that it takes to get through."""

    demand: float = quantity(
        DEMAND.also(
            "flow", "shipped", "ship", "we ship", "import", "we import", "throughput", "send", "sell", "use",
            "a day", "per day", "a week", "per week", "a month", "per month", "pro Tag", "pro Woche",
        ),
        ge=0,
    )  # fmt: skip
    transit_time: float = quantity(
        LEAD_TIME.also("transit time", "in transit", "transit", "on the water", "on the road", "shipping time",
                       "voyage", "voyage takes", "ship takes", "truck takes", "transport takes", "takes",
                       "travel time", "journey",
                       "door to door", "Transportzeit", "Transitzeit", "sails", "sailing time",
                       "weeks in transit", "days in transit", "transit of", "at sea", "on the sea", "underway",
                       "Seereise", "unterwegs", "Laufzeit",
                       label="transit time", symbols=("T", "L", "LT")),
        ge=0,
    )  # fmt: skip
    unit_cost: float | None = quantity(UNIT_COST, default=None, ge=0)
    carrying_rate: float | None = quantity(CARRYING_RATE, default=None, ge=0)


@metric(
    id="pipeline_inventory",
    name="Pipeline inventory",
    aliases=("pipeline stock", "in-transit inventory", "inventory in transit", "stock in transit", "goods in transit",
             "in transit stock", "on-order inventory", "Transitbestand", "Unterwegsbestand"),
    family=FAMILY,
    unit="item",
    formula=r"I_{\text{pipe}} = d \times T",
    source=SILVER,
    note="Pipeline inventory",
)  # fmt: skip
def pipeline_inventory(given: PipelineInputs) -> Outcome:
    """Return the average stock under way, in units, and its value and carrying cost with a unit cost and a rate.

    The transit time is in the period of demand.
    """
    value = given.demand * given.transit_time
    shown = f"{number(given.demand)} × {number(given.transit_time)} = {number(value)}"
    steps = [f"pipeline inventory = demand × transit time = {shown}"]
    tied_up, worked = _tied_up(value, given.unit_cost, given.carrying_rate)
    meaning = f"On average {plural(value, 'unit')} are under way, whatever the lot size"
    if tied_up:
        meaning += f", worth {number(tied_up['value_tied_up'])} {given.money}"
    if "carrying_cost" in tied_up:
        meaning += f", at {number(tied_up['carrying_cost'])} {given.money} a {given.period}"
    return Outcome(
        value=value,
        steps=[*steps, *worked],
        meaning=f"{meaning}; only a shorter transit reduces that.",
        also={**tied_up},
        units=UNITS,
    )
