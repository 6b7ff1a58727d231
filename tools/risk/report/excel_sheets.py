"""The workbook's sheets of nodes, concentration and suppliers."""

from tools.risk.report.content import Report
from tools.risk.report.excel_formulas import gap, margin_at_risk, state, time_to_survive
from tools.risk.report.excel_sheet import (
    FIRST_ROW,
    MONEY,
    POINTS,
    SHARE,
    WEEKS,
    WHOLE,
    Formula,
    Head,
    Sheet,
    Value,
    known,
)
from tools.risk.report.layout_exposure import sources_text
from tools.risk.report.rows import NodeRow
from tools.risk.report.words import STATE_WORDS, UNKNOWN

LOSS_LIMIT, DAYS_LIMIT = "Summary!$B$8", "Summary!$B$9"


def nodes(sheet: Sheet, report: Report) -> int:
    """Write the nodes with live TTS, gap, margin at risk and state; return the last row."""
    money = f" ({report.currency})" if report.currency else ""
    heads = (
        Head("Node", 32),
        Head("Kind", 10),
        Head("Category", 18),
        Head("Critical", 9),
        Head("TTR (weeks)", 11, WEEKS),
        Head("Basis of TTR", 14),
        Head("Cover (weeks)", 11, WEEKS),
        Head("Alternates' share", 11, SHARE),
        Head("TTS (weeks)", 11, WEEKS),
        Head("Gap (weeks)", 11, WEEKS),
        Head(f"Margin a week{money}", 14, MONEY),
        Head("Share affected", 11, SHARE),
        Head(f"Margin at risk{money}", 15, MONEY),
        Head("State", 17),
        Head("Sources", 34),
        Head("Top country", 16),
        Head("Its share", 10, SHARE),
        Head("Switch (weeks)", 10, WEEKS),
        Head("Not known", 36),
        Head("Evidence", 40),
    )
    note = (
        "TTS, gap, margin at risk and state are formulas: change an input and they follow. What is not known says so."
    )
    sheet.title("Nodes and their exposure", note)
    rows = [_node(node, row) for row, node in enumerate(report.nodes, FIRST_ROW)]
    last = sheet.table(heads, rows)
    sheet.between(f"E{FIRST_ROW}:E{last} G{FIRST_ROW}:G{last} R{FIRST_ROW}:R{last}", 0, 520, "weeks from 0 to 520")
    sheet.between(f"H{FIRST_ROW}:H{last} L{FIRST_ROW}:L{last}", 0, 1, "a share from 0 % to 100 %")
    return last


def _node(node: NodeRow, row: int) -> tuple[Value, ...]:
    return (
        node.name,
        node.kind,
        node.category,
        "yes" if node.critical else "no",
        known(node.ttr),
        node.ttr_basis or UNKNOWN,
        known(node.cover),
        "none stated" if node.alternate_share is None else node.alternate_share,
        Formula(time_to_survive(f"G{row}", f"H{row}"), known(node.tts)),
        Formula(gap(f"E{row}", f"I{row}"), known(node.gap)),
        known(node.margin_per_week),
        "all, none stated" if node.share_affected is None else node.share_affected,
        Formula(margin_at_risk(f"J{row}", f"H{row}", f"K{row}", f"L{row}"), known(node.margin_at_risk)),
        Formula(state(f"J{row}", f"M{row}", LOSS_LIMIT, DAYS_LIMIT), STATE_WORDS[node.state]),
        sources_text(node),
        node.top_country or UNKNOWN,
        known(node.top_country_share),
        known(node.switch),
        "; ".join(node.missing),
        node.evidence,
    )


def concentration(sheet: Sheet, report: Report) -> int:
    """Write the concentration of each critical category with live HHI and top share; return the last row."""
    heads = (
        Head("No.", 6, WHOLE),
        Head("Category", 26),
        Head("HHI (points)", 12, POINTS),
        Head("Top supplier", 28),
        Head("Its share", 10, SHARE),
        Head("Top country", 18),
        Head("Its share", 10, SHARE),
        Head("Single-sourced nodes", 34),
        Head("Weighed by", 26),
        Head("Above caps of the scope", 26),
        Head("Not known, and doubts", 60),
    )
    end = FIRST_ROW + max(1, sum(len(one.holders) for one in report.categories)) - 1
    keys, shares, squares = (f"Suppliers!${at}${FIRST_ROW}:${at}${end}" for at in "AFG")
    rows: list[tuple[Value, ...]] = []
    for number, one in enumerate(report.categories, 1):
        at = FIRST_ROW + number - 1
        hhi = None if one.hhi is None else Formula(f"=SUMIFS({squares},{keys},A{at})", one.hhi)
        top = one.top_supplier_share
        share = None if top is None else Formula(f"=SUMPRODUCT(MAX(({keys}=A{at})*{shares}))", top)
        caps = "; ".join(one.over)
        rows.append(
            (
                number,
                one.category,
                hhi or UNKNOWN,
                one.top_supplier or UNKNOWN,
                share or UNKNOWN,
                one.top_country or UNKNOWN,
                known(one.top_country_share),
                ", ".join(one.single_sourced),
                one.weighting,
                caps,
                "; ".join((*one.missing, *one.warnings)),
            )
        )
    sheet.title(
        "Concentration by critical category", "HHI is computed from the sheet Suppliers; 10,000 is a single supplier."
    )
    return sheet.table(heads, rows, frozen=2)


def suppliers(sheet: Sheet, report: Report) -> int:
    """Write the suppliers' weights within each category, with live shares; return the last row."""
    heads = (
        Head("Category no.", 9, WHOLE),
        Head("Category", 26),
        Head("Supplier", 34),
        Head("Weight", 14, "#,##0.000"),
        Head("Weight is", 30),
        Head("Share", 10, SHARE),
        Head("(100 × share)²", 14, POINTS),
    )
    end = FIRST_ROW + max(1, sum(len(one.holders) for one in report.categories)) - 1
    rows: list[tuple[Value, ...]] = []
    for number, one in enumerate(report.categories, 1):
        for holder in one.holders:
            at = FIRST_ROW + len(rows)
            total = f"SUMIFS($D${FIRST_ROW}:$D${end},$A${FIRST_ROW}:$A${end},A{at})"
            whole = total if one.by_spend else f"MAX(1,{total})"
            share = holder.weight / one.whole if one.whole else 0.0
            words = (
                f"money a year{f', {report.currency}' if report.currency else ''}"
                if one.by_spend
                else "share of supply"
            )
            rows.append(
                (
                    number,
                    one.category,
                    holder.supplier,
                    holder.weight,
                    words,
                    Formula(f"=D{at}/{whole}", share),
                    Formula(f"=(100*F{at})^2", (100 * share) ** 2),
                )
            )
    sheet.title("Suppliers within each category", "Weights are inputs; shares and their squares are formulas.")
    return sheet.table(heads, rows, frozen=3)
