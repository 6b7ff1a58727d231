"""Reads a table of items as pasted from a spreadsheet or typed, and says what it left out and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tools.classification.columns import Column, Role, is_total, known_role, roles_of
from tools.classification.item_list import ItemList
from tools.classification.items_result import WrongItem
from tools.classification.numbers import decimal_marks, is_unclear, read_number
from tools.classification.product_result import ClassificationError, Wrong
from tools.classification.table_lines import Line, cut_lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_LINES = 100_000
MOST_CHARACTERS = 20_000_000
MOST_COLUMNS = 1000
MOST_NUMERIC = 0.5
SAMPLE = 1000
YEARS = range(1990, 2100)
EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "nan", "null", "none", "#n/a"})
NUMERIC: tuple[Role, ...] = ("value", "unit_cost", "demand", "period")


@dataclass(frozen=True)
class TableRead:
    """A table as understood.

    Attributes:
        items: the lines that can be classified.
        columns: what each column was taken for.
        decimal: the decimal mark, "." or ",".
        invalid: lines that cannot be right, each with its number and why.
        left_out: lines that are no items (titles, totals), in sentences.
        warnings: what may be misread.
        assumptions: what was taken for granted.
    """

    items: ItemList
    columns: list[Column]
    decimal: str
    invalid: list[WrongItem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)


def read_table(text: str, *, columns: Mapping[int, Role] | None = None, decimal: str | None = None) -> TableRead:
    """Read items with values, unit costs or demand by period from text.

    Args:
        text: lines with tabs, semicolons, bars, commas or spaces between cells, with a header or without; or "A: 5".
        columns: what columns are, by place from 0 on, where the header does not say it or says it wrongly.
        decimal: the decimal mark, "." or ",", where the numbers do not show it.

    Raises:
        ClassificationError: for empty or too long text, or a table without numbers that can be used.
    """
    lines = _lines(text)
    lines, before = _table_only(lines)
    headed = _is_headed(lines)
    width = len(lines[0].cells) if headed else Counter(len(line.cells) for line in lines).most_common(1)[0][0]
    header, body = (lines[0].cells, lines[1:]) if headed else ([""] * width, lines)
    numeric = [
        _is_numeric(line.cells[place] for line in body[:SAMPLE] if place < len(line.cells)) for place in range(width)
    ]
    found, assumed = roles_of(header, numeric, columns or {})
    roles = [column.role for column in found]
    if not set(NUMERIC) & set(roles):
        raise ClassificationError([Wrong(input="table", reason=_unusable(found, numeric))])
    used = [place for place, role in enumerate(roles) if role in NUMERIC]
    cells = [line.cells[place] for line in body for place in used if place < len(line.cells)]
    mark, doubts = _decimal(cells, decimal)
    reader = _Reader(found, mark, width)
    kept = reader.read(body)
    table = TableRead(kept, found, mark, reader.invalid, [*before, *reader.left_out], doubts, assumed)
    if reader.blank:
        empty = "1 empty cell counts" if reader.blank == 1 else f"{reader.blank:,} empty cells count"
        table.assumptions.append(f"{empty} as no demand in that period.")
    unused = [column.header for column in found if column.role == "ignored" and column.header]
    if unused:
        table.warnings.append(f"Not used: {', '.join(unused[:8])}.")
    if headed and not any(known_role(cell)[1] for cell in header):
        table.assumptions.append(f"Line {lines[0].number} ({', '.join(header)[:80]}) is taken for the header.")
    repeated = len(kept.names) - len(set(kept.names))
    if repeated:
        table.warnings.append(
            f"{repeated:,} of {len(kept.names):,} lines have the name of another and count as items of their own; add "
            "them up first if they are the same item."
        )
    return table


@dataclass
class _Reader:
    columns: list[Column]
    decimal: str
    width: int
    invalid: list[WrongItem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    blank: int = 0

    def read(self, body: Sequence[Line]) -> ItemList:
        by_role = {role: [one.place for one in self.columns if one.role == role] for role in ("name", *NUMERIC)}
        names: list[str] = []
        numbers: list[int] = []
        rows: dict[int, list[float]] = {place: [] for role in NUMERIC for place in by_role[role]}
        for place, line in enumerate(body):
            name = _cell(line, by_role["name"][0]) if by_role["name"] else ""
            if is_total(name) or (not name and by_role["name"] and place == len(body) - 1):
                self.left_out.append(
                    f"Line {line.number} ({name or 'without a name'}) is left out as a line of totals."
                )
                continue
            name = name or f"line {line.number}"
            read = self._numbers(line, name, rows)
            if read is not None:
                names.append(name)
                numbers.append(line.number)
                for column, value in read.items():
                    rows[column].append(value)
        demand = [*by_role["demand"], *by_role["period"]]
        return ItemList(
            names=names,
            values=_array([rows[place] for place in by_role["value"]], 0),
            unit_cost=_array([rows[place] for place in by_role["unit_cost"]], 0),
            demand=_array([rows[place] for place in demand], None),
            lines=numbers,
            periods=tuple(self.columns[place].header for place in by_role["period"]),
        )

    def _numbers(self, line: Line, name: str, wanted: Mapping[int, object]) -> dict[int, float] | None:
        if len(line.cells) > self.width and any(line.cells[self.width :]):
            reason = (
                f"Line {line.number} ({name}) has {len(line.cells)} cells, but the table has {self.width}; quote cells "
                "that hold the mark between cells."
            )
            self.invalid.append(WrongItem(line=line.number, item=name, input="table", reason=reason))
            return None
        read: dict[int, float] = {}
        for place in wanted:
            column, cell = self.columns[place], _cell(line, place)
            value = read_number(cell, self.decimal)
            if value is None and cell.casefold() in EMPTY and column.role == "period":
                value, self.blank = 0.0, self.blank + 1
            if value is None:
                self._refuse(line, name, column, cell)
                return None
            read[place] = value
        return read

    def _refuse(self, line: Line, name: str, column: Column, cell: str) -> None:
        where = column.header or {"value": "value", "unit_cost": "unit cost"}.get(column.role, "demand")
        what = f"{cell!r}, which is no number" if cell else "empty"
        if decimal_marks([cell]) - {self.decimal}:
            what = f"{cell!r}, but the other numbers have the decimal mark {self.decimal!r}"
        reason = f"Line {line.number} ({name}): {where} is {what}; put a number there, or leave the line out."
        self.invalid.append(WrongItem(line=line.number, item=name, input=where, reason=reason))


def _lines(text: str) -> list[Line]:
    if len(text) > MOST_CHARACTERS:
        reason = f"The text has {len(text):,} characters, more than {MOST_CHARACTERS:,}; paste it in parts."
        raise ClassificationError([Wrong(input="table", reason=reason)])
    lines = cut_lines(text)
    if not lines:
        reason = "The table is empty; paste lines with a name and a value each, or with demand by period."
        raise ClassificationError([Wrong(input="table", reason=reason)])
    if len(lines) > MOST_LINES:
        reason = f"The table has {len(lines):,} lines, more than {MOST_LINES:,}; classify the rest in Python."
        raise ClassificationError([Wrong(input="table", reason=reason)])
    wide = max(lines, key=lambda line: len(line.cells))
    if len(wide.cells) > MOST_COLUMNS:
        reason = (
            f"Line {wide.number} has {len(wide.cells):,} cells, more than {MOST_COLUMNS:,}; put each item on a line."
        )
        raise ClassificationError([Wrong(input="table", reason=reason)])
    return lines


def _table_only(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Part the table from titles and sentences around it: lines of one cell where others have several."""
    if max(len(line.cells) for line in lines) < 2:
        return list(lines), []
    single = [line for line in lines if len(line.cells) == 1]
    kept = [line for line in lines if len(line.cells) > 1]
    return kept, [f"Line {line.number} ({line.cells[0][:60]!r}) is left out: it has no second cell." for line in single]


def _is_headed(lines: Sequence[Line]) -> bool:
    """Say whether the first line names the columns: words above numbers, or words of columns.yaml, or periods."""
    first = lines[0].cells
    if len(lines) == 1 or not any(_is_number(cell) for line in lines[1:6] for cell in line.cells):
        return False
    if not any(_is_number(cell) for cell in first):
        return True
    named = not first[0] or known_role(first[0])[0] in ("name", "text")
    rest = [cell for cell in first[1:] if cell]
    bare = [cell for cell in rest if _is_number(cell)]
    if not rest or not all(known_role(cell)[0] for cell in rest):
        return False
    return len(bare) < len(rest) if not _counted(bare) else named


def _counted(cells: Sequence[str]) -> bool:
    """Say whether numbers count periods: 1, 2, 3 and so on, or years in order."""
    if not all(cell.isdigit() for cell in cells):
        return False
    counts = [int(cell) for cell in cells]
    rising = counts == list(range(counts[0], counts[0] + len(counts)))
    return rising and (counts[0] in YEARS or (counts[0] == 1 and len(counts) > 1))


def _is_number(cell: str) -> bool:
    return read_number(cell, ".") is not None or read_number(cell, ",") is not None


def _is_numeric(cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if cell.casefold() not in EMPTY]
    return bool(filled) and sum(map(_is_number, filled)) > MOST_NUMERIC * len(filled)


def _decimal(cells: Sequence[str], stated: str | None) -> tuple[str, list[str]]:
    if stated in (".", ","):
        return stated, []
    marks = decimal_marks(cells)
    unclear = next((cell for cell in cells if is_unclear(cell)), None)
    if len(marks) == 1:
        return marks.pop(), []
    if marks:
        most = max(".,", key=lambda mark: sum(decimal_marks([cell]) == {mark} for cell in cells))
        return most, [f"Numbers show both decimal points and commas; {most!r} is taken for the decimal mark."]
    if unclear is None:
        return ".", []
    other = "the decimal mark" if "." in unclear else "the mark of thousands"
    mark = "." if "." in unclear else ","
    return ".", [f"{unclear!r} can be read in two ways: {mark!r} is taken for {other}. Say so if it is the other."]


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _array(columns: Sequence[Sequence[float]], only: int | None) -> "NDArray[np.float64] | None":
    import numpy as np

    if not columns:
        return None
    return np.array(columns[only], dtype=float) if only is not None else np.array(columns, dtype=float).T


def _unusable(columns: Sequence[Column], numeric: Sequence[bool]) -> str:
    if not any(numeric):
        return "No column holds numbers; give each item a value, or demand by period."
    headers = [column.header or f"column {column.place + 1}" for column in columns if numeric[column.place]]
    return (
        f"It is unclear what the numbers are ({', '.join(headers[:6])}); put headers above them: value, unit cost, "
        "demand, or the name of a period."
    )
