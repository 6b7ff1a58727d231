"""Starts the processes that are measured, talks to them, and reads their time and memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent


class MeasureError(RuntimeError):
    """A process failed; the message is what it said last."""


def environment(**more: str) -> dict[str, str]:
    """Return the variables that every participant gets: none of ours but those given, and nothing that phones home."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SCM_", "LANGSMITH", "LANGCHAIN"))
    }
    fixed = {
        "PYTHONPATH": str(ROOT),
        "HF_HUB_OFFLINE": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "GRADIO_ANALYTICS_ENABLED": "False",
    }
    return kept | fixed | more


def whole_process(arguments: Sequence[str], **more: str) -> float:
    """Run Python with arguments to its end and return the seconds that the whole process took.

    Raises:
        MeasureError: when it fails or prints nothing where it should.
    """
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment(**more), capture_output=True, text=True, check=False
    )
    took = perf_counter() - start
    if done.returncode:
        raise MeasureError(_last_line(done.stderr))
    return took


class Participant:
    """One participant in a process of its own; see participants.py."""

    def __init__(self, name: str, data: Path, log: Path):
        self.name, self._log = name, log
        with log.open("w", encoding="utf-8") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.participants", name, str(data)],
                cwd=ROOT,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._read()

    def turn(self, conversation: str, question: str) -> float:
        """Return the seconds that an answer took inside the process."""
        return float(self._tell({"conversation": conversation, "question": question})["seconds"])

    def together(self, people: Sequence[Sequence[str]]) -> dict[str, Any]:
        """Let people talk at once; see participants.together."""
        return self._tell({"people": people})

    def memory(self) -> int:
        """Return the bytes that the process holds."""
        return memory(self._process.pid)

    def close(self) -> None:
        """End the process."""
        stop(self._process)

    def _tell(self, command: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise MeasureError(f"{self.name}: {_last_line(self._log.read_text('utf-8'))}")
        return dict(json.loads(line))


@contextmanager
def participants(names: dict[str, Path], logs: Path) -> Iterator[dict[str, Participant]]:
    """Start participants, each with its data folder, one after the other; end them all afterwards."""
    running: dict[str, Participant] = {}
    try:
        for name, data in names.items():
            running[name] = Participant(name, data, logs / f"{name.replace(' ', '-')}.log")
        yield running
    finally:
        for participant in running.values():
            participant.close()


def memory(pid: int) -> int:
    """Return the resident bytes of a process and its children."""
    process = psutil.Process(pid)
    total = 0
    for part in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            total += part.memory_info().rss
    return total


def stop(process: "subprocess.Popen[str]") -> None:
    """End a process that was started here, and wait for it."""
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["it said nothing"])[-1]
