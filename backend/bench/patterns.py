"""Patterns of suites, which anybody may have written: they can be wrong, and they must not hang."""

from __future__ import annotations

from functools import lru_cache

import regex

LONGEST = 2_000
"""Characters of a pattern."""
_SECONDS = 0.5
"""Longest time that a pattern may take for one answer."""


class PatternError(ValueError):
    """A pattern that cannot be compiled, or that takes too long."""


@lru_cache(maxsize=1_000)
def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern, ready to be used. Raises `PatternError`."""
    if len(pattern) > LONGEST:
        raise PatternError(f"more than {LONGEST} characters")
    try:
        return regex.compile(pattern, regex.VERSION0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise PatternError(str(error)) from error


def found(pattern: str, text: str) -> bool:
    """Whether `pattern` occurs in `text`. Raises `PatternError`, also when it takes too long."""
    try:
        return compiled(pattern).search(text, timeout=_SECONDS) is not None
    except TimeoutError as error:
        raise PatternError(f"takes longer than {_SECONDS} s") from error
