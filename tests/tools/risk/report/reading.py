"""Reads the text of each format back, in the order in which a reader meets it."""

import html
import re
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from tools.risk.report import Report, as_markdown, as_pdf, as_word


def word_text(content: bytes) -> str:
    body = Document(BytesIO(content)).element.body
    lines = ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
    return plain("\n".join(lines))


def pdf_text(content: bytes) -> str:
    return plain("\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def markdown_text(text: str) -> str:
    bars_gone = re.sub(r"(?<!\\)\|", "", text)
    return plain(html.unescape(re.sub(r"\\([^\w\s])", r"\1", bars_gone)))


def texts(report: Report) -> dict[str, str]:
    return {
        "Word": word_text(as_word(report)),
        "PDF": pdf_text(as_pdf(report)),
        "Markdown": markdown_text(as_markdown(report)),
    }


def plain(text: str) -> str:
    """Return text in which only its letters count: lines are broken at different places in each format."""
    return "".join(text.replace("<br>", "").split())
