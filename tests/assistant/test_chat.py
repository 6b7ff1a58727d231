"""The assistant behind the web chat, before it is loaded: which stores it opens, and what it says where it cannot."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.chat import PROBLEMS_SHOWN, Chat
from assistant.settings import Settings
from tests.knowledge.samples import write_note
from tools.risk.store import Actor

Begin = Callable[..., Chat]
STORES = {
    "conversations.sqlite": "Conversations are not kept",
    "reviews.sqlite": "Risk reviews are not kept",
    "learning.sqlite": "Quizzes and progress are not kept",
}


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Make a chat over a vault without notes, which takes no time."""
    made: list[Chat] = []
    (tmp_path / "vault").mkdir()

    def start(**options: object) -> Chat:
        made.append(Chat(Settings(**{"data_dir": tmp_path / "data", "vault_dir": tmp_path / "vault", **options})))
        return made[-1]

    yield start
    for chat in made:
        chat.close()


def not_kept(chat: Chat) -> list[str]:
    return [notice for notice in chat.status().notices if "not kept" in notice]


def test_each_note_with_an_error_is_named_on_the_page_and_in_the_log(
    begin: Begin, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for title in ("Safety stock", "Cycle stock", "Lead time"):
        write_note(tmp_path / "vault", title)
    (tmp_path / "vault" / "mine.md").write_text("no front matter")
    path = tmp_path / "vault" / "cycle-stock.md"
    path.write_text(path.read_text("utf-8").replace("## Pitfalls", "## Pitfals"), encoding="utf-8")
    chat = begin()
    [notice] = [one for one in chat.status().notices if "in the notes" in one]
    for told in (notice, caplog.text):
        assert "mine.md, line 1: the front matter is missing" in told
        assert "unknown section 'Pitfals'" in told
    assert {"Safety stock", "Lead time"} <= set(chat.vault.notes)


def test_of_many_errors_in_notes_the_page_names_a_few_and_where_the_others_are_told(
    begin: Begin, tmp_path: Path
) -> None:
    write_note(tmp_path / "vault", "Safety stock")
    for number in range(20):
        (tmp_path / "vault" / f"mine-{number}.md").write_text("")
    [notice] = [one for one in begin().status().notices if "in the notes" in one]
    assert notice.count("front matter is missing") == PROBLEMS_SHOWN
    assert "python -m assistant doctor names each" in notice


def test_all_is_kept_in_the_data_folder(begin: Begin, tmp_path: Path) -> None:
    assert not_kept(begin()) == []
    assert {one.name for one in (tmp_path / "data").glob("*.sqlite")} == set(STORES)


def test_all_is_kept_in_the_database_where_one_is_named(begin: Begin, tmp_path: Path) -> None:
    chat = begin(database_url=f"sqlite:///{tmp_path / 'one.sqlite'}")
    assert not_kept(chat) == []
    assert (tmp_path / "one.sqlite").exists()
    assert not list((tmp_path / "data").glob("*.sqlite"))


@pytest.mark.parametrize("name", STORES)
def test_one_store_that_cannot_be_opened_is_told_and_the_others_are_kept(
    name: str, begin: Begin, tmp_path: Path
) -> None:
    (tmp_path / "data" / name).mkdir(parents=True)
    chat = begin()
    [notice] = not_kept(chat)
    assert notice.startswith(STORES[name])
    assert chat.history.begin("somebody").id
    assert chat.reviews.begin(Actor("somebody"), "Pumps").title == "Pumps"
    assert chat.quizzes.reads("somebody") == set()


def test_a_data_folder_that_cannot_be_written_is_told_once(begin: Begin, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    chat = begin(data_dir=tmp_path / "file" / "data")
    [notice] = not_kept(chat)
    assert str(tmp_path / "file" / "data") in notice
    assert chat.history.begin("somebody").id
