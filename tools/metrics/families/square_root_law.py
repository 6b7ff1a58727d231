"""What stocking in fewer places saves by the square-root law."""

import math
from typing import ClassVar

from tools.metrics.families.reorder_point import SAFETY_STOCK
from tools.metrics.given import Either, Given, Spoken, either, quantity
from tools.metrics.metric import metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import CARRYING_RATE, HOLDING_COST

FAMILY = "Risk pooling"
MAISTER = (
    "Maister, D. H. (1976). Centralization of inventories and the square root law. International Journal of "
    "Physical Distribution 6(3), 124-134."
)
MOST_PLACES = 1e6
BEFORE = Spoken(
    "stocking locations before",
    "location",
    words=("locations before", "number of warehouses", "number of locations", "warehouses today", "warehouses now",
           "number of depots", "number of DCs", "warehouses before", "regional warehouses", "from", "currently",
           "across", "n1", "n_1",
           "Zahl der Lager", "von", "aus", "bisher"),
    symbols=("n1", "n_1", "n"),
)  # fmt: skip
AFTER = Spoken(
    "stocking locations after",
    "location",
    words=("locations after", "to", "into", "down to", "going to", "cut to", "reduced to", "merged into", "merge into",
           "consolidated into", "consolidated to", "centralised into", "centralized into", "centralise to",
           "centralize to", "what if we had", "if we had", "remaining warehouses", "new number of warehouses",
           "warehouses after", "DCs after", "n2", "n_2", "auf", "in nur", "künftig"),
    symbols=("n2", "n_2", "m"),
)  # fmt: skip
EACH = Spoken(
    "safety stock of each location",
    "item",
    words=("safety stock each", "each", "per warehouse", "per location", "each warehouse holds",
           "safety stock per location", "each holds",
           "safety stock per warehouse", "with each", "of safety stock each", "in each", "mit je", "je", "je Lager",
           "pro Standort"),
)  # fmt: skip
TOTAL = SAFETY_STOCK.also(
    "total safety stock",
    "safety stock in total",
    "total inventory",
    "all together",
    "stock in total",
    "insgesamt",
    label="total safety stock before",
)


VALUE = Spoken(
    "value of the safety stock before",
    "money",
    words=("value of safety stock", "safety stock value", "safety stock worth", "safety stock", "stock value",
           "inventory value", "inventory investment", "tied up", "worth of stock", "inventory", "stock", "buffer stock",
           "Bestandswert", "Sicherheitsbestand", "Bestand"),
)  # fmt: skip


class LocationsGiven(Given):
    """Numbers of stocking locations."""

    locations_before: float = quantity(BEFORE.also("warehouses", "depots", "today", "now", "instead of",
        "current", "existing", "sites", "DCs today", "Lager", "Standorte"), ge=1, le=MOST_PLACES)  # fmt: skip
    locations_after: float | None = quantity(
        AFTER.also("only", "with only", "just", "in just", "single", "in a single", "at a single", "reduced to",
            "merge to", "consolidate to", "consolidate into", "consolidated in", "combine into",
            "combined into", "pooled into", "centralise in", "one central", "remaining", "in ein",
            "Zentrallager"), default=None, ge=1, le=MOST_PLACES, assumed="all stock in one location afterwards"
    )  # fmt: skip


def _places(given: LocationsGiven) -> tuple[float, float, float]:
    """Return the locations before and after and the factor of stock between them; refuses parts of locations."""
    after = given.locations_after if given.locations_after is not None else 1.0
    for name, value in (("locations_before", given.locations_before), ("locations_after", after)):
        if value != math.floor(value):
            raise Refusal(name, f"the number of locations must be whole, but it is {number(value)}")
    return given.locations_before, after, math.sqrt(after / given.locations_before)


def _change(factor: float) -> str:
    return f"{percent(abs(1 - factor), 3)} {'less' if factor < 1 else 'more'}" if factor != 1 else "as much"


ASSUMED = "demands are independent and alike, and each location keeps the same service level and lead time"
CYCLE = "cycle stock and transport are left out; they change by other rules, and customers may wait longer"


class SquareRootInputs(LocationsGiven):
    """Stocking locations before and after, and the safety stock before."""

    either: ClassVar[tuple[Either, ...]] = (either("safety_stock", "safety_stock_each"),)

    safety_stock: float | None = quantity(TOTAL.also("safety stock today", "total stock", "stock today",
        "stock", "inventory", "current safety stock", "Gesamtbestand"), default=None, ge=0)  # fmt: skip
    safety_stock_each: float | None = quantity(EACH, default=None, ge=0)
    holding_cost: float | None = quantity(HOLDING_COST.also(because=""), default=None, ge=0)


def _total(given: SquareRootInputs) -> tuple[float, list[str]]:
    each, places = given.safety_stock_each, given.locations_before
    if each is None:
        return given.safety_stock or 0.0, []
    total = each * places
    if given.safety_stock is not None and abs(given.safety_stock - total) > 0.005 * max(total, given.safety_stock):
        raise Refusal(
            "safety_stock",
            (
                f"{number(places)} locations with {number(each)} each hold {number(total)}, not "
                f"{number(given.safety_stock)}; leave one out"
            ),
        )
    return total, [
        f"safety stock before = locations × stock of each = {number(places)} × {number(each)} = {number(total)}"
    ]


def _square_root_chart(given: SquareRootInputs, outcome: Outcome) -> Chart:
    before, after, _ = _places(given)
    total, _ = _total(given)
    most = max(before, after)
    counts = sorted({1.0, before, after} | {float(round(1 + (most - 1) * step / 30)) for step in range(31)})
    stocks = [total * math.sqrt(count / before) for count in counts]
    return Chart(
        kind="line",
        title="Safety stock by number of locations",
        x_label="locations",
        y_label="safety stock in total (units)",
        series=[Series(name="safety stock", x=counts, y=stocks)],
        marks=[
            Mark(x=before, y=total, text=f"before: {number(total)}"),
            Mark(x=after, y=outcome.value, text=f"after: {number(outcome.value)}"),
        ],
        summary=(
            f"Total safety stock rises with the square root of the locations: {number(stocks[0])} in one, "
            f"{number(total)} in {number(before)}."
        ),
    )


@metric(
    id="square_root_law",
    name="Safety stock after consolidation (square-root law)",
    aliases=("square root law", "square-root law", "square root rule", "square root of n rule",
             "safety stock after consolidation",
             "safety stock after centralisation", "safety stock after centralization",
             "inventory after consolidating warehouses",
             "Wurzelgesetz", "Quadratwurzelgesetz", "Sicherheitsbestand nach Zentralisierung"),
    family=FAMILY,
    unit="item",
    formula=r"SS_{n_2} = SS_{n_1}\,\sqrt{\frac{n_2}{n_1}}",
    source=MAISTER,
    note="Square-root law",
    chart=_square_root_chart,
)  # fmt: skip
def square_root_law(given: SquareRootInputs) -> Outcome:
    """Return the total safety stock, in units, after a change in the number of stocking locations.

    For independent, similar demands. Locations must be whole; a total and a stock of each that disagree are refused.
    """
    before, after, factor = _places(given)
    total, steps = _total(given)
    stock = total * factor
    also: dict[str, Value] = {
        "safety_stock_before": total,
        "saving": total - stock,
        "saving_share": 1 - factor,
        "safety_stock_each_after": stock / after,
    }
    units = {
        "safety_stock_before": "item",
        "saving": "item",
        "saving_share": "fraction",
        "safety_stock_each_after": "item",
    }
    meaning = (
        f"In {number(after)} instead of {number(before)} locations, {number(stock)} units give the service "
        f"that took {number(total)}: {_change(factor)}."
    )
    if given.holding_cost is not None:
        also["holding_cost_saved"], units["holding_cost_saved"] = (total - stock) * given.holding_cost, "money/period"
        meaning += (
            f" That changes holding cost by {number((stock - total) * given.holding_cost)} {given.money} a "
            f"{given.period}."
        )
    return Outcome(
        value=stock,
        steps=[
            *steps,
            (
                f"safety stock after = safety stock before × √(locations after / locations before) = {number(total)} × "
                f"√({number(after)} / {number(before)}) = {number(stock)}"
            ),
        ],
        meaning=meaning,
        also=also,
        units=units,
        assumptions=[ASSUMED, CYCLE],
    )


class SquareRootValueInputs(LocationsGiven):
    """Stocking locations before and after, and what the safety stock before is worth."""

    stock_value: float = quantity(VALUE, ge=0)
    carrying_rate: float | None = quantity(CARRYING_RATE, default=None, ge=0)


@metric(
    id="square_root_law_value",
    name="Value of safety stock after consolidation (square-root law)",
    aliases=("square root law", "square-root law", "square root rule", "square root of n rule",
             "inventory after consolidating warehouses", "safety stock after consolidation", "Wurzelgesetz",
             "stock value after consolidation", "inventory value after consolidation",
             "inventory investment after consolidation", "capital tied up after consolidation",
             "Bestandswert nach Zentralisierung"),
    family=FAMILY,
    unit="money",
    formula=r"V_{n_2} = V_{n_1}\,\sqrt{\frac{n_2}{n_1}}",
    source=MAISTER,
    note="Square-root law",
)  # fmt: skip
def square_root_law_value(given: SquareRootValueInputs) -> Outcome:
    """Return what all safety stock is worth, in money, after a change in the number of stocking locations.

    For independent, similar demands. Locations must be whole. With a carrying rate, the cost saved is returned too.
    """
    before, after, factor = _places(given)
    value = given.stock_value * factor
    saving = given.stock_value - value
    also: dict[str, Value] = {"stock_value_before": given.stock_value, "saving": saving, "saving_share": 1 - factor}
    units = {"stock_value_before": "money", "saving": "money", "saving_share": "fraction"}
    meaning = (
        f"In {number(after)} instead of {number(before)} locations, stock worth {number(value)} {given.money} gives "
        f"the service that took {number(given.stock_value)}: {_change(factor)}."
    )
    if given.carrying_rate is not None:
        also["holding_cost_saved"], units["holding_cost_saved"] = saving * given.carrying_rate, "money/period"
        meaning += (
            f" That changes holding cost by {number(-saving * given.carrying_rate)} {given.money} a {given.period}."
        )
    return Outcome(
        value=value,
        steps=[
            (
                "stock value after = stock value before × √(locations after / locations before) = "
                f"{number(given.stock_value)} × √({number(after)} / {number(before)}) = {number(value)}"
            ),
        ],
        meaning=meaning,
        also=also,
        units=units,
        assumptions=[ASSUMED, CYCLE],
    )


@metric(
    id="square_root_saving",
    name="Saving by consolidation (square-root law)",
    aliases=("saving from consolidation", "safety stock reduction from centralisation",
             "safety stock reduction from centralization", "consolidation effect",
             "portfolio effect", "inventory reduction by consolidating", "percentage saved by the square root law",
             "Bestandssenkung durch Zentralisierung"),
    family=FAMILY,
    unit="fraction",
    formula=r"1 - \sqrt{\frac{n_2}{n_1}}",
    source=MAISTER,
    note="Square-root law",
)  # fmt: skip
def square_root_saving(given: LocationsGiven) -> Outcome:
    """Return the share of safety stock saved by going to another number of stocking locations (negative: added).

    For independent, similar demands. Locations must be whole.
    """
    before, after, factor = _places(given)
    return Outcome(
        value=1 - factor,
        steps=[
            (
                f"saving = 1 - √(locations after / locations before) = 1 - √({number(after)} / {number(before)}) = "
                f"{percent(1 - factor)}"
            )
        ],
        meaning=(
            f"Going from {number(before)} to {number(after)} locations takes {_change(factor)} safety stock for "
            "the same service."
        ),
        also={"stock_factor": factor},
        assumptions=[ASSUMED, CYCLE],
    )
