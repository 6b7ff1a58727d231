"""Simulated years: the mean against the analytic one, percentiles, seeds, shares over the limit, bad settings."""

import json
import math
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import integrate, stats

from tests.tools.risk.stress.making import line, node, review, seal
from tools.risk.errors import ReviewError
from tools.risk.example import example_review
from tools.risk.review import Scenario
from tools.risk.stress import Spread, monte_carlo, node_scenarios, run_scenario
from tools.risk.stress.loads import Ground
from tools.risk.stress.random_draws import struck, times_longer
from tools.risk.stress.solved_points import bounds_between
from tools.risk.stress.tail import curve_of, figures_of

DISTRIBUTIONS = {
    "triangular": stats.triang(0.2 / 0.7, loc=0.8, scale=0.7),
    "pert": stats.beta(1 + 4 * 0.2 / 0.7, 1 + 4 * 0.5 / 0.7, loc=0.8, scale=0.7),
}


def lost(name, likelihood, **fields):
    return Scenario(id=name, name=name, likelihood_a_year=likelihood, **{"nodes": [name], **fields})


def expected(loss, shape):
    """The mean loss of one event, by integration."""
    if shape == "none":
        return loss(1.0)
    density = DISTRIBUTIONS[shape].pdf
    return integrate.quad(lambda times: density(times) * loss(times), 0.8, 1.5, points=[1.0], limit=200)[0]


@pytest.mark.parametrize("shape", ["triangular", "pert", "none"])
@pytest.mark.parametrize("years", [1, 3])
def test_the_mean_is_the_analytic_one_within_its_standard_error(shape, years):
    second = node("pump", ttr_weeks=6, cover_weeks=6, margin_per_week=50_000)
    given = review([seal(), second])
    events = [lost("seal", 0.2), lost("pump", 0.5)]
    found = monte_carlo(given, events, 40_000, seed=11, years=years, spread=Spread(shape=shape))
    seals = expected(lambda times: max(0, 0.8 * 12 * times - 4) * 300_000, shape)
    pumps = expected(lambda times: max(0, 6 * times - 6) * 50_000, shape)
    mean = years * (0.2 * seals + 0.5 * pumps)
    assert abs(found.figures.mean - mean) < 4 * found.figures.standard_error
    assert found.figures.standard_error < 0.02 * mean
    by_name = {one.name: one for one in found.contributions}
    assert by_name["seal"].mean == pytest.approx(years * 0.2 * seals, rel=0.05)
    assert sum(one.mean for one in found.contributions) == pytest.approx(found.figures.mean)
    assert sum(one.share for one in found.contributions) == pytest.approx(1)


@pytest.mark.parametrize("shape", ["triangular", "pert"])
def test_the_factor_on_outages_has_the_distribution_that_is_declared(shape):
    levels = np.linspace(0.0005, 0.9995, 999)
    factors = times_longer(levels, Spread(shape=shape))
    assert factors == pytest.approx(DISTRIBUTIONS[shape].ppf(levels), abs=1e-6)
    assert Spread(shape=shape).mean == pytest.approx(DISTRIBUTIONS[shape].mean())


def test_a_certain_event_without_spread_loses_what_the_scenario_loses():
    given = review([seal()], loss_limit=1_000_000)
    event = lost("seal", 1.0)
    found = monte_carlo(given, [event], 100, seed=1, spread=Spread(shape="none"))
    loss = run_scenario(given, event).margin_low
    figures = found.figures
    assert (figures.mean, figures.p50, figures.cvar95, figures.worst) == tuple([pytest.approx(loss)] * 4)
    assert (figures.over_limit, figures.event_over_limit) == (1, 1)
    assert figures.over_limit_from == pytest.approx(0.963, abs=1e-3)  # Wilson: 100 / (100 + 1.96 squared)


def test_the_limit_is_for_one_event_and_sums_are_shown_beside():
    given = review([seal()], loss_limit=2_000_000)
    found = monte_carlo(given, [lost("seal", 1.0)], 100, seed=1, years=2, spread=Spread(shape="none"))
    assert (found.figures.over_limit, found.figures.event_over_limit) == (1, 0)


def test_the_same_seed_gives_the_same_result_and_another_does_not():
    given = example_review()
    first, again, other = (monte_carlo(given, draws=2_000, seed=seed) for seed in (5, 5, 6))
    assert first == again
    assert first.figures.mean != other.figures.mean


def test_a_seed_is_chosen_and_shown():
    given = review([seal()])
    first = monte_carlo(given, [lost("seal", 0.3)], 500)
    assert monte_carlo(given, [lost("seal", 0.3)], 500, seed=first.seed) == first


def test_another_scenario_behind_changes_nothing_for_those_before():
    given = review([seal(), node("pump", ttr_weeks=6, cover_weeks=1, margin_per_week=1)])
    one = monte_carlo(given, [lost("seal", 0.3)], 1_000, seed=3)
    two = monte_carlo(given, [lost("seal", 0.3), lost("pump", 0.3)], 1_000, seed=3)
    assert next(row for row in two.contributions if row.name == "seal").mean == one.contributions[0].mean


def test_draws_are_the_doubles_of_the_bit_generator():
    """Numpy promises the stream of PCG64 across versions, not what its Generator makes of it: this guards the step."""
    stream = np.random.PCG64(np.random.SeedSequence(9, spawn_key=(2,)))
    raw = (stream.random_raw(1_000) >> np.uint64(11)) * 2.0**-53
    draws, levels = struck(9, 2, 500, 2, 0.25)
    assert draws.tolist() == (np.flatnonzero(raw < 0.25) // 2).tolist()
    following = (stream.random_raw(len(levels)) >> np.uint64(11)) * 2.0**-53
    assert levels.tolist() == following.tolist()
    assert struck(7, 0, 10, 1, 0.5)[0].tolist() == KNOWN_STRIKES


KNOWN_STRIKES = [1, 5, 6, 8, 9]
"""What seed 7 gave when this was written."""


def test_draws_do_not_depend_on_the_size_of_the_chunks(monkeypatch):
    whole = struck(4, 0, 1_000, 3, 0.2)
    monkeypatch.setattr("tools.risk.stress.random_draws.CHUNK", 7)
    parts = struck(4, 0, 1_000, 3, 0.2)
    assert whole[0].tolist() == parts[0].tolist()
    assert whole[1].tolist() == parts[1].tolist()


def test_bounds_do_not_depend_on_the_size_of_the_chunks(monkeypatch):
    given = example_review()
    load = Ground(given, network=False).load(Scenario(name="s", kinds=["part", "site"]))
    times = np.linspace(0.5, 2, 50)
    whole = load.bounds(times)
    monkeypatch.setattr("tools.risk.stress.loads.CELLS", 20)
    parts = load.bounds(times)
    assert whole[0].tolist() == parts[0].tolist()
    assert whole[1] == pytest.approx(parts[1], rel=1e-12)


def test_years_are_struck_as_often_as_the_likelihood_says():
    draws, _ = struck(21, 0, 200_000, 1, 0.03)
    assert stats.binomtest(len(draws), 200_000, 0.03).pvalue > 1e-4
    assert len(set(draws.tolist())) == len(draws)


def test_several_nodes_give_an_upper_and_a_lower_distribution():
    two = [node(name, ttr_weeks=9, cover_weeks=2, margin_per_week=100) for name in ("a", "b")]
    found = monte_carlo(review(two), [lost("a", 0.5, nodes=["a", "b"])], 1_000, seed=2)
    assert found.lower is not None
    assert found.figures.mean == pytest.approx(2 * found.lower.mean)


def test_the_network_is_solved_at_few_points_and_exact_between_them():
    parts = [
        node("a", ttr_weeks=4, cover_weeks=3, used_in={"P": 1}),
        node("b", ttr_weeks=7, cover_weeks=5, used_in={"P": 1, "Q": 2}),
    ]
    given = review(parts, [line("P", 100, 10, 50), line("Q", 20, 30)])
    load = Ground(given).load(Scenario(name="s", nodes=["a", "b"]))
    bounds = bounds_between(load, 0.8, 1.5)
    times = np.linspace(0.8, 1.5, 23)
    exact = load.bounds(times)
    for side in (0, 1):
        assert bounds(times)[side] == pytest.approx(exact[side], rel=2e-3, abs=1)
    found = monte_carlo(given, [lost("a", 0.5, nodes=["a", "b"])], 4_000, seed=2)
    mean = 0.5 * expected(lambda one: float(load.bounds(np.array([one]))[0][0]), "triangular")
    assert abs(found.figures.mean - mean) < 4 * found.figures.standard_error
    assert found.lower is None


def test_figures_of_known_losses():
    losses = np.array([float(value) for value in range(1, 101)])
    np.random.Generator(np.random.PCG64(1)).shuffle(losses)
    figures = figures_of(losses, 90.0, losses > 95)
    assert (figures.p50, figures.p90, figures.p95, figures.p99, figures.worst) == (50, 90, 95, 99, 100)
    assert figures.cvar95 == pytest.approx((96 + 97 + 98 + 99 + 100) / 5)
    assert (figures.mean, figures.over_limit, figures.event_over_limit) == (50.5, 0.1, 0.05)
    assert figures.standard_error == pytest.approx(np.std(losses, ddof=1) / 10)
    wilson = stats.binomtest(10, 100).proportion_ci(method="wilson")
    assert (figures.over_limit_from, figures.over_limit_to) == (wilson.low, wilson.high)


def test_the_worst_five_percent_of_an_uneven_number_count_the_last_in_part():
    # 5 % of 30 draws are one and a half: the worst, and half of the second.
    assert figures_of(np.arange(1.0, 31), None, np.zeros(30, bool)).cvar95 == pytest.approx((30 + 0.5 * 29) / 1.5)


@pytest.mark.parametrize("losses", [np.arange(5000.0), np.zeros(300), np.repeat([0.0, 7.0], [990, 10])])
def test_the_curve_falls_and_each_point_is_true(losses):
    curve = curve_of(losses)
    assert 1 <= len(curve) <= 110
    assert [one.loss for one in curve] == sorted({one.loss for one in curve})
    for one in curve:
        assert one.share == pytest.approx(float((losses > one.loss).mean()))
    assert curve[-1].loss == losses.max()


def test_what_is_left_out_is_named_with_the_reason():
    nodes = [seal(), node("blind", ttr_weeks=3)]
    events = [lost("seal", 0.1), lost("seal", None), lost("blind", 0.2), lost("x", 0.2, nodes=[], countries=["Mars"])]
    found = monte_carlo(review(nodes), events, 500, seed=1)
    reasons = [one.reason for one in found.left_out]
    assert len(reasons) == 3
    assert "no likelihood" in reasons[0]
    assert "data for a loss" in reasons[1]
    assert "no node that is known" in reasons[2]


def test_a_loss_that_appears_only_in_a_longer_outage_is_not_hidden():
    # Out for 4 weeks of 5 in stock: no loss, so no margin is needed; out for 1.5 times as long it is.
    found = monte_carlo(review([node("a", ttr_weeks=4, cover_weeks=5)]), [lost("a", 0.5)], 500, seed=1)
    assert found.incomplete == ["a"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"draws": 0}, "0 draws are not possible"),
        ({"draws": 10_000_000}, "10,000,000 draws are not possible"),
        ({"draws": -5}, "-5 draws"),
        ({"seed": -1}, "seed -1"),
        ({"years": 0}, "0 years"),
        ({"years": 51}, "51 years"),
        ({"scenarios": []}, "no scenarios yet"),
        ({"scenarios": [Scenario(name="s", nodes=["ghost"], likelihood_a_year=0.1)]}, "'ghost'"),
        ({"scenarios": [Scenario(name="s", nodes=["seal"])]}, "no likelihood a year"),
        (
            {"scenarios": [Scenario(name="s", nodes=["seal"]).model_copy(update={"likelihood_a_year": 1.4})]},
            "140 % a year",
        ),
    ],
)
def test_bad_settings_are_refused_with_the_remedy(settings, said):
    with pytest.raises(ReviewError, match=said):
        monte_carlo(review([seal()]), **{"scenarios": [lost("seal", 0.1)], "draws": 500, "seed": 1, **settings})


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        ({"low": -1}, "low end"),
        ({"low": 1.2}, "low end"),
        ({"high": 11}, "high end"),
        ({"high": math.nan}, "high end"),
        ({"shape": "normal"}, "'normal'"),
    ],
)
def test_a_spread_that_cannot_be_is_refused(spread, said):
    with pytest.raises(ReviewError, match=said):
        Spread(**spread)


def test_too_much_at_once_is_refused_with_what_is_possible():
    given = review([seal(f"n{place}") for place in range(30)])
    with pytest.raises(ReviewError, match="at most 666,666 draws"):
        monte_carlo(given, node_scenarios(given, 0.1), 1_000_000, seed=1, years=50)


def test_rare_events_are_warned_of():
    found = monte_carlo(review([seal()]), [lost("seal", 0.001)], 1_000, seed=1)
    assert any("take more draws" in warning for warning in found.warnings)


def test_results_are_plain_json_and_say_how_they_were_drawn():
    found = monte_carlo(example_review(), draws=500, seed=8)
    again = json.loads(json.dumps(found.model_dump(mode="json"), allow_nan=False))
    drawn = SimpleNamespace(**again)
    assert (drawn.seed, drawn.draws, drawn.years) == (8, 500, 1)
    assert "PCG64" in drawn.generator
    assert "triangular" in drawn.spread
