"""The first and last sheets of the workbook: live totals with findings, then stress tests, notes and sources."""

from tools.risk.judgement import anchors
from tools.risk.report.content import Report
from tools.risk.report.excel_formulas import COVERED, GAP, OVER, counted, counted_with, if_any, over_open
from tools.risk.report.excel_sheet import DAY, FIRST_ROW, MONEY, SCORE, SHARE, WEEKS, WHOLE, Formula, Head, Sheet, Value
from tools.risk.report.layout_make_or_buy import lines_of
from tools.risk.report.words import ANSWER_WORDS, NOT_NAMED, UNKNOWN

STEPS_FROM = 31
NOTES_WIDE, STRESS_WIDE = 6, 7
"""Columns that a text is written over."""
NOT_STATED = "? not stated"
NO_SCORE = "no score"
NOT_ONE_EVENT = "margins of several nodes may be the same money, so this is no event's loss"


def summary(sheet: Sheet, report: Report, last: dict[str, int]) -> None:
    """Write the totals as formulas over the other sheets, the coverage by step, and the findings."""
    sheet.title(report.title, "Supply chain risk review. Totals are formulas over the other sheets.")
    sheet.width(1, 46)
    totals = report.totals
    state, at_risk = (f"Nodes!${at}${FIRST_ROW}:${at}${last['Nodes']}" for at in "NM")
    cost, status, due, owner = (f"Actions!${at}${FIRST_ROW}:${at}${last['Actions']}" for at in "FGDC")
    late = f"SUMPRODUCT(({status}={{}})*ISNUMBER({due})*({due}<$B$4))"
    nobody = f'SUMPRODUCT(({status}={{}})*({owner}="{NOT_NAMED}"))'
    free = f'SUMPRODUCT(({status}={{}})*({cost}="{UNKNOWN}"))'
    money = f" ({report.currency})" if report.currency else ""
    rows: list[tuple[int, str, Value, str]] = [
        (4, "Date of the report", report.on, DAY),
        (5, "Status of the review", report.status, ""),
        (6, "Revision of the review", report.revision, WHOLE),
        (8, f"Unacceptable loss in one event{money}", _stated(report.loss_limit), MONEY),
        (9, "Unacceptable stockout (days)", _stated(report.stockout_limit_days), WHOLE),
        (11, "Nodes", Formula(f"=COUNTA(Nodes!$A${FIRST_ROW}:$A${last['Nodes']})", totals.nodes), WHOLE),
        (12, "Nodes over a limit", Formula(f"={counted(state, OVER)}", totals.over_limit), WHOLE),
        (13, "Nodes with a gap, those over a limit included",
         Formula(f"={counted(state, OVER)}+{counted(state, GAP)}", totals.with_gap), WHOLE),
        (14, "Nodes covered", Formula(f"={counted(state, COVERED)}", totals.covered), WHOLE),
        (15, "Nodes unknown", Formula(f"={counted(state, UNKNOWN)}", totals.unknown), WHOLE),
        (16, f"Largest margin at risk{money}",
         Formula(if_any(at_risk, f"MAX({at_risk})"), _or_unknown(totals.largest_at_risk)), MONEY),
        (17, f"Sum of margins at risk{money}: {NOT_ONE_EVENT}",
         Formula(if_any(at_risk, f"SUM({at_risk})"), _or_unknown(totals.sum_at_risk)), MONEY),
        (18, "Nodes whose margin at risk is unknown",
         Formula(f"={counted(at_risk, UNKNOWN)}", totals.at_risk_missing), WHOLE),
        (20, "Risks in the register",
         Formula(f"=COUNTA(Register!$A${FIRST_ROW}:$A${last['Register']})", totals.risks), WHOLE),
        (21, "Open actions", Formula(f"={over_open(f'COUNTIF({status},{{}})')}", totals.actions_open), WHOLE),
        (22, "Actions done", Formula(f'=COUNTIF({status},"done")', totals.actions_done), WHOLE),
        (23, "Open actions overdue", Formula(f"={over_open(late)}", totals.actions_overdue), WHOLE),
        (24, "Open actions without an owner", Formula(f"={over_open(nobody)}", totals.actions_without_owner), WHOLE),
        (25, f"Known cost of open actions{money}",
         Formula(f"={over_open(f'SUMIFS({cost},{status},{{}})')}", totals.cost_open or 0.0), MONEY),
        (26, "Open actions whose cost is unknown", Formula(f"={over_open(free)}", totals.cost_missing), WHOLE),
    ]  # fmt: skip
    for at, label, value, kind in rows:
        sheet.label(at, label)
        sheet.put(at, 2, value, kind or "@", bold=True)
    sheet.width(2, 18)
    end = _coverage(sheet, report, last["Questions"])
    _lines(sheet, end + 2, report)
    sheet.sheet.freeze_panes = "A3"


def _coverage(sheet: Sheet, report: Report, last: int) -> int:
    heads = (
        Head("Step", 46),
        Head("Asked", 18, WHOLE),
        Head("With evidence", 15, WHOLE),
        Head("Without evidence", 15, WHOLE),
        Head("Unknown", 12, WHOLE),
        Head("Open", 12, WHOLE),
        Head("Coverage", 12, SHARE),
        Head("Maturity (0-3)", 12, SCORE),
        Head("Step no.", 9, WHOLE),
    )
    sheet.put(STEPS_FROM - 2, 1, "Coverage and maturity by step", bold=True, size=12)
    sheet.heads(STEPS_FROM - 1, heads)
    keys, states, scores = (f"Questions!${at}${FIRST_ROW}:${at}${last}" for at in "AEF")
    for at, step in enumerate(report.steps, STEPS_FROM):
        counts = (step.with_evidence, step.without_evidence, step.unknown, step.open)
        mean = f'=IFERROR(AVERAGEIFS({scores},{keys},I{at},{states},"answered*"),"{NO_SCORE}")'
        row: tuple[Value, ...] = (
            step.name,
            Formula(f"=SUMPRODUCT(--({keys}=I{at}))", step.asked),
            *(
                Formula(f"={counted_with(keys, f'I{at}', states, words)}", many)
                for words, many in zip(ANSWER_WORDS.values(), counts, strict=True)
            ),
            Formula(f"=IF(B{at}=0,0,(C{at}+D{at})/B{at})", step.coverage),
            Formula(mean, NO_SCORE if step.score is None else step.score),
            step.number,
        )
        sheet.row(at, row, heads)
    first, end = STEPS_FROM, STEPS_FROM + len(report.steps) - 1
    totals = report.totals
    sums = (totals.asked, totals.with_evidence, totals.without_evidence, totals.unknown_answers, totals.open_answers)
    mean = f'IFERROR(AVERAGEIFS({scores},{states},"answered*"),"{NO_SCORE}")'
    whole: tuple[Value, ...] = (
        "All steps",
        *(Formula(f"=SUM({at}{first}:{at}{end})", many) for at, many in zip("BCDEF", sums, strict=True)),
        Formula(f"=IF(B{end + 1}=0,0,(C{end + 1}+D{end + 1})/B{end + 1})", totals.coverage),
        Formula(f"={mean}", NO_SCORE if totals.score is None else totals.score),
        "",
    )
    sheet.row(end + 1, whole, heads, bold=True)
    return end + 1


def _lines(sheet: Sheet, at: int, report: Report) -> None:
    for title, lines in (("Findings", report.findings), ("Still unknown", report.unknowns)):
        sheet.put(at, 1, title, bold=True, size=12)
        for line in lines:
            at += 1
            sheet.line(at, line, 1, 8)
        at += 2
    if report.since is not None:
        sheet.put(at, 1, f"Changes since “{report.since.title}” of {report.since.on.isoformat()}", bold=True, size=12)
        _since(sheet, at + 1, report)


def _since(sheet: Sheet, at: int, report: Report) -> None:
    heads = (
        Head("Node", 46),
        Head("Change", 18),
        Head("Gap then (weeks)", 15, WEEKS),
        Head("Gap now (weeks)", 15, WEEKS),
        Head("Margin at risk then", 12, MONEY),
        Head("Margin at risk now", 12, MONEY),
    )
    sheet.heads(at, heads)
    for change in report.since.exposures if report.since else ():
        at += 1
        before, now = change.direction != "new", change.direction != "gone"
        row: tuple[Value, ...] = (
            change.node,
            change.direction,
            _or_unknown(change.gap_before) if before else "–",
            _or_unknown(change.gap_now) if now else "–",
            _or_unknown(change.at_risk_before) if before else "–",
            _or_unknown(change.at_risk_now) if now else "–",
        )
        sheet.row(at, row, heads)


def _stated(value: float | None) -> float | str:
    return NOT_STATED if value is None else value


def _or_unknown(value: float | None) -> float | str:
    return UNKNOWN if value is None else value


def stress(sheet: Sheet, report: Report) -> None:
    """Write the stress tests with settings, results and details, one under the other."""
    sheet.title("Stress tests", f"Next stress test: {report.next_stress.isoformat()} at the latest.")
    for column, width in enumerate((34, 26, 18, 18, 20, 20, 24), 1):
        sheet.width(column, width)
    at = FIRST_ROW
    if not report.stress:
        sheet.put(at, 1, "No stress test has been run yet, so what a shock would cost is unknown.", wrap=False)
    for run in report.stress:
        sheet.put(
            at,
            1,
            f"{run.name} ({run.kind}, {run.on.isoformat()}{f', {run.by}' if run.by else ''})",
            bold=True,
            size=12,
            wrap=False,
        )
        at += 1
        for fact in (*run.settings, *run.findings):
            sheet.put(at, 1, fact.label)
            sheet.line(at, fact.text, 2, STRESS_WIDE)
            at += 1
        if run.table:
            sheet.heads(at, [Head(head, 12) for head in run.table_heads])
            for row in run.table:
                at += 1
                sheet.row(at, row, [Head(head, 12) for head in run.table_heads])
            at += 1
        if run.exceedance:
            sheet.heads(at, (Head("Loss", 12), Head("Share of draws that lose more", 12)))
            for point in run.exceedance:
                at += 1
                sheet.put(at, 1, point.loss, MONEY)
                sheet.put(at, 2, point.probability, "0.00%")
            at += 1
        for text in (*run.warnings, *run.assumptions):
            sheet.line(at, text, 1, STRESS_WIDE)
            at += 1
        at += 1
    sheet.sheet.freeze_panes = "A3"


def notes(sheet: Sheet, report: Report) -> None:
    """Write the table of levels, then scope, people, data, limits, assumptions, formulae, sources and sign-off."""
    sheet.title("Notes", "Levels of risk by impact (rows) and likelihood (columns); the register looks them up here.")
    scales = anchors()
    likelihoods = (f"Likelihood {one}" for one in range(1, 6))
    sheet.heads(FIRST_ROW, [Head("Level", 40), *(Head(text, 14) for text in likelihoods)])
    for impact in range(1, 6):
        sheet.put(FIRST_ROW + impact, 1, f"Impact {impact}: {scales.impact[impact].anchor}")
        for likelihood in range(1, 6):
            sheet.put(FIRST_ROW + impact, 1 + likelihood, scales.levels[impact][likelihood - 1])
    at = FIRST_ROW + 7
    facts = (
        ("Scope", report.scope),
        ("People", report.people),
        ("Formulae", report.formulae),
        ("Sign-off", report.sign_off),
    )
    for title, rows in facts:
        sheet.put(at, 1, title, bold=True, size=12)
        for fact in rows:
            at += 1
            sheet.put(at, 1, fact.label)
            sheet.line(at, fact.text, 2, NOTES_WIDE)
        at += 2
    make_or_buy = tuple(f"{row.name}: {row.meaning} {row.at_which}".strip() for row in report.make_or_buy)
    make_or_buy += lines_of(report)
    texts: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Purpose", (report.purpose,)),
        ("Data used", report.data_used),
        ("Limits of this review", report.limits),
        ("Assumptions", report.assumptions),
        ("Red flags", tuple(f"{flag.about}: {flag.text}. {flag.why}" for flag in report.flags)),
        ("Shared dependence", tuple(one.depends for one in report.shared)),
        *((("Make or buy", make_or_buy),) if make_or_buy else ()),
        ("Sources", report.references),
        ("What this is", (report.guidance, f"Checklist: {report.checklist}.")),
        ("Next review", (f"{report.next_review.isoformat()} at the latest, and:", *report.triggers)),
    )
    for title, lines in texts:
        sheet.put(at, 1, title, bold=True, size=12)
        for line in lines:
            at += 1
            sheet.line(at, line, 1, NOTES_WIDE)
        at += 2
    sheet.sheet.freeze_panes = "A3"
