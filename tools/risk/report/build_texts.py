"""The report's standing texts: purpose, scope, people, data, limits, assumptions, formulae, sources and sign-off."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tools.risk.report.content import Totals
from tools.risk.report.rows import Fact, NodeRow, RiskRow
from tools.risk.report.words import NOT_NAMED, count, day, money, points, share
from tools.risk.review import Review, Scope

_PERCENT = re.compile(r"\d[\d.,]* %")
NOT_STATED = "? not stated"
PURPOSE = (
    "This report says how exposed the supply chain in scope is to the loss of what it depends on, in weeks and in "
    "money, how well that exposure is controlled, what is to be done by whom, and what is still unknown."
)
GUIDANCE = (
    "This report is guidance for a decision and rests on what the participants entered. It is no audit, no assurance "
    "and no legal opinion. Legal, regulatory, sanctions, safety, insurance and accounting points need a qualified "
    "adviser before anybody relies on them."
)
REFERENCES = (
    "Simchi-Levi, D., Schmidt, W. & Wei, Y. (2014). From superstorms to factory fires: managing unpredictable "
    "supply-chain disruptions. Harvard Business Review 92(1-2), 96-101. Time to recover, time to survive, removal of "
    "one node at a time.",
    "Simchi-Levi, D. et al. (2015). Identifying risks and mitigating disruptions in the automotive supply chain. "
    "Interfaces 45(5), 375-390. The same on a whole network.",
    "ISO 31000:2018. Risk management - Guidelines. The order of the review: scope and criteria, identify, analyse, "
    "evaluate, treat, monitor, record.",
    "IEC 31010:2019. Risk management - Risk assessment techniques. Worded scales, scenarios, matrices, limits.",
    "US Department of Justice and Federal Trade Commission, merger guidelines of 2010 and 2023. Bands of the "
    "Herfindahl-Hirschman index; made for markets and used for suppliers by analogy only.",
)
LASTING_TRIGGERS = (
    "after any event that stopped or nearly stopped a node of this report;",
    "when a supplier, site, product line or main route changes, or a node is added;",
    "when a figure of an exposure over the limit changes, or a limit does;",
    "when an early warning signal passes its trigger, or law or sanctions change for a source.",
)


def scope_facts(scope: Scope) -> tuple[Fact, ...]:
    """Return the scope and its criteria; what is not stated says so."""
    days = scope.stockout_limit_days
    facts = (
        ("Product lines", scope.product_lines),
        ("Sites", scope.sites),
        ("Period", scope.period),
        ("Currency", scope.currency),
        ("Unacceptable loss in one event", _stated(scope.loss_limit, money(scope.loss_limit, scope.currency))),
        (
            "Unacceptable stockout",
            _stated(days, count(int(days), "day") if days and days == int(days) else f"{days} days"),
        ),
        ("Margin a week of all in scope", _stated(scope.weekly_margin, money(scope.weekly_margin, scope.currency))),
        (
            "Cap on concentration (HHI)",
            _stated(scope.concentration_limit, f"{points(scope.concentration_limit)} points"),
        ),
        ("Cap on one country", _stated(scope.country_limit, share(scope.country_limit))),
        ("Other limits", scope.other_limits),
    )
    return tuple(Fact(label=label, text=text.strip() or NOT_STATED) for label, text in facts)


def _stated(value: float | None, words: str) -> str:
    return "" if value is None else words


def people(review: Review) -> tuple[Fact, ...]:
    """Return who took part, the lead first."""
    roles = {"lead": "lead", "member": "member"}
    ordered = sorted(review.participants, key=lambda one: (one.role != "lead", one.joined))
    return tuple(
        Fact(label=one.name or NOT_NAMED, text=f"{roles[one.role]}, since {day(one.joined.date())}") for one in ordered
    )


def data_used(review: Review) -> tuple[str, ...]:
    """Return what the report is computed from."""
    return tuple(_data(review))


def _data(review: Review) -> Iterator[str]:
    checklist, nodes = review.checklist, review.nodes
    own = sum(question.own for question in checklist.questions)
    yield (
        f"Checklist “{checklist.name}”, version {checklist.version}, with {count(len(checklist.questions), 'question')}"
        f"{f', {own} of them added by the team' if own else ''}."
    )
    if review.answers:
        first, last = (pick(answer.at for answer in review.answers).date() for pick in (min, max))
        yield f"{_first(count(len(review.answers), 'answer'))}, given from {day(first)} to {day(last)}."
    else:
        yield "No answers yet."
    sources = sum(len(node.sources) for node in nodes)
    known = [
        f"{name} of {sum(value is not None for value in values)}"
        for name, values in (
            ("time to recover", [node.ttr_weeks for node in nodes]),
            ("stock cover", [node.cover_weeks for node in nodes]),
            ("margin", [node.margin_per_week for node in nodes]),
        )
    ]
    if nodes:
        yield f"{_first(count(len(nodes), 'node'))} with {count(sources, 'source')}; known are {', '.join(known)}."
    else:
        yield "No nodes yet."
    yield (
        f"{_first(count(len(review.risks), 'risk'))}, {count(len(review.actions), 'action')}, "
        f"{count(len(review.scenarios), 'scenario')} and {count(len(review.stress_runs), 'stress test')}."
    )


def limits(review: Review, nodes: Sequence[NodeRow], sums: Totals) -> tuple[str, ...]:
    """Return what the review cannot say."""
    return tuple(_limits(review, nodes, sums))


def _limits(review: Review, nodes: Sequence[NodeRow], sums: Totals) -> Iterator[str]:
    if review.status != "finished":
        yield "The review is not finished: figures and answers may still change."
    if sums.answered < sums.asked:
        yield (
            f"{sums.asked - sums.answered} of {count(sums.asked, 'question')} have no answer, and "
            f"{sums.without_evidence} {'has' if sums.without_evidence == 1 else 'have'} an answer without evidence."
        )
    bases = Counter(node.ttr_basis for node in nodes if node.ttr is not None)
    if bases:
        yield (
            f"Times to recover rest on {bases['tested']} tests, {bases['supplier figure']} figures of suppliers and "
            f"{bases['own guess']} own guesses; {bases[None]} have no stated basis. "
            "Suppliers tend to be too optimistic."
        )
    yield (
        "Exposure takes each node out on its own. Losses of several nodes overlap, so their margins at risk are not "
        "the loss of one event; stress tests look at several at once."
    )
    yield "How probable a cause is does not enter the exposure of a node."


def assumptions(nodes: Sequence[NodeRow]) -> tuple[str, ...]:
    """Return the assumptions behind the nodes' figures, each once with how many nodes it concerns."""
    counted = Counter(_PERCENT.sub("the stated share", text) for node in nodes for text in node.assumptions)
    told = tuple(f"{_first(text)}: {count(many, 'node')}." for text, many in counted.most_common(30))
    return (*told, "A node is lost in full and at once, and is back in full after its time to recover.")


def formulae() -> tuple[Fact, ...]:
    """Return the formulae in words, as the workbook computes them too."""
    told = (
        ("Time to survive (TTS), weeks", "cover / (1 - alternates' share); no limit where alternates carry all"),
        ("Gap, weeks", "the larger of 0 and TTR - TTS"),
        (
            "Margin at risk",
            "gap × (1 - alternates' share) × margin a week × share of it affected (all if not stated)",
        ),
        ("HHI, points", "sum over the suppliers of a category of (100 × share)²; 10,000 is a single supplier"),
        ("Coverage", "questions answered / questions asked"),
        ("Maturity", "mean of the scores 0 to 3 of the answered questions"),
        ("Level of a risk", "looked up by likelihood and impact in a table; severity leads, nothing is multiplied"),
    )
    return tuple(Fact(label=label, text=text) for label, text in told)


def sign_off(review: Review, risks: Iterable[RiskRow]) -> tuple[Fact, ...]:
    """Return who has to sign: the lead, whoever sets the limits, and those who accept a risk."""
    lead = next((one.name for one in review.participants if one.role == "lead"), "")
    accepted = [
        Fact(label=f"Accepts R{risk.number}, {risk.title}", text=risk.approver)
        for risk in risks
        if risk.treatment == "accept"
    ]
    return (
        Fact(label="Lead of the review", text=lead),
        Fact(label="Sponsor, approves scope and limits", text=""),
        *accepted,
        Fact(label="For the board", text=""),
    )


def triggers(risks: Iterable[RiskRow]) -> tuple[str, ...]:
    """Return what brings the next review forward."""
    dated = sorted(
        (risk for risk in risks if risk.treatment == "accept" and risk.review_date is not None),
        key=lambda risk: (risk.review_date is None, risk.review_date),
    )
    return (*LASTING_TRIGGERS, *(f"for R{risk.number}, accepted until {day(risk.review_date)}." for risk in dated))


def _first(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
