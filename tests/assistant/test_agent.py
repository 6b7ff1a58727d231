"""One agent for every model: tools run, sections are numbered, and only what is sound is shown."""

import json
from itertools import count
from typing import Any

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from assistant.agent import REMEMBERED_TURNS, Assistant
from assistant.events import Event, Finished, TextAdded, ToolFinished, ToolStarted
from assistant.guards import LIMIT_REPLY
from assistant.settings import Settings
from knowledge.library import Library
from tests.assistant.scripted import ScriptedModel, Step, search


@pytest.fixture
def scripted(library: Library) -> Any:
    def make(*script: Step, **options: Any) -> Assistant:
        return Assistant(Settings(model="openai:test", **options), library, ScriptedModel(script=list(script)))

    return make


def run(assistant: Assistant, question: str, history: list[BaseMessage] | None = None) -> tuple[list[Event], Finished]:
    events = list(assistant.stream(question, history or []))
    assert isinstance(events[-1], Finished)
    assert not any(isinstance(event, Finished) for event in events[:-1])
    return events, events[-1]


def said(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextAdded))


def test_the_model_searches_reads_what_was_found_and_answers(scripted: Any):
    assistant = scripted(
        AIMessage("", tool_calls=[search("safety stock", concepts=["Safety stock"])]),
        AIMessage("kind: answer\nIt covers deviations [1]. It costs money [2]."),
    )
    events, done = run(assistant, "what is safety stock?")
    assert [type(event) for event in events][:2] == [ToolStarted, ToolFinished]
    assert done.answer.kind == "answer"
    assert done.answer.text == "It covers deviations [1]. It costs money [2]."
    assert [citation.number for citation in done.answer.citations] == [1, 2]
    assert {citation.title for citation in done.answer.citations} == {"Safety stock"}
    (result,) = done.answer.results
    assert result.tool == "search_notes"
    assert result.output["sections"]
    assert assistant.model.seen[1][-1].type == "tool"


def test_the_line_that_names_the_kind_is_read_and_never_shown(scripted: Any):
    for kind in ("answer", "clarify", "decline", "invalid"):
        events, done = run(scripted(AIMessage(f"kind: {kind}\nSome words.")), "what?")
        assert done.answer.kind == kind
        assert done.answer.text == "Some words."
        assert said(events).strip() == "Some words."


@pytest.mark.parametrize(
    ("reply", "kind"),
    [("Which one do you mean?", "clarify"), ("I know nothing on that.", "decline"), ("Kind words matter.", "decline")],
)
def test_without_that_line_the_kind_follows_from_the_reply(scripted: Any, reply: str, kind: str):
    events, done = run(scripted(AIMessage(reply)), "what?")
    assert (done.answer.kind, done.answer.text) == (kind, reply)
    assert said(events).strip() == reply


def test_parallel_calls_number_their_sections_apart_and_the_same_section_alike(scripted: Any):
    calls = [search("safety stock", "1"), search("cycle stock", "2"), search("safety stock", "3")]
    _, done = run(scripted(AIMessage("", tool_calls=calls), AIMessage("Both [1].")), "compare")
    places: dict[int, set[str]] = {}
    for result in done.answer.results:
        for section in result.output["sections"]:
            places.setdefault(section["number"], set()).add(section["locator"])
    assert all(len(locators) == 1 for locators in places.values())
    assert sorted(places) == list(range(1, len(places) + 1))
    first, _, third = (result.output["sections"] for result in done.answer.results)
    assert [s["number"] for s in first] == [s["number"] for s in third]


def test_invented_markers_links_images_and_html_are_taken_out_while_streaming_and_at_the_end(scripted: Any):
    reply = (
        "kind: answer\nTrue [1]. False [77]. See [x](http://evil.example), ![y](http://evil.example/z.png) <b>now</b>."
    )
    events, done = run(scripted(AIMessage("", tool_calls=[search("lean")]), AIMessage(reply)), "lean?")
    for text in (said(events), done.answer.text):
        assert "evil" not in text
        assert "[77]" not in text
        assert "<b>" not in text
        assert "True [1]." in text


def test_a_marker_cites_only_what_was_found_in_this_turn(scripted: Any):
    assistant = scripted(
        AIMessage("", tool_calls=[search("lean")]), AIMessage("Lean [1]."), AIMessage("As I said [1].")
    )
    _, first = run(assistant, "lean?")
    _, second = run(assistant, "sure?", list(first.messages))
    assert first.answer.citations
    assert second.answer.citations == []
    assert "[1]" not in second.answer.text


def test_citations_are_numbered_in_the_order_in_which_they_are_read(scripted: Any):
    _, done = run(
        scripted(AIMessage("", tool_calls=[search("safety stock")]), AIMessage("First [3], then [1], again [3].")), "x"
    )
    sections = {s["number"]: s for s in done.answer.results[0].output["sections"]}
    assert done.answer.text == "First [1], then [2], again [1]."
    assert [c.locator for c in done.answer.citations] == [sections[3]["locator"], sections[1]["locator"]]


def test_a_model_that_never_stops_calling_is_ended(scripted: Any):
    ids = count()

    def again(_: list[BaseMessage]) -> AIMessage:
        return AIMessage("", tool_calls=[search("lean", str(next(ids)))])

    assistant = scripted(*[again] * 50, max_model_calls=3)
    _, done = run(assistant, "lean?")
    assert len(assistant.model.seen) == 3
    assert done.answer.kind == "decline"
    assert done.answer.text == LIMIT_REPLY


def test_the_call_limit_counts_each_turn_by_itself(scripted: Any):
    script = [
        step for i in range(4) for step in (AIMessage("", tool_calls=[search("lean", str(i))]), AIMessage("Lean [1]."))
    ]
    assistant = scripted(*script, max_model_calls=2)
    history: list[BaseMessage] = []
    for _ in range(4):
        _, done = run(assistant, "lean?", history)
        history += done.messages
        assert done.answer.text == "Lean [1]."


def test_a_model_that_raises_gives_one_sentence_with_the_way_out(scripted: Any):
    _, done = run(scripted(RuntimeError("boom\nsecond line")), "lean?")
    assert done.answer.kind == "decline"
    assert "boom" in done.answer.text
    assert "second line" not in done.answer.text
    assert "SCM_MODEL=embedded" in done.answer.text
    assert [type(message) for message in done.messages] == [HumanMessage, AIMessage]


def test_a_turn_that_failed_can_be_followed_by_another(scripted: Any):
    assistant = scripted(AIMessage("", tool_calls=[search("lean")]), RuntimeError("boom"), AIMessage("Fine again."))
    _, failed = run(assistant, "lean?")
    _, done = run(assistant, "and now?", list(failed.messages))
    assert done.answer.text == "Fine again."
    calls = [m for m in failed.messages if isinstance(m, AIMessage) and m.tool_calls]
    answered = [m for m in failed.messages if isinstance(m, ToolMessage)]
    assert len(calls) == len(answered)  # a provider refuses a history with a call that nobody answered


def test_wrong_arguments_come_back_to_the_model_as_an_error(scripted: Any):
    call = {"name": "search_notes", "args": {"query": "lean", "kind": "nonsense"}, "id": "1", "type": "tool_call"}
    events, done = run(scripted(AIMessage("", tool_calls=[call]), AIMessage("I could not search.")), "lean?")
    (finished,) = [event for event in events if isinstance(event, ToolFinished)]
    assert finished.failed
    assert done.answer.text == "I could not search."


def test_an_unknown_tool_comes_back_to_the_model_as_an_error(scripted: Any):
    call = {"name": "delete_everything", "args": {}, "id": "1", "type": "tool_call"}
    events, done = run(scripted(AIMessage("", tool_calls=[call]), AIMessage("I cannot do that.")), "lean?")
    (finished,) = [event for event in events if isinstance(event, ToolFinished)]
    assert finished.failed
    assert done.answer.text == "I cannot do that."


def test_a_tool_that_raises_does_not_end_the_turn_without_an_answer(scripted: Any, monkeypatch: pytest.MonkeyPatch):
    assistant = scripted(AIMessage("", tool_calls=[search("lean")]), AIMessage("The search is broken."))
    monkeypatch.setattr(assistant.search, "search", lambda *_: 1 / 0)
    _, done = run(assistant, "lean?")
    assert done.answer.kind == "decline"
    assert done.answer.text
    assert "Traceback" not in done.answer.text


def test_an_empty_reply_still_says_something(scripted: Any):
    _, done = run(scripted(AIMessage("")), "lean?")
    assert done.answer.text


def test_the_messages_kept_are_those_of_this_turn(scripted: Any):
    assistant = scripted(AIMessage("", tool_calls=[search("lean")]), AIMessage("Lean [1]."))
    before = [HumanMessage("hello"), AIMessage("Hello.")]
    _, done = run(assistant, "lean?", [*before])
    assert [message.type for message in done.messages] == ["human", "ai", "tool", "ai"]
    assert done.messages[0].content == "lean?"
    assert [m.content for m in assistant.model.seen[0][1:3]] == ["hello", "Hello."]


def test_a_long_conversation_is_cut_at_whole_turns(scripted: Any):
    history: list[BaseMessage] = []
    for place in range(30):
        history += [HumanMessage(f"question {place}"), AIMessage(f"answer {place}")]
    assistant = scripted(AIMessage("Fine."))
    run(assistant, "now?", history)
    _system, *seen = assistant.model.seen[0]
    assert len(seen) == 2 * REMEMBERED_TURNS + 1
    assert seen[0].type == "human"


def test_a_review_is_not_forgotten_over_many_asides(scripted: Any):
    begun = AIMessage("", tool_calls=[{"name": "start_review", "args": {}, "id": "1"}])
    history: list[BaseMessage] = [
        HumanMessage("begin"),
        begun,
        ToolMessage("{}", tool_call_id="1", name="start_review"),
    ]
    for place in range(30):
        history += [HumanMessage(f"question {place}"), AIMessage(f"answer {place}")]
    assistant = scripted(AIMessage("Fine."))
    run(assistant, "now?", history)
    _system, *seen = assistant.model.seen[0]
    assert [message.type for message in seen[:4]] == ["human", "ai", "tool", "human"]
    assert seen[3].content == f"question {30 - REMEMBERED_TURNS}"


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07", "x" * 100_000])
def test_input_that_cannot_be_read_never_reaches_the_model(scripted: Any, question: str):
    _, done = run(scripted(), question)
    assert done.answer.kind == "invalid"
    assert done.answer.text
    assert done.messages == ()


def test_an_answer_is_json_as_the_contract_says(scripted: Any):
    _, done = run(scripted(AIMessage("", tool_calls=[search("lean")]), AIMessage("Lean [1].")), "lean?")
    data = json.loads(done.answer.model_dump_json())
    assert set(data) == {"kind", "text", "citations", "results", "follow_ups"}
    assert set(data["citations"][0]) == {"number", "title", "section", "quote", "locator"}
    assert set(data["results"][0]) == {"tool", "args", "output"}
