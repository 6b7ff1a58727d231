"""Guided risk reviews, as LangChain tools: start, answer, move, compare, report; entries are committed before told."""

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool
from pydantic import Field

from assistant.toolbox.breaking import breaking
from assistant.toolbox.making_or_buying import comparison
from assistant.toolbox.review_entries import MOST_ENTRIES, ActionTold, AnswerTold, NodeTold, OptionTold, ScopeTold
from assistant.toolbox.review_nodes import is_node_table
from assistant.toolbox.review_shown import (
    MOST_LISTED,
    answered_of,
    current_question,
    exposures_of,
    report,
    standing,
    summary,
)
from assistant.toolbox.review_undoing import Undoer
from assistant.toolbox.review_writing import Writer
from assistant.toolbox.turn_context import TurnContext
from tools.risk.checklist import Question
from tools.risk.errors import ReviewError, refused
from tools.risk.progress import asked, next_question, previous_question
from tools.risk.review import Participant, Review, Scope
from tools.risk.store import Actor, ConflictError, ReviewNotFoundError, Reviews, StoreError

NOT_KEPT = "Risk reviews cannot be kept here, so none can be run."
NOBODY = "It is not known who asks, so no review can be opened."
MOST_REVIEWS = 30
Entries = Field(max_length=MOST_ENTRIES)
Done = Callable[[Reviews, Actor], dict[str, Any]]


def reviewing_tools(store: Reviews | None) -> list[BaseTool]:
    """Return the tools of guided risk reviews; without a store they only say that there is none."""

    def told(runtime: ToolRuntime[TurnContext], work: Done) -> str:
        actor = runtime.context.actor if runtime.context else None
        if store is None or actor is None:
            return json.dumps({"error": NOT_KEPT if store is None else NOBODY})
        try:
            output = work(store, actor)
        except ReviewError as error:
            output = {"error": str(error), "invalid": [wrong.model_dump() for wrong in error.wrong]}
        except (ReviewNotFoundError, StoreError, ConflictError) as error:
            output = {"error": str(error)}
        return json.dumps(output, ensure_ascii=False, default=str)

    @tool
    def start_review(title: str, runtime: ToolRuntime[TurnContext], scope: ScopeTold | None = None) -> str:
        """Start a guided supply chain risk review and return its first question.

        Returns JSON: review_id, step, question (ask, why, evidence, options, anchors of maturity), progress, revision.
        Ask one question at a time, say in a line why it is asked, and read back what was recorded.

        Args:
            title: what is reviewed, in a few words.
            runtime: filled in by the agent.
            scope: what the user said of products, sites, period and limits; nothing else.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            review = store.begin(actor, title, Scope(**scope.said) if scope else None)
            return _after(store, actor, review.id) | {"started": True}

        return told(runtime, work)

    @tool
    def list_reviews(runtime: ToolRuntime[TurnContext]) -> str:
        """List the risk reviews of the user, the one that was changed last first, to go on with one of them.

        Args:
            runtime: filled in by the agent.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            found = store.listed(actor)
            return {"reviews": [summary(one) for one in found[:MOST_REVIEWS]], "count": len(found)}

        return told(runtime, work)

    @tool
    def record_answers(
        review_id: str,
        runtime: ToolRuntime[TurnContext],
        answers: Annotated[Sequence[AnswerTold], Entries] = (),
        nodes: Annotated[Sequence[NodeTold], Entries] = (),
        scope: ScopeTold | None = None,
        actions: Annotated[Sequence[ActionTold], Entries] = (),
        seen: int = 0,
    ) -> str:
        """Record what the user said in a risk review, and return what was recorded and the next question.

        Record only what was said: no owner, date, level of maturity or figure of your own. Each entry is committed
        before this returns. `conflicts` tell what somebody else changed meanwhile and what stands now: show it and
        ask. `which_action` lists the open actions where it is not clear which one is meant. `exposures` hold TTR, TTS
        and gap of the nodes named; work out gaps with compute_metric, not yourself.

        Args:
            review_id: which review.
            runtime: filled in by the agent.
            answers: answers to questions, each with what was said only.
            nodes: facts of parts, suppliers, sites, lanes and systems; a known one gets what is new.
            scope: what is covered, and limits.
            actions: owner and due date of actions that review_report lists.
            seen: `revision` of the last output that you read of this review.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            before = store.open(actor, review_id)
            question = current_question(before, store.me(actor, review_id))
            writer = Writer(store, actor, review_id, seen)
            done = writer.write(nodes, answers, scope, actions)
            if question and is_node_table(question) and done.nodes and question.id not in done.answers:
                writer.fill_table(question)
            review, me = store.open(actor, review_id), store.me(actor, review_id)
            written = review.revision
            if question and _is_done(review, me, question) and question.id in done.answers and not done.nodes:
                following = next_question(review, question.id, me.id)
                store.move(actor, review_id, following.id if following else "")
            elif question and me.position != question.id:
                store.move(actor, review_id, question.id)
            return _after(store, actor, review_id, done.nodes) | {
                "recorded": done.recorded,
                "conflicts": done.conflicts,
                "problems": done.problems,
                "answered": answered_of(review, me, done.answers),
                "exposures": exposures_of(review, done.nodes),
                "which_action": done.which_action[:MOST_LISTED],
                "entered": {"after": before.revision, "until": written},
            }

        return told(runtime, work)

    @tool
    def take_back_entry(review_id: str, after: int, until: int, runtime: ToolRuntime[TurnContext]) -> str:
        """Take back what the user entered with one call of record_answers, when the user says so ("undo that").

        Only the user's own changes go back, and none that somebody changed since; `stays` tells what stays and why.

        Args:
            review_id: which review.
            after: `entered.after` of the output of that call.
            until: `entered.until` of it.
            runtime: filled in by the agent.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            done = Undoer(store, actor, review_id).undo(after, until)
            review, me = store.open(actor, review_id), store.me(actor, review_id)
            reopened = [one for one in reversed(done.questions) if any(one == left.id for left in asked(review))]
            if reopened:
                store.move(actor, review_id, reopened[0])
            return _after(store, actor, review_id, done.nodes) | {
                "taken_back": done.said,
                "stays": done.stays,
                "answered": answered_of(review, me, done.questions),
                "exposures": exposures_of(review, done.nodes),
            }

        return told(runtime, work)

    @tool
    def move_in_review(review_id: str, runtime: ToolRuntime[TurnContext], to: str = "continue") -> str:
        """Go to another question of a risk review, or come back to it.

        Args:
            review_id: which review.
            runtime: filled in by the agent.
            to: "continue" (the question that is open, also after a pause), "next", "back", "skip" (leave it for
                later), the id of a question like "2.3", or the number of a step like "4".
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            review, me = store.open(actor, review_id), store.me(actor, review_id)
            question = current_question(review, me)
            filled: list[str] = []
            if review.status == "paused":
                store.set_status(actor, review_id, "open", review.version)
            if to in ("next", "skip") and question:
                filled = _left(store, actor, review, question, skipped=to == "skip")
                review, me = store.open(actor, review_id), store.me(actor, review_id)
                following = next_question(review, question.id, me.id)
                store.move(actor, review_id, following.id if following else "", _skipped(review, me, question))
            elif to == "back" and question:
                earlier = previous_question(review, question.id)
                store.move(actor, review_id, (earlier or question).id)
            elif to not in ("continue", "next", "skip", "back"):
                store.move(actor, review_id, _named(review, me, to).id)
            elif question:
                store.move(actor, review_id, question.id)
            return _after(store, actor, review_id) | {"moved": to, "recorded": filled}

        return told(runtime, work)

    @tool
    def review_report(review_id: str, runtime: ToolRuntime[TurnContext]) -> str:
        """Return what a risk review shows so far: steps, largest exposures, what is unknown, flags, proposed actions.

        Owner and due date of an action are blank until the user names them: ask for them. `files` are addresses of the
        report as Word, Excel, PDF, Markdown and JSON.

        Args:
            review_id: which review.
            runtime: filled in by the agent.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            return _after(store, actor, review_id) | report(store.open(actor, review_id))

        return told(runtime, work)

    @tool
    def set_review_status(
        review_id: str, status: Literal["open", "paused", "finished"], runtime: ToolRuntime[TurnContext]
    ) -> str:
        """Pause a risk review, finish it (nothing can be changed then), or open it again.

        Args:
            review_id: which review.
            status: the new status.
            runtime: filled in by the agent.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            store.set_status(actor, review_id, status, store.open(actor, review_id).version)
            return _after(store, actor, review_id)

        return told(runtime, work)

    @tool
    def compare_make_or_buy(
        review_id: str,
        name: str,
        runtime: ToolRuntime[TurnContext],
        volume: float | None = None,
        make: OptionTold | None = None,
        buy: OptionTold | None = None,
        keep: bool = True,
    ) -> str:
        """Compare making and buying an item at full cost in a risk review, and keep the figures with the review.

        `lacking` names what is needed still: ask for it. Show inputs, formula, steps, assumptions, missing and
        warnings of the result; never fill in a figure of your own.

        Args:
            review_id: which review.
            name: what could be made or bought, as the user calls it; one that was compared before is changed.
            runtime: filled in by the agent.
            volume: units a year.
            make: what making costs, with what was said only.
            buy: what buying costs, with what was said only.
            keep: false for a what-if, which changes nothing in the review.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            found = comparison(store, actor, review_id, name, volume, make, buy, keep=keep)
            return _after(store, actor, review_id) | {"comparison": found}

        return told(runtime, work)

    @tool
    def what_breaks_us(review_id: str, runtime: ToolRuntime[TurnContext], limit: float | None = None) -> str:
        """Ask a risk review what would break the company: the shortest outages and mildest scenarios that pass a limit.

        Nodes that lack figures are in `not_judged`: name them, never call them safe. Nothing is changed.

        Args:
            review_id: which review.
            runtime: filled in by the agent.
            limit: loss in money that could not be borne, where the user names one; that of the scope otherwise.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            return _after(store, actor, review_id) | {"breaking": breaking(store.open(actor, review_id), limit)}

        return told(runtime, work)

    @tool
    def name_me_in_review(review_id: str, name: str, runtime: ToolRuntime[TurnContext]) -> str:
        """Give the user the name that they say, as it stands in the people and the history of a risk review.

        Args:
            review_id: which review.
            name: as the user says it; never one that you made up.
            runtime: filled in by the agent.
        """

        def work(store: Reviews, actor: Actor) -> dict[str, Any]:
            renamed = store.rename_me(actor, review_id, name)
            return _after(store, actor, review_id) | {"recorded": [f"you are {renamed.name}"]}

        return told(runtime, work)

    return [
        start_review,
        list_reviews,
        record_answers,
        move_in_review,
        review_report,
        set_review_status,
        compare_make_or_buy,
        take_back_entry,
        what_breaks_us,
        name_me_in_review,
    ]


def _after(store: Reviews, actor: Actor, review_id: str, touched: Sequence[str] = ()) -> dict[str, Any]:
    return standing(store.open(actor, review_id), store.me(actor, review_id), touched)


def _left(store: Reviews, actor: Actor, review: Review, question: Question, *, skipped: bool) -> list[str]:
    """Enter the nodes that are known where a table of nodes is left behind as done; say so."""
    if skipped or not is_node_table(question) or not review.nodes:
        return []
    writer = Writer(store, actor, review.id, review.revision)
    writer.fill_table(question)
    return writer.done.problems


def _skipped(review: Review, me: Participant, question: Question) -> str:
    return "" if _is_done(review, me, question) else question.id


def _is_done(review: Review, me: Participant, question: Question) -> bool:
    """Say whether somebody has answered a question; a remark alone is no answer."""
    own = next((one for one in review.answers if one.question == question.id and one.person == me.id), None)
    return own is not None and (own.unknown or own.maturity is not None or own.value not in (None, "", []))


def _named(review: Review, me: Participant, to: str) -> Question:
    """Return the question of an id, or the first one of a step that is still open for somebody."""
    name = to.strip().casefold().removeprefix("step ").removeprefix("question ")
    here = asked(review)
    found = next((one for one in here if one.id == name), None)
    step = next((one for one in review.checklist.steps if str(one.number) == name), None)
    if found is None and step:
        inside = [one for one in here if one in step.questions]
        found = next((one for one in inside if not _is_done(review, me, one)), inside[0] if inside else None)
    if found is None:
        last = review.checklist.steps[-1].number
        raise refused(
            "to",
            f'There is no question or step "{to}" that is asked here: name an id like 1.3, or a step from 1 to {last}.',
        )
    return found
