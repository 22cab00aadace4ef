"""Words of the chat page that more than one of its parts needs."""

from __future__ import annotations

from pathlib import PurePath

from backend.adapters.mixes import mix_number
from backend.chats.types import Chat, Message, MessageState
from backend.engines.types import FinishReason
from backend.i18n import tr


def chat_title(chat: Chat) -> str:
    """The title of a chat, or what stands for it while it has none."""
    return chat.title.strip() or tr("New chat")


def missing_name(model_id: str) -> str:
    """What to call a model of which only the id is left, such as ``hf:owner/name/file.gguf`` or a path."""
    return tr("A deleted mix") if mix_number(model_id) is not None else PurePath(model_id).name


def stop_words(message: Message) -> str:
    """Why an answer ended."""
    if message.state is MessageState.INTERRUPTED:
        return tr("interrupted")  # also where the engine calls it an error: there is text to go on from
    match message.finish_reason:
        case FinishReason.STOP:
            return tr("finished")
        case FinishReason.LENGTH:
            return tr("reached the token limit")
        case FinishReason.CONTEXT:
            return tr("the context is full")
        case FinishReason.CANCELLED:
            return tr("stopped")
        case FinishReason.ERROR:
            return tr("failed")
    return {
        MessageState.STOPPED: tr("stopped"),
        MessageState.FAILED: tr("failed"),
    }.get(message.state, "")


def examples() -> tuple[str, ...]:
    """First questions that even the small starter model can do something with."""
    return (
        tr("What is LoRA?"),
        tr("What is the capital of Italy?"),
        tr("Tell me a story about a fox named Ruby"),
    )
