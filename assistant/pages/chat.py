"""The chat page: what is on it, and what happens when someone asks, stops, rates or opens a source."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.history import NotFoundError
from assistant.pages.bridge import QUIET, page_state, source_panel, text_told, told_box
from assistant.pages.conversations import owner_of, problem
from assistant.pages.edge import edge, friendly
from assistant.pages.markup import FORMULAS
from assistant.pages.messages import (
    Exchange,
    chat_messages,
    citation_of,
    exchange_at,
    exchange_messages,
    kept,
    live,
)
from assistant.pages.runs import BusyError, Run, Runs
from assistant.pages.source import source_text

if TYPE_CHECKING:
    from assistant.chat import Chat

NAME = "SCM Assistant"
FRAME = 0.06  # seconds between two looks at an answer that is being written
CLOSING = 1.5  # seconds that a stopped answer is given to be put away


class ChatPage:
    """The page's handlers; each returns what the page shows next."""

    def __init__(self, chat: "Chat", runs: Runs):
        self._chat, self._runs = chat, runs
        self._serials = count(1)

    def build(self) -> Any:
        """Lay the page out and connect it."""
        with gr.Blocks(title=NAME, analytics_enabled=False, fill_height=True, fill_width=True) as page:
            conversation = gr.Chatbot(
                elem_id="conversation",
                show_label=False,
                container=False,
                height=None,
                layout="bubble",
                autoscroll=False,  # static/conversation.js keeps the question in sight
                latex_delimiters=FORMULAS,
                line_breaks=False,
                allow_tags=False,
                sanitize_html=True,
                buttons=["copy"],
                feedback_options=("Like", "Dislike"),
            )
            with gr.Row(elem_id="comment", visible=False) as comment_row:
                comment = gr.Textbox(
                    elem_id="comment-text",
                    label="What should be better, or what was good? (optional)",
                    max_length=2000,
                    lines=1,
                    max_lines=3,
                )
                send_comment = gr.Button("Send comment", elem_id="comment-send", size="sm")
                skip_comment = gr.Button("No comment", elem_id="comment-skip", size="sm")
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(
                    elem_id="question",
                    label="Your question",
                    show_label=False,
                    container=False,
                    placeholder="Ask about supply chains",
                    lines=1,
                    max_lines=8,
                    scale=1,
                )
                send = gr.Button("Send", elem_id="send", variant="primary", scale=0, min_width=44)
                stop = gr.Button("Stop", elem_id="stop", variant="stop", scale=0, min_width=44, visible=False)
            source = source_panel()
            # What the page's scripts tell the handlers, and the other way round; see static/bridge.js.
            conversation_id, rated_turn = told_box("conversation-id"), told_box("rated-turn")
            open_request, ask_request = told_box("open-request"), told_box("ask-request")
            source_request = told_box("source-request")
            state = page_state()

            shown = [conversation, conversation_id, state, send, stop, comment_row]
            begin: dict[str, Any] = {"outputs": [question, *shown], **QUIET}
            follow: dict[str, Any] = {
                "fn": self.follow,
                "inputs": [conversation_id, state],
                "outputs": shown,
                **QUIET,
            }

            page.load(self.load, outputs=shown, **QUIET).success(**follow)
            open_request.change(self.open, open_request, shown, **QUIET).success(**follow)
            for asked in (question.submit, send.click):
                asked(self.ask, [question, conversation_id], **begin).success(**follow)
            ask_request.change(self.ask_example, [ask_request, conversation_id], **begin).success(**follow)
            conversation.option_select(self.ask_follow_up, conversation_id, **begin).success(**follow)
            conversation.retry(self.retry, conversation_id, **begin).success(**follow)
            stop.click(self.stop, conversation_id, **QUIET)
            conversation.like(self.rate, conversation_id, [rated_turn, comment, comment_row], **QUIET)
            for sent in (comment.submit, send_comment.click):
                sent(self.add_comment, [rated_turn, comment], comment_row, **QUIET)
            skip_comment.click(lambda: gr.Row(visible=False), None, comment_row, **QUIET)
            source_request.change(self.source, [source_request, conversation_id], source, **QUIET)
        return page

    @edge
    def load(self, request: gr.Request) -> list[Any]:
        """Show the conversation that the address names, or an empty page."""
        return self._open(str(request.query_params.get("c", "")), request)

    @edge
    def open(self, asked: str, request: gr.Request) -> list[Any]:
        """Show another conversation, or an empty page."""
        return self._open(text_told(asked), request)

    @edge
    def ask(self, question: str, conversation_id: str, request: gr.Request) -> list[Any]:
        """Begin to answer a question, in a new conversation if there is none."""
        return self._ask(question, conversation_id, request)

    @edge
    def ask_example(self, asked: str, conversation_id: str, request: gr.Request) -> list[Any]:
        """Ask a question that a script of the page passed on."""
        return self._ask(text_told(asked), conversation_id, request)

    @edge
    def ask_follow_up(self, conversation_id: str, request: gr.Request, chosen: gr.SelectData) -> list[Any]:
        """Ask a suggested question."""
        return self._ask(str(chosen.value), conversation_id, request)

    @edge
    def retry(self, conversation_id: str, request: gr.Request) -> list[Any]:
        """Ask the last question again; the new turn takes the old one's place."""
        owner = owner_of(request.cookies)
        running = self._runs.find(owner, conversation_id)
        if running and not running.over:
            raise BusyError("The last question is still being answered: wait for it, or stop it.")
        question = self._chat.history.forget_last(owner, conversation_id)
        if question is None:
            return [gr.skip(), *self._shown(owner, conversation_id, None)]
        return [gr.skip(), *self._begin(owner, conversation_id, question)]

    @edge
    def stop(self, conversation_id: str, request: gr.Request) -> None:
        """Stop the answer that is being written; what there is of it stays."""
        self._runs.stop(owner_of(request.cookies), conversation_id)

    async def follow(self, conversation_id: str, state: str, request: gr.Request) -> AsyncIterator[list[Any]]:
        """Show an answer as it grows, whoever began it."""
        try:
            async for shown in self._follow(conversation_id, state, request):
                yield shown
        except Exception as error:
            raise friendly(error) from None

    async def _follow(self, conversation_id: str, state: str, request: gr.Request) -> AsyncIterator[list[Any]]:
        owner = owner_of(request.cookies)
        run = self._runs.find(owner, conversation_id)
        if run is None:  # over before it could be followed, or there was none
            running = " running " in state
            yield await asyncio.to_thread(self._shown, owner, conversation_id, None) if running else [gr.skip()] * 6
            return
        before = await asyncio.to_thread(self._before, owner, conversation_id, run)
        seen, told = -1, ""
        while not run.over:
            status = self._chat.status()
            waiting_for = "" if status.ready else status.message
            if (run.version, waiting_for) != (seen, told):
                seen, told = run.version, waiting_for
                now = exchange_messages(live(run, waiting_for), latest=True)
                yield [gr.Chatbot(value=[*before, *now]), *([gr.skip()] * 5)]
            await asyncio.sleep(FRAME)
        for _ in range(int(CLOSING / FRAME)):
            if run.closed:
                break
            await asyncio.sleep(FRAME)
        yield await asyncio.to_thread(self._shown, owner, conversation_id, run)

    @edge
    def rate(self, conversation_id: str, request: gr.Request, given: gr.LikeData) -> list[Any]:
        """Keep a thumb, and ask for a comment; a thumb taken back is left as it was."""
        owner = owner_of(request.cookies)
        index = given.index if isinstance(given.index, int) else given.index[0]
        exchange = exchange_at(self._kept(owner, conversation_id), index)
        if exchange is None or not exchange.turn_id or not isinstance(given.liked, bool):
            return [gr.skip(), gr.skip(), gr.Row(visible=False)]
        self._chat.history.rate(owner, exchange.turn_id, given.liked)
        word = "liked" if given.liked else "disliked"
        label = "What was good? (optional)" if given.liked else "What should be better? (optional)"
        return [f"{exchange.turn_id} {word}", gr.Textbox(value="", label=label), gr.Row(visible=True)]

    @edge
    def add_comment(self, rated: str, comment: str, request: gr.Request) -> Any:
        """Keep the comment beside the thumb."""
        turn_id, _, word = rated.partition(" ")
        if turn_id and comment.strip():
            self._chat.history.rate(owner_of(request.cookies), turn_id, word == "liked", comment)
            gr.Info("Thank you: your comment is kept.", duration=3)
        return gr.Row(visible=False)

    @edge
    def source(self, asked: str, conversation_id: str, request: gr.Request) -> str:
        """Return the section behind a citation, asked for as '<turn>-<number>'."""
        turn_id, _, number = text_told(asked).partition("-")
        for exchange in self._kept(owner_of(request.cookies), conversation_id):
            citation = citation_of(exchange, int(number)) if exchange.turn_id == turn_id and number.isdigit() else None
            if citation:
                vault = getattr(self._chat, "vault", None)
                return source_text(citation, vault.note(citation.title) if vault else None, to_learn=True)
        return "This source is not here any more."

    def _open(self, conversation_id: str, request: gr.Request) -> list[Any]:
        owner = owner_of(request.cookies)
        try:
            if conversation_id:
                self._chat.history.conversation(owner, conversation_id)
        except NotFoundError as error:
            gr.Warning(problem(error)[1], title="Not here", duration=6)
            conversation_id = ""
        return self._shown(owner, conversation_id, self._runs.find(owner, conversation_id))

    def _ask(self, question: str, conversation_id: str, request: gr.Request) -> list[Any]:
        owner = owner_of(request.cookies)
        if not question.strip():
            return [gr.skip()] * 7
        if not conversation_id:
            conversation_id = self._chat.history.begin(owner).id
        return ["", *self._begin(owner, conversation_id, question)]

    def _begin(self, owner: str, conversation_id: str, question: str) -> list[Any]:
        position = len(self._chat.history.turns(owner, conversation_id))
        run = self._runs.start(owner, conversation_id, question, position)
        return self._shown(owner, conversation_id, run)

    def _kept(self, owner: str, conversation_id: str) -> list[Exchange]:
        if not conversation_id:
            return []
        return [kept(turn) for turn in self._chat.history.turns(owner, conversation_id)]

    def _before(self, owner: str, conversation_id: str, run: Run) -> list[Any]:
        earlier = self._kept(owner, conversation_id)[: run.position]
        return [message for exchange in earlier for message in exchange_messages(exchange, latest=False)]

    def _shown(self, owner: str, conversation_id: str, run: Run | None) -> list[Any]:
        """Return what the conversation, its id, the page's state, both buttons and the comment row show."""
        exchanges = self._kept(owner, conversation_id)
        if run and (not run.closed or run.state == "failed"):
            exchanges = [*exchanges[: run.position], live(run)]
        running = run is not None and not run.over
        ratings = [self._rating(owner, exchange.turn_id) for exchange in exchanges]
        state = f"{conversation_id or 'none'} {'running' if running else 'idle'} {next(self._serials)}"
        return [
            gr.Chatbot(value=chat_messages(exchanges), feedback_value=ratings),
            conversation_id,
            state,
            gr.Button(visible=not running),
            gr.Button(visible=running),
            gr.Row(visible=False),
        ]

    def _rating(self, owner: str, turn_id: str) -> str | None:
        found = self._chat.history.rating(owner, turn_id) if turn_id else None
        return None if found is None else "Like" if found.liked else "Dislike"
