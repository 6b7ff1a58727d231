"""Making against buying over HTTP: typed into a form, checked, worked out, kept with the review and in its report."""

import pytest

from tools.risk.example import example_review
from tools.risk.make_or_buy import compared

TYPED = {
    "name": "Pump housing",
    "volume": "4,500",
    "make_price": "8",
    "make_fixed": "25,000",
    "buy_price": "12",
    "buy_fixed": "3,000",
    "buy_duty": "4 %",
}


def add(browser, review, **fields):
    return browser.send("POST", f"/{review}/items/make_or_buy", {"fields": {**TYPED, **fields}})


def worked(browser, review):
    return browser.get(f"/{review}/make-or-buy").json()


def test_what_was_typed_is_kept_and_worked_out(ana, invited, review):
    made = add(ana, review, buy_duty="")
    assert made.status_code == 201, made.text
    case = made.json()
    assert (case["volume"], case["make"]["price"], case["buy"]["fixed"]) == (4500, 8, 3000)
    assert case["buy"]["freight"] is None
    assert invited.open(review)["review"]["make_or_buy"] == [case]
    (found,) = worked(invited, review)["found"]
    # A published exercise: 5,500 units, and at 4,500 buying saves 4,000.
    said = "Buying costs 4,000 a year less at 4,500 units a year. The unit price alone would say the opposite."
    assert found["said"] == said
    assert dict(found["facts"])["Both cost the same at"] == "5,500 units a year"
    assert found["rows"][-1] == ["in all", "61,000", "57,000"]
    lists = dict(found["lists"])
    assert any("61,000" in step for step in lists["Worked out"])
    assert any("counted as none" in text and "freight" in text for text in lists["Taken for granted"])
    assert any("chance of a disruption of making" in text for text in lists["Not known yet"])


def test_one_figure_is_changed_and_the_others_stay(ana, invited, review):
    case = add(ana, review).json()
    path = f"/{review}/items/make_or_buy/{case['id']}"
    changed = invited.send("PATCH", path, {"fields": {"buy_price": "11"}, "version": 1})
    assert changed.status_code == 200
    assert (changed.json()["buy"]["price"], changed.json()["buy"]["duty"], changed.json()["make"]["price"]) == (
        11, 0.04, 8,
    )  # fmt: skip
    late = ana.send("PATCH", path, {"fields": {"buy_price": "10"}, "version": 1})
    assert late.status_code == 409
    assert late.json()["current"]["buy"]["price"] == 11
    texts = [one["text"] for one in ana.get(f"/{review}/changes").json()]
    assert texts[-1] == "changed the comparison of making and buying “Pump housing”"
    gone = ana.send("DELETE", f"{path}?version=2")
    assert gone.status_code == 204
    assert ana.send("POST", f"/{review}/restored/make_or_buy", {"item": changed.json()}).json()["id"] == case["id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("make_price", "-8"),
        ("buy_duty", "140 %"),
        ("buy_disruption_chance", "1.5 of 1"),
        ("make_stock_weeks", "600"),
        ("volume", "many"),
        ("buy_fixed", "1e17"),
        ("node", "gone"),
        ("name", " "),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(ana, review, field, value):
    refused = add(ana, review, **{field: value})
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["wrong"]] == [field]
    assert ana.open(review)["review"]["make_or_buy"] == []


def test_what_is_lacking_is_named_and_nothing_is_assumed(ana, review):
    add(ana, review, volume="", make_price="")
    (found,) = worked(ana, review)["found"]
    assert found["known"] is False
    assert found["said"] == "Not worked out yet, as not known: units a year, variable cost of making a unit."


def test_a_disruption_known_for_one_side_only_is_doubtful(ana, review):
    add(ana, review, buy_disruption_chance="10 %", buy_disruption_loss="240,000")
    (found,) = worked(ana, review)["found"]
    assert "favours making" in dict(found["lists"])["Doubtful"][0]
    assert ["expected disruption loss", "not known", "24,000"] in found["rows"]


def test_the_example_and_every_report_hold_it(ana):
    begun = ana.send("POST", "/example", {}).json()["review"]
    result = compared(example_review().make_or_buy[0], "EUR").result
    report = ana.get(f"/{begun['id']}/report.md").text
    assert "### Make or buy" in report
    assert result.meaning in report
    file = ana.get(f"/{begun['id']}/report.json").text
    back = ana.client.post("/reviews/import", content=file, headers={"Content-Type": "application/json"}).json()
    assert ana.open(back["id"])["review"]["make_or_buy"] == begun["make_or_buy"]
    copied = ana.send("POST", f"/{begun['id']}/copies", {"title": "Next"}).json()["review"]
    assert [one["name"] for one in copied["make_or_buy"]] == ["Cathodic coating"]
