"""All computed facts of a review, worked out once for the rules that look for trouble in them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tools.risk.checklist import Question
from tools.risk.concentration import CategoryConcentration, concentration
from tools.risk.counting import counting
from tools.risk.exposure import Exposure, exposures
from tools.risk.review import Action, Node, Review
from tools.risk.shared import SharedSubTier, SwitchGap, shared_sub_tiers, switch_gaps
from tools.risk.sources import NodeSources, sources_of

CLOSED = ("done", "dropped")
DONE_ON = "Done on"
OPEN_ACTIONS = "Open actions"
"""Columns in which a question asks for the day of a stress test and for its actions that are still open."""


@dataclass(frozen=True)
class StressTest:
    """A stress test: its day, and how many of its actions are said to be open; None where that is not said."""

    day: date
    open_actions: float | None = None


@dataclass(frozen=True)
class Facts:
    """A review on a day; each of its parts is computed when it is first asked for."""

    review: Review
    today: date

    @cached_property
    def exposures(self) -> list[Exposure]:
        """Exposures of the critical nodes, the largest margin at risk first."""
        return [exposure for exposure in exposures(self.review) if exposure.critical]

    @cached_property
    def concentration(self) -> list[CategoryConcentration]:
        """Concentration by critical category."""
        return concentration(self.review)

    @cached_property
    def shared(self) -> list[SharedSubTier]:
        """What several sources or nodes rest on."""
        return shared_sub_tiers(self.review)

    @cached_property
    def switches(self) -> list[SwitchGap]:
        """Switch times of the critical nodes."""
        return [gap for gap in switch_gaps(self.review) if gap.critical]

    @cached_property
    def sources(self) -> dict[str, NodeSources]:
        """Sources of the critical nodes that count, by the node's id."""
        return {node.id: sources_of(node) for node in self.critical}

    @cached_property
    def critical(self) -> list[Node]:
        """The critical nodes."""
        return [node for node in self.review.nodes if node.critical]

    @cached_property
    def actions(self) -> list[Action]:
        """Actions that are neither done nor dropped."""
        return [action for action in self.review.actions if action.status not in CLOSED]

    @cached_property
    def tests(self) -> list[StressTest]:
        """Stress tests that were run in the review or reported in an answer, the latest first."""
        found = [StressTest(run.at.date()) for run in self.review.stress_runs]
        for question in self.review.checklist.questions:
            if any(column.name == DONE_ON and column.kind == "date" for column in question.columns):
                found += self._reported(question)
        return sorted((test for test in found if test.day <= self.today), key=lambda test: test.day, reverse=True)

    def _reported(self, question: Question) -> list[StressTest]:
        value = counting(self.review, question.id).value
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        found = []
        for row in rows:
            said, left = str(row.get(DONE_ON) or ""), row.get(OPEN_ACTIONS)
            try:
                day = date.fromisoformat(said if len(said) > len("2026-05") else f"{said}-01")
            except ValueError:
                continue
            found.append(StressTest(day, float(left) if isinstance(left, int | float) else None))
        return found
