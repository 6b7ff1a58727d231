"""How much to order when larger lots are cheaper: all-units and incremental quantity discounts."""

import math
from dataclasses import dataclass
from itertools import pairwise

from tools.metrics.books import SNYDER
from tools.metrics.checks import each, same_length
from tools.metrics.families.lot_sizing import FAMILY, LOT_COST, LOT_HOLDING, LOT_RATE, LOT_UNIT_COST, STEADY_DEMAND
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, series
from tools.metrics.tiers import lower_bounds

MOST_TIERS = 1000
SHOWN = 6


class DiscountInputs(Given):
    """Demand, order cost, holding cost, and the price list: from which quantity on which price holds."""

    either = (
        either("carrying_rate", "holding_cost"),
        either("price_tiers", ("breakpoints", "unit_costs"), ("breakpoints", "unit_cost", "discounts")),
    )

    demand: float = quantity(STEADY_DEMAND, gt=0)
    order_cost: float = quantity(LOT_COST, gt=0)
    carrying_rate: float | None = quantity(LOT_RATE, default=None, gt=0)
    holding_cost: float | None = quantity(LOT_HOLDING, default=None, gt=0)
    price_tiers: dict[str, float] | None = quantity(
        Spoken(
            "price of each quantity tier",
            "money/item",
            words=("price of each quantity tier", "price tiers", "unit price", "price", "price per unit",
                   "price each", "price per piece", "unit cost", "cost per unit", "cost each", "cost", "tiers",
                   "price list", "Preis", "Stückpreis", "Staffelpreise", "Preisstaffel"),
        ),
        default=None,
        min_length=1,
        max_length=MOST_TIERS,
    )  # fmt: skip
    breakpoints: list[float] | None = quantity(
        Spoken(
            "price breaks",
            "item",
            words=("price breaks", "breakpoints", "break points", "from", "minimum quantities", "quantity breaks",
                   "minimum quantity", "minimum order", "min qty", "lots of at least", "at least", "starting at",
                   "or more", "and up", "tiers", "quantity", "qty", "order size", "order quantity", "lot size",
                   "volume", "Staffel", "Mengenstaffel", "Menge", "Mindestmenge", "ab Menge", "ab"),
            symbols=("b",),
        ),
        default=None,
        min_length=1,
        max_length=MOST_TIERS,
    )  # fmt: skip
    unit_costs: list[float] | None = quantity(
        Spoken(
            "unit costs by tier",
            "money/item",
            words=("unit costs by tier", "unit costs", "prices", "unit prices", "price tiers", "tier prices",
                   "prices per tier", "price each", "price per unit", "costs", "Staffelpreise", "Preise"),
            symbols=("c",),
        ),
        default=None,
        min_length=1,
        max_length=MOST_TIERS,
    )  # fmt: skip
    unit_cost: float | None = quantity(
        LOT_UNIT_COST.also("list price", "base price", "Listenpreis"), default=None, gt=0
    )
    discounts: list[float] | None = quantity(
        Spoken(
            "discounts by tier",
            "fraction",
            words=("discounts by tier", "discounts", "discount", "rebate", "rebates", "off", "percent off", "Rabatt",
                   "Rabatte", "Mengenrabatt"),
        ),
        default=None,
        min_length=1,
        max_length=MOST_TIERS,
    )  # fmt: skip


@dataclass(frozen=True)
class Tier:
    """A line of the price list: from `low` on, up to `below`, a unit costs `cost` and takes `held` to hold."""

    low: float
    below: float
    cost: float
    held: float


@dataclass(frozen=True)
class Candidate:
    """The best lot that stays within a tier, its cost a period, and why it is that lot."""

    place: int
    lot: float
    total: float
    why: str


def price_list(given: DiscountInputs) -> list[Tier]:
    """Return the tiers; a price list that names one quantity fewer than prices starts at 0.

    Raises:
        Refusal: when quantities do not rise, costs rise or are not above 0, or the lists do not match.
    """
    lows, costs = _listed(given)
    if len(lows) == len(costs) - 1 and lows[0] > 0:
        lows = [0.0, *lows]
    same_length("breakpoints", "the list of price breaks", lows, len(costs), "the list of unit costs")
    each("breakpoints", "every price break", lows)
    for before, after in pairwise(lows):
        if after <= before:
            raise Refusal("breakpoints", f"price breaks must rise, but {number(after)} comes after {number(before)}")
    each("unit_costs", "every unit cost", costs, open_=True)
    for before, after in pairwise(costs):
        if after > before:
            text = f"unit costs must not rise with quantity, but {number(after)} comes after {number(before)}"
            raise Refusal("unit_costs", f"{text}: that is a surcharge, not a discount")
    ends = [*lows[1:], math.inf]
    held = [given.holding_cost if given.carrying_rate is None else cost * given.carrying_rate for cost in costs]
    return [Tier(low, end, cost, at or 0.0) for low, end, cost, at in zip(lows, ends, costs, held, strict=True)]


def _listed(given: DiscountInputs) -> tuple[list[float], list[float]]:
    """Return the price breaks and the unit costs, from named tiers if there are any."""
    if given.price_tiers is not None:
        return lower_bounds(list(given.price_tiers)), list(given.price_tiers.values())
    breaks = list(given.breakpoints or [])
    return breaks, _costs(given, breaks)


def _costs(given: DiscountInputs, breaks: list[float]) -> list[float]:
    if given.unit_costs is not None:
        return given.unit_costs
    discounts, price = list(given.discounts or []), given.unit_cost or 0.0
    for share in discounts:
        if not 0 <= share < 1:
            raise Refusal("discounts", f"a discount must be at least 0 and below 100 %, but one is {percent(share)}")
    missing_first = len(discounts) == len(breaks) - 1
    if missing_first or (len(discounts) == len(breaks) and breaks[0] > 0):
        discounts = [0.0, *discounts]
    return [price * (1 - share) for share in discounts]


def _held_words(given: DiscountInputs, tier: Tier) -> str:
    if given.carrying_rate is None:
        return number(tier.held)
    return f"{number(given.carrying_rate)} × {number(tier.cost)}"


def _outcome(given: DiscountInputs, tiers: list[Tier], candidates: list[Candidate], steps: list[str]) -> Outcome:
    """Return the cheapest candidate with its tier and the costs of all."""
    best = min(candidates, key=lambda candidate: candidate.total)
    tier = tiers[best.place]
    shown = sorted(candidates, key=lambda candidate: candidate.total)[:SHOWN]
    steps.append(
        f"least of {series((candidate.total for candidate in shown), SHOWN)} = {number(best.total)} at "
        f"{number(best.lot)} units"
    )
    first = candidates[0].total
    also: dict[str, Value] = {
        "tier": float(best.place + 1),
        "tier_index": float(best.place),
        "unit_cost": tier.cost,
        "total_cost": best.total,
        "purchase_cost": tier.cost * given.demand,
        "orders": given.demand / best.lot,
        "cycle_time": best.lot / given.demand,
        "average_inventory": best.lot / 2,
        "candidate_quantities": [candidate.lot for candidate in candidates],
        "candidate_costs": [candidate.total for candidate in candidates],
    }
    saving = ""
    if best is not candidates[0]:
        also["saving_against_first_candidate"] = first - best.total
        saving = f", {number(first - best.total)} less than lots of {number(candidates[0].lot)}"
    warnings = []
    if best.lot > given.demand and given.period in ("year", "period"):
        warnings.append(f"The lot covers more than a {given.period} of demand; shelf life and ageing may forbid that.")
    return Outcome(
        value=best.lot,
        steps=steps,
        meaning=f"Order {number(best.lot)} units at a time, at {number(tier.cost)} each in that tier; buying, "
        "ordering and holding then "
        f"cost {number(best.total)} {given.money} a {given.period}{saving}.",
        also=also,
        units={
            "unit_cost": "money/item",
            "total_cost": "money/period",
            "purchase_cost": "money/period",
            "orders": "order/period",
            "cycle_time": "period",
            "average_inventory": "item",
            "candidate_quantities": "item",
            "candidate_costs": "money/period",
            "saving_against_first_candidate": "money/period",
        },
        warnings=warnings,
    )


def _all_units_cost(given: DiscountInputs, tiers: list[Tier], lot: float) -> float:
    tier = next(tier for tier in reversed(tiers) if lot >= tier.low)
    return tier.cost * given.demand + given.order_cost * given.demand / lot + tier.held * lot / 2


def _chart(given: DiscountInputs, outcome: Outcome, total: list[tuple[float, float]], kind: str) -> Chart:
    least = float(outcome.also["total_cost"])  # type: ignore[arg-type]
    return Chart(
        kind="line",
        title=f"Total cost with {kind} discounts",
        x_label="order quantity (units)",
        y_label=f"{given.money} a {given.period}",
        series=[
            Series(name="buying, ordering and holding", x=[lot for lot, _ in total], y=[cost for _, cost in total])
        ],
        marks=[Mark(x=outcome.value, y=least, text=f"least cost at {number(outcome.value)}")],
        summary=f"Total cost is least, {number(least)} {given.money} a {given.period}, at {number(outcome.value)} "
        "units.",
    )


def _lots(tiers: list[Tier], best: float) -> list[float]:
    """Return quantities for a curve: evenly over the range, and both sides of the breaks that lie in it."""
    high = 2 * best
    lows = [tier.low for tier in tiers if best / 10 < tier.low < high][:6]
    lots = [max(tiers[0].low, high * place / 26) for place in range(3, 27)]
    return sorted({*lots, *lows, *(low * (1 - 1e-6) for low in lows if low * (1 - 1e-6) >= tiers[0].low)})


def _all_units_chart(given: DiscountInputs, outcome: Outcome) -> Chart:
    tiers = price_list(given)
    curve = [(lot, _all_units_cost(given, tiers, lot)) for lot in _lots(tiers, outcome.value)]
    return _chart(given, outcome, curve, "all-units")


@metric(
    id="quantity_discount_all_units",
    name="Order quantity with an all-units discount",
    aliases=("all-units discount", "all units quantity discount", "quantity discount", "quantity discount model",
             "EOQ with price breaks", "EOQ with quantity discount", "quantity discounts", "volume discount",
             "price breaks",
             "Mengenrabatt", "price break model",
             "order quantity with discount", "Bestellmenge mit Mengenrabatt", "durchgerechneter Rabatt"),
    family=FAMILY,
    unit="item",
    formula=r"TC(Q) = c_j D + S\,\frac{D}{Q} + i\,c_j\,\frac{Q}{2} \quad \text{for } b_j \le Q < b_{j+1}",
    source="Nahmias, S. & Olsen, T. L. (2015). Production and Operations Analysis, 7th ed., ch. 4.",
    note="Quantity discount",
    published=(
        Published(
            "stockpyl test suite, Problem 3.12(a) of Snyder & Shen",
            {"demand": 182_500.0, "order_cost": 2250.0, "carrying_rate": 0.25, "breakpoints": [0.0, 1200.0, 2400.0],
             "unit_costs": [1490.0, 1220.0, 1100.0]},
            {"value": 2400.0, "tier_index": 2.0, "total_cost": 201_251_093.75},
        ),
        Published(
            "Nahmias, Production and Operations Analysis, trash bags: best lot 500",
            {"demand": 600.0, "order_cost": 8.0, "carrying_rate": 0.2, "breakpoints": [0.0, 500.0, 1000.0],
             "unit_costs": [0.30, 0.29, 0.28]},
            {"value": 500.0, "total_cost": 198.10},
        ),
        Published(
            "Heizer & Render, Operations Management, ch. Inventory Management, Wohl's Discount Store",
            {"demand": 5000.0, "order_cost": 49.0, "carrying_rate": 0.2, "breakpoints": [0.0, 1000.0, 2000.0],
             "unit_costs": [5.00, 4.80, 4.75]},
            {"value": 1000.0, "total_cost": 24_725.0},
        ),
    ),
    chart=_all_units_chart,
)  # fmt: skip
def quantity_discount_all_units(given: DiscountInputs) -> Outcome:
    """Return the lot with the least cost of buying, ordering and holding when the reached price holds for every unit.

    A first price break above 0 is a minimum order. Named tiers ("1-499", "1000+") say from where their prices hold.
    With a flat holding cost instead of a rate, holding does not fall
    with the price. Refuses price breaks that do not rise and unit costs that do.
    """
    tiers = price_list(given)
    candidates, steps = [], []
    for place, tier in enumerate(tiers):
        free = math.sqrt(2 * given.demand * given.order_cost / tier.held)
        if free >= tier.below:
            note = f"above the tier's {number(tier.below)}, where the next price is cheaper anyway"
            found = None
        elif free < tier.low:
            note, found = f"below the tier, so its first quantity {number(tier.low)}", tier.low
        else:
            note, found = "within the tier", free
        if len(tiers) <= SHOWN:
            shown = f"√(2 × {number(given.demand)} × {number(given.order_cost)} / ({_held_words(given, tier)}))"
            steps.append(f"at {number(tier.cost)} each: Q = {shown} = {number(free)}, {note}")
        if found is not None:
            total = _all_units_cost(given, tiers, found)
            candidates.append(Candidate(place, found, total, note))
            if len(tiers) <= SHOWN:
                parts = [tier.cost * given.demand, given.order_cost * given.demand / found, tier.held * found / 2]
                steps.append(
                    f"cost at {number(found)} = {' + '.join(number(part) for part in parts)} = {number(total)}"
                )
    return _outcome(given, tiers, candidates, steps)


def _charged(tiers: list[Tier]) -> list[float]:
    """Return for each tier what its price list charges beyond quantity times unit cost, as a fixed amount an order."""
    fixed, charged = 0.0, [0.0]
    for before, after in pairwise(tiers):
        fixed += after.low * (before.cost - after.cost)
        charged.append(fixed)
    return charged


def _incremental_cost(given: DiscountInputs, tiers: list[Tier], charged: list[float], lot: float) -> float:
    place = next(place for place in reversed(range(len(tiers))) if lot >= tiers[place].low)
    tier, fixed = tiers[place], charged[place]
    bought = (tier.cost + fixed / lot) * given.demand
    held = tier.held * lot / 2
    if given.carrying_rate is not None:
        held += given.carrying_rate * fixed / 2
    return bought + given.order_cost * given.demand / lot + held


def _incremental_chart(given: DiscountInputs, outcome: Outcome) -> Chart:
    tiers = price_list(given)
    charged = _charged(tiers)
    curve = [(lot, _incremental_cost(given, tiers, charged, lot)) for lot in _lots(tiers, outcome.value)]
    return _chart(given, outcome, curve, "incremental")


@metric(
    id="quantity_discount_incremental",
    name="Order quantity with an incremental discount",
    aliases=("incremental discount", "incremental quantity discount", "marginal quantity discount",
             "marginal unit discount", "discount on the units above", "stepwise discount", "angestoßener Rabatt",
             "Bestellmenge mit angestoßenem Rabatt"),
    family=FAMILY,
    unit="item",
    formula=r"Q_j = \sqrt{\frac{2\,D\,(S + F_j)}{i\,c_j}}, \qquad F_j = \sum_{k=1}^{j} b_k\,(c_{k-1} - c_k)",
    source=f"{SNYDER}, ch. 3.4.",
    note="Quantity discount",
    published=(
        Published(
            "stockpyl test suite, incremental quantity discounts, documentation example",
            {"demand": 2400.0, "order_cost": 150.0, "carrying_rate": 0.25, "breakpoints": [0.0, 300.0, 600.0],
             "unit_costs": [100.0, 90.0, 80.0]},
            {"value": 1481.8906842274164, "tier_index": 2.0, "total_cost": 222_762.8136845483},
        ),
        Published(
            "Nahmias, Production and Operations Analysis, trash bags with incremental discounts: best lot 400",
            {"demand": 600.0, "order_cost": 8.0, "carrying_rate": 0.2, "breakpoints": [0.0, 500.0, 1000.0],
             "unit_costs": [0.30, 0.29, 0.28]},
            {"value": 400.0, "total_cost": 204.0},
        ),
    ),
    chart=_incremental_chart,
)  # fmt: skip
def quantity_discount_incremental(given: DiscountInputs) -> Outcome:
    """Return the lot with the least cost of buying, ordering and holding when each price holds for its own units only.

    A first price break above 0 is a minimum order; its price then holds from the first unit on. Refuses price breaks
    that do not rise and unit costs that do.
    """
    tiers = price_list(given)
    charged = _charged(tiers)
    candidates, steps = [], []
    for place, (tier, fixed) in enumerate(zip(tiers, charged, strict=True)):
        free = math.sqrt(2 * given.demand * (given.order_cost + fixed) / tier.held)
        within = tier.low <= free < tier.below
        if len(tiers) <= SHOWN:
            shown = (
                f"√(2 × {number(given.demand)} × ({number(given.order_cost)} + {number(fixed)}) / "
                f"({_held_words(given, tier)}))"
            )
            steps.append(
                f"at {number(tier.cost)}: Q = {shown} = {number(free)}, {'within' if within else 'outside'} the tier"
            )
        found = free if within else tier.low if place == 0 and free < tier.low else None
        if found is not None:
            total = _incremental_cost(given, tiers, charged, found)
            candidates.append(Candidate(place, found, total, "within the tier"))
            if len(tiers) <= SHOWN:
                steps.append(f"cost at {number(found)} = {number(total)} {given.money} a {given.period}")
    if not candidates:
        raise OverflowError("numbers so far apart that rounding leaves no lot within its tier")
    return _outcome(given, tiers, candidates, steps)
