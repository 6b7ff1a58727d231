"""Backups: made while people work, checked before they replace anything, and whole when they are back."""

import sqlite3
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.tools.risk.store.conftest import ANA, BO
from tests.tools.risk.store.postgresql import Server
from tests.tools.risk.store.test_items import ITEMS
from tools.risk.review import Given, Review
from tools.risk.store import Reviews, StoreError
from tools.risk.store.backup import back_up, restore


def filled(reviews: Reviews) -> Review:
    review = reviews.begin(ANA, "Pump factory \N{SHIP} <b>")
    reviews.join(BO, reviews.invitation(ANA, review.id))
    reviews.save_all(ANA, review.id, ITEMS)
    reviews.answer(ANA, review.id, "1.1", Given(value="line one\nline two\u2028three"), 0)
    reviews.answer(BO, review.id, "2.3", Given(value=12.5, evidence="letter"), 0, team=True)
    withdrawn = reviews.answer(BO, review.id, "1.1", Given(value="x"), 0)
    reviews.withdraw(BO, review.id, "1.1", withdrawn.version)
    reviews.comment(BO, review.id, "1.1", "A remark\u2028in two\x85lines")
    reviews.move(BO, review.id, "1.2", skipped="1.1")
    return reviews.open(ANA, review.id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a conversation in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    connection = sqlite3.connect(folder / "conversations.sqlite")
    connection.executescript("CREATE TABLE conversations (title TEXT); INSERT INTO conversations VALUES ('Hello');")
    connection.close()
    return folder


def titles(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / "conversations.sqlite")
    found = [row[0] for row in connection.execute("SELECT title FROM conversations")]
    connection.close()
    return found


def test_what_was_lost_is_back_also_for_those_who_have_it_open(folder: Path, tmp_path: Path) -> None:
    reviews = Reviews.in_folder(folder)
    review = filled(reviews)
    log = reviews.changes(ANA, review.id)
    file = tmp_path / "backups" / "monday.zip"
    assert "reviews.sqlite and conversations.sqlite" in back_up(folder, None, file)
    reviews.answer(BO, review.id, "1.2", Given(unknown=True), 0)
    reviews.delete(ANA, review.id)
    later = reviews.begin(ANA, "Begun after the backup")
    said = restore(folder, None, file)
    assert reviews.open(ANA, review.id) == review  # the store was open all the time
    assert reviews.changes(BO, review.id) == log
    assert reviews.answer(BO, review.id, "1.2", Given(unknown=True), 0).version == 1
    reviews.close()
    (before,) = folder.glob("before-restore-*.zip")
    assert str(before) in said
    restore(folder, None, before)
    again = Reviews.in_folder(folder)
    assert again.open(ANA, later.id) == later
    again.close()
    assert titles(folder) == ["Hello"]


def test_a_backup_restores_into_an_empty_folder(folder: Path, tmp_path: Path) -> None:
    reviews = Reviews.in_folder(folder)
    review = filled(reviews)
    back_up(folder, None, tmp_path / "b.zip")
    reviews.close()
    restore(tmp_path / "other", None, tmp_path / "b.zip")
    other = Reviews.in_folder(tmp_path / "other")
    assert other.open(BO, review.id) == review
    other.close()
    assert titles(tmp_path / "other") == ["Hello"]


def test_a_backup_that_is_made_while_people_write_is_of_one_moment(folder: Path, tmp_path: Path) -> None:
    reviews = Reviews.in_folder(folder)
    review = reviews.begin(ANA, "Busy")
    stop = False

    def write() -> int:
        version = 0
        while not stop:
            version = reviews.answer(ANA, review.id, "1.1", Given(value=str(version)), version).version
        return version

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while reviews.revision(ANA, review.id) < 5:
            pass
        back_up(folder, None, tmp_path / "b.zip")
        stop = True
        written = writing.result()
    reviews.close()
    restore(tmp_path / "other", None, tmp_path / "b.zip")
    other = Reviews.in_folder(tmp_path / "other")
    seen = other.open(ANA, review.id)
    assert 4 <= seen.answers[0].version <= written
    assert seen.revision == seen.answers[0].version + 1 == len(other.changes(ANA, review.id))
    other.close()


def test_a_damaged_file_is_put_aside_and_replaced(folder: Path, tmp_path: Path) -> None:
    reviews = Reviews.in_folder(folder)
    review = filled(reviews)
    reviews.close()
    back_up(folder, None, tmp_path / "b.zip")
    (folder / "reviews.sqlite").write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match="move the file away, or restore a backup"):
        Reviews.in_folder(folder)
    assert "damaged" in restore(folder, None, tmp_path / "b.zip")
    again = Reviews.in_folder(folder)
    assert again.open(ANA, review.id) == review
    again.close()
    assert len(list(folder.glob("reviews.sqlite.damaged-*"))) == 1


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-300])


def with_damage(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        content = bytearray(archive.read("reviews.sqlite"))
    content[5000:9000] = b"\xff" * 4000
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("reviews.sqlite", content)


def of_a_newer_version(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        archive.extract("reviews.sqlite", file.parent)
    with sqlite3.connect(file.parent / "reviews.sqlite") as connection:
        connection.execute("UPDATE review_schema SET version_num = '9999'")
    connection.close()
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(file.parent / "reviews.sqlite", "reviews.sqlite")


def with_another_file(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../outside.sqlite", b"")


def of_something_else(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("reviews.sqlite", b"")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut_off, "no whole backup"),
        (with_damage, "reviews.sqlite in the backup is damaged"),
        (of_a_newer_version, "newer version of this program"),
        (
            with_another_file,
            "outside.sqlite, where reviews.sqlite, conversations.sqlite or learning.sqlite was expected",
        ),
        (of_something_else, "holds no reviews"),
        (lambda file: file.unlink(), "there is no file"),
    ],
)
def test_a_backup_that_cannot_be_trusted_replaces_nothing(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    reviews = Reviews.in_folder(folder)
    review = filled(reviews)
    file = tmp_path / "b.zip"
    back_up(folder, None, file)
    spoil(file)
    there = {path.name for path in folder.iterdir()}
    with pytest.raises(StoreError, match=said):
        restore(folder, None, file)
    assert reviews.open(ANA, review.id) == review
    reviews.close()
    assert {path.name for path in folder.iterdir()} <= there
    assert not (tmp_path.parent / "outside.sqlite").exists()


def test_no_backup_is_written_over_another(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("precious")
    with pytest.raises(StoreError, match="is there already"):
        back_up(folder, None, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "precious"
    with pytest.raises(StoreError, match="nothing to back up"):
        back_up(tmp_path / "nowhere", None, tmp_path / "c.zip")
    with pytest.raises(StoreError, match=r"neither \.zip nor \.jsonl"):
        back_up(folder, None, tmp_path / "c.tar")
    assert list(tmp_path.glob(".*")) == []


def test_rows_move_from_any_database_to_any_other(
    url: str, fresh_url: str, tmp_path: Path, opened: Callable[[str], Reviews]
) -> None:
    source = opened(url)
    review = filled(source)
    other = source.begin(BO, "Another")
    log = source.changes(ANA, review.id)
    file = tmp_path / "reviews.jsonl"
    assert back_up(tmp_path, url, file).startswith("2 reviews")
    assert restore(tmp_path, fresh_url, file).startswith("2 reviews")
    target = opened(fresh_url)
    assert target.open(ANA, review.id) == review
    assert target.changes(BO, review.id) == log
    assert target.open(BO, other.id) == other
    assert target.invitation(ANA, review.id) == source.invitation(ANA, review.id)
    assert [one.id for one in target.listed(BO)] == [one.id for one in source.listed(BO)]
    with pytest.raises(StoreError, match="is in the database already"):
        restore(tmp_path, fresh_url, file)
    assert target.open(ANA, review.id) == review


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: lines[:-1], "cut off or changed"),
        (lambda lines: lines[:5] + lines[6:], "cut off or changed"),
        (lambda lines: [lines[0].replace("0001", "9999"), *lines[1:]], "tables of version 9999"),
        (lambda lines: ["{}", *lines[1:]], "no backup of reviews"),
        (lambda lines: ["Dear diary", *lines[1:]], "no whole backup"),
        (lambda _: [], "no backup of reviews"),
        (lambda lines: [line.replace('"review_answers"', '"users"') for line in lines], "is no row of a review"),
        (lambda lines: [line.replace('"ttr_weeks"', '"weeks"') for line in lines], "cannot be read"),
        (lambda lines: [line.replace('"unknown": false', '"unknown": "<"') for line in lines], "cannot be"),
    ],
)
def test_a_file_of_rows_that_cannot_be_trusted_adds_nothing(
    url: str, tmp_path: Path, opened: Callable[[str], Reviews], spoil: Callable[[list[str]], list[str]], said: str
) -> None:
    source = Reviews.in_folder(tmp_path / "source")
    filled(source)
    source.close()
    file = tmp_path / "reviews.jsonl"
    back_up(tmp_path / "source", None, file)
    file.write_text("\n".join([*spoil(file.read_text().split("\n")[:-1]), ""]))
    with pytest.raises(StoreError, match=said):
        restore(tmp_path, url, file)
    assert opened(url).listed(ANA) == []


def test_pg_dump_and_pg_restore_as_the_documentation_says(
    server: Server, tmp_path: Path, opened: Callable[[str], Reviews]
) -> None:
    url, new = server.new_database(), server.new_database()
    reviews = opened(url)
    review = filled(reviews)
    with pytest.raises(StoreError, match="pg_dump"):
        back_up(tmp_path, url, tmp_path / "b.zip")
    dump = str(server.path / "scm.dump")
    server.run("pg_dump", "--format=custom", f"--file={dump}", url)
    server.run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={new}", dump)
    assert opened(new).open(BO, review.id) == review
