"""Parts a message into the products that it describes, and what is asked of them."""

import re
from dataclasses import dataclass
from functools import cache

from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.products.vocabulary import vocabulary

MOST = 12
LEAST = 2
NAME_WORDS = 5
LABEL_WORDS = 6
OPENING_WORDS = 4
NAME_PIECE_WORDS = 3
JOINS = {"and", "or"}
_BULLET = re.compile(r"^\s*(?:[-*\N{BULLET}\N{EN DASH}]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)", re.IGNORECASE)
_INLINE = re.compile(r"(?:(?<=^)|(?<=[\s;:]))\(?(?:\d|[a-h])\)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[^\d\s][.!?])\s+(?=\S)|\n+")
_JOIN = re.compile(r"\s*(?:,\s*(?:and|or)\s+|,|;|\band\b|\bor\b|\bvs\.?\b|\bversus\b)\s*", re.IGNORECASE)
_OPENING = re.compile(r"^(?:we (?:sell|make|have|produce|do)|our (?:products|lines) are|i have|these are)\s+", re.I)
_CODE = re.compile(r"^(?:(?=\S*\d)(?=\S*[A-Za-z])[\w-]+\s+)+(?=[A-Za-z])")
_AFTER_BRACKET = re.compile(r"(?<=\))\s*(?:,\s*and|,|;|and|plus)\s+", re.IGNORECASE)
_LABELLED = re.compile(r"^([^:;.!?\n]{2,60}?)\s*(?::|\s[-\N{EN DASH}\N{EM DASH}])\s+(\S.*)$", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A product's name, "" if none was found, and what was told of it."""

    name: str
    text: str


def part(text: str) -> tuple[list[Part], str]:
    """Return the products of a message and the words that ask something, "" if none do."""
    told, asked = _questions(text.strip())
    items = _listed(told) or _labelled(told) or _named_pieces(told) or _bracketed(told)
    if items:
        return [_named(item) for item in items[:MOST]], asked
    listed = _enumerated(told)
    if listed:
        return [Part(name, name) for name in listed[:MOST]], asked
    return ([_named(told)] if told else []), asked


def name_of(text: str) -> str:
    """Return how a description calls its product, in a few words; "" if that cannot be told."""
    data = vocabulary().names
    text = _CODE.sub("", text.lstrip())
    words = words_of(text)
    opening = re.split(r"[,;.:!?\n]", text.strip(), maxsplit=1)[0]
    told = [word.text for word in words_of(opening)]
    plain = not {*told} & {*data.stop, *data.fillers, *data.telling} and not any(sign.isdigit() for sign in opening)
    if plain and 0 < len(told) <= OPENING_WORDS:
        return opening.strip()
    behind, weakly = ([found.last + 1 for found in find(after, words)] for after in (data.after, data.weakly_after))
    for start in (*behind, 0, *weakly):
        taken: list[str] = []
        for word in words[start:]:
            if not taken and word.text in data.fillers:
                continue
            before = text[words[start].start : word.start]
            if word.text in (*data.stop, *data.telling) or re.search(r"[,;.:!?()\n]", before) or word.text[0].isdigit():
                break
            taken.append(text[word.start : word.end])
            if len(taken) == data.most:
                break
        if taken:
            return " ".join(taken)
    return ""


def _questions(text: str) -> tuple[str, str]:
    """Split a message into what is told and what is asked; of a question that names a product, the name is told."""
    data = vocabulary().asks
    told, asked = [], []
    for sentence in _SENTENCE.split(text):
        matches = (re.match(pattern, sentence, re.IGNORECASE) for pattern in data.patterns)
        match = next(filter(None, matches), None)
        if match:
            asked.append(sentence)
            product = re.sub(data.suffix, "", match["product"], flags=re.IGNORECASE).strip(" ,?!.")
            told += [] if _points_back(product) else [product]
        elif (before := _before_question(sentence)) is not None:
            told += [before] if before else []
            asked.append(sentence[len(before) :].strip(" ,;:-"))
        elif (halves := _after_colon(sentence)) is not None:
            told.append(halves[0])
            asked.append(halves[1])
        elif "?" in sentence and _asks(sentence):
            body, question = _tail(sentence)
            told += [body] if body else []
            asked.append(question)
        else:
            told.append(sentence)
    separator = "\n" if "\n" in text else " "
    return separator.join(piece for piece in told if piece.strip()).strip(), " ".join(asked)


def _points_back(product: str) -> bool:
    """Say whether what is asked of is no name: "it", "this one please"."""
    return {word.text for word in words_of(product)} <= set(vocabulary().asks.pronouns)


def _after_colon(sentence: str) -> tuple[str, str] | None:
    """Split "tees, capsule: which is functional?"."""
    head, colon, rest = sentence.partition(":")
    return (head, rest.strip()) if colon and "?" in rest and "?" not in head and _asks(rest) else None


def _before_question(sentence: str) -> str | None:
    """Return what stands before the words at the end of a sentence that only ask; None if there are none."""
    found = _asking().search(sentence)
    head = sentence[: found.start()].rstrip(" ,;:-(\N{EN DASH}\N{EM DASH}") if found else ""
    return None if found is None or _asks(head) else head


@cache
def _asking() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s(]))(?:{'|'.join(vocabulary().asks.tails)})[\s?.!)]*$", re.IGNORECASE)


def _tail(sentence: str) -> tuple[str, str]:
    """Split "swimwear restyled each season, which chain?" into what is told and the question at its end."""
    pieces = re.split(r"[,;]\s+|\s[-\N{EN DASH}\N{EM DASH}]\s", sentence)
    for place in range(1, len(pieces)):
        rest = ", ".join(pieces[place:])
        if _asks(rest) and not any(_asks(piece) for piece in pieces[:place]):
            return ", ".join(pieces[:place]), rest
    return "", sentence


def _asks(text: str) -> bool:
    return bool(find(vocabulary().asks.words, words_of(text)))


def _listed(text: str) -> list[str]:
    """Return the items of a list with bullets or numbers, or of lines that each begin with a name and a colon."""
    lines = [line for line in text.split("\n") if line.strip()]
    marked = [_BULLET.sub("", line).strip() for line in lines if _BULLET.match(line)]
    if len(marked) >= LEAST:
        return marked
    named = [line.strip() for line in lines if (found := _LABELLED.match(line)) and _is_name(found[1])]
    if len(lines) >= LEAST and len(named) >= LEAST and len(named) >= len(lines) - 1:
        return named
    inline = [piece.strip(" ;,.\n") for piece in _INLINE.split(text)]
    if len(inline) > LEAST:
        return [piece for piece in inline[1:] if piece]
    return []


def _labelled(text: str) -> list[str]:
    """Return the items of "tees: ...; jackets: ..."."""
    pieces = [piece.strip() for piece in re.split(r"[;\n]|\.\s", text) if piece.strip()]
    named = [piece for piece in pieces if (found := _LABELLED.match(piece)) and _is_name(found[1])]
    return named if len(named) >= LEAST and len(named) == len(pieces) else []


def _named_pieces(text: str) -> list[str]:
    """Return the items of "tees, same for years; jackets, restyled each spring": each piece begins with a name."""
    data = vocabulary().names
    pieces = [piece.strip() for piece in text.strip(" .?!").split(";") if piece.strip()]
    for piece in pieces:
        name, comma, rest = piece.partition(",")
        words = {word.text for word in words_of(name)}
        figure = any(find(said.words, words_of(name)) for said in vocabulary().inputs.values())
        if figure or not (comma and rest.strip() and 0 < len(name.split()) <= NAME_PIECE_WORDS and _is_name(name)):
            return []
        if words & {*data.stop, *data.telling, *data.fillers}:
            return []
    return pieces if len(pieces) >= LEAST else []


def _bracketed(text: str) -> list[str]:
    """Return the items of "we sell tees (same for years) and a capsule (8 weeks)"."""
    opening = _OPENING.match(text)
    pieces = _AFTER_BRACKET.split(text[opening.end() :]) if opening else []
    first = pieces[0].partition("(") if pieces else ("", "", "")
    return pieces if len(pieces) >= LEAST and first[1] and _is_name(first[0]) else []


def _is_name(text: str) -> bool:
    return len(text.split()) <= LABEL_WORDS and not any(sign.isdigit() for sign in text)


def _enumerated(text: str) -> list[str]:
    """Return the names in "plain tees, runway capsule and rain jackets"; nothing where more is told of them."""
    data = vocabulary().names
    body = _OPENING.sub("", text.strip(" .?!:"))
    pieces = [piece.strip(" .") for piece in _JOIN.split(body) if piece.strip(" .")]
    spoken = {word.text for word in words_of(body)}
    tells = spoken & {*data.stop, *data.telling} - JOINS
    named = all(1 <= len(piece.split()) <= NAME_WORDS for piece in pieces) and not tells
    return pieces if len(pieces) >= LEAST + 1 and named and not re.search(r"\d|%", body) else _pair(pieces, named, body)


def _pair(pieces: list[str], named: bool, body: str) -> list[str]:
    """Return two names joined by "and" or "versus", each of two words at least or both of one."""
    if len(pieces) != LEAST or not named or re.search(r"\d|%", body):
        return []
    sizes = [len(piece.split()) for piece in pieces]
    return pieces if min(sizes) > 1 or re.search(r"\b(?:vs|versus|or)\b", body, re.IGNORECASE) else []


def _named(text: str) -> Part:
    found = _LABELLED.match(text)
    if found and _is_name(found[1]):
        return Part(found[1].strip(), text)
    return Part(name_of(text), text)
