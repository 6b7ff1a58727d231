"""Nodes, charts and stress tests of a review in a browser: typed, pasted, computed, drawn, and never lost unseen."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visit
from tests.browser.review_steps import SIZES, call, example, sideways, to_tab

CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
HARM = "<img src=x onerror=alert(1)><script>alert(2)</script>"
PATIENCE = 20_000  # milliseconds: the first picture loads the drawing library
TABLE = f"""Part\tTTR (weeks)\tCover (days)\tAlternate share\tMargin per week\tSupplier\tCountry\tShare
{HARM}\t8\t28\t40%\t50,000\tNorrlager\tSweden\t60%
{HARM}\t8\t28\t40%\t50,000\tSagami\tJapan\t40%
Seal ring\t-3\t14\t0%\t20,000\tDichtung\tGermany\t140%

Grand Total\t\t\t\t140,000\t\t\t
"""


@pytest.fixture(scope="module", autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def opened(visit: Any, scripted: Site) -> Any:
    """Open a tab of the example review in a browser of its own."""

    def begin(tab: str = "nodes", size: str = "wide", **options: Any) -> tuple[Visit, str]:
        seen = visit(f"{scripted.address}/review", **SIZES[size], **options)
        seen.page.on("dialog", lambda dialog: pytest.fail("a script ran"))
        review = example(seen)
        return to_tab(seen, review, tab), review

    return begin


def refused(seen: Visit) -> None:
    """Forget that the browser noted a refused request, which is what the test is about."""
    seen.complaints[:] = [line for line in seen.complaints if "422" not in line and "409" not in line]


def row(seen: Visit, name: str) -> Any:
    return seen.page.locator("tr[data-node]", has=seen.page.get_by_role("button", name=name, exact=True))


def nodes(seen: Visit, review: str) -> dict[str, Any]:
    return {node["name"]: node for node in call(seen, "GET", f"/{review}")["review"]["nodes"]}


@pytest.mark.parametrize("size", SIZES)
def test_a_number_typed_into_the_table_is_kept_and_the_gap_follows(opened, size):
    seen, review = opened(size=size)
    board = row(seen, "Motor controller board")
    expect(board.locator(".computed").nth(1)).to_have_text(re.compile(r"8\s*over the limit"))
    box = seen.page.get_by_label("Time to recover (TTR) of Motor controller board")
    box.fill("20")
    box.press("Tab")
    expect(board.locator(".computed").nth(1)).to_have_text(re.compile(r"14\s*over the limit"))
    assert nodes(seen, review)["Motor controller board"]["ttr_weeks"] == 20
    box.fill("")
    box.press("Tab")
    expect(board.locator(".computed").nth(1)).to_contain_text("not known")
    expect(board.locator(".computed").nth(1)).to_contain_text("missing: TTR")
    assert sideways(seen) == 0


def test_what_cannot_be_right_is_told_at_the_row_and_not_kept(opened):
    seen, review = opened()
    board = row(seen, "Motor controller board")
    box = seen.page.get_by_label("Time to recover (TTR) of Motor controller board")
    for typed, said in (("-4", "negative"), ("soon", "not a number")):
        box.fill(typed)
        box.press("Tab")
        expect(board.locator(".field-error").first).to_be_attached()
        expect(board.locator("th")).to_contain_text(said)
        expect(box).to_have_attribute("aria-invalid", "true")
    assert nodes(seen, review)["Motor controller board"]["ttr_weeks"] == 14
    box.press("Escape")
    expect(box).to_have_value("14")
    expect(board.locator("th")).not_to_contain_text("Not saved")
    refused(seen)


def test_a_pasted_table_is_shown_and_kept_only_when_taken_over(opened):
    seen, review = opened()
    before = nodes(seen, review)
    seen.page.locator("#tab-place").evaluate(
        """(place, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            place.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        TABLE,
    )
    shown = seen.page.locator(".paste-preview")
    expect(shown).to_contain_text("2 nodes read")
    expect(shown).to_contain_text("Grand Total")
    expect(shown.get_by_role("region", name="Problems").locator("tbody tr")).to_have_count(2)
    expect(shown.get_by_role("region", name="What was read").locator("tbody th").first).to_have_text(HARM)
    assert nodes(seen, review) == before
    seen.page.get_by_role("button", name="Take over 2 nodes").click()
    expect(row(seen, HARM)).to_be_visible()
    kept = nodes(seen, review)
    assert kept[HARM]["cover_weeks"] == 4
    assert [one["country"] for one in kept[HARM]["sources"]] == ["Sweden", "Japan"]
    assert kept["Seal ring"]["ttr_weeks"] is None
    assert seen.page.locator("#review img, #tab-place script").count() == 0


def test_a_csv_file_is_read_and_other_files_are_refused(opened):
    seen, _ = opened()
    seen.page.get_by_role("button", name="Paste a table").click()
    file = seen.page.locator(".wide-dialog input[type=file]")
    file.set_input_files({"name": "nodes.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK"})
    wrong = seen.page.locator(".wide-dialog .field .field-error")
    expect(wrong).to_contain_text("save the sheet as CSV")
    file.set_input_files({"name": "nodes.csv", "mimeType": "text/csv", "buffer": b"a,1\n" * 600_000})
    expect(wrong).to_contain_text("more than 2 MB")
    table = "Teil;Wiederanlaufzeit (Wochen)\nGehäuse;3,5\n".encode("cp1252")
    file.set_input_files({"name": "nodes.csv", "mimeType": "text/csv", "buffer": table})
    expect(seen.page.locator(".paste-preview tbody tr")).to_have_text(
        ["Gehäusenew3.5not knownnot knownnot knownnone named"]
    )


@pytest.mark.parametrize("size", SIZES)
def test_a_node_is_added_with_its_sources_in_the_form(opened, size):
    seen, review = opened(size=size)
    seen.page.get_by_role("button", name="Add a node").click()
    form = seen.page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill("Shaft")
    form.get_by_label("Time to recover (TTR), weeks").fill("-2")
    form.get_by_role("button", name="Add a source").click()
    form.get_by_label("Supplier", exact=True).fill("Stahl Nord")
    form.get_by_label("Share, %").fill("140")
    form.get_by_role("button", name="Add the node").click()
    expect(form.locator('[data-field="ttr_weeks"] .field-error')).to_contain_text("negative")
    expect(form.locator('.source-row [data-field="share"] .field-error')).to_contain_text("highest possible, 100")
    form.get_by_label("Time to recover (TTR), weeks").fill("2 months")
    form.get_by_label("Share, %").fill("60")
    form.get_by_role("button", name="Add the node").click()
    expect(form).to_have_count(0)
    expect(row(seen, "Shaft")).to_be_visible()
    made = nodes(seen, review)["Shaft"]
    assert made["ttr_weeks"] == pytest.approx(26 / 3)
    assert [(one["supplier"], one["share"]) for one in made["sources"]] == [("Stahl Nord", 0.6)]
    refused(seen)


def test_a_form_is_not_left_unseen_and_a_removal_is_undone(opened):
    seen, review = opened()
    before = nodes(seen, review)
    seen.page.get_by_role("button", name="Mechanical seal", exact=True).click()
    form = seen.page.locator("dialog.side-form")
    expect(form).to_contain_text("What follows from it")
    form.get_by_label("Category").fill("Other")
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("button", name="Stay").click()
    expect(form.get_by_label("Category")).to_have_value("Other")
    form.get_by_role("button", name="Remove", exact=True).click()
    expect(row(seen, "Mechanical seal")).to_have_count(0)
    seen.page.get_by_role("button", name="Undo").click()
    expect(row(seen, "Mechanical seal")).to_be_visible()
    now = nodes(seen, review)
    assert set(now) == set(before)
    left = {"id": "", "version": 0}
    assert {**now["Mechanical seal"], **left} == {**before["Mechanical seal"], **left}


def test_two_people_type_into_one_cell_and_the_second_decides(opened, visit, scripted):
    seen, review = opened()
    token = call(seen, "GET", f"/{review}/invitation")["token"]
    other = visit(f"{scripted.address}/review")
    call(other, "POST", "/join", {"token": token, "name": "Ben"})
    to_tab(other, review, "nodes")
    label = "Time to recover (TTR) of Motor controller board"
    expect(other.page.get_by_label(label)).to_have_value("14")
    other.page.get_by_label(label).fill("9")  # typed, not yet kept
    seen.page.get_by_label(label).fill("11")
    seen.page.get_by_label(label).press("Tab")
    expect(row(seen, "Motor controller board").locator(".computed").nth(1)).to_have_text("5")
    expect(row(other, "Motor controller board").locator(".computed").nth(1)).to_have_text("5")
    expect(other.page.get_by_label(label)).to_have_value("9")  # nothing was taken from under the hands
    other.page.get_by_label(label).press("Tab")
    ask = other.page.get_by_role("dialog", name="Somebody else changed this meanwhile")
    expect(ask).to_contain_text("11")
    assert nodes(seen, review)["Motor controller board"]["ttr_weeks"] == 11
    ask.get_by_role("button", name="Keep mine on top").click()
    expect(seen.page.get_by_label(label)).to_have_value("9")
    assert nodes(seen, review)["Motor controller board"]["ttr_weeks"] == 9
    refused(other)


def test_a_thousand_nodes_are_shown_in_parts_sorted_and_searched(opened):
    seen, review = opened()
    lines = [f"Part {number:04}\t{number % 40}\t{number % 9}\t{1000 + number}" for number in range(1000)]
    text = "\n".join(["Node\tTTR (weeks)\tCover (weeks)\tMargin per week", *lines])
    call(seen, "POST", f"/{review}/nodes/take", {"text": text})
    count = len(nodes(seen, review))
    expect(seen.page.locator(".count")).to_have_text(f"1 to 50 of {count} nodes")
    expect(seen.page.locator("tr[data-node]")).to_have_count(50)
    seen.page.get_by_role("button", name="Next").click()
    expect(seen.page.locator(".count")).to_have_text(f"51 to 100 of {count} nodes")
    seen.page.get_by_role("button", name="Node", exact=True).click()
    expect(seen.page.locator(".count")).to_have_text(f"1 to 50 of {count} nodes")
    expect(seen.page.locator('th[aria-sort="ascending"]')).to_have_text("Node ▴")
    seen.page.get_by_label("Search nodes").fill("part 0999")
    expect(seen.page.locator("tr[data-node]")).to_have_count(1)
    expect(row(seen, "Part 0999").locator(".computed").first).to_have_text("0")
    seen.page.get_by_label("Search nodes").fill("")
    seen.page.get_by_label("Which nodes").select_option("unknown")
    expect(row(seen, "Cathodic coating at Fyn Overflade")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_are_drawn_with_their_words_and_their_numbers(opened, size, scheme):
    seen, _ = opened("overview", size, color_scheme=scheme)
    expect(seen.page.locator(".canvas[data-drawn] .main-svg").first).to_be_visible()
    expect(seen.page.locator(".canvas[data-drawn]")).to_have_count(5)
    for name in ("How far the answers reach", "Time to recover against time to survive", "Loss by node"):
        expect(seen.page.get_by_role("img", name=name)).to_be_visible()
    seen.page.get_by_text("The numbers of “Time to recover").click()
    table = seen.page.get_by_role("region", name="Time to recover against time to survive")
    expect(table.locator("tbody tr")).to_have_count(16)
    assert sideways(seen) == 0
    assert seen.page.evaluate(CONTRAST)["poor"] == []


@pytest.mark.parametrize("size", SIZES)
def test_stress_tests_are_run_and_kept(opened, size):
    seen, review = opened("stress", size)
    seen.page.get_by_role("button", name="Remove each node in turn").click()
    result = seen.page.get_by_role("region", name="Result", exact=True)
    expect(result.locator("h3")).to_have_text("Each node removed in turn")
    expect(result.locator(".canvas[data-drawn]")).to_be_visible()
    seen.page.get_by_role("button", name="Simulate years").click()
    seen.page.get_by_label("Draws").fill("2000")
    seen.page.get_by_label("Seed").fill("7")
    seen.page.get_by_role("button", name="Run", exact=True).last.click()
    expect(result.locator("h3")).to_have_text("Monte Carlo, 2,000 draws")
    expect(result).to_contain_text("7 (PCG64")
    seen.page.get_by_role("button", name="Run Fire in hall 1", exact=True).click()
    expect(result.locator("h3")).to_have_text("Fire in hall 1")
    expect(seen.page.locator(".runs li")).to_have_count(3)
    runs = call(seen, "GET", f"/{review}")["review"]["stress_runs"]
    assert [run["kind"] for run in runs] == ["each node", "monte carlo", "scenario"]
    seen.page.reload()
    expect(seen.page.locator(".runs li")).to_have_count(3)
    expect(result.locator("h3")).to_have_text("Fire in hall 1")
    assert sideways(seen) == 0
