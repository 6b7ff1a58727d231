"""The assistant behind the web chat: loads in the background, answers turns and keeps every one of them."""

import ctypes
import gc
import logging
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from langchain_core.messages import BaseMessage

from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.events import Event, Finished, TextAdded
from assistant.history import History, HistoryError, TurnState
from assistant.learning import Quizzes
from assistant.learning.store import LearningDatabase
from assistant.models import ModelError, open_model
from assistant.settings import Settings, check_writable
from knowledge.embedding import EmbeddingError
from knowledge.index import KnowledgeIndexError
from knowledge.library import open_library
from knowledge.note import NoteError
from knowledge.paths import load_paths
from knowledge.vault import Vault, load_vault
from tools.risk.store import Actor, Reviews, StoreError

_log = logging.getLogger(__name__)
NOTHING_KEPT = "Conversations, risk reviews and quizzes are not kept after the server stops: {reason}"
NOT_KEPT = "Conversations are not kept after the server stops: {reason}"
REVIEWS_NOT_KEPT = "Risk reviews are not kept after the server stops: {reason}"
QUIZZES_NOT_KEPT = "Quizzes and progress are not kept after the server stops: {reason}"
PROBLEMS_SHOWN = 5
Store = TypeVar("Store")
STOPPED = "Stopped before the answer began."
WARM_UP = (
    "How does a reorder point work?",
    "EOQ for 1,200 a year, 50 an order and 2 a year to hold one?",
    "Is plain white flour a functional product? It sells all year, unchanged for decades.",
)
"""What is asked of the embedded model while it loads, so that nobody waits for what a first turn brings in."""


@dataclass(frozen=True)
class Status:
    """How far loading has come, and what a user should know while the server runs."""

    ready: bool
    message: str = ""
    done: int = 0
    total: int = 0
    notices: list[str] = field(default_factory=list)


class Chat:
    """One for the process; safe to use from several threads."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self._notices: list[str] = []
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self.data_dir = self._usable(settings.data_dir)
        self.history = self._opened(History, History.in_folder, NOT_KEPT)
        self.reviews = self._opened(Reviews, Reviews.in_folder, REVIEWS_NOT_KEPT)
        self.vault: Vault = self._read_vault()
        self.quizzes = self._open_quizzes()
        self._assistant: Assistant | None = None
        self._failure = ""
        self._progress = ("Starting", 0, 0)
        self._loaded = threading.Event()
        self._loading = threading.Lock()
        self._thread: threading.Thread | None = None

    def warm_up(self) -> None:
        """Begin to load in the background; return at once."""
        with self._loading:
            if self._thread is None:
                self._thread = threading.Thread(target=self._load, name="warm-up", daemon=True)
                self._thread.start()

    def status(self) -> Status:
        """Return how far loading has come."""
        message, done, total = self._progress
        if self._loaded.is_set():
            return Status(not self._failure, self._failure, notices=list(self._notices))
        shown = f"{message}: {done} of {total} notes" if total else message
        return Status(False, shown, done, total, list(self._notices))

    def stream(self, owner: str, conversation_id: str, question: str) -> Iterator[Event]:
        """Keep a question, answer it event by event, and keep the answer; the last event is Finished.

        Closing the generator early keeps what was written so far.

        Raises:
            NotFoundError: when the conversation is not the owner's.
        """
        if self._assistant:  # which can begin to read while the store is busy
            self._assistant.prepare(question)
        history = self.history.messages(owner, conversation_id)
        turn = self.history.ask(owner, conversation_id, question[: self.settings.max_input_chars])
        written: list[str] = []
        state: TurnState = "failed"
        try:
            for event in self._events(owner, question, history):
                if isinstance(event, TextAdded):
                    written.append(event.text)
                if isinstance(event, Finished):
                    self.history.finish(turn.id, event.answer, event.messages)
                    state = "done"
                yield event
        except GeneratorExit:
            state = "stopped"
            raise
        finally:
            if state != "done":
                text = "".join(written).strip() or STOPPED
                self.history.finish(turn.id, Answer(kind="answer", text=text), (), state)

    def assistant(self) -> Assistant:
        """Return the assistant, waiting for it to be loaded.

        Raises:
            ModelError: when it could not be loaded.
        """
        self.warm_up()
        self._loaded.wait()
        if self._assistant is None:
            raise ModelError(self._failure)
        return self._assistant

    def close(self) -> None:
        """Let go of the databases and of what was only borrowed."""
        self.history.close()
        self.reviews.close()
        self.quizzes.close()
        if self._scratch:
            self._scratch.cleanup()

    def _events(self, owner: str, question: str, history: list[BaseMessage]) -> Iterator[Event]:
        try:
            assistant = self.assistant()
        except ModelError as error:
            yield Finished(Answer(kind="decline", text=str(error)))
            return
        yield from assistant.stream(question, history, Actor(owner))

    def _usable(self, folder: Path) -> Path:
        """Return the data folder, or a temporary one where it cannot be written."""
        try:
            check_writable(folder)
        except OSError as error:
            reason = f"the data folder {folder} cannot be written ({error.strerror}); set SCM_DATA_DIR to one that can."
            self._notices.append(NOTHING_KEPT.format(reason=reason))
            _log.warning("%s", reason)
            return self._borrowed()
        return folder

    def _opened(self, at: Callable[[str], Store], in_folder: Callable[[Path], Store], not_kept: str) -> Store:
        """Open a store: by its address, in the data folder, or for the time being where neither can be used."""
        try:
            if self.settings.database_url:
                return at(self.settings.database_url)
            return in_folder(self.data_dir)
        except (HistoryError, StoreError) as error:
            self._notices.append(not_kept.format(reason=str(error)))
            _log.warning("%s", error)
            return in_folder(self._borrowed())

    def _borrowed(self) -> Path:
        """Return a folder that lasts as long as the process."""
        self._scratch = self._scratch or tempfile.TemporaryDirectory(prefix="scm-assistant-")
        return Path(self._scratch.name)

    def _open_quizzes(self) -> Quizzes:
        paths = self._read_paths()
        database = self._opened(LearningDatabase, LearningDatabase.in_folder, QUIZZES_NOT_KEPT)
        return Quizzes(self.vault, database, paths)

    def _read_paths(self) -> dict[str, tuple[str, Sequence[str]]]:
        try:
            return {path.id: (path.name, path.titles) for path in load_paths(self.vault).paths}
        except NoteError as error:
            self._notices.append(str(error))
            return {}

    def _read_vault(self) -> Vault:
        try:
            vault = load_vault(self.settings.vault_dir)
        except NoteError as error:
            self._notices.append(str(error))
            return Vault({}, self.settings.vault_dir)
        for problem in vault.problems:
            _log.warning("note left out or incomplete: %s", problem)
        if vault.problems:
            self._notices.append(_told(vault.problems))
        return vault

    def _load(self) -> None:
        try:
            library = open_library(self.settings.vault_dir, self.data_dir, self.settings.embedding_model, self._report)
            self.vault = library.vault
            model = open_model(self.settings, library)
            assistant = Assistant(self.settings, library, model, self.reviews, self.quizzes)
            self._report("Warming up", 0, 0)
            if self.settings.model == "embedded":
                assistant.answer(WARM_UP[0])
            self._assistant = assistant
            self._loaded.set()
            if self.settings.model == "embedded":
                self._warm_up_more(assistant)
            _settle()
        except (ModelError, NoteError, EmbeddingError, KnowledgeIndexError) as error:
            self._failure = str(error)
            self._notices.append(str(error))
            _log.error("%s", error)
        except Exception:
            self._failure = (
                "The assistant could not be loaded; the server's log says why. Run: python -m assistant doctor"
            )
            self._notices.append(self._failure)
            _log.exception("loading failed")
        finally:
            self._loaded.set()

    @staticmethod
    def _warm_up_more(assistant: Assistant) -> None:
        """Load what only some turns need, while the first ones are asked already."""
        for question in WARM_UP[1:]:
            assistant.answer(question)

    def _report(self, message: str, done: int, total: int) -> None:
        self._progress = (message, done, total)


def _told(problems: Sequence[NoteError]) -> str:
    """Return what is wrong with which notes; of many, the first few and where all of them are told."""
    shown = " ".join(map(str, problems[:PROBLEMS_SHOWN]))
    more = len(problems) - PROBLEMS_SHOWN
    rest = f" And {more} more: python -m assistant doctor names each." if more > 0 else ""
    return f"{len(problems)} problem(s) in the notes; the rest works. {shown}{rest}"


def _settle() -> None:
    """Give back the memory that only loading needed, and spare what stays from every later search for garbage."""
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError, TypeError):  # only the GNU library knows how
        ctypes.CDLL(None).malloc_trim(0)
