"""The beat of lean production: takt time, kanban cards, process cycle efficiency."""

import math

from tools.metrics.families.flow import FAMILY
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, plural
from tools.metrics.vocabulary import DEMAND, LEAD_TIME

SHORT_SHARE = 0.1
LARGEST_COUNT = 1e15


class TaktInputs(Given):
    """Working time and demand of the same stretch (a shift, a day), and what is taken off the time."""

    available_time: float = quantity(
        Spoken(
            "available time",
            "minute/period",
            words=("available time", "available working time", "working time", "production time", "net time",
                   "net available time", "available", "operates", "operating time", "runs", "shift", "shifts of",
                   "work", "works", "open", "verfügbare Zeit", "Arbeitszeit", "Betriebszeit", "Schicht",
                   "Schichten von", "Schichten mit", "per shift", "shift length", "net working time",
                   "net production time", "working minutes", "working hours", "time available",
                   "minutes available", "hours available", "minutes per shift", "minutes a shift", "shift time",
                   "shift lasts", "hours a day", "Minuten Schicht", "Schichtzeit", "Schichtdauer",
                   "Nettoarbeitszeit", "verfügbare Arbeitszeit", "verfügbar"),
            symbols=("T_a", "T", "AT"),
        ),
        gt=0,
    )  # fmt: skip
    demand: float = quantity(
        DEMAND.also(
            "customers want", "customers order", "customer demand", "customers need", "need", "required", "ordered",
            "have to make", "must make", "to be made", "Kundenbedarf", "Stückzahl", "pieces to make", "orders",
            "units required", "units needed", "to deliver", "customer requirement", "customer orders",
            "Kundennachfrage", "Bedarf", "Kunden brauchen", "Kunde braucht",
            because="without demand there is no beat",
        ),
        gt=0,
    )  # fmt: skip
    breaks: float | None = quantity(
        Spoken(
            "breaks and planned stops",
            "minute/period",
            words=("breaks", "planned stops", "break time", "lunch", "meetings", "cleaning", "planned downtime",
                   "maintenance", "Pausen", "Pause", "geplante Stillstände", "break", "pauses", "for breaks",
                   "pause", "stops", "minus breaks", "huddle", "Pausenzeit", "Unterbrechungen"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    shifts: float | None = quantity(
        Spoken(
            "shifts",
            "",
            words=("shifts", "number of shifts", "shifts a day", "shifts of", "shifts with", "shifts per day",
                   "shifts each", "Schichten", "Anzahl Schichten", "Schichten von", "Schichten mit",
                   "shift operation", "hour shifts", "-hour shifts", "Schichtbetrieb"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    work_content: float | None = quantity(
        Spoken(
            "work content",
            "minute/item",
            words=("work content", "total work content", "sum of task times", "total task time", "labor content",
                   "labour content", "task times add up to", "Arbeitsinhalt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="takt_time",
    name="Takt time",
    aliases=("takt", "customer takt", "pace of demand", "line takt", "drumbeat", "Taktzeit", "Kundentakt",
             "beat of the line"),
    family=FAMILY,
    unit="minute/item",
    formula=r"\text{takt time} = \frac{\text{available working time}}{\text{customer demand}}",
    source="Rother, M. & Shook, J. (1999). Learning to See: Value Stream Mapping to Add Value and Eliminate Muda. "
    "Lean Enterprise Institute.",
    note="Takt time",
    period="demand",
    published=(
        Published(
            "Rother & Shook, Learning to See, Acme Stamping: 460 minutes and 460 units a shift, 60 seconds",
            {"available_time": 460.0, "demand": 460.0},
            {"value": 1.0, "seconds": 60.0},
        ),
        Published(
            "Lean Enterprise Institute, Lean Lexicon: 480 minutes and 240 widgets a day",
            {"available_time": 480.0, "demand": 240.0},
            {"value": 2.0},
        ),
    ),
)  # fmt: skip
def takt_time(given: TaktInputs) -> Outcome:
    """Return the time between two units that keeps up with demand, in minutes a unit.

    Breaks are taken off each shift; several shifts multiply the time left. Refuses breaks that leave no time.
    """
    breaks, shifts = given.breaks or 0.0, given.shifts or 1.0
    net = (given.available_time - breaks) * shifts
    if net <= 0:
        reason = (
            f"breaks of {number(breaks)} minutes leave nothing of the {number(given.available_time)} minutes available"
        )
        raise Refusal("breaks", reason)
    takt = net / given.demand
    steps = []
    if given.breaks or given.shifts:
        shown = f"({number(given.available_time)} - {number(breaks)}) × {number(shifts)} = {number(net)}"
        steps.append(f"net time = (available time - breaks) × shifts = {shown}")
    steps.append(f"takt time = net time / demand = {number(net)} / {number(given.demand)} = {number(takt)}")
    also: dict[str, Value] = {"seconds": 60 * takt, "units_per_hour": 60 / takt, "net_time": net}
    meaning = (
        f"A unit must be finished every {plural(takt, 'minute')} ({plural(60 * takt, 'second')}) to keep up with demand"
    )  # fmt: skip
    if given.work_content is not None:
        exact = given.work_content / takt
        also |= {"operators_exact": exact, "operators": float(math.ceil(exact - 1e-9))}
        shown = f"{number(given.work_content)} / {number(takt)} = {number(exact)}"
        steps.append(f"operators = work content / takt time = {shown}, rounded up to {number(math.ceil(exact - 1e-9))}")
        meaning += f", which takes at least {plural(math.ceil(exact - 1e-9), 'operator')}"
    return Outcome(
        value=takt,
        steps=steps,
        meaning=f"{meaning}.",
        also=also,
        units={"seconds": "second/item", "units_per_hour": "item/hour", "net_time": "minute/period"},
    )


class KanbanInputs(Given):
    """Demand, the time to refill a container, its size, and the safety allowed for."""

    demand: float = quantity(DEMAND.also("uses", "use", "consumes", "consume", "sells", "draws"), ge=0)
    lead_time: float = quantity(
        LEAD_TIME.also(
            "replenishment lead time", "replenishment", "refill time", "refill takes", "refilled in",
            "container takes", "takes", "delivers within", "delivers in", "turnaround", "cycle", "loop time",
            "replenish", "kanban cycle", "kanban loop", "supply takes", "refill", "refilling",
            "turnaround time", "Nachschubzeit", "Umlaufzeit", "Nachschub",
        ),
        ge=0,
    )  # fmt: skip
    container_size: float = quantity(
        Spoken(
            "container size",
            "item/container",
            words=("container size", "container capacity", "container", "containers of", "containers hold",
                   "bin size", "bin", "bins of", "box of", "box", "pack size", "standard pack", "tote", "crate",
                   "holds", "hold", "contains", "Behältergröße", "Behälter", "Behältermenge", "Behälterinhalt",
                   "parts per container", "per container", "per bin", "parts per bin", "a bin", "a container",
                   "bin holds", "bins hold", "units per container", "pieces per container", "pieces per box",
                   "containers", "in each box", "box holds", "boxes of", "each container", "a box", "a tote",
                   "totes of", "pack of", "packs of", "Teile je Behälter", "Stück pro Behälter",
                   "Stück je Behälter", "pro Behälter", "je Behälter", "Kiste", "Behälter mit", "KLT"),
            symbols=("C", "c"),
        ),
        gt=0,
    )  # fmt: skip
    safety_share: float = quantity(
        Spoken(
            "safety allowance",
            "fraction",
            words=("safety allowance", "safety factor", "safety percentage", "safety margin", "safety stock",
                   "safety", "buffer", "allowance", "policy variable", "Sicherheitszuschlag", "Sicherheitsfaktor",
                   "Sicherheit", "Puffer", "safety allowance of", "safety coefficient", "on top", "extra",
                   "surcharge", "reserve", "Sicherheitsreserve", "Zuschlag", "Sicherheitsaufschlag"),
            symbols=("α", "S"),
        ),
        default=0.0,
        ge=0,
        le=10,
    )  # fmt: skip
    safety_stock: float | None = quantity(
        Spoken(
            "safety stock",
            "item",
            words=("safety stock", "safety units", "buffer stock", "units of safety stock", "Sicherheitsbestand",
                   "Mindestbestand"),
            symbols=("SS",),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="kanban_count",
    name="Number of kanban cards",
    aliases=("number of kanbans", "kanbans", "kanban cards", "kanban", "number of containers", "kanban quantity",
             "kanban card count", "Anzahl Kanbankarten", "Kanbankarten", "Anzahl Kanbans"),
    family=FAMILY,
    unit="",
    formula=r"N = \left\lceil \frac{D \times L \times (1 + \alpha)}{C} \right\rceil",
    source="Monden, Y. (2012). Toyota Production System: An Integrated Approach to Just-in-Time, 4th ed.",
    note="Kanban",
    period="demand",
    published=(
        Published(
            "Heizer & Render, Operations Management, ch. JIT, Hobbs Bakery (half a day of safety stock)",
            {"demand": 500.0, "lead_time": 2.0, "safety_stock": 250.0, "container_size": 250.0},
            {"value": 5.0},
        ),
        Published(
            "Jacobs & Chase, Operations and Supply Chain Management, ch. Lean Supply Chains, Arvin Automotive",
            {"demand": 8.0, "lead_time": 4.0, "safety_share": 0.1, "container_size": 10.0},
            {"value": 4.0, "exact": 3.52},
        ),
    ),
)  # fmt: skip
def kanban_count(given: KanbanInputs) -> Outcome:
    """Return how many containers, each with a card, cover demand while one is refilled; rounded up to a whole number.

    Safety is a share of demand in the lead time, or units of safety stock, or both.
    """
    stock = given.safety_stock or 0.0
    needed = given.demand * given.lead_time * (1 + given.safety_share) + stock
    exact = needed / given.container_size
    if exact > LARGEST_COUNT:
        raise OverflowError("too many cards")
    cards = max(math.ceil(exact - 1e-9), 0)
    share = f" × (1 + {number(given.safety_share)})" if given.safety_share else ""
    extra = f" + {number(stock)}" if stock else ""
    shown = (
        f"({number(given.demand)} × {number(given.lead_time)}{share}{extra}) / {number(given.container_size)} = "
        f"{number(exact)}"
    )
    formula = (
        f"(demand × lead time{' × (1 + safety)' if share else ''}{' + safety stock' if extra else ''}) / container size"
    )
    return Outcome(
        value=float(cards),
        steps=[f"cards = {formula} = {shown}", f"rounded up = {number(cards)}"],
        meaning=f"{plural(cards, 'card')} are needed; they cap the stock at {number(cards * given.container_size)} "
        "units.",
        also={"exact": exact, "largest_stock": cards * given.container_size, "units_needed": needed},
        units={"largest_stock": "item", "units_needed": "item"},
        warnings=[]
        if given.safety_share or stock
        else ["No safety is allowed for: one late container stops the user."],
        assumptions=[] if given.safety_share or stock else ["no safety allowance"],
    )


class EfficiencyInputs(Given):
    """Time that adds value, and the whole lead time (or the waiting), on the same clock."""

    either = (either("total_time", "waiting_time"),)

    value_added_time: float = quantity(
        Spoken(
            "value-added time",
            "minute",
            words=("value-added time", "value added time", "value adding time", "value-adding", "value added",
                   "adds value", "VA time", "VAT", "processing time", "process time", "touch time", "hands-on time",
                   "work takes", "worked on", "actual work", "active time", "wertschöpfende Zeit",
                   "Wertschöpfungszeit", "Bearbeitungszeit"),
            symbols=("VA", "va", "VAT"),
        ),
        ge=0,
    )  # fmt: skip
    total_time: float | None = quantity(
        Spoken(
            "total lead time",
            "minute",
            words=("total lead time", "lead time", "throughput time", "cycle time", "total time", "flow time",
                   "elapsed time", "end to end", "from start to finish", "turnaround time", "Durchlaufzeit",
                   "Gesamtdurchlaufzeit"),
            symbols=("LT", "lt", "TLT", "PLT"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    waiting_time: float | None = quantity(
        Spoken(
            "waiting and other time",
            "minute",
            words=("waiting time", "waiting", "waits", "wait", "idle time", "non-value-added time",
                   "non value adding time", "non-value-added", "queue time", "waste", "NVA time", "Liegezeit",
                   "Wartezeit"),
            symbols=("NVA",),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


def _time_chart(given: EfficiencyInputs, outcome: Outcome) -> Chart:
    rest = float(outcome.also["other_time"])  # type: ignore[arg-type]
    return Chart(
        kind="bar",
        title="Where the time goes",
        x_label="",
        y_label="minutes",
        series=[Series(name="minutes", x=["adds value", "waiting and other"], y=[given.value_added_time, rest])],
        summary=f"{percent(outcome.value)} of the lead time adds value.",
    )  # fmt: skip


@metric(
    id="process_cycle_efficiency",
    name="Process cycle efficiency",
    aliases=("PCE", "flow efficiency", "value-added ratio", "value added share", "manufacturing cycle efficiency",
             "MCE", "VA ratio", "Prozesseffizienz", "Flussgrad", "Durchlaufeffizienz"),
    family=FAMILY,
    unit="fraction",
    formula=r"PCE = \frac{T_{VA}}{T_{L}}",
    source="George, M. L. (2002). Lean Six Sigma: Combining Six Sigma Quality with Lean Speed. McGraw-Hill.",
    note="Lean",
    chart=_time_chart,
)  # fmt: skip
def process_cycle_efficiency(given: EfficiencyInputs) -> Outcome:
    """Return the share of lead time that adds value. Refuses a value-added time above the lead time."""
    added = given.value_added_time
    total = given.total_time if given.total_time is not None else added + (given.waiting_time or 0.0)
    if added > total:
        raise Refusal(
            "value_added_time", f"value-added time {number(added)} is above the whole lead time {number(total)} minutes"
        )
    if total == 0:
        raise Refusal("waiting_time", "value-added and waiting time are both 0, so there is no lead time")
    share = added / total
    steps = []
    if given.total_time is None:
        steps.append(f"lead time = value-added + waiting = {number(added)} + {number(total - added)} = {number(total)}")
    steps.append(f"efficiency = value-added time / lead time = {number(added)} / {number(total)} = {number(share)}")
    return Outcome(
        value=share,
        steps=steps,
        meaning=f"{percent(share)} of the lead time adds value; {percent(1 - share)} is waiting, moving and checking"
        + (", so shortening the waits helps far more than faster work." if share < SHORT_SHARE else "."),
        also={"other_time": total - added, "lead_time": total},
        units={"other_time": "minute", "lead_time": "minute"},
        assumptions=["both times are on the same clock: working hours only, or around the clock"],
    )
