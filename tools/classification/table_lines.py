"""Cuts pasted text into lines of cells, whatever stands between them: tabs, semicolons, bars, commas or spaces."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO

from tools.classification.numbers import read_number

RULE = re.compile(r"^[\s|:+=`~-]*$")
LISTED = re.compile(r"^(?P<name>.*\S)(?:\s*[:=]\s*|\s+)(?P<number>\S+(?:\s\d{3})*)\s*$")
BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+(?=\S)")
NUMBER = re.compile(r"[-+]?[\d.,]*\d")
GLUED = re.compile(r"(?<=[^\W\d])\s*[:=]\s*(?=[-+]?\d)")
BARE = re.compile(r"^\s*\d+,\d+\s*$")
GAP = re.compile(r"\s*;\s*|,\s+|\s+")
PARTED = re.compile(r"[;,]\s+|\s+and\s+|\s*;\s*")
SAMPLE = 200
LONGEST_TYPED = 1000
FEWEST = 2
MOST_LEFT = 0.5


@dataclass(frozen=True)
class Line:
    """One line of the text, its number from 1 on, and its cells."""

    number: int
    cells: list[str]


Cutter = Callable[[str], list[str]]


def cut_lines(text: str) -> list[Line]:
    """Return the lines that are not empty and no rules, cut into cells in the way that fits most of them."""
    lines = [(place, line) for place, line in enumerate(text.lstrip("\ufeff").splitlines(), 1) if not RULE.match(line)]
    if len(lines) == 1:
        lines = _one_line(*lines[0])
    if not lines:
        return []
    cutter = _best([line for _, line in lines[:SAMPLE]])
    cut = [Line(place, [cell.strip() for cell in cutter(line)]) for place, line in lines]
    return _numbered_names(cut) if cutter is _series else cut


def _numbered_names(lines: list[Line]) -> list[Line]:
    """Give names their number back where all share the word before it: "item 1 500", "item 2 300"."""
    if len(lines) < 2 or len({line.cells[0] for line in lines}) > 1 or min(len(line.cells) for line in lines) < 3:
        return lines
    return [Line(line.number, [" ".join(line.cells[:2]), *line.cells[2:]]) for line in lines]


def _one_line(place: int, line: str) -> list[tuple[int, str]]:
    parts = [part for part in PARTED.split(line.strip().rstrip(".")) if part]
    return [(place, part) for part in parts] if len(parts) > 1 and all(map(_is_listed, parts)) else [(place, line)]


def _is_listed(part: str) -> bool:
    found = LISTED.match(part) if len(part) < LONGEST_TYPED else None
    return bool(found and _numeric(found["number"]))


def _numeric(cell: str) -> bool:
    return any(read_number(cell, mark) is not None for mark in ".,")


def _best(sample: Sequence[str]) -> Cutter:
    comma = _quoted(",")
    glued = any(re.search(r",\s.*\d,\d", line) for line in sample)
    cutters: list[Cutter] = [_quoted("\t"), _bars, _colon, _colon_series, _quoted(";")]
    cutters += [*([_comma_space] if glued else []), _typed, comma, _wide_spaces, _series, _listed]
    fits = [_fit(cutter, sample) for cutter in cutters]
    best = cutters[fits.index(max(fits))]
    if best is _typed and len({cells[0] for cells in map(_typed, sample)}) < len(sample):
        best = comma  # "item 1,500" and "item 2,300" are names and numbers
    return best if max(fits) > MOST_LEFT else _whole


def _fit(cutter: Cutter, sample: Sequence[str]) -> float:
    """Return the share of lines that get the usual number of cells, at least two; a bare word or number gets none."""
    widths = Counter(len(cutter(line)) for line in sample)
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return lines / len(sample) if width > 1 else 0.0


def _quoted(mark: str) -> Cutter:
    def cut(line: str) -> list[str]:
        try:
            return next(csv.reader(StringIO(line), delimiter=mark, skipinitialspace=True), [line])
        except csv.Error:  # a cell longer than csv reads
            return [line]

    return cut


def _bars(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|") if "|" in line else [line]


def _whole(line: str) -> list[str]:
    return [line]


def _comma_space(line: str) -> list[str]:
    """Cut at commas with a space behind, where commas without one stand inside numbers: "bolt, 1,200"."""
    return [line] if '"' in line else re.split(r",\s+", line)


def _colon(line: str) -> list[str]:
    """Cut a name from its number at a colon or an equals sign: "bolt: 1 200,50"."""
    name, mark, number = re.sub("=", ":", BULLET.sub("", line), count=1).partition(":")
    return [name, number] if mark and name.strip() and _numeric(number.strip()) else [line]


def _typed(line: str) -> list[str]:
    """Cut a name from a number behind a space whose comma is its own: "bolt 1200,50"."""
    cells = _listed(line)
    own = len(cells) > 1 and line.count(",") == 1 and re.search(r"\d,\d", cells[1])
    return cells if own and not BARE.match(line) else [line]


def _wide_spaces(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())


def _listed(line: str) -> list[str]:
    bare = BULLET.sub("", line)
    found = LISTED.match(bare) if len(bare) < LONGEST_TYPED else None
    return [found["name"].rstrip(" :=-"), found["number"]] if found and _is_listed(bare) else [line]


def _series(line: str) -> list[str]:
    """Cut a name with several numbers behind it: "pump 12 0 5"."""
    words = GAP.split(GLUED.sub(": ", BULLET.sub("", line.strip()), count=1))
    first = len(words)
    while first > 1 and NUMBER.fullmatch(words[first - 1]):
        first -= 1
    if len(words) - first < FEWEST:
        return [line]
    return [" ".join(words[:first]).rstrip(" :="), *words[first:]]


def _colon_series(line: str) -> list[str]:
    """Cut a name with several numbers behind a colon: "pump: 12, 0, 5"."""
    cells = _series(line)
    return cells if len(cells) > 1 and re.match(re.escape(cells[0]) + r"\s*[:=]", BULLET.sub("", line)) else [line]
