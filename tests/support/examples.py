"""How many examples a property is tried with: all of them with ORANGERY_LONG, else a quarter."""

from __future__ import annotations

import os

LONG = bool(os.environ.get("ORANGERY_LONG"))


def examples(count: int) -> int:
    """`count`, or a quarter of it where the long versions are not wanted."""
    return count if LONG else max(15, count // 4)
