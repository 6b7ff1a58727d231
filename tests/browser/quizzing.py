"""What the browser tests of the quiz page share: beginning a quiz, its right answers, answering."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from assistant.learning.question import Question
from assistant.learning.running import Running
from assistant.learning.store import QUIZZES
from tests.browser.conftest import PHONE, WIDE, Site, Visit

SIZES = {"wide": {"viewport": WIDE}, "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True}}


@pytest.fixture(name="begin")
def begin_quiz(visit: Any, scripted: Site) -> Callable[..., Visit]:
    """Begin a quiz of five questions in a browser of its own."""

    def made(*kinds: str, where: str = "area=inventory", size: str = "wide", hints_only: bool = False) -> Visit:
        seen = visit(f"{scripted.address}/quiz?{where}", **SIZES[size])
        return begin_here(seen, *kinds, hints_only=hints_only)

    return made


def begin_here(seen: Visit, *kinds: str, hints_only: bool = False) -> Visit:
    """Fill in the form of the page that is open, and begin."""
    seen.page.wait_for_selector('body[data-quiz="home"]')
    seen.page.get_by_role("radio", name="5", exact=True).check()
    if kinds:
        seen.page.get_by_text("Kinds of question").first.click()
        for box in seen.page.locator('input[name="kinds"]').all():
            box.set_checked(box.input_value() in kinds)
    if hints_only:
        seen.page.get_by_label("Hints only").check()
    seen.page.get_by_role("button", name="Begin", exact=True).click()
    seen.page.wait_for_selector('body[data-quiz="question"]')
    return seen


def quiz_of(seen: Visit) -> str:
    """Return the id of the quiz that a browser shows."""
    found = re.search(r"id=(\w+)", seen.page.url)
    assert found
    return found[1]


def questions(site: Site, seen: Visit) -> list[Question]:
    """Return the questions of the quiz that a browser shows, with their answers."""
    with site.chat.quizzes._database.read() as connection:
        kept = connection.scalar(select(QUIZZES.c.content).where(QUIZZES.c.id == quiz_of(seen)))
    return [turn.question for turn in Running.read(kept).turns]


def at_question(seen: Visit, number: int, of: int = 5) -> None:
    expect(seen.page.locator("#quiz-counts")).to_contain_text(f"Question {number} of {of}")
    expect(seen.page.locator("#verdict")).to_have_count(0)


def option(seen: Visit, words: str) -> Any:
    """Return the radio button of an option; by its value, since formulas change what it looks like."""
    for box in seen.page.locator(".option input").all():
        if box.input_value() == words:
            return box
    raise AssertionError(f"there is no option {words!r}")


def wrong_option(question: Question) -> str:
    return next(one for one in question.options if one != question.answer)


def choose(seen: Visit, words: str) -> None:
    """Choose an option and answer with it."""
    option(seen, words).check()
    seen.page.get_by_role("button", name="Answer", exact=True).click()


def verdict(seen: Visit) -> Any:
    return seen.page.locator("#verdict")


def go_on(seen: Visit) -> None:
    expect(verdict(seen)).to_be_visible()
    seen.page.locator(".question .buttons .primary:visible").click()


def overview(seen: Visit) -> Any:
    """Return what the server tells this browser of topics, progress and the quiz it left."""
    return seen.page.evaluate("async () => (await fetch('/quizzes')).json()")


def overflow(seen: Visit) -> list[int]:
    return seen.page.evaluate(
        """() => { const middle = document.getElementById("middle");
        return [document.scrollingElement.scrollWidth - innerWidth, middle.scrollWidth - middle.clientWidth] }"""
    )
