"""The edge between handlers and the page: no error passes it but as one friendly sentence."""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gradio as gr

from assistant.pages.conversations import problem
from assistant.pages.runs import BusyError

Inputs = ParamSpec("Inputs")
Output = TypeVar("Output")
log = logging.getLogger(__name__)


def edge(handler: Callable[Inputs, Output]) -> Callable[Inputs, Output]:
    """Let no error of a handler reach the page but as one friendly sentence."""

    @functools.wraps(handler)
    def guarded(*args: Inputs.args, **kwargs: Inputs.kwargs) -> Output:
        try:
            return handler(*args, **kwargs)
        except Exception as error:
            raise friendly(error) from None

    return guarded


def friendly(error: Exception) -> gr.Error:
    """Return an error as the page may show it."""
    status, sentence = (409, str(error)) if isinstance(error, BusyError) else problem(error)
    if status == 500:
        log.error("a page handler failed", exc_info=error)
    return gr.Error(sentence, title="One moment" if status == 409 else "Sorry", print_exception=False)
