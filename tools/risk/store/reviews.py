"""The store of reviews: each call is one transaction, committed before it returns."""

from pathlib import Path

from sqlalchemy import URL

from tools.risk.store.answers import Answers
from tools.risk.store.copying import Copies
from tools.risk.store.database import file_in
from tools.risk.store.items import Items
from tools.risk.store.people import People
from tools.risk.store.setting import Settings


class Reviews(Copies, Settings, People, Answers, Items):
    """One for the process, safe to call from many threads and beside other processes.

    Every call names the actor and touches only reviews in which they take part. A call that returns has been
    committed to disk; a call that raises has changed nothing.
    """

    def __init__(self, url: str | URL):
        super().__init__(url)
        self._counts = {}

    @classmethod
    def in_folder(cls, folder: Path) -> "Reviews":
        """Open, or begin, the SQLite file of reviews below a data folder.

        Raises:
            StoreError: when the folder cannot be made or the file cannot be used.
        """
        return cls(file_in(folder))
