"""Ten reviews through the chat from start to report: interruptions, corrections, pauses, changes on the page."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from langchain_core.messages import BaseMessage

from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.embedded.model import EmbeddedChatModel
from assistant.settings import Settings
from knowledge.library import Library
from tools.risk.review import Review
from tools.risk.store import Actor, Reviews

SCRIPTS = sorted(Path(__file__).with_name("reviews").glob("[0-9]*.yaml"))
ME = Actor("me", "Ada")


def _check(step: dict[str, Any], answer: Answer) -> None:
    said = f"{step['say']!r} -> {answer.text}"
    assert [result.tool for result in answer.results] == step["tools"], said
    assert answer.kind == step.get("kind", "answer"), said
    for words in step["says"]:
        assert words.casefold() in answer.text.casefold(), f"{words!r} is missing: {said}"
    assert all("error" not in result.output for result in answer.results if isinstance(result.output, dict)), said


def _change_on_page(store: Reviews, step: dict[str, Any]) -> None:
    """Change a node as somebody else does who takes part through the link."""
    review_id = store.listed(ME)[0].id
    other = Actor("other", step["by"])
    review = store.join(other, store.invitation(ME, review_id))
    node = next(node for node in review.nodes if node.name == step["page"])
    store.save(other, review_id, node.model_copy(update=step["set"]))


def _check_store(script: dict[str, Any], review: Review) -> None:
    nodes = {node.name: node for node in review.nodes}
    for name, fields in script.get("nodes", {}).items():
        for field, value in fields.items():
            assert getattr(nodes[name], field) == value, (name, field)
    for question, fields in script.get("answers", {}).items():
        given = review.answers_to(question)[0]
        for field, value in fields.items():
            assert getattr(given, field) == value, (question, field)
    for question in script.get("evidence", []):
        assert review.answers_to(question)[0].evidence
    for owner, day in script.get("actions", {}).items():
        due = next(action.due for action in review.actions if action.owner == owner)
        assert isinstance(due, date)
        assert f"{due:%m-%d}" == day
    assert review.status == script.get("status", review.status)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_review_from_start_to_report(
    path: Path, store: Reviews, settings: Settings, library: Library, model: EmbeddedChatModel
) -> None:
    script = yaml.safe_load(path.read_text("utf-8"))
    assistant = Assistant(settings, library, model, store)
    history: list[BaseMessage] = []
    for step in script["turns"]:
        if step.get("new"):
            history = []
        elif "page" in step:
            _change_on_page(store, step)
        else:
            done = assistant.answer(step["say"], history, ME)
            history += done.messages
            _check(step, done.answer)
    assert any(result["tool"] == "review_report" for result in _calls(history))
    found = store.listed(ME)
    chosen = next((one for one in found if one.title == script.get("review", found[0].title)), found[0])
    _check_store(script, store.open(ME, chosen.id))


def _calls(history: list[BaseMessage]) -> list[dict[str, Any]]:
    return [{"tool": call["name"]} for message in history for call in getattr(message, "tool_calls", [])]


def test_there_are_ten_scripts() -> None:
    assert len(SCRIPTS) == 10
