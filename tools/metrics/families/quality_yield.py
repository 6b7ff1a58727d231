"""What leaves a step right the first time: first-pass yield."""

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import MILLION, doubts, part_of
from tools.metrics.result import Outcome, Value
from tools.metrics.shown import number, percent

FAMILY = "Quality"
PYZDEK = "Pyzdek, T. & Keller, P. (2018). The Six Sigma Handbook, 5th ed. McGraw-Hill."
HALF = 0.5


class FirstPassYieldInputs(Given):
    """Units that entered a step, and those that left it right without rework, or those that did not."""

    either = (
        either("units_right", "units_failed", ("units_reworked", "units_scrapped"), "units_reworked", "units_scrapped"),
    )

    units_started: float = quantity(
        Spoken(
            "units started",
            "",
            words=("units started", "started", "units entered", "entered", "units tested", "tested",
                   "out of", "inspected", "input", "produced", "made", "units produced", "assembled", "total units",
                   "went in", "we built", "we made", "processed", "begonnen", "gefertigt", "geprüft", "produziert"),
        ),
        gt=0,
    )  # fmt: skip
    units_right: float | None = quantity(
        Spoken(
            "units right first time",
            "",
            words=("units right first time", "right first time", "passed first time", "passed", "first time",
                   "good first time", "passed without rework", "good", "good units", "without rework", "first pass",
                   "ok first time", "passed at the first attempt", "right the first time", "no rework", "fehlerfrei",
                   "auf Anhieb gut", "auf Anhieb", "ohne Nacharbeit"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    units_failed: float | None = quantity(
        Spoken(
            "units failed at first",
            "",
            words=("units failed at first", "failed", "failed first time", "failures", "defective", "defects",
                   "rejects", "rejected", "did not pass", "had to be fixed", "reworked or scrapped", "fehlerhaft",
                   "durchgefallen"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    units_reworked: float | None = quantity(
        Spoken(
            "units reworked",
            "",
            words=("units reworked", "reworked", "rework", "repaired", "fixed", "needed rework", "nachgearbeitet",
                   "Nacharbeit"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    units_scrapped: float | None = quantity(
        Spoken(
            "units scrapped",
            "",
            words=("units scrapped", "scrapped", "scrap", "thrown away", "binned", "Ausschuss", "verschrottet"),
        ),
        default=None,
        ge=0,
    )


@metric(
    id="first_pass_yield",
    name="First-pass yield",
    aliases=("first pass yield", "FPY", "first time yield", "first-time yield", "FTY", "throughput yield", "FTT",
             "right first time rate", "RFT", "first time right", "first-time-right rate", "first time through",
             "first-pass rate", "quality yield", "Erstausbeute", "First Pass Yield", "Gutteilquote im ersten Durchlauf",
             "Erstdurchlaufquote"),
    family=FAMILY,
    unit="fraction",
    formula=r"FPY = \frac{\text{units right first time}}{\text{units started}} = 1 - \frac{\text{reworked} + "
            r"\text{scrapped}}{\text{units started}}",
    source=PYZDEK,
    note="Six Sigma",
    published=(
        Published(
            "mfgcalcs.com, clean assembly yield: 46 of 50 instruments passed first time, 92 %",
            {"units_started": 50.0, "units_right": 46.0},
            {"value": 0.92},
        ),
        Published(
            "Sigmapedia, throughput yield: 13 defective units in a step of 100, 87 %",
            {"units_started": 100.0, "units_failed": 13.0},
            {"value": 0.87},
        ),
    ),
)  # fmt: skip
def first_pass_yield(given: FirstPassYieldInputs) -> Outcome:
    """Return the share of units that leave a step right without rework; rework and scrap may be given apart.

    Refuses more good or failed units than were started.
    """
    failed = given.units_failed
    steps = []
    assumptions: list[str] = []
    if failed is None and (given.units_reworked is not None or given.units_scrapped is not None):
        failed = (given.units_reworked or 0.0) + (given.units_scrapped or 0.0)
        steps.append(
            f"failed at first = reworked + scrapped = {number(given.units_reworked or 0)} + "
            f"{number(given.units_scrapped or 0)} = {number(failed)}"
        )
        if given.units_scrapped is None:
            assumptions.append("none was scrapped")
        elif given.units_reworked is None:
            assumptions.append("none was reworked")
    names = ("units_right", "units_failed" if given.units_failed is not None else "units_reworked", "units_started")
    labels = ("units right first time", "units failed at first", "units started")
    right = part_of(given.units_right, failed, given.units_started, names, labels)
    rate = right / given.units_started
    steps.append(
        f"first-pass yield = right first time / started = {number(right)} / {number(given.units_started)} = "
        f"{number(rate)}"
    )
    also: dict[str, Value] = {
        "failed_rate": 1 - rate,
        "failed": given.units_started - right,
        "failed_per_million": (1 - rate) * MILLION,
    }
    if given.units_scrapped is not None:
        also["final_yield"] = 1 - given.units_scrapped / given.units_started
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"{percent(rate)} pass without rework; {percent(1 - rate)}, or {number(given.units_started - right)}, "
        f"do not. Counting reworked units as good would hide that.",
        also=also,
        units={"failed_rate": "fraction", "final_yield": "fraction"},
        warnings=doubts(
            given.units_started - right, given.units_started, "units", HALF, "check whether the two numbers are swapped"
        ),
        assumptions=assumptions,
    )
