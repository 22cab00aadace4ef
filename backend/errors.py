"""The one error type that people see, and the typed outcome of a cancelled operation.

Environment errors (no network, a full disk, a broken file) are raised as `AppError` and shown in place.
Anything else that escapes is a bug and keeps its traceback.
"""

from __future__ import annotations


class AppError(Exception):
    """What happened, why, and what to do next, in words for the person at the screen.

    Attributes:
        code: Stable dotted identifier, such as ``download.checksum``; never shown, used by tests and callers.
        title: One sentence that names the file, model or field and says what happened.
        hint: One sentence that says what to do next; may be empty.
        detail: Technical lines (log tail, server answer) shown under *Details*; may be empty.
        retryable: Whether the same call may succeed later without any change by the person.
    """

    def __init__(
        self, code: str, title: str, hint: str = "", detail: str = "", *, retryable: bool = False
    ) -> None:
        super().__init__(code, title, hint, detail)
        self.code = code
        self.title = title
        self.hint = hint
        self.detail = detail
        self.retryable = retryable

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".strip()


class Cancelled(Exception):
    """The person (or a newer request) cancelled the operation. An outcome, not an error."""
