"""What a message calls the part, supplier, site, lane or system that it tells facts of."""

import re
from collections.abc import Sequence

from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.reviewing.vocabulary import countries_in, fact_words

LABEL_WORDS = 5
_LABEL = re.compile(r"^\s*([^:;.!?\n=,]{2,60}?)\s*(?::|=|\s[-\N{EN DASH}\N{EM DASH}])\s*(?=\S)")
_END = re.compile(r"[,;.:!?()\n]|\s[-\N{EN DASH}]\s")
_LISTS = re.compile(r"\s*(?:[,(]|[.!]?\s*$)")  # "gearbox, ZF, sole source"
_SHORTENED = re.compile(r"(?:we|i|it|they|you|there|that|he|she|what|let|who|here|how)'\w+")
_CLAUSE = re.compile(r"[,;.:!?()\n]|\s[-\N{EN DASH}]\s")


def known_names(text: str, names: Sequence[str]) -> list[str]:
    """Return which of some names a text mentions, the longest where one is part of another; a plural counts."""
    said = f" {_folded(text)} "
    found = [name for name in names if _folded(name) and f" {_folded(name)} " in said]
    found += [
        name for name in names if name not in found and _short(name, names) and f" {_short(name, names)} " in said
    ]
    return [one for one in found if not any(one != other and _folded(one) in _folded(other) for other in found)]


def name_in(text: str) -> str:
    """Return the name of the node that a piece of text tells of, "" if it names none."""
    data = fact_words().naming
    label = _LABEL.match(text)
    if label:
        name = _kept(label[1])
        if name and len(name.split()) <= LABEL_WORDS:
            return name
        if not name and all(word in data.fillers for word in label[1].casefold().split()):
            return name_in(text[label.end() :])
    words = words_of(text)
    for found in find(data.after, words):
        name = _kept(_from(text, words[found.last].end))
        if name:
            return name
    for found in find(data.before, words):
        name = _kept(_until(text, words[found.first].start))
        if name:
            return name
    opening = _from(text, 0)
    listed = bool(opening) and _LISTS.match(text[text.find(opening) + len(opening) :])
    return _kept(opening) if listed else ""


def introduced(text: str) -> bool:
    """Say whether a piece of text brings a node in by its name: "then there is the filling machine"."""
    return bool(find(fact_words().naming.introduce, words_of(text)))


def bare_name(text: str) -> str:
    """Return a message that is but a name; "" if it holds words that no name has."""
    return _kept(text.strip(" .!"))


def kind_of(name: str) -> str:
    """Return the kind of node that a name stands for, "" where it does not tell."""
    last = [word.text for word in words_of(name)]
    for kind, nouns in fact_words().kinds.items():
        if last and (last[-1] in nouns or last[0] in nouns):
            return kind
    return ""


def _from(text: str, start: int) -> str:
    """Return the words from a place on, up to a mark, a number or a word that no name holds."""
    data = fact_words().naming
    taken: list[tuple[int, int]] = []
    for word in words_of(text[start:]):
        begin, end = word.start + start, word.end + start
        before = text[start if not taken else taken[-1][1] : begin]
        if not taken and word.text in data.fillers and not _END.search(before):
            continue
        through = bool(taken) and word.text == "to" and text[slice(*taken[0])].casefold() in fact_words().kinds["lane"]
        if (
            (word.text in data.stop and not through)
            or _SHORTENED.fullmatch(word.text)
            or _END.search(before)
            or word.text[0].isdigit()
            or word.text == "%"
        ):
            break
        taken.append((begin, end))
        if len(taken) == data.most:
            break
    return text[taken[0][0] : taken[-1][1]] if taken else ""


def _until(text: str, end: int) -> str:
    """Return the words that stand before a place in its clause."""
    head = text[:end]
    cuts = [found.end() for found in _CLAUSE.finditer(head)]
    begin = cuts[-1] if cuts else 0
    found = _from(text, begin)
    return found if found and text[begin:end].rstrip().endswith(found) else ""


def _kept(name: str) -> str:
    """Return a name without words that only fill, "" if nothing but common words are left."""
    data = fact_words().naming
    words = name.split()
    while words and words[0].casefold().strip("'") in data.fillers:
        words = words[1:]
    name = " ".join(words).strip(" '\"")
    folded = [word.casefold() for word in words]
    if (
        not words
        or name.casefold() in data.generic
        or all(word in data.generic | data.stop | data.fillers for word in folded)
    ):
        return ""
    if any(word in data.stop for word in folded) or any(sign.isdigit() for sign in folded[0][:1]):
        return ""
    return "" if any(country == name or name == text for country, text in _as_country(name)) else name


def _as_country(name: str) -> list[tuple[str, str]]:
    return [(country, name[start:end]) for country, start, end in countries_in(name)]


def _short(name: str, names: Sequence[str]) -> str:
    """Return the last word of a name if no other name ends so: "the controller" for "motor controller"."""
    last = _folded(name).rpartition(" ")[2]
    return last if " " in _folded(name) and sum(_folded(one).rpartition(" ")[2] == last for one in names) == 1 else ""


def _folded(text: str) -> str:
    words = re.findall(r"[^\W_]+", text.casefold())
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )
