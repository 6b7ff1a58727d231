"""Which messages concern a quiz: those that ask for one, those that answer, and all others not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.embedded.quizzing import hearing
from assistant.learning.models import KINDS
from knowledge.library import Library
from knowledge.vault import Vault

ROOT = Path(__file__).parents[2]
CHOICE = {"kind": "choice", "options": ["Cycle stock", "Fill rate", "Safety stock", "Because demand varies"]}
NUMBER = {"kind": "number", "options": [], "unit": "units"}
TRUE = {"kind": "true_false", "options": ["True", "False"]}
RECALL = {"kind": "recall", "options": []}


def texts(found: Any) -> Iterator[str]:
    """Yield every text of some data."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for one in found.values():
            yield from texts(one)
    elif isinstance(found, list):
        for one in found:
            yield from texts(one)


def test_no_message_of_the_tuning_sets_begins_a_quiz(vault: Vault) -> None:
    folders = [ROOT / "assistant" / "embedded" / "data", ROOT / "knowledge" / "asked", ROOT / "tests/assistant/reviews"]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".yaml", ".txt", ".jsonl")]
    said: set[str] = {text for note in vault.notes.values() for text in note.front.asked_as}
    for path in files:
        content = path.read_text("utf-8")
        if path.name == "quizzing.yaml":
            continue
        if path.suffix == ".yaml":
            said |= set(texts(yaml.safe_load(content)))
        elif path.suffix == ".txt":
            said |= set(content.splitlines())
        else:
            said |= {text for line in content.splitlines() if line.strip() for text in texts(json.loads(line))}
    assert len(said) > 20_000
    assert [text for text in said if hearing.wants(text)] == []


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("quiz me on inventory", {"topic": "inventory"}),
        ("Quiz me!", {}),
        ("test me on saftey stock please", {"topic": "safety stock"}),
        ("ask me five questions about procurement", {"count": 5, "topic": "procurement"}),
        ("I'd like a quiz on demand forecasting with 8 questions", {"count": 8, "topic": "demand forecasting"}),
        ("a true or false quiz about logistics, give me a quiz", {"topic": "logistics", "kinds": ["true_false"]}),
        ("quiz me on kanban but don't tell me the answers", {"topic": "kanban", "hints_only": True}),
        ("quiz me on what is due", {"due": True}),
        ("inventory quiz please", {"topic": "inventory"}),
        ("quiz me again", {"topic": "lean"}),
        ("quiz me on the formula of safety stock", {"topic": "Safety stock", "kinds": ["number"]}),
        ("check my knowledge of incoterms", {"topic": "incoterms"}),
    ],
)
def test_what_quiz_is_asked_for(library: Library, text: str, args: dict[str, Any]) -> None:
    assert hearing.wants(text)
    assert hearing.request(text, library.names, "lean").args == args


@pytest.mark.parametrize(
    "text",
    [
        "how does the quiz work?",
        "what is a quiz?",
        "test me this hypothesis",
        "test whether demand is normal",
        "ask me what you need",
        "ask me the next risk question",
        "what are good interview questions for buyers?",
        "test the stock policy",
    ],
)
def test_what_asks_for_no_quiz(text: str) -> None:
    assert not hearing.wants(text)


@pytest.mark.parametrize(
    ("text", "asked", "is_answer"),
    [
        ("b", CHOICE, True),
        ("is it b?", CHOICE, True),
        ("fill rate?", CHOICE, True),
        ("the second", CHOICE, True),
        ("because demand varies a lot", CHOICE, True),
        ("what is safety stock?", CHOICE, False),
        ("is safety stock the same as cycle stock?", CHOICE, False),
        ("how do I compute the fill rate", CHOICE, False),
        ("true?", TRUE, True),
        ("no", TRUE, True),
        ("what does true mean here?", TRUE, False),
        ("we hold 40 units in Hamburg and 30 in Bremen and want to pool them", TRUE, False),
        ("8 turns", NUMBER, True),
        ("it is about 1,250 units", NUMBER, True),
        ("what is the EOQ for demand 1200, order cost 50, holding cost 3?", NUMBER, False),
        ("stock held against what nobody expected", RECALL, True),
        ("what is a buffer?", RECALL, False),
        ("I don't know", RECALL, True),
        ("start a risk review for our pump factory", RECALL, False),
        ("classify a winter jacket with a life cycle of 3 months", CHOICE, False),
    ],
)
def test_what_answers_a_question(text: str, asked: dict[str, Any], is_answer: bool) -> None:
    assert hearing.is_answer(text, asked) is is_answer


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("hint", "hint"),
        ("can I have a hint please?", "hint"),
        ("skip this one", "skip"),
        ("next", "skip"),
        ("stop", "stop"),
        ("let's stop here", "stop"),
        ("why?", "why"),
        ("but why is that?", "why"),
        ("how am I doing?", "progress"),
        ("what's my score", "progress"),
        ("repeat the question please", "repeat"),
        ("continue the quiz", "resume"),
        ("why do we hold safety stock?", ""),
        ("skip-lot sampling", ""),
        ("stockout", ""),
        ("help me plan the stock of spare parts", ""),
    ],
)
def test_wishes_are_whole_messages(text: str, wish: str) -> None:
    assert hearing.wish(text) == wish


def test_the_words_name_every_kind_of_question() -> None:
    from assistant.embedded.quizzing.words import words

    assert set(words().kinds) == set(KINDS)
