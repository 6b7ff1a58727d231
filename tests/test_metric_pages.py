"""What the pages make of metrics before a browser sees it: forms, what is typed in them, results, charts."""

import json
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest

from assistant.answer import Answer
from assistant.pages.computed import computed, details, form_address, title, worked
from assistant.pages.drawing import HEIGHT, figure
from assistant.pages.messages import Exchange, chat_messages, exchange_at
from assistant.pages.metric_fields import MOST_CHARACTERS, Typed, UnreadableError, read, read_number
from assistant.pages.metric_form import after_html, default_frame, form_html, metric_list
from assistant.pages.metric_result import headline, question_of, result_markdown, what_if_text, work_out
from assistant.pages.metrics import MetricsPage, typed_in
from assistant.pages.runs import ToolRun
from tools.metrics import METRICS, Frame, MetricResult
from tools.metrics.compute import compute
from tools.metrics.result import Chart, Mark, Series

EOQ = METRICS["economic_order_quantity"]
TURNS = METRICS["inventory_turnover"]
ASKED = {
    "metric": "inventory_turnover",
    "inputs": [
        {"name": "cogs", "value": 2400000, "unit": "USD/year"},
        {"name": "average_inventory", "value": 300000, "unit": "USD"},
    ],
}
RAN = ToolRun("compute_metric", ASKED, {"value": 8.0}, finished=True)
YEAR = Frame("year", "USD")


def stated(name: str, text: str):
    part = read(EOQ.declared[name], Typed({name: text}, {"lead_time": "day"}, YEAR))
    return part and (part.value, part.unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,200.50", 1200.5), ("2.4M", 2_400_000), ("300k", 300_000), (" 12 ", 12), (".5", 0.5), ("1e6", 1e6), ("-3", -3)],
)
def test_numbers_are_read_as_people_type_them(text, value):
    assert read_number(text) == (value, "")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("demand", "1200", (1200, "item/year")),
        ("demand", "50 a week", (50, "1/week")),
        ("holding_cost", "4", (4, "USD/item/year")),
        ("holding_cost", "€4", (4, "EUR/year")),
        ("carrying_rate", "25%", (25, "%/year")),
        ("carrying_rate", "2 % a month", (2, "%/month")),
        ("lead_time", "14", (14, "day")),
        ("lead_time", "2 weeks", (2, "week")),
        ("lead_time", "  ", None),
    ],
)
def test_a_unit_that_is_typed_counts_and_the_form_s_is_taken_else(name, text, expected):
    assert stated(name, text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("many", "cannot be read as a number"),
        ("5 6", "more than one number"),
        ("1e999", "cannot be read|too large"),
        ("9" * 400, "too large"),
        ("x" * (MOST_CHARACTERS + 1), "longer than"),
    ],
)
def test_what_is_no_number_is_told_in_words(text, told):
    with pytest.raises(UnreadableError, match=told):
        stated("demand", text)


def series(text: str):
    return read(METRICS["mape"].declared["actual"], Typed({"actual": text}, {}, Frame())).value


@pytest.mark.parametrize("text", ["100, 120, 110", "100,120,110", "100 120\n110", "100;120;110"])
def test_a_list_is_read_however_it_is_parted(text):
    assert series(text) == [100, 120, 110]


def test_a_list_names_what_is_no_number_in_it_and_has_an_end():
    with pytest.raises(UnreadableError, match="“x” is not a number"):
        series("100, x, 110")
    with pytest.raises(UnreadableError, match=r"10,001 numbers here; at most 10,000"):
        series("1 " * 10_001)


def test_names_with_numbers_are_read_line_by_line():
    declared = METRICS["hhi"].declared["shares_by_supplier"]

    def shares(text: str):
        return read(declared, Typed({"shares_by_supplier": text}, {}, Frame()))

    assert shares("Acme Corp 2: 30%\nB=70%").value == {"Acme Corp 2": 30, "B": 70}
    assert shares("A 30; B 70").unit == "%"
    with pytest.raises(UnreadableError, match="“A” is there twice"):
        shares("A 1; A 2")
    with pytest.raises(UnreadableError, match="not a name with a number"):
        shares("only words")


def test_every_metric_has_its_place_and_a_form_without_line_breaks(subtests):
    listed = metric_list()
    for entry in METRICS.values():
        with subtests.test(entry.id):
            form = form_html(entry, Typed({}, {}, default_frame(entry)))
            assert f'href="/metrics?metric={entry.id}"' in listed
            assert all(f'name="{name}"' in form for name in entry.declared)
            assert "\n" not in form + after_html(entry.id)


def test_every_published_example_comes_through_its_form_unchanged(subtests):
    for entry in METRICS.values():
        if entry.costly or not entry.published:
            continue
        with subtests.test(entry.id):
            known = compute(entry.id, frame=YEAR, **dict(entry.published[0].inputs))
            address = form_address(entry.id, known.inputs)
            if len(address) < 100:  # too long for an address
                continue
            found = work_out(entry, typed_in(entry, dict(parse_qsl(address.partition("?")[2])))).found
            assert isinstance(found, MetricResult), found
            assert found.value == pytest.approx(known.value, rel=1e-9)


def test_what_is_typed_cannot_become_markup():
    harm = '"><script>alert(1)</script>\r\n\n# x \\(y\\)'
    typed = typed_in(EOQ, {"demand": harm, "money": harm, "period": harm, "lead_time.unit": harm})
    for text in (form_html(EOQ, typed), result_markdown(work_out(EOQ, typed))):
        assert "<script" not in text
        assert "\n\n#" not in text
    scores = METRICS["supplier_scorecard"]
    bad = typed_in(scores, {"weights": "<img src=x> 1", "scores": "<img src=x> 5"})
    assert "<img" not in form_html(scores, bad) + result_markdown(work_out(scores, bad))


def test_a_result_stands_with_all_that_belongs_to_it():
    worked_out = work_out(TURNS, Typed({"cogs": "2.4M", "average_inventory": "300k"}, {}, YEAR))
    text = result_markdown(worked_out)
    assert "<b>8 turns a year</b>" in text
    assert "\\[" in text
    assert "8 in full precision" in text
    assert headline(worked_out) == "Inventory turnover: 8 turns a year."
    assert question_of(worked_out) == (
        "Inventory turnover: cost of goods sold 2,400,000 USD/year, average inventory 300,000 USD"
    )
    assert what_if_text(worked_out, "cogs", 10).endswith("8.8 turns a year instead of 8 turns a year, +10 %.")
    assert what_if_text(worked_out, "sales", 10) == ""


def test_what_is_missing_or_wrong_is_told_by_input():
    nothing = work_out(EOQ, Typed({}, {}, YEAR))
    assert "Still needed" in result_markdown(nothing)
    wrong = work_out(EOQ, Typed({"demand": "-1"}, {}, YEAR))
    assert "must be above 0" in wrong.errors["demand"]
    assert wrong.chart is None


@pytest.mark.parametrize(
    "told",
    ["", "x", "[]", "null", '{"value": 3}', '{"value": {"metric": 3}}', '{"value": {"metric": "nothing"}}', "[" * 5000]
    + [
        json.dumps({"value": {"metric": EOQ.id, **part}})
        for part in (
            {"texts": 5},
            {"texts": {"demand": 5, "no": "1"}, "change": "x"},
            {"texts": {"demand": "1"}, "change": 1e999, "input": []},
            {"whole": "yes", "texts": {"period": "eon", "money": "<b>"}},
        )
    ],
)
def test_a_made_up_request_does_no_harm(told):
    shown = MetricsPage(SimpleNamespace()).work(told)
    assert len(shown) == 5


def test_a_computation_is_told_in_words():
    assert title(RAN) == "Worked out inventory turnover"
    assert dict(details(RAN)) == {
        "cost of goods sold": "2,400,000 USD a year",
        "average inventory": "300,000 USD",
        "result": "8 turns a year",
        "in full precision": "8",
    }


@pytest.mark.parametrize("args", [{}, {"metric": "nothing", "inputs": []}, {"metric": "mape", "inputs": 3}, {"x": 1}])
def test_a_computation_that_cannot_be_read_is_shown_as_any_tool(args):
    tool = ToolRun("compute_metric", args, {}, finished=True)
    assert computed(tool) is None
    assert title(tool) is None


def test_a_turn_that_computed_has_its_chart_below_and_a_way_to_the_form():
    answer = Answer(kind="answer", text="**= 8 turns a year.** Good.", follow_ups=["Why?"])
    exchange = Exchange("q", [RAN], answer.text, answer, "done", "a")
    _asked, thought, reply, chart = chat_messages([exchange])
    assert thought.metadata["title"] == "Worked out inventory turnover"
    assert 'class="outcome"' in reply.content
    assert 'href="/metrics?metric=inventory_turnover&amp;period=year&amp;money=USD&amp;cogs=2400000' in reply.content
    assert json.loads(chart.content[0].value["plot"])["layout"]["height"] == HEIGHT
    assert "Turns fall as stock rises" in chart.content[1]
    assert chart.options
    other = Exchange("q", [], "Yes.", None, "done", "b")
    assert [exchange_at([exchange, other], index).turn_id for index in range(6)] == ["a"] * 4 + ["b"] * 2


def test_an_amount_is_not_parted_from_its_unit():
    assert "**300,000\xa0USD**" in worked("stock **300,000 USD** and 5 % of it")
    assert "5\xa0%" in worked("5 %")


@pytest.mark.parametrize("kind", ["line", "bar", "waterfall"])
def test_a_chart_tells_its_rows_apart_without_colour_and_marks_its_points(kind):
    rows = [
        Series(name="a", x=["p", "q"], y=[1.0, 2.0]),
        Series(name="b", x=["p", "q"], y=[2.0, 1.0], style="dashed"),
    ]
    mark = Mark(x="q", y=2.0, text="a <b>")
    chart = Chart(kind=kind, title="t", x_label="x", y_label="y", series=rows, marks=[mark], summary="s")
    drawn = figure(chart)
    assert drawn["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"
    assert drawn["config"]["displayModeBar"] is False
    assert drawn["layout"]["showlegend"]
    assert [label["text"] for label in drawn["layout"]["annotations"]] == ["a &lt;b&gt;"]
    if kind == "line":
        assert [trace["line"]["dash"] for trace in drawn["data"][:2]] == ["solid", "dash"]


def test_every_chart_of_a_published_example_can_be_drawn(subtests):
    for entry in METRICS.values():
        if entry.chart is None or not entry.published or entry.costly:
            continue
        with subtests.test(entry.id):
            chart = compute(entry.id, chart=True, **dict(entry.published[0].inputs)).chart
            if chart is not None:
                assert json.dumps(figure(chart), allow_nan=False)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"demand": "1200.4321", "carrying_rate": "25%"}, "demand 1,200.4321 units/year, carrying rate 25% per year"),
        ({"holding_cost": "4", "lead_time": "2 weeks"}, "holding cost 4 USD/unit/year, lead time 2 week"),
    ],
)
def test_a_form_is_put_into_words_without_rounding(inputs, words):
    assert question_of(work_out(EOQ, Typed(inputs, {}, YEAR))) == f"Economic order quantity: {words}"
