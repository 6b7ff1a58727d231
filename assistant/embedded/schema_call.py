"""Calls a tool that a message names, or that must be called, with the arguments that can be read from the message."""

import re
from collections.abc import Mapping
from typing import Any

from assistant.embedded.context import Context

ANY, NONE = "any", "none"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_QUOTED = re.compile(r"(?<!\w)'([^']+)'|\"([^\"]+)\"")
_PROPER = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][\w-]*(?:,? [A-Z][\w-]*)*")
_EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "call",
        "do",
        "find",
        "for",
        "get",
        "lookup",
        "make",
        "my",
        "of",
        "run",
        "search",
        "the",
        "to",
        "tool",
        "use",
    ]
)

Tools = Mapping[str, dict[str, Any]]


def chosen_tool(choice: Any, names: Mapping[str, Any]) -> str | None:
    """Return a tool choice in one form: None (free), "any", "none" or a tool's name.

    Raises:
        ValueError: when it names no tool that is offered.
    """
    if isinstance(choice, dict):
        choice = (choice.get("function") or choice).get("name") or choice.get("type")
    if choice in (None, False, "", "auto"):
        return None
    if choice in (True, ANY, "required"):
        return ANY
    if choice == NONE or choice in names:
        return str(choice)
    raise ValueError(f"tool_choice={choice!r} names no tool that is offered: {', '.join(names) or 'none is'}.")


def call_named_tool(context: Context, tools: Tools, choice: str | None = None) -> tuple[str, dict[str, Any]] | None:
    """Return the name and arguments of the tool that a message names, or that must be called.

    Nothing is called twice in a turn. Unless it must be, nothing is called whose required arguments cannot be read
    from the message; where it must be, they are left out for the tool to ask for.
    """
    if context.outputs or choice == NONE or not tools:
        return None
    text = context.question
    name = choice if choice in tools else _named(text, tools)
    if name is None and choice == ANY:
        name = max(tools, key=lambda tool: _likeness(text, tools[tool]))
    if name is None:
        return None
    schema = tools[name].get("parameters") or {}
    args = _arguments(text.replace(name, " "), schema.get("properties") or {})
    missing = set(schema.get("required") or ()) - set(args)
    return None if missing and choice is None else (name, args)


def _named(text: str, tools: Tools) -> str | None:
    """Return the tool whose name stands in a text, as it is or word by word."""
    written = [name for name in tools if name in text]
    if written:
        return max(written, key=len)
    words = _words(text)
    return next((name for name in tools if (told := _words(name)) and told <= words), None)


def _likeness(text: str, tool: dict[str, Any]) -> int:
    return len(_words(text) & _words(f"{tool['name']} {tool.get('description', '')}"))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold())) - _EMPTY_WORDS


def _arguments(text: str, properties: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Read numbers in their order, quoted strings in theirs, and a proper name where only one string is wanted."""
    quoted = [first or second for first, second in _QUOTED.findall(text)]
    plain = _QUOTED.sub(" ", text)
    numbers = _NUMBER.findall(plain)
    strings = [name for name, schema in properties.items() if schema.get("type") == "string"]
    proper = [] if quoted or len(strings) != 1 else _PROPER.findall(plain)
    args: dict[str, Any] = {}
    for name, schema in properties.items():
        kind = schema.get("type")
        if kind == "integer" and numbers:
            args[name] = int(float(numbers.pop(0)))
        elif kind == "number" and numbers:
            args[name] = float(numbers.pop(0))
        elif kind == "string" and (quoted or proper):
            args[name] = (quoted or proper).pop(0)
    return args
