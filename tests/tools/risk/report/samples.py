"""Builds reviews and reports for tests: the full example, next year's, an empty one, a hostile one, a large one."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tools.risk.checklists import load_checklist
from tools.risk.example import example_review
from tools.risk.report import Report, build_report
from tools.risk.review import (
    Action,
    Answer,
    Comment,
    Node,
    Participant,
    Review,
    Risk,
    Scenario,
    Scope,
    Source,
    StressRun,
)
from tools.risk.stress import each_node, monte_carlo, network_loss, reverse, run_scenario

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
HOSTILE = (
    '=HYPERLINK("http://evil.example","x") <script>alert(\'x\')</script> & <b>bold</b> | pipe '
    "![image](http://evil.example/a.png) [link](javascript:alert(1)) `code` **strong** $x_1^2$ \\ # not a head"
    "\x00\x07\x1b\ufffe \u202eolleh\u202c \u200bhidden Ωμέγα Жук Łódź größer 🙂 深圳 한국 \u2028next line\r\n"
    "- no list\n1. no list"
)
LONG_WORD = "W" * 4000
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\uff1d1+1",
    "#N/A",
    "=cmd|'/c calc'!A0",
)


def run_of(name: str, kind: Any, result: Any, **settings: Any) -> StressRun:
    return StressRun(
        id=name, name=name, kind=kind, settings=settings, result=result.model_dump(), at=AT, by="Mette Dahl"
    )


@cache
def _full() -> Review:
    review = example_review()
    review.stress_runs = [
        run_of("Every node in turn", "each node", each_node(review)),
        run_of("Fire", "scenario", run_scenario(review, review.scenarios[2])),
        run_of(
            "A thousand years", "monte carlo", monte_carlo(review, review.scenarios, draws=2000, seed=7), draws=2000
        ),
        run_of("What would break us", "reverse", reverse(review)),
    ]
    network = network_loss(review, review.scenarios[2])
    assert network is not None
    review.stress_runs.append(run_of("Least loss", "network", network))
    return review


def full() -> Review:
    return _full().model_copy(deep=True)


@cache
def full_report() -> Report:
    return build_report(full(), TODAY)


def next_year() -> tuple[Review, Review]:
    """Return a review and the one before it, with exposures down, up, new, gone and now known, and actions closed."""
    before, now = full(), full()
    by_name = {node.name: node for node in now.nodes}
    by_name["Motor controller board"].cover_weeks = 10
    by_name["Permanent magnet"].ttr_weeks = 26
    by_name["Borehole casing, stainless"].ttr_weeks = 5
    now.nodes = [node for node in now.nodes if node.name != "EPDM gasket set"]
    now.nodes.append(Node(id="new", name="Port crane", margin_per_week=1000, ttr_weeks=4, cover_weeks=1))
    now.actions[0].status, now.actions[1].status = "done", "dropped"
    del now.actions[2]
    before.updated = datetime(2025, 11, 1, tzinfo=UTC)
    before.title = "Pump factory 2025"
    return now, before


def empty() -> Review:
    return Review(id="empty", title="Empty", created=AT, updated=AT, checklist=load_checklist())


def hostile(text: str = HOSTILE) -> Review:
    """Return a review with the same text in every field that takes text."""
    line = text[:300]
    review = full()
    node = Node(
        id="n", name=line, category=line, margin_per_week=1000, ttr_weeks=10, cover_weeks=2, evidence=text, note=text,
        sources=[
            Source(supplier=line, country=line, share=0.5, sub_tier=[line]),
            Source(supplier="B", country=line, share=0.5),
        ],
    )  # fmt: skip
    return review.model_copy(
        update={
            "title": line,
            "scope": Scope(
                product_lines=text, sites=text, period=line, currency=text[:10], other_limits=text, loss_limit=10
            ),
            "participants": [Participant(id="p", name=line, role="lead", joined=AT)],
            "answers": [
                Answer(question="1.1", value=text, evidence=text, comment=text, by=line, at=AT),
                Answer(question="1.6", person="p", value=text, maturity=1, by=line, at=AT),
                Answer(question="1.6", person="q", value="other", maturity=2, by=line, at=AT),
            ],
            "comments": [Comment(id="c", about="1.1", text=text, by=line, at=AT)],
            "nodes": [node, Node(id="m", name=line)],
            "risks": [
                Risk(id="r", title=line, cause=text, event=text, effect=text, controls=text, nodes=["n"], likelihood=3,
                     impact=5, treatment="accept", owner=line, approver=line, note=text),
            ],
            "actions": [Action(id="a", text=text, origin=line, owner=line, measure=text, cost=5, due=TODAY)],
            "scenarios": [Scenario(id="s", name=line)],
            "stress_runs": [
                StressRun(name=line, kind="scenario", settings={line: text}, result={line: text}, at=AT, by=line),
            ],
        }
    )  # fmt: skip


def large(nodes: int = 1000) -> Review:
    """Return a review with many nodes of two sources each."""
    review = full()
    review.nodes = [
        Node(
            id=f"n{number}", name=f"Part {number} of the large list", category=f"Category {number % 40}",
            margin_per_week=1000 + number, ttr_weeks=None if number % 17 == 0 else 4 + number % 30,
            cover_weeks=number % 9, alternate_share=(number % 5) / 10,
            sources=[
                Source(supplier=f"Supplier {number % 90}", country="Poland", share=0.7),
                Source(supplier=f"Supplier {number % 71 + 100}", country="India", share=0.3),
            ],
        )
        for number in range(nodes)
    ]  # fmt: skip
    return review
