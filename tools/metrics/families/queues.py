"""How long work waits in front of a busy station: the M/M/1 and M/M/c queues, and Kingman's formula."""

import math
from typing import ClassVar

from tools.metrics.checks import agree
from tools.metrics.families.flow import FAMILY
from tools.metrics.given import Either, Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, plural

GROSS = (
    "Gross, D., Shortle, J. F., Thompson, J. M. & Harris, C. M. (2008). Fundamentals of Queueing Theory, 4th "
    "ed., ch. 2."
)
BUSY = 0.9
MOST_SERVERS = 1000
HOURS = {
    "year": 8760.0, "quarter": 2190.0, "month": 730.0, "week": 168.0, "day": 24.0, "hour": 1.0, "minute": 1 / 60,
    "second": 1 / 3600,
}  # fmt: skip

ARRIVALS = Spoken(
    "arrival rate",
    "item/period",
    words=("arrival rate", "mean arrival rate", "arrivals", "arrive", "arriving", "come in", "comes in",
           "orders arrive", "customers arrive", "customers come", "incoming", "lambda", "demand", "Ankunftsrate",
           "Ankünfte", "kommen an", "kommen"),
    symbols=("λ",),
)  # fmt: skip
BETWEEN_ARRIVALS = Spoken(
    "time between arrivals",
    "period",
    words=("time between arrivals", "interarrival time", "inter-arrival time", "mean time between arrivals",
           "between two arrivals", "arrives every", "arrive every", "arriving every", "comes every", "come every",
           "comes in every", "one every", "every", "Zwischenankunftszeit", "kommt alle", "alle"),
    symbols=("t_a", "ta"),
    because="arrivals without any time between them are infinitely many",
)  # fmt: skip
UTILIZATION = Spoken(
    "utilization",
    "fraction",
    words=("utilization", "utilisation", "busy", "traffic intensity", "load", "occupancy", "utilized", "Auslastung",
           "ausgelastet"),
    symbols=("ρ", "u", "U", "rho"),
    because="at full utilization the queue grows without end",
)  # fmt: skip
SERVICE_RATE = Spoken(
    "service rate",
    "item/period",
    words=("service rate", "mean service rate", "can serve", "serves", "serve", "served", "handles", "handled",
           "can handle", "processes", "processing rate", "unloads", "completes", "capacity", "mu", "Bedienrate",
           "Servicerate", "Abfertigungsrate"),
    symbols=("μ", "mu"),
    because="nothing can be served at a rate of 0",
)  # fmt: skip
SERVICE_TIME = Spoken(
    "service time",
    "period",
    words=("service time", "serving time", "handling time", "processing time", "each takes", "takes", "take", "each",
           "needs", "average service time", "average handling time", "AHT", "process time", "served every",
           "serves one every", "one served every", "Bedienzeit", "Servicezeit", "Abfertigungszeit",
           "Bearbeitungszeit", "dauert"),
    symbols=("t", "t_s", "t_e", "te", "S"),
)  # fmt: skip


def spell(time: float, period: str) -> str:
    """Return a time in the largest unit in which it is at least 1: 0.1333 hours is "8 minutes"."""
    if period not in HOURS or time <= 0:
        return plural(time, period)
    hours = time * HOURS[period]
    unit = next((name for name in ("day", "hour", "minute") if hours >= HOURS[name]), "second")
    if HOURS[unit] >= HOURS[period]:
        unit = period
    return plural(hours / HOURS[unit], unit)


class QueueInputs(Given):
    """How many arrive (or the time between two, or how busy they keep the servers), and how fast one server works."""

    either: ClassVar[tuple[Either, ...]] = (
        either("arrival_rate", "time_between_arrivals", "utilization"),
        either("service_rate", "service_time"),
    )

    arrival_rate: float | None = quantity(ARRIVALS.also("arrivals per hour", "show up", "shows up", "turn up",
        "arrival", "reach", "per hour arrive", "arriving per hour", "Ankunft",
        "pro Stunde kommen"), default=None, ge=0)  # fmt: skip
    time_between_arrivals: float | None = quantity(BETWEEN_ARRIVALS.also("one arrives every", "arrival every",
        "a truck every", "arrival interval", "im Schnitt alle"), default=None, gt=0)  # fmt: skip
    utilization: float | None = quantity(UTILIZATION, default=None, ge=0, lt=1)
    service_rate: float | None = quantity(SERVICE_RATE.also("can be unloaded", "unloaded", "can be served",
        "can unload", "unload", "are unloaded", "per hour served", "services", "service", "processed",
        "can process", "can be handled", "can be processed", "checks", "picks", "abgefertigt", "bedient",
        "entladen"), default=None, gt=0)  # fmt: skip
    service_time: float | None = quantity(SERVICE_TIME.also("serving takes", "service takes", "unloading takes",
        "takes to unload", "handling takes", "each service", "per truck", "one takes", "Entladezeit",
        "Bearbeitung dauert"), default=None, gt=0)  # fmt: skip


def _service(given: QueueInputs) -> tuple[float, list[str]]:
    """Return the service rate, and the step if it follows from a time."""
    if given.service_rate is not None:
        return given.service_rate, []
    time = given.service_time or 1.0
    return 1 / time, [f"service rate = 1 / service time = 1 / {number(time)} = {number(1 / time)} per {given.period}"]


def _arrivals(given: QueueInputs, capacity: float) -> tuple[float, list[str]]:
    """Return the arrival rate, and the step if it follows from the time between arrivals or from the utilization."""
    ways: list[tuple[float, list[str]]] = []
    if given.arrival_rate is not None:
        ways.append((given.arrival_rate, []))
    if given.time_between_arrivals is not None:
        time = given.time_between_arrivals
        step = f"arrival rate = 1 / time between arrivals = 1 / {number(time)} = {number(1 / time)} per {given.period}"
        ways.append((1 / time, [step]))
    if given.utilization is not None:
        load = given.utilization
        shown = f"{number(load)} × {number(capacity)} = {number(load * capacity)} per {given.period}"
        ways.append((load * capacity, [f"arrival rate = utilization × service rate of all servers = {shown}"]))
    for other, _ in ways[1:]:
        agree("arrival_rate", ways[0][0], other, "arrival rate", "the time between arrivals or the utilization")
    return ways[0]


def _stable(given: QueueInputs, arrivals: float, capacity: float, servers: str) -> None:
    if arrivals >= capacity:
        name = "arrival_rate" if given.arrival_rate is not None else "time_between_arrivals"
        shown = f"{number(arrivals)} arrive and {servers} at most {number(capacity)} per {given.period}"
        raise Refusal(name, f"{shown}, so the queue grows without end; arrivals must be below that")


def _wait_chart(given: QueueInputs, outcome: Outcome) -> Chart:
    rate, _ = _service(given)
    loads = [place / 40 for place in range(4, 39)]
    waits = [load / (rate * (1 - load)) for load in loads]
    at = float(outcome.also["utilization"])  # type: ignore[arg-type]
    return Chart(
        kind="line",
        title="Waiting time and utilization",
        x_label="utilization",
        y_label=f"average wait ({given.period}s)",
        series=[Series(name="average wait", x=loads, y=waits)],
        marks=[Mark(x=at, y=outcome.value, text=f"now: {spell(outcome.value, given.period)}")],
        summary=f"The wait grows without bound as utilization nears 1; at {percent(at)} it is "
        f"{spell(outcome.value, given.period)}.",
    )


@metric(
    id="mm1_queue",
    name="Waiting time in an M/M/1 queue",
    aliases=("M/M/1", "MM1", "M/M/1 queue", "single-server queue", "waiting time in the queue", "average wait",
             "average waiting time", "average time in the queue", "average queue length", "queue length",
             "queueing delay", "how long do they wait", "waiting line", "mittlere Wartezeit", "Warteschlange",
             "durchschnittliche Wartezeit"),
    family=FAMILY,
    unit="period",
    formula=r"W_q = \frac{\rho}{\mu - \lambda}, \qquad \rho = \frac{\lambda}{\mu}, \qquad L_q = "
    r"\frac{\rho^2}{1 - \rho}",
    source=GROSS,
    note="Little's law",
    period="arrival_rate",
    published=(
        Published(
            "MBA course material, operations management, assessment question 12 (24 calls an hour, 2 minutes each)",
            {"arrival_rate": 24.0, "service_time": 2 / 60},
            {"value": 8 / 60, "utilization": 0.8, "average_queue_length": 3.2},
        ),
        Published(
            "Heizer & Render, Operations Management, module Waiting-Line Models, Golden Muffler Shop",
            {"arrival_rate": 2.0, "service_rate": 3.0},
            {"value": 2 / 3, "time_in_system": 1.0, "average_in_system": 2.0, "average_queue_length": 4 / 3,
             "utilization": 2 / 3},
        ),
    ),
    chart=_wait_chart,
)  # fmt: skip
def mm1_queue(given: QueueInputs) -> Outcome:
    """Return the average wait before service at one server, in periods; queue lengths and times in the system besides.

    Arrivals are random (Poisson), service times exponential, first come first served. Refuses arrivals that are not
    below the service rate.
    """
    rate, steps = _service(given)
    arrivals, how = _arrivals(given, rate)
    _stable(given, arrivals, rate, "one server handles")
    load = arrivals / rate
    stay = 1 / (rate - arrivals)
    wait = load * stay
    queue = arrivals * wait
    steps += how
    steps += [
        f"utilization = arrival rate / service rate = {number(arrivals)} / {number(rate)} = {number(load)}",
        f"wait = utilization / (service rate - arrival rate) = {number(load)} / ({number(rate)} - "
        f"{number(arrivals)}) = "
        f"{number(wait)} {given.period}s",
        f"queue length = arrival rate × wait = {number(arrivals)} × {number(wait)} = {number(queue)}",
        f"time in the system = wait + service = {number(wait)} + {number(1 / rate)} = {number(stay)} {given.period}s",
    ]
    return Outcome(
        value=wait,
        steps=steps,
        meaning=f"They wait {spell(wait, given.period)} on average, with {number(queue)} in the queue; the server "
        "is busy "
        f"{percent(load)} of the time.",
        also=_figures(load, wait, queue, stay, arrivals * stay, 1 - load),
        units=_UNITS,
        warnings=_crowded(load),
        assumptions=[_RANDOM],
    )


_RANDOM = "arrivals are random (Poisson) and service times exponential"
_UNITS = {
    "utilization": "fraction",
    "average_queue_length": "item",
    "average_in_system": "item",
    "time_in_system": "period",
    "probability_empty": "fraction",
    "probability_of_waiting": "fraction",
}


def _figures(load: float, wait: float, queue: float, stay: float, inside: float, empty: float) -> dict[str, Value]:
    return {
        "utilization": load,
        "waiting_time": wait,
        "average_queue_length": queue,
        "time_in_system": stay,
        "average_in_system": inside,
        "probability_empty": empty,
    }


def _crowded(load: float) -> list[str]:
    if load <= BUSY:
        return []
    return [
        f"At {percent(load)} utilization a small rise of arrivals lengthens the wait greatly; more capacity pays soon."
    ]


class ServersInputs(QueueInputs):
    """As for one server, with how many work side by side."""

    servers: float = quantity(
        Spoken(
            "servers",
            "",
            words=("servers", "number of servers", "agents", "docks", "doors", "lines", "machines", "counters",
                   "clerks", "cashiers", "tellers", "operators", "technicians", "bays", "checkouts", "parallel",
                   "in parallel", "side by side", "Schalter", "Bediener", "Kanäle", "Kassen"),
            symbols=("c", "s", "m", "M"),
        ),
        ge=1,
        le=MOST_SERVERS,
    )  # fmt: skip


@metric(
    id="mmc_queue",
    name="Waiting time in an M/M/c queue",
    aliases=("M/M/c", "M/M/s", "M/M/2", "M/M/3", "M/M/4", "MMC", "multi-server queue", "multiple-server queue",
             "Erlang C", "several servers", "parallel servers", "queue with several docks",
             "queue with several agents", "queue with several clerks", "queue with several counters",
             "Warteschlange mit mehreren Schaltern"),
    family=FAMILY,
    unit="period",
    formula=r"W_q = \frac{C(c, a)}{c\,\mu - \lambda}, \qquad a = \frac{\lambda}{\mu}",
    source=GROSS,
    note="Little's law",
    period="arrival_rate",
    published=(
        Published(
            "Heizer & Render, Operations Management, module Waiting-Line Models, Golden Muffler Shop with two bays",
            {"arrival_rate": 2.0, "service_rate": 3.0, "servers": 2.0},
            {"value": 1 / 24, "average_in_system": 0.75, "probability_empty": 0.5, "average_queue_length": 1 / 12},
        ),
    ),
)  # fmt: skip
def mmc_queue(given: ServersInputs) -> Outcome:
    """Return the average wait before service at several like servers with one queue, in periods.

    The probability of waiting is Erlang's C, from the stable recursion of Erlang's B. Refuses arrivals that are not
    below what all servers handle together, and broken numbers of servers.
    """
    if given.servers != int(given.servers):
        raise Refusal("servers", f"the number of servers must be a whole number, but it is {number(given.servers)}")
    count = int(given.servers)
    rate, steps = _service(given)
    arrivals, how = _arrivals(given, count * rate)
    _stable(given, arrivals, count * rate, f"{plural(count, 'server')} handle")
    steps += how
    offered = arrivals / rate
    blocked, inverse = 1.0, 1.0
    term = 1.0
    for place in range(1, count + 1):
        blocked = offered * blocked / (place + offered * blocked)
        if place < count:
            term *= offered / place
            inverse += term
    waiting = count * blocked / (count - offered * (1 - blocked))
    empty = 1 / (inverse + term * offered / count / (1 - offered / count)) if math.isfinite(inverse) else 0.0
    wait = waiting / (count * rate - arrivals)
    stay, queue, load = wait + 1 / rate, arrivals * wait, offered / count
    steps += [
        f"utilization = arrival rate / (servers × service rate) = {number(arrivals)} / ({count} × "
        f"{number(rate)}) = {number(load)}",
        f"probability of waiting (Erlang C) = {number(waiting)}",
        f"wait = probability / (servers × service rate - arrival rate) = {number(waiting)} / "
        f"({count} × {number(rate)} - {number(arrivals)}) = {number(wait)} {given.period}s",
        f"queue length = arrival rate × wait = {number(arrivals)} × {number(wait)} = {number(queue)}",
    ]
    return Outcome(
        value=wait,
        steps=steps,
        meaning=f"{percent(waiting)} have to wait; over all, the wait is {spell(wait, given.period)} on average.",
        also=_figures(load, wait, queue, stay, arrivals * stay, empty) | {"probability_of_waiting": waiting},
        units=_UNITS,
        warnings=_crowded(load),
        assumptions=[_RANDOM],
    )  # fmt: skip


class KingmanInputs(QueueInputs):
    """As for one server, with how much arrivals and service times vary: as coefficients, or as their squares."""

    either = (*QueueInputs.either, either("arrival_cv", "arrival_scv"), either("service_cv", "service_scv"))

    arrival_cv: float | None = quantity(
        Spoken(
            "variation of arrivals",
            "",
            words=("variation of arrivals", "arrival variability", "variability of arrivals", "cv of arrivals",
                   "arrival cv", "cv of interarrival times", "coefficient of variation of arrivals",
                   "coefficient of variation of interarrival times", "Variationskoeffizient der Ankünfte"),
            symbols=("c_a", "CVa", "ca", "cva", "Ca", "CV_a", "cv_a"),
        ),
        default=None,
        ge=0,
        le=100,
    )  # fmt: skip
    arrival_scv: float | None = quantity(
        Spoken(
            "squared variation of arrivals",
            "",
            words=("squared variation of arrivals", "squared coefficient of variation of arrivals", "scv of arrivals",
                   "arrival scv", "squared cv of arrivals", "arrival squared coefficient of variation"),
            symbols=("SCVa", "scva"),
        ),
        default=None,
        ge=0,
        le=10_000,
    )  # fmt: skip
    service_cv: float | None = quantity(
        Spoken(
            "variation of service times",
            "",
            words=("variation of service times", "process variability", "service variability", "cv of service",
                   "cv of service times", "cv of the service time", "service cv", "process cv",
                   "cv of process times", "coefficient of variation of service",
                   "coefficient of variation of service times", "coefficient of variation of process times",
                   "Variationskoeffizient der Bedienzeit"),
            symbols=("c_e", "ce", "CVs", "CVp", "CVe", "cs", "c_s", "cvs", "cvp", "cve", "Ce", "Cs", "c_p", "cp"),
        ),
        default=None,
        ge=0,
        le=100,
    )  # fmt: skip
    service_scv: float | None = quantity(
        Spoken(
            "squared variation of service times",
            "",
            words=("squared variation of service times", "squared coefficient of variation of service times",
                   "squared coefficient of variation of service", "scv of service", "scv of service times",
                   "service scv", "process scv", "squared cv of service"),
            symbols=("SCVs", "SCVe", "scvs"),
        ),
        default=None,
        ge=0,
        le=10_000,
    )  # fmt: skip


def _squared(given: KingmanInputs) -> tuple[float, float]:
    """Return the squared coefficients of variation of arrivals and of service times."""
    squares = []
    for name, plain, squared in (
        ("arrival_scv", given.arrival_cv, given.arrival_scv),
        ("service_scv", given.service_cv, given.service_scv),
    ):
        if plain is not None and squared is not None:
            agree(name, squared, plain**2, "squared variation", "the square of the variation")
        squares.append(squared if squared is not None else (plain or 0.0) ** 2)
    return squares[0], squares[1]


@metric(
    id="kingman_wait",
    name="Waiting time by Kingman's formula",
    aliases=("Kingman's formula", "Kingman", "VUT equation", "VUT", "G/G/1", "GG1 queue", "wait with variability",
             "waiting time from variability", "Kingman wait", "Kingman-Formel"),
    family=FAMILY,
    unit="period",
    formula=r"W_q \approx \frac{c_a^2 + c_e^2}{2} \cdot \frac{u}{1 - u} \cdot t",
    source="Kingman, J. F. C. (1961). The single server queue in heavy traffic. Mathematical Proceedings of the "
    "Cambridge "
    "Philosophical Society 57(4), 902-904.",
    note="Little's law",
    period="arrival_rate",
)  # fmt: skip
def kingman_wait(given: KingmanInputs) -> Outcome:
    """Return the approximate wait before one server for any variability, in periods; exact for M/M/1.

    Refuses arrivals that are not below the service rate.
    """
    rate, steps = _service(given)
    arrivals, how = _arrivals(given, rate)
    _stable(given, arrivals, rate, "one server handles")
    steps += how
    load = arrivals / rate
    arriving, serving = _squared(given)
    varies = (arriving + serving) / 2
    wait = varies * load / (1 - load) / rate
    queue = arrivals * wait
    shown = (
        f"{number(varies)} × {number(load)} / (1 - {number(load)}) × {number(1 / rate)} = {number(wait)} "
        f"{given.period}s"
    )  # fmt: skip
    steps += [
        f"utilization = arrival rate / service rate = {number(arrivals)} / {number(rate)} = {number(load)}",
        f"variability = (c_a² + c_e²) / 2 = ({number(arriving)} + {number(serving)}) / 2 = {number(varies)}",
        f"wait = variability × u / (1 - u) × service time = {shown}",
    ]
    return Outcome(
        value=wait,
        steps=steps,
        meaning=f"They wait about {spell(wait, given.period)} on average; halving the variability would halve that.",
        also={
            "utilization": load,
            "average_queue_length": queue,
            "time_in_system": wait + 1 / rate,
            "average_in_system": queue + load,
        },
        units=_UNITS,
        warnings=_crowded(load),
        assumptions=["an approximation that is best at high utilization"],
    )
