"""Picking in a warehouse: its rate and its accuracy."""

from tools.metrics.books import RICHARDS
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import MILLION, doubts, part_of
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent

FAMILY = "Warehouse"
FAST = 1000.0
WRONG_HIGH = 0.1
LONG_DAY = 24.0


class PickRateInputs(Given):
    """Lines or units picked, and the hours of labour, or pickers and their hours each."""

    either = (either("labour_hours", ("pickers", "hours_each")),)

    picked: float = quantity(
        Spoken(
            "lines or units picked",
            "item",
            words=("lines or units picked", "picked", "lines picked", "units picked", "picks", "lines", "units",
                   "items picked",
                   "order lines", "cases picked", "pieces picked", "orders picked", "cases", "pieces", "pick lines",
                   "we picked", "picking", "kommissioniert", "Picks", "Positionen", "gepickt", "Auftragszeilen"),
        ),
        ge=0,
    )  # fmt: skip
    labour_hours: float | None = quantity(
        Spoken(
            "hours of labour",
            "hour",
            words=("hours of labour", "labour hours", "labor hours", "hours of labor", "man-hours", "man hours",
                   "person hours", "hours worked", "working hours", "hours in total", "hours", "picking hours",
                   "total hours", "person-hours", "staff hours", "paid hours", "picker hours", "Arbeitsstunden",
                   "Personalstunden", "Stunden"),
            symbols=("H",),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    pickers: float | None = quantity(
        Spoken(
            "pickers",
            "item",
            words=("pickers", "people", "workers", "employees", "staff", "persons", "operators", "associates", "men",
                   "headcount", "Kommissionierer", "Mitarbeiter", "Leute", "Personen"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    hours_each: float | None = quantity(
        Spoken(
            "hours each",
            "hour",
            words=("hours each", "hours per picker", "hour shift", "shift of", "shift", "hours a shift", "each worked",
                   "hours per person", "each", "in", "Stunden je", "Schicht"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    idle_hours: float = quantity(
        Spoken(
            "hours not spent picking",
            "hour",
            words=("hours not spent picking", "non-productive hours", "hours of breaks", "break hours", "breaks",
                   "break time", "meetings",
                   "unproductive hours", "idle hours", "nonproductive hours", "Pausen"),
        ),
        default=0.0,
        ge=0,
    )  # fmt: skip


@metric(
    id="pick_rate",
    name="Pick rate",
    aliases=("picking rate", "picks per hour", "lines per hour", "lines per labour hour", "lines per labor hour",
             "units per labour hour", "units per labor hour", "picking productivity", "picking speed",
             "pick productivity",
             "units picked per hour", "lines picked per hour", "picks per labor hour", "picks per man hour",
             "order picking productivity", "UPH", "LPH", "Pickleistung", "Kommissionierleistung",
             "Picks pro Stunde", "Picks je Stunde"),
    family=FAMILY,
    unit="item/hour",
    formula=r"\text{pick rate} = \frac{\text{lines or units picked}}{\text{hours of labour}}",
    source=RICHARDS,
    note="Order picking",
    published=(
        Published(
            "calcsimpler.com, order picking productivity: 4,800 picks in 120 labor hours, 40 an hour",
            {"picked": 4_800.0, "labour_hours": 120.0},
            {"value": 40.0},
        ),
        Published(
            "calcsimpler.com, order picking productivity: 12,500 picks, 320 hours, 20 not productive, 41.67 an hour",
            {"picked": 12_500.0, "labour_hours": 320.0, "idle_hours": 20.0},
            {"value": 41.67},
            0.005,
            absolute=True,
        ),
    ),
)  # fmt: skip
def pick_rate(given: PickRateInputs) -> Outcome:
    """Return lines or units picked per hour of labour; refuses as many idle hours as there are hours."""
    steps = []
    hours = given.labour_hours
    if given.pickers is not None and given.hours_each is not None:
        total = given.pickers * given.hours_each
        if hours is not None and abs(hours - total) > 0.01 * total:
            reason = f"hours of labour are {number(hours)}, but pickers times hours make {number(total)}; give one"
            raise Refusal("labour_hours", reason)
        hours = total
        steps.append(
            f"hours of labour = pickers × hours each = {number(given.pickers)} × {number(given.hours_each)} = "
            f"{number(total)}"
        )
    paid = hours or 1.0
    worked = paid - given.idle_hours
    if worked <= 0:
        raise Refusal(
            "idle_hours", f"hours not spent picking ({number(given.idle_hours)}) leave none of {number(paid)}"
        )
    if given.idle_hours:
        steps.append(f"hours of picking = {number(paid)} - {number(given.idle_hours)} = {number(worked)}")
    value = given.picked / worked
    steps.append(f"pick rate = picked / hours = {number(given.picked)} / {number(worked)} = {number(value)}")
    also: dict[str, Value] = {}
    if value > 0:
        also["seconds_per_pick"] = 3600 / value
    if given.pickers is not None:
        also["picked_per_picker"] = given.picked / given.pickers
    warnings = []
    if value > FAST:
        warnings.append(
            "Over 1,000 an hour is more than people pick by hand; check the hours, or whether units are meant."
        )
    if given.labour_hours is not None and given.labour_hours <= LONG_DAY and given.pickers is None:
        warnings.append("If several people worked these hours, count the hours of all of them.")
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"{number(value)} are picked per hour of labour"
        + (f", one every {number(3600 / value, 3)} seconds." if value > 0 else "."),
        also=also,
        units={"seconds_per_pick": "second", "picked_per_picker": "item"},
        warnings=warnings,
    )  # fmt: skip


class PickingAccuracyInputs(Given):
    """Lines or units picked, and those picked right, or those picked wrong."""

    either = (either("picks_right", "picks_wrong"),)

    picks: float = quantity(
        Spoken(
            "picks",
            "",
            words=("picks", "lines picked", "total picks", "out of", "picked lines", "lines", "units picked", "picked",
                   "items picked", "order lines", "we picked", "cases picked", "picks checked", "pick lines",
                   "Picks", "Positionen", "kommissioniert", "gepickt"),
        ),
        gt=0,
    )  # fmt: skip
    picks_right: float | None = quantity(
        Spoken(
            "right picks",
            "",
            words=("right picks", "correct picks", "correct", "picked correctly", "accurate", "accurate picks", "right",
                   "without error", "error-free", "without errors", "correctly picked", "fehlerfrei", "richtig",
                   "korrekt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    picks_wrong: float | None = quantity(
        Spoken(
            "wrong picks",
            "",
            words=("wrong picks", "mispicks", "mis-picks", "wrong", "picking errors", "pick errors", "errors",
                   "mistakes", "incorrect", "picked wrong", "mispicked", "error", "wrong item", "pick mistakes",
                   "Fehlpicks", "Pickfehler", "falsch", "Fehler", "Fehlgriffe"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="picking_accuracy",
    name="Picking accuracy",
    aliases=("pick accuracy", "order picking accuracy", "picking accuracy rate", "picking error rate",
             "pick error rate",
             "mispick rate", "picking quality", "pick quality", "accuracy of picking", "Pickgenauigkeit",
             "Kommissioniergenauigkeit", "Kommissionierqualität", "Pickfehlerquote", "Kommissionierfehlerquote"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{picking accuracy} = \frac{\text{right picks}}{\text{picks}} = 1 - \frac{\text{wrong picks}}"
            r"{\text{picks}}",
    source=RICHARDS,
    note="Order picking",
    published=(
        Published(
            "Talent Consultancy, warehouse KPIs: 485 of 500 picks correct, 97 %",
            {"picks": 500.0, "picks_right": 485.0},
            {"value": 0.97},
        ),
    ),
)  # fmt: skip
def picking_accuracy(given: PickingAccuracyInputs) -> Outcome:
    """Return the share of picks of the right item and quantity; refuses more right or wrong ones than picks."""
    names, labels = ("picks_right", "picks_wrong", "picks"), ("right picks", "wrong picks", "picks")
    right = part_of(given.picks_right, given.picks_wrong, given.picks, names, labels)
    rate, wrong = right / given.picks, given.picks - right
    return Outcome(
        value=rate,
        steps=[f"picking accuracy = right picks / picks = {number(right)} / {number(given.picks)} = {number(rate)}"],
        meaning=f"{percent(rate)} of picks are right; {number(wrong)} are wrong, "
        f"{number((1 - rate) * MILLION)} in a million.",
        also={"error_rate": 1 - rate, "picks_wrong": wrong, "errors_per_million": (1 - rate) * MILLION},
        units={"error_rate": "fraction"},
        warnings=doubts(wrong, given.picks, "picks", WRONG_HIGH, "check what counts as an error"),
    )
