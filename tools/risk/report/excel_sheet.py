"""Writes one sheet of the workbook: title, heads, rows, formats, frozen heads, filters, widths and printing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from tools.risk.report.untrusted import clean, not_a_formula
from tools.risk.report.words import NO_LIMIT, UNKNOWN

WEEKS, MONEY, SHARE, POINTS, SCORE, DAY, WHOLE, TEXT = (
    "0.0",
    "#,##0",
    "0.0%",
    "#,##0",
    "0.0",
    "yyyy-mm-dd",
    "0",
    "General",
)
LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""
LINE_HEIGHT, HIGHEST_ROW = 13.5, 400
MANY_COLUMNS = 10
"""From here on a sheet is printed on A3."""
TITLE_ROW, HEAD_ROW, FIRST_ROW = 1, 3, 4


@dataclass(frozen=True)
class Formula:
    """A live formula, and the value that the report gives for it, kept so that programs that do not compute show it."""

    text: str
    value: float | str


Value = str | float | int | date | Formula | None


@dataclass(frozen=True)
class Head:
    """A column: its head with the unit, its width in characters, and the number format of its cells."""

    text: str
    width: float
    kind: str = TEXT


@dataclass
class Sheet:
    """A sheet that is being written; `values` are those of its formulas by cell."""

    sheet: Worksheet
    values: dict[str, float | str] = field(default_factory=dict)

    def title(self, text: str, note: str = "") -> None:
        """Write the sheet's title and a line under it."""
        self.put(TITLE_ROW, 1, text, bold=True, size=14, wrap=False)
        self.put(TITLE_ROW + 1, 1, note, wrap=False)

    def table(self, heads: Sequence[Head], rows: Sequence[Sequence[Value]], frozen: int = 1) -> int:
        """Write a table under the title, with a filter and frozen heads; return the number of its last row."""
        self.heads(HEAD_ROW, heads)
        for place, row in enumerate(rows, FIRST_ROW):
            self.row(place, row, heads)
        last = max(FIRST_ROW, FIRST_ROW + len(rows) - 1)
        self.sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(heads))}{last}"
        self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{FIRST_ROW}"
        self.sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        return last

    def heads(self, at: int, heads: Sequence[Head]) -> None:
        """Write the heads of a table and set the widths of its columns."""
        for column, head in enumerate(heads, 1):
            cell = self.put(at, column, head.text, bold=True)
            cell.alignment = _alignment(True, head.kind != TEXT)
            cell.fill, cell.border = _shade(), _line()
            self.width(column, head.width)

    def row(self, at: int, row: Sequence[Value], heads: Sequence[Head], bold: bool = False) -> None:
        """Write a row in the formats of its columns."""
        for column, (value, head) in enumerate(zip(row, heads, strict=True), 1):
            self.put(at, column, value, head.kind, bold=bold).border = _line()
        texts = ((value, head.width) for value, head in zip(row, heads, strict=True) if isinstance(value, str))
        self.fit(at, max((_lines(text, width) for text, width in texts), default=1))

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        kind: str = TEXT,
        *,
        bold: bool = False,
        size: int = 10,
        wrap: bool = True,
    ) -> Any:
        """Write a cell; text is made harmless, and only a Formula becomes one."""
        cell: Any = self.sheet.cell(row, column)
        match value:
            case Formula():
                cell.value = value.text
                self.values[cell.coordinate] = value.value
            case str():
                cell.value = cell_text(value)
                cell.data_type = "s"
            case _:
                cell.value = value
        cell.number_format = kind
        cell.font, cell.alignment = _font(bold, size), _alignment(wrap, kind != TEXT)
        return cell

    def line(self, row: int, text: str, first: int, last: int) -> None:
        """Write a text over several columns, on as many lines as it needs."""
        self.put(row, first, text)
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        wide = sum(self.sheet.column_dimensions[get_column_letter(at)].width for at in range(first, last + 1))
        self.fit(row, _lines(text, wide))

    def label(self, row: int, text: str) -> None:
        """Write a text into the first column, on as many lines as it needs there."""
        self.put(row, 1, text)
        self.fit(row, _lines(text, self.sheet.column_dimensions["A"].width))

    def fit(self, row: int, lines: int) -> None:
        """Make a row as high as its lines need; programs do not agree on doing so by themselves."""
        self.sheet.row_dimensions[row].height = min(HIGHEST_ROW, lines * LINE_HEIGHT + 2)

    def listed(self, cells: str, allowed: Sequence[str]) -> None:
        """Let cells take only some words."""
        rule = DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True, showErrorMessage=True)
        rule.error, rule.errorTitle = f"Choose one of: {', '.join(allowed)}.", "Not in the list"
        self._ruled(rule, cells)

    def between(self, cells: str, least: float, most: float, words: str) -> None:
        """Let cells take only numbers between two bounds."""
        rule = DataValidation(
            type="decimal", operator="between", formula1=str(least), formula2=str(most), showErrorMessage=True
        )
        rule.error, rule.errorTitle = f"Enter {words}.", "Cannot be right"
        self._ruled(rule, cells)

    def _ruled(self, rule: DataValidation, cells: str) -> None:
        for part in cells.split():
            rule.add(part)
        self.sheet.add_data_validation(rule)

    def width(self, column: int, width: float) -> None:
        """Set a column's width unless it is wider already."""
        known = self.sheet.column_dimensions[get_column_letter(column)]
        known.width = max(width, known.width if known.customWidth else 0)

    def printed(self) -> None:
        """Print on pages on their side, as wide as the sheet."""
        paper = 8 if self.sheet.max_column > MANY_COLUMNS else 9
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", paper
        self.sheet.page_setup.fitToWidth, self.sheet.page_setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        footer: Any = self.sheet.oddFooter
        footer.right.text = "&A, page &P of &N"
        self.sheet.sheet_view.showGridLines = False


def known(value: float | None) -> float | str:
    """Return a number, or in words that it is not known or without limit."""
    if value is None:
        return UNKNOWN
    return NO_LIMIT if math.isinf(value) else value


def cell_text(text: str) -> str:
    """Return text for a cell: clean, no formula, and not longer than Excel takes."""
    fit = not_a_formula(clean(text))
    return fit if len(fit) <= LONGEST_CELL else f"{fit[: LONGEST_CELL - 1]}…"


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of a width in characters."""
    return sum(-(-max(1, len(part)) // max(4, int(width * 1.02))) for part in clean(text).split("\n"))


@cache
def _font(bold: bool, size: int) -> Font:
    return Font(name="Calibri", size=size, bold=bold)


@cache
def _alignment(wrap: bool, right: bool) -> Alignment:
    return Alignment(vertical="top", wrap_text=wrap, horizontal="right" if right else "left", indent=0 if right else 1)


@cache
def _shade() -> PatternFill:
    return PatternFill("solid", fgColor="DFE5EB")


@cache
def _line() -> Border:
    return Border(bottom=Side(style="thin", color="C5CDD6"))
