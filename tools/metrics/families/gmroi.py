"""What stock earns: gross margin return on inventory."""

from tools.metrics.checks import agree
from tools.metrics.families.inventory_levels import CLOSING, LEVY, OPENING, stock_held
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Series
from tools.metrics.shown import number
from tools.metrics.vocabulary import AVERAGE_INVENTORY, COGS, SALES

FAMILY = "Inventory"


class GmroiInputs(Given):
    """Gross margin, or what it follows from, and the average inventory at cost."""

    either = (
        either("gross_margin", ("sales", "cogs"), ("sales", "margin_rate")),
        either("average_inventory", ("opening_inventory", "closing_inventory")),
    )

    gross_margin: float | None = quantity(
        Spoken(
            "gross margin",
            "money/period",
            words=("gross margin", "gross profit", "margin", "GM", "profit", "gross margin dollars", "Rohertrag",
                   "Bruttomarge", "Rohgewinn", "Deckungsbeitrag", "earned", "gross profit of", "margin of",
                   "gross margin of", "Rohertrag von"),
        ),
        default=None,
    )  # fmt: skip
    sales: float | None = quantity(SALES.also("turnover", "sell for", "takings"), default=None, ge=0)
    cogs: float | None = quantity(COGS, default=None, ge=0)
    margin_rate: float | None = quantity(
        Spoken(
            "gross margin rate",
            "fraction",
            words=("gross margin", "margin", "gross margin rate", "margin rate", "gross margin percent", "GM%", "GM",
                   "Handelsspanne", "Marge"),
            because="margin is a share of sales",
        ),
        default=None,
        le=1,
        ge=-1,
    )  # fmt: skip
    average_inventory: float | None = quantity(AVERAGE_INVENTORY, default=None, gt=0)
    opening_inventory: float | None = quantity(OPENING, default=None, ge=0)
    closing_inventory: float | None = quantity(CLOSING, default=None, ge=0)


def _gmroi_chart(given: GmroiInputs, outcome: Outcome) -> Chart:
    margin, stock = outcome.value, 1.0
    return Chart(
        kind="bar",
        title="What stock earns",
        x_label="",
        y_label=given.money,
        series=[
            Series(
                name=f"for each unit of money in stock, a {given.period}",
                x=["stock", "gross margin"],
                y=[stock, margin],
            )
        ],
        summary=f"1 in stock brings {number(margin)} of gross margin a {given.period}.",
    )


@metric(
    id="gmroi",
    name="GMROI",
    aliases=("gross margin return on inventory", "gross margin return on stock",
             "gross margin return on inventory investment", "gmrii", "gmroii",
             "return on inventory investment", "margin return on stock", "Bruttonutzenziffer", "Lagerrentabilität"),
    family=FAMILY,
    unit="",
    formula=r"\text{GMROI} = \frac{\text{gross margin}}{\text{average inventory at cost}} "
    r"= \frac{\text{sales} - \text{COGS}}{\bar{I}}",
    source=LEVY,
    note="GMROI",
    published=(
        Published(
            "Retail mathematics worksheet: sales 500,000, cost of goods sold 260,000, average inventory 100,000",
            {"sales": 500_000.0, "cogs": 260_000.0, "average_inventory": 100_000.0},
            {"value": 2.4},
        ),
    ),
    chart=_gmroi_chart,
)  # fmt: skip
def gmroi(given: GmroiInputs) -> Outcome:
    """Return the gross margin that one unit of money in average stock at cost brings in the period, a plain number.

    Refuses a stated margin that contradicts sales less cost of goods sold.
    """
    stock, steps = stock_held(given.average_inventory, given.opening_inventory, given.closing_inventory)
    derived, how = None, ""
    if given.sales is not None and given.cogs is not None:
        derived = given.sales - given.cogs
        how = f"sales - COGS = {number(given.sales)} - {number(given.cogs)}"
    elif given.sales is not None and given.margin_rate is not None:
        derived = given.sales * given.margin_rate
        how = f"sales × margin rate = {number(given.sales)} × {number(given.margin_rate)}"
    if given.gross_margin is not None:
        if derived is not None:
            agree("gross_margin", given.gross_margin, derived, "gross margin", how.split(" = ")[0])
        margin = given.gross_margin
    else:
        margin = derived or 0.0
        steps.append(f"gross margin = {how} = {number(margin)}")
    value = margin / stock
    steps.append(f"GMROI = gross margin / average inventory = {number(margin)} / {number(stock)} = {number(value)}")
    also = {"gross_margin": margin}
    if given.cogs is not None:
        also["turns"] = given.cogs / stock
    if given.sales:
        also |= {"margin_rate": margin / given.sales, "sales_to_stock": given.sales / stock}
    warnings = []
    if value < 0:
        warnings.append("The goods sell below cost.")
    elif value < 1:
        warnings.append("Below 1: the stock earns less margin in the period than it cost.")
    return Outcome(
        value=value,
        steps=steps,
        meaning=f"Each 1 {given.money} in stock brings {number(value)} {given.money} of gross margin a {given.period}.",
        also=dict(also),
        units={"gross_margin": "money/period", "turns": "turn/period", "margin_rate": "fraction", "sales_to_stock": ""},
        warnings=warnings,
    )
