"""A review in one browser: begun, answered, finished, deleted, with questions of its own, and saved as files."""

import json
import re
import zipfile
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.reviewing import (  # noqa: F401 - the fixtures among them are asked for by name
    ASKED,
    SIZES,
    answer,
    begin_review,
    forgive,
    maturity,
    overflow,
    patience,
    saved,
)


@pytest.mark.parametrize("size", SIZES)
def test_a_review_is_begun_and_answered(begin, size):
    seen = begin(size=size)
    answer(seen).fill("All pumps; a loss of EUR 1m")
    maturity(seen, 2).check()
    seen.page.get_by_label("Evidence: where can this be seen?").fill("Note of 3 May")
    seen.page.get_by_role("button", name="Next").click()
    expect(seen.page.locator(".question .crumb b")).to_have_text("1.2")
    expect(seen.page.locator("#review-counts")).to_have_text(f"1 of {ASKED} answered")
    assert "q=1.2" in seen.page.url
    seen.page.go_back()
    expect(answer(seen)).to_have_value("All pumps; a loss of EUR 1m")
    expect(saved(seen)).to_have_text(re.compile("Saved"))
    expect(seen.page.locator(".question-state")).to_have_text("answered with evidence")
    seen.page.reload()
    expect(answer(seen)).to_have_value("All pumps; a loss of EUR 1m")
    expect(maturity(seen, 2)).to_be_checked()
    expect(seen.page.locator(".answers .said")).to_have_count(1)
    assert overflow(seen) == [0, 0]


def test_saved_is_said_only_after_the_server_acknowledged(begin):
    seen = begin()
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    seen.page.route("**/answers/1.1", hold)
    answer(seen).fill("All pumps")
    expect(saved(seen)).to_have_text("Not saved yet…")
    answer(seen).blur()
    expect(saved(seen)).to_have_text("Saving…")
    seen.page.wait_for_timeout(500)
    assert "Saved" not in saved(seen).inner_text()
    held[0].continue_()
    expect(saved(seen)).to_have_text(re.compile(r"Saved \d\d:\d\d"))


def test_we_do_not_know_is_kept_as_a_gap(begin):
    seen = begin()
    seen.page.get_by_label("We do not know").check()
    expect(seen.page.locator(".question-state")).to_have_text("not known")
    expect(answer(seen)).to_be_disabled()
    expect(seen.page.locator("#review-counts")).to_have_text(f"0 of {ASKED} answered, 1 not known")
    seen.page.get_by_role("button", name="Withdraw this answer").click()
    expect(seen.page.locator(".question-state")).to_have_text("open")
    expect(answer(seen)).to_be_enabled()


def test_skipped_questions_are_marked(begin):
    seen = begin()
    seen.page.get_by_role("button", name="Skip for now").click()
    expect(seen.page.locator(".question .crumb b")).to_have_text("1.2")
    expect(seen.page.locator('#steps-outline a[data-q="1.1"] small')).to_have_text("skipped")
    seen.page.get_by_role("button", name="Back").click()
    expect(seen.page.locator(".question .crumb b")).to_have_text("1.1")


def test_a_value_that_cannot_be_right_is_told_beside_its_box_and_kept(begin):
    seen = begin("2.2")
    box = seen.page.locator(".number input, .main-value input").first
    box.fill("-3")
    box.blur()
    expect(saved(seen)).to_have_text("Not saved: correct what is marked.")
    expect(seen.page.locator(".main-value .field-error")).to_contain_text("3")
    seen.page.reload()
    expect(seen.page.locator(".number input, .main-value input").first).to_have_value("-3")
    expect(saved(seen)).to_have_text("Not saved: correct what is marked.")
    forgive(seen, "422")


def test_a_block_of_a_spreadsheet_is_pasted_into_a_table(begin):
    seen = begin("1.2")
    cell = seen.page.get_by_label("Node, row 1")
    cell.focus()
    cell.evaluate(
        """(box) => { const told = new DataTransfer();
        told.setData("text/plain", "Seal kit\\tpart\\t1200\\t50000\\tyes\\nFoundry\\tsite\\t\\t90000\\tno\\n");
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: told, bubbles: true, cancelable: true })) }"""
    )
    expect(saved(seen)).to_have_text(re.compile("Saved"))
    expect(seen.page.get_by_label("Single source, row 1")).to_have_value("yes")
    expect(seen.page.locator(".said tbody tr")).to_have_count(2)
    expect(seen.page.locator(".said tbody tr").first.locator("td")).to_have_text(
        ["Seal kit", "part", "1,200", "50,000", "yes"]
    )
    seen.page.get_by_role("button", name="Remove this row").last.click()
    expect(seen.page.locator(".said tbody tr")).to_have_count(1)


def test_reports_are_saved_and_the_json_file_is_brought_in(visit, scripted, tmp_path):
    seen = visit(f"{scripted.address}/review")
    seen.page.get_by_role("button", name="Look at an example").click()
    title = seen.page.locator("#review-title").inner_text()
    seen.page.get_by_role("link", name="Report", exact=True).click()
    expect(seen.page.locator(".report h1")).to_contain_text(title)
    expect(seen.page.locator(".report table").first).to_be_visible()
    files = {}
    for label in ("Word", "Excel", "PDF", "Markdown", "JSON (can be imported again)"):
        with seen.page.expect_download() as caught:
            seen.page.get_by_role("link", name=label, exact=True).click()
        name = caught.value.suggested_filename
        files[name.rpartition(".")[2]] = tmp_path / name
        caught.value.save_as(tmp_path / name)
    assert set(files) == {"docx", "xlsx", "pdf", "md", "json"}
    assert files["pdf"].read_bytes().startswith(b"%PDF-")
    assert "word/document.xml" in zipfile.ZipFile(files["docx"]).namelist()
    assert "xl/workbook.xml" in zipfile.ZipFile(files["xlsx"]).namelist()
    assert title in files["md"].read_text("utf-8")
    other = visit(f"{scripted.address}/review")
    other.page.locator("#import-file").set_input_files(files["json"])
    expect(other.page.locator("#review-title")).to_have_text(title)
    other.page.get_by_role("link", name="All reviews").click()
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"title": "no review"}))
    other.page.locator("#import-file").set_input_files(bad)
    expect(other.page.locator("#import-error")).to_contain_text("bad.json was not brought in:")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"PNG")
    other.page.locator("#import-file").set_input_files(picture)
    expect(other.page.locator("#import-error")).to_contain_text("is no .json file")
    forgive(other, "422")


def test_a_review_is_finished_reopened_renamed_continued_and_deleted(begin, scripted):
    seen = begin(title="Valves 2027")
    seen.page.get_by_role("button", name="Finish", exact=True).first.click()
    asked = seen.page.get_by_role("dialog", name="Finish the review?")
    expect(asked).to_contain_text(re.compile(r"\d+ of \d+ questions have no answer yet"))
    asked.get_by_role("button", name="Finish all the same").click()
    expect(seen.page.locator("#review-status")).to_have_text("Finished")
    expect(answer(seen)).to_be_disabled()
    seen.page.get_by_role("button", name="Reopen").click()
    expect(answer(seen)).to_be_enabled()
    seen.page.get_by_role("button", name="Rename the review").click()
    seen.page.get_by_role("dialog").get_by_label("Title").fill("Valves and seals 2027")
    seen.page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(seen.page.locator("#review-title")).to_have_text("Valves and seals 2027")
    seen.page.get_by_role("link", name="All reviews").click()
    seen.page.get_by_role("button", name=re.compile("Next year.s")).click()
    expect(seen.page.get_by_label("Title of the new review")).to_have_value("Valves and seals 2028")
    expect(seen.page.get_by_role("dialog")).to_contain_text("nobody else is in it until you invite them")
    seen.page.get_by_role("button", name="Make the copy").click()
    expect(seen.page.locator("#review-title")).to_have_text("Valves and seals 2028")
    seen.page.get_by_role("link", name="All reviews").click()
    expect(seen.page.locator(".review-entry")).to_have_count(2)
    seen.page.get_by_role("button", name="Delete Valves and seals 2027").click()
    delete = seen.page.get_by_role("dialog").get_by_role("button", name="Delete")
    expect(delete).to_be_disabled()
    seen.page.get_by_label("Type DELETE to delete it").fill("delete")
    delete.click()
    expect(seen.page.locator(".review-entry h3")).to_have_text(["Valves and seals 2028"])


def test_an_own_question_is_added_and_removed(begin):
    seen = begin("2.1")
    seen.page.get_by_role("button", name="Add a question of your own").click()
    dialog = seen.page.get_by_role("dialog")
    dialog.get_by_label("Question", exact=True).fill("Which moulds are single?")
    dialog.get_by_label("Answer", exact=True).select_option("choice")
    dialog.get_by_label("Choices, one a line").fill("None")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("two options")
    dialog.get_by_label("Choices, one a line").fill("None\nSome\nAll")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(seen.page.locator("#question-text")).to_have_text("Which moulds are single?")
    seen.page.get_by_label("Some", exact=True).check()
    expect(saved(seen)).to_have_text(re.compile("Saved"))
    expect(seen.page.locator(".said .value")).to_have_text("Some")
    seen.page.get_by_role("button", name="Remove this question").click()
    seen.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(seen.page.locator('#steps-outline a[data-q="own.1"]')).to_have_count(0)
    forgive(seen, "422")


def test_a_term_opens_its_note_beside_the_question(begin):
    seen = begin()
    term = seen.page.locator(".terms a").first
    term.click()
    expect(seen.source.locator(".source-note")).to_have_text(term.inner_text())
    seen.page.keyboard.press("Escape")
    expect(seen.source).to_be_hidden()
    expect(term).to_be_focused()


def test_the_chat_takes_the_review_up(begin, scripted):
    seen = begin(title="Couplings 2027")
    seen.page.get_by_role("button", name="Continue in the chat").click()
    said = re.compile("Continue the review “Couplings 2027”")
    expect(seen.page.locator("#conversation .user-row")).to_have_text(said)
