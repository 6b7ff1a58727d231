"""The whole product in a browser: `python app.py` with the embedded model, on the shipped notes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant.settings import NOTES
from tests.browser.conftest import ROOT, WIDE, RealServer, Visit, free_port, new_visit

EVIL = "http://outside.example"


@pytest.fixture(scope="module")
def _home(real_site: RealServer, chromium: Any) -> Iterator[Visit]:
    context = chromium.new_context(viewport=WIDE)
    yield new_visit(context).open(real_site.address)
    context.close()


@pytest.fixture
def at_home(_home: Visit) -> Iterator[Visit]:
    """The empty page of the real server, in one browser that the first tests share to save its start."""
    yield _home.fresh()
    assert _home.complaints == []
    assert _home.hosts() == {"127.0.0.1"}


def test_a_question_is_answered_with_sources_that_open(at_home):
    at_home.ask("everyone here says supply chain when they mean trucks and warehouses. is that wrong?")
    expect(at_home.last_answer).to_contain_text("upply chain")
    chip = at_home.last_answer.locator("a.cite").first
    expect(chip).to_be_visible()
    chip.click()
    expect(at_home.source.locator(".source-note")).not_to_be_empty()
    expect(at_home.source.locator("mark, .passage")).not_to_have_count(0)
    expect(at_home.source.locator(".references li")).not_to_have_count(0)


def test_a_follow_up_keeps_the_thread(at_home):
    at_home.ask("What is safety stock?")
    at_home.ask("and give me an example")
    expect(at_home.page.locator("#conversation .user-row")).to_have_count(2)
    expect(at_home.last_answer.locator(".sources")).to_contain_text("Safety stock")


def test_what_is_out_of_scope_is_declined(at_home):
    at_home.ask("What is the weather in Paris tomorrow?")
    expect(at_home.last_answer).not_to_be_empty()
    expect(at_home.last_answer.locator("a.cite")).to_have_count(0)


def test_a_message_that_is_too_long_is_refused_with_the_limit(at_home):
    at_home.ask("lead time " * 10_000)
    expect(at_home.last_answer).to_contain_text("4,000")
    at_home.ask("What is lead time?")
    expect(at_home.last_answer.locator("a.cite")).not_to_have_count(0)


def test_conversations_are_there_after_a_restart(visit, chromium, real_site):
    context = chromium.new_context()
    seen = visit(real_site.address, context=context)
    seen.ask("What is cycle stock?")
    answer = seen.last_answer.inner_text()
    real_site.stop()
    real_site.start()
    seen.complaints.clear()  # of the server that was away
    again = visit(seen.page.url, context=context)
    again.answered()
    assert again.last_answer.inner_text() == answer
    expect(again.page.locator("#conversations li > a").first).to_have_text("What is cycle stock?")
    again.ask("and give me an example")
    again.last_answer.locator("a.cite").first.click()
    expect(again.source.locator(".source-note")).to_contain_text("ycle stock")
    stranger = visit(real_site.address)
    expect(stranger.page.locator("#conversations li")).to_have_count(0)
    context.close()
    seen.complaints.clear()


def test_a_note_with_a_script_and_an_outward_image_does_no_harm(visit, data_folder, tmp_path):
    vault = tmp_path / "vault"
    for name in ("inventory/safety-stock.md", "inventory/cycle-stock.md"):
        (vault / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(NOTES / name, vault / name)
    note = vault / "inventory/safety-stock.md"
    harm = (
        f'<script>window.harmed = 1; fetch("{EVIL}/script")</script>'
        f' <img src="{EVIL}/tag.png" onerror="window.harmed=2">'
        f" ![picture]({EVIL}/picture.png) [link]({EVIL}/link) {EVIL}/bare <{EVIL}/angle>"
    )
    text = note.read_text("utf-8").replace("Safety stock is inventory held", f"{harm} Safety stock is inventory held")
    assert harm in text
    note.write_text(text, "utf-8")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to((data_folder / "models").resolve(), target_is_directory=True)
    server = RealServer({"SCM_VAULT_DIR": str(vault), "SCM_DATA_DIR": str(folder)}, free_port()).start()
    try:
        seen = visit(server.address)
        seen.ask("What is safety stock?")
        seen.last_answer.locator("a.cite").first.click()
        expect(seen.source.locator(".source-note")).to_have_text("Safety stock")
        expect(seen.source).to_contain_text("<script>window.harmed")
        seen.page.wait_for_timeout(500)
        assert seen.page.evaluate("() => window.harmed") is None
        expect(seen.page.locator("gradio-app :is(script, img, a[href*='outside'])")).to_have_count(0)
        assert seen.hosts() == {"127.0.0.1"}
    finally:
        server.stop()
        seen.complaints.clear()  # of the server that is away


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SCM_PORT": "many"}, "SCM_PORT"),
        ({"SCM_COLOUR": "red"}, "SCM_COLOUR"),
        ({"SCM_HOST": "203.0.113.1"}, "203.0.113.1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_one_sentence(settings, told):
    ended = _run(settings)
    assert ended.returncode == 1
    assert told in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_busy_port_is_told_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = _run({"SCM_PORT": str(taken.getsockname()[1])})
    assert ended.returncode == 1
    assert "SCM_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("seconds", [0.5, 1.5, 4])  # while libraries load, while the index opens, when all is ready
def test_ctrl_c_ends_the_server_without_a_traceback(data_folder, seconds):
    start = "import signal, app; signal.signal(signal.SIGINT, signal.default_int_handler); app.leave(app.main())"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCM_")}
    environment |= {"SCM_DATA_DIR": str(data_folder), "SCM_PORT": str(free_port())}
    with subprocess.Popen(
        [sys.executable, "-c", start], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        try:
            assert b"http://127.0.0.1:" in server.stdout.readline()
            time.sleep(seconds)
            server.send_signal(signal.SIGINT)
            _, told = server.communicate(timeout=60)
        finally:
            server.kill()
    assert b"Traceback" not in told
    assert server.returncode == 0


def _run(settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCM_")} | settings
    return subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
