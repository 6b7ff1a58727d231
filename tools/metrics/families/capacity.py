"""What a process can do: capacity utilization, rated capacity, the bottleneck."""

from tools.metrics.books import HEIZER
from tools.metrics.checks import agree, each
from tools.metrics.families.flow import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, plural
from tools.metrics.vocabulary import DEMAND

TIGHT = 0.95
MOST_LINES = 12
MOST_BARS = 30

_FULL = "it is a share of what is possible"


class UtilizationInputs(Given):
    """Output and capacity, or hours used (or idle) and available."""

    either = (either(("output", "capacity"), ("time_used", "time_available"), ("time_idle", "time_available")),)

    output: float | None = quantity(
        Spoken(
            "actual output",
            "item/period",
            words=("actual output", "output", "produced", "production", "we make", "made", "throughput", "load",
                   "demand", "actual production", "processed", "handled", "Ausbringung", "Produktion", "produziert",
                   "Ist-Leistung", "actual hours", "actual", "used", "produces", "produce", "we run at",
                   "running", "making", "shipped", "doing", "Auslastung von", "nutzen", "gefertigt",
                   "hergestellt", "loaded"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    capacity: float | None = quantity(
        Spoken(
            "capacity",
            "item/period",
            words=("capacity", "design capacity", "maximum capacity", "max capacity", "can make", "can produce",
                   "can handle", "could make", "could produce", "maximum output", "max output", "Kapazität",
                   "Maximalkapazität", "available capacity", "rated capacity", "nominal capacity",
                   "nameplate capacity", "could", "possible", "max", "maximum", "design", "theoretical",
                   "limit", "capable of", "space for", "kann", "könnte", "möglich", "maximal"),
            because="there must be some capacity to use",
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    effective_capacity: float | None = quantity(
        Spoken(
            "effective capacity",
            "item/period",
            words=("effective capacity", "effective", "expected capacity", "realistic capacity",
                   "effektive Kapazität"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    time_used: float | None = quantity(
        Spoken(
            "time used",
            "hour/period",
            words=("time used", "hours used", "used", "hours worked", "worked", "load", "load hours",
                   "required hours", "busy", "in use", "ran", "run", "running", "runs", "operated", "needed",
                   "need", "booked", "genutzte Stunden", "genutzt", "belegt", "belegte Stunden", "gelaufen", "lief"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    time_idle: float | None = quantity(
        Spoken(
            "idle time",
            "hour/period",
            words=("idle time", "idle hours", "idle", "stood still", "standing still", "unused hours", "not used",
                   "ungenutzt", "Leerlauf", "Stillstand"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    time_available: float | None = quantity(
        Spoken(
            "time available",
            "hour/period",
            words=("time available", "available hours", "hours available", "available", "available time",
                   "capacity hours", "scheduled hours", "open hours", "out of", "verfügbare Stunden", "verfügbar"),
            because="there must be some time to use",
        ),
        default=None,
        gt=0,
    )  # fmt: skip


def _hours(given: UtilizationInputs) -> float:
    """Return the hours used, as given or as what idle time leaves of those available."""
    idle, there = given.time_idle, given.time_available or 0.0
    if idle is None:
        return given.time_used or 0.0
    if idle > there:
        raise Refusal("time_idle", f"idle time {number(idle)} is above the time available {number(there)}")
    if given.time_used is not None:
        agree("time_used", given.time_used, there - idle, "time used", "time available less idle time")
    return there - idle


@metric(
    id="capacity_utilization",
    name="Capacity utilization",
    aliases=("utilization", "utilisation", "capacity utilisation", "utilization rate",
             "machine utilization", "plant utilization", "capacity load", "Auslastung", "Kapazitätsauslastung",
             "Auslastungsgrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"U = \frac{\text{output}}{\text{capacity}} = \frac{T_{\text{used}}}{T_{\text{available}}}",
    source=f"{HEIZER}, supplement 7.",
    note="Capacity planning",
    published=(
        Published(
            "Heizer & Render, Operations Management, supplement Capacity, Sara James Bakery",
            {"output": 148_000.0, "capacity": 201_600.0, "effective_capacity": 175_000.0},
            {"value": 0.734, "efficiency": 0.846},
            0.0005,
            absolute=True,
        ),
    ),
)  # fmt: skip
def capacity_utilization(given: UtilizationInputs) -> Outcome:
    """Return the share of capacity that is used; above 1 is an overload, returned with a warning.

    With an effective capacity also the efficiency, output over effective capacity.
    """
    if given.output is not None and given.capacity is not None:
        used, there, words = given.output, given.capacity, "output / capacity"
    else:
        used, there, words = _hours(given), given.time_available or 1.0, "time used / time available"
    value = used / there
    steps = [f"utilization = {words} = {number(used)} / {number(there)} = {number(value)}"]
    also: dict[str, Value] = {"spare_capacity": there - used}
    if given.effective_capacity is not None and given.output is not None:
        also["efficiency"] = given.output / given.effective_capacity
        shown = (
            f"{number(given.output)} / {number(given.effective_capacity)} = "
            f"{number(given.output / given.effective_capacity)}"
        )
        steps.append(f"efficiency = output / effective capacity = {shown}")
    warnings = []
    if value > 1:
        warnings.append(
            f"The load is above capacity by {number(used - there)}; orders will wait, or overtime is needed."
        )
    elif value > TIGHT:
        warnings.append("So close to full, any variation makes orders wait long.")
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{percent(value)} of the capacity is used"
        + (f", {percent(1 - value)} is spare." if value <= 1 else "."),
        also=also,
        units={"efficiency": "fraction"},
        warnings=warnings,
    )  # fmt: skip


class RatedInputs(Given):
    """Hours there are (of one machine, if there are several), the share that is worked, and the efficiency."""

    available_time: float = quantity(
        Spoken(
            "available time",
            "hour/period",
            words=("available time", "available hours", "hours available", "hours", "machine hours", "we have",
                   "open", "operates", "runs", "clock hours", "verfügbare Stunden", "Stunden"),
            symbols=("H",),
        ),
        gt=0,
    )  # fmt: skip
    utilization: float = quantity(
        Spoken(
            "utilization",
            "fraction",
            words=("utilization", "utilisation", "utilization rate", "utilized", "used", "worked", "Nutzungsgrad",
                   "Auslastung"),
            symbols=("u", "U"),
            because=_FULL,
        ),
        gt=0,
        le=1,
    )  # fmt: skip
    efficiency: float = quantity(
        Spoken(
            "efficiency",
            "fraction",
            words=("efficiency", "efficiency rate", "efficient", "Leistungsgrad", "Effizienz", "Wirkungsgrad"),
            symbols=("e", "E"),
        ),
        gt=0,
        le=2,
    )
    machines: float | None = quantity(
        Spoken(
            "machines",
            "item",
            words=("machines", "number of machines", "machines of", "machines at", "machines with", "machines each",
                   "work centers", "work centres", "Maschinen", "Anzahl Maschinen"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="rated_capacity",
    name="Rated capacity",
    aliases=("calculated capacity", "nominal capacity", "standard hours of capacity", "effective hours",
             "Nennkapazität"),
    family=FAMILY,
    unit="hour/period",
    formula=r"C_r = H \times u \times e",
    source="Jacobs, F. R., Berry, W. L., Whybark, D. C. & Vollmann, T. E. (2011). Manufacturing Planning and "
    "Control for Supply "
    "Chain Management, 6th ed.",
    note="Capacity planning",
)  # fmt: skip
def rated_capacity(given: RatedInputs) -> Outcome:
    """Return the standard hours of work that the available hours really yield, in hours a period.

    With a number of machines, the available time is that of each.
    """
    hours = given.available_time * (given.machines or 1.0)
    value = hours * given.utilization * given.efficiency
    times = f"{number(given.machines)} × " if given.machines is not None else ""
    shown = (
        f"{times}{number(given.available_time)} × {number(given.utilization)} × {number(given.efficiency)} = "
        f"{number(value)}"
    )  # fmt: skip
    return Outcome(
        value=value,
        steps=[f"rated capacity = {'machines × ' if times else ''}available time × utilization × efficiency = {shown}"],
        meaning=f"Plan no more than {number(value)} standard hours of work into {number(hours)} hours.",
        also={"share_of_available": value / hours},
        units={"share_of_available": "fraction"},
    )


class BottleneckInputs(Given):
    """Capacity or process time of each step in a line, machines side by side, and demand."""

    either = (either("capacities", "process_times"),)

    capacities: dict[str, float] | None = quantity(
        Spoken(
            "capacity by step",
            "item/period",
            words=("capacity by step", "capacities", "capacity", "step capacities", "station capacities", "stations",
                   "output by station", "rates", "can do", "can make", "throughput", "Kapazitäten", "Kapazität"),
        ),
        default=None,
        min_length=1,
        max_length=1000,
    )  # fmt: skip
    process_times: dict[str, float] | None = quantity(
        Spoken(
            "process time by step",
            "period/item",
            words=("process time by step", "process times", "cycle times", "processing times", "task times",
                   "operation times", "takes", "take", "times", "station times", "step times", "Bearbeitungszeiten",
                   "Bearbeitungszeit", "Taktzeiten", "Zykluszeiten"),
        ),
        default=None,
        min_length=1,
        max_length=1000,
    )  # fmt: skip
    machines: dict[str, float] | None = quantity(
        Spoken(
            "machines by step",
            "",
            words=("machines by step", "machines", "number of machines", "servers", "workers",
                   "stations side by side", "Maschinen", "Anzahl Maschinen"),
        ),
        default=None,
        min_length=1,
        max_length=1000,
    )  # fmt: skip
    demand: float | None = quantity(DEMAND, default=None, ge=0)


def _rates(given: BottleneckInputs) -> dict[str, float]:
    machines = given.machines or {}
    each("machines", "the number of machines", machines, open_=True)
    if given.capacities is not None:
        each("capacities", "capacity", given.capacities)
        single = given.capacities
    else:
        times = given.process_times or {}
        each("process_times", "process time", times, open_=True)
        single = {step: 1 / time for step, time in times.items()}
    strange = [step for step in machines if step not in single]
    if strange:
        raise Refusal("machines", f"there are machines for {strange[0]}, but no capacity or process time")
    return {step: rate * machines.get(step, 1.0) for step, rate in single.items()}


def _step_bars(given: BottleneckInputs, outcome: Outcome) -> Chart:
    rates = dict(list(_rates(given).items())[:MOST_BARS])
    bars = [Series(name="capacity", x=list(rates), y=list(rates.values()))]
    if given.demand is not None:
        bars.append(Series(name="demand", x=list(rates), y=[given.demand] * len(rates), style="dashed"))
    return Chart(
        kind="bar",
        title="Capacity by step",
        x_label="step",
        y_label=f"units per {given.period}",
        series=bars,
        summary=f"{outcome.also['bottleneck']} limits the line to {number(outcome.value)} units per {given.period}.",
    )


@metric(
    id="bottleneck",
    name="Bottleneck capacity",
    aliases=("bottleneck", "bottleneck rate", "line capacity", "process capacity", "constraint", "limiting step",
             "slowest step", "slowest station", "system capacity", "capacity of the line", "Engpass",
             "Engpasskapazität"),
    family=FAMILY,
    unit="item/period",
    formula=r"C = \min_j \frac{m_j}{t_j}",
    source="Hopp, W. J. & Spearman, M. L. (2011). Factory Physics, 3rd ed., ch. 7.",
    note="Bottleneck",
    published=(
        Published(
            "Heizer & Render, Operations Management, supplement Capacity, Howard Kraye's sandwich shop (96 an hour)",
            {
                "process_times": {"order": 30 / 3600, "bread": 15 / 3600, "fill": 20 / 3600, "toast": 40 / 3600,
                                  "wrap": 37.5 / 3600},
                "machines": {"bread": 2.0, "fill": 2.0, "toast": 2.0},
            },
            {"value": 96.0, "bottleneck": "wrap"},
        ),
    ),
    chart=_step_bars,
)  # fmt: skip
def bottleneck(given: BottleneckInputs) -> Outcome:
    """Return what a line can do in series, the least capacity of its steps, in units a period; the step is in `also`.

    Several machines at a step multiply its capacity. Refuses process times that are not above 0.
    """
    rates = _rates(given)
    step = min(rates, key=lambda name: rates[name])
    capacity = rates[step]
    lines = []
    for name in list(rates)[:MOST_LINES]:
        count = (given.machines or {}).get(name, 1.0)
        if given.capacities is not None:
            worked = f"{number(count)} × {number(given.capacities[name])} = " if count != 1 else ""
        else:
            worked = f"{number(count)} / {number((given.process_times or {})[name])} = "
        lines.append(f"{name}: {worked}{number(rates[name])} units per {given.period}")
    lines.append(f"line = least of them = {number(capacity)} ({step})")
    also: dict[str, Value] = {"bottleneck": step, "capacity_by_step": rates}
    if capacity > 0:
        also["utilization_at_full_speed"] = {name: capacity / rate for name, rate in rates.items()}
    ties = [name for name, rate in rates.items() if rate <= capacity * (1 + 1e-9)]
    warnings = [f"{' and '.join(ties[:4])} limit the line alike."] if len(ties) > 1 else []
    meaning = (
        f"The bottleneck is {step}: it limits the line to {plural(capacity, 'unit')} per {given.period}, and an hour "
        "lost there is lost for the whole line"
    )
    if given.demand is not None:
        also["gap_to_demand"] = capacity - given.demand
        if capacity > 0:
            also["utilization_by_step"] = {name: given.demand / rate for name, rate in rates.items()}
        if given.demand > capacity:
            warnings.append(f"Demand of {number(given.demand)} is above that by {number(given.demand - capacity)}.")
    return Outcome(
        value=capacity,
        steps=lines,
        meaning=f"{meaning}.",
        also=also,
        units={"capacity_by_step": "item/period", "gap_to_demand": "item/period"},
        warnings=warnings,
    )
