"""How messages are taken before, in and between reviews, and what the chat shows of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from assistant.agent import Assistant
from assistant.embedded.context import Context
from assistant.embedded.model import EmbeddedChatModel
from assistant.embedded.reviewing.facts import read_facts
from assistant.embedded.reviewing.introducing import own_name
from assistant.embedded.reviewing.state import State
from assistant.embedded.reviewing.turn import Reviewer
from assistant.guards import cleaned_reply
from assistant.pages import reviewed
from assistant.pages.markup import safe
from assistant.pages.runs import ToolRun
from assistant.settings import Settings
from knowledge.library import Library
from tools.risk.store import Actor, Reviews

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

ME = Actor("me", "Ada")
UNSEEN = Path(__file__).with_name("reviews") / "unseen.yaml"
LEAST_UNDERSTOOD = 0.8
BEFORE = Context("", (), (), 0)


@pytest.fixture
def reviewing(tmp_path: Path, settings: Settings, library: Library) -> Iterator[Assistant]:
    store = Reviews.in_folder(tmp_path)
    yield Assistant(settings, library, EmbeddedChatModel(library=library), store)
    store.close()


@pytest.mark.parametrize(
    "text",
    [
        "what are the steps of a supply chain risk review",
        "how do i do a risk asessment of our supply base",
        "what does a good supplier risk review look like",
        "how often should one review safety stock",
        "periodic review versus continuous review",
        "is a quarterly business review with suppliers worth it?",
        "What is time to recover?",
        "the TTR is 10 weeks and we survive 6, what is the gap?",
    ],
)
def test_questions_start_no_review(text: str, reviewing: Assistant) -> None:
    answer = reviewing.answer(text, (), ME).answer
    assert not {result.tool for result in answer.results} & {"start_review", "list_reviews", "record_answers"}
    assert "Back to the review" not in answer.text


def test_most_of_what_was_never_seen_is_understood(library: Library, model: EmbeddedChatModel) -> None:
    reviewer = Reviewer(library)
    question: dict[str, object] = {
        "id": "1.6",
        "short": "Past",
        "ask": "?",
        "kind": "text",
        "options": [],
        "terms": [],
        "given": None,
    }
    nodes = [{"name": "motor controller", "ttr_weeks": 9.0}]
    state = State({"review_id": "r", "status": "open", "question": question, "nodes": nodes, "questions": {}}, (), True)
    rows = yaml.safe_load(UNSEEN.read_text("utf-8"))
    assert len(rows) == 40
    understood = 0
    for row in rows:
        read = model.talker.understand(Context(row["said"], (), (), 0))
        if row["running"]:
            wish = reviewer._wish(row["said"], read, state)
            fine = wish == row["as"] and _read_rightly(row)
        else:
            step = reviewer.plan(Context(row["said"], (), (), 0), read)
            tool = step.calls[0][0] if step and step.calls else ""
            fine = tool == ("start_review" if row["as"] == "start" else "list_reviews")
        understood += fine
    assert understood / len(rows) >= LEAST_UNDERSTOOD


def _read_rightly(row: dict[str, object]) -> bool:
    wanted = row.get("facts")
    if not isinstance(wanted, dict):
        return True
    nodes = read_facts(str(row["said"]), ["motor controller"]).nodes
    numbers = {name: value for name, value in wanted.items() if isinstance(value, int | float)}
    return bool(nodes) and all(
        abs(nodes[0].fields.get(name, -1) - value) <= 0.01 * value for name, value in numbers.items()
    )


def test_an_answer_is_on_disk_before_it_is_acknowledged(reviewing: Assistant, tmp_path: Path) -> None:
    history: list[BaseMessage] = []
    for text in ("start a risk review for our pump factory", "seals: 4 weeks of stock, single source in Japan"):
        done = reviewing.answer(text, history, ME)
        history += done.messages
    assert "4 weeks" in done.answer.text
    beside = Reviews.in_folder(tmp_path)  # as another process would read it
    kept = beside.open(ME, beside.listed(ME)[0].id)
    beside.close()
    assert [(node.name, node.cover_weeks) for node in kept.nodes] == [("seals", 4)]


def test_without_a_store_the_chat_says_so_in_a_sentence(assistant: Assistant) -> None:
    answer = assistant.answer("start a risk review for our pump factory", (), ME).answer
    assert answer.kind == "decline"
    assert "cannot be kept" in answer.text


def test_nothing_typed_is_lost_that_is_no_answer_yet(reviewing: Assistant) -> None:
    history: list[BaseMessage] = []
    for text in ("start a risk review for the bakery", "go to 2.1", "well, that is a long story with many turns"):
        history += reviewing.answer(text, history, ME).messages
    assert reviewing.reviews is not None
    review = reviewing.reviews.open(ME, reviewing.reviews.listed(ME)[0].id)
    said = [comment.text for comment in review.comments] + [answer.comment for answer in review.answers]
    assert "well, that is a long story with many turns" in said


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("[the review](/review?id=ab12)", True),
        ("[Word](/reviews/ab12/report.docx)", True),
        ("[x](/review?id=ab12&next=//evil.example)", False),
        ("[x](//evil.example/review?id=ab12)", False),
        ("[x](/reviews/ab12/report.exe)", False),
        ("[x](https://evil.example/review?id=ab12)", False),
    ],
)
def test_only_links_to_own_reviews_survive(link: str, kept: bool) -> None:
    assert (link in cleaned_reply(link, [])) is kept
    assert ("<a " in safe(link)) is kept


def test_card_shows_step_progress_and_link_and_no_markup() -> None:
    output = {
        "review_id": "ab12",
        "title": "<b>Pumps</b>",
        "status": "open",
        "link": "/review?id=ab12",
        "step": {"number": 2, "name": "x"},
        "steps": [1] * 6,
        "question": {"id": "2.1"},
        "progress": {"answered": 3, "asked": 31},
    }
    tool = ToolRun("record_answers", {}, output, finished=True)
    shown = reviewed.card([tool])
    assert 'href="/review?id=ab12"' in shown
    assert "step 2 of 6" in shown.replace("&#44;", ",")
    assert "3 of 31" in shown
    assert "<b>" not in shown
    assert reviewed.title(tool) == "Recorded what you said: <b>Pumps</b>"
    assert ("answered", "3 of 31 answered") in (reviewed.details(tool) or [])
    assert reviewed.card([ToolRun("record_answers", {}, output | {"link": "//evil.example"}, finished=True)]) == ""
    assert reviewed.title(ToolRun("search_notes", {}, {}, finished=True)) is None


def told(reviewing: Assistant, *messages: str) -> list[str]:
    """Return the replies to messages of one conversation that has begun a review."""
    history: list[BaseMessage] = []
    replies = []
    for text in ("start a risk review for our lamp factory", *messages):
        done = reviewing.answer(text, history, ME)
        history += done.messages
        replies.append(done.answer.text)
    return replies[1:]


def test_an_action_of_ones_own_is_kept(reviewing: Assistant) -> None:
    assert reviewing.reviews is not None
    kept, asked, _, given = told(
        reviewing,
        "Nina will order a spare mould until 31 March",
        "add an action: visit the foundry",
        "give me the report",
        "Omar takes number 2 by 30 April",
    )
    assert "(Nina, due 31 March" in kept
    assert "Visit the foundry (owner still open, due date still open)" in asked
    assert "Visit the foundry (Omar, due 30 April" in given
    (listed,) = reviewing.reviews.listed(ME)
    actions = reviewing.reviews.open(ME, listed.id).actions
    assert [(one.owner, one.status) for one in actions] == [("Nina", "agreed"), ("Omar", "agreed")]


@pytest.mark.parametrize("command", ["stop here", "skip", "give me the report"])
def test_a_command_is_never_taken_for_the_name_that_was_asked_for(command: str, reviewing: Assistant) -> None:
    asked, _ = told(reviewing, "14 weeks to recover, three weeks of stock", command)
    assert "Which part, supplier, site, lane or system" in asked
    assert reviewing.reviews is not None
    (listed,) = reviewing.reviews.listed(ME)
    assert not reviewing.reviews.open(ME, listed.id).nodes


def test_a_place_names_what_stands_there(reviewing: Assistant) -> None:
    (noted,) = told(reviewing, "our only foundry is in Poland, 12 weeks to recover, two weeks of stock")
    assert "foundry: a gap of 10 weeks" in noted


def test_one_question_settles_what_is_unclear_of_several_nodes(reviewing: Assistant) -> None:
    asked, entered, others, own = told(
        reviewing,
        "barley 4 weeks, water 1 week",
        "how long the stock lasts",
        "pumps 5 weeks, motors 9 weeks",
        "pumps: TTR 6 weeks",
    )
    assert "4 weeks (barley) and 1 week (water)" in asked
    assert "barley: stock cover 4 weeks" in entered
    assert "water: stock cover 1 week" in entered
    assert "5 weeks (pumps) and 9 weeks (motors)" in others
    assert "pumps: time to recover 6 weeks" in own  # a figure of its own settles nothing else
    assert "motors" not in own


def test_what_would_break_us_is_answered_with_formula_and_what_is_not_judged(reviewing: Assistant) -> None:
    asked, _, _, answered = told(
        reviewing,
        "what would break us?",
        "we cannot lose more than 300k",
        "castings: TTR 12 weeks, stock 3 weeks, margin 40k a week; seals: TTR 2 weeks",
        "what would break us?",
    )
    assert "none is stated yet" in asked
    assert "castings: lost for as long as recovery takes" in answered
    assert "10.5 weeks" in answered
    assert "w^*" in answered
    assert "seals (" in answered
    assert "Back to the review" in answered


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is Ana Costa", "Ana Costa"),
        ("hi, I'm Ben from purchasing", "Ben"),
        ("I am not sure", ""),
        ("I'm OK with that", ""),
        ("this is China", ""),
        ("who is Ana?", ""),
        ("I am Ana, and the castings come from Alder", ""),
    ],
)
def test_a_name_is_heard_where_somebody_says_who_they_are(text: str, name: str) -> None:
    assert own_name(text) == name


def test_whoever_begins_without_a_name_is_asked_for_it(reviewing: Assistant) -> None:
    begun = reviewing.answer("start a risk review for our lamp factory", (), Actor("nameless", ""))
    assert 'say "my name is' in begun.answer.text
    named = reviewing.answer("my name is Ana", begun.messages, Actor("nameless", ""))
    assert "You are **Ana**" in named.answer.text
    assert "my name is" not in reviewing.answer("start a risk review for our lamp factory", (), ME).answer.text
