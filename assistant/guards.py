"""What stands between a model and the reader: call limits, the citation check, outward links and images removed."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from langchain.agents.middleware import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage

from assistant.toolbox import TurnContext

LIMIT_REPLY = "I stopped here: this question took more steps than one turn may have. Please ask it in smaller parts."
EMPTY = "Please type a question about supply chain management."
TOO_LONG = "That message has {length:,} characters; at most {limit:,} are read. Please shorten it."
_PARAGRAPH = "\n\n"
_INSIDE = r"(?:\\.|[^\[\]\\\n]|\n(?![ \t]*\n))"
_MATH = re.compile(r"\$\$(?:[^$\n]|\n(?![ \t]*\n))+\$\$|(?<![\\$])\$(?=\S)[^$\n]+(?<=\S)\$(?!\d)")
_IMAGE = re.compile(rf"!\[({_INSIDE}*)\](?:\([^)\n]*+\)|\[{_INSIDE}*\])")
_LINK = re.compile(rf"\[({_INSIDE}*)\]\([ \t]*<?([^)\s>]*+)[^)\n]*+\)")
_REFERENCE = re.compile(rf"^((?:[ \t>*+-]|\d{{1,9}}[.)])*)\[{_INSIDE}+\]:[ \t]*(?:\S.*|\n[ \t]*\S.*)?$", re.M)
_ADDRESS = re.compile(
    r"<?(?:[a-z][a-z0-9+.-]{0,30}+://|(?<![a-z0-9])(?:(?:data|file|javascript|mailto|sms|tel|vbscript):(?=\S)|www\.))[^\s>)\]]*>?"
    r"|[\w.+-]{1,64}+@[\w-]+\.[\w.-]+",
    re.I,
)
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_GROUP = re.compile(r"\[(\d{1,4}(?:, ?\d{1,4})+)\](?!\()")
_MARKER = re.compile(r"( ?)\[(\d+)\](?!\()")
_ENDS_WORD = re.compile(r"[\s.,;:!?)|]|\Z")
OWN_PAGE = r"/review(?:\?id=[\w-]{1,64})?|/reviews/[\w-]{1,64}/report\.(?:docx|xlsx|pdf|md|json)"
"""Addresses of this program's own pages that a reply may link to: a review, and its report as a file."""
_OWN_PAGE = re.compile(OWN_PAGE)
_LIVE_BRACKET = re.compile(rf"\](?=\((?!#|(?:{OWN_PAGE})\)))")
_SETTLED = re.compile(r"!?\[[^\[\]]*\](?=[^(\[:])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def checked_input(text: str, limit: int) -> tuple[str, str]:
    """Return a message without control characters, and what is wrong with it ("" if nothing is)."""
    cleaned = _CONTROL.sub("", text).strip()
    if not cleaned:
        return "", EMPTY
    if len(cleaned) > limit:
        return cleaned[:limit], TOO_LONG.format(length=len(cleaned), limit=limit)
    return cleaned, ""


def cleaned_reply(text: str, numbers: Collection[int]) -> str:
    """Return a reply without markers that no passage of this turn has, outward links, images and HTML.

    Formulas keep their signs; what would open a tag in them is parted by a space. Paragraphs are cleaned one by one.
    """
    formulas: list[str] = []

    def put_by(match: re.Match[str]) -> str:
        # A page may see formulas where none are meant, so nothing in one may be a link either.
        if "](" in match[0] or _ADDRESS.search(match[0]):
            return match[0]
        formulas.append(_TAG.sub("< ", match[0]))
        return f"\x00{len(formulas) - 1}\x01"  # no text holds these signs any more

    words = _cleaned_words(_MATH.sub(put_by, _plain(text)), numbers)
    return re.sub("\x00(\\d+)\x01", lambda match: formulas[int(match[1])], words)


def _plain(text: str) -> str:
    return _CONTROL.sub("", text).replace("\r", "")


def _cleaned_words(text: str, numbers: Collection[int]) -> str:
    before = None
    while text != before:  # what is taken away may leave a link, a marker or an address behind
        before = text
        text = _IMAGE.sub(r"\1", text)
        text = _LIVE_BRACKET.sub("] ", _LINK.sub(_unlinked, text))
        text = _REFERENCE.sub(r"\1", text)
        text = _ADDRESS.sub(_removed, text)
        text = _GROUP.sub(lambda match: _parted(match, numbers), text)
        text = _MARKER.sub(lambda match: _checked(match, numbers), text)
    return _TAG.sub("&lt;", text)


def _unlinked(match: re.Match[str]) -> str:
    if match[2].startswith("#"):
        return match[0]
    if _OWN_PAGE.fullmatch(match[2]) and not match[1].isdecimal():
        return f"[{match[1]}]({match[2]})"
    return f"[{match[1]}]" if match[1].isdecimal() else match[1]


def _removed(match: re.Match[str]) -> str:
    # Right behind a bracket the words would be taken for the address of a link.
    return f"{' ' if match.string[: match.start()].endswith(']') else ''}(link removed)"


def _parted(match: re.Match[str], numbers: Collection[int]) -> str:
    """Write [1, 2] as [1][2], where both are markers."""
    group = [int(number) for number in match[1].split(",")]
    return "".join(f"[{number}]" for number in group) if all(number in numbers for number in group) else match[0]


def _checked(match: re.Match[str], numbers: Collection[int]) -> str:
    if len(match[2]) < 5 and int(match[2]) in numbers:
        return match[0]
    return "" if _ENDS_WORD.match(match.string, match.end()) else match[1]


class StreamCleaner:
    """Cleans a reply while it is written; the pieces shown, joined, begin or are the cleaned reply."""

    def __init__(self, numbers: Callable[[], Collection[int]]):
        self._numbers = numbers
        self._raw = self._shown = ""

    def add(self, text: str) -> str:
        """Take the next piece and return what can be shown of it."""
        self._raw += _plain(text)
        return self._next(self._raw[: _settled(self._raw)])

    def rest(self) -> str:
        """Return what was held back."""
        last = self._next(self._raw)
        self._raw = self._shown = ""
        return last

    def _next(self, ready: str) -> str:
        cleaned = cleaned_reply(ready, self._numbers())
        if not cleaned.startswith(self._shown):  # the finished answer will replace what is shown
            return ""
        added, self._shown = cleaned[len(self._shown) :], cleaned
        cut = ready.rfind(_PARAGRAPH) + len(_PARAGRAPH)
        if cut >= len(_PARAGRAPH):
            self._raw, self._shown = self._raw[cut:], cleaned_reply(ready[cut:], self._numbers())
        return added


def _settled(text: str) -> int:
    """Return up to where a text cannot become part of a link, a marker, a formula or an address any more."""
    start = text.rfind(_PARAGRAPH) + 1
    end = len(text)
    while end > start and not text[end - 1].isspace():
        end -= 1
    known = _MATH.sub(lambda match: "x" * len(match[0]), text[start:end])
    line = known.rfind("\n")
    for match in re.finditer(r"(?<!\\)\$\$?", known):
        if len(match[0]) > 1 or match.start() > line:
            known = known[: match.start()]
            break
    before = None
    while known != before:
        before = known
        known = _SETTLED.sub(lambda match: "x" * len(match[0]), known)
    known = known.partition("[")[0].removesuffix("!")
    return start + len(known.rstrip())


class CallLimit(AgentMiddleware[Any, TurnContext]):
    """Ends a turn that calls the model too often."""

    def __init__(self, most: int):
        super().__init__()
        self._most = most

    def wrap_model_call(
        self, request: ModelRequest[TurnContext], handler: Callable[[ModelRequest[TurnContext]], ModelResponse[Any]]
    ) -> ModelResponse[Any] | AIMessage:
        """Count a call and pass it on, or answer in the model's place."""
        context = request.runtime.context
        if context is not None:
            context.model_calls += 1
            if context.model_calls > self._most:
                return AIMessage(LIMIT_REPLY, response_metadata={"kind": "decline"})
        return handler(request)


def markers(text: str) -> Iterator[int]:
    """Yield the numbers that a reply cites, in order."""
    for match in _MARKER.finditer(text):
        yield int(match[2])


def renumbered(text: str, order: dict[int, int]) -> str:
    """Return a reply with each marker's number replaced; twins that follow each other are written once."""
    text = _MARKER.sub(lambda match: f"{match[1]}[{order.get(int(match[2]), match[2])}]", text)
    return re.sub(r"(\[\d+\])(?:\s*\1)+", r"\1", text)
