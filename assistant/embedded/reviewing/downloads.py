"""Hears that somebody wants the report as a file: "give me the json", "can I have it as excel"."""

import re

MOST_WORDS = 12
_FORMATS = {
    "docx": r"word|docx|\.docx?|word (?:file|document)",
    "xlsx": r"excel|xlsx?|\.xlsx?|spread\s?sheet|workbook",
    "pdf": r"pdfs?|\.pdf",
    "md": r"markdown|\.?md",
    "json": r"json|\.json",
}
_FORMAT = "|".join(_FORMATS.values())
_COURTEOUS = (
    r"\W*(?:(?:ok|okay|so|now|and|hi|please|pls|then|thanks|also|btw|just|can you|could you|would you|will you)\W+)*"
)
_WANTS = (
    r"(?:(?:can|could|may) (?:i|we) (?:please )?(?:have|get|see|download|export|print|save)"
    r"|(?:i|we)(?:'d| would) (?:like|love)(?: to (?:have|get|download|export|print|save))?"
    r"|i (?:want|need)(?: to (?:have|get|download|export|print|save))?"
    r"|give|send|show|get|mail|email|export|download|print|save|generate|produce|create|make me"
    r"|where(?:'s| is| are| can (?:i|we) (?:get|find|download))|is there|do you have"
    r"|how (?:do|can) (?:i|we) (?:get|download|export|print|save))"
)
_FILLS = (
    r"(?:\s+(?:me|us|it|this|that|all|everything|the|a|an|as|in|to|into|of|whole|full|results?|review|report|data"
    r"|answers|register|action|list|plan|figures|out|file|version|one|for|my|boss|board|our|format|form|via|copy|these"
    r"|them|here))*"
)
_BEHIND = (
    r"(?:\s+(?:file|version|report|export|format|document|please|pls|now|of (?:it|this|that|the (?:review|report))"
    r"|for (?:my|the|our) (?:boss|board|team|cfo|ceo)))*\W*"
)
_AS_FILE = re.compile(rf"{_COURTEOUS}{_WANTS}{_FILLS}\s+(?P<format>{_FORMAT}){_BEHIND}", re.IGNORECASE)
_THE_FILE = re.compile(
    rf"{_COURTEOUS}(?:the\s+|as\s+(?:an?\s+)?|in\s+)?(?P<format>{_FORMAT})\s+(?:please|pls|report|version|export|file)"
    rf"(?:\s+(?:please|pls))?\W*|{_COURTEOUS}(?:as\s+(?:an?\s+)?)?(?P<asked>{_FORMAT})\s*\?+\W*",
    re.IGNORECASE,
)
_IT = r"(?:it|this|that|all|everything|(?:the|this|our|my) (?:whole |full )?(?:review|report|results?|file|data))"
_ANY_FILE = re.compile(
    rf"{_COURTEOUS}(?:(?:can|could|may) (?:i|we) |(?:how|where) (?:do|can) (?:i|we) |i want to |i need to )?"
    rf"(?:export|download|print|save)(?:\s+{_IT})?(?:\s+(?:as a file|to a file|please|pls|now|here|from here))*\W*",
    re.IGNORECASE,
)


def file_wanted(text: str) -> str | None:
    """Return the format in which a message wants the report, "" where it names none; None if it wants no file."""
    if len(text.split()) > MOST_WORDS:
        return None
    found = _AS_FILE.fullmatch(text) or _THE_FILE.fullmatch(text)
    if not found:
        return "" if _ANY_FILE.fullmatch(text) else None
    said = next(one for one in found.groupdict().values() if one)
    return next(name for name, words in _FORMATS.items() if re.fullmatch(words, said, re.IGNORECASE))
