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
        problem: Why it failed or cannot be measured; of one that waits, what may go wrong.
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
    left = _shares(run, plan)
    found: list[Step] = []
    for step, each in zip(plan.steps, left, strict=True):
        finished = min(float(done[step.model_id]), each)
        done[step.model_id] -= round(finished)
        share = finished / each if each else float(run.state is RunState.DONE)
        problem = problems.get(step.model_id, "") or blocked(step)
        if problem:
            found.append(Step(step, "failed", share, None, problem))
        elif share >= 1.0 - 1e-9:
            found.append(Step(step, "done", 1.0, _took(run, step)))
        else:
            found.append(Step(step, "waiting", share, _left(step, share), step.problem))
    return _shared_out(_with_open(found, run.state), run.seconds_left)


def _shares(run: BenchRun, plan: BenchPlan) -> list[float]:
    """How many tests or answers belong to each step; none to the one that judges."""
    if run.kind == "speed":
        return [run.total / max(len(plan.steps), 1)] * len(plan.steps)
    columns = Counter(column.model_id for column in run.columns)
    each = run.total / max(len(run.columns), 1)
    found = []
    for step in plan.steps:
        found.append(each if columns[step.model_id] > 0 else 0.0)
        columns[step.model_id] -= 1
    return found


def _with_open(found: list[Step], state: RunState) -> list[Step]:
    """Mark the step that is under way: one that is begun, else the first that waits, a judge last."""
    if state not in (RunState.RUNNING, RunState.PAUSED):
        return found
    waits = [place for place, step in enumerate(found) if step.state == "waiting"]
    begun = [place for place in waits if found[place].share > 0]
    place = next(iter([*begun, *waits]), None)
    if place is not None:
        step = found[place]
        now: StepState = "running" if state is RunState.RUNNING else "paused"
        found[place] = Step(step.planned, now, step.share, step.seconds)
    return found


def blocked(step: PlannedStep) -> str:
    """Why a model cannot be measured at all; empty where it can be tried. One that was looked at and needs
    more memory than is free may be tried."""
    return step.problem if step.memory is None else ""


def _waiting(step: PlannedStep) -> Step:
    return Step(step, "failed" if blocked(step) else "waiting", 0.0, step.seconds, step.problem)


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
