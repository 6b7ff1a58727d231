"""The assistant that the tests of the conversation share."""

import pytest

from assistant.agent import Assistant
from assistant.embedded.model import EmbeddedChatModel
from assistant.settings import Settings
from knowledge.library import Library


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def assistant(settings: Settings, library: Library) -> Assistant:
    return Assistant(settings, library, EmbeddedChatModel(library=library))
