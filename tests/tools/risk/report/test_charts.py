"""The charts: drawn for every report, from several threads at once, and readable without colour."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from tests.tools.risk.report import samples
from tests.tools.risk.report.reading import plain, texts
from tools.risk.report import build_report, charts
from tools.risk.report.fonts import NOT_DRAWN, drawn


def test_every_chart_is_drawn_of_every_report() -> None:
    for review in (samples.full(), samples.empty(), samples.hostile(), samples.hostile(samples.LONG_WORD)):
        report = build_report(review, samples.TODAY)
        nodes = report.nodes
        for content in (
            charts.heat_map(report), charts.coverage(report), charts.exposure(nodes), charts.loss(nodes, report),
        ):  # fmt: skip
            picture = Image.open(BytesIO(content))
            assert picture.format == "PNG"
            assert picture.width == pytest.approx(charts.WIDTH * charts.DOTS, abs=2)


def test_loss_by_node_shows_what_is_unknown_and_what_has_no_limit() -> None:
    report = samples.full_report()
    told, unknown = report.nodes[0], next(node for node in report.nodes if node.margin_at_risk is None)
    endless = told.model_copy(update={"margin_at_risk": float("inf")})
    drawn_of = [
        charts.loss([one, report.nodes[1]], report)
        for one in (told, unknown, endless, told.model_copy(update={"margin_at_risk": 0.0}))
    ]
    assert len(set(drawn_of)) == len(drawn_of)
    assert charts.loss([told], report) != charts.loss([told], report.model_copy(update={"loss_limit": None}))


@pytest.mark.parametrize("name", ["Word", "PDF"])
def test_loss_by_node_stands_in_the_report_as_a_chart(name: str) -> None:
    assert plain("Loss by node: margin at risk if it is lost once, EUR") in texts(samples.full_report())[name]


def test_a_name_with_dollars_is_no_formula() -> None:
    review = samples.full()
    review.nodes = [node.model_copy(update={"name": "$\\frac{1}{$ 5 $x"}) for node in review.nodes[:2]]
    assert charts.exposure(build_report(review, samples.TODAY).nodes)


def test_the_same_report_gives_the_same_picture_from_many_threads() -> None:
    report = samples.full_report()
    run = next(run for run in report.stress if run.exceedance)
    alone = [charts.coverage(report), charts.exceedance(run, report)]
    with ThreadPoolExecutor(4) as pool:
        drawn_at_once = list(
            pool.map(lambda place: (charts.coverage(report), charts.exceedance(run, report))[place % 2], range(8))
        )
    assert drawn_at_once == [alone[place % 2] for place in range(8)]


def test_levels_differ_in_grey() -> None:
    shades = [int(shade[1:3], 16) for shade in charts.LEVEL_SHADES.values()]
    assert all(light - dark >= 30 for light, dark in pairwise(shades))


def test_what_the_fonts_lack_is_a_box() -> None:
    assert drawn("Łódź Ωμ Жук") == "Łódź Ωμ Жук"
    assert drawn("a🙂b") == f"a{NOT_DRAWN}b"
