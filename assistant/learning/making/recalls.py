"""Questions to be answered in one's own words, which the person then grades."""

from collections.abc import Iterator
from functools import partial
from random import Random

from assistant.learning.making.field import Field
from assistant.learning.question import Draft, Question, key_of
from assistant.learning.wording import form_of, more_in, stands_alone
from knowledge.note import Note
from knowledge.note import Question as SelfCheck


def recall_drafts(field: Field, note: Note) -> Iterator[Draft]:
    """Yield the questions of a note to be answered in one's own words."""
    area = note.front.area
    key = key_of(note.title, "recall", note.definition)
    yield Draft(key, "recall", note.title, area, partial(_define, field, note, key))
    for asked in filter(stands_alone, note.questions):
        if form_of(asked.question, asked.answer) not in ("because", "plain"):
            continue
        key = key_of(note.title, "recall", asked.question + asked.answer)
        yield Draft(key, "recall", note.title, area, partial(_explain, field, note, asked, key))


def _define(field: Field, note: Note, key: str, _rng: Random) -> Question:
    return Question(
        key=key,
        kind="recall",
        concept=note.title,
        area=note.front.area,
        text=f"In your own words, in a sentence or two: what is meant by **{note.title}**?",
        answer=note.definition,
        explanation=f"{note.definition} [1]",
        citations=[field.cite(note, "Definition", note.definition, 1)],
        hints=[f"What it does: {note.front.purpose}", f"It helps in this case: {note.front.use_when}"],
    )


def _explain(field: Field, note: Note, asked: SelfCheck, key: str, _rng: Random) -> Question:
    support = field.support(note, asked.answer)
    behind = more_in(support)
    start = " ".join(asked.answer.split()[: max(3, len(asked.answer.split()) // 4)]).rstrip(",;:")
    rest = asked.answer if asked.answer.endswith((".", "?", "!")) else f"{asked.answer}."
    return Question(
        key=key,
        kind="recall",
        concept=note.title,
        area=note.front.area,
        text=f"In your own words: {asked.question}",
        answer=rest,
        explanation=f"{rest} [1]{behind}",
        citations=[field.cite(note, "Check yourself", asked.answer, 1), *support],
        hints=[f"Recall what it is about. {note.title}: {note.front.purpose}", f"A good answer begins so: “{start} …”"],
    )
