"""What the Learn page fetches: the whole catalogue at once, and what stands beside a concept."""

import re
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from assistant.pages.reviewing.assets import drawing_library
from knowledge.vault import slug
from tools.metrics import METRICS

if TYPE_CHECKING:
    from assistant.pages.learning.field import LearningField
    from knowledge.note import Note

MOST_ASKED = 3
_ASKS = re.compile(r"(?i)(what|why|how|when|who|which|where|can|could|do|does|did|is|are|should|must|may)('s|s)? \w")


class Told(BaseModel):
    """Something that the page is told."""

    model_config = ConfigDict(frozen=True)


class ToldArea(Told):
    """An area with the number of its concepts."""

    id: str
    name: str
    about: str
    concepts: int


class ToldConcept(Told):
    """A concept as lists show it and search finds it."""

    slug: str
    title: str
    aliases: list[str]
    area: str
    purpose: str


class ToldStep(Told):
    """A concept of a learning path."""

    slug: str
    why: str


class ToldStage(Told):
    """A stage of a learning path."""

    name: str
    why: str
    concepts: list[ToldStep]


class ToldPath(Told):
    """A learning path."""

    id: str
    name: str
    about: str
    stages: list[ToldStage]


class Catalogue(Told):
    """All that the page can show, without the texts; `drawing` is the address of the drawing library."""

    areas: list[ToldArea]
    concepts: list[ToldConcept]
    paths: list[ToldPath]
    drawing: str


class Comparison(Told):
    """Another concept, and what a comparison with it says."""

    slug: str
    words: str


class FormLink(Told):
    """A metric that works the concept out."""

    id: str
    name: str


class Beside(Told):
    """What stands beside a concept's text: its links in both directions, its metrics, questions that people ask."""

    slug: str
    title: str
    compared: list[Comparison]
    compared_by: list[Comparison]
    mentioned: list[str]
    mentioned_by: list[str]
    metrics: list[FormLink]
    asked: list[str]


def catalogue(found: "LearningField") -> Catalogue:
    """Return the catalogue of a field."""
    return Catalogue(
        areas=[
            ToldArea(id=area.id, name=area.name, about=area.about, concepts=len(found.in_area(area.id)))
            for area in found.areas
        ],
        concepts=[
            ToldConcept(
                slug=slug(title),
                title=title,
                aliases=found.vault.notes[title].front.aliases,
                area=area.id,
                purpose=found.vault.notes[title].front.purpose,
            )
            for area in found.areas
            for title in found.in_area(area.id)
        ],
        paths=[
            ToldPath(
                id=path.id,
                name=path.name,
                about=path.about,
                stages=[
                    ToldStage(
                        name=stage.name,
                        why=stage.why,
                        concepts=[ToldStep(slug=slug(step.title), why=step.why) for step in stage.concepts],
                    )
                    for stage in path.stages
                ],
            )
            for path in found.paths.paths
        ],
        drawing=drawing_library(),
    )


def beside(found: "LearningField", title: str) -> Beside:
    """Return what stands beside a concept's text; `title` is that of a note."""
    note, links = found.vault.notes[title], found.links[title]
    return Beside(
        slug=slug(title),
        title=title,
        compared=[Comparison(slug=slug(other), words=words) for other, words in links.compared.items()],
        compared_by=[Comparison(slug=slug(other), words=words) for other, words in links.compared_by.items()],
        mentioned=[slug(other) for other in links.mentioned],
        mentioned_by=[slug(other) for other in links.mentioned_by],
        metrics=[FormLink(id=metric, name=METRICS[metric].name) for metric in _metrics(note)],
        asked=_asked(note.front.asked_as),
    )


def _metrics(note: "Note") -> list[str]:
    """Return the ids of the metrics that a note names, then of the others that lead to it."""
    others = [entry.id for entry in METRICS.values() if entry.note == note.title]
    return [metric for metric in dict.fromkeys([*note.metrics, *others]) if metric in METRICS]


def _asked(questions: list[str]) -> list[str]:
    """Return the first of what people ask that reads as a question, with a capital and a question mark."""
    read = [one.strip() for one in questions if _ASKS.match(one) or one.rstrip().endswith("?")]
    return [f"{one[:1].upper()}{one[1:].rstrip('?')}?" for one in read[:MOST_ASKED]]
