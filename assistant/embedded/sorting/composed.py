"""Messages that ask for a classification, composed for training from descriptions and ways to ask."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from knowledge.classifier import Pairs
from tools.classification.signs import read_described, read_names, read_signs

DATA = Path(__file__).parents[1] / "data"
MARKS = (".", ",", "", " -", ":")
APART = 7
BARE = 8
EACH = 4
EVERY = 2  # of what there is much of, or all that tells of a product would be taken to ask for its class


def ways_to_ask() -> list[str]:
    """Return ways to ask for a classification of a product, without a product."""
    data = _loaded("sorting")
    return [*data["asks"], *(text for text in data["sorting"]["product"] if len(text.split()) <= BARE)]


def composed() -> Pairs:
    """Return pairs of what is to be classified and a message that asks for it."""
    found = {"product": _products(), "purchase": _bought(), "supply": _supplied()}
    return [(kind, text) for kind, texts in found.items() for text in texts]


def _products() -> list[str]:
    """Return descriptions and names of products, with and without a chain and ways to ask behind them."""
    rows, asks = read_described()[::EVERY], cycle(_loaded("sorting")["asks"])
    chains = cycle([text for sign in read_signs().values() if sign.says.endswith("_chain") for text in sign.said])
    described = [text for row in rows for text in row.said]
    chained = [f"{row.said[0].rstrip('. ')}. {next(chains)}. {next(asks)}" for row in rows]
    long = [f"{row.product}. {row.said[-1].rstrip('. ')}. {row.said[0].rstrip('. ')}" for row in rows]
    names = [*(row.product for row in rows), *[name for names in read_names().values() for name in names][::EACH]]
    return [*described, *_asked(described, asks), *_asked(names, asks), *chained, *_asked(long, asks)]


def _bought() -> list[str]:
    """Return what is said of bought items, and their names, with ways to ask behind them."""
    asks = cycle(_loaded("sorting")["purchase_asks"])
    items = [names[0] for group in _loaded("purchase_items")["groups"] for names in group["items"]]
    said = [text for sign in _loaded("purchase_signs")["signs"] for text in sign["said"][::EVERY]]
    other = [*said[APART:], *said[:APART]]
    told = [f"{item}: {one}, {two}" for item, one, two in zip(cycle(items), said, other, strict=False)]
    bare = [f"{item}, {one}" for item, one in zip(cycle(items[::-1]), said, strict=False)]
    three = [f"{one}; {two}, {other}" for one, two, other in zip(said, said[APART:], said[2 * APART :], strict=False)]
    return [*_asked(items, asks), *_asked(told, asks), *_asked(bare, asks), *_asked(three, asks)]


def _supplied() -> list[str]:
    """Return what is said of demand together with what is said of supply, with ways to ask behind it."""
    products = cycle([row.product for row in read_described()])
    sides: dict[str, list[str]] = {"demand": [], "supply": []}
    for side in _loaded("supply_signs")["sides"]:
        sides[side["axis"]] += side["said"]
    pairs = zip(sides["demand"], cycle(sides["supply"][::-1]), strict=False)
    told = [f"{next(products)}, {one}, {other}" for one, other in pairs]
    return _asked(told, cycle(_loaded("sorting")["supply_asks"]))


def _asked(texts: Sequence[str], asks: Iterator[str]) -> list[str]:
    """Return texts with a way to ask behind them, every fourth with one before it."""
    found = []
    for place, (text, mark) in enumerate(zip(texts, cycle(MARKS), strict=False)):
        told, ask = text.rstrip(". "), next(asks)
        found.append(f"{ask.rstrip('?. ')}: {told}" if place % 4 == 0 else f"{told}{mark} {ask}")
    return found


def _loaded(name: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), loader)  # noqa: S506 - a safe loader
