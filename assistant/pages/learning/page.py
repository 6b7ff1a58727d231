"""The Learn page: its script draws lists, map and paths; Gradio shows the text of a concept with its formulas."""

from typing import TYPE_CHECKING

import gradio as gr

from assistant.pages.bridge import QUIET, connect, text_told, told_box
from assistant.pages.edge import edge
from assistant.pages.learning.article import article
from assistant.pages.markup import FORMULAS

if TYPE_CHECKING:
    from assistant.chat import Chat

PATH = "learn"


class LearnPage:
    """The page's handlers: only the text of a concept is Gradio's."""

    def __init__(self, chat: "Chat"):
        self._chat = chat

    def build(self, page: gr.Blocks) -> None:
        """Add the page to the chat's."""
        with page.route("Learn", PATH):
            text = gr.Markdown(elem_id="concept-text", latex_delimiters=FORMULAS, sanitize_html=True)
            request = told_box("concept-request")
            request.change(self.text, request, text, **QUIET)
            connect(page)

    @edge
    def text(self, asked: str) -> str:
        """Return the text of the concept that the page's script asks for; nothing where there is none."""
        vault = self._chat.vault
        note = vault.note(text_told(asked))
        return article(vault, note) if note else ""
