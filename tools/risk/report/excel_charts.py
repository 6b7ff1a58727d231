"""The workbook's charts, drawn by Excel from its own cells: time to recover against time to survive, loss by node."""

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.pagebreak import Break

from tools.risk.report.content import Report
from tools.risk.report.excel_formulas import labelled
from tools.risk.report.excel_sheet import FIRST_ROW, HEAD_ROW, MONEY, WEEKS, Formula, Head, Sheet, cell_text, known
from tools.risk.report.layout_exposure import charted
from tools.risk.report.rows import NodeRow
from tools.risk.report.words import NO_LIMIT, UNKNOWN

DARK, LIGHT = "2B3A4A", "A9B8C7"
WIDE, LEAST_HIGH, A_ROW = 26.0, 7.5, 1.15
"""Centimetres: the width of a chart, its least height, and what each node adds to it."""
ROW_HIGH = 0.53
_LEFT, _GRID = "G", "D5DBE1"


def charts(sheet: Sheet, report: Report) -> None:
    """Write what is drawn as formulas over the sheet of nodes, and the charts beside it; no node, no chart."""
    money = f" ({report.currency})" if report.currency else ""
    heads = (
        Head("Node, in the first chart", 56),
        Head("TTR (weeks)", 11, WEEKS),
        Head("TTS (weeks)", 11, WEEKS),
        Head("Node, in the second chart", 48),
        Head(f"Margin at risk{money}", 18, MONEY),
    )
    shown = charted(report)
    rows = [_row(node, FIRST_ROW + report.nodes.index(node)) for node in shown]
    sheet.title(
        "Charts",
        f"Drawn from the sheet Nodes, {len(shown)} of {len(report.nodes):,}, and they follow it. "
        "What is not known has no bar and says so beside the name: it is no small risk.",
    )
    sheet.table(heads, rows)
    sheet.fit(HEAD_ROW, 2)
    sheet.sheet.auto_filter.ref = None
    if not shown:
        return
    last = FIRST_ROW + len(shown) - 1
    high = max(LEAST_HIGH, 3.5 + A_ROW * len(shown))
    first = _bars(sheet, "Time to recover (TTR) against time to survive (TTS)", "weeks", 1, (2, 3), last, high)
    sheet.sheet.add_chart(first, f"{_LEFT}{HEAD_ROW}")
    second = _bars(sheet, "Margin at risk if the node is lost once", report.currency or "money", 4, (5,), last, high)
    below = HEAD_ROW + 3 + round(high / ROW_HIGH)
    sheet.sheet.add_chart(second, f"{_LEFT}{below}")
    sheet.sheet.row_breaks.append(Break(id=below - 1))


def _row(node: NodeRow, row: int) -> tuple[Formula, ...]:
    ttr, tts, risk = known(node.ttr), known(node.tts), known(node.margin_at_risk)
    return (
        Formula(labelled(f"Nodes!A{row}", {"TTR": f"Nodes!E{row}", "TTS": f"Nodes!I{row}"}),
                cell_text(node.name) + _said("TTR", ttr) + _said("TTS", tts)),
        Formula(f"=Nodes!E{row}", ttr),
        Formula(f"=Nodes!I{row}", tts),
        Formula(labelled(f"Nodes!A{row}", {"loss": f"Nodes!M{row}"}), cell_text(node.name) + _said("loss", risk)),
        Formula(f"=Nodes!M{row}", risk),
    )  # fmt: skip


def _said(name: str, value: float | str) -> str:
    return f", {name} {value}" if value in (UNKNOWN, NO_LIMIT) else ""


def _bars(sheet: Sheet, title: str, unit: str, names: int, columns: Sequence[int], last: int, high: float) -> BarChart:
    """Return bars that lie, the first node on top, with a title, named axes and the numbers at the bars."""
    chart: Any = BarChart()
    chart.type, chart.grouping, chart.style = "bar", "clustered", 10
    chart.title, chart.width, chart.height = title, WIDE, high
    for column in columns:
        chart.add_data(Reference(sheet.sheet, min_col=column, min_row=HEAD_ROW, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet.sheet, min_col=names, min_row=FIRST_ROW, max_row=last))
    for series, colour in zip(chart.series, (DARK, LIGHT), strict=False):
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = DARK
    chart.gapWidth = 60
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.title, chart.y_axis.title = "Node", unit[:1].upper() + unit[1:]
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.crosses, chart.y_axis.scaling.min = "max", 0  # the numbers below the last node
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    chart.y_axis.number_format = "#,##0"
    chart.legend.position = "b"
    if len(columns) == 1:
        chart.legend = None
    return _numbered(chart, "#,##0.0;;" if unit == "weeks" else "#,##0;;")


def _numbered(chart: Any, kind: str) -> BarChart:
    """Return a chart with numbers at its bars; text and nought have no bar, and no number either."""
    labels = DataLabelList()
    labels.showVal, labels.numFmt = True, kind
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    chart.dataLabels = labels
    return chart  # type: ignore[no-any-return]
