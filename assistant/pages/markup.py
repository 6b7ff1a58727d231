"""Makes text from notes, answers and users safe and plain before the chatbot renders it as Markdown.

The page renders formulas between \\( \\) and \\[ \\] only, so that a dollar sign is never a formula by accident.
"""

import html
import re
from collections.abc import Callable

from assistant.guards import OWN_PAGE

FORMULAS: list[dict[str, str | bool]] = [
    {"left": "\\[", "right": "\\]", "display": True},
    {"left": "\\(", "right": "\\)", "display": False},
]

_TOKEN = re.compile(
    r"""
      ^[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?P<fenced>.*?)(?:^[ ]{0,3}(?P=fence)[ \t]*$|\Z)
    | (?<!`)(?P<ticks>`++)(?P<code>(?:(?!\n\n).){1,500}?)(?<!`)(?P=ticks)(?!`)
    | (?<![\\$])\$\$(?P<display>(?:(?!\n\n)[^$]){1,2000}?)\$\$
    | \\\[(?P<bracketed>(?:(?!\n\n).){1,500}?)\\\]
    | (?<![\\$\w])\$(?=[^\s$])(?P<inline>(?:[^$\n\\]|\\.){1,500}?)(?<=\S)\$(?![\d$])
    | \\\((?P<parenthesised>[^\n]{1,500}?)\\\)
    | !\[(?P<image>[^\]\[\n]{0,300})\]\([^)\n]{0,500}\)
    | (?<!\\)\[(?P<own>[^\]\[\n]{1,300})\]\((?P<page>OWN_PAGE)\)
    | (?<!\\)\[(?P<link>[^\]\[\n]{1,300})\]\([^)\n]{0,500}\)
    | (?<!\\)\[(?P<number>\d{1,3})\]
    """.replace("OWN_PAGE", OWN_PAGE),
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_AMPERSAND = re.compile(r"&(?!#?\w{1,32};)")
_DEFINITION = re.compile(r"^([ ]{0,3}\[[^\]\n]*\]):", re.MULTILINE)
_TABLE = re.compile(r"(?:^[ ]{0,3}\|[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_TABLE_BOX = '<div class="table-box" role="region" tabindex="0" title="Table">'  # scrolls by itself on a phone
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto):|\b(www)\.|@")


def literal(text: str) -> str:
    """Write text so that Markdown and HTML show it as it was typed, line for line."""
    lines = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "<br>".join(_literal_line(line) for line in lines)


def safe(text: str, cite: Callable[[int], str | None] = lambda _number: None) -> str:
    """Keep a text's Markdown and formulas, links to own pages, and nothing else that is HTML, an image or a link.

    `cite` gives the HTML that stands for the marker [n], or None where the marker stays as it is.
    """
    clean = _CONTROL.sub("", text.replace("\r\n", "\n"))
    parts: list[str] = []
    position = 0
    for match in _TOKEN.finditer(clean):
        parts += [_plain(clean[position : match.start()]), _token(match, cite)]
        position = match.end()
    joined = "".join([*parts, _plain(clean[position:])])
    return _TABLE.sub(lambda found: f"{_TABLE_BOX}\n\n{found[0].rstrip()}\n\n</div>\n", joined)


def _token(match: re.Match[str], cite: Callable[[int], str | None]) -> str:
    if match["page"]:
        return f'<a class="own-page" href="{html.escape(match["page"])}">{_literal_line(match["own"])}</a>'
    kind, content = match.lastgroup or "", match[match.lastgroup or 0]
    match kind:
        case "fenced":
            return f"\n<pre><code>{html.escape(content.rstrip())}</code></pre>\n"
        case "code":
            return f"<code>{_literal_line(content.strip())}</code>"
        case "display" | "bracketed":
            return f"\\[{html.escape(content.strip(), quote=False)}\\]"
        case "inline" | "parenthesised":
            return f"\\({html.escape(content, quote=False)}\\)"
        case "number":
            return cite(int(content)) or f"&#91;{content}&#93;"
    return _literal_line(content)


def _plain(text: str) -> str:
    """Take the power to be HTML, a link or an image from text between the tokens; entities keep its look."""
    text = _AMPERSAND.sub("&amp;", text).replace("<", "&lt;")
    text = text.replace("![", "&#33;[").replace("](", "]&#40;").replace("][", "]&#91;")
    text = _DEFINITION.sub(r"\1&#58;", text)
    return _ADDRESS.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text)


def _literal_line(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return "&nbsp;" * indent + _PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", line[indent:])
