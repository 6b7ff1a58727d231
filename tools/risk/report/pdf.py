"""The report as PDF: embedded fonts, bookmarks, a table of contents, page x of y, tables that run over pages."""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Words
from reportlab.platypus.tableofcontents import TableOfContents

from tools.risk.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Table
from tools.risk.report.content import Report
from tools.risk.report.fonts import FACES, NOT_DRAWN, drawable, face
from tools.risk.report.layout import blocks, opening
from tools.risk.report.pdf_styles import BODY, BULLET, CAPTION, HEADINGS, LEAD, NOTE, SMALL, TITLE, contents_styles
from tools.risk.report.pdf_table import table_of
from tools.risk.report.sections import sections
from tools.risk.report.untrusted import clean, one_line, short

MARGIN = 18 * mm
PLACE = 12 * mm
"""Of header and footer, from the edge."""
WAITING = 15 * mm
"""Of a heading or a first sentence, about."""
HAN, HANGUL = "STSong-Light", "HYSMyeongJo-Medium"
IN_CONTENTS = 2
"""Levels of headings that stand in the table of contents."""
LACKING = (
    f"The fonts of this PDF lack some characters of the texts entered; each is shown as {NOT_DRAWN}. The other formats "
    "of this report have them."
)
_REGISTERING = Lock()


def as_pdf(report: Report) -> bytes:
    """Return the report as a PDF file of A4 pages."""
    _fonts()
    writer = _Writer()
    story = list(writer.story(report))
    out = BytesIO()
    _Document(out, report).multiBuild(story)
    return out.getvalue()


class _Writer:
    """Turns blocks into flowables, and notes whether a character could not be drawn."""

    def __init__(self) -> None:
        self.lacking = False

    def story(self, report: Report) -> Iterator[Flowable]:
        body = list(self._body(report))
        headings = [one for one in body if isinstance(one, _Heading) and one.level <= IN_CONTENTS]
        yield Words(self.markup(report.title), TITLE)
        for line in opening(report):
            yield Words(self.markup(line), SMALL)
        yield Spacer(1, 6 * mm)
        contents = TableOfContents(dotsMinLevel=0)
        contents.levelStyles = contents_styles()
        for number, heading in enumerate(headings):
            # With as many entries as there will be, pages are right after one build, and a second only fills them in.
            contents.addEntry(heading.level - 1, escape(heading.plain[:60]), 1, f"part-{number}")
        yield contents
        if self.lacking:
            yield Words(escape(LACKING), NOTE)
        yield from body

    def _body(self, report: Report) -> Iterator[Flowable]:
        for number, section in enumerate(sections(blocks(report))):
            yield NextPageTemplate("wide" if section.wide else "upright")
            # The first section follows the contents on the title's page where it fits.
            yield PageBreak() if number else CondPageBreak(90 * mm)
            width = (A4[1] if section.wide else A4[0]) - 2 * MARGIN
            waiting: list[Flowable] = []
            headed = False
            for block in section.blocks:
                drawn = self._block(block, width)
                if isinstance(block, Heading):
                    if waiting and not headed:
                        yield CondPageBreak(WAITING * len(waiting))
                        yield from waiting
                        waiting = []
                    if block.new_page:
                        yield CondPageBreak(0.9 * ((A4[0] if section.wide else A4[1]) - 2 * MARGIN))
                if isinstance(block, Heading) or (headed and isinstance(block, Paragraph)):
                    waiting += drawn
                    headed = isinstance(block, Heading)
                    continue
                # A heading and its first sentence stay with the beginning of what follows, a caption with its table.
                yield CondPageBreak(_beginning(block, drawn) + WAITING * len(waiting))
                yield from (*waiting, *drawn)
                waiting, headed = [], False
            yield from waiting

    def _block(self, block: Block, width: float) -> list[Flowable]:
        match block:
            case Heading():
                return [_Heading(self.markup(block.text), block)]
            case Paragraph():
                return [Words(self.markup(block.text), {"body": BODY, "note": NOTE, "lead": LEAD}[block.kind])]
            case Bullets():
                return [Words(self.markup(item), BULLET, bulletText="•") for item in block.items]
            case Table():
                caption = Words(self.markup(block.caption), CAPTION)
                return [caption, table_of(block, width, self.markup), Spacer(1, 4 * mm)]
            case Picture():
                return self._picture(block, width)

    def _picture(self, picture: Picture, width: float) -> list[Flowable]:
        drawn = picture.draw()
        image = Image(BytesIO(drawn))
        scale = min(width / image.imageWidth, 200 * mm / image.imageHeight)
        image.drawWidth, image.drawHeight = image.imageWidth * scale, image.imageHeight * scale
        return [Words(self.markup(picture.caption), CAPTION), image, Spacer(1, 4 * mm)]

    def markup(self, text: str) -> str:
        """Return text for a paragraph: markup escaped, line ends kept, other scripts in a font that has them."""
        text = clean(text)
        if text.isascii():
            return escape(text).replace("\n", "<br/>")
        known, parts = drawable(), []
        for one in text:
            font = "" if one in known else _font_of(one)
            if not font and one not in known:
                self.lacking = True
                one = NOT_DRAWN  # noqa: PLW2901
            parts.append(f'<font name="{font}">{one}</font>' if font else escape(one))
        return "".join(parts).replace("\n", "<br/>")


class _Heading(Words):  # type: ignore[misc]
    """A heading that knows what to say in the bookmarks."""

    def __init__(self, markup: str, heading: Heading):
        super().__init__(markup, HEADINGS[heading.level])
        self.level, self.plain = heading.level, one_line(heading.text)


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Pages with header, footer, bookmarks and contents; built at least twice, so that the number of pages is known."""

    def __init__(self, out: BytesIO, report: Report):
        self._title = one_line(report.title)
        self._on = report.on.isoformat()
        self._pages = 0
        self._marks = 0
        super().__init__(
            out,
            pagesize=A4,
            title=self._title,
            subject="Supply chain risk review",
            author="",
            creator="",
            lang="en-GB",
            displayDocTitle=True,
        )
        self.addPageTemplates([self._template("upright", A4), self._template("wide", landscape(A4))])

    def _template(self, name: str, size: tuple[float, float]) -> PageTemplate:
        frame = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - 2 * MARGIN, 0, 0, 0, 0, id=name)
        return PageTemplate(name, [frame], onPage=self._edges, pagesize=size)

    def _edges(self, canvas: Canvas, document: Any) -> None:
        width, height = canvas._pagesize
        canvas.saveState()
        canvas.setFont("Report", 7.5)
        canvas.setFillColor(colors.HexColor("#444444"))
        if document.page > 1:
            canvas.drawString(MARGIN, height - PLACE, _fitting(self._title, width - 2 * MARGIN - 60 * mm))
            canvas.drawRightString(width - MARGIN, height - PLACE, f"Report of {self._on}")
        of = f" of {self._pages}" if self._pages else ""
        canvas.drawRightString(width - MARGIN, PLACE - 3 * mm, f"Page {document.page}{of}")
        canvas.restoreState()

    def beforeDocument(self) -> None:  # noqa: N802
        self._marks = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        if not isinstance(flowable, _Heading):
            return
        level = flowable.level
        self._marks += 1
        key = f"part-{self._marks}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.plain, key, level - 1, closed=level > 1)
        if level <= IN_CONTENTS:
            self.notify("TOCEntry", (level - 1, escape(_fitting(flowable.plain, 130 * mm)), self.page, key))

    def _endBuild(self) -> None:  # noqa: N802
        self._pages = self.page
        super()._endBuild()


def _beginning(block: Block, drawn: Sequence[Flowable]) -> float:
    """Return the room that the beginning of a block needs on its page."""
    if isinstance(block, Picture):
        return float(sum(one.drawHeight + 16 * mm for one in drawn if isinstance(one, Image)))
    if isinstance(block, Table):
        return float(max(42 * mm, (14 + 8 * len(block.rows)) * mm if block.small else 0))
    return float(14 * mm)


def _fitting(text: str, width: float) -> str:
    """Return text on one line, cut to a width at the size of header and footer."""
    known = drawable()
    line = "".join(one if one in known else NOT_DRAWN for one in short(text, 200))
    while line and pdfmetrics.stringWidth(line, "Report", 7.5) > width:
        line = line[:-2] + "…" if line.endswith("…") else line[:-1] + "…"
    return line


def _font_of(one: str) -> str:
    """Return the reader's own font for a Chinese, Japanese or Korean character, "" for any other."""
    code = ord(one)
    if 0xAC00 <= code <= 0xD7A3:
        return HANGUL
    return HAN if 0x3000 <= code <= 0x30FF or 0x4E00 <= code <= 0x9FFF or 0xFF01 <= code <= 0xFF5E else ""


@cache
def _fonts() -> None:
    with _REGISTERING:
        for name in FACES:
            pdfmetrics.registerFont(TTFont(name, str(face(name))))
        pdfmetrics.registerFontFamily(
            "Report", normal="Report", bold="Report-Bold", italic="Report-Italic", boldItalic="Report-BoldItalic"
        )
        for name in (HAN, HANGUL):
            pdfmetrics.registerFont(UnicodeCIDFont(name))
