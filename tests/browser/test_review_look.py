"""How the review page looks and handles: light and dark, a phone, the keyboard alone, a screen reader."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.reviewing import (  # noqa: F401 - the fixtures among them are asked for by name
    ASKED,
    SIZES,
    actor_of,
    maturity,
    overflow,
    patience,
    review_of,
    saved,
)

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(visit, scripted, scheme):
    seen = visit(f"{scripted.address}/review", color_scheme=scheme)
    seen.page.wait_for_selector(".reviews")
    assert seen.page.evaluate(CONTRAST)["poor"] == []
    seen.page.get_by_role("button", name="Look at an example").click()
    seen.page.wait_for_selector("#review-tabs")
    for place in ("steps&q=1.3", "steps&q=scope", "report", "people"):
        seen.open(f"{scripted.address}/review?id={review_of(seen)}&tab={place}")
        seen.page.wait_for_selector("#tab-place h2, .report h1")
        found = seen.page.evaluate(CONTRAST)
        assert found["checked"] > 20
        assert found["poor"] == []


def test_a_phone_shows_every_tab_within_its_width(visit, scripted):
    seen = visit(f"{scripted.address}/review", **SIZES["phone"])
    seen.page.wait_for_selector(".reviews")
    assert overflow(seen) == [0, 0]
    seen.page.get_by_role("button", name="Look at an example").click()
    seen.page.wait_for_selector("#review-tabs")
    tabs = [link.get_attribute("data-tab") for link in seen.page.locator("#review-tabs a").all()]
    for place in (*tabs, "steps&q=1.2", "steps&q=scope"):
        seen.open(f"{scripted.address}/review?id={review_of(seen)}&tab={place}")
        seen.page.wait_for_selector("#tab-place > *")
        seen.page.wait_for_timeout(800)
        assert overflow(seen) == [0, 0], place
    seen.page.get_by_text("All steps and questions").click()
    seen.page.locator('#steps-outline a[data-q="scope"]').click()
    expect(seen.page.get_by_role("heading", name="Scope and limits")).to_be_visible()
    for path in ("/", "/metrics", "/classify", "/review", "/learn", "/quiz"):
        seen.open(f"{scripted.address}{path}")
        assert overflow(seen)[0] == 0, path
        links = seen.page.locator("#pages a")
        expect(links).to_have_count(6)
        for link in links.all():
            box = link.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]


def test_the_keyboard_alone_is_enough(visit, scripted):
    seen = visit(f"{scripted.address}/review")
    page = seen.page
    page.get_by_label("Title").focus()
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    page.keyboard.type("Ana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Scope and limits")).to_be_visible()
    expect(page.locator("#review")).to_be_focused()
    _tab_to(seen, '.scope input[inputmode="decimal"]')
    page.keyboard.type("250000")
    page.keyboard.press("Enter")
    expect(saved(seen)).to_have_text(re.compile("Saved"))
    _tab_to(seen, ".save-row button:not(.primary)")
    page.keyboard.press("Enter")
    expect(page.locator("#question-text")).to_be_focused()
    _tab_to(seen, ".main-value textarea")
    page.keyboard.type("Typed only")
    _tab_to(seen, ".maturity input")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    _tab_to(seen, ".walk .primary")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#question-text")).to_be_focused()
    expect(page.locator(".question .crumb b")).to_have_text("1.2")
    expect(page.locator("#review-counts")).to_have_text(f"1 of {ASKED} answered")
    kept = scripted.chat.reviews.open(actor_of(seen), review_of(seen)).answers_to("1.1")[0]
    assert (kept.value, kept.maturity) == ("Typed only", 1)


def test_everything_has_a_name_for_a_screen_reader(visit, scripted):
    seen = visit(f"{scripted.address}/review")
    seen.page.get_by_role("button", name="Look at an example").click()
    seen.page.wait_for_selector("#review-tabs")
    for place in ("steps&q=1.2", "steps&q=1.4", "steps&q=scope", "people", "report"):
        seen.open(f"{scripted.address}/review?id={review_of(seen)}&tab={place}")
        seen.page.wait_for_selector("#tab-place > *")
        nameless = seen.page.evaluate(
            """() => [...document.querySelectorAll("button, a[href], input, textarea, select")]
            .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)
            .filter((one) => !(one.ariaLabel || one.textContent.trim() || one.labels?.length))
            .map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert nameless == []


def _tab_to(seen: Visit, selector: str, *, back: bool = False) -> None:
    for _ in range(80):
        seen.page.keyboard.press("Shift+Tab" if back else "Tab")
        if seen.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")
