"""How many threads are worth starting."""

from __future__ import annotations

import os

import psutil

_BYTES_PER_THREAD = 8_000_000
"""Weights that a thread should have to itself: with less, threads wait for each other longer than they
compute, and on a busy machine very much longer."""


def physical_cores() -> int:
    """Cores this process may run on, counting hardware threads of one core once."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(allowed, psutil.cpu_count(logical=False) or allowed))


def threads_for(weights: int) -> int:
    """How many threads are worth starting for a model with so many bytes of weights."""
    return max(1, min(physical_cores(), weights // _BYTES_PER_THREAD))
