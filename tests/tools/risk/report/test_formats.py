"""Every format says the same: the same numbers, all nine parts, and what is unknown as unknown."""

from functools import cache

import pytest

from tests.tools.risk.report import samples
from tests.tools.risk.report.reading import plain, texts
from tools.risk.report import Report, build_report
from tools.risk.report.words import UNKNOWN, money, points, score, share, weeks

FORMATS = ("Word", "PDF", "Markdown")
PARTS = (
    "1. Purpose, scope and limits", "2. Summary", "3. Exposure in numbers", "4. Results by step", "5. Risk register",
    "6. Action plan", "7. Stress tests", "8. Assumptions, formulae and sources", "9. Sign-off and next review",
)  # fmt: skip


@cache
def example() -> dict[str, str]:
    return texts(samples.full_report())


def said(report: Report) -> list[str]:
    """Return what every format has to say of a report, row by row."""
    rows = [
        node.name + node.kind + weeks(node.ttr, False) + (node.ttr_basis or UNKNOWN) + weeks(node.tts, False)
        + weeks(node.gap, False) + money(node.margin_at_risk)
        for node in report.nodes
    ]  # fmt: skip
    rows += [one.category + points(one.hhi) + one.top_supplier for one in report.categories]
    rows += [
        f"{step.number}. {step.name}{step.asked}{step.with_evidence}{step.without_evidence}{step.unknown}{step.open}"
        f"{step.disputed}{share(step.coverage)}{score(step.score)}"
        for step in report.steps
    ]
    rows += [question.id + question.ask for step in report.steps for question in step.questions]
    rows += [question.evidence for step in report.steps for question in step.questions]
    rows += [f"R{risk.number}{risk.title}" for risk in report.risks]
    rows += [f"A{action.number}{action.text}{action.owner or 'not named yet'}" for action in report.actions]
    rows += [fact.label + fact.text for run in report.stress for fact in run.findings]
    rows += [*report.findings, *report.limits, *report.data_used, *report.assumptions, *report.references]
    rows += [*report.unknowns, report.guidance, report.purpose, report.next_review.isoformat(), *report.triggers]
    return rows


@pytest.mark.parametrize("name", FORMATS)
def test_every_number_and_sentence_is_in_every_format(name: str) -> None:
    text = example()[name]
    missing = [row for row in said(samples.full_report()) if plain(row) not in text]
    # Where a table runs over a page of the PDF, a row's cells are torn apart by heads and feet; few rows are.
    assert len(missing) <= (12 if name == "PDF" else 0), missing


def test_the_numbers_of_torn_rows_are_in_the_pdf_too() -> None:
    report = samples.full_report()
    text = example()["PDF"]
    for node in report.nodes:
        assert money(node.margin_at_risk).replace(" ", "") in text
        assert plain(node.name) in text


@pytest.mark.parametrize("name", FORMATS)
def test_all_nine_parts_stand_in_order(name: str) -> None:
    for text in (example()[name], texts(build_report(samples.empty(), samples.TODAY))[name]):
        places = [text.rfind(plain(part)) for part in PARTS]
        assert -1 not in places
        assert places == sorted(places)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_review_says_that_everything_is_unknown(name: str) -> None:
    text = texts(build_report(samples.empty(), samples.TODAY))[name]
    for sentence in (
        "No node has been entered yet, so exposure is unknown: it is not low.",
        "The register has no risk yet, so there is nothing to rate: that is not a low risk.",
        "No stress test has been run yet, so what a shock would cost is unknown.",
        "coverage 0 %",
        "no score",
        "? not stated",
    ):
        assert plain(sentence) in text


@pytest.mark.parametrize("name", FORMATS)
def test_changes_since_the_last_review_are_told(name: str) -> None:
    now, before = samples.next_year()
    text = texts(build_report(now, samples.TODAY, before))[name]
    for words in (
        "Compared with “Pump factory 2025” of 2025-11-01.", "Motor controller boarddown841,984,000992,000",
        "Permanent magnetup10.616.61,339,2002,098,080", "Port cranenew–3–3,000", "EPDM gasket setgone2–297,600–",
        "Borehole casing, stainlessnow known? unknown1? unknown99,200", "12 exposures did not change.",
        "for 30 % of the volume (done)", "Name deputies for the first 48 hours and run an exercise of one hour",
    ):  # fmt: skip
        assert plain(words) in text.replace("|", ""), words


@pytest.mark.parametrize("text", [samples.HOSTILE, samples.LONG_WORD, *samples.FORMULAS[:3]])
def test_hostile_text_breaks_no_format_and_takes_nothing_away(text: str) -> None:
    for name, found in texts(build_report(samples.hostile(text), samples.TODAY)).items():
        assert plain("9. Sign-off and next review") in found, name
        assert "\u202e" not in found
        assert "\x00" not in found
        if text == samples.HOSTILE and name != "Markdown":
            for words in ("<script>alert('x')</script>", "Ωμέγα", "Жук", "Łódź", "größer"):
                assert words in found, (name, words)
