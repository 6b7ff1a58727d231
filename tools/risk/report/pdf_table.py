"""Tables of the PDF: heads repeated on each page, and rows parted that are taller than a page."""

from collections.abc import Callable, Iterator, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, LongTable
from reportlab.platypus import Paragraph as Words

from tools.risk.report.blocks import Table
from tools.risk.report.fonts import drawable
from tools.risk.report.pdf_styles import CELL, CELL_HEAD, HEAD, LINE, NUMBER, NUMBER_HEAD
from tools.risk.report.untrusted import clean
from tools.risk.report.words import unbroken

Markup = Callable[[str], str]
ROOM = 7.0
"""Points that a cell leaves free at its sides, and a little more."""
MOST_LINES = 24
"""Of a cell before its row is parted: with lines that words leave half empty, still less than a page on its side."""


def table_of(table: Table, width: float, markup: Markup) -> Flowable:
    """Return a table over the whole width."""
    whole = sum(column.width for column in table.columns)
    widths = [width * column.width / whole for column in table.columns]
    body = [NUMBER if column.align == "right" else CELL for column in table.columns]
    rows: list[list[Flowable | str]] = []
    looks: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
    ]
    right = [place for place, column in enumerate(table.columns) if column.align == "right"]
    looks += [
        ("FONT", (0, 0), (-1, -1), CELL.fontName, CELL.fontSize, CELL.leading),
        *(("ALIGN", (place, 0), (place, -1), "RIGHT") for place in right),
    ]
    if table.heads:
        heads = [NUMBER_HEAD if column.align == "right" else CELL_HEAD for column in table.columns]
        rows.append([Words(markup(column.head), head) for column, head in zip(table.columns, heads, strict=True)])
        looks.append(("BACKGROUND", (0, 0), (-1, 0), HEAD))
    else:
        body[0] = CELL_HEAD
    for row in table.rows:
        for part in parted(row, widths):
            cells = zip(part, body, widths, strict=True)
            rows.append([_cell(unbroken(text), style, width, markup) for text, style, width in cells])
    drawn = LongTable(rows, colWidths=widths, repeatRows=1 if table.heads else 0, splitByRow=1)
    drawn.setStyle(looks)
    return drawn


def _cell(text: str, style: ParagraphStyle, width: float, markup: Markup) -> Flowable | str:
    """Return a cell: plain text where it fits on its line, which is many times faster to set than a paragraph."""
    plain = style in (CELL, NUMBER) and "\n" not in text and drawable().issuperset(text)
    if plain and clean(text) == text and pdfmetrics.stringWidth(text, style.fontName, style.fontSize) < width - ROOM:
        return text
    return Words(markup(text), style)


def parted(row: Sequence[str], widths: Sequence[float]) -> Iterator[list[str]]:
    """Yield a row as one row, or as several under each other where a cell would not fit on a page."""
    pieces = [list(_pieces(text, _letters(text, width))) for text, width in zip(row, widths, strict=True)]
    for place in range(max(map(len, pieces), default=0)):
        yield [cell[place] if place < len(cell) else "" for cell in pieces]


def _letters(text: str, width: float) -> int:
    """Return how many letters of a text go on a line of a cell."""
    if not text:
        return 1
    letter = pdfmetrics.stringWidth(text, CELL_HEAD.fontName, CELL.fontSize) / len(text)
    return max(2, int((width - ROOM) / max(letter, 2.0)))


def _pieces(text: str, letters: int) -> Iterator[str]:
    """Yield a cell's text in pieces of at most MOST_LINES lines of so many letters, parted at words where it can be."""
    most = MOST_LINES * letters
    if len(text) <= most and text.count("\n") < MOST_LINES:
        yield text
        return
    piece: list[str] = []
    used = 0
    for part in text.split("\n"):
        line = part
        while True:
            room = most - used
            if len(line) <= room:
                piece.append(line)
                used += max(letters, -(-len(line) // letters) * letters)
                break
            cut = line.rfind(" ", room // 2, room)
            cut = room if cut < 0 else cut
            if cut > 0:
                piece.append(line[:cut])
            yield "\n".join(piece)
            piece, used, line = [], 0, line[cut:].lstrip()
        if used >= most:
            yield "\n".join(piece)
            piece, used = [], 0
    if piece:
        yield "\n".join(piece)
