"""Says what would break the company of a review: outages of nodes, two at once, and scenarios turned up."""

from collections.abc import Mapping
from typing import Any

from assistant.embedded.reviewing.phrases import sentences
from tools.metrics.shown import listed, number, percent, plural

Output = Mapping[str, Any]
MOST_NAMED = 6


def broken(output: Output) -> str:
    """Return what the reverse stress test found, with its formula, assumptions and what could not be judged."""
    said, found = sentences(), output["breaking"]
    limit = f"{found['limit']} {found['currency']}".strip()
    if not found["nodes"] and not found["never"] and not found["not_judged"]:
        return said.say("breaks_nothing_known", limit=limit)
    surely = [one["node"] for one in found["nodes"] if one["breaks"]]
    head = said.say("breaks", nodes=listed(surely[:MOST_NAMED]), limit=limit) if surely else ""
    parts = [head or said.say("breaks_not", limit=limit)]
    if found["nodes"]:
        parts.append("\n".join([_above(found), "", *map(_line, found["nodes"])]))
        parts.append(f"$${found['formula']}$$\n\n{said.say('breaks_symbols')}")
    parts += _beyond(found)
    parts.append(said.say("assumed", assumed="; ".join(found["assumptions"][:2])))
    parts += [said.say("careful", warning=warning) for warning in found["warnings"]]
    lacking = [f"{one['node']} ({listed(one['missing'])})" for one in found["not_judged"][:MOST_NAMED]]
    parts += [said.say("breaks_not_judged", nodes="; ".join(lacking))] if lacking else []
    return "\n\n".join([*parts, said.say("breaks_page", link=output["link"])])


def _above(found: Output) -> str:
    """Return what stands above the nodes, with how many of them there are where not all are shown."""
    shown, in_all = len(found["nodes"]), found["nodes_in_all"]
    return sentences().say("breaks_from_some" if shown < in_all else "breaks_from", shown=shown, all=in_all)


def _beyond(found: Output) -> list[str]:
    """Return what is said of two nodes at once, of nodes that never pass the limit, and of scenarios."""
    said, parts = sentences(), []
    pair = found["pair"]
    if pair and pair["weeks"] is not None:
        name = "breaks_pair" if pair["breaks"] else "breaks_pair_not"
        parts.append(said.say(name, nodes=listed(pair["nodes"]), weeks=plural(pair["weeks"], "week")))
    if found["never"]:
        parts.append(said.say("breaks_never", nodes=listed(found["never"][:MOST_NAMED])))
    lines = [_scenario(one) for one in found["scenarios"]]
    return [*parts, *(["\n".join([said.say("breaks_scenarios"), "", *lines])] if lines else [])]


def _line(one: Output) -> str:
    said = sentences()
    ttr = "not known" if one["ttr"] is None else plural(one["ttr"], "week")
    verdict = {True: "breaks_yes", False: "breaks_no", None: "breaks_open"}[one["breaks"]]
    return said.say(
        "breaks_line", name=one["node"], weeks=plural(one["weeks"], "week"), ttr=ttr, verdict=said.say(verdict)
    )


def _scenario(one: Output) -> str:
    spike = one["turned"] == "demand factor"
    shown = [f"{number(value)} times demand" if spike else percent(value, 2) for value in (one["from"], one["now"])]
    return sentences().say("breaks_scenario", name=one["name"], least=shown[0], now=shown[1])
