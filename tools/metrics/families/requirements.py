"""What has to be ordered or made when stock and open orders are taken off."""

from tools.metrics.given import Given, Spoken, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome
from tools.metrics.shown import number


class NetRequirementsInputs(Given):
    """What is needed in a period, and what covers it."""

    gross_requirements: float = quantity(
        Spoken(
            "gross requirements",
            "item",
            words=("gross requirements", "gross requirement", "gross need", "gross demand", "we need", "needed",
                   "required", "Bruttobedarf"),
            symbols=("GR",),
        ),
        ge=0,
    )  # fmt: skip
    on_hand: float = quantity(
        Spoken(
            "stock on hand",
            "item",
            words=("on hand", "stock on hand", "projected on hand", "in stock", "available stock", "inventory on hand",
                   "Lagerbestand", "verfügbarer Bestand"),
            symbols=("OH",),
        ),
        ge=0,
    )  # fmt: skip
    scheduled_receipts: float = quantity(
        Spoken(
            "scheduled receipts",
            "item",
            words=("scheduled receipts", "scheduled receipt", "open orders", "on order", "already ordered", "incoming",
                   "Bestellbestand", "geplante Zugänge"),
            symbols=("SR",),
        ),
        default=0.0,
        assumed="nothing on order",
        ge=0,
    )  # fmt: skip
    safety_stock: float = quantity(
        Spoken(
            "safety stock",
            "item",
            words=("safety stock", "minimum stock", "buffer", "reserved", "Sicherheitsbestand", "Mindestbestand"),
            symbols=("SS",),
        ),
        default=0.0,
        assumed="no safety stock",
        ge=0,
    )  # fmt: skip


@metric(
    id="net_requirements",
    name="Net requirements",
    aliases=("net requirement", "net need", "MRP netting", "Nettobedarf"),
    family="Lot sizing",
    unit="item",
    formula=r"NR = \max\left(0,\ GR + SS - OH - SR\right)",
    source="Jacobs, F. R. & Chase, R. B. (2018). Operations and Supply Chain Management, 15th ed., ch. 21.",
    note="Material requirements planning",
    published=(
        Published(
            "Netting rule: 100 needed, 35 on hand, 20 on order, safety stock 10",
            {"gross_requirements": 100.0, "on_hand": 35.0, "scheduled_receipts": 20.0, "safety_stock": 10.0},
            {"value": 55.0},
        ),
    ),
)
def net_requirements(given: NetRequirementsInputs) -> Outcome:
    """Return what a period still needs once stock beyond the safety stock and open orders are used, at least 0."""
    cover = given.on_hand + given.scheduled_receipts - given.safety_stock
    net = max(0.0, given.gross_requirements - cover)
    left = max(0.0, cover - given.gross_requirements)
    steps = [
        f"cover = on hand + on order - safety stock = {number(given.on_hand)} + {number(given.scheduled_receipts)} - "
        f"{number(given.safety_stock)} = {number(cover)}",
        f"net requirements = gross requirements - cover, at least 0 = {number(given.gross_requirements)} - "
        f"{number(cover)} -> {number(net)}",
    ]
    plan = f"Order or make {number(net)} units" if net else f"Nothing has to be ordered; {number(left)} units are left"
    return Outcome(
        value=net,
        steps=steps,
        meaning=f"{plan} beyond the safety stock of {number(given.safety_stock)}.",
        also={"left_over": left},
        units={"left_over": "item"},
    )
