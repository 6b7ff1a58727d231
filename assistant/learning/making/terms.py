"""Questions for a term: a definition without its name, among the names of concepts nearby."""

import re
from collections.abc import Iterator
from functools import partial
from random import Random

from assistant.learning.making.field import Field
from assistant.learning.question import Draft, Question, key_of
from assistant.learning.wording import BLANK, blanked, names_of, sentences, words
from knowledge.note import Note

OPTIONS = 4
FEWEST_WORDS = 9
MOST_BLANKS = 2
_EVERYDAY = words("supply chain chains management stock inventory cost risk demand order time process")


def term_drafts(field: Field, note: Note) -> Iterator[Draft]:
    """Yield the question for a note's name, if its definition can stand without it."""
    if described(note):
        key = key_of(note.title, "term", note.definition)
        yield Draft(key, "term", note.title, note.front.area, partial(_term, field, note, key))


def described(note: Note) -> str:
    """Return a note's definition with every form of its name blanked; sentences that still give it away are left out.

    "" where too little is left.
    """
    telling = words(note.title.replace("-", " ")) - _EVERYDAY
    kept = []
    for place, sentence in enumerate(sentences(note.definition)):
        text = blanked(sentence, names_of(note))
        gives_away = telling & words(text.replace("-", " ")) or _acronym(note.title) in text
        if gives_away or text.count(BLANK) > MOST_BLANKS:
            if place == 0:
                return ""
            continue
        if place and text != blanked(sentence, [note.title]):
            continue  # it is about a variant that has a name of its own
        kept.append(text)
    shown = " ".join(kept)
    return shown if len(words(shown)) >= FEWEST_WORDS and BLANK in kept[0] else ""


def _acronym(title: str) -> str:
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", title)).upper()
    return letters if len(letters) > 1 else title


def _term(field: Field, note: Note, key: str, rng: Random) -> Question | None:
    shown = described(note)
    near = [title for title in field.near(note.title) if not field.names(shown, field.vault.notes[title])]
    if len(near) < OPTIONS - 1:
        return None
    wrong = rng.sample(near[: OPTIONS + 2], OPTIONS - 1)
    options = [note.title, *wrong]
    rng.shuffle(options)
    first = "".join(f"{word[0]}… " for word in note.title.split()).strip()
    return Question(
        key=key,
        kind="term",
        concept=note.title,
        area=note.front.area,
        text=f"Which concept is this?\n\n> {shown}",
        options=options,
        answer=note.title,
        explanation=f"{note.definition} [1]",
        why={
            title: f"{title} is something else: {sentences(field.vault.notes[title].definition)[0]}" for title in wrong
        },
        citations=[field.cite(note, "Definition", note.definition, 1)],
        hints=[
            f"It helps in this case: {blanked(note.front.use_when, names_of(note))}",
            f"It is measured by this: {blanked(note.front.measured_by, names_of(note))}",
            f"Its name begins so: {first}",
        ],
    )


def _first(field: Field, title: str) -> str:
    return sentences(field.vault.notes[title].definition)[0]
