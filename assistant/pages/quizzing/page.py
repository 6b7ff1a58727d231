"""The quiz page: its script draws it from the routes below /quizzes; Gradio shows the cited passages beside it."""

from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.pages.edge import edge
from assistant.pages.markup import FORMULAS
from assistant.pages.quizzing.sources import asked_for
from assistant.pages.reviewing.page import CONNECTED, NOTE_GONE, title_in
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
        """Return the section of a note that a citation stands for, with the quoted passage marked."""
        citation = asked_for(title_in(asked))
        return source_text(citation, self._chat.vault.note(citation.title)) if citation else NOTE_GONE
