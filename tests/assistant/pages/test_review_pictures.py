"""The pictures of a review: they draw what the tools work out; what is not known is counted, never drawn as zero."""

from datetime import UTC, datetime

import pytest

from assistant.pages.reviewing.assets import drawing_library
from assistant.pages.reviewing.drawn import money_shown, weeks_shown
from assistant.pages.reviewing.pictures import MOST_NODES, STATES, coverage_picture, exposure_picture, loss_picture
from assistant.pages.reviewing.pictures_spread import concentration_picture, countries_picture
from assistant.pages.reviewing.pictures_stress import each_node_picture, exceedance_picture
from tools.risk.concentration import concentration
from tools.risk.example import example_review
from tools.risk.exposure import exposures
from tools.risk.progress import steps
from tools.risk.review import Node, Review
from tools.risk.stress import each_node, monte_carlo

HARM = "<script>alert(1)</script>"


def review_of(*nodes: Node, limit: float | None = None) -> Review:
    made = example_review()
    scope = made.scope.model_copy(update={"loss_limit": limit})
    now = datetime.now(UTC)
    return made.model_copy(update={"nodes": list(nodes), "scope": scope, "lines": [], "created": now, "updated": now})


def test_recovery_stands_beside_survival_with_the_gap_between():
    known = Node(id="a", name=HARM, ttr_weeks=10, cover_weeks=3, alternate_share=0.4, margin_per_week=100)
    safe = Node(id="b", name="Safe", ttr_weeks=2, cover_weeks=5, margin_per_week=100)
    endless = Node(id="c", name="Endless", ttr_weeks=4, alternate_share=1, margin_per_week=100)
    unknown = Node(id="d", name="Unknown", cover_weeks=5, margin_per_week=100)
    drawn = exposure_picture(exposures(review_of(unknown, safe, endless, known)), "EUR")
    gap, survives, recovers = drawn.figure["data"]
    assert recovers["x"][0] == 10
    assert survives["x"][0] == pytest.approx(5)
    assert gap["x"] == [pytest.approx(5), 10, None]  # of one node only
    assert len(recovers["x"]) == 3
    assert max(survives["x"]) > 10  # without limit: beyond all others
    assert [note["text"] for note in drawn.figure["layout"]["annotations"]] == ["no limit"]
    assert "For 1 node TTR or TTS is not known" in drawn.summary
    assert [row[0] for row in drawn.rows] == [HARM, "Endless", "Safe", "Unknown"]
    assert drawn.rows[-1][1:] == ["not known", "5", "not known", "not known"]
    assert "<script" not in str(drawn.figure)


def test_losses_are_drawn_largest_first_and_what_is_not_known_is_never_none():
    small = Node(id="a", name=HARM, ttr_weeks=5, cover_weeks=3, margin_per_week=100)
    large = Node(id="b", name="Large", ttr_weeks=10, cover_weeks=3, margin_per_week=100)
    safe = Node(id="c", name="Safe", ttr_weeks=2, cover_weeks=5, margin_per_week=100)
    unknown = Node(id="d", name="Unknown", ttr_weeks=9, cover_weeks=5)
    drawn = loss_picture(exposures(review_of(unknown, safe, small, large, limit=500)), 500, "EUR")
    (bars,) = drawn.figure["data"]
    assert bars["x"] == [700, 200]
    assert drawn.figure["layout"]["shapes"][0]["x0"] == 500
    assert [row[0] for row in drawn.rows] == ["Large", HARM, "Safe", "Unknown"]
    assert [row[1] for row in drawn.rows] == ["EUR 700", "EUR 200", "EUR 0", "not known"]
    assert drawn.rows[0][2] == "140 % of the limit"
    assert drawn.rows[3][2:] == ["not known", "4", "margin a week of all that depends on it"]
    for said in ("To lose Large once costs most: EUR 700", "do not add up", "Over the limit of EUR 500: 1 node.",
                 "1 node would cost nothing", "For 1 node the loss is not known"):  # fmt: skip
        assert said in drawn.summary
    assert "<script" not in str(drawn.figure)


def test_a_limit_far_beyond_every_loss_is_told_and_leaves_the_bars_their_room():
    node = Node(id="a", name="Small", ttr_weeks=5, cover_weeks=3, margin_per_week=100)
    drawn = loss_picture(exposures(review_of(node, limit=1e6)), 1e6, "EUR")
    assert "shapes" not in drawn.figure["layout"]
    assert drawn.figure["layout"]["xaxis"]["range"][1] < 300
    assert "Over the limit of EUR 1 million: none." in drawn.summary
    bare = loss_picture(exposures(review_of(node)), None, "")
    assert bare.rows[0][2] == "no limit set"
    assert "limit" not in bare.summary


def test_only_the_most_exposed_are_drawn_and_the_rest_is_told():
    nodes = [Node(id=str(at), name=f"N{at}", ttr_weeks=at, cover_weeks=1, margin_per_week=10) for at in range(1, 41)]
    drawn = exposure_picture(exposures(review_of(*nodes)), "")
    assert drawn.figure["data"][2]["x"] == list(range(40, 40 - MOST_NODES, -1))
    assert f"first {MOST_NODES} of 40" in drawn.summary
    assert len(drawn.rows) == 40


def test_without_nodes_nothing_is_drawn():
    empty = review_of()
    for drawn in (
        exposure_picture([], ""),
        loss_picture([], 1.0, ""),
        concentration_picture([]),
        countries_picture([]),
        each_node_picture(each_node(empty)),
    ):
        assert drawn.figure["data"] == []
        assert drawn.rows == []
        assert drawn.summary


def test_coverage_counts_every_question_once():
    found = steps(example_review())
    drawn = coverage_picture(found)
    sums = [sum(bar["x"][at] for bar in drawn.figure["data"]) for at in range(len(found))]
    assert sums == [one.asked for one in found]
    assert [bar["name"] for bar in drawn.figure["data"]] == [words for words, *_ in STATES]
    assert len({bar["marker"]["pattern"]["shape"] for bar in drawn.figure["data"]}) == len(
        STATES
    )  # not by colour alone
    assert f"{sum(one.unknown for one in found)} are unknown" in drawn.summary


def test_concentration_is_drawn_by_category_with_the_cap_of_the_scope():
    found = concentration(example_review())
    drawn = concentration_picture(found)
    assert drawn.figure["data"][0]["x"] == [one.hhi for one in found if one.hhi is not None]
    assert "1,500 (below is low) and 2,500 (above is high)" in drawn.summary
    cap = example_review().scope.concentration_limit
    assert cap in [line["x0"] for line in drawn.figure["layout"]["shapes"]]
    top = countries_picture(found).figure["data"]
    assert top[0]["x"][0] == pytest.approx(100 * (found[0].top_supplier_share or 0))


def test_each_node_and_the_curve_draw_what_the_tests_gave():
    review = example_review()
    found = each_node(review)
    drawn = each_node_picture(found)
    assert drawn.figure["data"][0]["x"] == [one.margin_lost for one in found.nodes][:MOST_NODES]
    assert len(drawn.rows) == len(found.nodes)
    simulated = monte_carlo(review, draws=1000, seed=3)
    curve = exceedance_picture(simulated)
    assert curve.figure["data"][0]["y"] == [100 * point.share for point in simulated.curve]
    assert curve.rows[-1][0] == money_shown(simulated.curve[-1].loss, review.scope.currency)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(None, "not known"), (0, "EUR 0"), (950.4, "EUR 950"), (12.345, "EUR 12.35"), (2_500_000, "EUR 2.5 million")],
)
def test_money_is_told_in_words(amount, words):
    assert money_shown(amount, "EUR") == words if amount is not None else money_shown(amount, "EUR") == "not known"


def test_weeks_are_told_shortly():
    assert [weeks_shown(one) for one in (None, 0.0, 6.6667, 104.0)] == ["not known", "0", "6.67", "104"]


def test_the_drawing_library_is_the_one_that_is_served():
    assert drawing_library().startswith("/assets/PlotlyPlot-")
