"""Finds the lines of a form: each with words and a number or a few, so that nothing goes on from one to the next."""

import re

MOST_WORDS = 9
FEWEST = 2
MOST_NUMBERS = 3
END = ";"
_LINE = re.compile(r"[^\n]+")
_NUMBER = re.compile(r"(?<![A-Za-z\d])[-+]?\d[\d.,\N{RIGHT SINGLE QUOTATION MARK}']*")
_SENTENCE = re.compile(r"[.?!]\s+\S")


def part_form_lines(text: str) -> str:
    """Return a text with a sign that ends what stands before it in place of each line break between such lines."""
    if "\n" not in text:
        return text
    signs = list(text)
    for block in _blocks([(found.start(), found.group()) for found in _LINE.finditer(text)]):
        for start, line in block:
            for place in (start - 1, start + len(line)):
                if 0 <= place < len(text) and text[place] == "\n":
                    signs[place] = END
    return "".join(signs)


def _blocks(lines: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    blocks: list[list[tuple[int, str]]] = [[]]
    for line in lines:
        if _is_entry(line[1]):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if len(block) >= FEWEST]


def _is_entry(line: str) -> bool:
    """Say whether a line names something and gives its numbers: "Salvage: 700", "55 per order", "calls 95 @ 3.50"."""
    words = len(line.split())
    named = any(sign.isalpha() for sign in line)
    numbers = len(_NUMBER.findall(line))
    return named and words <= MOST_WORDS and 1 <= numbers <= MOST_NUMBERS and not _SENTENCE.search(line)
