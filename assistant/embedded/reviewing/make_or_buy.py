"""Hears that making and buying are to be compared in a review, of what, and which figures were said of either."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import yaml

from assistant.embedded.quantities import Quantity, read_quantities
from assistant.embedded.reviewing.amounts import weeks_of
from assistant.embedded.reviewing.phrases import DATA

SHARES = ("duty", "disruption_chance", "defect_share", "holding_rate")
LONGEST_ITEM = 60
_ITEM = r"(?P<item>[^?.,;:!\d]+?)"
_END = r"(?=\s*(?:[?.,;:!]|$))"
_PARTS = re.compile(r"[;,\n]\s|\.\s|\b(?:and|but|while|whereas|against)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\band\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?:[A-Z]{3}\s?|[^\w\s]\s?)?\d")
_ARTICLE = re.compile(r"^(?:for|of|the|our|a|an|this|that|these|it|them)\b\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Costs:
    """What was said: units a year, the figures of either side by the fields of an option, and what has no place."""

    volume: float | None = None
    make: dict[str, float] = field(default_factory=dict)
    buy: dict[str, float] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
    what_if: bool = False

    @property
    def told(self) -> bool:
        """Whether any figure was said."""
        return bool(self.make or self.buy or self.volume is not None)


def item_asked(text: str) -> str:
    """Return what a message asks to make or to buy: "housing"; "" if it asks for no such comparison."""
    words = _words()
    if not re.match(rf"\W*{words['begins']}", text, re.IGNORECASE) and not text.rstrip().endswith("?"):
        return ""
    for pattern in words["asks"]:
        found = re.search(pattern.replace("{item}", _ITEM) + _END, text, re.IGNORECASE)
        if found:
            item = " ".join(found["item"].split())
            while item != (bare := _ARTICLE.sub("", item)):
                item = bare
            return item[:LONGEST_ITEM]
    return ""


def costs_in(text: str) -> Costs:
    """Return the figures of a message; a number whose side or kind is not said is left in `unplaced`."""
    words = _words()
    quantities = [one for one in read_quantities(text).quantities if not one.is_list and one.change in ("", "plus")]
    sides: dict[str, dict[str, float]] = {"make": {}, "buy": {}}
    volume: float | None = None
    unplaced: list[str] = []
    clauses = _clauses(text)
    owners = [_nearest(text[start:end], words["sides"], end - start) for start, end in clauses]
    side = next((owner for owner in owners if owner), "")  # of what comes before any side is named
    for (start, end), own in zip(clauses, owners, strict=True):
        clause = text[start:end]
        goes_on = bool(_GOES_ON.search(text[:start]) and _BEGINS.match(clause))  # "8 a unit and 25,000 a year"
        inside = [one for one in quantities if start <= one.start < end]
        for one in inside:
            near = _nearest(clause, words["sides"], one.start - start) or side
            upto = min([end, *(other.start for other in inside if other.start > one.start)])
            name = _field(clause, text[one.start : upto], one, sided=bool(own or (goes_on and side)))
            if name == "volume" and volume is None:
                volume = one.value
            elif name and name != "volume" and near and name not in sides[near]:
                sides[near][name] = _value(name, one)
            else:
                unplaced.append(one.text.strip())
        side = own or side
    guess = bool(re.search(words["what_if"], text, re.IGNORECASE))
    return Costs(volume, sides["make"], sides["buy"], tuple(unplaced), guess)


def _clauses(text: str) -> list[tuple[int, int]]:
    marks = [(mark.start(), mark.end()) for mark in _PARTS.finditer(text)]
    starts = [0, *(end for _, end in marks)]
    return list(zip(starts, [*(start for start, _ in marks), len(text)], strict=True))


def _nearest(clause: str, sides: dict[str, list[str]], place: int) -> str:
    """Return the side whose word stands nearest to a place of a clause; of two as near, the one before it."""
    found = [(abs(at - place), at > place, name) for name, words in sides.items() for at in _places(clause, words)]
    return min(found)[2] if found else ""


def _field(clause: str, behind: str, one: Quantity, *, sided: bool) -> str:
    """Return the field that a number is of, by what it is counted in (said `behind` it) and the words of its clause."""
    words = _words()
    named = {name for name, said in words["fields"].items() if _places(clause, said)}
    yearly = bool(_places(behind, words["yearly"])) or "year" in one.per
    if one.percent:
        return next((name for name in SHARES if name in named), "")
    if weeks_of(one.value, one.unit) is not None and not one.per:
        return "stock_weeks" if "stock_weeks" in named else ""
    each = bool(_places(behind, words["fields"]["price"])) or "item" in one.per
    if each:
        rest = [name for name in ("freight", "other", "defect_cost") if name in named]
        return rest[0] if rest else "price"
    for name in ("disruption_loss", "defect_cost", "freight", "other", "fixed"):
        if name in named and not (name in ("freight", "other") and yearly):
            return name
    if "volume" in named and not one.currency:
        return "volume"
    if yearly:
        return "fixed" if one.currency or sided else "volume"
    return "price" if sided else ""


def _value(name: str, one: Quantity) -> float:
    if name in SHARES:
        return one.value / 100
    return weeks_of(one.value, one.unit) or 0.0 if name == "stock_weeks" else one.value


def _places(text: str, phrases: Sequence[str]) -> list[int]:
    lowered = text.casefold()
    found = []
    for phrase in phrases:
        edge = r"(?<!\w)" if phrase[0].isalnum() else ""
        found += [one.start() for one in re.finditer(rf"{edge}{re.escape(phrase.casefold())}(?!\w)", lowered)]
    return found


@cache
def _words() -> dict:  # type: ignore[type-arg]
    read: dict = yaml.safe_load((DATA / "review_make_or_buy.yaml").read_text("utf-8"))  # type: ignore[type-arg]
    return read
