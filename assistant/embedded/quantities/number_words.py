"""Numbers in words, English and German: what counts as one, and only where it counts something."""

from dataclasses import dataclass

from assistant.embedded.quantities.lexicon import Lexicon, lexicon
from assistant.embedded.quantities.tokens import Tokens

HUNDRED, THOUSAND = 100, 1000


@dataclass(frozen=True, slots=True)
class Worded:
    """A number in words: its value, the token after it, and what must follow or precede it to count."""

    value: float
    after: int
    kind: str  # "number", "one", "article", "half" (a half of what follows), "fraction"


def read_words(tokens: Tokens, index: int) -> Worded | None:
    """Return the number in words that starts at a token."""
    words = lexicon()
    key = tokens[index].key
    if found := words.about.find(tokens, index):
        return Worded(found[0], found[1], "number")
    if key in words.data.numbers.with_half:
        return Worded(words.data.numbers.with_half[key], index + 1, "number")
    if key in words.data.numbers.half:
        return _half(tokens, index, words)
    if key in words.data.articles:
        return _after_article(tokens, index, words)
    return _number(tokens, index, words)


def _half(tokens: Tokens, index: int, words: Lexicon) -> Worded:
    after = index + 1
    return Worded(0.5, after + 1 if tokens[after].key in words.data.articles else after, "half")


def _after_article(tokens: Tokens, index: int, words: Lexicon) -> Worded | None:
    after = index + 1
    if tokens[after].key in words.data.numbers.half:
        return Worded(0.5, after + 1, "half")
    if share := fraction_word(tokens, after, 1):
        return Worded(share[0], share[1], "fraction")
    hundreds, end = _with_hundreds(tokens, 1, after, words)
    if hundreds > HUNDRED:
        return Worded(float(hundreds), end, "number")  # a hundred and twenty
    return Worded(1.0, after, "article")


def fraction_word(tokens: Tokens, index: int, count: int) -> tuple[float, int] | None:
    """Return the share that so many thirds, quarters or the like are, perhaps after a hyphen."""
    data = lexicon().data.fractions
    if tokens[index].text == "-" and tokens[index].glued:
        index += 1
    names = data.singular if count == 1 else data.plural
    part = names.get(tokens[index].key)
    return (count / part, index + 1) if part and count < part else None


def _number(tokens: Tokens, index: int, words: Lexicon) -> Worded | None:
    read = _below_hundred(tokens, index)
    if read is None:
        return None
    value, after = read
    kind = "one" if value == 1 else "number"
    if share := fraction_word(tokens, after, value):
        return Worded(share[0], share[1], "fraction")
    value, after = _with_hundreds(tokens, value, after, words)
    kind = kind if value == read[0] else "number"
    thousand = words.magnitudes.find(tokens, after)
    if thousand and thousand[0].scale == THOUSAND and value:
        start = _past_and(tokens, thousand[1], words)
        if rest := _below_hundred(tokens, start):  # a round number of thousands is read with its magnitude elsewhere
            more, after = _with_hundreds(tokens, *rest, words)
            value, kind = value * THOUSAND + more, "number"
    if found := words.and_half.find(tokens, after):
        return Worded(value + 0.5, found[1], "number")
    return Worded(float(value), after, kind)


def _with_hundreds(tokens: Tokens, value: int, after: int, words: Lexicon) -> tuple[int, int]:
    """Return a small number times a hundred, with what follows, if it says so; or the number as it is."""
    hundred = words.magnitudes.find(tokens, after)
    if not (hundred and hundred[0].scale == HUNDRED and value):
        return value, after
    value, after = value * HUNDRED, hundred[1]
    more = _below_hundred(tokens, _past_and(tokens, after, words))
    return (value + more[0], more[1]) if more else (value, after)


def _past_and(tokens: Tokens, index: int, words: Lexicon) -> int:
    return index + 1 if tokens[index].key in words.data.ranges.and_ else index


def _below_hundred(tokens: Tokens, index: int) -> tuple[int, int] | None:
    numbers, data = lexicon().small_numbers, lexicon().data.numbers
    value = numbers.get(tokens[index].key)
    if value is None:
        return None
    after = index + 1
    if tokens[index].key in data.tens:
        place = after + 1 if tokens[after].text == "-" and tokens[after].glued else after
        if tokens[place].key in data.ones:
            return value + numbers[tokens[place].key], place + 1
    return value, after
