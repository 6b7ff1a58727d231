"""What a message calls the part, supplier, site, lane or system that it tells facts of."""

import re
from collections.abc import Sequence

from assistant.embedded.products.phrases import find, words_of
from assistant.embedded.reviewing.vocabulary import countries_in, cues, fact_words

LABEL_WORDS, NAME_WORDS = 5, 4
MOST_DIGITS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = re.compile(r"^\s*([^:;.!?\n=,]{2,60}?)\s*(?::|=|\s[-\N{EN DASH}\N{EM DASH}])\s*(?=\S)")
_END = re.compile(r"[,;.:!?()<>\n]|\s[-\N{EN DASH}]\s")
_LISTS = re.compile(r"\s*(?:[,(]|[.!]?\s*$)")  # "gearbox, ZF, sole source"
_SHORTENED = re.compile(r"(?:we|i|it|they|you|there|that|he|she|what|let|who|here|how)'\w+")
_OF = re.compile(r"\s+(?:of|in|at|near|to|from|for)\s+", re.IGNORECASE)
_AT = re.compile(r"\s+(?:in|at|near)\s+(?=[A-Z])")
_ARTICLE = re.compile(r"^\W*(?:(?:the|our|a|an|my)\s+)*", re.IGNORECASE)
_HAS_SHARE = re.compile(r"\s+\w+\s+(?:about\s+|around\s+)?\d+(?:[.,]\d+)?\s*(?:%|per\s?cent)", re.IGNORECASE)
_PLACED = ("in", "at", "near")
_LINES = ("line", "lines")
_COUNTED = re.compile(
    r"\s*(?:%|percent|k\b|h(?:ou)?rs?|days?|w(?:ee)?ks?|months?|quarters?|years?|suppliers?|sources?)", re.I
)
_DOWN = re.compile(r"\s+(?:is |are |goes )?(?:down|out|gone|lost|closed|offline|fails|stops)\s*$", re.IGNORECASE)
_LISTED = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s+as well as\s+", re.IGNORECASE)
_FIGURE = re.compile(
    r"\s*(?:[:=]|\bis\b|\bof\b)?\s*(?:about|around|abt|ca\.?|roughly|some|~|at least|at most|up to|over|under"
    r"|between|from|minus|negative)?\s*"
    r"(?:-?\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|several|a (?:few|couple))\b"
    r"|unknown\b|unclear\b|open\b|tb[cdn]\b|n/?a\b|no idea\b|not (?:known|clear)\b|idk\b|dunno\b|\?)",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\s*\d+(?:[.,]\d+)?\s*(?:days?|weeks?|months?|quarters?|years?)\s*(?:of|to|for|in)?", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:\s+(?:actually|really|also|still|now|mostly|mainly|all|both|only))+\s*$", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*(?:about|on|for|of|with|regarding|as for|concerning)\s+(?:(?:the|our)\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.:!?()<>\n]|\s[-\N{EN DASH}]\s")


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
        if label[1].casefold() in fact_words().scope.labels:
            return ""
        name = _kept(_DOWN.sub("", label[1]))
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
        if name and not names_field(name):
            return name
    opens = _opening(text)
    if opens:
        return opens
    opening = _from(text, 0)
    listed = bool(opening) and _LISTS.match(text[text.find(opening) + len(opening) :])
    return _kept(opening) if listed else ""


def introduced(text: str) -> bool:
    """Say whether a piece of text brings a node in by its name: "then there is the filling machine"."""
    return bool(find(fact_words().naming.introduce, words_of(text)))


def listed_names(text: str) -> list[str]:
    """Return the names that a piece of text brings in one after the other; none if something else stands among them."""
    words = words_of(text)
    found = find(fact_words().naming.introduce, words)
    parts = _LISTED.split(text[words[found[0].last].end :]) if found else []
    names = [bare_name(_ARTICLE.sub("", part)) for part in parts]
    return names if all(name and len(name.split()) <= LABEL_WORDS for name in names) else []


def bare_name(text: str) -> str:
    """Return a message that is but a name; "" if it holds words that no name has."""
    return _kept(text.strip(" .!"))


def is_no_name(text: str) -> bool:
    """Say whether a short message that might be a name rather asks or greets: "register", "none", "show the list"."""
    data = fact_words().naming
    said = text.casefold().strip(" .!?")
    words = said.split()
    return bool(words) and len(words) <= NAME_WORDS + 1 and (said in data.no_name or words[0] in data.no_opening)


def unknown_node(text: str, names: Sequence[str]) -> str:
    """Return the one node of which a message says that nothing is known, as in "gas no idea"; "" if it names none."""
    places = cues(fact_words().unknown, text)
    if not places:
        return ""
    start, end = places[0][0], places[-1][1]
    rest = _ABOUT.sub("", f"{text[:start]} {text[end:]}".strip(" .,;:!?-=")).strip(" .,;:!?-=")
    known = known_names(rest, names)
    if len(known) == 1 and len(rest.split()) <= len(known[0].split()) + 1:
        return known[0]
    words = rest.casefold().split()
    data = fact_words()
    empty = data.unknown_with | data.courtesy | data.naming.adverbs | data.naming.never
    if not words or len(words) > NAME_WORDS or any(word in empty or word.endswith("ly") for word in words):
        return ""
    return "" if names_field(rest) else bare_name(_ARTICLE.sub("", rest))


def kind_of(name: str) -> str:
    """Return the kind of node that a name stands for, "" where it does not tell."""
    data = fact_words()
    words = [word.text for word in words_of(_OF.split(name)[0])]
    while len(words) > 1 and (words[-1].isdigit() or len(words[-1]) == 1):  # "line 3", "plant B"
        words = words[:-1]
    if not words:
        return ""
    if words[-1] in _LINES and len(words) > 1 and not set(words[:-1]) & data.lines:
        return ""  # a brake line is a part
    tails = (" ".join(words[-2:]), words[-1], words[-1].removesuffix("s"))
    opens = words[0] if re.match(r"\S+\s+[A-Z]", name) else ""  # "Port Said", and no "port crane"
    return next((kind for tail in (*tails, opens) for kind, nouns in data.kinds.items() if tail in nouns), "")


def names_field(name: str) -> bool:
    """Say whether words name a number of a node rather than a node: "the repair", "lead time for castings"."""
    relates = bool(_OF.search(name))
    for field, said in fact_words().fields.items():
        for start, end in cues(said.words, name):
            whole = start == 0 and end == len(name)
            if whole or (start == 0 and relates) or (end == len(name) and field != "switch_weeks"):  # "core switch"
                return True
    return False


def _opening(text: str) -> str:
    """Return what opens a sentence before its verb: "optical fibre is from Corning"; "" if that is no node."""
    data = fact_words().naming
    opening = _from(text, 0)
    if not opening:
        return ""
    end = text.find(opening) + len(opening)
    behind = words_of(text[end:])
    acts = bool(behind) and behind[0].text in data.verbs
    if not (acts or _tells_time(opening, text[end:])) or opening.casefold().split()[-1] in data.never:
        return ""
    if names_field(opening) or names_field(_ARTICLE.sub("", text[:end]).strip()):  # "a second mill can take 30 %"
        return ""
    shared = opening[:1].isupper() and _HAS_SHARE.match(
        text, end
    )  # "Alder has 80 %": a source of what was named before
    return "" if shared else _kept(opening)


def _tells_time(opening: str, rest: str) -> bool:
    """Say whether a time follows what opens a sentence: "plating ttr 4 months", "cocoa butter 10 weeks to recover"."""
    told = [place for one in fact_words().fields.values() for place in cues(one.words, opening + rest)]
    if opening.casefold().split()[0] in fact_words().naming.adverbs or any(start < len(opening) for start, _ in told):
        return False  # "their TTR is 6", "safety stock 4 weeks"
    places = [place for one in fact_words().fields.values() if one.kind == "weeks" for place in cues(one.words, rest)]
    named = [end for start, end in places if not rest[:start].strip()]
    if named:
        return bool(_FIGURE.match(rest, max(named)))
    timed = _TIMED.match(rest)
    end = timed.end() if timed else len(rest)
    return any(not rest[end:start].strip() for start, _ in places if start >= end)


def _from(text: str, start: int) -> str:
    """Return the words from a place on, up to a mark, a number or a word that no name holds."""
    data = fact_words().naming
    taken: list[tuple[int, int]] = []
    for word in words_of(text[start:]):
        begin, end = word.start + start, word.end + start
        before = text[start if not taken else taken[-1][1] : begin]
        if not taken and word.text in data.fillers and not _END.search(before):
            continue
        through = bool(taken) and _goes_on(text, taken, word.text, end)
        if (
            (word.text in data.stop and not through)
            or _SHORTENED.fullmatch(word.text)
            or _END.search(before)
            or (word.text[0].isdigit() and not through)
            or word.text == "%"
        ):
            break
        taken.append((begin, end))
        if len(taken) == data.most:
            break
    return text[taken[0][0] : taken[-1][1]] if taken else ""


def _goes_on(text: str, taken: Sequence[tuple[int, int]], word: str, end: int) -> bool:
    """Say whether a word that usually ends a name is part of it: "lane Lodz to Kiel", "fab in Dresden", "line 3"."""
    data = fact_words()
    first, last = (text[slice(*taken[place])].casefold() for place in (0, -1))
    if word == "to":
        return first in data.kinds["lane"]
    if word in _PLACED:
        return last in data.kinds["site"] | data.kinds["supplier"] and text[end:].lstrip()[:1].isupper()
    if text[end - len(word) - 1 : end - len(word)].isalpha() and word.isdigit():  # "CO2"
        return True
    counted = _COUNTED.match(text, end)
    return len(word) <= MOST_DIGITS and word.isdigit() and last in data.naming.numbered and not counted


def _until(text: str, end: int) -> str:
    """Return the words that stand before a place in its clause."""
    head = _TRAILING.sub("", text[:end])  # "the lids actually come from"
    cuts = [found.end() for found in _CLAUSE.finditer(head)]
    begin = cuts[-1] if cuts else 0
    found = _from(text, begin)
    return found if found and head[begin:].rstrip().endswith(found) else ""


def _kept(name: str) -> str:
    """Return a name without words that only fill, "" if nothing but common words are left."""
    data = fact_words().naming
    words = name.split()
    while words and words[0].casefold().strip("'") in data.fillers:
        words = words[1:]
    name = " ".join(words).strip(" '\"")
    folded = [word.casefold() for word in _AT.sub(" ", name).split()]
    if (
        not words
        or name.casefold() in data.generic
        or all(word in data.generic | data.stop | data.fillers or _YEAR.fullmatch(word) for word in folded)
    ):
        return ""
    if any(word in data.stop for word in folded) or any(sign.isdigit() for sign in folded[0][:1]):
        return ""
    if name.casefold() in data.no_name or folded[0] in data.no_opening or "the" in folded[1:]:
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
