"""What is kept of quizzes: nothing acknowledged is lost, nothing is marked twice, and trouble is told in a sentence."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from assistant.learning import Quiz, Quizzes
from assistant.learning.bank import Bank
from assistant.learning.store import FILE, LearningDatabase
from tests.assistant.learning.conftest import Clock, open_quizzes
from tools.risk.store import StoreError
from tools.risk.store.backup import back_up, restore

ME = "me"
WRITER = """
import sys
from pathlib import Path
from assistant.learning import Quizzes
from assistant.settings import NOTES
from knowledge.vault import Vault, load_vault
notes = load_vault(NOTES)
few = {title: notes.notes[title] for title in ("Safety stock", "Cycle stock", "Lead time", "Fill rate", "Stockout")}
quizzes = Quizzes.in_folder(Vault(few, NOTES), Path(sys.argv[1]))
while True:
    quiz = quizzes.begin("me", kinds=["true_false"], count=20)
    for number in range(1, quiz.of + 1):
        marked, _ = quizzes.answer("me", quiz.id, number, "true")
        print(quiz.id, number, marked.outcome, flush=True)
"""


def marks(quiz: Quiz) -> dict[int, str]:
    return {one.number: one.outcome for one in quiz.results}


def fill(quizzes: Quizzes) -> None:
    for _ in range(200):
        quizzes.begin(ME, area="inventory", count=50)


def test_two_threads_that_answer_the_same_question_get_the_same_mark(quizzes: Quizzes) -> None:
    for seed in range(5):
        quiz = quizzes.begin(ME, area="inventory", kinds=["true_false"], count=1, seed=seed)
        with ThreadPoolExecutor(8) as threads:
            said = ["true", "false"] * 4
            found = list(threads.map(lambda text, of=quiz.id: quizzes.answer(ME, of, 1, text), said))
        assert len({marked.model_dump_json() for marked, _ in found}) == 1
    assert quizzes.progress(ME).answered == 5


def test_many_people_answer_at_the_same_time(quizzes: Quizzes) -> None:
    def work(owner: str) -> int:
        quiz = quizzes.begin(owner, area="inventory", kinds=["true_false"], count=5, seed=1)
        while quiz.asked:
            _, quiz = quizzes.answer(owner, quiz.id, quiz.asked.number, "true")
        return quizzes.progress(owner).answered

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(work, (f"person {number}" for number in range(12)))) == [5] * 12


def test_everything_acknowledged_survives_a_killed_process(bank: Bank, tmp_path: Path, clock: Clock) -> None:
    for _ in range(2):
        command = [sys.executable, "-c", WRITER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            said = [process.stdout.readline()]
            time.sleep(0.3)
            os.kill(process.pid, signal.SIGKILL)
            said += process.stdout.read().splitlines()
        acknowledged = [line.split() for line in said if len(line.split()) == 3]
        assert acknowledged
        kept = open_quizzes(bank, tmp_path, clock)
        for quiz_id, number, outcome in acknowledged:
            assert marks(kept.quiz(ME, quiz_id))[int(number)] == outcome
        kept.close()


def test_a_full_disk_is_told_and_nothing_is_half_kept(quizzes: Quizzes) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["true_false"], count=2, seed=1)
    pages = [1]

    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages[0]}")

    event.listen(quizzes._database._engine, "checkout", limit)
    with pytest.raises(StoreError, match=r"There is no space left for the file .*learning\.sqlite: free some"):
        fill(quizzes)
    pages[0] = 1_000_000
    assert quizzes.quiz(ME, quiz.id) == quiz
    marked, quiz = quizzes.answer(ME, quiz.id, 1, "true")
    assert marked.outcome in ("right", "wrong")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="set SCM_DATA_DIR to one that can be written"):
        LearningDatabase.in_folder(tmp_path / "data")


def test_a_file_of_a_newer_version_is_left_alone(quizzes: Quizzes, tmp_path: Path) -> None:
    quizzes.close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE learning_schema SET version = 99")
    connection.close()
    with pytest.raises(StoreError, match=r"newer version of this program .*update the program"):
        LearningDatabase.in_folder(tmp_path)


def test_conversations_reviews_and_quizzes_can_lie_in_one_database(bank: Bank, tmp_path: Path, clock: Clock) -> None:
    from assistant.history import History
    from tools.risk.store import Reviews

    url = f"sqlite:///{tmp_path / 'all.sqlite'}"
    history, reviews, kept = History(url), Reviews(url), Quizzes(bank, LearningDatabase(url), now=clock)
    quiz = kept.begin(ME, area="inventory", count=1)
    assert history.conversations(ME) == []
    assert kept.current(ME) == quiz
    for one in (history, reviews, kept):
        one.close()


def test_a_backup_holds_quizzes_and_puts_them_back(quizzes: Quizzes, tmp_path: Path) -> None:
    quiz = quizzes.begin(ME, area="inventory", kinds=["true_false"], count=2, seed=1)
    _, quiz = quizzes.answer(ME, quiz.id, 1, "true")
    assert FILE in back_up(tmp_path, None, tmp_path / "backup.zip")
    quizzes.forget(ME)
    assert quizzes.current(ME) is None
    assert FILE in restore(tmp_path, None, tmp_path / "backup.zip")
    assert quizzes.current(ME) == quiz  # the store was open all the time
    assert quizzes.progress(ME).answered == 1


def test_only_the_latest_quizzes_stay_and_progress_does_not_depend_on_them(quizzes: Quizzes, clock: Clock) -> None:
    first = quizzes.begin(ME, concept="Lead time", kinds=["term"], count=1)
    quizzes.answer(ME, first.id, 1, "I don't know")
    for _ in range(52):
        clock.move(seconds=1)
        quizzes.begin(ME, concept="Lead time", kinds=["term"], count=1)
    with pytest.raises(LookupError):
        quizzes.quiz(ME, first.id)
    assert quizzes.progress(ME).answered == 1
