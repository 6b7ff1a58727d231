"""The index is built once, follows the notes at the price of what changed, and survives what goes wrong."""

import errno
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge import index as index_module
from knowledge.index import NOTES_A_BATCH, VECTORS, WORDS, Index, KnowledgeIndexError, Refresh
from knowledge.library import Library
from knowledge.vault import Vault, load_vault
from knowledge.words import WordIndex
from tests.knowledge.samples import WordEmbedder, write_note

ROOT = Path(__file__).resolve().parents[2]
TITLES = ("Safety stock", "Cycle stock", "Lead time", "Fill rate")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for title in TITLES:
        write_note(folder, title)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def refreshed(folder: Path, notes: Path, embedder: WordEmbedder | None = None) -> tuple[Index, Refresh]:
    made = Index(folder, embedder or WordEmbedder())
    return made, made.refresh(load_vault(notes))


def held(index: Index) -> list[str]:
    """The key of every row that is kept (a search by nearness is approximate and may miss one of many equals)."""
    return sorted(index._collection.get()["ids"])


def titles(index: Index) -> set[str]:
    return {match.passage.title for match in index.nearest(index.embedder.query("stock"), 10_000)}


def builds(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def test_the_first_build_holds_every_passage_and_reports_progress(folder: Path, notes: Path) -> None:
    steps: list[tuple[int, int]] = []
    made = Index(folder, WordEmbedder())
    done = made.refresh(load_vault(notes), lambda *step: steps.append(step))
    assert done.embedded == len(TITLES)
    assert done.passages == len(held(made)) > 10 * len(TITLES)
    assert titles(made) == set(TITLES)
    assert steps[0] == (0, len(TITLES))
    assert steps[-1] == (len(TITLES), len(TITLES))


def test_the_nearest_passage_comes_first_with_its_cosine(folder: Path, notes: Path) -> None:
    made, _ = refreshed(folder, notes)
    best, second = made.nearest(made.embedder.query("Cycle stock is stock held against surprises."), 2)
    assert best.passage.title == "Cycle stock"
    assert best.passage.section == "Definition"
    assert best.score == pytest.approx(1, abs=1e-4)
    assert best.score > second.score


def test_the_nearest_passages_of_named_notes_are_of_those_notes(folder: Path, notes: Path) -> None:
    made, _ = refreshed(folder, notes)
    found = made.nearest(made.embedder.query("stock"), 30, ["Lead time"])
    assert {match.passage.title for match in found} == {"Lead time"}


def test_words_find_passages_in_any_form_and_nothing_where_none_is_shared(folder: Path, notes: Path) -> None:
    write_note(notes, "Risk pooling", "Combining warehouses reduces variability.")
    made, _ = refreshed(folder, notes)
    assert made.matching("warehouse combined", 3)[0].passage.title == "Risk pooling"
    assert "warehouses" in made.vocabulary
    for text in ("", "the and of", "zzzz", "供应链", "?!"):
        assert made.matching(text, 3) == []


def test_an_index_that_was_not_built_finds_nothing(folder: Path) -> None:
    empty = Index(folder, WordEmbedder())
    assert empty.nearest(empty.embedder.query("stock"), 3) == []
    assert empty.matching("stock", 3) == []
    assert not empty.vocabulary


def test_an_unchanged_vault_embeds_nothing(folder: Path, notes: Path) -> None:
    first, _ = refreshed(folder, notes)
    again = WordEmbedder()
    second, done = refreshed(folder, notes, again)
    assert again.batches == []
    assert (done.embedded, done.removed) == (0, 0)
    assert held(second) == held(first)


OPENED_OFTEN = """
import sys
from pathlib import Path
from knowledge.index import Index
from knowledge.vault import load_vault
from tests.knowledge.samples import WordEmbedder

for _ in range(10):
    Index(Path(sys.argv[1]), WordEmbedder()).refresh(load_vault(Path(sys.argv[2])))
"""


def test_an_unchanged_vault_is_opened_by_several_processes_at_once(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    named = (folder / "CURRENT").stat().st_mtime_ns
    command = [sys.executable, "-c", OPENED_OFTEN, str(folder), str(notes)]
    running = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], told
    assert (folder / "CURRENT").stat().st_mtime_ns == named


def test_a_note_that_is_only_touched_or_moved_embeds_nothing(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    (notes / "area").mkdir()
    (notes / "lead-time.md").rename(notes / "area" / "elsewhere.md")
    os.utime(notes / "fill-rate.md")
    again = WordEmbedder()
    refreshed(folder, notes, again)
    assert again.batches == []


def test_of_a_changed_vault_only_the_changed_note_is_embedded(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    write_note(notes, "Lead time", "Now it says umbrella.")
    again = WordEmbedder()
    made, done = refreshed(folder, notes, again)
    assert done.embedded == 1
    assert any("umbrella" in text for text in again.texts)
    assert len(again.texts) == len(held(made)) // len(TITLES)
    assert len(held(made)) == done.passages
    assert [match.passage.title for match in made.matching("umbrella", 5)] == ["Lead time"]


def test_an_added_note_is_embedded_alone(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    write_note(notes, "Risk pooling")
    made, done = refreshed(folder, notes)
    assert done.embedded == 1
    assert titles(made) == {*TITLES, "Risk pooling"}


def test_a_removed_note_is_gone_at_no_cost(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    (notes / "lead-time.md").unlink()
    again = WordEmbedder()
    made, done = refreshed(folder, notes, again)
    assert (done.embedded, done.removed, again.batches) == (0, 1, [])
    assert titles(made) == set(TITLES) - {"Lead time"}
    assert made.matching("lead time", 50) == [
        m for m in made.matching("lead time", 50) if m.passage.title != "Lead time"
    ]
    assert made._collection.count() == done.passages


def test_the_open_index_follows_the_notes_without_a_new_start(folder: Path, notes: Path) -> None:
    made, _ = refreshed(folder, notes)
    write_note(notes, "Lead time", "Now it says umbrella.")
    assert made.refresh(load_vault(notes)).embedded == 1
    assert made.matching("umbrella", 1)


@pytest.fixture
def many_notes(notes: Path) -> Path:
    for number in range(3 * NOTES_A_BATCH - len(TITLES)):
        write_note(notes, f"Concept {'abcdefghijklmnopqrstuvwxyz'[number]}x")
    return notes


def test_a_build_that_is_stopped_goes_on_where_it_was(folder: Path, many_notes: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        refreshed(folder, many_notes, WordEmbedder(fail_after=2))
    again = WordEmbedder()
    made, done = refreshed(folder, many_notes, again)
    assert done.embedded == NOTES_A_BATCH
    assert len(again.batches) == 1
    assert titles(made) == set(load_vault(many_notes).notes)
    assert len(held(made)) == done.passages


def test_an_update_that_is_stopped_goes_on_where_it_was(folder: Path, many_notes: Path) -> None:
    refreshed(folder, many_notes)
    for title in load_vault(many_notes).notes:
        write_note(many_notes, title, "Changed.")
    with pytest.raises(KeyboardInterrupt):
        refreshed(folder, many_notes, WordEmbedder(fail_after=1))
    made, done = refreshed(folder, many_notes)
    assert done.embedded == 2 * NOTES_A_BATCH
    assert made._collection.count() == done.passages == len(held(made))


KILLED = """
import sys, time
from pathlib import Path
from knowledge.index import Index
from knowledge.vault import load_vault
from knowledge.words import WordIndex
from tests.knowledge.samples import WordEmbedder

class Slow(WordEmbedder):
    def vectors(self, texts):
        if len(self.batches) == 2:
            print("two batches are done", flush=True)
            time.sleep(60)
        return super().vectors(texts)

Index(Path(sys.argv[1]), Slow()).refresh(load_vault(Path(sys.argv[2])))
"""


def test_a_process_killed_in_the_middle_of_a_build_loses_no_finished_note(folder: Path, many_notes: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(folder), str(many_notes)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("two batches")
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    made, done = refreshed(folder, many_notes)
    assert done.embedded == NOTES_A_BATCH
    assert len(held(made)) == done.passages


@pytest.mark.parametrize("change", ["model", "version", "long name"])
def test_an_index_of_another_kind_is_rebuilt_beside_and_swapped(
    folder: Path, notes: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    long = "sentence-transformers/" + "x" * 200
    refreshed(folder, notes, WordEmbedder(long if change == "long name" else "words@1"))
    (old,) = builds(folder)
    if change != "model":
        monkeypatch.setattr(index_module, "INDEX_VERSION", index_module.INDEX_VERSION + 1)
    embedder = {
        "model": WordEmbedder("other@1", dimension=32),
        "version": WordEmbedder(),
        "long name": WordEmbedder(long),
    }[change]
    beside: set[str] = set()
    made = Index(folder, embedder)
    done = made.refresh(load_vault(notes), lambda *step: beside.update(builds(folder)))
    assert old in beside
    assert len(beside) == 2
    assert done.embedded == len(TITLES)
    assert builds(folder) != [old]
    assert len(builds(folder)) == 1
    assert titles(made) == set(TITLES)


def test_a_swap_that_was_stopped_leaves_the_old_index_in_use(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    with pytest.raises(KeyboardInterrupt):
        refreshed(folder, notes, WordEmbedder("other@1", fail_after=0))
    again = WordEmbedder()
    refreshed(folder, notes, again)
    assert again.batches == []


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(max(64, path.stat().st_size)))


DAMAGE = {
    "Chroma's database is garbage": lambda build: garbage(build / "chroma.sqlite3"),
    "Chroma's database is cut short": lambda build: os.truncate(build / "chroma.sqlite3", 5000),
    "Chroma's database is gone": lambda build: (build / "chroma.sqlite3").unlink(),
    "the state is no JSON": lambda build: (build / "state.json").write_text("{"),
    "the state is of another shape": lambda build: (build / "state.json").write_text('{"notes": 5}'),
    "the state is binary": lambda build: garbage(build / "state.json"),
    "the state is gone": lambda build: (build / "state.json").unlink(),
    "CURRENT names nothing": lambda build: (build.parent / "CURRENT").write_text("gone"),
    "CURRENT is binary": lambda build: (build.parent / "CURRENT").write_bytes(b"\xff\xfe\x00"),
    "CURRENT leads outside": lambda build: (build.parent / "CURRENT").write_text("../../.."),
    "the build is gone": shutil.rmtree,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_answers_again_after_the_next_start(folder: Path, notes: Path, damage: object) -> None:
    first, _ = refreshed(folder, notes)
    expected = held(first)
    first._close()
    damage(folder / builds(folder)[0])  # type: ignore[operator]
    made, _ = refreshed(folder, notes)
    assert held(made) == expected
    again = WordEmbedder()
    healed, _ = refreshed(folder, notes, again)
    assert held(healed) == expected
    assert again.batches == []


def test_a_damaged_index_is_rebuilt_with_a_warning(folder: Path, notes: Path, caplog: pytest.LogCaptureFixture) -> None:
    first, _ = refreshed(folder, notes)
    first._close()
    garbage(folder / builds(folder)[0] / "chroma.sqlite3")
    with caplog.at_level(logging.WARNING):
        refreshed(folder, notes)
    assert "is damaged" in caplog.text
    assert "rebuilt" in caplog.text


def test_a_rebuild_of_a_damaged_index_that_is_stopped_goes_on_where_it_was(folder: Path, many_notes: Path) -> None:
    first, _ = refreshed(folder, many_notes)
    first._close()
    garbage(folder / builds(folder)[0] / "chroma.sqlite3")
    with pytest.raises(KeyboardInterrupt):
        refreshed(folder, many_notes, WordEmbedder(fail_after=2))
    assert refreshed(folder, many_notes)[1].embedded == NOTES_A_BATCH


def test_on_unchanged_notes_no_vector_is_read_from_chroma(
    folder: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = refreshed(folder, notes)
    question = first.embedder.query("Cycle stock is stock held against surprises.")
    expected = first.nearest(question, 20)
    with monkeypatch.context() as patch:
        patch.delattr(Index, "_read")
        again, _ = refreshed(folder, notes)
    assert again.nearest(question, 20) == expected


@pytest.mark.parametrize("damage", [garbage, Path.unlink, lambda path: os.truncate(path, 500)])
def test_a_damaged_copy_of_the_vectors_is_made_anew(folder: Path, notes: Path, damage: Callable[[Path], None]) -> None:
    first, _ = refreshed(folder, notes)
    copy = folder / builds(folder)[0] / VECTORS
    damage(copy)
    again = WordEmbedder()
    made, _ = refreshed(folder, notes, again)
    question = made.embedder.query("stock")
    assert made.nearest(question, 20) == first.nearest(question, 20)
    assert again.batches == []
    assert copy.read_bytes()[:2] == b"PK"


def test_a_copy_of_the_vectors_of_other_notes_is_not_used(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    copy = folder / builds(folder)[0] / VECTORS
    old = copy.read_bytes()
    write_note(notes, "Risk pooling")
    refreshed(folder, notes)
    copy.write_bytes(old)
    made, _ = refreshed(folder, notes)
    assert titles(made) == {*TITLES, "Risk pooling"}


def test_on_unchanged_notes_no_words_are_counted(folder: Path, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = refreshed(folder, notes)
    with monkeypatch.context() as patch:
        patch.delattr(WordIndex, "of")
        again, _ = refreshed(folder, notes)
    assert (
        again.matching("stock held against surprises", 20) == first.matching("stock held against surprises", 20) != []
    )
    assert again.vocabulary == first.vocabulary


@pytest.mark.parametrize("file", ["about.json", "vocab.index.json", "data.csc.index.npy", "indices.csc.index.npy"])
@pytest.mark.parametrize("damage", [garbage, Path.unlink, lambda path: os.truncate(path, path.stat().st_size // 2)])
def test_a_damaged_copy_of_the_words_is_made_anew(
    folder: Path, notes: Path, file: str, damage: Callable[[Path], None]
) -> None:
    first, _ = refreshed(folder, notes)
    copy = folder / builds(folder)[0] / WORDS
    whole = (copy / file).read_bytes()
    damage(copy / file)
    made, _ = refreshed(folder, notes)
    assert made.matching("stock", 20) == first.matching("stock", 20) != []
    assert made.vocabulary == first.vocabulary
    assert (copy / file).read_bytes() == whole


@pytest.mark.parametrize("file", ["data.csc.index.npy", "indices.csc.index.npy", "indptr.csc.index.npy"])
def test_a_copy_of_the_words_whose_parts_do_not_fit_is_made_anew(folder: Path, notes: Path, file: str) -> None:
    first, _ = refreshed(folder, notes)
    copy = folder / builds(folder)[0] / WORDS / file
    np.save(copy, np.load(copy)[:-1])
    assert refreshed(folder, notes)[0].matching("stock", 20) == first.matching("stock", 20) != []


def test_a_copy_of_the_words_of_other_notes_is_not_used(folder: Path, notes: Path) -> None:
    refreshed(folder, notes)
    write_note(notes, "Risk pooling")
    made, _ = refreshed(folder, notes)
    assert "Risk pooling" in {match.passage.title for match in made.matching("Risk pooling", 3)}


def test_damaged_vectors_on_disk_are_rebuilt(library: Library, data_dir: Path, tmp_path: Path) -> None:
    """Only a large index has its vectors in files of their own, so this one starts from the index of all notes."""
    shutil.copytree(data_dir / "index", tmp_path / "index")
    files = list((tmp_path / "index").glob("*/*-*-*/*.bin"))
    assert files, "no files with vectors"
    for path in (*files, *(tmp_path / "index").glob(f"*/{VECTORS}")):
        garbage(path)
    (state,) = (tmp_path / "index").glob("*/state.json")
    embedder = WordEmbedder(library.embedder.identity, dimension=384)
    made = Index(tmp_path / "index", embedder)
    done = made.refresh(library.vault)
    assert done.embedded == len(library.vault.notes)
    assert len(made.nearest(embedder.query("stock"), 50)) == 50
    assert state.parent.name


def test_a_folder_that_cannot_be_made_is_told_with_the_remedy(tmp_path: Path, notes: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KnowledgeIndexError, match=r"cannot be written.*SCM_DATA_DIR"):
        refreshed(tmp_path / "file" / "index", notes)


def test_a_full_disk_is_told_with_the_remedy(folder: Path, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnowledgeIndexError, match=r"No space left on device.*SCM_DATA_DIR"):
        refreshed(folder, notes)


READ_ONLY = """
import sys
from pathlib import Path
from knowledge.index import Index, KnowledgeIndexError
from knowledge.vault import load_vault
from knowledge.words import WordIndex
from tests.knowledge.samples import WordEmbedder
try:
    Index(Path(sys.argv[1]), WordEmbedder()).refresh(load_vault(Path(sys.argv[2])))
except KnowledgeIndexError as error:
    print(error)
"""


def as_anyone(command: list[str]) -> list[str]:
    """Return a command run without root's right to write everywhere, or skip the test."""
    if os.geteuid() != 0:
        return command
    if not shutil.which("setpriv"):
        pytest.skip("root writes everywhere, and setpriv is not installed")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]


@pytest.mark.parametrize("state", ["empty", "changed notes"])
def test_a_read_only_index_is_told_with_the_remedy_and_not_harmed(folder: Path, notes: Path, state: str) -> None:
    folder.mkdir()
    if state == "changed notes":
        refreshed(folder, notes)[0]._close()
        write_note(notes, "Lead time", "Changed.")
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.read_bytes() for path in paths if path.is_file()}
    command = as_anyone([sys.executable, "-c", READ_ONLY, str(folder), str(notes)])
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr
    assert "cannot be written" in done.stdout
    assert "SCM_DATA_DIR" in done.stdout
    assert {path: path.read_bytes() for path in paths if path.is_file()} == before


def test_many_people_search_at_once(library: Library) -> None:
    questions = [note.front.asked_as[0] for note in library.vault.notes.values()][:24]

    def ask(question: str) -> tuple[list[str], list[str]]:
        near = library.index.nearest(library.embedder.query(question), 10)
        words = library.index.matching(question, 10)
        return [m.passage.key for m in near], [m.passage.key for m in words]

    alone = [ask(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, questions * 4)) == alone * 4


def test_searches_go_on_while_the_notes_change(folder: Path, notes: Path) -> None:
    made, _ = refreshed(folder, notes)
    vaults: list[Vault] = []
    for said in ("One.", "Two.", "Three."):
        write_note(notes, "Lead time", said)
        vaults.append(load_vault(notes))
    with ThreadPoolExecutor(8) as pool:
        done = threading.Event()
        searches = [pool.submit(search_until, made, done) for _ in range(7)]
        try:
            assert [made.refresh(vault).embedded for vault in vaults] == [1, 1, 1]
        finally:
            done.set()
        assert sum(search.result() for search in searches) >= len(searches)


def search_until(index: Index, done: threading.Event) -> int:
    count = 0
    while not count or not done.is_set():
        assert index.nearest(index.embedder.query("stock held"), 5)
        assert index.matching("stock", 5)
        count += 1
    return count
