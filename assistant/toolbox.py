"""knowledge/ and tools/ as LangChain tools, in this one place."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool
from pydantic import Field

from knowledge.retriever import NoteSearch, QuestionKind, Search, SectionFound

MOST_CONCEPTS = 4
_numbering = threading.Lock()


class NumberedSection(SectionFound):
    """A section with the number by which it is cited in this turn."""

    number: int


class SearchOutput(Search):
    """What the search tool returns: notes, and numbered sections to cite as [n]."""

    sections: list[NumberedSection] = Field(default_factory=list)  # type: ignore[assignment]


@dataclass
class TurnContext:
    """What belongs to one turn only: the number of each section found in it, and how often the model was called."""

    numbers: dict[str, int] = field(default_factory=dict)
    model_calls: int = 0

    def number(self, locator: str) -> int:
        """Return the number of a section, the same one whenever it is found again."""
        with _numbering:
            return self.numbers.setdefault(locator, len(self.numbers) + 1)


def make_tools(search: NoteSearch) -> list[BaseTool]:
    """Return the tools that a model may call."""

    @tool
    def search_notes(
        query: str,
        runtime: ToolRuntime[TurnContext],
        kind: QuestionKind = "what",
        concepts: Sequence[str] = (),
    ) -> str:
        """Search the notes on supply chain management.

        Returns notes and numbered sections as JSON; cite a section as [number]. `covered` is false when the notes
        do not answer the query.

        Args:
            query: the question, understandable without the conversation.
            runtime: filled in by the agent.
            kind: what is asked for; picks the sections that answer it.
            concepts: titles of notes to look into, if it is clear which are meant; two or three to compare them.
        """
        found = search.search(query, kind, list(concepts)[:MOST_CONCEPTS])
        context = runtime.context or TurnContext()
        sections = [
            NumberedSection(number=context.number(section.locator), **section.model_dump())
            for section in found.sections
        ]
        return SearchOutput(**found.model_dump(exclude={"sections"}), sections=sections).model_dump_json()

    return [search_notes]
