"""Parts an answer from the evidence that stands behind it in one message: "2, evidence: log of 2025"."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.embedded.context import Context
from assistant.embedded.reviewing.pasting import is_pasted
from assistant.embedded.reviewing.step import RECORD, Step

_BEHIND = re.compile(
    r"(?P<answer>.*?\S)\s*[,;.:(\N{EN DASH}\N{EM DASH}-]\s*(?:and\s+)?(?:(?:the|our|with|as)\s+)*(?:evidence|proof)\s*"
    r"(?:\bis\b|\bare\b|[:=])\s*(?P<proof>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def parted(text: str) -> tuple[str, str]:
    """Return the answer and the evidence that a message gives; the whole message and "" where it gives no both."""
    found = None if is_pasted(text) else _BEHIND.fullmatch(text.strip())
    return (found["answer"], found["proof"].rstrip(" )")) if found else (text, "")


def answer_of(context: Context) -> Context:
    """Return the context of a message without the evidence behind its answer."""
    answer, proof = parted(context.question)
    return replace(context, question=answer) if proof else context


def proved(step: Step, proof: str) -> Step:
    """Return a step with evidence beside each answer that it enters, or else beside each node."""
    return replace(step, calls=tuple((tool, _proved(args, proof) if tool == RECORD else args)
                                     for tool, args in step.calls))  # fmt: skip


def _proved(args: Mapping[str, Any], proof: str) -> dict[str, Any]:
    kind = "answers" if args.get("answers") else "nodes"
    return {**args, kind: [{**one, "evidence": proof} for one in args[kind]]} if args.get(kind) else dict(args)
