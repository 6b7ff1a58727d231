"""What the embedded model does in a guided review: the first step of a turn, and the one after tools have answered."""

import re
from collections.abc import Mapping
from datetime import date

from assistant.embedded.context import REVIEWING, SEARCH, Context
from assistant.embedded.material import sentences as sentences_of
from assistant.embedded.quantities import read_quantities
from assistant.embedded.reviewing import saying
from assistant.embedded.reviewing.acting import assigned, chosen, completed
from assistant.embedded.reviewing.amounts import amounts_in
from assistant.embedded.reviewing.choosing import (
    destination,
    named_outright,
    other_review,
    points_to_one,
    question_named,
    review_meant,
    still_choosing,
)
from assistant.embedded.reviewing.claiming import claimed
from assistant.embedded.reviewing.downloads import file_wanted
from assistant.embedded.reviewing.entering import ADDS
from assistant.embedded.reviewing.entries import Entry, is_node_table
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.hearing import HALF, OTHER, SURE, UNSURE
from assistant.embedded.reviewing.introducing import named
from assistant.embedded.reviewing.levels import asked_again, asked_for
from assistant.embedded.reviewing.likening import likened
from assistant.embedded.reviewing.make_or_buy import costs_in, item_asked
from assistant.embedded.reviewing.phrases import sentences
from assistant.embedded.reviewing.proving import answer_of, parted, proved
from assistant.embedded.reviewing.rating import rated
from assistant.embedded.reviewing.registering import registers
from assistant.embedded.reviewing.replying import Replying
from assistant.embedded.reviewing.scope import place_or_products, title_in
from assistant.embedded.reviewing.showing import shown
from assistant.embedded.reviewing.state import State, read_state
from assistant.embedded.reviewing.step import (
    BREAKS,
    COMPARE,
    LIST,
    MOVE,
    RECORD,
    REPORT,
    REPORTS,
    SHORT,
    START,
    STATUS,
    Step,
    asks_something,
    buttons,
    call,
)
from assistant.embedded.reviewing.undoing import undone
from assistant.embedded.reviewing.vocabulary import cues, fact_words
from assistant.embedded.reviewing.wishes import MOVES, is_supposed
from assistant.embedded.understand import Understanding
from tools.metrics.shown import listed

PLACES = ("skip", "back", "goto", "pause", "report", "continue")
SPOKEN_FOR = 0.25
SURE_BEFORE = 0.4
CLEARLY = 2.0
_ASKS_HOW = re.compile(r"\W*(?:how(?! about)|what(?! about)|why|when|which|who|wie|was|warum)\b", re.IGNORECASE)
_COURTEOUS = (
    r"\W*(?:(?:yes|ok|okay|so|hi|hello|please|then|can|could|shall|we|you|i|let's|lets|let us|want to|need to"
    r"|would like to|have to|me|us|now)\W+)*"
)
_BEGINS = re.compile(
    rf"{_COURTEOUS}(?:(?:start|begin|run|do|open|launch|make|set up|conduct|carry out)\s+)?(?:an?\s+)?(?:new\s+)?"
    r"(?:(?:supply|chain|guided)\s+)*risk\s+(?:review|reveiw|assessment|check)\b\s*(?::|of|for|on)\s",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"{_COURTEOUS}(?:start|begin|do|run)\s+(?:one|it|a new one|that)\b(?!\s+(?:step|at)\b)", re.IGNORECASE
)
_MOVES_ON = re.compile(r"\bnext\b|\bmove on\b|\bon we go\b", re.IGNORECASE)  # "that's all" may end but an aside
_NEXT = re.compile(r"\bnext\b|\bmove on\b|\bon we go\b|that(?:'s| is| was) (?:all|it)\b", re.IGNORECASE)


class Reviewer(Replying):
    """Leads through reviews; its state is the history that it is given."""

    def plan(self, context: Context, read: Understanding) -> Step | None:
        """Return the first step for a message that concerns a review; None if it speaks of something else."""
        state = read_state(context)
        if state.offered and (chosen := self._chosen(context.question, state.offered)):
            return call(MOVE, review_id=chosen, to="continue")
        if outright := named_outright(context.question):
            return call(MOVE, review_id=outright.review_id, to="continue") if outright.review_id else call(LIST)
        if claimed(context.question) or (state.offered and self._still_choosing(context.question, state)):
            return call(LIST)
        if (state.running or state.paused) and file_wanted(context.question) is not None:
            return call(REPORT, review_id=state.review_id)
        if state.running:
            return self._running(context, read, state)
        begun = None if state.paused else self._begun(context)
        if begun:
            return begun
        if not (state.paused or read.acts["review"] >= SPOKEN_FOR or cues(fact_words().review, context.question)):
            return None
        return self._before(context, read, state)

    def next(self, context: Context) -> Step:
        """Return the step after tools of a review have answered in this turn."""
        context = answer_of(context)
        state = read_state(context)
        name, output = next((name, output) for name, output in reversed(context.outputs) if name in REVIEWING)
        if not isinstance(output, Mapping):
            return Step(text=str(output), kind="decline")
        if "error" in output:
            return Step(text=str(output["error"]), kind="invalid" if "invalid" in output else "decline")
        if name == LIST:
            return self._listed(context, output)
        if name == RECORD:
            calls = self._gaps(context, state, output)
            return Step(calls=calls) if calls else self._recorded(context, state, output)
        return self._told(context, name, output, state)

    def back(self, context: Context) -> str:
        """Return the line that leads back to the question, after something else was answered; "" without a review."""
        state = read_state(context)
        return saying.again(state.output) if state.running else ""

    @staticmethod
    def _still_choosing(text: str, state: State) -> bool:
        """Say whether a short message that asks nothing leaves open which listed review is meant."""
        if len(text.split()) > SHORT or asks_something(text):
            return False
        return (points_to_one(text) and not state.running) or still_choosing(text, state.offered)

    def _before(self, context: Context, read: Understanding, state: State) -> Step | None:
        """Plan for a message while no review runs in the conversation."""
        heard = self._hearer.hear(context.question, running=state.paused)
        wish = heard.wish
        clear = heard.odds[wish] >= SURE_BEFORE or heard.odds[wish] >= CLEARLY * heard.odds[OTHER]
        if not clear or heard.odds[wish] < SURE or wish == OTHER:
            certain = read.acts["review"] >= HALF and heard.odds[OTHER] < HALF and not asks_something(context.question)
            wish = heard.own if certain else OTHER
        if wish == "start":
            return None if _ASKS_HOW.match(context.question) else self._start(context.question)
        if wish == LIST.split("_")[0]:
            return call(LIST)
        if wish in ("resume", "continue", *REPORTS):
            if (
                state.paused
                and not review_meant(context.question, [state.output])
                and wish == "resume"
                and title_in(context.question)
            ):
                return call(LIST)
            if state.paused:
                tool, args = (REPORT, {}) if wish in REPORTS else (MOVE, {"to": "continue"})
                return call(tool, review_id=state.review_id, **args)
            return call(LIST)
        return None

    def _begun(self, context: Context) -> Step | None:
        """Return the beginning of a review that is named outright, or by "start one" after a review was spoken of."""
        text = context.question
        if _BEGINS.match(text) and title_in(text):
            return self._start(text)
        before = context.past[-1].question if context.past else ""
        if _ONE.match(text) and cues(fact_words().review, before):
            return self._start(text if title_in(text) else before)
        return None

    def _start(self, text: str) -> Step:
        title = title_in(text)
        scope = place_or_products(title)
        shown = title[:1].upper() + title[1:] if title else "Supply chain risk review"
        return call(START, title=shown, **({"scope": scope} if scope else {}))

    def _running(self, context: Context, read: Understanding, state: State) -> Step | None:
        """Plan for a message while a review runs."""
        _, proof = parted(context.question)
        if proof:
            step = self._running(answer_of(context), read, state)
            return proved(step, proof) if step else None
        text = context.question
        if _awaits_inputs(context) and not self._leaves(text, state):
            return None
        if told := shown(text, state) or likened(text, state):
            return told
        if is_supposed(text, state.names):
            return self._supposed(context, state)
        if held := self._held(text, state):
            return held
        compares = self._compares(text, state)
        if compares:
            return compares
        shared = self._assigned(text, state)
        if shared:
            return shared
        picked = chosen(text, state, self._likeness, date.today())
        if picked:
            return call(RECORD, **Entry().args(state), actions=picked)
        aside = undone(text, state) or named(text, state) or rated(text, state) or registers(text, state)
        if aside:
            return aside
        settled = self._settled(context, state) or asked_again(text, state) or self._directed(text, state)
        if settled:
            return settled
        wish = self._wish(text, read, state)
        if wish == OTHER:
            return None
        if wish == "unknown" and state.comparison.get("lacking"):  # it answers what the comparison asked for
            said = sentences().say("make_or_buy_unknown", name=state.comparison["name"])
            return Step(text=f"{said}\n\n{saying.again(state.output)}", follow_ups=buttons("resume", "report"))
        if wish == UNSURE:
            question = state.question
            if not question:
                return None
            said = sentences().say("unsure", id=question["id"], short=question["short"])
            return Step(text=said, kind="clarify", follow_ups=buttons("skip", "unknown", "why"))
        return self._wished(wish, context, state)

    def _supposed(self, context: Context, state: State) -> Step | None:
        """Leave a what-if to what computes, where a gap was just computed; else say that nothing of it is entered."""
        if context.past and context.past[-1].computed:
            return None
        said = sentences().say("supposed", link=state.output.get("link", ""))
        return Step(text=f"{said}\n\n{saying.again(state.output)}", kind="clarify", follow_ups=buttons("resume"))

    def _held(self, text: str, state: State) -> Step | None:
        """Say that stock which others hold is no cover, where nothing else is told and figures of nodes are."""
        awaited = is_node_table(state.question) or state.question.get("sets_limits") or state.told_now
        if not awaited or asks_something(text):
            return None
        facts = read_facts(text, state.names)
        if not facts.held or facts.nodes:
            return None
        said = sentences().say("held_by_others", amounts=listed(facts.held))
        return Step(text=f"{said}\n\n{saying.again(state.output)}", kind="clarify", follow_ups=buttons("resume"))

    def _leaves(self, text: str, state: State) -> bool:
        """Say whether a message turns from the inputs of a computation to the review: "skip", "go to 2.2"."""
        if question_named(text, state.output):
            return True
        heard = self._hearer.hear(text, running=True)
        return heard.own in PLACES and heard.odds[heard.own] >= HALF and not any(sign.isdigit() for sign in text)

    def _directed(self, text: str, state: State) -> Step | None:
        """Return the step for a question named by its number, or for the owner of an action named or just added."""
        to = question_named(text, state.output)
        if to:
            return call(MOVE, review_id=state.review_id, to=to)
        if ADDS.match(text):
            return self._action(text, state)
        given = assigned(text, date.today())
        if given:
            return call(RECORD, **Entry().args(state), actions=[given])
        said = completed(text, state, date.today(), bare=self._wish(text, None, state) not in MOVES)
        return call(RECORD, **Entry().args(state), actions=[said]) if said else None

    def _compares(self, text: str, state: State) -> Step | None:
        """Return the comparison of making and buying that a message asks for or gives figures of; None if neither."""
        item, before = item_asked(text), str(state.comparison.get("name", ""))
        if not item and not before:
            return None
        costs = costs_in(text)
        if not item and not costs.told:
            return None
        said = {"volume": costs.volume, "make": costs.make, "buy": costs.buy}
        args = {name: value for name, value in said.items() if value not in (None, {})}
        return call(COMPARE, review_id=state.review_id, name=item or before, **args, keep=not costs.what_if)

    def _wished(self, wish: str, context: Context, state: State) -> Step | None:
        text, this = context.question, {"review_id": state.review_id}
        match wish:
            case "start":
                return self._start(text)
            case "list":
                return call(LIST)
            case "resume":
                other = title_in(text) and not review_meant(text, [state.output])
                return call(LIST) if other or other_review(text, state.output) else call(MOVE, **this, to="continue")
            case "continue":
                if other_review(text, state.output):
                    return call(LIST)
                return call(MOVE, **this, to=_onward(text, state))
            case "skip" | "back":
                return call(MOVE, **this, to=wish)
            case "goto":
                return self._gone(text, state)
            case "pause":
                return call(STATUS, **this, status="paused")
            case "report" | "gaps" | "exposures" | "progress":
                return call(REPORT, **this)
            case "breaks":
                return _broken(text, state)
            case "unknown":
                return self._unknown(text, state)
            case "why":
                return self._why(context, state)
            case "proof":
                return self._proof(state)
            case "evidence":
                return self._evidence(text, state)
            case "action":
                return self._action(text, state)
            case "confirm" | "deny":
                return self._confirmed(text, state, wish, asked_for(context))
            case "correct":
                return self._corrected(text, state)
        return self._answered(text, state)

    def _gone(self, text: str, state: State) -> Step:
        to = destination(text, state.output, self._likeness)
        if to:
            return call(MOVE, review_id=state.review_id, to=to)
        return Step(text=sentences().say("which_place", steps=len(state.output["steps"])), kind="clarify")

    def _why(self, context: Context, state: State) -> Step | None:
        """Say why the question is asked, with the definition of the term behind it from the notes."""
        question = state.question
        if not question:
            return None
        found = next(
            (output for name, output in context.outputs if name == SEARCH and isinstance(output, Mapping)), None
        )
        if found is None and question["terms"]:
            term = question["terms"][0]
            return call(SEARCH, query=term, kind="what", concepts=[term])
        parts = [saying.why(question)]
        section = next(iter((found or {}).get("sections", [])), None)
        if section:
            first = sentences_of(section["text"].split("\n\n")[0])[0]
            parts.append(sentences().say("term", sentence=first, number=section["number"]))
        return Step(
            text="\n\n".join([*parts, saying.again(state.output)]), follow_ups=buttons("skip", "unknown", "stop")
        )

    def _proof(self, state: State) -> Step | None:
        if not state.question:
            return None
        text = "\n\n".join([saying.proof(state.question), saying.again(state.output)])
        return Step(text=text, follow_ups=buttons("skip", "unknown", "why"))


def _broken(text: str, state: State) -> Step:
    """Return the reverse stress test at the limit that a message names, or at that of the scope; ask where none is."""
    amounts = amounts_in(text, read_quantities(text).quantities)
    named = next((one.value for one in amounts if one.kind == "money" and not one.period), None)
    if named is None and not state.output.get("scope", {}).get("loss_limit"):
        return Step(text=sentences().say("breaks_which_limit"), kind="clarify")
    return call(BREAKS, review_id=state.review_id, **({} if named is None else {"limit": named}))


def _awaits_inputs(context: Context) -> bool:
    """Say whether the last turn asked for inputs of a computation that is no matter of the review."""
    last = context.past[-1] if context.past else None
    return bool(last and not last.reviewed and any(not call.complete for call in last.computed))


def _onward(text: str, state: State) -> str:
    """Return whether "continue" asks for the same question again or for the next one."""
    filled = is_node_table(state.question) and bool(state.question.get("given") or state.nodes_last)
    if not state.here:
        return "next" if (_NEXT if filled else _MOVES_ON).search(text) else "continue"
    return "next" if _NEXT.search(text) or filled else "continue"
