"""The report on a review that a board can read, in Word, Excel, PDF, Markdown and JSON with the same numbers."""

from tools.risk.report.build import build_report
from tools.risk.report.content import Report
from tools.risk.report.json_file import as_json, read_file, read_json

__all__ = [
    "Report", "as_excel", "as_json", "as_markdown", "as_pdf", "as_word", "build_report", "read_file", "read_json",
]  # fmt: skip


def as_markdown(report: Report) -> str:
    """Return the report as Markdown."""
    from tools.risk.report.markdown import as_markdown as write

    return write(report)


def as_word(report: Report) -> bytes:
    """Return the report as a Word file (.docx)."""
    from tools.risk.report.word import as_word as write

    return write(report)


def as_excel(report: Report) -> bytes:
    """Return the report as an Excel workbook (.xlsx)."""
    from tools.risk.report.excel import as_excel as write

    return write(report)


def as_pdf(report: Report) -> bytes:
    """Return the report as a PDF file."""
    from tools.risk.report.pdf import as_pdf as write

    return write(report)
