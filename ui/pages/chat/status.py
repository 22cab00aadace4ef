"""What the composer says: how an answer comes along, what room a draft leaves, why nothing can be sent."""

from __future__ import annotations

from backend.chats.types import Chat, ContextUse
from backend.engines.types import ChatModel
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.live import LiveAnswer
from ui.pages.chat.texts import missing_name


def live_words(live: LiveAnswer) -> str:
    """``54.1 tok/s, 96 tokens so far``; what is not known yet is left out."""
    if not live.tokens:
        return tr("reading …")
    words = tr("{tokens} so far", tokens=fmt.tokens(live.tokens))
    speed = live.tokens_per_second
    return tr("{rate} tok/s, {rest}", rate=fmt.rate(speed), rest=words) if speed else words


def room_words(use: ContextUse) -> str:
    """What is left of the context when the draft has been sent."""
    left = use.n_ctx - use.system - use.conversation
    mark = "~" if use.approximate else ""
    if left < 0:
        return tr("{count} tokens too many", n=-left, count=mark + fmt.number(-left))
    return tr("{count} tokens left after this message", n=left, count=mark + fmt.number(left))


def blocked_words(chat: Chat | None, model: ChatModel | None, default_model: str | None) -> str:
    """Why nothing can be sent with this model; empty where it can."""
    if chat is None:
        return "" if default_model else tr("Choose a model first.")
    if model is not None:
        return model.problem
    if chat.model_id:
        name = missing_name(chat.model_id)
        return tr("{model} is not on this disk any more. Choose another model.", model=name)
    return tr("Choose a model first.")
