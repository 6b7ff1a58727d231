"""knowledge/ and tools/ as LangChain tools, in this one place."""

from langchain_core.tools import BaseTool

from assistant.toolbox.classifying import classifying_tools
from assistant.toolbox.computing import StatedInput, computing_tools
from assistant.toolbox.reviewing import reviewing_tools
from assistant.toolbox.searching import searching_tools
from assistant.toolbox.turn_context import TurnContext
from knowledge.retriever import NoteSearch
from tools.risk.store import Reviews

__all__ = ["StatedInput", "TurnContext", "make_tools"]


def make_tools(search: NoteSearch, reviews: Reviews | None = None) -> list[BaseTool]:
    """Return the tools that a model may call; `reviews` keeps guided risk reviews."""
    return [
        *searching_tools(search),
        *computing_tools(search),
        *classifying_tools(search),
        *reviewing_tools(reviews),
    ]
