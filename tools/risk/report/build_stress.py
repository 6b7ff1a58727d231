"""The report's rows of stress tests: what was run, what came out, and when the next is due."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from tools.metrics.shown import number, plural
from tools.risk.report.build_since import year_later
from tools.risk.report.rows import Fact, LossPoint, StressRow
from tools.risk.report.words import UNKNOWN, money, share, weeks
from tools.risk.review import Review, StressRun
from tools.risk.stress.results import (
    EachNode,
    MonteCarloResult,
    NetworkResult,
    NodeBreak,
    NotJudged,
    Result,
    ReverseResult,
    ScenarioBreak,
    ScenarioResult,
)

MOST_ROWS = 25
MOST_POINTS = 40
VERDICTS = {"over": "OVER THE LIMIT", "within": "within the limit", "open": f"{UNKNOWN}: no limit, or data missing"}
_Part = dict[str, Any]


def stress_rows(review: Review) -> tuple[StressRow, ...]:
    """Return the stress tests that were run, the latest first."""
    return tuple(_row(run, review) for run in sorted(review.stress_runs, key=lambda run: run.at, reverse=True))


def next_stress(review: Review, today: date) -> date:
    """Return when the next test is due: a year after the latest, today where none was run."""
    if not review.stress_runs:
        return today
    return year_later(max(run.at for run in review.stress_runs).date())


def _row(run: StressRun, review: Review) -> StressRow:
    model, tell = _KINDS[run.kind]
    try:
        result = model.model_validate(run.result)
    except ValidationError:
        told: _Part = {"findings": _plain(run.result)}
    else:
        told = tell(result, result.currency or review.scope.currency.strip())
        told["assumptions"], told["warnings"] = tuple(result.assumptions), tuple(result.warnings)
    settings = _plain(run.settings)
    return StressRow(name=run.name, kind=run.kind, on=run.at.date(), by=run.by, settings=settings, **told)


def _plain(values: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return the values of a result that say something by themselves."""
    return tuple(
        Fact(label=str(name).replace("_", " ").capitalize(), text=_in_words(one))
        for name, one in values.items()
        if isinstance(one, str | int | float) and one != ""
    )


def _in_words(value: object) -> str:
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _each_node(result: EachNode, currency: str) -> _Part:
    rows = [
        (
            one.name,
            weeks(one.ttr, False),
            one.tts_word or weeks(one.tts, False),
            weeks(one.gap, False),
            money(one.margin_lost),
            "not in it" if one.network_loss is None else money(one.network_loss),
            VERDICTS[one.verdict],
        )
        for one in result.nodes[:MOST_ROWS]
    ]
    findings = [
        Fact(label="Nodes removed one at a time", text=f"{len(result.nodes):,}"),
        Fact(label="Over the limit", text=UNKNOWN if result.over_limit is None else f"{result.over_limit:,}"),
        *_not_judged(result.not_judged),
    ]
    money_in = f", {currency}" if currency else ""
    heads = (
        "Node",
        "TTR, weeks",
        "TTS, weeks",
        "Gap, weeks",
        f"Margin lost{money_in}",
        f"In the network{money_in}",
        "Verdict",
    )
    title = "Every node removed in turn"
    if len(result.nodes) > MOST_ROWS:
        title += f", the {MOST_ROWS} largest losses"
    return {"findings": tuple(findings), "table_title": title, "table_heads": heads, "table": tuple(rows)}


def _scenario(result: ScenarioResult, currency: str) -> _Part:
    served = result.weeks_served_word or weeks(result.weeks_served)
    findings = [
        Fact(label="Margin lost", text=_between(result.margin_low, result.margin_high, currency, result.complete)),
        Fact(label="Customers served for", text=UNKNOWN if served == "unknown" else served),
        Fact(label="All back after", text=weeks(result.weeks_to_recover)),
        Fact(label="Against the limit", text=VERDICTS[result.verdict]),
        *_not_judged(result.not_judged),
    ]
    if result.largest_single:
        findings.insert(1, Fact(label="Largest loss of one node", text=result.largest_single))
    rows = [
        (
            hit.name,
            ", ".join(hit.why),
            share(hit.capacity_lost),
            weeks(hit.weeks, False),
            UNKNOWN if hit.tts_word == "unknown" else hit.tts_word or weeks(hit.tts, False),
            "in the network" if hit.in_network else money(hit.margin_lost),
        )
        for hit in result.hits[:MOST_ROWS]
    ]
    heads = (
        "Node hit",
        "Because of",
        "Capacity lost",
        "Weeks out",
        "TTS, weeks",
        f"Margin lost{f', {currency}' if currency else ''}",
    )
    title = f"What it hits{f', the first {MOST_ROWS} of {len(result.hits)}' if len(result.hits) > MOST_ROWS else ''}"
    return {"findings": tuple(findings), "table_title": title, "table_heads": heads, "table": tuple(rows)}


def _between(low: float | None, high: float | None, currency: str, complete: bool) -> str:
    if low is None or high is None:
        return UNKNOWN
    words = money(high, currency) if low == high else f"{money(low, currency)} to {money(high, currency)}"
    return words if complete else f"at least {money(low, currency)}: nodes that lack data come on top"


def _monte_carlo(result: MonteCarloResult, currency: str) -> _Part:
    figures = result.figures
    over = UNKNOWN
    if figures.over_limit is not None:
        over = share(figures.over_limit)
        if figures.over_limit_from is not None and figures.over_limit_to is not None:
            over += f" (95 % interval {share(figures.over_limit_from)} to {share(figures.over_limit_to)})"
    findings = [
        Fact(label="Drawn", text=f"{result.draws:,} times {plural(result.years, 'year')}, seed {result.seed}"),
        Fact(label="Mean loss", text=money(figures.mean, currency)),
        Fact(label="Loss not passed in 50, 90, 95, 99 % of draws", text="; ".join(
            money(one, currency) for one in (figures.p50, figures.p90, figures.p95, figures.p99))),
        Fact(label="Mean of the worst 5 %", text=money(figures.cvar95, currency)),
        Fact(label="Draws that pass the limit", text=over),
    ]  # fmt: skip
    if result.left_out:
        left = "; ".join(f"{one.name} ({one.reason})" for one in result.left_out)
        findings.append(Fact(label="Left out", text=left))
    if result.incomplete:
        findings.append(Fact(label="Hit nodes lack data in", text=", ".join(result.incomplete)))
    rows = [
        (
            one.name,
            share(one.likelihood_a_year),
            f"{one.events:,}",
            "never struck" if one.mean_when_struck is None else money(one.mean_when_struck),
            money(one.mean),
            "–" if one.share is None else share(one.share),
        )
        for one in result.contributions[:MOST_ROWS]
    ]
    money_in = f", {currency}" if currency else ""
    heads = (
        "Scenario",
        "Likelihood a year",
        "Events drawn",
        f"Mean when it strikes{money_in}",
        f"Mean over all{money_in}",
        "Share of the mean",
    )
    step = -(-len(result.curve) // MOST_POINTS) or 1
    curve = [*result.curve[::step], *(result.curve[-1:] if (len(result.curve) - 1) % step else [])]
    return {
        "findings": tuple(findings),
        "table_title": "What each scenario adds",
        "table_heads": heads,
        "table": tuple(rows),
        "exceedance": tuple(LossPoint(loss=one.loss, probability=one.share) for one in curve),
    }


def _reverse(result: ReverseResult, currency: str) -> _Part:
    findings = [Fact(label="Limit looked for", text=money(result.limit, currency)), *_not_judged(result.not_judged)]
    if result.pair is not None:
        pair = result.pair
        length = "no outage of both passes it" if pair.weeks is None else f"{weeks(pair.weeks)} without both"
        loss = f"{money(pair.loss_at_ttr, currency)} at their own times to recover"
        findings.append(Fact(label=" and ".join(pair.names), text=f"{length}; {loss}"))
    elif result.pair_word:
        findings.append(Fact(label="Two nodes together", text=result.pair_word))
    findings += [Fact(label=one.name, text=one.reason or _break(one)) for one in result.scenarios[:MOST_ROWS]]
    breaks = {True: "yes", False: "no", None: UNKNOWN}
    networked = any(one.network_weeks is not None for one in result.nodes)
    rows = [
        (
            one.name,
            one.word or weeks(one.weeks, False),
            *((_over_network(one),) if networked else ()),
            weeks(one.ttr, False),
            breaks[one.breaks],
        )
        for one in result.nodes[:MOST_ROWS]
    ]
    heads = (
        "Node",
        "Weeks out that pass the limit",
        *(("The same over the network",) if networked else ()),
        "Its TTR, weeks",
        "Breaks the limit",
    )
    return {
        "findings": tuple(findings),
        "table_title": "What would break the limit",
        "table_heads": heads,
        "table": tuple(rows),
    }


def _over_network(one: NodeBreak) -> str:
    return one.word or ("not in it" if one.network_weeks is None else weeks(one.network_weeks, False))


def _break(one: ScenarioBreak) -> str:
    now = f"; now {number(one.now, 3)}"
    if one.possible_from is None:
        return f"no {one.turned} passes it{now}"
    surely = "never surely" if one.certain_from is None else f"surely at {number(one.certain_from, 3)}"
    return f"may pass it at a {one.turned} of {number(one.possible_from, 3)}, {surely}{now}"


def _network(result: NetworkResult, currency: str) -> _Part:
    findings = [
        Fact(label="Least margin lost", text=money(result.margin_lost, currency)),
        Fact(label="Of it lost without the shock", text=money(result.margin_lost_anyway, currency)),
        Fact(label="Customers served for", text=result.tts_word or weeks(result.tts)),
        Fact(label="Looked at", text=weeks(result.weeks)),
    ]
    findings += [
        Fact(label=f"One {one.unit} more of {one.what}", text=f"saves {money(one.gain, currency)}")
        for one in result.helps[:5]
    ]
    rows = tuple((line.name, number(line.units), money(line.margin)) for line in result.lines[:MOST_ROWS])
    heads = ("Line", "Units not sold", f"Margin lost{f', {currency}' if currency else ''}")
    return {"findings": tuple(findings), "table_title": "Loss by line", "table_heads": heads, "table": rows}


def _not_judged(left: Sequence[NotJudged]) -> list[Fact]:
    if not left:
        return []
    words = "; ".join(f"{one.name} ({', '.join(one.missing)})" for one in left[:MOST_ROWS])
    more = f"; and {len(left) - MOST_ROWS} more" if len(left) > MOST_ROWS else ""
    return [Fact(label=f"{UNKNOWN}, could not be judged", text=words + more)]


_KINDS: dict[str, tuple[type[Result], Callable[..., _Part]]] = {
    "each node": (EachNode, _each_node),
    "scenario": (ScenarioResult, _scenario),
    "monte carlo": (MonteCarloResult, _monte_carlo),
    "reverse": (ReverseResult, _reverse),
    "network": (NetworkResult, _network),
}
