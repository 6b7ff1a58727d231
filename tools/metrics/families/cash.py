"""How long cash is tied up between paying suppliers and being paid by customers."""

from tools.metrics.families.cash_days import CREDIT_SALES, FAMILY, FARRIS, PAYABLES, PURCHASES, RECEIVABLES, days_of
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, Scor, metric
from tools.metrics.result import Chart, Outcome, Series
from tools.metrics.shown import number, plural
from tools.metrics.vocabulary import AVERAGE_INVENTORY, COGS, DAYS_IN_PERIOD

INVENTORY_DAYS = Spoken(
    "days of inventory",
    "day",
    words=("days inventory outstanding", "days of inventory", "inventory days", "DIO", "DIH", "DSI",
           "days of stock", "weeks of stock", "months of stock", "weeks of inventory", "days of supply",
           "weeks of supply", "inventory days of supply", "stock days", "days inventory", "stock sits",
           "stock sits for", "goods sit", "goods sit for", "goods lie", "in stock for", "stay in stock for",
           "lies in stock for", "goods stay", "stock for", "days of inventory outstanding", "inventory turns in",
           "hold stock for", "Lagerdauer", "Lagerreichweite", "Bestandsreichweite", "Tage Bestand"),
    symbols=("DIO", "DIH", "DSI"),
)  # fmt: skip
RECEIVABLE_DAYS = Spoken(
    "days of receivables",
    "day",
    words=("days sales outstanding", "receivable days", "receivables days", "days of receivables",
           "days receivable", "DSO", "debtor days", "collection period", "average collection period",
           "days to collect", "collect in", "customers pay after", "customers pay in", "customers pay us in",
           "customers pay us after", "customers take", "clients pay in", "clients pay after", "clients settle in",
           "customers settle in", "buyers pay in", "paid by customers after", "paid after", "collected after",
           "get paid after", "receivables", "Forderungslaufzeit", "Debitorenlaufzeit", "Außenstandsdauer",
           "Kunden zahlen nach"),
    symbols=("DSO",),
)  # fmt: skip
PAYABLE_DAYS = Spoken(
    "days of payables",
    "day",
    words=("days payable outstanding", "days payables outstanding", "payable days", "payables days",
           "days of payables", "days payable", "DPO", "creditor days", "payment period", "days to pay",
           "we pay after", "we pay in", "we pay suppliers after", "we pay suppliers in", "we pay our suppliers in",
           "we pay our suppliers after", "pay suppliers after", "pay suppliers in", "pay our suppliers in",
           "pay our suppliers after", "pay vendors in", "pay vendors after", "settle with vendors in",
           "settle with suppliers in", "suppliers are paid after", "suppliers wait", "payables",
           "Verbindlichkeitenlaufzeit", "Kreditorenlaufzeit", "wir zahlen nach", "Lieferanten zahlen wir nach"),
    symbols=("DPO",),
)  # fmt: skip


class CashToCashInputs(Given):
    """Days of inventory, receivables and payables, or the balances and yearly amounts they come from."""

    either = (
        either("inventory_days", ("average_inventory", "cogs")),
        either("receivable_days", ("receivables", "sales")),
        either("payable_days", ("payables", "cogs"), ("payables", "purchases")),
    )

    inventory_days: float | None = quantity(INVENTORY_DAYS.also("days in inventory", "days in stock",
        "stock turns in", "inventory sits", "goods are in stock", "inventory period", "stock lies",
        "Lagerbestandstage", "Lagerdauer in Tagen", "Ware liegt", "Bestandsdauer",
        "DIO von"), default=None, ge=0)  # fmt: skip
    receivable_days: float | None = quantity(RECEIVABLE_DAYS.also("receivable days of", "receivables period",
        "customers pay", "customers pay us", "customer payment", "customers settle after", "customers need",
        "to be paid", "Debitorentage", "Zahlungseingang nach", "Kunden zahlen nach",
        "Außenstandstage"), default=None, ge=0)  # fmt: skip
    payable_days: float | None = quantity(PAYABLE_DAYS.also("payables period", "we pay", "pay suppliers",
        "supplier payment", "suppliers give us", "suppliers get paid after", "suppliers get their money after",
        "pay vendors", "supplier credit", "Kreditorentage", "Lieferanten zahlen wir nach", "wir zahlen nach",
        "Lieferanten bezahlen wir nach"), default=None, ge=0)  # fmt: skip
    average_inventory: float | None = quantity(AVERAGE_INVENTORY, default=None, ge=0)
    receivables: float | None = quantity(RECEIVABLES, default=None, ge=0)
    payables: float | None = quantity(PAYABLES, default=None, ge=0)
    cogs: float | None = quantity(COGS, default=None, gt=0)
    sales: float | None = quantity(CREDIT_SALES, default=None, gt=0)
    purchases: float | None = quantity(PURCHASES, default=None, gt=0)
    days_in_period: float | None = quantity(DAYS_IN_PERIOD, default=None, gt=0)


def _cash_chart(given: CashToCashInputs, outcome: Outcome) -> Chart:
    del given
    stock, customers, suppliers = (float(outcome.also[name]) for name in DAYS_PARTS)  # type: ignore[arg-type]
    return Chart(
        kind="waterfall",
        title="From paying suppliers to being paid",
        x_label="part of the cycle",
        y_label="days",
        series=[
            Series(
                name="days",
                x=["inventory", "receivables", "payables", "cash to cash"],
                y=[stock, customers, -suppliers, outcome.value],
            )
        ],
        summary=(
            f"{plural(stock, 'day')} in stock plus {number(customers)} until customers pay, less {number(suppliers)} "
            f"that suppliers wait, leave {plural(outcome.value, 'day')}."
        ),
    )


DAYS_PARTS = ("days_inventory", "days_receivable", "days_payable")


@metric(
    id="cash_to_cash",
    name="Cash-to-cash cycle time",
    aliases=("cash to cash", "cash-to-cash", "cash to cash cycle", "C2C", "cash conversion cycle", "CCC",
             "cash cycle", "cash to cash time", "net operating cycle", "how long cash is tied up",
             "how long is cash tied up", "how long is our cash tied up", "cash tied up", "Cash-to-Cash-Zyklus",
             "Kapitalbindungsdauer", "Geldumschlagsdauer", "Cash Conversion Cycle"),
    family=FAMILY,
    unit="day",
    formula=r"\text{C2C} = \text{DIO} + \text{DSO} - \text{DPO}",
    source=FARRIS,
    note="Cash-to-cash cycle time",
    scor=Scor("AM.1.1", "exact"),
    published=(
        Published(
            "MBA course, supply chain module, inventory management, Company A",
            {"inventory_days": 45.0, "receivable_days": 35.0, "payable_days": 30.0},
            {"value": 50.0},
        ),
    ),
    chart=_cash_chart,
)  # fmt: skip
def cash_to_cash(given: CashToCashInputs) -> Outcome:
    """Return the days between paying suppliers and being paid by customers; negative when customers pay first.

    Days that are given go before those that follow from balances; payables are measured by purchases where given.
    """
    steps: list[str] = []
    assumptions: list[str] = []
    warnings: list[str] = []

    def part(label: str, stated: float | None, balance: float | None, flow: float | None, words: str) -> float:
        if stated is not None and (balance is None or flow is None):
            return stated
        days, assumed = given.days(given.days_in_period)
        derived, step = days_of(balance or 0.0, flow or 1.0, days, label, words)
        if stated is None:
            steps.append(step)
            assumptions.extend(text for text in assumed if text not in assumptions)
            return derived
        if abs(derived - stated) > max(0.5, 0.01 * abs(stated)):
            warnings.append(
                f"{label} is given as {number(stated)} days, but the amounts give {number(derived)}; the given days "
                f"are used."
            )
        return stated

    stock = part("DIO", given.inventory_days, given.average_inventory, given.cogs, "average inventory / COGS · days")
    customers = part("DSO", given.receivable_days, given.receivables, given.sales, "receivables / sales · days")
    flow, name = (given.purchases, "purchases") if given.purchases is not None else (given.cogs, "COGS")
    suppliers = part("DPO", given.payable_days, given.payables, flow, f"payables / {name} · days")
    result = stock + customers - suppliers
    steps += [
        f"cash to cash = DIO + DSO - DPO = {number(stock)} + {number(customers)} - {number(suppliers)} = "
        f"{number(result)} days"
    ]
    also: dict[str, float] = dict(zip(DAYS_PARTS, (stock, customers, suppliers), strict=True))
    also["operating_cycle"] = stock + customers
    units = dict.fromkeys(also, "day")
    if given.average_inventory is not None and given.receivables is not None and given.payables is not None:
        also["working_capital"] = given.average_inventory + given.receivables - given.payables
        units["working_capital"] = "money"
    if given.cogs is not None:
        days, _ = given.days(given.days_in_period)
        also["money_per_inventory_day"] = given.cogs / days
        units["money_per_inventory_day"] = "money/day"
    if result >= 0:
        meaning = f"Cash is tied up for {plural(result, 'day')} between paying suppliers and being paid by customers."
    else:
        meaning = (
            f"Customers pay {plural(-result, 'day')} before suppliers are paid, so suppliers finance the business; "
            "check that they can bear it."
        )
    return Outcome(
        value=result,
        steps=steps,
        meaning=meaning,
        also={**also},
        units=units,
        warnings=warnings,
        assumptions=assumptions,
    )
