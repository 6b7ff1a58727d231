"""A message as the planner sees it: its quantities, the names in it, and what it wants the result in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.embedded.figures.notation import noted_terms
from assistant.embedded.figures.periods import spelled_out, without_shifts
from assistant.embedded.figures.roles import Roles, RolesByPlace
from assistant.embedded.figures.scene import Scene
from assistant.embedded.figures.tables import groups_of, table_columns
from assistant.embedded.figures.wanted import calendar_of, wanted_unit
from assistant.embedded.figures.wording import Said, Word, Wording
from assistant.embedded.quantities import Quantity, read_quantities

Guess = Callable[[str], Mapping[str, float]]
"""Says how likely each metric is what a text asks for."""

_NEGATED = re.compile(r"\b(?:not|instead of|rather than|nicht|statt)\s*(?:of\s*)?[$€£]?\s*$", re.I)


@dataclass(frozen=True, eq=False)
class Message:
    """A message as the planner sees it; each is its own key, for what is worked out of it once."""

    text: str
    quantities: tuple[Quantity, ...]
    phrases: tuple[Said, ...]
    calendar: dict[str, float] = field(default_factory=dict)
    unit: str = ""
    tokens: tuple[Word, ...] = ()
    guess: Mapping[str, float] = field(default_factory=dict)
    columns: frozenset[int] = frozenset()
    groups: tuple[Quantity, ...] = ()
    roles: Mapping[int, Mapping[str, float]] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, folded, and what those misspelled may be meant for."""
        return frozenset(word for said in self.tokens for word in said.readings)

    @cached_property
    def _plain(self) -> Scene:
        return Scene(self.text, self.quantities, self.phrases, {}, frozenset(), self.columns, self.groups, self.roles)

    @cached_property
    def mentions(self) -> list[Said]:
        """The names of metrics, the longest where they overlap."""
        found: list[Said] = []
        for said in sorted(self.phrases, key=lambda said: (-said.words, said.start)):
            if said.metrics and not any(said.start < other.end and other.start < said.end for other in found):
                found.append(said)
        return sorted(found, key=lambda said: said.start)

    @cached_property
    def named_inputs(self) -> dict[str, set[str]]:
        """By metric, the inputs that its phrases name."""
        found: dict[str, set[str]] = {}
        for said in self.phrases:
            for metric, name in said.inputs:
                found.setdefault(metric, set()).add(name)
        return found

    def scene(self, filled: Mapping[str, object] | None = None, asked: Sequence[str] = ()) -> Scene:
        """Return it for fitting, with inputs that are filled already and those that were asked for."""
        if not filled and not asked:
            return self._plain
        return replace(self._plain, filled=filled or {}, asked=frozenset(asked))


def read_message(text: str, wording: Wording, guess: Guess, roles: Roles | None = None) -> Message:
    """Return a message with its quantities and phrases."""
    reading = read_quantities(text)
    phrases = wording.find(text)
    columns = table_columns(text, reading.tables)
    kept = tuple(q for q in reading.quantities if not _NEGATED.search(text[: q.start]))
    calendar, kept = calendar_of(text, kept)
    calendar, kept = spelled_out(text, calendar, kept)
    kept = without_shifts(kept)
    kept = tuple(_in_thousands(quantity, reading.decimal) for quantity in kept)
    kept = tuple(
        q
        for q in kept
        if not any(s.metrics and s.start <= q.start <= s.end + 1 and text[s.end : s.end + 1] == "/" for s in phrases)
    )
    kept = tuple(_asked_unit(quantity, text, phrases) for quantity in kept)
    phrases = [_as_unit(said, kept) for said in phrases if said.metrics or not _in_unit(said, kept)]
    noted, phrases = noted_terms(text, kept, phrases)
    return Message(
        text,
        (*noted, *columns),
        tuple(phrases),
        calendar,
        wanted_unit(text, reading.quantities),
        tuple(wording.words(text)),
        guess(text) if kept or columns else {},
        frozenset(column.start for column in columns),
        groups_of(text, reading),
        RolesByPlace(text, reading.quantities, roles) if roles and noted else {},
    )


def _in_unit(said: Said, quantities: Sequence[Quantity]) -> bool:
    """Say whether a phrase is but a denominator of a number: the year of "7,200 units a year" names nothing."""
    return any(
        quantity.start < said.start and said.end <= quantity.end and _behind_noun(said, quantity)
        for quantity in quantities
    )


def _behind_noun(said: Said, quantity: Quantity) -> bool:
    before = quantity.text[: said.start - quantity.start]
    return any(
        sign.isalpha()
        for sign in re.sub(r"^[^\w]*[\d.,]+\s*(?:k|m|bn|mio|million|lakh|crore)?", "", before, flags=re.I)
    )


def _in_thousands(quantity: Quantity, decimal: str) -> Quantity:
    """Return an amount of money with one point before three digits as thousands: nobody writes 320.000 € for 320."""
    if decimal == "." or not quantity.currency or not quantity.others or quantity.is_list:
        return quantity
    if not re.search(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,])", quantity.text):
        return quantity
    return replace(quantity, value=max(quantity.value, *quantity.others), others=())


def _as_unit(said: Said, quantities: Sequence[Quantity]) -> Said:
    """Mark a phrase that is what a number counts."""
    inside = any(quantity.start < said.start and said.end <= quantity.end for quantity in quantities)
    return replace(said, in_unit=True) if inside else said


def _asked_unit(quantity: Quantity, text: str, phrases: Sequence[Said]) -> Quantity:
    """Return a quantity without the unit that is the question: "inventory 30k turns?" asks for turns.

    That is so where no other metric is named.
    """
    inside = [said for said in phrases if said.metrics and quantity.start <= said.start and said.end <= quantity.end]
    others = [
        said for said in phrases if said.metrics and not (quantity.start <= said.start and said.end <= quantity.end)
    ]
    if quantity.unit != "turn" or not inside or others:
        return quantity
    return replace(quantity, end=inside[0].start, text=text[quantity.start : inside[0].start].strip(" ."), unit="")
