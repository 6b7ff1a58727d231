"""Whether deliveries come in time: on-time delivery by counts and by dates."""

from datetime import datetime

from tools.metrics.books import RUSHTON
from tools.metrics.families.service_fill_rates import FAMILY
from tools.metrics.families.service_orders import ON_TIME
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Scor, metric
from tools.metrics.parts import share, small
from tools.metrics.result import Outcome, Refusal
from tools.metrics.sequences import MOST, same_length
from tools.metrics.shown import number, percent, plural, series

EARLY_SHARE = 0.2

DELIVERIES = Spoken(
    "deliveries",
    "order/period",
    words=("deliveries", "out of", "total deliveries", "orders", "shipments", "orders delivered", "all deliveries",
           "orders due", "total orders", "drops", "we delivered", "made", "Lieferungen", "Sendungen", "Aufträge"),
)  # fmt: skip
LATE = Spoken(
    "late deliveries",
    "order/period",
    words=("late deliveries", "late", "late orders", "delayed", "too late", "overdue", "arrived late",
           "missed the date", "missed", "behind schedule", "not on time", "delays", "verspätet", "zu spät",
           "unpünktlich"),
)  # fmt: skip
PROMISED = Spoken(
    "promised dates",
    "",
    words=("promised dates", "promised", "promise dates", "due dates", "due", "committed dates", "commit dates",
           "requested dates", "scheduled", "zugesagt", "Zusagetermine", "Solltermine", "Liefertermine"),
)  # fmt: skip
ARRIVED = Spoken(
    "actual dates",
    "",
    words=("actual dates", "actual", "delivered", "delivery dates", "arrived", "arrival dates", "received",
           "actual deliveries", "geliefert", "Isttermine", "Lieferdaten"),
)  # fmt: skip
DAYS_LATE = Spoken(
    "days allowed late",
    "day",
    words=(
        "days allowed late",
        "grace",
        "grace days",
        "tolerance",
        "days late allowed",
        "late tolerance",
        "Toleranz",
        "Kulanz",
    ),
)
DAYS_EARLY = Spoken(
    "days allowed early",
    "day",
    words=(
        "days allowed early",
        "early tolerance",
        "days early allowed",
        "not more than days early",
        "early window",
        "zu früh erlaubt",
    ),
)


class OnTimeDeliveryInputs(Given):
    """Deliveries of a period, and those on time, or those late."""

    either = (either("on_time", "late"),)

    deliveries: float = quantity(DELIVERIES.also("of", "delivered", "drop-offs", "customer deliveries", "trucks"), gt=0)
    on_time: float | None = quantity(ON_TIME.also("punctually", "made it on time", "were on time",
        "met the date", "within the window", "arrived punctually", "in time", "by the promised date",
        "rechtzeitig geliefert", "fristgerecht"), default=None, ge=0)  # fmt: skip
    late: float | None = quantity(LATE.also("came late", "were late", "arrived too late", "delayed deliveries",
        "tardy", "not punctual", "missed their date", "missed the promised date", "nicht pünktlich",
        "Verspätungen", "zu spät geliefert", "verspätete Lieferungen"), default=None, ge=0)  # fmt: skip


@metric(
    id="on_time_delivery",
    name="On-time delivery",
    aliases=("OTD", "on-time delivery rate", "on time delivery", "on-time performance", "delivery reliability",
             "punctuality", "DOT", "on-time shipping", "delivery performance", "Termintreue", "Liefertermintreue",
             "Pünktlichkeit", "on-time rate", "on time rate"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{OTD} = \frac{N_{\text{on time}}}{N_{\text{deliveries}}}",
    source=RUSHTON,
    note="On-time delivery",
    scor=Scor("RL.2.2", "partial"),
)  # fmt: skip
def on_time_delivery(given: OnTimeDeliveryInputs) -> Outcome:
    """Return the share of deliveries that came on time; refuses more on time or late than there are."""
    total = given.deliveries
    if given.on_time is not None:
        on_time = given.on_time
        if given.late is not None and abs(on_time + given.late - total) > 1e-6 * total:
            reason = (
                f"on time and late add up to {number(on_time + given.late)}, but there are {number(total)} deliveries"
            )
            raise Refusal("late", reason)
        rate = share(on_time, total, "on_time", ("orders on time", "deliveries"))
        step = f"on-time delivery = on time / deliveries = {number(on_time)} / {number(total)} = {number(rate)}"
    else:
        late = given.late or 0.0
        rate = 1 - share(late, total, "late", ("late deliveries", "deliveries"))
        on_time = total - late
        step = f"on-time delivery = 1 - late / deliveries = 1 - {number(late)} / {number(total)} = {number(rate)}"
    return Outcome(
        value=rate,
        steps=[step],
        meaning=f"{percent(rate)} of deliveries came on time; for {number(total - on_time)} somebody had to wait.",
        also={"late_deliveries": total - on_time},
        units={"late_deliveries": "order/period"},
        warnings=small(total, "deliveries"),
    )


class OnTimeDatesInputs(Given):
    """Promised and actual dates in the same order, as ISO text such as 2026-03-01, and what still counts as on time."""

    promised: list[str] = quantity(PROMISED, min_length=1, max_length=MOST)
    actual: list[str] = quantity(ARRIVED, min_length=1, max_length=MOST)
    days_late_allowed: float = quantity(
        DAYS_LATE, default=0.0, assumed="a delivery after the promised day is late", ge=0
    )
    days_early_allowed: float | None = quantity(
        DAYS_EARLY, default=None, assumed="early deliveries count as on time", ge=0
    )


@metric(
    id="on_time_from_dates",
    name="On-time delivery from dates",
    aliases=("on-time delivery by dates", "OTD from dates", "punctuality from dates", "average delay", "mean lateness",
             "days late on average", "Termintreue aus Daten", "mittlere Verspätung"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{OTD} = \frac{1}{n} \sum_{i=1}^{n} \left[ -e \le \text{actual}_i - \text{promised}_i \le t \right]",
    source=RUSHTON,
    note="On-time delivery",
    scor=Scor("RL.2.2", "partial"),
)  # fmt: skip
def on_time_from_dates(given: OnTimeDatesInputs) -> Outcome:
    """Return the share of deliveries whose actual date lies in the window around the promised date.

    Lateness is counted in calendar days; mean delay, mean delay of the late ones and the largest are further results.
    Refuses lists of different length and text that is no ISO date, naming it.
    """
    same_length("actual", given.actual, "promised dates", given.promised, "actual dates")
    promised = _dates("promised", "promised dates", given.promised)
    actual = _dates("actual", "actual dates", given.actual)
    late = [float((came - due).days) for due, came in zip(promised, actual, strict=True)]
    early_limit = given.days_early_allowed
    on_time = sum(
        1 for days in late if days <= given.days_late_allowed and (early_limit is None or -days <= early_limit)
    )
    too_late = [days for days in late if days > given.days_late_allowed]
    early = sum(1 for days in late if days < 0)
    count = len(late)
    rate = on_time / count
    warnings = small(count, "deliveries")
    if early_limit is None and early / count > EARLY_SHARE:
        warnings.append(
            f"{number(early)} of {number(count)} came early and count as on time; set the days allowed early if that "
            f"hurts."
        )
    delay = sum(too_late) / len(too_late) if too_late else 0.0
    noun = "delivery" if len(too_late) == 1 else "deliveries"
    tail = f" The {number(len(too_late))} late {noun} took {plural(delay, 'day')} longer on average."
    return Outcome(
        value=rate,
        steps=[
            f"days late = actual - promised: {series(late)}",
            f"on-time delivery = on time / deliveries = {on_time} / {count} = {number(rate)}",
        ],
        meaning=f"{percent(rate)} of deliveries came within the agreed days.{tail if too_late else ''}",
        also={
            "late_deliveries": float(len(too_late)),
            "early_deliveries": float(early),
            "mean_days_late": sum(late) / count,
            "mean_delay_of_late": delay,
            "largest_delay": max(0.0, *late, 0.0),
        },
        units={
            "late_deliveries": "order",
            "early_deliveries": "order",
            "mean_days_late": "day",
            "mean_delay_of_late": "day",
            "largest_delay": "day",
        },
        warnings=warnings,
    )


def _dates(name: str, label: str, texts: list[str]) -> list[datetime]:
    dates = []
    for place, text in enumerate(texts, start=1):
        try:
            dates.append(
                datetime.fromisoformat(text.strip()).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
            )
        except ValueError:
            raise Refusal(
                name, f"{label}: number {place}, {text[:30]!r}, is not a date written like 2026-03-01"
            ) from None
    return dates
