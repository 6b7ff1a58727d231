"""Makes small reviews for the tests of stress tests."""

from datetime import UTC, datetime

from tools.risk.checklist import Checklist, Step
from tools.risk.review import Node, ProductLine, Review, Scope, Source

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
CHECKLIST = Checklist(name="Short", version="1", steps=(Step(number=1, name="Only", purpose=""),))


def review(nodes=(), lines=(), scenarios=(), **scope):
    return Review(
        id="r",
        title="Stress",
        created=NOW,
        updated=NOW,
        checklist=CHECKLIST,
        nodes=list(nodes),
        lines=list(lines),
        scenarios=list(scenarios),
        scope=Scope(currency="EUR", **scope),
    )


def node(name, **fields):
    """A node with an id like its name; `sources` as (supplier, country, share) or Source."""
    sources = [
        one if isinstance(one, Source) else Source(supplier=one[0], country=one[1], share=one[2])
        for one in fields.pop("sources", ())
    ]
    return Node(**{"id": name, "name": name, "sources": sources, **fields})


def seal(name="seal", **fields):
    """The shaft seal of the note on time to survive: 4 weeks of cover, 20 % from a second source, 12 weeks out."""
    given = {"cover_weeks": 4, "alternate_share": 0.2, "ttr_weeks": 12, "margin_per_week": 300_000}
    return node(name, **{**given, **fields})


def line(name, demand, margin, stock=0.0):
    return ProductLine(id=name, name=name, demand_per_week=demand, margin_per_unit=margin, stock=stock)
