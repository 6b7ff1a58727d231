"""Cuts text pasted from a spreadsheet into rows of cells, whatever stands between them, quoted cells included."""

import csv
import re
from collections.abc import Sequence
from io import StringIO

from tools.risk.errors import refused
from tools.risk.paste_columns import LOOKED_AT, header_place, known_role
from tools.risk.plain import clean

MOST_BYTES = 2_000_000
MOST_COLUMNS = 200
MOST_BREAKS = 20
MARKS = ("\t", ";", "|", ",")
_RULE = re.compile(r"^[\s|:+=`~_-]*$")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")

Rows = list[list[str]]


def cut(text: str) -> tuple[Rows, str]:
    """Return the rows of a text, blank ones as empty lists, and the mark between its cells.

    Raises:
        ReviewError: for text that is empty, above 2 MB, or of more than 200 columns.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise refused(
            "table",
            f"The table has {size / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f} MB; paste only the columns and rows "
            "that matter, or in parts.",
        )
    plain = _LINE_ENDS.sub("\n", text.lstrip("\ufeff")).rstrip("\n")
    if not plain.strip():
        raise refused("table", "The table is empty; copy the rows with their header from the spreadsheet.")
    rows, mark = max(((_parsed(_head(plain), mark), mark) for mark in MARKS), key=lambda one: _fit(*one))
    rows = _parsed(plain, mark)
    widest = max(map(len, rows), default=0)
    if widest > MOST_COLUMNS:
        raise refused(
            "table", f"A row has {widest:,} cells, more than {MOST_COLUMNS}; paste only the columns that matter."
        )
    return [[] if _is_rule(row, mark) else row for row in rows], mark


def _head(text: str) -> str:
    end = 0
    for _ in range(2 * LOOKED_AT):
        found = text.find("\n", end)
        if found < 0:
            return text
        end = found + 1
    return text[:end]


def _fit(rows: Rows, mark: str) -> tuple[int, float, int]:
    """Return how well a mark parts the rows: columns known, then rows with several cells, then the usual order."""
    place = header_place(rows)
    known = len({known_role(cell)[::2] for cell in rows[place] if known_role(cell)[1]}) if place is not None else 0
    filled = [row for row in rows if any(row)]
    several = sum(len(row) > 1 for row in filled) / len(filled) if filled else 0.0
    return known, several, -MARKS.index(mark)


def _parsed(text: str, mark: str) -> Rows:
    """Return the rows; quotes are taken as plain text where they would swallow what stands behind them."""
    if mark == "|" and all(line.startswith("|") for line in text.split("\n") if line.strip()):
        text = "\n".join(line.strip().removeprefix("|").removesuffix("|") for line in text.split("\n"))
    try:
        rows = [list(map(_cell, row)) for row in csv.reader(StringIO(text, newline=""), delimiter=mark)]
        if not any(_swallows(cell, mark) for row in rows for cell in row):
            return rows
    except csv.Error:  # a quote without its end makes a cell longer than csv reads
        pass
    return [list(map(_cell, line.split(mark))) for line in text.split("\n")]


def _swallows(cell: str, mark: str) -> bool:
    """Say whether a cell holds what must be other rows: a quote without its end opened it."""
    breaks = cell.count("\n")
    return breaks > MOST_BREAKS or (breaks > 0 and mark in cell and mark in "\t;")


def _cell(cell: str) -> str:
    return cell.strip() if cell.isascii() and cell.isprintable() else clean(cell)


def _is_rule(row: Sequence[str], mark: str) -> bool:
    """Say whether a row is blank or only draws a line."""
    return all(not cell for cell in row) or (mark == "|" and all(_RULE.match(cell) for cell in row))
