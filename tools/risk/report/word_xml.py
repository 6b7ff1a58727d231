"""The parts of a Word document that its library has no call for: tables in one go, fields, bookmarks, contents."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from tools.risk.report.blocks import Column, Table
from tools.risk.report.untrusted import clean
from tools.risk.report.words import unbroken

TWENTIETHS = 635
"""Units of a picture's size in a twentieth of a point, in which tables are measured."""
CELL_SIZE = "17"
"""Half points."""
SPLIT_FROM = 600
"""Letters of a cell from which its row may run over a page."""


def element(tag: str, /, *children: Any, **attributes: str) -> Any:
    """Return an element of the document's own namespace."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    for child in children:
        made.append(child)
    return made


def table_element(table: Table, width: int) -> Any:
    """Return a table of a width; building it whole is many times faster than cell by cell through the library."""
    whole = sum(column.width for column in table.columns)
    widths = [int(width / TWENTIETHS * column.width / whole) for column in table.columns]
    lines = [element(f"w:{side}", val="single", sz="4", space="0", color="9AA5B1") for side in _SIDES]
    properties = element(
        "w:tblPr",
        element("w:tblW", w=str(sum(widths)), type="dxa"),
        element("w:tblBorders", *lines),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", element("w:left", w="60", type="dxa"), element("w:right", w="60", type="dxa")),
        element(
            "w:tblLook", firstRow="1" if table.heads else "0", firstColumn="0" if table.heads else "1", noHBand="1"
        ),
        element("w:tblCaption", val=clean(table.caption)),
    )
    made = element("w:tbl", properties, element("w:tblGrid", *(element("w:gridCol", w=str(one)) for one in widths)))
    if table.heads:
        heads = [column.head for column in table.columns]
        made.append(_row(heads, table.columns, widths, head=True, first_bold=True, keep=True))
    for place, row in enumerate(table.rows, 1):
        keep = table.small and place < len(table.rows)
        made.append(_row(row, table.columns, widths, head=False, first_bold=not table.heads, keep=keep))
    return made


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _row(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], *, head: bool, first_bold: bool, keep: bool
) -> Any:
    properties = element("w:trPr")
    if max(map(len, texts), default=0) < SPLIT_FROM:
        properties.append(element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    row = element("w:tr", properties)
    for place, (text, column, width) in enumerate(zip(texts, columns, widths, strict=True)):
        row.append(_cell(text, width, column.align == "right", head, head or (first_bold and place == 0), keep))
    return row


def _cell(text: str, width: int, right: bool, head: bool, bold: bool, keep: bool) -> Any:
    about = element("w:tcPr", element("w:tcW", w=str(width), type="dxa"))
    if head:
        about.append(element("w:shd", val="clear", color="auto", fill="DFE5EB"))
    layout = element("w:pPr", element("w:spacing", before="30", after="30"))
    if keep:
        layout.insert(0, element("w:keepNext"))
    if right:
        layout.append(element("w:jc", val="right"))
    looks = element("w:rPr")
    if bold:
        looks.append(element("w:b"))
    looks.append(element("w:sz", val=CELL_SIZE))
    run = element("w:r", looks)
    for number, line in enumerate(unbroken(clean(text)).split("\n")):
        if number:
            run.append(element("w:br"))
        run.append(_text(line))
    return element("w:tc", about, element("w:p", layout, run))


def _text(line: str) -> Any:
    made = element("w:t")
    made.text = line
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def add_field(paragraph: DocxParagraph, code: str, shown: str) -> None:
    """Add a field, such as the number of the page, with what is shown until the reader's program works it out."""
    field = element("w:fldSimple", element("w:r", _text(shown)), instr=code)
    paragraph._p.append(field)


def bookmark(paragraph: DocxParagraph, name: str, number: int) -> None:
    """Set a bookmark around a paragraph's text."""
    properties = paragraph._p.pPr
    at = 0 if properties is None else list(paragraph._p).index(properties) + 1
    paragraph._p.insert(at, element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def add_contents(document: Docx, entries: Sequence[tuple[str, str, int]]) -> None:
    """Add a table of contents: a field that Word can renew, already filled with links to the headings.

    It shows no page numbers (switch \\n), so that it is right as it stands, in every program.
    """
    for place, (mark, text, level) in enumerate(entries):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        paragraph.paragraph_format.left_indent = 180_000 * (level - 1)
        if place == 0:
            for part in (
                element("w:fldChar", fldCharType="begin"),
                _code(),
                element("w:fldChar", fldCharType="separate"),
            ):
                paragraph._p.append(element("w:r", part))
        run = element("w:r", _text(text))
        paragraph._p.append(element("w:hyperlink", run, anchor=mark, history="1"))
        if place == len(entries) - 1:
            paragraph._p.append(element("w:r", element("w:fldChar", fldCharType="end")))


def _code() -> Any:
    made = element("w:instrText")
    made.text = ' TOC \\o "1-2" \\h \\n '
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made
