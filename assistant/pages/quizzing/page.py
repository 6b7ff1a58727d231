"""The quiz page: its script draws it from the routes below /quizzes; Gradio shows the cited passages beside it."""

from typing import TYPE_CHECKING

import gradio as gr

from assistant.pages.bridge import NOTE_GONE, connect, note_panel, text_told
from assistant.pages.edge import edge
from assistant.pages.quizzing.sources import asked_for
from assistant.pages.source import source_text

if TYPE_CHECKING:
    from assistant.chat import Chat

PATH = "quiz"


class QuizPage:
    """The page's handlers: only the panel of notes is Gradio's."""

    def __init__(self, chat: "Chat"):
        self._chat = chat

    def build(self, page: gr.Blocks) -> None:
        """Add the page to the chat's."""
        with page.route("Quiz", PATH):
            note_panel(self.source)
            connect(page)

    @edge
    def source(self, asked: str) -> str:
        """Return the section of a note that a citation stands for, with the quoted passage marked."""
        citation = asked_for(text_told(asked))
        return source_text(citation, self._chat.vault.note(citation.title)) if citation else NOTE_GONE
