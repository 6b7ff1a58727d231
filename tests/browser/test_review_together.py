"""A review in several browsers, and across a stop of the server: nothing typed is lost, nothing overwritten unseen."""

import re
import socket
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port
from tests.browser.reviewing import (  # noqa: F401 - the fixtures among them are asked for by name
    FIRST,
    actor_of,
    answer,
    begin_review,
    forgive,
    join,
    maturity,
    patience,
    review_of,
    saved,
    show,
)
from tests.fakes import FakeChat, served

HARM = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def test_two_browsers_see_each_others_answers_and_agree(begin, visit):
    seen = begin()
    other = show(join(seen, visit(), "Ben"), "1.1")
    show(seen, "1.1")
    answer(other).fill("Only spare parts")
    maturity(other, 1).check()
    theirs = seen.page.locator(".said", has_text="Ben")
    expect(theirs.locator(".value")).to_have_text("Only spare parts")
    answer(seen).fill("Pumps and spare parts")
    answer(seen).blur()
    expect(other.page.locator(".said", has_text="Ana").locator(".value")).to_have_text("Pumps and spare parts")
    expect(other.page.locator(".differ")).to_contain_text("The answers differ.")
    expect(seen.page.locator('#steps-outline a[data-q="1.1"] small')).to_contain_text("disputed")
    theirs.get_by_role("button", name="Agree on this one").click()
    for one in (seen, other):
        expect(one.page.locator('.said[data-person="team"] .value')).to_have_text("Only spare parts")
        expect(one.page.locator(".differ")).to_have_count(0)
    other.page.get_by_label("Comment on question 1.1").fill("Agreed in the call")
    other.page.get_by_role("button", name="Add the comment").click()
    expect(seen.page.locator(".remark")).to_have_text("Agreed in the call")
    seen.page.get_by_role("link", name="People & history").click()
    expect(seen.page.locator(".history")).to_contain_text(f"Ben commented on 1.1 ({FIRST.short})")
    expect(seen.page.locator(".history")).to_contain_text(f"Ana answered 1.1 ({FIRST.short}) for the team")


def test_what_is_typed_stays_while_others_change_the_review(begin, visit):
    seen = begin()
    other = show(join(seen, visit(), "Ben"), "1.1")
    show(seen, "1.1")
    answer(seen).press_sequentially("Half of a sen")
    answer(other).fill("From Ben")
    answer(other).blur()
    expect(seen.page.locator(".said", has_text="From Ben")).to_be_visible()
    expect(answer(seen)).to_be_focused()
    answer(seen).press_sequentially("tence")
    expect(answer(seen)).to_have_value("Half of a sentence")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_conflict_shows_both_versions_and_overwrites_nothing_unseen(begin, visit, choice):
    seen = begin()
    other = show(join(seen, visit(), "Ben"), "1.1")
    show(seen, "1.1")
    for one in (seen, other):
        one.page.get_by_role("button", name=re.compile("Team.s answer")).click()
        expect(one.page.locator(".main-value legend", has_text=re.compile("The team.s answer"))).to_be_visible()
    seen.page.route("**/revision", lambda route: route.abort())  # it does not hear of the other's change
    answer(other).fill("From Ben")
    answer(other).blur()
    expect(saved(other)).to_have_text(re.compile("Saved"))
    answer(seen).fill("From Ana")
    answer(seen).blur()
    conflict = seen.page.get_by_role("alert").filter(has_text="Somebody else changed this answer meanwhile.")
    expect(conflict).to_contain_text("From Ben")
    expect(conflict).to_contain_text("From Ana")
    expect(saved(seen)).to_contain_text("Not saved")
    expect(other.page.locator('.said[data-person="team"] .value')).to_have_text("From Ben")
    seen.page.unroute("**/revision")
    seen.page.reload()  # what was typed is still there, and still not sent
    expect(answer(seen)).to_have_value("From Ana")
    expect(conflict).to_contain_text("From Ben")
    seen.page.get_by_role("button", name="Keep mine on top" if choice == "mine" else "Take theirs").click()
    kept = "From Ana" if choice == "mine" else "From Ben"
    expect(answer(seen)).to_have_value(kept)
    expect(conflict).to_be_hidden()
    for one in (seen, other):
        expect(one.page.locator('.said[data-person="team"] .value')).to_have_text(kept)
    forgive(seen, "409", "ERR_FAILED")


def test_the_scope_is_asked_about_when_two_change_it(begin, visit):
    seen = begin("scope")
    other = show(join(seen, visit(), "Ben"), "scope")
    show(seen, "scope")
    seen.page.route("**/revision", lambda route: route.abort())
    other.page.get_by_label("Sites").fill("Turin")
    other.page.get_by_role("button", name="Save", exact=True).click()
    expect(saved(other)).to_have_text(re.compile("Saved"))
    seen.page.get_by_label("Sites").fill("Lyon")
    seen.page.get_by_label("Unacceptable loss in one event").fill("1,500,000")
    seen.page.get_by_role("button", name="Save", exact=True).click()
    dialog = seen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Turin")
    expect(dialog).to_contain_text("Lyon")
    dialog.get_by_role("button", name="Keep mine on top").click()
    expect(saved(seen)).to_have_text(re.compile("Saved"))
    expect(other.page.get_by_label("Sites")).to_have_value("Lyon")
    expect(other.page.get_by_label("Unacceptable loss in one event")).to_have_value("1500000")
    forgive(seen, "409", "ERR_FAILED")


class Restarted:
    """A server with a scripted chat that is stopped and started again on its port and data."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Restarted":
        import uvicorn

        self.chat = FakeChat.at(self.folder)
        self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        config = uvicorn.Config(served(self.chat), log_level="warning", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]})
        self.thread.start()
        return self

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.listener.close()
        self.chat.history.close()
        self.chat.reviews.close()


def test_what_is_typed_while_the_server_is_away_is_sent_when_it_is_back(visit, tmp_path):
    site = Restarted(tmp_path).start()
    try:
        seen = visit(f"{site.address}/review")
        seen.page.get_by_label("Title").fill("Pump factory 2027")
        seen.page.get_by_role("button", name="Begin").click()
        expect(seen.page.get_by_role("heading", name="Scope and limits")).to_be_visible()
        show(seen, "1.1")
        answer(seen).fill("Before the stop")
        answer(seen).blur()
        expect(saved(seen)).to_have_text(re.compile("Saved"))
        site.stop()
        answer(seen).fill("While it was away")
        answer(seen).blur()
        expect(saved(seen)).to_contain_text(
            "Not saved yet. The server cannot be reached. What you typed is kept in this browser"
        )
        expect(seen.page.locator("#line")).to_be_visible()
        site.start()
        expect(saved(seen)).to_have_text(re.compile(r"Saved \d\d:\d\d"), timeout=30_000)
        expect(seen.page.locator("#line")).to_be_hidden()
        seen.page.reload()
        expect(answer(seen)).to_have_value("While it was away")
        expect(seen.page.locator(".said .value")).to_have_text("While it was away")
        answers = [one.value for one in site.chat.reviews.open(actor_of(seen), review_of(seen)).answers]
        assert answers == ["While it was away"]
        seen.page.goto("about:blank")
    finally:
        site.stop()
    forgive(seen, "ERR_CONNECTION", "Failed to load resource", "Connection errored out", "Could not")


def test_harm_is_shown_as_the_text_that_it_is(begin, visit):
    seen = begin(title=HARM)
    answer(seen).fill(HARM)
    seen.page.get_by_label("Evidence: where can this be seen?").fill(HARM)
    seen.page.get_by_label("Comment on question 1.1").fill(HARM)
    seen.page.get_by_role("button", name="Add the comment").click()
    expect(seen.page.locator(".remark")).to_have_text(HARM)
    other = show(join(seen, visit(), HARM), "1.1")
    expect(other.page.locator("#review-title")).to_have_text(HARM)
    expect(other.page.locator(".said .value")).to_have_text(HARM)
    for tab in ("People & history", "Report"):
        other.page.get_by_role("link", name=tab, exact=True).click()
        expect(other.page.locator("#tab-place")).to_contain_text("onerror")
    for one in (seen, other):
        assert one.page.locator("#review img, #review script").count() == 0


def test_a_review_of_others_is_not_here(visit, scripted, begin):
    seen = begin()
    other = visit(f"{scripted.address}/review?id={review_of(seen)}")
    expect(other.page.get_by_role("heading", name="This review cannot be opened")).to_be_visible()
    expect(other.page.locator("#review")).to_contain_text("invitation link")
    other.open(f"{scripted.address}/review?invite=made-up")
    expect(other.page.locator("#review")).to_contain_text("This invitation leads nowhere any more")
    expect(other.page.get_by_label("Your name")).to_have_count(0)
    forgive(other, "404")


def test_an_invitation_says_to_what_and_leads_in_whoever_takes_part(begin, visit):
    seen = begin()
    other = join(seen, visit(), "Ben")
    assert seen.page.get_by_label("Whoever opens this link").count() == 1
    other.open(seen.page.get_by_label("Whoever opens this link").input_value())
    expect(other.page.locator("#review-title")).to_have_text("Pump factory 2027")


def test_a_copy_says_who_is_not_in_it(begin, visit):
    seen = begin()
    other = join(seen, visit(), HARM)
    other.page.get_by_role("link", name="All reviews").click()
    other.page.get_by_role("button", name=re.compile("Next year.s")).click()
    dialog = other.page.get_by_role("dialog")
    expect(dialog).to_contain_text("You lead it, and only you are in it: invite the others (Ana) again")
    dialog.get_by_role("button", name="Make the copy").click()
    expect(other.page.locator("#review-title")).to_have_text("Pump factory 2028")
    other.page.get_by_role("link", name="People & history").click()
    expect(other.page.get_by_label("Whoever opens this link")).to_be_visible()
    expect(other.page.locator(".people .names li")).to_have_count(1)
