"""What the chat shows of a risk review beside the answer's text: what ran, how far it is, and the way to its page."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.pages.markup import literal
from assistant.pages.runs import ToolRun

TITLES = {
    "start_review": ("Began a risk review", "Beginning a risk review"),
    "list_reviews": ("Looked for reviews", "Looking for reviews"),
    "record_answers": ("Recorded what you said", "Recording what you said"),
    "move_in_review": ("Went on in the review", "Going on in the review"),
    "review_report": ("Put the review together", "Putting the review together"),
    "compare_make_or_buy": ("Compared making and buying", "Comparing making and buying"),
    "set_review_status": ("Changed the review's status", "Changing the review's status"),
}
_LINK = re.compile(r"/review\?id=[\w-]{1,64}")


def title(tool: ToolRun) -> str | None:
    """Say what was done in a review: 'Recorded what you said: Pump factory'; None if the tool is another one."""
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
    """Return what went in and what came out, as terms and their descriptions; None if the tool is another one."""
    if tool.tool not in TITLES or not isinstance(tool.output, Mapping):
        return None
    output = tool.output
    if "error" in output:
        return [("could not be done", str(output["error"]))]
    rows = [("recorded", str(line)) for line in output.get("recorded", [])]
    rows += [("changed by somebody else", str(line)) for line in output.get("conflicts", [])]
    rows += [("could not be entered", str(line)) for line in output.get("problems", [])]
    rows += [("review", f"{one['title']} ({one['status']})") for one in output.get("reviews", [])]
    if isinstance(compared := output.get("comparison"), Mapping):
        rows += [("compared", str(compared.get("name", ""))), ("result", str(compared.get("meaning", "")))]
        rows += [("not known", ", ".join(map(str, compared.get("lacking", []))))]
    if output.get("review_id"):
        rows += [("step", _step(output)), ("answered", _answered(output)), ("status", str(output.get("status", "")))]
    return [row for row in rows if row[1]] or [("found", "nothing")]


def card(tools: Sequence[ToolRun]) -> str:
    """Return the card of the review that a turn went on with, as HTML with the link to its page; "" if it did not."""
    outputs = [tool.output for tool in tools if tool.tool in TITLES and isinstance(tool.output, Mapping)]
    output = next((one for one in reversed(outputs) if one.get("review_id")), None)
    link = str(output.get("link", "")) if output else ""
    if output is None or not _LINK.fullmatch(link):
        return ""
    said = [str(output.get("title", "")), _step(output), _answered(output)]
    shown = ", ".join(literal(part) for part in said if part)
    return (
        f'<p class="as-forms review-card"><a class="as-form" href="{link}">Open the review</a> <span>{shown}</span></p>'
    )


def _step(output: Mapping[str, Any]) -> str:
    step = output.get("step") or {}
    asked = output.get("question") or {}
    if not step:
        return "nothing left to ask"
    return f"step {step.get('number')} of {len(output.get('steps', []))}, question {asked.get('id', '')}"


def _answered(output: Mapping[str, Any]) -> str:
    done = output.get("progress") or {}
    return f"{done.get('answered', 0)} of {done.get('asked', 0)} answered"
