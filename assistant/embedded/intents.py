"""The classifiers of acts and follow-ups, learned from the examples in data/."""

import re
from collections.abc import Container
from pathlib import Path
from typing import Any

import yaml

from assistant.embedded.described import described
from assistant.embedded.figures.roles import input_examples
from assistant.embedded.json_lines import rows_in
from assistant.embedded.sorting.composed import composed
from assistant.embedded.sorting.signs import NAMES as SIGNS
from assistant.embedded.sorting.signs import sign_examples
from knowledge.blend import Blend
from knowledge.classifier import Classifier, Pairs, learn, load_or_learn
from knowledge.features import masked
from knowledge.library import Library
from knowledge.recognizer import ASKED
from knowledge.vault import normal

DATA = Path(__file__).with_name("data")
NAMES = ("acts", "follow_ups", "figures", "metrics", "sorting", "reviewing", *SIGNS)
TAUGHT = ("acts", "follow_ups", "figures", "sorting", "reviewing")
"""Classifiers on whose examples the reader is trained too, with a head of the same name.

That of reviews is not asked: it is surer of short messages than it is right.
"""
FIRST_LINES, LAST_LINES = 6, 2
"""Of the ways of asking for a concept: those that tell of a situation, and those that mention figures."""
NOT_BESIDE_REVIEWS = ("review", "follow_up", "vague", "record", "recall", "applied")
EVERY_ACT, EVERY_FIGURE, EVERY_COMPUTED, EVERY_NUMBER = 3, 32, 2, 2
EVERY_TASK, EVERY_PRODUCT = 8, 2
ALONE = "alone"
SHARPER = 20.0


def read_examples(name: str) -> Pairs:
    """Return pairs of label and example from the files of a name.

    For follow-ups, what stands alone is learned beside the ways of following up, so that the one can be told from the
    other.
    """
    if name == "metrics":
        return typed_messages()
    if name == "inputs":
        return input_examples(typed_rows())
    if name == "figures":
        computed = [("compute", text) for _, text in typed_messages()[::EVERY_COMPUTED]]
        return [*_written(name), *computed, *_described("concept")[::EVERY_PRODUCT], *_with_numbers()]
    if name in SIGNS:
        return sign_examples(name)
    if name == "sorting":
        return [*_written(name), *composed(), *_described("product"), *_unsorted()]
    if name == "acts":
        return [*_written(name), *_situations("applied"), *_with_figures("applied"), *_tasks()]
    if name == "reviewing":
        return [*_written(name), *_beside_reviews()]
    alone = [(ALONE, text) for act, text in _written("acts") if act not in ("follow_up", "vague")]
    return [*_written(name), *alone, *_situations(ALONE)]


def _beside_reviews() -> Pairs:
    """Return some of the messages that speak to no review, though one may be running: other acts and computations."""
    acts = [("other", text) for act, text in _written("acts") if act not in NOT_BESIDE_REVIEWS]
    return [*acts[::EVERY_ACT], *(("other", text) for _, text in typed_messages()[::EVERY_FIGURE])]


def _unsorted() -> Pairs:
    """Return messages that ask for no classification: other acts, situations and computations."""
    acts = [("other", text) for act, text in _written("acts") if act not in ("classify", "follow_up", "vague")]
    computed = [("other", text) for _, text in typed_messages()]
    return [*acts, *_situations("other"), *_with_figures("other"), *computed]


def _tasks() -> Pairs:
    """Return some of the messages that ask for a metric or describe a product, as acts."""
    computed = [("compute", text) for _, text in typed_messages()[::EVERY_TASK]]
    return [*computed, *_described("classify")[::EVERY_PRODUCT]]


def _described(label: str) -> Pairs:
    return [(label, text) for _, text in described()]


def _with_numbers() -> Pairs:
    """Return some of the questions on concepts that mention figures, and want nothing computed."""
    lines = [line for lines in _asked() for line in lines if any(sign.isdigit() for sign in line)]
    return [("concept", line) for line in lines[::EVERY_NUMBER]]


def typed_messages() -> list[tuple[str, str]]:
    """Return pairs of metric and message that asks for it, from the examples of each family of metrics."""
    return [(row["metric"], row["text"]) for row in typed_rows()]


def typed_rows() -> list[dict[str, Any]]:
    """Return the messages that are written for each metric, with the inputs that they give."""
    return [row for path in sorted((DATA / "typed").glob("*.jsonl")) for row in rows_in(path)]


def known_talk(labels: Container[str]) -> dict[str, str]:
    """Return messages of some acts that stand word for word among the examples, folded, with their act."""
    return {normal(text): label for label, text in _written("acts") if label in labels}


def _written(name: str) -> list[tuple[str, str]]:
    return [(label, text) for label, texts in _loaded(DATA / f"{name}.yaml")[name].items() for text in texts]


def _loaded(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - a safe loader


def _situations(label: str) -> Pairs:
    """Return some of the situations that the recognizer of concepts learns from: they too are to be answered."""
    return [(label, line) for lines in _asked() for line in lines[:FIRST_LINES]]


def _with_figures(label: str) -> Pairs:
    """Return some of the questions on concepts that mention figures."""
    return [(label, line) for lines in _asked() for line in lines[-LAST_LINES:]]


def _asked() -> list[list[str]]:
    """Return the lines in which people ask for a concept, by concept."""
    return [path.read_text("utf-8").splitlines() for path in sorted(ASKED.glob("*.txt"))]


def learn_classifier(name: str, library: Library) -> Classifier:
    """Fit a classifier to its examples, with the names of concepts masked; takes some seconds."""
    if name == "metrics":
        return learn(read_examples(name), library.embedder, "subject")
    if name == "inputs":
        return learn(read_examples(name), library.embedder, "subject", penalty=SHARPER)
    if name in ("sorting", *SIGNS):  # names such as "functional or innovative" tell what is asked for
        return learn(read_examples(name), library.embedder, "wording")
    find = library.names.find
    return learn(read_examples(name), library.embedder, "wording", prepare=lambda text: masked(text, find(text)))


def open_classifier(name: str, library: Library) -> Classifier:
    """Return a classifier for the library's embedding model; one that is not shipped is learned and kept."""
    identity = library.embedder.identity
    kept = library.models / f"{name}-{re.sub(r'[^a-zA-Z0-9]+', '-', identity)}.npz"
    return load_or_learn(DATA / f"{name}.npz", kept, identity, lambda: learn_classifier(name, library))


def open_blend(name: str, library: Library, head: str = "") -> Blend:
    """Return a classifier together with the reader's head, which has the same name if no other is given."""
    return Blend(open_classifier(name, library), library.reader, head or name)
