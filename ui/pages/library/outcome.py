"""What became of work on models, in words: one sentence for many, not one for each."""

from __future__ import annotations

from collections.abc import Sequence

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.i18n import tr


def ended_words(rows: Sequence[Activity]) -> tuple[str, ...]:
    """What to tell of activities that were asked for together and have all ended.

    Nothing is told of those that were cancelled.
    """
    words = []
    failed = [row for row in rows if row.state is ActivityState.FAILED]
    done = [row for row in rows if row.state is ActivityState.DONE]
    if len(failed) == 1:
        words.append(f"{failed[0].error_title} {failed[0].error_hint}".strip())
    elif failed:
        words.append(tr("Something is wrong with {n} models", n=len(failed)))
    if len(done) == 1 and len(rows) == 1:
        name = f"{done[0].name} {done[0].label}".strip()
        words.append(f"{name}\n{done[0].note}" if done[0].note else _one(done[0].kind, name))
    elif done:
        words.append(_several(done[0].kind, len(done)))
    return tuple(words)


def _one(kind: ActivityKind, name: str) -> str:
    match kind:
        case ActivityKind.VERIFY:
            return tr("{name} is verified", name=name)
        case ActivityKind.MOVE:
            return tr("{name} is moved", name=name)
        case ActivityKind.SHARE:
            return tr("{name} shares its bytes now", name=name)
        case ActivityKind.COMPARE:
            return tr("The content was compared")


def _several(kind: ActivityKind, n: int) -> str:
    match kind:
        case ActivityKind.VERIFY:
            return tr("{n} models verified", n=n)
        case ActivityKind.MOVE:
            return tr("{n} models moved", n=n)
        case ActivityKind.SHARE:
            return tr("{n} models share their bytes now", n=n)
        case ActivityKind.COMPARE:
            return tr("The content was compared")
