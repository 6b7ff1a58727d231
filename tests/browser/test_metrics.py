"""Metrics in a browser: computed in the chat with a chart, corrected, opened as a form, worked out while typing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, RealServer, Site, Visit, new_visit

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
DRAWN = 20_000  # milliseconds: the first chart of a page loads the library
TURNS = "we sold $2.4M at cost last year, stock on hand averaged 300k - what's our turns?"


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    """Wait longer than elsewhere: a busy machine takes seconds to read the drawing library in."""
    expect.set_options(timeout=DRAWN)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def _home(real_site: RealServer, chromium: Any) -> Iterator[Visit]:
    context = chromium.new_context(viewport=WIDE)
    yield new_visit(context).open(real_site.address)
    context.close()


@pytest.fixture
def at_home(_home: Visit, real_site: RealServer) -> Iterator[Visit]:
    """The empty chat page of the real server, in one browser that these tests share to save its start."""
    yield _home.open(real_site.address)
    assert _home.complaints == []
    assert _home.hosts() == {"127.0.0.1"}


@pytest.fixture
def form(visit: Any, scripted: Site) -> Any:
    """Open the form of a metric, with inputs if there are any."""

    def begin(metric: str, **options: Any) -> Visit:
        inputs = "".join(f"&{name}={value}" for name, value in options.pop("inputs", {}).items())
        seen = visit(f"{scripted.address}/metrics?metric={metric}{inputs}", **options)
        seen.page.wait_for_selector("#metric-form")
        return seen

    return begin


def test_a_metric_is_worked_out_in_the_chat_with_a_chart_that_stays(at_home):
    at_home.ask(TURNS)
    expect(at_home.last_answer.locator(".outcome")).to_contain_text("8 turns")
    chart = at_home.last_answer.get_by_role("img", name="Turns at other stock levels")
    expect(chart.locator(".main-svg").first).to_be_visible()
    expect(at_home.last_answer.locator(".chart-caption")).to_contain_text("Turns fall as stock rises")
    at_home.page.reload()
    at_home.answered()
    expect(at_home.last_answer.locator(".outcome")).to_contain_text("8 turns")
    expect(chart.locator(".main-svg").first).to_be_visible()


def test_what_ran_is_told_with_its_inputs_and_in_full_precision(at_home):
    at_home.ask("EOQ with demand 1200 units a year, order cost 50 USD, holding cost 4 USD per unit a year")
    thought = at_home.last_answer.locator(".thought-group", has_text="Worked out economic order quantity")
    thought.locator(".title").click()
    expect(thought.locator(".what-ran")).to_contain_text("1,200 units a year")
    expect(thought.locator(".what-ran")).to_contain_text("173.205080756888")


def test_a_corrected_input_is_worked_out_again(at_home):
    at_home.ask(TURNS)
    at_home.ask("sorry, inventory is 400k")
    expect(at_home.last_answer.locator(".outcome")).to_contain_text("6 turns")
    expect(at_home.page.locator("#conversation .chart-caption")).to_have_count(2)


def test_an_answer_opens_as_a_form_and_goes_back_to_the_chat(at_home):
    at_home.ask(TURNS)
    at_home.last_answer.get_by_role("link", name="Open as form").click()
    expect(at_home.page.get_by_label("Cost of goods sold")).to_have_value("2400000")
    expect(at_home.page.locator(".result-value")).to_contain_text("8 turns a year")
    at_home.page.get_by_label("Average inventory").fill("200k")
    expect(at_home.page.locator(".result-value")).to_contain_text("12 turns a year")
    at_home.page.get_by_role("button", name="Continue in chat").click()
    at_home.answered()
    expect(at_home.page.locator("#conversation .user-row")).to_have_text(
        "Inventory turnover: cost of goods sold 2,400,000 USD/year, average inventory 200,000 USD"
    )
    expect(at_home.last_answer.locator(".outcome")).to_contain_text("12 turns")
    at_home.ask("what if inventory doubles?")
    expect(at_home.last_answer).to_contain_text("6 turns")


def test_a_form_is_worked_out_while_it_is_filled_in(form):
    seen = form("economic_order_quantity")
    expect(seen.page.locator(".lacking")).to_contain_text("demand")
    seen.page.get_by_label("Demand", exact=True).fill("1.2k")
    seen.page.get_by_label("Cost per order").fill("50")
    expect(seen.page.locator(".lacking")).to_contain_text("holding cost")
    seen.page.get_by_label("Holding cost", exact=True).fill("$4")
    expect(seen.page.locator(".result-value")).to_contain_text("173.2 units")
    expect(seen.page.locator("#metric-result .katex").first).to_be_visible()
    expect(seen.page.get_by_role("img", name="Cost of order quantities")).to_be_visible()
    expect(seen.page.locator("#announcer")).to_have_text("Economic order quantity: 173.2 units.")
    assert "demand=1.2k" in seen.page.url
    seen.page.reload()
    expect(seen.page.locator(".result-value")).to_contain_text("173.2 units")


def test_what_cannot_be_right_is_told_beside_the_input(form):
    seen = form("inventory_turnover", inputs={"cogs": "2400000", "average_inventory": "300000"})
    box = seen.page.get_by_label("Average inventory")
    box.fill("0")
    expect(seen.page.locator("#input-average_inventory-error")).to_contain_text("must be above 0")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(seen.page.locator("#announcer")).to_contain_text("must be above 0")
    expect(seen.page.get_by_role("button", name="Continue in chat")).to_be_disabled()
    box.fill("many")
    expect(seen.page.locator("#input-average_inventory-error")).to_contain_text("cannot be read as a number")
    box.fill("300k")
    expect(seen.page.locator(".result-value")).to_contain_text("8 turns a year")
    expect(seen.page.locator("#input-average_inventory-error")).to_be_empty()
    expect(box).not_to_have_attribute("aria-invalid", "true")


def test_the_slider_says_what_another_input_would_bring(form):
    seen = form("inventory_turnover", inputs={"cogs": "2400000", "average_inventory": "300000"})
    seen.page.get_by_label("Input", exact=True).select_option("Average inventory")
    slider = seen.page.get_by_role("slider", name="Change")
    slider.fill("-20")
    expect(seen.page.locator("#what-if-result")).to_have_text(
        "With 20 % less average inventory (240,000 USD): 10 turns a year instead of 8 turns a year, +25 %."
    )
    slider.press("ArrowRight")
    expect(seen.page.locator("#what-if-percent")).to_have_text("-19 %")
    expect(seen.page.locator("#what-if-result")).to_contain_text("19 % less")


def test_the_period_and_the_currency_are_those_of_the_form(form):
    seen = form("inventory_turnover", inputs={"cogs": "600000", "average_inventory": "300000"})
    seen.page.get_by_label("Rates are for a").focus()
    seen.page.get_by_label("Rates are for a").select_option("quarter")
    expect(seen.page.locator(".result-value")).to_contain_text("2 turns a quarter")
    expect(seen.page.get_by_label("Rates are for a")).to_be_focused()
    seen.page.get_by_label("Currency").fill("eur")
    seen.page.keyboard.press("Tab")
    expect(seen.page.locator(".field", has_text="Average inventory").locator(".unit")).to_have_text("EUR")


def test_a_metric_is_found_by_its_other_names_and_chosen_by_keyboard(visit, scripted):
    seen = visit(f"{scripted.address}/metrics")
    search = seen.page.get_by_role("searchbox", name="Search metrics")
    search.fill("Lagerumschlag")
    expect(seen.page.locator("#metric-families a:visible")).to_have_text(["Inventory turnover"])
    search.press("Enter")
    expect(seen.page.get_by_role("heading", name="Inventory turnover")).to_be_focused()
    expect(seen.page.get_by_role("link", name="Inventory turnover", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    search.fill("no such thing")
    expect(seen.page.locator("#no-metric")).to_have_text("No metric is called that.")
    seen.page.go_back()
    expect(seen.page.get_by_role("heading", name="Work out a metric")).to_be_visible()


def test_the_note_and_the_published_checks_are_at_hand(form):
    seen = form("economic_order_quantity")
    seen.page.get_by_role("link", name="Read the note").click()
    expect(seen.source.locator(".source-note")).to_have_text("Economic order quantity")
    expect(seen.source.locator(".references li")).not_to_have_count(0)
    seen.page.keyboard.press("Escape")
    expect(seen.source).to_be_hidden()
    expect(seen.page.get_by_role("link", name="Read the note")).to_be_focused()
    seen.page.get_by_text("Checked against").click()
    expect(seen.page.locator(".checks li").first).to_contain_text("Published:")


def test_a_phone_shows_the_form_within_its_width(form):
    seen = form("economic_order_quantity", viewport=PHONE, is_mobile=True, has_touch=True)
    for label, value in (("Demand", "1200"), ("Cost per order", "50"), ("Holding cost", "4")):
        seen.page.get_by_label(label, exact=True).fill(value)
    expect(seen.page.locator("#live")).to_contain_text("173.2 units")
    assert seen.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") == 0
    assert (
        seen.page.evaluate(
            "() => { const m = document.getElementById('middle'); return m.scrollWidth - m.clientWidth }"
        )
        == 0
    )
    seen.page.locator("#live").click()
    expect(seen.page.locator(".result-value")).to_be_in_viewport()
    seen.page.get_by_role("button", name="Choose another metric").click()
    seen.page.get_by_role("link", name="Safety stock", exact=True).click()
    expect(seen.page.get_by_role("heading", name="Safety stock")).to_be_visible()
    expect(seen.page.locator("#metric-families")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_of_a_form_can_be_read(form, scheme):
    inputs = {"demand": "1200", "order_cost": "50", "holding_cost": "-4"}
    seen = form("economic_order_quantity", inputs=inputs, color_scheme=scheme)
    expect(seen.page.locator("#input-holding_cost-error")).not_to_be_empty()
    assert seen.page.evaluate(CONTRAST)["poor"] == []
    seen.page.get_by_label("Holding cost", exact=True).fill("4")
    expect(seen.page.get_by_role("img", name="Cost of order quantities")).to_be_visible()
    found = seen.page.evaluate(CONTRAST)
    assert found["checked"] > 80
    assert found["poor"] == []


def test_every_box_of_every_form_has_a_label(visit, scripted):
    seen = visit(f"{scripted.address}/metrics")
    for metric in ("newsvendor_distribution", "total_landed_cost", "safety_stock_for_fill_rate", "supplier_scorecard"):
        seen.page.locator(f'a[data-metric="{metric}"]').click()
        seen.page.wait_for_selector(f'#metric-form[data-metric="{metric}"]')
        nameless = seen.page.evaluate(
            """() => [...document.querySelectorAll("#metric :is(input, select, textarea)")]
            .filter((one) => !(one.ariaLabel || one.labels?.length)).map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert nameless == []
