"""Conversations as the database keeps them: messages form a tree, a chat points at the leaf that is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from backend.engines.types import KvType, Role, Sampling, Timings


class MessageState(StrEnum):
    """A message is committed when it is DONE; INTERRUPTED means that a crash or a Stop cut it short."""

    STREAMING = "streaming"
    DONE = "done"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation. Times are Unix seconds; lists order by `sequence`, which only grows, never by the
    clock. `n_ctx`, `kv_type`, `n_batch` and `gpu_layers` mean the same as in `LoadOptions`; None leaves them
    to the settings.
    """

    id: int
    title: str
    model_id: str | None
    system_prompt: str
    sampling: Sampling
    n_ctx: int | None
    leaf_id: int | None
    created: float
    updated: float
    sequence: int
    deleted: bool = False
    kv_type: KvType | None = None
    n_batch: int | None = None
    gpu_layers: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `siblings` are the ids of the alternatives under one parent, itself included, in order."""

    id: int
    chat_id: int
    parent_id: int | None
    role: Role
    text: str
    state: MessageState
    created: float
    reasoning: str = ""
    model_id: str | None = None
    model_name: str = ""
    quant: str = ""
    finish_reason: str = ""
    timings: Timings = field(default_factory=Timings)
    error_title: str = ""
    error_hint: str = ""
    siblings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextUse:
    """Tokens of one chat against its context: `system` + `conversation` + `reserve` of `n_ctx`.

    With `approximate` the model is not loaded, so its tokenizer could not be asked and the text's length was
    taken.
    """

    system: int
    conversation: int
    reserve: int
    n_ctx: int
    approximate: bool = False
