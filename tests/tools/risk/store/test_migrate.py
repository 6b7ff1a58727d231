"""The tables: made once however many open together, brought from old versions to new ones, refused if newer."""

import shutil
import sqlite3
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from benchmarks.forked import forked
from tests.tools.risk.store.conftest import ANA, BO
from tools.risk.review import Given
from tools.risk.store import Actor, Reviews, StoreError
from tools.risk.store.database import Database
from tools.risk.store.migrate import HEAD, SCRIPTS, VERSION_TABLE, schema_of
from tools.risk.store.tables import Base

FIRST = Path(__file__).with_name("first_version.sql")
NEXT = '''"""A version that a test adds: a review gets a colour, and the title an index."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("review_reviews") as table:
        table.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default="blue"))
        table.alter_column("status", existing_type=sa.String(10), type_=sa.String(20))
    {then}
'''


def test_the_migrations_lead_to_the_tables_that_the_program_knows(fresh_url: str) -> None:
    database = Database(fresh_url)
    with database.read() as connection:
        made = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        assert compare_metadata(made, Base.metadata) == []
        assert schema_of(connection) == HEAD
    database.close()
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]


def open_together(url: str, start: Barrier, place: int) -> None:
    start.wait(60)
    store = Reviews(url)
    store.begin(Actor("together"), f"Process {place}")
    store.close()


def test_processes_that_open_a_new_database_together_all_find_it_ready(
    fresh_url: str, opened: Callable[[str], Reviews]
) -> None:
    context = forked()
    start = context.Barrier(4)
    processes = [context.Process(target=open_together, args=(fresh_url, start, place)) for place in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * 4
    titles = {one.title for one in opened(fresh_url).listed(Actor("together"))}
    assert titles == {f"Process {place}" for place in range(4)}


def first_version(folder: Path) -> Path:
    """Return a file as the first version of the program left it."""
    file = folder / "reviews.sqlite"
    connection = sqlite3.connect(file)
    connection.executescript(FIRST.read_text(encoding="utf-8"))
    connection.close()
    return file


def test_a_file_of_the_first_version_is_read_and_written(tmp_path: Path, opened: Callable[[str], Reviews]) -> None:
    reviews = opened(f"sqlite:///{first_version(tmp_path)}")
    (summary,) = reviews.listed(ANA)
    review = reviews.open(BO, summary.id)
    assert (review.title, review.status, len(review.participants)) == ("Kept since the first version", "open", 2)
    assert [(one.question, one.value, one.by) for one in review.answers] == [
        ("1.1", "Pumps & <valves>", "Ana"),
        ("1.2", None, "Bo"),
    ]
    assert [one.name for one in review.nodes] == ["Casting"]
    assert [one.text for one in review.comments] == ["A remark"]
    assert len(reviews.changes(ANA, review.id)) == review.revision
    changed = reviews.answer(ANA, review.id, "1.1", Given(value="Pumps"), review.answers[0].version)
    assert reviews.open(ANA, review.id).answers[0] == changed


@pytest.fixture
def next_scripts(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a folder of migrations with one more version, which ends with a statement of the test."""

    def write(then: str) -> Path:
        scripts = tmp_path / "scripts"
        shutil.rmtree(scripts, ignore_errors=True)
        shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "v0002_next.py").write_text(NEXT.format(then=then))
        return scripts

    return write


def test_a_new_version_keeps_every_row_and_an_old_program_refuses_it(
    url: str, opened: Callable[[str], Reviews], next_scripts: Callable[[str], Path]
) -> None:
    before = opened(url)
    review = before.begin(ANA, "Carried over")
    before.answer(ANA, review.id, "1.1", Given(value="pumps"), 0)
    kept = before.open(ANA, review.id)
    scripts = next_scripts('op.create_index("ix_next", "review_reviews", ["title"])')
    database = before._database
    try:
        database.bring_up_to_date(scripts, "0002")
        with database.read() as connection:
            assert schema_of(connection) == "0002"
            assert connection.scalar(text("SELECT colour FROM review_reviews")) == "blue"
            names = {column["name"] for column in inspect(connection).get_columns("review_reviews")}
            assert names >= {"colour", "title"}
        assert before.open(ANA, review.id) == kept  # the children of the table that was rebuilt are still there
        with pytest.raises(
            StoreError, match=r"newer version of this program \(tables of version 0002.*update the program"
        ):
            Reviews(url)
    finally:
        with database.write() as connection:  # the server is shared
            connection.execute(text("DROP INDEX ix_next"))
            connection.execute(text("ALTER TABLE review_reviews DROP COLUMN colour"))
            connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{HEAD}'"))  # noqa: S608


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    url: str, opened: Callable[[str], Reviews], next_scripts: Callable[[str], Path]
) -> None:
    reviews = opened(url)
    review = reviews.begin(ANA, "Left alone")
    scripts = next_scripts('op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(StoreError, match="nowhere"):
        reviews._database.bring_up_to_date(scripts, "0002")
    with reviews._database.read() as connection:
        assert schema_of(connection) == HEAD
        assert "colour" not in {column["name"] for column in inspect(connection).get_columns("review_reviews")}
    assert opened(url).open(ANA, review.id) == review
