"""Words of the notes made fit for questions: names blanked, answers shortened, forms of answers compared."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from assistant.answer import Citation
from knowledge.note import Note, Question

Form = Literal["because", "verdict", "number", "to", "by", "name", "plain"]
BLANK = "\u2014\u2014\u2014"  # shows as a line, and is no mark of Markdown
_CLAIM = re.compile(r'^["“](?P<claim>.+?)["”]\.? [-–] (?P<why>.+)$', re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“\\])")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be because but by can does for from has have how if in into is it its may more no not of "
        "on only or so than that the their them then there they this to was what when where which while who why will "
        "with yes you your",
    )
)
_NUMBER = re.compile(r"^(?:about |some |roughly |around )?[-−+]?[$€£]?\d", re.IGNORECASE)
_CUT = re.compile(r"; |, so |, since |, which |, because |\. (?=[A-Z])|, while |, whereas |: ")
_ENDING = re.compile(r"(?:ies|ing|ed|es|s|y|e|ment|ion|al|ly)$")
_TWO_SIDES = re.compile(
    r"\b(?:differ|separat|distinguish|tells? .+ apart|compare|opposed|both|two)"
    r"|\band (?:what|which|who|when|why|how)\b"
)
_LEANS = re.compile(r"\bexample\b|\babove\b|\bthis note\b|\bthe table\b", re.IGNORECASE)
SHORTEST_CUT = 24


def claim_of(mistaken: str) -> tuple[str, str]:
    """Return the wrong answer that people give, without its quotation marks, and why it is wrong."""
    found = _CLAIM.match(mistaken)
    if not found:
        return mistaken.strip().rstrip("."), ""
    why = found["why"].strip()
    return found["claim"].strip().rstrip(".,"), why if why.endswith((".", "?", "!")) else f"{why}."


def sentences(text: str) -> list[str]:
    """Cut a paragraph into sentences."""
    return [part.strip() for part in _SENTENCE.split(text.replace("\n", " ")) if part.strip()]


def short(answer: str, most: int = 0) -> str:
    """Return an answer's first clause that stands alone, without a full stop; the whole one if it is no longer."""
    whole = answer.strip().rstrip(".")
    if len(whole) <= most:
        return whole
    for cut in _CUT.finditer(whole):
        part = whole[: cut.start()]
        if cut.start() >= SHORTEST_CUT and part.count("(") == part.count(")") and part.count("$") % 2 == 0:
            return part
    return whole


def fitting(asked: Question, claim: str) -> str:
    """Return the right answer, shortened to be no giveaway beside a mistaken one; whole where it has two sides."""
    if _TWO_SIDES.search(asked.question):
        return asked.answer.strip().rstrip(".")
    return short(asked.answer, most=max(60, 2 * len(claim)))


def stands_alone(asked: Question) -> bool:
    """Whether a question can be understood without its note."""
    return not _LEANS.search(asked.question)


def more_in(citations: Sequence[Citation]) -> str:
    """Return the sentence that points to the second passage cited; "" if there is none."""
    return f" There is more in the section “{citations[0].section}” [2]." if citations else ""


def form_of(question: str, answer: str) -> Form:
    """Return of which form an answer is, so that all options of a question can have the same."""
    first = answer.split(maxsplit=1)[0].strip(".,;:").casefold() if answer.strip() else ""
    if first == "because":
        return "because"
    if first in ("no", "yes") or re.match(r"(?:Is|Are|Does|Do|Can|May|Should|Must|Was|Has|Will)\b", question):
        return "verdict"
    if _NUMBER.match(answer) or "=" in answer:
        return "number"
    if first in ("to", "by"):
        return "to" if first == "to" else "by"
    return "name" if len(answer.split()) <= 4 else "plain"


def words(text: str) -> frozenset[str]:
    """Return the stems of a text's telling words."""
    found = re.findall(r"[a-z][a-z-]{2,}", text.casefold())
    return frozenset(_ENDING.sub("", word) if len(word) > 5 else word for word in found if word not in _SMALL)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two sets have in common, of the smaller one."""
    return len(one & other) / max(1, min(len(one), len(other)))


def names_of(note: Note) -> list[str]:
    """Return the title and every alias of a note, the longest first."""
    title = note.title
    parts = [title, *note.front.aliases]
    found = re.search(r"\(([A-Z][A-Za-z0-9&-]{1,7})\)", note.definition[:160])
    if found:
        parts.append(found[1])
    return sorted({part for part in parts if len(part) > 1}, key=lambda part: (-len(part), part))


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the names, singular or plural, with hyphens or blanks; acronyms only as written."""
    parts = [_one(name) for name in names]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?:['\u2019]s|(?<=s)['\u2019])?(?![\w])", re.IGNORECASE)


def _one(name: str) -> str:
    tokens = re.split(r"[\s-]+", name)
    joined = r"[\s-]+".join(re.escape(token) for token in tokens)
    if name.isupper():
        return f"(?-i:{joined}s?)"
    if name.endswith("y"):
        return f"{joined[:-1]}(?:y|ies)"
    return f"{joined}(?:es|s)?"


def blanked(text: str, names: Iterable[str]) -> str:
    """Return a text with every form of the names replaced by a blank, brackets that held nothing else removed."""
    gone = pattern_of(names).sub(BLANK, text)
    return re.sub(rf"\s*\(\s*{re.escape(BLANK)}\s*\)", "", gone)


def lower_first(text: str) -> str:
    """Return a text whose first word begins small, unless it is an acronym or a name."""
    first = text.split(maxsplit=1)[0] if text else ""
    plain = first.rstrip(",;:")
    return text if plain[1:] != plain[1:].lower() or plain in ("I",) else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return a text whose first letter is a capital."""
    return text[:1].upper() + text[1:]
