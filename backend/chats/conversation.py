"""From the messages of a branch to what the model is given: turns, their size, and a title."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from backend.chats.types import Chat, ContextUse, Message
from backend.engines.types import Timings, Turn

TITLE_LENGTH = 48
_MEASURABLE_TOKENS = 16  # fewer say nothing about the speed
_RESERVE = 512  # tokens kept for an answer whose length has no limit
_CHARACTERS_PER_TOKEN = 3.5  # English prose in the vocabularies of 32,000 to 256,000 entries that models use


def turns_of(chat: Chat, branch: Sequence[Message], draft: str = "") -> tuple[Turn, ...]:
    """The system prompt and the branch as the chat template gets them; reasoning stays out.

    Answers that never got any text are left out, and questions that are then neighbours become one turn,
    because many templates insist on alternating roles.
    """
    turns = [Turn("system", chat.system_prompt)] if chat.system_prompt.strip() else []
    spoken = [Turn(message.role, message.text) for message in branch]
    if draft:
        spoken.append(Turn("user", draft))
    for turn in spoken:
        if not turn.content.strip():
            continue
        if turns and turns[-1].role == turn.role:
            turns[-1] = Turn(turn.role, f"{turns[-1].content}\n\n{turn.content}")
        else:
            turns.append(turn)
    return tuple(turns)


def context_use(
    chat: Chat, turns: Sequence[Turn], n_ctx: int, count: Callable[[Sequence[Turn]], int] | None
) -> ContextUse:
    """How full the context is; `count` asks the loaded model's tokenizer, None estimates from the length."""
    counted = count or _estimate
    system_turns = tuple(turn for turn in turns if turn.role == "system")
    system = counted(system_turns) if system_turns else 0
    total = counted(turns) if turns else 0
    return ContextUse(
        system=system,
        conversation=max(total - system, 0),
        reserve=min(chat.sampling.max_tokens or _RESERVE, n_ctx // 4),
        n_ctx=n_ctx,
        approximate=count is None,
    )


def _estimate(turns: Sequence[Turn]) -> int:
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
