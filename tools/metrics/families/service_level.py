"""What service a stock gives: cycle service level, fill rate, and the z value behind them."""

import math
from typing import ClassVar

from tools.metrics.books import CHOPRA
from tools.metrics.families.lead_time_demand import (
    SIGMA_NEEDED,
    Exposure,
    ServiceGiven,
    UncertainGiven,
    exposure,
    z_wanted,
)
from tools.metrics.families.reorder_point import SAFETY_STOCK
from tools.metrics.families.safety_stock_fill_rate import loss_allowed
from tools.metrics.given import Either, Spoken, either, quantity
from tools.metrics.loss import above, below, density, unit_loss, z_of_loss
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent
from tools.metrics.vocabulary import FILL_RATE_TARGET, ORDER_QUANTITY

FAMILY = "Safety stock and service level"
REORDER_POINT = Spoken(
    "reorder point",
    "item",
    words=("reorder point", "reorder level", "order point", "reorder at", "order when stock falls to", "reordered at",
           "ROP", "at a stock of", "when stock falls to", "when stock is at", "when stock drops to", "when stock hits",
           "stock falls to", "stock drops to", "at a level of", "when we have", "reorder when", "we reorder at",
           "Meldebestand", "Bestellpunkt"),
    symbols=("ROP", "R", "r"),
)  # fmt: skip
NORMAL = "demand over the lead time is normally distributed"


class StockGiven(UncertainGiven):
    """Uncertain demand over a lead time, and the reorder point or safety stock that is to cover it."""

    either: ClassVar[tuple[Either, ...]] = (either("reorder_point", "safety_stock"), SIGMA_NEEDED)

    reorder_point: float | None = quantity(REORDER_POINT.also("reordering at", "reorder at", "reorder level of",
        "Meldebestand von", "bestellen bei"), default=None)  # fmt: skip
    safety_stock: float | None = quantity(SAFETY_STOCK, default=None)


def _stock(given: StockGiven, known: Exposure) -> tuple[float, float | None, list[str]]:
    """Return safety stock, reorder point if it can be known, and how they hang together.

    Raises:
        Refusal: when the reorder point is given without the average demand, or against the safety stock.
    """
    if given.reorder_point is None:
        stock = given.safety_stock or 0.0
        return stock, None if known.mean is None else known.mean + stock, []
    if known.mean is None:
        if given.safety_stock is not None:
            return given.safety_stock, given.reorder_point, []
        raise Refusal(
            "lead_time_demand_mean",
            (
                "a reorder point also covers average demand over the lead time, so that demand is needed (or demand "
                "and lead time)"
            ),
        )
    stock = given.reorder_point - known.mean
    if given.safety_stock is not None and abs(given.safety_stock - stock) > 0.005 * max(abs(stock), 1.0):
        raise Refusal(
            "safety_stock",
            (
                f"the reorder point of {number(given.reorder_point)} leaves a safety stock of {number(stock)}, not "
                f"{number(given.safety_stock)}; leave one out"
            ),
        )
    step = (
        f"safety stock = reorder point - average demand = {number(given.reorder_point)} - {number(known.mean)} = "
        f"{number(stock)}"
    )
    return stock, given.reorder_point, [step]


def _z(stock: float, sigma: float) -> float:
    if sigma <= 0:
        raise Refusal(
            "demand_sd",
            "demand over the lead time does not vary (standard deviation 0), so service is certain or impossible",
        )
    z = stock / sigma
    if not math.isfinite(z):
        raise OverflowError
    return z


class ServiceLevelInputs(StockGiven):
    """A stock, or a fill rate that it reaches, and the demand that it is to cover."""

    either: ClassVar[tuple[Either, ...]] = (
        either("reorder_point", "safety_stock", ("fill_rate", "order_quantity")),
        SIGMA_NEEDED,
    )

    order_quantity: float | None = quantity(ORDER_QUANTITY, default=None, gt=0)
    fill_rate: float | None = quantity(FILL_RATE_TARGET.also(label="fill rate"), default=None, gt=0, lt=1)


def _stock_or_fill_rate(given: ServiceLevelInputs, known: Exposure) -> tuple[float, float | None, list[str]]:
    """Return what `_stock` returns; safety stock from the fill rate where only that is given.

    Raises:
        Refusal: when a fill rate is given beside a stock, or nothing varies.
    """
    if given.fill_rate is None or given.order_quantity is None:
        return _stock(given, known)
    if given.reorder_point is not None or given.safety_stock is not None:
        raise Refusal(
            "fill_rate", "a stock already sets the service level; leave out either the stock or the fill rate"
        )
    sigma = known.spread
    _z(0.0, sigma)
    loss = loss_allowed(given.fill_rate, given.order_quantity, sigma, lost=False)
    stock = z_of_loss(loss) * sigma
    step = (
        f"expected shortage a cycle = order quantity × (1 - fill rate) = {number(given.order_quantity)} × (1 - "
        f"{number(given.fill_rate)}) = {number(loss * sigma)}, which a safety stock of {number(stock)} allows"
    )
    return stock, None if known.mean is None else known.mean + stock, [step]


def _service_chart(given: ServiceLevelInputs, outcome: Outcome) -> Chart:
    known = exposure(given)
    stock, _, _ = _stock_or_fill_rate(given, known)
    sigma = known.spread
    span = max(3.0, abs(stock / sigma) * 1.2)
    stocks = (
        [sigma * span * step / 30 for step in range(31)]
        if stock >= 0
        else [sigma * span * (step - 20) / 20 for step in range(36)]
    )
    return Chart(
        kind="line",
        title="Cycle service level by safety stock",
        x_label="safety stock (units)",
        y_label="cycle service level (%)",
        series=[Series(name="service level", x=stocks, y=[100 * below(one / sigma) for one in stocks])],
        marks=[Mark(x=stock, y=100 * outcome.value, text=f"now: {percent(outcome.value)}")],
        summary=(
            f"Each further unit of safety stock adds less service; {number(stock)} units give {percent(outcome.value)}."
        ),
    )


@metric(
    id="service_level",
    name="Cycle service level",
    aliases=("cycle service level", "CSL", "type 1 service level", "type I service level", "alpha service level",
             "in-stock probability",
             "probability of no stockout", "fill rate to cycle service level", "service level of a fill rate",
             "how likely is it that we run out", "how likely are we to run out", "chance of running out",
             "service level achieved", "probability of a stockout", "stockout risk",
             "Servicegrad",
             "Lieferbereitschaftsgrad", "Alpha-Servicegrad"),
    family=FAMILY,
    unit="fraction",
    formula=r"CSL = \Phi(z), \qquad z = \frac{ROP - \mu_L}{\sigma_L} = \frac{SS}{\sigma_L}",
    source=f"{CHOPRA}, ch. 12.",
    note="Service level",
    chart=_service_chart,
    published=(
        Published(
            "Worked exercise: lead-time demand of 40 with standard deviation 4, reorder point 46.6 (four digits of z)",
            {"lead_time_demand_mean": 40.0, "lead_time_demand_sd": 4.0, "reorder_point": 46.6},
            {"z": 1.65, "value": 0.9505},
            within=1e-4,
            absolute=True,
        ),
        Published(
            "Chopra & Meindl, B&M Computer World (values worked out from the example's data)",
            {"demand_mean": 2500.0, "demand_sd": 500.0, "lead_time": 2.0, "reorder_point": 6000.0},
            {"safety_stock": 1000.0, "value": 0.9214},
            within=1e-3,
        ),
    ),
)  # fmt: skip
def service_level(given: ServiceLevelInputs) -> Outcome:
    """Return the probability that a replenishment cycle ends without a stockout, for normal demand.

    A reorder point needs the average demand over the lead time; a safety stock does not. A fill rate and order quantity
    are converted. Demand that does not vary is refused. The value is not the share of demand that is met: that is the
    fill rate.
    """
    known = exposure(given)
    stock, point, steps = _stock_or_fill_rate(given, known)
    sigma = known.spread
    z = _z(stock, sigma)
    level = below(z)
    also: dict[str, Value] = {
        "z": z,
        "stockout_probability": above(z),
        "safety_stock": stock,
        "expected_shortage_per_cycle": sigma * unit_loss(z),
        "lead_time_demand_sd": sigma,
    }
    units = dict.fromkeys(("safety_stock", "expected_shortage_per_cycle", "lead_time_demand_sd"), "item")
    units["stockout_probability"] = "fraction"
    if point is not None:
        also["reorder_point"], units["reorder_point"] = point, "item"
    if known.mean is not None:
        also["lead_time_demand_mean"], units["lead_time_demand_mean"] = known.mean, "item"
    meaning = f"{percent(level)} of replenishment cycles end without a stockout"
    if given.order_quantity is not None and known.rate:
        cycles = known.rate / given.order_quantity
        also["stockouts_per_period"], units["stockouts_per_period"] = cycles * above(z), "1/period"
        meaning += (
            f"; with {number(cycles)} orders a {given.period}, expect {number(cycles * above(z))} stockouts "
            f"a {given.period}"
        )
    warnings = ["The stock does not even cover average demand over the lead time."] if stock < 0 else []
    return Outcome(
        value=level,
        steps=[
            *known.steps,
            *steps,
            f"z = safety stock / σ = {number(stock)} / {number(sigma)} = {number(z)}",
            f"service level = Φ({number(z)}) = {percent(level)}",
        ],
        meaning=(
            f"{meaning}. The share of demand that is met is higher: each stockout leaves only part of the demand unmet."
        ),
        also=also,
        units=units,
        warnings=[*known.warnings, *warnings],
        assumptions=[NORMAL, *known.assumptions],
    )


class FillRateInputs(StockGiven, ServiceGiven):
    """A stock or cycle service level, the demand that it is to cover, and how much is ordered at a time."""

    either: ClassVar[tuple[Either, ...]] = (
        either("reorder_point", "safety_stock", "service_level", "z", "stockout_probability"),
        SIGMA_NEEDED,
    )

    order_quantity: float = quantity(ORDER_QUANTITY, gt=0)


def _stock_or_service(given: FillRateInputs, known: Exposure) -> tuple[float, float | None, list[str]]:
    """Return what `_stock` returns; safety stock from the cycle service level (or z) where only that is given.

    Raises:
        Refusal: when a service level is given beside a stock.
    """
    if given.service is None and given.z is None:
        return _stock(given, known)
    if given.reorder_point is not None or given.safety_stock is not None:
        name = next(part for part in ("service_level", "stockout_probability", "z") if getattr(given, part) is not None)
        raise Refusal(name, "both a stock and a service level are given; leave one out")
    z, steps, _ = z_wanted(given)
    stock = z * known.spread
    step = f"safety stock = z × σ = {number(z)} × {number(known.spread)} = {number(stock)}"
    return stock, None if known.mean is None else known.mean + stock, [*steps, step]


@metric(
    id="fill_rate_from_stock",
    name="Fill rate from stock",
    aliases=("fill rate from reorder point", "fill rate from safety stock", "fill rate from service level",
             "cycle service level to fill rate", "fill rate of a cycle service level", "type 2 service level",
             "type II service level",
             "beta service level", "expected fill rate", "item fill rate of a policy", "expected shortage per cycle",
             "expected shortage per replenishment cycle",
             "ESC", "Beta-Servicegrad", "erwartete Fehlmenge"),
    family=FAMILY,
    unit="fraction",
    formula=r"\beta = 1 - \frac{ESC}{Q}, \qquad ESC = \sigma_L\,\bigl[\varphi(z) - z\,(1 - \Phi(z))\bigr], \quad z "
            r"= \frac{SS}{\sigma_L}",
    source=f"{CHOPRA}, ch. 12.",
    note="Fill rate",
    published=(
        Published(
            "Chopra & Meindl, B&M Computer World",
            {"demand_mean": 2500.0, "demand_sd": 500.0, "lead_time": 2.0, "reorder_point": 6000.0,
            "order_quantity": 10000.0},
            {"safety_stock": 1000.0, "cycle_service_level": 0.9214, "expected_shortage_per_cycle": 25.13,
            "value": 0.9975},
            within=0.01,
            absolute=True,
        ),
    ),
)  # fmt: skip
def fill_rate_from_stock(given: FillRateInputs) -> Outcome:
    """Return the expected share of demand served from stock under a reorder point (or safety stock) and order quantity.

    A cycle service level (or z) is converted to safety stock first. The usual approximation, which takes each shortage
    as filled by the next delivery; the exact rate with backorders and that with lost sales are returned beside it.
    Orders too small for the approximation are refused.
    """
    known = exposure(given)
    stock, point, steps = _stock_or_service(given, known)
    sigma = known.spread
    z = _z(stock, sigma)
    order = given.order_quantity
    short = sigma * unit_loss(z)
    rate = 1 - short / order
    exact = min(1.0, max(0.0, 1 - sigma * (unit_loss(z) - unit_loss(z + order / sigma)) / order))
    if rate < 0:
        raise Refusal(
            "order_quantity",
            f"the expected shortage a cycle, {number(short)}, exceeds the order quantity of {number(order)}: "
            "such a stock never catches up, so raise the reorder point or the order",
        )
    also: dict[str, Value] = {
        "expected_shortage_per_cycle": short,
        "cycle_service_level": below(z),
        "safety_stock": stock,
        "z": z,
        "lead_time_demand_sd": sigma,
        "fill_rate_backorders_exact": exact,
        "fill_rate_lost_sales": order / (order + short),
    }
    units = dict.fromkeys(("expected_shortage_per_cycle", "safety_stock", "lead_time_demand_sd"), "item")
    units |= dict.fromkeys(("cycle_service_level", "fill_rate_backorders_exact", "fill_rate_lost_sales"), "fraction")
    if point is not None:
        also["reorder_point"], units["reorder_point"] = point, "item"
    meaning = (
        f"About {percent(rate)} of demand is served from stock: an order of {number(order)} falls short by "
        f"{number(short)} on average"
    )
    if known.rate:
        also["units_short_per_period"], units["units_short_per_period"] = known.rate * (1 - rate), "item/period"
        meaning += f", which is {number(known.rate * (1 - rate))} a {given.period}"
    warnings = list(known.warnings)
    if abs(rate - exact) > 0.01:
        warnings.append(
            "Shortages often outlast a delivery here; counted exactly, with backorders, the fill rate is "
            f"{percent(exact)}."
        )
    if stock < 0:
        warnings.append("The stock does not even cover average demand over the lead time.")
    return Outcome(
        value=rate,
        steps=[
            *known.steps,
            *steps,
            f"z = safety stock / σ = {number(stock)} / {number(sigma)} = {number(z)}",
            f"expected shortage a cycle = σ × (φ(z) - z × (1 - Φ(z))) = {number(sigma)} × ({number(density(z))} - "
            f"{number(z)} × {number(above(z))}) = {number(short)}",
            f"fill rate = 1 - shortage / order quantity = 1 - {number(short)} / {number(order)} = {percent(rate)}",
        ],
        meaning=meaning + ".",
        also=also,
        units=units,
        warnings=warnings,
        assumptions=[NORMAL, *known.assumptions],
    )
