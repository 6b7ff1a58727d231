"""What the classification page makes of its forms before a browser sees it: fields, verdicts, pictures, exports."""

import csv
import json
import re
import time
from io import StringIO
from types import SimpleNamespace

import pytest

from assistant.pages.classifying.export import items_csv, neutral, positions_csv, products_csv
from assistant.pages.classifying.fields import fields, read_amount
from assistant.pages.classifying.form import MOST_ENTRIES, forms_html
from assistant.pages.classifying.page import ClassifyPage, read_request
from assistant.pages.classifying.pictures import Mark, matrix, spread
from assistant.pages.classifying.positions import placed, positions_shown
from assistant.pages.classifying.products import GRID, classified, products_shown
from assistant.pages.classifying.shown import Entry, Shown, told
from assistant.pages.classifying.stock import classes, items_shown
from assistant.pages.metric_fields import UnreadableError
from tools.classification import ProductFacts, PurchaseFacts, SupplyFacts, Words, default_thresholds

TEES = Entry("Tees", fields={"life_cycle_months": "4 years", "contribution_margin": "12", "forecast_error": "8%"})
RUNWAY = Entry(
    "Runway",
    fields={"life_cycle_months": "3", "contribution_margin": "55", "replenishment_lead_time_days": "90"},
)
HARM = '<script>alert(1)</script> "x" \\(y\\) `z` [a](b)'
TABLE = "SKU;Value\nA;850\nB;100\nC;50\n"
DEMAND = "SKU\tJan\tFeb\tMar\tApr\tMay\tJun\nA\t10\t11\t10\t9\t10\t10\nB\t0\t0\t40\t0\t0\t3\n"


class Reader:
    """A reader that hears nothing in words but the numbers it is given."""

    def __init__(self, *spoken):
        self.spoken = list(spoken)

    def read(self, text):
        return self.spoken

    def words(self, text):
        return [], [], Words(odds={})

    def classify(self, product, facts):
        from tools.classification import classify_product

        return classify_product({**product.facts, **facts}, name=product.name)


def spoken(name="", **facts):
    return SimpleNamespace(name=name, facts=facts, parts=())


def asked(**value):
    return json.dumps({"value": value})


def page(ready=False):
    return ClassifyPage(
        SimpleNamespace(status=lambda: SimpleNamespace(ready=ready), vault=SimpleNamespace(note=lambda _: None))
    )


def rows(text):
    return list(csv.reader(StringIO(text)))


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("18", "months", 18),
        ("2 years", "months", 24),
        ("6 weeks", "days", 42),
        ("35%", "%", 35),
        ("20%", "ratio", 0.2),
        ("1,200", "variants", 1200),
        ("2 a month", "orders a year", 24),
        ("1 year", "weeks", 52.18),
    ],
)
def test_amounts_are_read_in_the_unit_of_their_field(text, unit, value):
    assert read_amount(text, unit) == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("many", "months"), ("35%", "months"), ("3 months", "%"), ("$5", "variants"), ("9" * 300, "days")],
)
def test_what_is_no_amount_of_its_field_is_refused(text, unit):
    with pytest.raises(UnreadableError):
        read_amount(text, unit)


def test_every_fact_of_the_tools_has_a_field_with_a_label_and_its_messages():
    for view, model in (("product", ProductFacts), ("supply", SupplyFacts), ("purchase", PurchaseFacts)):
        names = {field.name for field in fields(view)}
        assert names == set(model.model_fields)
        html = forms_html()
        for name in names:
            assert f'<label for="{view}-{name}">' in html
            assert f'id="{view}-{name}-error"' in html
    assert len(re.findall(r' id="', html)) == len(set(re.findall(r' id="([^"]+)"', html)))


def test_hints_show_the_thresholds():
    life, *_ = fields("product")
    assert life.hint == "functional: more than 2 years; innovative: 3 months to 1 year"
    sources = next(field for field in fields("supply") if field.name == "supply_sources")
    assert "at least 3 sources" in sources.hint


def test_products_are_told_by_label_with_all_on_one_picture():
    shown = products_shown([TEES, RUNWAY, Entry("Nothing")], 1, None)
    assert "<b>Innovative</b>" in shown.verdict
    assert "Mismatch" in shown.verdict
    assert [mark.split(",")[0] for mark in shown.marks] == ["functional", "innovative", "nothing told"]
    assert len(shown.figure["data"]) == 2
    first, second = shown.figure["data"]
    assert first["x"][0] < 0.5 < second["x"][0]
    assert second["y"][0] > 2 / 3  # in the row of efficient chains
    assert 1 / 3 < first["y"][0] < 2 / 3  # its chain was not told
    assert first["marker"]["symbol"] != second["marker"]["symbol"]
    assert "1 of 3 not drawn" in shown.caption
    for part in (
        "Product life cycle",
        "3 months to 1 year",
        "The chain it needs",
        "Ways out",
        "Fisher, M",
        "#source-thresholds",
    ):
        assert part in shown.detail.replace("&#46;", ".").replace("&#44;", ",")
    assert "The chain does not fit" in shown.headline
    assert shown.question.startswith("Runway: product life cycle 3 months, contribution margin 55%")


def test_the_life_cycle_moves_the_product_across():
    places = []
    for months in ("60", "18", "3"):
        entry = Entry("x", fields={"life_cycle_months": months})
        places.append(products_shown([entry], 0, None).figure["data"][0]["x"][0])
    assert places == sorted(places)
    assert places[0] < places[-1]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("life_cycle_months", "-3", "lies between"),
        ("contribution_margin", "140%", "140%"),
        ("forecast_error", "a lot", "cannot be read as a number"),
    ],
)
def test_what_cannot_be_is_said_of_its_field_and_leaves_the_others(name, text, said):
    shown = products_shown([Entry("Bad", fields={name: text}), TEES], 0, None)
    assert said in shown.errors[name]
    assert said in shown.headline
    assert shown.marks[0] == "to be corrected"
    assert len(shown.figure["data"]) == 1
    assert shown.exportable


def test_a_field_goes_before_the_words_and_what_the_words_say_wrong_stands_beside_them():
    reader = Reader(spoken("tees", life_cycle_months=60.0))
    entry = Entry("Tees", "unchanged for five years", {"life_cycle_months": "3"})
    assert classified(entry, reader).result.label == "innovative"
    assert "from the words" in products_shown([Entry("Tees", "five years")], 0, reader).detail
    wrong = Reader(spoken("tees", contribution_margin=140.0))
    assert "140%" in classified(Entry("Tees", "margin 140%"), wrong).errors["text"]


def test_words_of_several_products_do_not_lend_their_numbers():
    found = classified(Entry("x", "a and b"), Reader(spoken("a", life_cycle_months=2.0), spoken("b")))
    assert found.given == {}
    assert "several products" in found.warnings[0]


def test_numbers_count_while_the_words_cannot_be_read_yet():
    shown = products_shown([Entry("Tees", "classic", TEES.fields)], 0, None)
    assert "<b>Functional</b>" in shown.verdict
    assert "still loading" in shown.verdict
    assert shown.waiting
    assert products_shown([Entry("Tees", "classic")], 0, None).marks == ["waiting"]


@pytest.mark.parametrize(
    ("demand", "supply", "strategy"),
    [
        ("low", "low", "efficient"),
        ("low", "high", "risk-hedging"),
        ("high", "low", "responsive"),
        ("high", "high", "agile"),
    ],
)
def test_lees_cells_stand_where_their_uncertainties_are(demand, supply, strategy):
    shown = positions_shown("supply", [Entry("x", fields={"demand": demand, "supply": supply})], 0)
    assert shown.marks[0].startswith(strategy)
    (x,), (y,) = shown.figure["data"][0]["x"], shown.figure["data"][0]["y"]
    assert (x > 0.5, y > 0.5) == (demand == "high", supply == "high")
    notes = {note["text"]: note for note in shown.figure["layout"]["annotations"]}
    assert (notes[strategy]["x"] > 0.5, notes[strategy]["y"] > 0.5) == (demand == "high", supply == "high")


def test_purchased_items_stand_in_one_matrix_with_what_to_do():
    entries = [
        Entry("Castings", fields={"profit_impact": "80", "supply_risk": "70"}),
        Entry("Labels", fields={"spend_share": "0.5", "qualified_suppliers": "12"}),
        Entry("Open", fields={"spend_share": "30"}),
    ]
    shown = positions_shown("purchase", entries, 0)
    assert [mark.split(",")[0] for mark in shown.marks] == ["strategic", "non-critical", "open: leverage or strategic"]
    assert len(shown.figure["data"]) == 3
    assert shown.figure["data"][2]["marker"]["symbol"].endswith("-open")
    assert "What to do" in shown.detail
    line = default_thresholds().kraljic.line / 100
    assert {line} <= {shape["x1"] for shape in shown.figure["layout"]["shapes"]}
    assert (
        "cannot be above 100"
        in positions_shown("purchase", [Entry("x", fields={"profit_impact": "130"})], 0).errors["profit_impact"]
    )


def test_a_pasted_table_is_classed_drawn_and_told():
    shown = items_shown(Entry("", TABLE))
    assert shown.headline == "3 items: 1 A, 1 B, 1 C."
    assert "alone carries 85 % of the value" in shown.verdict.replace("&#46;", ".").replace("&#37;", "%")
    heights = [shape["y0"] for shape in shown.figure["layout"]["shapes"] if shape["y0"] == shape["y1"]]
    assert heights == [80, 95]
    assert "ABC curve" in shown.caption
    assert "Names: SKU" in shown.detail.replace("&#58;", ":")


def test_limits_are_those_that_are_typed_or_refused_at_their_box():
    shown = items_shown(Entry("", TABLE, {"abc_first": "90%", "abc_second": "99"}))
    assert shown.headline == "3 items: 1 A, 1 B, 1 C."
    assert "must rise" in items_shown(Entry("", TABLE, {"abc_first": "96"})).errors["abc_first"]
    assert "must rise" in items_shown(Entry("", DEMAND, {"xyz_second": "0.1"})).errors["xyz_first"]
    assert "cannot be read" in items_shown(Entry("", TABLE, {"xyz_first": "x"})).errors["xyz_first"]


def test_demand_without_values_is_drawn_by_pattern():
    shown = items_shown(Entry("", DEMAND))
    assert "Demand patterns" in shown.caption
    assert {trace["name"] for trace in shown.figure["data"]} == {
        "smooth (1)",
        "erratic (0)",
        "intermittent (0)",
        "lumpy (1)",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name;value\nA;x1y\nB;zz", "No column holds numbers"),
        ("just words", "No column holds numbers"),
        ("name;value\nA;0\nB;-5", "value is 0"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(text, said):
    shown = items_shown(Entry("", text))
    assert said in shown.errors["text"]
    assert not shown.exportable


def test_an_empty_table_asks_for_one():
    shown = items_shown(Entry("", "  \n "))
    assert "Paste a table" in shown.verdict
    assert shown.figure is None


def test_lines_that_cannot_be_classed_are_named_and_exported():
    entry = Entry("", "SKU;Value\nA;850\nB;twelve\nC;50\nD;-3\n")
    shown = items_shown(entry)
    plain = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), shown.verdict)
    assert "Line 3 (B): Value is 'twelve'" in plain
    assert "Line 5 (D)" in plain
    found = rows(items_csv(classes(entry)))
    assert {row[0] for row in found[1:]} == {"A", "B", "C", "D"}
    assert "twelve" in next(row for row in found if row[0] == "B")[-1]
    assert "below 0" in next(row for row in found if row[0] == "D")[-1]


@pytest.mark.parametrize(
    ("by", "back", "order"),
    [
        ("value", False, "ABC"),
        ("value", True, "CBA"),
        ("item", False, "ABC"),
        ("item", True, "CBA"),
        ("line", True, "CBA"),
        ("abc", False, "ABC"),
        ("no", False, "ABC"),
    ],
)
def test_rows_stand_in_the_order_that_was_chosen(by, back, order):
    found = classes(Entry("", TABLE, {"sort": by, "order": "back" if back else ""}))
    assert "".join(found.result.items[place] for place in found.order) == order


def test_ten_thousand_lines_are_fast_and_all_exported():
    text = "SKU,Value,Jan,Feb,Mar,Apr,May,Jun\n" + "".join(
        f"item {place},{10_000 - place},{place % 7},{place % 5},3,{place % 11},2,1\n" for place in range(10_000)
    )
    begun = time.perf_counter()
    shown = items_shown(Entry("", text))
    assert time.perf_counter() - begun < 2
    assert shown.detail.count("<tr>") < 300
    assert "first 200 of 10" in shown.detail
    assert len(rows(items_csv(classes(Entry("", text))))) == 10_001
    assert len(json.dumps(shown.figure)) < 50_000


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_of_an_export_is_run_by_a_spreadsheet(start):
    name = f"{start}1+1"
    assert str(neutral(name)).startswith("'")
    assert neutral(-3.5) == -3.5
    product = classified(Entry(name, fields=TEES.fields), None)
    item = placed("purchase", Entry(name, fields={"profit_impact": "80"}))
    assert rows(products_csv([product]))[1][0].startswith("'")
    assert rows(positions_csv("purchase", [item]))[1][0].startswith("'")


def test_exports_read_back_with_their_columns():
    found = rows(products_csv([classified(one, None) for one in (TEES, RUNWAY, Entry("Empty"))]))
    assert {len(row) for row in found} == {len(found[0])}
    by_name = {row[0]: dict(zip(found[0], row, strict=True)) for row in found[1:]}
    assert by_name["Tees"]["verdict"] == "functional"
    assert float(by_name["Tees"]["Product life cycle (months)"]) == 48
    assert by_name["Runway"]["fit"] == "mismatch"
    placed_rows = rows(
        positions_csv("supply", [placed("supply", Entry("x", fields={"demand": "low"})), placed("supply", Entry("y"))])
    )
    assert {len(row) for row in placed_rows} == {len(placed_rows[0])}
    items = rows(items_csv(classes(Entry("", TABLE))))
    assert {len(row) for row in items} == {len(items[0])}
    assert [row[0] for row in items[1:]] == ["A", "B", "C"]


def test_what_is_typed_cannot_become_markup():
    entry = Entry(HARM, HARM, {"life_cycle_months": "3", "forecast_error": HARM})
    parts = [
        products_shown([entry, TEES], 0, None),
        products_shown([Entry(HARM, HARM, TEES.fields)], 0, Reader(spoken())),
    ]
    parts.append(positions_shown("purchase", [Entry(HARM, fields={"profit_impact": "80"})], 0))
    parts.append(items_shown(Entry("", f"name;value\n{HARM};5\n{HARM} b;x\nc;9")))
    for shown in parts:
        whole = f"{shown.verdict}{shown.detail}{shown.caption}{told(shown, 'product', 1, 0)}"
        assert "<script" not in whole
        assert "\n" not in whole
        assert "<script" not in json.dumps(shown.figure)


def test_labels_part_and_marks_can_be_told_apart():
    marks = [Mark(number, f"Product {number}", 0.5, 0.5) for number in range(1, 13)]
    figure = matrix(GRID, marks)
    assert len({(trace["marker"]["symbol"]) for trace in figure["data"]}) == 12
    assert {trace["text"][0] for trace in figure["data"]} == {str(number) for number in range(1, 13)}
    heights = [y for _, y in spread([(0.5, 0.5)] * 4, 0.3)]
    assert len(set(heights)) == 4
    assert all(abs(y - 0.5) < 0.15 for y in heights)


@pytest.mark.parametrize(
    "request_text",
    ["", "x", "[]", "null", '{"value": 3}', "[" * 5000]
    + [
        asked(**part)
        for part in (
            {"view": 3, "entries": 5, "at": "x", "id": []},
            {"view": "purchase", "entries": [3, {"name": 5, "text": [], "fields": {"profit_impact": 9}}], "at": 99},
            {"view": "product", "entries": [{}] * 50, "at": -4, "id": True},
            {"view": "items", "entries": [{"text": "\x00"}], "at": 1e99},
            {"view": "no", "entries": {"a": 1}},
        )
    ],
)
def test_a_made_up_request_does_no_harm(request_text):
    shown = page().work(request_text)
    assert len(shown) == 4
    assert 'id="told"' in shown[-1]
    assert isinstance(page().export(request_text), str)
    assert len(read_request(request_text)[1]) <= MOST_ENTRIES


def test_notes_and_thresholds_open_from_the_page():
    text = page().source(asked_plain("thresholds"))
    assert "Product life cycle" in text
    assert "Syntetos" in text
    assert page().source(asked_plain("No%20such")) == "There is no note on this in the vault."


def asked_plain(value):
    return json.dumps({"value": value})


def test_nothing_told_is_no_error():
    shown = products_shown([Entry("Product 1")], 0, None)
    assert shown.errors == {}
    assert not shown.exportable
    assert isinstance(shown, Shown)
