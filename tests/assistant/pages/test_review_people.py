"""The people of a review over HTTP: the lead handed over, and comments on what people talk about."""

import pytest


def test_the_lead_is_handed_over_and_everybody_reads_it(ana, invited, review):
    people = {one["name"]: one["id"] for one in ana.open(review)["review"]["participants"]}
    given = ana.send("PUT", f"/{review}/lead", {"participant": people["Ben"]})
    assert (given.status_code, given.json()["role"]) == (200, "lead")
    assert invited.open(review)["me"]["role"] == "lead"
    assert ana.open(review)["me"]["role"] == "member"
    assert invited.get(f"/{review}/changes").json()[-1]["text"] == "made “Ben” the lead"
    assert ana.send("DELETE", f"/{review}").status_code == 422
    assert invited.send("DELETE", f"/{review}").status_code == 204


def test_the_lead_is_not_taken_from_who_is_there(ana, invited, ben, visitor, review):
    refused = invited.send("PUT", f"/{review}/lead", {})
    assert refused.status_code == 422
    assert "Ana leads this review" in refused.json()["detail"]
    assert visitor().send("PUT", f"/{review}/lead", {}).status_code == 404
    assert ana.open(review)["me"]["role"] == "lead"


def test_an_invitation_names_the_review_and_its_lead_before_anybody_joins(ana, ben, review):
    token = ana.get(f"/{review}/invitation").json()["token"]
    before = ana.open(review)
    shown = ben.send("POST", "/invited", {"token": token})
    assert shown.json() == {"title": "Pump factory 2027", "lead": "Ana", "people": 1, "review_id": ""}
    assert ana.open(review) == before
    assert ben.get().json() == []
    assert ana.send("POST", "/invited", {"token": token}).json()["review_id"] == review
    ana.send("POST", f"/{review}/invitation", {})
    for wrong in (token, "", review):
        assert ben.send("POST", "/invited", {"token": wrong}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("node", {"name": "Casting"}, "node “Casting”"),
        ("risk", {"title": "Flood"}, "risk “Flood”"),
        ("action", {"text": "Call the foundry"}, "action “Call the foundry”"),
    ],
)
def test_comments_on_what_people_talk_about_say_who_and_when(ana, invited, review, kind, fields, said):
    item = ana.send("POST", f"/{review}/items/{kind}", {"fields": fields}).json()
    assert invited.send("POST", f"/{review}/comments", {"about": item["id"], "text": "Since when?"}).status_code == 201
    (comment,) = ana.open(review)["review"]["comments"]
    assert (comment["about"], comment["by"], comment["text"]) == (item["id"], "Ben", "Since when?")
    assert comment["at"] > "2026"
    assert ana.get(f"/{review}/changes").json()[-1]["text"] == f"commented on the {said}"
    gone = ana.send("DELETE", f"/{review}/items/{kind}/{item['id']}?version=1")
    assert gone.status_code == 204
    late = ana.send("POST", f"/{review}/comments", {"about": item["id"], "text": "Too late"})
    assert late.status_code == 422
    assert "reload the page" in late.json()["detail"]
    assert ana.send("POST", f"/{review}/restored/{kind}", {"item": item}).json()["id"] == item["id"]
    assert ana.send("POST", f"/{review}/comments", {"about": item["id"], "text": "Back"}).status_code == 201
