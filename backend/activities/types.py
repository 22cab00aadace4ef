"""A long piece of local work as the jobs drawer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Lane = Literal["disk", "engine"]
Unit = Literal["bytes", "tokens", "answers", "tests"]


class ActivityKind(StrEnum):
    VERIFY = "verify"
    MOVE = "move"
    SHARE = "share"
    """Letting equal files use the same bytes of the disk."""
    COMPARE = "compare"
    """Hashing files that look the same."""
    QUANTIZE = "quantize"
    CONVERT = "convert"
    MERGE = "merge"
    """Writing adapters into the weights of a new model."""
    IMATRIX = "imatrix"
    """Measuring which weights matter for a text."""
    LAB = "lab"
    """Quantizing and measuring what was lost."""
    BENCH = "bench"
    UNATTENDED = "unattended"
    """Prompts × columns while nobody watches."""

    @property
    def lane(self) -> Lane:
        """What it keeps busy: work of one lane is done one piece after the other."""
        return "disk" if self in (self.VERIFY, self.MOVE, self.SHARE, self.COMPARE) else "engine"


class ActivityState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def active(self) -> bool:
        return self in (ActivityState.QUEUED, ActivityState.RUNNING)


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of the jobs drawer. It ends with the app: nothing of it survives a restart half-done.

    Attributes:
        name: The model, for people.
        label: Quantization, or what else tells it apart; may be empty.
        total, done: In `unit`; `total` is 0 while it is not known.
        speed: Units per second over the last seconds; 0 while not running.
        eta: Seconds left, or None where unknown.
        note: One line about what is going on, or, once done, what came out of it.
        error_code, error_title, error_hint, error_detail: The `AppError` that ended it; empty unless failed.
        path: What *Show* reveals, once done; None where there is nothing to show.
        created, finished: Unix times.
        model_id: The model of the library that it is about; empty where it is about several.
    """

    id: str
    kind: ActivityKind
    name: str
    label: str = ""
    state: ActivityState = ActivityState.QUEUED
    total: int = 0
    done: int = 0
    speed: float = 0.0
    eta: float | None = None
    note: str = ""
    error_code: str = ""
    error_title: str = ""
    error_hint: str = ""
    error_detail: str = ""
    path: str | None = None
    created: float = 0.0
    finished: float | None = None
    model_id: str = ""
    unit: Unit = "bytes"
