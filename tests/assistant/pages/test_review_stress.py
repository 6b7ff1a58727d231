"""Stress tests over HTTP: run in the background, kept with who and when, and shown with what they rest on."""

import time

import pytest

from assistant.pages.conversations import COOKIE, owner_of
from assistant.pages.reviewing.stress_shown import shown
from assistant.pages.reviewing.stress_work import StressWork
from tools.risk.errors import ReviewError
from tools.risk.review import Review, StressRun
from tools.risk.store import Actor
from tools.risk.stress import each_node, monte_carlo, run_scenario

PATIENCE = 60


@pytest.fixture
def review(ana):
    return ana.begin()["review"]["id"]


@pytest.fixture
def example(ana):
    return ana.send("POST", "/example", {}).json()["review"]


@pytest.fixture
def run(reviews):
    """Run a test to its end; gives the run as it is kept and as it is shown."""

    def to_its_end(browser, review, **what):
        return ran(reviews, browser, review, **what)

    return to_its_end


def ran(reviews, browser, review, **what):
    answer = browser.send("POST", f"/{review}/stress/runs", what)
    assert answer.status_code == 202, answer.text
    state, end = answer.json(), time.monotonic() + PATIENCE
    while state["state"] == "running":
        assert time.monotonic() < end
        state = browser.get(f"/{review}/stress/jobs/{state['job']}").json()
    actor = Actor(key=owner_of({COOKIE: browser.client.cookies[COOKIE]}))
    kept = next(one for one in reviews.open(actor, review).stress_runs if one.id == state["run"])
    return kept.model_dump(mode="json"), browser.get(f"/{review}/stress/runs/{state['run']}").json()


def test_each_node_is_removed_and_the_run_is_kept_with_who_and_when(ana, example, run):
    ana.send("PUT", f"/{example['id']}/me", {"name": "Ana"})
    kept, found = run(ana, example["id"], kind="each node")
    assert kept["result"] == each_node(Review.model_validate(example)).model_dump(mode="json")
    assert (kept["by"], kept["kind"]) == ("Ana", "each node")
    assert kept["at"]
    top = kept["result"]["nodes"][0]
    assert found["pictures"][0]["rows"][0][1] == top["name"]
    assert top["name"] in found["headline"]
    assert [title for title, _ in found["lists"]][-2:] == ["Taken for granted", "Worked out"]
    assert "result" not in found


def test_a_scenario_is_run_alone_and_on_the_network(ana, example, run):
    scenario = example["scenarios"][0]
    kept, found = run(ana, example["id"], kind="scenario", scenarios=[scenario["id"]])
    expected = run_scenario(Review.model_validate(example), Review.model_validate(example).scenarios[0])
    assert kept["result"] == expected.model_dump(mode="json")
    assert kept["settings"]["scenario"]["name"] == scenario["name"]
    assert [row[0] for row in found["tables"][0]["rows"]] == [hit.name for hit in expected.hits]
    _, network = run(ana, example["id"], kind="network", scenarios=[scenario["id"]])
    assert "least margin lost" in network["headline"]


def test_the_same_seed_gives_the_same_simulation(ana, example, run):
    what = {"kind": "monte carlo", "draws": "2,000", "seed": "7", "years": "2"}
    first, found = run(ana, example["id"], **what)
    second, _ = run(ana, example["id"], **what)
    assert first["result"] == second["result"]
    assert first["settings"] == {"draws": 2000, "years": 2, "seed": 7}
    expected = monte_carlo(Review.model_validate(example), draws=2000, seed=7, years=2)
    assert first["result"]["figures"] == expected.figures.model_dump(mode="json")
    assert ["Seed", f"7 ({expected.generator})"] in found["facts"]
    drawn = found["pictures"][0]["figure"]["data"][0]
    assert drawn["x"] == [point.loss for point in expected.curve]


def test_what_would_break_us_takes_a_limit_of_its_own(ana, example, run):
    kept, found = run(ana, example["id"], kind="reverse", limit="250k")
    assert kept["settings"]["limit"] == kept["result"]["limit"] == 250_000
    breaking = sum(one["breaks"] is True for one in kept["result"]["nodes"])
    assert f"{breaking} nodes alone" in found["headline"]


@pytest.mark.parametrize(
    ("what", "field", "said"),
    [
        ({"kind": "monte carlo", "draws": "5"}, None, "draws are not possible"),
        ({"kind": "monte carlo", "draws": "many"}, "draws", "not a number"),
        ({"kind": "monte carlo", "seed": "1.5"}, "seed", "whole number"),
        ({"kind": "monte carlo", "years": "-1"}, "years", "negative"),
        ({"kind": "scenario", "scenarios": ["gone"]}, "scenarios", "removed"),
        ({"kind": "scenario"}, "scenarios", "Choose the one"),
        ({"kind": "reverse", "limit": "-5"}, "limit", "negative"),
        ({"kind": "guess"}, None, "kind"),
    ],
)
def test_what_cannot_be_run_says_why(ana, example, what, field, said):
    answer = ana.send("POST", f"/{example['id']}/stress/runs", what)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert field is None or answer.json()["wrong"][0]["field"] == field
    assert len(ana.open(example["id"])["review"]["stress_runs"]) == len(example["stress_runs"])


def test_a_review_without_data_is_told_what_it_needs(ana, review):
    assert "no node" in ana.send("POST", f"/{review}/stress/runs", {"kind": "each node"}).json()["detail"]
    assert "limit" in ana.send("POST", f"/{review}/stress/runs", {"kind": "reverse"}).json()["detail"]
    assert ana.get(f"/{review}/stress/proposed").json() == []


def test_proposed_scenarios_are_taken_once(ana, example):
    offered = ana.get(f"/{example['id']}/stress/proposed").json()
    names = [one["name"] for one in offered]
    assert len(names) > 2
    taken = ana.send("POST", f"/{example['id']}/stress/proposed", {"names": [names[0], "none of yours"]})
    assert [one["name"] for one in taken.json()] == [names[0]]
    assert ana.send("POST", f"/{example['id']}/stress/proposed", {"names": [names[0]]}).json() == []
    assert [one["name"] for one in ana.get(f"/{example['id']}/stress/proposed").json()] == names[1:]


def test_long_work_answers_at_once_and_is_asked_for(ana, ben, example, monkeypatch):
    monkeypatch.setattr("assistant.pages.reviewing.stress_routes.PATIENCE", 0.05)
    slow = {"kind": "monte carlo", "draws": "1000000", "seed": "1", "years": "4"}
    began = time.monotonic()
    state = ana.send("POST", f"/{example['id']}/stress/runs", slow).json()
    assert state["state"] == "running"
    assert time.monotonic() - began < 5
    second = ana.send("POST", f"/{example['id']}/stress/runs", {"kind": "each node"})
    assert (second.status_code, "still running" in second.json()["detail"]) == (422, True)
    assert ben.get(f"/{example['id']}/stress/jobs/{state['job']}").status_code == 422
    end = time.monotonic() + PATIENCE
    while state["state"] == "running":
        assert time.monotonic() < end
        state = ana.get(f"/{example['id']}/stress/jobs/{state['job']}").json()
    assert state["state"] == "done"


def test_a_run_is_removed(ana, example, run):
    kept, _ = run(ana, example["id"], kind="each node")
    path = f"/{example['id']}/stress/runs/{kept['id']}"
    assert ana.send("DELETE", f"{path}?version={kept['version']}").status_code == 204
    assert ana.get(path).status_code == 422


def test_work_that_fails_says_so_to_whoever_asks():
    work = StressWork()

    def fail():
        raise ReviewError([])

    job = work.begin("ana", "one", fail)
    with pytest.raises(ReviewError):
        job.outcome(5)
    assert work.job("ana", "one", job.id) is job
    for owner, review, name in (("ben", "one", job.id), ("ana", "two", job.id), ("ana", "one", "gone")):
        with pytest.raises(ReviewError, match="no longer known"):
            work.job(owner, review, name)


def test_a_run_of_another_version_is_shown_by_its_plain_figures():
    run = StressRun(name="Old", kind="reverse", result={"worst": 5, "nodes": 3}, at="2026-01-02T03:04:05Z")
    found = shown(run)
    assert "another version" in found.headline
    assert ("worst", "5") in found.facts
