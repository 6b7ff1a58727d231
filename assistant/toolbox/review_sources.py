"""The sources of a node as a chat tells them: merged with those that are known, and refused above 100 %."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from assistant.toolbox.review_entries import SourceTold
from assistant.toolbox.review_words import folded
from tools.metrics.shown import percent, plural
from tools.risk.errors import refused
from tools.risk.review import Source
from tools.risk.sources import NEAR
from tools.risk.store.errors import as_review_error


def check_shares(name: str, sources: Sequence[Source]) -> None:
    """Refuse sources that deliver more than all of a node."""
    shares = [(one.supplier or one.country or "not named", one.share) for one in sources if one.share is not None]
    total = sum(share for _, share in shares)
    if total > 1 + NEAR:
        said = " and ".join(f"{who} {percent(share)}" for who, share in shares)
        raise refused(
            "sources",
            f"{name}: the shares of its sources add up to {percent(total)} ({said}), and all of it is 100 %. Say what "
            "each of them delivers.",
        )


def whole(told: Sequence[SourceTold]) -> bool:
    """Say whether sources that were told make up all of a node, so that they replace those known before."""
    shares = [one.share for one in told]
    return len(told) > 1 and None not in shares and abs(sum(share or 0 for share in shares) - 1) <= NEAR


def merged_sources(known: Sequence[Source], told: Sequence[SourceTold], *, only: bool) -> list[Source]:
    """Return sources with what was said of them; one whose supplier was not named yet takes the first name said."""
    merged: list[dict[str, Any]] = [source.model_dump() for source in known]
    named = [one for one in known if one.supplier or one.country]
    if named and len(told) > 1 and all(one.share is not None and not one.supplier and not one.country for one in told):
        return _shared_anew(known, told)
    kept: list[int] = []
    for one in told:
        said = {name: value for name, value in one.said.items() if value not in ("", [])}
        name = one.supplier.casefold().strip()
        place = next((i for i, old in enumerate(merged) if name and old["supplier"].casefold() == name), None)
        if place is None and not name and one.country:
            there = [i for i, old in enumerate(merged) if folded(old["country"]) == folded(one.country)]
            place = there[0] if len(there) == 1 and not merged[there[0]]["supplier"] else None
        if place is None and not name and len(known) == 1 and not kept:
            place = 0
        if place is None and name:
            place = next((i for i, old in enumerate(merged) if not old["supplier"] and i not in kept), None)
        if place is None:
            merged.append(Source(supplier="").model_dump())
            place = len(merged) - 1
        merged[place] |= said
        kept.append(place)
    chosen = [merged[place] for place in dict.fromkeys(kept)] if only else merged
    try:
        return [Source.model_validate(one) for one in chosen]
    except ValidationError as error:
        raise as_review_error(error, "source") from error


def _shared_anew(known: Sequence[Source], told: Sequence[SourceTold]) -> list[Source]:
    """Return the known sources with shares that were told without names, in their order: "make that 70/30"."""
    if len(told) != len(known):
        who = " and ".join(one.supplier or one.country or "one without a name" for one in known)
        raise refused(
            "sources", f"{plural(len(told), 'share')} cannot be told apart: known are {who}. Say whose they are."
        )
    return [
        Source.model_validate(old.model_dump() | {"share": one.share}) for old, one in zip(known, told, strict=True)
    ]
