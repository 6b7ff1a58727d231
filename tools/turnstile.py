"""Lets a few through at a time, in the order in which they came."""

from collections import deque
from threading import Lock
from types import TracebackType


class Turnstile:
    """Like a semaphore, but fair: who leaves hands the place to who has waited longest."""

    def __init__(self, places: int):
        self._free = places
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    def __enter__(self) -> None:
        """Take a place, or wait for one."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            gate = Lock()
            gate.acquire()
            self._waiting.append(gate)
        gate.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the place to the next."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
