"""How long work waits when arrivals and service vary in any way: Kingman's formula."""

from tools.metrics.checks import agree
from tools.metrics.families.flow import FAMILY
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import metric
from tools.metrics.queueing import UNITS, QueueInputs, crowded, rates, spell
from tools.metrics.result import Outcome
from tools.metrics.shown import number


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
    arrivals, rate, steps = rates(given, 1, "one server handles")
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
        units=UNITS,
        warnings=crowded(load),
        assumptions=["an approximation that is best at high utilization"],
    )
