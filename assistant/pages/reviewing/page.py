"""The risk review page: its script draws it from the routes below /reviews; Gradio shows the notes beside it."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import gradio as gr

from assistant.pages.edge import edge
from assistant.pages.markup import FORMULAS
from assistant.pages.source import note_text

if TYPE_CHECKING:
    from assistant.chat import Chat

PATH = "review"
CONNECTED = "none idle 1"  # what static/bridge.js waits for
NOTE_GONE = "There is no note on this in the vault."


class ReviewPage:
    """The page's handlers: only the panel of notes is Gradio's."""

    def __init__(self, chat: "Chat"):
        self._chat = chat

    def build(self, page: gr.Blocks) -> None:
        """Add the page to the chat's."""
        with page.route("Risk review", PATH):
            with gr.Column(elem_id="source-panel"):
                source = gr.Markdown(elem_id="source-text", latex_delimiters=FORMULAS, sanitize_html=True)
            request = gr.Textbox(elem_id="source-request", visible="hidden", show_label=False)
            state = gr.Markdown(elem_id="page-state", visible="hidden")
            quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
            page.load(self.load, outputs=[state], **quiet)
            request.change(self.source, request, source, **quiet)

    @edge
    def load(self) -> str:
        """Say that the page is connected."""
        return CONNECTED

    @edge
    def source(self, asked: str) -> str:
        """Return the concept note that a term of a question leads to."""
        note = self._chat.vault.note(unquote(title_in(asked)))
        return note_text(note) if note else NOTE_GONE


def title_in(told_by_script: str) -> str:
    """Return the title that the page's script asks for; "" where it is not what the page sends."""
    try:
        found: object = json.loads(told_by_script)
    except (ValueError, RecursionError):
        return ""
    value = found.get("value") if isinstance(found, dict) else None
    return value if isinstance(value, str) else ""
