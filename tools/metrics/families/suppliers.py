"""How concentrated supply is, and how suppliers are rated."""

from collections.abc import Mapping

from tools.metrics.amounts import Amount, added, matched
from tools.metrics.checks import each
from tools.metrics.given import Given, Spoken, either, quantity
from tools.metrics.metric import Published, metric
from tools.metrics.result import Chart, Outcome, Refusal, Series
from tools.metrics.shown import number, percent, plural

FAMILY = "Suppliers"
POINTS = 10_000
NEAR = 0.005  # shares are rounded when people give them
MOST_BARS = 20
BANDS_2023 = (1000, 1800)
BANDS_2010 = (1500, 2500)

SHARES = Spoken(
    "shares",
    "fraction",
    words=("shares", "supplier shares", "market shares", "share of supply", "spend shares", "split", "volume split",
           "percentages", "allocation", "share", "Anteil", "Anteile", "Lieferanteile", "Aufteilung"),
    symbols=("s", "s_i"),
)  # fmt: skip
SHARES_BY_NAME = Spoken(
    "shares by supplier",
    "fraction",
    words=("shares by supplier", "share", "share of each supplier", "supplier split", "share by country",
           "share by site", "Anteil", "Anteile je Lieferant"),
)  # fmt: skip
SPEND = Spoken(
    "spend",
    "",
    words=("spend", "spending", "spend per supplier", "purchase volume", "volumes", "amounts",
           "revenue per supplier", "buy from", "Ausgaben", "Einkaufsvolumen", "Umsatz je Lieferant"),
)  # fmt: skip
SPEND_BY_NAME = Spoken(
    "spend by supplier",
    "",
    words=("spend by supplier", "spend", "supplier spend", "volume by supplier", "purchases by supplier",
           "spend by country", "spend by category", "Einkaufsvolumen je Lieferant", "Ausgaben je Lieferant"),
)  # fmt: skip


class ConcentrationInputs(Given):
    """Shares, or amounts such as spend or volume, in a row or by name."""

    either = (either("shares", "shares_by_supplier", "spend", "spend_by_supplier"),)

    shares: list[Amount] | None = quantity(SHARES.also("each", "supplier share", "split of", "split between",
        "buys", "buy from", "sourcing split", "Anteile von",
        "Aufteilung von"), default=None, min_length=1, max_length=10_000)  # fmt: skip
    shares_by_supplier: dict[str, Amount] | None = quantity(
        SHARES_BY_NAME, default=None, min_length=1, max_length=10_000
    )
    spend: list[Amount] | None = quantity(SPEND.also("spend of", "spend with suppliers", "spent",
        "purchasing spend", "purchase value", "purchases", "buy for", "volume with", "Einkauf",
        "Einkaufswert"), default=None, min_length=1, max_length=10_000)  # fmt: skip
    spend_by_supplier: dict[str, Amount] | None = quantity(SPEND_BY_NAME, default=None, min_length=1, max_length=10_000)


def _named(given: ConcentrationInputs) -> tuple[str, str, dict[str, float]]:
    """Return which input is used, its label, and its amounts by name."""
    for name in ("shares_by_supplier", "spend_by_supplier", "shares", "spend"):
        amounts = getattr(given, name)
        if amounts is not None:
            label = {"shares": SHARES, "shares_by_supplier": SHARES_BY_NAME, "spend": SPEND}.get(
                name, SPEND_BY_NAME
            ).label
            named = (
                amounts
                if isinstance(amounts, dict)
                else {f"no. {place}": amount for place, amount in enumerate(amounts, 1)}
            )
            return name, label, named
    raise Refusal("shares", "give the shares or the spend of suppliers")


def _checked_shares(name: str, amounts: Mapping[str, float]) -> tuple[dict[str, float], list[str], list[str]]:
    """Return shares as fractions that add up to 1 or less, with assumptions and warnings."""
    total = sum(amounts.values())
    in_percent = max(amounts.values()) > 1
    whole = 100.0 if in_percent else 1.0
    assumptions = ["the shares are read as percent"] if in_percent else []
    if total > whole * (1 + NEAR):
        reason = (
            f"shares cannot add up to more than 100 %, but these add up to {percent(total / whole)}; give "
            f"amounts as spend instead"
        )
        raise Refusal(name, reason)
    if total >= whole * (1 - NEAR):
        return {key: amount / total for key, amount in amounts.items()}, assumptions, []
    missing = 1 - total / whole
    warning = (
        f"The shares add up to {percent(total / whole)}; the missing {percent(missing)} are counted as many small "
        f"suppliers, so the index is at least this and at most "
        f"{number(POINTS * (sum((a / whole) ** 2 for a in amounts.values()) + missing**2))}."
    )
    return {key: amount / whole for key, amount in amounts.items()}, assumptions, [warning]


def _shares(given: ConcentrationInputs) -> tuple[dict[str, float], list[str], list[str], list[str]]:
    """Return shares by name, the lines that show them, assumptions and warnings."""
    name, label, amounts = _named(given)
    each(name, label, amounts)
    total = sum(amounts.values())
    if total <= 0:
        raise Refusal(name, f"{label} must add up to more than 0, but all of it is 0")
    warnings = []
    if any(key.casefold().strip() in ("total", "grand total", "sum", "gesamt", "summe") for key in amounts):
        warnings.append("One of the names is a total; leave it out, or it counts as a supplier.")
    if name.startswith("shares"):
        shares, assumptions, more = _checked_shares(name, amounts)
        return shares, [], assumptions, [*warnings, *more]
    steps = [f"total = {added(amounts.values())} = {number(total)}"]
    return {key: amount / total for key, amount in amounts.items()}, steps, [], warnings


def _share_chart(given: ConcentrationInputs, outcome: Outcome) -> Chart:
    shares = sorted(_shares(given)[0].items(), key=lambda pair: -pair[1])
    shown = shares[:MOST_BARS]
    return Chart(
        kind="bar",
        title="Shares of suppliers",
        x_label="supplier",
        y_label="share in percent",
        series=[Series(name="share", x=[name for name, _ in shown], y=[100 * share for _, share in shown])],
        summary=(
            f"The largest of {plural(len(shares), 'supplier')} has {percent(shown[0][1], 3)}; the index is "
            f"{number(outcome.value)}."
        ),
    )


@metric(
    id="hhi",
    name="Supplier concentration (HHI)",
    aliases=("HHI", "Herfindahl index", "Herfindahl-Hirschman index", "Herfindahl Hirschman index", "Herfindahl",
             "concentration index", "supplier concentration", "supply concentration", "concentration of spend",
             "spend concentration", "effective number of suppliers", "Herfindahl-Index", "Lieferantenkonzentration",
             "Konzentrationsindex"),
    family=FAMILY,
    unit="",
    formula=r"\text{HHI} = \sum_{i=1}^{n} s_i^2, \qquad N_e = \frac{10\,000}{\text{HHI}}",
    source="Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54(5), 761-762; "
           "U.S. Department of Justice & Federal Trade Commission (2023). Merger Guidelines.",
    note="Supplier concentration",
    chart=_share_chart,
    published=(
        Published(
            "economic_indicators documentation, concentration of two firms with 30 and 70",
            {"spend": [30.0, 70.0]},
            {"value": 5800.0, "hhi_0_1": 0.58},
        ),
        Published(
            "Industrial organization lecture notes: eight firms after the two smallest merge",
            {"spend": [25.0, 20.0, 15.0, 10.0, 9.0, 8.0, 7.0, 6.0]},
            {"value": 1580.0, "hhi_0_1": 0.158},
        ),
        Published(
            "U.S. Department of Justice, Herfindahl-Hirschman Index: a market of four firms with shares of 30, 30, "
            "20 and 20 percent",
            {"shares": [0.30, 0.30, 0.20, 0.20]},
            {"value": 2600.0},
        ),
    ),
)  # fmt: skip
def hhi(given: ConcentrationInputs) -> Outcome:
    """Return the sum of squared percentage shares, between near 0 and 10,000; `hhi_0_1` is the same from 0 to 1.

    Amounts such as spend are turned into shares of their total. Refuses shares that add up to more than 100 %.
    """
    shares, steps, assumptions, warnings = _shares(given)
    index = sum(share**2 for share in shares.values())
    points = POINTS * index
    squares = [(100 * share) ** 2 for share in shares.values()]
    largest = max(shares, key=lambda name: shares[name])
    effective = 1 / index
    steps += [
        f"shares in percent = {', '.join(number(100 * share) for share in list(shares.values())[:MOST_BARS])}"
        + (", ..." if len(shares) > MOST_BARS else ""),
        f"HHI = sum of squared percentage shares = {added(squares)} = {number(points)}",
        f"effective number of suppliers = 10,000 / HHI = 10,000 / {number(points)} = {number(effective)}",
    ]
    also: dict[str, float | str] = {
        "hhi_0_1": index,
        "effective_suppliers": effective,
        "suppliers": float(len(shares)),
        "largest_share": shares[largest],
        "largest": largest,
        "band_2023": _band(points, BANDS_2023),
        "band_2010": _band(points, BANDS_2010),
    }
    meaning = (
        f"Supply is as concentrated as with {number(effective, 3)} suppliers of equal size; the largest has "
        f"{percent(shares[largest], 3)}. US merger guidelines would call that {_band(points, BANDS_2023)}, a "
        f"borrowed yardstick."
    )
    if points <= BANDS_2023[1]:
        warnings.append(
            "A low index over all spend can hide a part with a single source; compute it for each critical category."
        )
    return Outcome(
        value=points,
        steps=steps,
        meaning=meaning,
        also={**also},
        units={"hhi_0_1": "", "largest_share": "fraction"},
        warnings=warnings,
        assumptions=assumptions,
    )


def _band(points: float, bands: tuple[int, int]) -> str:
    """Return the band of the merger guidelines that an index lies in."""
    low, high = bands
    return (
        "highly concentrated" if points > high else "moderately concentrated" if points >= low else "not concentrated"
    )


WEIGHTS = Spoken(
    "weights",
    "fraction",
    words=("weights", "weight", "weighting", "weightings", "weighted", "criteria weights", "importance",
           "counts for", "Gewicht", "Gewichte", "Gewichtung", "gewichtet mit"),
    symbols=("w", "w_i"),
)  # fmt: skip
SCORES = Spoken(
    "scores",
    "",
    words=("scores", "score", "ratings", "rating", "rated", "points", "marks", "grades", "scored", "gets", "Punkte",
           "Bewertung", "Bewertungen", "Note", "Noten"),
    symbols=("x", "x_i"),
)  # fmt: skip
SCALE = Spoken(
    "highest possible score",
    "",
    words=("highest possible score", "maximum score", "out of", "scale to", "scale of", "max score",
           "scale maximum", "best score", "Höchstpunktzahl", "maximale Punktzahl"),
)  # fmt: skip


class ScorecardInputs(Given):
    """Weights and scores of the same criteria."""

    weights: dict[str, Amount] = quantity(WEIGHTS.also("weighting of", "weighted at", "Gewichtung von",
        "mit Gewicht"), min_length=1, max_length=1000)  # fmt: skip
    scores: dict[str, Amount] = quantity(SCORES.also("points for", "grade", "mark", "Bewertung von",
        "Punkten"), min_length=1, max_length=1000)  # fmt: skip
    highest_score: float | None = quantity(SCALE, default=None, gt=0)


def _scorecard_chart(given: ScorecardInputs, outcome: Outcome) -> Chart:
    del given
    parts: dict[str, float] = outcome.also["contributions"]  # type: ignore[assignment]
    shown = sorted(parts.items(), key=lambda pair: -pair[1])[:MOST_BARS]
    return Chart(
        kind="bar",
        title="What the score is made of",
        x_label="criterion",
        y_label="weight times score",
        series=[Series(name="contribution", x=[name for name, _ in shown], y=[part for _, part in shown])],
        summary=f"{shown[0][0]} adds most, {number(shown[0][1])} of {number(outcome.value)}.",
    )


@metric(
    id="supplier_scorecard",
    name="Supplier scorecard",
    aliases=("weighted supplier score", "supplier score", "supplier rating", "vendor rating", "vendor score",
             "vendor scorecard", "weighted score", "weighted point score", "supplier evaluation",
             "weighted average score", "Lieferantenbewertung", "gewichtete Punktzahl", "Lieferantennote"),
    family=FAMILY,
    unit="",
    formula=r"\text{score} = \sum_{i} w_i x_i, \qquad \sum_{i} w_i = 1",
    source="Monczka, R. M., Handfield, R. B., Giunipero, L. C. & Patterson, J. L. Purchasing and Supply Chain "
           "Management. Cengage, chapter on supplier evaluation and selection.",
    note="Supplier scorecard",
    chart=_scorecard_chart,
    published=(
        Published(
            "MBA course, supply chain module, assessment: five criteria on a scale of 1 to 5, prints 3.80",
            {
                "weights": {"quality": 0.3, "delivery": 0.25, "cost": 0.2, "service": 0.15, "innovation": 0.1},
                "scores": {"quality": 4.0, "delivery": 3.0, "cost": 4.0, "service": 5.0, "innovation": 3.0},
            },
            {"value": 3.8},
        ),
    ),
)  # fmt: skip
def supplier_scorecard(given: ScorecardInputs) -> Outcome:
    """Return the weighted average of scores, on the scale of the scores.

    Refuses weights that add up neither to 1 nor to 100, criteria that have a weight or a score only, and scores above
    the highest possible one.
    """
    each("weights", WEIGHTS.label, given.weights)
    each("scores", SCORES.label, given.scores)
    scores = matched("scores", given.scores, "score", given.weights, "weight")
    total = sum(given.weights.values())
    whole = next((full for full in (1.0, 100.0) if abs(total - full) <= NEAR * full), None)
    if whole is None:
        raise Refusal("weights", f"weights must add up to 1 or 100 %, but they add up to {number(total)}")
    weights = {name: weight / total for name, weight in given.weights.items()}
    if given.highest_score is not None:
        for name, score in scores.items():
            if score > given.highest_score:
                reason = (
                    f"the score of {name} is {number(score)}, above the highest possible {number(given.highest_score)}"
                )
                raise Refusal("scores", reason)
    parts = {name: weights[name] * scores[name] for name in weights}
    result = sum(parts.values())
    terms = " + ".join(f"{number(weights[name])} · {number(scores[name])}" for name in list(weights)[:MOST_BARS])
    steps = [
        f"score = sum of weight · score = {terms}{' + ...' if len(weights) > MOST_BARS else ''} = {number(result)}",
    ]
    also: dict[str, float | str | dict[str, float]] = {"contributions": parts}
    units = {}
    top = given.highest_score or max(scores.values())
    weakest = max(weights, key=lambda name: weights[name] * (top - scores[name]))
    meaning = f"The supplier scores {number(result)}"
    if given.highest_score is not None:
        also["share_of_highest"] = result / given.highest_score
        units["share_of_highest"] = "fraction"
        steps.append(
            f"share of the highest score = {number(result)} / {number(given.highest_score)} = "
            f"{percent(result / given.highest_score)}"
        )
        meaning += f" of {number(given.highest_score)}"
    if scores[weakest] < top:
        also["most_to_gain"] = weakest
        meaning += (
            f"; most is to be gained in {weakest}, which has {number(scores[weakest])} at a weight of "
            f"{percent(weights[weakest], 3)}"
        )
    lowest = min(scores, key=lambda name: scores[name])
    also["lowest"] = lowest
    return Outcome(
        value=result,
        steps=steps,
        meaning=f"{meaning}.",
        also={**also},
        units=units,
        warnings=["A good average can hide one unacceptable score; set a minimum for each criterion."]
        if scores[lowest] < result / 2
        else [],
    )
