"""Hybrid search over the vault: names, words and meaning fused into ranked notes and the sections that answer."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import BaseModel, ConfigDict, Field

from knowledge.library import Library
from knowledge.names import Mention
from knowledge.note import Note
from knowledge.signals import FIGURES, Reading, Signals, read, signals

QuestionKind = Literal[
    "what",
    "why",
    "how",
    "compare",
    "example",
    "formula",
    "when_not",
    "when_to",
    "list",
    "true_false",
    "practice",
    "applied",
    "dates",
]
SETTINGS = Path(__file__).with_name("ranking.yaml")
SEARCHED_SECTIONS = 9
BLOCKS_A_NOTE = 60
SMALL_WORDS = 4
RARE = 10
_FOCUS = 5


class Ranking(BaseModel):
    """How signals are weighed, which sections answer which kind of question, and when a search is sure enough."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: dict[str, float]
    confidence: dict[str, float] = Field(description="weights of the logistic model that says whether a note answers")
    threshold: float = Field(ge=0, le=1, description="confidence below which a search says that it has nothing")
    sections: dict[str, dict[str, float]] = Field(description="bonus of each section, by kind of question")


class NoteFound(BaseModel):
    """A note that a search found, with what stands at the top of it."""

    title: str
    score: float
    purpose: str
    use_when: str
    not_when: str
    measured_by: str
    references: list[str]
    as_of: str | None = None


class SectionFound(BaseModel):
    """A section that a search found; `focus` counts its blocks that fit best, best first; `nears` are their cosines."""

    title: str
    section: str
    text: str
    focus: list[int]
    nears: list[float]
    score: float
    locator: str


class Search(BaseModel):
    """What a search found: notes and sections, best first, and how sure it is that they answer."""

    query: str
    confidence: float
    covered: bool
    notes: list[NoteFound]
    sections: list[SectionFound]
    missing: list[str] = Field(default_factory=list, description="terms of the field that no note covers yet")


def load_ranking(path: Path = SETTINGS) -> Ranking:
    """Read the weights.

    Raises:
        ValueError: when the file is damaged.
    """
    return Ranking.model_validate(yaml.safe_load(path.read_text("utf-8")))


class NoteSearch:
    """Searches a library; safe to use from several threads."""

    def __init__(self, library: Library, ranking: Ranking | None = None):
        self.library = library
        self.ranking = ranking or load_ranking()
        self._weights: list[float] = [self.ranking.weights[name] for name in FIGURES]

    def search(
        self,
        query: str,
        kind: str = "what",
        titles: Sequence[str] = (),
        notes: int = 3,
        sections: int = SEARCHED_SECTIONS,
    ) -> Search:
        """Return the notes and sections that answer a question of a kind; with `titles`, out of those notes only."""
        library = self.library
        reading = read(query, library.names, library.index)
        wanted = [note.title for title in titles if (note := library.vault.note(title))]
        found = signals(reading, library, wanted)
        ranked = self.rank(found)
        if wanted:
            ranked.sort(key=lambda entry: wanted.index(entry.title))
        confidence = 1.0 if wanted else self.confidence(reading, ranked)
        best = ranked[: max(notes, len(wanted))]
        if best and not wanted:
            best[0].matches = library.index.nearest(reading.vector, BLOCKS_A_NOTE, [best[0].title])
        return Search(
            query=query,
            confidence=round(confidence, 4),
            covered=confidence >= self.ranking.threshold,
            notes=[self._note(entry) for entry in best],
            sections=self._sections(best, kind, sections, bool(wanted)),
            missing=missing(reading, library.index.vocabulary),
        )

    def rank(self, found: dict[str, Signals]) -> list[Signals]:
        """Return notes by what speaks for them, the strongest first."""
        return sorted(found.values(), key=lambda entry: (-self.score(entry), entry.title))

    def score(self, entry: Signals) -> float:
        """Return the weighed sum of a note's signals."""
        return sum(weight * figure for weight, figure in zip(self._weights, entry.figures(), strict=True))

    def confidence(self, reading: Reading, ranked: Sequence[Signals]) -> float:
        """Return the calibrated probability that the first note answers the question.

        A question that holds nothing but the note's name is about it for certain.
        """
        if ranked and ranked[0].name >= 1:
            return 1.0
        uncovered = bool(missing(reading, self.library.index.vocabulary))
        features = confidence_features(reading, ranked, [self.score(entry) for entry in ranked[:2]], uncovered)
        weights = self.ranking.confidence
        total = weights["intercept"] + sum(weights[name] * value for name, value in features.items())
        return float(1 / (1 + np.exp(-total)))

    def _note(self, entry: Signals) -> NoteFound:
        front = self.library.vault.notes[entry.title].front
        return NoteFound(score=round(self.score(entry), 4), **front.model_dump(include=set(NoteFound.model_fields)))

    def _sections(self, ranked: Sequence[Signals], kind: str, count: int, even: bool) -> list[SectionFound]:
        bonus = self.ranking.sections.get(kind, self.ranking.sections["what"])
        found: list[SectionFound] = []
        for place, entry in enumerate(ranked):
            note = self.library.vault.notes[entry.title]
            share = max(2, count // len(ranked)) if even else (count - 2 if place == 0 else 1)
            found += self._of_note(note, entry, bonus, share)
        return found

    def _of_note(self, note: Note, entry: Signals, bonus: dict[str, float], share: int) -> list[SectionFound]:
        nearest: dict[str, dict[int, float]] = {heading: {} for heading in note.sections}
        for match in entry.matches:
            if match.passage.block >= 0:
                nearest[match.passage.section].setdefault(match.passage.block, match.score)
        scored: list[tuple[float, str]] = []
        for heading, blocks in nearest.items():
            score = round(round(max(blocks.values(), default=0.0), 4) + bonus.get(heading, 0.0), 4)
            scored.append((score, heading))
        scored.sort(key=lambda pair: -pair[0])
        return [self._section(note, heading, nearest[heading], score) for score, heading in scored[:share]]

    def _section(self, note: Note, heading: str, blocks: Mapping[int, float], score: float) -> SectionFound:
        focus = sorted(blocks, key=lambda block: -blocks[block])[:_FOCUS]
        return SectionFound(
            title=note.title,
            section=heading,
            text="\n\n".join(note.sections[heading].blocks),
            focus=focus,
            nears=[round(blocks[block], 4) for block in focus],
            score=score,
            locator=note.locator(heading, self.library.vault.root),
        )


def missing(reading: Reading, vocabulary: Mapping[str, int]) -> list[str]:
    """Return the uncovered terms that a question turns on: of several words, rare in the notes, or nearly all of it."""
    words = len(reading.text.split())

    def matters(mention: Mention) -> bool:
        name = reading.text[mention.start : mention.end].casefold()
        return mention.words > 1 or vocabulary.get(name, 0) < RARE or mention.words >= words - SMALL_WORDS

    return [mention.name for mention in reading.mentions if mention.uncovered and matters(mention)]


CONFIDENCE = ("top", "margin", "near", "name", "learned", "uncovered", "length")


def confidence_features(
    reading: Reading, ranked: Sequence[Signals], scores: Sequence[float], uncovered: bool
) -> dict[str, float]:
    """Return what the confidence of a search is reckoned from, by the names in CONFIDENCE."""
    if not ranked:
        return dict.fromkeys(CONFIDENCE, 0.0)
    first = ranked[0]
    return {
        "top": scores[0],
        "margin": scores[0] - scores[1] if len(scores) > 1 else scores[0],
        "near": first.near,
        "name": first.named,
        "learned": first.learned,
        "uncovered": float(uncovered),
        "length": min(1.0, len(reading.text.split()) / 40),
    }


class HybridRetriever(BaseRetriever):
    """LangChain's view of the search: sections as documents, best first."""

    library: Any
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        del run_manager
        wanted = k or self.k
        found = NoteSearch(self.library).search(query, notes=wanted, sections=wanted + 2)
        return [
            Document(
                page_content=section.text,
                metadata={"title": section.title, "section": section.section, "locator": section.locator},
            )
            for section in found.sections[:wanted]
        ]
