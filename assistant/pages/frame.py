"""Puts the product's own header, side bar and welcome around the page that Gradio serves."""

import html
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

OFFLINE = "It works offline, from its own notes."
SENT = "It works from its own notes; questions are sent to {model}, which words the answers."
NONE: Mapping[str, str] = MappingProxyType({})
_DROPPED = re.compile(r"""<meta\s+(?:property|name)="(?:og|twitter):[^>]*>|<link rel="manifest"[^>]*>""")
_HEAD = re.compile(r"<head>")
_APP = re.compile(r"<gradio-app.*?</gradio-app>", re.DOTALL)


class FrameError(RuntimeError):
    """Gradio's page is not made as this version of the product expects it."""


class Frame:
    """The parts of a page's HTML, read once."""

    def __init__(self, folder: Path, model: str = "embedded", page: str = "page.html", parts: Mapping[str, str] = NONE):
        read = {name: (folder / name).read_text("utf-8") for name in ("logo.svg", "head.html", page)}
        where = OFFLINE if model == "embedded" else SENT.format(model=html.escape(model))
        text = read[page].replace("<!-- head -->", read["head.html"])
        for name, part in {**parts, "logo": read["logo.svg"].strip(), "model": where}.items():
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
