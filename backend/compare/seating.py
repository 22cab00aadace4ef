"""Who answers a round, and with whom at the same time."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backend.compare.chance import sampling_of
from backend.compare.conversation import turns_of
from backend.compare.planning import Planner
from backend.compare.speaking import Seat
from backend.compare.types import Column
from backend.engines.engines import Engines
from backend.engines.types import LoadOptions
from backend.store.compare import StoredRound


@dataclass(frozen=True, slots=True)
class Seating:
    """Columns in groups, one after the other, and why others can't answer."""

    groups: tuple[tuple[tuple[int, Seat], ...], ...]
    problems: tuple[tuple[int, str], ...]


def seated(
    planner: Planner,
    engines: Engines,
    options: Callable[[Column], LoadOptions],
    columns: Sequence[Column],
    wanted: Sequence[int],
    earlier: Sequence[StoredRound],
    prompt: str,
) -> Seating:
    """The `wanted` of the columns, each with the conversation that it had, and with the same chance.
    Blocking.

    Raises:
        AppError: A model is gone since it was planned with.
    """
    plan = planner.plan([columns[index] for index in wanted])
    drawn = secrets.randbits(32)
    groups = []
    for group in plan.groups:
        seats = []
        for index in (wanted[number] for number in group.columns):
            column = columns[index]
            model = engines.find(column.model_id)
            seat = Seat(
                model=model,
                options=options(column),
                turns=turns_of(columns, index, earlier, prompt),
                sampling=sampling_of(columns, index, model, drawn),
                system_prompt=column.system_prompt,
            )
            seats.append((index, seat))
        groups.append(tuple(seats))
    problems = tuple((wanted[n], problem) for n, problem in enumerate(plan.problems) if problem)
    return Seating(tuple(groups), problems)
