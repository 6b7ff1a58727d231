"""Says what the columns of a pasted table are: names, values, unit costs, demand by period, or of no use here."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("columns.yaml")

Role = Literal["name", "text", "value", "unit_cost", "demand", "period", "ignored"]

MONTH = (
    "jan|january|januar|feb|february|februar|mar|march|märz|mrz|apr|april|may|mai|jun|june|juni|jul|july|juli|aug|"
    "august|sep|sept|september|oct|october|okt|oktober|nov|november|dec|december|dez|dezember"
)
PERIOD = re.compile(
    rf"^(?:(?:demand|sales|usage|units|qty|bedarf)[\s_-]+)?(?:(?:{MONTH})[\s.'/-]*(?:\d{{2}}|\d{{4}})?|"
    rf"\d{{1,2}}[\s/-]+(?:{MONTH})[\s/-]+\d{{2,4}}|"
    r"(?:19|20)\d\d(?:[-/.]?(?:q[1-4]|w?\d{1,2}|h[12]))?(?:[-/.]\d{1,2})?|\d{1,2}[-/.](?:19|20)\d\d|"
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|"
    r"(?:q|w|wk|kw|cw|m|p|d|h|t|week|month|period|quarter|day|year|woche|monat|quartal|periode)[\s_.-]*\d{1,4}"
    r"(?:[\s/-]*(?:19|20)?\d\d)?|\d{1,3})$"
)
MARKS = re.compile(r"[_\s]+")
UNITS = re.compile(r"\s*[(\[].*?[)\]]|\b(?:gbp|eur|usd|chf)\b|[$€£¥]")


class Column(BaseModel):
    """A column: its place from 0 on, its header ("" if it has none), and what it was taken for."""

    model_config = ConfigDict(frozen=True)

    place: int
    header: str
    role: Role


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the words of columns.yaml by role."""
    read = yaml.safe_load(FILE.read_text("utf-8"))
    return {role: tuple(str(word).casefold() for word in listed) for role, listed in read.items()}


def is_total(name: str) -> bool:
    """Say whether a name is that of a line of totals: nothing but "total" or another word for it."""
    return name.casefold().strip(" :.*") in words()["totals"]


def known_role(header: str) -> tuple[Role | None, int]:
    """Return the role that a header names, and how surely (0 if it names none)."""
    plain = MARKS.sub(" ", UNITS.sub(" ", header.casefold())).strip(" .:")
    if PERIOD.match(plain):
        return "period", 100
    roles: tuple[Role, ...] = ("name", "text", "value", "unit_cost", "demand", "ignored")
    for role in roles:
        if plain in words()[role]:
            return role, 100 - words()[role].index(plain)
    found: list[tuple[int, Role]] = [
        (len(word), role)
        for role in roles
        for word in words()[role]
        if len(word) > 2 and re.search(rf"\b{re.escape(word)}\b", plain)
    ]
    length, role = max(found, default=(0, "text"), key=lambda pair: pair[0])
    return (role, min(50, length)) if found else (None, 0)


def roles_of(
    headers: Sequence[str], numeric: Sequence[bool], stated: Mapping[int, Role]
) -> tuple[list[Column], list[str]]:
    """Return the role of each column, and what was assumed.

    Args:
        headers: the headers, "" where there is none.
        numeric: which columns hold numbers.
        stated: roles that a person chose, by place.
    """
    found = [known_role(header) for header in headers]
    roles: dict[int, Role] = {}
    for role in ("value", "unit_cost", "demand"):
        ranked = sorted((-sure, place) for place, (known, sure) in enumerate(found) if known == role and numeric[place])
        roles |= {place: role if not rank else "ignored" for rank, (_, place) in enumerate(ranked)}
    for place, (known, _) in enumerate(found):
        if known in ("period", "ignored") and numeric[place]:
            roles[place] = known
    assumed = []
    named = sorted(
        (not numeric[place], known == "name", sure, -place)
        for place, (known, sure) in enumerate(found)
        if known == "name" or (not numeric[place] and known in (None, "text"))
    )
    if named:
        best = max(named, key=lambda one: (one[1], one[2] if one[1] else 0, one[0], one[3]))
        roles[-best[3]] = "name"
    elif len(headers) > 1 and numeric[0] and roles.get(0) is None:
        roles[0] = "name"
    if "period" in roles.values() and "demand" in roles.values():
        roles = {place: "ignored" if role == "demand" else role for place, role in roles.items()}
    if "period" in roles.values():
        totals = [place for place, role in roles.items() if role == "value" and is_total(headers[place])]
        roles |= dict.fromkeys(totals, "ignored")
    roles |= {place: role for place, role in stated.items() if place < len(headers)}
    open_ = [place for place in range(len(headers)) if place not in roles and numeric[place]]
    useful = {"value", "unit_cost", "demand", "period"} & set(roles.values())
    if not useful and len(open_) == 1:
        roles[open_[0]] = "value"
        assumed.append(f"The column of numbers{_called(headers[open_[0]])} is taken for values.")
    elif not useful and len(open_) > 2:
        roles |= dict.fromkeys(open_, "period")
        assumed.append(f"The {len(open_)} columns of numbers are taken for demand by period.")
    columns = [
        Column(place=place, header=header, role=roles.get(place, "ignored" if numeric[place] else "text"))
        for place, header in enumerate(headers)
    ]
    return columns, assumed


def _called(header: str) -> str:
    return f" ({header})" if header else ""
