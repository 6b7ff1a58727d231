"""What the chat shows of a quiz beside the answer's text: what was done, and where the quiz stands."""

from collections.abc import Mapping

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
    words = TITLES.get(tool.tool)
    if words is None:
        return None
    if not tool.finished:
        return f"{words[1]}\N{HORIZONTAL ELLIPSIS}"
    output = tool.output
    if tool.failed or not isinstance(output, Mapping) or "error" in output:
        return f"{words[1]} did not work"
    name = str(output.get("title") or "")[:60]
    return f"{words[0]}: {name}" if name else words[0]


def details(tool: ToolRun) -> list[tuple[str, str]] | None:
    """Return where the quiz stands, as terms and their descriptions; None if the tool is another one."""
    if tool.tool not in TITLES or not isinstance(tool.output, Mapping):
        return None
    output = tool.output
    if "error" in output:
        return [("could not be done", str(output["error"]))]
    rows = []
    if mark := output.get("marked"):
        rows = [("your answer", str(mark["given"])), ("mark", str(mark["outcome"]))]
    if "quiz_id" in output:
        rows.append(("answered", f"{output['done']} of {output['of']}, {output['right']} right"))
    if done := output.get("progress"):
        rows.append(("so far", f"{done['answered']} answered, {done['right']} right, {done['due_now']} due"))
    return [row for row in rows if row[1]] or [("found", "nothing")]
