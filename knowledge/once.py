"""Remembers what recent texts gave, each worked out once however many threads ask."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """A function of a text that is not called again for the `kept` latest ones; what one thread began others await."""

    def __init__(self, work: Callable[[str], T], kept: int):
        self._work, self._kept = work, kept
        self._recent: OrderedDict[str, Future[T]] = OrderedDict()
        self._lock = Lock()

    def __call__(self, text: str) -> T:
        """Return what the text gives; what it raises is raised for all who wait, and tried anew when asked again."""
        with self._lock:
            known = self._recent.get(text)
            found = self._recent[text] = known or Future()
            self._recent.move_to_end(text)
            if len(self._recent) > self._kept:
                self._recent.popitem(last=False)
        if known is None:
            try:
                found.set_result(self._work(text))
            except BaseException as error:
                with self._lock:
                    self._recent.pop(text, None)
                found.set_exception(error)
        return found.result()
