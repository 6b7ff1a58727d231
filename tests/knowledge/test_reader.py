"""The reader is trained on examples, kept without pickles, and sees texts and the numbers in them."""

from pathlib import Path

import numpy as np
import pytest

from assistant.embedded.lessons import lessons
from knowledge.blend import Blend, blended
from knowledge.classifier import learn
from knowledge.embedding import OnnxEmbedder
from knowledge.lesson import Lesson, lessons_hash
from knowledge.library import Library
from knowledge.reader import HEADS, LAYERS, Head, Reader, ReaderError, open_reader, save_heads, tokens_of
from knowledge.vault import Vault
from tests.knowledge.samples import WordEmbedder

LATE = "the {} truck came hours after it was due"
STOCK = "how much reserve should lie on the {} shelf"
PLACES = ("top", "low", "left", "right", "back", "front", "far", "near")


@pytest.fixture(scope="module")
def reader(embedder: OnnxEmbedder) -> Reader:
    """The reader that is shipped."""
    return Reader(embedder)


def likeliest(found: dict[str, float]) -> str:
    return max(found, key=lambda label: found[label])


def test_the_shipped_reader_was_trained_on_the_present_examples(vault: Vault, reader: Reader) -> None:
    """Fails after every change to what it is trained on, until `python -m assistant train reader` has been run."""
    taught = lessons(vault)
    heads = {head for lesson in taught for head in (*lesson.labels, *lesson.parts)}
    assert set(reader.heads) == heads
    changed = [head for head in heads if reader.heads[head].source != lessons_hash(taught, head)]
    assert changed == [], "run `python -m assistant train reader`"


def test_each_text_is_taught_once_with_all_its_labels(vault: Vault) -> None:
    taught = lessons(vault)
    assert len({lesson.text for lesson in taught}) == len(taught)
    for lesson in taught:
        for parts in lesson.parts.values():
            assert all(0 <= start < end <= len(lesson.text) for start, end, _ in parts)


def test_a_concept_is_recognized_that_is_described_and_not_named(reader: Reader) -> None:
    found = reader.of_text("concept", "swings in orders get bigger the further you go from the shop to the factory")
    assert likeliest(found) == "Bullwhip effect"
    assert sum(found.values()) == pytest.approx(1, abs=1e-3)


def test_a_number_is_told_by_the_words_around_it(reader: Reader) -> None:
    text = "each order costs us 38 in paperwork, we sell 7300 a year, and keeping one for a year costs 4.5"
    places = [(text.index(number), text.index(number) + len(number)) for number in ("38", "7300", "4.5")]
    found = [likeliest(one) for one in reader.of_parts("input", text, places)]
    assert found == ["order_cost", "demand", "holding_cost"]


def test_of_a_number_beyond_what_is_read_nothing_is_told(reader: Reader) -> None:
    text = "stock " * 600 + "300"
    assert reader.of_parts("input", text, [(len(text) - 3, len(text))]) == [{}]


def test_tokens_of_a_part_are_those_that_overlap_it() -> None:
    spans = ((0, 0), (0, 2), (3, 7), (8, 9), (9, 12), (0, 0))
    assert tokens_of(spans, 8, 12) == [3, 4]
    assert tokens_of(spans, 2, 3) == []


def test_another_embedding_model_has_no_reader() -> None:
    assert open_reader(WordEmbedder()) is None


@pytest.mark.parametrize("damaged", ["layers", "heads"])
def test_a_damaged_reader_is_refused_with_the_remedy(embedder: OnnxEmbedder, tmp_path: Path, damaged: str) -> None:
    files = {"layers": LAYERS, "heads": HEADS} | {damaged: tmp_path / damaged}
    with pytest.raises(ReaderError, match=r"damaged.*restore them.*train reader"):
        Reader(embedder, **files)
    files[damaged].write_bytes(b"nothing that can be read")
    with pytest.raises(ReaderError, match=r"damaged.*restore them.*train reader"):
        Reader(embedder, **files)


def test_what_was_learned_with_another_model_is_refused(embedder: OnnxEmbedder, tmp_path: Path) -> None:
    head = Head(("a", "b"), np.zeros((384, 2), np.float32), np.zeros(2, np.float32), "")
    save_heads({"concept": head}, "another@1", tmp_path / "heads.npz")
    with pytest.raises(ReaderError, match="learned with the embedding model another@1"):
        Reader(embedder, heads=tmp_path / "heads.npz")


def test_training_teaches_texts_and_their_parts(embedder: OnnxEmbedder, tmp_path: Path) -> None:
    from knowledge.reader_training import train_reader

    taught = [Lesson(LATE.format(place), {"about": "time"}) for place in PLACES[:6]]
    for count, place in enumerate(PLACES[:6], 11):
        text = f"{STOCK.format(place)}, {count} pieces or {count * 7} kilos"
        first, second = text.index(str(count)), text.index(str(count * 7))
        parts = [(first, first + 2, "pieces"), (second, second + 2, "weight")]
        taught.append(Lesson(text, {"about": "stock"}, {"number": parts}))
    layers, heads = tmp_path / "reader.onnx", tmp_path / "reader.npz"
    train_reader(taught, embedder, layers, heads, epochs=40)
    made = Reader(embedder, layers, heads)
    assert made.heads["about"].source == lessons_hash(taught, "about")
    assert likeliest(made.of_text("about", LATE.format(PLACES[7]))) == "time"
    text = f"{STOCK.format(PLACES[7])}, 64 pieces or 92 kilos"
    places = [(text.index(number), text.index(number) + 2) for number in ("64", "92")]
    assert [likeliest(one) for one in made.of_parts("number", text, places)] == ["pieces", "weight"]
    _heads_follow_their_examples(taught, embedder, layers, heads)


def _heads_follow_their_examples(taught: list[Lesson], embedder: OnnxEmbedder, layers: Path, heads: Path) -> None:
    from knowledge.head_training import train_heads

    trained, before = layers.read_bytes(), Reader(embedder, layers, heads).heads["number"].weights
    more = [*taught, *(Lesson(f"{name} drives the forklift", {"about": "people"}) for name in ("Ana", "Bo", "Cy"))]
    assert train_heads(more, embedder, layers, heads) == ["about"]
    made = Reader(embedder, layers, heads)
    assert likeliest(made.of_text("about", "Ines drives the forklift")) == "people"
    assert likeliest(made.of_text("about", LATE.format(PLACES[7]))) == "time"
    assert np.array_equal(made.heads["number"].weights, before)
    assert layers.read_bytes() == trained
    assert train_heads(more, embedder, layers, heads) == []


def test_the_hash_of_a_head_is_that_of_its_lessons_alone() -> None:
    one, other = Lesson("a", {"x": "1"}), Lesson("b", {"y": "2"}, {"z": [(0, 1, "n")]})
    assert lessons_hash([one, other], "x") == lessons_hash([one], "x") != lessons_hash([other], "x")
    assert lessons_hash([one, other], "z") != lessons_hash([Lesson("b", {"y": "2"}, {"z": [(0, 1, "m")]})], "z")


def test_two_opinions_are_weighed_alike() -> None:
    found = blended({"a": 0.8, "b": 0.2}, {"a": 0.2, "b": 0.8})
    assert found == {"a": pytest.approx(0.5), "b": pytest.approx(0.5)}
    surer = blended({"a": 0.5, "b": 0.5}, {"a": 0.9, "b": 0.1})
    assert surer["a"] == pytest.approx(0.9**0.5 / (0.9**0.5 + 0.1**0.5))


def test_a_label_that_one_side_does_not_know_is_all_but_excluded() -> None:
    found = blended({"a": 0.5, "new": 0.5}, {"a": 1.0})
    assert found["new"] < 1e-3 < found["a"]


def test_without_a_head_the_classifier_is_alone(library: Library) -> None:
    pairs = [*(("stock", STOCK.format(one)) for one in PLACES), *(("time", LATE.format(one)) for one in PLACES)]
    learned, embedder = learn(pairs, WordEmbedder(), "subject"), WordEmbedder()
    text = STOCK.format("small")
    alone = learned.probabilities(text, embedder.query(text))
    for one in (Blend(learned, None, "concept"), Blend(learned, library.reader, "no such head")):
        assert one.probabilities(text, embedder.query(text)) == alone
