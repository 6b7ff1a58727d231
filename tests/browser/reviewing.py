"""What the browser tests of the review page share: beginning a review, inviting, answering, and waiting for it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.pages.conversations import owner_of
from tests.browser.conftest import PHONE, WIDE, Site, Visit
from tools.risk.checklists import load_checklist
from tools.risk.progress import progress
from tools.risk.review import Review
from tools.risk.store import Actor

FIRST = load_checklist().question("1.1")
EMPTY = Review(id="", title="none", checklist=load_checklist(), created=datetime.now(UTC), updated=datetime.now(UTC))
ASKED = progress(EMPTY).asked
SIZES = {"wide": {"viewport": WIDE}, "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True}}
PATIENCE = 15_000  # milliseconds: a change of another browser comes with the next look at the revision


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(name="begin")
def begin_review(visit: Any, scripted: Site) -> Callable[..., Visit]:
    """Begin a review in a browser of its own, and show a question of it."""

    def made(question: str = "1.1", title: str = "Pump factory 2027", size: str = "wide", **options: Any) -> Visit:
        seen = visit(f"{scripted.address}/review", **SIZES[size], **options)
        seen.page.get_by_label("Title").fill(title)
        seen.page.get_by_label("Your name").fill("Ana")
        seen.page.get_by_role("button", name="Begin").click()
        expect(seen.page.get_by_role("heading", name="Scope and limits")).to_be_visible()
        return show(seen, question)

    return made


def show(seen: Visit, question: str) -> Visit:
    """Open a question of the review that is open, by its address."""
    found = re.search(r"id=(\w+)", seen.page.url)
    assert found
    seen.open(f"{seen.page.url.partition('?')[0]}?id={found[1]}&tab=steps&q={question}")
    seen.page.wait_for_selector('body[data-review="open"] .question h2')
    return seen


def join(seen: Visit, other: Visit, name: str) -> Visit:
    """Let another browser follow the invitation of the review that is open."""
    seen.page.get_by_role("link", name="People & history").click()
    link = seen.page.get_by_label("Whoever opens this link can read and answer")
    expect(link).to_have_value(re.compile("invite="))
    other.open(link.input_value())
    title = seen.page.locator("#review-title").inner_text()
    expect(other.page.locator(".invited-to")).to_have_text(re.compile(re.escape(title) + ", led by .+, with "))
    other.page.get_by_label("Your name").fill(name)
    other.page.get_by_role("button", name="Take part").click()
    expect(other.page.locator("#review-title")).to_have_text(title)
    return other


def answer(seen: Visit) -> Any:
    return seen.page.get_by_role("textbox", name="Answer", exact=True)


def maturity(seen: Visit, anchor: int) -> Any:
    return seen.page.locator(f'.maturity input[value="{anchor}"]')


def saved(seen: Visit) -> Any:
    return seen.page.locator(".answer-form .saved")


def forgive(seen: Visit, *expected: str) -> None:
    """Drop what the browser itself complains of when the server refuses or is away."""
    seen.complaints[:] = [one for one in seen.complaints if not any(text in one for text in expected)]


def overflow(seen: Visit) -> list[int]:
    return seen.page.evaluate(
        """() => { const middle = document.getElementById("middle");
        return [document.scrollingElement.scrollWidth - innerWidth, middle.scrollWidth - middle.clientWidth] }"""
    )


def actor_of(seen: Visit) -> Actor:
    """Return whoever sits at a browser."""
    return Actor(owner_of({one["name"]: one["value"] for one in seen.page.context.cookies()}))


def review_of(seen: Visit) -> str:
    """Return the id of the review that a browser shows."""
    found = re.search(r"id=(\w+)", seen.page.url)
    assert found
    return found[1]
