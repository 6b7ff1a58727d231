"""The command line: the batch contract, one question, doctor, and no call to another machine."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant import cli
from assistant.agent import Assistant
from assistant.answer import Answer
from assistant.doctor import diagnose
from assistant.settings import NOTES, Settings
from knowledge.library import Library
from tests.knowledge.samples import write_note
from tools.risk.store import Actor, Reviews

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[[Sequence[str]], int]


@pytest.fixture
def run(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, on the library that is open already."""
    monkeypatch.setattr(cli, "_open", lambda settings, reviews, quizzes_in=None: assistant)
    return cli.main


def batch(folder: Path, *lines: object) -> Path:
    path = folder / "batch.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text + "\n", "utf-8")
    return path


def test_a_batch_gives_a_line_for_every_line_in_order(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    lines = [
        {"id": "b", "turns": ["What is lean?", "why does it matter?"], "voice": "student"},
        {"id": "a", "turns": ["What is the weather?"]},
        {"id": "é\u2028", "turns": ["What is safety\u2028stock?"]},
    ]
    assert run(["ask", "--batch", str(batch(tmp_path, *lines))]) == 0
    out = [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]
    assert [line["id"] for line in out] == ["b", "a", "é\u2028"]
    assert [len(line["answers"]) for line in out] == [2, 1, 1]
    for line in out:
        assert set(line) == {"id", "answers"}
        for answer in line["answers"]:
            Answer.model_validate(answer)
    assert out[0]["answers"][1]["citations"][0]["title"] == "Lean"
    assert out[1]["answers"][0]["kind"] == "decline"


def test_every_line_of_a_batch_is_a_conversation_of_its_own(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    alone, after = {"id": "1", "turns": ["why does it matter?"]}, {"id": "2", "turns": ["What is lean?"]}
    assert run(["ask", "--batch", str(batch(tmp_path, alone, after, alone))]) == 0
    first, _, third = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first == third


@pytest.mark.parametrize(
    "broken", ["{nonsense", "[]", '{"id": "x"}', '{"id": "x", "turns": []}', '{"id": "x", "turns": [1]}', '"text"']
)
def test_a_malformed_line_is_reported_with_its_number_and_the_rest_goes_on(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str
):
    good = {"id": "good", "turns": ["What is lean?"]}
    assert run(["ask", "--batch", str(batch(tmp_path, good, broken, good))]) == 1
    written = capsys.readouterr()
    assert [json.loads(line)["id"] for line in written.out.splitlines()] == ["good", "good"]
    assert "line 2" in written.err


def test_a_batch_that_cannot_be_read_is_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["ask", "--batch", str(tmp_path / "nowhere.jsonl")]) != 0
    written = capsys.readouterr()
    assert written.out == ""
    assert "nowhere.jsonl" in written.err


def test_one_question_is_answered_for_reading_or_as_json(run: Run, capsys: pytest.CaptureFixture[str]):
    assert run(["ask", "What is safety stock?"]) == 0
    readable = capsys.readouterr().out
    assert "[1] Safety stock" in readable
    assert run(["ask", "What is safety stock?", "--json"]) == 0
    answer = Answer.model_validate_json(capsys.readouterr().out)
    assert answer.text in readable


def test_a_wrong_setting_is_one_line_on_standard_error(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SCM_MODLE", "x")
    assert run(["ask", "What is lean?"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "SCM_MODLE" in written.err


def outward(tmp_path: Path, data: Path, *arguments: str, **settings: str) -> tuple[str, list[str]]:
    """Run a command in a process that cannot call out; return its output and the calls that it tried."""
    log = tmp_path / "outward.log"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SCM_", "HF_", "TRANSFORMERS_"))}
    env |= {
        "PYTHONPATH": f"{ROOT / 'tests/assistant/guarded'}{os.pathsep}{ROOT}",
        "OUTWARD_LOG": str(log),
        "SCM_DATA_DIR": str(data),
        **settings,
    }
    command = [sys.executable, "-m", "assistant", *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    guard, *calls = log.read_text("utf-8").splitlines()
    assert guard == "guard in place"
    return done.stdout, [call for call in calls if call != guard]


def test_a_question_is_answered_without_a_call_to_another_machine(tmp_path: Path, library: Library):
    data = tmp_path / "data"
    shutil.copytree(library.index.folder, data / "index")
    (data / "models").symlink_to(library.models.resolve(), target_is_directory=True)
    out, calls = outward(tmp_path, data, "ask", "what is safety stock", "--json")
    assert calls == []
    answer = Answer.model_validate_json(out)
    assert answer.kind == "answer"
    assert answer.citations[0].title == "Safety stock"


def test_the_first_build_makes_no_call_to_another_machine(tmp_path: Path):
    notes = tmp_path / "notes"
    shutil.copytree(NOTES / "lean-quality", notes)
    out, calls = outward(tmp_path, tmp_path / "data", "ask", "what is lean?", "--json", SCM_VAULT_DIR=str(notes))
    assert calls == []
    assert Answer.model_validate_json(out).text
    assert (tmp_path / "data" / "index").is_dir()


def test_doctor_names_each_thing_it_looked_at(tmp_path: Path):
    findings = {finding.name: finding for finding in diagnose(Settings(data_dir=tmp_path))}
    assert {"Python", "packages", "embedding weights", "data folder", "notes", "index", "model", "port"} <= set(
        findings
    )
    assert findings["embedding weights"].severity == "ok"
    assert findings["model"].severity == "ok"
    assert findings["index"].severity == "warning"
    assert all(finding.remedy for finding in findings.values() if finding.severity != "ok")


def test_doctor_finds_what_is_wrong_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    wrong = Settings(model="openai:gpt-5-mini", data_dir=tmp_path / "file" / "x", vault_dir=tmp_path / "empty")
    findings = {finding.name: finding for finding in diagnose(wrong)}
    for name in ("data folder", "notes", "model"):
        assert findings[name].severity == "error"
        assert findings[name].remedy
    assert "OPENAI_API_KEY" in findings["model"].message


def test_doctor_names_each_note_with_an_error_and_what_to_do(tmp_path: Path):
    write_note(tmp_path, "Safety stock")
    (tmp_path / "mine.md").write_text("no front matter")
    found = [one for one in diagnose(Settings(data_dir=tmp_path, vault_dir=tmp_path)) if one.name == "notes"]
    [mine] = [one for one in found if one.message.startswith("mine.md, line 1: the front matter is missing")]
    assert mine.severity == "warning"
    assert mine.remedy


def test_doctor_finds_a_busy_port_and_a_server_that_is_down(tmp_path: Path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as busy, socket.create_server(("127.0.0.1", 0)) as unused:
        port, down = busy.getsockname()[1], unused.getsockname()[1]
        unused.close()
        settings = Settings(
            data_dir=tmp_path, port=port, model="openai:test", model_base_url=f"http://127.0.0.1:{down}/v1"
        )
        findings = {finding.name: finding for finding in diagnose(settings)}
    assert findings["port"].severity == "warning"
    assert "SCM_PORT" in findings["port"].remedy
    assert findings["model"].severity == "error"
    assert str(down) in findings["model"].message


def test_doctor_prints_its_findings_and_fails_only_on_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SCM_DATA_DIR", str(tmp_path))
    assert cli.main(["doctor", "--json"]) == 0
    assert {"name", "severity", "message", "remedy"} == set(json.loads(capsys.readouterr().out)[0])
    monkeypatch.setenv("SCM_VAULT_DIR", str(tmp_path))
    assert cli.main(["doctor"]) == 1
    assert "notes" in capsys.readouterr().out


def test_a_backup_is_written_and_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SCM_DATA_DIR", str(tmp_path / "data"))
    me, file = Actor("cli", "Ana"), str(tmp_path / "all.zip")
    reviews = Reviews.in_folder(tmp_path / "data")
    kept = reviews.begin(me, "Pumps")
    assert cli.main(["backup", file]) == 0
    reviews.delete(me, kept.id)
    assert cli.main(["restore", file]) == 0
    assert reviews.open(me, kept.id).title == "Pumps"
    reviews.close()
    assert "restored" in capsys.readouterr().err
    assert cli.main(["backup", file]) == 1
    assert "is there already" in capsys.readouterr().err
