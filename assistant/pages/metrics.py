"""The metrics page: a form for every metric, worked out while it is filled in."""

from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.components.plot import PlotData

from assistant.pages.bridge import CONNECTED, QUIET, note_panel, page_state, text_told, told_box, value_told
from assistant.pages.drawing import caption, figure_json
from assistant.pages.edge import edge
from assistant.pages.markup import FORMULAS
from assistant.pages.metric_fields import MOST_CHARACTERS, Typed, currency
from assistant.pages.metric_form import FURTHEST, PERIODS, after_html, default_frame, form_html
from assistant.pages.metric_result import result_markdown, what_if_text, work_out
from assistant.pages.source import note_text
from tools.metrics import METRICS, Frame, Metric
from tools.metrics.result import Chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.chat import Chat

PATH = "metrics"
NOT_CHOSEN = (
    '<h1 id="metric-name" tabindex="-1">Work out a metric</h1>\n\nChoose a metric from the list, type what you know, '
    "and the result appears with its formula, its steps and what it means. Nothing leaves this server."
)
METRIC_NOTE_GONE = "There is no note on this metric in the vault."


class MetricsPage:
    """The page's handlers; each returns what the page shows next."""

    def __init__(self, chat: "Chat"):
        self._chat = chat

    def build(self, page: gr.Blocks) -> None:
        """Add the page to the chat's."""
        with page.route("Metrics", PATH):
            plain: dict[str, Any] = {"latex_delimiters": FORMULAS, "sanitize_html": False}
            with gr.Row(elem_id="metric"):
                with gr.Column(elem_id="metric-inputs"):
                    form = gr.Markdown(elem_id="metric-form-place", **plain)
                with gr.Column(elem_id="metric-outcome"):
                    result = gr.Markdown(elem_id="metric-result", **plain)
                    drawing = gr.Plot(
                        elem_id="metric-chart", show_label=False, container=False, visible=False, buttons=[]
                    )
                    words = gr.Markdown(elem_id="metric-caption", **plain)
                    after = gr.Markdown(elem_id="metric-after", **plain)
            note_panel(self.source)
            request = told_box("form-request")
            shown = [form, after, result, drawing, words]
            page.load(self.load, outputs=[*shown, page_state()], **QUIET)
            request.change(self.work, request, shown, **QUIET)

    @edge
    def load(self, request: gr.Request) -> list[Any]:
        """Show the metric that the address names, with the inputs that stand in it, or a welcome."""
        asked = dict(request.query_params)
        entry = METRICS.get(str(asked.get("metric", "")))
        return [*self._whole(entry, asked), CONNECTED]

    @edge
    def work(self, asked_for: str) -> list[Any]:
        """Show another metric, or the result of what is typed in the form."""
        value = value_told(asked_for)
        asked = value if isinstance(value, dict) else {}
        entry = METRICS.get(str(asked.get("metric", "")))
        if entry is None or asked.get("whole") is True:
            return self._whole(entry, _strings(asked.get("texts")))
        typed = typed_in(entry, _strings(asked.get("texts")))
        return [gr.skip(), gr.skip(), *self._result(entry, typed, asked)]

    @edge
    def source(self, asked_for: str) -> str:
        """Return the concept note of a metric."""
        entry = METRICS.get(text_told(asked_for))
        note = self._chat.vault.note(entry.note) if entry else None
        return note_text(note) if note else METRIC_NOTE_GONE

    def _whole(self, entry: Metric | None, texts: "Mapping[str, str]") -> list[Any]:
        if entry is None:
            return [NOT_CHOSEN, "", "", gr.Plot(visible=False), ""]
        typed = typed_in(entry, texts)
        return [form_html(entry, typed), after_html(entry.id), *self._result(entry, typed, {})]

    def _result(self, entry: Metric, typed: Typed, asked: dict[str, Any]) -> list[Any]:
        worked = work_out(entry, typed)
        change = asked.get("change")
        what_if = ""
        if isinstance(change, int | float) and 0 < abs(change) <= FURTHEST:
            what_if = what_if_text(worked, str(asked.get("input", "")), change)
        return [result_markdown(worked, what_if), *drawn(worked.chart)]


def drawn(chart: Chart | None) -> list[Any]:
    """Return the plot and the caption of a chart, or nothing to be seen."""
    if chart is None:
        return [gr.Plot(visible=False), ""]
    return [gr.Plot(value=PlotData(type="plotly", plot=figure_json(chart)), visible=True), caption(chart)]


def typed_in(entry: Metric, texts: "Mapping[str, str]") -> Typed:
    """Return what a browser says stands in a metric's form; what the form has no place for is left out."""
    usual = default_frame(entry)
    period = texts.get("period", usual.period)
    frame = Frame(
        period if period in PERIODS else usual.period if period != "period" else "period",
        currency(texts["money"]) if "money" in texts else usual.money,
    )
    kept = {name: texts[name][: MOST_CHARACTERS + 1] for name in entry.declared if texts.get(name)}
    for name, one in entry.declared.items():
        if one.choices and kept.get(name) not in one.choices:
            kept.pop(name, None)
    units = {
        name: texts.get(f"{name}.unit", "day") for name, one in entry.declared.items() if one.said.unit == "period"
    }
    return Typed(kept, {name: unit if unit in PERIODS else "day" for name, unit in units.items()}, frame)


def _strings(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(name, str) and isinstance(value, str)}
