"""What a column is asked: the earlier rounds as it answered them, and the new prompt."""

from __future__ import annotations

from collections.abc import Sequence

from backend.compare.types import Column, CompareAnswer
from backend.engines.types import Turn
from backend.store.compare import StoredRound


def turns_of(
    columns: Sequence[Column], index: int, earlier: Sequence[StoredRound], prompt: str
) -> tuple[Turn, ...]:
    """The conversation of column `index`. Rounds that it did not answer are left out; reasoning stays out."""
    system = columns[index].system_prompt
    turns = [Turn("system", system)] if system.strip() else []
    for asked, answer in exchanges(columns, index, earlier):
        turns += (Turn("user", asked), Turn("assistant", answer.text))
    return (*turns, Turn("user", prompt))


def exchanges(
    columns: Sequence[Column], index: int, earlier: Sequence[StoredRound]
) -> list[tuple[str, CompareAnswer]]:
    """What column `index` was asked before, and what it said."""
    found = []
    for stored in earlier:
        place = _place(columns, index, stored.columns)
        answer = next((a for a in stored.round.answers if a.column == place), None)
        if answer is not None and answer.text.strip():
            found.append((stored.round.prompt, answer))
    return found


def _place(columns: Sequence[Column], index: int, then: Sequence[Column]) -> int | None:
    """Where the column stood in an earlier round: where an equal one stood, else at the same place, unless
    that one stands elsewhere now. So columns may be changed, added, removed and moved between rounds."""
    taken: dict[int, int] = {}
    for number, column in enumerate(columns):
        same = [place for place, old in enumerate(then) if old == column and place not in taken.values()]
        if same:
            taken[number] = number if number in same else same[0]
    if index in taken:
        return taken[index]
    return index if index < len(then) and index not in taken.values() else None
