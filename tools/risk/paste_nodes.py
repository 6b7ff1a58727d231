"""Puts nodes together from the rows of a table: totals and headings left out, several rows as several sources."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.classification.columns import is_total
from tools.metrics.shown import listed, percent, plural
from tools.risk.amounts import AmountError
from tools.risk.checklist import LONGEST_LINE, LONGEST_TEXT
from tools.risk.paste_cells import Reading, amount
from tools.risk.paste_columns import MONEY, NUMERIC, OF_SOURCE, Heading, currency_of
from tools.risk.paste_result import ColumnRead, Pasted, Problem
from tools.risk.paste_words import basis, is_empty, kind, yes
from tools.risk.review import Node, Source
from tools.risk.sources import NEAR, counts_as, folded

MOST_SOURCES = 100
MOST_SUB_TIERS = 50
MOST_PROBLEMS = 500
_BARE_ONE = re.compile(r"1(?:[.,]0+)?")
FIELDS = {
    "margin": "margin_per_week", "affected": "share_affected", "ttr": "ttr_weeks", "cover": "cover_weeks",
    "alternate": "alternate_share", "switch": "switch_weeks", "stock": "stock", "kind": "kind", "critical": "critical",
    "ttr_basis": "ttr_basis", "category": "category", "evidence": "evidence", "note": "note",
}  # fmt: skip
"""Fields of a node by the role of their column."""
LONG = frozenset({"evidence", "note"})
UNUSED = frozenset({"", "name", "ignored"})
HEADING_IN = frozenset({"", "name", "ignored", "category"})
_TOTAL = re.compile(
    r"^(?:grand|sub|over ?all)?[ -]?totals?\b|^sum of\b|^(?:zwischen|gesamt)?summe\b|^gesamt(?:ergebnis)?\b", re.I
)
_TIERS = re.compile(r"[;\n|]|,\s|\s/\s")


@dataclass
class _Found:
    """A node as it is put together; `heading` is the category that stood above its first row."""

    name: str
    row: int
    heading: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)
    bare_one: bool = False  # one of its shares may be 1 % or all of it


@dataclass
class NodeReader:
    """Reads the rows below the header, one after the other."""

    columns: list[Heading]
    readings: Mapping[int, Reading]
    notes: list[str]
    left_out: list[str]
    problems: list[Problem] = field(default_factory=list)
    found: dict[str, _Found] = field(default_factory=dict)
    currencies: Counter[str] = field(default_factory=Counter)
    amounts: dict[tuple[int, str], float] = field(default_factory=dict)
    row: int = 0
    node: str = ""
    heading: str = ""
    continued: int = 0

    def read(self, body: Sequence[tuple[int, list[str]]]) -> Pasted:
        """Read all rows, each with its number, and return what came out."""
        above: _Found | None = None
        for self.row, cells in body:
            filled = [column for column in self.columns if not is_empty(_at(cells, column.place))]
            self.node = self._name(cells)
            self._check_width(cells)
            if not filled or self._is_total(cells, filled) or self._is_heading(cells, filled):
                continue
            if not self.node and above and any(column.role == "supplier" for column in filled):
                self.continued += 1
                self.node = above.name
            elif not self.node:
                self.left_out.append(f"Row {self.row} is left out: it has no name and continues no node.")
                continue
            else:
                above = self._started()
            if above:
                self._take(above, cells)
        return self._result()

    def _name(self, cells: Sequence[str]) -> str:
        place = next(column.place for column in self.columns if column.role == "name")
        name = _line(_at(cells, place))
        return "" if is_empty(name) else name

    def _check_width(self, cells: Sequence[str]) -> None:
        width = max(column.place for column in self.columns) + 1
        extra = [cell for cell in cells[width:] if cell]
        if extra:
            reason = (
                f"stands beyond the {plural(width, 'column')} of the header; quote cells that hold the mark between"
            )
            self._problem("", extra[0], f"{reason} cells, or give the column a header")

    def _is_total(self, cells: Sequence[str], filled: Sequence[Heading]) -> bool:
        """Say whether a row is one of totals or a transfer, and note that it is left out."""
        supplier = any(column.role == "supplier" and _at(cells, column.place) != self.node for column in filled)
        first = _line(_at(cells, filled[0].place))
        said = next((one for one in (self.node, first) if is_total(one)), "")
        if not said and not supplier and _TOTAL.match(self.node):
            said = self.node
        if said:
            self.left_out.append(f"Row {self.row} ({said[:60]}) is left out as a row of totals.")
        elif counts_as(self.node) == "transfer":
            self.left_out.append(f"Row {self.row} ({self.node[:60]}) is left out as a transfer within the company.")
        else:
            return False
        return True

    def _is_heading(self, cells: Sequence[str], filled: Sequence[Heading]) -> bool:
        """Say whether a row is a mere heading; without a column of categories it names that of the rows below."""
        width = len({column.place for column in self.columns if column.role not in ("", "ignored")})
        if width < 2 or len({column.place for column in filled}) > 1 or filled[0].role not in HEADING_IN:
            return False
        said = _line(_at(cells, filled[0].place))
        sentence = f"Row {self.row} ({said[:60]}) is left out: it holds nothing but a name"
        if filled[0].role == "category" or not any(column.role == "category" for column in self.columns):
            self.heading = said[:LONGEST_LINE]
            sentence += " and is taken for a heading, the category of the rows below"
        self.left_out.append(f"{sentence}; give it a value if it is a node.")
        return True

    def _started(self) -> _Found | None:
        if len(self.node) > LONGEST_LINE:
            self._problem("", self.node, f"is a name of {len(self.node)} characters; shorten it to {LONGEST_LINE}")
            return None
        return self.found.setdefault(folded(self.node) or self.node, _Found(self.node, self.row, self.heading))

    def _take(self, node: _Found, cells: Sequence[str]) -> None:
        """Take the values of a row into a node: its own, and those of one or several sources."""
        sources: dict[int, dict[str, Any]] = defaultdict(dict)
        for column in self.columns:
            cell = _at(cells, column.place)
            value = None if column.role in UNUSED or is_empty(cell) else self._value(column, cell)
            if value is None:
                continue
            if column.role in OF_SOURCE:
                node.bare_one = node.bare_one or self._is_bare_one(column, cell)
                sources[column.source][column.role] = value
            elif node.values.setdefault(FIELDS[column.role], value) != value and column.role not in LONG:
                reason = f"differs from an earlier row of {node.name[:60]}, which is kept; correct one of them"
                self._problem(column.header, cell, reason)
        for place in sorted(sources):
            self._add(node, sources[place])

    def _add(self, node: _Found, source: dict[str, Any]) -> None:
        supplier = str(source.setdefault("supplier", ""))
        internal = counts_as(supplier) if supplier else ""
        if internal:
            what = "a row of totals" if internal == "total" else "a transfer within the company"
            self.left_out.append(f"Row {self.row}: {supplier[:60]} is left out as {what}, no supplier.")
        elif source in node.sources:
            self.left_out.append(f"Row {self.row} repeats a source of {node.name[:60]} and is left out.")
        elif len(node.sources) >= MOST_SOURCES:
            self._problem(
                "", supplier, f"is one source more than the {MOST_SOURCES} that a node can have; leave some out"
            )
        else:
            node.sources.append(source)

    def _value(self, column: Heading, cell: str) -> Any:
        """Return the value of a cell, or None after saying what is wrong with it."""
        try:
            if column.role in NUMERIC:
                if column.role in MONEY and (code := currency_of(cell)):
                    self.currencies[code] += 1
                return self._amount(column, cell)
            return _CONVERTED[column.role](cell) if column.role in _CONVERTED else _text(cell, column.role in LONG)
        except AmountError as error:
            self._problem(column.header, cell, str(error))
            return None

    def _amount(self, column: Heading, cell: str) -> float:
        """Return the number of a cell; the same few stand in most rows, so each is read once."""
        if (column.place, cell) not in self.amounts:
            self.amounts[column.place, cell] = amount(self.readings[column.place], cell)
        return self.amounts[column.place, cell]

    def _is_bare_one(self, column: Heading, cell: str) -> bool:
        """Say whether a share is a 1 that may mean all as well as 1 %, as only the other numbers speak for percent."""
        taken = column.role == "share" and not column.percent and self.readings[column.place].in_percent
        return taken and bool(_BARE_ONE.fullmatch(cell.strip()))

    def _problem(self, column: str, cell: str, reason: str) -> None:
        value = _line(cell)[:60]
        where = f", {column}" if column else ""
        whose = f" ({self.node[:60]})" if self.node else ""
        sentence = f'Row {self.row}{whose}{where}: "{value}" {reason}.'
        self.problems.append(Problem(row=self.row, column=column, value=value, node=self.node, reason=sentence))

    def _result(self) -> Pasted:
        if self.continued:
            self.notes.append(f"{plural(self.continued, 'row')} without a name: further sources of the node above.")
        money = self.currencies + Counter(column.currency for column in self.columns if column.currency)
        if len(money) > 1:
            self.notes.append(
                f"Amounts stand in several currencies ({listed(sorted(money))}) and are taken as they are; bring them "
                "to one."
            )
        if not self.found:
            self.left_out.append("No row with the name of a node is left.")
        for found in self.found.values():
            self._check_sum(found)
        columns = [column for at, column in enumerate(self.columns) if column not in self.columns[:at]]
        return Pasted(
            nodes=[_node(found, self._kind()) for found in self.found.values()],
            problems=self.problems[:MOST_PROBLEMS],
            more_problems=max(0, len(self.problems) - MOST_PROBLEMS),
            left_out=self.left_out,
            notes=self.notes,
            columns=[ColumnRead(header=one.header, role="" if one.role == "ignored" else one.role) for one in columns],
            currency=next(iter(money)) if len(money) == 1 else "",
        )

    def _kind(self) -> str:
        places = {column.role: column.place for column in self.columns if column.source == 1}
        return "supplier" if places.get("supplier") == places["name"] else "part"

    def _check_sum(self, found: _Found) -> None:
        """Say where shares of one node are more than all of it; its shares are then left as not known."""
        shares = [source["share"] for source in found.sources if "share" in source]
        if found.bare_one and len(found.sources) == 1:
            self._doubt(found, "1", "can be 1 % or all of it, as this is the only source; enter 1 % or 100 %")
        if sum(shares) > 1 + NEAR:
            reason = f"adds up to {percent(sum(shares))}, more than 100 %; correct the shares of this node"
            self._doubt(found, " + ".join(percent(share) for share in shares), reason)

    def _doubt(self, found: _Found, said: str, reason: str) -> None:
        """Name the shares of a node that cannot be taken, and leave them as not known."""
        self.row, self.node = found.row, found.name
        header = next((column.header for column in self.columns if column.role == "share"), "")
        self._problem(header, said, reason)
        for source in found.sources:
            source.pop("share", None)


def _node(found: _Found, usual: str) -> Node:
    values: dict[str, Any] = {"kind": usual, "category": found.heading} | found.values
    return Node(name=found.name, sources=[Source(**source) for source in found.sources], **values)


def _line(cell: str) -> str:
    """Return a cell, cleaned when it was cut, without line ends and double spaces."""
    return " ".join(cell.split())


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _text(cell: str, long: bool) -> str:
    text, most = (cell, LONGEST_TEXT) if long else (_line(cell), LONGEST_LINE)
    if len(text) > most:
        raise AmountError(f"is {len(text):,} characters long; shorten it to {most:,}")
    return text


def _sub_tiers(cell: str) -> list[str]:
    tiers = [_line(tier) for tier in _TIERS.split(cell) if tier.strip()]
    if len(tiers) > MOST_SUB_TIERS:
        raise AmountError(f"names {len(tiers)} sub-tiers; keep the {MOST_SUB_TIERS} that matter most")
    return [_text(tier, False) for tier in tiers]


_CONVERTED: dict[str, Callable[[str], Any]] = {
    "kind": kind,
    "critical": yes,
    "ttr_basis": basis,
    "sub_tier": _sub_tiers,
}
