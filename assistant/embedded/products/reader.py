"""Reads the products that a message describes into evidence, and classifies them."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.embedded.products.clauses import places_of_parts
from assistant.embedded.products.facts import FactReader, Numbers
from assistant.embedded.products.learned import (
    LABELS,
    NAMED,
    SIGNS,
    Likenesses,
    all_signs,
    called,
    known_names,
    named_sign,
    odds_of,
    open_learned,
    open_vectors,
    telling_clauses,
)
from assistant.embedded.products.parting import name_of, part
from assistant.embedded.products.vocabulary import vocabulary
from knowledge.library import Library
from tools.classification.product import SpokenSign, Words, classify_line, classify_product
from tools.classification.product_result import ClassificationError, Likeness, ProductResult, Wrong
from tools.classification.signs import read_described, read_signs
from tools.classification.thresholds import default_thresholds

KEPT = 256
SIDES = ("functional", "innovative")
DECISIVE = ("life_cycle_months", "forecast_error")
"""Inputs by which the parts of a line are told apart."""
OF_PARTS = ("life_cycle", "forecast_error", "novelty", "demand", "none", "stockouts")
CLEAR = 0.6
LEAST_PART_WORDS = 3
LONGEST = 4000


class Heard(NamedTuple):
    """The evidence in the words of a description."""

    signs: list[SpokenSign]
    nearest: list[Likeness]
    words: Words


@dataclass(frozen=True)
class SpokenProduct:
    """A product as a message describes it: `facts` by names of ProductFacts, `parts` if it is a mixed line.

    `invalid` is what was said that cannot be, with its values in `impossible`; `asked` are the words that ask
    something, "" if none do.
    """

    name: str
    text: str
    facts: dict[str, float] = field(default_factory=dict)
    invalid: tuple[Wrong, ...] = ()
    impossible: dict[str, float] = field(default_factory=dict)
    asked: str = ""
    parts: tuple["SpokenProduct", ...] = ()


class ProductReader:
    """Reads descriptions of products with the classifiers that were learned for them."""

    def __init__(self, library: Library):
        self._embedder = library.embedder
        self._signs = open_learned(SIGNS, library)
        self._labels = open_learned(LABELS, library)
        self._names = open_learned(NAMED, library)
        self._known = known_names()
        self._likenesses = Likenesses(read_described(), open_vectors(library))
        self._facts = FactReader()
        self._heard = lru_cache(maxsize=KEPT)(self._hear)

    def read(self, text: str) -> list[SpokenProduct]:
        """Return the products that a message describes, in the order in which they stand; none if it names none."""
        parts, asked = part(text[:LONGEST])
        return [self._product(found.name, found.text, asked, split=True) for found in parts]

    def words(self, text: str, name: str = "") -> tuple[list[SpokenSign], list[Likeness], Words]:
        """Return the signs in a description, the three examples nearest to it, and the learned odds of the labels.

        Without a `name`, it is that by which the description calls its product.
        """
        return self._heard(text, name or name_of(text)) if text.strip() else ([], [], Words(odds={}))

    def evidence_in(self, product: SpokenProduct) -> int:
        """Return how many numbers and clear signs of demand a description gives."""
        known = read_signs()
        signs = [known[sign.id] for sign in self.words(product.text, product.name)[0] if sign.certainty >= CLEAR]
        return len(product.facts) + len({sign.id for sign in signs if sign.says in SIDES and sign.criterion != "none"})

    def classify(self, product: SpokenProduct, facts: dict[str, float] | None = None) -> ProductResult:
        """Classify a product as read; `facts` add to or replace those that were read.

        What its words say that cannot be is refused unless a fact replaces it.

        Raises:
            ClassificationError: for values that cannot be.
        """
        given = {**product.facts, **(facts or {})}
        impossible = product.invalid or self._facts.read(product.text)[1]
        invalid = [wrong for wrong in impossible if wrong.input not in given]
        if invalid:
            raise ClassificationError(invalid)
        if product.parts:
            return classify_line(product.name, [self.classify(part, facts) for part in product.parts])
        signs, nearest, words = self.words(product.text, product.name)
        return classify_product(given, signs, nearest, words, product.name)

    def _product(self, name: str, text: str, asked: str, *, split: bool) -> SpokenProduct:
        numbers = self._facts.find(text)
        parts = (self._of_numbers(name, numbers) or self._of_words(name, text)) if split and not numbers.wrong else ()
        return SpokenProduct(name, text, dict(numbers.facts), numbers.wrong, dict(numbers.impossible), asked, parts)

    def _of_numbers(self, name: str, numbers: Numbers) -> tuple[SpokenProduct, ...]:
        """Return the two parts of a line of which numbers on opposite sides are told, else none."""
        told: dict[str, dict[str, float]] = {side: {} for side in SIDES}
        for input_, value in (*numbers.facts.items(), *numbers.others):
            side = _side(input_, value)
            if side in told:
                told[side].setdefault(input_, value)
        if not any(input_ in told["functional"] and input_ in told["innovative"] for input_ in DECISIVE):
            return ()
        names = zip(SIDES, vocabulary().part_names, strict=True)
        return tuple(SpokenProduct(said.format(name=name or "it"), "", told[side]) for side, said in names)

    def _of_words(self, name: str, text: str) -> tuple[SpokenProduct, ...]:
        """Return the two parts of a line whose words clearly say opposite things of each, else none."""
        marks = self._marks(name, text)
        sides = [side for _, side in sorted(marks)]
        if set(sides) != set(SIDES) or sum(one != other for one, other in pairwise(sides)) > 1:
            return ()
        cut = next(place for place, side in sorted(marks) if side != sides[0])
        halves = text[:cut].strip(" ,;.:-"), text[cut:].strip(" ,;.")
        if any(len(half.split()) < LEAST_PART_WORDS for half in halves):
            return ()
        parts = tuple(
            SpokenProduct(half_name or said.format(name=name or "it"), half, self._facts.find(half).facts)
            for half_name, half, said in zip(
                (name_of(halves[0]), name_of(halves[1])),
                halves,
                vocabulary().part_names[:: 1 if sides[0] == SIDES[0] else -1],
                strict=True,
            )
        )
        labels = [self.classify(part).label for part in parts]
        return parts if labels == [sides[0], sides[-1]] else ()

    def _marks(self, name: str, text: str) -> set[tuple[int, str]]:
        """Return where clauses begin that clearly stand on a side, and which; none where swings have other causes."""
        known = read_signs()
        signs = [(sign, known[sign.id]) for sign in self.words(text, name)[0] if sign.certainty >= CLEAR]
        if any(entry.says in ("self_made", "surge") for _, entry in signs):
            return set()
        told = {(text.find(sign.quote), entry.says) for sign, entry in signs if entry.criterion in OF_PARTS}
        marks: set[tuple[int, str]] = {(place, says) for place, says in told if says in SIDES and place >= 0}
        if not marks:
            return set()
        for start, end in places_of_parts(text):
            if any(character.isdigit() for character in text[start:end]):
                facts = self._facts.find(text[start:end]).facts
                marks |= {(start, _side(name, facts[name])) for name in DECISIVE if name in facts}
        return {(place, says) for place, says in marks if says in SIDES}

    def _hear(self, text: str, name: str) -> Heard:
        known_as = called(text, name)
        said = telling_clauses(text, known_as)
        whole = self._embedder.query(text)
        vectors = self._embedder.vectors([known_as, *said])
        named = named_sign(known_as, vectors[0], self._names, self._known, alone=not said) if known_as else None
        heard, told = all_signs(said, vectors[1:], self._signs, named)
        return Heard(heard, self._likenesses.nearest(whole[None, :]), odds_of(text, whole, self._labels, told))


def _side(name: str, value: float) -> str:
    """Return the side on which a number stands; "" for one that is no criterion of Fisher's."""
    rows = default_thresholds().fisher.criteria.values()
    return next((row.says(value) for row in rows if row.input == name), "")
