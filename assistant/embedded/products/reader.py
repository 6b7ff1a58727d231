"""Reads the products that a message describes into evidence, and classifies them."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from assistant.embedded.products.clauses import clauses
from assistant.embedded.products.facts import FactReader
from assistant.embedded.products.learned import (
    LABELS,
    SIGNS,
    Likenesses,
    all_signs,
    odds_of,
    open_learned,
    open_vectors,
)
from assistant.embedded.products.parting import name_of, part
from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.products.vocabulary import vocabulary
from knowledge.library import Library
from tools.classification.product import SpokenSign, Words, classify_line, classify_product
from tools.classification.product_result import ClassificationError, Likeness, ProductResult, Wrong
from tools.classification.signs import read_described, read_signs

KEPT = 256
SIDES = {"functional", "innovative"}
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

    `invalid` is what was said that cannot be, `asked` the words that ask something, "" if none do.
    """

    name: str
    text: str
    facts: dict[str, float] = field(default_factory=dict)
    invalid: tuple[Wrong, ...] = ()
    asked: str = ""
    parts: tuple["SpokenProduct", ...] = ()


class ProductReader:
    """Reads descriptions of products with the classifiers that were learned for them."""

    def __init__(self, library: Library):
        self._embedder = library.embedder
        self._signs = open_learned(SIGNS, library)
        self._labels = open_learned(LABELS, library)
        self._likenesses = Likenesses(read_described(), open_vectors(library))
        self._facts = FactReader()
        self._heard = lru_cache(maxsize=KEPT)(self._hear)

    def read(self, text: str) -> list[SpokenProduct]:
        """Return the products that a message describes, in the order in which they stand; none if it names none."""
        parts, asked = part(text[:LONGEST])
        return [self._product(found.name, found.text, asked, split=True) for found in parts]

    def words(self, text: str) -> tuple[list[SpokenSign], list[Likeness], Words]:
        """Return the signs in a description, the three examples nearest to it, and the learned odds of the labels."""
        return self._heard(text)

    def classify(self, product: SpokenProduct, facts: dict[str, float] | None = None) -> ProductResult:
        """Classify a product as read; `facts` add to or replace those that were read.

        Raises:
            ClassificationError: for values that cannot be.
        """
        invalid = [wrong for wrong in product.invalid if wrong.input not in (facts or {})]
        if invalid:
            raise ClassificationError(invalid)
        if product.parts:
            return classify_line(product.name, [self.classify(part, facts) for part in product.parts])
        signs, nearest, words = self.words(product.text)
        return classify_product({**product.facts, **(facts or {})}, signs, nearest, words, product.name)

    def _product(self, name: str, text: str, asked: str, *, split: bool) -> SpokenProduct:
        facts, invalid = self._facts.read(text)
        parts = self._mixed(text, asked) if split else ()
        return SpokenProduct(name, text, facts, invalid, asked, parts)

    def _mixed(self, text: str, asked: str) -> tuple[SpokenProduct, ...]:
        """Return the two parts of a line whose words clearly say opposite things of each, else none."""
        words = words_of(text)
        for beside in find(vocabulary().beside, words):
            sides = text[: words[beside.first].start].strip(" ,;."), text[words[beside.last].end :].strip(" ,;.")
            if any(len(side.split()) < LEAST_PART_WORDS for side in sides):
                continue
            labels = [self._clear_label(side) for side in sides]
            if set(labels) == SIDES:
                return tuple(self._product(name_of(side), side, asked, split=False) for side in sides)
        return ()

    def _clear_label(self, text: str) -> str:
        """Return the side on which all clear signs of a text stand, "" if there are none or they disagree."""
        signs = read_signs()
        said = {signs[sign.id].says for sign in self.words(text)[0] if sign.certainty >= CLEAR}
        return (said & SIDES).pop() if len(said & SIDES) == 1 else ""

    def _hear(self, text: str) -> Heard:
        said = clauses(text)
        whole = self._embedder.query(text)
        vectors = self._embedder.vectors(said) if said and said != [text] else whole[None, :]
        heard, told = all_signs(text, said, vectors, self._signs)
        return Heard(heard, self._likenesses.nearest(whole[None, :]), odds_of(text, whole, self._labels, told))
