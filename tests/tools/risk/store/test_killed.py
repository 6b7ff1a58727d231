"""A process that writes is killed at random moments; what it acknowledged is there.

`python -m benchmarks.reviews` does the same to the web server, two hundred times.
"""

from benchmarks.killed_writers import kill_while_writing


def test_everything_acknowledged_survives_kill_9_and_every_review_is_readable(url: str) -> None:
    found = kill_while_writing(url, times=10)
    assert found.lost == []
    assert found.kills == 10
    assert found.acknowledged >= 10
