"""From the messages of a branch to what the model is given: turns, their size, and a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from backend.chats.types import Attachment, Chat, Message
from backend.engines.types import Role, Timings, Turn

TITLE_LENGTH = 48
_MEASURABLE_TOKENS = 16  # fewer say nothing about the speed
_RESERVE = 512  # tokens kept for an answer whose length has no limit
_BACKTICKS = re.compile("`{3,}")
_SUMMARY_TITLE = "Summary of the conversation so far:"  # for the model, so not translated
_CHARACTERS_PER_TOKEN = 3.5  # English prose in the vocabularies of 32,000 to 256,000 entries that models use


def turns_of(
    chat: Chat,
    branch: Sequence[Message],
    draft: str = "",
    *,
    attachments: Sequence[Attachment] = (),
    summary: str = "",
    vision: bool = True,
) -> tuple[Turn, ...]:
    """The system prompt and the branch as the chat template gets them; reasoning stays out.

    Answers that never got any text are left out, and questions that are then neighbours become one turn,
    because many templates insist on alternating roles. Text files stand before the words they were sent with.

    Args:
        draft: A question at the end that was not sent yet, with its `attachments`.
        summary: What stands for messages before `branch`; it follows the system prompt.
        vision: Whether the model sees images; if not, or if a copy is gone, it is told their names.
    """
    before = f"{_SUMMARY_TITLE}\n{summary.strip()}" if summary.strip() else ""
    system = "\n\n".join(part for part in (chat.system_prompt, before) if part.strip())
    turns = [Turn("system", system)] if system else []
    spoken = [_turn(message.role, message.text, message.attachments, vision) for message in branch]
    if draft or attachments:
        spoken.append(_turn("user", draft, attachments, vision))
    for turn in spoken:
        if not turn.content.strip() and not turn.images:
            continue
        if turns and turns[-1].role == turn.role:
            both = f"{turns[-1].content}\n\n{turn.content}"
            turns[-1] = Turn(turn.role, both, turns[-1].images + turn.images)
        else:
            turns.append(turn)
    return tuple(turns)


def _turn(role: Role, text: str, attachments: Sequence[Attachment], vision: bool) -> Turn:
    parts: list[str] = []
    images: list[str] = []
    for file in attachments:
        if file.kind == "text":
            parts.append(file_block(file.name, file.text))
        elif vision and Path(file.path).is_file():
            images.append(file.path)
        else:
            parts.append(f"[{file.name}]")
    if text.strip() or not parts:
        parts.append(text)
    return Turn(role, "\n\n".join(parts), tuple(images))


def file_block(name: str, text: str) -> str:
    """A text file as the model reads it: its name and a fence that is longer than any inside it."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{name}:\n{fence}\n{text.rstrip()}\n{fence}"


def reserve_of(chat: Chat, n_ctx: int) -> int:
    """Tokens of the context that are kept for the answer."""
    return min(chat.sampling.max_tokens or _RESERVE, n_ctx // 4)


def estimated_tokens(turns: Sequence[Turn]) -> int:
    """About how many tokens `turns` make, from the length of their text."""
    around_a_turn = 4  # role and end marks
    return sum(round(len(turn.content) / _CHARACTERS_PER_TOKEN) + around_a_turn for turn in turns)


def title_of(text: str) -> str:
    """The first words of `text`, at most 48 characters, on one line."""
    words = " ".join(text.split())
    if len(words) <= TITLE_LENGTH:
        return words
    cut = words[: TITLE_LENGTH - 1]
    whole = cut.rpartition(" ")[0] if not words[TITLE_LENGTH - 1].isspace() else cut
    return (whole or cut).rstrip(" ,;:.–-") + "…"


def measured_speed(timings: Timings) -> float | None:
    """Tokens per second of an answer that was long enough to tell; else None."""
    return timings.generation_tps if timings.completion_tokens >= _MEASURABLE_TOKENS else None
