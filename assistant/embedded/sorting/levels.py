"""Reads levels and scores that stand beside the name of an axis: "supply risk high", "impact 7 of 10, risk 3"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.embedded.products.phrases import Found, Word, find
from assistant.embedded.sorting.amounts import Amount, distance, is_parted
from assistant.embedded.sorting.spoken import Levels

MOST_BETWEEN = 2
SMALL_SCALE = 10
OTHER_SIDE = {"low": "high", "high": "low", "medium": "medium"}

Told = dict[str, tuple[str | float, int, int]]
"""What is told of each axis, and the first and last word that tell it."""


@dataclass(frozen=True)
class _Mark:
    first: int
    last: int
    axis: str = ""
    value: str | float = ""


@dataclass(frozen=True)
class AxisWords:
    """The names of each axis, the words of levels, and words that turn a level round or give it to both axes."""

    axes: Mapping[str, Sequence[str]]
    levels: Levels
    negators: Sequence[str]
    both: Sequence[str] = ()


def read_levels(text: str, words: tuple[Word, ...], data: AxisWords, amounts: Sequence[Amount] = ()) -> Told:
    """Return the level, or the score of 0 to 100, of each axis that has one beside its name."""
    axes = {phrase: axis for axis, phrases in data.axes.items() for phrase in phrases}
    named = [_Mark(one.first, one.last, axis=axes[one.phrase]) for one in find(axes, words)]
    level_of = {phrase: name for name in ("low", "medium", "high") for phrase in getattr(data.levels, name)}
    spoken = [_level(one, words, level_of, data.negators) for one in find(level_of, words)]
    scores = [_Mark(one.first, one.last, value=one.value) for one in amounts if _may_score(one, words)]
    taken = {place for mark in named for place in range(mark.first, mark.last + 1)}
    free = [mark for mark in (*spoken, *scores) if not taken & set(range(mark.first, mark.last + 1))]
    marks = sorted((*named, *free), key=lambda mark: mark.first)
    told = _paired(text, words, marks)
    if not told and len({mark.axis for mark in named}) in (0, len(data.axes)):
        told = _both(words, free, data)
    return _rescaled(told)


def _level(one: Found, words: tuple[Word, ...], level_of: Mapping[str, str], negators: Sequence[str]) -> _Mark:
    level = level_of[one.phrase]
    for negator in find(negators, words[max(0, one.first - 3) : one.first]):
        if max(0, one.first - 3) + negator.last == one.first - 1:
            return _Mark(one.first, one.last, value=OTHER_SIDE[level])
    return _Mark(one.first, one.last, value=level)


def _may_score(amount: Amount, words: tuple[Word, ...]) -> bool:
    if amount.kind == "score":
        return True
    return amount.kind in ("percent", "plain") and words[amount.first].text[0].isdigit()


def _paired(text: str, words: tuple[Word, ...], marks: Sequence[_Mark]) -> Told:
    """Pair axes with levels from left to right; an axis joined to a paired one by "and" shares its level."""
    told: Told = {}
    open_: list[_Mark] = []
    place = 0
    while place < len(marks):
        one = marks[place]
        other = marks[place + 1] if place + 1 < len(marks) else None
        if other is not None and bool(one.axis) != bool(other.axis) and _beside(text, words, one, other):
            axis, value = (one.axis or other.axis), (one.value if other.axis else other.value)
            told.setdefault(axis, (value, one.first, other.last))
            if one.axis:
                _share(words, told, [mark for mark in open_ if mark.axis], one, other)
            place += 2
            continue
        if one.axis and place and one.axis not in told:
            _share_before(words, told, marks[place - 1], one)
        open_.append(one)
        place += 1
    return told


def _share(words: tuple[Word, ...], told: Told, open_: Sequence[_Mark], axis: _Mark, level: _Mark) -> None:
    """Give "impact and risk are high" the same level twice."""
    for one in open_:
        if one.axis not in told and _joined(words, one, axis):
            told[one.axis] = (level.value, one.first, level.last)


def _share_before(words: tuple[Word, ...], told: Told, before: _Mark, mark: _Mark) -> None:
    """Give "low impact and risk" the same level twice."""
    if before.axis in told and _joined(words, before, mark):
        told[mark.axis] = (told[before.axis][0], mark.first, mark.last)


def _joined(words: tuple[Word, ...], one: _Mark, other: _Mark) -> bool:
    linked = [word.text for word in words[one.last + 1 : other.first]]
    return linked in (["and"], ["und"], ["and", "the"]) or (not linked and one.last + 1 == other.first)


def _beside(text: str, words: tuple[Word, ...], one: _Mark, other: _Mark) -> bool:
    first, second = Found("", one.first, one.last), Found("", other.first, other.last)
    most = MOST_BETWEEN if one.axis else 1
    return distance(first, second) <= most and not is_parted(text, words, first, second)


def _both(words: tuple[Word, ...], free: Sequence[_Mark], data: AxisWords) -> Told:
    for both in find(data.both, words):
        near = [mark for mark in free if mark.value in OTHER_SIDE and 0 <= mark.first - both.last - 1 <= MOST_BETWEEN]
        if near:
            return dict.fromkeys(data.axes, (near[0].value, both.first, near[0].last))
    return {}


def _rescaled(told: Told) -> Told:
    """Bring plain scores of up to 10 to the scale of 100, if no score of the message is above 10."""
    scores = [value for value, _, _ in told.values() if isinstance(value, float)]
    if not scores or max(scores) > SMALL_SCALE or min(scores) < 1:
        return told
    return {
        axis: (value * SMALL_SCALE if isinstance(value, float) else value, first, last)
        for axis, (value, first, last) in told.items()
    }
