"""How far each model of a run is. Plain values, without Qt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from backend.bench.types import BenchPlan, BenchRun, PlannedStep
from backend.compare.types import RunState

StepState = Literal["waiting", "running", "paused", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Step:
    """One model of the plan.

    Attributes:
        share: Of its tests or items that are done.
        seconds: How long it took once it is done, or will still take; None where that is not known.
    """

    planned: PlannedStep
    state: StepState
    share: float
    seconds: float | None
    problem: str = ""


def steps_of(run: BenchRun | None, plan: BenchPlan) -> list[Step]:
    """The models of `plan` with what `run` has done of them; without a run all of them wait."""
    if run is None:
        return [_waiting(step) for step in plan.steps]
    done, problems = _done(run)
    each = run.total / max(len(plan.steps), 1)
    open_step: StepState | None = "running" if run.state is RunState.RUNNING else None
    if run.state is RunState.PAUSED:
        open_step = "paused"
    found: list[Step] = []
    for step in plan.steps:
        finished = min(done[step.model_id], each)
        done[step.model_id] -= round(finished)
        share = finished / each if each else 0.0
        problem = step.problem or problems.get(step.model_id, "")
        if problem:
            found.append(Step(step, "failed", share, None, problem))
        elif share >= 1.0 - 1e-9:
            found.append(Step(step, "done", 1.0, _took(run, step)))
        elif open_step is not None:
            found.append(Step(step, open_step, share, _left(step, share)))
            open_step = None
        else:
            found.append(_waiting(step))
    return _shared_out(found, run.seconds_left)


def _waiting(step: PlannedStep) -> Step:
    return Step(step, "failed" if step.problem else "waiting", 0.0, step.seconds, step.problem)


def _left(step: PlannedStep, share: float) -> float | None:
    return None if step.seconds is None else step.seconds * (1.0 - share)


def _shared_out(found: list[Step], left: float | None) -> list[Step]:
    """The one that runs gets what is left of the time after those that wait."""
    waits = [step.seconds for step in found if step.state == "waiting"]
    if left is None or any(seconds is None for seconds in waits):
        return found
    rest = max(left - sum(seconds for seconds in waits if seconds is not None), 0.0)
    return [
        Step(step.planned, step.state, step.share, rest) if step.state == "running" and rest else step
        for step in found
    ]


def _done(run: BenchRun) -> tuple[Counter[str], dict[str, str]]:
    """How many tests or items of each model are done, and why some could not be measured."""
    done: Counter[str] = Counter()
    problems: dict[str, str] = {}
    for row in run.speed:
        done[row.model_id] += 1
        if row.error_title:
            problems[row.model_id] = row.error_title
    for answer in run.answers:
        if answer.column < len(run.columns):
            done[run.columns[answer.column].model_id] += 1
    return done, problems


def _took(run: BenchRun, step: PlannedStep) -> float | None:
    """From the start of this model to the start of the next, by their run cards."""
    begun = sorted(card.created for card in run.cards if card.created)
    mine = next((card.created for card in run.cards if card.model_id == step.model_id and card.created), None)
    if mine is None:
        return None
    after = [when for when in begun if when > mine]
    end = after[0] if after else run.finished
    return end - mine if end is not None and end > mine else None
