"""Answers being written: each goes on when its page is closed, and can be watched or stopped from any page."""

import logging
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal

from assistant.answer import Answer
from assistant.events import Event, Finished, TextAdded, ToolFinished, ToolStarted

if TYPE_CHECKING:
    from assistant.chat import Chat

FAILED = "Something went wrong while answering. The server's log has the details; ask again with the retry button."
RunState = Literal["waiting", "running", "done", "stopped", "failed"]
log = logging.getLogger(__name__)


class BusyError(RuntimeError):
    """The conversation has a question under way."""


@dataclass
class ToolRun:
    """A tool that the model asked for, and what it answered so far."""

    tool: str
    args: dict[str, object]
    output: object = None
    finished: bool = False
    failed: bool = False


@dataclass
class Run:
    """One question on its way to an answer: the turn at `position`; `version` grows with every change."""

    owner: str
    conversation_id: str
    question: str
    position: int
    state: RunState = "waiting"
    tools: dict[str, ToolRun] = field(default_factory=dict)
    text: str = ""
    answer: Answer | None = None
    version: int = 0
    closed: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will change on the page."""
        return self.state in ("done", "stopped", "failed")

    def take(self, event: Event) -> None:
        """Add what just happened."""
        match event:
            case ToolStarted():
                self.tools[event.call_id] = ToolRun(event.tool, event.args)
            case ToolFinished():
                known = self.tools.setdefault(event.call_id, ToolRun(event.tool, {}))
                known.output, known.finished, known.failed = event.output, True, event.failed
            case TextAdded():
                self.text += event.text
            case Finished():
                self.answer, self.text = event.answer, event.answer.text
        self.version += 1

    def enter(self, state: RunState) -> None:
        """Change the state; one that is over stays as it is."""
        if not self.over:
            self.state = state
            self.version += 1


class Runs:
    """The answers under way, at most one a conversation; the rest wait for a free worker."""

    def __init__(self, chat: "Chat", workers: int):
        self._chat = chat
        self._waiting: SimpleQueue[Run] = SimpleQueue()
        self._runs: dict[tuple[str, str], Run] = {}
        self._lock = Lock()
        for number in range(workers):
            # Daemons: the server's end does not wait for a slow model; history shows such a turn as unanswered.
            Thread(target=self._serve, name=f"answer-{number}", daemon=True).start()

    def start(self, owner: str, conversation_id: str, question: str, position: int) -> Run:
        """Begin to answer a question, the turn after the first `position` ones.

        Raises:
            BusyError: when the conversation's last question is still being answered.
        """
        run = Run(owner, conversation_id, question, position)
        with self._lock:
            before = self._runs.get((owner, conversation_id))
            if before and not before.over:
                raise BusyError("The last question is still being answered: wait for it, or stop it.")
            self._runs[owner, conversation_id] = run
        self._waiting.put(run)
        return run

    def find(self, owner: str, conversation_id: str) -> Run | None:
        """Return the answer under way in a conversation, or the last one while it is being put away."""
        with self._lock:
            return self._runs.get((owner, conversation_id))

    def stop(self, owner: str, conversation_id: str) -> None:
        """Stop at the next opportunity; the page need not wait for it."""
        run = self.find(owner, conversation_id)
        if run:
            run.enter("stopped")

    def close(self) -> None:
        """Stop all, for the server's end."""
        with self._lock:
            runs = list(self._runs.values())
        for run in runs:
            run.enter("stopped")

    def _serve(self) -> None:
        while True:
            self._work(self._waiting.get())

    def _work(self, run: Run) -> None:
        run.enter("running")
        try:
            if not run.over:
                self._answer(run)
        except Exception:
            log.exception("a question could not be answered")
            run.enter("failed")
        finally:
            with self._lock:
                if self._runs.get((run.owner, run.conversation_id)) is run:
                    del self._runs[run.owner, run.conversation_id]
            run.closed = True
            run.enter("done")

    def _answer(self, run: Run) -> None:
        stream = self._chat.stream(run.owner, run.conversation_id, run.question)
        try:
            for event in stream:
                if run.over:
                    break
                run.take(event)
        finally:
            close = getattr(stream, "close", None)
            if close:
                close()
