"""Reads the numbers of a description and gives each to the criterion that its words name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.embedded.products.amounts import CLAUSE_ENDS, Amount, covered, distance, gap, is_past, parted, ranges
from assistant.embedded.products.phrases import Found, Word, find, words_of
from assistant.embedded.products.vocabulary import InputWords, Vocabulary, vocabulary
from assistant.embedded.quantities import Quantity, read_quantities
from tools.classification.product_result import Wrong
from tools.classification.thresholds import default_thresholds

MONTHS = {"hour": 1 / 730, "day": 12 / 365, "week": 84 / 365, "month": 1.0, "quarter": 3.0, "season": 6.0, "year": 12.0}
DAYS_A_MONTH = 365 / 12
TIMES_A_YEAR = {"year": 1, "month": 12, "week": 52, "quarter": 4, "day": 365, "season": 2}
REACH = 7
PLAIN_REACH = 2
OTHER_CLAUSE = 4.0
BEHIND = 0.5
NEAR_NOVELTY = 5
OTHER_PART = 4
KEPT = 256
LABELLING = ("variants", "skus", "variety", "models", "styles")
_BARE_DECIMAL = re.compile(r"(?<![\w.,])\.(?=\d)")


@dataclass(frozen=True)
class Numbers:
    """What numbers say: facts, what cannot be with its reason and value, and further values said of another part."""

    facts: dict[str, float]
    wrong: tuple[Wrong, ...]
    impossible: dict[str, float]
    others: tuple[tuple[str, float], ...]


@lru_cache(maxsize=KEPT)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return read_quantities(text).quantities


class FactReader:
    """Gives the numbers of a text to the inputs of ProductFacts."""

    def __init__(self, data: Vocabulary | None = None):
        self._data = data or vocabulary()
        self.find = lru_cache(maxsize=KEPT)(self._find)

    def read(self, text: str) -> tuple[dict[str, float], tuple[Wrong, ...]]:
        """Return the facts that can be, and what was said that cannot be."""
        found = self.find(text)
        return found.facts, found.wrong

    def _find(self, text: str) -> Numbers:
        """Return what the numbers of a text say, with those that cannot be and those said of another part."""
        text = self._spelled_out(text)
        words = words_of(text)
        amounts = self._amounts(text, words)
        assigned, others = self._assigned(text, words, amounts)
        told = {**self._variants(text, words), **self._renewals(words, amounts), **self._every(text, words)}
        others += [(name, value) for name, value in told.items() if name in assigned and name != "variants"]
        facts, wrong = _checked({**told, **assigned})
        called = self._called_negative(words)
        impossible = {name: {**told, **assigned}[name] for name in (one.input for one in wrong)}
        facts = {name: value for name, value in facts.items() if name not in called}
        return Numbers(facts, (*wrong, *called.values()), impossible, tuple(others))

    def _spelled_out(self, text: str) -> str:
        """Write out decades, decimals without a zero, and abbreviations before numbers: "SO 2%", "FE=.4"."""
        text = _BARE_DECIMAL.sub("0.", text)
        for said, meant in self._data.spelled.items():
            text = re.sub(rf"\b{said}\b", meant, text, flags=re.IGNORECASE)
        short = self._data.short

        def spelled(found: re.Match[str]) -> str:
            word = found[1]
            capital = word.casefold() not in self._data.short_in_capitals or word.isupper()
            return short[word.casefold()] if capital else word

        return re.sub(rf"(?<![\w'])({'|'.join(short)})(?=\s*[:=~]?\s*[-~]?\.?\d)", spelled, text, flags=re.IGNORECASE)

    def _amounts(self, text: str, words: tuple[Word, ...]) -> list[Amount]:
        found: list[Amount] = []
        past = find(self._data.past, words)
        shares = list(self._one_in(text, words))
        taken = {place for share in shares for place in range(share.first, share.last + 1)}
        quantities = ranges([q for q in _quantities(text) if not (q.change or q.is_list or q.currency)])
        for quantity, value in quantities:
            first, last = covered(words, quantity.start, quantity.end)
            if first > last or first in taken or is_past(text, words, past, first):
                continue
            if quantity.percent:
                found.append(Amount(value, "percent", first, last))
            elif 0 < value < 1 and not quantity.unit and not quantity.per:
                found.append(Amount(round(100 * value, 4), "share", first, last))
            elif quantity.unit in MONTHS and not (quantity.per and quantity.per[0] in TIMES_A_YEAR):
                found.append(Amount(value * MONTHS[quantity.unit], "time", first, last))
            elif quantity.per and quantity.per[0] in TIMES_A_YEAR:
                found.append(Amount(value * TIMES_A_YEAR[quantity.per[0]], "rate", first, last))
            else:
                found.append(Amount(value, "counted" if quantity.unit else "plain", first, last))
        found += shares
        taken = {place for amount in found for place in range(amount.first, amount.last + 1)}
        blocked = {p for f in find(self._data.not_shares, words) for p in range(f.first, f.last + 1)}
        found += [
            Amount(self._data.shares[share.phrase], "percent", share.first, share.last)
            for share in find(self._data.shares, words)
            if not taken & set(range(share.first, share.last + 1)) and share.first not in blocked
        ]
        return sorted(found, key=lambda amount: amount.first)

    def _one_in(self, text: str, words: tuple[Word, ...]) -> Iterator[Amount]:
        """Find "1 in 5", "one out of twenty" and "every third customer" as percent."""
        count = "|".join(self._data.numbers)
        pattern = rf"\b(\d+|{count}) (?:in|of|out of) (?:a |every )?(\d+|{count})\b(?!\s*%)"
        for found in re.finditer(pattern, text, re.IGNORECASE):
            part, whole = (self._data.numbers.get(word.casefold()) or float(word) for word in found.groups())
            if 0 < part < whole:
                yield Amount(round(100 * part / whole, 4), "percent", *covered(words, *found.span()))

    def _assigned(
        self, text: str, words: tuple[Word, ...], amounts: list[Amount]
    ) -> tuple[dict[str, float], list[tuple[str, float]]]:
        """Give each number to the input whose words stand nearest, each input and number once.

        A number left over that is said of another part ("error 8% on frames, on fabric 50%") is returned beside.
        """
        offers = []
        for name, said in self._data.inputs.items():
            heard = [(found, False) for found in find(said.words, words)]
            heard += [(found, True) for found in find(said.complement, words)]
            excluded = find(said.excluded, words)
            for amount in amounts:
                for found, complement in heard:
                    cost = _cost(text, words, amount, found, said, excluded)
                    if cost is not None:
                        offers.append((cost - 0.3 * (found.last - found.first), name, amount, complement, found))
        taken: dict[str, float] = {}
        used: dict[Amount, tuple[str, bool]] = {}
        heard_of: set[Found] = set()
        ranked = sorted(offers, key=lambda offer: (offer[0], offer[2].first))
        for _, name, amount, complement, found in ranked:
            if name not in taken and amount not in used:
                used[amount] = name, complement
                heard_of.add(found)
                taken[name] = _in_unit(name, amount.value, complement)
        again = {
            amount: (name, complement)
            for cost, name, amount, complement, found in reversed(ranked)
            if cost < OTHER_CLAUSE and found not in heard_of
        }
        corrected = {near.last + 1 for near in find(self._data.corrections, words)}
        others = []
        for place, amount in enumerate(amounts):
            if amount in used or corrected & set(range(amount.first - 2, amount.last + 1)):
                continue
            before = amounts[max(0, place - 1)]
            goes_on = before in used and self._of_another(words, before, amount)
            named = used[before] if goes_on else again.get(amount)
            if named:
                others.append((named[0], _in_unit(named[0], amount.value, named[1])))
        return taken, others

    def _of_another(self, words: tuple[Word, ...], before: Amount, amount: Amount) -> bool:
        """Say whether a number follows one before with "on", "for" or the like and a few words: of another part."""
        between = words[before.last + 1 : amount.first]
        if before.kind != amount.kind:
            return False
        return 1 < len(between) <= OTHER_PART and any(word.text in self._data.parts_after for word in between[:2])

    def _variants(self, text: str, words: tuple[Word, ...]) -> dict[str, float]:
        """Return the number of variants: the product of what is counted, such as colors and sizes."""
        counted = self._data.counted
        numbers: dict[int, float] = {}
        firsts: dict[int, int] = {}
        for quantity, value in ranges([q for q in _quantities(text) if not (q.change or q.percent)]):
            if quantity.unit in ("", "dozen") and not quantity.currency:
                times = 12 if quantity.unit == "dozen" else 1
                first, last = covered(words, quantity.start, quantity.end)
                numbers[last], firsts[last] = value * times, first
        for vague in find(self._data.vague_counts, words):
            numbers.setdefault(vague.last, self._data.vague_counts[vague.phrase])
        excluded = {found.first for found in find(counted.excluded, words)}
        by_noun: dict[str, float] = {}
        for last, value in numbers.items():
            for place in range(last + 1, min(last + 2 + counted.adjectives, len(words))):
                between = text[words[last].end : words[place].start]
                if any(end in between for end in CLAUSE_ENDS):
                    break
                if words[place].text in counted.words:
                    if not excluded & set(range(last, place + 3)) and value >= 1:
                        by_noun.setdefault(words[place].text.rstrip("s"), value)
                    break
            before = words[first - 1] if (first := firsts.get(last, 0)) else None
            joined = before is not None and not any(end in text[before.end : words[first].start] for end in ",;.\n")
            if not by_noun and before is not None and joined and before.text in LABELLING:
                by_noun.setdefault(before.text, value)
        product = 1.0
        for value in by_noun.values():
            product *= value
        return {"variants": product} if by_noun else {}

    def _renewals(self, words: tuple[Word, ...], amounts: list[Amount]) -> dict[str, float]:
        """Return the life cycle that "restyled twice a year" or "4 collections a year" gives."""
        said = self._data.renewals
        heard, excluded = find(said.words, words), find(said.excluded, words)
        for amount in amounts:
            near = [found for found in heard if gap(amount, found) <= NEAR_NOVELTY]
            against = [found for found in excluded if gap(amount, found) <= 2]
            if amount.kind == "rate" and near and not against and 0 < amount.value <= said.most:
                return {"life_cycle_months": 12 / amount.value}
        return {}

    def _every(self, text: str, words: tuple[Word, ...]) -> dict[str, float]:
        """Return the life cycle that "a new model every year" gives."""
        said = self._data.every
        novelty, excluded = find(said.novelty, words), find(said.excluded, words)
        spoken = {f"{before} {period}": months for before in said.before for period, months in said.periods.items()}
        spoken |= said.alone
        for found in find(spoken, words):
            near, against = (
                any(distance(found, one) <= NEAR_NOVELTY and not parted(text, words, found, one) for one in others)
                for others in (novelty, excluded)
            )
            if near and not against:
                return {"life_cycle_months": spoken[found.phrase]}
        return {}

    def _called_negative(self, words: tuple[Word, ...]) -> dict[str, Wrong]:
        """Return the inputs that are called negative and cannot be: "a negative life cycle"."""
        bands = default_thresholds().fisher
        bounds = {bound.input: bound for bound in bands.criteria.values()} | dict(bands.present)
        found = {}
        for negative in find(self._data.negative, words):
            for name, said in self._data.inputs.items():
                follows = any(other.first == negative.last + 1 for other in find(said.words, words))
                if follows and bounds[name].least >= 0:
                    bound = bounds[name]
                    reason = f"{bound.label} is called negative, but it cannot be below 0; {bound.remedy}."
                    found[name] = Wrong(input=name, reason=reason)
        return found


def _cost(
    text: str, words: tuple[Word, ...], amount: Amount, found: Found, said: InputWords, excluded: list[Found]
) -> float | None:
    """Return how far a number stands from a word of an input; None where it cannot be meant."""
    apart = gap(amount, found)
    reach = PLAIN_REACH if amount.kind == "plain" else REACH
    fits = amount.kind == said.kind or (amount.kind in ("plain", "share") and said.kind == "percent")
    if not fits or apart > reach:
        return None
    if any(gap(amount, other) <= min(4, apart + 2) for other in excluded):
        return None
    place = Found("", amount.first, amount.last)
    elsewhere = parted(text, words, place, found)
    if elsewhere and amount.kind == "plain":
        return None
    return apart + (OTHER_CLAUSE if elsewhere else 0.0) + (BEHIND if found.first > amount.last else 0.0)


def _in_unit(name: str, value: float, complement: bool) -> float:
    """Return an amount in the unit of its input; times are given in months, complements to 100."""
    value = value * DAYS_A_MONTH if name.endswith("_days") else value
    return round(100 - value if complement else value, 4)


def _checked(found: dict[str, float]) -> tuple[dict[str, float], tuple[Wrong, ...]]:
    bands = default_thresholds().fisher
    bounds = {bound.input: bound for bound in bands.criteria.values()} | dict(bands.present)
    wrong = {name: reason for name, value in found.items() if (reason := bounds[name].wrong(value))}
    facts = {name: value for name, value in found.items() if name not in wrong}
    return facts, tuple(Wrong(input=name, reason=reason) for name, reason in wrong.items())
