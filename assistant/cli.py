"""The command line: python -m assistant ask | eval | index | doctor | train | backup | restore."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.quiet import go_quiet
from assistant.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from assistant.agent import Assistant
    from assistant.answer import Answer
    from knowledge.library import Library
    from tools.risk.store import Actor, Reviews


class BatchLine(BaseModel):
    """A line of a batch: a conversation to be answered turn by turn; other keys are ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str
    turns: list[str] = Field(min_length=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 something was wrong with the input, 2 it could not run."""
    go_quiet()
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings()
        command: Callable[[Settings, argparse.Namespace], int] = options.command
        return command(settings, options)
    except SettingsError as error:
        return _fail(str(error))
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant", description="Supply chain management, answered from notes."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    ask = commands.add_parser("ask", help="answer a question, or a file of conversations")
    ask.add_argument("question", nargs="?", help="what to ask")
    ask.add_argument("--batch", type=Path, metavar="FILE.jsonl", help='lines {"id", "turns"}; one line of answers each')
    ask.add_argument("--json", action="store_true", help="print the whole answer as JSON")
    ask.set_defaults(command=_ask)
    evaluate = commands.add_parser("eval", help="score question sets and write a report")
    evaluate.add_argument("sets", nargs="*", metavar="SET.jsonl", help="the project's own sets if none is named")
    evaluate.add_argument("--out", help="write the Markdown report there instead of to standard output")
    evaluate.add_argument(
        "--show", choices=("tune", "held-out"), default="tune", help="half whose worst turns are shown"
    )
    evaluate.add_argument("--tune", action="store_true", help="set weights and thresholds on the tuning half")
    evaluate.set_defaults(command=_eval)
    index = commands.add_parser("index", help="build the search index, or bring it up to date")
    index.add_argument("--rebuild", action="store_true", help="forget the index and build it anew")
    index.set_defaults(command=_index)
    doctor = commands.add_parser("doctor", help="check that everything is in place")
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")
    doctor.set_defaults(command=_doctor)
    train = commands.add_parser("train", help="learn the classifiers anew from their examples")
    train.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="acts, reviewing, products, recognizer or the like; all if none is named",
    )
    train.set_defaults(command=_train)
    backup = commands.add_parser("backup", help="copy all that people entered into one file, while others work")
    backup.add_argument("file", type=Path, help="a new .zip, or .jsonl for the reviews alone")
    backup.set_defaults(command=_backup)
    restore = commands.add_parser("restore", help="put back what such a file holds; what is there is kept beside it")
    restore.add_argument("file", type=Path)
    restore.set_defaults(command=_restore)
    return parser


def _ask(settings: Settings, options: argparse.Namespace) -> int:
    if (options.question is None) == (options.batch is None):
        return _fail('give one question, or --batch FILE.jsonl: python -m assistant ask "what is safety stock?"')
    lines: list[str] = []
    if options.batch:
        try:
            lines = options.batch.read_text("utf-8-sig").split("\n")  # no other sign ends a line of JSON
        except (OSError, UnicodeDecodeError) as error:
            return _fail(f"{options.batch} cannot be read ({error}): name a UTF-8 file of JSON lines")
    if options.batch:
        return _apart(settings, lambda assistant: _batch(assistant, lines))
    assistant = _open(settings, _open_reviews(settings))
    if isinstance(assistant, int):
        return assistant
    answer = assistant.answer(options.question, actor=_local()).answer
    sys.stdout.write(answer.model_dump_json(indent=1) + "\n" if options.json else _readable(answer))
    return 0


def _batch(assistant: "Assistant", lines: Sequence[str]) -> int:
    status = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = BatchLine.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "line"
            sys.stderr.write(f'line {number}: {place}: {first["msg"]}; write {{"id": ..., "turns": [...]}}\n')
            status = 1
            continue
        history: list[Any] = []
        answers = []
        person = _stranger(str(number))
        for text in asked.turns:
            done = assistant.answer(text, history, person)
            history += done.messages
            answers.append(done.answer.model_dump(mode="json"))
        sys.stdout.write(json.dumps({"id": asked.id, "answers": answers}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return status


def _eval(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.evaluation.command import evaluate
    from assistant.evaluation.sets import SetError

    try:
        return _apart(settings, lambda assistant: evaluate(assistant, options))
    except SetError as error:
        return _fail(str(error), 1)


def _index(settings: Settings, options: argparse.Namespace) -> int:
    import resource
    import shutil
    import time

    began = time.perf_counter()
    if options.rebuild:
        shutil.rmtree(settings.data_dir / "index", ignore_errors=True)
    library = _open_library(settings)
    if isinstance(library, int):
        return library
    done, seconds = library.refresh, time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stderr.write(
        f"index ready: {len(library.vault.notes)} notes, {done.passages} passages; {done.embedded} notes embedded, "
        f"{done.removed} removed; {seconds:.1f} s, at most {memory:.0f} MB\n"
    )
    for problem in library.vault.problems:
        sys.stderr.write(f"warning: {problem}\n")
    return 0


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.doctor import diagnose, shown

    findings = diagnose(settings)
    if options.json:
        sys.stdout.write(json.dumps([finding.model_dump() for finding in findings], indent=1) + "\n")
    else:
        sys.stdout.write(shown(findings))
    return 1 if any(finding.severity == "error" for finding in findings) else 0


def _train(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.embedded import intents

    known = ("reader", "heads", *intents.NAMES, "recognizer", "products", "leaning", "usual", "trust", "changing")
    names = options.names or [name for name in known if name != "heads"]
    for name in names:
        if name not in known:
            return _fail(f"there is no classifier {name}: known ones are {', '.join(known)}")
    for name in ("reader", "heads"):
        if name in names:
            _train_reader(settings, only_heads=name == "heads")
    library = _open_library(settings)
    if isinstance(library, int):
        return library
    for name in names:
        if name not in ("reader", "heads"):
            _learn(name, library)
    return 0


def _train_reader(settings: Settings, *, only_heads: bool) -> None:
    """Train the reader; no library is opened, for that would need the one that is to be replaced."""
    from assistant.embedded.lessons import lessons
    from knowledge.embedding import open_packaged
    from knowledge.head_training import train_heads
    from knowledge.reader_training import train_reader
    from knowledge.vault import load_vault

    taught = lessons(load_vault(settings.vault_dir))
    embedder = open_packaged(settings.data_dir / "models")
    if only_heads:
        sys.stderr.write(f"learned anew: {', '.join(train_heads(taught, embedder)) or 'nothing'}\n")
    else:
        train_reader(taught, embedder)


def _learn(name: str, library: "Library") -> None:
    from assistant.embedded import intents
    from assistant.embedded.figures.changing_training import train_changing
    from assistant.embedded.figures.trust_training import train_trust
    from assistant.embedded.figures.turn import Reckoner
    from assistant.embedded.figures.usual_training import train_usual
    from assistant.embedded.leaning_training import train_leaning
    from assistant.embedded.products.training import train_products
    from assistant.evaluation.sets import first_questions
    from knowledge import classifier, recognizer

    sys.stderr.write(f"learning {name}\n")
    if name == "recognizer":
        classifier.save(recognizer.learn_recognizer(library.vault, library.embedder), recognizer.LEARNED)
    elif name == "products":
        train_products(library.embedder)
    elif name == "leaning":
        train_leaning(library, first_questions("tune"))
    elif name == "usual":
        train_usual(Reckoner(library).planner, intents.typed_rows())
    elif name == "trust":
        train_trust(Reckoner(library).planner)
    elif name == "changing":
        train_changing(Reckoner(library).planner)
    else:
        classifier.save(intents.learn_classifier(name, library), intents.DATA / f"{name}.npz")


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from tools.risk.store import backup

    return _told(backup.back_up, settings, options.file)


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from tools.risk.store import backup

    return _told(backup.restore, settings, options.file)


def _told(work: Callable[[Path, str | None, Path], str], settings: Settings, file: Path) -> int:
    """Do something with a backup, and say how it went."""
    from tools.risk.store import StoreError

    try:
        sys.stderr.write(f"{work(settings.data_dir, settings.database_url, file)}\n")
    except StoreError as error:
        return _fail(str(error), 1)
    return 0


def _local() -> "Actor":
    """Return who asks on the command line: always the same one, so that reviews are found again."""
    from tools.risk.store import Actor

    return Actor("cli", "Command line")


def _stranger(key: str) -> "Actor":
    """Return somebody who has no reviews yet: a line of a batch is a conversation of its own."""
    from tools.risk.store import Actor

    return Actor(key, "Command line")


def _apart(settings: Settings, use: "Callable[[Assistant], int]") -> int:
    """Use an assistant whose reviews and quizzes end with it: a run over many questions leaves none to people here."""
    from tools.risk.store import Reviews

    with tempfile.TemporaryDirectory(prefix="scm-assistant-", ignore_cleanup_errors=True) as scratch:
        reviews = Reviews.in_folder(Path(scratch))
        try:
            assistant = _open(settings, reviews, Path(scratch))
            return assistant if isinstance(assistant, int) else use(assistant)
        finally:
            reviews.close()


def _open_reviews(settings: Settings) -> "Reviews | None":
    """Return the store of reviews, or None after saying why there is none: other questions can still be answered."""
    from tools.risk.store import Reviews, StoreError

    try:
        if settings.database_url:
            return Reviews(settings.database_url)
        return Reviews.in_folder(settings.data_dir)
    except StoreError as error:
        sys.stderr.write(f"risk reviews cannot be kept: {error}\n")
        return None


def _open(settings: Settings, reviews: "Reviews | None", quizzes_in: Path | None = None) -> "Assistant | int":
    """Return the assistant, or the exit status after saying why there is none; without a folder it runs no quizzes."""
    library = _open_library(settings)
    if isinstance(library, int):
        return library
    from assistant.agent import Assistant
    from assistant.learning import Quizzes
    from assistant.models import ModelError, open_model

    quizzes = Quizzes.in_folder(library.vault, quizzes_in) if quizzes_in else None
    try:
        return Assistant(settings, library, open_model(settings, library), reviews, quizzes)
    except ModelError as error:
        return _fail(str(error))


def _open_library(settings: Settings) -> Any:
    from tqdm import tqdm

    from knowledge.embedding import EmbeddingError
    from knowledge.index import KnowledgeIndexError
    from knowledge.library import open_library
    from knowledge.note import NoteError

    bar: list[Any] = []

    def report(message: str, done: int, total: int) -> None:
        if total and not bar:
            bar.append(tqdm(total=total, desc=message, unit=" notes", file=sys.stderr))
        if total:
            bar[0].update(done - bar[0].n)

    try:
        return open_library(settings.vault_dir, settings.data_dir, settings.embedding_model, report)
    except (NoteError, EmbeddingError, KnowledgeIndexError) as error:
        return _fail(str(error))
    except OSError as error:
        where = settings.data_dir
        return _fail(
            f"the data folder {where} cannot be used ({error.strerror or error}): set SCM_DATA_DIR to another."
        )
    finally:
        if bar:
            bar[0].close()


def _readable(answer: "Answer") -> str:
    sources = [f"[{c.number}] {c.title}, {c.section} ({c.locator})" for c in answer.citations]
    asks = [f"- {question}" for question in answer.follow_ups]
    parts = [answer.text, "\n".join(sources), "Worth asking next:\n" + "\n".join(asks) if asks else ""]
    return "\n\n".join(part for part in parts if part) + "\n"


def _fail(message: str, status: int = 2) -> int:
    sys.stderr.write(f"{message}\n")
    return status
