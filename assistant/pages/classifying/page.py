"""The classification page: what its forms hold is classified while it is typed, and told, drawn and exported."""

import json
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import gradio as gr
from gradio.components.plot import PlotData

from assistant.pages.bridge import HIDDEN, NOTE_GONE, QUIET, connect, note_panel, text_told, told_box, value_told
from assistant.pages.classifying.export import items_csv, positions_csv, products_csv
from assistant.pages.classifying.fields import View
from assistant.pages.classifying.form import LISTS, MOST_ENTRIES
from assistant.pages.classifying.positions import placed, positions_shown
from assistant.pages.classifying.products import classified, products_shown
from assistant.pages.classifying.shown import THRESHOLDS, Entry, Shown, told
from assistant.pages.classifying.stock import MOST_CHARACTERS, classes, items_shown
from assistant.pages.edge import edge
from assistant.pages.markup import safe
from assistant.pages.source import note_text
from tools.classification.document import document

if TYPE_CHECKING:
    from assistant.chat import Chat
    from assistant.embedded.products.reader import ProductReader

PATH = "classify"
LONGEST_NAME = 60
LONGEST_WORDS = 4000
LONGEST_FIELD = 300
MOST_FIELDS = 40


class ClassifyPage:
    """The page's handlers; each returns what the page shows next."""

    def __init__(self, chat: "Chat"):
        self._chat = chat
        self._reader: ProductReader | None = None
        self._opening = threading.Lock()

    def build(self, page: gr.Blocks) -> None:
        """Add the page to the chat's."""
        with page.route("Classify", PATH):
            plain: dict[str, Any] = {"latex_delimiters": [], "sanitize_html": False}
            with gr.Column(elem_id="classified"):
                verdict = gr.Markdown(elem_id="classify-verdict", **plain)
                drawing = gr.Plot(
                    elem_id="classify-chart", show_label=False, container=False, visible=False, buttons=[]
                )
                caption = gr.Markdown(elem_id="classify-caption", **plain)
                detail = gr.Markdown(elem_id="classify-detail", **plain)
            note_panel(self.source)
            request, export_request = told_box("classify-request"), told_box("export-request")
            exported = gr.Textbox(elem_id="exported", lines=2, max_lines=2, **HIDDEN)
            request.change(self.work, request, [verdict, drawing, caption, detail], **QUIET)
            export_request.change(self.export, export_request, exported, **QUIET)
            connect(page)

    @edge
    def work(self, asked: str) -> list[Any]:
        """Classify what stands in the forms of a view."""
        view, entries, at, number = read_request(asked)
        shown = self._shown(view, entries, at)
        caption = f'<p class="chart-caption">{shown.caption}</p>' if shown.figure else ""
        drawing = gr.Plot(visible=False)
        if shown.figure:
            plot = json.dumps(shown.figure, ensure_ascii=False)
            drawing = gr.Plot(value=PlotData(type="plotly", plot=plot), visible=True)
        return [shown.verdict, drawing, caption, f"{shown.detail}{told(shown, view, number, at)}"]

    @edge
    def export(self, asked: str) -> str:
        """Return what is shown as CSV, below the number of the request."""
        view, entries, _, number = read_request(asked)
        if view == "items":
            text = items_csv(classes(entries[0]))
        elif view == "product":
            text = products_csv([classified(entry, self._words()) for entry in entries])
        else:
            text = positions_csv(view, [placed(view, entry) for entry in entries])
        return f"{number}\n{text}"

    @edge
    def source(self, asked: str) -> str:
        """Return a concept note, or all thresholds with their sources."""
        title = unquote(text_told(asked))
        if title == THRESHOLDS:
            return safe(document())
        note = self._chat.vault.note(title)
        return note_text(note) if note else NOTE_GONE

    def _shown(self, view: View, entries: list[Entry], at: int) -> Shown:
        if view == "items":
            return items_shown(entries[0])
        if view == "product":
            return products_shown(entries, at, self._words())
        return positions_shown(view, entries, at)

    def _words(self) -> "ProductReader | None":
        """Return the reader of descriptions, or None while the assistant is loading."""
        if self._reader is None and self._chat.status().ready:
            with self._opening:
                if self._reader is None:
                    from assistant.embedded.products.reader import ProductReader

                    self._reader = ProductReader(self._chat.assistant().library)
        return self._reader


def read_request(asked: str) -> tuple[View, list[Entry], int, int]:
    """Return the view, what stands in its forms, which entry is chosen, and the number of the request."""
    found = value_told(asked)
    asked_for = found if isinstance(found, dict) else {}
    view: View = next((one for one in (*LISTS, "items") if one == asked_for.get("view")), "product")
    listed = asked_for.get("entries")
    read = [_entry(view, place, one) for place, one in enumerate(listed if isinstance(listed, list) else [], 1)]
    entries = read[: 1 if view == "items" else MOST_ENTRIES] or [_entry(view, 1, {})]
    at, number = (_whole(asked_for.get(name)) for name in ("at", "id"))
    return view, entries, min(max(at, 0), len(entries) - 1), number


def _entry(view: View, place: int, found: object) -> Entry:
    told = found if isinstance(found, dict) else {}
    name, text, typed = told.get("name"), told.get("text"), told.get("fields")
    noun = LISTS[view][0].capitalize() if view in LISTS else ""
    longest = MOST_CHARACTERS + 1 if view == "items" else LONGEST_WORDS
    pairs = list(typed.items())[:MOST_FIELDS] if isinstance(typed, dict) else []
    return Entry(
        " ".join(name.split())[:LONGEST_NAME] if isinstance(name, str) and name.strip() else f"{noun} {place}".strip(),
        text[:longest] if isinstance(text, str) else "",
        {key: value[:LONGEST_FIELD] for key, value in pairs if isinstance(key, str) and isinstance(value, str)},
    )


def _whole(found: object) -> int:
    return found if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**53 else 0
