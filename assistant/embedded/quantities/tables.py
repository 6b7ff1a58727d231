"""Finds tables that were pasted into a message: lines with the same number of cells, with or without a header."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

LINE = re.compile(r"[^\n]+")
RULE = re.compile(r"^[\s|:+-]+$")
GLUED_COMMA = re.compile(r"\d,\d{3}(?!\d)")
LONGEST_CELL = 60
FEWEST = 2
SPACES = "  "
SPACE = " "
MARKS = ("\t", "|", ";", ",", SPACES, SPACE)
FEWEST_SPACED = 3  # lines of a table whose cells only spaces part

Reading = Callable[[str], tuple[float | None, tuple[float, ...]]]


@dataclass(frozen=True)
class Table:
    """A pasted table: its place, its header (empty if it has none) and its other lines, as typed."""

    start: int
    end: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[float | None, ...], ...] = ()
    unclear: tuple[str, ...] = ()  # cells whose number can be read in two ways

    def column(self, name: str | int) -> list[float]:
        """Return the numbers of a column; KeyError if there is none, ValueError at a cell without a number."""
        place = self._place(name)
        return self._floats([(row[place], line[place]) for row, line in zip(self.rows, self.numbers, strict=True)])

    def row(self, name: str) -> list[float]:
        """Return the numbers of the line whose first cell is a name; KeyError and ValueError as for a column."""
        for row, line in zip(self.rows, self.numbers, strict=True):
            if row[0].casefold() == name.casefold():
                return self._floats(list(zip(row[1:], line[1:], strict=True)))
        raise KeyError(f"the table has no line {name!r}: it has {', '.join(row[0] for row in self.rows)}")

    def _place(self, name: str | int) -> int:
        width = len(self.rows[0])
        if isinstance(name, int):
            if -width <= name < width:
                return name
            raise KeyError(f"the table has no column {name}: it has {width}")
        folded = [cell.casefold() for cell in self.header]
        if name.casefold() not in folded:
            raise KeyError(f"the table has no column {name!r}: it has {', '.join(self.header) or 'no header'}")
        return folded.index(name.casefold())

    @staticmethod
    def _floats(cells: Sequence[tuple[str, float | None]]) -> list[float]:
        wrong = [cell for cell, number in cells if number is None]
        if wrong:
            raise ValueError(f"no single number in the cell {wrong[0]!r}: write one number there")
        return [number for _, number in cells if number is not None]


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str


def find_tables(text: str, read: Reading) -> tuple[Table, ...]:
    """Return the tables in a message; `read` returns the number of a cell and its other readings."""
    if "\n" not in text:
        return ()
    lines = [_Line(found.start(), found.end(), found.group()) for found in LINE.finditer(text)]
    tables, index = [], 0
    while index < len(lines):
        for mark in MARKS:
            block = _block(lines, index, mark)
            if mark == "\t" and _is_bill(block):
                index += len(block) - 1
                break
            fewest = FEWEST_SPACED if mark in (SPACES, SPACE) else FEWEST
            table = _table(block, mark, read) if len(block) >= fewest else None
            if table:
                tables.append(table)
                index += len(block) - 1
                break
        index += 1
    return tuple(tables)


def _block(lines: list[_Line], index: int, mark: str) -> list[_Line]:
    """Return the lines from one on that have as many cells as it, at least two."""
    width = len(_cells(lines[index].text, mark))
    if width < FEWEST or RULE.match(lines[index].text):
        return []
    if mark in (SPACES, SPACE) and any(sign.isdigit() for sign in lines[index].text):
        return []
    return list(_same_width(lines, index, mark, width))


def _same_width(lines: list[_Line], index: int, mark: str, width: int) -> Iterator[_Line]:
    for place in range(index, len(lines)):
        line = lines[place]
        rule = mark == "|" and RULE.match(line.text)
        if place > index and mark in (SPACES, SPACE) and not any(sign.isdigit() for sign in line.text):
            return
        if (place > index and line.start != lines[place - 1].end + 1) or not (
            rule or len(_cells(line.text, mark)) == width
        ):
            return
        yield line


def _cells(text: str, mark: str) -> tuple[str, ...]:
    text = text.strip("\r")
    if mark == "|":
        text = text.strip().removeprefix("|").removesuffix("|")
    if mark in (SPACES, SPACE):
        return tuple(re.split(r" {2,}" if mark == SPACES else r" +", text.strip())) if mark in text.strip() else ()
    return tuple(cell.strip() for cell in text.split(mark)) if mark in text else ()


def _table(block: list[_Line], mark: str, read: Reading) -> Table | None:
    lines = [_cells(line.text, mark) for line in block if not (mark == "|" and RULE.match(line.text))]
    if len(lines) < FEWEST or any(len(cell) > LONGEST_CELL for line in lines for cell in line):
        return None
    readings = [[read(cell) for cell in line] for line in lines]
    numbers = [tuple(number for number, _ in line) for line in readings]
    headed = _is_header(numbers)
    if mark in (SPACES, SPACE) and not _is_grid(headed, numbers):
        return None
    named = headed and not any(sign.isdigit() for sign in block[0].text)
    if mark == "," and not named and any(GLUED_COMMA.search(line.text) for line in block):
        return None
    body = numbers[headed:]
    if not body or not any(all(number is not None for number in column) for column in zip(*body, strict=True)):
        return _lying(block, lines, numbers, mark) if not headed else None
    if mark == "," and not headed and not any(number is None for line in numbers for number in line):
        return None
    unclear = [
        cell
        for line, row in zip(readings, lines, strict=True)
        for (_, others), cell in zip(line, row, strict=True)
        if others
    ]
    return Table(
        block[0].start, block[-1].end, lines[0] if headed else (), tuple(lines[headed:]), tuple(body), tuple(unclear)
    )


def _is_bill(block: list[_Line]) -> bool:
    """Say whether lines are but a name and its amount each: they are read as if they were written in a sentence."""
    lines = [_cells(line.text, "\t") for line in block]
    return len(lines) >= FEWEST and any(
        all(len(line) == FEWEST and line[name][:1].isalpha() for line in lines)
        and any(sign.isdigit() for sign in lines[0][1 - name])
        for name in (0, 1)
    )


def _is_grid(headed: bool, numbers: list[tuple[float | None, ...]]) -> bool:
    """Say whether spaces part cells: words above, and below them a name or a number and then only numbers."""
    return headed and all(number is not None for line in numbers[1:] for number in line[1:])


def _lying(
    block: list[_Line], lines: list[tuple[str, ...]], numbers: list[tuple[float | None, ...]], mark: str
) -> Table | None:
    """Return a table whose series are lines rather than columns, if one line is a name and then numbers."""
    lying = any(line[0] is None and all(number is not None for number in line[1:]) for line in numbers)
    if not lying or mark in (",", ";"):
        return None
    return Table(block[0].start, block[-1].end, (), tuple(lines), tuple(numbers))


def _is_header(numbers: list[tuple[float | None, ...]]) -> bool:
    """Say whether the first line names the columns: it has no number, and a column below has."""
    return all(number is None for number in numbers[0]) and any(
        number is not None for line in numbers[1:] for number in line
    )
