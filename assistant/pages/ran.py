"""What the chat shows of a tool whose output has a title or an error: what was done, and as rows what came of it."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.pages.runs import ToolRun

Titles = Mapping[str, tuple[str, str]]
"""What is said of each tool: once it is done, and while it runs or when it did not work."""
Row = tuple[str, str]
LONGEST_NAME = 60


def title_of(tool: ToolRun, titles: Titles) -> str | None:
    """Say what was done: 'Marked your answer: Inventory'; None if the tool is another one."""
    words = titles.get(tool.tool)
    if words is None:
        return None
    done, doing = words
    if not tool.finished:
        return f"{doing}\N{HORIZONTAL ELLIPSIS}"
    if tool.failed or not isinstance(tool.output, Mapping) or "error" in tool.output:
        return f"{doing} did not work"
    name = str(tool.output.get("title") or "")[:LONGEST_NAME]
    return f"{done}: {name}" if name else done


def details_of(tool: ToolRun, titles: Titles, rows_of: Callable[[Mapping[str, Any]], list[Row]]) -> list[Row] | None:
    """Return what came out, as terms and their descriptions; None if the tool is another one."""
    if tool.tool not in titles or not isinstance(tool.output, Mapping):
        return None
    if "error" in tool.output:
        return [("could not be done", str(tool.output["error"]))]
    return [row for row in rows_of(tool.output) if row[1]] or [("found", "nothing")]
