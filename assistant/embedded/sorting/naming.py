"""Parts a message into the bought items that it describes, and finds what they are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.embedded.products.phrases import Word, find, words_of
from assistant.embedded.sorting.spoken import PurchaseWords, purchase_words
from assistant.embedded.sorting.typical import find_items, typical, typical_items

MOST = 40
LEAST = 2
LABEL_WORDS = 6
LIST_WORDS = 4
_BULLET = re.compile(r"^\s*(?:[-*\N{BULLET}\N{EN DASH}]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)", re.IGNORECASE)
_INLINE = re.compile(r"(?:(?<=^)|(?<=[\s;:]))\(?(?:\d{1,2}|[a-h])\)\s+", re.IGNORECASE)
_LABELLED = re.compile(r"^([^:;.!?\n=]{2,60}?)\s*(?::|=|\s[-\N{EN DASH}\N{EM DASH}]|\t)\s+(\S.*)$", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|\n+")
_COMMA = re.compile(r"\s*[,;/]\s*(?:and\s+|or\s+|und\s+|&\s*)?")
_JOIN = re.compile(r"\s*(?:[,;]\s*(?:and|or|und)?\s+|[,;]|\band\b|\bor\b|\bund\b|\boder\b|&|\bvs\.?\s|\bversus\b)\s*")
_LEAD = (
    r"(?:(?:please|and|so|hi|hello|bitte|now|(?:can|could|would|will) (?:you|we)|(?:i|we) (?:want|need) to|help me)"
    r",?\s+)*"
)
_ENDS = re.compile(r"[,;.:!?()\n]")


@dataclass(frozen=True)
class Part:
    """An item's name, "" if none was found, and what was told of it."""

    name: str
    text: str


def parts_of(text: str, *, bare_names: bool = True) -> list[Part]:
    """Return the items of a message, at least one; `bare_names` allows names alone, as in "bearings, castings"."""
    told = _told(text.strip())
    pieces = _lines(told) or _inline(told) or _labelled(told) or _begun(told)
    if pieces:
        return [_named(piece) for piece in pieces[:MOST]]
    names = _enumerated(told) if bare_names else []
    if names:
        return [Part(name, name) for name in names[:MOST]]
    return [_named(told)]


def _told(text: str) -> str:
    """Return what a message tells; of a question that names an item only the name."""
    told = []
    for sentence in _SENTENCE.split(text):
        told += [piece for piece in _answered(sentence.strip()) if piece]
    return ("\n" if "\n" in text else " ").join(told).strip()


def _answered(sentence: str) -> list[str]:
    asks = purchase_words().asks
    for pattern in asks.patterns:
        found = re.search(rf"(?:^|(?<=[,;:.\N{{EN DASH}}-] )){_LEAD}{pattern}", sentence, re.IGNORECASE | re.DOTALL)
        if found is None:
            continue
        item = found["item"].strip(" ,:?.")
        rest = sentence[found.end("item") :] if _carries_facts(sentence[found.end("item") :]) else ""
        before = sentence[: found.start()].strip(" ,;:-")
        kept = "" if item.casefold() in asks.pronouns else item
        rest = re.sub(r"^[^,;:?.]*[,;:?.]\s*", "", rest) if rest else ""
        return [", ".join(piece for piece in (before, kept, rest.strip(" ?")) if piece)]
    pieces = re.split(r"(?<=[,;:?])\s+|\s+(?=[-\N{EN DASH}\N{EM DASH}]\s)", sentence)
    kept_pieces = [piece for piece in pieces if not _only_asks(piece)]
    return [" ".join(kept_pieces).strip(" ?")]


def _carries_facts(rest: str) -> bool:
    """Say whether something is told after the question: a clause that does not ask."""
    pieces = [piece for piece in re.split(r"[,;:?.]\s+", rest)[1:] if piece.strip(" ?.")]
    return any(not _only_asks(piece) for piece in pieces)


def _only_asks(piece: str) -> bool:
    """Say whether a clause only asks: it has words of asking and neither a digit nor an item."""
    data = purchase_words()
    words = words_of(piece)
    plain = [word.text for word in words]
    if plain and all(word in data.asks.kinds for word in plain):
        return True
    tells = find((*data.suppliers.nouns, *data.soft, *data.axes["supply_risk"]), words) or find_items(words)
    return bool(find(data.asks.words, words)) and not re.search(r"\d", piece) and not tells


def name_of(text: str) -> str:
    """Return how a description calls its item, in a few words; "" if that cannot be told."""
    data = purchase_words()
    words = words_of(text)
    behind = [found.last + 1 for found in find(data.names.after, words)]
    for start in [*behind, 0]:
        name = _from(text, words, start, data)
        if name:
            return name
    known = find_items(words)
    return text[words[known[0].first].start : words[known[0].last].end] if known else ""


def _from(text: str, words: tuple[Word, ...], start: int, data: PurchaseWords) -> str:
    taken: list[Word] = []
    for word in words[start:]:
        if not taken and word.text in data.names.fillers:
            continue
        before = text[words[start].start : word.start] if not taken else text[taken[-1].end : word.start]
        if word.text in data.names.stop or _ENDS.search(before) or word.text[0].isdigit() or word.text == "%":
            break
        taken.append(word)
        if len(taken) == data.names.most:
            break
    while taken and taken[-1].text in data.names.fillers:
        taken.pop()
    name = text[taken[0].start : taken[-1].end] if taken else ""
    return "" if name.casefold() in data.asks.pronouns or _names_a_fact(taken, data) else name


def _names_a_fact(words: Sequence[Word], data: PurchaseWords) -> bool:
    """Say whether words name an axis or an input rather than an item: "supply risk", "lead time"."""
    phrases = [phrase for phrases in (data.soft, *data.axes.values()) for phrase in phrases]
    own = {word.casefold() for phrase in phrases for word in phrase.split()}
    inputs = [phrase for said in data.inputs.values() for phrase in said.words]
    return any(word.text in own for word in words) or bool(find((*inputs, *data.suppliers.nouns), tuple(words)))


def _named(text: str) -> Part:
    found = _LABELLED.match(text)
    if found and _is_name(found[1]) and _bare(found[1]).casefold() not in purchase_words().asks.pronouns:
        return Part(_bare(found[1]), text)
    return Part(name_of(text), text)


def _bare(name: str) -> str:
    words = name.strip().split()
    while len(words) > 1 and words[0].casefold() in purchase_words().names.fillers:
        words = words[1:]
    return " ".join(words)


def _lines(text: str) -> list[str]:
    """Return the items of a list with bullets, or of lines that each begin with a name."""
    lines = [line for line in text.split("\n") if line.strip()]
    marked = [_BULLET.sub("", line).strip() for line in lines if _BULLET.match(line)]
    if len(marked) >= LEAST:
        return marked
    kept = [line.strip() for line in lines if not line.rstrip().endswith(":")]
    if len(kept) < LEAST:
        return []
    return kept if sum(bool(name_of(line)) for line in kept) == len(kept) and _are_new(kept) else []


def _are_new(lines: Sequence[str]) -> bool:
    """Say whether each line begins with the name of an item rather than going on with the one before."""
    begun = [line.split()[0].casefold() for line in lines]
    return not any(word in ("it", "we", "they", "there", "this", "only", "the", "but", "and") for word in begun[1:])


def _inline(text: str) -> list[str]:
    pieces = [piece.strip(" ;,.\n") for piece in _INLINE.split(text)]
    return [piece for piece in pieces[1:] if piece] if len(pieces) > LEAST else []


def _labelled(text: str) -> list[str]:
    """Return the items of "bearings: ...; castings: ..."."""
    pieces = [piece.strip() for piece in re.split(r"[;\n]|\.\s", text) if piece.strip()]
    named = [piece for piece in pieces if (found := _LABELLED.match(piece)) and _is_name(found[1])]
    return named if len(named) >= LEAST and len(named) == len(pieces) else []


def _begun(text: str) -> list[str]:
    """Return the items of "bearings 4% of spend, castings two suppliers": each begins with a typical item."""
    for cut in (r"[;\n]\s*", r"[,;\n]\s*(?:and\s+)?", r"[,;\n.]\s*(?:and\s+)?"):
        pieces = [piece.strip() for piece in re.split(cut, text) if piece.strip(" .")]
        if len(pieces) < LEAST:
            continue
        begins = [bool((known := find_items(words_of(piece))) and known[0].first == 0) for piece in pieces]
        if begins[0] and sum(begins) >= LEAST and any(len(piece.split()) > LIST_WORDS - 1 for piece in pieces):
            groups: list[str] = []
            for piece, begin in zip(pieces, begins, strict=True):
                groups = [*groups, piece] if begin else [*groups[:-1], f"{groups[-1]}, {piece}"]
            return groups
    return []


def _is_name(text: str) -> bool:
    return len(text.split()) <= LABEL_WORDS and not (
        any(sign.isdigit() for sign in text) or _only_asks(text) or _names_a_fact(words_of(text), purchase_words())
    )


def _joined(piece: str) -> list[str]:
    """Return the names in "castings and labels", but one in "screws and nuts", which is one item."""
    if not piece or piece.casefold() in typical_items():
        return [piece] if piece else []
    return [_bare(name.strip(" .")) for name in _JOIN.split(piece) if name.strip(" .")]


def _enumerated(text: str) -> list[str]:
    """Return the names in "bearings, castings and labels"; nothing where more is told of them."""
    body = re.sub(r"^[^:\n]{0,60}:\s*", "", text.strip(" .?!")) if ":" in text else text.strip(" .?!")
    for start in purchase_words().names.after:
        if body.casefold().startswith(f"{start} "):
            body = body[len(start) + 1 :]
    if re.search(r"\d|%", body) or body.casefold() in typical_items():
        return []
    pieces = [name for piece in _COMMA.split(body) for name in _joined(_bare(piece.strip(" .")))]
    stop = set(purchase_words().names.stop)
    spoken = {word.text for word in words_of(" ".join(pieces))}
    short = all(1 <= len(piece.split()) <= LIST_WORDS for piece in pieces)
    enough = len(pieces) > LEAST or (len(pieces) == LEAST and any(typical(piece) for piece in pieces))
    facts = any(_names_a_fact(words_of(piece), purchase_words()) for piece in pieces)
    return pieces if short and enough and not facts and not spoken & stop else []
