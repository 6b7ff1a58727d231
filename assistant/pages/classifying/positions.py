"""Supply positions after Lee and purchased items after Kraljic: classified, drawn in a matrix, one told in full."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.pages.classifying.fields import YES_OR_NO, fields, read_fields, unit_shown
from assistant.pages.classifying.pictures import Grid, Mark, matrix, spread
from assistant.pages.classifying.shown import (
    LONGEST_QUESTION,
    Entry,
    Shown,
    careful,
    certainty,
    facts,
    footing,
    headed,
    listing,
    rounded,
    table,
)
from assistant.pages.markup import literal
from tools.classification import (
    ClassificationError,
    PurchaseResult,
    SupplyResult,
    classify_purchase,
    classify_supply,
    default_thresholds,
)
from tools.classification.advice import advice
from tools.classification.purchase import ScoreAxis
from tools.classification.supply import UncertaintyAxis
from tools.metrics.shown import listed, number

Kind = Literal["supply", "purchase"]
BAND = 0.2
NOTHING = {
    "supply": "Say whether demand and supply are uncertain, or give some of the characteristics.",
    "purchase": "Set profit impact and supply risk, or give some of the facts behind them.",
}
NOTES = {"supply": ["Lee uncertainty framework"], "purchase": ["Kraljic matrix"]}
QUESTIONS = {
    "supply": "Which supply chain strategy after Lee does it need?",
    "purchase": "Where does it stand in the Kraljic matrix, and how should we buy it?",
}
CAPTIONS = {
    "supply": "<b>Lee's framework.</b> Across: demand uncertainty, up: supply uncertainty, each as the share of what "
    "is known that speaks for high. What is open stands in the middle with an open sign.",
    "purchase": "<b>Kraljic's matrix.</b> Across: supply risk, up: profit impact, both from 0 to 100. An axis that "
    "nothing is known of stands on the line, with an open sign.",
}


@dataclass(frozen=True)
class Placed:
    """An entry with its place, or what stands against one."""

    entry: Entry
    result: SupplyResult | PurchaseResult | None = None
    errors: dict[str, str] = field(default_factory=dict)


def placed(kind: Kind, entry: Entry) -> Placed:
    """Place an entry in the matrix of its kind."""
    given, errors = read_fields(kind, entry.fields)
    if errors or not given:
        return Placed(entry, errors=errors)
    try:
        if kind == "supply":
            return Placed(entry, classify_supply(given, name=entry.name))
        return Placed(entry, classify_purchase(given, name=entry.name))
    except ClassificationError as error:
        return Placed(entry, errors={one.input: one.reason for one in error.invalid})


def positions_shown(kind: Kind, entries: Sequence[Entry], at: int) -> Shown:
    """Return the view of supply positions or of purchased items, with one of them in full."""
    found = [placed(kind, entry) for entry in entries]
    chosen = found[at]
    left = sum(one.result is None for one in found)
    more = f" {left} of {len(found)} not drawn: nothing is known of them yet." if left else ""
    return Shown(
        verdict=_verdict(kind, chosen),
        detail=(_all(kind, found) if len(found) > 1 else "") + _detail(kind, chosen),
        caption=CAPTIONS[kind] + more,
        figure=picture(kind, found, at),
        errors=chosen.errors,
        marks=[_mark(one) for one in found],
        headline=_headline(chosen),
        question=_question(kind, chosen),
        exportable=any(one.result for one in found),
    )


def label_of(result: SupplyResult | PurchaseResult) -> str:
    """Return the strategy or the quadrant, "unknown" if it is open."""
    return result.strategy if isinstance(result, SupplyResult) else result.quadrant


def axes_of(result: SupplyResult | PurchaseResult) -> list[tuple[str, UncertaintyAxis | ScoreAxis]]:
    """Return both axes with their names, that across first."""
    if isinstance(result, SupplyResult):
        return [("Demand uncertainty", result.demand), ("Supply uncertainty", result.supply)]
    return [("Supply risk", result.supply_risk), ("Profit impact", result.profit_impact)]


def picture(kind: Kind, found: Sequence[Placed], at: int) -> dict[str, object]:
    """Return the matrix of a kind with all entries that have a place."""
    drawn = [(place, one.result) for place, one in enumerate(found) if one.result]
    places = []
    for _, result in drawn:
        across, up = (_place(axis) for _, axis in axes_of(result))
        places.append((across, up))
    if kind == "supply":
        places = spread(places, BAND)
    marks = [
        Mark(place + 1, result.name, x, y, label_of(result) != "unknown", place == at)
        for (place, result), (x, y) in zip(drawn, places, strict=True)
    ]
    return matrix(_grid(kind), marks)


def _grid(kind: Kind) -> Grid:
    titles = advice()
    if kind == "supply":
        return Grid(
            cells=(("efficient", "risk-hedging"), ("responsive", "agile")),
            x_title="demand uncertainty",
            y_title="supply uncertainty",
            x_ends=("low (functional)", "high (innovative)"),
            y_ends=("low (stable)", "high (evolving)"),
        )
    line = default_thresholds().kraljic.line
    names = {name: position.title.removesuffix(" item") for name, position in titles.purchase.items()}
    return Grid(
        cells=((names["non-critical"], names["leverage"]), (names["bottleneck"], names["strategic"])),
        x_title="supply risk",
        y_title="profit impact",
        x_ends=(f"low, below {number(line)}", f"high, from {number(line)}"),
        y_ends=("low", "high"),
        split=line / 100,
    )


def _place(axis: UncertaintyAxis | ScoreAxis) -> float:
    if isinstance(axis, ScoreAxis):
        return 0.5 if axis.score is None else axis.score / 100
    return 0.5 if axis.position is None else 0.15 + 0.7 * axis.position


def _mark(one: Placed) -> str:
    if one.errors:
        return "to be corrected"
    if one.result is None:
        return "nothing told"
    label = label_of(one.result)
    return (
        f"open: {listed(one.result.possible, 'or')}"
        if label == "unknown"
        else f"{label}, {rounded(one.result.confidence)}"
    )


def _headline(one: Placed) -> str:
    if one.errors:
        return " ".join(one.errors.values())
    return f"{one.result.name}: {_mark(one)}." if one.result else ""


def _verdict(kind: Kind, one: Placed) -> str:
    head = f"<h2>{literal(one.entry.name)}</h2>"
    if one.errors:
        return f'{head}<p class="lacking">Correct what is marked in the form.</p>'
    if one.result is None:
        return f'{head}<p class="lacking">{NOTHING[kind]}</p>'
    result = one.result
    if result.advice is None:
        open_ = listed(result.possible, "or")
        return f'{head}<p class="verdict"><b>Open</b> <span>{literal(open_)}</span></p>{careful(result.warnings)}'
    return (
        f'{head}<p class="verdict"><b>{literal(result.advice.title)}</b> '
        f"<span>{certainty(result.confidence)}</span></p>"
        f"<p>{literal(result.advice.purpose)}</p>{careful(result.warnings)}"
    )


def _detail(kind: Kind, one: Placed) -> str:
    result = one.result
    if result is None:
        return footing([], "", NOTES[kind])
    parts = []
    if result.advice:
        parts += [
            headed("What to do", listing(result.advice.actions)),
            headed("What to measure", f"<p>{literal(', '.join(result.advice.measures))}.</p>"),
            headed("Where to move it", f"<p>{literal(result.advice.move)}</p>" if result.advice.move else ""),
        ]
    parts.append(headed("What would settle it", listing(result.questions)))
    parts.append(headed("What it rests on", _rows(result)))
    return "".join([*parts, footing(result.assumptions, result.source, result.notes)])


def _rows(result: SupplyResult | PurchaseResult) -> str:
    levels = []
    for name, axis in axes_of(result):
        score = f", {number(axis.score, 3)} points" if isinstance(axis, ScoreAxis) and axis.score is not None else ""
        sure = f", {certainty(axis.confidence)}" if axis.level != "unknown" else ""
        levels.append((name, f"{'open' if axis.level == 'unknown' else axis.level}{score}{sure}"))
    body = facts(levels)
    if isinstance(result, SupplyResult):
        told = [row for axis in (result.demand, result.supply) for row in axis.rows]
        rows = [
            (
                literal(row.label),
                f"<b>{literal(row.shown)}</b>",
                literal(row.low),
                literal(row.high),
                f"<b>{row.says}</b>",
                literal(row.source),
            )
            for row in told
        ]
        heads = ("characteristic", "given", "low", "high", "speaks for", "source")
    else:
        scored = [(name, row) for name, axis in axes_of(result) if isinstance(axis, ScoreAxis) for row in axis.rows]
        rows = [
            (
                literal(row.label),
                f"<b>{literal(row.shown)}</b>",
                name.lower(),
                number(row.score, 3),
                number(row.weight),
                literal(row.source),
            )
            for name, row in scored
        ]
        heads = ("fact", "given", "axis", "score of 100", "weight", "source")
    return body + (table(heads, rows, "What it rests on") if rows else "")


def _all(kind: Kind, found: Sequence[Placed]) -> str:
    names = ("demand uncertainty", "supply uncertainty") if kind == "supply" else ("supply risk", "profit impact")
    rows = []
    for place, one in enumerate(found, 1):
        levels = [axis.level for _, axis in axes_of(one.result)] if one.result else ["", ""]
        rows.append((f"{place}. {literal(one.entry.name)}", literal(_mark(one)), *levels))
    title = "All products" if kind == "supply" else "All items"
    return headed(title, table(("name", "verdict", *names), rows, title))


def _question(kind: Kind, one: Placed) -> str:
    """Return an entry as a question in words, for the chat."""
    if one.result is None:
        return ""
    told = []
    for declared in fields(kind):
        text = one.entry.fields.get(declared.name, "").strip()
        if text:
            unit = unit_shown(declared.unit)
            said = (
                text
                if declared.choices == YES_OR_NO or not text[-1].isdigit()
                else f"{text}{'' if unit == '%' else ' '}{unit}"
            )
            told.append(f"{declared.label[:1].lower()}{declared.label[1:]}: {said.strip()}")
    return f"{one.entry.name}: {', '.join(told)}"[:LONGEST_QUESTION] + f". {QUESTIONS[kind]}"
