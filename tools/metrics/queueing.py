"""What queues share: how arrivals and service are given, and how long a wait is in words."""

from typing import ClassVar

from tools.metrics.checks import agree
from tools.metrics.given import Either, Given, Spoken, either, quantity
from tools.metrics.result import Refusal
from tools.metrics.shown import number, percent, plural

BUSY = 0.9
HOURS = {
    "year": 8760.0, "quarter": 2190.0, "month": 730.0, "week": 168.0, "day": 24.0, "hour": 1.0, "minute": 1 / 60,
    "second": 1 / 3600,
}  # fmt: skip
UNITS = {
    "utilization": "fraction",
    "average_queue_length": "item",
    "average_in_system": "item",
    "time_in_system": "period",
    "probability_empty": "fraction",
    "probability_of_waiting": "fraction",
}

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


def rates(given: QueueInputs, servers: int, who: str) -> tuple[float, float, list[str]]:
    """Return the arrival rate, the service rate of one server, and the steps to them.

    Raises:
        Refusal: when arrivals are not below what all servers handle together; `who` names these with their verb.
    """
    rate, steps = service_rate(given)
    arrivals, how = _arrivals(given, servers * rate)
    _stable(given, arrivals, servers * rate, who)
    return arrivals, rate, [*steps, *how]


def service_rate(given: QueueInputs) -> tuple[float, list[str]]:
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


def spell(time: float, period: str) -> str:
    """Return a time in the largest unit in which it is at least 1: 0.1333 hours is "8 minutes"."""
    if period not in HOURS or time <= 0:
        return plural(time, period)
    hours = time * HOURS[period]
    unit = next((name for name in ("day", "hour", "minute") if hours >= HOURS[name]), "second")
    if HOURS[unit] >= HOURS[period]:
        unit = period
    return plural(hours / HOURS[unit], unit)


def crowded(load: float) -> list[str]:
    """Warn of a server that is nearly always busy."""
    if load <= BUSY:
        return []
    return [
        f"At {percent(load)} utilization a small rise of arrivals lengthens the wait greatly; more capacity pays soon."
    ]
