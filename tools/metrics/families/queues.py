"""How long work waits in front of busy servers when arrivals and service are random: M/M/1 and M/M/c."""

import math

from tools.metrics.families.flow import FAMILY
from tools.metrics.given import Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.queueing import UNITS, QueueInputs, crowded, rates, service_rate, spell
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, plural

GROSS = (
    "Gross, D., Shortle, J. F., Thompson, J. M. & Harris, C. M. (2008). Fundamentals of Queueing Theory, 4th "
    "ed., ch. 2."
)
RANDOM = "arrivals are random (Poisson) and service times exponential"
MOST_SERVERS = 1000


def _wait_chart(given: QueueInputs, outcome: Outcome) -> Chart:
    rate, _ = service_rate(given)
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
    arrivals, rate, steps = rates(given, 1, "one server handles")
    load = arrivals / rate
    stay = 1 / (rate - arrivals)
    wait = load * stay
    queue = arrivals * wait
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
        units=UNITS,
        warnings=crowded(load),
        assumptions=[RANDOM],
    )


def _figures(load: float, wait: float, queue: float, stay: float, inside: float, empty: float) -> dict[str, Value]:
    return {
        "utilization": load,
        "waiting_time": wait,
        "average_queue_length": queue,
        "time_in_system": stay,
        "average_in_system": inside,
        "probability_empty": empty,
    }


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
    arrivals, rate, steps = rates(given, count, f"{plural(count, 'server')} handle")
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
        units=UNITS,
        warnings=crowded(load),
        assumptions=[RANDOM],
    )  # fmt: skip
