"""The one agent, for the embedded model and real ones: model, toolbox and guards; answers one turn as events."""

import logging
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, ToolMessage

from assistant.answer import Answer, Citation, Kind, ToolResult
from assistant.embedded.context import COMPUTE, PRODUCT, QUIZZING, REVIEWING, SEARCH, parsed, text_of
from assistant.events import Event, Finished, TextAdded, ToolFinished, ToolStarted
from assistant.follow_ups import MOST as MOST_FOLLOW_UPS
from assistant.follow_ups import follow_ups, in_review, other_criteria, what_ifs
from assistant.guards import CallLimit, StreamCleaner, checked_input, cleaned_reply, markers, renumbered
from assistant.learning import Quizzes
from assistant.models import model_failure
from assistant.prompt import SYSTEM
from assistant.settings import Settings
from assistant.toolbox import TurnContext, make_tools
from knowledge.library import Library
from knowledge.retriever import NoteSearch
from tools.risk.store import Actor, Reviews
from tools.turnstile import Turnstile

REMEMBERED_TURNS = 12
LONGEST_QUOTE = 400
COMPUTING_AT_ONCE = 2  # one runs Python while another embeds; of more, each only makes all others slower
KINDS: tuple[Kind, ...] = ("answer", "clarify", "decline", "invalid")
_KIND_LINE = re.compile(r"\A\s*`?kind:\s*(answer|clarify|decline|invalid)\b`?[ \t]*\n*", re.I)
_log = logging.getLogger(__name__)


class Assistant:
    """Answers turns; keeps nothing between them: the history is given with each."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        model: BaseChatModel,
        reviews: Reviews | None = None,
        quizzes: Quizzes | None = None,
    ):
        self.settings, self.library, self.model = settings, library, model
        self.reviews, self.quizzes = reviews, quizzes
        self.search = NoteSearch(library)
        self._computing = Turnstile(COMPUTING_AT_ONCE)

    @cached_property
    def _graph(self) -> Any:
        return create_agent(
            self.model,
            make_tools(self.search, self.reviews, self.quizzes),
            system_prompt=SYSTEM,
            middleware=[CallLimit(self.settings.max_model_calls)],
            context_schema=TurnContext,
        )

    def prepare(self, question: str) -> None:
        """Let a model that can begin with a question, while what else the turn needs is fetched."""
        begin = getattr(self.model, "prepare", None)
        text, wrong = checked_input(question, self.settings.max_input_chars)
        if begin and not wrong:
            begin(text)

    def answer(self, question: str, history: Sequence[BaseMessage] = (), actor: Actor | None = None) -> Finished:
        """Answer one turn and return its last event."""
        for event in self.stream(question, history, actor):
            if isinstance(event, Finished):
                return event
        raise AssertionError("a turn ends with Finished")

    def stream(self, question: str, history: Sequence[BaseMessage] = (), actor: Actor | None = None) -> Iterator[Event]:
        """Answer one turn, after the messages of earlier ones; the last event is Finished.

        `actor` is who asks: only their risk reviews are read and written; without one, none.
        """
        text, wrong = checked_input(question, self.settings.max_input_chars)
        if wrong:
            yield Finished(Answer(kind="invalid", text=wrong))
            return
        self.prepare(text)
        turn = _Turn(self, text, list(history), actor)
        try:
            if turn.streams:
                yield from turn.run(self._graph)
            else:
                with self._computing:
                    events = list(turn.run(self._graph))
                yield from events
        except Exception as error:  # a real model's client raises whatever it likes
            _log.exception("the model failed")
            reply = model_failure(self.settings, error)
            yield Finished(Answer(kind="decline", text=reply), turn.kept(reply))
            return
        yield turn.finished()


class _Turn:
    """One turn while it runs."""

    def __init__(self, assistant: Assistant, question: str, history: list[BaseMessage], actor: Actor | None = None):
        self.assistant, self.question = assistant, question
        self.history = _latest(history)
        self.context = TurnContext(actor=actor)
        self.messages: list[BaseMessage] = []
        self.cleaner = StreamCleaner(lambda: range(1, len(self.context.numbers) + 1))
        self.head: str | None = ""
        self.outputs: list[tuple[str, Any]] = []
        self.streams = not getattr(assistant.model, "at_once", False)

    def run(self, graph: Any) -> Iterator[Event]:
        """Run the agent and yield what happens."""
        asked = {"messages": [*self.history, HumanMessage(self.question)]}
        limit = 4 * self.assistant.settings.max_model_calls
        modes = ["messages", "updates"] if self.streams else ["updates"]
        for mode, data in graph.stream(asked, {"recursion_limit": limit}, context=self.context, stream_mode=modes):
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
            yield from self._rest() if self.streams else self._whole(text_of(message))
            for call in message.tool_calls:
                yield ToolStarted(call["id"] or "", call["name"], call["args"])
        elif isinstance(message, ToolMessage):
            output = parsed(message.content)
            self.outputs.append((message.tool_call_id, output))
            yield ToolFinished(message.tool_call_id, message.name or "", output, failed=message.status == "error")

    def _rest(self) -> Iterator[Event]:
        """Show what was held back of a message that was streamed."""
        if self.head:
            yield from self._text("\n")
        rest = self.cleaner.rest()
        if rest.strip():
            yield TextAdded(rest)
        self.head = ""

    def _whole(self, text: str) -> Iterator[Event]:
        """Show a message that came as a whole."""
        shown = cleaned_reply(_KIND_LINE.sub("", text), range(1, len(self.context.numbers) + 1))
        if shown.strip():
            yield TextAdded(shown)

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
            follow_ups=self._follow_ups(kind, citations, results, last),
        )
        return Finished(answer, self.kept())

    def kept(self, instead: str = "") -> tuple[BaseMessage, ...]:
        """Return the messages of this turn that the next ones read."""
        said = [AIMessage(instead)] if instead else self.messages
        return (HumanMessage(self.question), *said)

    def _follow_ups(
        self, kind: Kind, citations: list[Citation], results: list[ToolResult], last: AIMessage
    ) -> list[str]:
        offered = list(last.response_metadata.get("follow_ups") or in_review(results))
        if kind != "answer" or any(r.tool in (*REVIEWING, *QUIZZING) for r in results):
            return offered[:MOST_FOLLOW_UPS]
        computed = next((r.output for r in results if r.tool == COMPUTE and isinstance(r.output, dict)), None)
        sorted_ = next((r.output for r in results if r.tool == PRODUCT and isinstance(r.output, dict)), {})
        changes = [*(what_ifs(computed) if computed else ()), *other_criteria(sorted_)]
        asked = next((r.args.get("kind", "what") for r in reversed(results) if r.tool == SEARCH), "what")
        before = [text_of(m) for m in self.history if isinstance(m, HumanMessage)]
        found = follow_ups(self.assistant.library.vault, citations, str(asked), [*before, self.question])
        return [*offered, *changes, *found][:MOST_FOLLOW_UPS]

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
        for _, output in self.outputs:
            if isinstance(output, dict):
                found.update({section["number"]: section for section in output.get("sections", [])})
        return found

    def _results(self) -> Iterator[ToolResult]:
        outputs = dict(self.outputs)
        for message in self.messages:
            for call in message.tool_calls if isinstance(message, AIMessage) else ():
                yield ToolResult(tool=call["name"], args=call["args"], output=outputs.get(call["id"] or ""))


def _latest(history: list[BaseMessage]) -> list[BaseMessage]:
    """Keep the last turns, whole; before them the last one of a review or a quiz that they only interrupt."""
    starts = [place for place, message in enumerate(history) if isinstance(message, HumanMessage)]
    if len(starts) <= REMEMBERED_TURNS:
        return history
    turns = [history[start:end] for start, end in pairwise([*starts, len(history)])]
    earlier, last = turns[:-REMEMBERED_TURNS], turns[-REMEMBERED_TURNS:]
    guided = [] if any(map(_is_guided, last)) else [turn for turn in earlier if _is_guided(turn)]
    return [message for turn in (*guided[-1:], *last) for message in turn]


def _is_guided(turn: Sequence[BaseMessage]) -> bool:
    """Say whether a turn used a tool of reviews or quizzes, which go on until they are stopped."""
    return any(isinstance(message, ToolMessage) and message.name in (*REVIEWING, *QUIZZING) for message in turn)


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
