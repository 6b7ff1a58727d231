"""knowledge/ and tools/ as LangChain tools, in this one place."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from knowledge.retriever import NoteSearch, QuestionKind, Search, SectionFound
from tools.metrics import METRICS
from tools.metrics.catalogue import described, likely
from tools.metrics.request import Request, Stated, answer

MOST_CONCEPTS = 4
_numbering = threading.Lock()


class NumberedSection(SectionFound):
    """A section with the number by which it is cited in this turn."""

    number: int


class SearchOutput(Search):
    """What the search tool returns: notes, and numbered sections to cite as [n]."""

    sections: list[NumberedSection] = Field(default_factory=list)  # type: ignore[assignment]


MetricId = Annotated[str, WithJsonSchema({"type": "string", "enum": sorted(METRICS)})]


class StatedInput(BaseModel):
    """An input of a metric as the user stated it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="the input's name, as find_metrics gives it")
    value: float | list[float] | dict[str, float] | str | bool = Field(
        description="the number, list or table, as stated"
    )
    unit: str = Field("", description='what was said, like "item/week", "USD/item/year", "day", "%"; "" for none')


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

    @tool
    def find_metrics(words: str) -> str:
        """Find metrics that compute_metric can work out, with their inputs and units, as JSON.

        Args:
            words: what is to be worked out, in the field's words.
        """
        return json.dumps([described(METRICS[name]) for name in likely(words)], ensure_ascii=False)

    @tool
    def compute_metric(
        metric: MetricId,
        inputs: list[StatedInput],
        runtime: ToolRuntime[TurnContext],
        unit: str = "",
        solve_for: str = "",
        target: float | None = None,
        target_unit: str = "",
        before: float | None = None,
        days_a_year: Annotated[float, Field(ge=1, le=366)] = 365.0,
        days_a_week: Annotated[float, Field(ge=1, le=7)] = 7.0,
    ) -> str:
        """Work out a metric exactly; never do arithmetic yourself.

        Returns JSON: the value with its unit, the inputs as understood, steps, assumptions, warnings and sections to
        cite as [number]; or `missing` inputs to ask the user for; or `invalid` ones with the reason. Give numbers only
        as the user stated them, each with the unit that was said; leave out what was not given.

        Args:
            metric: the metric's id, as find_metrics gives it.
            inputs: what the user stated.
            runtime: filled in by the agent.
            unit: unit that the result is wanted in, like "week"; "" for the usual one.
            solve_for: name of an input that is not given and is to be found so that the metric reaches `target`.
            target: the value that the metric has or is to have, only together with `solve_for`.
            target_unit: what was said with the target.
            before: an earlier result in the same unit, to say what changed.
            days_a_year: days that are counted a year, such as 250 working days.
            days_a_week: days that are counted a week, such as 5.
        """
        request = Request(
            metric=metric,
            inputs=[Stated(**part.model_dump()) for part in inputs],
            unit=unit,
            solve_for=solve_for,
            target=target,
            target_unit=target_unit,
            before=before,
            days_a_year=days_a_year,
            days_a_week=days_a_week,
        )
        try:
            found = answer(request)
        except KeyError as error:
            return json.dumps({"error": str(error.args[0])}, ensure_ascii=False)
        context = runtime.context or TurnContext()
        sections = [
            NumberedSection(number=context.number(section.locator), **section.model_dump())
            for section in _explained(found.note, search)
        ]
        output = found.model_dump(exclude={"chart"})
        return json.dumps(output | {"sections": [part.model_dump() for part in sections]}, ensure_ascii=False)

    return [search_notes, find_metrics, compute_metric]


def _explained(title: str, search: NoteSearch) -> list[SectionFound]:
    """Return the section of a note that gives the formula, or its definition; nothing if there is no such note."""
    note = search.library.vault.note(title)
    if note is None:
        return []
    heading = "Formula" if "Formula" in note.sections else "Definition"
    return [
        SectionFound(
            title=note.title,
            section=heading,
            text="\n\n".join(note.sections[heading].blocks),
            focus=[0],
            nears=[1.0],
            score=1.0,
            locator=note.locator(heading, search.library.vault.root),
        )
    ]
