"""The search index: a Chroma collection and BM25 over the vault, rebuilt only where a note changed."""

import hashlib
import json
import logging
import os
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from knowledge.embedding import Embedder, Vectors
from knowledge.passages import Match, Passage, digest, passages
from knowledge.vault import Vault

if TYPE_CHECKING:
    from knowledge.words import WordIndex

INDEX_VERSION = 2
NOTES_A_BATCH = 8
DATABASE, VECTORS, WORDS = "chroma.sqlite3", "vectors.npz", "words"
ROWS_A_READ = 256  # Chroma returns vectors as lists of Python floats: all at once would take ten times their memory
Progress = Callable[[int, int], None]
_log = logging.getLogger(__name__)


def _silent(*_: object) -> None:
    """Report progress to nobody."""


class KnowledgeIndexError(RuntimeError):
    """The index cannot be used; the message names it and the remedy."""


@dataclass(frozen=True)
class Refresh:
    """What bringing the index up to date took: notes embedded, notes removed, passages held."""

    embedded: int
    removed: int
    passages: int


class Index:
    """Passages of the vault with their vectors (kept by Chroma, compared in memory) and their words (BM25)."""

    def __init__(self, folder: Path, embedder: Embedder):
        self.folder = folder
        self.embedder = embedder
        self._client: Any = None
        self._collection: Any = None
        self._passages: dict[str, Passage] = {}
        self._words: WordIndex | None = None
        self._vectors = _Vectors((), np.empty((0, 0), np.float32))
        self._lock = threading.Lock()

    def refresh(self, vault: Vault, progress: Progress = _silent) -> Refresh:
        """Bring the index up to the vault: embed notes that are new or changed, drop those that are gone.

        An index of another model or version, or one that is damaged, is rebuilt beside the old one and swapped in.
        A build that was interrupted goes on with the notes that were not finished.

        Raises:
            KnowledgeIndexError: when the folder cannot be written.
        """
        from chromadb.errors import ChromaError

        from knowledge.words import WordIndex

        with self._lock:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                name, done = self._refresh(vault, progress)
            except (OSError, ChromaError) as error:
                reason = getattr(error, "strerror", None) or error
                raise KnowledgeIndexError(
                    f"the index in {self.folder} cannot be written ({reason}): set SCM_DATA_DIR."
                ) from error
            self._words = WordIndex.open(list(self._passages.values()), self.folder / name / WORDS)
            return done

    def nearest(self, vector: Vectors, count: int, titles: Sequence[str] = ()) -> list[Match]:
        """Return the passages nearest to a unit vector, of all notes or of those named, best first."""
        return self._vectors.nearest(vector, count, titles)

    def matching(self, text: str, count: int) -> list[Match]:
        """Return the passages that share most words with a text, by BM25, best first."""
        return self._words.search(text, count) if self._words else []

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Every word that stands in the vault, in lower case, and how often."""
        return self._words.vocabulary if self._words else {}

    def _refresh(self, vault: Vault, progress: Progress) -> tuple[str, Refresh]:
        wanted = {title: digest(note) for title, note in vault.notes.items()}
        cut = {title: passages(note) for title, note in vault.notes.items()}
        self._passages = {passage.key: passage for parts in cut.values() for passage in parts}
        name, held = self._open_current(wanted)
        fresh = self._collection is None
        if fresh:
            name, held = self._start(f"build-{self._fingerprint()}"), {}
        stale = [title for title, stamp in held.items() if wanted.get(title) != stamp]
        missing = [title for title, stamp in wanted.items() if held.get(title) != stamp]
        if stale:
            held = {title: stamp for title, stamp in held.items() if title not in stale}
            self._save(name, held)  # before the rows go: after a crash in between they are only orphans
            self._collection.delete(where={"title": {"$in": stale}})
        for start in range(0, len(missing), NOTES_A_BATCH):
            progress(start, len(missing))
            batch = missing[start : start + NOTES_A_BATCH]
            self._add([passage for title in batch for passage in cut[title]])
            held.update({title: wanted[title] for title in batch})
            self._save(name, held)
        if missing:
            progress(len(missing), len(missing))
        if fresh or name.startswith("build-"):
            self._swap_in(name)
        if fresh or stale or missing:
            self._vectors = self._read()
            self._vectors.keep(self.folder / name / VECTORS, _stamp(held))
        # What read the vectors keeps a copy of them, and a graph of neighbours: one that is opened anew does not.
        self._close()
        self._connect(name)
        return name, Refresh(len(missing), len([t for t in stale if t not in wanted]), len(self._passages))

    def _add(self, batch: list[Passage]) -> None:
        vectors = self.embedder.vectors([passage.text for passage in batch])
        self._collection.upsert(
            ids=[passage.key for passage in batch],
            embeddings=vectors,
            metadatas=[{"title": passage.title, "section": passage.section} for passage in batch],
        )

    def _read(self) -> "_Vectors":
        """Read all vectors from Chroma.

        Raises:
            ValueError: when one of them is damaged.
        """
        held: list[Passage] = []
        rows: list[Vectors] = []
        for start in range(0, self._collection.count(), ROWS_A_READ):
            part = self._collection.get(limit=ROWS_A_READ, offset=start, include=["embeddings"])
            known = [place for place, key in enumerate(part["ids"]) if key in self._passages]
            held += [self._passages[part["ids"][place]] for place in known]
            rows.append(np.asarray(part["embeddings"], np.float32)[known])
        vectors = np.concatenate(rows) if rows else np.empty((0, 0), np.float32)
        if not np.isfinite(vectors).all():
            raise ValueError("a vector holds what is no number")
        return _Vectors(held, vectors)

    def _fingerprint(self) -> str:
        kept = "".join(c if c.isalnum() else "-" for c in self.embedder.identity)
        return f"v{INDEX_VERSION}-{kept[-80:]}"

    def _open_current(self, wanted: dict[str, str]) -> tuple[str, dict[str, str]]:
        """Open the index in use, or a build of the wanted kind that was interrupted.

        While the notes are as they were, a copy of the vectors will do; before a change all of the collection is read,
        so that damage is seen while it can be rebuilt.
        """
        fingerprint = self._fingerprint()
        builds = sorted(path.name for path in self.folder.glob(f"build-{fingerprint}*"))
        for name in dict.fromkeys([_read_text(self.folder / "CURRENT"), *builds]):
            state = _read_state(self.folder / name) if name else None
            if not state or state.get("fingerprint") != fingerprint:
                continue
            try:
                if not (self.folder / name / DATABASE).exists():
                    raise ValueError("the collection is gone")
                self._connect(name)
                unchanged, copy = state["notes"] == wanted, self.folder / name / VECTORS
                found = _Vectors.kept(copy, _stamp(wanted), self._passages) if unchanged else None
                if found is None and state["notes"] and self._collection.count() == 0:
                    raise ValueError("the collection is empty")
                self._vectors = found or self._read()
                if unchanged and not found:
                    self._vectors.keep(copy, _stamp(wanted))
                return name, dict(state["notes"])
            except Exception as error:  # Chroma raises its own, SQLite's and Rust's errors on damaged files
                _log.warning("the index in %s is damaged (%s); it is rebuilt", self.folder / name, error)
                self._close()
        return "", {}

    def _start(self, name: str) -> str:
        shutil.rmtree(self.folder / name, ignore_errors=True)
        while (self.folder / name).exists() or name == _read_text(self.folder / "CURRENT"):
            name += "-b"
        self._connect(name)
        self._save(name, {})
        return name

    def _connect(self, name: str) -> None:
        import chromadb
        from chromadb.config import Settings

        options = Settings(anonymized_telemetry=False, allow_reset=False)
        self._client = chromadb.PersistentClient(str(self.folder / name), settings=options)
        self._collection = self._client.get_or_create_collection(
            "passages", embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
        )

    def _close(self) -> None:
        if self._client is not None:
            close = getattr(self._client, "close", None)
            if close:
                close()
        self._client = self._collection = None

    def _save(self, name: str, notes: dict[str, str]) -> None:
        state = {"fingerprint": self._fingerprint(), "model": self.embedder.identity, "notes": notes}
        _write(self.folder / name / "state.json", json.dumps(state))

    def _swap_in(self, name: str) -> None:
        """Name the finished build as the one in use and delete every other."""
        if _read_text(self.folder / "CURRENT") != name:  # what others may be opening is not written in vain
            _write(self.folder / "CURRENT", name)
        for other in self.folder.iterdir():
            if other.is_dir() and other.name != name:
                shutil.rmtree(other, ignore_errors=True)


class _Vectors:
    """The vectors of the passages: for thousands, comparing each is exact, and faster than asking a database."""

    def __init__(self, held: Sequence[Passage], vectors: Vectors):
        order = sorted(range(len(held)), key=lambda place: held[place].title)
        self._held = [held[place] for place in order]
        self._rows = vectors if order == list(range(len(vectors))) else vectors[order]
        self._places: dict[str, slice] = {}
        for place, passage in enumerate(self._held):
            first = self._places.get(passage.title, slice(place, place)).start
            self._places[passage.title] = slice(first, place + 1)

    @classmethod
    def kept(cls, path: Path, stamp: str, known: Mapping[str, Passage]) -> "_Vectors | None":
        """Read a copy that was made for these notes: Chroma takes twenty times as long; None where there is none."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as copy:
                rows, keys = copy["rows"], copy["keys"].tolist()
                if str(copy["stamp"]) != stamp or len(rows) != len(keys) or not np.isfinite(rows).all():
                    return None
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        if not known.keys() >= set(keys):
            return None
        return cls([known[key] for key in keys], rows)

    def keep(self, path: Path, stamp: str) -> None:
        """Keep a copy beside the collection; without one, the next start only takes longer."""
        scratch = path.with_suffix(f".{os.getpid()}.new")
        keys = np.array([passage.key for passage in self._held], np.str_)
        with suppress(OSError):
            with scratch.open("wb") as file:
                np.savez(file, rows=self._rows, keys=keys, stamp=np.array(stamp))
            scratch.replace(path)

    def nearest(self, vector: Vectors, count: int, titles: Sequence[str] = ()) -> list[Match]:
        """Return the passages nearest to a unit vector, of all notes or of those named, best first."""
        if not self._held:
            return []
        parts = [self._places[title] for title in dict.fromkeys(titles) if title in self._places]
        if not titles:
            parts = [slice(0, len(self._held))]
        found: list[tuple[float, int]] = []
        for part in parts:
            # Not @, whose threads go on spinning for some milliseconds after each call.
            scores = np.einsum("ij,j->i", self._rows[part], vector)
            best = np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
            found += zip(scores[best].tolist(), (best + part.start).tolist(), strict=True)
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return [Match(self._held[place], score) for score, place in found[:count]]


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _read_state(folder: Path) -> dict[str, Any] | None:
    try:
        state = json.loads((folder / "state.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return state if isinstance(state, dict) and isinstance(state.get("notes"), dict) else None


def _stamp(notes: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(notes.items())).encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    scratch = path.with_suffix(f".{os.getpid()}.new")  # two processes may open an index at once
    with scratch.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def exact(vectors: Vectors, query: Vectors, count: int) -> list[int]:
    """Return the rows nearest to a query by exact search: the floor that benchmarks compare with."""
    return [int(i) for i in np.argsort(vectors @ query)[::-1][:count]]
