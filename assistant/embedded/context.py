"""What the last turns were about, read from the message history."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

SEARCH = "search_notes"
COMPUTE = "compute_metric"
PRODUCT = "classify_product"
SORTING = (PRODUCT, "classify_purchase", "classify_supply", "classify_items")
REVIEWING = (
    "start_review",
    "list_reviews",
    "record_answers",
    "move_in_review",
    "review_report",
    "set_review_status",
    "compare_make_or_buy",
    "take_back_entry",
    "what_breaks_us",
    "name_me_in_review",
)
QUIZZING = ("begin_quiz", "answer_quiz", "quiz_hint", "leave_quiz", "quiz_progress")
REMEMBERED_TURNS = 8
MARKER = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True)
class Computed:
    """A computation of an earlier turn: the arguments of the call, and what the tool said."""

    args: dict[str, Any]
    output: dict[str, Any]

    @property
    def complete(self) -> bool:
        """Whether it gave a number."""
        return "value" in self.output


@dataclass(frozen=True)
class Run:
    """A classification, or a step of a review or a quiz, of an earlier turn: the tool, its arguments, what it said."""

    tool: str
    args: dict[str, Any]
    output: dict[str, Any]


@dataclass
class Past:
    """A turn that was answered: what was asked, which concepts the reply cited in which order, and the reply."""

    question: str
    titles: list[str] = field(default_factory=list)
    kind: str = "what"
    reply: str = ""
    computed: list[Computed] = field(default_factory=list)
    sorted: list[Run] = field(default_factory=list)
    reviewed: list[Run] = field(default_factory=list)
    quizzed: list[Run] = field(default_factory=list)


@dataclass(frozen=True)
class Context:
    """The message to answer, the turns before it, and what the tools said in this turn."""

    question: str
    past: tuple[Past, ...]
    outputs: tuple[tuple[str, Any], ...]
    calls: int

    @property
    def last(self) -> Past | None:
        """The latest turn that was about a concept."""
        return next((turn for turn in reversed(self.past) if turn.titles), None)

    @property
    def computed(self) -> list[Computed]:
        """The computations of the conversation, the latest first."""
        return [call for turn in reversed(self.past) for call in reversed(turn.computed)]


def read_context(messages: Sequence[BaseMessage]) -> Context:
    """Cut the history into turns; the last human message is the one to answer."""
    starts = [place for place, message in enumerate(messages) if isinstance(message, HumanMessage)]
    if not starts:
        return Context("", (), (), 0)
    bounds = [*starts, len(messages)]
    past = [_past(messages[a:b]) for a, b in pairwise(bounds[:-1])]
    turn = messages[starts[-1] :]
    outputs = tuple((m.name or "", parsed(m.content)) for m in turn if isinstance(m, ToolMessage))
    calls = sum(len(m.tool_calls) for m in turn if isinstance(m, AIMessage))
    return Context(text_of(turn[0]), _remembered(past), outputs, calls)


def _remembered(past: Sequence[Past]) -> tuple[Past, ...]:
    """Return the last turns, and before them the last of a review or a quiz that they only interrupt."""
    last = tuple(past[-REMEMBERED_TURNS:])
    guided = [one for one in past if one.reviewed or one.quizzed]
    return (*guided[-1:], *last) if guided and guided[-1] not in last else last


def text_of(message: BaseMessage) -> str:
    """Return the words of a message, whatever blocks it is made of."""
    return str(message.text)  # LangChain's own kind of string would be another key in every cache


def parsed(content: Any) -> Any:
    """Return a tool message's content as data where it is JSON, otherwise as it is."""
    try:
        return json.loads(content) if isinstance(content, str) else content
    except ValueError:
        return content


def _past(messages: Sequence[BaseMessage]) -> Past:
    turn = Past(text_of(messages[0]))
    numbered: dict[int, str] = {}
    asked: list[str] = []
    calls: dict[str, dict[str, Any]] = {}
    for message in messages[1:]:
        if isinstance(message, AIMessage):
            turn.reply = text_of(message)
            for call in message.tool_calls:
                calls[call["id"] or ""] = call["args"]
                if call["name"] == SEARCH:
                    asked = list(call["args"].get("concepts") or [])
                    turn.kind = str(call["args"].get("kind") or turn.kind)
        elif isinstance(message, ToolMessage):
            output = parsed(message.content)
            for section in output.get("sections", []) if isinstance(output, dict) else []:
                numbered[section["number"]] = section["title"]
            if message.name == COMPUTE and isinstance(output, dict) and "metric" in output:
                turn.computed.append(Computed(calls.get(message.tool_call_id, {}), output))
            if message.name in SORTING and isinstance(output, dict):
                turn.sorted.append(Run(message.name, calls.get(message.tool_call_id, {}), output))
            if message.name in REVIEWING and isinstance(output, dict):
                turn.reviewed.append(Run(message.name, calls.get(message.tool_call_id, {}), output))
            if message.name in QUIZZING and isinstance(output, dict):
                turn.quizzed.append(Run(message.name, calls.get(message.tool_call_id, {}), output))
    cited = [numbered[int(n)] for n in MARKER.findall(turn.reply) if int(n) in numbered]
    if cited:
        turn.titles = list(dict.fromkeys([*(title for title in asked if title in cited), *cited]))
    return turn
