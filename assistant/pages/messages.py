"""Turns of a conversation as the messages that the chatbot shows."""

import html
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components.plot import PlotData

from assistant.answer import Answer, Citation
from assistant.chat import STOPPED as NOT_BEGUN
from assistant.history import Turn
from assistant.pages import classified, computed, quizzed, reviewed
from assistant.pages.computed import charts
from assistant.pages.drawing import caption, figure_json
from assistant.pages.markup import literal, safe
from assistant.pages.runs import FAILED, Run, ToolRun
from tools.metrics.result import Chart

VERBS = {
    "search_notes": "Searched the notes",
    "find_metrics": "Looked for metrics",
}
MAX_DETAIL = 1500
STOPPED = "Stopped before the end."
INTERRUPTED = "This question was not answered: the server was stopped in between. Ask it again with the retry button."


@dataclass(frozen=True)
class Exchange:
    """A question, what ran for it, and as much of the answer as there is."""

    question: str
    tools: Sequence[ToolRun]
    text: str
    answer: Answer | None
    state: str
    turn_id: str = ""
    waiting_for: str = ""

    @property
    def open(self) -> bool:
        """Whether the answer is still being written."""
        return self.state in ("waiting", "running")


def kept(turn: Turn) -> Exchange:
    """Return a turn as history keeps it."""
    answer = turn.reply
    if answer is None:
        return Exchange(turn.question, [], "", None, turn.state, turn.id)
    tools = [ToolRun(result.tool, result.args, result.output, finished=True) for result in answer.results]
    return Exchange(turn.question, tools, answer.text, answer, turn.state, turn.id)


def live(run: Run, waiting_for: str = "") -> Exchange:
    """Return a turn that is being answered."""
    return Exchange(run.question, list(run.tools.values()), run.text, run.answer, run.state, waiting_for=waiting_for)


def chat_messages(exchanges: Sequence[Exchange]) -> list[Any]:
    """Return the messages of a conversation."""
    last = len(exchanges) - 1
    return [
        message
        for position, exchange in enumerate(exchanges)
        for message in exchange_messages(exchange, latest=position == last)
    ]


def exchange_messages(exchange: Exchange, latest: bool) -> list[Any]:
    """Return a question, what ran for it, its answer and charts; the latest one offers what to ask next."""
    reply = gr.ChatMessage(role="assistant", content=_reply(exchange))
    asked = gr.ChatMessage(role="user", content=literal(exchange.question))
    messages = [asked, *map(_thought, exchange.tools), reply, *map(_drawing, _charts(exchange))]
    if latest and exchange.answer and not exchange.open:
        messages[-1].options = [{"label": text, "value": text} for text in exchange.answer.follow_ups[:3]]
    return messages


def exchange_at(exchanges: Sequence[Exchange], message: int) -> Exchange | None:
    """Return the exchange that the chatbot's message with this index belongs to."""
    last = -1
    for exchange in exchanges:
        last += 2 + len(exchange.tools) + len(_charts(exchange))
        if message <= last:
            return exchange
    return None


def citation_of(exchange: Exchange, number: int) -> Citation | None:
    """Return the citation with this number."""
    citations = exchange.answer.citations if exchange.answer else []
    return next((citation for citation in citations if citation.number == number), None)


def _charts(exchange: Exchange) -> list[Chart]:
    """Return what is drawn below an answer, once it stands; nothing below a question that is asked back."""
    stands = not exchange.open and exchange.answer is not None and exchange.answer.kind != "clarify"
    return charts(exchange.tools) if stands else []


def _drawing(chart: Chart) -> gr.ChatMessage:
    plot = gr.Plot(
        value=PlotData(type="plotly", plot=figure_json(chart)),
        show_label=False,
        container=False,
        buttons=[],
        render=False,
    )
    return gr.ChatMessage(role="assistant", content=[plot, caption(chart)])


def tool_title(tool: str, args: dict[str, object], *, running: bool = False, failed: bool = False) -> str:
    """Say in a few words what a tool did: 'Searched the notes: safety stock'."""
    words = VERBS.get(tool, tool.replace("_", " ").capitalize())
    subject = next((value for value in args.values() if isinstance(value, str) and value.strip()), "")
    short = " ".join(subject.split())
    short = short if len(short) <= 80 else short[:79] + "\N{HORIZONTAL ELLIPSIS}"
    end = " (failed)" if failed else "\N{HORIZONTAL ELLIPSIS}" if running else ""
    return f"{words}: {short}{end}" if short else words + end


def _thought(tool: ToolRun) -> gr.ChatMessage:
    known = computed.title(tool) or classified.title(tool) or reviewed.title(tool) or quizzed.title(tool)
    title = known or tool_title(tool.tool, tool.args, running=not tool.finished, failed=tool.failed)
    # Always "done": the chatbot unfolds a thought whose status is another one.
    return gr.ChatMessage(
        role="assistant", content=_details(tool), metadata={"title": literal(title), "status": "done"}
    )


def _details(tool: ToolRun) -> str:
    shown_as = (computed.details, classified.details, reviewed.details, quizzed.details)
    rows = next((rows for rows_of in shown_as if (rows := rows_of(tool))), None) if _ran(tool) else None
    if rows:
        pairs = "".join(f"<dt>{literal(term)}</dt><dd>{literal(said)}</dd>" for term, said in rows)
        return f'<dl class="what-ran">{pairs}</dl>'
    passages = _passages(tool.output)
    if passages:
        return "\n".join(f"- {literal(line)}" for line in passages)
    shown = {"asked": tool.args, "answered": tool.output} if tool.finished else {"asked": tool.args}
    text = json.dumps(shown, indent=2, ensure_ascii=False, default=str)
    text = text if len(text) <= MAX_DETAIL else text[:MAX_DETAIL] + "\n\N{HORIZONTAL ELLIPSIS}"
    return f"<pre><code>{html.escape(text)}</code></pre>"


def _ran(tool: ToolRun) -> bool:
    return tool.finished and not tool.failed


def _passages(output: object) -> list[str]:
    """Name the note and section of each passage that a search found."""
    if isinstance(output, str):
        try:
            output = json.loads(output)
        except ValueError:
            return []
    found = output.get("sections") if isinstance(output, dict) else None
    if not isinstance(found, list):
        return []
    lines = [f"{entry['title']}, {entry['section']}" for entry in found if _is_passage(entry)]
    return list(dict.fromkeys(lines)) if len(lines) == len(found) else []


def _is_passage(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("title"), str) and isinstance(entry.get("section"), str)


def _reply(exchange: Exchange) -> str:
    if exchange.open and not exchange.text:
        waiting = literal(exchange.waiting_for) if exchange.waiting_for else "Working on it"
        look = "waiting" if exchange.waiting_for else "waiting hidden-text"
        return f'<span class="typing"></span><span class="{look}">{waiting}</span>'
    citations = {citation.number: citation for citation in exchange.answer.citations} if exchange.answer else {}

    def cite(number: int) -> str | None:
        if exchange.open or not exchange.turn_id:
            return f'<sup class="cite-soon">{number}</sup>'
        citation = citations.get(number)
        return _chip(exchange.turn_id, citation) if citation else None

    text = safe(exchange.text, cite)
    forms = [] if exchange.open else computed.form_addresses(exchange.tools)
    card = "" if exchange.open else reviewed.card(exchange.tools)
    parts = [computed.worked(text) if forms else text]
    if citations and exchange.turn_id and not exchange.open:
        parts.append(_sources(exchange.turn_id, citations.values()))
    if forms and not card:
        parts.append(_forms(forms))
    if card:
        parts.append(card)
    note = {"failed": FAILED, "stopped": STOPPED, "pending": INTERRUPTED}.get(exchange.state)
    if note and exchange.text != NOT_BEGUN:
        parts.append(f'<p class="aside">{html.escape(note)}</p>')
    return "\n\n".join(part for part in parts if part)


def _chip(turn_id: str, citation: Citation) -> str:
    where = literal(f"{citation.title}, {citation.section}")
    address = f"#source-{turn_id}-{citation.number}"
    return (
        f'<a class="cite" href="{address}" title="{where}"><span class="unseen">Source </span>'
        f'{citation.number}<span class="unseen">: {where}</span></a>'
    )


def _forms(forms: list[tuple[str, str]]) -> str:
    named = len(forms) > 1
    links = "".join(
        f'<a class="as-form" href="{html.escape(address)}">Open as form{f": {literal(name)}" if named else ""}</a>'
        for name, address in forms
    )
    return f'<p class="as-forms">{links}</p>'


def _sources(turn_id: str, citations: Iterable[Citation]) -> str:
    links = "".join(
        f'<li><a class="source" href="#source-{turn_id}-{citation.number}"><b>{citation.number}</b>'
        f"<span>{literal(citation.title)}</span><i>{literal(citation.section)}</i></a></li>"
        for citation in citations
    )
    return f'<div class="sources"><span class="sources-label">Sources</span><ul>{links}</ul></div>'
