"""Reads the rows of a table answer, typed, pasted or sent by name, and shows them again."""

import csv
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any

from tools.classification.columns import is_total
from tools.risk.amounts import AmountError, is_percent, read_amount
from tools.risk.checklist import LONGEST_TEXT, Column
from tools.risk.plain import clean, counted, one_line

MOST_ROWS = 500
MOST_WRONG = 20
EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none", "#n/a", "?", "unknown", "not known", "tbd"})
YES = frozenset({"yes", "y", "true", "1", "x", "✓", "ja"})
NO = frozenset({"no", "n", "false", "0", "nein"})
UNITS = {"weeks": "weeks", "money": "money", "number": "", "share": "%"}
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y/%m/%d")
MONTHS = ("%Y-%m", "%B %Y", "%b %Y", "%m.%Y", "%m/%Y")
ROUNDING = 1e-6
Row = dict[str, Any]
Wrongs = list[tuple[str, str]]


def read_rows(columns: Sequence[Column], raw: object) -> tuple[list[Row], list[str], Wrongs]:
    """Return the rows by column name, what was left out in sentences, and what is wrong as (place, sentence).

    `raw` is a list of rows by column name, a list of lists in the order of the columns, or pasted text with tabs,
    semicolons, bars or commas, with a header or without. Cells that are not known are left out of their row.
    """
    wrong: Wrongs = []
    given = _given(columns, raw, wrong)
    if wrong:
        return [], [], wrong
    if len(given) > MOST_ROWS:
        return [], [], [("", f"The table has {len(given):,} rows; keep the {MOST_ROWS} that matter most.")]
    rows, left_out, blank = [], [], 0
    fractions = {column.name: _as_fractions(column, given) for column in columns if column.kind == "share"}
    for place, cells in enumerate(given, 1):
        if all(_is_empty(cell) for cell in cells.values()):
            blank += 1
            continue
        total = next((str(cell) for cell in cells.values() if isinstance(cell, str) and is_total(one_line(cell))), "")
        if total:
            left_out.append(f'Row {place} ("{one_line(total)}") is a total and was left out.')
            continue
        row: Row = {}
        for column in columns:
            if _is_empty(cells.get(column.name)):
                continue
            try:
                row[column.name] = _cell(column, cells[column.name], fractions.get(column.name, False))
            except AmountError as error:
                wrong.append((f" row {place}, {column.name}", f"Row {place}, {column.name}: {error}."))
        rows.append(row)
    if blank:
        left_out.append(f"{blank} blank row{'s were' if blank > 1 else ' was'} left out.")
    wrong += [] if wrong else _over_whole(columns, rows)
    return rows, left_out, wrong[:MOST_WRONG]


def shown_row(columns: Sequence[Column], row: Mapping[str, Any]) -> str:
    """Return a row in words: "Seals, 6 weeks, 40 %"."""
    cells = [shown_cell(column, row[column.name]) for column in columns if row.get(column.name) is not None]
    return ", ".join(cells)


def shown_cell(column: Column, value: object) -> str:
    """Return a cell in words, with the unit of its column."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return one_line(str(value))
    if column.kind == "share":
        return f"{value * 100:,.6g} %"
    return counted(value, "weeks" if column.kind == "weeks" else "")


def _given(columns: Sequence[Column], raw: object, wrong: Wrongs) -> list[dict[str, object]]:
    """Return the cells of every row by column name, still unread."""
    names = ", ".join(column.name for column in columns)
    if isinstance(raw, Mapping):
        raw = [raw]
    if isinstance(raw, str):
        raw = _cut(raw)
        if len(raw) == 1 and len(raw[0]) == 1 and len(columns) > 1:
            wrong.append(("", f"This is one piece of text and no table; enter a row with the columns {names}."))
            return []
    if not isinstance(raw, list) or not all(isinstance(row, Mapping | list | tuple) for row in raw):
        wrong.append(("", f"This is no table; enter rows with the columns {names}."))
        return []
    lists = [list(row) for row in raw if not isinstance(row, Mapping)]
    order: list[Column | None] = list(columns)
    if lists and sum(_column(columns, cell) is not None for cell in lists[0]) > len(lists[0]) / 2:
        heading = lists.pop(0)
        order = [_column(columns, cell) for cell in heading]
        strange = [str(cell) for cell, column in zip(heading, order, strict=True) if column is None]
        _unknown(strange, names, wrong)
    found: list[dict[str, object]] = []
    for place, cells in enumerate(lists, 1):
        if any(not _is_empty(cell) for cell in cells[len(order) :]):
            wrong.append((f" row {place}", f"Row {place} has {len(cells)} cells; the table has the columns {names}."))
        found.append({column.name: cell for column, cell in zip(order, cells, strict=False) if column is not None})
    for row in raw:
        if isinstance(row, Mapping):
            named = {str(key): _column(columns, key) for key in row}
            _unknown([key for key, column in named.items() if column is None], names, wrong)
            found.append({column.name: row[key] for key, column in named.items() if column is not None and key in row})
    return found


def _unknown(strange: Sequence[str], names: str, wrong: Wrongs) -> None:
    wrong += [
        (
            f" column {one_line(name)[:60]}",
            f'"{one_line(name)[:60]}" is no column of this table; its columns are {names}.',
        )
        for name in strange[:MOST_WRONG]
        if (f" column {one_line(name)[:60]}") not in {place for place, _ in wrong}
    ]


def _cut(text: str) -> list[list[str]]:
    lines = clean(text)
    mark = next((mark for mark in "\t;|" if mark in lines), ",")
    plain = "\n".join(line.strip().strip("|") if mark == "|" else line for line in lines.split("\n"))
    cut = list(csv.reader(StringIO(plain), delimiter=mark))
    return [row for row in cut if not all(re.fullmatch(r"[\s:-]*-[\s:-]*", cell) for cell in row)]


def _column(columns: Sequence[Column], name: object) -> Column | None:
    plain = _plain(str(name))
    return next((column for column in columns if _plain(column.name) == plain), None)


def _plain(name: str) -> str:
    bare = re.sub(r"[(\[].*?[)\]]", " ", one_line(name).casefold())
    return " ".join(re.findall(r"\w+", bare))


def _is_empty(cell: object) -> bool:
    if isinstance(cell, str):
        return clean(cell).casefold() in EMPTY
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def _as_fractions(column: Column, given: Sequence[Mapping[str, object]]) -> bool:
    """Say whether the shares without a percent sign are fractions: none of them is above 1."""
    bare = [row[column.name] for row in given if not _is_empty(row.get(column.name))]
    numbers = []
    for cell in bare:
        try:
            numbers.append(read_amount(cell, ""))
        except AmountError:
            continue
    return all(number <= 1 for number in numbers)


def _cell(column: Column, cell: object, fractions: bool) -> object:
    if column.kind == "text":
        text = clean(str(cell))
        if len(text) > LONGEST_TEXT:
            raise AmountError(f"the text has {len(text):,} characters; shorten it to {LONGEST_TEXT:,}")
        return text
    if column.kind == "yes or no":
        plain = clean(str(cell)).casefold().removesuffix(".0")
        if plain not in YES | NO:
            raise AmountError(f'"{one_line(str(cell))[:40]}" is neither yes nor no; enter yes or no, or leave it blank')
        return "yes" if plain in YES else "no"
    if column.kind == "date":
        return _date(cell)
    if column.kind != "share":
        return float(read_amount(cell, UNITS[column.kind]))
    if fractions and not is_percent(cell):
        return float(read_amount(cell, "", 0.0, 1.0))
    return float(read_amount(cell, "%")) / 100


def _date(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    text = one_line(str(cell))
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    for form in MONTHS:
        try:
            return datetime.strptime(text, form).date().isoformat()[:7]
        except ValueError:
            continue
    raise AmountError(
        f'"{text[:40]}" is no date that can be read in one way only; enter it like 2026-05-31 or May 2026'
    )


def _over_whole(columns: Sequence[Column], rows: Sequence[Row]) -> Wrongs:
    """Return where the parts of one whole add up to more than all of it."""
    wrong: Wrongs = []
    for column in columns:
        if column.kind != "share" or column.parts_of == "row":
            continue
        sums: dict[str, list[float]] = {}
        for row in rows:
            whole = "" if column.parts_of == "table" else str(row.get(column.parts_of, ""))
            if column.name in row:
                sums.setdefault(one_line(whole).casefold(), []).append(row[column.name])
        for whole, parts in sums.items():
            if math.fsum(parts) > 1 + ROUNDING:
                of = f" for {whole}" if whole else ""
                wrong.append(
                    (
                        f" {column.name}",
                        f"{column.name}{of} adds up to {math.fsum(parts) * 100:,.6g} %; shares of one whole are at "
                        "most 100 % together, so lower one of them.",
                    )
                )
    return wrong
