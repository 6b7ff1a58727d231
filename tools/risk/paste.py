"""Reads nodes and their sources from a table as people have it in a spreadsheet, and says what it could not read."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tools.metrics.shown import plural
from tools.risk.errors import refused
from tools.risk.paste_cells import Reading, is_thousands, mixed_marks, reading_of, says_time, table_decimal
from tools.risk.paste_columns import MONEY, NUMERIC, Heading, header_place, headings, known_role
from tools.risk.paste_nodes import NodeReader
from tools.risk.paste_result import ColumnRead, Pasted, Problem
from tools.risk.paste_rows import Rows, cut
from tools.risk.paste_words import is_empty

__all__ = ["ColumnRead", "Pasted", "Problem", "read_nodes"]

EXPECTED = (
    "Node, Category, TTR (weeks), Cover (weeks), Alternate share (%), Margin per week, Supplier, Country, Share (%)"
)
STAND_IN = {"supplier": "suppliers", "note": "descriptions", "sub_tier": "sub-tiers"}
"""Roles that can name the nodes where no column does, and what the column then holds."""
_UNITS = re.compile(r"\b(?:units?|qty|quantity|pieces|pcs|stück|menge)\b", re.IGNORECASE)


def read_nodes(text: str) -> Pasted:
    """Read nodes from a table with tabs, semicolons, bars or commas between its cells, and with a header.

    Several rows with one name are several sources of one node, and so are columns such as "Supplier 2". Times are
    turned into weeks, margins into money a week, spend into money a year, and shares into fractions. Rows are counted
    from 1 as in the spreadsheet.

    Raises:
        ReviewError: for text that is empty, above 2 MB, or whose columns have no header that is known.
    """
    rows, mark = cut(text)
    start, columns, notes = _columns(rows)
    columns = _timed(columns, rows[start:], notes)
    body = [(number, row) for number, row in enumerate(rows[start:], start + 1) if row]
    readings = _readings(columns, [row for _, row in body], mark, notes)
    unused = [one.header for one in columns if one.role in ("", "ignored") and one.header]
    if unused:
        notes.append(f"Not used: {', '.join(unused[:12])}{' and more' if len(unused) > 12 else ''}.")
    titles = sum(1 for row in rows[: start - 1] if row)
    left_out = [f"{plural(titles, 'row')} above the header left out."] if start > 0 and titles else []
    blank = len(rows) - start - len(body)
    if blank:
        left_out.append(f"{plural(blank, 'row')} without any value left out.")
    return NodeReader(columns, readings, notes, left_out).read(body)


def _columns(rows: Rows) -> tuple[int, list[Heading], list[str]]:
    """Return where the rows below the header begin, the columns, and what was assumed for that."""
    place = header_place(rows)
    first = next((at for at, row in enumerate(rows) if row), 0)
    if place is None and any(known_role(cell)[0] == "name" and known_role(cell)[1] > 1 for cell in rows[first]):
        place = first
    if place is None and max(map(len, rows)) == 1:
        return 0, [Heading(place=0, header="", role="name")], ["No header: every row is taken for the name of a node."]
    if place is None:
        raise refused(
            "table",
            f"No row names the columns, so it is unclear what the numbers are; put headers above, such as {EXPECTED}.",
        )
    columns = headings(rows[place])
    if any(column.role == "name" and column.source == 1 for column in columns):
        return place + 1, columns, []
    return place + 1, *_named_by(columns)


def _timed(columns: Sequence[Heading], rows: Rows, notes: list[str]) -> list[Heading]:
    """Take a column of stock whose cells name times, such as "3 weeks", for the cover; say what is not clear of it."""
    found = []
    for column in columns:
        cells = [row[column.place] for row in rows if column.place < len(row)] if column.role == "stock" else []
        filled = [cell for cell in cells if not is_empty(cell)]
        timed = [cell for cell in filled if says_time(cell)]
        if timed and not any(one.role == "cover" for one in columns):
            notes.append(f"{column.header}: {timed[0]!r} is a time, so the column is taken as stock cover.")
            if len(timed) < len(filled):
                notes.append(
                    f"{column.header}: numbers without a unit are taken as weeks, as no other unit stands there."
                )
            found.append(replace(column, role="cover"))
            continue
        if filled and not timed and not _UNITS.search(column.header):
            notes.append(
                f"{column.header}: no unit is said; the numbers are taken as units in stock and not as cover. If they "
                f"are weeks, head the column {column.header} (weeks)."
            )
        found.append(column)
    return found


def _named_by(columns: list[Heading]) -> tuple[list[Heading], list[str]]:
    """Let another column name the nodes where none is headed as their name."""
    for role, what in STAND_IN.items():
        found = next((column for column in columns if column.role == role and column.source == 1), None)
        if found:
            rest = [column for column in columns if role == "supplier" or column is not found]
            named = [replace(found, role="name"), *rest]
            return named, [f"No column names nodes: the {what} ({found.header}) are taken as nodes."]
    free = next((column for column in columns if not column.role and column.header), None)
    if free is None:
        raise refused("table", "No column names the nodes; head one of them Node, Part or Supplier.")
    named = [replace(free, role="name"), *(column for column in columns if column is not free)]
    return named, [f"No column names nodes: {free.header!r} is taken for their names."]


def _readings(columns: Sequence[Heading], rows: Rows, mark: str, notes: list[str]) -> dict[int, Reading]:
    """Return how each column of numbers is read, and add to the notes what was taken for granted."""
    cells = {
        column.place: [row[column.place] for row in rows if column.place < len(row) and not is_empty(row[column.place])]
        for column in columns
        if column.role in NUMERIC
    }
    plain = (cell for one in columns if one.role in NUMERIC for cell in cells[one.place] if not is_thousands(one, cell))
    decimal, doubt = table_decimal(plain, mark)
    notes += [doubt] if doubt else []
    readings = {
        column.place: reading_of(column, cells[column.place], decimal) for column in columns if column.role in NUMERIC
    }
    notes += [note for reading in readings.values() for note in reading.notes]
    place = next((column.place for column in columns if column.role == "name"), 0)
    for column in columns:
        if column.role in MONEY:
            told = [(row[place], row[column.place]) for row in rows if max(place, column.place) < len(row)]
            notes += mixed_marks(column, [(name, cell) for name, cell in told if not is_empty(cell)])
    return readings
