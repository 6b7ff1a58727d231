"""Decides what a turn needs next, a search or a reply, and writes the reply."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

import numpy as np

from assistant.answer import Kind
from assistant.embedded.compose import compose
from assistant.embedded.context import COMPUTE, QUIZZING, REVIEWING, SEARCH, SORTING, Context
from assistant.embedded.figures.told import offer_of
from assistant.embedded.figures.turn import Reckoner
from assistant.embedded.material import Found, sentences
from assistant.embedded.phrases import opposites, phrases
from assistant.embedded.quizzing.turn import Quizmaster
from assistant.embedded.reviewing.phrases import sentences as sentences_of_reviews
from assistant.embedded.reviewing.step import Step
from assistant.embedded.reviewing.turn import Reviewer
from assistant.embedded.scope import Scope
from assistant.embedded.sorting.turn import Sorter
from assistant.embedded.understand import TALK, Reader, Understanding, could_lean
from knowledge.library import Library

SURE_TALK = 0.5
SURE_TALK_NAMING = 0.75
SURE_TALK_SHORT = 0.25
NEAREST = 3
TASKS = ("review",)


@dataclass(frozen=True)
class Reply:
    """What the model says: tool calls, or text with its kind."""

    text: str = ""
    kind: Kind = "answer"
    calls: tuple[tuple[str, dict[str, Any]], ...] = ()
    follow_ups: tuple[str, ...] = ()

    @classmethod
    def of(cls, step: Step) -> "Reply":
        """Return a step of a review."""
        return cls(step.text, step.kind, step.calls, step.follow_ups)

    def until(self, end: str) -> "Reply":
        """Cut the text before a stop sequence."""
        return replace(self, text=self.text.split(end)[0]) if end else self


class Talker:
    """Understands a turn and answers it, with the help of one search."""

    def __init__(self, library: Library):
        self._library = library
        self._reader = Reader(library, opposites())
        self._scope = Scope.load()
        self._reckoner = Reckoner(library)
        self._sorter = Sorter(library)
        self._reviewer = Reviewer(library)
        self._quizmaster = Quizmaster(library.names)
        self._ahead = ThreadPoolExecutor(1, "ahead")

    def prepare(self, question: str) -> None:
        """Begin what a message will need first, in another thread: its vector, and what the reader sees of it."""
        library = self._library
        begin = library.reader.read if library.reader else library.embedder.query
        self._ahead.submit(begin, library.names.correct(question))

    def understand(self, context: Context, lean: bool = False) -> Understanding:
        """Return what the message of a turn asks for."""
        return self._reader.read(context, lean)

    def reply(
        self,
        context: Context,
        can_search: bool = True,
        must_search: bool = False,
        can_compute: bool = False,
        can_sort: bool = False,
        can_review: bool = False,
        can_quiz: bool = False,
    ) -> Reply:
        """Return the next step of a turn; what is answered in the middle of a quiz or a review leads back to it."""
        if not context.question.strip():
            return Reply(phrases().empty, "invalid")
        if can_compute and not context.outputs:
            self._reckoner.glance(context.question)  # needs no vector, which another thread is working on
        if can_quiz and any(name in QUIZZING for name, _ in context.outputs):
            return Reply.of(self._quizmaster.next(context))
        if can_quiz and not must_search and not context.outputs:
            step = self._quizmaster.plan(context, self._is_talk(context))
            if step:
                return Reply.of(step)
        if can_review and any(name in REVIEWING for name, _ in context.outputs):
            return Reply.of(self._reviewer.next(context))
        free = can_review and not must_search
        planned = self._reviewer.plan(context, self.understand(context)) if free and _begins(context) else None
        if planned:
            return Reply.of(planned)
        reply = self._answered(context, can_search, must_search, can_compute, can_sort)
        asked = self._quizmaster.back(context) if can_quiz and reply.kind in ("answer", "decline") else ""
        if reply.text and asked:
            return replace(reply, text=f"{reply.text}\n\n{asked}", follow_ups=self._quizmaster.buttons(context))
        back = self._reviewer.back(context) if can_review and reply.kind in ("answer", "decline") else ""
        if not (reply.text and back):
            return reply
        return replace(reply, text=f"{reply.text}\n\n{back}", follow_ups=(sentences_of_reviews().button("resume"),))

    def _is_talk(self, context: Context) -> bool:
        """Whether a message in the middle of a quiz is a greeting or thanks, and no answer."""
        if not self._quizmaster.back(context):
            return False
        read = self.understand(context)
        return read.act in TALK and read.acts[read.act] >= SURE_TALK

    def _answered(
        self, context: Context, can_search: bool, must_search: bool, can_compute: bool, can_sort: bool
    ) -> Reply:
        """Return the next step outside of reviews: small talk, else computations or a search, then their reply."""
        if any(name == COMPUTE for name, _ in context.outputs):
            text, kind, follow_ups = self._reckoner.reply(context)
            return Reply(text, kind, follow_ups=follow_ups)
        if any(name in SORTING for name, _ in context.outputs):
            return Reply(*self._sorter.reply(context))
        searches = sum(isinstance(output, dict) and "sections" in output for _, output in context.outputs)
        read = self.understand(context, lean=searches > 1)
        if not must_search and searches < 2:
            planned = self._planned(context, read, can_compute, can_sort and not searches)
            if planned:
                return Reply(calls=tuple(planned))
        talk = None if must_search and not context.outputs else self._talk(read, context)
        if talk:
            return talk
        if read.ambiguous and not read.titles:
            read = replace(read, titles=tuple(m.note for m in read.ambiguous.meanings if m.note), kind="what")
        found = Found.from_outputs(context.outputs)
        if found is None and context.outputs:
            return Reply(phrases().tool_failed.format(reason=context.outputs[-1][1]), "decline")
        if found is None:
            if not can_search:
                return Reply(phrases().unsure, "decline")
            return self._search(read)
        reply = self._from(read, found, context, searches)
        return self._or_computed(reply, context, read) if can_compute else reply

    def _planned(self, context: Context, read: Understanding, computes: bool, sorts: bool) -> list[tuple[str, Any]]:
        """Return the computations or classifications that a message asks for.

        Classifications are looked for first, unless the last turn asked for inputs of a computation; not at all
        where this one plainly asks for a metric.
        """

        def sorted_() -> list[tuple[str, Any]]:
            return self._sorter.calls(context, read) if sorts else []

        def computed() -> list[tuple[str, Any]]:
            near = Found.from_outputs(context.outputs)
            calls = self._reckoner.calls(context, read, near.titles if near else ()) if computes else []
            return [(COMPUTE, call.args) for call in calls]

        if computes and sorts and not self._sorter.takes(context) and self._reckoner.surely_wanted(context, read):
            return computed()
        return computed() or sorted_() if _awaits_inputs(context) else sorted_() or computed()

    def _or_computed(self, reply: Reply, context: Context, read: Understanding) -> Reply:
        """Return an explanation with the offer to compute, where the message may have wanted a number instead."""
        metrics = self._reckoner.in_question(context, read) if reply.text and not reply.follow_ups else []
        if not metrics:
            return reply
        offer, buttons = offer_of(metrics)
        return replace(reply, text=f"{reply.text}\n\n{offer}", follow_ups=buttons)

    def _search(self, read: Understanding) -> Reply:
        args = {"query": read.query, "kind": read.kind, "concepts": self._concepts(read)}
        return Reply(calls=((SEARCH, args),))

    def _concepts(self, read: Understanding) -> list[str]:
        titles = list(read.titles)
        if read.kind == "compare" and len(titles) == 2:
            note = self._library.vault.between(*titles)
            if note:
                return [*titles, note.title]
        return titles

    def _talk(self, read: Understanding, context: Context) -> Reply | None:
        sure = SURE_TALK_NAMING if read.named else SURE_TALK_SHORT if len(read.question.split()) <= 3 else SURE_TALK
        if read.act not in TALK or read.acts[read.act] < sure or read.dependent:
            return None
        text = phrases()
        if read.act == "about":
            return Reply(self._about(read))
        if read.act == "recall":
            return self._recall(read, context)
        if read.act == "record":
            return Reply(text.record.format(said=_quoted(read.question)))
        return Reply(text.greeting if read.act == "greeting" else text.thanks)

    def _about(self, read: Understanding) -> str:
        entries = phrases().about
        query = self._library.embedder.query(read.question)
        scores = [max(float(self._library.embedder.query(asked) @ query) for asked in entry.asked) for entry in entries]
        notes = self._library.vault.notes.values()
        areas = ", ".join(sorted({note.front.area.replace("-", " ") for note in notes}))
        return entries[int(np.argmax(scores))].text.format(notes=len(notes), areas=areas)

    def _recall(self, read: Understanding, context: Context) -> Reply:
        query = self._library.embedder.query(read.question)
        earlier = [turn.question for turn in context.past]
        scores = [float(self._library.embedder.query(text) @ query) for text in earlier]
        if not scores or max(scores) < 0.25:
            return Reply(phrases().recall_nothing)
        return Reply(phrases().recall_found.format(said=_quoted(earlier[int(np.argmax(scores))])))

    def _from(self, read: Understanding, found: Found, context: Context, searches: int) -> Reply:
        text = phrases()
        if read.ambiguous:
            return self._meanings(read, found)
        if found.missing and not read.named and not read.dependent and read.act != "applied":
            uncovered = text.uncovered.format(term=found.missing[0])
            return Reply(f"{uncovered} {self._offer(found, text.unsure_hint)}", "decline")
        if not self._scope.answers(read, found):
            if searches == 1 and context.last and could_lean(read):
                return self._search(self.understand(context, lean=True))
            return self._decline(read, found)
        reply = compose(read, found, context.last)
        if read.act in TASKS and read.acts[read.act] > SURE_TALK:
            return Reply(f"{getattr(text, read.act)}\n\n{reply}")
        return Reply(reply)

    def _decline(self, read: Understanding, found: Found) -> Reply:
        text = phrases()
        act = read.outside_act
        if act == "vague" or (not read.named and len(read.question.split()) < 3 and read.outside < 0.9):
            return Reply(f"{text.vague} {self._offer(found, text.vague_hint)}", "clarify")
        if read.outside < 0.4:
            return Reply(f"{text.unsure} {self._offer(found, text.unsure_hint)}", "decline")
        near = (
            act in ("live_data", "vendor_choice", "legal_ruling", "wrongdoing", "company_facts")
            and found.confidence > 0.2
        )
        return Reply(f"{text.decline[act]}{f' {self._offer(found, text.nearest)}' if near else ''}", "decline")

    def _offer(self, found: Found, phrase: str) -> str:
        titles = [f"**{title}**" for title in found.titles[:NEAREST]]
        return phrase.format(topics=", ".join(titles)) if titles else ""

    def _meanings(self, read: Understanding, found: Found) -> Reply:
        assert read.ambiguous is not None  # noqa: S101 - the caller has looked
        lines, grounded = [], False
        for meaning in read.ambiguous.meanings:
            part = found.part(meaning.note, "Definition") if meaning.note else None
            tail = f": {sentences(part.blocks[0])[0]} [{part.number}]" if part else ""
            grounded = grounded or bool(part)
            lines.append(f"- **{meaning.name}**{tail}")
        text = phrases()
        body = "\n".join([text.ambiguous.format(name=read.ambiguous.name), "", *lines, "", text.ambiguous_ask])
        return Reply(body, "answer" if grounded else "clarify")


def _begins(context: Context) -> bool:
    """Say whether nothing has been answered in this turn but a search, which a question on a review may ask for."""
    return all(name == SEARCH for name, _ in context.outputs)


def _awaits_inputs(context: Context) -> bool:
    """Say whether the last turn asked for inputs of a computation: what comes now is an answer to that."""
    return bool(context.past) and any(not call.complete for call in context.past[-1].computed)


def _quoted(text: str, most: int = 300) -> str:
    return shorten(text, most, placeholder="...")
