"""Calls a tool that a message names, with the arguments that its schema lets one read from the message."""

import re
from typing import Any

from assistant.embedded.context import Context

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")


def call_named_tool(
    context: Context, tools: dict[str, dict[str, Any]], forced: bool = False
) -> tuple[str, dict[str, Any]] | None:
    """Return the name and arguments of a tool that the message names, or of the only one where a call is forced.

    Nothing is called twice in a turn, and nothing whose required arguments cannot be read from the message.
    """
    if context.outputs:
        return None
    text = context.question
    name = next((name for name in sorted(tools, key=len, reverse=True) if name in text), None)
    if name is None and forced and len(tools) == 1:
        name = next(iter(tools))
    if name is None:
        return None
    schema = tools[name].get("parameters") or {}
    args = _arguments(text.replace(name, " "), schema.get("properties") or {})
    return None if set(schema.get("required") or ()) - set(args) else (name, args)


def _arguments(text: str, properties: dict[str, dict[str, Any]]) -> dict[str, Any]:
    quoted = [first or second for first, second in _QUOTED.findall(text)]
    numbers = _NUMBER.findall(_QUOTED.sub(" ", text))
    args: dict[str, Any] = {}
    for name, schema in properties.items():
        kind = schema.get("type")
        if kind == "integer" and numbers:
            args[name] = int(float(numbers.pop(0)))
        elif kind == "number" and numbers:
            args[name] = float(numbers.pop(0))
        elif kind == "string" and quoted:
            args[name] = quoted.pop(0)
    return args
