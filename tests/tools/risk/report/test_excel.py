"""The workbook: its formulas are live and right, its text is never a formula, and it is ready to work with."""

import math
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.tools.risk.report import samples
from tests.tools.risk.report.formulas import Computed, formulas
from tools.risk.report import Report, as_excel, build_report
from tools.risk.report.excel_sheet import cell_text
from tools.risk.report.layout_exposure import charted
from tools.risk.report.words import NO_LIMIT, STATE_WORDS, UNKNOWN
from tools.risk.review import Node

REVIEWS = {
    "the example": samples.full,
    "next year's": lambda: samples.next_year()[0],
    "an empty one": samples.empty,
    "a hostile one": samples.hostile,
    "a large one": lambda: samples.large(60),
}


def opened(report: Report, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(BytesIO(as_excel(report)), data_only=values)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


@pytest.mark.parametrize("name", REVIEWS)
def test_every_formula_computes_to_the_number_of_the_report(name: str) -> None:
    report = build_report(REVIEWS[name](), samples.TODAY)
    live, kept = opened(report), opened(report, values=True)
    computed = Computed(live)
    found = list(formulas(live))
    assert len(found) > 40
    for sheet, cell in found:
        value = computed.at(sheet, cell.row, cell.column)
        assert same(value, kept[sheet][cell.coordinate].value), f"{sheet}!{cell.coordinate} {cell.value}"


def test_formulas_give_the_exposures_that_the_report_says() -> None:
    report = samples.full_report()
    computed = Computed(opened(report))
    for row, node in enumerate(report.nodes, 4):
        tts, gap, risk, state = (computed.at("Nodes", row, column) for column in (9, 10, 13, 14))
        assert same(tts, UNKNOWN if node.tts is None else NO_LIMIT if math.isinf(node.tts) else node.tts)
        assert same(gap, UNKNOWN if node.gap is None else node.gap)
        assert same(risk, UNKNOWN if node.margin_at_risk is None else node.margin_at_risk)
        assert state == STATE_WORDS[node.state]
    hhi = [computed.at("Concentration", row, 3) for row in range(4, 4 + len(report.categories))]
    assert [one.hhi for one in report.categories] == pytest.approx(hhi)
    assert computed.at("Summary", 17, 2) == pytest.approx(report.totals.sum_at_risk)


def test_a_changed_input_changes_the_exposure_and_the_totals() -> None:
    book = opened(samples.full_report())
    board = next(row for row in range(4, 30) if book["Nodes"].cell(row, 1).value == "Motor controller board")
    before = Computed(book).at("Summary", 17, 2)
    book["Nodes"].cell(board, 7).value = 14.0
    after = Computed(book)
    assert after.at("Nodes", board, 10) == 0
    assert after.at("Nodes", board, 14) == "covered"
    assert before - after.at("Summary", 17, 2) == pytest.approx(1_984_000)


def test_an_unknown_input_stays_unknown_in_a_formula() -> None:
    book = opened(samples.full_report())
    book["Nodes"].cell(4, 5).value = None
    computed = Computed(book)
    assert [computed.at("Nodes", 4, column) for column in (10, 13, 14)] == [UNKNOWN, UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("text", [*samples.FORMULAS, samples.HOSTILE])
def test_text_is_never_a_formula(text: str) -> None:
    review = samples.hostile(text)
    plain = opened(build_report(review, samples.TODAY))
    for sheet in plain:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type != "f":
                    assert not cell.value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), cell.value
                    assert cell.data_type == "s"
                assert cell.hyperlink is None
    ours = {cell.value for _, cell in formulas(plain)}
    theirs = {cell.value for _, cell in formulas(opened(build_report(samples.hostile("x"), samples.TODAY)))}
    assert ours == theirs


def test_the_text_before_a_neutralised_start_is_kept() -> None:
    assert cell_text("=1+1") == "'=1+1"
    assert cell_text("plain = text") == "plain = text"
    assert len(cell_text("W" * 40_000)) == 32_767


def test_a_long_label_of_the_summary_has_the_height_that_it_needs() -> None:
    sheet = opened(samples.full_report())["Summary"]
    label = next(cell for (cell,) in sheet.iter_rows(min_col=1, max_col=1) if "no event's loss" in str(cell.value))
    assert sheet.row_dimensions[label.row].height >= 3 * 13.5
    assert sheet.row_dimensions[label.row - 1].height < 2 * 13.5


def test_sheets_are_ready_to_work_with() -> None:
    book = opened(samples.full_report())
    assert book.sheetnames == [
        "Summary", "Charts", "Nodes", "Concentration", "Suppliers", "Register", "Actions", "Questions", "Stress tests",
        "History", "Notes",
    ]  # fmt: skip
    for name in ("Nodes", "Register", "Actions", "Questions"):
        sheet = book[name]
        assert str(sheet.freeze_panes).endswith("4")
        assert sheet.auto_filter.ref.startswith("A3:")
        assert sheet.print_title_rows == "$3:$3"
    status = [rule for rule in book["Actions"].data_validations.dataValidation if rule.type == "list"]
    assert status[0].formula1 == '"proposed,agreed,in progress,done,dropped"'
    assert "G4" in str(status[0].sqref)
    assert book["Nodes"]["M4"].number_format == "#,##0"
    assert book["Nodes"]["H4"].number_format == "0.0%"
    assert book["Nodes"]["M3"].value == "Margin at risk (EUR)"
    assert book.calculation.fullCalcOnLoad


def test_names_that_look_like_placeholders_count_as_text() -> None:
    review = samples.empty()
    review.nodes = [Node(id=str(place), name=name, category=name) for place, name in enumerate(("*", "?", "<5", "~"))]
    report = build_report(review, samples.TODAY)
    assert Computed(opened(report)).at("Summary", 15, 2) == 4


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_computes_the_same(tmp_path: Path) -> None:
    report = samples.full_report()
    path = tmp_path / "report.xlsx"
    path.write_bytes(as_excel(report))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "out", path],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    computed = openpyxl.load_workbook(tmp_path / "out" / "report.xlsx", data_only=True)
    kept = opened(report, values=True)
    for sheet, cell in formulas(opened(report)):
        there, here = computed[sheet][cell.coordinate].value, kept[sheet][cell.coordinate].value
        assert same(there, here) or math.isclose(there, here, rel_tol=1e-6), f"{sheet}!{cell.coordinate}"


def test_charts_are_drawn_from_the_cells_of_the_workbook() -> None:
    report = samples.full_report()
    book = opened(report)
    sheet = book["Charts"]
    exposure, loss = sheet._charts
    assert [one.val.numRef.f for one in exposure.series] == ["'Charts'!$B$4:$B$18", "'Charts'!$C$4:$C$18"]
    assert [one.val.numRef.f for one in loss.series] == ["'Charts'!$E$4:$E$18"]
    for chart in (exposure, loss):
        assert chart.title is not None
        assert chart.x_axis.title is not None
        assert chart.y_axis.title is not None
        assert not chart.x_axis.delete
        assert not chart.y_axis.delete
    computed = Computed(book)
    for row, node in enumerate(charted(report), 4):
        assert same(computed.at("Charts", row, 2), UNKNOWN if node.ttr is None else node.ttr)
        assert same(computed.at("Charts", row, 5), UNKNOWN if node.margin_at_risk is None else node.margin_at_risk)


def test_what_is_not_known_is_said_beside_the_name_in_a_chart() -> None:
    report = samples.full_report()
    names = [cell.value for cell in opened(report, values=True)["Charts"]["A"][3:]]
    assert any(str(name).endswith(f"TTR {UNKNOWN}") for name in names)


def test_a_report_without_nodes_has_no_charts() -> None:
    assert opened(build_report(samples.empty(), samples.TODAY))["Charts"]._charts == []
