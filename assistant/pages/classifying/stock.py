"""Stock items from a pasted table: ABC, XYZ and demand patterns, as table, sums, matrix of nine and picture."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from assistant.pages.classifying.fields import read_amount
from assistant.pages.classifying.pictures import abc_curve, pattern_map
from assistant.pages.classifying.shown import (
    LONGEST_QUESTION,
    Entry,
    Shown,
    careful,
    footing,
    headed,
    listing,
    table,
)
from assistant.pages.markup import literal
from assistant.pages.metric_fields import UnreadableError
from tools.classification import (
    ClassificationError,
    ClassRow,
    ItemsResult,
    TableRead,
    classify_items,
    default_thresholds,
    read_table,
)
from tools.classification.patterns import PATTERNS
from tools.metrics.shown import number, percent, plural

MOST_CHARACTERS = 2_000_000
SHOWN_ROWS = 200
SHOWN_PROBLEMS = 20
LIMITS = ("abc_first", "abc_second", "xyz_first", "xyz_second")
NOTHING = "Paste a table, or open a file: the classes appear here."
COLUMNS = {
    "name": "Names",
    "value": "Values",
    "unit_cost": "Unit costs",
    "demand": "Demand",
    "period": "Demand by period",
}


@dataclass(frozen=True)
class Classes:
    """A table with its classes, or what stands against them by field; `order` is the order of the rows."""

    read: TableRead | None = None
    result: ItemsResult | None = None
    order: Sequence[int] = ()
    errors: dict[str, str] = field(default_factory=dict)


def classes(entry: Entry) -> Classes:
    """Read a pasted table and classify its items with the limits that are typed."""
    limits, errors = _limits(entry.fields)
    if len(entry.text) > MOST_CHARACTERS:
        errors["text"] = (
            f"This is longer than {MOST_CHARACTERS:,} characters, the most that is taken here; leave out columns, or "
            "take it in parts."
        )
    if errors:
        return Classes(errors=errors)
    if not entry.text.strip():
        return Classes()
    read, result, errors = _worked(entry.text, *limits)
    if result is None:
        return Classes(read, errors=errors)
    order = sorted_rows(result, entry.fields.get("sort", ""), back=entry.fields.get("order") == "back")
    return Classes(read, result, order)


@lru_cache(maxsize=4)
def _worked(
    text: str, abc: tuple[float, float], xyz: tuple[float, float]
) -> tuple[TableRead | None, ItemsResult | None, dict[str, str]]:
    read = None
    try:
        read = read_table(text)
        if not len(read.items) and read.invalid:
            return read, None, {"text": _problems([one.reason for one in read.invalid])}
        return read, classify_items(read.items, abc=abc, xyz=xyz), {}
    except ClassificationError as error:
        errors: dict[str, str] = {}
        for name in ("abc", "xyz"):
            if said := [one.reason for one in error.invalid if one.input == name]:
                errors[f"{name}_first"] = said[0]
        if said := [one.reason for one in error.invalid if one.input not in ("abc", "xyz")]:
            errors["text"] = _problems(said)
        return read, None, errors


def _problems(reasons: Sequence[str], most: int = 3) -> str:
    more = f" And {len(reasons) - most:,} more." if len(reasons) > most else ""
    return f"{' '.join(reasons[:most])}{more}"


def _limits(texts: Mapping[str, str]) -> tuple[tuple[tuple[float, float], tuple[float, float]], dict[str, str]]:
    using = default_thresholds()
    usual = (using.abc.first, using.abc.second, using.xyz.first, using.xyz.second)
    found: list[float] = []
    errors: dict[str, str] = {}
    for name, otherwise in zip(LIMITS, usual, strict=True):
        text = texts.get(name, "").strip()
        value = otherwise
        if text:
            try:
                value = read_amount(text, "percent" if name.startswith("abc") else "ratio")
            except UnreadableError as error:
                errors[name] = f"{str(error)[:1].upper()}{str(error)[1:]}."
        found.append(value)
    return ((found[0], found[1]), (found[2], found[3])), errors


def sorted_rows(result: ItemsResult, by: str, *, back: bool = False) -> list[int]:
    """Return the places of items in an order that a reader chose; what a column says nothing of comes last."""
    order = list(result.order)
    keys: dict[str, Sequence[Any]] = {
        "abc": [f"{abc or 'D'}{xyz or 'W'}" for abc, xyz in _pairs(result)] if by == "abc" else (),
        "variation": result.variation,
        "pattern": [PATTERNS.index(one) if one else None for one in result.pattern] if by == "pattern" else (),
        "item": [name.casefold() for name in result.items] if by == "item" else (),
        "line": result.lines,
        "value": result.values,
    }
    column = keys.get(by, result.values)
    if not column:
        return order[::-1] if back else order
    known = [place for place in order if column[place] is not None]
    falling = by in ("variation", "value", "") or by not in keys
    known.sort(key=lambda place: column[place], reverse=falling != back)
    return [*known, *(place for place in order if column[place] is None)]


def _pairs(result: ItemsResult) -> list[tuple[str, str]]:
    count = len(result.items)
    return list(zip(result.abc or [""] * count, result.xyz or [""] * count, strict=True))


def items_shown(entry: Entry) -> Shown:
    """Return the view of stock items."""
    found = classes(entry)
    result = found.result
    if result is None:
        empty = "" if found.errors else f'<p class="lacking">{NOTHING}</p>'
        wrong = '<p class="lacking">Correct what is marked in the form.</p>' if found.errors else ""
        headline = " ".join(found.errors.values())
        return Shown(
            verdict=f"<h2>Stock items</h2>{empty}{wrong}",
            detail=footing([], "", ["ABC analysis"]),
            errors=found.errors,
            headline=headline,
        )
    figure, caption = _picture(result)
    return Shown(
        verdict=_verdict(found, result),
        detail=_detail(found, result),
        caption=caption,
        figure=figure,
        headline=f"{plural(len(result.items), 'item')}: {_counts(result.classes or result.patterns)}.",
        question=_question(entry, result),
        exportable=True,
    )


def _picture(result: ItemsResult) -> tuple[dict[str, Any] | None, str]:
    if result.curve:
        first, second = result.limits_abc
        return (
            abc_curve(result, result.curve),
            f"<b>ABC curve.</b> Items from the most valuable on, and the share of the value that they add up to. "
            f"Dotted: the limits at {number(first)} % and {number(second)} %, and where the classes end.",
        )
    if any(result.pattern):
        limits = default_thresholds().patterns
        return (
            pattern_map(result, limits.interval, limits.squared_variation),
            "<b>Demand patterns.</b> Each sign is an item. Dotted: the cut-offs of Syntetos and Boylan, "
            f"{number(limits.interval)} periods and {number(limits.squared_variation)}.",
        )
    return None, ""


def _counts(rows: Sequence[ClassRow]) -> str:
    return ", ".join(f"{row.items:,} {row.name}" for row in rows)


def _verdict(found: Classes, result: ItemsResult) -> str:
    problems = [*(found.read.invalid if found.read else []), *result.invalid]
    left = ""
    if problems:
        more = f"<p>And {len(problems) - SHOWN_PROBLEMS:,} more; the export has them all.</p>" * (
            len(problems) > SHOWN_PROBLEMS
        )
        left = (
            f'<details class="aside"><summary><b>{plural(len(problems), "line")} could not be classified.</b> '
            f"{literal(problems[0].reason)}</summary>{listing(one.reason for one in problems[:SHOWN_PROBLEMS])}{more}"
            "</details>"
        )
    value = f", worth {number(result.total_value)} together" if result.total_value else ""
    return (
        f'<h2>Stock items</h2><p class="verdict"><b>{literal(plural(len(result.items), "item"))}</b> '
        f"<span>{literal(_counts(result.classes[:3] or result.patterns))}{value}</span></p>{left}"
        f"{careful([*(found.read.warnings if found.read else []), *result.warnings])}"
    )


def _detail(found: Classes, result: ItemsResult) -> str:
    read = found.read
    understood = ""
    if read:
        columns = []
        for role, called in COLUMNS.items():
            headers = [one.header or f"column {one.place + 1}" for one in read.columns if one.role == role]
            columns += [f"{called}: {', '.join(headers)}."] if headers else []
        understood = listing([*columns, *read.left_out[:SHOWN_PROBLEMS]])
    return "".join(
        [
            _nine(result),
            _sums("Classes", result.classes) if not result.matrix else _sums("ABC and XYZ", result.classes),
            _sums("Demand patterns", result.patterns),
            _rows(found, result),
            headed("How the table was read", understood),
            footing(
                [*(read.assumptions if read else []), *result.assumptions], " ".join(result.sources), _notes(result)
            ),
        ]
    )


def _notes(result: ItemsResult) -> list[str]:
    return result.notes or ["ABC analysis"]


def _nine(result: ItemsResult) -> str:
    if not result.matrix:
        return ""
    cells = {row.name: row for row in result.matrix}
    rows = [
        (
            letter,
            *(
                f"<b>{cells[letter + other].items:,}</b>{_worth(cells[letter + other])}"
                f'<span class="policy">{literal(cells[letter + other].policy)}</span>'
                for other in "XYZ"
            ),
        )
        for letter in "ABC"
    ]
    heads = ("", "X: steady", "Y: swinging", "Z: irregular")
    return headed("Nine classes: items, share of value, policy", table(heads, rows, "Nine classes"))


def _worth(row: ClassRow) -> str:
    return f" ({percent(row.value_share, 3)})" if row.value_share is not None else ""


def _sums(title: str, rows: Sequence[ClassRow]) -> str:
    if not rows:
        return ""
    worth = any(row.value_share is not None for row in rows)
    heads = ("class", "items", "share of items", *(("share of value",) if worth else ()), "policy")
    cells = [
        (
            f"<b>{literal(row.name)}</b>",
            f"{row.items:,}",
            percent(row.item_share, 3),
            *((percent(row.value_share or 0, 3),) if worth else ()),
            literal(row.policy),
        )
        for row in rows
    ]
    return headed(title, table(heads, cells, title))


def _rows(found: Classes, result: ItemsResult) -> str:
    def share(figure: float) -> str:
        return percent(figure, 3)

    def rounded(figure: float) -> str:
        return number(figure, 3)

    columns: list[tuple[str, Sequence[Any], Callable[[Any], str]]] = [
        ("value", result.values, number),
        ("share", result.shares, share),
        ("cumulative", result.cumulative, share),
        ("ABC", result.abc, str),
        ("variation", result.variation, rounded),
        ("XYZ", result.xyz, str),
        ("interval", result.interval, rounded),
        ("squared variation", result.squared_variation, rounded),
        ("pattern", result.pattern, str),
    ]
    columns = [column for column in columns if column[1]]

    def cell(figure: Any, show: Callable[[Any], str]) -> str:
        return "" if figure is None else literal(show(figure)).replace(" ", "&nbsp;")

    rows = [
        (literal(result.items[place]), *(cell(values[place], show) for _, values, show in columns))
        for place in found.order[:SHOWN_ROWS]
    ]
    count = len(result.items)
    more = f"<p>The first {SHOWN_ROWS} of {count:,} items; the export has them all.</p>" if count > SHOWN_ROWS else ""
    heads = ("item", *(title for title, _, _ in columns))
    return headed("Items", f'{more}<div class="tall">{table(heads, rows, "Items")}</div>')


def _question(entry: Entry, result: ItemsResult) -> str:
    """Return the table as a question for the chat if it is short, else a question on its largest class."""
    text = entry.text.strip()
    if len(text) <= LONGEST_QUESTION:
        return f"Classify these items (ABC, XYZ and demand pattern):\n{text}"
    rows = result.matrix or result.classes or result.patterns
    largest = max(rows, key=lambda row: row.items)
    kind = "items with a demand pattern that is" if rows is result.patterns else "items of class"
    return f"How should {kind} {largest.name} be managed?"
