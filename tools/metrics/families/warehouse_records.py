"""Whether stock records can be believed: record accuracy, counted or item by item."""

from tools.metrics.checks import each, same_length
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import doubts, part_of
from tools.metrics.result import Outcome, Value
from tools.metrics.shown import number, percent, plural

FAMILY = "Warehouse"
PIASECKI = "Piasecki, D. J. (2003). Inventory Accuracy: People, Processes & Technology. Ops Publishing."
WRONG_HIGH = 0.5
MOST_NAMED = 5


class RecordAccuracyInputs(Given):
    """Stock records checked, and those that matched (within tolerance, if there is one), or those that did not."""

    either = (either("records_right", "records_wrong"),)

    records_checked: float = quantity(
        Spoken(
            "records checked",
            "",
            words=("records checked", "records counted", "records", "counted", "checked", "bins counted", "locations",
                   "bins", "items counted", "out of", "SKUs counted", "SKUs", "positions counted", "bins checked",
                   "counts", "locations counted", "items", "cycle counts", "storage locations", "we counted",
                   "we checked", "shelves", "gezählt", "geprüft", "Lagerplätze", "Positionen", "gezählte Plätze",
                   "Artikel"),
        ),
        gt=0,
    )  # fmt: skip
    records_right: float | None = quantity(
        Spoken(
            "records that matched",
            "",
            words=("records that matched", "matched", "accurate", "correct", "right", "match", "matching",
                   "agreed", "within tolerance", "were right", "were correct", "accurate records", "correct records",
                   "as recorded", "matched the system", "no difference", "without a difference", "ok", "tallied",
                   "stimmten", "stimmen", "korrekt", "richtig", "ohne Differenz", "in Toleranz"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    records_wrong: float | None = quantity(
        Spoken(
            "wrong records",
            "",
            words=("wrong records", "wrong", "inaccurate", "mismatches", "mismatched", "discrepancies", "differences",
                   "discrepancy", "were off", "off", "did not match", "didn't match", "out of tolerance", "variances",
                   "with a difference", "incorrect", "errors", "deviated", "falsch", "abweichend", "Abweichungen",
                   "Differenzen", "mit Differenz"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="inventory_record_accuracy",
    name="Inventory record accuracy",
    aliases=("IRA", "inventory accuracy", "stock accuracy", "record accuracy", "stock record accuracy",
             "cycle count accuracy", "count accuracy", "location accuracy", "bin accuracy", "inventory accuracy rate",
             "stock file accuracy", "Bestandsgenauigkeit", "Bestandsrichtigkeit", "Inventurgenauigkeit",
             "Lagerbestandsgenauigkeit"),
    family=FAMILY,
    unit="fraction",
    formula=r"IRA = \frac{\text{records that matched}}{\text{records checked}}",
    source=PIASECKI,
    note="Inventory record accuracy",
    published=(
        Published(
            "mfgcalcs.com, inventory accuracy rate: 485 of 500 locations matched, 97 %",
            {"records_checked": 500.0, "records_right": 485.0},
            {"value": 0.97},
        ),
    ),
)  # fmt: skip
def inventory_record_accuracy(given: RecordAccuracyInputs) -> Outcome:
    """Return the share of the records checked that matched the count; refuses more right or wrong than checked."""
    checked = given.records_checked
    names = ("records_right", "records_wrong", "records_checked")
    labels = ("records that matched", "wrong records", "records checked")
    right = part_of(given.records_right, given.records_wrong, checked, names, labels)
    rate, wrong = right / checked, checked - right
    return Outcome(
        value=rate,
        steps=[f"record accuracy = records that matched / records checked = {number(right)} / {number(checked)} = "
               f"{number(rate)}"],
        meaning=f"{percent(rate)} of the records can be believed; {number(wrong)} of {number(checked)} are wrong. An "
        f"order of ten lines meets only right records in {percent(rate**10, 3)} of cases.",
        also={"wrong_rate": 1 - rate, "wrong_records": wrong, "ten_lines_all_right": rate**10},
        units={"wrong_rate": "fraction", "ten_lines_all_right": "fraction"},
        warnings=doubts(wrong, checked, "records", WRONG_HIGH, "check the tolerance and whether moves were open"),
    )  # fmt: skip


class RecordCountsInputs(Given):
    """What the records say and what was counted, item by item, and how far they may differ."""

    recorded: list[float] = quantity(
        Spoken(
            "recorded quantities",
            "item",
            words=("recorded quantities", "recorded", "records", "record", "system", "book", "system quantities",
                   "book stock", "system stock", "system says", "stated", "ERP", "WMS", "Buchbestand", "Sollbestand",
                   "Soll", "System"),
        ),
        min_length=1,
        max_length=100_000,
    )  # fmt: skip
    counted: list[float] = quantity(
        Spoken(
            "counted quantities",
            "item",
            words=("counted quantities", "counted", "counts", "count", "physical", "found", "actual", "physical count",
                   "on the shelf", "cycle count", "gezählt", "Zählung", "Istbestand", "Ist"),
        ),
        min_length=1,
        max_length=100_000,
    )  # fmt: skip
    tolerance: float = quantity(
        Spoken(
            "tolerance",
            "fraction",
            words=("tolerance", "tolerated", "tolerance of", "allowed difference", "allowed deviation", "plus or minus",
                   "within", "\N{PLUS-MINUS SIGN}", "Toleranz"),
        ),
        default=0.0,
        assumed="no tolerance",
        ge=0,
        le=1,
    )  # fmt: skip


@metric(
    id="inventory_record_accuracy_from_counts",
    name="Inventory record accuracy from counts",
    aliases=("record accuracy from counts", "record accuracy item by item", "inventory accuracy from counts",
             "cycle count result", "inventory accuracy with tolerance", "Bestandsgenauigkeit aus Zählungen"),
    family=FAMILY,
    unit="fraction",
    formula=r"IRA = \frac{1}{n} \left|\{i : |c_i - r_i| \le t \cdot r_i\}\right|",
    source=PIASECKI,
    note="Inventory record accuracy",
    published=(
        Published(
            "supplychainmetric.com: 95 and 105 counted where 100 and 100 are stated is not 100 % but 0 %",
            {"recorded": [100.0, 100.0], "counted": [95.0, 105.0], "tolerance": 0.01},
            {"value": 0.0, "net_accuracy": 1.0},
        ),
    ),
)  # fmt: skip
def inventory_record_accuracy_from_counts(given: RecordCountsInputs) -> Outcome:
    """Return the share of records that differ from the count by no more than the tolerance, a share of the record.

    The net difference, in which surpluses and losses cancel, is told beside it. Refuses lists of unequal length.
    """
    same_length("counted", "counted quantities", given.counted, len(given.recorded), "recorded quantities")
    each("recorded", "recorded quantities", given.recorded)
    each("counted", "counted quantities", given.counted)
    gaps = [count - record for count, record in zip(given.counted, given.recorded, strict=True)]
    wrong = [
        place
        for place, (gap, record) in enumerate(zip(gaps, given.recorded, strict=True), 1)
        if abs(gap) > given.tolerance * record + 1e-9 * max(1.0, record)
    ]
    count, book = len(gaps), sum(given.recorded)
    rate = (count - len(wrong)) / count
    also: dict[str, Value] = {
        "wrong_records": float(len(wrong)),
        "net_difference": sum(gaps),
        "absolute_difference": sum(map(abs, gaps)),
    }
    if book > 0:
        also["net_accuracy"] = 1 - abs(sum(gaps)) / book
        also["absolute_accuracy"] = max(0.0, 1 - sum(map(abs, gaps)) / book)
    named = ", ".join(f"no. {place} by {number(gaps[place - 1])}" for place in wrong[:MOST_NAMED])
    steps = [
        f"outside the tolerance of {percent(given.tolerance)}: "
        + (f"{len(wrong)} ({named}{', ...' if len(wrong) > MOST_NAMED else ''})" if wrong else "none"),
        f"record accuracy = records within tolerance / records = {count - len(wrong)} / {count} = {number(rate)}",
    ]
    return Outcome(
        value=rate,
        steps=steps,
        meaning=f"{percent(rate)} of {plural(count, 'record')} can be believed; in total the count differs by "
        f"{number(sum(gaps))} units net, and by {number(sum(map(abs, gaps)))} if surpluses and losses do not cancel.",
        also=also,
        units=dict.fromkeys(("net_accuracy", "absolute_accuracy"), "fraction")
        | dict.fromkeys(("net_difference", "absolute_difference"), "item"),
        warnings=doubts(float(len(wrong)), float(count), "records"),
    )
