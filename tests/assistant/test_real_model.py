"""Any real model: driven over the wire by the OpenAI protocol, and one clear sentence when something is missing."""

import builtins
import re
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from langchain.chat_models.base import _get_chat_model_creator

from assistant.agent import Assistant
from assistant.events import Finished, TextAdded, ToolFinished, ToolStarted
from assistant.models import ModelError, open_model
from assistant.settings import Settings
from knowledge.library import Library
from tests.assistant.openai_server import Wire, serving

pytest.importorskip("langchain_openai")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_API_BASE",
        "ANTHROPIC_API_KEY",
        "HTTP_PROXY",
        "http_proxy",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def wire() -> Iterator[Wire]:
    with serving(Wire()) as running:
        yield running


def over(wire: Wire, library: Library, **options: Any) -> Assistant:
    settings = Settings(model="openai:test", model_base_url=wire.url, **options)
    return Assistant(settings, library, open_model(settings, library))


def one_sentence(text: str, *names: str) -> None:
    assert "\n" not in text
    assert len(text) < 300
    assert all(name in text for name in names), text
    assert not re.search(r"Traceback|\{'error|Error code", text), text


def test_a_turn_over_the_wire_streams_calls_the_tool_and_cites(wire: Wire, library: Library):
    events = list(over(wire, library).stream("what is safety stock?"))
    kinds = [type(event) for event in events]
    assert kinds[:2] == [ToolStarted, ToolFinished]
    assert kinds.count(TextAdded) > 3
    done = events[-1]
    assert isinstance(done, Finished)
    assert done.answer.kind == "answer"
    assert done.answer.text == "Safety stock covers deviations [1], and costs money [2]. Invented."
    assert [citation.title for citation in done.answer.citations] == ["Safety stock", "Safety stock"]
    assert done.answer.results[0].args == {"query": "safety stock", "concepts": ["Safety stock"]}
    shown = "".join(event.text for event in events if isinstance(event, TextAdded))
    assert shown == done.answer.text


def test_the_model_is_told_the_rules_and_offered_the_tool(wire: Wire, library: Library):
    over(wire, library).answer("what is safety stock?")
    first, second = wire.requests
    assert first["messages"][0]["role"] == "system"
    assert first["tools"][0]["function"]["name"] == "search_notes"
    assert "runtime" not in first["tools"][0]["function"]["parameters"]["properties"]
    assert second["messages"][-1]["role"] == "tool"
    assert "Safety stock" in second["messages"][-1]["content"]
    assert first["stream"] is True


def test_a_real_model_computes_with_the_tool(wire: Wire, library: Library):
    wire.tool = "compute_metric"
    wire.arguments = (
        '{"metric": "inventory_turnover", "inputs": [{"name": "cogs", "value": 2400000, "unit": "',
        'USD/year"}, {"name": "average_inventory", "value": 300000, "unit": "USD"}]}',
    )
    wire.reply = "kind: answer\nThe stock turns 8 times a year [1]."
    done = over(wire, library).answer("COGS is 2.4M USD a year, average inventory 300k USD: inventory turnover?")
    offered = {tool["function"]["name"] for tool in wire.requests[0]["tools"]}
    assert {"find_metrics", "compute_metric"} <= offered
    (result,) = done.answer.results
    assert result.tool == "compute_metric"
    assert result.output["value"] == 8.0
    assert done.answer.text == "The stock turns 8 times a year [1]."
    assert done.answer.citations[0].title == "Inventory turnover"
    assert '"value": 8.0' in wire.requests[1]["messages"][-1]["content"]


def test_the_next_turn_is_told_what_was_said(wire: Wire, library: Library):
    assistant = over(wire, library)
    first = assistant.answer("what is safety stock?")
    assistant.answer("and why?", first.messages)
    roles = [message["role"] for message in wire.requests[2]["messages"]]
    assert roles == ["system", "user", "assistant", "tool", "assistant", "user"]


def test_the_key_is_sent_to_the_server_that_was_named(wire: Wire, library: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-mine")
    over(wire, library).answer("what is safety stock?")
    assert wire.keys[0] == "Bearer sk-mine"


@pytest.mark.parametrize(
    ("status", "says"), [(401, "key"), (403, "key"), (404, "name"), (429, "later"), (500, "later")]
)
def test_a_refusal_is_one_clear_sentence(wire: Wire, library: Library, status: int, says: str):
    wire.status = status
    done = over(wire, library).answer("what is safety stock?")
    assert done.answer.kind == "decline"
    one_sentence(done.answer.text, "openai:test", wire.url, says, "SCM_MODEL=embedded")


def test_a_server_that_is_slow_is_given_up_on(wire: Wire, library: Library):
    wire.delay = 1.0
    done = over(wire, library, model_timeout=0.2).answer("what is safety stock?")
    assert done.answer.kind == "decline"
    one_sentence(done.answer.text, "openai:test", "SCM_MODEL=embedded")


def test_a_server_that_is_down_is_one_clear_sentence(library: Library):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    done = over(Wire(url=f"http://127.0.0.1:{port}/v1"), library).answer("what is safety stock?")
    assert done.answer.kind == "decline"
    one_sentence(done.answer.text, "openai:test", "start its server", "SCM_MODEL=embedded")


@pytest.mark.parametrize(
    ("model", "key"), [("openai:gpt-5-mini", "OPENAI_API_KEY"), ("anthropic:x", "ANTHROPIC_API_KEY")]
)
def test_a_missing_key_is_named(model: str, key: str):
    with pytest.raises(ModelError) as refused:
        open_model(Settings(model=model), None)
    one_sentence(str(refused.value), model, key)


@pytest.mark.parametrize(
    ("model", "package", "extra"),
    [
        ("openai:gpt-5-mini", "langchain_openai", "openai"),
        ("anthropic:x", "langchain_anthropic", "anthropic"),
        ("google_genai:x", "langchain_google_genai", "google"),
        ("mistralai:x", "langchain_mistralai", "mistral"),
        ("ollama:qwen3", "langchain_ollama", "ollama"),
    ],
)
def test_a_missing_extra_is_named(model: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch):
    real = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ImportError(f"No module named {package!r}", name=package)
        return real(name, *args, **options)

    _get_chat_model_creator.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr("importlib.util.find_spec", lambda name, package=None: None)
    monkeypatch.setitem(sys.modules, package, None)
    for key in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "MISTRAL_API_KEY"):
        monkeypatch.setenv(key, "x")
    with pytest.raises(ModelError) as refused:
        open_model(Settings(model=model), None)
    one_sentence(str(refused.value), model, f"[{extra}]", "pip install")


def test_an_unknown_provider_is_named():
    with pytest.raises(ModelError) as refused:
        open_model(Settings(model="nobody:x"), None)
    one_sentence(str(refused.value), "nobody:x")
