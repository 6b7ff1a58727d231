"""The report as an Excel workbook: nodes, register and totals as live formulas, with their values kept for viewers."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree  # type: ignore[import-untyped]
from openpyxl import Workbook

from tools.risk.report import excel_charts, excel_plans, excel_sheets, excel_summary
from tools.risk.report.content import Report
from tools.risk.report.excel_sheet import Sheet
from tools.risk.report.untrusted import short

NAMES = (
    "Summary", "Charts", "Nodes", "Concentration", "Suppliers", "Register", "Actions", "Questions", "Stress tests",
    "History", "Notes",
)  # fmt: skip
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def as_excel(report: Report) -> bytes:
    """Return the report as an Excel workbook (.xlsx) whose formulas are right when they are computed again."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {name: Sheet(book.create_sheet(name)) for name in NAMES}
    last = {
        name: write(sheets[name], report)
        for name, write in (
            ("Nodes", excel_sheets.nodes),
            ("Concentration", excel_sheets.concentration),
            ("Suppliers", excel_sheets.suppliers),
            ("Register", excel_plans.register),
            ("Actions", excel_plans.actions),
            ("Questions", excel_plans.questions),
        )
    }
    excel_summary.summary(sheets["Summary"], report, last)
    excel_charts.charts(sheets["Charts"], report)
    excel_summary.stress(sheets["Stress tests"], report)
    excel_plans.history(sheets["History"], report)
    excel_summary.notes(sheets["Notes"], report)
    for sheet in sheets.values():
        sheet.printed()
    book.properties.title, book.properties.creator = short(report.title, 255), ""
    book.properties.subject, book.properties.language = "Supply chain risk review", "en-GB"
    book.calculation.fullCalcOnLoad = True
    out = BytesIO()
    book.save(out)
    return _with_values(out.getvalue(), [sheets[name].values for name in NAMES])


def _with_values(workbook: bytes, values: list[dict[str, float | str]]) -> bytes:
    """Return a workbook whose formulas carry their values.

    The library writes formulas only, and Excel's protected view, previews and phones show nothing until they compute.
    """
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        sheets = {f"xl/worksheets/sheet{number}.xml": known for number, known in enumerate(values, 1)}
        for item in old.infolist():
            content = old.read(item)
            if sheets.get(item.filename):
                content = _stamped(content, sheets[item.filename])
            new.writestr(item, content)
    return out.getvalue()


def _stamped(sheet: bytes, values: dict[str, float | str]) -> bytes:
    # The XML was written by the library just now; nothing outside it is looked up all the same.
    root = etree.fromstring(sheet, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for cell in root.iter(f"{_MAIN}c"):
        value = values.get(cell.get("r", ""))
        if value is None or cell.find(f"{_MAIN}f") is None:
            continue
        shown = cell.find(f"{_MAIN}v")
        if shown is None:
            shown = etree.SubElement(cell, f"{_MAIN}v")
        if isinstance(value, str):
            cell.set("t", "str")
        shown.text = value if isinstance(value, str) else repr(float(value))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
