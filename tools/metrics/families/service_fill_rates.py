"""How much of demand is filled from stock at once: fill rates by units, by lines and by orders."""

from tools.metrics.books import CHOPRA, RUSHTON, SILVER
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, Scor, metric
from tools.metrics.parts import counted_part, share, small
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent

FAMILY = "Service"
GERMAN_ORDERED = ("bestellt", "nachgefragt", "bestellte Menge", "Nachfrage", "Bedarf")

UNITS_ORDERED = Spoken(
    "units ordered",
    "item/period",
    words=("units ordered", "out of", "ordered units", "ordered", "units demanded", "demanded", "demand",
           "requested", "units requested", "customers wanted", "customers asked for", "total demand", "pieces ordered",
           "requests for", "orders for", "wanted",
           "bestellte Stück", *GERMAN_ORDERED),
)  # fmt: skip
UNITS_FILLED = Spoken(
    "units filled",
    "item/period",
    words=("units filled", "filled", "units shipped", "shipped", "shipped at once", "units delivered", "delivered",
           "served", "from stock", "filled from stock", "supplied", "fulfilled", "we shipped",
           "straight from the shelf", "off the shelf", "immediately available", "sent", "geliefert", "ausgeliefert",
           "ab Lager"),
)  # fmt: skip
UNITS_SHORT = Spoken(
    "units short",
    "item/period",
    words=("units short", "short", "shortage", "shortages", "unfilled", "units unfilled", "missing units",
           "not delivered", "could not deliver", "could not ship", "could not supply", "could not fill", "not shipped",
           "not filled", "backordered", "backordered units", "lost sales", "lost", "missing", "Fehlmenge", "Fehlmengen",
           "nicht geliefert"),
)  # fmt: skip
LINES_ORDERED = Spoken(
    "order lines",
    "item/period",
    words=("order lines", "out of", "lines ordered", "lines", "total lines", "all lines", "line items", "positions",
           "Auftragspositionen", "Positionen", "Bestellpositionen"),
)  # fmt: skip
LINES_FILLED = Spoken(
    "lines filled completely",
    "item/period",
    words=("lines filled completely", "complete lines", "lines filled", "lines shipped complete", "lines shipped",
           "filled lines", "full lines", "lines complete", "filled completely", "shipped complete", "complete",
           "filled", "shipped", "lines in full", "in full", "vollständige Positionen", "gelieferte Positionen"),
)  # fmt: skip
ORDERS = Spoken(
    "orders",
    "order/period",
    words=("orders", "out of", "total orders", "orders due", "all orders", "deliveries", "shipments",
           "customer orders", "orders received", "orders placed", "number of orders", "we delivered", "we sent",
           "Aufträge", "Bestellungen", "Lieferungen", "Sendungen"),
    symbols=("N",),
)  # fmt: skip
ORDERS_FILLED = Spoken(
    "orders filled completely",
    "order/period",
    words=("orders filled completely", "complete orders", "orders filled", "orders shipped complete", "complete",
           "filled orders", "orders in full", "in full", "shipped complete", "filled", "went out complete",
           "delivered in full", "vollständig", "vollständig geliefert", "vollständige Aufträge",
           "vollständig gelieferte Aufträge", "komplett geliefert"),
)  # fmt: skip
LINES_SHORT = Spoken(
    "incomplete order lines",
    "item/period",
    words=("incomplete order lines", "incomplete lines", "short lines", "lines short", "lines not filled",
           "lines short shipped", "short-shipped lines", "short", "incomplete", "partial", "cut lines", "cut",
           "unfilled lines", "not filled", "not complete", "unvollständige Positionen", "unvollständig",
           "Fehlpositionen"),
)  # fmt: skip
ORDERS_SHORT = Spoken(
    "incomplete orders",
    "order/period",
    words=("incomplete orders", "orders incomplete", "short orders", "orders short", "short-shipped orders",
           "partial orders", "incomplete", "partial", "short", "short shipped", "not complete", "missing something",
           "missing items", "lacked something", "unvollständige Aufträge", "unvollständig"),
)  # fmt: skip


class FillRateInputs(Given):
    """Units ordered in a period, and those filled from stock, or those that were short."""

    either = (either("units_filled", "units_short"),)

    units_ordered: float = quantity(UNITS_ORDERED.also("customers ordered", "demanded", "requested",
        "pieces demanded", "units demanded", "ordered", "were ordered", "asked for", "demand of", "order of",
        "orders of", "bestellt wurden", "Bestellmenge"), gt=0)  # fmt: skip
    units_filled: float | None = quantity(UNITS_FILLED.also("shipped immediately", "delivered immediately",
        "available", "delivered at once", "shipped from stock", "from the shelf", "could be delivered",
        "could ship", "satisfied", "met from stock", "were filled", "supplied at once", "on hand",
        "sofort geliefert", "sofort lieferbar", "direkt geliefert", "aus dem Bestand geliefert",
        "lieferbar"), default=None, ge=0)  # fmt: skip
    units_short: float | None = quantity(UNITS_SHORT.also("went unfilled", "unserved", "unmet", "not available",
        "out of stock", "undelivered", "could not be delivered", "could not be filled", "could not be supplied",
        "were short", "not supplied", "fehlten", "nicht lieferbar", "Fehlmenge von"), default=None, ge=0)  # fmt: skip


@metric(
    id="fill_rate",
    name="Fill rate",
    aliases=("unit fill rate", "item fill rate", "volume fill rate", "quantity fill rate", "demand fill rate",
             "case fill rate", "fillrate", "type 2 service", "beta service", "share of demand filled", "Füllrate",
             "Mengenlieferbereitschaft", "β-Servicegrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"FR = \frac{\text{units filled from stock}}{\text{units ordered}} = 1 - \frac{\text{units "
            r"short}}{\text{units ordered}}",
    source=f"{SILVER}, ch. 6.",
    note="Fill rate",
    published=(
        Published(
            "Textbook exercise Aldo Inc. (quarterly service review), solution",
            {"units_ordered": 16_000.0, "units_filled": 12_800.0},
            {"value": 0.8},
        ),
    ),
)  # fmt: skip
def fill_rate(given: FillRateInputs) -> Outcome:
    """Return the share of the units ordered that were filled from stock.

    Refuses more units filled or short than ordered, and filled and short units that do not add up to those ordered.
    """
    ordered = given.units_ordered
    if given.units_filled is not None and given.units_short is not None:
        total = given.units_filled + given.units_short
        if abs(total - ordered) > 1e-6 * ordered:
            raise Refusal(
                "units_short",
                f"units filled and units short add up to {number(total)}, but {number(ordered)} were ordered; leave "
                f"one of them out",
            )
    if given.units_filled is not None:
        filled = given.units_filled
        rate = share(filled, ordered, "units_filled", ("units filled", "units ordered"))
        steps = [f"fill rate = units filled / units ordered = {number(filled)} / {number(ordered)} = {number(rate)}"]
    else:
        missed = given.units_short or 0.0
        lost = share(missed, ordered, "units_short", ("units short", "units ordered"))
        filled, rate = ordered - missed, 1 - lost
        steps = [
            f"fill rate = 1 - units short / units ordered = 1 - {number(missed)} / {number(ordered)} = {number(rate)}"
        ]
    short = ordered - filled
    steps.append(f"units short = units ordered - units filled = {number(ordered)} - {number(filled)} = {number(short)}")
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"{percent(rate)} of what customers ordered was served at once; {number(short)} units had to wait or "
        f"were lost.",
        also={"units_short": short, "units_filled": filled},
        units={"units_short": "item/period", "units_filled": "item/period"},
        warnings=small(ordered, "units ordered"),
    )


class LineFillRateInputs(Given):
    """Order lines of a period and those shipped complete, or those that were not."""

    either = (either("lines_filled", "lines_short"),)

    lines_ordered: float = quantity(LINES_ORDERED, gt=0)
    lines_filled: float | None = quantity(LINES_FILLED, default=None, ge=0)
    lines_short: float | None = quantity(LINES_SHORT, default=None, ge=0)


@metric(
    id="line_fill_rate",
    name="Line fill rate",
    aliases=("line item fill rate", "order line fill rate", "lines fill rate", "line fill", "LFR", "Positionsfüllrate",
             "Positionslieferbereitschaft"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{line fill rate} = \frac{\text{lines filled completely}}{\text{order lines}}",
    source=RUSHTON,
    note="Fill rate",
    published=(
        Published(
            "Textbook exercise Aldo Inc. (quarterly service review), solution",
            {"lines_ordered": 3_100.0, "lines_filled": 2_325.0},
            {"value": 0.75},
        ),
    ),
)  # fmt: skip
def line_fill_rate(given: LineFillRateInputs) -> Outcome:
    """Return the share of order lines that were shipped complete; refuses more complete or short lines than lines."""
    names = ("lines_filled", "lines_short", "lines_ordered")
    labels = ("lines filled completely", "incomplete order lines", "order lines")
    filled = counted_part(given.lines_filled, given.lines_short, given.lines_ordered, names, labels)
    rate, short = filled / given.lines_ordered, given.lines_ordered - filled
    shown = f"{number(filled)} / {number(given.lines_ordered)}"
    return Outcome(
        value=rate,
        steps=[f"line fill rate = lines filled completely / order lines = {shown} = {number(rate)}"],
        meaning=f"{percent(rate)} of order lines left complete; {number(short)} lines were short by at least one unit.",
        also={"lines_short": short},
        units={"lines_short": "item/period"},
        warnings=small(given.lines_ordered, "lines"),
    )


class OrderFillRateInputs(Given):
    """Orders of a period and those shipped complete, or those that were not."""

    either = (either("orders_filled", "orders_short"),)

    orders: float = quantity(ORDERS, gt=0)
    orders_filled: float | None = quantity(ORDERS_FILLED, default=None, ge=0)
    orders_short: float | None = quantity(ORDERS_SHORT.also("could not be filled completely", "not filled",
        "unfilled", "not shipped complete", "not filled completely", "went out short", "had shortages",
        "with shortages", "were short", "not complete", "nicht vollständig"), default=None, ge=0)  # fmt: skip


@metric(
    id="order_fill_rate",
    name="Order fill rate",
    aliases=("complete order rate", "order completeness", "in-full rate", "in full rate", "orders in full",
             "order fill", "delivered in full", "OFR", "Auftragsfüllrate", "Auftragserfüllungsgrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{order fill rate} = \frac{\text{orders filled completely}}{\text{orders}}",
    source=f"{CHOPRA}, ch. 12.",
    note="Fill rate",
    scor=Scor("RL.2.1", "partial"),
    published=(
        Published(
            "Textbook exercise Aldo Inc. (quarterly service review), solution",
            {"orders": 500.0, "orders_filled": 350.0},
            {"value": 0.7},
        ),
    ),
)  # fmt: skip
def order_fill_rate(given: OrderFillRateInputs) -> Outcome:
    """Return the share of orders filled with all their lines; refuses more complete or incomplete ones than orders."""
    names, labels = (
        ("orders_filled", "orders_short", "orders"),
        ("orders filled completely", "incomplete orders", "orders"),
    )
    filled = counted_part(given.orders_filled, given.orders_short, given.orders, names, labels)
    rate, short = filled / given.orders, given.orders - filled
    shown = f"{number(filled)} / {number(given.orders)}"
    return Outcome(
        value=rate,
        steps=[f"order fill rate = orders filled completely / orders = {shown} = {number(rate)}"],
        meaning=f"{percent(rate)} of orders were complete; {number(short)} orders lacked something.",
        also={"orders_short": short},
        units={"orders_short": "order/period"},
        warnings=small(given.orders, "orders"),
    )
