"""The embedded model is a LangChain chat model: it passes the standard tests of `langchain-tests`."""

from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_tests.integration_tests import ChatModelIntegrationTests
from langchain_tests.unit_tests import ChatModelUnitTests

from assistant.embedded.model import EmbeddedChatModel
from knowledge.library import Library


class _Embedded:
    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return EmbeddedChatModel

    @pytest.fixture(autouse=True)
    def _open(self, library: Library) -> None:
        self.library = library

    @property
    def chat_model_params(self) -> dict[str, Any]:
        return {"library": self.library}

    @property
    def has_tool_calling(self) -> bool:
        return True

    @property
    def has_tool_choice(self) -> bool:
        return True

    @property
    def has_structured_output(self) -> bool:
        return False

    @property
    def returns_usage_metadata(self) -> bool:
        return True


class TestUnit(_Embedded, ChatModelUnitTests):
    pass


class TestIntegration(_Embedded, ChatModelIntegrationTests):
    pass
