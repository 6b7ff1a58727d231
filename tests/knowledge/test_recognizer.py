"""What is learned from examples is kept as plain arrays and belongs to one embedding model."""

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.classifier import Classifier, learn, load, load_or_learn, save, source_hash
from knowledge.embedding import OnnxEmbedder
from knowledge.library import Library
from knowledge.recognizer import LEARNED, examples, open_recognizer, slug
from knowledge.vault import Vault
from tests.knowledge.samples import WordEmbedder

PAIRS = [
    *(("stock", f"how much reserve should we keep on the {place} shelf") for place in ("top", "low", "left", "back")),
    *(("time", f"the {place} truck takes far too long to arrive") for place in ("top", "low", "left", "back")),
]


@pytest.fixture
def learned() -> Classifier:
    return learn(PAIRS, WordEmbedder(), "subject")


def never() -> Classifier:
    raise AssertionError("learned again")


def test_what_was_learned_tells_the_labels_apart(learned: Classifier) -> None:
    text = "which reserve should we keep"
    found = learned.probabilities(text, WordEmbedder().query(text))
    assert found["stock"] > found["time"]
    assert sum(found.values()) == pytest.approx(1)


def test_it_is_kept_and_read_back_the_same(learned: Classifier, tmp_path: Path) -> None:
    save(learned, tmp_path / "below" / "it.npz")
    kept = load(tmp_path / "below" / "it.npz", learned.identity)
    assert kept is not None
    assert (kept.labels, kept.grams, kept.style) == (learned.labels, learned.grams, learned.style)
    assert (kept.identity, kept.source) == (learned.identity, learned.source)
    for _, text in PAIRS:
        vector = WordEmbedder().query(text)
        again, before = kept.probabilities(text, vector), learned.probabilities(text, vector)
        assert again == pytest.approx(before, abs=0.01)
    assert [path.name for path in (tmp_path / "below").iterdir()] == ["it.npz"]


def test_nothing_pickled_is_kept_or_read(learned: Classifier, tmp_path: Path) -> None:
    save(learned, tmp_path / "it.npz")
    for path in (tmp_path / "it.npz", LEARNED):
        with np.load(path, allow_pickle=False) as kept:
            assert all(kept[name].dtype != object for name in kept.files)
    np.savez(tmp_path / "bad.npz", about=np.array([{"a": 1}, "b", "c"], dtype=object))
    assert load(tmp_path / "bad.npz", learned.identity) is None


def test_it_is_not_used_with_another_embedding_model(learned: Classifier, tmp_path: Path) -> None:
    save(learned, tmp_path / "it.npz")
    assert load(tmp_path / "it.npz", "other@1") is None
    assert load(tmp_path / "gone.npz", learned.identity) is None


def test_for_another_embedding_model_it_is_learned_once_and_kept(learned: Classifier, tmp_path: Path) -> None:
    shipped, kept = tmp_path / "shipped.npz", tmp_path / "models" / "kept.npz"
    save(learned, shipped)
    other = learn(PAIRS, WordEmbedder("other@1"), "subject")
    assert load_or_learn(shipped, kept, learned.identity, never).identity == learned.identity
    assert not kept.exists()
    assert load_or_learn(shipped, kept, "other@1", lambda: other) is other
    assert load_or_learn(shipped, kept, "other@1", never).identity == "other@1"


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda kept: kept[: len(kept) // 2],
    "empty": lambda _: b"",
    "garbage": lambda _: b"\xff" * 500,
    "text": lambda _: b"version https://git-lfs.github.com/spec/v1\n",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_damaged_is_learned_again_with_a_warning(
    learned: Classifier, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[bytes], bytes]
) -> None:
    kept = tmp_path / "kept.npz"
    save(learned, kept)
    kept.write_bytes(damage(kept.read_bytes()))
    with caplog.at_level(logging.WARNING):
        assert load_or_learn(tmp_path / "none.npz", kept, learned.identity, lambda: learned) is learned
    assert "is damaged" in caplog.text
    assert load_or_learn(tmp_path / "none.npz", kept, learned.identity, never).source == learned.source


def test_the_hash_of_examples_changes_with_them_and_not_with_their_order() -> None:
    assert source_hash(PAIRS) == source_hash(PAIRS[::-1])
    assert source_hash(PAIRS) != source_hash([*PAIRS, ("stock", "one more")])


def test_examples_are_those_of_the_files_and_what_the_notes_say_they_answer(vault: Vault) -> None:
    found = examples(vault)
    assert {title for title, _ in found} == set(vault.notes)
    for note in vault.notes.values():
        assert (note.title, note.front.asked_as[0]) in found
    assert slug("Lean (and why)!") == "lean-and-why"


def test_the_shipped_recognizer_serves_the_packaged_model_and_knows_every_note(
    vault: Vault, embedder: OnnxEmbedder, tmp_path: Path
) -> None:
    recognizer = open_recognizer(vault, embedder, tmp_path)
    assert set(recognizer.labels) == set(vault.notes)
    assert list(tmp_path.iterdir()) == []


def test_a_concept_is_recognized_that_is_described_and_not_named(library: Library) -> None:
    text = "swings in orders get bigger the further you go from the shop to the factory"
    found = library.recognizer.probabilities(text, library.embedder.query(text))
    assert max(found, key=lambda title: found[title]) == "Bullwhip effect"


def test_the_shipped_recognizer_was_learned_from_the_present_examples(vault: Vault, embedder: OnnxEmbedder) -> None:
    """Fails after every change to a note or to knowledge/asked, until `make train` has been run."""
    shipped = load(LEARNED, embedder.identity)
    assert shipped is not None
    assert shipped.source == source_hash(examples(vault)), "run `make train`"
