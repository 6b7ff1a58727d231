"""A stress test that was run, as the page shows it: headline, facts, pictures, tables, and what it rests on."""

from pydantic import BaseModel, Field

from assistant.pages.reviewing.drawn import MOST_LISTED, NOT_KNOWN, Picture, money_shown, share_shown, weeks_shown
from assistant.pages.reviewing.pictures_stress import VERDICTS, each_node_picture, exceedance_picture
from tools.risk.review import StressRun
from tools.risk.stress.results import (
    EachNode,
    MonteCarloResult,
    NetworkResult,
    NodeBreak,
    NotJudged,
    Result,
    ReverseResult,
    ScenarioResult,
)

MODELS: dict[str, type[Result]] = {
    "each node": EachNode,
    "scenario": ScenarioResult,
    "monte carlo": MonteCarloResult,
    "reverse": ReverseResult,
    "network": NetworkResult,
}
NEVER = "no outage does"


class Table(BaseModel):
    """A table of texts."""

    title: str
    columns: list[str]
    rows: list[list[str]]


class Shown(BaseModel):
    """What is shown of a run; `lists` are titles with sentences below."""

    headline: str
    facts: list[tuple[str, str]] = Field(default_factory=list)
    pictures: list[Picture] = Field(default_factory=list)
    tables: list[Table] = Field(default_factory=list)
    lists: list[tuple[str, list[str]]] = Field(default_factory=list)


def shown(run: StressRun) -> Shown:
    """Return what is shown of a run; of one that another version kept, the plain figures."""
    try:
        found = MODELS[run.kind].model_validate(run.result)
    except ValueError:
        facts = [(name, str(value)) for name, value in run.result.items() if isinstance(value, str | int | float)]
        return Shown(headline="This test was kept by another version; these are its figures.", facts=facts)
    match found:
        case EachNode():
            made = _each_node(found)
        case ScenarioResult():
            made = _scenario(found)
        case MonteCarloResult():
            made = _monte_carlo(found)
        case ReverseResult():
            made = _reverse(found)
        case NetworkResult():
            made = _network(found)
        case _:
            made = Shown(headline=run.name)
    notes = [("Doubtful", found.warnings), ("Taken for granted", found.assumptions), ("Worked out", found.steps)]
    return made.model_copy(update={"lists": [*made.lists, *((title, texts) for title, texts in notes if texts)]})


def _each_node(found: EachNode) -> Shown:
    picture = each_node_picture(found)
    return Shown(headline=picture.summary, pictures=[picture], tables=_not_judged(found.not_judged))


def _scenario(found: ScenarioResult) -> Shown:
    loss = _between(found.margin_low, found.margin_high, found.currency)
    served = found.weeks_served_word or f"{weeks_shown(found.weeks_served)} weeks"
    hits = Table(
        title="What it hits",
        columns=["Node", "Hit by", "Capacity lost", "Out, weeks", "Lasts, weeks", "Margin lost"],
        rows=[
            [
                one.name,
                ", ".join(one.why),
                share_shown(one.capacity_lost),
                weeks_shown(one.weeks),
                one.tts_word or weeks_shown(one.tts),
                "in the network" if one.in_network else money_shown(one.margin_lost, found.currency),
            ]
            for one in found.hits[:MOST_LISTED]
        ],
    )
    network = _network(found.network) if found.network else None
    return Shown(
        headline=f"{found.name}: margin lost {loss}, {VERDICTS[found.verdict]}.",
        facts=[
            ("Margin lost", loss),
            ("Against the limit", _against(found.verdict, found.limit, found.currency)),
            ("Customers are served for", served),
            ("All is back after", f"{weeks_shown(found.weeks_to_recover)} weeks"),
            ("Nodes hit", str(len(found.hits))),
            *([("Largest single loss", found.largest_single)] if found.largest_single else []),
            *(
                []
                if found.complete
                else [("Not complete", "Nodes that are hit lack figures, so the loss may be higher.")]
            ),
        ],
        tables=[hits, *(network.tables if network else []), *_not_judged(found.not_judged)],
    )


def _network(found: NetworkResult) -> Shown:
    lines = Table(
        title="What the lines lose",
        columns=["Line", "Units not sold", "Margin lost"],
        rows=[[one.name, f"{one.units:,.0f}", money_shown(one.margin, found.currency)] for one in found.lines],
    )
    helps = Table(
        title="What would help most",
        columns=["One more", "Unit", "Margin saved"],
        rows=[[one.what, one.unit, money_shown(one.gain, found.currency)] for one in found.helps[:MOST_LISTED]],
    )
    lost = money_shown(found.margin_lost, found.currency)
    return Shown(
        headline=f"The least margin lost over {weeks_shown(found.weeks)} weeks is {lost}.",
        facts=[
            ("Least margin lost", lost),
            ("Of it lost without the shock too", money_shown(found.margin_lost_anyway, found.currency)),
            ("Customers are served for", found.tts_word or f"{weeks_shown(found.tts)} weeks"),
            *([("Loss limit", money_shown(found.limit, found.currency))] if found.limit is not None else []),
        ],
        tables=[table for table in (lines, helps) if table.rows],
    )


def _monte_carlo(found: MonteCarloResult) -> Shown:
    picture = exceedance_picture(found)
    figures, money = found.figures, found.currency
    facts = [
        (
            "Mean loss",
            f"{money_shown(figures.mean, money)} (standard error {money_shown(figures.standard_error, money)})",
        ),
        ("In half of the draws at most", money_shown(figures.p50, money)),
        ("In 95 of 100 at most", money_shown(figures.p95, money)),
        ("In 99 of 100 at most", money_shown(figures.p99, money)),
        ("Mean of the worst 5 %", money_shown(figures.cvar95, money)),
        ("Worst draw", money_shown(figures.worst, money)),
    ]
    if figures.over_limit is not None:
        facts.append(
            (
                "Draws over the limit",
                f"{share_shown(figures.over_limit)} ({share_shown(figures.over_limit_from)} to "
                f"{share_shown(figures.over_limit_to)} at 95 % confidence)",
            )
        )
    facts += [
        ("Draws", f"{found.draws:,} of {found.years} {'year' if found.years == 1 else 'years'}"),
        ("Seed", f"{found.seed} ({found.generator})"),
        ("Length of outages", found.spread),
    ]
    causes = Table(
        title="What the loss comes from",
        columns=[
            "Scenario",
            "Chance in a year",
            "Times it struck",
            "Mean loss when it struck",
            "Share of the mean loss",
        ],
        rows=[
            [
                one.name,
                share_shown(one.likelihood_a_year),
                f"{one.events:,}",
                "never struck" if one.mean_when_struck is None else money_shown(one.mean_when_struck, money),
                "none is lost" if one.share is None else share_shown(one.share),
            ]
            for one in found.contributions[:MOST_LISTED]
        ],
    )
    left = [f"{one.name}: {one.reason}." for one in found.left_out]
    lacking = [f"{name}: nodes that it hits lack figures, so its loss may be higher." for name in found.incomplete]
    lists = [("Not drawn", left), ("Not complete", lacking)]
    return Shown(
        headline=picture.summary,
        facts=facts,
        pictures=[picture],
        tables=[causes],
        lists=[(title, texts) for title, texts in lists if texts],
    )


def _reverse(found: ReverseResult) -> Shown:
    breaking = [one for one in found.nodes if one.breaks]
    limit = money_shown(found.limit, found.currency)
    over_network = any(one.network_weeks is not None for one in found.nodes)
    nodes = Table(
        title="Outage of one node that passes the limit",
        columns=[
            "Node",
            "From, weeks, by its own figures",
            *(["From, weeks, over the network"] if over_network else []),
            "Its own TTR, weeks",
            "Breaks us",
        ],
        rows=[
            [
                one.name,
                NEVER if one.word == "never" else weeks_shown(one.weeks),
                *([_over_network(one)] if over_network else []),
                weeks_shown(one.ttr),
                {True: "yes", False: "no", None: NOT_KNOWN}[one.breaks],
            ]
            for one in found.nodes[:MOST_LISTED]
        ],
    )
    turned = Table(
        title="How severe a scenario must be",
        columns=["Scenario", "What is turned", "Now", "May pass the limit from", "Surely passes it from"],
        rows=[
            [
                one.name,
                one.turned,
                _turned(one.turned, one.now),
                NEVER if one.possible_from is None else _turned(one.turned, one.possible_from),
                one.reason or (NEVER if one.certain_from is None else _turned(one.turned, one.certain_from)),
            ]
            for one in found.scenarios[:MOST_LISTED]
        ],
    )
    said = (
        f"The loss of {len(breaking):,} {'node' if len(breaking) == 1 else 'nodes'} alone passes the limit of {limit}."
    )
    if not breaking:
        said = f"No node that can be judged passes the limit of {limit} by its own time to recover."
    facts = [("Loss limit", limit)]
    if found.pair:
        pair = found.pair
        facts.append(
            (
                "Two nodes at once",
                f"{pair.names[0]} and {pair.names[1]}: from {weeks_shown(pair.weeks)} weeks; at their own TTR "
                f"{money_shown(pair.loss_at_ttr, found.currency)}",
            )
        )
    elif found.pair_word:
        facts.append(("Two nodes at once", found.pair_word))
    return Shown(
        headline=said,
        facts=facts,
        tables=[table for table in (nodes, turned) if table.rows] + _not_judged(found.not_judged),
    )


def _over_network(one: NodeBreak) -> str:
    """Return the shortest outage over the network; a node that is not in it has none."""
    return NEVER if one.word == "never" else "–" if one.network_weeks is None else weeks_shown(one.network_weeks)


def _turned(what: str, value: float) -> str:
    return share_shown(value) if what == "severity" else f"{value:.3g} times"


def _between(low: float | None, high: float | None, currency: str) -> str:
    if low is None or high is None:
        return NOT_KNOWN
    if abs(high - low) <= 1e-9 * max(1.0, abs(high)):
        return money_shown(high, currency)
    return f"{money_shown(low, currency)} to {money_shown(high, currency)}"


def _against(verdict: str, limit: float | None, currency: str) -> str:
    return "no limit is set" if limit is None else f"{VERDICTS[verdict]} of {money_shown(limit, currency)}"


def _not_judged(found: list[NotJudged]) -> list[Table]:
    rows = [[one.name, "; ".join(one.missing)] for one in found[:MOST_LISTED]]
    more = f", the first {MOST_LISTED} of {len(found):,}" if len(found) > MOST_LISTED else ""
    title = f"Could not be judged in full{more}"
    return [Table(title=title, columns=["Node", "What is not known"], rows=rows)] if rows else []
