"""Holds conversations with the assistant for tests, and checks each answer on the way."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.agent import Assistant
from tools.risk.store import Actor

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from assistant.answer import Answer

ME = Actor("me", "Ada")
MOST_WORDS = 450
Say = Callable[..., "Answer"]
"""Says messages one after the other in a conversation, and gives the last answer."""


def talk(assistant: Assistant, *turns: str) -> "list[Answer]":
    """Return the answers to the messages of one conversation, each found to be sound."""
    history: list[BaseMessage] = []
    answers = []
    for text in turns:
        done = assistant.answer(text, history)
        history += done.messages
        answers.append(done.answer)
        assert_sound(assistant, done.answer)
    return answers


def assert_sound(assistant: Assistant, answer: "Answer") -> None:
    """Assert what holds for every answer: citations that stand in the vault, and a length that is read."""
    notes = assistant.library.vault.notes
    assert answer.text.strip()
    assert len(answer.text.split()) <= MOST_WORDS
    assert len(answer.follow_ups) <= 3
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)} == {c.number for c in answer.citations}
    for citation in answer.citations:
        section = notes[citation.title].sections[citation.section]
        assert citation.quote in "\n\n".join(section.blocks)
        assert citation.quote
    if answer.kind == "decline":
        assert not answer.citations
