"""What the chat shows of a quiz beside the answer's text: what was done, and where the quiz stands."""

from collections.abc import Mapping
from typing import Any

from assistant.pages.ran import Row, details_of, title_of
from assistant.pages.runs import ToolRun

TITLES = {
    "begin_quiz": ("Began a quiz", "Beginning a quiz"),
    "answer_quiz": ("Marked your answer", "Marking your answer"),
    "quiz_hint": ("Looked for a hint", "Looking for a hint"),
    "leave_quiz": ("Went on in the quiz", "Going on in the quiz"),
    "quiz_progress": ("Looked at your progress", "Looking at your progress"),
}


def title(tool: ToolRun) -> str | None:
    """Say what was done in a quiz: 'Marked your answer: Inventory'; None if the tool is another one."""
    return title_of(tool, TITLES)


def details(tool: ToolRun) -> list[Row] | None:
    """Return where the quiz stands, as terms and their descriptions; None if the tool is another one."""
    return details_of(tool, TITLES, _rows)


def _rows(output: Mapping[str, Any]) -> list[Row]:
    rows = []
    if mark := output.get("marked"):
        rows = [("your answer", str(mark["given"])), ("mark", str(mark["outcome"]))]
    if "quiz_id" in output:
        rows.append(("answered", f"{output['done']} of {output['of']}, {output['right']} right"))
    if done := output.get("progress"):
        rows.append(("so far", f"{done['answered']} answered, {done['right']} right, {done['due_now']} due"))
    return rows
