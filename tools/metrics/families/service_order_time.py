"""How long an order takes until it is delivered: the mean over orders, and the sum over its stages."""

from tools.metrics.books import BOWERSOX
from tools.metrics.families.service_fill_rates import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Scor, metric
from tools.metrics.parts import small
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.sequences import DRAWN, MOST, MaybeNumbers, Number, few, not_negative
from tools.metrics.shown import number, percent, plural, series

LEAST_STAGES = 2
SKEWED = 1.5

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
    source=BOWERSOX,
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
