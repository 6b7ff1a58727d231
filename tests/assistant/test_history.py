"""Conversations are kept from the moment a question is asked, and reached only by who began them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from assistant.answer import Answer, Citation
from assistant.history import TITLE_LENGTH, History, HistoryError, NotFoundError

ROOT = Path(__file__).resolve().parents[2]
ANSWER = Answer(
    kind="answer",
    text="Stock held against deviations [1].",
    citations=[Citation(number=1, title="Safety stock", section="Definition", quote="Stock", locator="x#definition")],
    follow_ups=["Why does it matter?"],
)
ME, YOU = "a" * 64, "b" * 64


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = History.in_folder(tmp_path)
    yield opened
    opened.close()


def answered(history: History, question: str = "What is safety stock?", owner: str = ME) -> tuple[str, str]:
    conversation = history.begin(owner)
    turn = history.ask(owner, conversation.id, question)
    history.finish(turn.id, ANSWER, [HumanMessage(question), AIMessage(ANSWER.text)])
    return conversation.id, turn.id


def test_a_question_is_kept_before_it_is_answered(history: History):
    conversation = history.begin(ME)
    history.ask(ME, conversation.id, "What is safety stock?")
    (turn,) = history.turns(ME, conversation.id)
    assert (turn.question, turn.state, turn.reply) == ("What is safety stock?", "pending", None)
    assert history.messages(ME, conversation.id) == []


def test_an_answer_is_kept_with_its_citations_and_messages(history: History):
    conversation = history.begin(ME)
    turn = history.ask(ME, conversation.id, "What is safety stock?")
    call = {"name": "search_notes", "args": {"query": "x"}, "id": "1", "type": "tool_call"}
    messages = [
        HumanMessage("What is safety stock?"),
        AIMessage("", tool_calls=[call]),
        ToolMessage('{"sections": []}', tool_call_id="1", name="search_notes"),
        AIMessage(ANSWER.text),
    ]
    history.finish(turn.id, ANSWER, messages)
    (kept,) = history.turns(ME, conversation.id)
    assert (kept.reply, kept.state) == (ANSWER, "done")
    assert history.messages(ME, conversation.id) == messages


def test_a_stopped_answer_keeps_what_was_written(history: History):
    conversation = history.begin(ME)
    turn = history.ask(ME, conversation.id, "Why?")
    history.finish(turn.id, Answer(kind="answer", text="Because"), (), "stopped")
    (kept,) = history.turns(ME, conversation.id)
    assert kept.state == "stopped"
    assert kept.reply
    assert kept.reply.text == "Because"


def test_turns_come_in_the_order_in_which_they_were_asked(history: History):
    conversation = history.begin(ME)
    for place in range(12):
        history.ask(ME, conversation.id, f"question {place}")
    assert [turn.question for turn in history.turns(ME, conversation.id)] == [f"question {i}" for i in range(12)]


def test_the_first_question_names_the_conversation(history: History):
    conversation_id, _ = answered(history, "What is safety stock?")
    history.ask(ME, conversation_id, "And why?")
    assert history.conversation(ME, conversation_id).title == "What is safety stock?"


def test_a_long_question_is_shortened_in_the_title_only(history: History):
    question = "why do " + "very " * 50 + "long questions exist"
    conversation_id, _ = answered(history, question)
    assert len(history.conversation(ME, conversation_id).title) <= TITLE_LENGTH
    assert history.turns(ME, conversation_id)[0].question == question


def test_the_last_turn_can_be_taken_back_to_ask_it_again(history: History):
    conversation_id, _ = answered(history, "first")
    history.ask(ME, conversation_id, "second")
    assert history.forget_last(ME, conversation_id) == "second"
    assert history.forget_last(ME, conversation_id) == "first"
    assert history.forget_last(ME, conversation_id) is None
    history.ask(ME, conversation_id, "again")
    assert [turn.question for turn in history.turns(ME, conversation_id)] == ["again"]


def test_a_conversation_is_renamed_but_never_to_nothing(history: History):
    conversation_id, _ = answered(history)
    history.rename(ME, conversation_id, "  Stock\nquestions ")
    assert history.conversation(ME, conversation_id).title == "Stock questions"
    with pytest.raises(ValueError, match="title"):
        history.rename(ME, conversation_id, "  \n")
    assert history.conversation(ME, conversation_id).title == "Stock questions"


def test_a_deleted_conversation_is_gone_with_all_that_belongs_to_it(history: History):
    conversation_id, turn_id = answered(history)
    history.rate(ME, turn_id, liked=True)
    history.delete(ME, conversation_id)
    assert history.conversations(ME) == []
    assert history.rating(ME, turn_id) is None
    with pytest.raises(NotFoundError):
        history.turns(ME, conversation_id)


def test_finishing_a_turn_that_was_deleted_meanwhile_does_nothing(history: History):
    conversation = history.begin(ME)
    turn = history.ask(ME, conversation.id, "What is safety stock?")
    history.delete(ME, conversation.id)
    history.finish(turn.id, ANSWER, ())
    assert history.conversations(ME) == []


def test_the_latest_conversation_comes_first(history: History):
    first, _ = answered(history, "first")
    second, _ = answered(history, "second")
    assert [c.id for c in history.conversations(ME)] == [second, first]
    history.ask(ME, first, "more")
    assert [c.id for c in history.conversations(ME)] == [first, second]


@pytest.mark.parametrize("words", ["safety", "STOCK safety", "reorder", "safe"])
def test_search_finds_words_of_titles_and_questions(history: History, words: str):
    wanted, _ = answered(history, "What is safety stock?")
    history.ask(ME, wanted, "and the reorder point?")
    answered(history, "What is lean?")
    assert [c.id for c in history.conversations(ME, words)] == [wanted]


@pytest.mark.parametrize("words", ["unheard", "safety lean", "100%x", "'; drop table turns; --"])
def test_search_that_finds_nothing_is_empty(history: History, words: str):
    answered(history, "What is safety stock?")
    assert history.conversations(ME, words) == []
    assert len(history.conversations(ME)) == 1


def test_a_rating_is_kept_and_a_later_one_takes_its_place(history: History):
    _, turn_id = answered(history)
    assert history.rating(ME, turn_id) is None
    history.rate(ME, turn_id, liked=True)
    history.rate(ME, turn_id, liked=False, comment="  too long ")
    kept = history.rating(ME, turn_id)
    assert kept
    assert (kept.liked, kept.comment) == (False, "too long")


CALLS: dict[str, Callable[[History, str, str], object]] = {
    "conversation": lambda h, c, t: h.conversation(YOU, c),
    "turns": lambda h, c, t: h.turns(YOU, c),
    "messages": lambda h, c, t: h.messages(YOU, c),
    "ask": lambda h, c, t: h.ask(YOU, c, "mine now"),
    "rename": lambda h, c, t: h.rename(YOU, c, "mine now"),
    "delete": lambda h, c, t: h.delete(YOU, c),
    "forget_last": lambda h, c, t: h.forget_last(YOU, c),
    "rate": lambda h, c, t: h.rate(YOU, t, liked=False),
    "rating": lambda h, c, t: h.rating(YOU, t),
}


@pytest.mark.parametrize("call", CALLS)
def test_nobody_reaches_what_is_another_owners(history: History, call: str):
    conversation_id, turn_id = answered(history)
    with pytest.raises(NotFoundError):
        CALLS[call](history, conversation_id, turn_id)
    assert history.conversations(YOU) == []
    assert history.conversations(YOU, "safety") == []
    assert history.conversation(ME, conversation_id).title == "What is safety stock?"
    assert len(history.turns(ME, conversation_id)) == 1
    assert history.rating(ME, turn_id) is None


@pytest.mark.parametrize("call", CALLS)
def test_what_does_not_exist_is_not_told_from_what_is_another_owners(history: History, call: str):
    if call == "rating":
        assert history.rating(YOU, "nothing") is None
        return
    with pytest.raises(NotFoundError) as missing:
        CALLS[call](history, "nothing", "nothing")
    assert "nothing" not in str(missing.value)


def test_everything_survives_a_restart(tmp_path: Path):
    first = History.in_folder(tmp_path)
    conversation_id, turn_id = answered(first)
    first.rate(ME, turn_id, liked=True, comment="good")
    first.close()
    again = History.in_folder(tmp_path)
    (turn,) = again.turns(ME, conversation_id)
    rating = again.rating(ME, turn_id)
    assert turn.reply == ANSWER
    assert rating
    assert rating.comment == "good"
    again.close()


def test_a_killed_process_loses_nothing_that_was_asked(tmp_path: Path):
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom assistant.history import History\n"
        f"history = History.in_folder(Path({str(tmp_path)!r}))\n"
        f"conversation = history.begin({ME!r})\n"
        "for place in range(5):\n"
        f"    history.ask({ME!r}, conversation.id, f'question {{place}}')\n"
        "print('asked', flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"asked\n"
        os.kill(process.pid, signal.SIGKILL)
    history = History.in_folder(tmp_path)
    (conversation,) = history.conversations(ME)
    turns = history.turns(ME, conversation.id)
    assert [turn.question for turn in turns] == [f"question {place}" for place in range(5)]
    history.finish(turns[-1].id, ANSWER, ())
    assert history.turns(ME, conversation.id)[-1].reply == ANSWER
    history.close()


def test_a_folder_that_cannot_be_written_is_named_with_the_remedy(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryError) as refused:
        History.in_folder(tmp_path / "file" / "data")
    assert str(tmp_path / "file") in str(refused.value)
    assert "SCM_DATA_DIR" in str(refused.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder_is_named_with_the_remedy(tmp_path: Path):
    tmp_path.chmod(0o500)
    with pytest.raises(HistoryError, match="SCM_DATA_DIR"):
        History.in_folder(tmp_path)


def test_a_damaged_file_is_named_with_the_remedy(tmp_path: Path):
    (tmp_path / "conversations.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(HistoryError, match=r"conversations\.sqlite"):
        History.in_folder(tmp_path)


@pytest.mark.parametrize("url", ["postgresql://ann:secret@127.0.0.1:1/x", "nonsense://ann:secret@x/y", "no address"])
def test_a_database_that_cannot_be_used_is_named_without_its_password(url: str):
    with pytest.raises(HistoryError) as refused:
        History(url)
    assert "SCM_DATABASE_URL" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_eight_threads_write_at_once(history: History):
    conversation = history.begin(ME)

    def work(number: int) -> None:
        for place in range(5):
            own = history.begin(f"{number}" * 64)
            turn = history.ask(own.owner, own.id, f"question {place}")
            history.finish(turn.id, ANSWER, [HumanMessage(f"question {place}")])
        history.rename(ME, conversation.id, f"renamed by {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    for number in range(8):
        conversations = history.conversations(f"{number}" * 64)
        assert len(conversations) == 5
        assert all(len(history.turns(c.owner, c.id)) == 1 for c in conversations)


def test_eight_threads_ask_in_one_conversation(history: History):
    conversation = history.begin(ME)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda place: history.ask(ME, conversation.id, f"question {place}"), range(24)))
    turns = history.turns(ME, conversation.id)
    assert {turn.question for turn in turns} == {f"question {place}" for place in range(24)}
    assert [turn.position for turn in turns] == list(range(24))


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300)


@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=TEXTS, title=TEXTS, text=TEXTS)
def test_any_text_comes_back_as_it_went_in(history: History, question: str, title: str, text: str):
    conversation = history.begin(ME)
    turn = history.ask(ME, conversation.id, question)
    history.finish(turn.id, Answer(kind="answer", text=text), [HumanMessage(question), AIMessage(text)])
    history.rate(ME, turn.id, liked=True, comment=text)
    (kept,) = history.turns(ME, conversation.id)
    assert kept.question == question
    assert kept.reply
    assert kept.reply.text == text
    assert [m.content for m in history.messages(ME, conversation.id)] == [question, text]
    if title.strip():
        history.rename(ME, conversation.id, title)
        assert len(history.conversation(ME, conversation.id).title) <= TITLE_LENGTH
    assert isinstance(history.conversations(ME, title), list)


def test_half_a_character_does_not_stop_a_question_from_being_kept(history: History):
    conversation = history.begin(ME, "half \ud83d")
    history.ask(ME, conversation.id, "half \ud83d of one")
    assert history.turns(ME, conversation.id)[0].question.startswith("half ")
    assert isinstance(history.conversations(ME, "\ud83d"), list)
