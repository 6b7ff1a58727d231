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
_MATH = re.compile(r"(\$\$.+?\$\$|(?<![\\$])\$(?=\S)[^$\n]+?(?<=\S)\$(?!\d))", re.S)
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^)\s>]*)[^)]*\)")
_REFERENCE = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*\S+.*$", re.M)
_ADDRESS = re.compile(r"<?\b(?:https?|ftp|file|data|javascript|mailto):[^\s>)\]]+>?|\bwww\.[^\s>)\]]+", re.I)
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_MARKER = re.compile(r"(\s?)\[(\d{1,4})\](?!\()")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_OPEN_ENDS = re.compile(r"(?:!?\[[^\]]*\]?(?:\([^)]*)?|<[^>\s]*|\b\w{2,10}:\S*|www\S*|\${1,2}[^$]*|\w+)\Z")
LONGEST_HOLD = 400


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

    Formulas keep their signs; what would open a tag in them is parted by a space.
    """
    pieces = _MATH.split(_CONTROL.sub("", text))
    done = [_TAG.sub("< ", piece) if place % 2 else _cleaned_words(piece, numbers) for place, piece in enumerate(pieces)]
    return "".join(done)


def _cleaned_words(text: str, numbers: Collection[int]) -> str:
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(lambda match: match[0] if match[2].startswith("#") else match[1], text)
    text = _REFERENCE.sub("", text)
    text = _ADDRESS.sub("(link removed)", text)
    text = _TAG.sub("&lt;", text)
    return _MARKER.sub(lambda match: match[0] if int(match[2]) in numbers else "", text)


class StreamCleaner:
    """Cleans a reply while it is written: holds back what could still become a link, a marker or a formula."""

    def __init__(self, numbers: Callable[[], Collection[int]]):
        self._numbers = numbers
        self._held = ""

    def add(self, text: str) -> str:
        """Take the next piece and return what can be shown of it."""
        self._held += text
        match = _OPEN_ENDS.search(self._held)
        end = match.start() if match else len(self._held)
        if len(self._held) - end > LONGEST_HOLD:
            end = len(self._held)
        if self._held[:end].count("$$") % 2:
            end = self._held.rfind("$$", 0, end)
        shown, self._held = self._held[:end], self._held[end:]
        return cleaned_reply(shown, self._numbers())

    def rest(self) -> str:
        """Return what was held back."""
        shown, self._held = self._held, ""
        return cleaned_reply(shown, self._numbers())


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
    text = _MARKER.sub(lambda match: f"{match[1]}[{order.get(int(match[2]), int(match[2]))}]", text)
    return re.sub(r"(\[\d+\])(?:\s*\1)+", r"\1", text)
