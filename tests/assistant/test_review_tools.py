"""The tools of guided reviews: what they record, refuse, and tell of changes that somebody else made."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from langchain.tools import ToolRuntime

from assistant.embedded.reviewing.saying_breaks import broken
from assistant.toolbox.breaking import MOST_NODES
from assistant.toolbox.review_entries import ActionTold, AnswerTold, NodeTold, ScopeTold, SourceTold
from assistant.toolbox.reviewing import NOBODY, NOT_KEPT, reviewing_tools
from assistant.toolbox.turn_context import TurnContext
from tools.risk.store import Actor, Reviews

ME, OTHER = Actor("me", "Ada"), Actor("other", "Ines")
Run = Callable[..., dict[str, Any]]


def _runner(store: Reviews | None, actor: Actor | None = ME) -> Run:
    tools = {tool.name: tool for tool in reviewing_tools(store)}
    runtime: ToolRuntime[TurnContext, Any] = ToolRuntime(
        state={}, context=TurnContext(actor=actor), config={}, stream_writer=print, tool_call_id="1", store=None
    )

    def run(name: str, /, **args: Any) -> dict[str, Any]:
        output: dict[str, Any] = json.loads(tools[name].func(runtime=runtime, **args))  # type: ignore[attr-defined]
        return output

    return run


@pytest.fixture
def run(store: Reviews) -> Run:
    return _runner(store)


def _begun(run: Run) -> tuple[str, int]:
    output = run("start_review", title="Pump factory")
    return output["review_id"], output["revision"]


def test_every_tool_offers_a_schema_without_the_runtime() -> None:
    for tool in reviewing_tools(None):
        schema = tool.tool_call_schema.model_json_schema()  # type: ignore[union-attr]
        assert "runtime" not in schema.get("properties", {})
        assert tool.description


def test_without_a_store_or_a_person_the_tools_say_so(store: Reviews) -> None:
    assert _runner(None)("list_reviews") == {"error": NOT_KEPT}
    assert _runner(store, None)("list_reviews") == {"error": NOBODY}


def test_a_partial_node_is_merged_into_the_one_of_that_name(run: Run, store: Reviews) -> None:
    review_id, seen = _begun(run)
    first = NodeTold(name="the motor controller", cover_weeks=6, sources=[SourceTold(country="Taiwan", share=1)])
    seen = run("record_answers", review_id=review_id, nodes=[first], seen=seen)["revision"]
    output = run(
        "record_answers", review_id=review_id, nodes=[NodeTold(name="motor controllers", ttr_weeks=10)], seen=seen
    )
    (node,) = store.open(ME, review_id).nodes
    assert (node.name, node.cover_weeks, node.ttr_weeks) == ("motor controller", 6, 10)
    assert output["exposures"][0]["gap"] == 4
    assert output["recorded"] == ["motor controller: time to recover 10 weeks"]


def test_what_somebody_changed_unseen_is_told_and_kept(run: Run, store: Reviews) -> None:
    review_id, seen = _begun(run)
    seen = run("record_answers", review_id=review_id, nodes=[NodeTold(name="bearing", cover_weeks=8)], seen=seen)[
        "revision"
    ]
    review = store.join(OTHER, store.invitation(ME, review_id))
    store.save(OTHER, review_id, review.nodes[0].model_copy(update={"cover_weeks": 3.0}))
    output = run("record_answers", review_id=review_id, nodes=[NodeTold(name="bearing", cover_weeks=9)], seen=seen)
    assert not output["recorded"]
    assert "Ines" in output["conflicts"][0]
    assert "3 weeks" in output["conflicts"][0]
    assert store.open(ME, review_id).nodes[0].cover_weeks == 3
    other_field = NodeTold(name="bearing", switch_weeks=20)
    assert run("record_answers", review_id=review_id, nodes=[other_field], seen=seen)["recorded"]
    again = run(
        "record_answers", review_id=review_id, nodes=[NodeTold(name="bearing", cover_weeks=9)], seen=output["revision"]
    )
    assert again["recorded"] == ["bearing: stock cover 9 weeks (was 3 weeks)"]


def test_an_answer_changed_on_the_page_is_not_overwritten(run: Run, store: Reviews) -> None:
    review_id, seen = _begun(run)
    first = AnswerTold(question="1.6", value="one fire")
    seen = run("record_answers", review_id=review_id, answers=[first], seen=seen)["revision"]
    answer = store.open(ME, review_id).answers_to("1.6")[0]
    store.answer(ME, review_id, "1.6", answer.model_copy(update={"value": "two fires"}), answer.version)
    output = run(
        "record_answers", review_id=review_id, answers=[AnswerTold(question="1.6", value="a flood")], seen=seen
    )
    assert "two fires" in output["conflicts"][0]
    assert store.open(ME, review_id).answers_to("1.6")[0].value == "two fires"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"cover_weeks": -3}, "-3 weeks cannot be right"),
        ({"alternate_share": 1.4}, "140 % cannot be right"),
        ({"ttr_weeks": 900}, "0 to 520 weeks"),
        ({"margin_per_week": -1}, "give 0 or more"),
    ],
)
def test_impossible_numbers_change_nothing(run: Run, store: Reviews, told: dict[str, float], words: str) -> None:
    review_id, seen = _begun(run)
    output = run("record_answers", review_id=review_id, nodes=[NodeTold(name="seal", **told)], seen=seen)
    assert words in output["problems"][0]
    assert not store.open(ME, review_id).nodes


def test_a_name_that_could_be_two_nodes_is_asked_about(run: Run, store: Reviews) -> None:
    review_id, seen = _begun(run)
    both = [NodeTold(name="pump motor"), NodeTold(name="fan motor")]
    seen = run("record_answers", review_id=review_id, nodes=both, seen=seen)["revision"]
    output = run("record_answers", review_id=review_id, nodes=[NodeTold(name="motor", ttr_weeks=3)], seen=seen)
    assert "pump motor" in output["problems"][0]
    assert "fan motor" in output["problems"][0]


def test_moving_skips_and_comes_back(run: Run) -> None:
    review_id, _ = _begun(run)
    assert run("move_in_review", review_id=review_id, to="skip")["progress"]["skipped"] == ["1.1"]
    assert run("move_in_review", review_id=review_id, to="back")["question"]["id"] == "1.1"
    assert run("move_in_review", review_id=review_id, to="3")["step"]["number"] == 3
    assert "no question or step" in run("move_in_review", review_id=review_id, to="77")["error"]


def test_a_paused_review_is_open_again_once_it_goes_on(run: Run) -> None:
    review_id, _ = _begun(run)
    assert run("set_review_status", review_id=review_id, status="paused")["status"] == "paused"
    assert run("move_in_review", review_id=review_id, to="continue")["status"] == "open"


def test_a_finished_review_refuses_with_the_remedy(run: Run) -> None:
    review_id, seen = _begun(run)
    run("set_review_status", review_id=review_id, status="finished")
    output = run("record_answers", review_id=review_id, nodes=[NodeTold(name="seal", ttr_weeks=3)], seen=seen)
    assert "reopen" in str(output)


def test_strangers_find_nothing(run: Run, store: Reviews) -> None:
    review_id, _ = _begun(run)
    stranger = _runner(store, Actor("stranger"))
    assert stranger("list_reviews")["count"] == 0
    assert "error" in stranger("review_report", review_id=review_id)


def test_report_proposes_actions_without_inventing_an_owner(run: Run, store: Reviews) -> None:
    review_id, seen = _begun(run)
    node = NodeTold(name="seal", ttr_weeks=10, cover_weeks=4, margin_per_week=1000)
    run("record_answers", review_id=review_id, nodes=[node], seen=seen)
    report = run("review_report", review_id=review_id)
    assert report["exposures"][0]["margin_at_risk"] == 6000
    assert report["actions"]
    assert all(not one["owner"] and one["due"] is None for one in report["actions"])
    told = ActionTold(action=report["actions"][0]["origin"], owner="Maria")
    output = run("record_answers", review_id=review_id, actions=[told], seen=report["revision"])
    assert "due date still open" in output["recorded"][0]
    assert store.open(ME, review_id).actions[0].owner == "Maria"


def test_scripts_in_text_are_kept_as_text(run: Run, store: Reviews) -> None:
    review_id, seen = _begun(run)
    told = AnswerTold(question="1.6", value="<script>alert(1)</script>")
    run("record_answers", review_id=review_id, answers=[told], seen=seen)
    assert store.open(ME, review_id).answers_to("1.6")[0].value == "<script>alert(1)</script>"


def _entered(run: Run, review_id: str, **entries: Any) -> dict[str, Any]:
    output = run("record_answers", review_id=review_id, seen=10_000, **entries)
    assert not output["problems"]
    return output


def test_an_entry_is_taken_back_whole(run: Run, store: Reviews) -> None:
    review_id, _ = _begun(run)
    _entered(run, review_id, nodes=[NodeTold(name="seal", ttr_weeks=9)])
    before = store.open(ME, review_id)
    output = _entered(
        run,
        review_id,
        nodes=[NodeTold(name="seal", ttr_weeks=7, cover_weeks=2), NodeTold(name="motor")],
        answers=[AnswerTold(question="1.6", value="a flood", maturity=1)],
        scope=ScopeTold(sites="Turin", loss_limit=5.0),
    )
    back = run("take_back_entry", review_id=review_id, **output["entered"])
    after = store.open(ME, review_id)
    assert len(back["taken_back"]) == 4
    assert not back["stays"]
    same = {"version", "id"}
    assert [node.model_dump(exclude=same) for node in after.nodes] == [
        node.model_dump(exclude=same) for node in before.nodes
    ]
    assert after.answers == before.answers
    assert after.scope == before.scope


def test_what_somebody_changed_since_is_not_taken_back(run: Run, store: Reviews) -> None:
    review_id, _ = _begun(run)
    _entered(run, review_id, nodes=[NodeTold(name="seal", ttr_weeks=9)])
    output = _entered(run, review_id, nodes=[NodeTold(name="seal", ttr_weeks=7)])
    store.join(OTHER, store.invitation(ME, review_id))
    (node,) = store.open(OTHER, review_id).nodes
    store.save(OTHER, review_id, node.model_copy(update={"ttr_weeks": 30.0}))
    back = run("take_back_entry", review_id=review_id, **output["entered"])
    assert "changed since" in back["stays"][0]
    assert not back["taken_back"]
    assert store.open(ME, review_id).nodes[0].ttr_weeks == 30


def test_changes_of_others_in_between_are_not_taken_back(run: Run, store: Reviews) -> None:
    review_id, _ = _begun(run)
    store.join(OTHER, store.invitation(ME, review_id))
    after = store.revision(ME, review_id)
    _entered(run, review_id, nodes=[NodeTold(name="seal", ttr_weeks=9)])
    _runner(store, OTHER)("record_answers", review_id=review_id, nodes=[NodeTold(name="motor", ttr_weeks=4)])
    until = store.revision(ME, review_id)
    run("take_back_entry", review_id=review_id, after=after, until=until)
    assert [node.name for node in store.open(ME, review_id).nodes] == ["motor"]


def test_taking_back_twice_changes_nothing_more(run: Run, store: Reviews) -> None:
    review_id, _ = _begun(run)
    output = _entered(run, review_id, answers=[AnswerTold(question="1.6", value="a flood")])
    run("take_back_entry", review_id=review_id, **output["entered"])
    revision = store.revision(ME, review_id)
    again = run("take_back_entry", review_id=review_id, **output["entered"])
    assert not again["taken_back"]
    assert store.revision(ME, review_id) == revision


def test_an_owner_that_was_given_is_taken_back(run: Run, store: Reviews) -> None:
    review_id, _ = _begun(run)
    output = _entered(run, review_id, actions=[ActionTold(action="Raise stock", new=True, owner="Maria")])
    assert [one.owner for one in store.open(ME, review_id).actions] == ["Maria"]
    run("take_back_entry", review_id=review_id, **output["entered"])
    assert not store.open(ME, review_id).actions


def test_a_remark_that_cannot_be_taken_back_is_said(run: Run) -> None:
    review_id, _ = _begun(run)
    output = _entered(run, review_id, answers=[AnswerTold(question="1.4", comment="a long story")])
    back = run("take_back_entry", review_id=review_id, **output["entered"])
    assert "a long story" in back["stays"][0]


def test_what_breaks_us_is_asked_at_the_limit_of_the_scope_or_another(run: Run, store: Reviews) -> None:
    review_id, _ = _begun(run)
    castings = NodeTold(name="castings", ttr_weeks=12, cover_weeks=3, margin_per_week=40_000)
    _entered(run, review_id, nodes=[castings, NodeTold(name="seals", ttr_weeks=2)])
    assert "No unacceptable loss is stated" in run("what_breaks_us", review_id=review_id)["error"]
    found = run("what_breaks_us", review_id=review_id, limit=200_000.0)["breaking"]
    (castings_,) = found["nodes"]
    assert (castings_["weeks"], castings_["breaks"]) == (pytest.approx(3 + 200_000 / 40_000), True)
    assert [one["node"] for one in found["not_judged"]] == ["seals"]
    _entered(run, review_id, scope=ScopeTold(loss_limit=500_000))
    (at_the_limit,) = run("what_breaks_us", review_id=review_id)["breaking"]["nodes"]
    assert (at_the_limit["weeks"], at_the_limit["breaks"]) == (pytest.approx(15.5), False)
    assert run("what_breaks_us", review_id=review_id, limit=-5.0)["error"]


def test_what_breaks_us_says_how_many_nodes_are_not_shown_and_not_judged(run: Run) -> None:
    review_id, _ = _begun(run)
    parts = [
        NodeTold(name=f"part {count}", ttr_weeks=12, cover_weeks=count, margin_per_week=40_000)
        for count in range(1, MOST_NODES + 1)
    ]
    _entered(run, review_id, nodes=parts)
    all_shown = broken(run("what_breaks_us", review_id=review_id, limit=200_000.0))
    assert "shortest of" not in all_shown
    assert "Careful" not in all_shown
    one_more = NodeTold(name="castings", ttr_weeks=12, cover_weeks=3, margin_per_week=40_000)
    _entered(run, review_id, nodes=[one_more, NodeTold(name="seals", ttr_weeks=2)])
    some_shown = broken(run("what_breaks_us", review_id=review_id, limit=200_000.0))
    assert f"the {MOST_NODES} shortest of {MOST_NODES + 1}" in some_shown
    assert "**Careful:** 1 node could not be judged and may break more than those shown." in some_shown


def test_somebody_gets_the_name_that_they_say(run: Run, store: Reviews) -> None:
    nameless = _runner(store, Actor("me", ""))
    begun = nameless("start_review", title="Pump factory")
    assert begun["unnamed"]
    named = nameless("name_me_in_review", review_id=begun["review_id"], name="Ana Costa")
    assert (named["you"], named["unnamed"]) == ("Ana Costa", False)
    assert "error" in nameless("name_me_in_review", review_id=begun["review_id"], name=" ")
    assert [one.name for one in store.open(ME, begun["review_id"]).participants] == ["Ana Costa"]
