"""The history of a review says what was changed by its name, also where a change holds but the fields that differ."""

import pytest

from tools.risk.changes import in_words
from tools.risk.review import Action, MakeOrBuyCase, Node, Risk
from tools.risk.store import Actor, Reviews

ME = Actor("me", "Ada")


@pytest.mark.parametrize(
    ("item", "changed", "called"),
    [
        (Node(name="Seal"), {"ttr_weeks": 9.0}, "node “Seal”"),
        (Risk(title="Fire in hall 1"), {"impact": 5}, "risk “Fire in hall 1”"),
        (Action(text="Raise the stock"), {"owner": "Maria"}, "action “Raise the stock”"),
        (MakeOrBuyCase(name="Housing"), {"volume": 10.0}, "the comparison of making and buying “Housing”"),
    ],
)
def test_a_changed_item_is_named(store: Reviews, item: Node, changed: dict[str, object], called: str) -> None:
    review_id = store.begin(ME, "Pumps").id
    kept = store.save(ME, review_id, item)
    kept = store.save(ME, review_id, kept.model_copy(update=changed))
    review = store.open(ME, review_id)
    said = [in_words(review, one) for one in store.changes(ME, review_id)][-2:]
    assert said == [f"added {called}", f"changed {called}"]


def test_an_item_that_is_gone_is_named_as_it_was(store: Reviews) -> None:
    review_id = store.begin(ME, "Pumps").id
    kept = store.save(ME, review_id, Node(name="Seal"))
    store.remove(ME, review_id, "node", kept.id, kept.version)
    review = store.open(ME, review_id)
    assert in_words(review, store.changes(ME, review_id)[-1]) == "removed node “Seal”"
