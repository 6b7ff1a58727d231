"""How much of the way vehicles run empty."""

from tools.metrics.books import MCKINNON
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import part_of
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent

FAMILY = "Freight"
HALF = 0.5


class EmptyRunningInputs(Given):
    """Distance driven empty, loaded and in total, in the same unit; two of the three."""

    either = (either(("empty", "total"), ("loaded", "total"), ("empty", "loaded")),)

    empty: float | None = quantity(
        Spoken(
            "empty distance",
            "",
            words=("empty distance", "empty", "empty km", "empty miles", "deadhead", "deadhead miles",
                   "empty kilometres",
                   "without load", "back without cargo", "back without load", "unladen", "running empty", "ran empty",
                   "without cargo", "without freight",
                   "driven empty", "empties", "leer", "Leerkilometer", "Leerfahrten", "leer gefahren"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    loaded: float | None = quantity(
        Spoken(
            "loaded distance",
            "",
            words=("loaded distance", "loaded", "loaded km", "loaded miles", "laden", "with cargo", "with load",
                   "with freight", "full", "paid miles", "loaded kilometres", "beladen", "Lastkilometer", "unter Last"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    total: float | None = quantity(
        Spoken(
            "total distance",
            "",
            words=("total distance", "total", "in total", "total km", "total miles", "driven", "out of", "altogether",
                   "all km", "drove", "fleet drove", "kilometres driven", "overall", "trucks drove", "fleet runs",
                   "covered",
                   "km driven", "miles driven", "insgesamt", "gefahren", "Gesamtkilometer"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="empty_running",
    name="Empty running",
    aliases=("empty running rate", "empty running share", "share of empty kilometres", "empty km share",
             "empty km rate",
             "share of empty km", "empty miles percentage", "deadhead percentage", "deadhead ratio", "deadhead rate",
             "empty mileage rate", "empty mileage", "share of empty runs", "empty miles share", "empty run ratio",
             "empty trips share", "percentage of empty miles", "share of empty miles", "Leerfahrtenanteil",
             "Leerkilometeranteil", "Leerfahrtquote", "Leerkilometerquote", "Leerfahrtenquote"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{empty running} = \frac{d_{\text{empty}}}{d_{\text{total}}} = \frac{d_{\text{empty}}}"
            r"{d_{\text{empty}} + d_{\text{loaded}}}",
    source=MCKINNON,
    note="Backhaul and deadhead",
    published=(
        Published(
            "TruckerPro, deadhead miles calculator: 75 empty and 500 loaded miles, 13.0 %",
            {"empty": 75.0, "loaded": 500.0},
            {"value": 0.13},
            0.0005,
            absolute=True,
        ),
    ),
)  # fmt: skip
def empty_running(given: EmptyRunningInputs) -> Outcome:
    """Return the share of the distance driven that vehicles run empty; refuses a part above the total."""
    steps = []
    if given.total is not None:
        names, labels = ("empty", "loaded", "total"), ("empty distance", "loaded distance", "total distance")
        total = given.total
        empty = part_of(given.empty, given.loaded, total, names, labels)
    else:
        empty = given.empty or 0.0
        total = empty + (given.loaded or 0.0)
        if total <= 0:
            raise Refusal("loaded", "nothing was driven, empty or loaded, so there is no share")
        steps.append(f"total = empty + loaded = {number(empty)} + {number(given.loaded or 0)} = {number(total)}")
    rate = empty / total
    steps.append(f"empty running = empty / total = {number(empty)} / {number(total)} = {number(rate)}")
    also: dict[str, Value] = {"loaded_share": 1 - rate, "empty": empty, "loaded": total - empty}
    if rate < 1:
        also["empty_per_loaded"] = rate / (1 - rate)
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"Vehicles run {percent(rate)} of the distance empty, {number(empty)} of {number(total)}; "
        f"{percent(1 - rate)} is with a load.",
        also=also,
        units={"loaded_share": "fraction"},
        warnings=["More than half empty is more than out full and back empty; check whether the two are swapped."]
        if rate > HALF
        else [],
        assumptions=["both distances are in the same unit"],
    )
