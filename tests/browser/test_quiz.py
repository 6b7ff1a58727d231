"""A quiz taken on its page: by mouse, by keyboard, on a phone, in two tabs, with hints only, over a restart."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import RealServer
from tests.browser.quizzing import (
    SIZES,
    at_question,
    begin_here,
    begin_quiz,  # noqa: F401 - a fixture, asked for by name
    choose,
    go_on,
    option,
    overflow,
    overview,
    questions,
    quiz_of,
    verdict,
    wrong_option,
)

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")


@pytest.mark.parametrize("size", SIZES)
def test_a_quiz_is_taken_to_its_summary(begin, scripted, size):
    seen = begin("choice", size=size)
    asked = questions(scripted, seen)
    for place, question in enumerate(asked, 1):
        at_question(seen, place)
        choose(seen, wrong_option(question) if place == 2 else question.answer)
        expect(verdict(seen)).to_have_text(re.compile("Not right" if place == 2 else "Right"))
        expect(seen.page.locator('.option[data-mark="right"]')).to_have_count(1)
        expect(seen.page.locator(".mark .sources a")).not_to_have_count(0)
        later = "in 10 minutes" if place == 2 else r"(in \d+ days|tomorrow)"
        expect(seen.page.locator(".again")).to_have_text(re.compile(f"Comes again {later}"))
        assert overflow(seen) == [0, 0]
        go_on(seen)
    expect(seen.page.get_by_role("heading", name="4 of 5 right")).to_be_focused()
    expect(seen.page.locator(".results li")).to_have_count(5)
    expect(seen.page.locator(".read-again a")).to_have_text([asked[1].concept])
    assert seen.page.locator(".read-again a").get_attribute("href").startswith("/learn?concept=")
    assert overflow(seen) == [0, 0]
    seen.page.get_by_role("link", name="All quizzes").click()
    expect(seen.page.locator(".stat").nth(1)).to_contain_text("5")
    expect(seen.page.locator(".weakest a").first).to_have_text(asked[1].concept)
    assert overflow(seen) == [0, 0]


def test_a_source_opens_beside_and_gives_the_focus_back(begin, scripted):
    seen = begin("choice")
    question = questions(scripted, seen)[0]
    choose(seen, question.answer)
    link = seen.page.locator(".explanation a.cite").first
    link.click()
    expect(seen.source.locator(".source-note")).to_have_text(question.citations[0].title)
    expect(seen.source.locator("mark, .passage").first).to_be_visible()
    seen.page.keyboard.press("Escape")
    expect(seen.source).to_be_hidden()
    expect(link).to_be_focused()


def test_the_keyboard_alone_is_enough(begin, scripted):
    seen = begin("choice", "true_false", "term")
    for place, question in enumerate(questions(scripted, seen), 1):
        at_question(seen, place)
        seen.page.keyboard.press("h")
        expect(seen.page.locator(".hints li")).to_have_count(1)
        at = question.options.index(question.answer)
        seen.page.keyboard.press("ABCD"[at] if place % 2 else str(at + 1))
        expect(option(seen, question.answer)).to_be_checked()
        seen.page.keyboard.press("Enter")
        expect(verdict(seen)).to_be_focused()
        expect(verdict(seen)).to_contain_text("Right")
        seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("heading", name="5 of 5 right")).to_be_focused()


def test_letters_typed_into_a_number_are_no_commands(begin, scripted):
    seen = begin("number")
    question = questions(scripted, seen)[0]
    box = seen.page.get_by_label("Your answer")
    expect(box).to_be_focused()
    seen.page.keyboard.type("h")
    expect(seen.page.locator(".hints li")).to_have_count(0)
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator(".answering .trouble")).to_contain_text("one number")
    expect(box).to_be_focused()
    expect(verdict(seen)).to_have_count(0)
    box.fill(question.answer)
    seen.page.keyboard.press("Enter")
    expect(verdict(seen)).to_contain_text("Right")
    expect(seen.page.locator(".steps li")).not_to_have_count(0)


def test_an_open_question_is_compared_and_graded_by_oneself(begin, scripted):
    seen = begin("recall")
    seen.page.get_by_label("Your answer").fill("Something <b>bold</b>")
    seen.page.keyboard.press("Control+Enter")
    expect(verdict(seen)).to_have_text("Compare with the answer from the notes")
    expect(seen.page.get_by_label("Your answer")).to_have_value("Something <b>bold</b>")
    seen.page.reload()
    expect(verdict(seen)).to_have_text("Compare with the answer from the notes")
    seen.page.get_by_role("button", name="I did not").click()
    expect(verdict(seen)).to_contain_text("To be learned")
    go_on(seen)
    at_question(seen, 2)


def test_with_hints_only_the_answer_is_not_told(begin, scripted):
    seen = begin("choice", hints_only=True)
    question = questions(scripted, seen)[0]
    expect(seen.page.get_by_role("button", name="Show the answer")).to_be_hidden()
    wrong = wrong_option(question)
    choose(seen, wrong)
    expect(seen.page.locator(".answering .trouble")).to_contain_text("Not right yet")
    expect(seen.page.locator(".hints li")).to_have_count(1)
    expect(option(seen, wrong)).to_be_disabled()
    expect(seen.page.locator('[data-mark="right"]')).to_have_count(0)
    choose(seen, question.answer)
    expect(verdict(seen)).to_contain_text("Right")


def test_an_answer_is_asked_for_before_it_is_sent(begin):
    seen = begin("choice")
    seen.page.get_by_role("button", name="Answer", exact=True).click()
    expect(seen.page.locator(".answering .trouble")).to_have_text("Choose one of the answers first.")
    seen.page.get_by_role("button", name="Show the answer").click()
    expect(verdict(seen)).to_contain_text("Answer shown")
    go_on(seen)
    seen.page.get_by_role("button", name="Skip").click()
    at_question(seen, 3)
    expect(seen.page.locator("#quiz-counts")).to_contain_text("1 skipped")


def test_what_was_not_right_is_asked_again(begin, scripted):
    seen = begin("choice")
    question = questions(scripted, seen)[0]
    choose(seen, wrong_option(question))
    go_on(seen)
    seen.page.get_by_role("button", name="Stop").click()
    expect(seen.page.get_by_role("heading", name="0 of 1 right")).to_be_visible()
    expect(seen.page.get_by_text("4 questions not asked, as you stopped.")).to_be_visible()
    before = quiz_of(seen)
    seen.page.get_by_role("button", name="Again that one").click()
    seen.page.wait_for_selector('body[data-quiz="question"]')
    at_question(seen, 1, of=1)
    assert quiz_of(seen) != before
    assert [one.key for one in questions(scripted, seen)] == [question.key]


def test_two_tabs_do_not_mark_a_question_twice(begin, visit, scripted):
    seen = begin("true_false")
    question = questions(scripted, seen)[0]
    other = visit(seen.page.url, context=seen.page.context)
    at_question(other, 1)
    choose(seen, question.answer)
    expect(verdict(seen)).to_contain_text("Right")
    choose(other, wrong_option(question))
    expect(verdict(other)).to_contain_text("Right")
    expect(other.page.get_by_text("This question had already been answered")).to_be_visible()
    assert overview(other)["progress"]["answered"] == 1
    go_on(other)
    at_question(other, 2)


def test_a_tab_that_is_looked_at_again_goes_on_where_the_other_is(begin, visit, scripted):
    seen = begin("true_false")
    other = visit(seen.page.url, context=seen.page.context)
    at_question(other, 1)
    choose(seen, questions(scripted, seen)[0].answer)
    expect(verdict(seen)).to_be_visible()
    other.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    at_question(other, 2)


def test_a_server_that_is_away_loses_nothing(begin, scripted):
    seen = begin("true_false")
    question = questions(scripted, seen)[0]
    seen.page.route("**/answer", lambda route: route.abort())
    choose(seen, question.answer)
    expect(seen.page.locator(".answering .trouble")).to_contain_text("cannot be reached")
    expect(option(seen, question.answer)).to_be_checked()
    seen.page.unroute("**/answer")
    seen.page.get_by_role("button", name="Answer", exact=True).click()
    expect(verdict(seen)).to_contain_text("Right")
    seen.complaints[:] = [one for one in seen.complaints if "ERR_FAILED" not in one]


def test_a_deep_link_names_a_concept_and_back_leads_home(visit, scripted):
    seen = visit(f"{scripted.address}/quiz?concept=safety-stock")
    expect(seen.page.get_by_role("heading", name="Quiz on Safety stock")).to_be_visible()
    begin_here(seen)
    expect(seen.page.get_by_role("heading", name="Safety stock", exact=True)).to_be_visible()
    seen.page.go_back()
    expect(seen.page.get_by_role("heading", name="Safety stock, question 1 of 5")).to_be_visible()
    seen.page.get_by_role("button", name="Leave it").click()
    expect(seen.page.locator(".go-on")).to_have_count(0)
    seen.open(f"{scripted.address}/quiz?concept=flux-capacitor")
    expect(seen.page.get_by_text("There is no note called “flux-capacitor”.")).to_be_visible()


def test_starting_over_is_asked_for_first(begin, scripted):
    seen = begin("true_false")
    choose(seen, questions(scripted, seen)[0].answer)
    expect(verdict(seen)).to_be_visible()
    seen.page.get_by_role("link", name="Quiz", exact=True).click()
    for choice, answered in (("Keep my progress", 1), ("Delete my progress", 0)):
        seen.page.get_by_role("button", name="Start over").click()
        seen.page.get_by_role("dialog").get_by_role("button", name=choice).click()
        expect(seen.page.locator(".stat").nth(1)).to_contain_text(str(answered))
    expect(seen.page.get_by_role("button", name="Start over")).to_have_count(0)
    assert overview(seen)["current"] is None


def test_formulas_are_drawn(begin, scripted):
    seen = begin("number", where="concept=safety-stock")
    assert any("$$" in hint for hint in questions(scripted, seen)[0].hints)
    hint = seen.page.get_by_role("button", name=re.compile("^Hint"))
    while hint.count():
        shown = seen.page.locator(".hints li").count()
        hint.click()
        expect(seen.page.locator(".hints li")).to_have_count(shown + 1)
    formula = seen.page.locator(".hints .formula").first
    expect(formula.locator(".katex-html")).to_be_visible()
    expect(formula.locator(".katex-mathml")).to_have_css("position", "absolute")  # its style sheet holds here too
    assert overflow(seen) == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(visit, scripted, scheme):
    seen = visit(f"{scripted.address}/quiz?area=inventory", color_scheme=scheme)
    begin_here(seen, "choice")
    question = questions(scripted, seen)[0]
    seen.page.keyboard.press("h")
    expect(seen.page.locator(".hints li")).to_have_count(1)
    choose(seen, wrong_option(question))
    expect(verdict(seen)).to_be_visible()
    marked = seen.page.evaluate(CONTRAST)
    assert marked["checked"] > 20
    assert marked["poor"] == []
    seen.page.get_by_role("link", name="Quiz", exact=True).click()
    seen.page.locator(".due-bars").wait_for()
    assert seen.page.evaluate(CONTRAST)["poor"] == []


def test_a_quiz_and_its_schedule_are_there_after_a_restart(visit, real_site: RealServer):
    seen = visit(f"{real_site.address}/quiz?area=inventory")
    begin_here(seen, "choice")
    for _ in range(2):
        seen.page.locator(".option input").first.check()
        seen.page.get_by_role("button", name="Answer", exact=True).click()
        expect(verdict(seen)).to_be_visible()
        go_on(seen)
    at_question(seen, 3)
    text = seen.page.locator(".asked").inner_text()
    before = overview(seen)
    assert before["progress"]["answered"] == 2
    real_site.stop()
    real_site.start()
    seen.complaints.clear()  # what the browser said while the server was away
    seen.open(f"{real_site.address}/quiz")
    assert overview(seen) == before
    seen.page.get_by_role("button", name="Go on with Inventory").click()
    at_question(seen, 3)
    expect(seen.page.locator(".asked")).to_have_text(text)
    stranger = visit(f"{real_site.address}/quiz")
    expect(stranger.page.locator(".stat").nth(1)).to_contain_text("0")
    expect(stranger.page.locator(".go-on")).to_have_count(0)
