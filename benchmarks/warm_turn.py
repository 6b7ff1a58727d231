"""Measures one turn of a warm process: ours with and without its store, the recipe, and the floor, by turns."""

from time import sleep

from benchmarks.figures import Row, medians, percentile
from benchmarks.plan import Plan
from benchmarks.processes import participants
from benchmarks.questions import WARM_UP, conversation_of

PAUSE = 0.03  # seconds between turns, so that threads of the last participant have come to rest


def measure(plan: Plan) -> list[Row]:
    """Ask every question of everyone in turn; each round has fresh processes, for recent questions are cached."""
    rounds = [_one_round(plan) for _ in range(plan.rounds)]
    took = {name: medians([seconds[name] for seconds in rounds]) for name in rounds[0]}

    def row(name: str, participant: str, share: float, goal: float | None = None) -> Row:
        return Row(
            name,
            "ms",
            1000 * percentile(took[participant], share),
            None if participant == "floor" else 1000 * percentile(took["recipe"], share),
            goal,
        )

    return [
        row("Warm turn as in the web chat, p50", "web chat", 0.5, 0.6),
        row("Warm turn as in the web chat, p95", "web chat", 0.95, 0.6),
        row("Warm turn without the store, p50", "without store", 0.5, 0.6),
        row("Warm turn without the store, p95", "without store", 0.95, 0.6),
        row("The floor: embedding and exact search alone, p50", "floor", 0.5),
        row("The floor: embedding and exact search alone, p95", "floor", 0.95),
    ]


def _one_round(plan: Plan) -> dict[str, list[float]]:
    folders = {"web chat": plan.ours, "without store": plan.ours, "recipe": plan.recipe, "floor": plan.ours}
    with participants(folders, plan.work) as running:
        took: dict[str, list[float]] = {name: [] for name in running}
        for question in WARM_UP:
            for participant in running.values():
                participant.turn("warm-up", question)
        order = list(running)
        for place, question in enumerate(plan.questions):
            for name in order[place % len(order) :] + order[: place % len(order)]:
                took[name].append(running[name].turn(conversation_of(place), question))
                sleep(PAUSE)
    return took
