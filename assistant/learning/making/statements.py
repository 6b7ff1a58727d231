"""Statements that are true or false, and statements that fit one of two concepts."""

from collections.abc import Iterator
from functools import partial
from random import Random

from assistant.learning.making.field import Field
from assistant.learning.making.pairs import Pair, pairs_of
from assistant.learning.question import Draft, Question, key_of
from assistant.learning.wording import BLANK, claim_of, fitting, form_of, more_in, stands_alone, upper_first
from knowledge.note import Note
from knowledge.note import Question as SelfCheck

TRUE, FALSE = "True", "False"


def statement_drafts(field: Field, note: Note) -> Iterator[Draft]:
    """Yield the true-or-false questions of a note; each draw decides anew whether the statement is the true one."""
    area = note.front.area
    for pair in pairs_of(field, note):
        key = key_of(note.title, "true_false", pair.text)
        yield Draft(key, "true_false", note.title, area, partial(_compared, field, pair, key))
    for asked in filter(stands_alone, note.questions):
        if form_of(asked.question, asked.answer) in ("number", "name"):
            continue
        key = key_of(note.title, "true_false", asked.question + asked.answer)
        yield Draft(key, "true_false", note.title, area, partial(_heard, field, note, asked, key))


def difference_drafts(field: Field, note: Note) -> Iterator[Draft]:
    """Yield the questions which of two concepts a statement fits."""
    for pair in pairs_of(field, note):
        if not (pair.stands_alone(0) or pair.stands_alone(1)):
            continue
        key = key_of(note.title, "difference", pair.text)
        yield Draft(key, "difference", note.title, note.front.area, partial(_which, field, pair, key))


def _compared(field: Field, pair: Pair, key: str, rng: Random) -> Question:
    is_true = rng.random() < 0.5
    said = pair.text if is_true else pair.swapped()
    note = pair.note
    return Question(
        key=key,
        kind="true_false",
        concept=note.title,
        area=note.front.area,
        text=f"True or false?\n\n> {upper_first(said)}",
        options=[TRUE, FALSE],
        answer=TRUE if is_true else FALSE,
        explanation=f"{'' if is_true else 'The two are exchanged. '}{upper_first(pair.text)} [1]",
        citations=[field.cite(note, "Compared with", pair.text, 1)],
        hints=_definitions(field, pair, rng),
    )


def _heard(field: Field, note: Note, asked: SelfCheck, key: str, rng: Random) -> Question:
    """Quote somebody's answer to a question of 'Check yourself', the right one or the usual mistake."""
    claim, why = claim_of(asked.mistaken[0])
    is_true = rng.random() < 0.5
    said = upper_first(fitting(asked, claim) if is_true else claim)
    rest = asked.answer if asked.answer.endswith((".", "?", "!")) else f"{asked.answer}."
    wrong = f"That is a mistake that many make: {why} " if why else ""
    support = field.support(note, asked.answer)
    behind = more_in(support)
    return Question(
        key=key,
        kind="true_false",
        concept=note.title,
        area=note.front.area,
        text=f"{asked.question}\n\nA colleague answers: “{said}.” Is that true?",
        options=[TRUE, FALSE],
        answer=TRUE if is_true else FALSE,
        explanation=f"{'' if is_true else wrong}{upper_first(rest)} [1]{behind}",
        citations=[field.cite(note, "Check yourself", asked.answer, 1), *support],
        hints=[f"Recall what it is about. {note.title}: {note.front.purpose}", *_near_hint(note, asked, is_true)],
    )


def _near_hint(note: Note, asked: SelfCheck, is_true: bool) -> list[str]:
    start = " ".join(asked.answer.split()[:4])
    if form_of(asked.question, asked.answer) == "verdict" or is_true:
        return [f"{note.title}, in short: {note.definition.split('. ')[0].rstrip('.')}."]
    return [f"A good answer begins so: “{start} …”"]


def _which(field: Field, pair: Pair, key: str, rng: Random) -> Question:
    half = rng.choice([place for place in (0, 1) if pair.stands_alone(place)])
    titles = [pair.first, pair.second]
    options = rng.sample(titles, 2)
    note = pair.note
    return Question(
        key=key,
        kind="difference",
        concept=note.title,
        area=note.front.area,
        text=f"Which of the two fits?\n\n> {pair.blanked(half, BLANK)}",
        options=options,
        answer=titles[half],
        explanation=f"{upper_first(pair.text)} [1]",
        citations=[field.cite(note, "Compared with", pair.text, 1)],
        hints=_definitions(field, pair, rng),
    )


def _definitions(field: Field, pair: Pair, rng: Random) -> list[str]:
    """Return the first sentence of each definition, one hint each."""
    titles = rng.sample([pair.first, pair.second], 2)
    return [field.vault.notes[title].definition.split(". ")[0].rstrip(".") + "." for title in titles]
