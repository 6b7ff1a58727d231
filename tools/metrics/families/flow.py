"""How much is under way and how long it takes: Little's law in its three directions."""

from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome
from tools.metrics.shown import number, plural

FAMILY = "Flow and capacity"
LITTLE = "Little, J. D. C. (1961). A proof for the queuing formula: L = λW. Operations Research 9(3), 383-387."

WIP = Spoken(
    "work in process",
    "item",
    words=("work in process", "work in progress", "WIP", "units in the system", "in the system", "in process",
           "in progress", "inventory", "open orders", "orders open", "open", "backlog", "queue", "in the queue",
           "in line", "in the plant", "in the factory", "in the fab", "in the shop", "on the floor", "on the line",
           "waiting", "holds", "customers in", "unfinished", "Umlaufbestand", "Bestand", "Aufträge im Umlauf",
           "in Arbeit", "Warteschlange"),
    symbols=("WIP", "L", "I"),
)  # fmt: skip
THROUGHPUT = Spoken(
    "throughput",
    "item/period",
    words=("throughput", "throughput rate", "flow rate", "output", "output rate", "thruput", "finishes", "finish",
           "completes", "completed", "completion rate", "ships", "shipped", "processes", "serves", "served", "closes",
           "closed", "arrival rate", "arrivals", "arrive", "come in", "starts", "started", "start rate", "leaves",
           "go through", "gets done", "produces", "Durchsatz", "Ausbringung", "Leistung"),
    symbols=("TH", "λ", "R"),
)  # fmt: skip
FLOW_TIME = Spoken(
    "flow time",
    "period",
    words=("flow time", "throughput time", "lead time", "cycle time", "time in the system", "time in system", "takes",
           "stays", "stay", "manufacturing lead time", "waits", "spends", "spend", "Durchlaufzeit", "Verweilzeit"),
    symbols=("W", "T", "LT", "CT", "FT"),
)  # fmt: skip


class WipInputs(Given):
    """How fast units leave, and how long each stays."""

    throughput: float = quantity(THROUGHPUT.also("per hour", "come through", "call at", "pass through", "leave",
        "go out", "done", "are processed", "enter", "arriving", "visitors", "arrival", "Ausstoß",
        "kommen"), ge=0)  # fmt: skip
    flow_time: float = quantity(FLOW_TIME.also("stay for", "remain", "remains", "dwell time", "dwell",
        "residence time", "time in the shop", "through time", "each needs", "each takes", "bleibt", "bleiben",
        "Aufenthaltszeit", "DLZ"), ge=0)  # fmt: skip


@metric(
    id="littles_law",
    name="Work in process (Little's law)",
    aliases=("work in process", "work in progress", "WIP", "Little's law", "littles law", "average WIP",
             "units in the system", "number in the system", "average inventory in the process", "Umlaufbestand",
             "Littles Gesetz"),
    family=FAMILY,
    unit="item",
    formula=r"WIP = TH \times LT",
    source=LITTLE,
    note="Little's law",
    period="throughput",
    published=(
        Published(
            "MBA course material, operations management, assessment question 1",
            {"throughput": 10.0, "flow_time": 3.0},
            {"value": 30.0},
            1e-9,
        ),
    ),
)  # fmt: skip
def littles_law(given: WipInputs) -> Outcome:
    """Return the average number of units in a stable system, from its throughput and the time each stays."""
    wip = given.throughput * given.flow_time
    shown = f"{number(given.throughput)} × {number(given.flow_time)} = {number(wip)}"
    return Outcome(
        value=wip,
        steps=[f"work in process = throughput × flow time = {shown}"],
        meaning=f"On average {plural(wip, 'unit')} are in the system; at the same output, halving them halves the "
        "time.",
    )


class FlowTimeInputs(Given):
    """How many units are in the system, and how fast they leave."""

    work_in_process: float = quantity(WIP.also("jobs in the system", "on hand", "in the warehouse", "in stock",
        "on site", "at once", "orders in process", "orders in progress", "orders in the system", "inside",
        "in the shop floor", "work-in-process", "work-in-progress", "umlaufende Aufträge", "offene Aufträge",
        "in der Fertigung"), ge=0)  # fmt: skip
    throughput: float = quantity(THROUGHPUT.also("leave", "leaving", "go out", "done", "completions", "exit",
        "exit rate", "are processed",
        "enter", because="when nothing leaves, everything stays for ever"), gt=0)  # fmt: skip


@metric(
    id="littles_law_flow_time",
    name="Flow time (Little's law)",
    aliases=("Little's law", "littles law", "flow time", "throughput time", "manufacturing lead time",
             "average lead time", "time in the system", "average flow time", "how long does a unit stay",
             "cycle time from WIP", "mittlere Durchlaufzeit", "Durchlaufzeit"),
    family=FAMILY,
    unit="period",
    formula=r"LT = \frac{WIP}{TH}",
    source=LITTLE,
    note="Little's law",
    period="throughput",
    published=(
        Published(
            "Little & Graves (2008), Little's law: 45,000 wafers in process, 1,000 started a day",
            {"work_in_process": 45_000.0, "throughput": 1000.0},
            {"value": 45.0},
        ),
        Published(
            "Little & Graves (2008), Little's law: 150 messages in the inbox, 50 arrive a day",
            {"work_in_process": 150.0, "throughput": 50.0},
            {"value": 3.0},
        ),
    ),
)  # fmt: skip
def littles_law_flow_time(given: FlowTimeInputs) -> Outcome:
    """Return how long a unit stays in a stable system on average, in periods of the throughput."""
    time = given.work_in_process / given.throughput
    shown = f"{number(given.work_in_process)} / {number(given.throughput)} = {number(time)}"
    return Outcome(
        value=time,
        steps=[f"flow time = work in process / throughput = {shown}"],
        meaning=f"A unit takes {plural(time, given.period)} from start to finish on average; less work in process "
        "shortens that.",
    )


class ThroughputInputs(Given):
    """How many units are in the system, and how long each stays."""

    work_in_process: float = quantity(WIP, ge=0)
    flow_time: float = quantity(FLOW_TIME.also(because="units that stay no time are never in the system"), gt=0)


@metric(
    id="littles_law_throughput",
    name="Throughput (Little's law)",
    aliases=("Little's law", "littles law", "throughput", "throughput rate", "flow rate", "output rate", "thruput",
             "completion rate", "average throughput",
             "Durchsatz", "Durchsatzrate"),
    family=FAMILY,
    unit="item/period",
    formula=r"TH = \frac{WIP}{LT}",
    source=LITTLE,
    note="Little's law",
)  # fmt: skip
def littles_law_throughput(given: ThroughputInputs) -> Outcome:
    """Return how many units leave a stable system a period on average."""
    rate = given.work_in_process / given.flow_time
    shown = f"{number(given.work_in_process)} / {number(given.flow_time)} = {number(rate)}"
    return Outcome(
        value=rate,
        steps=[f"throughput = work in process / flow time = {shown}"],
        meaning=f"{plural(rate, 'unit')} leave per {given.period} on average.",
    )
