"""The stores that the tests run on: a SQLite file, and a private PostgreSQL where it is installed."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, delete

from tests.tools.risk.store.postgresql import NoPostgresError, Server, private_server
from tools.risk.review import Review
from tools.risk.store import Actor, Reviews
from tools.risk.store.database import address_of
from tools.risk.store.tables import REVIEWS

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server; what its own crash would lose is not what these tests are about, so it does not wait."""
    try:
        with private_server("fsync=off", "full_page_writes=off", "max_connections=150") as running:
            yield running
    except NoPostgresError as error:
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            pytest.fail(f"REQUIRE_POSTGRES=1 is set: {error}")
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def shared_database(server: Server) -> str:
    url = server.new_database()
    Reviews(url).close()
    return url


@pytest.fixture(scope="session")
def emptier(shared_database: str) -> Iterator[Engine]:
    """One engine for the whole session, with which the shared database is emptied before each test."""
    engine = create_engine(address_of(shared_database), pool_pre_ping=True)  # a test ends the server in between
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    Reviews.in_folder(folder).close()
    return folder / "reviews.sqlite"


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the tables of reviews, and no review in it."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "reviews.sqlite")
        return f"sqlite:///{tmp_path / 'reviews.sqlite'}"
    address: str = request.getfixturevalue("shared_database")
    engine: Engine = request.getfixturevalue("emptier")
    with engine.begin() as connection:  # what belongs to a review goes with it; truncating would take ten times as long
        connection.execute(delete(REVIEWS))
    return address


@pytest.fixture(params=DATABASES)
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.sqlite'}"
    running: Server = request.getfixturevalue("server")
    return running.new_database()


@pytest.fixture
def opened() -> Iterator[Callable[[str], Reviews]]:
    """Opens stores, and closes them after the test."""
    there: list[Reviews] = []

    def open_store(url: str) -> Reviews:
        there.append(Reviews(url))
        return there[-1]

    yield open_store
    for store in there:
        store.close()


@pytest.fixture
def reviews(url: str, opened: Callable[[str], Reviews]) -> Reviews:
    return opened(url)


ANA, BO, EVE = Actor("key of ana", "Ana"), Actor("key of bo", "Bo"), Actor("key of eve", "Eve")


@pytest.fixture
def review(reviews: Reviews) -> Review:
    """A review that Ana leads and Bo takes part in."""
    begun = reviews.begin(ANA, "Pump factory")
    return reviews.join(BO, reviews.invitation(ANA, begun.id))
