"""Safety stock for a target fill rate: the share of demand, not of cycles, that is served from stock."""

from typing import ClassVar

from tools.metrics.books import SILVER
from tools.metrics.families.lead_time_demand import FAMILY, SIGMA_NEEDED, UncertainGiven, exposure
from tools.metrics.given import Either, Spoken, quantity
from tools.metrics.loss import below, unit_loss, z_of_loss
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import FILL_RATE_TARGET, HOLDING_COST, ORDER_QUANTITY

LOST = Spoken(
    "unmet demand is lost",
    "",
    words=(
        "lost sales",
        "sales are lost",
        "customers do not wait",
        "no backorders",
        "unmet demand is lost",
        "entgangener Umsatz",
    ),
)
TARGETS = (0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.993, 0.995, 0.997, 0.999)


class FillRateStockInputs(UncertainGiven):
    """Uncertain demand over a lead time, the order quantity, and the share of demand to be served from stock."""

    either: ClassVar[tuple[Either, ...]] = (SIGMA_NEEDED,)

    fill_rate: float = quantity(FILL_RATE_TARGET, gt=0, lt=1)
    order_quantity: float = quantity(ORDER_QUANTITY, gt=0)
    lost_sales: bool = quantity(LOST, default=False)
    holding_cost: float | None = quantity(HOLDING_COST.also(because=""), default=None, ge=0)


def loss_allowed(fill_rate: float, quantity_ordered: float, sigma: float, lost: bool) -> float:
    """Return the expected shortage a cycle, in standard deviations, that a fill rate allows."""
    short = quantity_ordered * (1 - fill_rate)
    return short / (fill_rate * sigma) if lost else short / sigma


def _chart(given: FillRateStockInputs, outcome: Outcome) -> Chart:
    sigma = exposure(given).spread
    stocks = [sigma * z_of_loss(loss_allowed(one, given.order_quantity, sigma, given.lost_sales)) for one in TARGETS]
    return Chart(
        kind="line",
        title="Safety stock by fill rate",
        x_label="fill rate (%)",
        y_label="safety stock (units)",
        series=[Series(name="safety stock", x=[100 * one for one in TARGETS], y=stocks)],
        marks=[
            Mark(x=100 * given.fill_rate, y=outcome.value, text=f"{percent(given.fill_rate)}: {number(outcome.value)}")
        ],
        summary=(
            f"Safety stock rises from {number(stocks[0])} at a fill rate of 80 % to {number(stocks[-1])} at 99.9 %."
        ),
    )


@metric(
    id="safety_stock_for_fill_rate",
    name="Safety stock for a fill rate",
    aliases=("safety stock for a target fill rate", "safety stock to serve demand from stock",
             "safety stock from fill rate", "safety stock for type 2 service",
             "fill rate safety stock", "Sicherheitsbestand für Lieferfähigkeit", "Sicherheitsbestand nach Füllrate"),
    family=FAMILY,
    unit="item",
    formula=r"SS = k\,\sigma_L, \qquad G(k) = \frac{(1 - \beta)\,Q}{\sigma_L}",
    source=f"{SILVER} Ch. 6 (P2 service measure).",
    note="Fill rate",
    chart=_chart,
    published=(
        Published(
            "Chopra & Meindl (2016), ch. 12: fill rate 97.5 % with orders of 10,000",
            {"fill_rate": 0.975, "demand_mean": 2500.0, "demand_sd": 500.0, "order_quantity": 10000.0,
            "lead_time": 2.0},
            {"value": 67.0},
            within=0.5,
            absolute=True,
        ),
        Published(
            "inventorize (R package), safety stock for an item fill rate, normal demand",
            {"fill_rate": 0.97, "demand_mean": 100000.0, "demand_sd": 5000.0, "order_quantity": 9000.0,
            "lead_time": 4 / 52},
            {"required_loss": 0.1947, "z": 0.5101, "cycle_service_level": 0.69501, "value": 707.37,
            "reorder_point": 8399.68},
            within=1e-4,
        ),
    ),
)  # fmt: skip
def safety_stock_for_fill_rate(given: FillRateStockInputs) -> Outcome:
    """Return the safety stock, in units, at which expected shortages a cycle leave the target fill rate.

    The usual approximation, which takes shortages as filled by the next delivery; with lost sales the allowed
    shortage is divided by the fill rate. A deviation of 0 is refused: then nothing is uncertain.
    """
    known = exposure(given)
    sigma = known.spread
    if sigma <= 0:
        raise Refusal(
            "demand_sd", "demand over the lead time does not vary (standard deviation 0), so no safety stock is needed"
        )
    short = given.order_quantity * (1 - given.fill_rate) / (given.fill_rate if given.lost_sales else 1)
    loss = loss_allowed(given.fill_rate, given.order_quantity, sigma, given.lost_sales)
    z = z_of_loss(loss)
    stock = z * sigma
    level = below(z)
    over = " / fill rate" if given.lost_sales else ""
    steps = [
        *known.steps,
        f"allowed shortage a cycle = order quantity × (1 - fill rate){over} = {number(given.order_quantity)} × (1 - "
        f"{number(given.fill_rate)}){f' / {number(given.fill_rate)}' if over else ''} = {number(short)}",
        f"G(k) = shortage / σ = {number(short)} / {number(sigma)} = {number(loss)}, so k = {number(z)}",
        f"safety stock = k × σ = {number(z)} × {number(sigma)} = {number(stock)}",
    ]
    also: dict[str, Value] = {
        "z": z,
        "required_loss": loss,
        "expected_shortage_per_cycle": sigma * unit_loss(z),
        "cycle_service_level": level,
        "lead_time_demand_sd": sigma,
    }
    if known.mean is not None:
        also |= {"lead_time_demand_mean": known.mean, "reorder_point": known.mean + stock}
        steps.append(
            f"reorder point = average demand + safety stock = {number(known.mean)} + {number(stock)} = "
            f"{number(known.mean + stock)}"
        )
    if given.holding_cost is not None:
        also["safety_stock_cost"] = stock * given.holding_cost
    warnings = list(known.warnings)
    if z < 0:
        warnings.append(
            "The order is so large that the fill rate is reached with less than average demand in stock; 0 safety "
            "stock is enough."
        )
    if given.order_quantity < sigma:
        warnings.append(
            f"The order quantity, {number(given.order_quantity)}, is below the standard deviation, {number(sigma)}: "
            "shortages can outlast a delivery, and the formula then asks for too little or too much."
        )
    units = dict.fromkeys(
        ("expected_shortage_per_cycle", "lead_time_demand_sd", "lead_time_demand_mean", "reorder_point"), "item"
    )
    units |= {"cycle_service_level": "fraction", "safety_stock_cost": "money/period"}
    return Outcome(
        value=stock,
        steps=steps,
        meaning=f"With {number(stock)} units of safety stock, {percent(given.fill_rate)} of demand is served from "
        f"stock; that is only a cycle service level of {percent(level)}, because each order of "
        f"{number(given.order_quantity)} runs short by little.",
        also=also,
        units={name: unit for name, unit in units.items() if name in also},
        warnings=warnings,
        assumptions=["demand over the lead time is normally distributed", *known.assumptions],
    )
