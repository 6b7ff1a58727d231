"""The assistant and the place for reviews that the tests of the conversation share."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.agent import Assistant
from assistant.embedded.model import EmbeddedChatModel
from assistant.settings import Settings
from knowledge.library import Library
from tests.assistant.talking import ME, Say
from tools.risk.store import Reviews

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from assistant.answer import Answer


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def assistant(settings: Settings, library: Library) -> Assistant:
    return Assistant(settings, library, EmbeddedChatModel(library=library))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Reviews]:
    """A place for reviews, empty."""
    kept = Reviews.in_folder(tmp_path)
    yield kept
    kept.close()


@pytest.fixture(scope="module")
def model(library: Library) -> EmbeddedChatModel:
    """An embedded model of the module's own."""
    return EmbeddedChatModel(library=library)


@pytest.fixture
def say(settings: Settings, library: Library, model: EmbeddedChatModel, store: Reviews) -> Say:
    """Say one thing after the other in a conversation about reviews; gives the last answer."""
    assistant, history = Assistant(settings, library, model, store), list["BaseMessage"]()

    def said(*messages: str) -> "Answer":
        for message in messages:
            done = assistant.answer(message, history, ME)
            history.extend(done.messages)
        return done.answer

    return said
