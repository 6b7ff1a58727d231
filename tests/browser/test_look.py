"""How the page looks and handles: a phone, the dark, the keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(visit, scripted, scheme):
    seen = visit(scripted.address, color_scheme=scheme)
    empty = seen.page.evaluate(CONTRAST)
    assert empty["checked"] > 20
    assert empty["poor"] == []
    seen.ask("What is safety stock?")
    seen.last_answer.locator(".thought-group .title").click()
    seen.last_answer.locator("a.cite").first.click()
    expect(seen.source.locator("mark")).to_be_visible()
    full = seen.page.evaluate(CONTRAST)
    assert full["checked"] > 80
    assert full["poor"] == []


def test_dark_follows_the_system_until_the_reader_chooses(visit, scripted):
    seen = visit(scripted.address, color_scheme="dark")
    toggle = seen.page.get_by_role("button", name="Dark colours")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    seen.page.reload()
    seen.page.wait_for_selector('body[data-state="idle"]')
    expect(toggle).to_have_attribute("aria-pressed", "false")
    expect(seen.page.locator("body.dark")).to_have_count(0)


def test_a_phone_shows_everything_within_its_width(visit, scripted):
    seen = visit(scripted.address, viewport=PHONE, is_mobile=True, has_touch=True)
    expect(seen.page.locator("#sidebar")).to_be_hidden()
    assert _overflow(seen) == 0
    seen.page.locator("#question textarea").fill("What is safety stock?")
    seen.page.get_by_role("button", name="Send").click()
    seen.answered()
    expect(seen.last_answer.locator("table")).to_be_visible()
    assert _overflow(seen) == 0
    box = seen.page.locator("#composer").bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]
    table = seen.last_answer.locator(".table-box")
    assert table.evaluate("box => box.scrollWidth > box.clientWidth && box.clientWidth < innerWidth")
    seen.last_answer.locator(".sources a").first.click()
    expect(seen.source).to_be_visible()
    sheet = seen.source.bounding_box()
    assert (sheet["x"], sheet["width"], sheet["height"]) == (0, PHONE["width"], PHONE["height"])
    seen.source.get_by_role("button", name="Close the source").click()
    seen.page.get_by_role("button", name="Past conversations").click()
    expect(seen.page.locator("#sidebar")).to_be_visible()
    assert _overflow(seen) == 0
    seen.page.locator("#conversations li > a").first.click()
    expect(seen.page.locator("#sidebar")).to_be_hidden()


def test_the_keyboard_alone_is_enough(visit, scripted):
    seen = visit(scripted.address)
    seen.page.locator("body").evaluate("() => document.activeElement.blur()")
    _tab_to(seen, "Compare lean and agile supply chains")
    assert seen.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    seen.page.keyboard.press("Enter")
    seen.answered()
    chip = seen.last_answer.get_by_role("link", name="Source 1: Safety stock, Formula").first
    _tab_to(seen, "Source 1: Safety stock, Formula", back=True, element=chip)
    seen.page.keyboard.press("Enter")
    expect(seen.source).to_be_visible()
    expect(seen.source.get_by_role("button", name="Close the source")).to_be_focused()
    seen.page.keyboard.press("Escape")
    expect(seen.source).to_be_hidden()
    expect(chip).to_be_focused()
    seen.page.get_by_role("button", name="Delete this conversation").focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("button", name="Keep it")).to_be_focused()
    seen.page.keyboard.press("Escape")
    expect(seen.page.get_by_role("button", name="Delete this conversation")).to_be_focused()


def test_landmarks_and_names_are_there_for_a_screen_reader(seen):
    seen.ask("What is safety stock?")
    expect(seen.page.get_by_role("navigation", name="Past conversations")).to_be_visible()
    expect(seen.page.get_by_role("main")).to_have_count(1)
    expect(seen.page.get_by_role("log", name="Conversation")).to_be_visible()
    expect(seen.page.get_by_role("textbox", name="Your question")).to_be_visible()
    expect(seen.page.locator("#announcer")).to_contain_text("Its stock is 50 seals.")
    nameless = seen.page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, textarea")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)
        .filter((one) => !(one.ariaLabel || one.innerText || one.textContent.trim() || one.labels?.length))
        .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def _overflow(seen) -> int:
    return seen.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")


def _tab_to(seen, text: str, *, back: bool = False, element=None) -> None:
    for _ in range(60):
        seen.page.keyboard.press("Shift+Tab" if back else "Tab")
        if element is not None and element.evaluate("one => one === document.activeElement"):
            return
        if element is None and seen.page.evaluate("() => document.activeElement.textContent.trim()") == text:
            return
    pytest.fail(f"the keyboard does not reach '{text}'")
