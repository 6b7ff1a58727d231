"""What a team does on the review page beside answering: own questions, make or buy, comments, the lead, pictures."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.review_steps import SIZES, call, example, sideways, to_tab
from tests.browser.reviewing import begin_review, forgive, join, patience, review_of, show  # noqa: F401 - fixtures

HARM = "<img src=x onerror=window.hacked=1>"


@pytest.fixture
def shown(visit, scripted):
    """Open the example review in a browser of its own."""

    def made(tab: str, size: str = "wide", **options) -> tuple[Visit, str]:
        seen = visit(f"{scripted.address}/review", **SIZES[size], **options)
        seen.page.wait_for_selector(".reviews")
        review = example(seen)
        return to_tab(seen, review, tab), review

    return made


def test_an_own_question_is_changed_where_it_stands_and_others_see_it(begin, visit):
    ana = begin("2.1")
    ben = join(ana, visit(ana.page.url.partition("?")[0]), "Ben")
    question = {"ask": "How many moulds?", "kind": "number", "unit": "moulds", "short": "Moulds"}
    version = call(ana, "GET", f"/{review_of(ana)}")["review"]["version"]
    body = {"question": question, "step": 2, "after": "2.1", "version": version}
    call(ana, "POST", f"/{review_of(ana)}/questions", body)
    for seen in (show(ana, "own.1"), show(ben, "own.1")):
        expect(seen.page.locator("#question-text")).to_have_text("How many moulds?")
    ana.page.get_by_role("button", name="Change this question").click()
    dialog = ana.page.get_by_role("dialog", name="Change this question")
    expect(dialog.get_by_label("Unit")).to_have_value("moulds")
    expect(dialog.get_by_label("Answer", exact=True)).to_be_disabled()
    dialog.get_by_label("Question", exact=True).fill(f"How many spare moulds? {HARM}")
    dialog.get_by_role("button", name="Change", exact=True).click()
    for seen in (ana, ben):
        expect(seen.page.locator("#question-text")).to_have_text(f"How many spare moulds? {HARM}")
        assert seen.page.evaluate("window.hacked") is None


def test_what_was_left_out_of_a_table_is_said(begin):
    seen = begin("1.3")
    cells = "Seals\t6\t\t4\nTotal\t6\t\t4\n"
    seen.page.locator(".table-editor input").first.focus()
    seen.page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        const made = { clipboardData: data, bubbles: true, cancelable: true };
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", made)); }""",
        cells,
    )
    expect(seen.page.locator(".answer-form .saved")).to_contain_text('Not kept: Row 2 ("Total") is a total')


def test_making_and_buying_are_compared_in_a_form_and_kept(shown):
    seen, review = shown("nodes")
    page = seen.page
    page.get_by_role("button", name="Compare making and buying").click()
    form = page.get_by_role("dialog", name="Make or buy")
    form.get_by_label("What could be made or bought").fill(f"Pump housing {HARM}")
    form.get_by_label("Node that it is").select_option(label="Motor controller board")
    expect(form.get_by_text("Margin at risk of this node")).to_contain_text("1.984 million")
    for name, value in {"volume": "4500", "make_price": "8", "make_fixed": "25000", "buy_price": "12"}.items():
        form.locator(f'[data-field="{name}"] input').fill(value)
    form.locator('[data-field="buy_fixed"] input').fill("-3000")
    form.get_by_role("button", name="Compare", exact=True).click()
    expect(form.locator('[data-field="buy_fixed"] .field-error')).to_contain_text("is negative; enter 0 or more")
    form.locator('[data-field="buy_fixed"] input').fill("3000")
    form.get_by_role("button", name="Compare", exact=True).click()
    card = page.locator(".make-or-buy .card", has_text="Pump housing")
    expect(card).to_contain_text("Buying costs 4,000 EUR a year less at 4,500 units a year.")
    card.get_by_text("Worked out").click()
    expect(card).to_contain_text("= 61,000")
    kept = call(seen, "GET", f"/{review}")["review"]["make_or_buy"]
    assert [one["name"] for one in kept] == ["Cathodic coating", f"Pump housing {HARM}"]
    card.get_by_role("button", name="Remove Pump housing").click()
    expect(page.locator(".make-or-buy .card")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".make-or-buy .card")).to_have_count(2)
    assert page.evaluate("window.hacked") is None
    forgive(seen, "422")


@pytest.mark.parametrize(
    ("tab", "opener", "what"),
    [
        ("nodes", "tr[data-node] .node-name >> nth=0", "node"),
        ("register", ".risk .node-name >> nth=0", "risk"),
        ("actions", ".action .node-name >> nth=0", "action"),
    ],
)
def test_a_comment_says_who_and_stays_when_the_form_is_left(shown, tab, opener, what):
    seen, _ = shown(tab)
    page = seen.page
    page.locator(opener).click()
    page.get_by_label(f"Comment on this {what}").fill(f"Since when? {HARM}")
    page.get_by_role("button", name="Add the comment").click()
    remark = page.locator("dialog .comments li").last
    expect(remark).to_contain_text("Somebody")
    expect(remark.locator(".remark")).to_have_text(f"Since when? {HARM}")
    page.get_by_label(f"Comment on this {what}").fill("not sent")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog", name="Leave without saving?")).to_be_visible()
    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_text(re.compile(r"\b1 comment\b")).first).to_be_visible()
    assert page.evaluate("window.hacked") is None


def test_the_lead_is_handed_over_on_the_page(begin, visit):
    ana = begin()
    ben = join(ana, visit(ana.page.url.partition("?")[0]), "Ben")
    ben.page.get_by_role("link", name="People & history").click()
    ben.page.get_by_role("button", name="Take the lead").click()
    expect(ben.page.get_by_text("Ana leads this review and was here")).to_be_visible()
    forgive(ben, "422")
    ana.page.get_by_role("button", name="Make Ben the lead").click()
    ana.page.get_by_role("button", name="Hand it over").click()
    expect(ana.page.get_by_role("button", name="Make a new link")).to_have_count(0)
    expect(ben.page.get_by_role("button", name="Make a new link")).to_be_visible()
    expect(ben.page.locator(".history").get_by_text("made “Ben” the lead")).to_be_visible()


def test_each_picture_is_saved_under_a_name_that_says_what_it_is(shown):
    seen, _ = shown("overview")
    buttons = seen.page.get_by_role("button", name="as a picture (PNG)")
    expect(buttons).to_have_count(5)
    names = set()
    for place in range(3):
        with seen.page.expect_download() as started:
            buttons.nth(place).click()
        names.add(started.value.suggested_filename)
        assert started.value.path().read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert started.value.path().stat().st_size > 10_000
    assert len(names) == 3
    pattern = r"pump-factory-supply-chain-risk-review-2026-[a-z-]+-\d{4}-\d\d-\d\d\.png"
    assert all(re.fullmatch(pattern, name) for name in names), names


@pytest.mark.parametrize("tab", ["nodes", "overview", "people"])
def test_a_phone_shows_it_within_its_width(shown, tab):
    seen, _ = shown(tab, "phone", color_scheme="dark")
    seen.page.wait_for_timeout(1500)
    assert sideways(seen) == 0


def test_an_own_question_may_wait_only_for_answers_that_stand_before_it(begin):
    page = begin("2.1").page
    page.get_by_role("button", name="Add a question of your own").click()
    page.locator("dialog summary", has_text="condition").click()
    waits, step = page.get_by_label("When is it asked?"), page.get_by_label("Step", exact=True)
    waits.select_option("2.1")
    step.select_option("1")
    expect(waits).to_have_value("")
    offered = waits.locator("option:not([disabled])").evaluate_all("found => found.map((one) => one.value)")
    assert offered[0] == ""
    assert offered[1:]
    assert all(one.startswith("1.") for one in offered[1:])
