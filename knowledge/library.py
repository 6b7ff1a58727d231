"""The vault, its index and its names, opened together."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.blend import Blend
from knowledge.embedding import OnnxEmbedder, SentenceTransformerEmbedder, open_embedder
from knowledge.index import Index, Refresh
from knowledge.names import Names
from knowledge.reader import Reader, open_reader
from knowledge.recognizer import CONCEPT, open_recognizer
from knowledge.vault import Vault, load_vault

Report = Callable[[str, int, int], None]


def _silent(*_: object) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True)
class Library:
    """Everything a search needs."""

    vault: Vault
    index: Index
    names: Names
    recognizer: Blend
    reader: Reader | None
    embedder: OnnxEmbedder | SentenceTransformerEmbedder
    models: Path
    refresh: Refresh


def open_library(
    vault_dir: Path,
    data_dir: Path,
    embedding_model: Path | None = None,
    report: Report = _silent,
) -> Library:
    """Load the notes and bring their index up to date; the first time takes about a minute, later ones a second.

    Raises:
        NoteError: when the vault holds no usable note.
        EmbeddingError: when the weights cannot be used.
        KnowledgeIndexError: when the index cannot be written.
    """
    report("Reading the notes", 0, 0)
    vault = load_vault(vault_dir)
    report("Preparing the embedding model", 0, 0)
    embedder = open_embedder(data_dir / "models", embedding_model)
    index = Index(data_dir / "index", embedder)
    refresh = index.refresh(vault, lambda done, total: report("Building the index", done, total))
    names = Names(vault, index.vocabulary)
    report("Loading what was learned from examples", 0, 0)
    reader = open_reader(embedder)
    recognizer = Blend(open_recognizer(vault, embedder, data_dir / "models"), reader, CONCEPT)
    return Library(vault, index, names, recognizer, reader, embedder, data_dir / "models", refresh)
