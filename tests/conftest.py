"""What every test starts from: no word leaves the machine, the model is exported once, the index is built once."""

from assistant.quiet import go_quiet

go_quiet()  # before any library is imported that reads the switches

import hashlib  # noqa: E402
import inspect  # noqa: E402
import ipaddress  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import socket  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

from assistant.settings import NOTES  # noqa: E402
from knowledge.embedding import OnnxEmbedder, export_onnx, open_embedder  # noqa: E402
from knowledge.library import Library, open_library  # noqa: E402
from knowledge.vault import Vault, load_vault  # noqa: E402

# The same inputs in every run, so that a change is judged by what it changes; `pytest --hypothesis-profile=search`
# looks further, at other inputs each time.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("steady")


class OutwardCallError(AssertionError):
    """A test tried to reach another machine."""


def is_local(host: Any) -> bool:
    """Tell whether a host, as it is handed to a socket, is this machine."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_outward_calls() -> Iterator[None]:
    """Refuse every connection and look-up that is not of this machine; session-wide, so that fixtures obey it too."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(family: int, address: Any) -> None:
        if family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
            raise OutwardCallError(f"a test must not call out, and this one tried {address}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(self.family, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        if not is_local(host):
            raise OutwardCallError(f"a test must not call out, and this one looked up {host!r}")
        return getaddrinfo(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(scope="session")
def kept_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that outlives the session: what is slow to make is made there once."""
    cache = getattr(request.config, "cache", None)
    return Path(cache.mkdir("scm-assistant")) if cache else tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="session")
def models_dir(kept_folder: Path) -> Path:
    """The exported model, to be read and never changed; exported again whenever the code that exports it changes."""
    made_by = hashlib.sha256(inspect.getsource(export_onnx).encode()).hexdigest()[:12]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw0")  # two must not export into one folder
    folder = kept_folder / f"models-{made_by}{worker}"
    open_embedder(folder)
    return folder


@pytest.fixture(scope="session")
def embedder(models_dir: Path) -> OnnxEmbedder:
    """The model that serves."""
    opened = open_embedder(models_dir)
    assert isinstance(opened, OnnxEmbedder)
    return opened


@pytest.fixture(scope="session")
def vault() -> Vault:
    """The notes that are shipped."""
    return load_vault(NOTES)


@pytest.fixture(scope="session")
def data_dir(kept_folder: Path, models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of this session with the model and the index of the last session in it, brought up to date."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "models").symlink_to(models_dir.resolve(), target_is_directory=True)
    if (kept_folder / "index").is_dir():
        shutil.copytree(kept_folder / "index", folder / "index")
    return folder


@pytest.fixture(scope="session")
def library(kept_folder: Path, data_dir: Path) -> Library:
    """The shipped notes with their index, their names and what was learned; to be read and never changed."""
    opened = open_library(NOTES, data_dir)
    if opened.refresh.embedded or opened.refresh.removed:
        keep_index(data_dir / "index", kept_folder / "index")
    return opened


def keep_index(made: Path, kept: Path) -> None:
    """Copy an index for the next session; a session that runs beside this one sees all of it or nothing."""
    scratch = kept.with_name(f"index-{os.getpid()}")
    shutil.copytree(made, scratch, dirs_exist_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    try:
        scratch.rename(kept)
    except OSError:  # the other session was faster
        shutil.rmtree(scratch, ignore_errors=True)
