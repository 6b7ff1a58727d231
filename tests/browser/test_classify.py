"""The classification page in a browser: verdicts that move with the sliders, pictures, pasted tables, exports."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, RealServer, Site, Visit

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
DRAWN = 20_000  # milliseconds: the first picture of a page loads the library
SIZES = {"wide": {"viewport": WIDE}, "phone": {"viewport": PHONE, "is_mobile": True, "has_touch": True}}
HARM = "<img src=x onerror=alert(1)><script>alert(2)</script>"
TABLE = "SKU\tValue\nA\t850\nB\t100\nC\t50\n"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    """Wait longer than elsewhere: a busy machine takes seconds to read the drawing library in."""
    expect.set_options(timeout=DRAWN)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def classify(visit: Any, scripted: Site) -> Any:
    """Open a view of the page at a server whose model is still being loaded: numbers must do."""
    scripted.chat.ready = False

    def begin(view: str = "product", size: str = "wide", **options: Any) -> Visit:
        return visit(f"{scripted.address}/classify?view={view}", **SIZES[size], **options)

    return begin


def verdict(seen: Visit) -> Any:
    return seen.page.locator("#classify-verdict .verdict b")


def field(seen: Visit, label: str) -> Any:
    """Return a box of the form that is shown; the forms of the other views are hidden."""
    return seen.page.locator("#forms form:not([hidden])").get_by_label(label, exact=True)


def drawn(seen: Visit) -> Any:
    return seen.page.locator("#classify-chart .scatterlayer .textpoint text")


def csv_rows(seen: Visit) -> list[list[str]]:
    with seen.page.expect_download() as caught:
        seen.page.get_by_role("button", name="Export as CSV").click()
    text = Path(caught.value.path()).read_bytes().decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


@pytest.mark.parametrize("size", SIZES)
def test_a_slider_moves_the_verdict(classify, size):
    seen = classify(size=size)
    expect(seen.page.locator("#classify-verdict .lacking")).to_be_visible()
    slider = seen.page.get_by_role("slider", name="Product life cycle, slider")
    expect(slider).to_have_attribute("aria-valuetext", "not given")
    slider.fill("90")
    expect(verdict(seen)).to_have_text("Functional")
    expect(field(seen, "Product life cycle")).not_to_be_empty()
    slider.fill("20")
    expect(verdict(seen)).to_have_text("Innovative")
    expect(seen.page.locator("#announcer")).to_contain_text("innovative")
    field(seen, "Replenishment lead time").fill("3 months")
    expect(seen.page.locator("#classify-verdict .fit")).to_contain_text("Mismatch:")
    expect(seen.page.get_by_role("img", name="Products and their chains")).to_be_visible()
    seen.page.get_by_role("button", name="Product life cycle: not given").click()
    expect(field(seen, "Product life cycle")).to_have_value("")
    assert seen.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") == 0
    assert (
        seen.page.evaluate(
            "() => { const m = document.getElementById('middle'); return m.scrollWidth - m.clientWidth }"
        )
        == 0
    )


@pytest.mark.parametrize("size", SIZES)
def test_products_stand_on_one_picture_and_survive_a_reload(classify, size):
    seen = classify(size=size)
    field(seen, "Name").fill("Tees")
    field(seen, "Product life cycle").fill("4 years")
    seen.page.get_by_role("button", name="Add a product").click()
    expect(field(seen, "Name")).to_be_focused()
    field(seen, "Name").fill("Runway")
    field(seen, "Product life cycle").fill("3")
    expect(drawn(seen)).to_have_text(["1 Tees", "2 Runway"])
    expect(seen.page.locator(".entries li:visible")).to_have_count(2)
    seen.page.get_by_role("button", name="Duplicate").click()
    expect(drawn(seen)).to_have_text(["1 Tees", "2 Runway", "3 Runway (copy)"])
    seen.page.reload()
    seen.page.wait_for_selector('body[data-state="idle"]')
    expect(drawn(seen)).to_have_text(["1 Tees", "2 Runway", "3 Runway (copy)"])
    seen.page.get_by_role("button", name="Remove").click()
    expect(drawn(seen)).to_have_text(["1 Tees", "2 Runway"])
    seen.page.get_by_role("button", name="1 Tees").click()
    expect(field(seen, "Product life cycle")).to_have_value("4 years")
    expect(verdict(seen)).to_have_text("Functional")


def test_no_more_than_twelve_products_are_added(classify):
    seen = classify()
    for _ in range(11):
        seen.page.get_by_role("button", name="Add a product").click()
    expect(seen.page.get_by_role("button", name="Add a product")).to_be_disabled()
    expect(seen.page.locator(".entries li:visible")).to_have_count(12)


def test_what_cannot_be_right_is_told_beside_its_field(classify):
    seen = classify()
    margin = field(seen, "Contribution margin")
    for text, said in (("140%", "lies between"), ("much", "cannot be read as a number")):
        margin.fill(text)
        expect(seen.page.locator("#product-contribution_margin-error")).to_contain_text(said)
        expect(margin).to_have_attribute("aria-invalid", "true")
        expect(seen.page.locator("#announcer")).to_contain_text(said)
    margin.fill("12")
    expect(seen.page.locator("#product-contribution_margin-error")).to_be_empty()
    expect(margin).not_to_have_attribute("aria-invalid", "true")
    field(seen, "Product life cycle").fill("-2")
    expect(seen.page.locator("#product-life_cycle_months-error")).to_contain_text("lies between")


def test_words_wait_for_the_model_and_are_read_once_it_is_there(classify, scripted):
    seen = classify()
    field(seen, "Product life cycle").fill("60")
    field(seen, "Description in words").fill("plain white tees")
    expect(verdict(seen)).to_have_text("Functional")
    expect(seen.page.locator("#classify-verdict .aside")).to_contain_text("still loading")


@pytest.mark.parametrize("size", SIZES)
def test_a_description_is_classified_and_handed_to_the_chat(visit, real_site: RealServer, size):
    seen = visit(f"{real_site.address}/classify", **SIZES[size])
    field(seen, "Name").fill("Swimwear")
    field(seen, "Description in words").fill(
        "Most styles are replaced each season; margin about half. We place the whole buy in November, by sea."
    )
    expect(verdict(seen)).to_have_text("Innovative")
    expect(seen.page.locator("#classify-detail")).to_contain_text("In its words")
    expect(seen.page.locator("#classify-detail tr", has_text="Contribution margin")).to_contain_text("from the words")
    seen.page.get_by_role("button", name="Ask about this in the chat").click()
    seen.answered()
    expect(seen.page.locator("#conversation .user-row")).to_contain_text("Swimwear: Most styles")


@pytest.mark.parametrize("size", SIZES)
def test_a_supply_position_follows_its_choices(classify, size):
    seen = classify("supply", size)
    field(seen, "Demand uncertainty").select_option("low")
    field(seen, "Supply uncertainty").select_option("high")
    expect(verdict(seen)).to_have_text("Risk-hedging supply chain")
    field(seen, "Supply uncertainty").select_option("")
    expect(verdict(seen)).to_have_text("Open")
    seen.page.get_by_text("Supply characteristics").click()
    field(seen, "Frequent breakdowns").select_option("no")
    expect(verdict(seen)).to_have_text("Efficient supply chain")
    expect(seen.page.get_by_role("img", name="Lee's framework")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_purchased_items_stand_in_kraljics_matrix(classify, size):
    seen = classify("purchase", size)
    field(seen, "Name").fill("Castings")
    seen.page.get_by_role("slider", name="Profit impact, slider").fill("80")
    seen.page.get_by_role("slider", name="Supply risk, slider").fill("70")
    expect(verdict(seen)).to_have_text("Strategic item")
    seen.page.get_by_role("button", name="Add an item").click()
    field(seen, "Name").fill("Labels")
    seen.page.get_by_text("Profit impact: the facts behind it").click()
    field(seen, "Share of purchasing spend").fill("0.4")
    seen.page.get_by_text("Supply risk: the facts behind it").click()
    field(seen, "Qualified suppliers").fill("12")
    expect(verdict(seen)).to_have_text("Non-critical item")
    expect(drawn(seen)).to_have_text(["1 Castings", "2 Labels"])
    found = csv_rows(seen)
    assert [row[:2] for row in found] == [["name", "quadrant"], ["Castings", "strategic"], ["Labels", "non-critical"]]


@pytest.mark.parametrize("size", SIZES)
def test_a_pasted_table_is_classed_and_exported_whole(classify, size):
    seen = classify("items", size)
    box = field(seen, "Table of items")
    box.fill(TABLE + "D\ttwelve\n")
    expect(seen.page.locator("#classify-verdict")).to_contain_text("1 A, 1 B, 1 C")
    expect(seen.page.locator("#classify-verdict")).to_contain_text("Line 5 (D): Value is 'twelve'")
    expect(seen.page.get_by_role("img", name="ABC curve")).to_be_visible()
    expect(box).to_have_value(TABLE + "D\ttwelve\n")
    field(seen, "A up to").fill("99")
    expect(seen.page.locator("#items-abc_first-error")).to_contain_text("must rise")
    field(seen, "A up to").fill("85")
    expect(seen.page.locator("#classify-verdict")).to_contain_text("1 A, 1 B, 1 C")
    field(seen, "Order").select_option("reversed")
    expect(seen.page.locator(".tall tbody th").first).to_have_text("C")
    found = csv_rows(seen)
    assert [row[0] for row in found] == ["item", "C", "B", "A", "D"]
    assert "twelve" in found[-1][-1]


def test_ten_thousand_lines_are_pasted_at_once(classify):
    seen = classify("items")
    lines = "SKU,Value\n" + "".join(f"item {place},{10_000 - place}\n" for place in range(10_000))
    field(seen, "Table of items").evaluate(
        """(box, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        lines,
    )
    expect(verdict(seen)).to_have_text("10,000 items")


def test_many_lines_from_a_file_are_shown_in_part_and_exported_whole(classify):
    seen = classify("items")
    lines = "SKU,Value,Jan,Feb,Mar,Apr\n" + "".join(
        f"item {place},{10_000 - place},{place % 7},5,{place % 3},1\n" for place in range(10_000)
    )
    # Warm up: the first picture loads the drawing library.
    field(seen, "Table of items").fill(TABLE)
    expect(seen.page.get_by_role("img", name="ABC curve")).to_be_visible()
    seen.page.locator("#items-file").set_input_files(
        {"name": "items.csv", "mimeType": "text/csv", "buffer": lines.encode("utf-16")}
    )
    expect(seen.page.locator("#classify-verdict .verdict b")).to_have_text("10,000 items")
    expect(seen.page.locator(".tall tbody tr")).to_have_count(200)
    assert len(csv_rows(seen)) == 10_001
    seen.page.locator("#items-file").set_input_files(
        {"name": "items.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK"}
    )
    expect(seen.page.locator("#items-file-error")).to_contain_text("save the sheet as CSV")
    seen.page.locator("#items-file").set_input_files(
        {"name": "items.csv", "mimeType": "text/csv", "buffer": b"a,1\n" * 600_000}
    )
    expect(seen.page.locator("#items-file-error")).to_contain_text("more than 2 MB")
    expect(seen.page.locator("#classify-verdict .verdict b")).to_have_text("10,000 items")


@pytest.mark.parametrize("view", ["product", "purchase", "items"])
def test_the_picture_is_saved_as_png(classify, view):
    seen = classify(view)
    if view == "items":
        seen.page.get_by_role("button", name="Put in an example").click()
    else:
        seen.page.get_by_role("slider").first.fill("80")
    save = seen.page.get_by_role("button", name="Picture as PNG")
    expect(seen.page.locator("#classify-chart .main-svg").first).to_be_visible()
    expect(save).to_be_enabled()
    with seen.page.expect_download() as caught:
        save.click()
    picture = Path(caught.value.path()).read_bytes()
    assert picture.startswith(PNG)
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert (width > 800, height > 600) == (True, True)
    assert len(picture) > 8_000  # not a blank one


def test_what_is_typed_is_shown_as_typed_and_never_run(classify):
    seen = classify()
    seen.page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    field(seen, "Name").fill(HARM)
    field(seen, "Description in words").fill(HARM)
    field(seen, "Product life cycle").fill("60")
    expect(seen.page.locator("#classify-verdict h2")).to_have_text(HARM)
    expect(seen.page.locator("#classify-chart .textpoint text")).to_contain_text("1 <img src=x")
    assert seen.page.locator("#classify img, #outcome script").count() == 0
    field(seen, "Name").fill("=1+1")
    expect(seen.page.locator("#classify-verdict h2")).to_have_text("=1+1")
    assert csv_rows(seen)[1][0] == "'=1+1"


def test_the_keyboard_alone_is_enough(classify):
    seen = classify()
    seen.page.locator("#views a").first.focus()
    for _ in range(2):
        seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("link", name="Purchased items")).to_have_attribute("aria-current", "page")
    assert "view=purchase" in seen.page.url
    seen.page.go_back()
    expect(seen.page.get_by_role("link", name="Products", exact=True)).to_have_attribute("aria-current", "page")
    slider = seen.page.get_by_role("slider", name="Contribution margin, slider")
    slider.focus()
    for _ in range(3):
        seen.page.keyboard.press("ArrowRight")
    expect(field(seen, "Contribution margin")).to_have_value("43")
    expect(slider).to_have_attribute("aria-valuetext", "43 %")
    expect(slider).to_be_focused()
    seen.page.keyboard.press("Tab")
    expect(field(seen, "Contribution margin")).to_be_focused()
    seen.page.keyboard.press("Tab")
    expect(seen.page.get_by_role("button", name="Contribution margin: not given")).to_be_focused()
    seen.page.keyboard.press("Enter")
    expect(field(seen, "Contribution margin")).to_have_value("")
    note = seen.page.get_by_role("link", name="All thresholds and their sources")
    note.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.source).to_contain_text("Product life cycle")
    seen.page.keyboard.press("Escape")
    expect(note).to_be_focused()


def test_a_link_keeps_the_focus_when_the_verdict_is_drawn_anew(classify):
    seen = classify()
    note = seen.page.get_by_role("link", name="All thresholds and their sources")
    note.focus()
    before = note.element_handle()
    seen.page.get_by_role("slider", name="Contribution margin, slider").evaluate(
        "box => { box.value = 45; box.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    seen.page.wait_for_function("link => !link.isConnected", arg=before)
    expect(note).to_be_focused()


def test_notes_open_beside_the_verdict(classify):
    seen = classify("purchase")
    seen.page.get_by_role("slider", name="Supply risk, slider").fill("90")
    seen.page.get_by_role("link", name="Kraljic matrix").click()
    expect(seen.source.locator(".source-note")).to_have_text("Kraljic matrix")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_all_text_can_be_read_and_every_box_has_a_name(classify, scheme, size):
    seen = classify(size=size, color_scheme=scheme)
    field(seen, "Contribution margin").fill("140")
    expect(seen.page.locator("#product-contribution_margin-error")).not_to_be_empty()
    assert seen.page.evaluate(CONTRAST)["poor"] == []
    field(seen, "Contribution margin").fill("14")
    field(seen, "Product life cycle").fill("60")
    field(seen, "Replenishment lead time").fill("5")
    expect(seen.page.locator(".fit")).to_be_visible()
    seen.page.get_by_role("link", name="Stock items").click()
    seen.page.get_by_role("button", name="Put in an example").click()
    expect(seen.page.locator(".tall tbody tr")).to_have_count(10)
    for link in ("Products", "Supply", "Purchased items", "Stock items"):
        seen.page.get_by_role("link", name=link, exact=True).click()
        expect(seen.page.locator("#outcome")).not_to_have_attribute("aria-busy", "true")
        found = seen.page.evaluate(CONTRAST)
        assert found["checked"] > 30
        assert found["poor"] == []
        assert seen.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") == 0
    nameless = seen.page.evaluate(
        """() => [...document.querySelectorAll("#classify :is(input, select, textarea, button)")]
        .filter((one) => !(one.ariaLabel || one.labels?.length || one.textContent.trim()))
        .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
