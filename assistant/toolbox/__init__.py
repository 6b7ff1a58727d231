"""knowledge/ and tools/ as LangChain tools, in this one place."""

from langchain_core.tools import BaseTool

from assistant.learning import Quizzes
from assistant.toolbox.classifying import classifying_tools
from assistant.toolbox.computing import StatedInput, computing_tools
from assistant.toolbox.quizzing import quizzing_tools
from assistant.toolbox.reviewing import reviewing_tools
from assistant.toolbox.searching import searching_tools
from assistant.toolbox.turn_context import TurnContext
from knowledge.retriever import NoteSearch
from tools.risk.store import Reviews

__all__ = ["StatedInput", "TurnContext", "make_tools"]


def make_tools(search: NoteSearch, reviews: Reviews | None = None, quizzes: Quizzes | None = None) -> list[BaseTool]:
    """Return the tools that a model may call; `reviews` keeps guided risk reviews, `quizzes` quizzes and progress."""
    return [
        *searching_tools(search),
        *computing_tools(search),
        *classifying_tools(search),
        *reviewing_tools(reviews),
        *quizzing_tools(quizzes, search),
    ]
