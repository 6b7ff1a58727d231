"""Who delivers a node and from where, as a message says it: suppliers, countries, shares, single or dual source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.embedded.quantities import Quantity
from assistant.embedded.reviewing.amounts import Amount
from assistant.embedded.reviewing.vocabulary import countries_in, cues, fact_words

NEAR_SHARE = 30
NEAR_COUNTRY = 25
WHOLE = 100.0
_PROPER = re.compile(r"[A-Z][\w&'.-]*(?:\s+(?:[A-Z][\w&'.-]*|&|de|und|and\s+Sons))*")
_AFTER_SHARE = re.compile(r"\d\s*(?:%|per\s?cent)\s+$", re.IGNORECASE)
_SHARE_NEXT = re.compile(r"\s*[:(]?\s*\d{1,3}(?:[.,]\d+)?\s*(?:%|per\s?cent)", re.IGNORECASE)
_ALL_FROM = re.compile(
    r"\b(?:both|all(?: (?:of them|three|four))?|each)\s+(?:(?:are|is|sit|based|made|come|comes)\s+)*"
    r"(?:in|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ACTED_BY = re.compile(  # a person who does that delivers nothing
    r"\b(?:approved|accepted|signed(?:[ -]off)?|agreed|confirmed|checked|reviewed|owned|decided|said|stated|told|given"
    r"|estimated|guessed|written|done|due|requested|asked|reported|entered|noted|led|run|sponsored|endorsed)\s+"
    r"(?:by|with|from)\s+(?:(?:the|our|mr|mrs|ms|dr)\.?\s+)*$",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[,;.]|\band\b", re.IGNORECASE)
_SPLIT = re.compile(r"(?<![\d/.])\d{1,2}(?:/\d{1,2}){1,5}(?![\d/])")


@dataclass(frozen=True)
class Sources:
    """The sources that were named; `single` and `count` say how many there are, 0 for not said."""

    named: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0

    def told(self) -> list[dict[str, Any]]:
        """Return the sources as they are entered: as many as were counted, the unnamed ones without a name."""
        sources = [dict(one) for one in self.named]
        if self.count == 1 and not sources:
            return [{"supplier": "", "share": 1.0}]
        if self.count == 1 and len(sources) == 1:
            return [sources[0] | {"share": 1.0}]
        return sources + [{"supplier": ""} for _ in range(self.count - len(sources))]

    def __bool__(self) -> bool:
        return bool(self.named or self.count)


def sources_in(text: str, amounts: Sequence[Amount], quantities: Sequence[Quantity], node: str) -> Sources:
    """Return the sources that a piece of text names for a node."""
    data = fact_words()
    count = 1 if cues(data.single, text) else 0
    for number, phrases in data.dual.items():
        count = number if cues(phrases, text) else count
    countries = [(name, start, end) for name, start, end in countries_in(text) if not _negated(text, start)]
    suppliers = _suppliers(text, amounts, node, count)
    entities = suppliers or [(name, start, end) for name, start, end in countries if _placed(text, start) or count]
    shares = _shares(text, entities, amounts, quantities)
    named = []
    for place, (name, start, end) in enumerate(entities):
        one: dict[str, Any] = {"supplier": name} if suppliers else {"supplier": "", "country": name}
        if suppliers:
            following = entities[place + 1][1] if place + 1 < len(entities) else len(text)
            near = [country for country, at, _ in countries if end <= at < min(following, end + NEAR_COUNTRY)]
            one |= {"country": near[0]} if near else {}
        if shares.get(start) is not None:
            one["share"] = shares[start]
        named.append(one)
    if count != 1 and not entities:
        named = _unnamed(text, amounts, count)
    whole = next((country for country, start, _ in countries if _ALL_FROM.search(text[:start])), "")
    if suppliers and whole:
        named = [{"country": whole} | one for one in named]
    if suppliers and len(named) == 1 and countries and "country" not in named[0]:
        named[0]["country"] = countries[0][0]
    return Sources(
        named if not count or len(named) <= max(count, 1) else named[:count] if count > 1 else named[:1], count
    )


def _unnamed(text: str, amounts: Sequence[Amount], count: int) -> list[dict[str, Any]]:
    """Return sources of which but the shares are said: "two suppliers, 60 % and 40 %", "split 60/40"."""
    beside = [one.value for one in amounts if one.kind == "share" and not one.field] if count else []
    parts = [[value / WHOLE for value in _parts(found)] for found in _SPLIT.findall(text)]
    shares = next((one for one in (beside, *parts) if one and len(one) == (count or len(one))), [])
    whole = abs(sum(shares) - 1) < 1 / WHOLE
    return [{"supplier": "", "share": value} for value in shares] if count or whole else []


def negated(text: str, start: int) -> bool:
    """Say whether what stands at a place is denied: "not 10", "instead of Taiwan"."""
    return _negated(text, start)


def _negated(text: str, start: int) -> bool:
    before = re.split(r"[;\n]|\.\s", text[max(0, start - 24) : start])[-1]
    found = cues(fact_words().negators, before)
    return bool(found) and len(before[found[-1][1] :].split()) <= 1 and "but" not in before[found[-1][1] :].split()


def _placed(text: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:in|from|of|is|at|out of|in the|from the|and|but|by)|[,:(-])\s*$", text[:start], re.IGNORECASE
        )
    )


def _suppliers(text: str, amounts: Sequence[Amount], node: str, count: int) -> list[tuple[str, int, int]]:
    data = fact_words().suppliers
    countries = [(start, end) for _, start, end in countries_in(text)]
    behind = {end for _, end in cues(data.after, text)}
    before = {start for start, _ in cues(data.before, text)}
    rests = {start for start, _ in cues(fact_words().rest, text)}
    found: list[tuple[str, int, int]] = []
    for match in _PROPER.finditer(text):
        name, start, end = match[0].rstrip(".'"), match.start(), match.start() + len(match[0].rstrip(".'"))
        if _ACTED_BY.search(text[:start]):
            continue
        placed = re.search(r"\b(?:in|near|around|out of) (?:the )?$", text[:start])
        if (
            placed
            or "'" in name
            or (_no_name(name, node) and not _letter(text, match, found))
            or any(start < last and first < end for first, last in countries)
        ):
            continue
        led = any(0 <= start - place <= 1 and text[place:start].strip() == "" for place in behind)
        led = led or bool(re.search(r"(?:from|by|with|at|between) (?:the |our )?$", text[:start]))
        acts = any(0 < place - end <= 1 for place in before)
        share = any(one.kind == "share" and 0 <= one.start - end <= NEAR_SHARE // 6 for one in amounts)
        listed = bool(found) and text[found[-1][2] : start].strip(" ,&/").casefold() in ("", "and", "und", "or")
        share = share or any(0 <= place - end <= 1 for place in rests) or bool(_AFTER_SHARE.search(text[:start]))
        share = share or bool(_SHARE_NEXT.match(text, end))  # also where both shares were read as one list
        opens = start == 0 or text[:start].rstrip().endswith((".", "!", "?", "\n"))
        alone = (
            bool(node or count)
            and not opens
            and bool(re.search(r"[,:(-]\s*$", text[:start]))
            and bool(re.match(r"\s*(?:[,;)]|$|\.|\d)", text[end:]))
        )
        if led or acts or share or listed or alone or (_beside_share(text, end, amounts)):
            found.append((name, start, end))
    return [one for one in found if not _negated(text, one[1])]


def _no_name(name: str, node: str) -> bool:
    data = fact_words()
    first = name.split(maxsplit=1)[0]
    common = (
        {word.casefold() for word in data.suppliers.never}
        | data.naming.stop
        | data.naming.generic
        | data.naming.fillers
    )
    own, said = set(node.casefold().split()), set(name.casefold().split())
    return (
        name in data.suppliers.never
        or first in data.suppliers.never
        or name.casefold() in common
        or first.casefold() in common
        or said <= own
    )


def _letter(text: str, match: re.Match[str], found: Sequence[tuple[str, int, int]]) -> bool:
    """Say whether a single capital letter stands for a supplier: "the motors from B"; "A" may be but an article."""
    listed = bool(found) and bool(re.fullmatch(r"[ ,&/]*(?:and|or)?\s*", text[found[-1][2] : match.start()]))
    led = bool(
        re.search(r"\b(?:from|by|with|between|supplier|vendor|suppliers)\s+$", text[: match.start()], re.IGNORECASE)
    )
    ends = bool(re.match(r"\s*(?:[,;.)&/%\d:]|$|(?:and|or|with|has|half|delivers|supplies)\b)", text[match.end() :]))
    return len(match[0]) == 1 and match[0] != "I" and (led or listed) and ends


def _beside_share(text: str, end: int, amounts: Sequence[Amount]) -> bool:
    """Say whether a share follows a name within a few words of the same clause."""
    near = [one for one in amounts if one.kind == "share" and 0 <= one.start - end <= NEAR_SHARE]
    return any(not re.search(r"[,;.\n]", text[end : one.start]) for one in near)


def _parts(text: str) -> tuple[float, ...]:
    return tuple(map(float, text.split("/")))


def _shares(
    text: str, entities: Sequence[tuple[str, int, int]], amounts: Sequence[Amount], quantities: Sequence[Quantity]
) -> dict[int, float]:
    """Return the share of each entity by where it stands, from percentages beside it or a list that makes 100."""
    if not entities:
        return {}
    lists = [one.values for one in quantities if one.is_list and (one.percent or abs(sum(one.values) - WHOLE) < 1)]
    split = bool(cues(fact_words().split, text))
    fractions = [_parts(found) for found in _SPLIT.findall(text)]
    lists += [values for values in fractions if split or abs(sum(values) - WHOLE) < 1]
    lists = [values for values in lists if len(values) == len(entities)]  # a sum above 100 is refused where it is kept
    plain = [one.value for one in quantities if not (one.unit or one.currency or one.percent or one.is_list or one.per)]
    if not lists and len(plain) == len(entities) > 1 and abs(sum(plain) - WHOLE) < 1:
        lists = [tuple(plain)]
    if not lists and len(entities) > 1 and cues(fact_words().halves, text):
        lists = [(WHOLE / len(entities),) * len(entities)]
    if lists:
        return {start: value / WHOLE for (_, start, _), value in zip(entities, lists[0], strict=True)}
    free = [one for one in amounts if one.kind == "share" and one.field != "share_affected"]
    free = [one for one in free if one.field != "alternate_share" or len(entities) > 1]
    if free:  # "and Teksid the other 30", "the rest is Valeo"
        free += [
            Amount("share", one.value / WHOLE, one.text, one.start, one.end)
            for one in quantities
            if one.value in plain and cues(fact_words().rest, text[max(0, one.start - 14) : one.start])
        ]
    found: dict[int, float] = {}
    for one in free:
        distance = {start: _distance(text, start, end, one) for _, start, end in entities if start not in found}
        near = min(distance, key=lambda start: distance[start], default=None)
        if near is not None and distance[near] <= NEAR_SHARE:
            found[near] = one.value
    left = [(start, end) for _, start, end in entities if start not in found]
    rest = cues(fact_words().rest, text)
    if found and len(left) == 1 and rest and any(abs(left[0][0] - end) < NEAR_SHARE for _, end in rest):
        found[left[0][0]] = round(max(0.0, 1 - sum(found.values())), 4)
    return found


def _distance(text: str, start: int, end: int, share: Amount) -> int:
    """Return how far a share is from the name of a source; a name before it in its clause is nearest."""
    if share.start < end:
        return start - share.end + 5
    return share.start - end if _CLAUSE_ENDS.search(text, end, share.start) else min(share.start - end, 1)
