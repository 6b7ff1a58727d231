"""What the quiz page's script draws: questions and marks with their Markdown rendered."""

from typing import TYPE_CHECKING, Any

from assistant.pages.quizzing.sources import chip, listed
from assistant.pages.rendered import rendered, rendered_line
from knowledge.vault import slug

if TYPE_CHECKING:
    from assistant.learning.models import Asked, Marked, Quiz


def quiz_shown(quiz: "Quiz") -> dict[str, Any]:
    """Return a quiz for the page."""
    shown = quiz.model_dump(mode="json", exclude={"asked", "last", "results"})
    shown["results"] = [{**one.model_dump(mode="json"), "slug": slug(one.concept)} for one in quiz.results]
    shown["asked"] = _asked(quiz.asked) if quiz.asked else None
    shown["last"] = marked_shown(quiz.last) if quiz.last else None
    return shown


def marked_shown(marked: "Marked") -> dict[str, Any]:
    """Return a mark for the page."""
    citations = {one.number: one for one in marked.citations}

    def cite(number: int) -> str | None:
        return chip(citations[number]) if number in citations else None

    shown = marked.model_dump(mode="json", exclude={"citations"})
    shown["right_html"] = rendered_line(marked.right_answer)
    shown["explanation_html"] = rendered(marked.explanation, cite)
    shown["steps_html"] = [rendered_line(step) for step in marked.steps]
    shown["sources"] = listed(marked.citations)
    return shown


def _asked(asked: "Asked") -> dict[str, Any]:
    shown = asked.model_dump(mode="json")
    shown["html"] = rendered(asked.text)
    shown["options"] = [{"value": one, "html": rendered_line(one)} for one in asked.options]
    shown["hints_html"] = [rendered_line(one) for one in asked.hints_used]
    return shown
