"""Loads checklists from YAML, checks that they hold together, and lets a team add questions of its own."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from tools.risk.checklist import AnswerValue, Checklist, Condition, Question, Step
from tools.risk.errors import ReviewError, Wrong, refused
from tools.risk.plain import clean
from tools.risk.values import read_value, shown_value

FILE = Path(__file__).with_name("checklist.yaml")
MOST_OWN = 60
LAST_OWN = 999
ANCHORS = 4
RULES = frozenset(
    {
        "tts_below_ttr", "single_source_margin", "concentration", "switch_exceeds_tts", "shared_sub_tier",
        "loss_above_limit", "no_limit", "old_test", "action_overdue",
    }
)  # fmt: skip

Part = TypeVar("Part", bound=BaseModel)


def load_checklist(path: Path | None = None) -> Checklist:
    """Return the checklist of a YAML file, checked; without a path the one that comes with the program.

    Raises:
        ReviewError: when the file cannot be read, or something in it is missing or contradicts; names place and remedy.
    """
    return _default() if path is None else _load(path)


def check(checklist: Checklist) -> None:
    """Raise a ReviewError that names everything in a checklist that does not hold together."""
    numbers = [step.number for step in checklist.steps]
    wrong = [
        Wrong(field=f"step {number}", reason=f"Step {number} comes twice; number the steps differently.")
        for number in sorted({number for number in numbers if numbers.count(number) > 1})
    ]
    seen: dict[str, Question] = {}
    known = {question.id for question in checklist.questions}
    for question in checklist.questions:
        if question.id in seen:
            wrong.append(_wrong(question, "comes twice; give one of them another id"))
        wrong += [_wrong(question, reason) for reason in _faults(question)]
        if question.only_if is not None:
            wrong += [_wrong(question, reason) for reason in _condition_faults(question.only_if, seen, known)]
        seen[question.id] = question
    if wrong:
        raise ReviewError(wrong)


def with_question(
    checklist: Checklist, question: Question | Mapping[str, Any], step: int, after: str = ""
) -> Checklist:
    """Return the checklist with a question of the team's own, which gets the next id of its kind (own.1, own.2 ...).

    Args:
        checklist: the checklist to start from; it is not changed.
        question: the question without id; `own` is set.
        step: number of the step that it joins.
        after: id of the question that it follows; "" for the end of the step. Where the question depends on a later one
            of the step, it follows that one.

    Raises:
        ReviewError: when the question does not hold together, there are 60 own ones, or step or place do not exist.
    """
    own = sum(one.own for one in checklist.questions)
    if own >= MOST_OWN or checklist.next_own > LAST_OWN:
        raise refused(
            "question", f"There are {own} own questions, the most there can be; change one, or remove one first."
        )
    data = question.model_dump() if isinstance(question, Question) else dict(question)
    added = _question({**data, "id": f"own.{checklist.next_own}", "own": True})
    chosen = next((one for one in checklist.steps if one.number == step), None)
    if chosen is None:
        listed = ", ".join(str(one.number) for one in checklist.steps)
        raise refused("step", f"There is no step {step}; choose from {listed}.")
    order = [one.id for one in chosen.questions]
    if after and after not in order:
        raise refused("after", f"Question {after} is not in step {step}; choose one of {', '.join(order)}.")
    place = order.index(after) + 1 if after else len(order)
    if added.only_if and added.only_if.question in order:
        place = max(place, order.index(added.only_if.question) + 1)
    return _replaced(
        checklist, chosen, (*chosen.questions[:place], added, *chosen.questions[place:]), checklist.next_own + 1
    )


def changed_question(checklist: Checklist, question_id: str, changes: Mapping[str, Any]) -> Checklist:
    """Return the checklist with one of the team's own questions changed; its id and kind stay.

    Raises:
        ReviewError: when it is none of the team's own, changes its kind, or no longer holds together.
    """
    step, question = _own(checklist, question_id)
    if changes.get("kind", question.kind) != question.kind:
        raise refused(
            question_id,
            f"Question {question_id} asks for a {question.kind}, and answers to it may exist; "
            "add a new question of the other kind and remove this one.",
        )
    kept = {"id": question.id, "own": True}
    changed = _question({**question.model_dump(), **changes, **kept})
    return _replaced(checklist, step, tuple(changed if one.id == question_id else one for one in step.questions))


def without_question(checklist: Checklist, question_id: str) -> Checklist:
    """Return the checklist without one of the team's own questions; its id is not used again.

    Raises:
        ReviewError: when it is none of the team's own, or another question depends on it.
    """
    step, _ = _own(checklist, question_id)
    needing = [one.id for one in checklist.questions if one.only_if and one.only_if.question == question_id]
    if needing:
        raise refused(
            question_id,
            f"Question {question_id} cannot be removed, as {', '.join(needing)} depends on it; "
            "change that condition first.",
        )
    return _replaced(checklist, step, tuple(one for one in step.questions if one.id != question_id))


def check_fit(before: Question, after: Question, value: AnswerValue, by: str) -> None:
    """Check that the value of an answer, written by somebody, says under a changed question what it said before.

    Raises:
        ReviewError: when it would no longer fit, or would mean something else.
    """
    if value is None:
        return
    kinds = {column.name: column.kind for column in before.columns}
    other = next((one.name for one in after.columns if kinds.get(one.name, one.kind) != one.kind), "")
    if before.unit != after.unit or other:
        what = f"kind of the column {other!r}" if other else "unit"
        raise refused(
            "columns" if other else "unit",
            f"{by} has answered question {after.id}, and with another {what} that answer would mean something else: "
            f"keep the {what}, or add a new question.",
        )
    try:
        fits, why = read_value(after, value) == value, ""
    except ReviewError as error:
        fits, why = False, f" ({error})"
    if not fits:
        raise refused(
            "columns" if after.kind == "table" else "options",
            f"What {by} has answered to question {after.id}, “{shown_value(before, value)[:60]}”, would no longer "
            f"fit{why}: keep what was answered, or ask {by} to change that answer first.",
        )


@cache
def _default() -> Checklist:
    return _load(FILE)


def _load(path: Path) -> Checklist:
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise refused(path.name, f"{path.name} cannot be read as YAML: {error}. Put it right or restore it.") from error
    checklist = _validated(Checklist, data, path.name)
    check(checklist)
    return checklist


def _question(data: Mapping[str, Any]) -> Question:
    return _validated(Question, _cleaned(data), "question")


def _cleaned(data: Any) -> Any:
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, Mapping):
        return {str(key): _cleaned(value) for key, value in data.items()}
    return [_cleaned(value) for value in data] if isinstance(data, list | tuple) else data


def _validated(model: type[Part], data: Any, what: str) -> Part:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        wrong = []
        for found in error.errors()[:20]:
            place = ".".join(map(str, found["loc"])) or what
            value = found["input"]
            shown = f" is {str(value)[:60]!r}" if isinstance(value, str | int | float) else ""
            wrong.append(Wrong(field=place, reason=f"{what}: {place}{shown}: {found['msg']}."))
        raise ReviewError(wrong) from None


def _replaced(checklist: Checklist, step: Step, questions: tuple[Question, ...], next_own: int = 0) -> Checklist:
    changed = step.model_copy(update={"questions": questions})
    steps = tuple(changed if one.number == step.number else one for one in checklist.steps)
    result = checklist.model_copy(update={"steps": steps, "next_own": next_own or checklist.next_own})
    check(result)
    return result


def _own(checklist: Checklist, question_id: str) -> tuple[Step, Question]:
    step, question = checklist.step_of(question_id), checklist.question(question_id)
    if step is None or question is None:
        raise refused(question_id, f"There is no question {question_id} in this checklist; look up its number.")
    if not question.own:
        raise refused(
            question_id,
            f"Question {question_id} belongs to the common checklist and stays, so that reviews can be compared; "
            "answer it with unknown or skip it.",
        )
    return step, question


def _wrong(question: Question, reason: str) -> Wrong:
    return Wrong(field=question.id, reason=f"Question {question.id} {reason}.")


def _faults(question: Question) -> list[str]:
    found = []
    if question.kind in ("choice", "choices") and len(question.options) < 2:
        found.append(f"is a {question.kind} and needs at least two options")
    if question.kind not in ("choice", "choices") and question.options:
        found.append(f"has options but asks for a {question.kind}; make it a choice or leave the options out")
    if _doubles(question.options):
        found.append(f"has the option {_doubles(question.options)[0]!r} twice; leave one out")
    if any(not option for option in question.options):
        found.append("has an option without words; name it or leave it out")
    if question.scores and len(question.scores) != len(question.options):
        found.append(f"has {len(question.scores)} scores for {len(question.options)} options; give one for each")
    if question.kind == "number" and not question.unit:
        found.append("asks for a number and needs a unit, for example weeks, % or pieces")
    if question.least is not None and question.most is not None and question.least > question.most:
        found.append(f"has least {question.least:g} above most {question.most:g}; exchange them")
    if question.kind == "table" and not question.columns:
        found.append("asks for a table and needs columns")
    if question.kind != "table" and question.columns:
        found.append(f"has columns but asks for a {question.kind}; make it a table or leave the columns out")
    names = [column.name for column in question.columns]
    if _doubles(names):
        found.append(f"has the column {_doubles(names)[0]!r} twice; rename one")
    found += [
        f"has shares that are parts of {column.parts_of!r}, which is no column; use table, row or a column"
        for column in question.columns
        if column.parts_of not in ("table", "row", *names)
    ]
    if len(question.anchors) != ANCHORS and not (question.own and not question.anchors):
        found.append(f"has {len(question.anchors)} anchors; say in words what maturity 0, 1, 2 and 3 mean")
    flag = question.red_flag
    if flag and flag.rule and flag.rule not in RULES:
        found.append(f"has the rule {flag.rule!r}, which does not exist; use one of {', '.join(sorted(RULES))}")
    if flag and flag.value and flag.value.column and flag.value.column not in names:
        found.append(f"has a flag on the column {flag.value.column!r}, which it has not")
    return found


def _condition_faults(needs: Condition, seen: Mapping[str, Question], known: set[str]) -> list[str]:
    if needs.question not in known:
        return [f"depends on question {needs.question}, which does not exist"]
    if needs.question not in seen:
        return [f"depends on question {needs.question}, which comes later; a condition looks at an earlier question"]
    earlier = seen[needs.question]
    found = []
    if not needs.answered:
        found.append(f"would be asked while {earlier.id} is open; leave `answered` out")
    if (needs.at_least is not None or needs.at_most is not None) and earlier.kind != "number":
        found.append(f"compares {earlier.id} with a number, but that asks for a {earlier.kind}")
    named = [name for name in (needs.equals, needs.includes) if name is not None]
    options = {option.casefold() for option in earlier.options}
    found += [
        f"waits for {name!r} in {earlier.id}, which is none of its options: {'; '.join(earlier.options)}"
        for name in named
        if options and name.casefold() not in options
    ]
    if needs.equals is not None and earlier.kind in ("choices", "table"):
        found.append(f"compares all of {earlier.id}, a {earlier.kind}; use includes")
    return found


def _doubles(names: Sequence[str]) -> list[str]:
    folded = [name.casefold() for name in names]
    return [name for place, name in enumerate(names) if name.casefold() in folded[:place]]
