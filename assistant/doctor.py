"""Checks that everything is in place: name, severity, message and remedy of each finding."""

import importlib.metadata
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.models import ModelError, open_model
from assistant.settings import Settings, check_writable

Severity = Literal["ok", "warning", "error"]
PYTHON = (3, 11)
PACKAGES = (
    "bm25s",
    "chromadb",
    "gradio",
    "langchain",
    "langchain-core",
    "langgraph",
    "onnxruntime",
    "pydantic",
    "sentence-transformers",
    "sqlalchemy",
    "tokenizers",
    "torch",
)
CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints.txt"


class Finding(BaseModel):
    """What was looked at, how it is, and what to do about it ("" if nothing)."""

    model_config = ConfigDict(frozen=True)

    name: str
    severity: Severity
    message: str
    remedy: str = ""


def diagnose(settings: Settings) -> list[Finding]:
    """Look at everything that the assistant needs; changes nothing but a probe file in the data folder."""
    checks = (_python, _packages, _weights, _data_folder, _notes, _index, _model, _port)
    return [finding for check in checks for finding in check(settings)]


def shown(findings: list[Finding]) -> str:
    """Return the findings as lines to read."""
    signs = {"ok": "ok     ", "warning": "warning", "error": "ERROR  "}
    lines = []
    for finding in findings:
        lines.append(f"{signs[finding.severity]}  {finding.name}: {finding.message}")
        if finding.remedy:
            lines.append(f"         -> {finding.remedy}")
    return "\n".join(lines) + "\n"


def _python(_: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON:
        yield Finding(name="Python", severity="error", message=version, remedy="Use Python 3.11 or newer.")
    else:
        yield Finding(name="Python", severity="ok", message=version)


def _packages(_: Settings) -> Iterator[Finding]:
    pins = _pins()
    missing, other = [], []
    for name in PACKAGES:
        try:
            version = importlib.metadata.version(name).partition("+")[0]
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
            continue
        if pins.get(name, version) != version:
            other.append(f"{name} {version} (tested with {pins[name]})")
    remedy = "Run make install, or pip install -c constraints.txt -e ."
    if missing:
        yield Finding(name="packages", severity="error", message=f"missing: {', '.join(missing)}", remedy=remedy)
    if other:
        yield Finding(name="packages", severity="warning", message=f"other versions: {', '.join(other)}", remedy=remedy)
    if not missing and not other:
        yield Finding(name="packages", severity="ok", message=f"{len(PACKAGES)} as tested")


def _pins() -> dict[str, str]:
    if not CONSTRAINTS.is_file():
        return {}
    lines = CONSTRAINTS.read_text("utf-8").splitlines()
    pairs = (re.split(r"==|;|\s", line) for line in lines if "==" in line and not line.startswith("#"))
    return {pair[0].lower(): pair[1] for pair in pairs}


def _weights(settings: Settings) -> Iterator[Finding]:
    from knowledge.embedding import EmbeddingError, check_weights, exported_folder, packaged_model

    if settings.embedding_model:
        found = (settings.embedding_model / "config.json").is_file()
        yield Finding(
            name="embedding weights",
            severity="ok" if found else "error",
            message=f"{settings.embedding_model}",
            remedy="" if found else "Set SCM_EMBEDDING_MODEL to the folder of a sentence-transformers model.",
        )
        return
    try:
        check_weights(packaged_model())
    except EmbeddingError as error:
        yield Finding(name="embedding weights", severity="error", message=str(error), remedy="Run make install.")
        return
    exported = exported_folder(settings.data_dir / "models").is_dir()
    state = "official hash; exported" if exported else "official hash; exported at the first start"
    yield Finding(name="embedding weights", severity="ok", message=state)


def _data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    try:
        check_writable(folder)
    except OSError as error:
        yield Finding(
            name="data folder",
            severity="error",
            message=f"{folder} cannot be written ({error.strerror})",
            remedy="Set SCM_DATA_DIR to a folder that can be written.",
        )
        return
    yield Finding(name="data folder", severity="ok", message=str(folder))


def _notes(settings: Settings) -> Iterator[Finding]:
    from knowledge.note import NoteError
    from knowledge.vault import load_vault

    try:
        vault = load_vault(settings.vault_dir)
    except NoteError as error:
        yield Finding(name="notes", severity="error", message=str(error), remedy="Mend the note or set SCM_VAULT_DIR.")
        return
    for problem in vault.problems:
        message = f"{problem.path.name}, line {problem.line}: {problem.problem}"
        yield Finding(name="notes", severity="warning", message=message, remedy=problem.remedy)
    if not vault.problems:
        yield Finding(name="notes", severity="ok", message=f"{len(vault.notes)} notes")


def _index(settings: Settings) -> Iterator[Finding]:
    current = settings.data_dir / "index" / "CURRENT"
    if current.is_file() and (current.parent / current.read_text("utf-8").strip() / "state.json").is_file():
        yield Finding(name="index", severity="ok", message="built")
    else:
        remedy = "Run python -m assistant index, or let the first start build it."
        yield Finding(name="index", severity="warning", message="not built yet", remedy=remedy)


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.model == "embedded":
        yield Finding(name="model", severity="ok", message="embedded: no key, no network")
        return
    try:
        open_model(settings, None)
    except ModelError as error:
        yield Finding(name="model", severity="error", message=str(error), remedy="Or set SCM_MODEL=embedded.")
        return
    if settings.model_base_url and not _answers(settings.model_base_url):
        yield Finding(
            name="model",
            severity="error",
            message=f"no server answers at {settings.model_base_url}",
            remedy="Start it, or mend SCM_MODEL_BASE_URL.",
        )
        return
    yield Finding(name="model", severity="ok", message=f"{settings.model}: questions are sent to its provider")


def _answers(address: str) -> bool:
    match = re.match(r"(https?)://([^/:]+)(?::(\d+))?", address)
    if not match:
        return False
    port = int(match[3] or (443 if match[1] == "https" else 80))
    try:
        with socket.create_connection((match[2], port), timeout=3):
            return True
    except OSError:
        return False


def _port(settings: Settings) -> Iterator[Finding]:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            yield Finding(
                name="port",
                severity="warning",
                message=f"{settings.host}:{settings.port} cannot be used ({error.strerror})",
                remedy="Stop what runs there, or set SCM_PORT to another.",
            )
            return
    yield Finding(name="port", severity="ok", message=f"{settings.host}:{settings.port} is free")
