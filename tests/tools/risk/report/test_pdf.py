"""The PDF: title, language, bookmarks, page numbers, embedded fonts, and tables that run over pages."""

import re
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.tools.risk.report import samples
from tools.risk.report import as_pdf, build_report
from tools.risk.report.pdf_table import parted


@cache
def reader() -> PdfReader:
    return PdfReader(BytesIO(as_pdf(samples.full_report())))


def test_title_and_language_are_set() -> None:
    assert reader().metadata is not None
    assert reader().metadata.title == "Pump factory, supply chain risk review 2026"
    assert reader().trailer["/Root"]["/Lang"] == "en-GB"


def test_bookmarks_lead_to_the_nine_parts() -> None:
    parts = [one for one in reader().outline if not isinstance(one, list)]
    assert [str(one.title)[:2] for one in parts] == [f"{number}." for number in range(1, 10)]
    for one in parts:
        page = reader().get_destination_page_number(one)
        assert page is not None
        assert str(one.title) in reader().pages[page].extract_text()


def test_every_page_says_its_number_of_all() -> None:
    many = len(reader().pages)
    for number, page in enumerate(reader().pages, 1):
        assert f"Page {number} of {many}" in page.extract_text()


def test_the_contents_name_the_page_of_each_part() -> None:
    contents = "\n".join(page.extract_text() for page in reader().pages[:2])
    parts = [one for one in reader().outline if not isinstance(one, list)]
    for one in parts:
        # The line of dots and the number come before the words that they belong to.
        found = re.search(rf"(\d+)\s*{re.escape(str(one.title))}", contents)
        assert found is not None
        assert int(found[1]) == (reader().get_destination_page_number(one) or 0) + 1


def test_fonts_are_embedded() -> None:
    fonts = [font.get_object() for page in reader().pages for font in page["/Resources"]["/Font"].values()]
    used = {str(font["/BaseFont"]): font for font in fonts if "DejaVu" in str(font["/BaseFont"])}
    assert len(used) >= 2
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used.values())


def test_heads_repeat_where_a_table_runs_over_pages() -> None:
    pages = PdfReader(BytesIO(as_pdf(build_report(samples.large(120), samples.TODAY)))).pages
    with_nodes = [page.extract_text() for page in pages if page.extract_text().count("of the large list") > 15]
    wide = [text for text in with_nodes if "Basis of TTR" in text]
    assert len(wide) >= 4


def test_what_the_fonts_lack_is_said() -> None:
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(as_pdf(build_report(samples.hostile(), samples.TODAY)))).pages
    )
    assert "lack some characters" in text
    assert "lack some characters" not in "".join(page.extract_text() for page in reader().pages)


@pytest.mark.parametrize("text", ["W" * 4000, "word " * 800, "a\n" * 400, "\n" * 500, "short", ""])
def test_rows_are_parted_without_losing_a_letter(text: str) -> None:
    rows = list(parted(["1", text], [30, 90]))
    assert rows[0][0] == "1"
    assert "".join("".join(row[1] for row in rows).split()) == "".join(text.split())
    assert len(rows) == 1 or max(len(row[1]) for row in rows) < len(text)
