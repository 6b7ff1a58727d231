"""The Learn page: its script draws lists, map and paths; Gradio shows the text of a concept with its formulas."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.pages.edge import edge
from assistant.pages.learning.article import article
from assistant.pages.markup import FORMULAS
from assistant.pages.reviewing.page import title_in

if TYPE_CHECKING:
    from assistant.chat import Chat

PATH = "learn"
CONNECTED = "none idle 1"  # what static/bridge.js waits for


class LearnPage:
    """The page's handlers: only the text of a concept is Gradio's."""

    def __init__(self, chat: "Chat"):
        self._chat = chat

    def build(self, page: gr.Blocks) -> None:
        """Add the page to the chat's."""
        with page.route("Learn", PATH):
            text = gr.Markdown(elem_id="concept-text", latex_delimiters=FORMULAS, sanitize_html=True)
            request = gr.Textbox(elem_id="concept-request", visible="hidden", show_label=False)
            state = gr.Markdown(elem_id="page-state", visible="hidden")
            quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
            page.load(self.load, outputs=[state], **quiet)
            request.change(self.text, request, text, **quiet)

    @edge
    def load(self) -> str:
        """Say that the page is connected."""
        return CONNECTED

    @edge
    def text(self, asked: str) -> str:
        """Return the text of the concept that the page's script asks for; nothing where there is none."""
        vault = self._chat.vault
        note = vault.note(title_in(asked))
        return article(vault, note) if note else ""
