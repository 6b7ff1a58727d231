"""Who waits for a place gets it in the order in which they came."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from tools.turnstile import Turnstile


def test_those_who_wait_go_through_in_the_order_in_which_they_came() -> None:
    turnstile, passed = Turnstile(1), []

    def go(number: int) -> None:
        with turnstile:
            passed.append(number)

    waiting = [Thread(target=go, args=(number,)) for number in range(8)]
    with turnstile:
        for place, thread in enumerate(waiting, 1):
            thread.start()
            while len(turnstile._waiting) < place:
                time.sleep(0.001)
        assert passed == []
    for thread in waiting:
        thread.join()
    assert passed == list(range(8))


def test_no_more_are_inside_than_there_are_places() -> None:
    turnstile, inside, most = Turnstile(2), [], []

    def go(number: int) -> None:
        with turnstile:
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.002)
            inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(go, range(40)))
    assert len(most) == 40
    assert max(most) <= 2


def test_an_error_inside_leaves_the_place() -> None:
    turnstile = Turnstile(1)
    with pytest.raises(KeyError), turnstile:
        raise KeyError
    with turnstile:
        pass
