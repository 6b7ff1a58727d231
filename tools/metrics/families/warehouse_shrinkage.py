"""What stock lacks or holds too much, in value: shrinkage, and record accuracy by value."""

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Refusal, Value
from tools.metrics.shown import number, percent

FAMILY = "Warehouse"
SHRUNK_HIGH = 0.1


class ShrinkageInputs(Given):
    """Stock by the books and by count, in units or money, or the loss; and sales, where retailers relate it to them."""

    either = (either(("recorded", "counted"), ("loss", "recorded"), ("loss", "sales")),)

    recorded: float | None = quantity(
        Spoken(
            "recorded stock",
            "",
            words=("recorded stock", "book stock", "book inventory", "recorded inventory", "recorded", "book value",
                   "books say", "by the books", "system stock", "system", "expected", "should have", "stock records",
                   "should be", "the system says", "on paper", "in the books", "book", "stock value", "according to",
                   "Buchbestand", "Sollbestand", "laut System"),
        ),
        default=None,
        gt=0,
    )  # fmt: skip
    counted: float | None = quantity(
        Spoken(
            "counted stock",
            "",
            words=("counted stock", "counted", "physical count", "physical inventory", "actual inventory", "count",
                   "stocktake", "actual stock", "actually there", "actual", "we found", "found", "really there",
                   "stock take", "only", "gezählt", "Istbestand", "Inventur ergab", "tatsächlich"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    loss: float | None = quantity(
        Spoken(
            "loss",
            "",
            words=("loss", "losses", "missing", "lost", "shrink", "stolen", "shortfall", "gone", "disappeared",
                   "unaccounted for", "theft", "vanished", "written off", "Schwund", "Verlust", "fehlt", "fehlen"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    sales: float | None = quantity(
        Spoken(
            "sales",
            "",
            words=("sales", "revenue", "turnover", "retail sales", "net sales", "sales of", "Umsatz", "Erlöse"),
        ),
        default=None,
        gt=0,
    )


@metric(
    id="inventory_shrinkage",
    name="Inventory shrinkage",
    aliases=("shrinkage", "shrinkage rate", "shrink rate", "stock shrinkage", "inventory shrink", "retail shrink",
             "shrink", "stock loss rate", "inventory loss rate", "stock losses", "shrinkage percentage", "Schwundquote",
             "Inventurdifferenz", "Inventurdifferenzquote", "Bestandsschwund", "Schwundrate"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{shrinkage} = \frac{\text{recorded} - \text{counted}}{\text{recorded}} \quad \text{or} \quad "
            r"\frac{\text{loss}}{\text{sales}}",
    source="Beck, A. & Peacock, C. (2009). New Loss Prevention: Redefining Shrinkage Management. Palgrave Macmillan.",
    note="Shrinkage",
    published=(
        Published(
            "eHow, inventory shrinkage: books 5,000, counted 4,850, 3 percent",
            {"recorded": 5_000.0, "counted": 4_850.0},
            {"value": 0.03, "loss": 150.0},
        ),
        Published(
            "calculatoratoz.com, inventory shrinkage: ((500-375)/500)*100 = 25",
            {"recorded": 500.0, "counted": 375.0},
            {"value": 0.25},
        ),
    ),
)  # fmt: skip
def inventory_shrinkage(given: ShrinkageInputs) -> Outcome:
    """Return what is missing as a share of the recorded stock, or of sales if only those are given.

    Refuses a count above the record: that is a surplus.
    """
    steps = []
    loss = given.loss
    if given.recorded is not None and given.counted is not None:
        if given.counted > given.recorded:
            reason = (
                f"counted stock {number(given.counted)} is above recorded stock {number(given.recorded)}, a surplus "
                f"and no loss; check whether the two are swapped or a receipt was not booked"
            )
            raise Refusal("counted", reason)
        gap = given.recorded - given.counted
        if loss is not None and abs(loss - gap) > 0.01 * max(gap, loss):
            reason = f"loss is {number(loss)}, but recorded less counted is {number(gap)}; leave one of them out"
            raise Refusal("loss", reason)
        loss = gap
        steps.append(f"loss = recorded - counted = {number(given.recorded)} - {number(given.counted)} = {number(gap)}")
    missing = loss or 0.0
    base, against = (given.recorded, "recorded stock") if given.recorded is not None else (given.sales or 1.0, "sales")
    if missing > base:
        raise Refusal("loss", f"loss ({number(missing)}) cannot exceed {against} ({number(base)}); check the two")
    rate = missing / base
    steps.append(f"shrinkage = loss / {against} = {number(missing)} / {number(base)} = {number(rate)}")
    also: dict[str, Value] = {"loss": missing}
    if given.recorded is not None and given.sales is not None:
        also["share_of_sales"] = missing / given.sales
        steps.append(f"share of sales = {number(missing)} / {number(given.sales)} = {number(missing / given.sales)}")
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"{number(missing)} is missing, {percent(rate)} of {against}. Theft is one cause; unrecorded scrap and "
        f"wrong bookings are others.",
        also=also,
        units={"share_of_sales": "fraction"},
        warnings=[f"Above {percent(SHRUNK_HIGH)} is unusual: look for receipts or moves that were not booked."]
        if rate > SHRUNK_HIGH
        else [],
    )


class ValueAccuracyInputs(Given):
    """The value of stock by the books and by count, or surpluses and losses apart."""

    either = (either("counted_value", ("surplus", "loss")),)

    recorded_value: float = quantity(
        Spoken(
            "recorded value",
            "money",
            words=("recorded value", "book value", "book inventory", "system value", "recorded", "books say", "books",
                   "system", "value on record", "recorded inventory", "stock value", "inventory value", "ledger",
                   "book", "records", "Buchwert", "Sollwert"),
        ),
        gt=0,
    )  # fmt: skip
    counted_value: float | None = quantity(
        Spoken(
            "counted value",
            "money",
            words=("counted value", "counted", "physical value", "value counted", "physical count", "actual value",
                   "found", "actual", "count", "stocktake", "gezählt", "gezählter Wert", "Istwert"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    surplus: float | None = quantity(
        Spoken("surpluses", "money", words=("surpluses", "surplus", "overages", "overage", "too much", "Überschüsse",
                                            "Mehrbestand", "plus")),
        default=None,
        ge=0,
    )  # fmt: skip
    loss: float | None = quantity(
        Spoken("losses", "money", words=("losses", "loss", "shortages", "shortage", "missing", "Verluste",
                                         "Minderbestand", "Fehlbestand", "minus")),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="inventory_value_accuracy",
    name="Inventory accuracy by value",
    aliases=("inventory value accuracy", "value accuracy of inventory", "inventory record accuracy by value",
             "stock value accuracy", "dollar accuracy of inventory", "inventory dollar accuracy", "monetary accuracy",
             "accuracy by value", "Bestandsgenauigkeit nach Wert", "Wertgenauigkeit des Bestands"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{accuracy by value} = 1 - \frac{|\text{counted} - \text{recorded}|}{\text{recorded}}",
    source="Piasecki, D. J. (2003). Inventory Accuracy: People, Processes & Technology. Ops Publishing.",
    note="Inventory record accuracy",
)  # fmt: skip
def inventory_value_accuracy(given: ValueAccuracyInputs) -> Outcome:
    """Return 1 less the difference between counted and recorded value, as a share of the recorded value.

    With surpluses and losses apart they are added, so that they do not cancel; the net accuracy is told beside it.
    """
    book = given.recorded_value
    also: dict[str, Value] = {}
    if given.surplus is not None and given.loss is not None:
        gap, net = given.surplus + given.loss, given.surplus - given.loss
        also["net_accuracy"] = 1 - abs(net) / book
        steps = [f"difference = surpluses + losses = {number(given.surplus)} + {number(given.loss)} = {number(gap)}"]
    else:
        net = (given.counted_value or 0.0) - book
        gap = abs(net)
        steps = [f"difference = |counted - recorded| = |{number(book + net)} - {number(book)}| = {number(gap)}"]
    if gap > book:
        raise Refusal(
            "loss" if given.loss is not None else "counted_value",
            f"the difference of {number(gap)} is above the recorded value {number(book)}; check the units of the two",
        )
    rate = 1 - gap / book
    steps.append(f"accuracy by value = 1 - difference / recorded = 1 - {number(gap)} / {number(book)} = {number(rate)}")
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"By value the records are {percent(rate)} accurate; the difference is {number(gap)} {given.money}.",
        also=also | {"net_difference": net},
        units={"net_accuracy": "fraction", "net_difference": "money"},
        warnings=[]
        if "net_accuracy" in also
        else ["Surpluses and losses cancel in this figure: many records can be wrong though the total fits."],
    )
