"""The Learn page in a browser: search, concepts, the way to the chat and back, the map, paths, a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from knowledge.vault import load_vault
from tests.browser.conftest import PHONE, Site, Visit
from tests.knowledge.samples import write_note

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
DRAWN = 20_000  # milliseconds: the first map of a page loads the library
HARM = '<script>window.harmed = 1</script><img src=x onerror="window.harmed = 2">'
OVERLAP = """() => {
  const boxes = [...document.querySelectorAll(".map-label")].map((one) => one.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return { count: boxes.length, pairs: boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b))).length };
}"""


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    """Wait longer than elsewhere: a busy machine takes seconds to read the drawing library in."""
    expect.set_options(timeout=DRAWN)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def learn(visit: Any, scripted: Site) -> Any:
    """Open the page at an address and wait until it shows what that asks for."""

    def begin(address: str = "", **options: Any) -> Visit:
        seen = visit(f"{scripted.address}/learn{address}", **options)
        seen.page.wait_for_selector("body[data-shown]")
        return seen

    return begin


def shows(seen: Visit, title: str) -> None:
    """Wait until the page shows something under a heading, and its text with it."""
    expect(seen.page.locator("#learn-title")).to_have_text(title)
    expect(seen.page).to_have_title(f"{title} – SCM Assistant")


def reads(seen: Visit, title: str) -> Any:
    """Wait until the text of a concept stands in the page, and return it."""
    shows(seen, title)
    expect(seen.page.locator('body[data-text="here"]')).to_have_count(1)
    return seen.page.locator("#concept-text .prose").first


def sign(seen: Visit, slug: str) -> tuple[float, float]:
    """Return where a concept's sign stands on the drawing."""
    return seen.page.evaluate(
        """(slug) => {
        const canvas = document.querySelector(".map-canvas");
        const traces = [...canvas.querySelectorAll(".scatterlayer .trace")];
        const trace = canvas.data.findIndex((one) => one.customdata?.includes(slug));
        const box = traces[trace].querySelectorAll(".points path")[canvas.data[trace].customdata.indexOf(slug)]
          .getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      }""",
        slug,
    )


def test_from_the_search_to_a_concept_to_the_chat_and_back(learn, scripted):
    seen = learn()
    search = seen.page.get_by_role("searchbox", name="Search concepts")
    search.press_sequentially("saftey st")
    expect(seen.page.locator("#search-results a b").first).to_have_text("Safety stock")
    search.press("Enter")
    text = reads(seen, "Safety stock")
    expect(seen.page.locator("#learn-title")).to_be_focused()
    expect(seen.page.locator("#announcer")).to_have_text("Safety stock")
    expect(seen.page.locator("#search-results")).to_be_hidden()
    expect(text.locator(".katex-display")).to_have_count(2)
    assert seen.page.url.endswith("/learn?concept=safety-stock")
    seen.page.get_by_label("Ask about this").fill("When is it wrong to hold it?")
    seen.page.get_by_role("button", name="Ask in the chat").click()
    seen.answered()
    assert scripted.chat.asked[-1] == "Safety stock: When is it wrong to hold it?"
    seen.page.go_back()
    reads(seen, "Safety stock")


def test_a_question_that_names_the_concept_goes_as_it_is_and_none_asks_what_it_is(learn, scripted):
    seen = learn("?concept=safety-stock")
    seen.page.get_by_label("Ask about this").fill("Who sets the buffer stock?")
    seen.page.keyboard.press("Enter")
    seen.answered()
    assert scripted.chat.asked[-1] == "Who sets the buffer stock?"
    seen.page.go_back()
    reads(seen, "Safety stock")
    seen.page.get_by_role("button", name="Ask in the chat").click()
    seen.answered()
    assert scripted.chat.asked[-1] == "What is Safety stock?"


def test_the_search_takes_other_names_and_keys_and_hands_on_what_it_does_not_know(learn, scripted):
    seen = learn()
    search = seen.page.get_by_role("searchbox", name="Search concepts")
    search.press_sequentially("whiplash")
    expect(seen.page.locator("#search-results a")).to_contain_text(["also called whiplash effect"])
    search.fill("stock")
    expect(seen.page.locator("#search-said")).to_contain_text("concepts")
    search.press("ArrowDown")
    search.page.keyboard.press("ArrowDown")
    expect(seen.page.locator("#search-results a").nth(1)).to_be_focused()
    seen.page.keyboard.press("Escape")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    search.fill("how long is a piece of string")
    expect(seen.page.locator("#search-said")).to_have_text("No concept is called that.")
    seen.page.get_by_role("button", name="Ask the chat").click()
    seen.answered()
    assert scripted.chat.asked[-1] == "how long is a piece of string"


def test_links_in_the_text_and_beside_it_lead_on_and_the_back_button_returns_to_the_place(learn):
    seen = learn("?concept=safety-stock")
    text = reads(seen, "Safety stock")
    text.get_by_role("link", name="stress test").scroll_into_view_if_needed()
    down = seen.page.locator("#middle").evaluate("box => box.scrollTop")
    assert down > 300
    text.get_by_role("link", name="stress test").click()
    reads(seen, "Stress test")
    assert seen.page.locator("#middle").evaluate("box => box.scrollTop") == 0
    beside = seen.page.get_by_role("complementary", name="Links")
    beside.get_by_role("link", name="Safety stock", exact=True).click()
    reads(seen, "Safety stock")
    seen.page.go_back()
    reads(seen, "Stress test")
    seen.page.go_back()
    reads(seen, "Safety stock")
    seen.page.wait_for_function("down => document.getElementById('middle').scrollTop === down", arg=down)


def test_a_concept_leads_to_its_forms_its_quiz_and_its_map_and_folds_its_answers(learn):
    seen = learn("?concept=safety-stock")
    text = reads(seen, "Safety stock")
    form = seen.page.locator("#learn").get_by_role("link", name="Safety stock", exact=True)
    expect(form).to_have_attribute("href", "/metrics?metric=safety_stock")
    expect(seen.page.get_by_role("link", name="Quiz me on this")).to_have_attribute(
        "href", "/quiz?concept=safety-stock"
    )
    first = text.locator("details").first
    expect(first.get_by_text("Answer.")).to_be_hidden()
    first.locator("summary").click()
    expect(first.get_by_text("Answer.")).to_be_visible()
    seen.page.get_by_role("link", name="Map of its").click()
    shows(seen, "Map around Safety stock")


def test_an_area_lists_its_concepts_and_what_is_not_there_is_told(learn):
    seen = learn()
    seen.page.locator("#learn").get_by_role("link", name="Inventory").click()
    shows(seen, "Inventory")
    expect(seen.page.locator("#learn-places [aria-current]")).to_contain_text("Inventory")
    assert seen.page.locator(".concepts li").count() > 20
    missing = learn("?concept=no-such-thing")
    expect(missing.page.locator("#learn")).to_contain_text("There is no concept called “no-such-thing”.")
    missing.complaints.clear()  # the browser itself notes the 404
    missing.page.get_by_role("link", name="All areas and paths").click()
    shows(missing, "Learn supply chain management")


def shown_map(seen: Visit, title: str) -> None:
    shows(seen, title)
    expect(seen.page.locator(".map-canvas[data-drawn] .main-svg").first).to_be_visible()


def test_the_map_is_drawn_and_clicked_and_its_names_do_not_cover_each_other(learn):
    seen = learn("?view=map&concept=safety-stock")
    shown_map(seen, "Map around Safety stock")
    near = seen.page.evaluate(OVERLAP)
    assert near["count"] == seen.page.locator(".map-list li").count() + 1  # a name for each, and for the middle
    assert near["pairs"] == 0
    seen.page.mouse.click(*sign(seen, "cycle-stock"))
    shown_map(seen, "Map around Cycle stock")
    assert seen.page.url.endswith("/learn?concept=cycle-stock&view=map")
    seen.page.mouse.click(*sign(seen, "cycle-stock"))
    reads(seen, "Cycle stock")
    seen.page.go_back()
    shown_map(seen, "Map around Cycle stock")
    seen.page.locator('.map-label[data-slug="safety-stock"]').click()
    shown_map(seen, "Map around Safety stock")


def test_the_whole_field_is_shown_on_demand_and_tells_more_when_it_is_zoomed(learn):
    seen = learn("?view=map&concept=safety-stock")
    seen.page.get_by_role("link", name="Show two steps").click()
    seen.page.get_by_role("link", name="Show one step").wait_for()
    shown_map(seen, "Map around Safety stock")
    assert seen.page.evaluate(OVERLAP)["pairs"] == 0
    seen.page.get_by_role("link", name="Whole field").click()
    shown_map(seen, "Map of the whole field")
    expect(seen.page.locator(".map-canvas .points path")).to_have_count(seen.page.locator(".map-list li").count())
    expect(seen.page.locator(".map-label.area")).not_to_have_count(0)
    assert seen.page.evaluate(OVERLAP)["pairs"] == 0
    before = seen.page.locator(".map-label.near").evaluate_all("all => all.map((one) => one.dataset.slug)")
    for _ in range(3):
        seen.page.get_by_role("button", name="Zoom in").click()
    expect(seen.page.locator(".map-label.near")).not_to_have_count(len(before))
    zoomed = seen.page.locator(".map-label.near").evaluate_all("all => all.map((one) => one.dataset.slug)")
    assert set(zoomed) - set(before)
    assert seen.page.evaluate(OVERLAP)["pairs"] == 0
    seen.page.get_by_role("button", name="Reset").click()
    expect(seen.page.locator(".map-label.near")).to_have_count(len(before))


def test_the_list_beside_the_map_leads_where_its_signs_lead_by_keyboard(learn):
    seen = learn("?view=map&concept=safety-stock")
    shown_map(seen, "Map around Safety stock")
    link = seen.page.get_by_role("region", name="The map as a list").get_by_role("link", name="Cycle stock")
    link.focus()
    seen.page.keyboard.press("Enter")
    shown_map(seen, "Map around Cycle stock")
    expect(seen.page.locator("#learn-title")).to_be_focused()
    reachable = seen.page.locator(".map-labels a").evaluate_all("all => all.filter((one) => one.tabIndex >= 0).length")
    assert reachable == 0  # each of them once, in the list
    assert "The same links stand in the list" in seen.page.locator(".map-canvas").get_attribute("aria-label")


def test_a_map_that_cannot_be_drawn_leaves_its_list(learn, visit, scripted):
    seen = visit()
    seen.page.route("**/assets/PlotlyPlot-*.js", lambda route: route.abort())
    seen.open(f"{scripted.address}/learn?view=map&concept=safety-stock")
    expect(seen.page.locator(".map-box .trouble")).to_contain_text("stand in the list")
    expect(seen.page.locator(".map-list li")).not_to_have_count(0)
    seen.complaints.clear()  # the browser itself notes the missing file


def test_a_path_is_ticked_and_still_so_after_a_reload(learn):
    seen = learn("?path=planner")
    shows(seen, "Learning path: Planner")
    expect(seen.page.locator(".next")).to_have_text("Next: Demand forecasting")
    seen.page.get_by_label("I have read Demand forecasting").check()
    expect(seen.page.locator(".next")).to_have_text("Next: Independent and dependent demand")
    expect(seen.page.locator(".path-state")).to_contain_text("1 of 35 read")
    expect(seen.page.locator("#announcer")).to_have_text("Demand forecasting: marked as read.")
    seen.page.reload()
    expect(seen.page.get_by_label("I have read Demand forecasting")).to_be_checked()
    seen.page.locator(".next a").click()
    reads(seen, "Independent and dependent demand")
    strip = seen.page.get_by_role("navigation", name="Learning path: Planner")
    expect(strip).to_contain_text("Planner: 2 of 35, Foreseeing demand")
    seen.page.get_by_label("I have read this").check()
    expect(seen.page.locator("#announcer")).to_contain_text("marked as read")
    strip.get_by_role("link", name="Planner").click()
    expect(seen.page.locator(".path-state")).to_contain_text("2 of 35 read")
    seen.page.get_by_label("I have read Demand forecasting").uncheck()
    expect(seen.page.locator(".next")).to_have_text("Next: Demand forecasting")


def test_a_tick_that_could_not_be_kept_is_taken_back_and_told(learn):
    seen = learn("?path=planner")
    seen.page.route("**/learning/reads/*", lambda route: route.abort())
    seen.page.get_by_label("I have read Demand forecasting").click()
    expect(seen.page.locator("#toast")).to_contain_text("The server cannot be reached")
    expect(seen.page.get_by_label("I have read Demand forecasting")).not_to_be_checked()
    seen.complaints.clear()  # the browser itself notes the broken connection


def test_a_phone_shows_everything_within_its_width(learn, scripted):
    seen = learn("", viewport=PHONE, is_mobile=True, has_touch=True)
    for address in (
        "",
        "?concept=economic-order-quantity",
        "?view=map&concept=safety-stock",
        "?view=map",
        "?path=buyer",
    ):
        seen.page.goto(f"{scripted.address}/learn{address}")
        seen.page.wait_for_selector("body[data-shown]")
        assert seen.page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth") == 0
        assert seen.page.locator("#middle").evaluate("box => box.scrollWidth - box.clientWidth") == 0
        expect(seen.page.locator("#search")).to_be_visible()
        if "map" in address:
            names = seen.page.evaluate(OVERLAP)
            assert names["pairs"] == 0
            assert names["count"] > 10


def swipe(seen: Visit) -> tuple[float, list[float]]:
    """Draw a finger up over the map; return how far the page went, and which part of the map is in sight."""
    line = seen.page.context.new_cdp_session(seen.page)
    line.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 190, "y": 650}]})
    for height in range(640, 430, -15):
        line.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 190, "y": height}]})
        seen.page.wait_for_timeout(16)
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    seen.page.wait_for_timeout(500)  # the page rolls on a little
    return seen.page.evaluate(
        """() => [document.getElementById("middle").scrollTop,
        document.querySelector(".map-canvas").layout.yaxis.range]"""
    )


def test_a_finger_scrolls_past_the_map_until_it_is_zoomed(learn):
    seen = learn("?view=map", viewport=PHONE, is_mobile=True, has_touch=True)
    shown_map(seen, "Map of the whole field")
    down, start = swipe(seen)
    assert down > 50
    seen.page.locator("#middle").evaluate("box => { box.scrollTop = 0; }")
    seen.page.get_by_role("button", name="Zoom in").click()
    down, moved = swipe(seen)
    assert down == 0
    assert sum(moved) != pytest.approx(sum(start))
    seen.page.get_by_role("button", name="Reset").click()
    down, now = swipe(seen)
    assert down > 50
    assert now == pytest.approx(start)


def test_a_phone_taps_a_sign_and_searches(learn):
    seen = learn("?view=map&concept=safety-stock", viewport=PHONE, is_mobile=True, has_touch=True)
    shown_map(seen, "Map around Safety stock")
    seen.page.touchscreen.tap(*sign(seen, "forecast-error"))
    shown_map(seen, "Map around Forecast error")
    seen.page.locator("#search").fill("eoq")
    seen.page.get_by_role("link", name="Economic order quantity").first.tap()
    reads(seen, "Economic order quantity")
    seen.page.get_by_role("button", name="Ask about this").click()
    expect(seen.page.get_by_label("Ask about this", exact=True)).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(learn, scripted, scheme):
    seen = learn("", color_scheme=scheme)
    for address in ("", "?concept=safety-stock", "?view=map&concept=safety-stock", "?area=trade", "?path=buyer"):
        seen.page.goto(f"{scripted.address}/learn{address}")
        seen.page.wait_for_selector("body[data-shown]")
        for box in seen.page.locator("#concept-text summary").all():
            box.click()
        found = seen.page.evaluate(CONTRAST)
        assert found["checked"] > 50
        assert found["poor"] == []


def test_a_note_of_one_s_own_is_shown_and_nothing_of_it_is_run(learn, scripted, tmp_path, monkeypatch):
    path = write_note(tmp_path, "Pumps", f"{HARM} Pumps move water.")
    harmful = path.read_text("utf-8").replace("Covers what was not expected.", f"'{HARM}'")
    path.write_text(
        harmful.replace("How it works\n", f"How it works\n[a](javascript:window.harmed=3) {HARM}\n"), "utf-8"
    )
    monkeypatch.setattr(scripted.chat, "vault", load_vault(tmp_path))
    seen = learn("?concept=pumps")
    text = reads(seen, "Pumps")
    expect(text).to_contain_text("Pumps move water.")
    expect(text).to_contain_text("<script>window.harmed = 1</script>")
    for address in ("", "?area=inventory", "?view=map", "?view=map&concept=pumps"):
        seen.page.goto(f"{scripted.address}/learn{address}")
        seen.page.wait_for_selector("body[data-shown]")
    expect(seen.page.locator(".map-centre")).to_contain_text("<script>")
    assert seen.page.evaluate("() => window.harmed") is None
    assert seen.page.locator("main script, #learn img, #concept-text img").count() == 0
