"""The cycle service level as it was: order cycles that ended without a stockout."""

from tools.metrics.books import CHOPRA
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import metric
from tools.metrics.parts import doubts, part_of
from tools.metrics.result import Outcome
from tools.metrics.shown import number, percent

FAMILY = "Service"


class ObservedServiceInputs(Given):
    """Order cycles, and those with a stockout, or those without one."""

    either = (either("cycles_with_stockout", "cycles_without_stockout"),)

    cycles: float = quantity(
        Spoken(
            "order cycles",
            "",
            words=("order cycles", "cycles", "replenishment cycles", "replenishments", "out of", "reorder cycles",
                   "replenishment orders", "order intervals", "cycles observed", "ordering cycles", "lots", "Zyklen",
                   "Bestellzyklen", "Nachschubzyklen"),
        ),
        gt=0,
    )  # fmt: skip
    cycles_with_stockout: float | None = quantity(
        Spoken(
            "cycles with a stockout",
            "",
            words=("cycles with a stockout", "stockouts", "stock-outs", "stockout", "with a stockout", "ran out",
                   "we ran out", "stocked out", "out of stock", "ended in a stockout", "ran dry", "cycles short",
                   "with a shortage", "shortages", "Fehlbestände", "Fehlmengen", "mit Fehlmenge"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    cycles_without_stockout: float | None = quantity(
        Spoken(
            "cycles without a stockout",
            "",
            words=("cycles without a stockout", "without a stockout", "without stockout", "no stockout",
                   "without running out", "covered", "without a shortage", "did not run out", "ohne Fehlmenge"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="cycle_service_observed",
    name="Observed cycle service level",
    aliases=("cycle service level observed", "actual cycle service level", "achieved cycle service level",
             "cycle service level from stockouts", "cycle service level", "realised cycle service level",
             "share of cycles without a stockout", "CSL", "alpha service level", "measured cycle service level",
             "type 1 service level", "α-Servicegrad", "Alpha-Servicegrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"CSL = 1 - \frac{\text{cycles with a stockout}}{\text{order cycles}}",
    source=f"{CHOPRA}, ch. 12.",
    note="Service level",
)  # fmt: skip
def cycle_service_observed(given: ObservedServiceInputs) -> Outcome:
    """Return the share of order cycles that ended without a stockout; refuses more of either kind than cycles."""
    names = ("cycles_without_stockout", "cycles_with_stockout", "cycles")
    labels = ("cycles without a stockout", "cycles with a stockout", "order cycles")
    covered = part_of(given.cycles_without_stockout, given.cycles_with_stockout, given.cycles, names, labels)
    rate, short = covered / given.cycles, given.cycles - covered
    return Outcome(
        value=rate,
        steps=[
            f"cycle service level = 1 - cycles with a stockout / order cycles = 1 - {number(short)} / "
            f"{number(given.cycles)} = {number(rate)}"
        ],
        meaning=f"In {percent(rate)} of the order cycles stock lasted until the next delivery; {number(short)} ended "
        f"in a stockout. It says nothing about how much was short: the fill rate does.",
        also={"stockout_rate": 1 - rate, "cycles_with_stockout": short},
        units={"stockout_rate": "fraction"},
        warnings=doubts(short, given.cycles, "cycles", 0.5, "check whether days or cycles were counted"),
    )
