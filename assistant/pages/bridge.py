"""What every page builds alike for its scripts: the panel of notes, the boxes that they fill, what they tell by them.

The other side of it is static/bridge.js.
"""

import json
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.pages.edge import edge
from assistant.pages.markup import FORMULAS

CONNECTED = "none idle 1"  # what static/bridge.js waits for
NOTE_GONE = "There is no note on this in the vault."
HIDDEN: dict[str, Any] = {"visible": "hidden", "show_label": False}
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
"""How all events of the pages run: nothing is shown meanwhile, and none waits for another."""


def told_box(name: str) -> gr.Textbox:
    """Add a hidden box that a script of the page fills."""
    return gr.Textbox(elem_id=name, **HIDDEN)


def page_state() -> gr.Markdown:
    """Add the hidden text in which a script reads whether the page is connected, and what it shows."""
    return gr.Markdown(elem_id="page-state", visible="hidden")


def source_panel() -> gr.Markdown:
    """Add the panel beside the page; static/sources.js opens it."""
    with gr.Column(elem_id="source-panel"):
        return gr.Markdown(elem_id="source-text", latex_delimiters=FORMULAS, sanitize_html=True)


def note_panel(source: Callable[[str], str]) -> None:
    """Add the panel, filled with what `source` returns for what a link asks for."""
    shown = source_panel()
    asked = told_box("source-request")
    asked.change(source, asked, shown, **QUIET)


def connect(page: gr.Blocks) -> None:
    """Have a page that has nothing to load say that it is connected."""
    page.load(connected, outputs=[page_state()], **QUIET)


@edge
def connected() -> str:
    """Say that the page is connected; its script then tells what the browser kept."""
    return CONNECTED


def value_told(by_script: str) -> object:
    """Return what a script of the page told; None where it is not what the page sends.

    It comes with a stamp beside it, so that the same thing can be told twice.
    """
    try:
        found: object = json.loads(by_script)
    except (ValueError, RecursionError):
        return None
    return found.get("value") if isinstance(found, dict) else None


def text_told(by_script: str) -> str:
    """Return the text that a script of the page told; "" where it is not what the page sends."""
    value = value_told(by_script)
    return value if isinstance(value, str) else ""
