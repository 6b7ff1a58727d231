"""The power approximation of the (s,S) policy: minimum and maximum from the mean and deviation of demand alone."""

import math

from tools.metrics.families.continuous_review import BACKORDER, MEAN
from tools.metrics.families.s_s_policy import FAMILY, ORDERING
from tools.metrics.given import Given, quantity
from tools.metrics.loss import z_of
from tools.metrics.metric import Published, metric
from tools.metrics.result import Outcome, Value
from tools.metrics.shown import number
from tools.metrics.vocabulary import DEMAND_SD, HOLDING_COST, LEAD_TIME

SMALL = 1.5
SMALLEST_Z, LARGEST_Z = 0.1, 3.0


class PowerInputs(Given):
    """Costs, and mean and deviation of demand a period."""

    holding_cost: float = quantity(HOLDING_COST, gt=0)
    backorder_cost: float = quantity(BACKORDER, gt=0)
    order_cost: float = quantity(ORDERING, gt=0)
    demand_mean: float = quantity(MEAN, gt=0)
    demand_sd: float = quantity(DEMAND_SD, gt=0)
    lead_time: float | None = quantity(
        LEAD_TIME, default=None, ge=0, assumed="no lead time: an order placed in a period arrives for its demand"
    )


@metric(
    id="s_s_power_approximation",
    name="(s,S) policy by the power approximation",
    aliases=("power approximation", "(s,S) power approximation", "Ehrhardt power approximation",
             "min-max levels by the power approximation"),
    family=FAMILY,
    unit="item",
    formula=r"Q = 1.30\,\mu^{0.494}\left(\tfrac{K}{h}\right)^{0.506}\left(1 + "
            r"\tfrac{\sigma_L^2}{\mu^2}\right)^{0.116}, \quad "
    r"s = 0.973\,\mu_L + \sigma_L\left(\tfrac{0.183}{z} + 1.063 - 2.192\,z\right), \quad z = "
    r"\sqrt{\tfrac{Q\,h}{\sigma_L\,b}}",
    source="Ehrhardt, R. & Mosier, C. (1984). A revision of the power approximation for computing (s,S) policies. "
           "Management Science 30(5), 618-622.",
    note="Min-max policy",
    period="holding_cost",
    published=(
        Published(
            "stockpyl documentation, power approximation of Example 4.3's data with a fixed cost of 2.5",
            {"holding_cost": 0.18, "backorder_cost": 0.70, "order_cost": 2.5, "demand_mean": 50.0, "demand_sd": 8.0},
            {"value": 40.19461695647407, "order_up_to_level": 74.29017010980579},
        ),
    ),
)  # fmt: skip
def s_s_power_approximation(given: PowerInputs) -> Outcome:
    """Return s, and beside it S, in units, by regression formulas that need only the mean and deviation of demand.

    Fitted to optimal policies of periodic review with waiting demand. The formulas are as in Snyder & Shen (2019),
    ch. 4; the paper also caps both levels at the best base stock when orders are small, which is returned beside them.
    """
    lead = given.lead_time or 0.0
    mean, mean_until, sigma = given.demand_mean, given.demand_mean * (lead + 1), given.demand_sd * math.sqrt(lead + 1)
    size = 1.30 * mean**0.494 * (given.order_cost / given.holding_cost) ** 0.506 * (1 + sigma**2 / mean**2) ** 0.116
    z = math.sqrt(size * given.holding_cost / (sigma * given.backorder_cost))
    low = 0.973 * mean_until + sigma * (0.183 / z + 1.063 - 2.192 * z)
    high = low + size
    steps = [
        f"demand until the next order can arrive: average {number(mean_until)}, σ = {number(sigma)}",
        (
            f"order size = 1.30 × {number(mean)}^0.494 × ({number(given.order_cost)} / "
            f"{number(given.holding_cost)})^0.506 × (1 + σ² / μ²)^0.116 = {number(size)}"
        ),
        (
            f"z = √(size × h / (σ × b)) = {number(z)}; s = 0.973 × {number(mean_until)} + σ × (0.183 / z + 1.063 - "
            f"2.192 × z) = {number(low)}"
        ),
    ]
    warnings = []
    also: dict[str, Value] = {"reorder_level": low, "order_up_to_level": high, "order_size": size}
    if size <= SMALL * mean:
        base = mean_until + z_of(given.backorder_cost / (given.backorder_cost + given.holding_cost)) * sigma
        also |= {"reorder_level_capped": min(low, base), "order_up_to_level_capped": min(high, base)}
        warnings.append(
            "The order size is at most 1.5 periods of demand; there the original paper caps both levels at the "
            f"best base stock, {number(base)}."
        )
    if not SMALLEST_Z <= z <= LARGEST_Z:
        warnings.append(
            "The formulas were fitted to ordinary items; far from those (very large or small costs per order) they "
            "mislead."
        )
    steps.append(f"s = {number(low)}, S = {number(high)}")
    return Outcome(
        value=low,
        steps=steps,
        meaning=(
            f"When stock on hand and on order is {number(low)} or less at a review, order up to {number(high)}; "
            "expect a cost close to the least possible."
        ),
        also=also,
        units=dict.fromkeys(also, "item"),
        warnings=warnings,
        assumptions=["unmet demand waits"],
    )
