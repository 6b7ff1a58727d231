"""The thresholds as a Markdown page, so that what stands in the documentation is what decides."""

from collections.abc import Iterable

from tools.classification.advice import advice
from tools.classification.fisher import Fisher
from tools.classification.fisher import shown as with_unit
from tools.classification.thresholds import Characteristic, Kraljic, Lee, Thresholds, default_thresholds
from tools.metrics.shown import number

INTRODUCTION = """# Classification

Written by `python -m tools.classification docs/classification.md` from `tools/classification/thresholds.yaml` and
`advice.yaml`; a test fails when it is stale. Every threshold stands in that one file with its source: change it there,
and verdicts and this page follow. Where the source gives no number, the page says that it is this project's choice.

What cannot be right (a margin above 100 %, a negative life cycle) is refused with the value and the bound. What is not
known is left open: nothing is filled in."""


def document(thresholds: Thresholds | None = None) -> str:
    """Return the page for some thresholds, those of the program by default."""
    using = thresholds or default_thresholds()
    parts = [INTRODUCTION, *_fisher(using.fisher), *_lee(using.lee), *_kraljic(using.kraljic), *_stock(using)]
    return "\n\n".join([*parts, *_patterns(using)]) + "\n"


def _fisher(fisher: Fisher) -> list[str]:
    rows = (
        (
            one.label,
            one.functional_shown,
            one.innovative_shown,
            with_unit(one.functional, one.unit),
            with_unit(one.innovative, one.unit),
            f"{with_unit(one.surely_functional, one.unit)}; {with_unit(one.surely_innovative, one.unit)}",
            f"{with_unit(one.least, one.unit)} to {with_unit(one.most, one.unit)}",
        )
        for one in fisher.criteria.values()
    )
    heads = ("criterion", "functional", "innovative", "functional from", "innovative from", "in full from", "possible")
    chain = (
        (
            one.label,
            with_unit(one.efficient, one.unit),
            with_unit(one.responsive, one.unit),
            f"{with_unit(one.least, one.unit)} to {with_unit(one.most, one.unit)}",
        )
        for one in fisher.present.values()
    )
    strengths = ", ".join(f"{strength}: {number(weight)}" for strength, weight in fisher.signs.strength.items())
    return [
        "## Products: functional or innovative",
        f"Source: {fisher.source} Each number is graded by where it stands between the bounds; numbers, signs in words "
        "and likeness add up as log-odds.",
        _table(heads, rows),
        f"Signs weigh by strength ({strengths}) times their certainty. The learned classifier of descriptions adds at "
        f"most {number(fisher.likeness.words_most)}, the nearest examples (cosine above "
        f"{number(fisher.likeness.nearest_from)}) at most {number(fisher.likeness.nearest_most)}. A label needs a "
        f"confidence of {number(fisher.verdict.least_confidence)} and evidence of "
        f"{number(fisher.verdict.least_evidence)}; otherwise the product is unknown.",
        "The chain that a company has:",
        _table(("figure", "physically efficient", "market-responsive", "possible"), chain),
    ]


def _lee(lee: Lee) -> list[str]:
    strategies = (
        (name, position.purpose, " ".join(position.actions), ", ".join(position.measures))
        for name, position in advice().supply.items()
    )
    heads = ("characteristic", "low uncertainty", "high uncertainty", "possible", "source")
    return [
        "## Supply: efficient, risk-hedging, responsive or agile",
        f"Source: {lee.source} The majority of what is known decides each side; a tie leaves it open. The confidence "
        "of a side is (n + 1) / (m + 2) when n of m characteristics agree.",
        "Demand uncertainty:",
        _table(heads, map(_characteristic, lee.demand)),
        "Supply uncertainty:",
        _table(heads, map(_characteristic, lee.supply)),
        _table(("strategy", "purpose", "what to do", "what to measure"), strategies),
    ]


def _characteristic(one: Characteristic) -> tuple[str, ...]:
    if one.low is None or one.high is None:
        return one.label, f"no: {one.says_low}", f"yes: {one.says_high}", "yes or no", one.source
    unit = "" if one.unit == "ratio" else f" {one.unit}"
    least, most = ("at most", "at least") if one.high > one.low else ("at least", "at most")
    bound = f"from {number(one.lowest)}" + (f" to {number(one.highest)}" if one.highest is not None else "")
    return (
        one.label,
        f"{least} {number(one.low)}{unit}: {one.says_low}",
        f"{most} {number(one.high)}{unit}: {one.says_high}",
        bound,
        one.source,
    )


def _kraljic(kraljic: Kraljic) -> list[str]:
    factors = (
        (
            one.label,
            one.axis.replace("_", " "),
            "; ".join(f"{number(value)}: {number(score)}" for value, score in one.anchors),
            one.unit,
            number(one.weight),
            one.source,
        )
        for one in kraljic.factors
    )
    quadrants = (
        (name, position.purpose, " ".join(position.actions), position.move)
        for name, position in advice().purchase.items()
    )
    spoken = ", ".join(f"{word} is {number(score)}" for word, score in kraljic.spoken.items())
    return [
        "## Purchased items: strategic, leverage, bottleneck or non-critical",
        f"Source: {kraljic.source} Both axes are scored from 0 to 100 and divided at {number(kraljic.line)}; a score "
        f"within {number(kraljic.near)} points of the line is doubtful. In words, {spoken}. Confidence takes judges to "
        f"differ by {number(kraljic.spread)} points (one standard deviation), less with more facts. Kraljic gives no "
        "numbers: scores, weights and lines are this project's choice.",
        _table(("factor", "axis", "scores (0 is no, 1 is yes)", "unit", "weight", "source"), factors),
        _table(("quadrant", "purpose", "what to do", "where to move it"), quadrants),
    ]


def _stock(using: Thresholds) -> list[str]:
    policies = ((name, policy) for name, policy in advice().stock.items())
    return [
        "## Stock items: ABC and XYZ",
        f"A up to {number(using.abc.first)} % of cumulative value, B up to {number(using.abc.second)} %, C beyond. The "
        "most valuable item is always A; items of equal value stay together in the better class. Values of 0 or below "
        f"are refused with their line. Source: {using.abc.source}",
        f"X up to a coefficient of variation of {number(using.xyz.first)}, Y up to {number(using.xyz.second)}, Z "
        f"beyond (standard deviation of the sample over the mean). Fewer than {using.xyz.fewest_periods} periods bring "
        f"a warning. Source: {using.xyz.source}",
        _table(("class", "policy"), policies),
    ]


def _patterns(using: Thresholds) -> list[str]:
    limits = using.patterns
    cells = (
        ("smooth", "at most", "at most"),
        ("erratic", "at most", "above"),
        ("intermittent", "above", "at most"),
        ("lumpy", "above", "above"),
    )
    texts = {str(name): text for name, text in advice().patterns.items()}
    rows = (
        (name, f"{one} {number(limits.interval)}", f"{other} {number(limits.squared_variation)}", texts[name])
        for name, one, other in cells
    )
    return [
        "## Demand patterns",
        "Average interval: periods divided by those with demand. Squared variation: of the demands other than 0. Fewer "
        f"than {limits.fewest_demands} demands bring a warning. Source: {limits.source}",
        _table(("pattern", "average interval (periods)", "squared coefficient of variation", "forecast"), rows),
    ]


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heads), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
