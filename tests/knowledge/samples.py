"""Small notes and a quick stand-in for the embedding model, for tests that need neither the vault nor the weights."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding import Vectors

FRONT = """---
title: Safety stock
aliases: [buffer stock]
area: inventory
purpose: Covers what was not expected.
use_when: Demand or lead time varies.
not_when: Everything is made to order.
measured_by: Units held beyond the expected demand.
asked_as:
  - how much reserve do I need
  - why do we hold a cushion
  - what protects us from surprises
references:
  - "Silver, E. A. (2017). Inventory and Production Management. CRC Press."
---
"""
BODY = """Safety stock is stock held against surprises.

## Why it matters
It prevents a [[Stockout|stockout]].

## How it works
1. Measure the spread.
2. Choose a service target.

The spread grows with the lead time.

## Formula
$$
SS = z\\,\\sigma

+ 0
$$

Here $z$ is the safety factor.

Metric: `safety_stock`

## Example
A shop holds 50 seals.

## Compared with
- [[Cycle stock]]: Safety stock covers surprises: cycle stock covers what was planned.
- [[Lead time|lead times]]: One is stock, the other is time.

## Pitfalls
- It is not the reorder point.
- It is not free.

## In practice
- Measure it monthly.

## Check yourself
- Question: What is it for?
  Answer: For surprises,
  as the name says.
  Mistaken: "For planned demand" - that is cycle stock.
  Mistaken: "For nothing"
- Question: Does it cost?
  Answer: Yes.
- Question: Who sets it?
  Answer: The planner.
"""
NOTE = FRONT + BODY


def write_note(folder: Path, title: str, said: str = "") -> Path:
    """Write a complete note of a title; `said` is a sentence of its own, so that notes can differ and change."""
    text = NOTE.replace("title: Safety stock", f"title: {title}").replace("aliases: [buffer stock]", "aliases: []")
    text = text.replace("Safety stock is", f"{title} is").replace("A shop holds 50 seals.", f"Take {title}. {said}")
    text = text.replace("[[Stockout|stockout]]", "stockout").replace("[[Cycle stock]]", "Cycle stock")
    path = folder / f"{title.lower().replace(' ', '-')}.md"
    path.write_text(text.replace("[[Lead time|lead times]]", "Lead time"), encoding="utf-8")
    return path


class WordEmbedder:
    """Unit vectors from the words of a text, at once and without weights; counts what it was given."""

    def __init__(self, identity: str = "words@1", dimension: int = 256, fail_after: int | None = None):
        self.identity = identity
        self.dimension = dimension
        self.fail_after = fail_after
        self.batches: list[list[str]] = []

    @property
    def texts(self) -> list[str]:
        return [text for batch in self.batches for text in batch]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        if self.fail_after is not None and len(self.batches) >= self.fail_after:
            raise KeyboardInterrupt
        self.batches.append(list(texts))
        return np.stack([self._vector(text) for text in texts])

    def query(self, text: str) -> Vectors:
        return self._vector(text)

    def _vector(self, text: str) -> Vectors:
        found = np.full(self.dimension, 1e-3, np.float32)
        for word in text.casefold().split():
            found[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % self.dimension] += 1
        return found / np.linalg.norm(found)
