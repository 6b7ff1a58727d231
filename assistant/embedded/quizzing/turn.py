"""What the embedded model does in a quiz: the first step of a turn, and the one after a tool has answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.embedded.context import QUIZZING, Context
from assistant.embedded.quizzing import hearing, saying
from assistant.embedded.reviewing.step import Step, call
from knowledge.names import Names

BEGIN, ANSWER, HINT, LEAVE, PROGRESS = QUIZZING
Output = Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """A conversation's quiz as its last output told it; `mark` is the latest mark, `topic` what it was begun on."""

    output: Output = field(default_factory=dict)
    mark: Output = field(default_factory=dict)
    topic: str = ""

    @property
    def asked(self) -> Output:
        """The question that stands; empty if there is none."""
        return self.output.get("asked") or {}

    @property
    def args(self) -> dict[str, Any]:
        """Which quiz and which question of it."""
        return {"quiz_id": self.output["quiz_id"], "number": self.asked["number"]}


def read_state(context: Context) -> State:
    """Return where the quiz of a conversation stands; a review that was taken up later puts it aside."""
    output: Output = {}
    mark: Output = {}
    topic = ""
    for turn in context.past:
        for run in turn.quizzed:
            if "quiz_id" in run.output:
                output = run.output
            if run.tool == BEGIN and "quiz_id" in run.output:
                topic, mark = str(run.args.get("topic", "")), {}
            if "marked" in run.output and run.output["marked"]["outcome"] != "unread":
                mark = {**run.output["marked"], "quiz_id": run.output["quiz_id"]}
        if turn.reviewed:
            output = {}
    return State(output, mark, topic)


class Quizmaster:
    """Asks and marks; its state is the history that it is given."""

    def __init__(self, names: Names):
        self._names = names

    def plan(self, context: Context, talk: bool = False) -> Step | None:
        """Return the first step for a message that concerns a quiz; None if it speaks of something else.

        `talk` says that the message is a greeting or thanks.
        """
        text, state = context.question, read_state(context)
        wish = hearing.wish(text)
        if state.asked:
            return self._running(text, state, wish, talk)
        if wish == "why" and state.mark and _just_quizzed(context):
            return self._explained(state)
        if hearing.wants(text):
            return call(BEGIN, **hearing.request(text, self._names, state.topic).args)
        quizzed = any(turn.quizzed for turn in context.past[-2:])
        if (wish == "progress" and quizzed) or (wish == "resume" and "quiz" in text.casefold()):
            return call(PROGRESS)
        return None

    def next(self, context: Context) -> Step:
        """Return the step after a tool of a quiz has answered in this turn."""
        name, output = next((name, output) for name, output in reversed(context.outputs) if name in QUIZZING)
        if not isinstance(output, Mapping):
            return Step(text=str(output), kind="decline")
        if "error" in output:
            return Step(text=str(output["error"]), kind="clarify" if "invalid" in output else "decline")
        if name == ANSWER and output["marked"]["outcome"] == "unread":
            return Step(text=saying.marked(output), kind="clarify", follow_ups=saying.buttons(output))
        return Step(text=self._told(name, output, context), follow_ups=saying.buttons(output))

    def back(self, context: Context) -> str:
        """Return the line that leads back to the question, after something else was answered; "" without a quiz."""
        asked = read_state(context).asked
        if not asked:
            return ""
        return f"{saying.say('back', number=asked['number'])}\n\n{saying.question(asked)}"

    def buttons(self, context: Context) -> tuple[str, ...]:
        """Return what can be said next to the question that stands."""
        return saying.buttons(read_state(context).output)

    def _told(self, name: str, output: Output, context: Context) -> str:
        if name == BEGIN:
            return saying.begun(output)
        if name == HINT:
            return saying.hinted(output)
        if name == LEAVE:
            return saying.left(output)
        if name == PROGRESS:
            if hearing.wish(context.question) == "resume":
                return saying.question(output["asked"]) if output.get("asked") else saying.say("none")
            shown = saying.progress(output)
            return f"{shown}\n\n{saying.question(output['asked'])}" if output.get("asked") else shown
        state = read_state(context)
        mark = output["marked"]
        if state.asked.get("awaits_grade") and state.asked["number"] == mark["number"]:
            return saying.graded(output)
        explains = bool(state.mark) and state.mark["number"] == mark["number"] and not state.mark.get("may_retry")
        return saying.marked(output, explain=explains and state.mark["quiz_id"] == output["quiz_id"])

    def _running(self, text: str, state: State, wish: str, talk: bool) -> Step | None:
        """Plan for a message while a question stands."""
        asked = state.asked
        grade = hearing.knew(text) if asked.get("awaits_grade") else None
        if grade is not None:
            return call(ANSWER, **state.args, knew=grade)
        if hearing.wants(text) or (hearing.hints_only(text) and not state.output.get("hints_only")):
            args = hearing.request(text, self._names, state.topic).args
            same = {"topic": state.topic} if state.topic and not hearing.wants(text) else {}
            return call(BEGIN, **{**same, **args})
        match wish:
            case "hint":
                return call(HINT, **state.args)
            case "skip" | "stop":
                return call(LEAVE, **state.args, what=wish)
            case "progress":
                return call(PROGRESS)
            case "repeat" | "resume":
                return Step(text=saying.question(asked), follow_ups=saying.buttons(state.output))
            case "why":
                return self._explained(state) if state.mark else call(HINT, **state.args)
        talk = talk and not hearing.reads(text, asked)  # "that's true" may be thanks, elsewhere
        if talk or asked.get("awaits_grade") or not hearing.is_answer(text, asked):
            return None
        return call(ANSWER, **state.args, answer=text[:2000])

    def _explained(self, state: State) -> Step:
        """Explain the latest mark again, or give a hint where none may be explained yet."""
        if state.mark.get("may_retry"):
            return call(HINT, **state.args)
        return call(ANSWER, quiz_id=state.mark["quiz_id"], number=state.mark["number"])


def _just_quizzed(context: Context) -> bool:
    return bool(context.past) and bool(context.past[-1].quizzed)
