"""A chat that answers at once from a script, for tests of the pages."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from types import SimpleNamespace
from typing import Any

from assistant.answer import Answer, Citation, ToolResult
from assistant.events import Event, Finished, TextAdded, ToolFinished, ToolStarted
from assistant.history import History
from assistant.learning import Quizzes
from assistant.settings import Settings
from assistant.web import build_app
from knowledge.vault import Vault, load_vault
from tools.risk.store import Reviews

SECTIONS = [
    {"number": 1, "title": "Safety stock", "section": "Formula"},
    {"number": 2, "title": "Cycle stock", "section": "Definition"},
]
TEXT = """**Safety stock** is stock held against what was not expected [1]. A unit costs $20 here, or $5 there.

$$
SS = z\\,\\sigma_d\\,\\sqrt{L}
$$

Here $z$ is the safety factor and $\\sigma_d < 3$ the standard deviation [1].

| Stock | Covers | Set by | Falls when | Owner |
|---|---|---|---|---|
| Safety stock | deviations | service target | lead time shrinks | planner |
| Cycle stock | expected demand [2] | lot size $Q/2$ | lots shrink | buyer |

- Take a pump maker that sells 50 seals a week.
- Its stock is 50 seals.
"""


def served(chat: "FakeChat") -> Any:
    """Build the web server of a scripted chat, in a loop: outside of one, Gradio leaves loops of its own open."""

    async def build() -> Any:
        return build_app(chat)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop running in the main one
        return thread.submit(asyncio.run, build()).result()


@dataclass
class FakeChat:
    """Streams one scripted answer; `gate` holds the answer back until it is set."""

    history: History
    settings: Settings
    vault: Vault
    reviews: Reviews
    quizzes: Quizzes
    notices: list[str] = field(default_factory=list)
    ready: bool = True
    pace: float = 0.0
    gate: Flag = field(default_factory=Flag)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path, **options: Any) -> "FakeChat":
        settings = Settings(data_dir=folder, concurrency=2)
        vault = load_vault(settings.vault_dir)
        chat = cls(
            History.in_folder(folder),
            settings,
            vault,
            Reviews.in_folder(folder),
            Quizzes.in_folder(vault, folder),
            **options,
        )
        chat.gate.set()
        return chat

    def warm_up(self) -> None:
        pass

    def status(self) -> Any:
        message = "" if self.ready else "Building the index: 12 of 94 notes"
        return SimpleNamespace(ready=self.ready, message=message, done=12, total=94, notices=self.notices)

    def stream(self, owner: str, conversation_id: str, question: str) -> Iterator[Event]:
        self.asked.append(question)
        turn = self.history.ask(owner, conversation_id, question)
        text, state = "", "stopped"
        answer = Answer(kind="answer", text="")
        try:
            while not self.gate.wait(0.02):
                pass
            if "fail" in question:
                state = "failed"
                raise RuntimeError("scripted failure")
            yield ToolStarted("1", "search_notes", {"query": "safety stock"})
            yield ToolFinished("1", "search_notes", {"sections": SECTIONS})
            for piece in TEXT.split(" "):
                text += piece + " "
                yield TextAdded(piece + " ")
                time.sleep(self.pace)
            quote = self.vault.notes["Safety stock"].sections["Formula"].blocks[-1]
            state, answer = (
                "done",
                Answer(
                    kind="answer",
                    text=TEXT,
                    citations=[
                        Citation(number=1, title="Safety stock", section="Formula", quote=quote, locator="x#formula"),
                        Citation(number=2, title="Cycle stock", section="Definition", quote="Cycle stock", locator="x"),
                    ],
                    results=[
                        ToolResult(tool="search_notes", args={"query": "safety stock"}, output={"sections": SECTIONS})
                    ],
                    follow_ups=["How is it worked out?", "Why does it matter?", "When is it wrong to use it?"],
                ),
            )
            yield Finished(answer)
        finally:
            kept = answer if state == "done" else Answer(kind="answer", text=text)
            self.history.finish(turn.id, kept, [], state)  # type: ignore[arg-type]
