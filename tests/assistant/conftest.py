"""The assistant and the place for reviews that the tests of the conversation share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.agent import Assistant
from assistant.embedded.model import EmbeddedChatModel
from assistant.settings import Settings
from knowledge.library import Library
from tools.risk.store import Reviews


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
