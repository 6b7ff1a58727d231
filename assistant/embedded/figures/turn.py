"""What the embedded model does with numbers: the calls that a message asks for, and the reply to what came back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.answer import Kind
from assistant.embedded.context import COMPUTE, Computed, Context
from assistant.embedded.figures.fitting import Fit
from assistant.embedded.figures.message import Message
from assistant.embedded.figures.plan import Call, Planner
from assistant.embedded.figures.roles import learned_roles
from assistant.embedded.figures.told import lacking, refused, told
from assistant.embedded.figures.unit_costs import unit_cost, unit_text
from assistant.embedded.figures.wording import Wording
from assistant.embedded.intents import open_classifier
from assistant.embedded.understand import QUESTIONS, Understanding
from knowledge.embedding import Vectors
from knowledge.features import masked
from knowledge.library import Library
from tools.metrics import METRICS
from tools.metrics.request import Request, answer
from tools.metrics.result import MetricResult

SURE = 0.5
SURELY_CONCEPT = 0.6
SURELY_NUMBERS = 0.85
MAYBE = 0.35
SURELY_OUTSIDE = 0.6
SHORT = 12
SURELY_COMPUTE = 0.95
KNOWN = 0.3
FEW = 2
CERTAIN = 0.85
LIKELY = 0.6
NEVER = ("injection", "wrongdoing")
SOLVED = "solved for "
_SAME_SHOWN = 3
_CORRECTS = re.compile(
    r"\s*(?:sorry|no\b|nope|oops|ups|wait|hm+|i mean|make (?:it|that)|actually|correction|rather|nein|doch|ich meine)",
    re.I,
)
_MORE = re.compile(r"\b(?:more|less|differ\w*|change\w*|sav\w+|mehr|weniger|Unterschied)\b", re.I)
_UNIT_OF = re.compile(r"^the unit of (.+) \(")


class Reckoner:
    """Plans computations and writes their replies; its state is the history that it is given."""

    def __init__(self, library: Library):
        self._library = library
        self._metrics = open_classifier("metrics", library)
        roles = learned_roles(open_classifier("inputs", library).probabilities, library.embedder.vectors)
        self._planner = Planner(Wording(METRICS, library.index.vocabulary), self._guess, roles)
        self._intent = open_classifier("figures", library)
        self._intent_of = lru_cache(maxsize=32)(self._intent_anew)  # before a classification is looked for, and after

    def calls(self, context: Context, read: Understanding, near: Sequence[str] = ()) -> list[Call]:
        """Return the computations that the current message asks for, none if it asks for none.

        `near` are titles of notes that were found for it.
        """
        message = self._planner.read(context.question)
        if not (message.quantities or message.mentions or message.unit or context.computed):
            return []
        intent = self._wanted(context.question, read)
        if self._is_outside(context, read, message, intent):
            return []
        return (
            self._going_on(context, message, intent)
            or (self._changed(context, message, intent) if message.mentions else [])
            or self._named(context, read, message, intent)
            or self._changed(context, message, intent)
            or self._unnamed(context, message, intent, near)
        )

    def _wanted(self, text: str, read: Understanding) -> dict[str, float]:
        return self._intent_of(text, masked(text, read.mentions))

    def _intent_anew(self, text: str, without_names: str) -> dict[str, float]:
        return self._intent.probabilities(without_names, self._vector(text))

    def _guess(self, text: str) -> dict[str, float]:
        return self._metrics.probabilities(text, self._vector(text))

    def _vector(self, text: str) -> Vectors:
        return self._library.embedder.query(self._library.names.correct(text))

    def _is_outside(self, context: Context, read: Understanding, message: Message, intent: Mapping[str, float]) -> bool:
        """Say whether a message is of a kind that is never answered, and not a computation that only looks like it."""
        if read.outside < SURELY_OUTSIDE or (context.computed and read.outside_act not in NEVER):
            return False
        if message.mentions and intent["compute"] >= SURELY_COMPUTE and read.outside_act not in NEVER:
            return False
        fits = self._planner.fresh(message)
        return not any(found.pairs and (found.labelled or not found.lacking) for found in fits)

    def _going_on(self, context: Context, message: Message, intent: Mapping[str, float]) -> list[Call]:
        """Return the calls that the last turn had to leave open, with what the message adds."""
        pending = [call for call in _latest(context) if not call.complete]
        if not pending or intent["concept"] >= SURELY_CONCEPT:
            return []
        if any(found.metric.id not in _ids(pending) and not found.lacking for found in self._planner.fresh(message)):
            return []
        found = []
        for past in pending:
            with_unit = _with_unit(past, message)
            call = with_unit or self._planner.changed(message, past) or self._leftover(context, message, past)
            if call:
                found.append(call)
        return found

    def _leftover(self, context: Context, message: Message, past: Computed) -> Call | None:
        """Return a call with a number of the last message as the input that this one names ("the order cost")."""
        if message.quantities or not any(said.inputs for said in message.phrases):
            return None
        earlier = self._planner.read(context.past[-1].question)
        used = {part["value"] for part in past.args.get("inputs", []) if not isinstance(part["value"], list | dict)}
        left = [quantity for quantity in earlier.quantities if quantity.value not in used]
        if len(left) != 1:
            return None
        spoken = Message(f"{message.text}: {left[0].text}", (), message.phrases)
        start = len(message.text) + 2
        moved = replace(left[0], start=start, end=start + len(left[0].text))
        return self._planner.changed(replace(spoken, quantities=(moved,)), past)

    def _named(
        self, context: Context, read: Understanding, message: Message, intent: Mapping[str, float]
    ) -> list[Call]:
        """Return calls of the metrics that the message names."""
        if not message.mentions or intent["concept"] >= SURELY_NUMBERS:
            return []
        fits = self._planner.fresh(message)
        told = any(pair.label is not None for found in fits for pair in found.pairs)
        if intent["concept"] >= SURELY_CONCEPT and not told:
            return self._from_history(context, message, fits)
        plain = all(self._planner.plain(found, message) for found in fits)
        solved = None if plain else self._planner.backwards(message)
        if solved:
            return [solved]
        return [call for found in fits if (call := self._one(context, read, message, found, fits, intent))]

    def _from_history(self, context: Context, message: Message, fits: Sequence[Fit]) -> list[Call]:
        """Return the calls of metrics that are but named, if earlier turns gave all that they need ("so DPO?")."""
        if not context.computed or len(message.text.split()) > SHORT or _ids(_latest(context)) & _named_ids(fits):
            return []
        calls = [self._planner.same_data(found.metric, message, context) for found in fits]
        return [call for call in calls if not call.unclear and isinstance(answer(Request(**call.args)), MetricResult)]

    def _one(
        self,
        context: Context,
        read: Understanding,
        message: Message,
        found: Fit,
        fits: Sequence[Fit],
        intent: Mapping[str, float],
    ) -> Call | None:
        """Return the call of one metric, with what earlier turns said if the message leaves most of it out."""
        used = [pair.quantity for other in fits if other is not found for pair in other.pairs]
        pooled = self._planner.same_data(found.metric, message, context) if context.past else None
        takes_up = not _only_a_name(message) and len(found.pairs) <= len(found.lacking)
        if pooled and pooled.args.get("inputs") and takes_up:
            return pooled
        call = self._planner.call(found, message, used=used)
        if call.args["inputs"] or call.args.get("solve_for"):
            return call
        return call if _asks_for_a_number(read, message, intent) else None

    def _corrected(self, message: Message, past: Computed) -> Call | None:
        """Return a call with the number that the last message gave put right: "sorry, 855"."""
        if len(message.quantities) != 1 or not _CORRECTS.match(message.text) or not past.args.get("inputs"):
            return None
        number = message.quantities[0]
        if any(said.inputs and len("".join(said.text)) > 1 for said in message.phrases) or number.change:
            return None
        part = past.args["inputs"][-1]
        declared = METRICS[str(past.args["metric"])].declared[part["name"]]
        if isinstance(part["value"], list | dict) or number.is_list or unit_cost(number, declared) is None:
            return None
        unit = unit_text(number) or part.get("unit", "")
        inputs = [*past.args["inputs"][:-1], {**part, "value": number.value, "unit": unit}]
        return Call({**past.args, "inputs": inputs})

    def _changed(self, context: Context, message: Message, intent: Mapping[str, float]) -> list[Call]:
        """Return the last turn's calls with what the message changes in them."""
        latest = _latest(context)
        if not latest or intent["concept"] >= SURELY_CONCEPT or not _about_inputs(message, latest):
            return []
        if not message.quantities and not message.unit:
            repeats = intent["same"] >= SURE and len(message.text.split()) <= SHORT
            return [self._again(past, message) for past in latest if past.complete] if repeats else []
        last = self._planner.read(context.past[-1].question) if context.past else None
        if last and len(last.quantities) == 1 and len(latest) == 1:
            corrected = self._corrected(message, latest[0])
            if corrected and _gave(latest[0], last):
                return [corrected]
        fresh = [found for found in self._planner.unnamed(message, ()) if found.labelled > 1 and not found.lacking]
        if fresh and intent["change"] + intent["give"] < SURE:
            return []
        return [call for past in latest if (call := self._planner.changed(message, past))]

    def _again(self, past: Computed, message: Message) -> Call:
        """Return an earlier call once more, without its comparison unless the message asks for that."""
        compares = _MORE.search(message.text)
        kept = {name: value for name, value in past.args.items() if name != "before" or compares}
        return Call({**kept, **message.calendar})

    def _taken_up(self, context: Context, message: Message) -> list[Call]:
        """Return the call of a metric that a turn before named, or that messages like this one ask for.

        Only if all numbers have a certain place in it, and with what earlier turns said nothing is lacking.
        """
        if not message.quantities:
            return []
        named = [
            metric
            for turn in reversed(context.past[-_SAME_SHOWN:])
            for said in self._planner.read(turn.question).mentions
            for metric in sorted(said.metrics)
        ]
        known = [metric for metric, share in message.guess.items() if share >= KNOWN and metric in METRICS]
        for metric in dict.fromkeys([*known, *named] if context.past else ()):
            found = self._planner.same_data(METRICS[metric], message, context)
            used = {part["value"] for part in found.args["inputs"] if not isinstance(part["value"], list | dict)}
            told = all(quantity.value in used for quantity in message.quantities)
            if told and not found.unclear and isinstance(answer(Request(**found.args)), MetricResult):
                return [found]
        return []

    def _unnamed(
        self, context: Context, message: Message, intent: Mapping[str, float], near: Sequence[str]
    ) -> list[Call]:
        if message.mentions or intent["compute"] < SURE:
            return []
        fits = [found for found in self._planner.unnamed(message, near) if _trusted(found, message)] if near else []
        fits = fits or self._planner.only_one(message)
        if not fits or all(found.lacking for found in fits):
            taken_up = self._taken_up(context, message)
            if taken_up:
                return taken_up
        if not fits and near and not context.past and intent["compute"] >= CERTAIN:
            fits = self._planner.likeliest(message, near)
        return [self._planner.call(found, message) for found in fits]

    def surely_wanted(self, context: Context, read: Understanding) -> bool:
        """Say whether a message asks for a metric so plainly that nothing else can be meant by its numbers."""
        message = self._planner.read(context.question)
        if not message.quantities or self._wanted(context.question, read)["compute"] < CERTAIN:
            return False
        learned = max(message.guess, key=lambda name: message.guess[name], default="")
        known = [learned] if message.guess.get(learned, 0.0) >= LIKELY and learned in METRICS else []
        fits = [*self._planner.fresh(message), *(self._planner.of(name, message) for name in known)]
        return any(found.pairs and not found.lacking for found in fits)

    def reply(self, context: Context) -> tuple[str, Kind]:
        """Return the reply to what the tool said in this turn, and its kind."""
        outputs = [output for name, output in context.outputs if name == COMPUTE]
        texts, kinds = [], []
        for output in outputs:
            text, kind = self._told(context, output)
            texts.append(text)
            kinds.append(kind)
        order: tuple[Kind, ...] = ("answer", "invalid", "clarify")
        return "\n\n".join(texts), next(kind for kind in order if kind in kinds)

    def _told(self, context: Context, output: Any) -> tuple[str, Kind]:
        if not isinstance(output, dict):
            return str(output), "invalid"
        if "value" in output:
            unclear = self._unclear(context, output)
            return (lacking(output, unclear), "clarify") if unclear else (told(output), "answer")
        if "invalid" in output:
            instead = next(
                (METRICS[wrong["instead"]].name for wrong in output["invalid"] if wrong["instead"] in METRICS), ""
            )
            return refused(output, instead), "invalid"
        return lacking(output, self._unclear(context, output)), "clarify"

    def _unclear(self, context: Context, output: Mapping[str, Any]) -> list[str]:
        """Return the questions about what was left out of a call because it could be read in two ways."""
        message = self._planner.read(context.question)
        if any(step.startswith(SOLVED) for step in output.get("steps", [])):
            solved = self._planner.backwards(message)
            return list(solved.unclear) if solved else []
        past = [call for call in context.computed if call.args.get("metric") == output["metric"]]
        options = [
            self._planner.call(found, message)
            for found in self._planner.fresh(message)
            if found.metric.id == output["metric"]
        ]
        options += [call for computed in past[:1] if (call := self._planner.changed(message, computed))]
        return next((list(call.unclear) for call in options if call.unclear), [])


def _gave(past: Computed, message: Message) -> bool:
    """Say whether the last input of a call is the one number that a message gave."""
    return bool(past.args.get("inputs")) and past.args["inputs"][-1]["value"] == message.quantities[0].value


def _latest(context: Context) -> list[Computed]:
    """Return the computations of the latest of the last turns that computed something."""
    return next((turn.computed for turn in reversed(context.past[-_SAME_SHOWN:]) if turn.computed), [])


def _with_unit(past: Computed, message: Message) -> Call | None:
    """Return a call whose time had no unit, with the unit that the message names."""
    asked = {match[1] for part in past.output.get("missing", []) if (match := _UNIT_OF.match(part))}
    entry = METRICS.get(str(past.args.get("metric")))
    if not asked or not message.unit or entry is None or message.quantities:
        return None
    labels = {name: declared.said.label for name, declared in entry.declared.items()}
    inputs = [
        {**part, "unit": message.unit} if labels.get(part["name"]) in asked else part for part in past.args["inputs"]
    ]
    return Call({**past.args, "inputs": inputs})


def _about_inputs(message: Message, computed: Sequence[Computed]) -> bool:
    """Say whether every metric that a message names is but an input of what was computed."""
    ids = _ids(computed)
    return all(any(metric in ids for metric, _ in said.inputs) for said in message.mentions)


def _only_a_name(message: Message) -> bool:
    """Say whether a message is but the name of a metric: that asks what it means, not for its value."""
    return message.text.strip(" ?!.").casefold() in {
        message.text[said.start : said.end].casefold() for said in message.mentions
    }


def _asks_for_a_number(read: Understanding, message: Message, intent: Mapping[str, float]) -> bool:
    """Say whether a message that gives no number that can be used wants one all the same."""
    named = sum(said.words for said in message.mentions)
    if len(message.text.split()) <= named + 1 or intent["compute"] < intent["concept"]:
        return False
    certain = intent["compute"] >= CERTAIN and len(message.text.split()) <= SHORT
    return certain or read.acts["compute"] >= MAYBE or read.act not in QUESTIONS


def _trusted(found: Fit, message: Message) -> bool:
    """Say whether a metric that was not named may be taken: all numbers have a place and their names say so.

    One of them may lack a name if messages like this one ask for the metric.
    """
    if found.left or len(found.pairs) < len(found.lacking):
        return False
    known = message.guess.get(found.metric.id, 0.0) >= KNOWN
    return found.labelled >= max(1, len(found.pairs) - known) and (
        known or not found.elsewhere or len(found.pairs) > FEW
    )


def _named_ids(fits: Sequence[Fit]) -> set[str]:
    return {found.metric.id for found in fits}


def _ids(calls: Sequence[Computed]) -> set[str]:
    return {str(call.args.get("metric")) for call in calls}
