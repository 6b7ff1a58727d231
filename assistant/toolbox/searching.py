"""The search in the notes, as a LangChain tool."""

from collections.abc import Sequence

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool
from pydantic import Field

from assistant.toolbox.turn_context import NumberedSection, TurnContext
from knowledge.retriever import NoteSearch, QuestionKind, Search

MOST_CONCEPTS = 4


class SearchOutput(Search):
    """What the search tool returns: notes, and numbered sections to cite as [n]."""

    sections: list[NumberedSection] = Field(default_factory=list)  # type: ignore[assignment]


def searching_tools(search: NoteSearch) -> list[BaseTool]:
    """Return the tool that searches notes."""

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
