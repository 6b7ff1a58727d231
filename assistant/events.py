"""What happens while a turn is answered, in the order in which a page shows it."""

from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage

from assistant.answer import Answer


@dataclass(frozen=True)
class ToolStarted:
    """The model asked for a tool."""

    call_id: str
    tool: str
    args: dict[str, Any]


@dataclass(frozen=True)
class ToolFinished:
    """The tool answered, or failed with a message."""

    call_id: str
    tool: str
    output: Any
    failed: bool = False


@dataclass(frozen=True)
class TextAdded:
    """The next piece of the reply, already cleaned."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The whole answer; its text replaces the pieces. `messages` are what is kept of the turn."""

    answer: Answer
    messages: tuple[BaseMessage, ...] = ()


Event = ToolStarted | ToolFinished | TextAdded | Finished
