"""What pooling demands saves in safety stock, with the correlation between them."""

import math
from typing import Annotated, ClassVar

from pydantic import Field

from tools.metrics.families.lead_time_demand import FARTHEST_Z
from tools.metrics.families.square_root_law import FAMILY, MOST_PLACES
from tools.metrics.given import LARGEST, Either, Given, Spoken, either, quantity
from tools.metrics.loss import z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, series
from tools.metrics.vocabulary import DEMAND_SD, LEAD_TIME, SERVICE_LEVEL, Z_VALUE

SDS = Spoken(
    "standard deviations of demand",
    "item/period**0.5",
    words=("standard deviations", "standard deviation of each", "standard deviations of demand", "sds", "sigmas",
           "std devs", "deviations",
           "standard deviation", "Standardabweichungen", "Standardabweichung"),
    symbols=("σ_i",),
)  # fmt: skip
CORRELATION = Spoken(
    "correlation of demand",
    "",
    words=("correlation", "correlation coefficient", "correlated at", "coefficient of correlation", "rho",
           "correlation of", "Korrelation"),
    symbols=("ρ", "r"),
    because="a correlation cannot be beyond that",
)  # fmt: skip
PLACES = Spoken(
    "locations",
    "location",
    words=("locations", "warehouses", "number of locations", "stores", "regions", "markets", "products", "dealers",
           "depots", "sites", "Standorte", "Lager"),
    symbols=("n",),
)  # fmt: skip
Deviation = Annotated[float, Field(ge=0, le=LARGEST)]


class PoolingInputs(Given):
    """Deviations of the demands that are pooled, how they hang together, and the service and lead time, if known."""

    either: ClassVar[tuple[Either, ...]] = (either("demand_sds", ("demand_sd", "locations")),)

    demand_sds: list[Deviation] | None = quantity(SDS, default=None, min_length=1, max_length=10_000)
    demand_sd: float | None = quantity(
        DEMAND_SD.also("each has a standard deviation of", label="standard deviation of demand at each"),
        default=None,
        ge=0,
    )
    locations: float | None = quantity(PLACES.also("depots", "stores", "into", "DCs", "outlets", "customers",
        "items", "variants", "Lager", "Filialen"), default=None, ge=1, le=MOST_PLACES)  # fmt: skip
    correlation: float | None = quantity(
        CORRELATION, default=None, ge=-1, le=1, assumed="demands are independent (correlation 0)"
    )
    lead_time: float | None = quantity(LEAD_TIME, default=None, ge=0)
    service_level: float | None = quantity(SERVICE_LEVEL, default=None, gt=0, lt=1)
    z: float | None = quantity(Z_VALUE, default=None, ge=-FARTHEST_Z, le=FARTHEST_Z)


def _pooled(given: PoolingInputs, correlation: float) -> tuple[float, float, float, list[str]]:
    """Return the number of demands, their deviations added up, the pooled deviation, and how it comes about."""
    if given.demand_sds is not None:
        count, total, squares = (
            float(len(given.demand_sds)),
            math.fsum(given.demand_sds),
            math.fsum(sd * sd for sd in given.demand_sds),
        )
        shown = f"deviations {series(given.demand_sds)}"
    else:
        count, sd = given.locations or 1.0, given.demand_sd or 0.0
        if count != math.floor(count):
            raise Refusal("locations", f"the number of locations must be whole, but it is {number(count)}")
        total, squares = count * sd, count * sd * sd
        shown = f"{number(count)} deviations of {number(sd)}"
    if count > 1 and correlation < -1 / (count - 1) - 1e-12:
        raise Refusal(
            "correlation",
            f"{number(count)} demands cannot all be correlated at {number(correlation)}: at most two can move "
            f"against each other, so the least possible is {number(-1 / (count - 1))}",
        )
    variance = max(0.0, (1 - correlation) * squares + correlation * total * total)
    steps = [
        f"sum of {shown} = {number(total)}; sum of squares = {number(squares)}",
        f"pooled deviation = √((1 - ρ) × sum of squares + ρ × sum²) = √({number(1 - correlation)} × "
        f"{number(squares)} + {number(correlation)} × {number(total)}²) = {number(math.sqrt(variance))}",
    ]
    return count, total, math.sqrt(variance), steps


def _pooling_chart(given: PoolingInputs, outcome: Outcome) -> Chart:
    lowest = max(
        -1.0,
        -1 / (max(2.0, float(len(given.demand_sds)) if given.demand_sds is not None else given.locations or 2.0) - 1),
    )
    points = [lowest + (1 - lowest) * step / 20 for step in range(21)]
    savings = []
    for point in points:
        _, total, pooled, _ = _pooled(given, point)
        savings.append(100 * (1 - pooled / total))
    now = given.correlation or 0.0
    return Chart(
        kind="line",
        title="Safety stock saved by pooling",
        x_label="correlation of demand",
        y_label="saved (%)",
        series=[Series(name="saved", x=points, y=savings)],
        marks=[Mark(x=now, y=100 * outcome.value, text=f"now: {percent(outcome.value, 3)}")],
        summary=(
            f"The more demands move together, the less pooling saves: {number(100 * outcome.value, 3)} % at a "
            f"correlation of {number(now)}, nothing at 1."
        ),
    )


@metric(
    id="risk_pooling",
    name="Saving by risk pooling",
    aliases=("risk pooling", "pooling effect", "risk pooling benefit", "aggregation of demand",
             "pooled standard deviation", "aggregated standard deviation",
             "safety stock saved by pooling", "benefit of centralisation", "benefit of centralization", "Risikopooling",
             "Pooling-Effekt", "pooled into one", "inventory pooling", "pooling benefit", "pool the stock",
             "pooling saving"),
    family=FAMILY,
    unit="fraction",
    formula=r"1 - \frac{\sqrt{\sum_i \sigma_i^2 + 2\sum_{i<j} \rho\,\sigma_i\,\sigma_j}}{\sum_i \sigma_i}",
    source="Eppen, G. D. (1979). Effects of centralization on expected costs in a multi-location newsboy problem. "
           "Management Science 25(5), 498-501.",
    note="Risk pooling",
    chart=_pooling_chart,
    published=(
        Published(
            "Chopra & Meindl (2016), ch. 12, BMW: four dealers, weekly deviation 5, lead time four weeks, 90 % "
            "service, independent",
            {"demand_sd": 5.0, "locations": 4.0, "lead_time": 4.0, "service_level": 0.9, "correlation": 0.0},
            {"value": 0.5, "safety_stock_before": 51.24, "safety_stock_after": 25.62},
            within=1e-3,
        ),
    ),
)  # fmt: skip
def risk_pooling(given: PoolingInputs) -> Outcome:
    """Return the share of safety stock that pooling demands saves, for the same service and lead time.

    One correlation holds between all pairs; one below -1/(n-1) cannot exist and is refused, as are deviations of 0.
    With a lead time and a service level the safety stocks are returned, too.
    """
    correlation = given.correlation if given.correlation is not None else 0.0
    count, total, pooled, steps = _pooled(given, correlation)
    if total <= 0:
        raise Refusal(
            "demand_sds" if given.demand_sds is not None else "demand_sd",
            "none of the demands varies, so there is no risk to pool",
        )
    saving = 1 - pooled / total
    also: dict[str, Value] = {"pooled_sd": pooled, "sum_of_sds": total, "stock_factor": pooled / total}
    units = {"pooled_sd": "item/period**0.5", "sum_of_sds": "item/period**0.5"}
    steps.append(
        f"saving = 1 - pooled deviation / sum of deviations = 1 - {number(pooled)} / {number(total)} = "
        f"{percent(saving)}"
    )
    meaning = f"Pooling {number(count)} demands takes {percent(saving, 3)} less safety stock for the same service"
    z = given.z if given.z is not None else z_of(given.service_level) if given.service_level is not None else None
    if z is not None and given.lead_time is not None:
        factor = z * math.sqrt(given.lead_time)
        also |= {"safety_stock_before": factor * total, "safety_stock_after": factor * pooled, "z": z}
        units |= {"safety_stock_before": "item", "safety_stock_after": "item"}
        steps.append(
            f"safety stock = z × √(lead time) × deviation: {number(factor * total)} apart, "
            f"{number(factor * pooled)} pooled"
        )
        meaning += f": {number(factor * pooled)} instead of {number(factor * total)} units"
    return Outcome(
        value=saving,
        steps=steps,
        meaning=meaning + ".",
        also=also,
        units=units,
        warnings=["Demands that move fully together leave nothing to pool."] if correlation == 1 and count > 1 else [],
        assumptions=["all locations have the same lead time and service level"],
    )
