"""What was learned of product descriptions: the classifiers of signs and labels, and the examples' vectors."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from assistant.embedded.products.clauses import places_of_parts
from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.products.vocabulary import FILE, vocabulary
from knowledge.classifier import Classifier, Pairs, learn, load_or_learn, source_hash
from knowledge.embedding import Embedder, Vectors
from knowledge.library import Library
from tools.classification.product import SpokenSign, Words
from tools.classification.product_result import Likeness
from tools.classification.signs import Example, read_described, read_names, read_signs

NONE, OPPOSITE = "none", "opposite"
"""Labels of clauses that tell nothing, and of those that tell something but show no sign."""
SIGNS, LABELS, NAMED = "product_signs", "product_labels", "product_names"
NAMES = (SIGNS, LABELS, NAMED)
OF_NAMES = {"functional": "known_staple", "innovative": "known_novelty"}
"""Signs that lie in a name: staples are basic needs, fashion and new technology are innovative (Fisher 1997)."""
VECTORS = FILE.parent / "product_examples.npz"
LEAST_CERTAINTY = 0.3
LEAST_OF_CHAIN = 0.45
LEAST_OF_NAME = 0.7
MOST_ALONE, MOST_BESIDE = 0.85, 0.5
"""Most certainty of a name alone and beside a description: what is told counts for more than what it is called."""
LEAST_OF_SURGE = 0.4
NUMBER_WORDS = 5
BARE_WORDS = 5
LEAST = {"functional": 0.0, "innovative": 0.0, "surge": LEAST_OF_SURGE}
CUED = 0.8
NEGATED = 3
TELLING = ("functional", "innovative", "surge", "self_made")
SHOWN = 3


def sign_examples() -> Pairs:
    """Return pairs of sign and clause; names of products and neutral clauses are signs of nothing."""
    signs = read_signs().values()
    pairs = [(sign.id, said) for sign in signs for said in sign.said]
    pairs += [(OPPOSITE, said) for sign in signs for said in sign.opposite]
    pairs += [(NONE, said) for said in vocabulary().neutral]
    return [*pairs, *((NONE, example.product) for example in read_described())]


def label_examples(examples: Sequence[Example]) -> Pairs:
    """Return pairs of label and description, with the phrases of signs that speak for a label."""
    pairs = [(example.label, said) for example in examples for said in example.said]
    signs = [sign for sign in read_signs().values() if sign.says in ("functional", "innovative")]
    return [*pairs, *((sign.says, said) for sign in signs for said in sign.said)]


def name_examples(left_out: Collection[str] = ()) -> Pairs:
    """Return pairs of what a name says ("open" if nothing) and a product's name."""
    return [(label, name) for label, names in read_names().items() for name in names if name not in left_out]


def learn_classifier(name: str, embedder: Embedder) -> Classifier:
    """Fit one of the classifiers to its examples; takes some seconds."""
    if name == SIGNS:
        return learn(sign_examples(), embedder, "wording")
    if name == NAMED:
        return learn(name_examples(), embedder, "subject")
    return learn(label_examples(read_described()), embedder, "subject")


def open_learned(name: str, library: Library) -> Classifier:
    """Return a classifier for the library's embedding model; one that is not shipped is learned and kept."""
    identity = library.embedder.identity
    kept = library.models / f"{name}-{re.sub(r'[^a-zA-Z0-9]+', '-', identity)}.npz"
    return load_or_learn(FILE.parent / f"{name}.npz", kept, identity, lambda: learn_classifier(name, library.embedder))


def texts_of(example: Example) -> tuple[str, ...]:
    """Return the texts by which an example is found."""
    return (example.product, *example.said)


def example_vectors(embedder: Embedder, examples: Sequence[Example]) -> Vectors:
    """Return the vectors by which examples are found: shape (texts, dimension)."""
    return embedder.vectors([text for example in examples for text in texts_of(example)])


def save_vectors(vectors: Vectors, identity: str, path: Path = VECTORS) -> None:
    """Keep the examples' vectors as plain arrays, with the embedding model and the examples that they are of."""
    np.savez_compressed(path, vectors=vectors.astype(np.float16), about=np.array([identity, examples_hash()]))


def open_vectors(library: Library) -> Vectors:
    """Return the examples' vectors: those that are shipped, or for another model or other examples new ones."""
    identity = library.embedder.identity
    with VECTORS.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        if list(map(str, kept["about"])) == [identity, examples_hash()]:
            shipped: Vectors = kept["vectors"].astype(np.float32)
            return shipped
    return example_vectors(library.embedder, read_described())


def examples_hash() -> str:
    """Return the hash of the described products."""
    return source_hash([(example.label, text) for example in read_described() for text in texts_of(example)])


class Likenesses:
    """Finds the described products that resemble one, by the vectors of their names and descriptions.

    `vectors` are those of `texts_of` the examples: shape (n, dimension).
    """

    def __init__(self, examples: Sequence[Example], vectors: Vectors):
        self._examples = examples
        self._of = [place for place, example in enumerate(examples) for _ in texts_of(example)]
        self._vectors = vectors

    def nearest(self, vectors: Vectors, left_out: str = "") -> list[Likeness]:
        """Return the examples nearest to any of the vectors (shape (n, dimension)), the nearest first."""
        similar = np.einsum("ij,nj->ni", self._vectors, vectors).max(axis=0)
        found: list[Likeness] = []
        for place in np.argsort(-similar):
            example = self._examples[self._of[place]]
            if example.product == left_out or any(like.product == example.product for like in found):
                continue
            found.append(
                Likeness(
                    product=example.product,
                    label=example.label,
                    similarity=round(float(similar[place]), 4),
                    reason=example.reason,
                    source=example.source,
                )
            )
            if len(found) == SHOWN:
                break
        return found


def heard_signs(said: Sequence[str], vectors: Vectors, classifier: Classifier) -> tuple[list[SpokenSign], float]:
    """Return the signs in clauses, and how many clauses tell of demand (as the sum of their probabilities).

    Of each clause it is the side that is likeliest, by its likeliest sign; a sign that stands in several clauses is
    returned once, with the clearest.
    """
    signs = read_signs()
    told = 0.0
    found: dict[str, SpokenSign] = {}
    for clause, vector in zip(said, vectors, strict=True):
        odds = classifier.probabilities(clause, vector)
        odds.pop(NONE)
        told += odds.pop(OPPOSITE)
        sides: dict[str, float] = {}
        for sign, probability in odds.items():
            sides[signs[sign].says] = sides.get(signs[sign].says, 0.0) + probability
        told += sum(share for name, share in sides.items() if name in TELLING)
        side = max(sides, key=lambda name: sides[name])
        if sides[side] < LEAST_CERTAINTY:
            continue
        best = max((sign for sign in odds if signs[sign].says == side), key=lambda sign: odds[sign])
        if best not in found or found[best].certainty < sides[side]:
            found[best] = SpokenSign(id=best, quote=clause, certainty=round(min(1.0, sides[side]), 4))
    return list(found.values()), told


def known_names(left_out: Collection[str] = ()) -> dict[str, str]:
    """Return what the names that are listed say, by name: folded, and without the ending of a plural."""
    return {_singular(name): label for label, name in name_examples(left_out)}


def _singular(name: str) -> str:
    return re.sub(r"(?<=[a-z]{3})(?:(?<=(?:ss|sh|ch))es|(?<!s)s)$", "", " ".join(name.casefold().split()))


def named_sign(
    name: str, vector: Vectors, classifier: Classifier, known: Mapping[str, str], *, alone: bool
) -> SpokenSign | None:
    """Return the sign that lies in a product's name, as sure as the name is known; None if it leaves it open.

    `known` are names that are listed: what they say is certain. `alone` says that nothing is told beside the name.
    """
    listed = known.get(_singular(name))
    odds = {listed: 1.0} if listed else classifier.probabilities(name.casefold(), vector)
    label = max(odds, key=lambda label: odds[label])
    if label not in OF_NAMES or odds[label] < LEAST_OF_NAME:
        return None
    said = words_of(name)
    if (label == "functional" and find(vocabulary().not_plain, said)) or find(_words_of_figures(), said):
        return None
    certainty = min(odds[label], MOST_ALONE if alone else MOST_BESIDE)
    return SpokenSign(id=OF_NAMES[label], quote=name, certainty=round(certainty, 4))


def called(text: str, name: str) -> str:
    """Return by what a product is judged as a name: all of a text that is but a name, else the name in it."""
    bare = text.strip(" .,;:")
    only = len(bare.split()) <= BARE_WORDS and bare.startswith(name) and len(places_of_parts(bare)) == 1
    return bare if name and only and not any(sign.isdigit() for sign in bare) else name


def telling_clauses(text: str, name: str) -> list[str]:
    """Return the clauses that may show signs: neither the name alone nor a number with what it is of."""
    found = []
    for start, end in places_of_parts(text):
        clause = text[start:end]
        words = words_of(clause)
        number = any(word.text[0].isdigit() for word in words) and find(_words_of_shares(), words)
        if clause.strip(" .,") != name and not (number and len(words) <= NUMBER_WORDS):
            found.append(clause)
    return found


def cued_signs(said: Sequence[str]) -> tuple[list[SpokenSign], set[tuple[str, str]]]:
    """Return the signs for which clear words stand in clauses, and pairs of sign and clause that denies it."""
    data = vocabulary()
    found: dict[str, SpokenSign] = {}
    not_meant: set[tuple[str, str]] = set()
    for clause in said:
        words = words_of(clause)
        denied = [near.first for near in find(data.negators, words)]
        over = [near.first for near in find(data.over, words)]
        for cue in find(_cues(), words):
            before = any(0 < cue.first - place <= NEGATED for place in denied)
            after = any(0 < place - cue.last <= NEGATED for place in over)
            for sign in _signs_by_cue()[cue.phrase]:
                if before or after:
                    not_meant.add((sign, clause))
                else:
                    found[sign] = SpokenSign(id=sign, quote=clause, certainty=CUED)
    return list(found.values()), not_meant


@cache
def _words_of_figures() -> tuple[str, ...]:
    """Return the words of all inputs: "lead time" is no product."""
    return tuple(word for said in vocabulary().inputs.values() for word in said.words if " " in word or "-" in word)


@cache
def _words_of_shares() -> tuple[str, ...]:
    """Return the words of the inputs that are given in percent."""
    return tuple(word for said in vocabulary().inputs.values() if said.kind == "percent" for word in said.words)


@cache
def _cues() -> tuple[str, ...]:
    return tuple(_signs_by_cue())


@cache
def _signs_by_cue() -> dict[str, list[str]]:
    """Return the signs of each clear word."""
    signs: dict[str, list[str]] = {}
    for sign, cues in vocabulary().cues.items():
        for cue in cues:
            signs.setdefault(cue, []).append(sign)
    return signs


def all_signs(
    said: Sequence[str], vectors: Vectors, classifier: Classifier, named: SpokenSign | None
) -> tuple[list[SpokenSign], float]:
    """Return the signs of a description by what was learned, by clear words and by name; and what `heard_signs` does.

    Of each sign the clearest is returned; what is heard of the chain or the supply must be as good as clear.
    """
    heard, told = heard_signs(said, vectors, classifier)
    cued, not_meant = cued_signs(said)
    heard = [sign for sign in heard if (sign.id, sign.quote) not in not_meant]
    known = read_signs()
    best: dict[str, SpokenSign] = {}
    for sign in [*heard, *cued, *([named] if named else [])]:
        least = LEAST.get(known[sign.id].says, LEAST_OF_CHAIN)
        if sign.certainty >= least and (sign.id not in best or best[sign.id].certainty < sign.certainty):
            best[sign.id] = sign
    return list(best.values()), told + sum(known[sign.id].says in TELLING for sign in cued)


def odds_of(text: str, vector: Vectors, classifier: Classifier, told: float) -> Words:
    """Return the learned odds of the labels for a description of which so many clauses tell anything."""
    odds = {label: round(value, 4) for label, value in classifier.probabilities(text, vector).items()}
    return Words(odds=odds, told=round(told, 3))
