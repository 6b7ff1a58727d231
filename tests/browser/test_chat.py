"""What a visitor sees while asking, reading, stopping, retrying and rating; the chat behind it is scripted."""

import re

from playwright.sync_api import expect


def test_an_example_is_asked_and_answered_with_sources(seen):
    example = seen.page.locator("#examples section", has_text="Students").locator("button").first
    words = example.inner_text()
    example.click()
    seen.answered()
    expect(seen.page.locator("#conversation .user-row")).to_have_text(words)
    expect(seen.last_answer.locator(".sources a")).to_have_count(2)
    expect(seen.page.locator("#welcome")).to_be_hidden()
    assert re.search(r"/\?c=[0-9a-f]{32}$", seen.page.url)


def test_formulas_are_rendered_and_amounts_of_money_are_not(seen):
    seen.ask("What is safety stock?")
    expect(seen.last_answer.locator(".katex-display")).to_have_count(1)
    expect(seen.last_answer.locator(".katex")).to_have_count(4)
    expect(seen.last_answer).to_contain_text("A unit costs $20 here, or $5 there.")


def test_formulas_are_still_rendered_when_the_conversation_is_loaded_again(seen):
    seen.ask("What is safety stock?")
    for _ in range(3):
        seen.page.reload()
        seen.answered()
        expect(seen.last_answer.locator(".katex")).to_have_count(4)
        expect(seen.last_answer).not_to_contain_text("\\(")


def test_what_ran_is_folded_under_its_name(seen):
    seen.ask("What is safety stock?")
    thought = seen.last_answer.locator(".thought-group .title")
    expect(thought).to_have_text("Searched the notes: safety stock")
    expect(thought).to_have_attribute("aria-expanded", "false")
    thought.click()
    expect(seen.last_answer.locator(".thought-group .content")).to_contain_text("Cycle stock, Definition")


def test_a_citation_opens_its_section_with_the_passage_marked(seen):
    seen.ask("What is safety stock?")
    chip = seen.last_answer.get_by_role("link", name="Source 1: Safety stock, Formula").first
    chip.click()
    expect(seen.source).to_be_visible()
    expect(seen.source.locator(".source-note")).to_have_text("Safety stock")
    expect(seen.source.locator(".prose h2")).to_have_text("Formula")
    expect(seen.source.locator("mark")).to_contain_text("The safety stock formulas assume")
    expect(seen.source.locator(".katex-display")).to_have_count(2)
    expect(seen.source.locator(".references li").first).to_contain_text("Silver")
    seen.source.get_by_role("button", name="Close the source").click()
    expect(seen.source).to_be_hidden()
    seen.last_answer.locator(".sources a", has_text="Cycle stock").click()
    expect(seen.source.locator(".source-note")).to_have_text("Cycle stock")


def test_a_source_leads_to_its_concept_in_learn_by_keyboard_and_back(visit, scripted):
    seen = visit(scripted.address)
    seen.ask("What is safety stock?")
    conversation = seen.page.url
    seen.last_answer.locator("a.cite").first.click()
    link = seen.source.get_by_role("link", name="Open in Learn")
    expect(link).to_be_visible()
    expect(seen.source.get_by_role("button", name="Close the source")).to_be_focused()
    seen.page.keyboard.press("Tab")
    expect(link).to_be_focused()
    seen.page.keyboard.press("Enter")
    expect(seen.page).to_have_url(f"{scripted.address}/learn?concept=safety-stock")
    expect(seen.page.get_by_role("heading", name="Safety stock", level=1)).to_be_visible()
    assert len(seen.page.context.pages) == 1
    seen.page.go_back()
    seen.answered()
    assert seen.page.url == conversation


def test_a_citation_opens_after_the_page_is_loaded_again(seen):
    seen.ask("What is safety stock?")
    seen.page.reload()
    seen.answered()
    seen.last_answer.locator("a.cite").first.click()
    expect(seen.source.locator("mark")).to_contain_text("The safety stock formulas assume")


def test_a_follow_up_is_asked_in_the_same_conversation(seen, scripted):
    seen.ask("What is safety stock?")
    address = seen.page.url
    expect(seen.page.locator("#conversation .option")).to_have_count(3)
    seen.page.get_by_role("button", name="Why does it matter?").click()
    expect(seen.page.locator("#conversation .user-row")).to_have_count(2)
    seen.answered()
    assert seen.page.url == address
    assert scripted.chat.asked[-1] == "Why does it matter?"
    expect(seen.page.locator("#conversation .option")).to_have_count(3)


def test_the_text_grows_and_stop_keeps_what_there_is(seen, scripted):
    scripted.chat.pace = 0.05
    seen.ask("What is safety stock?", wait=False)
    expect(seen.last_answer).to_contain_text("Safety stock is stock held")
    expect(seen.page.locator("#send")).to_be_hidden()
    expect(seen.page.locator("#conversation .message-buttons-left")).not_to_be_visible()
    seen.page.get_by_role("button", name="Stop").click()
    seen.answered()
    expect(seen.last_answer).to_contain_text("Stopped before the end.")
    expect(seen.last_answer).not_to_contain_text("Its stock is 50 seals")
    expect(seen.page.locator("#send")).to_be_visible()
    seen.page.reload()
    seen.answered()
    expect(seen.last_answer).to_contain_text("Safety stock is stock held")
    expect(seen.last_answer).to_contain_text("Stopped before the end.")


def test_an_answer_goes_on_when_the_page_is_loaded_again(visit, scripted):
    scripted.chat.gate.clear()
    seen = visit(scripted.address)
    seen.ask("What is safety stock?", wait=False)
    seen.page.reload()
    seen.page.wait_for_selector('body[data-state="running"]')
    scripted.chat.gate.set()
    seen.answered()
    expect(seen.last_answer).to_contain_text("Its stock is 50 seals")


def test_a_second_question_waits_for_the_first(seen, scripted):
    scripted.chat.gate.clear()
    seen.ask("What is safety stock?", wait=False)
    seen.page.locator("#question textarea").fill("And cycle stock?")
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_text("still being answered")).to_be_visible()
    expect(seen.page.locator("#question textarea")).to_have_value("And cycle stock?")
    scripted.chat.gate.set()
    seen.answered()
    expect(seen.page.locator("#conversation .user-row")).to_have_count(1)


def test_retry_takes_the_place_of_the_last_turn(seen, scripted):
    seen.ask("What is safety stock?")
    asked = len(scripted.chat.asked)
    seen.page.get_by_role("button", name="Retry").click()
    seen.page.wait_for_timeout(300)
    seen.answered()
    assert scripted.chat.asked[asked:] == ["What is safety stock?"]
    expect(seen.page.locator("#conversation .user-row")).to_have_count(1)


def test_a_failure_is_told_in_a_sentence_and_can_be_retried(seen):
    seen.ask("please fail")
    expect(seen.last_answer).to_contain_text("Something went wrong while answering.")
    expect(seen.page.locator("body")).not_to_contain_text("Traceback")
    expect(seen.page.get_by_role("button", name="Retry")).to_be_visible()


def test_a_thumb_and_its_comment_are_stored(seen, scripted):
    seen.ask("What is safety stock?")
    seen.page.get_by_role("button", name="Dislike", exact=True).click()
    seen.page.get_by_label("What should be better? (optional)").fill("Too long for a manager.")
    seen.page.get_by_role("button", name="Send comment").click()
    expect(seen.page.locator("#comment")).to_be_hidden()
    expect(seen.page.get_by_text("your comment is kept")).to_be_visible()
    turn_id = seen.last_answer.locator("a.cite").first.get_attribute("href").split("-")[1]
    owner = _owner(seen)
    rating = scripted.chat.history.rating(owner, turn_id)
    assert (rating.liked, rating.comment) == (False, "Too long for a manager.")
    seen.page.reload()
    seen.answered()
    expect(seen.page.get_by_role("button", name="Disliked")).to_be_visible()


def test_an_answer_is_copied_as_plain_markdown(seen):
    seen.ask("What is safety stock?")
    seen.page.locator("#conversation .message-buttons-left").get_by_role("button", name="Copy message").click()
    expect(seen.page.get_by_text("Copied.")).to_be_visible()
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("**Safety stock** is stock held against what was not expected [1].")
    assert copied.endswith("Sources:\n- [1] Safety stock, Formula\n- [2] Cycle stock, Definition")


def test_what_a_visitor_types_is_shown_as_typed(seen):
    typed = "<b>bold</b> <img src=x onerror=alert(1)> *stars* $5 and $6 [x](http://example.org)"
    seen.ask(typed)
    expect(seen.page.locator("#conversation .user-row")).to_have_text(typed)
    expect(seen.page.locator("#conversation .user-row :is(b, em, img, a, .katex)")).to_have_count(0)
    expect(seen.page.locator("#conversations .current > a")).to_contain_text("<b>bold</b>")


def test_shift_enter_starts_a_line_and_an_empty_question_does_nothing(seen, scripted):
    asked = len(scripted.chat.asked)
    box = seen.page.locator("#question textarea")
    expect(box).to_be_focused()
    box.fill("   ")
    seen.page.keyboard.press("Enter")
    box.fill("one")
    seen.page.keyboard.press("Shift+Enter")
    seen.page.keyboard.type("two")
    expect(box).to_have_value("one\ntwo")
    seen.page.keyboard.press("Enter")
    seen.answered()
    assert scripted.chat.asked[asked:] == ["one\ntwo"]


def test_the_limit_is_shown_when_it_is_near(seen, scripted):
    limit = scripted.chat.settings.max_input_chars
    box = seen.page.locator("#question textarea")
    box.fill("x" * (limit // 2))
    expect(seen.page.locator("#counter")).to_be_empty()
    box.fill("x" * (limit - 10))
    expect(seen.page.locator("#counter")).to_have_text(f"{limit - 10:,} of {limit:,} characters")
    box.fill("x" * (limit + 1))
    expect(seen.page.locator("#counter")).to_contain_text("too long")


def test_the_page_can_be_used_while_the_model_warms_up(visit, scripted):
    scripted.chat.ready = False
    scripted.chat.gate.clear()
    seen = visit(scripted.address)
    expect(seen.page.locator("#progress")).to_have_text("Building the index: 12 of 94 notes")
    seen.ask("What is safety stock?", wait=False)
    expect(seen.last_answer).to_contain_text("Building the index: 12 of 94 notes")
    scripted.chat.ready = True
    scripted.chat.gate.set()
    seen.answered()
    expect(seen.page.locator("#progress")).to_be_empty()


def test_a_notice_is_shown_until_it_is_dismissed(visit, scripted):
    scripted.chat.notices = ["The data folder cannot be written: conversations are not kept."]
    seen = visit(scripted.address)
    notice = seen.page.get_by_text("The data folder cannot be written")
    expect(notice).to_be_visible()
    seen.page.get_by_role("button", name="Dismiss this notice").click()
    expect(notice).to_be_hidden()


def _owner(seen) -> str:
    from assistant.pages.conversations import COOKIE, owner_of

    cookies = {cookie["name"]: cookie["value"] for cookie in seen.page.context.cookies()}
    assert COOKIE in cookies
    return owner_of(cookies)
