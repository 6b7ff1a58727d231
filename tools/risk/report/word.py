"""The report as a Word document: real headings, linked contents, repeated table heads, alt text, page numbers."""

from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from tools.risk.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Table
from tools.risk.report.content import Report
from tools.risk.report.layout import blocks, opening
from tools.risk.report.sections import Section, sections
from tools.risk.report.untrusted import clean, one_line, short
from tools.risk.report.word_xml import add_contents, add_field, bookmark, element, table_element

PAGE = (Mm(210), Mm(297))
MARGIN = Mm(18)
LONGEST_PROPERTY = 255


def as_word(report: Report) -> bytes:
    """Return the report as a Word file (.docx) of A4 pages, upright but for wide tables."""
    document = Document()
    _looks(document)
    _properties(document, report)
    parts = sections(blocks(report))
    document.add_paragraph(one_line(report.title), "Title")
    for line in opening(report):
        document.add_paragraph(line, "Subtitle")
    headings = [one for part in parts for one in part.blocks if isinstance(one, Heading) and one.level <= 2]
    add_contents(document, [(f"part_{number}", one_line(one.text), one.level) for number, one in enumerate(headings)])
    writer = _Writer(document)
    for number, part in enumerate(parts):
        _turn(document, part, first=number == 0)
        for block in part.blocks:
            writer.write(block, part.wide)
    _edges(document, report)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, document: Docx):
        self.document = document
        self.marks = 0

    def write(self, block: Block, wide: bool) -> None:
        """Add a block at the end of the document."""
        match block:
            case Heading():
                heading = self.document.add_heading(one_line(block.text), block.level)
                heading.paragraph_format.page_break_before = block.new_page or None
                if block.level <= 2:
                    bookmark(heading, f"part_{self.marks}", self.marks)
                    self.marks += 1
            case Paragraph():
                paragraph = self.document.add_paragraph()
                _add(paragraph, block.text, italic=block.kind == "note")
            case Bullets():
                for item in block.items:
                    _add(self.document.add_paragraph(style="List Bullet"), item)
            case Table():
                self._table(block, wide)
            case Picture():
                self._picture(block, wide)

    def _table(self, table: Table, wide: bool) -> None:
        _add(self.document.add_paragraph(style="Caption"), table.caption)
        body = self.document.element.body
        body.insert(len(body) - 1, table_element(table, _width(wide)))
        _thin(self.document.add_paragraph(), Pt(6))

    def _picture(self, picture: Picture, wide: bool) -> None:
        caption = self.document.add_paragraph(style="Caption")
        _add(caption, picture.caption)
        shape = self.document.add_picture(BytesIO(picture.draw()), width=_width(wide))
        tallest = Mm(225)
        if shape.height > tallest:
            shape.width, shape.height = int(shape.width * tallest / shape.height), tallest
        about = shape._inline.docPr
        about.set("descr", one_line(picture.alt))
        about.set("title", one_line(picture.caption))


def _add(paragraph: DocxParagraph, text: str, italic: bool = False) -> None:
    run = paragraph.add_run(clean(text))
    run.italic = italic or None


def _width(wide: bool) -> int:
    return int((PAGE[1] if wide else PAGE[0]) - 2 * MARGIN)


def _thin(paragraph: DocxParagraph, height: Length) -> None:
    """Make a paragraph that only keeps things apart so thin that it never takes a page of its own."""
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(0), Pt(0), height


def _turn(document: Docx, part: Section, first: bool) -> None:
    section = document.sections[0] if first else document.add_section(WD_SECTION.NEW_PAGE)
    if not first:
        _thin(document.paragraphs[-1], Pt(1))
    section.orientation = WD_ORIENT.LANDSCAPE if part.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = PAGE[::-1] if part.wide else PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = Mm(9)


def _edges(document: Docx, report: Report) -> None:
    """Put the title above and the number of the page below, for all sections, which take them from the first."""
    header = document.sections[0].header.paragraphs[0]
    header.text = f"{short(report.title, 80)}, report of {report.on.isoformat()}"
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Page ")
    add_field(footer, "PAGE", "1")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES", "1")


def _looks(document: Docx) -> None:
    ink = RGBColor(0x1A, 0x1A, 0x1A)
    sizes = {
        "Normal": 10,
        "Title": 22,
        "Subtitle": 11,
        "Heading 1": 16,
        "Heading 2": 12,
        "Heading 3": 10.5,
        "Caption": 9,
        "Header": 8,
        "Footer": 8,
    }
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), ink
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), "Calibri")
        if name not in ("Normal", "Header", "Footer"):
            style.paragraph_format.keep_with_next = True
    document.styles["Subtitle"].font.italic = False
    language = element("w:lang", val="en-GB", eastAsia="en-GB", bidi="en-GB")
    document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).append(language)


def _properties(document: Docx, report: Report) -> None:
    made = datetime.combine(report.on, time(), UTC)
    known = document.core_properties
    known.title = short(report.title, LONGEST_PROPERTY)
    known.subject = "Supply chain risk review"
    known.author, known.comments, known.keywords, known.language = "", "", "", "en-GB"
    known.created = known.modified = made.replace(tzinfo=None)
