"""The register, the board and the proposals over HTTP: levels with reasons, nothing invented, nothing summed."""

from datetime import date, timedelta

import pytest

from assistant.pages.reviewing.heat import heat_picture
from tools.risk.flags import proposals
from tools.risk.judgement import rating
from tools.risk.numbering import risk_names
from tools.risk.report import build_report
from tools.risk.review import Review, Risk

HARM = "<script>alert(1)</script>"
LATER = (date.today() + timedelta(days=200)).isoformat()


@pytest.fixture
def review(ana):
    return ana.begin()["review"]["id"]


@pytest.fixture
def example(ana):
    return ana.send("POST", "/example", {}).json()["review"]


def add(browser, review, of, **fields):
    return browser.send("POST", f"/{review}/items/{of}", {"fields": fields})


def test_a_risk_is_told_with_its_level_and_the_reason(ana, review):
    risk = add(ana, review, "risk", title="Fire", likelihood="1", impact="5", cause=HARM).json()
    bare = add(ana, review, "risk", title="Flood").json()
    found = ana.get(f"/{review}/register").json()
    assert found["order"] == [risk["id"], bare["id"]]
    assert (found["ratings"][risk["id"]]["level"], found["ratings"][bare["id"]]["level"]) == ("high", None)
    assert found["ratings"][risk["id"]]["why"] == rating(1, 5).why
    assert "not rated" in found["pictures"][0]["summary"]
    assert found["pictures"][0]["rows"][1][2:] == ["not rated"] * 3


@pytest.mark.parametrize("typed", ["0", "6", "2.5", "high"])
def test_only_the_worded_levels_are_taken(ana, review, typed):
    answer = add(ana, review, "risk", title="Fire", likelihood=typed)
    assert (answer.status_code, answer.json()["wrong"][0]["field"]) == (422, "likelihood")


def test_accepting_asks_for_a_name_and_a_date_to_look_again(ana, review):
    risk = add(ana, review, "risk", title="Fire", likelihood="2", impact="4").json()

    def change(**fields):
        return ana.send("PATCH", f"/{review}/items/risk/{risk['id']}", {"fields": fields, "version": risk["version"]})

    assert {one["field"] for one in change(treatment="accept").json()["wrong"]} == {"approver", "review_date"}
    past = change(treatment="accept", approver="Ana Lund", review_date="2020-01-31")
    assert [one["field"] for one in past.json()["wrong"]] == ["review_date"]
    wrong = change(treatment="accept", approver="Ana Lund", review_date="31.1.2027")
    assert "2027-03-31" in wrong.json()["detail"]
    assert change(treatment="accept", approver="Ana Lund", review_date=LATER).status_code == 200


def test_a_risk_names_only_nodes_that_are_there(ana, review):
    assert "no node" in add(ana, review, "risk", title="Fire", nodes=["gone"]).json()["detail"]


def test_the_heat_map_puts_each_risk_into_its_cell_by_number():
    risks = [
        Risk(id="a", title=HARM, likelihood=4, impact=2),
        Risk(id="b", title="B", likelihood=4, impact=2, residual_likelihood=1, residual_impact=2),
        Risk(id="c", title="C", likelihood=1, impact=5),
        Risk(id="d", title="D"),
    ]
    drawn = heat_picture(risks, risk_names(risks)).figure
    texts = {
        (x, round(y + 0.1)): text
        for x, y, text in zip(*(drawn["data"][0][key] for key in ("x", "y", "text")), strict=True)
    }
    assert texts == {(4, 2): "<b>R1, R2</b>", (1, 5): "<b>R3</b>"}
    assert "&lt;script&gt;" in str(drawn["data"][0]["hovertext"])
    assert "<script" not in str(drawn)
    words = {(one["x"], round(one["y"] - 0.44)): one["text"] for one in drawn["layout"]["annotations"]}
    assert words == {(x, y): rating(x, y).level for x in range(1, 6) for y in range(1, 6)}
    after = heat_picture(risks, risk_names(risks), of_residual=True)
    assert after.figure["data"][0]["text"] == ["<b>R2</b>"]
    assert [row[-1] for row in after.rows] == ["not rated", "low", "not rated", "not rated"]


def test_the_register_numbers_its_risks_as_the_report_does(ana, example):
    register = ana.get(f"/{example['id']}/register").json()
    report = build_report(Review.model_validate(example), date.today())
    titles = {risk["id"]: risk["title"] for risk in example["risks"]}
    assert {titles[one]: number for one, number in register["numbers"].items()} == {
        risk.title: f"R{risk.number}" for risk in report.risks
    }
    assert [row[:2] for row in register["pictures"][0]["rows"]] == [
        [f"R{risk.number}", risk.title] for risk in report.risks
    ]


def test_a_proposal_is_taken_with_owner_and_date_and_not_offered_again(ana, example):
    offered = ana.get(f"/{example['id']}/board").json()["proposals"]
    assert [one["origin"] for one in offered] == [one.origin for one in proposals(Review.model_validate(example))]
    assert all(one["why"] and one["text"] for one in offered)
    one = offered[0]
    body = {"origin": one["origin"], "fields": {"text": "Ours", "owner": "Ben", "due": LATER, "status": "agreed"}}
    made = ana.send("POST", f"/{example['id']}/proposals", body).json()
    assert (made["text"], made["owner"], made["due"], made["origin"]) == ("Ours", "Ben", LATER, one["origin"])
    assert made["measure"] == one["measure"]
    again = ana.send("POST", f"/{example['id']}/proposals", body)
    assert again.status_code == 422
    assert one["origin"] not in [left["origin"] for left in ana.get(f"/{example['id']}/register").json()["proposals"]]


def test_nobody_and_no_date_are_invented(ana, example):
    one = ana.get(f"/{example['id']}/board").json()["proposals"][0]
    made = ana.send("POST", f"/{example['id']}/proposals", {"origin": one["origin"], "fields": {}}).json()
    assert (made["owner"], made["due"], made["cost"], made["status"]) == ("", None, None, "proposed")


def test_a_dismissed_proposal_is_kept_as_dropped_with_the_reason(ana, example):
    one = ana.get(f"/{example['id']}/board").json()["proposals"][-1]
    body = {"origin": one["origin"], "fields": {"note": "Too dear"}, "dismissed": True}
    made = ana.send("POST", f"/{example['id']}/proposals", body).json()
    assert (made["status"], made["note"]) == ("dropped", "Too dear")
    assert one["origin"] not in [left["origin"] for left in ana.get(f"/{example['id']}/board").json()["proposals"]]


def test_what_is_overdue_is_counted_in_days_and_done_actions_are_not(ana, review):
    due = (date.today() - timedelta(days=12)).isoformat()
    late = ana.send("POST", f"/{review}/restored/action", {"item": {"text": "Late", "due": due}}).json()
    add(ana, review, "action", text="Done", due=due, status="done")
    add(ana, review, "action", text="Later", due=LATER)
    assert ana.get(f"/{review}/board").json()["late"] == {late["id"]: 12}


def test_actions_and_proposals_have_one_number_everywhere(ana, example):
    board = ana.get(f"/{example['id']}/board").json()
    told = build_report(Review.model_validate(example), date.today()).actions
    assert board["names"] == {row.id: f"A{row.number}" for row in told}
    taken, *left = board["proposals"]
    assert taken["name"] == "P1"
    ana.send("POST", f"/{example['id']}/proposals", {"origin": taken["origin"], "fields": {}})
    after = ana.get(f"/{example['id']}/board").json()
    assert len(after["names"]) == len(board["names"]) + 1
    assert board["names"].items() <= after["names"].items()
    assert {one["origin"]: one["name"] for one in left}.items() <= {
        one["origin"]: one["name"] for one in after["proposals"]
    }.items()


def test_an_action_leads_to_what_it_came_from(ana, example):
    node, risk = example["nodes"][0], example["risks"][0]
    made = {
        origin: add(ana, example["id"], "action", text="Do it", origin=origin).json()["id"]
        for origin in ("flag 2.1", f"exposure {node['id']}", f"risk {risk['id']}", "a talk", "exposure gone")
    }
    origins = ana.get(f"/{example['id']}/board").json()["origins"]
    found = [origins[one] for one in made.values()]
    assert [(one.get("tab"), one.get("q"), one.get("node")) for one in found[:3]] == [
        ("steps", "2.1", None),
        ("nodes", None, node["id"]),
        ("register", None, risk["id"]),
    ]
    assert node["name"] in found[1]["text"]
    assert found[3] == {"text": "a talk"}
    assert "removed" in found[4]["text"]


def test_a_date_that_is_past_is_not_taken_anew_and_one_that_was_kept_is_left(ana, review, example):
    past = (date.today() - timedelta(days=30)).isoformat()
    refused = add(ana, review, "action", text="Call the foundry", due=past)
    assert [one["field"] for one in refused.json()["wrong"]] == ["due"]
    assert past in refused.json()["detail"]
    assert ana.open(review)["review"]["actions"] == []
    offered = ana.get(f"/{example['id']}/board").json()["proposals"][0]
    taken = ana.send("POST", f"/{example['id']}/proposals", {"origin": offered["origin"], "fields": {"due": past}})
    assert (taken.status_code, taken.json()["wrong"][0]["field"]) == (422, "due")
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # today, where somebody west of the server types it
    assert add(ana, review, "action", text="Ask today", due=yesterday).status_code == 201
    kept = ana.send("POST", f"/{review}/restored/action", {"item": {"text": "Late", "due": past}}).json()

    def change(version, **fields):
        return ana.send("PATCH", f"/{review}/items/action/{kept['id']}", {"fields": fields, "version": version})

    assert change(kept["version"], owner="Ben", due=past).status_code == 200
    assert change(kept["version"] + 1, due="2019-01-01").status_code == 422
    assert change(kept["version"] + 1, due="2019-01-01", status="done").status_code == 200


@pytest.mark.parametrize(
    ("of", "fields", "field", "said"),
    [
        ("action", {"text": "Call", "owner": "jo and tom"}, "owner", "2 people"),
        ("action", {"text": "Call", "owner": "tbd"}, "owner", "nobody's name"),
        ("risk", {"title": "Fire", "owner": "Ana Lund / Ben Berg"}, "owner", "one answers for a risk"),
        ("risk", {"title": "Fire", "approver": "everybody"}, "approver", "nobody's name"),
    ],
)
def test_one_person_answers_for_a_risk_or_an_action(ana, review, of, fields, field, said):
    refused = add(ana, review, of, **fields)
    assert [one["field"] for one in refused.json()["wrong"]] == [field]
    assert said in refused.json()["detail"]
    assert add(ana, review, of, **{**fields, field: "Jo Sand"}).status_code == 201
