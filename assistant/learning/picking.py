"""Which questions a quiz asks: what is due first, then what was never asked, one concept and one kind after another."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from random import Random

from assistant.learning.models import Kind
from assistant.learning.question import Draft, Question

MOST = 50
_SHARE_DUE = 0.7
_WEIGHT: dict[Kind, float] = {
    "choice": 1.0,
    "true_false": 0.9,
    "term": 0.9,
    "difference": 0.7,
    "number": 1.0,
    "recall": 0.35,
}


def pick(
    drafts: Sequence[Draft], count: int, rng: Random, due: Sequence[str] = (), known: Collection[str] = ()
) -> list[Question]:
    """Return up to `count` questions; `due` and `known` are what identifies those due, and those asked before.

    Of what is due, at most seven in ten come, so that a large backlog leaves room for something new.
    """
    by_key = {draft.key: draft for draft in drafts}
    waiting = [by_key[key] for key in due if key in by_key][: max(1, round(count * _SHARE_DUE))]
    chosen = {draft.key for draft in waiting}
    fresh = [draft for draft in drafts if draft.key not in known and draft.key not in chosen]
    rest = [draft for draft in drafts if draft.key in known and draft.key not in chosen]
    found = _made(waiting, count, rng)
    concepts, kinds = Counter(one.concept for one in found), Counter(one.kind for one in found)
    for group in (fresh, rest):
        for draft in _spread(group, rng, concepts, kinds):
            if len(found) >= count:
                break
            if question := draft.make(rng):
                found.append(question)
    return _parted(found, rng)


def pick_due(drafts: Iterable[Draft], count: int, rng: Random) -> list[Question]:
    """Return questions in the order of their drafts."""
    return _parted(_made(drafts, count, rng), rng)


def _made(drafts: Iterable[Draft], count: int, rng: Random) -> list[Question]:
    found: list[Question] = []
    for draft in drafts:
        if len(found) >= count:
            break
        if question := draft.make(rng):
            found.append(question)
    return found


def _spread(drafts: Sequence[Draft], rng: Random, concepts: Counter[str], kinds: Counter[Kind]) -> Iterable[Draft]:
    """Yield drafts in turn: first concepts and kinds that had least so far, by chance among equals.

    `kinds` is counted in units of the share that a kind should have.
    """
    left = {draft.key: draft for draft in drafts}
    by_concept: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_concept.setdefault(draft.concept, []).append(draft)
    while left:
        least = min(concepts[title] for title in by_concept)
        title = rng.choice([title for title in by_concept if concepts[title] == least])
        offered: dict[Kind, list[Draft]] = {}
        for draft in by_concept[title]:
            offered.setdefault(draft.kind, []).append(draft)
        kind = min(offered, key=lambda one: (kinds[one] + rng.random()) / _WEIGHT[one])
        draft = rng.choice(offered[kind])
        by_concept[title].remove(draft)
        if not by_concept[title]:
            del by_concept[title]
        del left[draft.key]
        concepts[title] += 1
        kinds[kind] += 1
        yield draft


def _parted(questions: list[Question], rng: Random) -> list[Question]:
    """Put questions in an order in which the same concept does not follow itself, where that can be."""
    left = questions[:]
    rng.shuffle(left)
    ordered: list[Question] = []
    while left:
        last = ordered[-1].concept if ordered else ""
        following = next((one for one in left if one.concept != last), left[0])
        left.remove(following)
        ordered.append(following)
    return ordered
