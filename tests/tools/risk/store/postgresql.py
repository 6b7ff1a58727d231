"""A private PostgreSQL server: its own folder, a local socket, gone when the tests are."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


class NoPostgresError(RuntimeError):
    """PostgreSQL's programs are not installed, or root has no other user to run them as."""


class Server:
    """A running server; `path` is its folder, in which its socket lies too."""

    def __init__(self, path: Path, programs: Path, run_as: list[str], settings: list[str]):
        self.path = path
        self._programs, self._run_as, self._settings = programs, run_as, settings
        self.run(
            "initdb", "--pgdata", self._data, "--username=tester", "--auth=trust", "--encoding=UTF8", "--no-locale"
        )
        self.start()

    @property
    def _data(self) -> str:
        return str(self.path / "data")

    def start(self) -> None:
        options = [f"-k {self.path}", "-c listen_addresses=", *(f"-c {one}" for one in self._settings)]
        log = str(self.path / "log")
        self.run("pg_ctl", "start", "--pgdata", self._data, "--wait", "--log", log, "--options", " ".join(options))

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "stop", "--pgdata", self._data, "--wait", "--mode", mode)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://tester@/{database}?host={self.path}"

    def new_database(self) -> str:
        """Create an empty database and return its address."""
        name = f"test_{uuid4().hex[:12]}"
        self.run("createdb", "--host", str(self.path), "--username=tester", name)
        return self.url(name)

    def run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [*self._run_as, str(self._programs / program), *arguments],
            check=False,  # the log says more
            cwd=self.path,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,  # a server would keep a pipe open
            stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
        )
        if done.returncode:
            log = self.path / "log"
            raise RuntimeError(f"{program} failed: {done.stderr} {log.read_text() if log.exists() else ''}")
        return done.stdout or ""


@contextmanager
def private_server(*settings: str) -> Iterator[Server]:
    """Run a server for as long as the block lasts.

    Raises:
        NoPostgresError: where there is none.
    """
    programs = _programs()
    user = _other_user() if os.geteuid() == 0 else None
    path = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path has at most 107 characters
    try:
        path.chmod(0o755)
        run_as: list[str] = []
        if user:
            os.chown(path, user.pw_uid, user.pw_gid)
            run_as = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        server = Server(path, programs, run_as, list(settings))
        try:
            yield server
        finally:
            if (path / "data" / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: one.stat().st_mtime)
    on_path = shutil.which("initdb")
    initdb = found[-1] if found else Path(on_path).resolve() if on_path else None
    if initdb is None:
        raise NoPostgresError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return initdb.parent


def _other_user() -> pwd.struct_passwd:
    """Return a user that a server may run as, since it refuses to run as root."""
    if not shutil.which("setpriv"):
        raise NoPostgresError("PostgreSQL does not run as root, and setpriv (Debian: util-linux) is not there")
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
