"""Reads what was typed into the form of a node, line, risk, action and the like, and says of each value why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.pages.reviewing.item_fields import FIELDS, SOURCE_FIELDS, FieldKind, ItemField
from tools.risk.amounts import AmountError, read_amount
from tools.risk.checklist import LONGEST_LINE, LONGEST_TEXT
from tools.risk.errors import ReviewError, Wrong
from tools.risk.review import ItemKind

MOST_WEEKS = 520
MOST_FACTOR = 10
MOST_SOURCES = 100
MOST_NAMES = {"sub_tier": 50, "nodes": 1000}
FEWEST_NAMES = 100
MOST_USES = 200
ROUNDING = 1e-6  # shares typed with few digits may add up to a little over 1
_PARTS = re.compile(r"\s*[;\n]\s*")


def read_fields(kind: ItemKind, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the fields that were typed, as the item's model takes them.

    Raises:
        ReviewError: with one sentence for each value that cannot be taken.
    """
    reader = _Reader()
    read = reader.read(FIELDS[kind], typed)
    unknown = [name for name in typed if name not in {one.name for one in FIELDS[kind]}]
    if unknown:
        reader.wrong.append(Wrong(field=unknown[0], reason=f"There is no field {unknown[0][:60]!r} in this form."))
    if reader.wrong:
        raise ReviewError(reader.wrong)
    return read


class _RefusedError(ValueError):
    """One value cannot be taken; the message is the sentence for whoever typed it."""


@dataclass
class _Reader:
    wrong: list[Wrong] = field(default_factory=list)

    def read(self, fields: Sequence[ItemField], typed: Mapping[str, Any], place: str = "") -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in fields:
            if one.name not in typed:
                continue
            where = f"{place}{one.name}"
            try:
                found[one.name] = self._value(one, typed[one.name], where)
            except _RefusedError as error:
                self.wrong.append(Wrong(field=where, reason=str(error)))
        return found

    def _value(self, one: ItemField, raw: object, where: str) -> Any:
        if one.kind == "sources":
            return self._sources(raw, where)
        if one.kind == "uses":
            return self._uses(raw)
        if one.kind in ("names", "nodes"):
            return _names(one, raw)
        if isinstance(raw, bool):
            return raw if one.kind == "yes or no" else _refuse(f"{one.label} cannot be yes or no: type it in.")
        if isinstance(raw, list | dict):
            _refuse(f"{one.label} takes one value, not a list: type it in.")
        text = "" if raw is None else str(raw).strip()
        if not text:
            return _blank(one)
        return READ[one.kind](one, text)

    def _sources(self, raw: object, where: str) -> list[dict[str, Any]]:
        rows = [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
        if len(rows) > MOST_SOURCES:
            _refuse(f"{len(rows):,} sources are more than {MOST_SOURCES}: add up the smallest ones.")
        found = []
        for at, row in enumerate(rows):
            typed = {name: value for name, value in row.items() if name in {one.name for one in SOURCE_FIELDS}}
            if not any(typed.values()):
                continue  # a row that was added and left empty
            found.append(self.read(SOURCE_FIELDS, {"supplier": "", **typed}, f"{where}.{at}."))
        shares = [source["share"] for source in found if source.get("share") is not None]
        if sum(shares) > 1 + ROUNDING:
            _refuse(
                f"The shares of the sources add up to {100 * sum(shares):.4g} %, more than 100 %: lower one, or leave "
                "blank what is not known."
            )
        return found

    def _uses(self, raw: object) -> dict[str, float]:
        rows = raw if isinstance(raw, dict) else {}
        if len(rows) > MOST_USES:
            _refuse(f"{len(rows):,} product lines are more than {MOST_USES}: add up the smallest ones.")
        units = ItemField("units", "Units", "amount", "units")
        found = {}
        for name, amount in rows.items():
            text = "" if amount is None else str(amount).strip()
            if not text:
                continue
            try:
                found[_line(ItemField("line", "Product line"), str(name))] = _amount(units, text)
            except _RefusedError as error:
                _refuse(f"{str(name)[:60]}: {error}")
        return found


def _blank(one: ItemField) -> Any:
    if one.required:
        _refuse(f"{one.label} is empty: type it in.")
    if one.kind in ("line", "text", "node"):
        return ""
    if one.kind == "yes or no":
        return False
    if one.name in ("severity", "demand_factor", "kind", "status"):
        _refuse(f"{one.label} is empty: {'choose one' if one.choices else 'type it in'}.")
    return None


def _line(one: ItemField, text: str) -> str:
    found = " ".join(text.split())
    if len(found) > LONGEST_LINE:
        _refuse(f"{one.label} has {len(found):,} characters, more than {LONGEST_LINE}: shorten it.")
    return found


def _text(one: ItemField, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        _refuse(f"{one.label} has {len(text):,} characters, more than {LONGEST_TEXT:,}: shorten it.")
    return text


def _choice(one: ItemField, text: str) -> str:
    if text not in one.choices:
        _refuse(f"{one.label} cannot be “{text[:60]}”: choose {_either(one.choices)}.")
    return text


def _yes_or_no(one: ItemField, text: str) -> bool:
    if text.casefold() not in ("yes", "no", "true", "false"):
        _refuse(f"{one.label} cannot be “{text[:60]}”: choose yes or no.")
    return text.casefold() in ("yes", "true")


def _weeks(one: ItemField, text: str) -> float:
    return _number(one, text, "weeks", most=MOST_WEEKS)


def _share(one: ItemField, text: str) -> float:
    return _number(one, text, "%") / 100


def _money(one: ItemField, text: str) -> float:
    return _number(one, text, "money")


def _amount(one: ItemField, text: str) -> float:
    return _number(one, text, "units")


def _factor(one: ItemField, text: str) -> float:
    value = _number(one, text, "", most=MOST_FACTOR)
    if value == 0:
        _refuse(f"{one.label} is 0: enter a number above 0 and up to {MOST_FACTOR}, 1 for no change.")
    return value


def _rate(one: ItemField, text: str) -> int:
    if text not in ("1", "2", "3", "4", "5"):
        _refuse(f"{one.label} is “{text[:60]}”: choose one of the levels 1 to 5.")
    return int(text)


def _date(one: ItemField, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _RefusedError(f"{one.label} is “{text[:60]}”, which is no date: write it like 2027-03-31.") from None


def _names(one: ItemField, raw: object) -> list[str]:
    if isinstance(raw, list):
        parts = [str(part) for part in raw if isinstance(part, str | int | float)]
    else:
        parts = _PARTS.split(str(raw or ""))
    found = list(dict.fromkeys(_line(one, part) for part in parts if part.strip()))
    most = MOST_NAMES.get(one.name, FEWEST_NAMES)
    if len(found) > most:
        _refuse(f"{one.label}: {len(found):,} are more than {most:,}: leave some out.")
    for name in found if one.choices else ():
        _choice(one, name)
    return found


def _number(one: ItemField, text: str, unit: str, most: float | None = None) -> float:
    try:
        return read_amount(text, unit, least=0, most=most)
    except AmountError as error:
        raise _RefusedError(f"{one.label}: {error}, or leave it blank where it is not known.") from None


def _either(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"


def _refuse(reason: str) -> Any:
    raise _RefusedError(reason)


READ: Mapping[FieldKind, Callable[[ItemField, str], Any]] = {
    "line": _line,
    "node": _line,
    "text": _text,
    "choice": _choice,
    "yes or no": _yes_or_no,
    "weeks": _weeks,
    "share": _share,
    "money": _money,
    "amount": _amount,
    "factor": _factor,
    "rate": _rate,
    "date": _date,
}
