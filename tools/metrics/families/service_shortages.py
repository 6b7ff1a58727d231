"""How often stock was lacking: orders that had to wait for it, and checks that found none."""

from tools.metrics.books import BOWERSOX
from tools.metrics.families.service_fill_rates import FAMILY, ORDERS
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import counted_part, share, small
from tools.metrics.result import Outcome
from tools.metrics.shown import number, percent

IN_STOCK = Spoken(
    "checks with stock",
    "",
    words=("checks with stock", "in stock", "on shelf", "available", "had stock", "items in stock",
           "cycles without a stockout", "found in stock", "checks in stock", "vorrätig", "verfügbar"),
)  # fmt: skip
BACKORDERED = Spoken(
    "orders on backorder",
    "order/period",
    words=("orders on backorder", "backorders", "backordered orders", "backordered", "back orders", "on backorder",
           "delayed for stock", "waiting for stock", "had to wait", "on back order", "went on backorder", "BO",
           "Rückstände", "Rückstandsaufträge", "im Rückstand"),
)  # fmt: skip
STOCKOUTS = Spoken(
    "stockouts",
    "",
    words=("stockouts", "stock-outs", "out of stock", "times out of stock", "out-of-stocks", "empty shelves", "OOS",
           "cycles with a stockout", "items out of stock", "days out of stock", "ran out", "we ran out",
           "stocked out", "sold out", "empty", "without stock", "Fehlbestände", "ausverkauft", "nicht vorrätig"),
)  # fmt: skip
CHECKS = Spoken(
    "checks",
    "",
    words=("checks", "observations", "opportunities", "item-days", "items checked", "total items", "items", "SKUs",
           "cycles", "out of", "order cycles", "replenishment cycles", "days", "shelf checks", "articles", "checked",
           "we checked", "shelf positions", "facings", "item days", "observed", "Artikel", "Prüfungen",
           "Zyklen"),
)  # fmt: skip


class BackorderRateInputs(Given):
    """Orders of a period and those that had to wait for stock."""

    orders: float = quantity(ORDERS, gt=0)
    backorders: float = quantity(BACKORDERED.also("on back-order", "back-ordered", "backlogged", "waited",
        "backlog", "delayed", "wait for stock", "nicht sofort lieferbar", "in Rückstand"), ge=0)  # fmt: skip


@metric(
    id="backorder_rate",
    name="Backorder rate",
    aliases=("back order rate", "back-order rate", "share of backorders", "backorder percentage", "backorder ratio",
             "Rückstandsquote", "Rückstandsrate"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{backorder rate} = \frac{\text{orders on backorder}}{\text{orders}}",
    source=BOWERSOX,
    note="Backorder",
    published=(
        Published(
            "calculatoratoz.com, backorder rate",
            {"orders": 295.0, "backorders": 45.0},
            {"value": 0.152542},
            within=1e-6,
            absolute=True,
        ),
    ),
)  # fmt: skip
def backorder_rate(given: BackorderRateInputs) -> Outcome:
    """Return the share of orders (or units) that had to wait for stock; refuses more backorders than orders."""
    rate = share(given.backorders, given.orders, "backorders", ("orders on backorder", "orders"))
    shown = f"{number(given.backorders)} / {number(given.orders)}"
    return Outcome(
        value=rate,
        steps=[f"backorder rate = orders on backorder / orders = {shown} = {number(rate)}"],
        meaning=f"{percent(rate)} of orders had to wait for stock: {number(given.backorders)} customers to keep "
        f"informed, or to lose.",
        also={"served_at_once": 1 - rate},
        units={"served_at_once": "fraction"},
        warnings=small(given.orders, "orders"),
    )


class StockoutRateInputs(Given):
    """How often stock was looked for (item-days, shelf checks, order cycles), and how often there was none, or some."""

    either = (either("stockouts", "in_stock"),)

    checks: float = quantity(CHECKS.also("days", "cycles of", "item-store days", "store visits", "audits",
        "replenishments", "Tage", "Tagen", "Kontrollen"), gt=0)  # fmt: skip
    stockouts: float | None = quantity(STOCKOUTS.also("was out of stock", "were out of stock", "stock out",
        "stockout", "zero stock", "not available", "unavailable", "no stock", "without stock on", "leer",
        "nicht verfügbar"), default=None, ge=0)  # fmt: skip
    in_stock: float | None = quantity(IN_STOCK, default=None, ge=0)


@metric(
    id="stockout_rate",
    name="Stockout rate",
    aliases=("out-of-stock rate", "out of stock rate", "OOS rate", "stock-out rate", "stockout frequency",
             "share of stockouts", "Fehlbestandsquote", "Regallückenquote"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{stockout rate} = \frac{\text{stockouts}}{\text{checks}}",
    source="Gruen, T. W., Corsten, D. S. & Bharadwaj, S. (2002). Retail Out-of-Stocks: A Worldwide Examination. "
           "Grocery Manufacturers of America.",
    note="Stockout",
)  # fmt: skip
def stockout_rate(given: StockoutRateInputs) -> Outcome:
    """Return the share of checks (items, item-days or cycles) that found no stock; refuses more stockouts than checks.

    The in-stock rate, its complement, is among the further results.
    """
    names, labels = ("stockouts", "in_stock", "checks"), ("stockouts", "checks with stock", "checks")
    stockouts = counted_part(given.stockouts, given.in_stock, given.checks, names, labels)
    rate = stockouts / given.checks
    return Outcome(
        value=rate,
        steps=[
            f"stockout rate = stockouts / checks = {number(stockouts)} / {number(given.checks)} = {number(rate)}",
            f"in-stock rate = 1 - stockout rate = 1 - {number(rate)} = {number(1 - rate)}",
        ],
        meaning=f"In {percent(rate)} of the checks there was nothing to sell; in {percent(1 - rate)} there was stock.",
        also={"in_stock_rate": 1 - rate},
        units={"in_stock_rate": "fraction"},
        warnings=small(given.checks, "checks"),
    )
