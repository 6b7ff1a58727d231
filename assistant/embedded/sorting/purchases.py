"""Reads what purchasing people say of bought items into facts for Kraljic's matrix."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.embedded.intents import open_classifier
from assistant.embedded.products.clauses import clauses
from assistant.embedded.products.phrases import Word, find, words_of
from assistant.embedded.sorting.amounts import Amount, read_amounts
from assistant.embedded.sorting.levels import AxisWords, read_levels
from assistant.embedded.sorting.naming import Part, parts_of
from assistant.embedded.sorting.numbers import assigned, suppliers
from assistant.embedded.sorting.signs import Sign, hear, purchase_signs
from assistant.embedded.sorting.spoken import purchase_words
from assistant.embedded.sorting.typical import AXES, typical
from knowledge.library import Library
from tools.classification import ClassificationError, classify_purchase
from tools.classification.thresholds import default_thresholds

KEPT = 256
LONGEST = 8000
LEAST_CERTAINTY = 0.5
DOUBTFUL = 0.6
NO_NAME = 0.6
CERTAIN = 0.95
LEAST_WORDS = 2
NEGATED_WITHIN = 3
COUNTED_WITHIN = 3
_HALVES = re.compile(r"\s+(?:and|und|with|mit|while)\s+", re.IGNORECASE)

Facts = dict[str, float | str | bool]


@dataclass(frozen=True)
class HeardSign:
    """What a clause says of an item: the sign, its axis and side, the clause, and how sure that is (0 to 1)."""

    id: str
    axis: str
    says: str
    quote: str
    certainty: float


@dataclass(frozen=True)
class SpokenPurchase:
    """A bought item as a message describes it: `facts` by names of PurchaseFacts.

    `assumptions` say, in sentences, how words were counted and what was taken as typical of the item.
    """

    name: str
    text: str
    facts: Facts = field(default_factory=dict)
    signs: tuple[HeardSign, ...] = ()
    assumptions: tuple[str, ...] = ()


class PurchaseReader:
    """Reads the bought items of messages."""

    def __init__(self, library: Library):
        self._embedder = library.embedder
        self._classifier = open_classifier("purchases", library)
        self._signs = {sign.id: sign for sign in purchase_signs().signs}
        self._axis_of = {factor.id: factor.axis for factor in default_thresholds().kraljic.factors}
        self._read = lru_cache(maxsize=KEPT)(self._read_once)

    def read(self, text: str) -> list[SpokenPurchase]:
        """Return the bought items that a message describes, in the order in which they stand; at least one."""
        return list(self._read(text[:LONGEST]))

    def _read_once(self, text: str) -> tuple[SpokenPurchase, ...]:
        parts = parts_of(text)
        heard = self._hear([part.text for part in parts])
        only_names = len(parts) > 1 and all(part.name == part.text for part in parts)
        if only_names and any(certainty >= NO_NAME for said in heard for _, _, certainty in said):
            parts = parts_of(text, bare_names=False)
            heard = self._hear([part.text for part in parts])
        return tuple(self._item(part, said) for part, said in zip(parts, heard, strict=True))

    def _hear(self, texts: Sequence[str]) -> list[list[tuple[Sign, str, float]]]:
        """Return what is surely heard in each text, with all of their clauses embedded at once."""
        pieces = [(place, piece) for place, text in enumerate(texts) for piece in _heard_pieces(text)]
        found: list[list[tuple[Sign, str, float]]] = [[] for _ in texts]
        if not pieces:
            return found
        said = [piece for _, piece in pieces]
        heard = hear(said, self._embedder.vectors(said), self._classifier, self._group)
        for (place, _), one in zip(pieces, heard, strict=True):
            if one.certainty >= LEAST_CERTAINTY:
                found[place].append((self._signs[one.label], one.clause, one.certainty))
        return found

    def _group(self, label: str) -> str:
        return f"{self._signs[label].axis} {self._signs[label].says}"

    def _item(self, part: Part, heard: Sequence[tuple[Sign, str, float]]) -> SpokenPurchase:
        text, words, data = part.text, words_of(part.text), purchase_words()
        amounts = read_amounts(text, words)
        told = read_levels(text, words, AxisWords(data.axes, data.levels, data.negators, data.both), amounts)
        free = [amount for amount in amounts if not any(a <= amount.first <= b for _, a, b in told.values())]
        numbers, used = assigned(text, words, free, data.inputs)
        facts: Facts = dict(numbers)
        count = suppliers(text, words, [one for one in free if one not in used], data.suppliers)
        facts |= {"qualified_suppliers": count} if count is not None else {}
        assumptions: list[str] = []
        if "spend_share" not in facts and (share := self._bare_share(part, words, free, used)) is not None:
            facts["spend_share"] = share
            assumptions.append(f"{share:g} % is taken for the share of purchasing spend.")
        spans = [(axis, a, b) for axis, (_, a, b) in told.items()]
        spans += [(axis, one.first, one.last) for one in used for axis in AXES]
        said = self._signs_of(part, words, _beside_numbers(part.text, words, heard, spans))
        signs = [one for one in said if self._signs[one.id].fact not in facts and not _is_doubtful(one, part.name)]
        facts |= {axis: value for axis, (value, _, _) in told.items()}
        assumptions += self._add_signs(facts, signs)
        assumptions += _add_typical(facts, part.name)
        return SpokenPurchase(part.name, text, facts, tuple(signs), tuple(assumptions))

    def _signs_of(
        self, part: Part, words: tuple[Word, ...], heard: Sequence[tuple[Sign, str, float]]
    ) -> list[HeardSign]:
        """Return the signs of a text, each once, those of sure phrases first."""
        data = purchase_words()
        found: dict[str, HeardSign] = {}
        for name, phrases in data.certain.items():
            for place in find(phrases, words):
                before = words[max(0, place.first - NEGATED_WITHIN) : place.first]
                if not find(data.certain_not, before):
                    sign = self._signs[name]
                    quote = part.text[words[place.first].start : words[place.last].end]
                    found.setdefault(name, HeardSign(name, sign.axis, sign.says, quote, CERTAIN))
        for name, counts in (("many_sources", data.suppliers.many), ("few_sources", data.suppliers.few)):
            for count in find(counts, words):
                following = words[count.last + 1 : count.last + 1 + COUNTED_WITHIN]
                nouns = find(data.suppliers.nouns, following)
                behind = words[count.first - 1].text if count.first else ""
                if nouns and behind not in (*data.certain_not, "quite", "of"):
                    end = words[count.last + 1 + nouns[0].last].end
                    sign = self._signs[name]
                    quote = part.text[words[count.first].start : end]
                    found.setdefault(name, HeardSign(name, sign.axis, sign.says, quote, CERTAIN))
        soft = AxisWords({"profit_impact": data.soft}, data.levels, data.negators)
        for level, first, last in read_levels(part.text, words, soft).values():
            name = data.soft_signs.get(level, "")  # type: ignore[call-overload]
            if name:
                quote = part.text[words[first].start : words[last].end]
                found.setdefault(name, HeardSign(name, "profit_impact", str(level), quote, CERTAIN))
        for sign, clause, certainty in sorted(heard, key=lambda one: -one[2]):
            found.setdefault(sign.id, HeardSign(sign.id, sign.axis, sign.says, clause, round(certainty, 2)))
        return list(found.values())

    def _add_signs(self, facts: Facts, signs: Sequence[HeardSign]) -> list[str]:
        """Add what signs give to facts; what was told or read in numbers stands."""
        assumptions = []
        for axis in AXES:
            if axis in facts:
                continue
            here = [one for one in signs if one.axis == axis]
            for one in (one for one in here if self._signs[one.id].exact):
                facts.setdefault(self._signs[one.id].fact, self._signs[one.id].value)
            vague = [one for one in here if not self._signs[one.id].exact]
            if vague and len({one.says for one in vague}) == 1 and not self._known(axis, facts):
                facts[axis] = vague[0].says
                continue
            for one in vague:
                sign = self._signs[one.id]
                if sign.fact not in facts:
                    facts[sign.fact] = sign.value
                    assumptions.append(_counted(one.quote, sign))
        return assumptions

    def _known(self, axis: str, facts: Mapping[str, object]) -> bool:
        return any(self._axis_of.get(name) == axis for name in facts)

    def _bare_share(
        self, part: Part, words: tuple[Word, ...], amounts: Sequence[Amount], used: set[Amount]
    ) -> float | None:
        """Return the one percent of a text that stands alone, beside nothing but the item's name."""
        shares = [one for one in amounts if one.kind == "percent" and one not in used]
        if len(shares) != 1 or used & {one for one in amounts if one.kind == "percent"}:
            return None
        at = words[shares[0].first].start
        clause = next(
            (
                one
                for one in clauses(part.text)
                if one in part.text and part.text.find(one) <= at < part.text.find(one) + len(one)
            ),
            "",
        )
        rest = len(clause.split()) - (shares[0].last - shares[0].first + 1)
        return shares[0].value if rest <= max(1, len(part.name.split())) else None


def _heard_pieces(text: str) -> list[str]:
    """Return the clauses of a text, and of those joined by "and" each half as well."""
    found: list[str] = []
    for clause in clauses(text):
        halves = [half for half in _HALVES.split(clause) if len(half.split()) >= LEAST_WORDS]
        found += [clause, *(halves if len(halves) > 1 else [])]
    return found


def _beside_numbers(
    text: str, words: tuple[Word, ...], heard: Sequence[tuple[Sign, str, float]], spans: Sequence[tuple[str, int, int]]
) -> list[tuple[Sign, str, float]]:
    """Leave out what is heard of an axis in clauses whose number or level of it was read."""
    found = []
    for sign, clause, certainty in heard:
        start = text.find(clause)
        inside = any(
            axis == sign.axis and start <= words[first].start and words[last].end <= start + len(clause)
            for axis, first, last in spans
        )
        if start < 0 or not inside:
            found.append((sign, clause, certainty))
    return found


def _is_doubtful(heard: HeardSign, name: str) -> bool:
    """Say whether a sign is not sure and against what is usual of the item."""
    item = typical(name)
    return item is not None and heard.certainty < DOUBTFUL and item.levels[heard.axis] != heard.says


def _counted(quote: str, sign: Sign) -> str:
    factor = next(one for one in default_thresholds().kraljic.factors if one.id == sign.fact)
    unit = {"percent": " %", "yes or no": ""}.get(factor.unit, f" {factor.unit}")
    value = ("yes" if sign.value else "no") if factor.unit == "yes or no" else f"{sign.value:g}{unit}"
    return f'"{quote}" is counted as {factor.label}: {value}.'


def _add_typical(facts: Facts, name: str) -> list[str]:
    """Add the usual levels of a known item on axes of which nothing was said.

    Nothing is added where what was said of the other axis makes it an unusual item of its kind.
    """
    item = typical(name)
    if item is None:
        return []
    try:
        result = classify_purchase(facts)
    except ClassificationError:
        return []
    levels = {"profit_impact": result.profit_impact.level, "supply_risk": result.supply_risk.level}
    open_ = [axis for axis in AXES if levels[axis] == "unknown"]
    if not open_ or any(level not in ("unknown", item.levels[axis]) for axis, level in levels.items()):
        return []
    facts |= {axis: item.levels[axis] for axis in open_}
    said = " and a ".join(f"{item.levels[axis]} {axis.replace('_', ' ')}" for axis in open_)
    verb = "is" if len(open_) == 1 else "are"
    return [f"A {said} {verb} assumed, as is usual for {item.name}: {item.because}."]
