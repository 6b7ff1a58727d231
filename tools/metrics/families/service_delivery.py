"""Delivery in time: on-time delivery by counts and by dates, and how long orders take."""

from datetime import datetime

from tools.metrics.families.service import FAMILY, share, small
from tools.metrics.families.service_orders import ON_TIME
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Scor, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.sequences import DRAWN, MOST, MaybeNumbers, Number, few, not_negative, same_length
from tools.metrics.shown import number, percent, plural, series

HANDBOOK = (
    "Rushton, A., Croucher, P. & Baker, P. (2022). The Handbook of Logistics and Distribution Management, 7th "
    "ed. Kogan Page."
)
LEAST_STAGES = 2
EARLY_SHARE = 0.2
SKEWED = 1.5

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
ORDER_TIMES = Spoken(
    "times of the orders",
    "period",
    words=("times of the orders", "order times", "cycle times", "times", "durations", "took", "lead times",
           "days each", "days", "hours", "Durchlaufzeiten", "Auftragszeiten", "Zeiten"),
)  # fmt: skip
TOTAL_TIME = Spoken(
    "total time of all orders",
    "period",
    words=(
        "total time of all orders",
        "total time",
        "sum of cycle times",
        "total cycle time",
        "total days",
        "together took",
        "in total",
        "altogether",
        "insgesamt",
        "Gesamtzeit",
    ),
)
COUNT = Spoken(
    "number of orders",
    "order",
    words=("number of orders", "orders", "orders delivered", "order count", "Aufträge", "Anzahl Aufträge"),
)
ENTRY = Spoken(
    "order entry time",
    "period",
    words=("order entry time", "order entry", "order transmittal", "order transmission", "order receipt", "entry",
           "order taking", "order capture", "transmittal", "Auftragserfassung", "Auftragseingang",
           "Auftragsübermittlung"),
)  # fmt: skip
CREDIT = Spoken(
    "credit check time",
    "period",
    words=("credit check time", "credit check", "credit approval", "credit clearance", "approval", "Bonitätsprüfung",
           "Freigabe"),
)  # fmt: skip
PROCESSING = Spoken(
    "order processing time",
    "period",
    words=("order processing time", "order processing", "processing", "planning", "scheduling", "order handling",
           "paperwork", "Auftragsbearbeitung", "Bearbeitung", "Auftragsabwicklung"),
)  # fmt: skip
PRODUCTION = Spoken(
    "production time",
    "period",
    words=("production time", "production", "manufacturing", "making it", "assembly", "sourcing", "procurement",
           "stock allocation", "Produktion", "Fertigung", "Herstellung", "Montage"),
)  # fmt: skip
PICKING = Spoken(
    "picking time",
    "period",
    words=("picking time", "picking", "order picking", "pick", "pick and pack", "warehouse", "order assembly",
           "Kommissionierung", "Kommissionieren"),
)  # fmt: skip
PACKING = Spoken(
    "packing time",
    "period",
    words=("packing time", "packing", "pack", "packaging", "loading", "staging", "Verpackung", "Verpacken",
           "Verladung"),
)  # fmt: skip
TRANSPORT = Spoken(
    "transport time",
    "period",
    words=("transport time", "transport", "transit", "shipping", "transportation", "in transit", "delivery", "shipment",
           "ship", "deliver", "carrier", "trucking", "transit time", "Transport", "Versand", "Lieferung",
           "Auslieferung"),
)  # fmt: skip
STAGES = Spoken(
    "times of the stages",
    "period",
    words=("times of the stages", "stages", "steps", "stage times", "order entry", "picking", "packing", "processing",
           "transport", "transit", "Phasen", "Schritte", "Prozessschritte"),
)  # fmt: skip


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
    source=HANDBOOK,
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
        rate = share(on_time, total, ("on_time", "deliveries"), ("orders on time", "deliveries"))
        step = f"on-time delivery = on time / deliveries = {number(on_time)} / {number(total)} = {number(rate)}"
    else:
        late = given.late or 0.0
        rate = 1 - share(late, total, ("late", "deliveries"), ("late deliveries", "deliveries"))
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
    source=HANDBOOK,
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


class OrderCycleTimeInputs(Given):
    """How long each order took, or the total and the number of orders."""

    either = (either("times", ("total_time", "number_of_orders")),)

    times: MaybeNumbers = quantity(ORDER_TIMES, default=None, min_length=1, max_length=MOST)
    total_time: float | None = quantity(TOTAL_TIME, default=None, ge=0)
    number_of_orders: float | None = quantity(COUNT, default=None, gt=0)


@metric(
    id="order_cycle_time",
    name="Order cycle time",
    aliases=("order fulfillment cycle time", "order fulfilment cycle time", "OFCT", "order to delivery time",
             "order-to-delivery cycle time", "average order time", "mean order cycle time", "Auftragsdurchlaufzeit",
             "Auftragszykluszeit"),
    family=FAMILY,
    unit="period",
    formula=r"\text{OFCT} = \frac{\sum_{i=1}^{n} \text{time of order}_i}{n}",
    source="ASCM (2022). SCOR Digital Standard, RS.1.1 Customer Order Fulfillment Cycle Time.",
    note="Order fulfillment cycle time",
    scor=Scor("RS.1.1", "exact"),
)  # fmt: skip
def order_cycle_time(given: OrderCycleTimeInputs) -> Outcome:
    """Return the mean time from order to acceptance, with median, 90th percentile and standard deviation of a list.

    Refuses negative times.
    """
    if given.times is None:
        total, orders = given.total_time or 0.0, given.number_of_orders or 1.0
        mean = total / orders
        return Outcome(
            value=mean,
            steps=[f"order cycle time = total time / orders = {number(total)} / {number(orders)} = {number(mean)}"],
            meaning=f"An order takes {plural(mean, given.period)} from order to delivery on average.",
            warnings=small(orders, "orders"),
        )
    import numpy as np

    not_negative("times", "times of the orders", given.times)
    times = np.array(given.times)
    mean, middle, ninetieth = (float(value) for value in (times.mean(), np.median(times), np.quantile(times, 0.9)))
    warnings = few(len(times), "order")
    if middle and mean > SKEWED * middle:
        warnings.append("A few very long orders pull the mean up; the median says more about the usual order.")
    also = {"median": middle, "percentile_90": ninetieth, "longest": float(times.max())}
    if len(times) > 1:
        also["standard_deviation"] = float(times.std(ddof=1))
    return Outcome(
        value=mean,
        steps=[
            f"times: {series(given.times)}",
            f"order cycle time = sum of times / orders = {number(float(times.sum()))} / {len(times)} = {number(mean)}",
        ],
        meaning=f"An order takes {plural(mean, given.period)} on average, and nine of ten are done within "
        f"{number(ninetieth)}.",
        also=dict(also),
        units=dict.fromkeys(also, "period"),
        warnings=warnings,
    )


class StagesInputs(Given):
    """The mean time of each stage that an order passes one after the other, as a list, or by the stages' usual names.

    At least two of them are needed.
    """

    stages: dict[str, Number] | None = quantity(STAGES, default=None, min_length=1, max_length=100)
    order_entry: float | None = quantity(ENTRY, default=None, ge=0)
    credit_check: float | None = quantity(CREDIT, default=None, ge=0)
    order_processing: float | None = quantity(PROCESSING, default=None, ge=0)
    production: float | None = quantity(PRODUCTION, default=None, ge=0)
    picking: float | None = quantity(PICKING, default=None, ge=0)
    packing: float | None = quantity(PACKING, default=None, ge=0)
    transport: float | None = quantity(TRANSPORT, default=None, ge=0)

    def times(self) -> dict[str, float]:
        """Return the time of each stage by name, in the order in which an order passes them."""
        usual = ("order_entry", "credit_check", "order_processing", "production", "picking", "packing", "transport")
        named = {name.replace("_", " "): getattr(self, name) for name in usual}
        return {**(self.stages or {}), **{name: time for name, time in named.items() if time is not None}}


def _stages_chart(given: StagesInputs, outcome: Outcome) -> Chart | None:
    stages = given.times()
    if len(stages) > DRAWN:
        return None
    longest = max(stages, key=lambda name: stages[name])
    return Chart(
        kind="waterfall",
        title="Where an order's time goes",
        x_label="stage",
        y_label=f"{given.period}s",
        series=[Series(name="time", x=list(stages), y=list(stages.values()))],
        summary=f"The stages add up to {number(outcome.value)}; the longest is {longest} with "
        f"{number(stages[longest])}.",
    )


@metric(
    id="order_cycle_time_from_stages",
    name="Order cycle time from its stages",
    aliases=("sum of stage times", "order cycle time by stage", "total order lead time", "order lead time by stages",
             "Durchlaufzeit aus Prozessschritten"),
    family=FAMILY,
    unit="period",
    formula=r"\text{OFCT} = \sum_{j} \text{mean time of stage}_j",
    source="Bowersox, D. J., Closs, D. J., Cooper, M. B. & Bowersox, J. C. (2013). Supply Chain Logistics Management, "
           "4th ed. McGraw-Hill.",
    note="Order fulfillment cycle time",
    scor=Scor("RS.1.1", "partial"),
    chart=_stages_chart,
)  # fmt: skip
def order_cycle_time_from_stages(given: StagesInputs) -> Outcome:
    """Return the sum of the stages' mean times, right when each follows the one before without overlap.

    Refuses fewer than two stages, and negative times.
    """
    not_negative("stages", "times of the stages", list((given.stages or {}).values()))
    stages = given.times()
    if len(stages) < LEAST_STAGES:
        had = f"only {next(iter(stages))} is given" if stages else "none is given"
        raise Refusal(
            "stages", f"give the times of two stages or more, such as order entry, picking and transport; {had}"
        )
    total = sum(stages.values())
    longest = max(stages, key=lambda name: stages[name])
    portion = stages[longest] / total if total else 0.0
    shown = " + ".join(number(value) for value in stages.values())
    return Outcome(
        value=total,
        steps=[f"order cycle time = {' + '.join(stages)} = {shown} = {number(total)}"],
        meaning=f"An order takes {plural(total, given.period)}; {longest} alone is {percent(portion)} of it, so start "
        f"there.",
        also={"longest_stage": longest, "share_of_longest": portion},
        units={"share_of_longest": "fraction"},
        assumptions=["stages follow one another without overlap or waiting in between"],
    )
