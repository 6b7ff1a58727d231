"""Computes the formulas of a workbook again, from its inputs alone, as far as the report's formulas need."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import numpy as np
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

_TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<cell>(?:\w+!)?\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?)|(?P<number>\d+\.?\d*)'
    r"|(?P<name>[A-Z]+)(?=\()|(?P<sign><>|>=|<=|[-+*/^&=<>(),]))"
)


class FormulaError(Exception):
    pass


class Computed:
    """The cells of a workbook, formulas computed when they are asked for."""

    def __init__(self, book: Workbook):
        self.book = book
        self.known: dict[tuple[str, int, int], Any] = {}

    def at(self, sheet: str, row: int, column: int) -> Any:
        key = (sheet, row, column)
        if key not in self.known:
            cell = self.book[sheet].cell(row, column)
            value = _Reader(self, sheet, cell.value[1:]).whole() if cell.data_type == "f" else cell.value
            if isinstance(value, datetime | date):
                value = float(
                    (value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)).toordinal()
                )
            self.known[key] = value.item() if isinstance(value, np.generic) else value
        return self.known[key]

    def area(self, sheet: str, reference: str) -> Any:
        left, top, right, bottom = range_boundaries(reference.replace("$", ""))
        cells = [[self.at(sheet, row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)]
        return cells[0][0] if ":" not in reference else np.array(cells, dtype=object)


def formulas(book: Workbook) -> Iterator[tuple[str, Any]]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell) for cell in row if cell.data_type == "f")


class _Reader:
    def __init__(self, cells: Computed, sheet: str, text: str):
        self.cells, self.sheet = cells, sheet
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = _TOKEN.match(text, at)
            assert found is not None, f"cannot read {text[at:]!r} of {text!r}"
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind]))
            at = found.end()
        self.place = 0

    def whole(self) -> Any:
        value = self.compared()
        assert self.place == len(self.tokens), self.tokens[self.place :]
        return value

    def peek(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        self.place += 1
        return self.tokens[self.place - 1]

    def chain(self, signs: str, inner: Callable[[], Any], signs2: tuple[str, ...] = ()) -> Any:
        value = inner()
        while self.peek() and (self.peek() in signs2 or self.peek() in tuple(signs)):
            sign, other = self.take()[1], None
            other = inner()
            value = _calculated(sign, value, other)
        return value

    def compared(self) -> Any:
        return self.chain("=<>", self.joined, ("<>", ">=", "<="))

    def joined(self) -> Any:
        return self.chain("&", self.added)

    def added(self) -> Any:
        return self.chain("+-", self.multiplied)

    def multiplied(self) -> Any:
        return self.chain("*/", self.raised)

    def raised(self) -> Any:
        return self.chain("^", self.single)

    def single(self) -> Any:
        kind, word = self.take()
        if word == "-":
            return _number(self.single(), -1)
        if word == "(":
            value = self.compared()
            assert self.take()[1] == ")"
            return value
        if kind == "text":
            return word[1:-1].replace('""', '"')
        if kind == "number":
            return float(word)
        if kind == "cell":
            sheet, _, reference = word.rpartition("!")
            return self.cells.area(sheet or self.sheet, reference)
        assert self.take()[1] == "("
        given: list[Any] = []
        while self.peek() != ")":
            try:
                given.append(self.compared())
            except FormulaError as error:
                given.append(error)
                depth = 0
                while depth or self.peek() not in (",", ")"):
                    depth += {"(": 1, ")": -1}.get(self.take()[1], 0)
            if self.peek() == ",":
                self.take()
        self.take()
        return _called(word, given)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Any, factor: float = 1) -> Any:
    if isinstance(value, np.ndarray):
        return np.vectorize(lambda one: _number(one, factor), otypes=[object])(value)
    if isinstance(value, str):
        raise FormulaError(f"{value!r} is no number")
    return float(value or 0) * factor


def _ordered(value: Any) -> tuple[int, Any]:
    """As Excel orders: numbers, then text, then true and false."""
    return (2, value) if isinstance(value, bool) else (1, value.lower()) if isinstance(value, str) else (0, value or 0)


def _calculated(sign: str, left: Any, right: Any) -> Any:
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        return np.vectorize(lambda one, other: _calculated(sign, one, other), otypes=[object])(left, right)
    if sign == "&":
        return f"{left}{right}"
    one, other = _ordered(left), _ordered(right)
    compared = {"=": one == other, "<>": one != other}
    if sign in compared:
        return compared[sign]
    if sign in ("<", ">", "<=", ">="):
        return {"<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[sign]
    left, right = _number(left), _number(right)
    if sign == "/" and right == 0:
        raise FormulaError("division by 0")
    return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right,
            "^": lambda: left**right}[sign]()  # fmt: skip


def _fits(cell: Any, wanted: Any) -> bool:
    if isinstance(wanted, str) and wanted.endswith("*"):
        return isinstance(cell, str) and cell.lower().startswith(wanted[:-1].lower())
    assert not isinstance(wanted, str) or not re.search(r"[*?~<>=]", wanted), f"{wanted!r} is a pattern to Excel"
    return bool(_ordered(cell) == _ordered(wanted)) and cell is not None


def _flat(values: Any) -> list[Any]:
    return [one for value in values for one in (value.ravel().tolist() if isinstance(value, np.ndarray) else [value])]


def _rows(pairs: list[Any], count: int) -> list[int]:
    tests = list(zip(pairs[::2], pairs[1::2], strict=True))
    return [row for row in range(count) if all(_fits(area.ravel()[row], wanted) for area, wanted in tests)]


def _called(name: str, given: list[Any]) -> Any:
    if name == "IFERROR":
        return given[1] if isinstance(given[0], FormulaError) else given[0]
    if name == "IF":
        if isinstance(given[0], FormulaError):
            raise given[0]
        chosen = given[1] if given[0] else given[2]
        if isinstance(chosen, FormulaError):
            raise chosen
        return chosen
    for value in given:
        if isinstance(value, FormulaError):
            raise value
    flat = _flat(given)
    numbers = [one for one in flat if _is_number(one)]
    match name:
        case "N":
            return float(given[0]) if _is_number(given[0]) else 0.0
        case "ISNUMBER":
            if isinstance(given[0], np.ndarray):
                return np.vectorize(_is_number, otypes=[object])(given[0])
            return _is_number(given[0])
        case "AND":
            return all(flat)
        case "OR":
            return any(flat)
        case "MAX":
            return max([*numbers, 0.0]) if not numbers else max(numbers)
        case "SUM":
            return sum(numbers)
        case "COUNT":
            return len(numbers)
        case "COUNTA":
            return sum(one is not None for one in flat)
        case "COUNTIF":
            return sum(_fits(one, given[1]) for one in given[0].ravel())
        case "SUMIFS":
            cells = given[0].ravel()
            return sum(cells[row] for row in _rows(given[1:], len(cells)) if _is_number(cells[row]))
        case "AVERAGEIFS":
            cells = given[0].ravel()
            found = [cells[row] for row in _rows(given[1:], len(cells)) if _is_number(cells[row])]
            if not found:
                raise FormulaError("no numbers")
            return sum(found) / len(found)
        case "SUMPRODUCT":
            return sum(float(one) for one in flat if not isinstance(one, str))
        case "INDEX":
            return given[0][int(given[1]) - 1, int(given[2]) - 1]
    raise AssertionError(f"{name} is not known here")
