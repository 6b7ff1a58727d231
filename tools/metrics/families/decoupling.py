"""How production time compares with the delivery time that customers accept, and where stock must decouple the two."""

from tools.metrics.amounts import Amount, added
from tools.metrics.checks import each
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent, plural

PRODUCTION = Spoken(
    "production time",
    "day",
    words=("production time", "production lead time", "total lead time", "cumulative lead time",
           "manufacturing lead time", "P time", "P-time", "make and source time", "takes to make",
           "takes to produce", "to produce", "to make", "making takes", "supply lead time", "Produktionszeit",
           "Durchlaufzeit", "Gesamtdurchlaufzeit"),
    symbols=("P",),
)  # fmt: skip
STAGES = Spoken(
    "lead times of stages",
    "day",
    words=("stages", "stage times", "lead times of stages", "stage lead times", "steps take", "process times",
           "lead times", "Stufen", "Durchlaufzeiten der Stufen"),
)  # fmt: skip
DELIVERY = Spoken(
    "delivery time that customers accept",
    "day",
    words=("delivery time", "delivery lead time", "customer tolerance time", "customers accept", "customers wait",
           "customer lead time", "D time", "D-time", "promised delivery", "customers only accept",
           "customers will wait", "willing to wait", "customers expect", "customers expect delivery in",
           "order lead time", "Lieferzeit", "Kunden akzeptieren", "Kundentoleranzzeit"),
    symbols=("D",),
)  # fmt: skip


class DeliveryRatioInputs(Given):
    """How long production takes, as a whole or by stages from first to last, and how long customers wait."""

    either = (either("production_time", "stage_times"),)

    production_time: float | None = quantity(PRODUCTION, default=None, ge=0)
    stage_times: list[Amount] | None = quantity(STAGES, default=None, min_length=1, max_length=1000)
    delivery_time: float = quantity(DELIVERY, gt=0)


@metric(
    id="production_to_delivery_ratio",
    name="Production-to-delivery ratio",
    aliases=("P:D ratio", "P/D ratio", "PD ratio", "P to D ratio", "P:D", "production to delivery",
             "lead time gap ratio", "production delivery ratio", "P/D-Verhältnis",
             "Verhältnis von Produktions- zu Lieferzeit"),
    family="Flow and capacity",
    unit="",
    formula=r"R = \frac{P}{D}, \qquad P = \sum_{i=1}^{n} L_i",
    source=("Olhager, J. (2003). Strategic positioning of the order penetration point. International Journal of "
        "Production Economics 85(3), 319-329."),
    note="Decoupling point",
    published=(
        Published(
            "Knowledge note on the decoupling point: stages of 20, 8, 4 and 3 days against 10 days that customers "
            "accept",
            {"stage_times": [20.0, 8.0, 4.0, 3.0], "delivery_time": 10.0},
            {"value": 3.5, "decoupling_stage": 2.0, "time_after_decoupling": 7.0},
        ),
    ),
)  # fmt: skip
def production_to_delivery_ratio(given: DeliveryRatioInputs) -> Outcome:
    """Return production time over accepted delivery time; above 1, some work must be done before the order comes.

    With stages, `decoupling_stage` is the earliest stage after which stock may be held (0: nothing need be stocked).
    Refuses negative times, and stages beside a production time that they do not add up to.
    """
    stages = given.stage_times
    each("stage_times", STAGES.label, stages or [])
    total = sum(stages) if stages is not None else given.production_time or 0.0
    if stages is not None and given.production_time is not None and abs(total - given.production_time) > 0.01 * total:
        reason = (
            f"the stages add up to {number(total)} days, but the production time is "
            f"{number(given.production_time)}; give one of them"
        )
        raise Refusal("production_time", reason)
    ratio = total / given.delivery_time
    steps = [f"production time = {added(stages)} = {number(total)} days"] if stages is not None else []
    steps.append(
        f"ratio = production time / delivery time = {number(total)} / {number(given.delivery_time)} = {number(ratio)}"
    )
    before = max(0.0, 1 - 1 / ratio) if ratio else 0.0
    also = {"days_before_order": max(0.0, total - given.delivery_time), "share_before_order": before}
    units = {"days_before_order": "day", "share_before_order": "fraction"}
    if ratio > 1:
        meaning = (
            f"Making takes {number(ratio, 3)} times as long as customers wait, so {percent(before, 3)} of the time "
            f"must be covered by "
            "forecast and stock"
        )
    else:
        meaning = (
            f"Customers wait {plural(given.delivery_time, 'day')} and making takes {number(total)}, so "
            f"everything can wait for the order"
        )
    if stages is not None:
        left, stage = 0.0, len(stages)
        while stage and left + stages[stage - 1] <= given.delivery_time:
            stage -= 1
            left += stages[stage]
        also |= {"decoupling_stage": float(stage), "time_after_decoupling": left}
        units["time_after_decoupling"] = "day"
        steps.append(
            f"stages after the decoupling point = {added(stages[stage:])} = {number(left)} days, at most "
            f"{number(given.delivery_time)}"
        )
        if stage:
            meaning += f"; hold stock after stage {stage} of {len(stages)}"
    return Outcome(
        value=ratio,
        steps=steps,
        meaning=f"{meaning}.",
        also={**also},
        units=units,
        assumptions=["lead times are reliable"],
    )
