"""Recognizes concepts that a text describes without naming them, learned from examples in knowledge/asked."""

import re
from pathlib import Path

from knowledge.classifier import Classifier, Pairs, learn, load_or_learn
from knowledge.embedding import Embedder
from knowledge.note import Note
from knowledge.vault import Vault

ASKED = Path(__file__).with_name("asked")
LEARNED = Path(__file__).with_name("recognizer.npz")
CONCEPT = "concept"
"""The reader's head that recognizes concepts too."""
INVERSE_PENALTY = 5.0


def examples(vault: Vault, folder: Path = ASKED) -> Pairs:
    """Return pairs of title and example text: the lines of knowledge/asked and what the notes say they answer."""
    found: list[tuple[str, str]] = []
    for note in vault.notes.values():
        path = folder / f"{slug(note.title)}.txt"
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        found += [(note.title, line.strip()) for line in [*lines, *_own_words(note)] if line.strip()]
    return found


def slug(title: str) -> str:
    """Return a title as the name of its file."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}]", "", title.casefold())).strip("-")


def learn_recognizer(vault: Vault, embedder: Embedder) -> Classifier:
    """Fit the recognizer to the examples; takes some minutes."""
    return learn(examples(vault), embedder, "subject", penalty=INVERSE_PENALTY)


def open_recognizer(vault: Vault, embedder: Embedder, models: Path) -> Classifier:
    """Return the recognizer for an embedding model; one that is not shipped is learned and kept below `models`."""
    name = re.sub(r"[^a-zA-Z0-9]+", "-", embedder.identity)
    kept = models / f"recognizer-{name}.npz"
    return load_or_learn(LEARNED, kept, embedder.identity, lambda: learn_recognizer(vault, embedder))


def _own_words(note: Note) -> list[str]:
    front = note.front
    return [*front.asked_as, *(question.question for question in note.questions), front.use_when, note.definition]
