"""The products of the page: classified after Fisher, drawn on one picture, and the chosen one told in full."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.pages.classifying.fields import fields, read_fields
from assistant.pages.classifying.pictures import HIGH, LOW, Grid, Mark, matrix, spread
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
from tools.classification import ClassificationError, ProductResult, classify_product

if TYPE_CHECKING:
    from assistant.embedded.products.reader import ProductReader

GRID = Grid(
    cells=(("mismatch", "match"), ("match", "mismatch")),
    x_title="the product",
    y_title="the chain you have",
    x_ends=("functional", "innovative"),
    y_ends=("responsive", "efficient"),
    good=((0, 1), (1, 0)),
    band="chain not told, or mixed",
)
HEIGHTS = {"physically efficient": HIGH, "market-responsive": LOW}
BAND = 0.3
OF_CHAIN = {"replenishment_lead_time_days", "orders_a_year"}
LEAN = 0.45
LIKE_ENOUGH = 0.5
CHAIN = (
    ("manufacturing", "Manufacturing"),
    ("inventory", "Inventory"),
    ("lead_time", "Lead time"),
    ("suppliers", "Suppliers"),
    ("product_design", "Product design"),
)
WAITING = "The words are not read yet: the assistant is still loading. The numbers count already."
SEVERAL = (
    "The description names several products ({names}): their numbers are left out here. Put each on the list as a "
    "product of its own."
)
NOTHING = "Describe the product in words, or give one of the numbers."
CAPTION = (
    "Across: how likely the product is innovative. Up: the chain it has; one that was not told or is mixed stands in "
    "the band in the middle. Shaded cells match, the others do not. An open sign means that too little was told."
)


@dataclass(frozen=True)
class Classified:
    """An entry with its result, or what stands against one; `given` are the facts that count."""

    entry: Entry
    result: ProductResult | None = None
    errors: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    waiting: bool = False
    given: dict[str, float] = field(default_factory=dict)


def classified(entry: Entry, reader: "ProductReader | None") -> Classified:
    """Classify a product by its fields and, where there is a reader, by its words; a field goes before the words."""
    read, errors = read_fields("product", entry.fields)
    typed = {name: float(value) for name, value in read.items()}
    text = entry.text.strip()
    if errors:
        return Classified(entry, errors=errors)
    if not text and not typed:
        return Classified(entry)
    warnings: tuple[str, ...] = ()
    try:
        if text and reader:
            spoken = reader.read(text)
            if len(spoken) == 1 and not (spoken[0].parts and set(typed) - OF_CHAIN):
                one = spoken[0]
                result = reader.classify(one, typed).model_copy(update={"product": entry.name})
                return Classified(entry, result, given={**one.facts, **typed})
            if len(spoken) > 1:
                warnings = (SEVERAL.format(names=", ".join(one.name for one in spoken)),)
            known = spoken[0].facts if len(spoken) == 1 else {}
            given = {**known, **typed}
            signs, nearest, words = reader.words(text)
            result = classify_product(given, signs, nearest, words, entry.name)
            return Classified(entry, result, warnings=warnings, given=given)
        if not typed:
            return Classified(entry, waiting=True)
        return Classified(entry, classify_product(typed, name=entry.name), waiting=bool(text), given=typed)
    except ClassificationError as error:
        wrong = {one.input if one.input in typed else "text": one.reason for one in error.invalid}
        return Classified(entry, errors=wrong)


def products_shown(entries: Sequence[Entry], at: int, reader: "ProductReader | None") -> Shown:
    """Return the view of products with one of them in full."""
    found = [classified(entry, reader) for entry in entries]
    chosen = found[at]
    return Shown(
        verdict=_verdict(chosen),
        detail=_detail(chosen, found),
        caption=_caption(found),
        figure=picture(found, at),
        errors=chosen.errors,
        marks=[_mark(one) for one in found],
        headline=_headline(chosen),
        question=_question(chosen),
        waiting=any(one.waiting for one in found),
        exportable=any(one.result for one in found),
    )


def picture(found: Sequence[Classified], at: int) -> dict[str, object]:
    """Return Fisher's matrix with all products that are classified."""
    drawn = [(place, one.result) for place, one in enumerate(found) if one.result]
    places = [(across(result), HEIGHTS.get(result.present.type if result.present else "", 0.5)) for _, result in drawn]
    marks = [
        Mark(place + 1, result.product, x, y, result.label != "unknown", place == at)
        for (place, result), (x, y) in zip(drawn, spread(places, BAND), strict=True)
    ]
    return matrix(GRID, marks)


def across(result: ProductResult) -> float:
    """Return where a product stands between functional (0) and innovative (1), from the odds; hybrids in between."""
    if result.parts:
        return sum(across(part) for part in result.parts) / len(result.parts)
    share = result.odds.get("innovative", 0.0) + result.odds.get("hybrid", 0.0) / 2
    return 0.04 + 0.92 * (share if result.odds else 0.5)


def _caption(found: Sequence[Classified]) -> str:
    shown = sum(one.result is not None for one in found)
    left = (
        "" if shown == len(found) else f" {len(found) - shown} of {len(found)} not drawn: nothing is known of them yet."
    )
    return f"<b>Products and their chains.</b> {CAPTION}{left}"


def _mark(one: Classified) -> str:
    if one.errors:
        return "to be corrected"
    if one.result is None:
        return "waiting" if one.waiting else "nothing told"
    return "unknown" if one.result.label == "unknown" else f"{one.result.label}, {rounded(one.result.confidence)}"


def _headline(one: Classified) -> str:
    if one.errors:
        return " ".join(one.errors.values())
    if one.result is None:
        return ""
    if one.result.label == "unknown":
        return f"{one.result.product}: too little was told."
    fit = {True: " The chain does not fit.", False: " The chain fits.", None: ""}[one.result.mismatch]
    return f"{one.result.product}: {one.result.label}, {certainty(one.result.confidence)}.{fit}"


def _verdict(one: Classified) -> str:
    head = f"<h2>{literal(one.entry.name)}</h2>"
    waiting = f'<p class="aside">{WAITING}</p>' if one.waiting else ""
    if one.errors:
        return f'{head}<p class="lacking">Correct what is marked in the form.</p>'
    if one.result is None:
        return f"{head}{waiting or f'<p class=lacking>{NOTHING}</p>'}"
    result = one.result
    if result.label == "unknown":
        likeliest = max(result.odds, key=lambda label: result.odds[label], default="")
        leaning = ""
        if likeliest and result.odds[likeliest] >= LEAN:
            leaning = f" It leans to {likeliest}, {rounded(result.odds[likeliest])}."
        body = f'<p class="verdict"><b>Unknown</b></p><p>{literal(result.because)}{literal(leaning)}</p>'
    else:
        body = (
            f'<p class="verdict"><b>{result.label.capitalize()}</b> <span>{certainty(result.confidence)}</span></p>'
            f"<p>{literal(result.because)}</p>"
        )
    return f"{head}{body}{waiting}{_fit(result)}{careful([*one.warnings, *result.warnings])}"


def _fit(result: ProductResult) -> str:
    if not result.mismatch_text:
        return ""
    word = {True: "Mismatch", False: "Match", None: "Part of it matches"}[result.mismatch]
    kind = {True: "bad", False: "good", None: "partly"}[result.mismatch]
    return f'<p class="fit {kind}"><b>{word}:</b> {literal(result.mismatch_text)}</p>'


def _detail(one: Classified, found: Sequence[Classified]) -> str:
    everyone = _all(found) if len(found) > 1 else ""
    if one.result is None:
        return everyone + footing([], "", ["Fisher framework", "Functional product", "Innovative product"])
    result = one.result
    questions = headed("What would settle it", listing(question.text for question in result.questions))
    ways = "".join(
        f"<li>{'<b>Begin here: </b>' if way.first else ''}<b>{literal(way.way)}.</b> {literal(way.text)}</li>"
        for way in result.ways_out
    )
    parts = "".join(f"<h4>{literal(part.product)}: {part.label}</h4>{_evidence(part, one)}" for part in result.parts)
    return "".join(
        [
            everyone,
            headed("Fisher's criteria" if not parts else "Parts of the line", parts or _evidence(result, one)),
            headed("What speaks against it", listing(result.speaks_against))
            if result.label != "unknown"
            else headed("What points to either side", listing(result.speaks_against)),
            questions,
            headed("Swings that are self-made", f"<p>{literal(result.self_made)}</p>" if result.self_made else ""),
            _chain(result),
            _present(result),
            headed("Ways out", f"<ol>{ways}</ol>" if ways else ""),
            _supply(result),
            footing(result.assumptions, next((row.source for row in result.criteria), ""), result.notes),
        ]
    )


def _all(found: Sequence[Classified]) -> str:
    rows = [
        (
            f"{place}. {literal(one.entry.name)}",
            literal(_mark(one)),
            literal(one.result.chain.type if one.result and one.result.chain else ""),
            literal(one.result.present.type if one.result and one.result.present else "not told"),
            {True: "mismatch", False: "match", None: ""}[one.result.mismatch] if one.result else "",
        )
        for place, one in enumerate(found, 1)
    ]
    heads = ("product", "verdict", "chain it needs", "chain it has", "fit")
    return headed("All products", table(heads, rows, "All products"))


def _evidence(result: ProductResult, one: Classified) -> str:
    typed = one.entry.fields
    names = {row.criterion: field.name for row, field in zip(result.criteria, fields("product"), strict=False)}
    rows = [
        (
            literal(row.label),
            f"<b>{literal(row.shown)}</b>{'' if typed.get(names[row.criterion]) else ' (from the words)'}"
            if row.shown
            else "not given",
            literal(row.functional),
            literal(row.innovative),
            f"<b>{row.says}</b>" if row.says != "not given" else "",
        )
        for row in result.criteria
    ]
    criteria = (
        table(("criterion", "this product", "functional", "innovative", "points to"), rows, "Fisher's criteria")
        if rows
        else ""
    )
    said = "".join(
        f"<li>\N{LEFT DOUBLE QUOTATION MARK}{literal(sign.quote)}\N{RIGHT DOUBLE QUOTATION MARK}: "
        f"<b>{literal(sign.says.replace('_', ' '))}</b>, {literal(sign.why)}</li>"
        for sign in result.signs
        if sign.quote
    )
    like = [near for near in result.nearest if near.similarity >= LIKE_ENOUGH]
    resembling = listing(
        f"{near.product} ({near.label}): {near.reason}{f' ({near.source})' if near.source else ''}" for near in like
    )
    words = f"<h4>In its words</h4><ul>{said}</ul>" if said else ""
    return f"{criteria}{words}{f'<h4>Described products that resemble it</h4>{resembling}' if resembling else ''}"


def _chain(result: ProductResult) -> str:
    chain = result.chain
    if chain is None:
        return ""
    rows = [(label, str(getattr(chain, name))) for name, label in CHAIN]
    return headed(
        f"The chain it needs: {chain.type}",
        f"<p>{literal(chain.purpose)}</p>{listing(chain.parts)}{facts([*rows, ('Measure', ', '.join(chain.measure))])}",
    )


def _present(result: ProductResult) -> str:
    if result.present is None:
        return headed(
            "The chain it has", "<p>Not told. Give the lead time and the orders in a year, or say it in words.</p>"
        )
    said = listing(f"{sign.label}: {sign.quote}" if sign.quote else sign.label for sign in result.present.signs)
    return headed(f"The chain it has: {result.present.type}", said)


def _supply(result: ProductResult) -> str:
    if result.supply is None:
        return ""
    strategy = (
        f"; after Lee (2002) that asks for the {result.supply.strategy} strategy" if result.supply.strategy else ""
    )
    return headed("Supply", f"<p>{literal(f'Supply uncertainty is {result.supply.uncertainty}{strategy}.')}</p>")


def _question(one: Classified) -> str:
    """Return a product as a question in words, for the chat."""
    if one.result is None:
        return ""
    typed = [(row, one.entry.fields.get(row.name, "").strip()) for row in fields("product")]
    told = [f"{row.label[:1].lower()}{row.label[1:]} {text}{_unit(text, row.unit)}" for row, text in typed if text]
    words = " ".join(one.entry.text.split()).rstrip(".")
    described = ". ".join(part for part in (words, ", ".join(told)) if part)
    asked = f"{one.entry.name}: {described}"
    return f"{asked[:LONGEST_QUESTION]}. Is it functional or innovative, and which supply chain does it need?"


def _unit(text: str, unit: str) -> str:
    """Return the unit to be said behind what was typed, which may bring its own."""
    if not text.strip()[-1:].isdigit() or unit in ("variants", "orders a year"):
        return ""
    return unit if unit == "%" else f" {unit}"
