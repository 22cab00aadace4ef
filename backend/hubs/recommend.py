"""A bundled list of well-known models, and which three of them to offer on this machine.

The list stands in where search cannot: at the first start and without a network. Nothing in it has been
checked by us; names and sizes are as published.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from backend.capacity.types import Machine
from backend.i18n import tr
from backend.paths import RESOURCES

_RESERVE = 1_000_000_000
"""Bytes for a context of some thousand tokens and the work buffers, on top of the file."""

_MOST_READ_PER_TOKEN = 8_000_000_000
"""On a processor every token reads all active weights; beyond this it is slower than people read."""


class Role(StrEnum):
    ALL_ROUNDER = "all_rounder"
    STRONGEST = "strongest"
    QUICKEST = "quickest"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One entry.

    Attributes:
        size: Bytes of the file, approximately.
        parameters: Number of weights; `active` are those used for one token (fewer in a mixture of experts).
        purpose: What it is good for, in one sentence.
        checked: Whether we have tried it; the bundled list is not checked.
        role: Why `pick` chose it; None in the list.
    """

    name: str
    repo_id: str
    file: str
    size: int
    parameters: int
    active: int
    purpose: str
    all_rounder: bool = False
    checked: bool = False
    role: Role | None = None

    @property
    def strength(self) -> float:
        """A rough order of ability: the geometric mean of all and of active weights."""
        return math.sqrt(self.parameters * self.active)

    @property
    def read_per_token(self) -> float:
        """Bytes of weights that one token reads."""
        return self.size * self.active / self.parameters


def bundled() -> tuple[Recommendation, ...]:
    """The list in the person's language, from small to large."""
    return tuple(
        Recommendation(
            name=entry["name"],
            repo_id=entry["repo_id"],
            file=entry["file"],
            size=entry["size"],
            parameters=entry["parameters"],
            active=entry.get("active", entry["parameters"]),
            purpose=_purpose(entry["purpose"]),
            all_rounder=entry.get("all_rounder", False),
        )
        for entry in _entries()
    )


def pick(machine: Machine, rows: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
    """The all-rounder, the strongest that fits and the quickest, in this order and all different.

    Fewer than three where fewer fit.
    """
    fast = max((gpu.free for gpu in machine.gpus), default=0)
    fitting = [
        row
        for row in rows
        if _need(row) <= fast
        or (_need(row) <= machine.ram.free and row.read_per_token <= _MOST_READ_PER_TOKEN)
    ]
    if not fitting:
        return ()
    strongest = max(fitting, key=lambda row: row.strength)
    others = [row for row in fitting if row is not strongest]
    # The all-rounder leaves room for other programs and for longer chats, and runs on the GPU if any.
    room = max(fast, machine.ram.free * 0.6 if fast < 3e9 else 0)
    round_ones = [row for row in others if row.all_rounder and _need(row) <= room]
    all_rounder = max(round_ones or others, key=lambda row: row.strength, default=None)
    # On a large machine the very smallest would be a poor first impression.
    least = min(strongest.strength / 10, 3e9)
    quick_ones = [row for row in others if row is not all_rounder and row.strength >= least]
    quickest = min(quick_ones, key=lambda row: row.read_per_token, default=None)
    chosen = (
        (all_rounder, Role.ALL_ROUNDER),
        (strongest, Role.STRONGEST),
        (quickest, Role.QUICKEST),
    )
    return tuple(replace(row, role=role) for row, role in chosen if row is not None)


def role_text(role: Role) -> str:
    """The role as a short label."""
    match role:
        case Role.ALL_ROUNDER:
            return tr("The all-rounder")
        case Role.STRONGEST:
            return tr("The strongest that fits")
        case Role.QUICKEST:
            return tr("The quickest")


def _need(row: Recommendation) -> float:
    return row.size * 1.05 + _RESERVE


@functools.cache
def _entries() -> list[dict[str, Any]]:
    data = json.loads((RESOURCES / "catalogue.json").read_text(encoding="utf-8"))
    return sorted(data["models"], key=lambda entry: int(entry["size"]))


def _purpose(key: str) -> str:
    match key:
        case "tiny":
            return tr("Tiny and very quick: short answers and first tries on any computer.")
        case "languages_small":
            return tr("Small, with many languages: short texts and simple questions.")
        case "summaries":
            return tr("Small and quick: summaries and simple questions.")
        case "thinking_small":
            return tr("Small, and can think before it answers.")
        case "open":
            return tr("Fully open model with long context, which can think before it answers.")
        case "chat_small":
            return tr("Friendly everyday chat on a modest computer.")
        case "sums":
            return tr("Strong at sums, logic and instructions for its size.")
        case "all_round":
            return tr("Everyday questions, writing and code; can think before it answers.")
        case "languages":
            return tr("Over a hundred languages, good at writing and at describing things.")
        case "thinking":
            return tr("Hard questions and code; thinks before it answers.")
        case "writing":
            return tr("Careful writing and following instructions, for larger computers.")
        case "experts":
            return tr("A mixture of experts: the knowledge of a large model at the speed of a small one.")
        case _:
            raise ValueError(f"resources/catalogue.json: unknown purpose {key!r}")
