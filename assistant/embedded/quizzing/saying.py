"""What is said in a quiz: questions, marks, hints, the end, and how somebody is doing."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from assistant.embedded.quizzing.words import words

LETTERS = "ABCDEFGH"
Output = Mapping[str, Any]
SOON = timedelta(hours=1)


def say(name: str, **values: Any) -> str:
    """Return a sentence with its values."""
    return words().say[name].format(**values)


def question(asked: Output) -> str:
    """Return a question with its options and the hints that were given."""
    parts = [f"{say('head', number=asked['number'], of=asked['of'])} {asked['text']}"]
    if asked.get("options"):
        parts.append("\n".join(f"- **{letter}** {one}" for letter, one in zip(LETTERS, asked["options"], strict=False)))
    elif asked.get("awaits_grade"):
        parts.append(say("did_you"))
    elif asked.get("kind") == "number":
        unit = str(asked.get("unit") or "")
        parts.append(say("number", unit=f" in {unit}" if unit and unit != "%" else ""))
    else:
        parts.append(say("recall"))
    return "\n\n".join(parts)


def begun(output: Output) -> str:
    """Return how a quiz begins."""
    head = say(
        "begun_hints" if output.get("hints_only") else "begun", title=output["title"], of=_questions(output["of"])
    )
    return f"{head}\n\n{question(output['asked'])}"


def marked(output: Output, explain: bool = False) -> str:
    """Return a mark with its explanation, and what comes next; with `explain`, the mark of an earlier answer again."""
    mark, asked = output["marked"], output.get("asked")
    if mark["outcome"] == "unread" or mark.get("may_retry"):
        return str(mark["explanation"])
    if asked and asked.get("awaits_grade") and asked["number"] == mark["number"]:
        return f"{say('model')} {mark['explanation']}\n\n{say('did_you')}"
    parts = [_verdict(mark) if not explain else "", str(mark["explanation"])]
    parts = [" ".join(part for part in parts if part)]
    if mark.get("steps"):
        parts.append("\n".join([say("steps"), "", *(f"- {step}" for step in mark["steps"])]))
    if mark.get("next_due") and not explain:
        parts[-1 if not mark.get("steps") else 0] += f" {say('next_due', when=when(mark['next_due']))}"
    parts.append(following(output))
    return "\n\n".join(part for part in parts if part)


def following(output: Output) -> str:
    """Return the next question, or how the quiz came out."""
    return question(output["asked"]) if output.get("asked") else finished(output)


def finished(output: Output) -> str:
    """Return how a quiz came out, and what to read again."""
    rest = f", {output['skipped']} skipped" if output.get("skipped") else ""
    if output.get("done", 0) < output.get("of", 0):
        said = say("stopped", title=output["title"], done=output["done"], of=output["of"], right=output["right"])
    else:
        said = say("finished", title=output["title"], right=output["right"], of=output["of"], rest=rest)
    titles = ", ".join(f"**{title}**" for title in output.get("to_read", [])[:5])
    return f"{said} {say('to_read', titles=titles)}" if titles else said


def hinted(output: Output) -> str:
    """Return the next hint, or that there is none."""
    if output.get("hint"):
        return say("hint", hint=output["hint"])
    return say("no_hint_only" if output.get("hints_only") else "no_hint")


def left(output: Output) -> str:
    """Return what skipping or stopping led to."""
    if output.get("left") == "stop":
        return finished(output)
    return f"{say('skipped')}\n\n{following(output)}"


def progress(output: Output) -> str:
    """Return how somebody is doing."""
    done = output["progress"]
    if not done["answered"] and not output.get("asked"):
        return say("progress_none")
    parts = []
    if output.get("asked"):
        left_over = output["of"] - output["done"]
        counted = {name: output[name] for name in ("right", "wrong", "skipped")}
        parts.append(say("score", **counted, left=left_over))
    if done["answered"]:
        share = f"{100 * done['right'] / done['answered']:.0f}%"
        parts.append(say("progress", answered=_questions(done["answered"]), share=share))
        if done["days_in_a_row"] > 1:
            parts.append(say("days", days=f"{done['days_in_a_row']} days"))
        parts.append(_due(done))
    if done["weakest"]:
        titles = ", ".join(f"**{one['title']}**" for one in done["weakest"][:3])
        parts.append(say("weakest", titles=titles))
    return " ".join(part for part in parts if part)


def buttons(output: Output) -> tuple[str, ...]:
    """Return what can be said next."""
    data, asked = words(), output.get("asked")
    if not asked:
        return data.button("progress", "again") if output.get("title") else ()
    if asked.get("awaits_grade"):
        return data.button("knew", "not_known")
    if asked.get("kind") in ("true_false", "difference"):
        return (*map(str, asked["options"]), data.buttons["hint"])
    return data.button("hint", "unknown", "skip")


def when(moment: str, now: datetime | None = None) -> str:
    """Return a moment in words: "in 10 minutes", "tomorrow", "on 26 November"."""
    now = now or datetime.now(UTC)
    due = datetime.fromisoformat(moment)
    if due - now < SOON:
        return f"in {max(1, round((due - now).total_seconds() / 60))} minutes"
    days = (due.date() - now.date()).days
    if days <= 1:
        return "tomorrow" if days else "later today"
    return f"in {days} days, on {due.day} {due:%B}" if days < 60 else f"on {due.day} {due:%B %Y}"


def _verdict(mark: Output) -> str:
    match mark["outcome"]:
        case "right":
            return say("right")
        case "revealed":
            return say("revealed", answer=mark["right_answer"]) if len(mark["right_answer"]) < 200 else say("model")
        case "skipped":
            return say("skipped")
    return say("wrong", answer=str(mark["right_answer"]))


def graded(output: Output) -> str:
    """Return what is said once somebody has graded their own answer."""
    mark = output["marked"]
    said = say("graded_right" if mark["outcome"] == "right" else "graded_wrong")
    return f"{said}\n\n{following(output)}"


def _due(done: Output) -> str:
    if done["due_now"]:
        return say("due", due=_questions(done["due_now"]) + (" is" if done["due_now"] == 1 else " are"))
    ahead: Sequence[tuple[str, int]] = done["due_by_day"]
    first = next(((day, count) for day, count in ahead if count), None)
    if first is None:
        return ""
    day = date.fromisoformat(first[0])
    later = "later today" if day == datetime.now(UTC).date() else f"on {day.day} {day:%B}"
    return say("due_later", count=_questions(first[1]), day=later)


def _questions(count: int) -> str:
    return f"{count} question{'' if count == 1 else 's'}"
