"""Ten quizzes through the chat: letters, words and numbers, hints, interruptions, another conversation."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.embedded.model import EmbeddedChatModel
from assistant.guards import markers
from assistant.learning import Quizzes
from assistant.learning.bank import Bank
from assistant.learning.models import Kind
from assistant.learning.question import Question
from assistant.learning.store import LearningDatabase
from assistant.settings import Settings
from knowledge.library import Library
from tools.risk.store import Actor, Reviews

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

SCRIPTS = sorted(Path(__file__).with_name("quizzes").glob("[0-9]*.yaml"))
ME = Actor("me", "Ada")
SEED = 5


class Steady(Quizzes):
    """Draws the same questions in every run, of the kinds that a script names where the message names none."""

    kinds: list[Kind] = []  # noqa: RUF012 - set by each test

    def begin(self, owner: str, **asked: Any) -> Any:
        return super().begin(owner, **{**asked, "seed": SEED, "kinds": asked.get("kinds") or self.kinds})

    def question(self) -> Question | None:
        """The question that is asked now, with its answer."""
        quiz = self.current(ME.key)
        if quiz is None or quiz.asked is None:
            return None
        with self._database.read() as connection:
            return self._kept(connection, ME.key, quiz.id).turns[quiz.asked.number - 1].question


@pytest.fixture(scope="module")
def bank(library: Library) -> Bank:
    return Bank(library.vault)


def _filled(say: str, question: Question | None) -> str:
    if question is None:
        return say
    wrong = next((one for one in question.options if one != question.answer), "0")
    letter = "abcd"[question.options.index(question.answer)] if question.options else ""
    return say.replace("{right}", question.answer).replace("{wrong}", wrong).replace("{letter}", letter)


def _check(step: dict[str, Any], answer: Answer, before: Question | None) -> None:
    said = f"{step['say']!r} -> {answer.text}"
    assert [result.tool for result in answer.results] == step["tools"], said
    assert answer.kind == step.get("kind", "answer"), said
    for words in step["says"]:
        assert words.casefold() in answer.text.casefold(), f"{words!r} is missing: {said}"
    for words in step.get("lacks", []):
        assert words.casefold() not in answer.text.casefold(), said
    if step.get("hides") and before:
        assert f"answer is **{before.answer}**" not in answer.text, said
    failed = [result for result in answer.results if isinstance(result.output, dict) and "error" in result.output]
    assert bool(failed) == step.get("error", False), said
    assert set(markers(answer.text)) == {citation.number for citation in answer.citations}, said


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_quiz_in_the_chat(
    path: Path, tmp_path: Path, settings: Settings, library: Library, model: EmbeddedChatModel, bank: Bank
) -> None:
    script = yaml.safe_load(path.read_text("utf-8"))
    quizzes, reviews = Steady(bank, LearningDatabase.in_folder(tmp_path)), Reviews.in_folder(tmp_path)
    quizzes.kinds = script.get("kinds", [])
    assistant = Assistant(settings, library, model, reviews, quizzes)
    history: list[BaseMessage] = []
    last = ""
    for step in script["turns"]:
        if step.get("new"):
            history = []
            continue
        before = quizzes.question()
        done = assistant.answer(_filled(step["say"], before), history, ME)
        history += done.messages
        _check(step, done.answer, before)
        ids = [r.output["quiz_id"] for r in done.answer.results if isinstance(r.output, dict) and "quiz_id" in r.output]
        last = ids[-1] if ids else last
    quiz = quizzes.quiz(ME.key, last)
    assert {name: getattr(quiz, name) for name in script["end"]} == script["end"]
    quizzes.close()
    reviews.close()


def test_there_are_ten_scripts() -> None:
    assert len(SCRIPTS) == 10
