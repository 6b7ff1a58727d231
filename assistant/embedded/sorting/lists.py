"""Reads a list or table of stock items inside a message, what is wanted of it, and the limits that it states."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.quantities import Quantity, Reading, read_quantities
from assistant.embedded.sorting.columns_told import with_columns
from assistant.embedded.sorting.spoken import Kept, read_data
from tools.classification import ClassificationError, TableRead, read_table
from tools.classification.columns import known_role

Wanted = Literal["abc", "xyz", "pattern", "all"]
Limits = tuple[float, float]

FEWEST_DIGITS = 6
LONGEST_LEAD = 300
FEWEST = 2
LONG_ROW = 6
SHORT_ROW = 3
LONGEST = 4000
LEAST_PERCENT = 20
MOST_VARIATION = 12
MOST_HAVE = 0.6
MARKS = ("\t", "|", ";", ",")
_PLAIN_ROW = re.compile(r"[^\s,;|?]+(?:[ \t]*[,;|\t ][ \t]*-?\d[\d.]*)+")
_ROW_OF_COMMAS = re.compile(r"^\S[^,]*,[^,]*\d[^,]*(?:,[^,]*)*$")
_SPOKEN_SERIES = re.compile(
    r"(?P<name>[A-Za-z][\w-]*(?: \w+)?)\s*[:=]\s*(?P<numbers>\d[\d.]*(?:(?:\s*,\s*|\s+)\d[\d.]*){2,})(?!\w)"
)
_BARE_SERIES = re.compile(
    r"(?P<name>[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)?)\s+(?P<numbers>\d[\d.]*(?:\s+\d[\d.]*){3,})(?!\w)"
)
_ENDS_IN_NUMBER = re.compile(
    r"[\d.,)]\s*(?:[kKmM]|[$€£%]|eur|usd|gbp|chf|units?|pcs|pieces)?\s*[.;,|]?\s*$", re.IGNORECASE
)
_LIMITS = re.compile(
    r"(?P<first>\d+(?:[.,]\d+)?)\s*%?\s*(?:/|,|-|\N{EN DASH}|\band\b|\bund\b|&|\bto\b)\s*"
    r"(?P<second>\d+(?:[.,]\d+)?)\s*%?"
)
_ONE_ITEM = re.compile(
    r"(?P<name>[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f./#-]*(?:[ ]+(?!and\b|und\b)"
    r"[A-Za-z\u00c0-\u024f#][\w\u00c0-\u024f./-]*){0,3}(?:[ ]+\d+(?=\s+\d))?)"
    r"(?:\s*[:=]\s*|\s+-\s+|\s+)\(?(?P<number>(?:[$€£]\s?)?\d[\d.,]*(?<![.,])(?:\s?[kKmM])?(?:\s?(?:[$€£]|eur|usd)(?!\w))?)\)?(?![\w%])",
    re.IGNORECASE,
)
_POINTED = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
_BETWEEN_ITEMS = re.compile(r"[\s,;|]*(?:\b(?:and|und|&)\b)?[\s,;|]*")


class ListWords(Kept):
    """The whole of item_lists.yaml."""

    wanted: dict[Literal["abc", "xyz", "pattern"], tuple[str, ...]]
    never: tuple[str, ...]
    limits: tuple[str, ...]
    series: tuple[str, ...]
    asking: tuple[str, ...]
    item: str


@dataclass(frozen=True)
class SpokenItems:
    """A list of items: the table as read, what is wanted, and the limits stated (None where there are none).

    `abc` is in percent of cumulative value, `xyz` in coefficients of variation; `text` is the list as it was read.
    """

    table: TableRead
    wanted: Wanted
    abc: Limits | None
    xyz: Limits | None
    text: str


@cache
def list_words() -> ListWords:
    """Return the words for lists."""
    return ListWords.model_validate(read_data("item_lists"))


def read_items(text: str, reading: Reading | None = None) -> SpokenItems | None:
    """Return the list of items in a message, None if it has none.

    Args:
        text: a message with the list in lines or in one line, and sentences before or after it.
        reading: the quantities of the message, if they were read already.
    """
    table, list_text, said = _block(text) or _in_line(text) or _series(text, reading) or (None, "", "")
    if table is None or not len(table.items):
        return None
    abc, xyz = _limits(said)
    return SpokenItems(table, _wanted(said, table), abc, xyz, list_text)


def classes_wanted(text: str) -> bool:
    """Say whether a message has several numbers and names classes of stock items or a demand pattern."""
    if sum(sign.isdigit() for sign in text) < FEWEST_DIGITS:
        return False
    words = words_of(text[:LONGEST_LEAD] + " " + text[-LONGEST_LEAD:])
    if find(list_words().never, words):
        return False
    return any(find(list_words().wanted[name], words) for name in list_words().wanted)


Found = tuple[TableRead, str, str]


def _block(text: str) -> Found | None:
    """Return the table in the lines of a message, with what stands around it."""
    lines = text.splitlines()
    if len(lines) < FEWEST:
        return None
    lead = ""
    place = next((place for place, line in enumerate(lines) if any(sign.isdigit() for sign in line)), 0)
    if split := _after_colon(lines[place]):
        lead, lines[place] = split
    rows = _alike(lines, [place for place, line in enumerate(lines) if _is_row(line)])
    if len(rows) < FEWEST:
        return None
    first, last = rows[0], rows[-1]
    header = first - 1 if first and _is_header(lines[first - 1], lines[first]) else first
    said = "\n".join([*(line for place, line in enumerate(lines) if not header <= place <= last), lead])
    shown = lines[header : last + 1]
    body = _even(shown) if header < first else with_columns(shown, said, MARKS)
    table = _read(body)
    return (table, body, said) if table else None


def _alike(lines: Sequence[str], rows: list[int]) -> list[int]:
    """Leave out lines before and after the table that lack the mark which most of its lines have between cells."""
    for mark in MARKS:
        having = [place for place in rows if mark in lines[place]]
        if FEWEST <= len(having) > MOST_HAVE * len(rows):
            return [place for place in rows if having[0] <= place <= having[-1]]
    return rows


def _even(lines: Sequence[str]) -> str:
    """Return lines of a table, with tabs where only single spaces part as many cells in each as in its header."""
    widths = {len(line.split()) for line in lines if line.strip()}
    if len(widths) > 1 or any(mark in lines[0] for mark in MARKS):
        return "\n".join(lines)
    return "\n".join("\t".join(line.split()) for line in lines)


def _is_row(line: str) -> bool:
    """Say whether a line can be one of a table: it has a number, and no more words than a row would."""
    if _PLAIN_ROW.fullmatch(line):
        return not find(list_words().limits, words_of(line))
    bare = line.strip()
    if not any(sign.isdigit() for sign in bare) or bare.endswith("?"):
        return False
    if any(mark in bare for mark in MARKS[:3]):
        return True
    words = words_of(bare)
    if find(list_words().limits, words) and _LIMITS.search(bare):
        return False
    if not _ENDS_IN_NUMBER.search(bare):
        return bool(_ROW_OF_COMMAS.match(bare)) and len(bare.split()) <= LONG_ROW
    spoken = sum(1 for word in words if not word.text[0].isdigit())
    return spoken <= LONG_ROW and not (spoken >= SHORT_ROW and find(_asking(), words) and "," not in bare)


def _is_header(line: str, below: str) -> bool:
    """Say whether a line names the columns of the row below: as many cells, none of them a sentence."""
    if not line.strip() or line.rstrip().endswith((":", "?", ".", "!")):
        return False
    for mark in MARKS:
        if mark in below:
            return line.count(mark) == below.count(mark)
    cells = line.split()
    return len(cells) == len(below.split()) and all(known_role(cell)[0] for cell in cells)


def _after_colon(line: str) -> tuple[str, str] | None:
    """Split "abc please: pump 400" into the sentence and the first row."""
    lead, mark, rest = line.partition(":")
    asked = mark and find(_asking(), words_of(lead))
    return (lead, rest.strip()) if asked and any(sign.isdigit() for sign in rest) else None


def _in_line(text: str) -> Found | None:
    """Return the items on one line, "pump 40k, valve 5k" or "A: 1 2 3; B: 0 4 0", with what stands around them."""
    if len(text) > LONGEST:
        return None
    series = list(_SPOKEN_SERIES.finditer(text)) or list(_BARE_SERIES.finditer(text))
    rows = [(_item_name(one["name"]), *re.split(r"\s*,\s*|\s+", one["numbers"])) for one in series]
    if len(rows) >= FEWEST and len({len(row) for row in rows}) == 1:
        return _found(text, rows, series[0].start(), series[-1].end())
    best: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for one in _ONE_ITEM.finditer(text):
        run = [*run, one] if run and _BETWEEN_ITEMS.fullmatch(text[run[-1].end() : one.start()]) else [one]
        best = run if len(run) > len(best) else best
    rows = [(_item_name(one["name"]), one["number"]) for one in best]
    rows = [row for row in rows if row[0]]
    figures = sum(known_role(name)[0] in ("unit_cost", "demand", "ignored") for name, _ in rows)
    if len(rows) < FEWEST or figures >= FEWEST:
        return None
    return _found(text, rows, best[0].end("name") - len(rows[0][0]), best[-1].end())


def _found(text: str, rows: Sequence[tuple[str, ...]], start: int, end: int) -> Found | None:
    table = _read("\n".join("\t".join(row) for row in rows))
    return (table, text[start:end], f"{text[:start]}\n{text[end:]}") if table else None


def _item_name(name: str) -> str:
    """Return the name of an item without the words of asking before it; "" if it is none."""
    words = name.split()
    known = list_words()
    while len(words) > 1 and words[0].casefold().strip(":") in known.asking:
        words = words[1:]
    return "" if all(word.casefold() in (*known.limits, *known.asking) for word in words) else " ".join(words)


def _series(text: str, reading: Reading | None) -> Found | None:
    """Return a bare series of numbers: the demand of one item, or the value of one item each, by the words around."""
    if len(text) > LONGEST:
        return None
    quantities = (reading or read_quantities(text)).quantities
    longest = max((one for one in quantities if one.is_list), key=lambda one: len(one.values), default=None)
    if longest is None or len(longest.values) < FEWEST + 1:
        return None
    said = f"{text[: longest.start]}\n{text[longest.end :]}"
    words = list_words()
    numbers = [f"{value:g}" for value in longest.values]
    if find(words.series, words_of(said)):
        body = "\t".join([words.item, *(f"p{place}" for place in range(1, len(numbers) + 1))])
        body += "\n" + "\t".join([_series_name(longest, text) or words.item, *numbers])
    else:
        labels = longest.labels or [f"{words.item} {place}" for place in range(1, len(numbers) + 1)]
        body = "\n".join(f"{label}\t{number}" for label, number in zip(labels, numbers, strict=True))
    table = _read(body)
    return (table, longest.text, said) if table else None


def _series_name(series: Quantity, text: str) -> str:
    before = re.search(r"([A-Z][\w-]*\d[\w-]*)\s*[:=]?\s*$", text[: series.start])
    return before[1] if before else ""


def _read(body: str) -> TableRead | None:
    try:
        table = read_table(body)
        if not table.warnings or not _has_points_of_thousands(body):
            return table
        table = read_table(body, decimal=",")
    except ClassificationError:
        return None
    table.assumptions.append("Points in numbers such as 1.234 are taken for marks of thousands.")
    return table


def _has_points_of_thousands(body: str) -> bool:
    """Say whether all points in numbers stand before three digits, in two numbers at least."""
    pointed = _POINTED.findall(body[:LONGEST])
    return len(pointed) >= FEWEST and all(re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", one) for one in pointed)


def _wanted(said: str, table: TableRead) -> Wanted:
    words = words_of(said)
    named = {name for name, phrases in list_words().wanted.items() if find(phrases, words)}
    if len(named) == 1:
        return named.pop()
    demand = table.items.demand
    if not named and (demand is None or demand.shape[1] < FEWEST):
        return "abc"
    return "all"


def _limits(said: str) -> tuple[Limits | None, Limits | None]:
    """Return the limits of ABC and of XYZ that a message states: two rising numbers beside a word for limits."""
    abc: Limits | None = None
    xyz: Limits | None = None
    for found in _LIMITS.finditer(said):
        first, second = (float(found[name].replace(",", ".")) for name in ("first", "second"))
        before = words_of(re.split(r"[.!?\n]\s", said[max(0, found.start() - 60) : found.start()])[-1])[-8:]
        after = words_of(re.split(r"[.!?\n]\s", said[found.end() : found.end() + 25])[0])[:3]
        named = find((*list_words().limits, "abc", "xyz"), (*before, *after))
        if not named or first >= second:
            continue
        spread = [one.phrase for one in find(("abc", "xyz"), before)]
        if 1 < first < second <= 100 and first >= LEAST_PERCENT and abc is None and spread[-1:] != ["xyz"]:
            abc = (first, second)
        elif second <= 1 and spread[-1:] == ["abc"] and abc is None:
            abc = (100 * first, 100 * second)
        elif first > 0 and second <= MOST_VARIATION and xyz is None:
            xyz = (first, second)
        elif spread[-1:] == ["xyz"] and xyz is None and 1 < first < second <= 200:
            xyz = (first / 100, second / 100)
    return abc, xyz


def _asking() -> Sequence[str]:
    words = list_words()
    return (*words.asking, *(phrase for phrases in words.wanted.values() for phrase in phrases))
