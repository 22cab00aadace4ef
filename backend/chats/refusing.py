"""Why a chat does nothing now."""

from __future__ import annotations

from backend.errors import AppError
from backend.i18n import tr


def closing() -> AppError:
    """No answer is begun any more."""
    return AppError("chat.closing", tr("Orangery is closing."))


def busy_error() -> AppError:
    """Its answer has to end first."""
    return AppError(
        "chat.busy",
        tr("This chat is still answering."),
        tr("Wait for the answer, or stop it first."),
        retryable=True,
    )
