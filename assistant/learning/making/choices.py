"""Questions with options: those of 'Check yourself', what a concept is for, and by what it is measured."""

import re
from collections.abc import Iterator
from functools import partial
from random import Random

from assistant.learning.making.amounts import other_amounts
from assistant.learning.making.field import Field, Said
from assistant.learning.question import Draft, Question, key_of
from assistant.learning.wording import (
    claim_of,
    fitting,
    form_of,
    likeness,
    more_in,
    sentences,
    short,
    stands_alone,
    upper_first,
    words,
)
from knowledge.note import Note
from knowledge.note import Question as SelfCheck

OPTIONS = 4
SAME = 0.5
"""The likeness from which a distractor might be right as well."""

SHARED = 2
"""How many telling words a distractor has in common with the question and its answer, at least."""

_POINTS_BACK = re.compile(r"(?:It|They|This|That|These|Those|Both)\b")
ALIKE = 0.3
"""The likeness to the question from which a distractor is plausible."""


def choice_drafts(field: Field, note: Note) -> Iterator[Draft]:
    """Yield the questions with options of a note."""
    area = note.front.area
    for asked in filter(stands_alone, note.questions):
        if form_of(asked.question, asked.answer) == "verdict" or asked.question.startswith("Name "):
            continue  # asked as right or wrong, or to be recalled
        key = key_of(note.title, "choice", asked.question + asked.answer)
        yield Draft(key, "choice", note.title, area, partial(_check, field, note, asked, key))
    for name, text in (("purpose", note.front.purpose), ("measured_by", note.front.measured_by)):
        key = key_of(note.title, "choice", name + text)
        yield Draft(key, "choice", note.title, area, partial(_front, field, note, name, key))


def _check(field: Field, note: Note, asked: SelfCheck, key: str, rng: Random) -> Question | None:
    claim, why = claim_of(asked.mistaken[0])
    form = form_of(asked.question, asked.answer)
    right = upper_first(fitting(asked, claim))
    if form == "number":
        found = other_amounts(asked.answer, claim, rng)
        if found is None:
            return None
        right, wrong = found
    else:
        wrong = [upper_first(claim), *_fillers(field, note, asked, right, claim, rng)]
    if len(wrong) < 2:
        return None
    options = [right, *wrong[: OPTIONS - 1]]
    rng.shuffle(options)
    support = field.support(note, asked.answer)
    behind = more_in(support)
    return Question(
        key=key,
        kind="choice",
        concept=note.title,
        area=note.front.area,
        text=asked.question,
        options=options,
        answer=right,
        explanation=f"{_sentence(asked.answer)} [1]{behind}",
        why={wrong[0]: f"“{wrong[0]}” is a mistake that many make: {why}"} if why else {},
        citations=[field.cite(note, "Check yourself", asked.answer, 1), *support],
        hints=_hints(note, options, wrong, why, right),
    )


def _fillers(field: Field, note: Note, asked: SelfCheck, right: str, claim: str, rng: Random) -> list[str]:
    """Return wrong answers of the same form: mistakes and answers that belong to other questions near this one."""
    about, form = words(asked.question + " " + note.title), form_of(asked.question, asked.answer)
    taken = [words(right), words(claim)]
    near = set(field.near(note.title)) | field.linked[note.title]
    start, own = _asks(asked), words(asked.question)

    def fits(one: Said) -> bool:
        if one.asked.question == asked.question or one.wanted != form:
            return False
        if form == "because":
            if not one.text.startswith("Because"):
                return False
        elif _asks(one.asked) != start or one.form in ("because", "number", "verdict"):
            return False
        if one.note is not note and (one.names_itself or _POINTS_BACK.match(one.text)):
            return False
        shared = len((one.text_words | one.about) & (about | taken[0]))
        if one.note is not note and shared < SHARED - (one.note.title in near):
            return False
        if one.is_right and one.note is not note:  # it might answer this question too
            return one.note.title not in field.linked[note.title] and likeness(one.about, own) <= SAME - 0.15
        return not (one.is_right and likeness(one.about, own) > SAME)

    def alike(one: Said) -> float:
        return likeness(one.about, about) + 0.5 * likeness(one.text_words, taken[0])

    def rank(one: Said) -> float:
        beside = 0.5 * (one.note is note) + 0.3 * (one.note.title in near)
        area = 0.1 * (one.note.front.area == note.front.area)
        return alike(one) + beside + area + 0.1 * (not one.is_right) + 0.15 * rng.random()

    found: list[str] = []
    ranked = sorted((one for one in field.said if fits(one) and alike(one) >= ALIKE), key=rank, reverse=True)
    for longer in (True, False):  # one about as long as the right answer, then what fits best
        for one in ranked:
            text = upper_first(short(one.text, most=len(right)))
            if len(found) >= OPTIONS - 2 or (longer and found):
                break
            if longer and not 0.75 * len(right) <= len(text) <= 1.4 * len(right):
                continue
            if len(text) > 1.6 * max(len(right), len(claim)):
                continue
            if any(likeness(words(text), other) > SAME for other in taken):
                continue
            found.append(text)
            taken.append(words(text))
    return found


def _front(field: Field, note: Note, name: str, key: str, rng: Random) -> Question | None:
    """Ask for a line of the front matter among those of concepts nearby."""
    right = getattr(note.front, name).rstrip(".")
    taken, wrong = [words(right)], list[str]()
    for title in field.near(note.title):
        other = field.vault.notes[title]
        text = getattr(other.front, name).rstrip(".")
        if field.names(text, other) or any(likeness(words(text), one) > SAME - 0.15 for one in taken):
            continue
        if not 0.6 <= len(text) / len(right) <= 1.7 or (name == "measured_by" and title in note.comparisons):
            continue
        wrong.append(text)
        taken.append(words(text))
        if len(wrong) == OPTIONS - 1:
            break
    if len(wrong) < OPTIONS - 1 or field.names(right, note):
        return None
    options = [right, *wrong]
    rng.shuffle(options)
    text = f"What does this concept do: **{note.title}**?"
    if name == "measured_by":
        text = f"Which measure belongs to this concept: **{note.title}**?"
    return Question(
        key=key,
        kind="choice",
        concept=note.title,
        area=note.front.area,
        text=text,
        options=options,
        answer=right,
        explanation=f"{note.definition} [1]",
        citations=[field.cite(note, "Definition", note.definition, 1)],
        hints=[f"It helps in this case: {note.front.use_when}", _not_that(rng.choice(wrong))],
    )


def _asks(asked: SelfCheck) -> str:
    """Return the word that asks: the first one of the last sentence."""
    return sentences(asked.question)[-1].split()[0]


def _hints(note: Note, options: list[str], wrong: list[str], why: str, right: str) -> list[str]:
    hints = []
    if likeness(words(note.front.purpose), words(right)) <= SAME:  # else it would say the answer
        hints.append(f"Recall what it is about. {note.title}: {note.front.purpose}")
    if len(options) > 2:
        hints.append(_not_that(wrong[-1]))
    tells = right.casefold() in why.casefold() or likeness(words(why), words(right)) > SAME
    hints.append(f"{_not_that(wrong[0])[:-1]}, for {why}" if why[:1].islower() and not tells else _not_that(wrong[0]))
    return hints


def _not_that(option: str) -> str:
    return f"It is not “{option}”."


def _sentence(text: str) -> str:
    return upper_first(text if text.endswith((".", "?", "!")) else f"{text}.")
