"""What the embedded model classifies: the calls that a message asks for, and what a follow-up changes in them."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from assistant.answer import Kind
from assistant.embedded.context import SEARCH, SORTING, Context, Run
from assistant.embedded.intents import open_blend
from assistant.embedded.products.reader import ProductReader, SpokenProduct
from assistant.embedded.sorting.arguments import Args, filled, item_args, merged, product_args, purchase_args
from assistant.embedded.sorting.asking import (
    asking_words,
    asks_to_explain,
    asks_which_chain,
    asks_why,
    names_a_framework,
    names_a_quadrant,
    words_of_asking,
)
from assistant.embedded.sorting.lists import classes_wanted, read_items
from assistant.embedded.sorting.product_told import product_reasons
from assistant.embedded.sorting.purchases import PurchaseReader
from assistant.embedded.sorting.supplies import SupplyReader
from assistant.embedded.sorting.told import told
from assistant.embedded.understand import Understanding
from knowledge.library import Library
from knowledge.signals import COMMON

PRODUCT, PURCHASE, SUPPLY, ITEMS = SORTING
KINDS = {"product": PRODUCT, "purchase": PURCHASE, "supply": SUPPLY, "items": ITEMS}
SURE = 0.4
LEAST = {"product": 0.72, "purchase": 0.6, "supply": 0.6, "items": 0.7}
ASKED = 0.8
HEARD = 0.1
EVIDENCE = 2
LIKELY = 0.5
SURELY = 0.8
SURE_THOUGH_OUTSIDE = 0.95
CHANGES = 0.4
OTHER = 0.6
MAYBE_OUTSIDE = 0.4
NEVER = ("injection", "wrongdoing", "private_data")
TURNS_BACK = 3
SHORT = 25
FEW_WORDS = 14
MOST = 8
_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d|\b(?:half|third|quarter|fifth|dozen\w*|one|two|three|four|five|six|ten)\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"^\W*(?:and|what about|how about|now|next|also|then)\b.{0,12}?\b(?:the|our|my|for|a|an)\b", re.IGNORECASE
)

_items = lru_cache(maxsize=4)(read_items)  # a turn asks twice: whether a message holds a list, and for the list

Calls = list[tuple[str, Args]]


class Sorter:
    """Plans classifications and writes their replies; its state is the history that it is given."""

    def __init__(self, library: Library):
        self._library = library
        self._intent = open_blend("sorting", library)
        self.intent = lru_cache(maxsize=8)(self._intent_anew)
        self._read_products = lru_cache(maxsize=8)(self._read_products_anew)  # a follow-up is looked at three times

    @cached_property
    def _products(self) -> ProductReader:
        return ProductReader(self._library)

    @cached_property
    def _purchases(self) -> PurchaseReader:
        return PurchaseReader(self._library)

    @cached_property
    def _supplies(self) -> SupplyReader:
        return SupplyReader(self._library)

    def _intent_anew(self, text: str) -> dict[str, float]:
        """Return how likely a message asks for each kind of classification, changes one, or does neither."""
        corrected = self._library.names.correct(text)
        return self._intent.probabilities(text, self._library.embedder.query(corrected), corrected)

    def takes(self, context: Context) -> bool:
        """Say whether a message is for a classification whatever else it names: after one, or with a list of items."""
        if _latest(context):
            return True
        if names_a_framework(context.question) and self._kind(context.question, self.intent(context.question)):
            return True
        found = _items(context.question) if classes_wanted(context.question) else None
        return found is not None and len(found.table.items.names) > 1

    def calls(self, context: Context, read: Understanding) -> Calls:
        """Return the classifications that the current message asks for, none if it asks for none."""
        listed = _listed(context.question) if classes_wanted(context.question) else []
        if listed:
            return listed
        intent = self.intent(context.question)
        last = _latest(context)
        if read.dependent and not last and not (names_a_framework(context.question) or asking_words(context.question)):
            return []
        kind = self._kind(context.question, intent)
        likely = max(intent[name] for name in KINDS) >= SURE_THOUGH_OUTSIDE or (last and intent["change"] >= CHANGES)
        likely = likely or (bool(kind) and names_a_framework(context.question))
        if read.outside >= MAYBE_OUTSIDE and (read.outside_act in NEVER or not likely):
            return []
        if last and asks_why(context.question):
            return [(run.tool, run.args) for run in last]
        if last and asks_which_chain(context.question):
            run = next((run for run in last if _names(context.question, run)), last[-1])
            title = next((title for title in run.output.get("notes", []) if title.endswith("supply chain")), "")
            return [(SEARCH, {"query": title, "kind": "what", "concepts": [title]})] if title else []
        takes_up = any(map(_is_open, last)) and _could_answer(read)
        if last and (intent["other"] < OTHER or takes_up or self._states_facts(context.question, last)):
            changed = self._changed(context.question, last, intent)
            if changed:
                return changed
        if not kind or (intent[kind] < SURELY and asks_to_explain(context.question)):
            return []
        calls = self._fresh(kind, context.question)
        empty = not any(args for _, args in calls)
        return [] if empty and (last or context.last or intent[kind] < SURELY) else calls

    def reply(self, context: Context) -> tuple[str, Kind]:
        """Return the reply to what the tools said in this turn, and its kind."""
        tool = next(name for name, _ in context.outputs if name in SORTING)
        outputs = [output for name, output in context.outputs if name == tool]
        judged = all(isinstance(output, dict) and "criteria" in output for output in outputs)
        if tool == PRODUCT and judged and _latest(context) and asks_why(context.question):
            return product_reasons(outputs), "answer"
        if not all(isinstance(output, dict) for output in outputs):
            return "\n\n".join(str(output) for output in outputs), "invalid"
        return told(tool, outputs)

    def _kind(self, text: str, intent: Mapping[str, float]) -> str:
        """Return what a message asks to be classified, by all of its words or by those that ask; "" if nothing."""
        kind = max(KINDS, key=lambda name: intent[name])
        if intent[kind] >= (SURE if kind == "purchase" and names_a_quadrant(text) else LEAST[kind]):
            return kind
        if intent[kind] < HEARD:
            return ""
        asked = asking_words(text)
        if asked and self.intent(asked)[kind] >= ASKED:
            return kind
        return kind if kind == "product" and self._tells_of_a_product(text) else ""

    def _tells_of_a_product(self, text: str) -> bool:
        """Say whether a message that asks nothing gives numbers or clear signs of a product's demand."""
        if "?" in text:
            return False
        return max(map(self._products.evidence_in, self._read_products(text)), default=0) >= EVIDENCE

    def _read_products_anew(self, text: str) -> Sequence[SpokenProduct]:
        return self._products.read(text)

    def _fresh(self, kind: str, text: str) -> Calls:
        if kind == "product":
            spoken = self._read_products(text)
            calls = [(PRODUCT, product_args(one)) for one in spoken if _says_something(one)][:MOST]
            return calls or [(PRODUCT, {"description": text} if self._describes(text) else {})]
        if kind == "purchase":
            return [(PURCHASE, purchase_args(one)) for one in self._purchases.read(text)][:MOST]
        if kind == "supply":
            return [(SUPPLY, self._supply_args(text))]
        return _listed(text)

    def _describes(self, text: str) -> bool:
        """Say whether a message holds words beyond those that only ask for a classification."""
        return bool({*_WORDS.findall(text.casefold())} - words_of_asking() - COMMON)

    def _supply_args(self, text: str) -> Args:
        found = self._supplies.read(text)
        levels = {name: value for name, value in (("demand", found.demand), ("supply", found.supply)) if value}
        facts = {**found.facts, **levels}
        return filled({"product": found.name, "facts": facts})

    def _changed(self, text: str, last: Sequence[Run], intent: Mapping[str, float]) -> Calls:
        """Return the last classifications with what the message changes in them, or of what it names beside them."""
        open_ = any(_is_open(run) for run in last)
        if not open_ and intent["change"] < CHANGES and len(text.split()) > SHORT:
            return []
        tool = last[-1].tool
        if tool == PRODUCT:
            return self._changed_products(text, last, intent, open_=open_)
        if tool == PURCHASE:
            return self._changed_purchase(text, last[-1])
        if tool == SUPPLY:
            return self._changed_supply(text, last[-1])
        return _listed(text)

    def _changed_products(self, text: str, last: Sequence[Run], intent: Mapping[str, float], *, open_: bool) -> Calls:
        run = next((run for run in last if _is_open(run)), last[-1])
        asked = [part["criterion"] for part in run.output.get("questions", []) if isinstance(part, dict)]
        found = self._read_products(self._as_answer(text, asked) if open_ else text)
        if not any(map(_says_something, found)):
            return []
        anew = _ANOTHER.search(text) or (intent["product"] > LIKELY and not open_)
        if len(found) > 1 or (found[0].name and anew):
            return [(PRODUCT, product_args(one)) for one in found if _says_something(one)][:MOST]
        if intent["change"] < CHANGES and not open_ and not found[0].facts:
            return []
        return [(PRODUCT, merged(run.args, found[0]))]

    def _states_facts(self, text: str, last: Sequence[Run]) -> bool:
        """Say whether a short message only gives figures, for the product that was classified last."""
        if last[-1].tool != PRODUCT or len(text.split()) > FEW_WORDS:
            return False
        found = self._read_products(text)
        return len(found) == 1 and bool(found[0].facts) and not found[0].name

    def _as_answer(self, text: str, asked: Sequence[str]) -> str:
        """Return a bare answer with the name of what was asked for before it, so that its number is read as that."""
        bare = bool(asked) and not any(one.facts for one in self._read_products(text)) and _NUMBER.search(text)
        return f"{asked[0].replace('_', ' ')}: {text}" if bare else text

    def _changed_purchase(self, text: str, run: Run) -> Calls:
        found = self._purchases.read(text)
        if len(found) != 1 or not found[0].facts:
            return []
        if _ANOTHER.search(text) and found[0].name:
            return [(PURCHASE, purchase_args(found[0]))]
        facts = {**run.args.get("facts", {}), **found[0].facts}
        assumed = list(found[0].assumptions)
        return [(PURCHASE, filled({**run.args, "facts": facts, "assumed": assumed}))]

    def _changed_supply(self, text: str, run: Run) -> Calls:
        args = self._supply_args(text)
        if "facts" not in args:
            return []
        if _ANOTHER.search(text) and args.get("product"):
            return [(SUPPLY, args)]
        return [(SUPPLY, {**run.args, "facts": {**run.args.get("facts", {}), **args["facts"]}})]


def _listed(text: str) -> Calls:
    """Return the classification of a list of stock items, none where the message holds no list."""
    found = _items(text)
    return [] if found is None else [(ITEMS, item_args(found))]


def _latest(context: Context) -> list[Run]:
    """Return the classifications of the latest turn, if it was one of the last and nothing was computed since."""
    for turn in reversed(context.past[-TURNS_BACK:]):
        if turn.sorted:
            return turn.sorted
        if turn.computed:
            return []
    return []


def _names(text: str, run: Run) -> bool:
    """Say whether a message names the product of a classification, or a part of its name."""
    called = {*_WORDS.findall(str(run.args.get("product", "")).casefold())} - COMMON
    return bool(called & {*_WORDS.findall(text.casefold())})


def _could_answer(read: Understanding) -> bool:
    """Say whether a message may answer a question that was asked: short, and asking nothing itself."""
    return "?" not in read.question and not read.named and len(read.question.split()) <= SHORT


def _is_open(run: Run) -> bool:
    return run.output.get("label") == "unknown" or "notes" not in run.output


def _says_something(spoken: SpokenProduct) -> bool:
    return bool(spoken.name or spoken.facts or spoken.parts or spoken.text.strip())
