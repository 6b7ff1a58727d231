"""Draws years in which scenarios strike by their likelihood, and reports the loss: mean, percentiles, worst, causes."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.metrics.shown import number, percent, plural
from tools.risk.errors import refused
from tools.risk.review import Review, Scenario
from tools.risk.stress.loads import Ground, Load
from tools.risk.stress.random_draws import Spread, struck, times_longer
from tools.risk.stress.results import Contribution, LeftOut, MonteCarloResult
from tools.risk.stress.solved_points import bounds_between
from tools.risk.stress.tail import curve_of, figures_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Bounds = Callable[[Array], tuple[Array, Array]]

LEAST_DRAWS, MOST_DRAWS = 100, 1_000_000
MOST_YEARS = 50
RARE = 30
"""Expected strikes below which a share is too uncertain to go by."""
MOST_WORK = 1_000_000_000
MOST_SOLVED = 40
"""Scenarios for which the network is solved; of more, all nodes are judged by their own figures."""
LARGEST_SEED = 2**63 - 1
FORMULA = (
    r"L = \sum_{y=1}^{Y} \sum_s B_{sy}\, L_s(X_{sy}), \quad B_{sy} \sim \text{Bernoulli}(p_s), \quad "
    r"\text{CVaR}_{95} = \mathrm{E}[\,L \mid L \text{ among the worst } 5\,\%\,]"
)


@dataclass(frozen=True)
class _Event:
    scenario: Scenario
    load: Load
    bounds: "Bounds"


def monte_carlo(
    review: Review,
    scenarios: Sequence[Scenario] | None = None,
    draws: int = 10_000,
    seed: int | None = None,
    years: int = 1,
    spread: Spread | None = None,
) -> MonteCarloResult:
    """Return the loss over `years` years, drawn `draws` times.

    In each year each scenario strikes at most once, with its likelihood a year and independently of all others. Its
    outages are then as long as stated times a factor drawn from `spread`, one factor for all nodes of an event, which
    keeps their recoveries together. Losses of several events are added. Where several nodes are hit, the upper bound of
    the loss is drawn, and the lower one beside it.

    Args:
        review: nodes, lines, scope and scenarios; not changed.
        scenarios: what can strike; those of the review where None. Those without a likelihood are left out and named.
        draws: 100 to 1,000,000.
        seed: 0 to 2^63 - 1; chosen and reported where None. The same seed gives the same result, on the same numpy.
        years: length of a draw, 1 to 50.
        spread: shape and ends of the factor on the length of outages; `Spread()` where None.

    Raises:
        ReviewError: when draws, seed or years are out of range, no scenario has a likelihood, a scenario names an
            unknown node, or a spike of demand has no weeks.
    """
    import numpy as np

    spread = spread or Spread()
    seed = _checked(draws, seed, years)
    events, left_out = _events(review, review.scenarios if scenarios is None else scenarios, spread)
    if len(events) * draws * years > MOST_WORK:
        most = MOST_WORK // (len(events) * years)
        reason = (
            f"{len(events)} scenarios over {plural(years, 'year')} with {draws:,} draws are too many to draw at once; "
            f"take at most {most:,} draws."
        )
        raise refused("draws", reason)
    limit = review.scope.loss_limit
    high, low = np.zeros(draws), np.zeros(draws)
    over = np.zeros((2, draws), dtype=bool)
    contributions = []
    for place, event in enumerate(events):
        draw, rest = struck(seed, place, draws, years, event.scenario.likelihood_a_year or 0.0)
        lows, highs = event.bounds(times_longer(rest, spread))
        np.add.at(high, draw, highs)
        np.add.at(low, draw, lows)
        if limit is not None:
            over[0, draw[highs > limit]] = True
            over[1, draw[lows > limit]] = True
        contributions.append((event, len(draw), float(highs.sum())))
    total = sum(one[2] for one in contributions)
    return MonteCarloResult(
        currency=review.scope.currency,
        limit=limit,
        formula=FORMULA,
        steps=_steps(contributions, draws, years, total, review.scope.currency),
        assumptions=_assumptions(spread, years, limit),
        warnings=_warnings(review, events, left_out, draws),
        draws=draws,
        years=years,
        seed=seed,
        generator=f"PCG64, numpy {np.__version__}",
        spread=spread.said,
        figures=figures_of(high, limit, over[0]),
        lower=None if np.array_equal(low, high) else figures_of(low, limit, over[1]),
        contributions=_contributions(contributions, draws, total),
        curve=curve_of(high),
        left_out=left_out,
        incomplete=[one.scenario.name for one in events if not _complete(one.load, spread)],
    )


def _checked(draws: int, seed: int | None, years: int) -> int:
    if not LEAST_DRAWS <= draws <= MOST_DRAWS:
        reason = f"{draws:,} draws are not possible; take {LEAST_DRAWS:,} to {MOST_DRAWS:,}, for example 10,000."
        raise refused("draws", reason)
    if not 1 <= years <= MOST_YEARS:
        raise refused("years", f"{years:,} years are not possible; take 1 to {MOST_YEARS}.")
    if seed is None:
        return secrets.randbelow(2**31)
    if not 0 <= seed <= LARGEST_SEED:
        raise refused("seed", f"The seed {seed} is not possible; take a whole number from 0 to {LARGEST_SEED}.")
    return seed


def _events(review: Review, scenarios: Sequence[Scenario], spread: Spread) -> tuple[list[_Event], list[LeftOut]]:
    ground = Ground(review, network=len(scenarios) <= MOST_SOLVED)
    events, left_out = [], []
    for scenario in scenarios:
        likelihood = scenario.likelihood_a_year
        if likelihood is not None and not 0 <= likelihood <= 1:  # a model can be copied with values unchecked
            reason = (
                f"A likelihood of {percent(likelihood)} a year for {scenario.name!r} is not possible; give a share "
                "from 0 to 100 %."
            )
            raise refused("likelihood_a_year", reason)
        if likelihood is None:
            reason = "no likelihood a year is stated"
        else:
            load = ground.load(scenario)
            if load.known:
                events.append(_Event(scenario, load, bounds_between(load, spread.low, spread.high)))
                continue
            reason = "no node that it hits has the data for a loss" if load.reached else "it hits no node that is known"
        left_out.append(LeftOut(scenario=scenario.id, name=scenario.name, reason=reason))
    if not events:
        said = "; ".join(f"{one.name}: {one.reason}" for one in left_out[:5]) or "the review has no scenarios yet"
        reason = f"Nothing can be simulated ({said}); give at least one scenario a likelihood a year and known nodes."
        raise refused("scenarios", reason)
    return events, left_out


def _complete(load: Load, spread: Spread) -> bool:
    return load.complete and not load.unknown_at(spread.high)


def _contributions(found: list[tuple[_Event, int, float]], draws: int, total: float) -> list[Contribution]:
    rows = [
        Contribution(
            scenario=event.scenario.id,
            name=event.scenario.name,
            likelihood_a_year=event.scenario.likelihood_a_year or 0.0,
            events=events,
            mean_when_struck=lost / events if events else None,
            mean=lost / draws,
            share=lost / total if total > 0 else None,
        )
        for event, events, lost in found
    ]
    return sorted(rows, key=lambda row: -row.mean)


def _steps(found: list[tuple[_Event, int, float]], draws: int, years: int, total: float, money: str) -> list[str]:
    events = sum(one[1] for one in found)
    return [
        f"{plural(len(found), 'scenario')}, {plural(years, 'year')} a draw, {number(draws)} draws: "
        f"{plural(events, 'event')}",
        f"mean loss = all losses / draws = {number(total)} / {number(draws)} = {number(total / draws)} "
        f"{money}".rstrip(),
    ]


def _assumptions(spread: Spread, years: int, limit: float | None) -> list[str]:
    lines = [
        "a scenario strikes at most once a year, independently of the other scenarios and of other years",
        f"outages are as long as stated times a factor: {spread.said}; one factor for all nodes of an event",
        "losses of events in the same years are added, as if they did not overlap",
        "where several nodes are hit, the upper bound of the loss is taken; the lower one is shown beside it",
        "a percentile is the smallest loss that so many draws do not pass",
    ]
    if limit is not None:
        span = "a year" if years == 1 else plural(years, "year")
        lines.append(
            f"the limit is meant for one event; the share of draws over it is shown for the sum of {span} and for the "
            "largest event"
        )
    return lines


def _warnings(review: Review, events: list[_Event], left_out: list[LeftOut], draws: int) -> list[str]:
    warnings = []
    if left_out:
        warnings.append(f"{plural(len(left_out), 'scenario')} left out; the loss may be higher.")
    rare = [one for one in events if 0 < (one.scenario.likelihood_a_year or 0.0) * draws < RARE]
    if rare:
        warnings.append(
            f"{plural(len(rare), 'scenario')} so rare that fewer than {RARE} strikes are expected in {draws:,} draws; "
            "take more draws."
        )
    if len(events) + len(left_out) > MOST_SOLVED and review.lines:
        warnings.append(
            f"With more than {MOST_SOLVED} scenarios the network of lines and parts is not solved; all nodes are "
            "judged by their own figures."
        )
    if review.scope.loss_limit is None:
        warnings.append("The scope states no unacceptable loss, so no share of draws over it can be shown.")
    return warnings
