"""Finding and computing metrics, as LangChain tools."""

import json
from typing import Annotated

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from assistant.toolbox.turn_context import TurnContext, note_section
from knowledge.retriever import NoteSearch
from tools.metrics import METRICS
from tools.metrics.catalogue import described, likely
from tools.metrics.request import Request, Stated, answer

MetricId = Annotated[str, WithJsonSchema({"type": "string", "enum": sorted(METRICS)})]


class StatedInput(BaseModel):
    """An input of a metric as the user stated it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="the input's name, as find_metrics gives it")
    value: float | list[float] | dict[str, float] | str | bool = Field(
        description="the number, list or table, as stated"
    )
    unit: str = Field("", description='what was said, like "item/week", "USD/item/year", "day", "%"; "" for none')


def computing_tools(search: NoteSearch) -> list[BaseTool]:
    """Return the tools that find metrics and compute them."""

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
        check: bool = False,
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
            check: only understand the inputs, to have the user confirm them; no result is given.
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
            check=check,
            days_a_year=days_a_year,
            days_a_week=days_a_week,
        )
        try:
            found = answer(request)
        except KeyError as error:
            return json.dumps({"error": str(error.args[0])}, ensure_ascii=False)
        context = runtime.context or TurnContext()
        sections = context.numbered(note_section(found.note, "Formula", search))
        output = found.model_dump(exclude={"chart"})
        return json.dumps(output | {"sections": sections}, ensure_ascii=False)

    return [find_metrics, compute_metric]
