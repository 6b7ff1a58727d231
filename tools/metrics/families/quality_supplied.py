"""Quality of what suppliers deliver: defective parts per million."""

from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.parts import MILLION, doubts, part_of
from tools.metrics.result import Outcome
from tools.metrics.shown import number, percent

FAMILY = "Quality"
TENTH = 0.1


class SupplierDefectInputs(Given):
    """Parts received from a supplier, and those defective, or those good."""

    either = (either("parts_defective", "parts_good"),)

    parts_received: float = quantity(
        Spoken(
            "parts received",
            "",
            words=("parts received", "received", "parts delivered", "delivered", "units received", "parts supplied",
                   "pieces received", "out of", "inspected", "pieces delivered", "supplied", "delivery of", "parts",
                   "pieces", "supplier delivered", "bought", "shipped", "we received", "erhalten", "gelieferte Teile",
                   "geliefert", "Teile", "Lieferung von"),
        ),
        gt=0,
    )  # fmt: skip
    parts_defective: float | None = quantity(
        Spoken(
            "defective parts",
            "",
            words=("defective parts", "defective", "defects", "rejected", "rejects", "bad parts", "bad", "faulty",
                   "faulty parts", "nonconforming", "non-conforming", "failed inspection", "not ok", "NOK", "faults",
                   "complaints", "quality complaints", "sent back", "scrap", "did not meet the spec", "defect",
                   "fehlerhaft", "defekt", "defekte Teile", "fehlerhafte Teile", "beanstandet", "reklamiert",
                   "Schlechtteile"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    parts_good: float | None = quantity(
        Spoken(
            "good parts",
            "",
            words=("good parts", "good", "accepted", "conforming", "passed inspection", "ok parts", "without defect",
                   "defect-free", "fine", "in Ordnung", "Gutteile"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="supplier_defect_rate",
    name="Supplier defect rate (PPM)",
    aliases=("supplier PPM", "PPM", "defects per million", "parts per million defective", "defective parts per million",
             "DPPM", "supplier quality PPM", "supplier defect rate", "vendor defect rate", "incoming defect rate",
             "supplier quality rate", "vendor PPM", "PPM rate", "reject rate of the supplier", "incoming quality",
             "supplier reject rate", "PPM-Wert", "Fehlerquote des Lieferanten", "Lieferanten-PPM", "ppm rate"),
    family=FAMILY,
    unit="",
    formula=r"PPM = \frac{\text{defective parts}}{\text{parts received}} \cdot 10^6",
    source="Monczka, R. M., Handfield, R. B., Giunipero, L. C. & Patterson, J. L. Purchasing and Supply Chain "
           "Management. Cengage, chapter on supplier evaluation and selection.",
    note="Supplier scorecard",
    published=(
        Published(
            "mfgcalcs.com, supplier defect PPM: 110 of 120,000 units, 917 PPM",
            {"parts_received": 120_000.0, "parts_defective": 110.0},
            {"value": 917.0},
            0.5,
            absolute=True,
        ),
        Published(
            "mfgcalcs.com, supplier defect rate: 12 of 2,000 parts, 0.6 %",
            {"parts_received": 2_000.0, "parts_defective": 12.0},
            {"defect_rate": 0.006},
        ),
    ),
)  # fmt: skip
def supplier_defect_rate(given: SupplierDefectInputs) -> Outcome:
    """Return the defective parts per million received from a supplier; refuses more defective or good than received."""
    names = ("parts_defective", "parts_good", "parts_received")
    labels = ("defective parts", "good parts", "parts received")
    bad = part_of(given.parts_defective, given.parts_good, given.parts_received, names, labels)
    rate = bad / given.parts_received
    value = rate * MILLION
    return Outcome(
        value=value,
        steps=[
            f"defect rate = defective / received = {number(bad)} / {number(given.parts_received)} = {number(rate)}",
            f"parts per million = {number(rate)} × 1,000,000 = {number(value)}",
        ],
        meaning=f"{number(value)} parts per million were defective, {percent(rate)} of what was received; "
        f"{percent(1 - rate)} was good.",
        also={"defect_rate": rate, "accepted_rate": 1 - rate, "good_parts": given.parts_received - bad},
        units={"defect_rate": "fraction", "accepted_rate": "fraction"},
        warnings=doubts(bad, given.parts_received, "parts received", TENTH, "check what counts as defective")
        + (
            ["With fewer than 10,000 parts one defective part moves the figure by more than 100 per million."]
            if given.parts_received < MILLION / 100
            else []
        ),
    )
