"""Nodes, lines, risks, actions, scenarios, stress runs and comments."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.tools.risk.store.conftest import ANA, BO, EVE
from tools.risk.errors import ReviewError
from tools.risk.review import Action, Node, ProductLine, Review, Risk, Scenario, Source, StressRun
from tools.risk.store import ConflictError, Reviews, checking
from tools.risk.store.errors import Item

NODE = Node(
    name="Casting <script>",
    category="castings",
    ttr_weeks=12,
    margin_per_week=40_000.5,
    sources=[Source(supplier="=SUM(A1)", country="DE", share=0.7, sub_tier=["Port of Izmir"])],
    used_in={"P1": 2},
)
ITEMS: list[Item] = [
    NODE,
    ProductLine(name="P1", demand_per_week=100),
    Risk(title="Fire", likelihood=2, impact=5, review_date=date(2027, 3, 1)),
    Action(text="Qualify a second source", due=date(2027, 6, 30), cost=0),
    Scenario(name="Port closed", kind="port", severity=0.8, weeks=3, sub_tiers=["Port of Izmir"]),
    StressRun(
        name="All nodes",
        kind="each node",
        at=datetime(2026, 11, 22, 9, tzinfo=UTC),
        settings={"seed": 7},
        result={"lost": 1.5},
    ),
]


def of_kind(review: Review, kind: str) -> list[Any]:
    return list(getattr(review, f"{kind}s"))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: type(item).__name__)
def test_an_item_lives_from_its_first_word_to_its_removal(reviews: Reviews, review: Review, item: Item) -> None:
    made = reviews.save(ANA, review.id, item)
    assert made.id
    assert made == item.model_copy(update={"id": made.id, "version": 1})
    kind = reviews.changes(ANA, review.id)[-1].what.split()[0]
    assert of_kind(reviews.open(BO, review.id), kind) == [made]
    changed = reviews.save(BO, review.id, made.model_copy(update={"note": "checked"}))
    assert changed == made.model_copy(update={"note": "checked", "version": 2})
    with pytest.raises(ConflictError, match=r"was changed meanwhile \(Bo, ") as told:
        reviews.save(ANA, review.id, made.model_copy(update={"note": "mine"}))
    assert told.value.current == changed
    with pytest.raises(ConflictError) as told:
        reviews.remove(ANA, review.id, kind, made.id, made.version)  # type: ignore[arg-type]
    assert told.value.current == changed
    reviews.remove(ANA, review.id, kind, made.id, changed.version)  # type: ignore[arg-type]
    reviews.remove(ANA, review.id, kind, made.id, changed.version)  # type: ignore[arg-type]
    assert of_kind(reviews.open(ANA, review.id), kind) == []
    with pytest.raises(ConflictError, match=r"was removed meanwhile \(Ana, ") as told:
        reviews.save(BO, review.id, changed.model_copy(update={"note": "late"}))
    assert told.value.current is None


def test_many_are_kept_in_order_or_not_at_all(reviews: Reviews, review: Review) -> None:
    made = reviews.save_all(ANA, review.id, [Node(name=f"n{number}") for number in range(1000)])
    assert [one.name for one in reviews.open(ANA, review.id).nodes] == [f"n{number}" for number in range(1000)]
    assert reviews.revision(ANA, review.id) == review.revision + 1000
    before = reviews.open(ANA, review.id)
    reviews.save(BO, review.id, made[700].model_copy(update={"ttr_weeks": 5}))
    late = [one.model_copy(update={"cover_weeks": 1}) for one in made]
    with pytest.raises(ConflictError, match="n700"):
        reviews.save_all(ANA, review.id, [*late, Node(name="new")])
    after = reviews.open(ANA, review.id)
    assert len(after.nodes) == 1000
    assert [one.name for one, old in zip(after.nodes, before.nodes, strict=True) if one != old] == ["n700"]


def test_a_mixture_of_new_changed_and_unchanged_items(reviews: Reviews, review: Review) -> None:
    node, line = reviews.save_all(ANA, review.id, [NODE, ITEMS[1]])
    revision = reviews.revision(ANA, review.id)
    saved = reviews.save_all(BO, review.id, [node, line.model_copy(update={"note": "x"}), Node(name="third")])
    assert [one.version for one in saved] == [1, 2, 1]
    assert reviews.revision(ANA, review.id) == revision + 2
    assert reviews.changes(ANA, review.id, revision)[0].before == {"note": ""}


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([Node(name="a", id="nowhere", version=1)], "no node 'nowhere'.*leave its id blank"),
        ([Node.model_construct(**{**NODE.model_dump(), "ttr_weeks": -3})], "ttr_weeks: -3 cannot be taken"),
        ([Node.model_construct(**{**NODE.model_dump(), "alternate_share": 1.2})], r"alternate_share: 1\.2"),
        ([Node.model_construct(**{**NODE.model_dump(), "name": ""})], "name"),
        ([NODE, Node.model_construct(**{**NODE.model_dump(), "cover_weeks": float("nan")})], "cover_weeks: nan"),
        ([ITEMS[5].model_copy(update={"result": {"tts": [1.0, float("inf")]}})], "only finite numbers"),
        ([ITEMS[5].model_copy(update={"result": {"text": "x" * 2_000_000}})], "at most 2,000,000"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_changes(
    reviews: Reviews, review: Review, items: list[Item], said: str
) -> None:
    with pytest.raises(ReviewError, match=said):
        reviews.save_all(ANA, review.id, items)
    assert reviews.open(ANA, review.id) == review


def test_an_item_sent_twice_is_refused(reviews: Reviews, review: Review) -> None:
    made = reviews.save(ANA, review.id, NODE)
    with pytest.raises(ReviewError, match="is there twice"):
        reviews.save_all(ANA, review.id, [made, made])


def test_an_item_of_another_review_is_not_reached(reviews: Reviews, review: Review) -> None:
    other = reviews.begin(BO, "Another")
    theirs = reviews.save(BO, other.id, NODE)
    with pytest.raises(ReviewError, match="no node"):
        reviews.save(ANA, review.id, theirs.model_copy(update={"name": "mine"}))
    with pytest.raises(ReviewError, match="no node"):
        reviews.remove(ANA, review.id, "node", theirs.id, 1)
    assert reviews.open(BO, other.id).nodes == [theirs]


def test_there_is_room_for_so_many(reviews: Reviews, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checking.ITEMS_AT_MOST, "node", 3)
    reviews.save_all(ANA, review.id, [Node(name=str(number)) for number in range(2)])
    with pytest.raises(ReviewError, match="room for 3 nodes; 2 are there, 2 would be added"):
        reviews.save_all(ANA, review.id, [Node(name="a"), Node(name="b")])
    assert len(reviews.open(ANA, review.id).nodes) == 2


def test_comments_are_kept_in_order(reviews: Reviews, review: Review) -> None:
    node = reviews.save(ANA, review.id, NODE)
    said = [("", "On the whole"), ("1.1", "<script>"), (node.id, "Really?\nYes"), (node.id, "'")]
    for actor, (about, text) in zip([ANA, BO, ANA, BO], said, strict=True):
        reviews.comment(actor, review.id, about, text)
    kept = reviews.open(BO, review.id).comments
    assert [(one.about, one.text) for one in kept] == said
    assert [one.by for one in kept] == ["Ana", "Bo", "Ana", "Bo"]


@pytest.mark.parametrize(
    ("about", "text", "said"), [("", " ", "blank"), ("", "x" * 4001, "4,000"), ("gone", "x", "'gone'")]
)
def test_a_comment_that_cannot_be_kept_is_refused(
    reviews: Reviews, review: Review, about: str, text: str, said: str
) -> None:
    with pytest.raises(ReviewError, match=said):
        reviews.comment(ANA, review.id, about, text)
    assert reviews.open(ANA, review.id) == review


def test_there_is_room_for_so_many_remarks(reviews: Reviews, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.risk.store.items.COMMENTS_AT_MOST", 2)
    for number in range(2):
        reviews.comment(ANA, review.id, "", f"remark {number}")
    with pytest.raises(ReviewError, match="room for 2 comments"):
        reviews.comment(ANA, review.id, "", "one more")


def test_there_is_room_for_so_many_people(reviews: Reviews, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.risk.store.people.PARTICIPANTS_AT_MOST", 2)
    token = reviews.invitation(ANA, review.id)
    with pytest.raises(ReviewError, match="room for 2 participants"):
        reviews.join(EVE, token)
    assert reviews.join(BO, token).id == review.id


def test_half_characters_and_nul_are_replaced(reviews: Reviews, review: Review) -> None:
    made = reviews.comment(ANA, review.id, "", "a\0b\ud800c")
    assert made.text == "a?b?c"
    assert reviews.open(ANA, review.id).comments == [made]
    node = reviews.save(ANA, review.id, Node(name="a\0b"))
    assert reviews.open(ANA, review.id).nodes == [node]
    assert node.name == "a?b"


def test_a_removed_item_comes_back_under_its_id_with_its_comments(reviews: Reviews, review: Review) -> None:
    node = reviews.save(ANA, review.id, Node(name="Casting", ttr_weeks=9))
    reviews.comment(BO, review.id, node.id, "Nine weeks are old")
    reviews.remove(ANA, review.id, "node", node.id, node.version)
    back = reviews.bring_back(BO, review.id, node)
    assert (back.id, back.version, back.ttr_weeks) == (node.id, node.version + 1, 9)
    seen = reviews.open(ANA, review.id)
    assert (seen.nodes, [one.about for one in seen.comments]) == ([back], [node.id])
    assert reviews.bring_back(ANA, review.id, node) == back  # two undo at once: it is there once
    assert reviews.open(ANA, review.id) == seen
    with pytest.raises(ReviewError, match="no node 'never'"):
        reviews.bring_back(ANA, review.id, node.model_copy(update={"id": "never"}))
