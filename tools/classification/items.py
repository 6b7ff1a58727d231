"""Classifies a list of items by value (ABC), by variation of demand (XYZ) and by demand pattern, in one table."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tools.classification.item_list import Item, ItemList, item_list
from tools.classification.items_result import ItemsResult, WrongItem
from tools.classification.items_table import NONE, Found, Limits, result_of
from tools.classification.patterns import pattern_assumptions, pattern_codes
from tools.classification.product_result import ClassificationError, Wrong
from tools.classification.stock import abc_classes, demand_figures, xyz_classes
from tools.classification.thresholds import Thresholds, default_thresholds
from tools.metrics.shown import number, plural
from tools.pareto import EXACT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LARGEST = 1e15
FEW = 8


def classify_items(
    items: ItemList | Sequence[Item | Mapping[str, Any]],
    *,
    abc: Limits | None = None,
    xyz: Limits | None = None,
    thresholds: Thresholds | None = None,
) -> ItemsResult:
    """Classify items by what is given: values (or unit cost and demand) for ABC, demand by period for XYZ and patterns.

    An item whose value or demand cannot be right (not above 0, no number) gets no class of that kind and stands in
    `invalid`; the others are classified without it.

    Args:
        items: names with value in money, unit cost in money and demand in units by period.
        abc: percent of cumulative value at which A and B end, as (80, 95).
        xyz: coefficients of variation at which X and Y end, as (0.5, 1.0).
        thresholds: others than those of thresholds.yaml.

    Raises:
        ClassificationError: for limits that do not rise, an empty list, or when nothing can be classified.
    """
    import numpy as np

    using = thresholds or default_thresholds()
    limits_abc = _limits("abc", abc, (using.abc.first, using.abc.second), 100)
    limits_xyz = _limits("xyz", xyz, (using.xyz.first, using.xyz.second), None)
    found = Found(item_list(items))
    if not len(found.items):
        reason = "There are no items; give at least one with a name and a value, or with demand by period."
        raise ClassificationError([Wrong(input="items", reason=reason)])
    _demand(found, limits_xyz, using)
    _values(found, limits_abc)
    if found.ranking is None and found.figures is None:
        raise ClassificationError(_nothing(found))
    order = np.arange(len(found.items))
    if found.ranking is not None and found.valued is not None and found.abc is not None:
        order = np.concatenate([found.valued[found.ranking.order], np.flatnonzero(found.abc == NONE)])
    return result_of(found, order, limits_abc, limits_xyz, using)


def _limits(name: str, stated: Limits | None, usual: Limits, most: float | None) -> Limits:
    if stated is None:
        return usual
    first, second = stated
    percent = " (in percent)" if name == "abc" else ""
    example = f"as {number(usual[0])} and {number(usual[1])}"
    if not 0 < first < second or (most is not None and second > most):
        bound = f", at most {number(most)}" if most is not None else ""
        reason = f"The limits are {first:g} and {second:g}, but must rise above 0{bound}{percent}, {example}."
        raise ClassificationError([Wrong(input=name, reason=reason)])
    if name == "abc" and second <= 1:
        reason = f"The limits are {first:g} and {second:g}, which would be less than 1 %; give percent, {example}."
        raise ClassificationError([Wrong(input=name, reason=reason)])
    return first, second


def _demand(found: Found, limits: Limits, using: Thresholds) -> None:
    import numpy as np

    demand = found.items.demand
    if demand is None:
        return
    periods = demand.shape[1]
    if periods < 2:
        if found.items.unit_cost is None:
            found.warnings.append("Demand of one period says nothing of its variation, so there is no XYZ class.")
        return
    with np.errstate(invalid="ignore"):
        good = _sound(found, "demand", demand, demand.min(axis=1), demand.max(axis=1))
    found.moving = np.flatnonzero(good)
    if not len(found.moving):
        return
    found.figures = figures = demand_figures(demand if good.all() else demand[found.moving])
    found.xyz = _spread(xyz_classes(figures.variation, limits), found.moving, len(found.items))
    codes = pattern_codes(figures.interval, figures.squared_variation, using.patterns)
    found.pattern = _spread(codes, found.moving, len(found.items))
    found.assumptions += [
        f"X up to a coefficient of variation of {number(limits[0])}, Y up to {number(limits[1])}, Z beyond (standard "
        f"deviation of the sample over the mean of {periods} periods).",
        *pattern_assumptions(using.patterns),
    ]
    if periods < using.xyz.fewest_periods:
        found.warnings.append(
            f"{periods} periods are few to tell how demand varies; take {using.xyz.fewest_periods} or more."
        )
    few = int((figures.demands < using.patterns.fewest_demands).sum())
    if few:
        found.warnings.append(
            f"{plural(few, 'item')} had demand in fewer than {using.patterns.fewest_demands} periods: the pattern is "
            "doubtful there."
        )


def _values(found: Found, limits: Limits) -> None:
    import numpy as np

    items = found.items
    values = items.values
    if values is None and items.unit_cost is not None and items.demand is not None:
        values = items.unit_cost * items.demand.sum(axis=1)
        found.assumptions.append("The value of an item is its unit cost times its demand in all periods.")
    if values is None:
        found.warnings.append("No values are given, so there is no ABC class; add values, or unit costs with demand.")
        return
    good = _sound(found, "value", values, values, values)
    found.values, found.valued = values, np.flatnonzero(good)
    if not len(found.valued):
        return
    found.ranking = ranking = abc_classes(values[found.valued], limits)
    found.abc = _spread(ranking.classes, found.valued, len(items))
    found.assumptions.append(
        f"A up to {number(limits[0])} % of cumulative value, B up to {number(limits[1])} %, C beyond; the most "
        "valuable item is always A, and items of equal value stay together in the better class."
    )
    if len(found.valued) < FEW:
        found.warnings.append(
            f"ABC is meant for long lists; with {plural(len(found.valued), 'item')} the classes say little."
        )
    if ranking.parted:
        found.warnings.append(f"{plural(ranking.parted, 'item')} at a limit kept the class of others of equal value.")
    if ranking.cumulative[0] > limits[0] / 100 + EXACT:
        name = items.names[int(found.valued[ranking.order[0]])]
        found.warnings.append(f"{name} alone carries {number(100 * ranking.cumulative[0], 3)} % of the value: it is A.")


def _sound(
    found: Found, name: str, given: "NDArray[np.float64]", least: "NDArray[np.float64]", most: "NDArray[np.float64]"
) -> "NDArray[np.bool_]":
    """Say which items can be classed, and note the others as invalid."""
    import numpy as np

    zero = most <= 0 if given.ndim == 2 else least == 0
    good = np.isfinite(least) & np.isfinite(most) & (least >= 0) & ~zero & (most <= LARGEST)
    for place in np.flatnonzero(~good).tolist():
        reason = f"{found.items.place(place)}: {_why(name, given[place])}"
        line = found.items.lines[place] if len(found.items.lines) else None
        found.invalid.append(WrongItem(line=line, item=found.items.names[place], input=name, reason=reason))
    left = len(good) - int(good.sum())
    if left:
        found.warnings.append(f"{plural(left, 'item')} of {len(good)} got no class by {name}; see what is invalid.")
    return good


def _why(name: str, given: Any) -> str:
    import numpy as np

    cells = np.atleast_1d(given)
    if not np.isfinite(cells).all():
        return f"{name} is missing or no number; give one."
    if cells.min() < 0:
        remedy = "take out returns and corrections" if name == "demand" else "take out credits"
        return f"{name} is {number(float(cells.min()))}, below 0; {remedy}."
    if cells.max() > LARGEST:
        return f"{name} is {number(float(cells.max()))}, too large to be right; check the digits."
    return f"{name} is 0, so it cannot be ranked; leave it out, or look at it as stock that does not move."


def _spread(codes: "NDArray[np.uint8]", places: "NDArray[np.intp]", count: int) -> "NDArray[np.uint8]":
    import numpy as np

    spread = np.full(count, NONE, dtype=np.uint8)
    spread[places] = codes
    return spread


def _nothing(found: Found) -> list[Wrong]:
    if found.invalid:
        return [Wrong(input=one.input, reason=one.reason) for one in found.invalid]
    reason = "No item can be classified; give values, unit costs with demand, or demand of two periods or more."
    return [Wrong(input="items", reason=reason)]
