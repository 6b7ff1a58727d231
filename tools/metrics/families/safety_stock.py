"""Stock held against uncertain demand and lead time, for a service level or by the longest and largest seen."""

from typing import ClassVar

from tools.metrics.books import CHOPRA
from tools.metrics.families.lead_time_demand import FAMILY, SIGMA_NEEDED, WANTED, ServiceGiven, exposure, z_wanted
from tools.metrics.given import Either, Given, Spoken, quantity
from tools.metrics.loss import below, z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import CARRYING_RATE, DEMAND, HOLDING_COST, LEAD_TIME, REVIEW_PERIOD, UNIT_COST

LEVELS = (
    0.5,
    0.6,
    0.7,
    0.75,
    0.8,
    0.85,
    0.9,
    0.92,
    0.94,
    0.95,
    0.96,
    0.97,
    0.98,
    0.985,
    0.99,
    0.993,
    0.995,
    0.997,
    0.999,
)


class SafetyStockInputs(ServiceGiven):
    """Demand and lead time with their deviations, the service wanted, and what holding a unit costs."""

    either: ClassVar[tuple[Either, ...]] = (SIGMA_NEEDED, WANTED)

    review_period: float | None = quantity(REVIEW_PERIOD, default=None, ge=0)
    holding_cost: float | None = quantity(HOLDING_COST.also(because=""), default=None, ge=0)
    unit_cost: float | None = quantity(UNIT_COST, default=None, ge=0)
    carrying_rate: float | None = quantity(CARRYING_RATE, default=None, ge=0)


def cost_of_holding(given: SafetyStockInputs) -> float | None:
    """Return what a unit costs to hold for a period, or None if that is not known."""
    if given.holding_cost is not None:
        return given.holding_cost
    if given.unit_cost is not None and given.carrying_rate is not None:
        return given.unit_cost * given.carrying_rate
    return None


def service_chart(sigma: float, level: float, stock: float, title: str, plus: float = 0.0) -> Chart:
    """Draw the stock that each service level takes, with the one chosen marked."""
    stocks = [plus + z_of(one) * sigma for one in LEVELS]
    return Chart(
        kind="line",
        title=title,
        x_label="cycle service level (%)",
        y_label="stock (units)",
        series=[Series(name="stock", x=[100 * one for one in LEVELS], y=stocks)],
        marks=[Mark(x=100 * level, y=stock, text=f"{percent(level)}: {number(stock)}")],
        summary=f"Stock rises ever faster with the service level: {number(plus + z_of(0.9) * sigma)} at 90 %, "
        f"{number(plus + z_of(0.95) * sigma)} at 95 %, {number(plus + z_of(0.99) * sigma)} at 99 %.",
    )


def _chart(given: SafetyStockInputs, outcome: Outcome) -> Chart:
    sigma = exposure(given, given.review_period or 0.0).spread
    z, _, _ = z_wanted(given)
    return service_chart(sigma, below(z), outcome.value, "Safety stock by service level")


@metric(
    id="safety_stock",
    name="Safety stock",
    aliases=("safety stock", "buffer stock", "reserve stock", "safety inventory", "how much reserve",
             "how much buffer", "SS", "Sicherheitsbestand",
             "Mindestbestand", "Pufferbestand",
             "eiserner Bestand", "eiserne Reserve"),
    family=FAMILY,
    unit="item",
    formula=r"SS = z\,\sigma_L, \qquad \sigma_L = \sqrt{L\,\sigma_d^2 + d^2\,\sigma_{LT}^2}",
    source=f"{CHOPRA}, ch. 12.",
    note="Safety stock",
    chart=_chart,
    published=(
        Published(
            "Chopra & Meindl (2016), ch. 12: weekly demand 2,500, deviation 500, two weeks, 90 % service",
            {"demand_mean": 2500.0, "demand_sd": 500.0, "lead_time": 2.0, "service_level": 0.9},
            {"value": 906.0},
            within=0.5,
            absolute=True,
        ),
        Published(
            "Chopra & Meindl (2016), ch. 12, Dell: lead time of seven days with a standard deviation of seven",
            {"demand_mean": 2500.0, "demand_sd": 500.0, "lead_time": 7.0, "lead_time_sd": 7.0, "service_level": 0.9},
            {"value": 22491.0},
            within=0.5,
            absolute=True,
        ),
        Published(
            "formulab test suite, lead time that does not vary",
            {"demand_mean": 100.0, "demand_sd": 20.0, "lead_time": 5.0, "lead_time_sd": 0.0, "service_level": 0.95},
            {"value": 73.56},
            within=0.01,
            absolute=True,
        ),
        Published(
            "Reorder-point exercise 1 (monitors, 90 % service)",
            {"demand_mean": 2.5, "demand_sd": 1.2, "lead_time": 25.0, "lead_time_sd": 0.0, "service_level": 0.9},
            {"value": 7.69, "reorder_point": 70.19},
            within=0.01,
            absolute=True,
        ),
        Published(
            "supplychainpy documentation: past demand, population standard deviation, z = 0.28",
            {"demand_history": [75.0] * 6 + [25.0] * 6, "spread": "population", "lead_time": 3.0, "z": 0.28},
            {"value": 12.124356, "reorder_point": 162.124356, "demand_sd": 25.0, "demand_mean": 50.0},
        ),
    ),
)  # fmt: skip
def safety_stock(given: SafetyStockInputs) -> Outcome:
    """Return the safety stock, in units, for a cycle service level, with normal demand over the lead time.

    The lead time may vary (its standard deviation then needs the average demand), a review period lengthens the time
    to cover. Service level and z that disagree, and deviations given twice, are refused.
    """
    known = exposure(given, given.review_period or 0.0)
    z, z_steps, z_warnings = z_wanted(given)
    sigma = known.spread
    stock = z * sigma
    steps = [*known.steps, *z_steps, f"safety stock = z × σ = {number(z)} × {number(sigma)} = {number(stock)}"]
    level = below(z)
    also: dict[str, Value] = {"z": z, "cycle_service_level": level, "lead_time_demand_sd": sigma}
    if given.demand_history is not None and known.rate is not None and known.time:
        also |= {"demand_mean": known.rate, "demand_sd": _history_sd(given)}
    if known.mean is not None:
        also |= {"lead_time_demand_mean": known.mean, "reorder_point": known.mean + stock}
        name = "reorder point" if not given.review_period else "order-up-to level"
        if given.review_period:
            also["order_up_to_level"] = also.pop("reorder_point")
        steps.append(
            f"{name} = average demand + safety stock = {number(known.mean)} + {number(stock)} = "
            f"{number(known.mean + stock)}"
        )
    meaning = (
        f"Hold {number(stock)} units on top of average demand: then {percent(level)} of replenishment cycles "
        "end without a stockout"
    )
    meaning += f", and {percent(1 - level, 3)} run short."
    if known.rate:
        also["periods_of_cover"] = stock / known.rate
    holding = cost_of_holding(given)
    if holding is not None:
        also["safety_stock_cost"] = stock * holding
        steps.append(
            f"cost = safety stock × holding cost = {number(stock)} × {number(holding)} = {number(stock * holding)}"
        )
        meaning += f" Holding it costs {number(stock * holding)} {given.money} a {given.period}."
    if given.unit_cost is not None:
        also["safety_stock_value"] = stock * given.unit_cost
    items = ("lead_time_demand_sd", "lead_time_demand_mean", "reorder_point", "order_up_to_level")
    units = dict.fromkeys(items, "item") | {
        "cycle_service_level": "fraction",
        "periods_of_cover": "period",
        "safety_stock_cost": "money/period",
        "safety_stock_value": "money",
        "demand_mean": "item/period",
        "demand_sd": "item/period**0.5",
    }
    return Outcome(
        value=stock,
        steps=steps,
        meaning=meaning,
        also=also,
        units={name: unit for name, unit in units.items() if name in also},
        warnings=[*known.warnings, *z_warnings],
        assumptions=["demand over the lead time is normally distributed", *known.assumptions],
    )


def _history_sd(given: ServiceGiven) -> float:
    import statistics

    history = given.demand_history or []
    return statistics.pstdev(history) if given.spread == "population" else statistics.stdev(history)


class MaxAverageInputs(Given):
    """Largest and average demand and lead time."""

    demand_max: float = quantity(
        Spoken(
            "largest demand",
            "item/period",
            words=("maximum demand", "maximum daily usage", "maximum daily demand", "max daily", "max demand",
                   "peak demand", "highest demand", "up to", "as many as", "busiest day", "peak", "max daily usage",
                   "max daily demand",
                   "maximum usage", "maximum sales", "max usage", "maximaler Bedarf", "Höchstbedarf",
                   "maximaler Tagesbedarf", "maximum daily use", "max daily use", "max daily sales",
                   "maximum daily sales", "peak usage", "peak sales", "peak daily demand", "highest sales",
                   "highest daily sales", "max sales", "max consumption", "maximum consumption",
                   "Spitzenbedarf", "Höchstverbrauch", "maximaler Verbrauch", "maximaler Tagesverbrauch"),
            symbols=("D_max", "Dmax"),
        ),
        ge=0,
    )  # fmt: skip
    lead_time_max: float = quantity(
        Spoken(
            "longest lead time",
            "period",
            words=("maximum lead time", "max lead time", "longest lead time", "worst lead time",
                   "lead time can be up to", "lead time up to", "at worst", "worst case", "in the worst case",
                   "at most", "can take up to",
                   "takes up to", "can take", "maximum delivery time",
                   "max LT", "maximale Lieferzeit", "längste Lieferzeit", "maximale Wiederbeschaffungszeit",
                   "longest delivery time", "max delivery time", "slowest delivery", "worst-case lead time",
                   "worst-case", "längste Wiederbeschaffungszeit", "längstens"),
            symbols=("L_max", "Lmax"),
        ),
        ge=0,
    )  # fmt: skip
    demand_mean: float = quantity(DEMAND.also("average daily usage", "average usage", "average daily use",
        "normal demand", "normal sales", "average sales", "normal usage", "normally", "usual", "typical",
        "durchschnittlicher Verbrauch", "Durchschnittsverbrauch",
        "normaler Verbrauch", label="average demand"), ge=0)  # fmt: skip
    lead_time: float = quantity(
        LEAD_TIME.also(
            "average lead time", "normal lead time", "durchschnittliche Lieferzeit", "typical lead time",
            "usual lead time", "average delivery time", "normal delivery time", "normally", "usual",
            "normale Lieferzeit", "durchschnittliche Wiederbeschaffungszeit",
            "Durchschnittslieferzeit", label="average lead time"
        ),
        ge=0,
    )  # fmt: skip


@metric(
    id="safety_stock_max_average",
    name="Safety stock, maximum minus average",
    aliases=("max-average safety stock", "average-max safety stock", "safety stock by maximum usage",
             "average max method", "max-average", "average-max", "max-average method",
             "maximum minus average method", "Sicherheitsbestand nach Maximalwerten"),
    family=FAMILY,
    unit="item",
    formula=r"SS = d_{\max}\,L_{\max} - \bar{d}\,\bar{L}",
    source="ACCA, Management Accounting (MA) study text, inventory control levels: reorder level = maximum usage × "
           "maximum lead time.",
    note="Safety stock",
)  # fmt: skip
def safety_stock_max_average(given: MaxAverageInputs) -> Outcome:
    """Return largest demand over the longest lead time minus average demand over the average one, in units.

    A rule of thumb without a service level. Refuses a maximum below its average.
    """
    for name, label, most, mean in (
        ("demand_max", "demand", given.demand_max, given.demand_mean),
        ("lead_time_max", "lead time", given.lead_time_max, given.lead_time),
    ):
        if most < mean:
            raise Refusal(name, f"the largest {label}, {number(most)}, is below the average {label}, {number(mean)}")
    worst, usual = given.demand_max * given.lead_time_max, given.demand_mean * given.lead_time
    stock = worst - usual
    return Outcome(
        value=stock,
        steps=[
            "safety stock = largest demand × longest lead time - average demand × average lead time = "
            f"{number(given.demand_max)} × {number(given.lead_time_max)} - {number(given.demand_mean)} × "
            f"{number(given.lead_time)} = {number(stock)}",
            (
                f"reorder point = average demand × average lead time + safety stock = {number(usual)} + "
                f"{number(stock)} = {number(worst)}"
            ),
        ],
        meaning=f"Holding {number(stock)} units covers the largest demand together with the longest lead time; "
        "both at once are rare, so it is usually more than a service level would ask for.",
        also={"reorder_point": worst, "lead_time_demand_mean": usual},
        units={"reorder_point": "item", "lead_time_demand_mean": "item"},
        warnings=[
            (
                "The rule promises no service level: one extreme value moves it, and it grows with the length of the "
                "record."
            )
        ],
    )
