"""Quizzes as LangChain tools: begin, answer, hint, leave, progress; every answer is committed before it is marked."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool
from pydantic import Field

from assistant.learning import Quiz, QuizError, QuizNotFoundError, Quizzes
from assistant.learning.models import Kind, Marked
from assistant.toolbox.turn_context import TurnContext, note_section
from knowledge.retriever import NoteSearch
from tools.risk.store import StoreError

NOT_KEPT = "Quizzes cannot be kept here, so none can be run."
NOBODY = "It is not known who asks, so no quiz can be run."
A_FEW = 5
MOST = 20
Runtime = ToolRuntime[TurnContext]
Work = Callable[[Quizzes, str], dict[str, Any]]


def quizzing_tools(quizzes: Quizzes | None, search: NoteSearch) -> list[BaseTool]:
    """Return the tools of quizzes; without a store they only say that there is none."""

    def told(runtime: Runtime, work: Work) -> str:
        actor = runtime.context.actor if runtime.context else None
        if quizzes is None or actor is None:
            return json.dumps({"error": NOT_KEPT if quizzes is None else NOBODY})
        try:
            output = work(quizzes, actor.key)
        except QuizError as error:
            output = {"error": str(error), "invalid": True}
        except (QuizNotFoundError, StoreError) as error:
            output = {"error": str(error)}
        return json.dumps(output, ensure_ascii=False, default=str)

    def marked(runtime: Runtime, mark: Marked, quiz: Quiz) -> dict[str, Any]:
        """Return a mark with its passages as numbered sections, by which the explanation cites them."""
        found = [note_section(one.title, one.section, search) for one in mark.citations]
        context = runtime.context or TurnContext()
        sections = [context.numbered(one)[0] for one in found if one]
        numbers = {
            one.number: context.number(part[0].locator) for one, part in zip(mark.citations, found, strict=True) if part
        }
        explanation = re.sub(r"\[(\d+)\]", lambda match: _marker(match, numbers), mark.explanation)
        shown = mark.model_dump(mode="json", exclude={"citations"}) | {"explanation": explanation}
        return {"marked": shown, "sections": sections, **standing(quiz)}

    @tool
    def begin_quiz(
        runtime: Runtime,
        topic: Annotated[str, Field(max_length=200)] = "",
        count: Annotated[int, Field(ge=1, le=MOST)] = A_FEW,
        kinds: Sequence[Kind] = (),
        hints_only: bool = False,
        due: bool = False,
    ) -> str:
        """Begin a quiz from the notes and return its first question as JSON; the answer is not in it.

        Show the question and its options as they are, with letters, one at a time. Never say or guess the answer
        yourself: hand what the user says to answer_quiz.

        Args:
            runtime: filled in by the agent.
            topic: an area ("inventory", "procurement", "risk"), a concept, a learning path; "" for everything.
            count: how many questions.
            kinds: only questions of these kinds; none means all. "number" are calculations, "recall" is answered in
                the user's own words.
            hints_only: wrong answers get a hint and another try, and no answer is ever shown.
            due: only what is due for repetition.
        """

        def work(kept: Quizzes, owner: str) -> dict[str, Any]:
            area, concept = kept.topic(topic)
            quiz = kept.begin(
                owner, area=area, concept=concept, due=due, kinds=list(kinds), count=count, hints_only=hints_only
            )
            return {"begun": True, **standing(quiz)}

        return told(runtime, work)

    @tool
    def answer_quiz(
        quiz_id: str,
        number: int,
        runtime: Runtime,
        answer: Annotated[str, Field(max_length=2000)] = "",
        knew: bool | None = None,
    ) -> str:
        """Mark an answer to the question that is asked, and return the mark and the next question as JSON.

        Cite the explanation with its [n]. `outcome` "unread" marks nothing: say what is expected. After "revealed" of a
        recall question (`awaits_grade`), show the model answer, ask whether the user knew it, and call again with
        `knew`. The same number a second time returns the first mark: use it to explain again.

        Args:
            quiz_id: which quiz.
            number: number of the question.
            runtime: filled in by the agent.
            answer: what the user said, word for word: a letter, words, a number with its unit, "I don't know".
            knew: for recall questions only, after the model answer was shown: whether the user says they knew it.
        """

        def work(kept: Quizzes, owner: str) -> dict[str, Any]:
            if knew is not None:
                return marked(runtime, *kept.grade(owner, quiz_id, number, knew))
            return marked(runtime, *kept.answer(owner, quiz_id, number, answer))

        return told(runtime, work)

    @tool
    def quiz_hint(quiz_id: str, number: int, runtime: Runtime) -> str:
        """Return the next hint to the question that is asked, in `asked.hints_used`; say only the latest one.

        Args:
            quiz_id: which quiz.
            number: number of the question.
            runtime: filled in by the agent.
        """

        def work(kept: Quizzes, owner: str) -> dict[str, Any]:
            before = kept.quiz(owner, quiz_id).asked
            quiz = kept.hint(owner, quiz_id, number)
            grown = bool(quiz.asked and before and len(quiz.asked.hints_used) > len(before.hints_used))
            hint = quiz.asked.hints_used[-1] if quiz.asked and grown else ""
            return {"hint": hint, **standing(quiz)}

        return told(runtime, work)

    @tool
    def leave_quiz(quiz_id: str, number: int, runtime: Runtime, what: Literal["skip", "stop"] = "skip") -> str:
        """Skip the question that is asked, or stop the quiz; what was answered stays.

        Args:
            quiz_id: which quiz.
            number: number of the question.
            runtime: filled in by the agent.
            what: "skip" for this question, "stop" for the whole quiz.
        """

        def work(kept: Quizzes, owner: str) -> dict[str, Any]:
            quiz = kept.stop(owner, quiz_id) if what == "stop" else kept.skip(owner, quiz_id, number)
            return {"left": what, **standing(quiz)}

        return told(runtime, work)

    @tool
    def quiz_progress(runtime: Runtime) -> str:
        """Return what the user has learned so far, what is due, and the quiz that is not finished, if there is one.

        Args:
            runtime: filled in by the agent.
        """

        def work(kept: Quizzes, owner: str) -> dict[str, Any]:
            current = kept.current(owner)
            progress = kept.progress(owner).model_dump(mode="json")
            return {"progress": progress, **(standing(current) if current else {})}

        return told(runtime, work)

    return [begin_quiz, answer_quiz, quiz_hint, leave_quiz, quiz_progress]


def standing(quiz: Quiz) -> dict[str, Any]:
    """Return where a quiz stands, as every tool tells it."""
    shown = quiz.model_dump(mode="json", include={"title", "of", "done", "right", "wrong", "skipped", "hints_only"})
    wrong = [one.concept for one in quiz.results if one.outcome in ("wrong", "revealed")]
    asked = quiz.asked.model_dump(mode="json", exclude={"is_due"}) if quiz.asked else None
    return {
        "quiz_id": quiz.id,
        **shown,
        "asked": asked,
        "finished": quiz.finished,
        "to_read": list(dict.fromkeys(wrong)),
    }


def _marker(match: re.Match[str], numbers: dict[int, int]) -> str:
    found = numbers.get(int(match[1]))
    return f"[{found}]" if found else ""
