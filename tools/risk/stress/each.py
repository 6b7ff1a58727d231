"""Removes every node in turn for its time to recover, and ranks what is lost."""

import math

from tools.metrics.shown import number, plural
from tools.risk.exposure import COVER_ASKED, FORMULA, MARGIN_ASKED, SYMBOLS, TTR_ASKED
from tools.risk.review import Node, Review, Scenario
from tools.risk.stress.figures import margin_lost, survival
from tools.risk.stress.loads import Ground
from tools.risk.stress.results import EachNode, NodeLoss, NotJudged, WeeksWord
from tools.risk.stress.scenarios import finite, verdict
from tools.risk.stress.solving import Struck, margins_of, struck_by

SHOWN = 3


def each_node(review: Review, network: bool = True) -> EachNode:
    """Return gap, margin lost and rank of every node, removed in turn for its TTR.

    A node's own figures give its gap and margin as in `tools.risk.exposure`. Where lines and parts are known,
    `network_loss` is the least loss over the network without the node and what comes from it. Nodes whose gap or margin
    is not known are listed with what is missing.

    Args:
        review: nodes, lines and scope; not changed.
        network: solve the network too; 1,000 nodes take a few seconds.
    """
    ground = Ground(review, network)
    figures = ground.figures
    limit = review.scope.loss_limit
    short = 1 - figures.alternates
    tts = survival(figures.cover, short)
    lost = margin_lost(short, figures.ttr, figures.cover, figures.margin)
    solved_losses = _network_losses(ground)
    losses, not_judged = [], []
    for place, (node, ttr, lasts, loss) in enumerate(
        zip(review.nodes, figures.ttr.tolist(), tts.tolist(), lost.tolist(), strict=True)
    ):
        missing = _missing(node, lasts, loss)
        if missing:
            not_judged.append(NotJudged(node=node.id, name=node.name, missing=missing))
        if node.ttr_weeks is None:
            continue
        unknown = math.isnan(lasts)
        word: WeeksWord = "unknown" if unknown else "no limit" if math.isinf(lasts) else ""
        margin = finite(loss)
        solved = solved_losses[place]
        if unknown and solved is None:
            continue
        counts = margin if margin is not None else solved
        found = [value for value in (margin, solved) if value is not None]
        losses.append(
            NodeLoss(
                node=node.id,
                name=node.name,
                kind=node.kind,
                ttr=ttr,
                tts=finite(lasts),
                tts_word=word,
                gap=None if unknown else max(0.0, ttr - lasts),
                margin_lost=margin,
                network_loss=solved,
                share_of_limit=counts / limit if counts is not None and limit else None,
                verdict=verdict(min(found), max(found), limit, True) if found else "open",
            )
        )
    ranked = _ranked(losses)
    return EachNode(
        currency=review.scope.currency,
        limit=limit,
        formula=FORMULA,
        symbols=SYMBOLS,
        steps=_steps(ranked, review),
        assumptions=_assumptions(review, any(one.network_loss is not None for one in ranked)),
        warnings=_warnings(review, not_judged) + (ground.network.problems if ground.network else []),
        nodes=ranked,
        not_judged=not_judged,
        over_limit=None if limit is None else sum(one.verdict == "over" for one in ranked),
    )


def _network_losses(ground: Ground) -> list[float | None]:
    """Return by node the loss over the network without it and what comes from it, None if that is not part of it."""
    losses: list[float | None] = [None] * len(ground.nodes)
    if ground.network is None:
        return losses
    struck: dict[int, Struck] = {}
    for place, node in enumerate(ground.nodes):
        scenario = Scenario(name="removal", weeks=node.ttr_weeks)
        one = struck_by(ground.network, ground.nodes, ground.targets.removed(place), scenario)
        if one is not None:
            struck[place] = one
    for place, loss in zip(struck, margins_of(ground.network, list(struck.values())), strict=True):
        losses[place] = loss
    return losses


def _missing(node: Node, lasts: float, loss: float) -> list[str]:
    missing = [TTR_ASKED] if node.ttr_weeks is None else []
    if node.cover_weeks is None and not math.isinf(lasts):
        missing.append(COVER_ASKED)
    if node.margin_per_week is None and (missing or math.isnan(loss)):
        missing.append(MARGIN_ASKED)
    return missing


def _loss(one: NodeLoss) -> float:
    """Return the loss that ranks a node, -1 if none is known."""
    known = [loss for loss in (one.margin_lost, one.network_loss) if loss is not None]
    return known[0] if known else -1.0


def _ranked(losses: list[NodeLoss]) -> list[NodeLoss]:
    """Return losses by margin, then gap, with ranks; those without a margin last and without a rank."""
    ordered = sorted(losses, key=lambda one: (-_loss(one), -(one.gap or 0.0), one.name.casefold()))
    ranked: list[NodeLoss] = []
    rank, before = 0, None
    for count, one in enumerate(ordered, start=1):
        loss = _loss(one)
        if loss < 0:
            ranked.append(one)
            continue
        if loss != before:
            rank, before = count, loss
        ranked.append(one.model_copy(update={"rank": rank}))
    return ranked


def _steps(ranked: list[NodeLoss], review: Review) -> list[str]:
    money = review.scope.currency
    steps = []
    for one in ranked[:SHOWN]:
        lasts = "without limit" if one.tts is None else f"{number(one.tts)} weeks"
        figures = "gap not known"
        if one.gap is not None:
            figures = f"gap = max(0, TTR - TTS) = max(0, {number(one.ttr)} - {lasts}) = {plural(one.gap, 'week')}"
        loss = "" if one.margin_lost is None else f"; margin lost = {number(one.margin_lost)} {money}".rstrip()
        network = "" if one.network_loss is None else f"; over the network {number(one.network_loss)} {money}".rstrip()
        steps.append(f"{one.name}: {figures}{loss}{network}")
    return steps


def _assumptions(review: Review, network: bool) -> list[str]:
    lines = ["one node is lost at a time, in full, for its time to recover; demand stays as it is"]
    without = sum(node.alternate_share is None for node in review.nodes)
    if without:
        lines.append(f"no alternate is counted for {plural(without, 'node')}, as none is stated")
    whole = sum(node.share_affected is None for node in review.nodes)
    if whole:
        lines.append(f"all of the margin is lost with {plural(whole, 'node')}, as no share is stated")
    if network:
        lines.append(
            "over the network, stock and what is left of supply are used so that the least margin is lost, and a "
            "supplier, site or lane takes what comes from it along; nodes are ranked by their own figures"
        )
    return lines


def _warnings(review: Review, not_judged: list[NotJudged]) -> list[str]:
    warnings = []
    if not review.nodes:
        warnings.append("The review has no nodes yet: nothing was tested.")
    if not_judged:
        warnings.append(
            f"{len(not_judged)} of {plural(len(review.nodes), 'node')} could not be judged in full; they are gaps in "
            "knowledge, not small risks."
        )
    guessed = sum(node.ttr_weeks is not None and node.ttr_basis != "tested" for node in review.nodes)
    if guessed:
        warnings.append(
            f"The time to recover of {plural(guessed, 'node')} was not tested; stated times tend to be too short."
        )
    if review.scope.loss_limit is None:
        warnings.append("The scope states no unacceptable loss, so no node can be called over the limit.")
    return warnings
