"""Brings the ways to write a country to one name, so that "DE" and "Germany" count as the same."""

from functools import cache, lru_cache
from pathlib import Path

import yaml

from tools.risk.plain import one_line

FILE = Path(__file__).with_name("countries.yaml")


@cache
def spoken() -> dict[str, str]:
    """Return the names of countries as people say them in a sentence, each with the name that a review gives it."""
    return {said: country for country, others in _listed()["countries"].items() for said in others}


@lru_cache(maxsize=20_000)
def country_named(written: str) -> str:
    """Return the name of the country that a field holds, by name or ISO 3166 code; what is unknown stays as it is."""
    return _written().get(_plain(written), one_line(written))


@cache
def _written() -> dict[str, str]:
    listed = _listed()
    names = {_plain(said): country for said, country in spoken().items()}
    names |= {_plain(said): country for country, others in listed["written"].items() for said in (country, *others)}
    unclear = {_plain(one) for one in listed["unclear"]}
    return {said: country for said, country in names.items() if said not in unclear}


@cache
def _listed() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


def _plain(written: str) -> str:
    return one_line(written).replace(".", "").casefold().removeprefix("the ")
