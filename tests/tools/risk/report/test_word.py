"""The Word document: its structure is what a screen reader and Word's own functions expect."""

from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from tests.tools.risk.report import samples
from tools.risk.report import as_word


@cache
def document() -> Docx:
    return Document(BytesIO(as_word(samples.full_report())))


def test_headings_have_heading_styles() -> None:
    parts = [one.text for one in document().paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert [part[:2] for part in parts] == [f"{number}." for number in range(1, 10)]
    assert any(one.style is not None and one.style.name == "Title" for one in document().paragraphs)


def test_the_contents_link_to_bookmarks_that_exist() -> None:
    body = document().element.body
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    assert len(links) > 20
    assert set(links) == marks
    codes = [one.text for one in body.iter(qn("w:instrText"))]
    assert codes == [' TOC \\o "1-2" \\h \\n ']
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_heads_of_tables_repeat_and_every_table_has_a_caption() -> None:
    tables = list(document().element.body.iter(qn("w:tbl")))
    repeated = [
        one for one in tables if next(one.iter(qn("w:tr"))).find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert len(repeated) >= 15
    assert all(one.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val")) for one in tables)


def test_pictures_have_alternative_text() -> None:
    pictures = list(document().element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 5
    assert all(len(one.get("descr")) > 60 for one in pictures)


def test_wide_tables_stand_on_pages_on_their_side_and_the_rest_does_not() -> None:
    turns = [section.orientation for section in document().sections]
    assert turns == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in document().sections:
        assert (section.page_width > section.page_height) == (section.orientation == WD_ORIENT.LANDSCAPE)


def test_pages_are_numbered_and_language_and_title_are_set() -> None:
    footer = document().sections[0].footer._element
    assert [one.get(qn("w:instr")) for one in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert document().core_properties.title == "Pump factory, supply chain risk review 2026"
    assert document().core_properties.language == "en-GB"
    assert [one.get(qn("w:val")) for one in document().styles.element.iter(qn("w:lang"))][-1] == "en-GB"
