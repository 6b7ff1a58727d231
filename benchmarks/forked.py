"""Processes that are forked from one that has imported what they need, and has opened nothing."""

import multiprocessing
from multiprocessing.context import ForkServerContext

PRELOADED = ["benchmarks.killed_writers"]
"""What is imported before the first fork; later additions come too late."""


def forked() -> ForkServerContext:
    """Return the context in which processes start at once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context
