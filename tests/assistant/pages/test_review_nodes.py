"""Nodes and what follows from them over HTTP: what was typed is read, refused or kept, and nothing is lost unseen."""

import pytest

from tools.risk.example import example_review
from tools.risk.exposure import exposures

HARM = "<script>alert(1)</script>"
FULL = {
    "name": "Cast housing",
    "kind": "part",
    "category": "Castings",
    "critical": "yes",
    "margin_per_week": "EUR 50,000",
    "ttr_weeks": "12",
    "ttr_basis": "supplier figure",
    "cover_weeks": "21 days",
    "alternate_share": "40%",
    "sources": [
        {"supplier": "Gus Nord", "country": "Sweden", "share": "60", "spend": "1.2m", "sub_tier": "Mill A; Port B"},
        {"supplier": "Gus Syd", "country": "Spain", "share": "40", "spend": "", "sub_tier": ""},
        {"supplier": "", "country": "", "share": "", "spend": "", "sub_tier": ""},
    ],
    "used_in": {"Pump A": "2", "Pump B": ""},
}


@pytest.fixture
def review(ana):
    return ana.begin()["review"]["id"]


@pytest.fixture
def example(ana):
    return ana.send("POST", "/example", {}).json()["review"]


def add(browser, review, of="node", **fields):
    return browser.send("POST", f"/{review}/items/{of}", {"fields": fields})


def change(browser, review, item, of="node", version=None, **fields):
    body = {"fields": fields, "version": item["version"] if version is None else version}
    return browser.send("PATCH", f"/{review}/items/{of}/{item['id']}", body)


def test_what_is_typed_into_the_form_is_read_in_the_units_of_the_node(ana, review):
    answer = add(ana, review, **FULL)
    assert answer.status_code == 201, answer.text
    node = answer.json()
    assert (node["margin_per_week"], node["ttr_weeks"], node["cover_weeks"], node["alternate_share"]) == (
        50_000,
        12,
        3,
        0.4,
    )
    assert [(one["supplier"], one["share"]) for one in node["sources"]] == [("Gus Nord", 0.6), ("Gus Syd", 0.4)]
    assert node["sources"][0]["spend"] == 1_200_000
    assert node["sources"][0]["sub_tier"] == ["Mill A", "Port B"]
    assert node["sources"][1]["spend"] is None
    assert node["used_in"] == {"Pump A": 2}
    assert ana.open(review)["review"]["nodes"] == [node]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("ttr_weeks", "-3", "negative"),
        ("ttr_weeks", "600", "above the highest possible"),
        ("cover_weeks", "soon", "not a number"),
        ("alternate_share", "140 %", "above the highest possible"),
        ("share_affected", "-1", "negative"),
        ("margin_per_week", "-5", "negative"),
        ("kind", "castle", "choose part"),
        ("critical", "perhaps", "choose yes or no"),
        ("name", "  ", "Name is empty"),
        ("name", "x" * 301, "shorten it"),
        ("evidence", "x" * 4001, "shorten it"),
        ("used_in", {"Pump A": "-2"}, "Pump A"),
        ("ttr_weeks", ["3"], "one value"),
        ("sources", [{"supplier": "A", "share": "70"}, {"supplier": "B", "share": "50"}], "add up to 120 %"),
        ("colour", "red", "There is no field"),
    ],
)
def test_what_cannot_be_right_is_refused_and_changes_nothing(ana, review, field, typed, said):
    node = add(ana, review, **FULL).json()
    answer = change(ana, review, node, **{field: typed, "category": "Other"})
    assert answer.status_code == 422
    found = answer.json()
    assert [one["field"] for one in found["wrong"]] == [field]
    assert said in found["wrong"][0]["reason"]
    assert ana.open(review)["review"]["nodes"] == [node]


def test_a_wrong_share_of_a_source_is_told_at_its_place(ana, review):
    answer = add(
        ana, review, name="Seal", sources=[{"supplier": "A", "share": "20"}, {"supplier": "B", "share": "140"}]
    )
    assert [one["field"] for one in answer.json()["wrong"]] == ["sources.1.share"]
    nameless = add(ana, review, name="Seal", sources=[{"supplier": "", "country": "Peru", "share": "20"}])
    assert nameless.json()["wrong"][0]["field"] == "sources.0.supplier"


def test_a_blank_box_makes_a_figure_unknown(ana, review):
    node = add(ana, review, **FULL).json()
    changed = change(ana, review, node, ttr_weeks="", alternate_share=" ").json()
    assert (changed["ttr_weeks"], changed["alternate_share"], changed["cover_weeks"]) == (None, None, 3)


def test_a_node_needs_a_name_of_its_own(ana, review):
    assert add(ana, review, category="Castings").status_code == 422
    add(ana, review, name="Seal")
    assert "already" in add(ana, review, name="seal").json()["detail"]


def test_the_second_of_two_writers_is_shown_what_the_first_wrote(ana, ben, review):
    token = ana.get(f"/{review}/invitation").json()["token"]
    ben.send("POST", "/join", {"token": token, "name": "Ben"})
    node = add(ana, review, **FULL).json()
    assert change(ben, review, node, ttr_weeks="9").status_code == 200
    answer = change(ana, review, node, ttr_weeks="15")
    assert answer.status_code == 409
    assert answer.json()["current"]["ttr_weeks"] == 9
    assert "Ben" in answer.json()["detail"]
    assert ana.open(review)["review"]["nodes"][0]["ttr_weeks"] == 9
    removed = ana.send("DELETE", f"/{review}/items/node/{node['id']}?version={node['version']}")
    assert removed.status_code == 409


def test_a_removed_node_comes_back_where_it_was_named(ana, example):
    node = example["nodes"][0]
    risk = add(ana, example["id"], "risk", title="Named", nodes=[node["id"]]).json()
    action = add(ana, example["id"], "action", text="Close the gap", origin=f"exposure {node['id']}").json()
    gone = ana.send("DELETE", f"/{example['id']}/items/node/{node['id']}?version={node['version']}")
    assert gone.status_code == 204
    back = ana.send("POST", f"/{example['id']}/restored/node", {"item": node}).json()
    assert {**back, "id": "", "version": 0} == {**node, "id": "", "version": 0}
    now = ana.open(example["id"])["review"]
    assert next(one for one in now["risks"] if one["id"] == risk["id"])["nodes"] == [back["id"]]
    assert next(one for one in now["actions"] if one["id"] == action["id"])["origin"] == f"exposure {back['id']}"


def test_a_line_that_is_renamed_stays_used(ana, review):
    line = add(ana, review, "line", name="Pump A", demand_per_week="100", margin_per_unit="20").json()
    add(ana, review, name="Seal", used_in={"Pump A": "2"})
    assert change(ana, review, line, "line", name="Pump A2").status_code == 200
    now = ana.open(review)["review"]
    assert now["nodes"][0]["used_in"] == {"Pump A2": 2}
    assert now["lines"][0]["name"] == "Pump A2"


def test_the_computed_columns_are_those_of_the_metrics(ana, example):
    found = ana.get(f"/{example['id']}/exposure").json()["rows"]
    expected = {one.node: one for one in exposures(example_review())}
    assert len(found) == len(expected) == len(example["nodes"])
    by_name = {node["name"]: found[node["id"]] for node in example["nodes"]}
    for one in expected.values():
        row = by_name[one.name]
        assert (row["tts"], row["gap"], row["at_risk"]) == (one.tts, one.gap, one.margin_at_risk)
        assert row["missing"] == one.missing
    assert any(row["gap_said"] == "not known" and row["missing"] for row in found.values())
    assert any(row["tts_said"] == "no limit" for row in found.values())


def test_one_node_is_worked_out_with_its_steps(ana, review):
    node = add(ana, review, **FULL).json()
    found = ana.get(f"/{review}/exposure/{node['id']}").json()
    # 3 weeks of cover with 40 % from alternates last 3 / 0.6 = 5 weeks: 7 weeks are missing, 60 % of 50,000 each.
    assert (found["tts"], found["gap"], found["at_risk"]) == (5, 7, pytest.approx(210_000))
    assert found["steps"]
    assert "more weeks of cover" in found["closing"]
    assert ana.get(f"/{review}/exposure/none").status_code == 422


def test_the_loss_limit_is_set_beside_the_table(ana, review):
    version = ana.open(review)["review"]["version"]
    set_ = ana.send("PUT", f"/{review}/loss-limit", {"text": "EUR 1.5m", "version": version})
    assert set_.status_code == 200
    assert ana.open(review)["review"]["scope"]["loss_limit"] == 1_500_000
    refused = ana.send("PUT", f"/{review}/loss-limit", {"text": "-1", "version": set_.json()["version"]})
    assert (refused.status_code, refused.json()["wrong"][0]["field"]) == (422, "loss_limit")
    assert ana.send("PUT", f"/{review}/loss-limit", {"text": "1", "version": version}).status_code == 409
    assert ana.open(review)["review"]["scope"]["loss_limit"] == 1_500_000


def test_a_stranger_reaches_nothing(ana, ben, review, visitor):
    node = add(ana, review, **FULL).json()
    tries = [
        ben.get(f"/{review}/exposure"),
        ben.get(f"/{review}/charts"),
        ben.get(f"/{review}/fields"),
        ben.get(f"/{review}/register"),
        ben.get(f"/{review}/board"),
        ben.get(f"/{review}/stress/proposed"),
        add(ben, review, name="Mine"),
        change(ben, review, node, name="Mine"),
        ben.send("DELETE", f"/{review}/items/node/{node['id']}?version=1"),
        ben.send("POST", f"/{review}/restored/node", {"item": node}),
        ben.send("POST", f"/{review}/nodes/read", {"text": "Node\nA"}),
        ben.send("POST", f"/{review}/nodes/take", {"text": "Node\nA"}),
        ben.send("POST", f"/{review}/stress/runs", {"kind": "each node"}),
    ]
    assert [answer.status_code for answer in tries] == [404] * len(tries)
    assert visitor(None).get(f"/{review}/exposure").status_code == 401
    assert ana.open(review)["review"]["nodes"] == [node]


def test_a_finished_review_takes_no_change(ana, review):
    node = add(ana, review, **FULL).json()
    version = ana.open(review)["review"]["version"]
    ana.send("PUT", f"/{review}/status", {"status": "finished", "version": version})
    for answer in (add(ana, review, name="B"), change(ana, review, node, name="C")):
        assert answer.status_code == 422
        assert "finished" in answer.json()["detail"]
    assert ana.get(f"/{review}/exposure").status_code == 200


@pytest.mark.parametrize("kind", ["node", "line", "scenario"])
def test_markup_is_kept_as_it_was_typed(ana, review, kind):
    item = add(ana, review, kind, name=HARM, note=HARM).json()
    assert (item["name"], item["note"]) == (HARM, HARM)
    charts = ana.get(f"/{review}/charts")
    assert charts.status_code == 200
    drawn = [picture["figure"] for picture in charts.json()["pictures"]]
    assert "<script" not in str(drawn)


def test_a_thousand_nodes_are_worked_out_in_one_answer(ana, review):
    lines = [f"Part {number}\t{number % 40}\t{number % 9}\t{1000 + number}" for number in range(1000)]
    table = "\n".join(["Node\tTTR (weeks)\tCover (weeks)\tMargin per week", *lines])
    assert ana.send("POST", f"/{review}/nodes/take", {"text": table}).status_code == 201
    rows = ana.get(f"/{review}/exposure").json()["rows"]
    assert len(rows) == 1000
    assert sum(row["gap"] > 0 for row in rows.values()) == sum(number % 40 > number % 9 for number in range(1000))


def test_a_node_that_is_out_longer_than_the_scope_accepts_is_marked(ana, example):
    rows = ana.get(f"/{example['id']}/exposure").json()["rows"]
    by_name = {one["name"]: rows[one["id"]] for one in example["nodes"]}
    assert by_name["Permanent magnet"]["out_too_long"]  # 74 days, where 45 are accepted
    assert not by_name["Permanent magnet"]["over"]
    assert not by_name["Mechanical seal"]["out_too_long"]
