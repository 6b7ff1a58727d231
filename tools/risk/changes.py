"""Changes of a review in words: what was done, as it follows a name, and what stood there before and after."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tools.risk.checklist import Question
from tools.risk.progress import shown_value
from tools.risk.review import TEAM, Change, Review

LONGEST, LONGEST_VALUE = 80, 300
LABELS = ("name", "title", "text")
STATUS = {"open": "opened the review", "paused": "paused the review", "finished": "finished the review"}
_OWN = ("id", "version", "at", "by", "result", "person")
_PLAIN = ("title", "status")
_TOLD = ("answer", "scope", "node", "line", "risk", "action", "scenario", "make_or_buy")
ITEMS = {"line": "product line", "stress_run": "stress test", "make_or_buy": "the comparison of making and buying"}


def in_words(review: Review, change: Change) -> str:
    """Say what a change did: "answered 1.3 (Time to recover and survive)"."""
    kind, _, which = change.what.partition(" ")
    say = _SAY.get(kind)
    return say(review, change, which) if say else _item(review, change, kind, which)


def values(review: Review, change: Change) -> tuple[str, str]:
    """Return what stood there before and what stands there since, in short; "" where there was or is nothing."""
    kind, _, which = change.what.partition(" ")
    question = review.checklist.question(which) if kind == "answer" else None
    if kind in _PLAIN:
        return _short(change.before), _short(change.after)
    if kind not in _TOLD:  # who joined or began it is said in words already
        return "", ""
    before, after = _mapping(change.before), _mapping(change.after)
    changed = kind == "answer" or (bool(before) and bool(after))
    return (_fields(before, question), _fields(after, question)) if changed else ("", "")


def _fields(told: Mapping[str, Any], question: Question | None) -> str:
    """Return the fields of one side of a change: of an answer its value, level, evidence and comment."""
    if question is None:
        told = {name: value for name, value in told.items() if name not in _OWN}
        return _cut("; ".join(f"{_label(name)}: {_short(value) or '-'}" for name, value in told.items()))
    if told.get("unknown"):
        return _cut("; ".join(["not known", *([f"comment: {told['comment']}"] if told.get("comment") else [])]))
    said = [shown_value(question, told["value"])] if told.get("value") not in (None, "", []) else []
    said += [f"level {told['maturity']}"] if told.get("maturity") is not None else []
    said += [f"{name}: {told[name]}" for name in ("evidence", "comment") if told.get(name)]
    return _cut("; ".join(said))


def _short(value: Any) -> str:
    """Return any value as words; tables as the number of their rows."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.10g}"
        case list():
            return ", ".join(_short(one) for one in value)
        case Mapping():
            return ", ".join(
                f"{str(name).replace('_', ' ')} {_short(one)}" for name, one in value.items() if _short(one)
            )
    return " ".join(str(value).split())


def _label(name: object) -> str:
    return str(name).replace("ttr_", "TTR_").replace("_", " ")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}\N{HORIZONTAL ELLIPSIS}"


def _answer(review: Review, change: Change, which: str) -> str:
    answer = change.after or change.before
    team = " for the team" if isinstance(answer, Mapping) and answer.get("person") == TEAM else ""
    did = "withdrew the answer to" if change.after is None else "changed" if change.before else "answered"
    return f"{did} {_question(review, which)}{team}"


def _question(review: Review, which: str) -> str:
    question = review.checklist.question(which)
    return f"{which} ({question.short or question.ask[:40]})" if question else which


def _begun(_review: Review, change: Change, _which: str) -> str:
    told = _mapping(change.after)
    if told.get("previous"):
        return "continued an earlier review with this one"
    return "brought the review in from a file" if told.get("restored") else "began the review"


def _person(review: Review, change: Change, which: str) -> str:
    told, before = _mapping(change.after), _mapping(change.before)
    if told.get("role") and before:
        if told.get("taken"):
            return f"took the lead over from “{before.get('lead', '')}”, who had gone"
        name = next((one.name for one in review.participants if one.id == which), told.get("name", ""))
        return f"made “{name}” the lead"
    return f"is called “{_mapping(change.after).get('name', '')}” now" if change.before else "joined"


def _comment(review: Review, change: Change, _which: str) -> str:
    about = str(_mapping(change.after).get("about", ""))
    if review.checklist.question(about):
        return f"commented on {_question(review, about)}"
    named = {
        **{node.id: f"node “{node.name[:LONGEST]}”" for node in review.nodes},
        **{risk.id: f"risk “{risk.title[:LONGEST]}”" for risk in review.risks},
        **{action.id: f"action “{action.text[:LONGEST]}”" for action in review.actions},
    }
    return f"commented on the {named[about]}" if about in named else "commented"


def _item(review: Review, change: Change, kind: str, which: str) -> str:
    """Say what was done to an item; a change holds but the fields that differ, so its name may have to be looked up."""
    told = _mapping(change.after) or _mapping(change.before)
    now: Mapping[str, Any] = next((one.model_dump() for one in _items(review, kind) if one.id == which), {})
    label = next((str(said) for kept in (told, now) for name in LABELS if (said := kept.get(name))), "")[:LONGEST]
    did = "removed" if change.after is None else "changed" if change.before is not None else "added"
    return f"{did} {ITEMS.get(kind, kind)}{f' “{label}”' if label else ''}"


def _items(review: Review, kind: str) -> Sequence[Any]:
    return getattr(review, "make_or_buy" if kind == "make_or_buy" else f"{kind}s", ())


def _mapping(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


_SAY: Mapping[str, Callable[[Review, Change, str], str]] = {
    "answer": _answer,
    "review": _begun,
    "participant": _person,
    "comment": _comment,
    "invitation": lambda *_: "made a new invitation link",
    "title": lambda _review, change, _which: f"renamed the review to “{change.after}”",
    "scope": lambda *_: "changed the scope and limits",
    "status": lambda _review, change, _which: STATUS.get(str(change.after), "changed the status"),
    "checklist": lambda *_: "changed the questions",
}
