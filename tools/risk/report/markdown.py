"""The report as Markdown: headings, lists and tables; no text of a user becomes markup, a link or a picture."""

import re
from collections.abc import Iterator

from tools.risk.report.blocks import Block, Bullets, Heading, Paragraph, Picture, Table
from tools.risk.report.content import Report
from tools.risk.report.layout import blocks, opening
from tools.risk.report.untrusted import clean, one_line

CHARTS = (
    "The charts as pictures stand in this report as Word, PDF and Excel, and on the review's page under Charts. Here "
    "they are tables, with bars of the same numbers."
)
_MARKUP = re.compile(r"([\\`*_{}\[\]#|~$^])")
_BEGINS = re.compile(r"^(\s*)([-+=:])|^(\s*\d+)([.)])", re.MULTILINE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "\0": "&#"}
_ADDRESS = re.compile(r"\b(https?|ftp|www|mailto|xmpp)(?=[:.])", re.IGNORECASE)


def as_markdown(report: Report) -> str:
    """Return the report as Markdown with tables, as GitHub and most tools read it."""
    lines = [f"# {escaped(one_line(report.title), begins=False)}", *map(escaped, opening(report)), f"*{CHARTS}*"]
    return "\n\n".join([*lines, *(text for block in blocks(report) for text in _block(block))]) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {escaped(one_line(block.text), begins=False)}"
        case Paragraph():
            text = _lines(block.text)
            yield f"*{text}*" if block.kind == "note" and text else text
        case Bullets():
            yield "\n".join(f"- {escaped(one_line(item))}" for item in block.items)
        case Table():
            yield f"**{escaped(one_line(block.caption))}**"
            yield _table(block)
        case Picture():
            if block.otherwise is not None:
                yield from _block(block.otherwise)


def _table(table: Table) -> str:
    heads = [_cell(column.head) for column in table.columns]
    rules = ["---:" if column.align == "right" else "---" for column in table.columns]
    rows = [[_cell(text) for text in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rules, *rows))


def _cell(text: str) -> str:
    return "<br>".join(escaped(line.strip(), begins=False) for line in clean(text).split("\n"))


def _lines(text: str) -> str:
    return escaped(one_line(text))


def escaped(text: str, begins: bool = True) -> str:
    """Return text that Markdown shows as it stands; `begins` says whether it may begin a line.

    Characters that are markup get a backslash, those of HTML become entities, and the last letter of an address's
    scheme does too, as many readers turn bare addresses into links.
    """
    text = _ADDRESS.sub(lambda found: f"{found[0][:-1]}\0{ord(found[0][-1])};", clean(text))
    text = _MARKUP.sub(r"\\\1", text)
    if begins:
        text = _BEGINS.sub(lambda at: f"{at[1] or at[3] or ''}\\{at[2] or at[4]}", text)
    return "".join(_ENTITIES.get(one, one) for one in text)
