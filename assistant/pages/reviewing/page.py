"""The risk review page: its script draws it from the routes below /reviews; Gradio shows the notes beside it."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

import gradio as gr

from assistant.pages.bridge import NOTE_GONE, connect, note_panel, text_told
from assistant.pages.edge import edge
from assistant.pages.source import note_text

if TYPE_CHECKING:
    from assistant.chat import Chat

PATH = "review"


class ReviewPage:
    """The page's handlers: only the panel of notes is Gradio's."""

    def __init__(self, chat: "Chat"):
        self._chat = chat

    def build(self, page: gr.Blocks) -> None:
        """Add the page to the chat's."""
        with page.route("Risk review", PATH):
            note_panel(self.source)
            connect(page)

    @edge
    def source(self, asked: str) -> str:
        """Return the concept note that a term of a question leads to."""
        note = self._chat.vault.note(unquote(text_told(asked)))
        return note_text(note) if note else NOTE_GONE
