"""What goes wrong with disks, files and servers: a sentence, nothing half written, and on it goes afterwards."""

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from benchmarks.forked import forked
from tests.tools.risk.store.conftest import ANA
from tests.tools.risk.store.postgresql import Server
from tools.risk.review import Given, Node
from tools.risk.store import Reviews, StoreError, database
from tools.risk.store.database import address_of

LONG = Given(value="x" * 3900, evidence="y" * 3900)


def fill(reviews: Reviews, review_id: str, at_most: int = 200) -> int:
    """Write answers until the store refuses one, and return how many it took."""
    for number in range(at_most):
        given = LONG.model_copy(update={"comment": str(number)})
        try:
            reviews.answer(ANA, review_id, "1.1", given, number)
        except StoreError:
            return number
    raise AssertionError("the disk never was full")


def test_a_full_database_refuses_with_a_sentence_and_takes_changes_again_when_there_is_room(tmp_path: Path) -> None:
    reviews = Reviews.in_folder(tmp_path)
    review = reviews.begin(ANA, "On a small disk")
    pages = [40]

    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages[0]}")

    event.listen(reviews._database._engine, "checkout", limit)
    taken = fill(reviews, review.id)
    kept = reviews.open(ANA, review.id)
    with pytest.raises(StoreError, match=r"There is no space left for the file .*reviews\.sqlite: free some") as told:
        reviews.answer(ANA, review.id, "1.1", LONG, taken)
    assert "full" in str(told.value)
    with pytest.raises(StoreError, match="no space"):
        reviews.save_all(ANA, review.id, [Node(name=str(number), note="x" * 4000) for number in range(100)])
    assert reviews.open(ANA, review.id) == kept
    assert kept.answers[0].version == taken == len(reviews.changes(ANA, review.id)) - 1
    pages[0] = 100_000
    assert reviews.answer(ANA, review.id, "1.1", LONG, taken).version == taken + 1
    reviews.close()
    assert sound(tmp_path / "reviews.sqlite")


def cut_off(folder: Path, review_id: str, size: int, pipe: Connection) -> None:
    """Write until a file may not grow on, then with that limit gone once more; tell the version that is there then."""
    reviews = Reviews.in_folder(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    taken = fill(reviews, review_id)
    there = reviews.open(ANA, review_id).answers[0]
    assert there.version == taken
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    pipe.send(reviews.answer(ANA, review_id, "1.1", there.model_copy(update={"comment": "after"}), taken).version)
    reviews.close()


def test_a_write_that_the_disk_cuts_off_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    """The operating system stops the write in its middle (a file may not grow on), in a process of its own."""
    reviews = Reviews.in_folder(tmp_path)
    review = reviews.begin(ANA, "Cut off")
    reviews.close()
    size = (tmp_path / "reviews.sqlite").stat().st_size
    context = forked()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=cut_off, args=(tmp_path, review.id, size + 60_001, theirs))
    process.start()
    theirs.close()
    process.join(120)
    assert process.exitcode == 0
    version = ours.recv()
    again = Reviews.in_folder(tmp_path)
    (answer,) = again.open(ANA, review.id).answers
    assert (answer.version, answer.comment) == (version, "after")
    assert version > 1
    again.close()
    assert sound(tmp_path / "reviews.sqlite")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here; the tests above limit the file instead")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_that_is_full_and_is_freed_again(small_disk: Path) -> None:
    reviews = Reviews.in_folder(small_disk)
    review = reviews.begin(ANA, "On a full disk")
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    taken = fill(reviews, review.id)
    with pytest.raises(StoreError, match=r"There is no space left|disk of .* reports an error"):
        reviews.answer(ANA, review.id, "1.1", LONG, taken)
    ballast.unlink()
    assert reviews.answer(ANA, review.id, "1.1", LONG, taken).version == taken + 1
    reviews.close()
    assert sound(small_disk / "reviews.sqlite")


def sound(file: Path) -> bool:
    with sqlite3.connect(file) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return bool(said == "ok")


def test_a_file_that_may_only_be_read_is_read_and_not_written(tmp_path: Path) -> None:
    reviews = Reviews.in_folder(tmp_path)
    review = reviews.begin(ANA, "Sealed")
    sealed = Reviews(f"sqlite:///file:{tmp_path / 'reviews.sqlite'}?mode=ro&uri=true")
    with pytest.raises(StoreError, match=r"reviews\.sqlite.* may not be written: give the program the right"):
        sealed.answer(ANA, review.id, "1.1", LONG, 0)
    assert sealed.open(ANA, review.id) == review
    assert reviews.answer(ANA, review.id, "1.1", LONG, 0).version == 1
    sealed.close()
    reviews.close()


def test_another_program_that_holds_the_file_is_named_and_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT", 0.2)
    reviews = Reviews.in_folder(tmp_path)
    review = reviews.begin(ANA, "Held")
    other = sqlite3.connect(tmp_path / "reviews.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"Another program holds the file .*: try again"):
        reviews.answer(ANA, review.id, "1.1", LONG, 0)
    assert reviews.open(ANA, review.id) == review  # reading goes on
    other.rollback()
    other.close()
    assert reviews.answer(ANA, review.id, "1.1", LONG, 0).version == 1
    reviews.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "reviews.sqlite"
    file.write_text("Dear diary, " * 500)
    with pytest.raises(StoreError, match=r"reviews\.sqlite is not a database of reviews: move the file away"):
        Reviews.in_folder(tmp_path)
    assert file.read_text() == "Dear diary, " * 500


def test_an_empty_file_is_a_beginning(tmp_path: Path) -> None:
    (tmp_path / "reviews.sqlite").touch()
    reviews = Reviews.in_folder(tmp_path)
    assert reviews.begin(ANA, "From nothing").title == "From nothing"
    reviews.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="SCM_DATA_DIR"):
        Reviews.in_folder(tmp_path / "file" / "folder")
    with pytest.raises(StoreError, match="cannot be opened"):
        Reviews(f"sqlite:///{tmp_path / 'nowhere' / 'reviews.sqlite'}")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "SCM_DATABASE_URL is no address"),
        ("mysql://user:secret@host/name", "cannot be kept in mysql"),
        ("sqlite://", "need a file that lasts"),
        ("sqlite:///:memory:", "need a file that lasts"),
        (
            "postgresql://user:secret@127.0.0.1:1/name",
            "cannot be reached: start the server, create the database",
        ),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as told:
        Reviews(url)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["postgresql", "postgres", "postgresql+psycopg"])
def test_short_names_of_postgresql_mean_the_driver_that_is_used(name: str) -> None:
    assert address_of(f"{name}://u@h/d").drivername == "postgresql+psycopg"


def test_without_the_driver_the_remedy_is_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'scm-assistant\[postgres\]'"):
        Reviews("postgresql://u@127.0.0.1:1/d")


def test_a_block_that_fails_changes_nothing(reviews: Reviews) -> None:
    review = reviews.begin(ANA, "Whole or not at all")

    def fail() -> None:
        with reviews._change(ANA, review.id) as held:
            held.connection.execute(text("DELETE FROM review_changes"))
            held.log("title", "a", "b")
            held.write_down()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert reviews.open(ANA, review.id) == review
    assert len(reviews.changes(ANA, review.id)) == 1


def test_a_server_that_is_gone_is_told_and_used_again_when_it_is_back(server: Server) -> None:
    reviews = Reviews(server.new_database())
    review = reviews.begin(ANA, "Across a crash")
    reviews.answer(ANA, review.id, "1.1", LONG, 0)
    server.stop()
    try:
        for _ in range(2):
            with pytest.raises(StoreError, match="cannot be reached: start the server"):
                reviews.answer(ANA, review.id, "1.1", Given(value="lost"), 1)
            with pytest.raises(StoreError, match="cannot be reached"):
                reviews.open(ANA, review.id)
    finally:
        server.start()
    (kept,) = reviews.open(ANA, review.id).answers
    assert (kept.version, kept.value) == (1, LONG.value)
    assert reviews.answer(ANA, review.id, "1.1", Given(value="back"), 1).version == 2
    with pytest.raises(StoreError, match=r"create the database .*does not exist"):
        Reviews(server.url("nowhere"))
    reviews.close()


def test_a_session_that_the_server_ends_in_the_middle_of_a_change_leaves_nothing(
    server: Server, shared_database: str
) -> None:
    reviews = Reviews(shared_database)
    review = reviews.begin(ANA, "Ended in the middle")
    administrator = Reviews(shared_database)

    def change() -> None:
        with reviews._change(ANA, review.id) as held:
            held.log("title", "a", "b")
            held.write_down()
            session = {"pid": held.connection.scalar(text("SELECT pg_backend_pid()"))}
            with administrator._database.write() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), session)

    with pytest.raises(StoreError, match=r"cannot be reached.*look what was kept"):
        change()
    assert reviews.open(ANA, review.id) == review
    assert reviews.set_title(ANA, review.id, "Goes on", 1).title == "Goes on"
    reviews.close()
    administrator.close()


def test_a_lock_that_is_not_let_go_is_told(
    server: Server, shared_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT", 1)
    reviews, other = Reviews(shared_database), Reviews(shared_database)
    review = reviews.begin(ANA, "Held")
    with other._change(ANA, review.id), pytest.raises(StoreError, match="Another session holds"):
        reviews.set_title(ANA, review.id, "x", 1)
    assert reviews.set_title(ANA, review.id, "x", 1).title == "x"
    reviews.close()
    other.close()
