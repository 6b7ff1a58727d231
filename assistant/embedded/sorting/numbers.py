"""Gives the numbers of a message to the inputs that the words beside them name."""

from collections.abc import Mapping, Sequence

from assistant.embedded.products.phrases import Found, Word, find
from assistant.embedded.sorting.amounts import CLAUSE_ENDS, Amount, distance, is_parted
from assistant.embedded.sorting.spoken import InputWords, SupplierWords

WEEKS_A_MONTH = 365 / 12 / 7
REACH = 7
KINDS = {"percent": ("percent", "plain"), "weeks": ("weeks",), "months": ("weeks",), "ratio": ("plain",)}
PLAIN_REACH = 0
RATIO_REACH = 2
PLAIN = 1.0
MOST_PERCENT = 1000
"""From here on a bare number beside "spend" is money, not a share of it."""
EXCLUDED_REACH = 3
OTHER_CLAUSE = 4.0
BEHIND = 0.5
LONGER_NAME = 0.3
ADJECTIVES = 3
NEAR_QUALIFIED = 2

Facts = dict[str, float]


def assigned(
    text: str, words: tuple[Word, ...], amounts: Sequence[Amount], inputs: Mapping[str, InputWords]
) -> tuple[Facts, set[Amount]]:
    """Return each input with the number whose words stand nearest, each input and number once; and those numbers."""
    offers = []
    for name, said in inputs.items():
        heard = [(found, False) for found in find(said.words, words)]
        heard += [(found, True) for found in find(said.complement, words)]
        excluded = find(said.excluded, words)
        for amount in amounts:
            for found, complement in heard:
                cost = _cost(text, words, amount, found, said, excluded)
                if cost is not None:
                    offers.append((cost - LONGER_NAME * (found.last - found.first), name, amount, complement))
    facts: Facts = {}
    used: set[Amount] = set()
    for _, name, amount, complement in sorted(offers, key=lambda offer: (offer[0], offer[2].first)):
        if name not in facts and amount not in used:
            used.add(amount)
            value = amount.value / WEEKS_A_MONTH if inputs[name].kind == "months" else amount.value
            facts[name] = round(100 - value if complement else value, 2)
    return facts, used


def suppliers(text: str, words: tuple[Word, ...], amounts: Sequence[Amount], data: SupplierWords) -> float | None:
    """Return the number of suppliers that a text counts, the qualified ones if it counts both; None if it does not."""
    nouns = find(data.nouns, words)
    qualified = find(data.qualified, words)
    counts: list[tuple[bool, float]] = []
    for amount in amounts:
        if amount.value != int(amount.value):
            continue
        noun = _noun(text, words, amount, nouns)
        if noun is None and nouns and _of_them(amount, qualified):
            counts.append((True, amount.value))
        if noun is None:
            continue
        near = [one for one in qualified if distance(amount, one) <= NEAR_QUALIFIED or distance(noun, one) == 0]
        counts.append((bool(near), amount.value))
    if counts:
        return max(counts, key=lambda count: count[0])[1]
    for noun in nouns:
        before = words[noun.first - 1].text if noun.first else ""
        around = {word.text for word in words[max(0, noun.first - 4) : noun.first]}
        if before in data.ordinals and not around & set(data.without):
            return float(data.ordinals[before])
    return None


def _of_them(amount: Amount, qualified: Sequence[Found]) -> bool:
    """Say whether a number counts suppliers named before: "3 of them approved"."""
    after = [one for one in qualified if 0 <= one.first - amount.last - 1 <= NEAR_QUALIFIED and one.phrase != "only"]
    return amount.kind == "plain" and bool(after)


def _noun(text: str, words: tuple[Word, ...], amount: Amount, nouns: Sequence[Found]) -> Found | None:
    """Return the noun that an amount counts: "two qualified suppliers", "suppliers: 2"."""
    if amount.kind == "suppliers":
        following = words[amount.last + 1].text if amount.last + 1 < len(words) else ""
        return None if following == "of" else Found("", amount.last, amount.last)
    if amount.kind != "plain":
        return None
    after = [one for one in nouns if 0 <= one.first - amount.last - 1 <= ADJECTIVES]
    if after and not is_parted(text, words, amount, after[0]):
        skipped = [word.text for word in words[amount.last + 1 : after[0].first]]
        if not any(word[0].isdigit() or word == "of" for word in skipped):
            return after[0]
    before = [one for one in nouns if 0 <= amount.first - one.last - 1 <= 1 and not is_parted(text, words, one, amount)]
    if not before:
        return None
    shown = text[words[before[0].last].end :].lstrip().startswith((":", "="))
    ends = CLAUSE_ENDS.match(text[words[amount.last].end :].lstrip()) or amount.last == len(words) - 1
    return before[0] if shown or (ends and amount.first == before[0].last + 1) else None


def _cost(
    text: str, words: tuple[Word, ...], amount: Amount, found: Found, said: InputWords, excluded: Sequence[Found]
) -> float | None:
    """Return how far a number stands from a word of an input; None where it cannot be meant."""
    kinds = KINDS[said.kind]
    gap = distance(amount, found)
    reach = RATIO_REACH if said.kind == "ratio" else PLAIN_REACH if amount.kind == "plain" else REACH
    if amount.kind not in kinds or gap > reach:
        return None
    if any(distance(amount, other) <= EXCLUDED_REACH for other in excluded):
        return None
    parted = is_parted(text, words, amount, found)
    if amount.kind == "plain" and (parted or amount.value >= MOST_PERCENT):
        return None
    if amount.kind == "plain" and (found.first > amount.last or not words[amount.first].text[0].isdigit()):
        return None
    return (
        gap
        + (PLAIN if amount.kind == "plain" else 0.0)
        + (OTHER_CLAUSE if parted else 0.0)
        + (BEHIND if found.first > amount.last else 0.0)
    )
