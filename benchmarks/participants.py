"""A participant in a process of its own: answers questions that come in as JSON lines, and says how long each took."""

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

Ask = Callable[[str, str], str]
OWNER = "benchmark"


class Errors(logging.Handler):
    """Counts what was logged as an error, for a failing turn is answered with an apology."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        cause = record.exc_info[1] if record.exc_info else None
        self.messages.append(f"{record.getMessage()}: {cause!r}" if cause else record.getMessage())


def web_chat(data: Path) -> Ask:
    """Ours as the web chat has it: every turn read from and kept in the store of conversations."""
    from assistant.chat import Chat
    from assistant.events import Finished
    from assistant.settings import Settings

    chat = Chat(Settings(data_dir=data))
    chat.assistant()
    begun: dict[str, str] = {}

    def ask(conversation: str, question: str) -> str:
        if conversation not in begun:
            begun[conversation] = chat.history.begin(OWNER).id
        text = ""
        for event in chat.stream(OWNER, begun[conversation], question):
            if isinstance(event, Finished):
                text = event.answer.text
        return text

    return ask


def without_store(data: Path) -> Ask:
    """Ours with the conversation in memory only."""
    from assistant.agent import Assistant
    from assistant.models import open_model
    from assistant.settings import Settings
    from knowledge.library import open_library

    settings = Settings(data_dir=data)
    library = open_library(settings.vault_dir, data)
    assistant = Assistant(settings, library, open_model(settings, library))
    said: dict[str, list[BaseMessage]] = {}

    def ask(conversation: str, question: str) -> str:
        before = said.setdefault(conversation, [])
        done = assistant.answer(question, before)
        before += done.messages
        return done.answer.text

    return ask


def floor(data: Path) -> Ask:
    """The least that a search can take: our embedding and an exact search over the vectors of our index."""
    import chromadb
    import numpy as np
    from chromadb.config import Settings as ChromaSettings

    from knowledge.embedding import open_embedder
    from knowledge.index import exact

    embedder = open_embedder(data / "models")
    folder = data / "index" / (data / "index" / "CURRENT").read_text("utf-8").strip()
    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    held = client.get_collection("passages", embedding_function=None).get(include=["embeddings"])
    vectors = np.asarray(held["embeddings"], dtype=np.float32)

    def ask(conversation: str, question: str) -> str:
        del conversation
        return held["ids"][exact(vectors, embedder.query(question), 5)[0]]

    return ask


def usual_recipe(data: Path) -> Ask:
    """The usual recipe, with its conversations in memory."""
    from benchmarks import recipe

    running = recipe.agent(data)
    return lambda conversation, question: recipe.ask(running, question, conversation)


PARTICIPANTS: dict[str, Callable[[Path], Ask]] = {
    "web chat": web_chat,
    "without store": without_store,
    "floor": floor,
    "recipe": usual_recipe,
}


def timed(ask: Ask, conversation: str, question: str) -> float:
    """Return the seconds that an answer took.

    Raises:
        RuntimeError: when it is empty.
    """
    start = perf_counter()
    text = ask(conversation, question)
    took = perf_counter() - start
    if not text.strip():
        raise RuntimeError("an empty answer")
    return took


def together(ask: Ask, people: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Let all people talk at once, each through questions of their own; return each turn's seconds and the errors."""
    gate = Barrier(len(people) + 1)

    def talk(person: int) -> tuple[list[float], list[str]]:
        took: list[float] = []
        errors: list[str] = []
        gate.wait()
        for question in people[person]:
            try:
                took.append(timed(ask, f"person-{person}", question))
            except Exception as error:
                errors.append(f"{type(error).__name__}: {error}")
        return took, errors

    with ThreadPoolExecutor(len(people)) as pool:
        running = [pool.submit(talk, person) for person in range(len(people))]
        gate.wait()
        start = perf_counter()
        results = [future.result() for future in running]
    seconds = perf_counter() - start
    return {
        "seconds": seconds,
        "turns": [value for took, _ in results for value in took],
        "errors": [error for _, errors in results for error in errors],
    }


def main() -> None:
    """Serve one participant, by name and data folder, until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not come between the answers
    errors = Errors()
    logging.basicConfig(level=logging.WARNING, handlers=[logging.StreamHandler(), errors])
    ask = PARTICIPANTS[sys.argv[1]](Path(sys.argv[2]))
    answers.write('{"ready": true}\n')
    answers.flush()
    for line in sys.stdin:
        command = json.loads(line)
        if "people" in command:
            logged = len(errors.messages)
            reply = together(ask, command["people"])
            reply["errors"] += errors.messages[logged:]
        else:
            reply = {"seconds": timed(ask, command["conversation"], command["question"])}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
