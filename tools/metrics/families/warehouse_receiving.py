"""How long receipts take from the dock to the shelf."""

from tools.metrics.books import RICHARDS
from tools.metrics.checks import each
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Value
from tools.metrics.shown import number

FAMILY = "Warehouse"


class DockToStockInputs(Given):
    """The times from arrival to storage of several receipts, or their total and number."""

    either = (either("times", ("total_time", "receipts")),)

    times: list[float] | None = quantity(
        Spoken(
            "times from dock to stock",
            "hour",
            words=("times from dock to stock", "times", "took", "receipts took", "deliveries took", "hours from dock",
                   "put away after", "putaway took", "hours", "durations", "it took", "put-away times", "Zeiten",
                   "dauerte", "Stunden"),
        ),
        default=None,
        min_length=1,
        max_length=100_000,
    )  # fmt: skip
    total_time: float | None = quantity(
        Spoken(
            "total time",
            "hour",
            words=("total time", "total hours", "in total", "hours in total", "altogether", "sum of times", "hours for",
                   "took", "hours", "time from arrival to put-away", "Gesamtzeit", "insgesamt", "Stunden"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    receipts: float | None = quantity(
        Spoken(
            "receipts",
            "item",
            words=("receipts", "deliveries", "inbound deliveries", "shipments", "trucks", "loads", "arrivals",
                   "inbound shipments", "goods receipts", "pallets", "containers", "lines received", "Wareneingänge",
                   "Lieferungen", "Anlieferungen"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip


@metric(
    id="dock_to_stock_time",
    name="Dock-to-stock time",
    aliases=("dock to stock time", "dock-to-stock", "dock to stock", "dock-to-stock cycle time",
             "dock to stock cycle time", "receiving cycle time", "receiving time", "putaway time", "put-away time",
             "put away cycle time", "average dock-to-stock time", "Wareneingangsdurchlaufzeit", "Einlagerungszeit",
             "Wareneingangszeit"),
    family=FAMILY,
    unit="hour",
    formula=r"\bar{t} = \frac{1}{n} \sum_{i=1}^{n} (t_i^{\text{stored}} - t_i^{\text{arrived}})",
    source=RICHARDS,
    note="Warehouse management system",
    published=(
        Published(
            "Worked by hand: receipts of 2, 4 and 9 hours, 15 hours over 3",
            {"times": [2.0, 4.0, 9.0]},
            {"value": 5.0, "median": 4.0, "longest": 9.0},
        ),
    ),
)  # fmt: skip
def dock_to_stock_time(given: DockToStockInputs) -> Outcome:
    """Return the mean time from arrival at the dock until goods can be picked, in hours; refuses negative times."""
    also: dict[str, Value] = {}
    warnings = []
    if given.times is not None:
        each("times", "times from dock to stock", given.times)
        ordered = sorted(given.times)
        count, total = float(len(ordered)), sum(ordered)
        middle = len(ordered) // 2
        also["median"] = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
        also["longest"] = ordered[-1]
        if ordered[-1] > 3 * total / count:
            warnings.append(f"One receipt took {number(ordered[-1])} hours; the median tells more than the mean.")
    else:
        count, total = given.receipts or 1.0, given.total_time or 0.0
    value = total / count
    return Outcome(
        value=value,
        steps=[
            f"dock-to-stock time = total time / receipts = {number(total)} / {number(count)} = {number(value)} hours"
        ],
        meaning=f"Goods wait {number(value)} hours on average from the dock to the shelf; until then they cannot be "
        f"sold, though they are paid for.",
        also=also,
        units={"median": "hour", "longest": "hour"},
        warnings=warnings,
        assumptions=["the clock runs all hours, also when nobody works"],
    )
