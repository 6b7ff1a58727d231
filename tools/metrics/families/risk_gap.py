"""What is lost from the end of stock until a lost node is back."""

from tools.metrics.families.risk_survival import (
    BUFFER,
    EXAMPLE,
    FAMILY,
    SEALS,
    SIMCHI_2015,
    Supply,
    SurvivalInputs,
    supply_of,
)
from tools.metrics.given import Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series
from tools.metrics.shown import number, plural

RECOVER = Spoken(
    "time to recover",
    "period",
    words=("time to recover", "TTR", "recovery time", "to recover", "recovers in", "recovery takes", "outage",
           "outage of", "down for", "is down for", "closed for", "back in", "stopped for", "out for",
           "rebuild takes", "repair takes", "needs to recover", "Wiederanlaufzeit", "Wiederherstellungszeit",
           "Ausfalldauer", "fällt aus für"),
    symbols=("TTR",),
)  # fmt: skip
SURVIVE = Spoken(
    "time to survive",
    "period",
    words=("time to survive", "TTS", "survival time", "survives", "can survive", "we survive", "we can survive",
           "we can survive for", "Überlebenszeit", "Durchhaltezeit"),
    symbols=("TTS",),
)  # fmt: skip
UNIT_MARGIN = Spoken(
    "margin of a unit",
    "money/item",
    words=("unit margin", "margin per unit", "margin a unit", "profit per unit", "contribution per unit",
           "earns per unit", "unit profit", "Stückmarge", "Marge pro Stück", "Deckungsbeitrag pro Stück"),
    symbols=("m",),
)  # fmt: skip
MARGIN = Spoken(
    "margin that depends on the node",
    "money/period",
    words=("margin", "weekly margin", "daily margin", "margin per week", "margin at stake", "margin depends",
           "profit per week", "contribution per week", "gross profit at stake", "Marge", "Deckungsbeitrag"),
)  # fmt: skip


class GapInputs(SurvivalInputs):
    """A time to recover, the time to survive or what it follows from, and the margin at stake."""

    either = (either("time_to_survive", "stock_cover", ("stock", "demand")),)

    time_to_recover: float = quantity(RECOVER.also("needs to recover", "supplier needs", "they need",
        "would need", "recover", "recovery", "takes to recover", "restart takes", "back up in",
        "recovers after", "back after", "needs to restart", "restart", "would take", "comes back after",
        "Wiederherstellung", "Ausfall", "Ausfall von", "Erholung"), ge=0)  # fmt: skip
    time_to_survive: float | None = quantity(SURVIVE.also("TTS of", "we last", "last for", "stock covers",
        "holds out"), default=None, ge=0)  # fmt: skip
    unit_margin: float | None = quantity(UNIT_MARGIN, default=None, ge=0)
    margin: float | None = quantity(MARGIN, default=None, ge=0)


def _gap_chart(given: GapInputs, outcome: Outcome) -> Chart | None:
    lasts = outcome.also.get("time_to_survive")
    if not isinstance(lasts, float):
        return None
    return Chart(
        kind="bar",
        title="Recovery against survival",
        x_label="",
        y_label=f"{given.period}s",
        series=[Series(name="time", x=["survive", "recover"], y=[lasts, given.time_to_recover])],
        marks=[Mark(x="recover", y=given.time_to_recover, text=f"gap: {number(outcome.value)}")],
        summary=(
            f"Supply lasts {number(lasts)} and recovery takes {number(given.time_to_recover)}: a gap of "
            f"{plural(outcome.value, given.period)}."
        ),
    )


@metric(
    id="ttr_gap",
    name="Gap between time to recover and time to survive",
    aliases=("TTR TTS gap", "TTR gap", "gap between time to recover", "gap between TTR and TTS", "TTR-TTS gap",
             "TTR minus TTS", "recovery gap", "supply gap", "exposure gap", "resilience gap",
             "weeks without supply", "margin at risk", "lost margin", "performance impact of the outage",
             "lost sales in the outage", "Versorgungslücke", "Lücke zwischen TTR und TTS", "TTS and TTR",
             "survival gap"),
    family=FAMILY,
    unit="period",
    formula=r"G = \max(0,\ \text{TTR} - \text{TTS}), \qquad L = G \cdot (\text{demand} - \text{alternates}) \cdot m",
    source=SIMCHI_2015,
    note="Time to recover",
    period="time_to_recover",
    chart=_gap_chart,
    published=(
        Published(
            EXAMPLE,
            {**BUFFER, "time_to_recover": 30.0, "unit_margin": 12.0},
            {"value": 9.0, "time_to_survive": 21.0, "lost_units": 1800.0, "lost_margin": 21_600.0},
        ),
        Published(
            "Knowledge note on time to survive: shaft seals with a recovery of 12 weeks and 300,000 of margin a week",
            {**SEALS, "time_to_recover": 12.0, "margin": 300_000.0},
            {"value": 7.0, "lost_margin": 1_680_000.0, "stock_to_close_gap": 6720.0},
        ),
    ),
)  # fmt: skip
def ttr_gap(given: GapInputs) -> Outcome:
    """Return the time without full supply until a node is back, in periods, and the units and margin lost in it.

    A stated time to survive is taken as it is. Where alternates come to cover all of demand, they end the gap. Refuses
    margins both for a unit and for a period, and a unit's margin without the demand.
    """
    if given.unit_margin is not None and given.margin is not None:
        raise Refusal("margin", "the margin is given both for a unit and for a period; give one of them")
    supply = supply_of(given) if given.time_to_survive is None or given.demand is not None else _supply_of_share(given)
    recover = given.time_to_recover
    lasts = supply.lasts if given.time_to_survive is None else given.time_to_survive
    steps = [*supply.steps, supply.step(lasts)] if given.time_to_survive is None and lasts is not None else []
    also: dict[str, float] = {}
    warnings = []
    if lasts is None:
        gap, lost = 0.0, 0.0
        steps.append("gap = 0, as alternates cover all of demand")
    else:
        back = min(recover, supply.delay) if supply.drain == 0 and given.time_to_survive is None else recover
        gap = max(0.0, back - lasts)
        also = {"time_to_survive": lasts, "slack": max(0.0, lasts - recover)}
        steps.append(
            f"gap = max(0, time to recover - time to survive) = max(0, {number(back)} - {number(lasts)}) = "
            f"{number(gap)}"
        )
        lost = supply.lost(recover) if given.time_to_survive is None else gap * supply.drain
        if given.time_to_survive is not None and (given.stock is not None or given.stock_cover is not None):
            warnings.append("The time to survive is taken as given; stock is not used for it.")
    units = dict.fromkeys(also, "period")
    steps += _losses(given, supply, lost, also, units)
    return Outcome(
        value=gap,
        steps=steps,
        meaning=_gap_meaning(given, gap, lasts, also),
        also={**also},
        units=units,
        warnings=warnings,
    )


def _supply_of_share(given: GapInputs) -> Supply:
    """Return the supply beside a stated time to survive without a demand: alternates count as a share only."""
    return Supply(0.0, 1.0, given.alternate_share or 0.0, given.alternate_delay, False, ())


def _losses(given: GapInputs, supply: Supply, lost: float, also: dict[str, float], units: dict[str, str]) -> list[str]:
    """Add the units and the margin that are lost and the stock that would avoid it; return lines that show them."""
    steps = []
    if supply.counted:
        also |= {"lost_units": lost, "stock_to_close_gap": lost}
        units |= dict.fromkeys(("lost_units", "stock_to_close_gap"), "item")
        short = "demand" if not supply.alternates else "(demand - alternate capacity)"
        if supply.delay:
            steps.append(f"lost units = demand until recovery - stock - alternates = {number(lost)}")
        else:
            gap = lost / supply.drain if supply.drain else 0.0
            steps.append(f"lost units = gap · {short} = {number(gap)} · {number(supply.drain)} = {number(lost)}")
    if given.margin is not None:
        periods = lost / supply.demand
        also["lost_margin"] = periods * given.margin
        steps.append(f"periods of demand lost = {number(periods)}")
        steps.append(
            f"lost margin = periods of demand lost · margin = {number(periods)} · {number(given.margin)} = "
            f"{number(also['lost_margin'])}"
        )
    elif given.unit_margin is not None:
        if not supply.counted:
            raise Refusal(
                "demand",
                f"a margin of {number(given.unit_margin)} a unit needs the units lost; give the demand, or the "
                f"margin a period",
            )
        also["lost_margin"] = lost * given.unit_margin
        steps.append(
            f"lost margin = lost units · unit margin = {number(lost)} · {number(given.unit_margin)} = "
            f"{number(also['lost_margin'])}"
        )
    if "lost_margin" in also:
        units["lost_margin"] = "money"
    return steps


def _gap_meaning(given: GapInputs, gap: float, lasts: float | None, also: dict[str, float]) -> str:
    if lasts is None:
        return "Alternates cover all of demand, so losing this node costs no sales."
    if gap == 0:
        return f"Supply lasts {plural(also['slack'], given.period)} longer than recovery takes, so no sales are lost."
    losses = [f"{number(also['lost_units'])} units"] if "lost_units" in also else []
    if "lost_margin" in also:
        losses.append(f"{number(also['lost_margin'])} {given.money} of margin")
    cost = f", which loses about {' and '.join(losses)}" if losses else ""
    return f"For {plural(gap, given.period)} demand cannot be served in full{cost}."
