"""Stress tests: scenarios that are proposed, tests that are run in the background, and what came out of each."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request
from pydantic import Field

from assistant.pages.reviewing.door import Body, Door, actor_of
from assistant.pages.reviewing.stress_shown import shown
from assistant.pages.reviewing.stress_work import PATIENCE, Job, StressWork
from tools.risk.amounts import AmountError, read_amount
from tools.risk.errors import refused
from tools.risk.review import Review, Scenario, StressRun
from tools.risk.stress import each_node, monte_carlo, network_loss, reverse, run_scenario, standard_scenarios

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.risk.store import Reviews
    from tools.risk.stress.results import Result

Kind = Literal["each node", "scenario", "monte carlo", "reverse", "network"]
NAMES: dict[Kind, str] = {
    "each node": "Each node removed in turn",
    "scenario": "Scenario",
    "monte carlo": "Monte Carlo",
    "reverse": "What would break us",
    "network": "Network",
}
MOST_KEPT = 300  # nodes of a result that are kept with the review, by rank
FEWEST_DRAWS = 10_000
GONE = "This scenario was removed meanwhile: choose another."
NO_RUN = "This stress test was removed meanwhile."
NO_LIMIT = "The reverse test needs the loss that would be unacceptable: set the limit, or type one here."


class NewRun(Body):
    """What is to be tested: `scenarios` by id (one for a scenario or the network), figures as they were typed."""

    kind: Kind
    scenarios: list[str] = Field(default_factory=list, max_length=200)
    draws: str = ""
    seed: str = ""
    years: str = ""
    limit: str = ""


class Taken(Body):
    """The names of the proposed scenarios that are taken over."""

    names: list[str] = Field(max_length=50)


def stress_routes(reviews: "Reviews") -> APIRouter:
    """Return the routes of stress tests."""
    router = APIRouter(route_class=Door)
    work = StressWork()

    @router.get("/{review_id}/stress/proposed")
    def proposed(request: Request, review_id: str) -> list[Scenario]:
        review = reviews.open(actor_of(request), review_id)
        there = {one.name.casefold() for one in review.scenarios}
        return [one for one in standard_scenarios(review) if one.name.casefold() not in there]

    @router.post("/{review_id}/stress/proposed", status_code=201)
    def take(request: Request, review_id: str, taken: Taken) -> list[Scenario]:
        actor = actor_of(request)
        review = reviews.open(actor, review_id)
        wanted = [one for one in standard_scenarios(review) if one.name in taken.names]
        there = {one.name.casefold() for one in review.scenarios}
        return reviews.save_all(actor, review_id, [one for one in wanted if one.name.casefold() not in there])

    @router.post("/{review_id}/stress/runs", status_code=202)
    def begin(request: Request, review_id: str, new: NewRun) -> dict[str, Any]:
        actor = actor_of(request)
        review = reviews.open(actor, review_id)
        name, settings, test = prepared(review, new)

        def run() -> StressRun:
            made = kept(test())
            done = StressRun(
                name=name,
                kind=new.kind,
                settings={**settings, **({"seed": made["seed"]} if "seed" in made else {})},
                result=made,
                at=datetime.now(UTC),
                by=reviews.me(actor, review_id).name,
            )
            return reviews.save(actor, review_id, done)

        return state_of(work.begin(actor.key, review_id, run))

    @router.get("/{review_id}/stress/jobs/{job_id}")
    def wait(request: Request, review_id: str, job_id: str) -> dict[str, Any]:
        return state_of(work.job(actor_of(request).key, review_id, job_id))

    @router.get("/{review_id}/stress/runs/{run_id}")
    def one_run(request: Request, review_id: str, run_id: str) -> dict[str, Any]:
        review = reviews.open(actor_of(request), review_id)
        run = next((one for one in review.stress_runs if one.id == run_id), None)
        if run is None:
            raise refused("run", NO_RUN)
        return {**run.model_dump(mode="json", exclude={"result"}), **shown(run).model_dump(mode="json")}

    @router.delete("/{review_id}/stress/runs/{run_id}", status_code=204)
    def remove(request: Request, review_id: str, run_id: str, version: int) -> None:
        reviews.remove(actor_of(request), review_id, "stress_run", run_id, version)

    return router


def prepared(review: Review, new: NewRun) -> tuple[str, dict[str, Any], "Callable[[], Result]"]:
    """Return a test's name, its settings as they are kept, and the function that runs it.

    Raises:
        ReviewError: when something that it needs is missing or cannot be read.
    """
    chosen = chosen_of(review, new.scenarios)
    settings: dict[str, Any] = {"scenarios": [one.name for one in chosen]} if chosen else {}
    if new.kind == "each node":
        if not review.nodes:
            raise refused("nodes", "There is no node to remove: add nodes first.")
        return NAMES[new.kind], settings, lambda: each_node(review)
    if new.kind in ("scenario", "network"):
        if len(chosen) != 1:
            raise refused("scenarios", "Choose the one scenario that is to be tested.")
        settings["scenario"] = chosen[0].model_dump(mode="json", exclude={"version"})
        if new.kind == "network":
            return f"Network: {chosen[0].name}"[:300], settings, lambda: network_loss(review, chosen[0])
        return chosen[0].name, settings, lambda: run_scenario(review, chosen[0])
    if new.kind == "reverse":
        limit = typed("limit", "The limit", new.limit, "money", review.scope.loss_limit)
        if limit is None:
            raise refused("limit", NO_LIMIT)
        return NAMES[new.kind], {**settings, "limit": limit}, lambda: reverse(review, limit, chosen or None)
    draws = int(typed("draws", "The number of draws", new.draws, "draws", FEWEST_DRAWS) or FEWEST_DRAWS)
    years = int(typed("years", "The number of years", new.years, "", 1) or 1)
    seed = typed("seed", "The seed", new.seed, "", None)
    whole = None if seed is None else int(seed)
    settings |= {"draws": draws, "years": years}
    return (
        f"Monte Carlo, {draws:,} draws",
        settings,
        lambda: monte_carlo(review, chosen or None, draws, whole, years),
    )


def chosen_of(review: Review, ids: list[str]) -> list[Scenario]:
    """Return scenarios by their ids.

    Raises:
        ReviewError: when one of them is gone.
    """
    found = {one.id: one for one in review.scenarios}
    if any(one not in found for one in ids):
        raise refused("scenarios", GONE)
    return [found[one] for one in ids]


def typed(field: str, label: str, text: str, unit: str, default: float | None) -> float | None:
    """Return a figure as it was typed, or the default where nothing was.

    Raises:
        ReviewError: when it cannot be read, or is no whole number where it counts something.
    """
    if not text.strip():
        return default
    try:
        found = read_amount(text, unit, least=0)
    except AmountError as error:
        raise refused(field, f"{label}: {error}.") from error
    if unit != "money" and found != int(found):
        raise refused(field, f"{label} is {text[:40]}: enter a whole number.")
    return found


def kept(found: "Result") -> dict[str, Any]:
    """Return a result as it is kept with the review; of very many nodes, the first by rank."""
    made = found.model_dump(mode="json")
    for name in ("nodes", "hits", "not_judged"):
        listed = made.get(name)
        if isinstance(listed, list) and len(listed) > MOST_KEPT:
            made["warnings"].append(f"Of {len(listed):,} {name.replace('_', ' ')}, the first {MOST_KEPT} are kept.")
            made[name] = listed[:MOST_KEPT]
    return made


def state_of(job: Job) -> dict[str, Any]:
    """Return whether a test is done, after waiting for it a moment."""
    done = job.outcome(PATIENCE)
    return {"state": "running", "job": job.id} if done is None else {"state": "done", "job": job.id, "run": done.id}
