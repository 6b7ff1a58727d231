"""The looks of the PDF: sizes, weights and distances of its paragraphs."""

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

INK = HexColor("#1a1a1a")
HEAD = HexColor("#dfe5eb")
LINE = HexColor("#9aa5b1")

BODY = ParagraphStyle("body", fontName="Report", fontSize=9.5, leading=13.5, spaceAfter=5, textColor=INK)
LEAD = ParagraphStyle("lead", BODY, fontSize=10.5, leading=15)
NOTE = ParagraphStyle("note", BODY, fontName="Report-Italic", fontSize=8.8, leading=12.5)
SMALL = ParagraphStyle("small", BODY, textColor=HexColor("#444444"))
BULLET = ParagraphStyle("bullet", BODY, leftIndent=13, bulletIndent=2, spaceAfter=3, bulletFontName="Report")
CAPTION = ParagraphStyle("caption", BODY, fontName="Report-Bold", fontSize=8.5, spaceBefore=5, spaceAfter=3)
TITLE = ParagraphStyle("title", BODY, fontName="Report-Bold", fontSize=21, leading=27, spaceAfter=6)
HEADINGS = {
    1: ParagraphStyle("h1", BODY, fontName="Report-Bold", fontSize=15, leading=20, spaceBefore=14, spaceAfter=6),
    2: ParagraphStyle("h2", BODY, fontName="Report-Bold", fontSize=11.5, leading=16, spaceBefore=10, spaceAfter=4),
    3: ParagraphStyle("h3", BODY, fontName="Report-Bold", fontSize=9.5, leading=13.5, spaceBefore=6, spaceAfter=3),
}  # fmt: skip
CELL = ParagraphStyle("cell", BODY, fontSize=7.8, leading=10.4, spaceAfter=0)
NUMBER = ParagraphStyle("number", CELL, alignment=TA_RIGHT)
CELL_HEAD = ParagraphStyle("cell head", CELL, fontName="Report-Bold")
NUMBER_HEAD = ParagraphStyle("number head", CELL_HEAD, alignment=TA_RIGHT)


def contents_styles() -> list[ParagraphStyle]:
    """Return the styles of the table of contents, one a level."""
    first = ParagraphStyle(
        "contents 1", BODY, fontName="Report-Bold", fontSize=9.5, leading=12.5, spaceAfter=0, spaceBefore=2
    )
    second = ParagraphStyle("contents 2", BODY, fontSize=8.5, leading=10.5, leftIndent=14, spaceAfter=0)
    return [first, second]
