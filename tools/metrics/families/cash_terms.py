"""What payment terms and working capital cost: discounts for early payment, and money tied up in operations."""

from tools.metrics.families.cash_days import FAMILY, PAYABLES, RECEIVABLES
from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal
from tools.metrics.shown import number, percent, plural
from tools.metrics.vocabulary import AVERAGE_INVENTORY

HIGH_DISCOUNT = 0.1

DISCOUNT = Spoken(
    "discount for early payment",
    "fraction",
    words=("discount", "early payment discount", "cash discount", "prompt payment discount", "settlement discount",
           "off", "early pay discount", "supplier discount", "if we pay early", "for paying early", "Skonto",
           "Skontosatz", "Rabatt für frühe Zahlung"),
    symbols=("d",),
    because="a discount of 100 % would make the goods free",
)  # fmt: skip
DISCOUNT_DAYS = Spoken(
    "days in which the discount is given",
    "day",
    words=("discount days", "discount period", "within", "paid within", "if paid within", "paid in", "if paid in",
           "pay in", "paying in", "if we pay within", "paying within", "payment within", "pay early in",
           "early payment in", "Skontofrist", "innerhalb von", "innerhalb"),
)  # fmt: skip
NET_DAYS = Spoken(
    "days after which the full amount is due",
    "day",
    words=("net days", "net", "due in", "due after", "full amount due after", "full amount due in",
           "full payment due in", "full amount due", "credit period", "payment term", "payment terms", "otherwise",
           "pay after", "we pay on day", "we would pay after", "Zahlungsziel", "netto", "fällig nach"),
)  # fmt: skip
YEAR_DAYS = Spoken(
    "days in a year",
    "day",
    words=("days in a year", "days in the year", "days a year", "days per year", "day year", "day count",
           "banker's year", "Tage im Jahr", "Zinstage"),
)  # fmt: skip
BORROWING_RATE = Spoken(
    "borrowing rate a year",
    "fraction",
    words=("borrowing rate", "interest rate", "loan rate", "bank rate", "cost of capital", "we borrow at",
           "overdraft rate", "overdraft costs", "overdraft", "WACC", "cost of borrowing", "credit line at",
           "loan costs", "Kreditzins", "Zinssatz", "Kapitalkosten"),
)  # fmt: skip
INVOICE = Spoken(
    "invoice amount",
    "money",
    words=("invoice amount", "invoice", "bill", "invoice of", "amount due", "purchase of", "order value",
           "Rechnungsbetrag", "Rechnung"),
)  # fmt: skip


class DiscountInputs(Given):
    """Terms such as 2/10 net 30, and what money costs elsewhere."""

    discount: float = quantity(DISCOUNT, gt=0, lt=1)
    discount_days: float = quantity(DISCOUNT_DAYS, ge=0)
    net_days: float = quantity(NET_DAYS, gt=0)
    days_in_year: float | None = quantity(YEAR_DAYS, default=None, ge=200, le=366)
    borrowing_rate: float | None = quantity(BORROWING_RATE, default=None, ge=0, le=10)
    invoice: float | None = quantity(INVOICE, default=None, gt=0)


@metric(
    id="cost_of_not_taking_discount",
    name="Cost of not taking an early payment discount",
    aliases=("cost of forgoing the discount", "cost of not taking the discount", "cost of trade credit",
             "annualized cost of the discount", "implied interest of the discount", "early payment discount return",
             "cost of missing the discount", "APR of the discount", "return on early payment",
             "annual cost of supplier credit", "Skonto Jahreszins", "Skonto Effektivzins",
             "Kosten des Lieferantenkredits", "Jahreszins des Skontos"),
    family=FAMILY,
    unit="fraction",
    formula=r"r = \frac{d}{1 - d} \cdot \frac{\text{days in year}}{\text{net days} - \text{discount days}}, \qquad "
            r"r_{\text{effective}} = \left(1 + \frac{d}{1 - d}\right)^{\frac{\text{days in year}}{\text{net days} - "
            r"\text{discount days}}} - 1",
    source=("Brealey, R. A., Myers, S. C. & Allen, F. Principles of Corporate Finance. McGraw-Hill, chapter on "
        "working capital management."),
    note="Dynamic discounting",
    published=(
        Published(
            "Professional examination question: 2/10 net 40 on a 360-day year costs 24.49 %",
            {"discount": 0.02, "discount_days": 10.0, "net_days": 40.0, "days_in_year": 360.0},
            {"value": 0.2449},
            within=0.00005,
            absolute=True,
        ),
        Published(
            "Textbook exercise: 3/15 net 60 on a 360-day year costs 24.74 %",
            {"discount": 0.03, "discount_days": 15.0, "net_days": 60.0, "days_in_year": 360.0},
            {"value": 0.24742268},
        ),
        Published(
            "CFA practice question: 2/10 net 45 has an implicit effective cost of 23.45 %",
            {"discount": 0.02, "discount_days": 10.0, "net_days": 45.0},
            {"effective_rate": 0.2345},
            within=0.00005,
            absolute=True,
        ),
        Published(
            "Widely quoted: forgoing 2/10 net 30 costs about 37 % a year",
            {"discount": 0.02, "discount_days": 10.0, "net_days": 30.0},
            {"value": 0.37},
            within=0.005,
            absolute=True,
        ),
    ),
)  # fmt: skip
def cost_of_not_taking_discount(given: DiscountInputs) -> Outcome:
    """Return the yearly interest that paying late instead of taking the discount amounts to, as a fraction.

    The value is the simple rate; `effective_rate` compounds it. Refuses a due date that is not after the discount's.
    """
    later = given.net_days - given.discount_days
    if later <= 0:
        reason = (
            f"the full amount must fall due after the discount ends, but {plural(given.net_days, 'day')} is not more "
            f"than {plural(given.discount_days, 'day')}"
        )
        raise Refusal("net_days", reason)
    once = given.discount / (1 - given.discount)
    days_in_year, assumptions = given.days(given.days_in_year)
    times = days_in_year / later
    rate = once * times
    effective = (1 + once) ** times - 1
    share = number(given.discount)
    steps = [
        f"interest for {number(later)} days = d / (1 - d) = {share} / (1 - {share}) = {percent(once)}",
        f"simple rate = interest · days in year / (net days - discount days) = {percent(once)} · "
        f"{number(days_in_year)} / ({number(given.net_days)} - {number(given.discount_days)}) = {percent(rate)}",
        f"effective rate = (1 + interest)^(days in year / days later) - 1 = (1 + {number(once, 5)})^{number(times)} "
        f"- 1 = {percent(effective)}",
    ]
    also: dict[str, float | str] = {"effective_rate": effective, "interest_for_the_delay": once, "days_later": later}
    units = {"effective_rate": "fraction", "interest_for_the_delay": "fraction", "days_later": "day"}
    meaning = (
        f"Paying {plural(later, 'day')} later instead of taking the discount costs as much as a loan at about "
        f"{percent(rate, 3)} a year ({percent(effective, 3)} compounded)"
    )
    if given.borrowing_rate is not None:
        take = effective > given.borrowing_rate
        also["advice"] = "take the discount" if take else "pay on the due date"
        meaning += (
            f"; money at {percent(given.borrowing_rate)} is "
            f"{'cheaper, so take the discount' if take else 'dearer, so pay when due'}."
        )
    else:
        meaning += "; take the discount if money costs you less."
    if given.invoice is not None:
        also["discount_amount"] = given.invoice * given.discount
        units["discount_amount"] = "money"
        steps.append(
            f"discount = invoice · d = {number(given.invoice)} · {share} = {number(given.invoice * given.discount)}"
        )
    warnings = (
        [f"A discount of {percent(given.discount)} for early payment is unusual; 1 to 3 % is common."]
        if given.discount > HIGH_DISCOUNT
        else []
    )
    return Outcome(
        value=rate,
        steps=steps,
        meaning=meaning,
        also={**also},
        units=units,
        warnings=warnings,
        assumptions=assumptions,
    )


class WorkingCapitalInputs(Given):
    """Balances of stock, receivables and payables on one date."""

    average_inventory: float = quantity(AVERAGE_INVENTORY.also(label="inventory"), ge=0)
    receivables: float = quantity(RECEIVABLES, ge=0)
    payables: float = quantity(PAYABLES, ge=0)


@metric(
    id="working_capital",
    name="Operating working capital",
    aliases=("working capital", "net working capital", "trade working capital", "NWC", "OWC", "Nettoumlaufvermögen",
             "Betriebskapital", "operatives Umlaufvermögen"),
    family=FAMILY,
    unit="money",
    formula=r"\text{working capital} = \text{inventory} + \text{receivables} - \text{payables}",
    source=("Gelsomino, L. M., Mangiaracina, R., Perego, A. & Tumino, A. (2016). Supply chain finance: a literature "
        "review. IJPDLM 46(4), 348-366."),
    note="Working capital",
)  # fmt: skip
def working_capital(given: WorkingCapitalInputs) -> Outcome:
    """Return the money tied up in operations; negative when suppliers finance more than stock and customers take."""
    result = given.average_inventory + given.receivables - given.payables
    parts = f"{number(given.average_inventory)} + {number(given.receivables)} - {number(given.payables)}"
    meaning = (
        f"{number(result)} {given.money} are tied up in stock and unpaid invoices after what suppliers finance."
        if result >= 0
        else f"Suppliers finance {number(-result)} {given.money} more than stock and unpaid invoices take."
    )
    return Outcome(
        value=result,
        steps=[f"working capital = inventory + receivables - payables = {parts} = {number(result)}"],
        meaning=meaning,
    )
