"""Asking before something is changed, and following long work to its end."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING

from backend.activities.types import Activity, ActivityState
from backend.cli import output
from backend.errors import AppError, Cancelled
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend

_STEP_S = 0.2
_YES = ("y", "yes")


def confirm(question: str, *, yes: bool) -> None:
    """Go on only if the person at the terminal agrees, or said so before.

    Raises:
        AppError: ``cli.usage``: there is no terminal to ask at.
        Cancelled: The answer was no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise AppError(
            "cli.usage",
            tr("There is nobody to ask, because the input is no terminal."),
            tr("Give --yes to go on without a question."),
        )
    print(output.clean(f"{question} [y/N] "), end="", file=sys.stderr, flush=True)
    try:
        answer = input().strip().casefold()
    except EOFError:
        answer = ""
    if answer not in _YES and answer != tr("yes").casefold():
        raise Cancelled


def follow(backend: Backend, activity_id: str) -> Activity:
    """Show the progress of an activity on stderr until it has ended.

    Raises:
        AppError: Why it failed.
        Cancelled: Ctrl+C; the work has stopped and left nothing half-done.
    """
    progress = output.Progress()
    pressed = threading.Event()
    # An exception in the middle of a lock's own code could leave the lock in disorder, so Ctrl+C only sets a
    # flag here.
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.set())
    try:
        while True:
            row = backend.activities.wait(activity_id, _STEP_S)
            if not row.state.active:
                break
            if pressed.is_set():
                backend.activities.cancel(activity_id)
            progress.show(_status(row))
    finally:
        signal.signal(signal.SIGINT, before)
        progress.end()
    if row.state is ActivityState.FAILED:
        detail = f"\n{row.error_detail}" if row.error_detail else ""
        raise AppError(row.error_code, row.error_title, row.error_hint + detail, row.error_detail)
    if row.state is ActivityState.CANCELLED or pressed.is_set():
        raise Cancelled
    return row


def in_flags(error: AppError) -> AppError:
    """`error` with what to do next as the command line has it."""
    match error.code:
        case "quantize.requantize":
            hint = tr("Take the F16 or BF16 file of the model, or give --requantize.")
        case "merge.type":
            hint = tr(
                "Give another type with --type, such as Q8_0, or merge into the F16 file of this model."
            )
        case "quantize.needs_imatrix":
            hint = tr("Give one with --imatrix; orangery imatrix computes it.")
        case "net.offline":
            hint = tr(
                "Leave out --offline, or turn the Offline switch of the window off, to use the network. "
                "What is on this disk works without it."
            )
        case _:
            return error
    return AppError(error.code, error.title, hint, error.detail)


def _status(row: Activity) -> str:
    text = f"{row.name} {row.label}".strip()
    if row.total:
        share = 100 * row.done / row.total
        text += f": {_amount(row, row.done)} / {_amount(row, row.total)} ({share:.0f} %)"
    if row.speed:
        text += f", {_amount(row, row.speed)}/s"
    return f"{text}, {row.note}" if row.note else text


def _amount(row: Activity, count: float) -> str:
    return output.size(count) if row.unit == "bytes" else tr("{n} tokens", n=round(count))
