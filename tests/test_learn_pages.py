"""What the Learn page is told before a browser draws it: texts, catalogue, maps, and what was read."""

import itertools
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from assistant.pages.learning.article import article
from assistant.pages.learning.field import Fields, LearningField
from assistant.pages.learning.layout import ring
from assistant.pages.learning.map import neighbourhood, whole_field
from assistant.pages.learning.page import LearnPage
from assistant.pages.learning.signs import COLOURS, signs_of
from assistant.pages.learning.told import beside, catalogue
from knowledge.note import parse_note
from knowledge.vault import Vault, load_vault
from tests.fakes import FakeChat, served
from tests.knowledge.samples import NOTE, write_note

HARM = '<script>alert(1)</script><img src=x onerror="alert(2)">[a](javascript:alert(3))'
LIGHT, DARK = "#ffffff", "#17212b"  # what the map lies on: --surface of static/base.css


@pytest.fixture(scope="module")
def field(vault: Vault) -> LearningField:
    return LearningField(vault)


@pytest.fixture
def own(tmp_path: Path) -> Vault:
    """A vault of somebody's own, whose notes hold what should do no harm."""
    folder = tmp_path / "own"
    folder.mkdir()
    path = write_note(folder, "Pumps", HARM)
    text = path.read_text("utf-8").replace("Covers what was not expected.", f"'{HARM.replace(chr(39), '')}'")
    path.write_text(text.replace("What is it for?", f"What is {HARM}?").replace("area: inventory", "area: wet-goods"))
    return load_vault(folder)


class Tags(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


# The text of a concept


def test_a_text_holds_all_its_sections_formulas_and_references(vault):
    text = article(vault, vault.notes["Safety stock"])
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "Why it matters",
        "How it works",
        "Formula",
        "Example",
        "Compared with",
        "Pitfalls",
        "In practice",
        "Check yourself",
    ]
    assert "\\[SS = z\\,\\sigma_d\\,\\sqrt{L}\\]" in text
    assert "<dt>Not when</dt>" in text
    assert text.count("<li>") == len(vault.notes["Safety stock"].front.references)
    assert "Metric:" not in text


def test_links_in_a_text_lead_to_concept_pages_under_their_own_words(vault):
    text = article(vault, vault.notes["Safety stock"])
    assert '<a class="concept" href="/learn?concept=stockout">stockout</a>' in text
    assert "[[" not in text
    for note in vault.notes.values():
        hrefs = [attrs["href"] for tag, attrs in Tags(article(vault, note)).found if tag == "a"]
        assert len(hrefs) >= len(set(note.links)) > 0


def test_a_link_that_leads_nowhere_is_plain_words(tmp_path):
    path = tmp_path / "safety-stock.md"
    path.write_text(NOTE, encoding="utf-8")
    note = parse_note(path)
    text = article(Vault({note.title: note}, tmp_path), note)
    assert "prevents a stockout." in text
    assert "- Cycle stock: Safety" in text


def test_answers_are_folded_below_their_questions(vault):
    note = vault.notes["Safety stock"]
    tags = [tag for tag, _ in Tags(article(vault, note)).found]
    assert tags.count("details") == tags.count("summary") == len(note.questions)


def test_a_fact_that_ages_tells_its_month(vault):
    dated = next(note for note in vault.notes.values() if note.front.as_of)
    assert f"Facts as of {dated.front.as_of}." in article(vault, dated)


def test_nothing_in_a_note_of_one_s_own_is_run(own):
    text = article(own, own.notes["Pumps"])
    allowed = {"p", "dl", "div", "dt", "dd", "details", "summary", "h2", "ul", "li", "a"}
    found = Tags(text).found
    assert {tag for tag, _ in found} <= allowed
    assert not [attrs for _, attrs in found if set(attrs) - {"class", "href"}]
    assert not [attrs["href"] for tag, attrs in found if tag == "a" and not attrs["href"].startswith("/learn?concept=")]
    assert "](" not in text


def test_the_page_gives_the_text_of_a_concept_and_nothing_for_what_is_none(vault):
    page = LearnPage(SimpleNamespace(vault=vault))
    assert "of-safety-stock" in page.text('{"value": "safety-stock"}')
    assert [page.text(told) for told in ("", "{", '{"value": 3}', '{"value": "nothing"}')] == [""] * 4


# The catalogue and what stands beside


def test_the_catalogue_holds_every_concept_once_in_the_order_of_areas(field, vault):
    found = catalogue(field)
    assert sorted(one.title for one in found.concepts) == sorted(vault.notes)
    assert sum(area.concepts for area in found.areas) == len(vault.notes)
    assert [area.name for area in found.areas][:3] == ["Foundations", "Demand and forecasting", "Inventory"]
    slugs = {one.slug for one in found.concepts}
    assert {step.slug for path in found.paths for stage in path.stages for step in stage.concepts} <= slugs


def test_a_concept_knows_its_links_both_ways_its_forms_and_questions(field):
    found = beside(field, "Safety stock")
    assert "cycle-stock" in [one.slug for one in found.compared]
    assert any(one.slug == "reorder-point" and "lead time demand" in one.words for one in found.compared_by)
    assert "stress-test" in found.mentioned
    assert "inventory" in found.mentioned_by
    assert found.metrics[0].id == "safety_stock"
    assert 0 < len(found.asked) <= 3
    for title in field.vault.notes:
        assert all(one[0].isupper() and one.endswith("?") and one[-2] != "?" for one in beside(field, title).asked)


def test_a_vault_that_is_loaded_anew_gets_a_field_of_its_own(vault, own):
    fields = Fields()
    assert fields.of(vault) is fields.of(vault)
    assert fields.of(own).vault is own


# The map


def test_a_ring_gives_every_name_a_line_of_its_own():
    places = ring("middle", [f"concept {number}" for number in range(27)])
    assert places["middle"] == (0, 0)
    for side in (1, -1):
        heights = sorted(y for x, y in places.values() if x * side > 0)
        gaps = [after - before for before, after in itertools.pairwise(heights)]
        assert min(gaps) > 0.9 * max(gaps) > 0


def test_the_neighbourhood_is_what_links_to_and_from_a_concept(field):
    found = neighbourhood(field, "Safety stock", 1)
    near = {one.slug for one in found.spots if one.step == 1}
    assert {"cycle-stock", "stress-test", "inventory"} <= near
    assert len(near) == len(field.links["Safety stock"].near)
    assert {one.relation for one in found.spots} == {"", "compared", "mentioned here", "mentions this"}
    assert found.summary.startswith(f"{len(near)} concepts one step from Safety stock")


def test_two_steps_hold_one_step(field):
    one, two = (neighbourhood(field, "Cold chain", steps) for steps in (1, 2))
    assert {spot.slug for spot in one.spots} < {spot.slug for spot in two.spots}
    assert {spot.step for spot in two.spots} == {0, 1, 2}


def test_the_whole_field_is_the_same_each_time_and_no_two_concepts_share_a_place(field, vault):
    found, again = whole_field(field), whole_field(field)
    assert found == again
    assert len({(one.x, one.y) for one in found.spots}) == len(vault.notes)
    assert all(-1 <= one.x <= 1 and -1 <= one.y <= 1 for one in found.spots)


def test_concepts_of_one_area_stand_together(field, vault):
    spots = whole_field(field).spots
    area = {one.slug: vault.note(one.slug).front.area for one in spots}
    own = 0
    for one in spots:
        near = sorted(spots, key=lambda other, one=one: (other.x - one.x) ** 2 + (other.y - one.y) ** 2)[1:4]
        own += sum(area[other.slug] == area[one.slug] for other in near)
    assert own / (3 * len(spots)) > 0.5


def test_a_map_draws_each_concept_and_each_link_once(field):
    found = whole_field(field)
    marks = [trace for trace in found.figure["data"] if trace["mode"] == "markers"]
    lines = [trace for trace in found.figure["data"] if trace["mode"] == "lines"]
    assert sorted(slug for trace in marks for slug in trace["customdata"]) == sorted(one.slug for one in found.spots)
    pairs = {frozenset((title, other)) for title, links in field.links.items() for other in links.near}
    assert sum(len(trace["x"]) // 3 for trace in lines) == len(pairs)
    assert {trace["line"]["dash"] for trace in lines} == {"solid", "dot"}


def test_no_two_areas_share_a_sign_and_all_can_be_seen(field):
    signs = signs_of([area.id for area in field.areas])
    assert len(set(signs.values())) == len(signs)
    assert min(contrast(colour, behind) for colour in COLOURS for behind in (LIGHT, DARK)) >= 3


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_a_note_of_one_s_own_puts_no_markup_into_the_map(own):
    found = whole_field(LearningField(own))
    assert "<script" not in found.model_dump_json()
    assert "<img" not in found.model_dump_json()
    assert found.areas[0].name == "Wet goods"


# Over HTTP


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    chat = FakeChat.at(tmp_path_factory.mktemp("learn"))
    yield served(chat)
    chat.history.close()
    chat.reviews.close()
    chat.quizzes.close()


@pytest.fixture
def browser(app) -> TestClient:
    """A browser that has opened the page, and so has a cookie."""
    client = TestClient(app)
    assert client.get("/learn").status_code == 200
    return client


def test_the_page_comes_framed_with_tight_headers_and_no_scripts_of_its_own(browser):
    answer = browser.get("/learn?concept=safety-stock")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert 'aria-current="page">Learn</a>' in answer.text
    assert "onclick" not in answer.text.partition("<gradio-app")[0]


def test_concepts_and_maps_are_found_by_address_title_or_alias(browser):
    for name in ("safety-stock", "Safety stock", "buffer stock"):
        assert browser.get(f"/learning/concepts/{name}").json()["title"] == "Safety stock"
    assert browser.get("/learning/map/buffer-stock?steps=1").json()["centre"] == "safety-stock"
    assert len(browser.get("/learning/map").json()["spots"]) == len(browser.get("/learning").json()["concepts"])
    assert browser.get("/learning/search", params={"text": "saftey stok"}).json()[0] == "safety-stock"


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/learning/concepts/nothing", 404, "There is no concept called “nothing”."),
        ("/learning/map/nothing", 404, "There is no concept called “nothing”."),
        ("/learning/concepts/" + "x" * 300, 404, "x…”."),
        ("/learning/map/safety-stock?steps=9", 422, "steps"),
        ("/learning/map/safety-stock?steps=two", 422, "steps"),
        ("/learning/search?text=" + "x" * 300, 422, "text"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(browser, path, status, told):
    answer = browser.get(path)
    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_what_was_read_is_kept_for_the_owner_of_the_cookie(browser, app):
    assert browser.put("/learning/reads/buffer-stock", json={"done": True}).status_code == 204
    assert browser.get("/learning/reads").json() == ["safety-stock"]
    stranger = TestClient(app)
    assert stranger.get("/learning/reads").status_code == 401
    assert stranger.put("/learning/reads/safety-stock", json={"done": True}).status_code == 401
    stranger.get("/learn")
    assert stranger.get("/learning/reads").json() == []
    assert browser.put("/learning/reads/safety-stock", json={"done": False}).status_code == 204
    assert browser.get("/learning/reads").json() == []


@pytest.mark.parametrize("body", [{}, {"done": "perhaps"}, {"done": True, "more": 1}])
def test_a_tick_that_cannot_be_read_is_refused(browser, body):
    answer = browser.put("/learning/reads/safety-stock", json=body)
    assert answer.status_code == 422
    assert browser.put("/learning/reads/nothing", json={"done": True}).status_code == 404
    assert browser.get("/learning/reads").json() == []


def test_another_site_cannot_tick_for_a_visitor(browser):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert browser.put("/learning/reads/safety-stock", headers=headers, json={"done": True}).status_code == 403
