"""Answers as people type them, read and marked: options by letter, number or words; true or false; numbers."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.embedded.quantities import read_quantities
from assistant.learning.question import Question
from assistant.learning.wording import likeness, words
from knowledge.vault import normal

LETTERS = "ABCDEFGH"
ENOUGH_ALIKE, CLEARLY = 0.6, 0.15
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMBERS = ("one", "two", "three", "four", "five", "six")
_LEAD = re.compile(
    r"^(?:(?:i(?:'d| would)? (?:think|guess|say|choose|pick|take)|i am going with|i go with|my answer is|the answer is|"
    r"it(?:'s| is)|its|that(?:'s| is)|option|answer|number|letter|no\.|hmm+|maybe|perhaps|probably|surely|must be|"
    r"it must be|then|so|well|the)[,:]?\s+)+",
    re.IGNORECASE,
)
_TRUE = ("true", "t", "yes", "y", "right", "correct", "yep", "yeah", "agreed", "agree", "wahr", "richtig", "ja")
_FALSE = ("false", "f", "no", "n", "wrong", "incorrect", "nope", "untrue", "disagree", "falsch", "nein")
_UNKNOWN = re.compile(
    r"\W*(?:i (?:really |honestly )?(?:do not|don'?t) (?:know|remember)(?: (?:it|that|this|the answer))?|"
    r"(?:i have )?no (?:idea|clue)|dunno|idk|not sure(?: at all)?|i(?:'m| am) not sure|"
    r"(?:please )?(?:tell|show) me(?: the answer)?|(?:just )?(?:show|reveal)(?: the)? answer|"
    r"what(?:'s| is) the (?:right )?answer|i give up|give up|pass on this|weiß ich nicht|keine ahnung|\?+)\W*",
    re.IGNORECASE,
)
Read = Literal["right", "wrong", "unread", "unknown"]


@dataclass(frozen=True)
class Heard:
    """What an answer was understood as: `option` is the chosen option, `said` the answer for the record."""

    read: Read
    said: str = ""
    option: str = ""
    expected: str = ""


def is_unknown(text: str) -> bool:
    """Whether somebody says that they do not know."""
    return bool(_UNKNOWN.fullmatch(text.strip().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


def heard(question: Question, text: str) -> Heard:
    """Return what an answer means; "unread" where it cannot be told, with a sentence on what is expected."""
    said = " ".join(text.split())
    if question.kind == "recall" or is_unknown(said):
        return Heard("unknown", said)
    if not said:
        return Heard("unread", expected=_expected(question))
    if question.kind == "number":
        return _number(question, said)
    option = chosen(question.options, said) if question.kind != "true_false" else verdict(said)
    if not option:
        return Heard("unread", said, expected=_expected(question))
    return Heard("right" if option == question.answer else "wrong", option, option)


def chosen(options: list[str], said: str) -> str:
    """Return the option that is meant by a letter, a number or words; "" where that is not clear."""
    exact = [option for option in options if option.casefold() == said.casefold()]
    exact = exact or [option for option in options if normal(option) == normal(said)]
    if len(exact) == 1:
        return exact[0]
    short = normal(_LEAD.sub("", said))
    place = _place(short, len(options))
    if place is not None:
        return options[place]
    if not short:
        return ""
    exact = [option for option in options if normal(option) == short]
    if len(exact) == 1:
        return exact[0]
    inside = [option for option in options if len(short) > 3 and f" {short} " in f" {normal(option)} "]
    if len(inside) == 1:
        return inside[0]
    held = [option for option in options if f" {normal(option)} " in f" {short} "]
    if len(held) == 1:
        return held[0]
    return _alike(options, said)


def _place(short: str, count: int) -> int | None:
    """Return which option a letter, a number or an ordinal names."""
    bare = re.sub(r"\b(?:one|option|answer|please)$", "", short).strip() or short
    if len(bare) == 1 and bare.upper() in LETTERS[:count]:
        return LETTERS.index(bare.upper())
    if bare.isdigit() and 1 <= int(bare) <= count:
        return int(bare) - 1
    for names in (_ORDINALS, _NUMBERS):
        if bare in names[:count]:
            return names.index(bare)
    found = re.fullmatch(r"(\d)(?:st|nd|rd|th)", bare)
    if found and 1 <= int(found[1]) <= count:
        return int(found[1]) - 1
    return count - 1 if bare == "last" else None


def _alike(options: list[str], said: str) -> str:
    own = words(said)
    if len(own) < 2:
        return ""
    scored = sorted(((likeness(own, words(option)), option) for option in options), reverse=True)
    (best, option), (second, _) = scored[0], scored[1]
    return option if best >= ENOUGH_ALIKE and best - second >= CLEARLY else ""


def verdict(said: str) -> str:
    """Return "True" or "False" as an answer says it; "" where it says neither."""
    short = normal(_LEAD.sub("", said))
    if re.match(r"not (?:true|right|correct)\b", short):
        return "False"
    first = short.split(maxsplit=1)[0] if short else ""
    if first in _TRUE or short in ("a", "1"):
        return "True"
    if first in _FALSE or short in ("b", "2"):
        return "False"
    return ""


def _number(question: Question, said: str) -> Heard:
    values = typed(said, question.unit)
    if not values:
        return Heard("unread", said, expected=_expected(question))
    return Heard("right" if any(_near(question, value) for value in values) else "wrong", said)


def _near(question: Question, value: float) -> bool:
    return question.value is not None and abs(value - question.value) <= question.within


def typed(said: str, unit: str) -> tuple[float, ...]:
    """Return what the number that somebody typed may be in the unit asked for; nothing where there is not one number.

    A share may be typed as 0.95 or as 95 %, whichever is asked for, and a time in another unit is converted.
    """
    text = _LEAD.sub("", said)
    text = text.rsplit("=", maxsplit=1)[-1]
    found = read_quantities(text).quantities
    if len(found) != 1 or found[0].values or found[0].change == "times":
        return ()
    one = found[0]
    readings = (one.value, *one.others) if len(one.others) == 1 else (one.value,)
    if unit == "%":
        return readings if one.percent else (*readings, *(100 * value for value in readings if abs(value) <= 1))
    if one.percent:
        return (*readings, *(value / 100 for value in readings))
    return tuple(_converted(value, one.unit, unit) for value in readings)


_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0}


def _converted(value: float, given: str, wanted: str) -> float:
    """Return a time in the unit asked for; other units are taken as typed."""
    target = wanted.removesuffix("s").split(" ")[0]
    source = given.removesuffix("s")
    if source in _DAYS and target in _DAYS and source != target:
        return value * _DAYS[source] / _DAYS[target]
    return value


def _expected(question: Question) -> str:
    match question.kind:
        case "number":
            unit = f", in {question.unit}" if question.unit and question.unit != "%" else ""
            percent = " in percent, such as 87.5%" if question.unit == "%" else ", such as 1,250"
            return f"Please type one number{unit}{percent}."
        case "true_false":
            return "Please answer true or false."
    last = LETTERS[len(question.options) - 1]
    return f"Please name one of the options, by its letter (A to {last}), its number or its words."
