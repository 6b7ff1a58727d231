"""BM25 over the passages, with English stems; what was reckoned is kept for the next start."""

import hashlib
import json
import logging
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer

from knowledge.passages import Match, Passage

ABOUT = "about.json"
VERSION = f"1 {bm25s.__version__}"
_log = logging.getLogger(__name__)


class WordIndex:
    """Finds the passages that share words with a text."""

    def __init__(self, held: Sequence[Passage], engine: Any, vocabulary: Mapping[str, int]):
        self._held, self._engine, self.vocabulary = held, engine, vocabulary

    @classmethod
    def open(cls, held: Sequence[Passage], folder: Path) -> "WordIndex":
        """Return the index of these passages: the copy in a folder, or a new one, of which a copy is kept there."""
        stamp = _stamp(held)
        found = cls._kept(held, folder, stamp)
        if found is None:
            found = cls.of(held)
            found._keep(folder, stamp)
        return found

    @classmethod
    def of(cls, held: Sequence[Passage]) -> "WordIndex":
        """Count the words of passages; of fourteen thousand it takes half a second."""
        texts = [f"{passage.title} {passage.text}" for passage in held]
        engine = bm25s.BM25(method="lucene")
        engine.index(_tokens(texts), show_progress=False)
        return cls(held, engine, Counter(word for text in texts for word in _words(text)))

    def search(self, text: str, count: int) -> list[Match]:
        """Return the passages that share most words with a text, best first."""
        tokens = _tokens([text], return_ids=False)[0]
        if not tokens or not self._held:
            return []
        scores = self._engine.get_scores(tokens)
        # The engine's own choice of the best goes through all passages, most of which share no word with a question.
        shared = np.flatnonzero(scores > 0)
        if count < len(shared):
            shared = shared[np.argpartition(-scores[shared], count)[:count]]
        best = sorted(shared.tolist(), key=lambda place: (-scores[place], place))
        return [Match(self._held[place], float(scores[place])) for place in best]

    @classmethod
    def _kept(cls, held: Sequence[Passage], folder: Path, stamp: str) -> "WordIndex | None":
        try:
            about = json.loads((folder / ABOUT).read_text("utf-8"))
            if about["stamp"] != stamp:
                return None
            engine = bm25s.BM25.load(folder, show_progress=False)
            _check(engine, len(held))
            return cls(held, engine, {str(word): int(count) for word, count in about["vocabulary"].items()})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
            _log.warning("the index of words in %s is damaged (%s); it is made anew", folder, error)
            return None

    def _keep(self, folder: Path, stamp: str) -> None:
        """Keep a copy; without one, the next start only takes longer."""
        scratch = folder.with_suffix(".new")
        with suppress(OSError):
            shutil.rmtree(scratch, ignore_errors=True)
            self._engine.save(scratch, show_progress=False)
            about = {"stamp": stamp, "vocabulary": self.vocabulary}
            (scratch / ABOUT).write_text(json.dumps(about), "utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            scratch.replace(folder)


def _check(engine: Any, passages: int) -> None:
    """Raise a ValueError where what was read is not whole."""
    scores, starts, places = (engine.scores[name] for name in ("data", "indptr", "indices"))
    words = len(engine.vocab_dict.keys() - {""})  # the engine adds the empty word, which has no row
    counted = (len(starts) - 1, int(starts[-1]), int(engine.scores["num_docs"]))
    if counted != (words, len(scores), passages) or len(places) != len(scores):
        raise ValueError("its parts do not fit together")
    if len(places) and not (np.isfinite(scores).all() and places.min() >= 0 and places.max() < passages):
        raise ValueError("it holds what is no score of a passage")


def _stamp(held: Sequence[Passage]) -> str:
    return hashlib.sha256("\n".join([VERSION, *(passage.key for passage in held)]).encode()).hexdigest()


def _tokens(texts: list[str], return_ids: bool = True) -> Any:
    stemmer = Stemmer.Stemmer("english")  # a new one each time: it keeps a cache, which threads must not share
    return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False, return_ids=return_ids)


def _words(text: str) -> Iterator[str]:
    word = ""
    for c in text.casefold():
        if c.isalpha():
            word += c
        elif word:
            yield word
            word = ""
    if word:
        yield word
