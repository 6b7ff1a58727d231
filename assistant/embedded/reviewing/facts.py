"""Facts of nodes in what a team says: names, sources, weeks, shares, margin; what could be two things is kept apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.embedded.quantities import Quantity, read_quantities
from assistant.embedded.reviewing.amounts import TIMES, Amount, amounts_in
from assistant.embedded.reviewing.holding import held_by_others, holds
from assistant.embedded.reviewing.introducing import own_name
from assistant.embedded.reviewing.naming import introduced, kind_of, known_names, listed_names, name_in
from assistant.embedded.reviewing.pieces import pieces_of, sourced_names
from assistant.embedded.reviewing.pointing import points_elsewhere
from assistant.embedded.reviewing.sources import Sources, negated, sources_in
from assistant.embedded.reviewing.vocabulary import cues, fact_words
from tools.metrics.shown import percent, plural
from tools.risk.plain import without_tags

CAUTIOUS_LOW = ("cover_weeks", "alternate_share")
_NO_UNITS = frozenset({"weeks", "was", "does", "has", "goes", "says", "thanks", "plus", "less", "perhaps", "always"})
SURVIVAL = ("TTS", "survive", "survives", "time to survive", "we survive", "can survive", "hold out", "keep serving")
OTHERS_COVER = "other_cover"
MOST_NODES = 20
NEAR_WORDS = 3
_SHORTHAND = re.compile(r"(?<=\d)\s?w(?:ks?)?\b", re.IGNORECASE)
_FORTNIGHT = re.compile(r"\b(?:(?P<count>\d{1,2}|an?|one|two|three|four|half a)\s+)?fortnights?\b", re.IGNORECASE)
_FORTNIGHTS = {"half a": 1, "two": 4, "three": 6, "four": 8}
_WHAT_IT_COUNTS = re.compile(r"\s+(?P<unit>[a-z]{3,}s)\b")


@dataclass(frozen=True)
class NodeFacts:
    """What was said of one node; `name` is "" where the message names none, `known` that a review holds it already."""

    name: str = ""
    known: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    sources: Sources = field(default_factory=Sources)
    notes: tuple[str, ...] = ()
    unplaced: tuple[Amount, ...] = ()
    instead: tuple[float, ...] = ()
    elsewhere: bool = False  # no name was understood, yet it is said of something else than what was spoken of before
    introduced: bool = False  # named in so many words, as in "then there is the filling machine"

    held: tuple[str, ...] = ()  # stock of it that suppliers or customers hold

    @property
    def told(self) -> bool:
        """Whether anything of the node was said."""
        return bool(self.fields or self.sources)


@dataclass(frozen=True)
class Facts:
    """What a message says of nodes, and the currency that it counts in."""

    nodes: tuple[NodeFacts, ...] = ()
    currency: str = ""
    other: tuple[str, ...] = ()
    held: tuple[str, ...] = ()  # stock that suppliers or customers hold, which is no cover of the team's own

    @property
    def told(self) -> bool:
        """Whether anything of a node was said."""
        return any(node.told for node in self.nodes)

    @property
    def unplaced(self) -> list[Amount]:
        """Times, shares and money of which the message does not say what they are."""
        return [one for node in self.nodes for one in node.unplaced]


def read_facts(text: str, names: Sequence[str] = ()) -> Facts:
    """Read the facts of nodes in a message; `names` are those of the nodes that the review holds."""
    marked = without_tags(text) != text
    text = _SHORTHAND.sub(" weeks", _FORTNIGHT.sub(_in_weeks, without_tags(text)))
    found: list[NodeFacts] = []
    currency = ""
    candidate = ""
    other: list[str] = []
    held: list[str] = []
    for piece in pieces_of(text, names):
        if own_name(piece):
            continue  # "this is Jo from Monterrey"
        listed = listed_names(piece)
        if len(listed) > 1:
            found += [_brought_in(name, names) for name in listed]
            continue
        sourced = sourced_names(piece)
        if sourced:
            found += [_from_list(name, said, names) for name, said in sourced]
            continue
        read, said, aside = _piece(piece, names)
        currency = currency or said
        other += aside
        held += read.held
        if read.name and not read.told and not read.unplaced:
            candidate = "" if "," in piece else read.name
            if read.introduced:
                found.append(read)
            continue
        if not read.name and (read.elsewhere or (marked and not candidate)):
            found.append(replace(read, elsewhere=True))
            continue
        read = read if read.name else replace(read, name=candidate, known=candidate in names)
        same = next((place for place, one in enumerate(found) if one.name == read.name or not read.name), None)
        if same is None:
            found.append(read)
        else:
            found[same] = _joined(found[same], read)
        candidate = read.name or candidate
    kept = tuple(one for one in found if one.told or one.unplaced or one.introduced)[:MOST_NODES]
    return Facts(kept, currency, tuple(other), tuple(held))


def _in_weeks(found: re.Match[str]) -> str:
    """Return a time in fortnights in weeks."""
    count = (found["count"] or "a").casefold()
    weeks = 2 * int(count) if count.isdigit() else _FORTNIGHTS.get(count, 2)
    return f"{weeks} week{'' if weeks == 1 else 's'}"


def _brought_in(name: str, names: Sequence[str]) -> NodeFacts:
    kind = kind_of(name)
    return NodeFacts(name, name in names, {"kind": kind} if kind else {}, introduced=True)


def _from_list(name: str, said: str, names: Sequence[str]) -> NodeFacts:
    """Return a node of a list with the sources that are said beside its name."""
    sources = sources_in(f"{name}: {said}", (), (), name) if said else Sources()
    one = _brought_in((known_names(name, names) or [name])[0], names)
    return replace(one, sources=sources)


def _piece(text: str, names: Sequence[str]) -> tuple[NodeFacts, str, list[str]]:
    """Return what a piece tells of one node, the currency it counts in, and the numbers that no node keeps."""
    known = known_names(text, names)
    name = known[0] if known else name_in(text)
    quantities = _beside(text, name, read_quantities(text).quantities)
    denied = [one for one in quantities if negated(text, one.start)]
    quantities = tuple(one for one in quantities if one not in denied)
    said = quantities
    quantities = _with_unit(text, quantities)
    ranged = {one.end: _cautious(one, quantities, text) for one in quantities if one.bound != "low"}
    amounts = [_of_others(one, text, name) for one in amounts_in(text, list(ranged.values()))]
    sources = sources_in(text, amounts, quantities, name)
    if any(one.field == OTHERS_COVER for one in amounts):
        sources = replace(sources, named=[one for one in sources.named if not holds(str(one["supplier"]), text)])
    fields: dict[str, Any] = {}
    notes: list[str] = []
    unplaced: list[Amount] = []
    shared = sum(one.get("share") is not None for one in sources.named)
    empty = any(not held_by_others(text, *place, name) for place in cues(fact_words().empty, text))
    for one in amounts:
        if one.field == "cover_weeks" and empty:
            unplaced.append(replace(one, field=""))  # "heat treatment in house 8 weeks, no cover"
        elif one.field and not one.field.startswith("other"):
            if one.kind == "money" and not one.period:
                unplaced.append(one)
                continue
            fields.setdefault(one.field, one.value)
            notes += [one.note] if one.note else []
            notes += [_of_range(one)] if ranged[one.end].start < min(x.start for x in said if x.end == one.end) else []
        elif not one.field and not (one.kind == "share" and shared):
            unplaced.append(one)
    if empty:
        fields["cover_weeks"] = 0.0
    if "ttr_weeks" in fields:
        fields |= _basis(text)
    if "cover_weeks" in fields and cues(SURVIVAL, text):
        notes.append("the time that you survive is taken as stock cover")
    kind = kind_of(name) if name and not known else ""
    if kind and (fields or sources):
        fields["kind"] = kind
    facts = NodeFacts(
        name
        if known or fields or sources or (unplaced and name in text[: len(name) + 8]) or _alone(text, name)
        else "",
        bool(known),
        fields,
        sources,
        tuple(notes),
        tuple(unplaced),
        tuple(one.value for one in denied),
        not name and points_elsewhere(text, whole=not fields and not sources.named),
        bool(name) and not known and introduced(text),
        tuple(one.text.strip() for one in amounts if one.field == OTHERS_COVER),
    )
    aside = [one.text.strip() for one in amounts if one.field.startswith("other")]
    if fields or sources:
        aside += _left_over(text, said, amounts)
    return facts, next((one.currency for one in amounts if one.currency), ""), aside


def _of_others(amount: Amount, text: str, name: str) -> Amount:
    """Return a cover that others hold as a number that no node keeps."""
    others = amount.field == "cover_weeks" and held_by_others(text, amount.start, amount.end, name)
    return replace(amount, field=OTHERS_COVER) if others else amount


def _of_range(amount: Amount) -> str:
    """Return the note that of a range its cautious end is taken."""
    return (
        f"of {amount.text.strip()} the cautious end is taken, {plural(amount.value, 'week')}"
        if (amount.kind == "weeks")
        else f"of {amount.text.strip()} the cautious end is taken, {percent(amount.value)}"
    )


def _left_over(text: str, quantities: Sequence[Quantity], amounts: Sequence[Amount]) -> list[str]:
    """Return the numbers with a unit that nothing was made of, with their unit: "500 pieces", "2 sprints"."""
    taken = {one.end for one in amounts}
    left = [one for one in quantities if one.end not in taken and not one.is_list and one.bound != "low"]
    return [said for one in left if (said := one.text.strip() if one.unit or one.currency else _counted(text, one))]


def _counted(text: str, quantity: Quantity) -> str:
    """Return a bare number with the plural that it counts, which is no time: "2 sprints"; "" where it counts none."""
    found = _WHAT_IT_COUNTS.match(text, quantity.end)
    if (
        found is None
        or found["unit"] in _NO_UNITS
        or any(
            start <= found.start("unit") < end
            for one in fact_words().fields.values()
            for start, end in cues(one.words, text)
        )
    ):
        return ""
    return f"{quantity.text.strip()} {found['unit']}"


def _beside(text: str, name: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return quantities without those that are part of the name, as in "line 3"."""
    begin = text.casefold().find(name.casefold()) if name else -1
    return tuple(one for one in quantities if begin < 0 or not begin <= one.start < begin + len(name))


def _alone(text: str, name: str) -> bool:
    """Say whether a piece holds little but a name, which what follows then speaks of."""
    return bool(name) and len(text.split()) <= len(name.split()) + 6


def _with_unit(text: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return quantities, bare numbers counted in weeks where a time is named and no number has a unit of time."""
    bare = [one for one in quantities if not (one.unit or one.currency or one.percent or one.per or one.is_list)]
    bare = [one for one in bare if not _counted(text, one)]  # "2 sprints" are no weeks
    named = [word for name, said in fact_words().fields.items() if said.kind == "weeks" and name != "other_weeks"
             for word in cues(said.words, text)]  # fmt: skip
    timed = next((one.unit for one in quantities if one.unit in TIMES), "")
    others = any(one.unit or one.currency or one.percent for one in quantities)
    if not bare or not named:
        return tuple(quantities)
    near = [one for one in bare if not (timed or others) or any(_near(text, one, word) for word in named)]
    return tuple(replace(one, unit=timed or "week") if one in near else one for one in quantities)


def _near(text: str, quantity: Quantity, word: tuple[int, int]) -> bool:
    between = text[quantity.end : word[0]] if word[0] >= quantity.end else text[word[1] : quantity.start]
    return len(between.split()) < NEAR_WORDS and not re.search(r"[,;.]", between)


def _cautious(one: Quantity, quantities: Sequence[Quantity], text: str) -> Quantity:
    """Return the cautious end of a range: the longer recovery, the shorter cover."""
    if one.bound != "high":
        return one
    low = next((other for other in reversed(quantities) if other.bound == "low" and other.end <= one.start), None)
    if low is None:
        return replace(one, bound="")
    whole = replace(one, start=low.start, text=text[low.start : one.end])
    field_ = amounts_in(text, [whole])
    shorter = bool(field_) and field_[0].field in CAUTIOUS_LOW
    return replace(whole, value=low.value if shorter else one.value)


def _basis(text: str) -> dict[str, str]:
    for basis in ("tested", "supplier figure", "own guess"):
        if cues(fact_words().basis[basis], text):
            return {"ttr_basis": basis}
    return {}


def _joined(first: NodeFacts, second: NodeFacts) -> NodeFacts:
    sources = second.sources if second.sources and not first.sources else first.sources
    return replace(
        first,
        fields={**first.fields, **second.fields},
        sources=sources,
        notes=(*first.notes, *second.notes),
        unplaced=(*first.unplaced, *second.unplaced),
        instead=(*first.instead, *second.instead),
    )
