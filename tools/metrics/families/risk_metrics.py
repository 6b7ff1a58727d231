"""How risks are rated and what they cost on average: matrix scores, priority numbers and expected losses."""

from tools.metrics.families.risk_survival import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent, plural

LEVELS = 5
LEAST = {5: "high", 4: "medium"}
"""The band that an impact has at least, whatever the likelihood, as in the register of a risk review."""
BANDS = ((20, "critical"), (10, "high"), (5, "medium"), (1, "low"))

LIKELIHOOD = Spoken(
    "likelihood level",
    "",
    words=("likelihood", "likelihood level", "probability level", "probability", "likely", "chance level", "how likely",
           "Eintrittswahrscheinlichkeit", "Wahrscheinlichkeit"),
    symbols=("L", "P"),
    because="levels are whole numbers on the scale of the matrix",
)  # fmt: skip
IMPACT = Spoken(
    "impact level",
    "",
    words=("impact", "impact level", "consequence", "consequence level", "severity", "damage level", "damage", "effect",
           "Auswirkung", "Schadensausmaß"),
    symbols=("I", "C"),
    because="levels are whole numbers on the scale of the matrix",
)  # fmt: skip


def _whole(name: str, label: str, value: float) -> None:
    if value != int(value):
        raise Refusal(
            name, f"{label} must be a whole number, since it is a level on a scale, but it is {number(value)}"
        )


class RiskScoreInputs(Given):
    """Levels of a 5x5 risk matrix."""

    likelihood: float = quantity(LIKELIHOOD.also("prob", "probability of", "chance", "occurrence",
        "Eintrittswahrscheinlichkeit von"), ge=1, le=LEVELS)  # fmt: skip
    impact: float = quantity(IMPACT.also("consequence", "severity", "damage", "consequences", "Auswirkung",
        "Schadenshöhe", "Schadensausmaß", "Ausmaß"), ge=1, le=LEVELS)  # fmt: skip


@metric(
    id="risk_score",
    name="Risk matrix score",
    aliases=("risk score", "risk rating", "risk level", "likelihood times impact", "likelihood x impact",
             "matrix score", "5x5 score", "risk matrix rating", "Risikowert", "Risikozahl", "Risikobewertung",
             "Risikokennzahl"),
    family=FAMILY,
    unit="",
    formula=r"R = L \cdot I",
    source="IEC 31010:2019. Risk management - Risk assessment techniques, consequence/likelihood matrix.",
    note="Risk matrix",
    published=(
        Published("Knowledge note on the risk matrix: customs delay, 5 x "
            "2", {"likelihood": 5.0, "impact": 2.0}, {"value": 10.0}),
        Published(
            "Knowledge note on the risk matrix: warehouse fire, 2 x 5, at least high by the severity-first rule",
            {"likelihood": 2.0, "impact": 5.0},
            {"value": 10.0, "band": "high"},
        ),
    ),
)  # fmt: skip
def risk_score(given: RiskScoreInputs) -> Outcome:
    """Return the product of two levels from 1 to 5, and the band it lies in by this project's rule.

    An impact of 5 is at least high and one of 4 at least medium, whatever the likelihood. Refuses levels that are not
    whole numbers.
    """
    _whole("likelihood", LIKELIHOOD.label, given.likelihood)
    _whole("impact", IMPACT.label, given.impact)
    score = given.likelihood * given.impact
    plain = next(name for low, name in BANDS if score >= low)
    rising = [name for _, name in reversed(BANDS)]
    band = max(plain, LEAST.get(int(given.impact), plain), key=rising.index)
    steps = [f"score = likelihood · impact = {number(given.likelihood)} · {number(given.impact)} = {number(score)}"]
    if band != plain:
        steps.append(
            f"band = {band}, not {plain}: an impact of {number(given.impact)} is at least {band} whatever the "
            "likelihood"
        )
    return Outcome(
        value=score,
        steps=steps,
        meaning=f"The risk scores {number(score)} of 25 and counts as {band}.",
        also={"band": band},
        warnings=["Levels are ranks: do not add or average scores, and work out severe risks in money and weeks."],
        assumptions=[
            "bands of this project: low below 5, medium 5 to 9, high 10 to 19, critical from 20; impact 5 at least "
            "high and impact 4 at least medium; set your own by policy"
        ],
    )


SEVERITY = Spoken(
    "severity",
    "",
    words=("severity", "severity rating", "sev", "serious", "seriousness", "severe", "Bedeutung", "Schwere",
           "Schweregrad"),
    symbols=("S", "B"),
    because="FMEA ratings go from 1 to 10",
)  # fmt: skip
OCCURRENCE = Spoken(
    "occurrence",
    "",
    words=("occurrence", "occurrence rating", "occ", "occurs", "frequency rating", "frequency",
           "probability rating", "likelihood", "probability", "Auftreten", "Auftretenswahrscheinlichkeit"),
    symbols=("O", "A"),
    because="FMEA ratings go from 1 to 10",
)  # fmt: skip
DETECTION = Spoken(
    "detection",
    "",
    words=("detection", "detection rating", "det", "detectability", "detectable", "detected", "Entdeckung",
           "Entdeckungswahrscheinlichkeit"),
    symbols=("D", "E"),
    because="FMEA ratings go from 1 to 10, and 10 is hardest to detect",
)  # fmt: skip
SEVERE, SERIOUS, MODERATE = 9, 7, 4


class RpnInputs(Given):
    """Ratings of a failure mode, each from 1 to 10; a detection of 10 means that it is not noticed."""

    severity: float = quantity(SEVERITY.also("sev", "severe", "Schwere", "Bedeutung", "Auswirkung"), ge=1, le=10)
    occurrence: float = quantity(OCCURRENCE.also("occ", "occurs", "frequency", "probability of occurrence",
        "Auftreten", "Auftretenswahrscheinlichkeit", "Häufigkeit"), ge=1, le=10)  # fmt: skip
    detection: float = quantity(DETECTION.also("det", "detectability", "detected", "difficulty of detection",
        "Entdeckung", "Entdeckungswahrscheinlichkeit", "Entdeckbarkeit"), ge=1, le=10)  # fmt: skip


def _priority(severity: float, others: float) -> str:
    """Return this project's severity-first priority; it never falls when a rating rises."""
    if severity >= SEVERE:
        return "high"
    if severity >= SERIOUS:
        return "high" if others >= 20 else "medium"
    if severity >= MODERATE:
        return "high" if others >= 50 else "medium" if others >= 20 else "low"
    return "medium" if others >= 50 else "low"


@metric(
    id="rpn",
    name="Risk priority number",
    aliases=("RPN", "FMEA score", "FMEA number", "risk priority", "FMEA risk priority number", "FMEA", "RPZ",
             "Risikoprioritätszahl", "Risiko-Prioritätszahl"),
    family=FAMILY,
    unit="",
    formula=r"\text{RPN} = S \cdot O \cdot D",
    source="IEC 60812:2018. Failure modes and effects analysis (FMEA and FMECA).",
    note="FMEA",
    published=(
        Published(
            "FMEA handbooks: on scales from 1 to 10 the highest number is 1,000",
            {"severity": 10.0, "occurrence": 10.0, "detection": 10.0},
            {"value": 1000.0},
        ),
        Published(
            "FMEA handbooks: on scales from 1 to 10 the lowest number is 1",
            {"severity": 1.0, "occurrence": 1.0, "detection": 1.0},
            {"value": 1.0},
        ),
    ),
)  # fmt: skip
def rpn(given: RpnInputs) -> Outcome:
    """Return severity times occurrence times detection, from 1 to 1,000, and a priority that looks at severity first.

    The priority is a rule of this project, not the action-priority table of the AIAG & VDA handbook. Refuses ratings
    that are not whole numbers.
    """
    for name, value in (("severity", given.severity), ("occurrence", given.occurrence), ("detection", given.detection)):
        _whole(name, name, value)
    result = given.severity * given.occurrence * given.detection
    criticality = given.severity * given.occurrence
    priority = _priority(given.severity, given.occurrence * given.detection)
    steps = [
        f"RPN = severity · occurrence · detection = {number(given.severity)} · {number(given.occurrence)} · "
        f"{number(given.detection)} = {number(result)}",
        f"criticality = severity · occurrence = {number(given.severity)} · {number(given.occurrence)} = "
        f"{number(criticality)}",
    ]
    meaning = (
        f"The failure rates {number(result)} of 1,000; with a severity of {number(given.severity)} its "
        f"priority is {priority}."
    )
    return Outcome(
        value=result,
        steps=steps,
        meaning=meaning,
        also={"priority": priority, "criticality": criticality},
        warnings=[
            "Equal numbers can hide very different risks: 10 · 2 · 5 and 2 · 10 · 5 are both 100, so look at "
            "severity first."
        ],
        assumptions=[
            "the priority follows this project's severity-first rule, not the table of the AIAG & VDA handbook (2019)"
        ],
    )


PROBABILITY = Spoken(
    "probability in a period",
    "fraction",
    words=("probability", "chance", "likelihood", "risk of", "odds", "probability per year", "percent chance",
           "annual probability", "Wahrscheinlichkeit", "Eintrittswahrscheinlichkeit"),
    symbols=("p", "P"),
    because="a probability lies between 0 and 100 %; for events that come several times give the frequency",
)  # fmt: skip
FREQUENCY = Spoken(
    "events",
    "event/period",
    words=("frequency", "times", "events", "occasions", "occurrences", "how often", "hit us", "incidents",
           "annual rate of occurrence", "ARO",
           "Häufigkeit", "Ereignisse"),
    symbols=("f",),
)  # fmt: skip
RETURN_PERIOD = Spoken(
    "time between events",
    "period",
    words=("once in", "once every", "return period", "every", "comes every", "time between events", "one in",
           "einmal in", "alle"),
)  # fmt: skip
LOSS = Spoken(
    "loss if it happens",
    "money/event",
    words=("loss", "impact", "costing us", "costing", "costs about", "single loss expectancy", "SLE", "consequence",
           "damage", "cost if it happens", "costs us", "would cost", "loss per event", "each time costs",
           "single loss", "Schaden", "Schadenshöhe", "Verlust", "Kosten im Schadensfall"),
    symbols=("C", "I"),
)  # fmt: skip
PROBABILITY_AFTER = Spoken(
    "probability with the measure",
    "fraction",
    words=("probability after", "probability with the measure", "reduced probability", "residual probability",
           "Restwahrscheinlichkeit"),
    because="a probability lies between 0 and 100 %",
)  # fmt: skip
LOSS_AFTER = Spoken(
    "loss with the measure",
    "money/event",
    words=("loss after", "loss with the measure", "reduced loss", "residual loss", "would then cost", "Restschaden"),
)
MEASURE = Spoken(
    "cost of the measure",
    "money/period",
    words=("cost of the measure", "measure costs", "mitigation cost", "cost of mitigation", "premium",
           "insurance premium", "countermeasure", "countermeasure costs", "mitigation costs", "costs a year",
           "Kosten der Maßnahme", "Prämie"),
    symbols=("K",),
)  # fmt: skip


class ExpectedLossInputs(Given):
    """How often something happens, what it costs, and what a measure would change."""

    either = (either("probability", "frequency", "return_period"),)

    loss: float = quantity(LOSS.also("loss per event", "loss of", "costs", "cost of an event", "damage",
        "damage per event", "cost per event", "impact", "would cost", "would cost us", "impact of", "Schaden",
        "Schadenshöhe", "Verlust", "Schaden je Ereignis"), ge=0)  # fmt: skip
    probability: float | None = quantity(PROBABILITY.also("probability of", "annual probability",
        "yearly probability", "chance", "likelihood", "chance of", "odds", "happens with", "risk of",
        "Wahrscheinlichkeit", "Eintrittswahrscheinlichkeit"), default=None, ge=0, le=1)  # fmt: skip
    frequency: float | None = quantity(FREQUENCY.also("times a year", "events per year", "happens",
        "occurs"), default=None, ge=0)  # fmt: skip
    return_period: float | None = quantity(RETURN_PERIOD.also("once in", "once every"), default=None, gt=0)
    probability_after: float | None = quantity(PROBABILITY_AFTER, default=None, ge=0, le=1)
    loss_after: float | None = quantity(LOSS_AFTER, default=None, ge=0)
    measure_cost: float | None = quantity(MEASURE, default=None, ge=0)


@metric(
    id="expected_loss",
    name="Expected loss",
    aliases=("expected annual loss", "annual loss expectancy", "ALE", "expected cost of the risk",
             "average loss a year", "probability times impact", "risk exposure in money", "expected monetary value",
             "EMV", "expected value of the risk", "Erwartungsschaden", "erwarteter Schaden",
             "Schadenserwartungswert", "erwarteter Verlust", "annualised loss expectancy",
             "annualized loss expectancy", "expected yearly loss", "expected damage"),
    family=FAMILY,
    unit="money/period",
    formula=r"E = p \cdot C",
    source="IEC 31010:2019. Risk management - Risk assessment techniques.",
    note="Risk assessment",
    published=(
        Published(
            "Knowledge note on risk assessment: mold-shop fire, and a second mold set for 60,000 a year",
            {"probability": 0.02, "loss": 5_000_000.0, "loss_after": 1_000_000.0, "measure_cost": 60_000.0},
            {"value": 100_000.0, "loss_with_measure": 20_000.0, "net_benefit": 20_000.0},
        ),
        Published(
            "Knowledge note on the risk matrix: a warehouse fire once in 8 years at 8 million",
            {"return_period": 8.0, "loss": 8_000_000.0},
            {"value": 1_000_000.0},
        ),
        Published(
            "Knowledge note on risk assessment: late deliveries, 12 a year at 20,000",
            {"frequency": 12.0, "loss": 20_000.0},
            {"value": 240_000.0},
        ),
    ),
)  # fmt: skip
def expected_loss(given: ExpectedLossInputs) -> Outcome:
    """Return the loss that a risk causes on average, in money a period, and what a measure is worth after its cost.

    Refuses more than one statement of how often the event happens.
    """
    stated = [name for name in ("probability", "frequency", "return_period") if getattr(given, name) is not None]
    if len(stated) > 1:
        raise Refusal(
            stated[1],
            f"how often it happens is given twice, as {' and '.join(stated).replace('_', ' ')}; give one of them",
        )
    often, shown = _how_often(given)
    result = often * given.loss
    steps = [f"expected loss = {shown[0]} · loss = {shown[1]} · {number(given.loss)} = {number(result)}"]
    also: dict[str, float] = {}
    units: dict[str, str] = {}
    meaning = (
        f"On average this costs {number(result)} {given.money} a {given.period}; a single event costs "
        f"{number(given.loss)}"
    )
    changed = given.loss_after is not None or given.probability_after is not None
    if changed:
        after_often = given.probability_after if given.probability_after is not None else often
        after_loss = given.loss_after if given.loss_after is not None else given.loss
        after = after_often * after_loss
        also |= {"loss_with_measure": after, "reduction": result - after}
        steps.append(f"with the measure = {number(after_often)} · {number(after_loss)} = {number(after)}")
    if changed or given.measure_cost is not None:
        reduction = also.get("reduction", result)
        cost = given.measure_cost or 0.0
        also["net_benefit"] = reduction - cost
        steps.append(
            f"net benefit = reduction - cost of the measure = {number(reduction)} - {number(cost)} = "
            f"{number(reduction - cost)}"
        )
        pays = "pays on average" if reduction > cost else "does not pay on average"
        meaning += f". The measure {pays}: {number(reduction - cost)} {given.money} a {given.period} after its cost"
    units |= dict.fromkeys(also, "money/period")
    assumptions = ["the measure avoids the whole loss"] if given.measure_cost is not None and not changed else []
    warnings = []
    if often and often < 0.1:
        warnings.append(
            "The event is rare, so the average says little about the bad year; check that the single loss can be borne."
        )
    return Outcome(
        value=result,
        steps=steps,
        meaning=f"{meaning}.",
        also={**also},
        units=units,
        warnings=warnings,
        assumptions=assumptions,
    )


def _how_often(given: ExpectedLossInputs) -> tuple[float, tuple[str, str]]:
    """Return events a period, and how they are shown in words and numbers."""
    if given.probability is not None:
        return given.probability, ("probability", percent(given.probability))
    if given.return_period is not None:
        return 1 / given.return_period, ("1 / time between events", f"1 / {number(given.return_period)}")
    return given.frequency or 0.0, ("events", plural(given.frequency or 0.0, "event"))
