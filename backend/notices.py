"""A sentence that a service wants to say once, when somebody is there to read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened before the window or the command could show it, such as a repaired database.

    Attributes:
        code: Stable dotted identifier, for tests and callers.
        title: One sentence that says what happened.
        hint: One sentence that says what it means or where the old content is; may be empty.
    """

    code: str
    title: str
    hint: str = ""
