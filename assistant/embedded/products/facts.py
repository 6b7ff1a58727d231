"""Reads the numbers of a description and gives each to the criterion that its words name."""

from dataclasses import dataclass

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
LABELLING = ("variants", "skus", "variety", "models", "styles")
_CLAUSE_ENDS = (",", ";", ".", "\n", "!", "?", ":", "(", ")")


@dataclass(frozen=True)
class Amount:
    """A number with the words it covers: `kind` is percent, time (in months), rate (times a year), counted or plain."""

    value: float
    kind: str
    first: int
    last: int


class FactReader:
    """Gives the numbers of a text to the inputs of ProductFacts."""

    def __init__(self, data: Vocabulary | None = None):
        self._data = data or vocabulary()

    def read(self, text: str) -> tuple[dict[str, float], tuple[Wrong, ...]]:
        """Return the facts that can be, and what was said that cannot be."""
        words = words_of(text)
        amounts = self._amounts(text, words)
        found = self._assigned(text, words, amounts)
        found = {**self._variants(text, words), **self._renewals(words, amounts), **self._every(text, words), **found}
        facts, wrong = _checked(found)
        called = self._called_negative(words)
        return {name: value for name, value in facts.items() if name not in called}, (*wrong, *called.values())

    def _amounts(self, text: str, words: tuple[Word, ...]) -> list[Amount]:
        found: list[Amount] = []
        past = find(self._data.past, words)
        quantities = _ranges([q for q in read_quantities(text).quantities if not (q.change or q.is_list or q.currency)])
        for quantity, value in quantities:
            first, last = _covered(words, quantity.start, quantity.end)
            if first > last or _is_past(text, words, past, first):
                continue
            if quantity.percent:
                found.append(Amount(value, "percent", first, last))
            elif quantity.unit in MONTHS and not quantity.per:
                found.append(Amount(value * MONTHS[quantity.unit], "time", first, last))
            elif quantity.per and quantity.per[0] in TIMES_A_YEAR:
                found.append(Amount(value * TIMES_A_YEAR[quantity.per[0]], "rate", first, last))
            else:
                found.append(Amount(value, "counted" if quantity.unit else "plain", first, last))
        taken = {place for amount in found for place in range(amount.first, amount.last + 1)}
        blocked = {p for f in find(self._data.not_shares, words) for p in range(f.first, f.last + 1)}
        found += [
            Amount(self._data.shares[share.phrase], "percent", share.first, share.last)
            for share in find(self._data.shares, words)
            if not taken & set(range(share.first, share.last + 1)) and share.first not in blocked
        ]
        return _one_in(sorted(found, key=lambda amount: amount.first), words)

    def _assigned(self, text: str, words: tuple[Word, ...], amounts: list[Amount]) -> dict[str, float]:
        """Give each number to the input whose words stand nearest, each input and number once."""
        offers = []
        for name, said in self._data.inputs.items():
            heard = [(found, False) for found in find(said.words, words)]
            heard += [(found, True) for found in find(said.complement, words)]
            excluded = find(said.excluded, words)
            for amount in amounts:
                for found, complement in heard:
                    cost = _cost(text, words, amount, found, said, excluded)
                    if cost is not None:
                        offers.append((cost - 0.3 * (found.last - found.first), name, amount, complement))
        taken: dict[str, float] = {}
        used: set[Amount] = set()
        for _, name, amount, complement in sorted(offers, key=lambda offer: (offer[0], offer[2].first)):
            if name not in taken and amount not in used:
                used.add(amount)
                value = amount.value * DAYS_A_MONTH if name.endswith("_days") else amount.value
                taken[name] = round(100 - value if complement else value, 4)
        return taken

    def _variants(self, text: str, words: tuple[Word, ...]) -> dict[str, float]:
        """Return the number of variants: the product of what is counted, such as colors and sizes."""
        counted = self._data.counted
        numbers: dict[int, float] = {}
        firsts: dict[int, int] = {}
        for quantity, value in _ranges([q for q in read_quantities(text).quantities if not (q.change or q.percent)]):
            if quantity.unit in ("", "dozen") and not quantity.currency:
                times = 12 if quantity.unit == "dozen" else 1
                first, last = _covered(words, quantity.start, quantity.end)
                numbers[last], firsts[last] = value * times, first
        for vague in find(self._data.vague_counts, words):
            numbers.setdefault(vague.last, self._data.vague_counts[vague.phrase])
        excluded = {found.first for found in find(counted.excluded, words)}
        by_noun: dict[str, float] = {}
        for last, value in numbers.items():
            for place in range(last + 1, min(last + 2 + counted.adjectives, len(words))):
                between = text[words[last].end : words[place].start]
                if any(end in between for end in _CLAUSE_ENDS):
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
            near = [found for found in heard if _gap(amount, found) <= NEAR_NOVELTY]
            against = [found for found in excluded if _gap(amount, found) <= 2]
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
                any(_distance(found, one) <= NEAR_NOVELTY and not _parted(text, words, found, one) for one in others)
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
    gap = _gap(amount, found)
    reach = PLAIN_REACH if amount.kind == "plain" else REACH
    fits = amount.kind == said.kind or (amount.kind == "plain" and said.kind == "percent")
    if not fits or gap > reach:
        return None
    if any(_gap(amount, other) <= min(4, gap + 2) for other in excluded):
        return None
    place = Found("", amount.first, amount.last)
    parted = _parted(text, words, place, found)
    if parted and amount.kind == "plain":
        return None
    return gap + (OTHER_CLAUSE if parted else 0.0) + (BEHIND if found.first > amount.last else 0.0)


def _gap(amount: Amount, found: Found) -> int:
    return _distance(Found("", amount.first, amount.last), found)


def _distance(one: Found, other: Found) -> int:
    return max(0, other.first - one.last - 1, one.first - other.last - 1)


def _parted(text: str, words: tuple[Word, ...], one: Found, other: Found) -> bool:
    """Say whether a clause ends between two places."""
    first, second = sorted((one, other), key=lambda found: found.first)
    between = text[words[first.last].end : words[second.first].start] if first.last < second.first else ""
    return any(end in between for end in _CLAUSE_ENDS)


def _covered(words: tuple[Word, ...], start: int, end: int) -> tuple[int, int]:
    places = [place for place, word in enumerate(words) if word.end > start and word.start < end]
    return (places[0], places[-1]) if places else (1, 0)


def _ranges(quantities: list[Quantity]) -> list[tuple[Quantity, float]]:
    """Return each quantity with its value; the ends of a range as their mean."""
    found: list[tuple[Quantity, float]] = []
    for place, quantity in enumerate(quantities):
        before = quantities[place - 1] if place else None
        if before is not None and before.bound == "low" and quantity.bound == "high":
            found[-1] = (quantity, (before.value + quantity.value) / 2)
        else:
            found.append((quantity, quantity.value))
    return found


def _one_in(amounts: list[Amount], words: tuple[Word, ...]) -> list[Amount]:
    """Join "1 in 5" to 20 percent."""
    joined: list[Amount] = []
    for amount in amounts:
        last = joined[-1] if joined else None
        linked = last is not None and amount.first == last.last + 2 and words[last.last + 1].text in ("in", "of")
        counts = amount.kind in ("plain", "counted") and last is not None and last.kind == "plain"
        if last and linked and counts and 0 < last.value < amount.value:
            joined[-1] = Amount(100 * last.value / amount.value, "percent", last.first, amount.last)
        else:
            joined.append(amount)
    return joined


def _is_past(text: str, words: tuple[Word, ...], past: list[Found], place: int) -> bool:
    """Say whether a number belongs to what was: "margin used to be 5%"."""
    here = Found("", place, place)
    return any(_distance(found, here) <= 3 and not _parted(text, words, found, here) for found in past)


def _checked(found: dict[str, float]) -> tuple[dict[str, float], tuple[Wrong, ...]]:
    bands = default_thresholds().fisher
    bounds = {bound.input: bound for bound in bands.criteria.values()} | dict(bands.present)
    wrong = {name: reason for name, value in found.items() if (reason := bounds[name].wrong(value))}
    facts = {name: value for name, value in found.items() if name not in wrong}
    return facts, tuple(Wrong(input=name, reason=reason) for name, reason in wrong.items())
