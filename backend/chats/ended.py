"""What the end of a generation means for the answer that it wrote."""

from __future__ import annotations

from backend.chats.types import MessageState
from backend.engines.types import Finished, FinishReason
from backend.i18n import tr


def ended(end: Finished, said_something: bool, n_ctx: int, full_hint: str) -> tuple[MessageState, str, str]:
    """The state of the answer, and what stands under it: a sentence and what to do, or nothing.

    Args:
        full_hint: What to do when the context of `n_ctx` tokens is full.
    """
    title, hint = end.error_title, end.error_hint
    match end.reason:
        case FinishReason.STOP | FinishReason.LENGTH:
            state = MessageState.DONE
        case FinishReason.CONTEXT:
            state = MessageState.DONE if said_something else MessageState.FAILED
            title = title or tr("The context of {n} tokens is full.", n=n_ctx)
            hint = hint or full_hint
        case FinishReason.CANCELLED:
            state = MessageState.STOPPED
        case FinishReason.ERROR:
            state = MessageState.INTERRUPTED if said_something else MessageState.FAILED
    if state is MessageState.DONE and not title:
        title = end.note
    return state, title, hint
