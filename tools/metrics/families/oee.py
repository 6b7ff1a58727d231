"""How much of its planned time a machine makes good pieces at full speed: overall equipment effectiveness."""

from tools.metrics.checks import agree
from tools.metrics.families.flow import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent

WORLD_CLASS = 0.85

_FULL = "it is a share of what is possible"


class OeeInputs(Given):
    """The three factors, or the times and counts that they follow from."""

    either = (
        either("availability", ("planned_time", "downtime"), ("planned_time", "run_time")),
        either("performance", ("ideal_cycle_time", "total_count"), ("ideal_rate", "total_count")),
        either("quality", ("good_count", "total_count"), ("reject_count", "total_count")),
    )

    availability: float | None = quantity(
        Spoken(
            "availability",
            "fraction",
            words=("availability", "availability rate", "uptime", "up time", "Verfügbarkeit",
                "Verfügbarkeitsgrad", "available", "avail", "time availability"),
            symbols=("A",),
            because=_FULL,
        ),
        default=None,
        ge=0,
        le=1,
    )  # fmt: skip
    performance: float | None = quantity(
        Spoken(
            "performance",
            "fraction",
            words=("performance", "performance rate", "speed", "speed rate", "performance efficiency",
                   "speed efficiency", "Leistung", "Leistungsgrad", "perf", "performance factor"),
            symbols=("P",),
            because="running above the ideal speed means that the ideal cycle time is set too long",
        ),
        default=None,
        ge=0,
        le=1,
    )  # fmt: skip
    quality: float | None = quantity(
        Spoken(
            "quality",
            "fraction",
            words=("quality", "quality rate", "first pass yield", "yield", "FPY", "Qualität", "Qualitätsgrad",
                   "Qualitätsrate", "good parts rate", "right first time", "qual"),
            symbols=("Q",),
            because=_FULL,
        ),
        default=None,
        ge=0,
        le=1,
    )  # fmt: skip
    planned_time: float | None = quantity(
        Spoken(
            "planned production time",
            "minute",
            words=("planned production time", "planned time", "scheduled time", "scheduled for", "scheduled",
                   "planned for", "shift of", "shift", "loading time", "planned", "available time",
                   "Planbelegungszeit", "geplante Zeit", "Schicht", "shift time", "planned run time",
                   "shift length", "planned production", "net available time", "loading", "Schichtdauer",
                   "Planzeit", "Belegungszeit"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    downtime: float | None = quantity(
        Spoken(
            "downtime",
            "minute",
            words=("downtime", "down time", "was down", "stops", "stopped", "stop time", "breakdowns", "broke down",
                   "unplanned stops", "changeovers", "down", "Stillstand", "Stillstandszeit", "Ausfallzeit",
                   "Störungen", "stoppages", "stoppage", "stand still", "standstill", "breakdown",
                   "breakdown time", "setup time", "changeover", "downtimes", "lost time", "unplanned downtime",
                   "Stillstände", "Rüstzeit", "Ausfall"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    run_time: float | None = quantity(
        Spoken(
            "run time",
            "minute",
            words=("run time", "runtime", "running time", "operating time", "was running", "ran", "runs", "Laufzeit"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    ideal_cycle_time: float | None = quantity(
        Spoken(
            "ideal cycle time",
            "minute/item",
            words=("ideal cycle time", "cycle time", "ideal cycle", "standard cycle time", "design cycle time",
                   "should take", "Taktzeit", "ideale Taktzeit", "Zykluszeit", "ideal time",
                   "ideal time per piece", "ideal time per part", "standard time", "target cycle time", "cycle",
                   "per piece", "design cycle", "best cycle", "Sollzykluszeit", "Sollzeit", "Taktzeit soll",
                   "Vorgabezeit"),
            symbols=("ICT",),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    ideal_rate: float | None = quantity(
        Spoken(
            "ideal run rate",
            "item/minute",
            words=("ideal run rate", "ideal rate", "ideal speed", "rated speed", "design speed", "nameplate speed",
                   "maximum speed", "max speed", "full speed", "Nenngeschwindigkeit", "Sollgeschwindigkeit",
                   "Sollleistung"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    total_count: float | None = quantity(
        Spoken(
            "total count",
            "item",
            words=("total count", "total pieces", "total parts", "produced", "made", "parts made", "pieces made",
                   "output", "total output", "total produced", "out of", "Gesamtmenge", "Gesamtstückzahl",
                   "produziert", "hergestellt", "parts produced", "pieces produced", "units produced",
                   "units made", "total units", "produced in total", "bottles made", "output of", "parts",
                   "we made", "stück produziert", "Produktion", "gefertigt"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    good_count: float | None = quantity(
        Spoken(
            "good count",
            "item",
            words=("good count", "good parts", "good pieces", "good units", "good", "were good", "first pass",
                   "OK parts", "Gutmenge", "Gutteile", "good ones", "good output", "first quality", "in spec",
                   "saleable", "gut", "Gutteile davon"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    reject_count: float | None = quantity(
        Spoken(
            "reject count",
            "item",
            words=("reject count", "rejects", "rejected", "scrap", "scrapped", "defects", "defective", "bad parts",
                   "bad", "Ausschuss", "Fehlteile", "rejected parts", "faulty", "scrap parts", "rework",
                   "scrap pieces", "bad ones", "not good", "defect", "defect parts", "Schlechtteile",
                   "Ausschussteile", "fehlerhaft"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


def _availability(given: OeeInputs) -> tuple[float, float | None, list[str]]:
    """Return the availability, the run time if it is known, and the steps."""
    run = given.run_time
    if given.planned_time is not None and given.downtime is not None:
        if given.downtime > given.planned_time:
            reason = f"downtime {number(given.downtime)} is above the planned time {number(given.planned_time)} minutes"
            raise Refusal("downtime", reason)
        derived = given.planned_time - given.downtime
        if run is not None:
            agree("run_time", run, derived, "run time", "planned time less downtime")
        run = derived
    if run is None and given.planned_time is not None and given.availability is not None:
        run = given.planned_time * given.availability
    if given.availability is not None or given.planned_time is None or run is None:
        return given.availability or 0.0, run, []
    if run > given.planned_time:
        raise Refusal(
            "run_time", f"run time {number(run)} is above the planned time {number(given.planned_time)} minutes"
        )
    value = run / given.planned_time
    shown = f"{number(run)} / {number(given.planned_time)} = {number(value)}"
    return value, run, [f"availability = run time / planned time = {shown}"]


def _performance(given: OeeInputs, run: float | None) -> tuple[float, list[str]]:
    if given.performance is not None:
        return given.performance, []
    if not run:
        if run == 0:
            raise Refusal("downtime", "the line did not run at all, so its performance cannot be measured")
        raise Refusal(
            "planned_time",
            "performance from a cycle time or rate needs the time that the line ran: give planned time and downtime",
        )
    count = given.total_count or 0.0
    if given.ideal_rate is not None:
        if given.ideal_cycle_time is not None:
            agree("ideal_rate", given.ideal_rate, 1 / given.ideal_cycle_time, "ideal run rate", "1 / ideal cycle time")
        value = count / (given.ideal_rate * run)
        shown = f"{number(count)} / ({number(given.ideal_rate)} × {number(run)}) = {number(value)}"
        return value, [f"performance = total count / (ideal run rate × run time) = {shown}"]
    cycle = given.ideal_cycle_time or 0.0
    value = cycle * count / run
    shown = f"{number(cycle)} × {number(count)} / {number(run)} = {number(value)}"
    return value, [f"performance = ideal cycle time × total count / run time = {shown}"]


def _quality(given: OeeInputs) -> tuple[float, list[str]]:
    if given.quality is not None:
        return given.quality, []
    total = given.total_count or 0.0
    good = given.good_count if given.good_count is not None else total - (given.reject_count or 0.0)
    if good > total:
        raise Refusal("good_count", f"good count {number(good)} is above the total count {number(total)}")
    if good < 0:
        raise Refusal(
            "reject_count", f"reject count {number(given.reject_count or 0)} is above the total count {number(total)}"
        )
    return good / total, [
        f"quality = good count / total count = {number(good)} / {number(total)} = {number(good / total)}"
    ]


def _losses(given: OeeInputs, outcome: Outcome) -> Chart:  # noqa: ARG001 - charts get both
    a, p = (float(outcome.also[name]) for name in ("availability", "performance"))  # type: ignore[arg-type]
    falls = [1.0, -(1 - a), -a * (1 - p), -(a * p - outcome.value), outcome.value]
    return Chart(
        kind="waterfall",
        title="Where planned time is lost",
        x_label="",
        y_label="share of planned time",
        series=[Series(name="share", x=["planned time", "stops", "slow running", "rejects", "OEE"], y=falls)],
        summary=f"Of planned time, {percent(1 - a)} is lost to stops, {percent(a * (1 - p))} to slow running and "
        f"{percent(a * p - outcome.value)} to rejects; {percent(outcome.value)} is left.",
    )


@metric(
    id="oee",
    name="Overall equipment effectiveness",
    aliases=("OEE", "overall equipment efficiency", "equipment effectiveness", "machine effectiveness",
             "Gesamtanlageneffektivität", "Anlageneffektivität", "GAE"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{OEE} = \text{availability} \times \text{performance} \times \text{quality}",
    source="Nakajima, S. (1988). Introduction to TPM: Total Productive Maintenance. Productivity Press.",
    note="Overall equipment effectiveness",
    published=(
        Published(
            "Vorne Industries, oee.com, Calculate OEE: 420 minutes planned, 47 down, 19,271 pieces at 1 second, "
            "423 rejects",
            {"planned_time": 420.0, "downtime": 47.0, "ideal_cycle_time": 1 / 60, "total_count": 19_271.0,
             "reject_count": 423.0},
            {"value": 0.7479, "availability": 0.8881, "performance": 0.8611, "quality": 0.9780},
            2e-4,
            absolute=True,
        ),
        Published(
            "Nakajima, Introduction to TPM: 90 % availability, 95 % performance and 99 % quality give about 85 %",
            {"availability": 0.9, "performance": 0.95, "quality": 0.99},
            {"value": 0.85},
            0.005,
            absolute=True,
        ),
    ),
    chart=_losses,
)  # fmt: skip
def oee(given: OeeInputs) -> Outcome:
    """Return availability times performance times quality, a share of planned time.

    Each factor is given, or follows from times and counts. Refuses downtime above planned time and more good or
    rejected pieces than were made.
    """
    availability, run, steps = _availability(given)
    performance, how = _performance(given, run)
    steps += how
    quality, how = _quality(given)
    steps += how
    value = availability * performance * quality
    shown = f"{number(availability)} × {number(performance)} × {number(quality)} = {number(value)}"
    steps.append(f"OEE = availability × performance × quality = {shown}")
    factors = {"availability": availability, "performance": performance, "quality": quality}
    worst = min(factors, key=lambda name: factors[name])
    warnings = []
    if performance > 1:
        warnings.append(
            f"Performance is {percent(performance)}: the ideal speed is set too low, or the counts are wrong."
        )
    elif value > WORLD_CLASS:
        warnings.append("Above 85 % is rare; check that small stops and rework are counted.")
    also: dict[str, Value] = {**factors, "largest_loss": worst}
    if run is not None:
        also["run_time"] = run
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{percent(value)} of the planned time makes good pieces at full speed; {worst}, "
        f"{percent(factors[worst])}, loses most.",
        also=also,
        units=dict.fromkeys(factors, "fraction") | {"run_time": "minute"},
        warnings=warnings,
    )
