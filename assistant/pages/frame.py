"""Puts the product's own header, side bar and welcome around the page that Gradio serves."""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

OFFLINE = "It works offline, from its own notes."
SENT = "It works from its own notes; questions are sent to {model}, which words the answers."
NONE: Mapping[str, str] = MappingProxyType({})
PARTS = ("head.html", "top.html", "foot.html")
"""What all pages share, each in the place that is marked with its name."""


class Page(NamedTuple):
    """A page: where it is, what the others call it, and the file of its frame."""

    address: str
    name: str  # as HTML; what is in a span is left out on a phone
    file: str


PAGES = (
    Page("/", "Chat", "page.html"),
    Page("/metrics", "Metrics", "metrics.html"),
    Page("/classify", "Classify", "classify.html"),
    Page("/review", "Risk<span> review</span>", "review.html"),
    Page("/learn", "Learn", "learn.html"),
    Page("/quiz", "Quiz", "quiz.html"),
)
_DROPPED = re.compile(r"""<meta\s+(?:property|name)="(?:og|twitter):[^>]*>|<link rel="manifest"[^>]*>""")
_HEAD = re.compile(r"<head>")
_APP = re.compile(r"<gradio-app.*?</gradio-app>", re.DOTALL)


class FrameError(RuntimeError):
    """Gradio's page is not made as this version of the product expects it."""


class Frame:
    """The parts of a page's HTML, read once."""

    def __init__(self, folder: Path, model: str = "embedded", page: Page = PAGES[0], parts: Mapping[str, str] = NONE):
        text = (folder / page.file).read_text("utf-8")
        shared = {name.removesuffix(".html"): (folder / name).read_text("utf-8") for name in PARTS}
        logo = (folder / "logo.svg").read_text("utf-8").strip()
        where = OFFLINE if model == "embedded" else SENT.format(model=html.escape(model))
        for name, part in {**shared, **parts, "logo": logo, "model": where, "pages": links(page)}.items():
            text = text.replace(f"<!-- {name} -->", part)
        self._head, self._before, self._after = text.split("<!-- cut -->")

    def around(self, page: str) -> str:
        """Return Gradio's page with the frame around it, without its links to other hosts.

        Raises:
            FrameError: when the places to put the frame are not found.
        """
        page = _DROPPED.sub("", page)
        page, heads = _HEAD.subn(lambda found: found[0] + self._head, page, count=1)
        page, apps = _APP.subn(lambda found: self._before + found[0] + self._after, page, count=1)
        if not (heads and apps):
            raise FrameError("Gradio's page is made differently: install the Gradio that constraints.txt names.")
        return page


def links(current: Page) -> str:
    """Return the ways to all pages, as HTML."""
    here = {page: ' aria-current="page"' if page == current else "" for page in PAGES}
    return "".join(f'<a href="{page.address}"{mark}>{page.name}</a>' for page, mark in here.items())
