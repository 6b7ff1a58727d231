"""The embedded chat model: a LangChain chat model that answers from tools' outputs, without a language model."""

import json
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import ToolCall, tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import ConfigDict, Field, PrivateAttr

from assistant.embedded.context import COMPUTE, QUIZZING, REVIEWING, SEARCH, SORTING, Context, read_context
from assistant.embedded.reply import Reply, Talker
from assistant.embedded.schema_call import ANY, NONE, call_named_tool, chosen_tool

if TYPE_CHECKING:
    from knowledge.library import Library

CHUNK = re.compile(r"\S+\s*|\s+")
WORDS_A_CHUNK = 30
OWN = (SEARCH, "find_metrics", COMPUTE, *SORTING, *REVIEWING, *QUIZZING)


class EmbeddedChatModel(BaseChatModel):
    """Understands a message, calls the tools that it asks for, and writes the reply from what they return.

    All state is in the message history. The kind of the reply ("answer", "clarify", "decline", "invalid") stands in
    `response_metadata["kind"]`, what is worth saying next in a review in `response_metadata["follow_ups"]`.
    """

    model_config = ConfigDict(populate_by_name=True)
    at_once: ClassVar[bool] = True  # a reply is there as a whole: who streams it gains nothing over waiting for it

    library: Any
    model: str = "embedded"
    temperature: float | None = None
    max_tokens: int | None = None
    timeout: float | None = None
    stop_sequences: list[str] | None = Field(None, alias="stop")
    max_retries: int = 0
    _offered: tuple[list[Any], list[dict[str, Any]]] = PrivateAttr(([], []))

    @property
    def _llm_type(self) -> str:
        return "scm-embedded"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model}

    @cached_property
    def talker(self) -> Talker:
        """The part that understands and writes."""
        library: Library = self.library
        return Talker(library)

    def prepare(self, question: str) -> None:
        """Begin to read a question that is about to be asked, and return at once."""
        self.talker.prepare(question)

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: dict[str, Any] | str | bool | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """Offer tools to the model; it searches with `search_notes` and calls others when they are named.

        `tool_choice` forces a call in this turn ("any", or a tool's name) or forbids it ("none").

        Raises:
            ValueError: when `tool_choice` names no tool that is offered.
        """
        offered = self._as_offered(tools)
        choice = chosen_tool(tool_choice, {tool["function"]["name"]: tool for tool in offered})
        return self.bind(tools=offered, tool_choice=choice, **kwargs)

    def _as_offered(self, tools: Sequence[Any]) -> list[dict[str, Any]]:
        """Describe tools as they are offered to a model; an agent offers the same ones with each call."""
        known, offered = self._offered
        if len(known) != len(tools) or any(a is not b for a, b in zip(known, tools, strict=True)):
            offered = [convert_to_openai_tool(tool) for tool in tools]
            self._offered = (list(tools) if all(isinstance(tool, BaseTool) for tool in tools) else [], offered)
        return list(offered)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002 - LangChain's signature
        **kwargs: Any,
    ) -> ChatResult:
        reply = self._reply(messages, stop, **kwargs)
        message = AIMessage(
            content=reply.text,
            tool_calls=_tool_calls(reply),
            response_metadata=self._told(reply),
            usage_metadata=_usage(messages, reply),
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        reply = self._reply(messages, stop, **kwargs)
        for text in _pieces(reply.text):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
            if run_manager:
                run_manager.on_llm_new_token(text, chunk=chunk)
            yield chunk
        last = AIMessageChunk(
            content="",
            tool_call_chunks=[
                tool_call_chunk(name=call["name"], args=json.dumps(call["args"]), id=call["id"], index=place)
                for place, call in enumerate(_tool_calls(reply))
            ],
            response_metadata=self._told(reply),
            usage_metadata=_usage(messages, reply),
            chunk_position="last",
        )
        chunk = ChatGenerationChunk(message=last)
        if run_manager:
            run_manager.on_llm_new_token("", chunk=chunk)
        yield chunk

    def _told(self, reply: Reply) -> dict[str, Any]:
        told = {"kind": reply.kind, "model_name": self.model}
        return told | ({"follow_ups": list(reply.follow_ups)} if reply.follow_ups else {})

    def _reply(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None,
        tools: Sequence[dict[str, Any]] = (),
        tool_choice: str | None = None,
        **_: Any,
    ) -> Reply:
        context = read_context(messages)
        reply = self._next_step(context, {tool["function"]["name"]: tool["function"] for tool in tools}, tool_choice)
        for end in [*(stop or ()), *(self.stop_sequences or ())]:
            reply = reply.until(end)
        return reply

    def _next_step(self, context: Context, tools: dict[str, dict[str, Any]], choice: str | None) -> Reply:
        others = {name: tool for name, tool in tools.items() if name not in OWN}
        must_search = choice == SEARCH or (choice == ANY and SEARCH in tools)
        named = None if choice == SEARCH else call_named_tool(context, others, None if must_search else choice)
        if named:
            return Reply(calls=(named,))
        free = choice != NONE
        return self.talker.reply(
            context,
            can_search=SEARCH in tools and free,
            must_search=must_search,
            can_compute=COMPUTE in tools and free,
            can_sort=free and all(name in tools for name in SORTING),
            can_review=free and all(name in tools for name in REVIEWING),
            can_quiz=free and all(name in tools for name in QUIZZING),
        )


def _tool_calls(reply: Reply) -> list[ToolCall]:
    return [
        ToolCall(name=name, args=args, id=f"call_{uuid.uuid4().hex[:16]}", type="tool_call")
        for name, args in reply.calls
    ]


def _pieces(text: str) -> Iterator[str]:
    words = CHUNK.findall(text)
    for start in range(0, len(words), WORDS_A_CHUNK):
        yield "".join(words[start : start + WORDS_A_CHUNK])


def _usage(messages: Sequence[BaseMessage], reply: Reply) -> Any:
    """Count words where other models count tokens."""
    read = sum(len(message.text.split()) for message in messages)
    written = max(1, len(reply.text.split()))
    return {"input_tokens": read, "output_tokens": written, "total_tokens": read + written}
