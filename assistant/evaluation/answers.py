"""Runs question sets through the assistant and counts what was right."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.evaluation.labels import CLASSIFY, CONFIDENT, confidence
from assistant.evaluation.numbers import computed
from assistant.evaluation.sets import Case, Expectation, judged, unmet
from tools.risk.store import Actor

REFUSED = ("decline", "ask_or_decline", "ask")
NUMERIC = {
    "computations: right number": "compute",
    "computations: asked back": "ask",
    "computations: refused with the reason": "reject_invalid",
}


CLASSIFIED = {
    "products": "classify",
    "bought items": "classify_purchase",
    "supply positions": "classify_supply",
    "stock items": "classify_items",
}


@dataclass(frozen=True)
class Outcome:
    """One judged turn: what was asked and expected, what came, and what was wrong with it."""

    case: Case
    place: int
    expected: Expectation
    answer: Answer
    wrong: tuple[str, ...]

    @property
    def question(self) -> str:
        """What was asked."""
        return self.case.turns[self.place]


@dataclass(frozen=True)
class Share:
    """How many of how many were right."""

    name: str
    right: int
    of: int

    @property
    def share(self) -> float:
        """Right answers as a share, 1.0 where there was nothing to get right."""
        return self.right / self.of if self.of else 1.0


@dataclass
class Scores:
    """The shares of a set, and the outcomes behind them."""

    shares: list[Share] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def run(assistant: Assistant, cases: Iterable[Case], step: Callable[[], Any] = lambda: None) -> list[Outcome]:
    """Answer every turn of every case, each case in a conversation of its own."""
    outcomes = []
    for case in cases:
        history: list[Any] = []
        expected = dict(judged(case))
        person = Actor(case.id, "Evaluation")
        for place, text in enumerate(case.turns):
            done = assistant.answer(text, history, person)
            history += done.messages
            if place in expected:
                wrong = tuple(unmet(done.answer, expected[place]))
                outcomes.append(Outcome(case, place, expected[place], done.answer, wrong))
        step()
    return outcomes


def scores(outcomes: Sequence[Outcome]) -> list[Share]:
    """Count kinds, citations and facts of answered turns, and precision and recall of refusals."""
    answered = [o for o in outcomes if o.expected.type == "answer"]
    gold = [o for o in answered if o.expected.gold_concepts]
    facts = [o for o in answered if o.expected.must_mention]
    worded = [o for o in outcomes if not (o.case.numeric or o.case.classifies)]
    refused = [o for o in worded if o.answer.kind in ("decline", "clarify")]
    refusable = [o for o in worded if o.expected.type in REFUSED]
    right = [o for o in refusable if "kind" not in o.wrong]
    shares = [
        Share("right kind", sum("kind" not in o.wrong for o in answered), len(answered)),
        Share("right concept cited", sum("cited" not in o.wrong for o in gold), len(gold)),
        Share("right concept cited first", sum("cited first" not in o.wrong for o in gold), len(gold)),
        Share("facts mentioned", sum(not _missed(o) for o in facts), len(facts)),
        Share("refusals: precision", sum(o.expected.type in REFUSED for o in refused), len(refused)),
        Share("refusals: recall", len(right), len(refusable)),
        Share("whole turn right", sum(not _fails(o) for o in outcomes), len(outcomes)),
    ]
    return [share for share in [*shares, *computations(outcomes), *classifications(outcomes)] if share.of]


def computations(outcomes: Sequence[Outcome]) -> list[Share]:
    """Count numbers worked out right, asked for or refused, and numbers given that are wrong."""
    asked = ("compute", "ask", "reject_invalid")
    numeric = [o for o in outcomes if o.case.numeric and not o.case.classifies and o.expected.type in asked]
    return [
        *(
            Share(name, sum(not o.wrong for o in part), len(part))
            for name, kind in NUMERIC.items()
            if (part := [o for o in numeric if o.expected.type == kind])
        ),
        Share("computations: all of these", sum(not o.wrong for o in numeric), len(numeric)),
        Share("computations: silently wrong", sum(silently_wrong(o) for o in numeric), len(numeric)),
    ]


def classifications(outcomes: Sequence[Outcome]) -> list[Share]:
    """Count classes that are right, and wrong ones that were given with confidence."""
    labelled = [o for o in outcomes if o.expected.type in CLASSIFY]
    products = [o for o in labelled if o.expected.type == "classify"]
    refused = [o for o in outcomes if o.case.classifies and o.expected.type == "reject_invalid"]
    told = [o for o in products if o.expected.mismatch is not None]
    return [
        *(
            Share(f"classifications: {name}", sum(not _mislabelled(o) for o in part), len(part))
            for name, kind in CLASSIFIED.items()
            if (part := [o for o in labelled if o.expected.type == kind])
        ),
        Share("classifications: refused with the reason", sum(not o.wrong for o in refused), len(refused)),
        Share("classifications: products, confidently wrong", sum(map(confidently_wrong, products)), len(products)),
        Share("classifications: the chain they have", sum("mismatch" not in o.wrong for o in told), len(told)),
    ]


def confidently_wrong(outcome: Outcome) -> bool:
    """Say whether a turn gave a wrong label and was sure of it."""
    given = confidence(outcome.answer)
    return bool(given and given[0] != "unknown" and given[1] >= CONFIDENT and _mislabelled(outcome))


def silently_wrong(outcome: Outcome) -> bool:
    """Say whether a turn gave a number that is wrong, or gave one where it had to ask or refuse."""
    gave = outcome.answer.kind == "answer" and any(True for _ in computed(outcome.answer))
    return gave and ("value" in outcome.wrong or outcome.expected.type != "compute")


def _missed(outcome: Outcome) -> bool:
    return any(part.startswith("mention") for part in outcome.wrong)


def _mislabelled(outcome: Outcome) -> bool:
    return any(part == "kind" or part.startswith("label") for part in outcome.wrong)


def _fails(outcome: Outcome) -> bool:
    return any(part != "cited first" for part in outcome.wrong)


def failures(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the turns in which something is wrong, the most first."""
    return sorted((o for o in outcomes if o.wrong), key=lambda o: -len(o.wrong))
