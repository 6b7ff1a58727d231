"""Renders Markdown from notes to HTML for pages that their own script draws; formulas are left to KaTeX."""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

import gradio as gr
from markdown_it import MarkdownIt

from assistant.pages.frame import FrameError
from assistant.pages.markup import safe

_FORMULA = re.compile(r"\\(?P<open>[\[(])(?P<latex>.+?)\\(?P<close>[\])])", re.DOTALL)
_SPECIAL = re.compile(r"[!-%'-/:<-@\[-`{-~]")  # not & and ;, of which the entities that `safe` wrote are made
_WITHIN = re.compile(r"\.([\w-]+) \.katex")
_PARAGRAPH = re.compile(r"^<p>(.*)</p>$", re.DOTALL)


def rendered(text: str, cite: Callable[[int], str | None] = lambda _number: None) -> str:
    """Return a text's Markdown as HTML that is safe to put into a page.

    Formulas become `<span class="formula">\\(...\\)</span>`, which the page's script hands to KaTeX. `cite` gives the
    HTML that stands for the marker [n], or None where the marker stays as it is.
    """
    html: str = _markdown().render(_FORMULA.sub(_held, safe(text, cite)))
    return html.strip()


def rendered_line(text: str, cite: Callable[[int], str | None] = lambda _number: None) -> str:
    """Return a text of one paragraph as HTML without the paragraph around it, for labels and headings."""
    found = rendered(text, cite)
    alone = _PARAGRAPH.match(found)
    return alone[1] if alone and found.count("<p>") == 1 else found


@cache
def formula_library() -> str:
    """Return the tags of a page's head that bring the KaTeX that Gradio serves.

    Raises:
        FrameError: when Gradio serves none.
    """
    folder = Path(gr.__file__).parent / "templates" / "frontend" / "assets"
    script, look = sorted(folder.glob("auto-render-*.js")), sorted(folder.glob("katex-*.css"))
    if not (script and look):
        raise FrameError("Gradio serves no KaTeX: install the Gradio that constraints.txt names.")
    # Gradio's rules for formulas hold within its own container only, so the formulas get that container's class.
    within = _WITHIN.search(look[0].read_text("utf-8"))
    return (
        f'<link rel="stylesheet" href="/assets/{escape(look[0].name)}" />\n'
        '\t\t<link rel="stylesheet" href="/pages/formulas.css" />\n'
        f'\t\t<meta name="formulas" content="/assets/{escape(script[0].name)}"'
        f' data-within="{escape(within[1] if within else "")}" />'
    )


def _held(found: re.Match[str]) -> str:
    """Keep a formula from Markdown: its signs become entities, which come out as they were."""
    # A blank line would end the block in which the formula stands.
    whole = " ".join(found[0].split())
    return f'<span class="formula">{_SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", whole)}</span>'


@cache
def _markdown() -> MarkdownIt:
    """Return the renderer; `safe` has taken the power of HTML, links and images from the text before."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable(["link", "image", "autolink", "reference"])
