"""The one agent, for the embedded model and real ones: model, toolbox and guards; answers one turn as events."""

import logging
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage

from assistant.answer import Answer, Citation, Kind, ToolResult
from assistant.embedded.context import SEARCH, parsed, text_of
from assistant.events import Event, Finished, TextAdded, ToolFinished, ToolStarted
from assistant.follow_ups import follow_ups
from assistant.guards import CallLimit, StreamCleaner, checked_input, cleaned_reply, markers, renumbered
from assistant.models import model_failure
from assistant.prompt import SYSTEM
from assistant.settings import Settings
from assistant.toolbox import TurnContext, make_tools
from knowledge.library import Library
from knowledge.retriever import NoteSearch

REMEMBERED_TURNS = 12
LONGEST_QUOTE = 400
KINDS: tuple[Kind, ...] = ("answer", "clarify", "decline", "invalid")
_KIND_LINE = re.compile(r"\A\s*`?kind:\s*(answer|clarify|decline|invalid)\b`?[ \t]*\n*", re.I)
_log = logging.getLogger(__name__)


class Assistant:
    """Answers turns; keeps nothing between them: the history is given with each."""

    def __init__(self, settings: Settings, library: Library, model: BaseChatModel):
        self.settings, self.library, self.model = settings, library, model
        self.search = NoteSearch(library)

    @cached_property
    def _graph(self) -> Any:
        return create_agent(
            self.model,
            make_tools(self.search),
            system_prompt=SYSTEM,
            middleware=[CallLimit(self.settings.max_model_calls)],
            context_schema=TurnContext,
        )

    def answer(self, question: str, history: Sequence[BaseMessage] = ()) -> Finished:
        """Answer one turn and return its last event."""
        for event in self.stream(question, history):
            if isinstance(event, Finished):
                return event
        raise AssertionError("a turn ends with Finished")

    def stream(self, question: str, history: Sequence[BaseMessage] = ()) -> Iterator[Event]:
        """Answer one turn, after the messages of earlier ones; the last event is Finished."""
        text, wrong = checked_input(question, self.settings.max_input_chars)
        if wrong:
            yield Finished(Answer(kind="invalid", text=wrong))
            return
        turn = _Turn(self, text, list(history))
        try:
            yield from turn.run(self._graph)
        except Exception as error:  # a real model's client raises whatever it likes
            _log.exception("the model failed")
            reply = model_failure(self.settings, error)
            yield Finished(Answer(kind="decline", text=reply), turn.kept(reply))
            return
        yield turn.finished()


class _Turn:
    """One turn while it runs."""

    def __init__(self, assistant: Assistant, question: str, history: list[BaseMessage]):
        self.assistant, self.question = assistant, question
        self.history = _latest(history)
        self.context = TurnContext()
        self.messages: list[BaseMessage] = []
        self.cleaner = StreamCleaner(lambda: range(1, len(self.context.numbers) + 1))
        self.head: str | None = ""

    def run(self, graph: Any) -> Iterator[Event]:
        """Run the agent and yield what happens."""
        asked = {"messages": [*self.history, HumanMessage(self.question)]}
        limit = 4 * self.assistant.settings.max_model_calls
        for mode, data in graph.stream(
            asked, {"recursion_limit": limit}, context=self.context, stream_mode=["messages", "updates"]
        ):
            if mode == "messages" and isinstance(data[0], AIMessageChunk):
                yield from self._text(text_of(data[0]))
            elif mode == "updates":
                for update in data.values():
                    for message in (update or {}).get("messages", []):
                        self.messages.append(message)
                        yield from self._message(message)

    def _text(self, text: str) -> Iterator[Event]:
        """Show the next words, without the line that names the kind."""
        if self.head is not None:
            self.head += text
            if len(self.head) < len("kind: decline\n") and "\n" not in self.head and "kind:".startswith(self.head[:5]):
                return
            text, self.head = _KIND_LINE.sub("", self.head), None
        shown = self.cleaner.add(text)
        if shown:
            yield TextAdded(shown)

    def _message(self, message: BaseMessage) -> Iterator[Event]:
        if isinstance(message, AIMessage):
            if self.head:
                yield from self._text("\n")
            rest = self.cleaner.rest()
            if rest.strip():
                yield TextAdded(rest)
            self.head = ""
            for call in message.tool_calls:
                yield ToolStarted(call["id"] or "", call["name"], call["args"])
        elif isinstance(message, ToolMessage):
            yield ToolFinished(
                message.tool_call_id, message.name or "", parsed(message.content), failed=message.status == "error"
            )

    def finished(self) -> Finished:
        """Return the whole answer."""
        last = next((m for m in reversed(self.messages) if isinstance(m, AIMessage)), AIMessage(""))
        raw = text_of(last)
        named = _KIND_LINE.match(raw)
        body = _KIND_LINE.sub("", raw)
        sections = self._sections()
        text = cleaned_reply(body, sections).strip()
        cited = list(dict.fromkeys(markers(text)))
        kind = self._kind(last, named[1].lower() if named else "", bool(cited), text)
        order = {number: place for place, number in enumerate(cited, 1)}
        citations = [_citation(order[number], sections[number], text, number) for number in cited]
        results = list(self._results())
        answer = Answer(
            kind=kind,
            text=renumbered(text, order) or "I have no answer to that.",
            citations=citations,
            results=results,
            follow_ups=self._follow_ups(kind, citations, results),
        )
        return Finished(answer, self.kept())

    def kept(self, instead: str = "") -> tuple[BaseMessage, ...]:
        """Return the messages of this turn that the next ones read."""
        said = [AIMessage(instead)] if instead else self.messages
        return (HumanMessage(self.question), *said)

    def _follow_ups(self, kind: Kind, citations: list[Citation], results: list[ToolResult]) -> list[str]:
        if kind != "answer":
            return []
        asked = next((r.args.get("kind", "what") for r in reversed(results) if r.tool == SEARCH), "what")
        before = [text_of(m) for m in self.history if isinstance(m, HumanMessage)]
        return follow_ups(self.assistant.library.vault, citations, str(asked), [*before, self.question])

    def _kind(self, last: AIMessage, named: str, cited: bool, text: str) -> Kind:
        found = last.response_metadata.get("kind") or named
        for kind in KINDS:
            if found == kind:
                return kind
        if cited:
            return "answer"
        return "clarify" if text.rstrip().endswith("?") else "decline"

    def _sections(self) -> dict[int, dict[str, Any]]:
        """Return the sections found in this turn, by number."""
        found: dict[int, dict[str, Any]] = {}
        for message in self.messages:
            output = parsed(message.content) if isinstance(message, ToolMessage) else None
            if isinstance(output, dict):
                found.update({section["number"]: section for section in output.get("sections", [])})
        return found

    def _results(self) -> Iterator[ToolResult]:
        outputs = {m.tool_call_id: parsed(m.content) for m in self.messages if isinstance(m, ToolMessage)}
        for message in self.messages:
            for call in message.tool_calls if isinstance(message, AIMessage) else ():
                yield ToolResult(tool=call["name"], args=call["args"], output=outputs.get(call["id"] or ""))


def _latest(history: list[BaseMessage]) -> list[BaseMessage]:
    """Keep the last turns, whole."""
    starts = [place for place, message in enumerate(history) if isinstance(message, HumanMessage)]
    return history[starts[-REMEMBERED_TURNS] :] if len(starts) > REMEMBERED_TURNS else history


def _citation(number: int, section: dict[str, Any], text: str, marker: int) -> Citation:
    """Return the citation of a section, quoting the passage that the reply shares most words with."""
    before = text.split(f"[{marker}]", maxsplit=1)[0][-600:]
    said = set(re.findall(r"\w+", before.casefold()))

    def shared(block: str) -> float:
        words = re.findall(r"\w+", block.casefold())
        return sum(word in said for word in words) / (len(words) + 5)

    blocks = [block for block in section["text"].split("\n\n") if not block.startswith("$$")] or [section["text"]]
    quote = max(blocks, key=shared).removeprefix("- ")
    return Citation(
        number=number,
        title=section["title"],
        section=section["section"],
        quote=quote[:LONGEST_QUOTE],
        locator=section["locator"],
    )
