"""Notes on anything but the field, composed of benchmarks/grown.yaml: what an index can be grown by."""

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import yaml

GRAMMAR = Path(__file__).with_name("grown.yaml")
SECTIONS = ("", "Why it matters", "How it works", "Example", "Compared with", "Pitfalls", "In practice")
BULLETS = 6
PASSAGES_A_NOTE = 50
"""The title, three ways of asking, the purpose, six bullets in each of seven sections, and three questions."""


def write_notes(folder: Path, count: int, seed: int = 7) -> None:
    """Write `count` notes below a folder in the form in which users write theirs; no two share a sentence."""
    chance = random.Random(seed)  # noqa: S311 - sentences, not secrets
    grammar: dict[str, list[list[str]]] = yaml.safe_load(GRAMMAR.read_text("utf-8"))
    domains = {area: (_titles(lists, chance), _sentences(lists, chance)) for area, lists in grammar.items()}
    areas = list(grammar)
    folder.mkdir(parents=True)
    for number in range(count):
        area = areas[number % len(areas)]
        titles, sentences = domains[area]
        note = _note(next(titles), area, sentences)
        (folder / f"{area}-{number}.md").write_text(note, encoding="utf-8")


def _titles(lists: list[list[str]], chance: random.Random) -> Iterator[str]:
    """Yield pairs such as 'The skipper and a sheltered bay', and by and by longer ones."""
    who, _, what, how = lists
    pairs = [f"{one} and {other}" for one in who for other in what]
    chance.shuffle(pairs)
    yield from pairs
    yield from (f"{pair} {ending}" for ending in how for pair in pairs)


def _sentences(lists: list[list[str]], chance: random.Random) -> Iterator[str]:
    """Yield each sentence of a domain once; a domain has 20,736."""
    seen: set[str] = set()
    while True:
        made = " ".join(chance.choice(words) for words in lists)
        if made not in seen:
            seen.add(made)
            yield made


def _note(title: str, area: str, sentences: Iterator[str]) -> str:
    def some(count: int) -> list[str]:
        return list(islice(sentences, count))

    asked, (purpose, use_when) = some(3), some(2)
    lines = ["---", f'title: "{title}"', f"area: {area}", f'purpose: "{purpose}."', f'use_when: "{use_when}."']
    lines += ['not_when: "Never otherwise."', 'measured_by: "Nobody measures it."', "asked_as:"]
    lines += [f'  - "{text}"' for text in asked]
    lines += ["references:", '  - "Made up for a benchmark."', "---"]
    for heading in SECTIONS:
        lines += [f"## {heading}"] if heading else []
        lines += [f"- {text}." for text in some(BULLETS)]
    lines += ["## Check yourself"]
    for text in some(3):
        lines += [f"- Question: Is it so that {text[0].lower()}{text[1:]}?", "  Answer: So it is told."]
    return "\n".join(lines) + "\n"
