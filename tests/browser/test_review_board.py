"""The register and the board of a review in a browser: worded levels, proposals, owners asked for, the keyboard."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visit
from tests.browser.review_steps import SIZES, call, example, sideways, to_tab

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
HARM = "<img src=x onerror=alert(1)><script>alert(2)</script>"
PATIENCE = 20_000  # milliseconds: the first picture loads the drawing library
LATER = (date.today() + timedelta(days=90)).isoformat()


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def opened(visit: Any, scripted: Site) -> Any:
    """Open a tab of the example review in a browser of its own."""

    def begin(tab: str, size: str = "wide", **options: Any) -> tuple[Visit, str]:
        seen = visit(f"{scripted.address}/review", **SIZES[size], **options)
        seen.page.on("dialog", lambda dialog: pytest.fail("a script ran"))
        review = example(seen)
        return to_tab(seen, review, tab), review

    return begin


def refused(seen: Visit) -> None:
    """Forget that the browser noted a refused request, which is what the test is about."""
    seen.complaints[:] = [line for line in seen.complaints if "422" not in line and "409" not in line]


def card(seen: Visit, text: str) -> Any:
    return seen.page.locator(".action", has=seen.page.get_by_role("button", name=text, exact=True))


def column(seen: Visit, status: str) -> Any:
    return seen.page.locator(f'.board-column[data-status="{status}"]')


def actions(seen: Visit, review: str) -> dict[str, Any]:
    return {one["text"]: one for one in call(seen, "GET", f"/{review}")["review"]["actions"]}


@pytest.mark.parametrize("size", SIZES)
def test_a_risk_is_judged_in_words_and_stands_in_the_heat_map(opened, size):
    seen, _ = opened("register", size)
    seen.page.get_by_role("button", name="Add a risk").click()
    form = seen.page.locator("dialog.side-form")
    form.get_by_label("Name of the risk").fill(HARM)
    form.get_by_label("Cause").fill(HARM)
    form.locator('[data-field="likelihood"]').get_by_label("5 Expected").check()
    form.locator('[data-field="impact"]').get_by_label("5 Beyond bearing").check()
    form.get_by_role("button", name="Add the risk").click()
    first = seen.page.locator(".risk").first
    expect(first.locator("h3")).to_have_text(HARM)
    expect(first.locator(".level").first).to_have_text("critical")
    expect(first.locator(".why")).to_contain_text("Happens every year".lower())
    expect(seen.page.get_by_role("img", name="Heat map of the register")).to_be_visible()
    expect(seen.page.locator(".canvas .textpoint text").first).to_be_attached()
    texts = seen.page.locator(".canvas .textpoint text").all_text_contents()
    assert "R6" in texts  # the sixth of the register, as in the report
    assert seen.page.locator("#review img, #tab-place script").count() == 0
    assert sideways(seen) == 0


def test_accepting_a_risk_asks_for_a_name_and_a_date(opened):
    seen, _ = opened("register")
    seen.page.get_by_role("button", name="Both foundries without coke", exact=True).click()
    form = seen.page.locator("dialog.side-form")
    form.get_by_label("Treatment", exact=True).select_option("accept")
    form.get_by_role("button", name="Save").click()
    expect(form.locator('[data-field="approver"] .field-error')).to_contain_text("name the approver")
    expect(form.locator('[data-field="review_date"] .field-error')).to_contain_text("review date")
    expect(form.get_by_label("Accepted by")).to_be_focused()
    form.get_by_label("Accepted by").fill("Henrik Sand")
    form.get_by_label("Looked at again on").fill(LATER)
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    entry = seen.page.locator(".risk", has_text="Both foundries without coke")
    expect(entry).to_contain_text("accepted by Henrik Sand")
    refused(seen)


@pytest.mark.parametrize("size", SIZES)
def test_a_proposal_is_taken_and_another_dismissed(opened, size):
    seen, review = opened("actions", size)
    before = call(seen, "GET", f"/{review}/board")["proposals"]
    expect(card(seen, "Raise the stock of controller boards to 10 weeks").locator(".number")).to_have_text("A2")
    seen.page.get_by_text("Proposed actions").click()
    expect(seen.page.locator(".proposal .number").first).to_have_text("P1")
    seen.page.get_by_role("button", name=f"Take over: {before[0]['text']}", exact=True).first.click()
    form = seen.page.locator("dialog.side-form")
    expect(form.get_by_label("Owner")).to_have_value("")
    expect(form.get_by_label("Due")).to_have_value("")
    form.get_by_label("Owner").fill("Mette Dahl")
    form.get_by_label("Due").fill(LATER)
    form.get_by_label("Cost, EUR").fill("-5")
    form.get_by_role("button", name="Take over", exact=True).click()
    expect(form.locator('[data-field="cost"] .field-error')).to_contain_text("negative")
    form.get_by_label("Cost, EUR").fill("12k")
    form.get_by_role("button", name="Take over", exact=True).click()
    expect(column(seen, "agreed")).to_contain_text(before[0]["text"])
    seen.page.get_by_role("button", name=f"Dismiss: {before[1]['text']}", exact=True).first.click()
    ask = seen.page.get_by_role("dialog", name="Dismiss this proposal?")
    ask.get_by_label("Why it is not done").fill("Done by head office")
    ask.get_by_role("button", name="Dismiss").click()
    expect(column(seen, "dropped").locator(".count")).to_have_text("1")
    left = call(seen, "GET", f"/{review}/board")["proposals"]
    assert [one["origin"] for one in left] == [one["origin"] for one in before[2:]]
    made = actions(seen, review)
    assert (made[before[0]["text"]]["owner"], made[before[0]["text"]]["cost"]) == ("Mette Dahl", 12_000)
    assert made[before[1]["text"]]["note"] == "Done by head office"
    assert sideways(seen) == 0
    refused(seen)


def test_an_action_is_moved_by_the_keyboard_and_its_owner_is_asked_for(opened):
    seen, review = opened("actions")
    text = "Try a second coater with 50 castings"
    box = card(seen, text).get_by_label("Status")
    box.focus()
    seen.page.keyboard.type("agreed")
    seen.page.keyboard.press("Enter")
    form = seen.page.get_by_role("dialog", name="Who does it, and until when?")
    expect(form.get_by_label("Owner")).to_have_value("")
    form.get_by_label("Owner").fill("Jonas Weber")
    seen.page.keyboard.press("Tab")
    form.get_by_label("Due").fill(LATER)
    form.get_by_label("Due").press("Enter")
    expect(form).to_have_count(0)
    expect(column(seen, "agreed")).to_contain_text(text)
    moved = actions(seen, review)[text]
    assert (moved["status"], moved["owner"], moved["due"]) == ("agreed", "Jonas Weber", LATER)
    card(seen, text).get_by_label("Status").select_option("done")
    expect(column(seen, "done")).to_contain_text(text)


def test_leaving_the_question_for_an_owner_moves_nothing(opened):
    seen, review = opened("actions")
    text = "Try a second coater with 50 castings"
    box = card(seen, text).get_by_label("Status")
    box.select_option("in progress")
    seen.page.get_by_role("button", name="Cancel").click()
    expect(box).to_have_value("proposed")
    assert actions(seen, review)[text]["status"] == "proposed"


@pytest.mark.parametrize("size", SIZES)
def test_what_is_overdue_is_said_and_found_by_owner(opened, size):
    seen, review = opened("actions", size)
    before = (date.today() - timedelta(days=12)).isoformat()  # today, not the day on which the tests began
    fields = {"text": HARM, "owner": HARM, "due": before, "status": "agreed"}
    call(seen, "POST", f"/{review}/restored/action", {"item": fields})
    late = card(seen, HARM)
    expect(late).to_contain_text("overdue by 12 days")
    expect(seen.page.locator("#tab-place")).to_contain_text("1 overdue")
    seen.page.get_by_label("Overdue only").check()
    expect(seen.page.locator(".action:visible")).to_have_count(1)
    seen.page.get_by_label("Overdue only").uncheck()
    seen.page.get_by_label("Owner", exact=True).select_option("Aisha Rahman")
    expect(late).to_have_count(0)
    expect(seen.page.locator(".action:visible").first).to_contain_text("Aisha Rahman")
    seen.page.get_by_label("Owner", exact=True).select_option(HARM)
    expect(late).to_be_visible()
    assert seen.page.locator("#review img, #tab-place script").count() == 0
    assert sideways(seen) == 0


def test_an_action_leads_to_where_it_came_from(opened):
    seen, _ = opened("actions")
    seen.page.get_by_role("link", name="Exposure of Motor controller board").click()
    expect(seen.page.locator("dialog.side-form h2")).to_have_text("Motor controller board")
    expect(seen.page.locator('#review-tabs [aria-current="page"]')).to_have_text("Nodes")


def test_a_change_of_somebody_else_comes_onto_the_board(opened, visit, scripted):
    seen, review = opened("actions")
    token = call(seen, "GET", f"/{review}/invitation")["token"]
    other = visit(f"{scripted.address}/review")
    call(other, "POST", "/join", {"token": token, "name": "Ben"})
    call(other, "POST", f"/{review}/items/action", {"fields": {"text": "From Ben", "status": "in progress"}})
    expect(column(seen, "in progress")).to_contain_text("From Ben")


@pytest.mark.parametrize("tab", ["register", "actions", "stress", "nodes"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_and_everything_has_a_name(opened, tab, scheme):
    seen, _ = opened(tab, color_scheme=scheme)
    waited = {"register": ".risk", "actions": ".action", "stress": ".scenario", "nodes": ".computed b"}[tab]
    expect(seen.page.locator(waited).first).to_be_visible()
    seen.page.evaluate("() => document.querySelectorAll('#tab-place details').forEach((one) => (one.open = true))")
    found = seen.page.evaluate(CONTRAST)
    assert found["checked"] > 40
    assert found["poor"] == []
    nameless = seen.page.evaluate(
        """() => [...document.querySelectorAll("#tab-place :is(button, a[href], input, select, textarea)")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .filter((one) => !(one.ariaLabel || one.innerText || one.textContent.trim() || one.labels?.length))
        .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
