"""What the chat shows of a risk review beside the answer's text: what ran, how far it is, and the way to its page."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.pages.markup import literal
from assistant.pages.ran import Row, details_of, title_of
from assistant.pages.runs import ToolRun

TITLES = {
    "start_review": ("Began a risk review", "Beginning a risk review"),
    "list_reviews": ("Looked for reviews", "Looking for reviews"),
    "record_answers": ("Recorded what you said", "Recording what you said"),
    "move_in_review": ("Went on in the review", "Going on in the review"),
    "review_report": ("Put the review together", "Putting the review together"),
    "compare_make_or_buy": ("Compared making and buying", "Comparing making and buying"),
    "take_back_entry": ("Took back what was entered", "Taking back what was entered"),
    "what_breaks_us": ("Asked what would break us", "Asking what would break us"),
    "name_me_in_review": ("Took down your name", "Taking down your name"),
    "set_review_status": ("Changed the review's status", "Changing the review's status"),
}
_LINK = re.compile(r"/review\?id=[\w-]{1,64}")


def title(tool: ToolRun) -> str | None:
    """Say what was done in a review: 'Recorded what you said: Pump factory'; None if the tool is another one."""
    return title_of(tool, TITLES)


def details(tool: ToolRun) -> list[Row] | None:
    """Return what went in and what came out, as terms and their descriptions; None if the tool is another one."""
    return details_of(tool, TITLES, _rows)


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


def _rows(output: Mapping[str, Any]) -> list[Row]:
    rows = [("recorded", str(line)) for line in output.get("recorded", [])]
    rows += [("taken back", str(line)) for line in output.get("taken_back", [])]
    rows += [("not taken back", str(line)) for line in output.get("stays", [])]
    rows += [("changed by somebody else", str(line)) for line in output.get("conflicts", [])]
    rows += [("could not be entered", str(line)) for line in output.get("problems", [])]
    rows += [("review", f"{one['title']} ({one['status']})") for one in output.get("reviews", [])]
    if isinstance(compared := output.get("comparison"), Mapping):
        rows += [("compared", str(compared.get("name", ""))), ("result", str(compared.get("meaning", "")))]
        rows += [("not known", ", ".join(map(str, compared.get("lacking", []))))]
    if isinstance(found := output.get("breaking"), Mapping):
        rows += [("limit", f"{found.get('limit')} {found.get('currency')}".strip())]
    if output.get("review_id"):
        rows += [("step", _step(output)), ("answered", _answered(output)), ("status", str(output.get("status", "")))]
    return rows


def _step(output: Mapping[str, Any]) -> str:
    step = output.get("step") or {}
    asked = output.get("question") or {}
    if not step:
        return "nothing left to ask"
    return f"step {step.get('number')} of {len(output.get('steps', []))}, question {asked.get('id', '')}"


def _answered(output: Mapping[str, Any]) -> str:
    done = output.get("progress") or {}
    return f"{done.get('answered', 0)} of {done.get('asked', 0)} answered"
