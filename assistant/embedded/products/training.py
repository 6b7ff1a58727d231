"""Fits the weights of the evidence and the calibration of confidence to the described products, and measures both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from assistant.embedded.products.facts import FactReader
from assistant.embedded.products.learned import (
    NAMES,
    SIGNS,
    Likenesses,
    all_signs,
    called,
    example_vectors,
    known_names,
    label_examples,
    learn_classifier,
    name_examples,
    named_sign,
    odds_of,
    save_vectors,
    telling_clauses,
)
from assistant.embedded.products.parting import part
from assistant.embedded.products.vocabulary import FILE as WORDS_FILE
from knowledge.classifier import learn, save
from knowledge.embedding import Embedder, Vectors
from tools.classification.calibration import FILE, LABELS, Calibration, Weights
from tools.classification.evidence import Evidence, enough, gather, probabilities
from tools.classification.signs import Example, read_described, read_signs
from tools.classification.thresholds import default_thresholds

FOLDS = 10
FITTED = ("functional", "hybrid", "numbers", "signs", "against", "both", "surge", "surge_on_stable", "words", "nearest")
START = (0.0, -0.5, 1.0, 1.0, 0.5, 0.4, 0.8, 0.9, 0.7, 0.5)
BOUNDS = ((-1, 1), (-2, 1), (0.8, 2), (0.3, 2), (0.2, 1), (0, 0.5), (0, 2), (0.8, 1), (0, 2), (0, 1.5))
PENALTY = 0.003
MOST_TOLD = (0.5, 1.0, 1.5, 2.0, 3.0)
SURE = 0.8
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A description with its label, and its evidence, gathered without its own product."""

    product: str
    text: str
    label: str
    evidence: Evidence


def descriptions(example: Example) -> list[str]:
    """Return texts as people might type them: the name, each description alone, each two, and all of them."""
    one, two, three = (list(example.said) * 3)[:3]
    named = [example.product, f"it's a {example.product}", f"we sell {example.product}"]
    return [*named, one, two, three, f"{one}. {two}", f"{two}. {three}", f"{one}. {three}", f"{one}. {two}. {three}"]


def gather_cases(embedder: Embedder, examples: Sequence[Example]) -> list[Case]:
    """Return the described products with evidence to which they did not contribute (ten folds by product)."""
    signs, reader = learn_classifier(SIGNS, embedder), FactReader()
    likenesses = Likenesses(examples, example_vectors(embedder, examples))
    known, bands = read_signs(), default_thresholds().fisher
    places = np.random.default_rng(0).permutation(len(examples))
    found: list[Case] = []
    for fold in np.array_split(places, FOLDS):
        held = {int(place) for place in fold}
        rest = [example for place, example in enumerate(examples) if place not in held]
        labels = learn(label_examples(rest), embedder, "subject")
        left_out = [examples[place].product for place in held]
        names, listed = learn(name_examples(left_out), embedder, "subject"), known_names(left_out)
        for example in (examples[place] for place in sorted(held)):
            for text in descriptions(example):
                parts = part(text)[0]
                name = parts[0].name if len(parts) == 1 else ""
                known_as = called(text, name)
                said = telling_clauses(text, known_as)
                vectors = embedder.vectors([text, known_as, *said])
                named = named_sign(known_as, vectors[1], names, listed, alone=not said) if known_as else None
                told, clauses_told = all_signs(said, vectors[2:], signs, named)
                evidence = gather(
                    reader.read(text)[0],
                    [(known[spoken.id], spoken.certainty) for spoken in told],
                    likenesses.nearest(vectors[:1], left_out=example.product),
                    odds_of(text, vectors[0], labels, clauses_told).odds,
                    bands,
                    clauses_told,
                )
                found.append(Case(example.product, text, example.label, evidence))
    return found


def fit(cases: Sequence[Case]) -> Weights:
    """Return the weights that make the labels likeliest, under the bounds that keep them monotone."""
    from scipy.optimize import minimize

    kinds = _kinds(cases)
    right = np.array([LABELS.index(case.label) for case in cases])
    start = np.array(START)

    def loss(point: Floats) -> float:
        odds = _log_odds(point, kinds)
        own = odds[np.arange(len(right)), right]
        return float(np.mean(np.logaddexp.reduce(odds, axis=1) - own) + PENALTY * np.sum((point - start) ** 2))

    done = minimize(loss, start, method="L-BFGS-B", bounds=BOUNDS)
    return Weights(**{name: round(float(value), 4) for name, value in zip(FITTED, done.x, strict=True)})


def calibrate(cases: Sequence[Case], weights: Weights) -> Calibration:
    """Return the logistic curve from raw probability and how much was told to the share that is right.

    It is fitted to whether the likeliest label is right, over evidence that was gathered without the case's own
    product. From how much on it no longer matters what else was told (`most_told`) is the choice with the least loss:
    a first thing told counts for far more than a second. What this is worth is in `measured`: figures of products to
    which neither weights nor curve, with that choice, were fitted (`cross_validated`).
    """
    raw = Calibration(weights=weights)
    best = np.array([max(probabilities(case.evidence, raw).values()) for case in cases])
    right = np.array([_best(case, raw) == case.label for case in cases], float)
    logit = np.log(best / (1 - best))
    amount = np.array([min(case.evidence.amount, raw.most_amount) for case in cases])
    told = np.array([case.evidence.told for case in cases])
    curves = {most: _curve(np.stack([logit, amount, np.minimum(told, most)]), right) for most in MOST_TOLD}
    most_told = min(curves, key=lambda most: curves[most][0])
    slope, amount_weight, told_weight, offset = (round(float(value), 4) for value in curves[most_told][1])
    return Calibration(
        weights=weights, slope=slope, offset=offset, amount=amount_weight, told=told_weight, most_told=most_told
    )


def measure(judged: Sequence[tuple[Case, Calibration]]) -> dict[str, Any]:
    """Return how often labels are given and right, confident and wrong, and the share right by tenth of confidence."""
    bands = default_thresholds().fisher
    rows = []
    for case, calibration in judged:
        odds = probabilities(case.evidence, calibration)
        label = max(odds, key=lambda name: odds[name])
        sure = calibration.confidence(odds[label], case.evidence)
        rows.append((sure, label == case.label, enough(sure, case.evidence, bands)))
    table: Floats = np.array(rows, float)
    labelled = table[table[:, 2] == 1]
    confident = labelled[labelled[:, 0] > SURE]
    tenths = {}
    for low in range(3, 10):
        part = table[(table[:, 0] >= low / 10) & (table[:, 0] < (low + 1) / 10)]
        if len(part):
            said, right = (round(float(share), 3) for share in part[:, :2].mean(axis=0))
            tenths[f"{low / 10:.1f}"] = [len(part), said, right]
    return {
        "cases": len(table),
        "likeliest_right": round(float(table[:, 1].mean()), 4),
        "labels_given": round(len(labelled) / len(table), 4),
        "labels_given_right": round(float(labelled[:, 1].mean()), 4) if len(labelled) else None,
        "confident": round(len(confident) / len(table), 4),
        "confident_wrong": round(1 - float(confident[:, 1].mean()), 4) if len(confident) else None,
        "by_tenth": tenths,
    }


def cross_validated(cases: Sequence[Case]) -> list[tuple[Case, Calibration]]:
    """Return each case with weights and calibration that were fitted to other products only."""
    products = sorted({case.product for case in cases})
    held = {product: place % FOLDS for place, product in enumerate(products)}
    found = []
    for fold in range(FOLDS):
        rest = [case for case in cases if held[case.product] != fold]
        made = calibrate(rest, fit(rest))
        found += [(case, made) for case in cases if held[case.product] == fold]
    return found


def train_products(embedder: Embedder) -> Calibration:
    """Learn the classifiers, fit, measure and keep weights and calibration; takes some minutes."""
    kept = Remembering(embedder)
    for name in NAMES:
        save(learn_classifier(name, kept), WORDS_FILE.parent / f"{name}.npz")
    examples = read_described()
    save_vectors(example_vectors(kept, examples), embedder.identity)
    cases = gather_cases(kept, examples)
    made = calibrate(cases, fit(cases))
    made = made.model_copy(update={"measured": measure(cross_validated(cases))})
    FILE.write_text(
        "# Fitted by `python -m assistant train products` to data/examples.yaml; not to be edited by hand.\n"
        + yaml.safe_dump(made.model_dump(), sort_keys=False),
        "utf-8",
    )
    return made


class Remembering:
    """An embedder that embeds each text once, however often it stands among cases."""

    def __init__(self, embedder: Embedder):
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.identity = embedder.identity

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text: shape (len(texts), dimension)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.vectors(new), strict=True))
        return np.array([self._known[text] for text in texts])

    def query(self, text: str) -> Vectors:
        """Return the unit vector of a text: shape (dimension,)."""
        vector: Vectors = self.vectors([text])[0]
        return vector


def _curve(told: Floats, right: Floats) -> tuple[float, Floats]:
    """Return the loss and the factors, the offset last, of a rising logistic curve; `told` has shape (3, cases)."""
    from scipy.optimize import minimize

    def loss(point: Floats) -> float:
        z = point[:-1] @ told + point[-1]
        return float(np.mean(np.logaddexp(0, z) - right * z) + 1e-4 * np.sum(point**2))

    done = minimize(loss, np.array([1.0, 0.1, 0.1, 0.0]), method="L-BFGS-B", bounds=((0, 3), (0, 1), (0, 2), (-3, 3)))
    return float(done.fun), done.x


def _kinds(cases: Sequence[Case]) -> dict[str, Floats]:
    """Return the evidence of each kind as columns; words and nearest with a row a label."""
    return {
        "numbers": np.array([case.evidence.numbers for case in cases]),
        "signs": np.array([case.evidence.signs for case in cases]),
        "surge": np.array([case.evidence.surge for case in cases]),
        "words": np.array([[case.evidence.words.get(label, 0.0) for label in LABELS] for case in cases]),
        "nearest": np.array([[case.evidence.nearest.get(label, 0.0) for label in LABELS] for case in cases]),
    }


def _log_odds(point: Floats, kinds: dict[str, Floats]) -> Floats:
    """Return the log-odds of each label as tools.classification.evidence adds them, for all cases at once."""
    weight = dict(zip(FITTED, point, strict=True))
    functional, innovative = (weight["numbers"] * kinds["numbers"] + weight["signs"] * kinds["signs"]).T
    raw = np.stack(
        [
            weight["functional"] + functional - weight["against"] * innovative,
            innovative - weight["against"] * functional,
            weight["hybrid"]
            + 2 * weight["both"] * np.minimum(functional, innovative)
            + weight["surge"] * kinds["surge"]
            + weight["surge_on_stable"] * np.minimum(kinds["surge"], 1.0) * functional,
        ],
        axis=1,
    )
    found: Floats = raw + weight["words"] * kinds["words"] + weight["nearest"] * kinds["nearest"]
    return found


def _best(case: Case, calibration: Calibration) -> str:
    odds = probabilities(case.evidence, calibration)
    return max(odds, key=lambda label: odds[label])
