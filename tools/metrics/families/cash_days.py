"""Days that stock, receivables and payables last at the rate at which they turn over."""

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, Scor, metric
from tools.metrics.result import Outcome
from tools.metrics.shown import number, plural
from tools.metrics.vocabulary import AVERAGE_INVENTORY, COGS, DAYS_IN_PERIOD, SALES

FAMILY = "Cash and finance"
LONG_DAYS = 365
FARRIS = (
    "Farris, M. T. & Hutchison, P. (2002). Cash-to-cash: the new supply chain management metric. IJPDLM 32(4), 288-298."
)

RECEIVABLES = Spoken(
    "receivables",
    "money",
    words=("accounts receivable", "receivables", "trade receivables", "average receivables", "AR", "A/R", "debtors",
           "trade debtors", "customers owe us", "customers owe", "owed by customers", "open invoices to customers",
           "unpaid customer invoices", "unpaid invoices", "outstanding invoices", "invoices outstanding",
           "customer invoices", "customers have not paid", "Außenstände", "offene Forderungen", "Forderungen",
           "Forderungen aus Lieferungen und Leistungen", "Debitoren"),
)  # fmt: skip
PAYABLES = Spoken(
    "payables",
    "money",
    words=("accounts payable", "payables", "trade payables", "average payables", "AP", "A/P", "creditors",
           "trade creditors", "we owe suppliers", "owed to suppliers", "we owe", "we owe our suppliers",
           "we owe vendors", "open supplier invoices", "supplier invoices", "unpaid supplier invoices",
           "unpaid bills", "bills to pay", "Verbindlichkeiten", "Verbindlichkeiten aus Lieferungen und Leistungen",
           "Kreditoren"),
)  # fmt: skip
PURCHASES = Spoken(
    "purchases",
    "money/period",
    words=("purchases", "credit purchases", "material purchases", "purchasing volume", "annual purchases",
           "bought on credit", "we buy for", "buy for", "buy on credit", "bought from suppliers",
           "spend with suppliers", "cost of materials", "Einkaufsvolumen", "Wareneinkauf", "Einkäufe",
           "Materialeinkauf", "Jahreseinkauf"),
)  # fmt: skip
CREDIT_SALES = SALES.also(
    "net credit sales", "credit sales", "sales on credit", "annual revenue", "net revenue", "we sell for", "turnover",
    "Jahresumsatz",
)  # fmt: skip


class InventoryDaysInputs(Given):
    """Average inventory and the cost of goods sold from it in a period."""

    average_inventory: float = quantity(AVERAGE_INVENTORY, ge=0)
    cogs: float = quantity(COGS, gt=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


class ReceivableDaysInputs(Given):
    """Receivables and the sales of a period that they come from."""

    receivables: float = quantity(RECEIVABLES.also("owed to us", "outstanding receivables", "open receivables",
        "customers' debts", "owed by our customers", "Debitorenbestand", "Forderungsbestand"), ge=0)  # fmt: skip
    sales: float = quantity(CREDIT_SALES, gt=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


class PayableDaysInputs(Given):
    """Payables and the purchases of a period, or its cost of goods sold, that they come from."""

    either = (either("cogs", "purchases"),)

    payables: float = quantity(PAYABLES.also("open payables", "owed", "trade creditors of", "Kreditorenbestand",
        "Lieferantenverbindlichkeiten"), ge=0)  # fmt: skip
    cogs: float | None = quantity(COGS, default=None, gt=0)
    purchases: float | None = quantity(PURCHASES, default=None, gt=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


def days_of(balance: float, flow: float, days: float, label: str, words: str) -> tuple[float, str]:
    """Return the days that a balance lasts, and the line that shows it."""
    result = balance / flow * days
    return result, f"{label} = {words} = {number(balance)} / {number(flow)} · {number(days)} = {number(result)} days"


def _long(result: float, of: str) -> list[str]:
    if result <= LONG_DAYS:
        return []
    return [
        f"{plural(result, 'day')} of {of} is more than a year; check that both amounts are in the same unit and the "
        f"right period."
    ]


@metric(
    id="days_inventory_outstanding",
    name="Days inventory outstanding",
    aliases=("DIO", "DIH", "days in inventory", "days of inventory outstanding", "days sales of inventory",
             "days sales in inventory", "inventory days outstanding", "days inventory held", "days inventory",
             "Lagerdauer", "Lagerdauer in Tagen"),
    family=FAMILY,
    unit="day",
    formula=r"\text{DIO} = \frac{\text{average inventory}}{\text{COGS}} \cdot \text{days}",
    source=FARRIS,
    note="Cash-to-cash cycle time",
    scor=Scor("AM.2.2", "partial"),
    published=(
        Published(
            "90-day period: cost of goods sold 1,000,000, average inventory 250,000 (formulab test suite, inventory "
            "turnover)",
            {"cogs": 1_000_000.0, "average_inventory": 250_000.0, "days_in_period": 90.0},
            {"value": 22.5},
        ),
        Published(
            "MBA course, supply chain module: cost of goods sold 12 million at 6 turns, so 2 million of stock: about "
            "61 days",
            {"cogs": 12_000_000.0, "average_inventory": 2_000_000.0, "days_in_period": 365.0},
            {"value": 60.83},
            within=0.01,
            absolute=True,
        ),
    ),
)  # fmt: skip
def days_inventory_outstanding(given: InventoryDaysInputs) -> Outcome:
    """Return for how many days the average inventory covers the cost of goods sold; refuses a cost of zero."""
    days, assumptions = given.days(given.days_in_period)
    words = "average inventory / COGS · days"
    result, step = days_of(given.average_inventory, given.cogs, days, "DIO", words)
    one_day = given.cogs / days
    return Outcome(
        value=result,
        steps=[step],
        meaning=(
            f"A unit of stock waits about {plural(result, 'day')} before it is sold; "
            f"each day less frees about {number(one_day)} {given.money}."
        ),
        also={"money_per_day": one_day, "turns": given.cogs / given.average_inventory}
        if result
        else {"money_per_day": one_day},
        units={"money_per_day": "money/day", "turns": "turn/period"},
        warnings=_long(result, "inventory"),
        assumptions=assumptions,
    )


@metric(
    id="days_sales_outstanding",
    name="Days sales outstanding",
    aliases=("DSO", "receivable days", "receivables days", "days of receivables", "debtor days",
             "average collection period", "collection period", "days receivable outstanding", "days to collect",
             "how long customers take to pay", "Forderungslaufzeit", "Debitorenlaufzeit", "Außenstandsdauer"),
    family=FAMILY,
    unit="day",
    formula=r"\text{DSO} = \frac{\text{receivables}}{\text{sales}} \cdot \text{days}",
    source=FARRIS,
    note="Days sales outstanding",
    published=(
        Published(
            "Worked example of a DSO calculator page: receivables 50,000, credit sales 200,000 a year: 91.25 days",
            {"receivables": 50_000.0, "sales": 200_000.0, "days_in_period": 365.0},
            {"value": 91.25},
        ),
        Published(
            "Textbook exercise: credit sales 325,000 and year-end receivables 60,000: 67.38 days",
            {"receivables": 60_000.0, "sales": 325_000.0, "days_in_period": 365.0},
            {"value": 67.38461538},
        ),
    ),
)  # fmt: skip
def days_sales_outstanding(given: ReceivableDaysInputs) -> Outcome:
    """Return how many days of sales customers have not paid yet; refuses sales of zero."""
    days, assumptions = given.days(given.days_in_period)
    result, step = days_of(given.receivables, given.sales, days, "DSO", "receivables / sales · days")
    one_day = given.sales / days
    return Outcome(
        value=result,
        steps=[step],
        meaning=(
            f"Customers pay about {plural(result, 'day')} after the sale; "
            f"collecting a day sooner brings in about {number(one_day)} {given.money}."
        ),
        also={"money_per_day": one_day},
        units={"money_per_day": "money/day"},
        warnings=_long(result, "receivables"),
        assumptions=[*assumptions, "all sales are on credit"],
    )


@metric(
    id="days_payable_outstanding",
    name="Days payable outstanding",
    aliases=("DPO", "payable days", "payables days", "days of payables", "creditor days", "average payment period",
             "days payables outstanding", "how long we take to pay suppliers", "Verbindlichkeitenlaufzeit",
             "Kreditorenlaufzeit"),
    family=FAMILY,
    unit="day",
    formula=r"\text{DPO} = \frac{\text{payables}}{\text{COGS or purchases}} \cdot \text{days}",
    source=FARRIS,
    note="Days payable outstanding",
    published=(
        Published(
            "Pearson Channels, Financial Accounting: payables of 60,000 and 100,000 (average 80,000), COGS 320,000: "
            "about 91 days",
            {"payables": 80_000.0, "cogs": 320_000.0, "days_in_period": 365.0},
            {"value": 91.25},
        ),
    ),
)  # fmt: skip
def days_payable_outstanding(given: PayableDaysInputs) -> Outcome:
    """Return how many days of purchases, or of cost of goods sold where they are not given, are not paid yet."""
    days, assumptions = given.days(given.days_in_period)
    flow, name = (given.purchases, "purchases") if given.purchases is not None else (given.cogs or 0.0, "COGS")
    result, step = days_of(given.payables, flow, days, "DPO", f"payables / {name} · days")
    one_day = flow / days
    return Outcome(
        value=result,
        steps=[step],
        meaning=(
            f"Suppliers are paid about {plural(result, 'day')} after the purchase; each day more keeps about "
            f"{number(one_day)} {given.money} longer, at the suppliers' expense."
        ),
        also={"money_per_day": one_day},
        units={"money_per_day": "money/day"},
        warnings=_long(result, "payables"),
        assumptions=assumptions,
    )
