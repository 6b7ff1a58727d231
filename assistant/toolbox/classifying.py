"""Classifying products, bought items, supply positions and stock items, as LangChain tools."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated, Any

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, tool
from pydantic import BaseModel, ConfigDict, Field

from assistant.embedded.products.reader import ProductReader, SpokenProduct
from assistant.toolbox.turn_context import TurnContext, note_section
from knowledge.retriever import NoteSearch
from tools.classification import (
    ClassificationError,
    Item,
    ProductFacts,
    PurchaseFacts,
    SupplyFacts,
)
from tools.classification import (
    classify_items as classes_of_items,
)
from tools.classification import (
    classify_purchase as place_of_purchase,
)
from tools.classification import (
    classify_supply as position_of_supply,
)

MOST_SECTIONS = 3
MOST_ITEMS = 5000
SHOWN_ITEMS = 200
Limits = Annotated[list[float], Field(min_length=2, max_length=2)]


class LinePart(BaseModel):
    """One product of a mixed line: what was said of it, and its numbers."""

    model_config = ConfigDict(extra="forbid")

    product: str = Field(description="how it is called")
    description: str = Field("", description="what was said of it, word for word")
    facts: ProductFacts = Field(default_factory=ProductFacts, description="the numbers that were stated")


def classifying_tools(search: NoteSearch) -> list[BaseTool]:
    """Return the tools that classify."""

    @cache
    def reader() -> ProductReader:
        return ProductReader(search.library)

    def told(found: Callable[[], dict[str, Any]], context: TurnContext | None, name: str = "") -> str:
        try:
            output = found()
        except ClassificationError as error:
            invalid = [wrong.model_dump() for wrong in error.invalid]
            return json.dumps({"product": name, "invalid": invalid}, ensure_ascii=False)
        sections = [part for title in output["notes"] for part in note_section(title, "Definition", search)]
        numbered = (context or TurnContext()).numbered(sections[:MOST_SECTIONS])
        return json.dumps(output | {"sections": numbered}, ensure_ascii=False)

    @tool
    def classify_product(
        runtime: ToolRuntime[TurnContext],
        product: str = "",
        description: str = "",
        facts: ProductFacts | None = None,
        parts: Sequence[LinePart] = (),
    ) -> str:
        """Classify a product as functional, innovative, hybrid or unknown after Fisher (1997).

        Returns JSON: label, calibrated confidence, where it stands on each criterion, the words and examples that
        speak for it, what speaks against it, the questions that would settle it, the supply chain that it needs,
        whether the one they have fits, and sections to cite as [number]; or `invalid` numbers with the reason. One
        call a product. Never judge a product yourself.

        Args:
            runtime: filled in by the agent.
            product: how it is called.
            description: what the user said of the product and its supply chain, word for word.
            facts: the numbers that the user stated.
            parts: the products of a mixed line, such as a classic line beside limited editions.
        """

        def found() -> dict[str, Any]:
            spoken = _spoken(product, description, facts)
            spoken_parts = tuple(_spoken(part.product, part.description, part.facts) for part in parts)
            whole = SpokenProduct(spoken.name, spoken.text, spoken.facts, parts=spoken_parts)
            return reader().classify(whole).model_dump()

        return told(found, runtime.context, product)

    @tool
    def classify_purchase(
        runtime: ToolRuntime[TurnContext],
        item: str = "",
        facts: PurchaseFacts | None = None,
        assumed: Sequence[str] = (),
    ) -> str:
        """Place a bought item in Kraljic's matrix (1983): non-critical, leverage, bottleneck or strategic.

        Returns JSON: label, confidence, both axes with the facts behind them, strategy and tactics, questions that
        would settle it, and sections to cite as [number]; or `invalid` facts with the reason. One call an item.

        Args:
            runtime: filled in by the agent.
            item: how it is called.
            facts: what the user stated; leave out what was not.
            assumed: sentences on facts that were not stated but taken as typical of the item.
        """

        def found() -> dict[str, Any]:
            output = place_of_purchase(facts or PurchaseFacts(), name=item).model_dump()
            return output | {"label": output["quadrant"], "assumptions": [*assumed, *output["assumptions"]]}

        return told(found, runtime.context, item)

    @tool
    def classify_supply(runtime: ToolRuntime[TurnContext], product: str = "", facts: SupplyFacts | None = None) -> str:
        """Place a product in Lee's framework (2002): an efficient, risk-hedging, responsive or agile supply chain.

        Returns JSON: label, confidence, both sides with what speaks for low or high uncertainty, what to do, questions
        that would settle it, and sections to cite as [number]; or `invalid` facts with the reason.

        Args:
            runtime: filled in by the agent.
            product: how it is called.
            facts: what the user stated of demand and supply; leave out what was not.
        """

        def found() -> dict[str, Any]:
            output = position_of_supply(facts or SupplyFacts(), name=product).model_dump()
            return output | {"label": output["strategy"]}

        return told(found, runtime.context, product)

    @tool
    def classify_items(
        items: Annotated[list[Item], Field(max_length=MOST_ITEMS)],
        runtime: ToolRuntime[TurnContext],
        abc_limits: Limits | None = None,
        xyz_limits: Limits | None = None,
    ) -> str:
        """Class stock items: ABC by value, XYZ by variation of demand, and demand patterns after Syntetos and Boylan.

        Returns JSON: the classes of each item, how many items and how much value each class holds, policies,
        assumptions, items that cannot be classed and why, and sections to cite as [number].

        Args:
            items: the list as stated, without totals.
            runtime: filled in by the agent.
            abc_limits: percent of cumulative value at which A and B end; [80, 95] if none were stated.
            xyz_limits: coefficients of variation at which X and Y end; [0.5, 1.0] if none were stated.
        """

        def found() -> dict[str, Any]:
            abc = (abc_limits[0], abc_limits[1]) if abc_limits else None
            xyz = (xyz_limits[0], xyz_limits[1]) if xyz_limits else None
            result = classes_of_items(items, abc=abc, xyz=xyz)
            rows = [row.model_dump(exclude={"item", "line"}) | {"name": row.item} for row in result.rows(SHOWN_ITEMS)]
            whole = result.model_dump(
                include={"classes", "matrix", "patterns", "curve", "limits_abc", "limits_xyz", "total_value"}
                | {"invalid", "warnings", "assumptions", "notes", "sources"}
            )
            both = [row | {"both": f"{row['abc']}{row['xyz']}"} for row in rows]
            return {"items": both, "count": len(result.items), **whole}

        return told(found, runtime.context)

    return [classify_product, classify_purchase, classify_supply, classify_items]


def _spoken(name: str, text: str, facts: ProductFacts | None) -> SpokenProduct:
    return SpokenProduct(name, text, (facts or ProductFacts()).values())
