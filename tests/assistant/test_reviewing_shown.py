"""At any question of a review: what it holds, help, a pause, and the way to what is done on its page."""

import pytest

from assistant.embedded.reviewing.likening import likened
from assistant.embedded.reviewing.showing import places, shown
from assistant.embedded.reviewing.state import State
from tests.assistant.talking import ME, Say
from tools.risk.store import Reviews

BEGUN = ("start a risk review for our pump factory", "next")
MOTOR = "motor ttr 10 weeks stock 4 weeks, from China 60%, Italy 40%"
CASTING = "casting from India, ttr 8 weeks"
STATE = State(output={"review_id": "1", "status": "open", "nodes": [{"name": "motor"}], "link": "/review?id=1"})


@pytest.mark.parametrize(
    "text", ["which nodes do we have", "list", "show me the nodes", "ok, list all the parts so far?"]
)
def test_nodes_are_listed_with_what_is_known_and_what_is_not(say: Say, text: str):
    answer = say(*BEGUN, MOTOR, CASTING, text)
    assert "| motor | part | China (60 %); Italy (40 %) | 10 weeks | 4 weeks | not known |" in answer.text
    assert "| casting | part | India | 8 weeks | not known | not known |" in answer.text
    assert "Back to the review, 1.2" in answer.text


@pytest.mark.parametrize("text", ["show casting", "what do we have on the castings?", "figures for casting"])
def test_one_node_is_shown(say: Say, text: str):
    answer = say(*BEGUN, MOTOR, CASTING, text)
    assert "| casting |" in answer.text
    assert "| motor |" not in answer.text


def test_no_node_is_said_with_an_example(say: Say):
    assert "No node is named yet" in say(*BEGUN, "list the nodes").text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("help", "You can also say"),
        ("what can I say here?", "You can also say"),
        ("run the stress tests", "Stress tests are run on"),
        ("monte carlo", "Stress tests are run on"),
        ("demand spike of 30% for 6 weeks", "Stress tests are run on"),
        ("what if demand drops by 20 percent?", "Stress tests are run on"),
        ("invite", "invitation link"),
        ("how does Tom join", "invitation link"),
        ("how can my colleagues take part?", "invitation link"),
        ("delete this review", "the list of reviews"),
        ("rename the review to Pumps 2027", "another title"),
        ("show the heat map", "are drawn on"),
    ],
)
def test_what_is_done_on_the_page_leads_there_and_nothing_is_entered(say: Say, store: Reviews, text: str, said: str):
    answer = say(*BEGUN, MOTOR, text)
    assert said in answer.text
    assert "/review?id=" in answer.text
    review = store.open(ME, store.listed(ME)[0].id)
    assert [(node.name, node.ttr_weeks, node.cover_weeks) for node in review.nodes] == [("motor", 10, 4)]
    assert (review.title, len(review.answers), review.actions) == ("Pump factory", 1, [])


@pytest.mark.parametrize(
    "text", ["seals: same as motor", "seals same as the motors", "seals like motor", "seals are identical to the motor"]
)
def test_figures_of_another_node_are_offered_and_not_copied(say: Say, store: Reviews, text: str):
    answer = say(*BEGUN, MOTOR, text)
    assert "seals: TTR 10 weeks, stock 4 weeks" in answer.follow_ups
    assert [node.name for node in store.open(ME, store.listed(ME)[0].id).nodes] == ["motor"]
    said = say(*BEGUN, MOTOR, text, answer.follow_ups[0])
    assert "seals" in said.text
    assert {(node.name, node.ttr_weeks, node.cover_weeks) for node in store.open(ME, store.listed(ME)[0].id).nodes} == {
        ("motor", 10, 4),
        ("seals", 10, 4),
    }


@pytest.mark.parametrize(
    "text", ["we see the motor as critical", "seals are like gaskets", "same as last year", "motor"]
)
def test_what_likens_no_node_to_a_known_one_is_left_to_the_review(text: str):
    node = {"name": "motor", "ttr_weeks": 10, "cover_weeks": 4}
    assert likened(text, State(output={**STATE.output, "nodes": [node]})) is None


@pytest.mark.parametrize("text", ["bye", "ok bye", "see you tomorrow", "gotta go", "that's it for today"])
def test_a_farewell_pauses_the_review(say: Say, store: Reviews, text: str):
    say(*BEGUN, MOTOR, text)
    assert store.listed(ME)[0].status == "paused"


def test_a_review_goes_on_after_more_asides_than_are_remembered(say: Say, store: Reviews):
    say(*BEGUN, MOTOR, *["what is safety stock?", "help"] * 7, "casting stock 3 weeks")
    assert {node.name for node in store.open(ME, store.listed(ME)[0].id).nodes} == {"motor", "casting"}


@pytest.mark.parametrize(
    "text",
    [
        "motor stock 4 weeks",
        "let's do the stress tests now",
        "the list of suppliers is kept in SAP",
        "we run stress tests once a year with the board",
        "help from the supplier takes 3 weeks",
        "suppliers: Nordic Castings, WEG",
        "demand spike of 30% happened in March and we lost two customers",
        "our invitation to tender goes to 5 foundries",
        "share 60% China",
        "what is a heat map?",
        "what do we know about safety stock?",
        "scenario planning is done by finance each quarter",
        "goodbye to single sourcing was our plan",
    ],
)
def test_answers_and_questions_are_left_to_the_review(text: str):
    assert shown(text, STATE) is None


def test_every_pattern_is_one_and_every_place_says_something():
    known = places()
    assert set(known.places) < set(known.says)
    for text in ("\\", "(" * 50, "a " * 13, "{name}", "list {name} {link}"):
        shown(text, STATE)
