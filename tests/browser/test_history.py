"""Past conversations: opened, found, renamed, deleted, exported, and seen by nobody else."""

import json
import re

from playwright.sync_api import expect


def entries(seen):
    return seen.page.locator("#conversations li > a")


def test_the_latest_conversation_stands_first_and_is_marked(seen):
    seen.ask("What is cycle stock?")
    seen.fresh()
    seen.ask("What is fill rate?")
    expect(entries(seen).first).to_have_text("What is fill rate?")
    expect(entries(seen).first).to_have_attribute("aria-current", "page")
    entries(seen).nth(1).click()
    expect(seen.page.locator("#conversation .user-row")).to_have_text("What is cycle stock?")
    expect(entries(seen).nth(1)).to_have_attribute("aria-current", "page")
    expect(seen.page).to_have_title("What is cycle stock?")
    seen.page.go_back()
    expect(seen.page.locator("#conversation .user-row")).to_have_text("What is fill rate?")


def test_search_finds_by_the_words_of_a_question(seen):
    seen.ask("Tell me about the beer game")
    box = seen.page.get_by_role("searchbox", name="Search conversations")
    box.fill("beer game")
    expect(entries(seen)).to_have_count(1)
    box.fill("no such words anywhere")
    expect(seen.page.get_by_text("No conversation holds these words.")).to_be_visible()
    box.fill("")
    expect(entries(seen).first).to_have_text("Tell me about the beer game")


def test_a_conversation_is_renamed(seen):
    seen.ask("What is cycle stock?")
    seen.page.get_by_role("button", name="Rename this conversation").click()
    box = seen.page.get_by_label("Title", exact=True)
    expect(box).to_have_value("What is cycle stock?")
    box.fill("For <i>Anna</i>")
    seen.page.get_by_role("button", name="Rename", exact=True).click()
    expect(entries(seen).first).to_have_text("For <i>Anna</i>")
    expect(seen.page.locator("#conversations i")).to_have_count(0)


def test_a_conversation_is_deleted_only_when_it_is_confirmed(seen):
    seen.ask("Delete me please")
    seen.page.get_by_role("button", name="Delete this conversation").click()
    seen.page.get_by_role("button", name="Keep it").click()
    expect(entries(seen).first).to_have_text("Delete me please")
    seen.page.get_by_role("button", name="Delete this conversation").click()
    seen.page.get_by_role("button", name="Delete", exact=True).click()
    expect(seen.page.locator("#welcome")).to_be_visible()
    expect(entries(seen).filter(has_text="Delete me please")).to_have_count(0)


def test_a_conversation_is_exported_as_markdown(seen):
    seen.ask("What is safety stock?")
    with seen.page.expect_download() as download:
        seen.page.get_by_role("link", name="Export this conversation as Markdown").click()
    assert download.value.suggested_filename == "what-is-safety-stock.md"
    text = download.value.path().read_text("utf-8")
    assert text.startswith("# What is safety stock?\n")
    assert "> What is safety stock?" in text
    assert "- [1] Safety stock, Formula" in text


def test_two_browsers_do_not_see_each_other(visit, scripted):
    mine, yours = visit(scripted.address), visit(scripted.address)
    mine.ask("My secret plan")
    address = mine.page.url
    yours.page.reload()
    yours.page.wait_for_selector('body[data-state="idle"]')
    expect(entries(yours)).to_have_count(0)
    yours.open(address)
    expect(yours.page.get_by_text("This conversation is not here")).to_be_visible()
    expect(yours.page.locator("#conversation .user-row")).to_have_count(0)
    expect(yours.page.locator("#welcome")).to_be_visible()
    conversation_id = re.search(r"c=(\w+)", address)[1]
    for path in (f"/conversations/{conversation_id}/export", f"/conversations/{conversation_id}/answers/0"):
        assert yours.page.request.get(scripted.address + path).status == 404
    assert yours.page.request.delete(f"{scripted.address}/conversations/{conversation_id}").status == 404
    mine.page.reload()
    mine.answered()
    expect(mine.page.locator("#conversation .user-row")).to_have_text("My secret plan")


def test_the_page_s_own_endpoints_give_a_conversation_to_its_owner_only(visit, scripted):
    mine, yours = visit(scripted.address), visit(scripted.address)
    mine.ask("My secret plan")
    conversation_id = re.search(r"c=(\w+)", mine.page.url)[1]
    config = yours.page.request.get(f"{scripted.address}/config").json()
    opener = next(one for one in config["dependencies"] if one["api_name"] == "open")
    for page, expected in ((mine, True), (yours, False)):
        request = page.page.request
        joined = request.post(
            f"{scripted.address}/gradio_api/queue/join",
            data={
                "data": [json.dumps({"value": conversation_id, "at": 1})],
                "fn_index": opener["id"],
                "session_hash": f"s{expected}",
            },
        )
        assert joined.ok
        told = request.get(f"{scripted.address}/gradio_api/queue/data?session_hash=s{expected}").text()
        assert "process_completed" in told
        assert ("My secret plan" in told.replace("&#32;", " ")) is expected
