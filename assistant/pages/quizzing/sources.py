"""Citations of an explanation as links that open the passage beside it."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote, unquote

from assistant.answer import Citation
from assistant.pages.markup import literal

MARK = "#source-"
LONGEST_ASKED = 8000


def chip(citation: Citation) -> str:
    """Return the numbered link that stands for [n] in a text."""
    where = literal(f"{citation.title}, {citation.section}")
    return (
        f'<a class="cite" href="{escape(address(citation))}" title="{where}"><span class="unseen">Source </span>'
        f'{citation.number}<span class="unseen">: {where}</span></a>'
    )


def listed(citations: Iterable[Citation]) -> list[dict[str, str | int]]:
    """Return the sources below a text: number, title, section and address."""
    return [
        {"number": one.number, "title": one.title, "section": one.section, "href": address(one)} for one in citations
    ]


def address(citation: Citation) -> str:
    """Return the link to a passage; it holds all that is needed to show it."""
    return MARK + "/".join(quote(part, safe="") for part in (citation.title, citation.section, citation.quote))


def asked_for(told: str) -> Citation | None:
    """Return the passage that a link leads to, without its mark; None where it is not such a link."""
    parts = [unquote(part) for part in told[:LONGEST_ASKED].split("/")]
    if len(parts) != 3:
        return None
    return Citation(number=1, title=parts[0], section=parts[1], quote=parts[2], locator="")
