"""What passes every step of a process right the first time: rolled throughput yield."""

import math

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent, plural

FAMILY = "Quality"
PYZDEK = "Pyzdek, T. & Keller, P. (2018). The Six Sigma Handbook, 5th ed. McGraw-Hill."
MOST_TERMS = 12
TENTH = 0.1


class RolledYieldInputs(Given):
    """The first-pass yields of the steps of a process, in a row or by name, or one yield and the number of steps."""

    either = (either("yields", "yields_by_step", ("step_yield", "steps")),)

    yields: list[float] | None = quantity(
        Spoken(
            "yields",
            "fraction",
            words=("yields", "step yields", "yields of", "first pass yields", "process yields", "FPYs", "yield",
                   "stations", "steps with", "steps", "passes", "Ausbeuten", "Ausbeute", "Prozessschritte"),
            symbols=("Y", "y"),
        ),
        default=None,
        min_length=1,
        max_length=1000,
    )  # fmt: skip
    yields_by_step: dict[str, float] | None = quantity(
        Spoken("yields by step", "fraction", words=("yields by step", "yield", "step yields", "yields", "Ausbeuten")),
        default=None,
        min_length=1,
        max_length=1000,
    )
    step_yield: float | None = quantity(
        Spoken(
            "yield of each step",
            "fraction",
            words=("yield of each step", "each", "yield each", "each step", "yield per step", "each at", "every step",
                   "per step", "jeweils"),
        ),
        default=None,
        ge=0,
        le=1,
    )  # fmt: skip
    steps: float | None = quantity(
        Spoken(
            "number of steps",
            "",
            words=("number of steps", "steps", "stations", "operations", "process steps", "stages", "Schritte",
                   "Stationen"),
        ),
        default=None,
        ge=1,
        le=10_000,
    )  # fmt: skip


@metric(
    id="rolled_throughput_yield",
    name="Rolled throughput yield",
    aliases=("RTY", "rolled yield", "rolled through put yield", "throughput yield of the process",
             "overall first pass yield", "total process yield", "overall yield", "cumulative yield",
             "combined yield", "end-to-end yield", "yield of the whole line", "yield of the whole process",
             "Gesamtausbeute", "kumulierte Ausbeute"),
    family=FAMILY,
    unit="fraction",
    formula=r"RTY = \prod_{i=1}^{n} FPY_i",
    source=PYZDEK,
    note="Six Sigma",
    published=(
        Published(
            "mfgcalcs.com, rolled throughput yield of four steps: 91.27 %",
            {"yields": [0.99, 0.97, 0.99, 0.96]},
            {"value": 0.9127},
            0.00005,
            absolute=True,
        ),
        Published("iSixSigma forum: .97 x .94 = .91", {"yields": [0.97, 0.94]}, {"value": 0.91}, 0.005, absolute=True),
    ),
)  # fmt: skip
def rolled_throughput_yield(given: RolledYieldInputs) -> Outcome:
    """Return the share of units that pass every step without rework: the product of the steps' first-pass yields.

    Refuses yields outside 0 to 100 %.
    """
    if given.yields_by_step is not None:
        name, named = "yields_by_step", dict(given.yields_by_step)
    elif given.yields is not None:
        name, named = "yields", {f"step {place}": share for place, share in enumerate(given.yields, 1)}
    else:
        whole = round(given.steps or 1)
        if abs(whole - (given.steps or 1)) > 1e-9:
            raise Refusal("steps", f"the number of steps must be a whole number, but it is {number(given.steps or 1)}")
        name, named = "step_yield", {f"step {place}": given.step_yield or 0.0 for place in range(1, whole + 1)}
    for step, share in named.items():
        if not 0 <= share <= 1:
            raise Refusal(name, f"a yield lies between 0 and 100 %, but that of {step} is {number(share)}")
    value = math.prod(named.values())
    weakest = min(named, key=lambda step: named[step])
    shown = " × ".join(number(share) for share in list(named.values())[:MOST_TERMS])
    more = " × ..." if len(named) > MOST_TERMS else ""
    warnings = []
    if 0 < min(named.values()) < TENTH:
        warnings.append(f"{weakest} passes under 10 %; check that yields are given, not shares of rejects.")
    also: dict[str, Value] = {"lost": 1 - value, "steps": float(len(named)), "weakest_yield": named[weakest]}
    if name != "step_yield":
        also["weakest_step"] = weakest
    return Outcome(
        value=value,
        steps=[f"rolled throughput yield = {shown}{more} = {number(value)}"],
        meaning=f"{percent(value)} of units pass all {plural(len(named), 'step')} without rework; {percent(1 - value)} "
        f"need rework or are lost somewhere, though no step alone loses more than {percent(1 - named[weakest])}.",
        also=also,
        units={"lost": "fraction", "weakest_yield": "fraction"},
        warnings=warnings,
        assumptions=["a unit's fate in one step does not depend on the steps before"],
    )
