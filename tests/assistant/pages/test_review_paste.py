"""Tables out of a spreadsheet over HTTP: shown first, kept only when taken over, and read anew on the server."""

import pytest

from tools.risk.store import checking

TABLE = """Critical parts 2027\t\t\t\t\t\t\t\t
Part\tCategory\tTTR (weeks)\tCover (days)\tAlternate share\tMargin per week (EUR)\tSupplier\tCountry\tShare
Bearing 6204\tBearings\t8\t28\t40%\t50,000\tNorrlager\tSweden\t60%
Bearing 6204\tBearings\t8\t28\t40%\t50,000\tSagami\tJapan\t40%
Seal ring\tSeals\t-3\t14\t0%\t20,000\tDichtung\tGermany\t140%
\t\t\t\t\t\t\t\t
<script>alert(1)</script>\tSeals\t6\t\t\t\tX\tY\t100%
Grand Total\t\t\t\t\t140,000\t\t\t
"""


@pytest.fixture
def review(ana):
    return ana.begin()["review"]["id"]


def read(browser, review, text):
    return browser.send("POST", f"/{review}/nodes/read", {"text": text})


def take(browser, review, text):
    return browser.send("POST", f"/{review}/nodes/take", {"text": text})


def nodes(browser, review):
    return {node["name"]: node for node in browser.open(review)["review"]["nodes"]}


def test_a_table_with_totals_and_blanks_is_shown_before_anything_is_kept(ana, review):
    found = read(ana, review, TABLE).json()
    assert [row[0] for row in found["rows"]] == ["Bearing 6204", "Seal ring", "<script>alert(1)</script>"]
    assert {row[1] for row in found["rows"]} == {"new"}
    assert found["rows"][0][3:5] == ["8", "4"]
    assert "Norrlager (Sweden) 60 %; Sagami (Japan) 40 %" in found["rows"][0]
    assert found["rows"][1][3] == "not known"
    places = [(row, column, value) for row, column, value, _ in found["problems"]]
    assert places == [("5", "TTR (weeks)", "-3"), ("5", "Share", "140%")]
    assert all("enter" in reason for *_, reason in found["problems"])
    assert any("Grand Total" in line for line in found["left_out"])
    assert nodes(ana, review) == {}


def test_what_was_shown_is_taken_over(ana, review):
    answer = take(ana, review, TABLE)
    assert (answer.status_code, answer.json()["nodes"]) == (201, 3)
    kept = nodes(ana, review)
    assert kept["Bearing 6204"]["cover_weeks"] == 4
    assert [one["share"] for one in kept["Bearing 6204"]["sources"]] == [0.6, 0.4]
    assert kept["Seal ring"]["ttr_weeks"] is None
    assert kept["Seal ring"]["cover_weeks"] == 2


def test_a_second_table_brings_only_the_values_that_it_has(ana, review):
    take(ana, review, TABLE)
    before = nodes(ana, review)
    text = "Part\tTTR (weeks)\nBearing 6204\t10\nNew one\t3\nSEAL RING\t5\n"
    shown = read(ana, review, text).json()
    assert [row[1] for row in shown["rows"]] == [
        "already here: gets these values",
        "new",
        "already here: gets these values",
    ]
    assert take(ana, review, text).status_code == 201
    after = nodes(ana, review)
    assert set(after) == {*before, "New one"}
    changed = {**before["Bearing 6204"], "ttr_weeks": 10, "version": 2}
    assert after["Bearing 6204"] == changed
    assert after["Seal ring"] == {**before["Seal ring"], "ttr_weeks": 5, "version": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("   \n\t\n", "empty"),
        ("3\t4\n5\t6\n", "headers"),
        ("Node\tTTR\n" + "x" * 2_000_001, "more than 2 MB"),
    ],
)
def test_what_is_no_table_is_refused_with_the_remedy(ana, review, text, said):
    for answer in (read(ana, review, text), take(ana, review, text)):
        assert answer.status_code == 422
        assert said in answer.json()["detail"]
    assert nodes(ana, review) == {}


def test_two_megabytes_of_cells_reach_the_reader_and_more_do_not(ana, review):
    lines = [f"Part {number}\t{'x' * 900}" for number in range(2_000)]
    assert len(read(ana, review, "\n".join(["Node\tRemark", *lines])).json()["rows"]) == 2_000
    assert read(ana, review, "x" * 7_000_000).status_code == 413


def test_another_currency_is_told(ana, review):
    version = ana.open(review)["review"]["version"]
    ana.send("PUT", f"/{review}/scope", {"scope": {"currency": "USD"}, "version": version})
    remarks = read(ana, review, TABLE).json()["remarks"]
    assert any("EUR" in line and "USD" in line for line in remarks)


def test_more_nodes_than_a_review_holds_are_told_before_anything_is_kept(ana, review, monkeypatch):
    monkeypatch.setitem(checking.ITEMS_AT_MOST, "node", 3)
    three = "Node\nA\nB\nC\n"
    assert read(ana, review, three).json()["too_many"] == ""
    assert take(ana, review, three).status_code == 201
    four = "Node\nB\nC\nD\n"
    told = read(ana, review, four).json()["too_many"]
    assert "room for 3 nodes; 3 are there, 1 would be added: leave out" in told
    refused = take(ana, review, four)
    assert (refused.status_code, refused.json()["detail"]) == (422, told)
    assert set(nodes(ana, review)) == {"A", "B", "C"}


def test_as_many_rows_as_a_review_holds_are_read_kept_and_shown(ana, review):
    lines = [f"Part {one}\t{5 + one % 20}\t{1 + one % 9}\t{1000 + one}" for one in range(5_000)]
    text = "\n".join(["Node\tTTR weeks\tCover weeks\tMargin a week", *lines])
    assert take(ana, review, text).json()["nodes"] == 5_000
    assert len(nodes(ana, review)) == 5_000
