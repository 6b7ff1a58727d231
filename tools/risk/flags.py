"""Red flags of a review: raised by answers, by numbers and by known pitfalls; what is unknown is listed apart."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.risk.checklist import LONGEST_LINE, Question
from tools.risk.counting import counting, flag_by_answer
from tools.risk.exposure import Exposure, closing_of, unknown_exposures
from tools.risk.facts import Facts
from tools.risk.judgement import check_risk
from tools.risk.pitfalls import PITFALLS
from tools.risk.progress import asked
from tools.risk.review import Action, Review, Risk
from tools.risk.rules import RULES, Finding, money

FlagKind = Literal["answer", "numbers", "pitfall"]
ANSWERED = ("with evidence", "without evidence")
TEXTS = {
    "tts_below_ttr": (
        "Critical nodes survive for a shorter time than they take to recover",
        "Close the gaps with stock, an alternate or a faster recovery, or accept them in writing",
    ),
    "loss_above_limit": (
        "The loss of a node is above the limit of the scope",
        "Add measures until the loss is within the limit",
    ),
    "no_limit": ("No loss limit is stated", "Have the sponsor state and approve which loss is unacceptable"),
    "single_source_margin": (
        "A node with one source and no alternate carries much of the margin",
        "Qualify a second source, or hold stock for the time that it takes",
    ),
    "concentration": ("A critical category rests on few suppliers or one country", "Set a cap and a way to get there"),
    "switch_exceeds_tts": (
        "Moving the volume takes longer than the node survives",
        "Qualify the other source in advance, keep tools ready, or hold stock for the switch",
    ),
    "shared_sub_tier": (
        "Several sources of one node depend on the same sub-tier",
        "Ask the suppliers for their own sources, and choose one that does not share them",
    ),
    "old_test": ("The last stress test is older than 12 months", "Run the stress tests again and set the next date"),
    "action_overdue": ("Actions are past their due date", "Finish the actions, or agree on new dates"),
}
"""What must not stay and what to do, for rules that no question of the checklist carries."""


class Flag(BaseModel):
    """A red flag.

    Attributes:
        origin: what an action that answers it names as its origin, "flag 2.1".
        kind: raised by an answer, by numbers of the nodes and plans, or by a known pitfall.
        question: id of the question that carries it; "" for none.
        rule: name of the computed rule; "" where the answer alone raises it.
        text: what must not stay as it is.
        why: what raises it here, with figures.
        nodes: ids of the nodes it concerns; `items` of the risks or actions.
        action: what is proposed; "" where the remedy is to complete an entry.
        measure: which number changes, from what to what.
    """

    model_config = ConfigDict(frozen=True)

    origin: str
    kind: FlagKind
    question: str = ""
    rule: str = ""
    text: str
    why: str
    nodes: list[str] = Field(default_factory=list)
    items: list[str] = Field(default_factory=list)
    action: str = ""
    measure: str = ""


class Unknown(BaseModel):
    """Something that is not known: a question that is open or answered as unknown, or numbers of a node."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["question", "node", "test"]
    about: str = Field(description="id of the question or node")
    name: str
    state: Literal["unknown", "open"]
    missing: list[str] = Field(default_factory=list)


def flags(review: Review, today: date | None = None) -> list[Flag]:
    """Return the red flags that stand: those of questions in their order, then other rules, then pitfalls.

    An answer raises its flag by maturity or value, or with maturity 0; a rule by the review's numbers. A question that
    is open or unknown raises none by its answer: `unknowns` lists it.
    """
    return _flags(Facts(review, today or date.today()))


def unknowns(review: Review, today: date | None = None) -> list[Unknown]:
    """Return what is not known: questions unknown or open, critical nodes without numbers, and tests never run."""
    found: list[Unknown] = []
    for question in asked(review):
        state = counting(review, question.id).state
        if state in ("unknown", "open"):
            found.append(
                Unknown(
                    kind="question",
                    about=question.id,
                    name=question.short or question.ask,
                    state="unknown" if state == "unknown" else "open",
                )
            )
    facts = Facts(review, today or date.today())
    found += [
        Unknown(kind="node", about=one.node, name=one.name, state="unknown", missing=one.missing)
        for one in unknown_exposures(facts.exposures)
    ]
    if review.nodes and not facts.tests:
        found.append(Unknown(kind="test", about="", name="No stress test was run or reported yet", state="open"))
    return found


def proposals(review: Review, today: date | None = None) -> list[Action]:
    """Return one proposed action for each flag, each exposure above a limit and each unsound entry of the register.

    Owner and due date stay blank. What an action of the review names as its origin already, dropped ones too, is not
    proposed again.
    """
    on = today or date.today()
    facts = Facts(review, on)
    found = [
        Action(text=flag.action, origin=flag.origin, measure=flag.measure) for flag in _flags(facts) if flag.action
    ]
    found += [_of_exposure(one) for one in facts.exposures if one.over_limit or one.over_stockout_limit]
    found += [action for risk in review.risks if (action := _of_risk(risk, on))]
    taken = {action.origin.strip() for action in review.actions}
    return [action for action in found if action.origin not in taken]


def _flags(facts: Facts) -> list[Flag]:
    applying = asked(facts.review)
    carried = {question.red_flag.rule for question in applying if question.red_flag}
    found = [flag for question in applying if (flag := _of_question(question, facts))]
    for name, rule in RULES.items():
        finding = rule(facts) if name not in carried else None
        if finding:
            text, action = TEXTS[name]
            found.append(_flag(f"flag {name}", "numbers", name, text, action, finding))
    for name, (rule, text, action) in PITFALLS.items():
        finding = rule(facts)
        if finding:
            found.append(_flag(f"flag {name}", "pitfall", name, text, action, finding))
    return found


def _of_question(question: Question, facts: Facts) -> Flag | None:
    """Return the flag of a question, raised by its answer, by its rule, or by both."""
    flag = question.red_flag
    counts = counting(facts.review, question.id)
    why = flag_by_answer(facts.review, question)
    stated = bool(why)  # the answer says what the flag says
    if not why and counts.state in ANSWERED and counts.maturity == 0:
        why = f"{question.anchors[0] if question.anchors else 'Nothing in place'} (maturity 0 of 3)"
    finding = RULES[flag.rule](facts) if flag and flag.rule in RULES else None
    if finding is None and flag and flag.rule == "no_limit" and counts.state in ANSWERED:
        missing = facts.review.scope.loss_limit is None
        finding = Finding(why="The scope states no loss as unacceptable.") if missing else None
    if not why and finding is None:
        return None
    base = finding or Finding(why="")
    text = flag.text if flag else (question.anchors[0] if question.anchors else question.ask)
    if flag and not stated and finding is None and flag.rule == "no_limit" and question.anchors:
        text = question.anchors[0]  # a limit is stated, however little is agreed about it
    elif flag and not stated and finding is None:
        text = f"Not ruled out, as too little is in place to tell: {text[:1].lower()}{text[1:]}"
    return _flag(
        f"flag {question.id}",
        "answer" if finding is None else "numbers",
        flag.rule if flag and finding else "",
        text,
        question.action or f"Put right: {text}",
        base.model_copy(
            update={
                "why": " ".join(part for part in (f"Answered: {why}." if why else "", base.why) if part),
                "measure": base.measure or _maturity_measure(question, counts.maturity),
            }
        ),
        question.id,
    )


def _maturity_measure(question: Question, maturity: int | None) -> str:
    if maturity is None:
        return ""
    return f"maturity of question {question.id}: {maturity} -> {min(maturity + 1, 3)} or higher"


def _flag(origin: str, kind: FlagKind, rule: str, text: str, action: str, found: Finding, question: str = "") -> Flag:
    return Flag(
        origin=origin,
        kind=kind,
        question=question,
        rule=rule,
        text=text,
        why=found.why,
        nodes=found.nodes,
        items=found.items,
        action=action,
        measure=found.measure,
    )


def _of_exposure(exposure: Exposure) -> Action:
    closing = closing_of(exposure)
    at_risk = exposure.margin_at_risk
    loss = f"; margin at risk {money(at_risk, exposure.currency)} -> 0" if at_risk else ""
    return Action(
        text=f"Close the gap of {exposure.name}, or have it accepted by name",
        origin=f"exposure {exposure.node}"[:LONGEST_LINE],
        measure=f"{closing.said if closing else exposure.gap_said}{loss}",
    )


def _of_risk(risk: Risk, today: date) -> Action | None:
    problems = check_risk(risk, today)
    if not problems:
        return None
    return Action(
        text=f"Complete the entry of the register: {risk.title}",
        origin=f"risk {risk.id}"[:LONGEST_LINE],
        measure=" ".join(problem.reason for problem in problems),
    )
