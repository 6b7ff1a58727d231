"""A Chromium, a server with a scripted chat, and the real server, for the tests of the page."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.fakes import FakeChat, served

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MISSING = "needs Chromium (apt-get install chromium)"
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
START_SECONDS = 180


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """The browser; it must be closed after these tests, since Playwright keeps an event loop running meanwhile."""
    required = os.environ.get("REQUIRE_BROWSER") == "1"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        (pytest.fail if required else pytest.skip)(MISSING)
    if not Path(CHROMIUM).exists():
        (pytest.fail if required else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in a browser of its own, with all that it asked for and complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> "Visit":
        self.page.goto(address)
        self.page.wait_for_selector('body[data-state="idle"]')
        return self

    def ask(self, question: str, wait: bool = True) -> None:
        asked = self.page.locator("#conversation .user-row").count()
        self.page.locator("#question textarea").fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator("#conversation .user-row").nth(asked).wait_for()
        if wait:
            self.answered()

    def fresh(self) -> "Visit":
        self.page.locator("#new-conversation").click()
        self.page.wait_for_selector('body[data-page="empty"][data-state="idle"]')
        return self

    def answered(self) -> None:
        self.page.wait_for_selector('body[data-state="idle"] #conversation .message-buttons-left')

    @property
    def last_answer(self) -> Any:
        return self.page.locator("#conversation .bot-row").last

    @property
    def source(self) -> Any:
        return self.page.locator("#source-panel")

    def hosts(self) -> set[str]:
        return {urlsplit(address).hostname or "" for address in self.requests if address.startswith("http")}


def new_visit(context: Any) -> Visit:
    context.set_default_timeout(20_000)
    made = Visit(context.new_page())
    made.page.on("request", lambda request: made.requests.append(request.url))
    made.page.on("pageerror", lambda error: _note_error(made, str(error)))
    made.page.on("console", lambda line: _note(made, line))
    return made


def _note_error(made: Visit, text: str) -> None:
    if "Illegal invocation" not in text:  # a script of a page that is being left calls a function of its dead window
        made.complaints.append(text)


def _note(made: Visit, line: Any) -> None:
    cut = "AbortError" in line.text or "errored out" in line.text  # Gradio, when a page is left while it listens
    if line.type in ("error", "warning") and not cut:
        made.complaints.append(line.text)


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Open pages, each in a browser of its own unless it is given one."""
    contexts, visits = [], []

    def begin(address: str = "", context: Any = None, **options: Any) -> Visit:
        if context is None:
            context = chromium.new_context(**{"viewport": WIDE, **options})
            contexts.append(context)
        visits.append(new_visit(context))
        return visits[-1].open(address) if address else visits[-1]

    yield begin
    for context in contexts:
        context.close()
    for made in visits:
        assert made.complaints == []
        assert made.hosts() <= {"127.0.0.1"}


@dataclass
class Site:
    """A running server: its address, and the chat behind it where that is the scripted one."""

    address: str
    chat: Any = None


@pytest.fixture(scope="package")
def scripted_site(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[Site]:
    import uvicorn

    chat = FakeChat.at(tmp_path_factory.mktemp("scripted"))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(served(chat), log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", chat)
    server.should_exit = True
    thread.join()
    listener.close()
    chat.history.close()
    chat.reviews.close()


@pytest.fixture
def scripted(scripted_site: Site) -> Iterator[Site]:
    chat = scripted_site.chat
    yield scripted_site
    chat.gate.set()
    chat.ready, chat.pace, chat.notices = True, 0.0, []


@pytest.fixture(scope="package")
def _shared(scripted_site: Site, chromium: Any) -> Iterator[Visit]:
    context = chromium.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    yield new_visit(context).open(scripted_site.address)
    context.close()


@pytest.fixture
def seen(_shared: Visit, scripted: Site) -> Iterator[Visit]:
    """The empty page of the scripted chat, in one browser that these tests share to save its start."""
    yield _shared.fresh()
    assert _shared.complaints == []
    assert _shared.hosts() <= {"127.0.0.1"}


@pytest.fixture(scope="package")
def data_folder(tmp_path_factory: pytest.TempPathFactory, data_dir: Path, library: Any) -> Path:
    """A data folder for real servers with the index already in it; `library` is what made it."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(data_dir / "index", folder / "index")
    (folder / "models").symlink_to((data_dir / "models").resolve(), target_is_directory=True)
    return folder


@dataclass
class RealServer:
    """`python app.py` on a port of its own, which it keeps over restarts."""

    settings: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "RealServer":
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SCM_")}
        environment |= self.settings | {"SCM_PORT": str(self.port)}
        self.process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment)
        end = time.monotonic() + START_SECONDS
        while not self._ready():
            assert self.process.poll() is None, "the server ended while it started"
            assert time.monotonic() < end, "the server did not get ready"
            time.sleep(0.2)
        return self

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/status", timeout=2) as answer:
                return b'"ready":true' in answer.read()
        except OSError:
            return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(scope="package")
def real_site(data_folder: Path, chromium: Any) -> Iterator[RealServer]:
    server = RealServer({"SCM_DATA_DIR": str(data_folder)}, free_port()).start()
    yield server
    server.stop()
