"""Whether orders are sent as ordered."""

from tools.metrics.books import RUSHTON
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import metric
from tools.metrics.parts import MILLION, doubts, part_of
from tools.metrics.result import Outcome
from tools.metrics.shown import number, percent

FAMILY = "Quality"
WRONG_HIGH = 0.2


class OrderAccuracyInputs(Given):
    """Orders sent, and those without an error, or those with one."""

    either = (either("orders_right", "orders_wrong"),)

    orders: float = quantity(
        Spoken(
            "orders",
            "order/period",
            words=("orders", "out of", "total orders", "orders shipped", "orders sent", "customer orders",
                   "orders checked", "all orders", "orders delivered", "deliveries", "we shipped", "shipped",
                   "Aufträge",
                   "Bestellungen", "Lieferungen"),
        ),
        gt=0,
    )  # fmt: skip
    orders_right: float | None = quantity(
        Spoken(
            "orders without an error",
            "order/period",
            words=("orders without an error", "accurate orders", "correct orders", "error-free orders", "accurate",
                   "correct", "correctly", "without error", "without errors", "error-free", "error free", "right",
                   "were right", "no errors", "fehlerfrei", "fehlerfreie Aufträge", "richtig", "korrekt"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip
    orders_wrong: float | None = quantity(
        Spoken(
            "orders with an error",
            "order/period",
            words=("orders with an error", "wrong orders", "incorrect orders", "inaccurate orders", "wrong", "errors",
                   "with errors", "with an error", "mistakes", "with mistakes", "had a mistake", "wrong item",
                   "wrong items", "wrong quantity", "mis-shipped", "misshipped", "mis-ships", "incorrect",
                   "had an error", "order errors", "complaints about errors", "fehlerhaft", "fehlerhafte Aufträge",
                   "falsch", "Fehler"),
        ),
        default=None,
        ge=0,
    )  # fmt: skip


@metric(
    id="order_accuracy",
    name="Order accuracy",
    aliases=("order accuracy rate", "accuracy of orders", "shipping accuracy", "order correctness",
             "fulfilment accuracy", "fulfillment accuracy", "dispatch accuracy", "shipment accuracy",
             "order error rate", "error rate of orders", "Auftragsgenauigkeit", "Versandgenauigkeit",
             "Auftragsrichtigkeit"),
    family=FAMILY,
    unit="fraction",
    formula=r"\text{order accuracy} = \frac{\text{orders without an error}}{\text{orders}} = 1 - "
            r"\frac{\text{orders with an error}}{\text{orders}}",
    source=RUSHTON,
    note="Order fulfillment process",
)  # fmt: skip
def order_accuracy(given: OrderAccuracyInputs) -> Outcome:
    """Return the share of orders sent with the right items in the right quantities; late ones count as right.

    Refuses more right or wrong orders than orders.
    """
    names = ("orders_right", "orders_wrong", "orders")
    right = part_of(
        given.orders_right, given.orders_wrong, given.orders, names, ("orders without an error", "orders with an error",
                                                                      "orders")
    )  # fmt: skip
    rate, wrong = right / given.orders, given.orders - right
    return Outcome(
        value=rate,
        steps=[f"order accuracy = orders without an error / orders = {number(right)} / {number(given.orders)} = "
               f"{number(rate)}"],
        meaning=f"{percent(rate)} of orders were sent as ordered; {number(wrong)} had an error, "
        f"{percent(1 - rate)}.",
        also={"error_rate": 1 - rate, "orders_wrong": wrong, "errors_per_million": (1 - rate) * MILLION},
        units={"error_rate": "fraction", "orders_wrong": "order/period"},
        warnings=doubts(wrong, given.orders, "orders", WRONG_HIGH, "check what counts as an error"),
    )  # fmt: skip
