"""Which items carry the value: ABC analysis."""

from itertools import accumulate

from tools.metrics.checks import each
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Mark, Outcome, Refusal, Series, Value
from tools.metrics.shown import number, percent, plural
from tools.pareto import EXACT, pareto

FAMILY = "Inventory"
CUTOFFS = [0.8, 0.95]
MOST_BARS = 30
MOST_LINES = 12
FEW = 8

ITEM_DEMAND = Spoken(
    "annual demand by item",
    "item/period",
    words=("annual demand by item", "annual demand", "demand", "usage", "annual usage", "units sold", "units",
           "volume", "quantity", "annual units", "annual volume", "sold", "qty", "pieces", "Jahresbedarf", "Verbrauch",
           "Menge", "Bedarf"),
)  # fmt: skip
ITEM_COST = Spoken(
    "unit cost by item",
    "money/item",
    words=("unit cost by item", "unit cost", "cost", "price", "unit price", "cost per unit", "unit value",
           "price per unit", "cost each", "price each", "Stückpreis", "Preis", "Stückkosten", "Einstandspreis"),
)  # fmt: skip
ITEM_VALUE = Spoken(
    "annual value by item",
    "money/period",
    words=("annual value by item", "annual value", "usage value", "annual usage value", "values", "value", "spend",
           "sales", "revenue", "turnover", "annual spend", "annual sales", "annual cost", "consumption value",
           "dollar usage", "annual dollar volume", "items", "products", "Jahresverbrauchswert", "Verbrauchswert",
           "Umsatz", "Wert"),
)  # fmt: skip
CUT = Spoken(
    "cutoffs",
    "fraction",
    words=(
        "cutoffs",
        "cut-offs",
        "cutoff",
        "limits",
        "class limits",
        "A up to",
        "B up to",
        "thresholds",
        "80/95",
        "Klassengrenzen",
    ),
)


class AbcInputs(Given):
    """Annual value of each item, or demand and unit cost, and the cumulative shares at which A and B end."""

    either = (either(("annual_demand", "unit_cost"), "values"),)

    annual_demand: dict[str, float] | None = quantity(ITEM_DEMAND, default=None, min_length=1, max_length=10_000)
    unit_cost: dict[str, float] | None = quantity(ITEM_COST, default=None, min_length=1, max_length=10_000)
    values: dict[str, float] | None = quantity(ITEM_VALUE, default=None, min_length=1, max_length=10_000)
    cutoffs: list[float] = quantity(
        CUT, default=CUTOFFS, assumed="A up to 80 % of value, B up to 95 %, C beyond", min_length=2, max_length=2
    )


def _values(given: AbcInputs) -> dict[str, float]:
    if given.values is not None:
        each("values", "every value", given.values)
        return given.values
    demand, cost = given.annual_demand or {}, given.unit_cost or {}
    each("annual_demand", "demand", demand)
    each("unit_cost", "unit cost", cost)
    for name, label, have, want in (
        ("unit_cost", "unit cost", cost, demand),
        ("annual_demand", "demand", demand, cost),
    ):
        lacking = [item for item in want if item not in have]
        if lacking:
            raise Refusal(name, f"there is no {label} for {', '.join(lacking[:5])}")
    return {item: units * cost[item] for item, units in demand.items()}


def _pareto(given: AbcInputs, outcome: Outcome) -> Chart:
    values = _values(given)
    ranked = sorted(values, key=lambda item: -values[item])[:MOST_BARS]
    total = sum(values.values())
    classes: dict[str, str] = outcome.also["classes"]  # type: ignore[assignment]
    shares = [values[item] / total for item in ranked]
    last = [item for item in ranked if classes[item] == "A"][-1]
    return Chart(
        kind="bar",
        title="Value by item" + (f", the {MOST_BARS} largest" if len(values) > MOST_BARS else ""),
        x_label="item",
        y_label="share of value",
        series=[
            Series(name="share", x=ranked, y=shares),
            Series(name="cumulative", x=ranked, y=list(accumulate(shares)), style="dashed"),
        ],
        marks=[Mark(x=last, y=values[last] / total, text="last A item")],
        summary=f"{plural(sum(kind == 'A' for kind in classes.values()), 'item')} of {len(values)} make up "
        f"{percent(outcome.value)} of value.",
    )


@metric(
    id="abc_analysis",
    name="ABC analysis",
    aliases=("ABC classification", "ABC classes", "Pareto analysis of items", "Pareto analysis", "ABC ranking",
             "A items", "classify items by value", "which items are A", "classify ABC", "ABC classify",
             "classify these parts", "ABC-Analyse", "ABC-Klassifizierung", "ABC"),
    family=FAMILY,
    unit="fraction",
    formula=r"V_i = D_i\,c_i, \qquad S_k = \frac{\sum_{i=1}^{k} V_i}{\sum_{i=1}^{n} V_i}",
    source="Dickie, H. F. (1951). ABC inventory analysis shoots for dollars not pennies. "
    "Factory Management and Maintenance 109(7), 92-94.",
    note="ABC analysis",
    published=(
        Published(
            "MBA course material, operations analytics, assessment question 11",
            {
                "annual_demand": {"101": 500.0, "102": 2000.0, "103": 100.0, "104": 5000.0, "105": 300.0},
                "unit_cost": {"101": 200.0, "102": 10.0, "103": 800.0, "104": 3.0, "105": 100.0},
                "cutoffs": [0.8, 0.95],
            },
            {
                "value": 0.7347,
                "annual_value": {"101": 100_000.0, "102": 20_000.0, "103": 80_000.0, "104": 15_000.0, "105": 30_000.0},
                "classes": {"101": "A", "103": "A", "105": "B", "102": "B", "104": "C"},
            },
            0.001,
            absolute=True,
        ),
    ),
    chart=_pareto,
)  # fmt: skip
def abc_analysis(given: AbcInputs) -> Outcome:
    """Return class A's share of value; classes, values and shares of each item and class are in `also`.

    Items are ranked by value; one is A while the cumulative share with it is at most the first cutoff, B up to the
    second, C beyond; the most valuable item is always A, an item without value always C. Equal values keep the order
    in which they were given. Refuses negative values, items without a counterpart, and cutoffs that do not rise.
    """
    import numpy as np

    first, second = given.cutoffs
    if not 0 < first < second <= 1:
        reason = f"the cutoffs must rise between 0 and 100 %, but they are {percent(first)} and {percent(second)}"
        raise Refusal("cutoffs", reason)
    values = _values(given)
    total = sum(values.values())
    if total == 0:
        raise Refusal(
            "values" if given.values is not None else "annual_demand",
            "all items have no value, so there is nothing to rank",
        )
    names = list(values)
    ranking = pareto(np.array(list(values.values()), dtype=float), first, second, ties_together=False)
    ranked = [names[place] for place in ranking.order]
    classes = {names[place]: "ABC"[ranking.classes[place]] for place in ranking.order}
    cumulative = dict(zip(ranked, ranking.cumulative.tolist(), strict=True))
    kinds = ("A", "B", "C")
    value_share = {kind: sum(values[item] for item in ranked if classes[item] == kind) / total for kind in kinds}
    counts = {kind: float(sum(found == kind for found in classes.values())) for kind in kinds}
    steps = [
        f"{item}: {_product(given, item)}{number(values[item])}, cumulative {percent(cumulative[item])}, "
        f"{classes[item]}"
        for item in ranked[:MOST_LINES]
    ]
    if len(ranked) > MOST_LINES:
        steps.append(f"... and {len(ranked) - MOST_LINES} items more")
    in_a = value_share["A"] * total
    steps.append(
        f"A's share = value of A / total value = {number(in_a)} / {number(total)} = {percent(value_share['A'])}"
    )
    warnings = []
    if len(values) < FEW:
        warnings.append(f"{len(values)} items are few for classes; ABC analysis is meant for long lists.")
    if value_share["A"] > first + EXACT:
        warnings.append(f"{ranked[0]} alone is above the first cutoff.")
    also: dict[str, Value] = {
        "classes": classes,
        "annual_value": values,
        "total_value": total,
        "cumulative_share": cumulative,
        "value_share": value_share,
        "item_count": counts,
        "item_share": {kind: count / len(values) for kind, count in counts.items()},
        "items_by_class": {kind: [item for item in ranked if classes[item] == kind] for kind in kinds},
    }
    return Outcome(
        value=value_share["A"],
        steps=steps,
        meaning=f"{plural(counts['A'], 'item')} of {len(values)} make up {percent(value_share['A'])} of the value: "
        "control these "
        f"closely; the other {plural(len(values) - counts['A'], 'item')} can be handled more simply.",
        also=also,
        units={"annual_value": "money/period", "total_value": "money/period", "value_share": "fraction"},
        warnings=warnings,
    )


def _product(given: AbcInputs, item: str) -> str:
    if given.values is not None or given.annual_demand is None or given.unit_cost is None:
        return ""
    return f"{number(given.annual_demand[item])} × {number(given.unit_cost[item])} = "
