"""Whether production does what was planned: attainment of the volume, adherence to the schedule."""

from tools.metrics.checks import each, same_length
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import doubts, part_of
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent

FAMILY = "Flow and capacity"
JACOBS = (
    "Jacobs, F. R., Berry, W. L., Whybark, D. C. & Vollmann, T. E. (2018). Manufacturing Planning and Control for "
    "Supply Chain Management, 2nd ed. McGraw-Hill."
)
FAR_OVER, LATE_HIGH = 1.5, 0.5


class AttainmentInputs(Given):
    """Units planned and made, in total, or item by item."""

    either = (either(("planned", "made"), ("planned", "missed"), ("planned_by_item", "made_by_item")),)

    planned: float | None = quantity(
        Spoken(
            "planned output",
            "item/period",
            words=("planned output", "planned", "plan", "production plan", "scheduled", "plan was", "planned units",
                   "planned production", "plan of", "target", "supposed to make", "should have made",
                   "schedule called for",
                   "budgeted", "geplant", "Plan", "Planmenge", "Soll"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    made: float | None = quantity(
        Spoken(
            "actual output",
            "item/period",
            words=("actual output", "made", "produced", "actual", "actually made", "output", "actual production",
                   "completed", "we made", "built", "finished", "came out", "actual units", "achieved", "delivered",
                   "produziert", "gefertigt", "Ist", "hergestellt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    missed: float | None = quantity(
        Spoken(
            "units missed",
            "item/period",
            words=("units missed", "missed", "short of plan", "shortfall", "behind plan", "not made", "fell short by",
                   "below plan", "short by", "missing", "Rückstand", "Fehlmenge"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    planned_by_item: list[float] | None = quantity(
        Spoken(
            "planned output by item",
            "item",
            words=("planned output by item", "planned", "plan", "planned quantities", "scheduled", "schedule", "target",
                   "geplant", "Plan", "Soll"),
        ),
        default=None,
        min_length=1,
        max_length=10_000,
    )  # fmt: skip
    made_by_item: list[float] | None = quantity(
        Spoken(
            "actual output by item",
            "item",
            words=("actual output by item", "made", "actual", "produced", "actuals", "output", "built", "completed",
                   "gefertigt", "produziert", "Ist"),
        ),
        default=None,
        min_length=1,
        max_length=10_000,
    )  # fmt: skip


@metric(
    id="plan_attainment",
    name="Production plan attainment",
    aliases=("plan attainment", "schedule attainment", "production attainment", "attainment to plan",
             "attainment of the production plan", "production schedule attainment", "MPS attainment",
             "plan fulfilment", "plan fulfillment", "attainment to schedule", "production performance to plan",
             "performance to plan", "build to schedule", "Planerfüllung", "Planerfüllungsgrad",
             "Produktionsplanerfüllung",
             "Plantreue"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{attainment} = \frac{\text{actual output}}{\text{planned output}}, \qquad \text{mix adherence} = "
            r"\frac{\sum_i \min(a_i, p_i)}{\sum_i p_i}",
    source=JACOBS,
    note="Master production schedule",
    published=(
        Published(
            "mfgcalcs.com, schedule attainment: 2,110 of 6,000 planned units, 35.17 %",
            {"planned": 6_000.0, "made": 2_110.0},
            {"value": 0.3517, "missed": 3_890.0},
            0.00005,
            absolute=True,
        ),
    ),
)  # fmt: skip
def plan_attainment(given: AttainmentInputs) -> Outcome:
    """Return actual output over planned output; above 1 is more than planned, returned with a warning.

    Item by item, the mix adherence counts no item for more than its plan: too much of one does not make up for another.
    """
    also: dict[str, Value] = {}
    units = {"missed": "item/period"}
    mix: float | None = None
    if given.planned_by_item is not None and given.made_by_item is not None:
        plans, done = given.planned_by_item, given.made_by_item
        same_length("made_by_item", "actual output", done, len(plans), "planned output")
        each("planned_by_item", "planned output", plans)
        each("made_by_item", "actual output", done)
        plan, made = sum(plans), sum(done)
        if plan <= 0:
            raise Refusal("planned_by_item", "nothing was planned, so there is nothing to attain")
        mix = sum(map(min, plans, done)) / plan
        also["mix_adherence"] = mix
        units["mix_adherence"] = "fraction"
    else:
        plan = given.planned or 1.0
        made = given.made if given.made is not None else plan - (given.missed or 0.0)
        if given.made is None and made < 0:
            reason = f"units missed ({number(given.missed or 0)}) cannot exceed the plan of {number(plan)}"
            raise Refusal("missed", reason)
        if given.made is not None and given.missed is not None and abs(made + given.missed - plan) > 0.01 * plan:
            reason = (
                f"made and missed add up to {number(made + given.missed)}, but the plan is {number(plan)}; give one"
            )
            raise Refusal("missed", reason)
    rate = made / plan
    also = {"missed": max(0.0, plan - made)} | also
    steps = [f"attainment = actual output / planned output = {number(made)} / {number(plan)} = {number(rate)}"]
    if mix is not None:
        steps.append(f"mix adherence = output within plan / planned output = {number(mix)}")
    warnings = []
    if rate > FAR_OVER:
        warnings.append("More than half above plan is unusual; check whether plan and output are swapped.")
    elif rate > 1:
        warnings.append("More was made than planned: that too departs from the plan, and may end as stock.")
    gap = f"{number(plan - made)} units are missing" if rate <= 1 else f"{number(made - plan)} units are too many"
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"{percent(rate)} of the plan was made; {gap}." if rate != 1 else "The plan was made exactly.",
        also=also,
        units=units,
        warnings=warnings,
    )


class AdherenceInputs(Given):
    """Orders or jobs scheduled, and those done as scheduled, or those that were not."""

    either = (either("as_scheduled", "off_schedule"),)

    scheduled: float = quantity(
        Spoken(
            "jobs scheduled",
            "",
            words=("jobs scheduled", "scheduled", "jobs", "production orders", "work orders", "orders", "out of",
                   "scheduled orders", "batches", "orders scheduled", "total orders", "lots", "runs", "planned orders",
                   "Fertigungsaufträge", "Aufträge", "geplante Aufträge", "Lose"),
        ),
        gt=0,
    )  # fmt: skip
    as_scheduled: float | None = quantity(
        Spoken(
            "jobs done as scheduled",
            "",
            words=("jobs done as scheduled", "as scheduled", "on schedule", "as planned", "on time", "on plan",
                   "to schedule", "completed on time", "finished on time", "according to schedule", "kept to schedule",
                   "termingerecht", "planmäßig", "wie geplant", "pünktlich"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    off_schedule: float | None = quantity(
        Spoken(
            "jobs off schedule",
            "",
            words=("jobs off schedule", "off schedule", "late", "delayed", "rescheduled", "moved", "not on schedule",
                   "behind schedule", "missed", "too early or late", "not as scheduled", "slipped", "verschoben",
                   "verspätet", "zu spät", "nicht planmäßig"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="schedule_adherence",
    name="Schedule adherence",
    aliases=("adherence to schedule", "production schedule adherence", "schedule compliance", "schedule stability",
             "share of jobs on schedule", "work order adherence", "schedule conformance", "adherence to the schedule",
             "production order punctuality", "Termintreue der Fertigung", "Planeinhaltung", "Fertigungstermintreue"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{schedule adherence} = \frac{\text{jobs done as scheduled}}{\text{jobs scheduled}}",
    source=JACOBS,
    note="Master production schedule",
    published=(
        Published(
            "mfgcalcs.com, schedule attainment: 1,840 of 2,000 scheduled units completed on time, 92 %",
            {"scheduled": 2_000.0, "as_scheduled": 1_840.0},
            {"value": 0.92},
        ),
    ),
)  # fmt: skip
def schedule_adherence(given: AdherenceInputs) -> Outcome:
    """Return the share of scheduled jobs done when and as scheduled; refuses more of either kind than jobs."""
    names = ("as_scheduled", "off_schedule", "scheduled")
    labels = ("jobs done as scheduled", "jobs off schedule", "jobs scheduled")
    kept = part_of(given.as_scheduled, given.off_schedule, given.scheduled, names, labels)
    rate, off = kept / given.scheduled, given.scheduled - kept
    return Outcome(
        value=rate,
        steps=[f"schedule adherence = as scheduled / scheduled = {number(kept)} / {number(given.scheduled)} = "
               f"{number(rate)}"],
        meaning=f"{percent(rate)} of jobs were done as scheduled; {number(off)} were not. Jobs done too early count as "
        f"off schedule too: they took the place of others.",
        also={"off_schedule_rate": 1 - rate, "off_schedule": off},
        units={"off_schedule_rate": "fraction"},
        warnings=doubts(off, given.scheduled, "jobs", LATE_HIGH, "check whether the two numbers are swapped"),
    )  # fmt: skip
