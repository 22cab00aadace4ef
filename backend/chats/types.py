"""Conversations as the database keeps them: messages form a tree, a chat points at the leaf that is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from backend.adapters.types import Rack
from backend.engines.types import KvType, Role, RunCard, Sampling, Timings, TokenChoice


class MessageState(StrEnum):
    """A message is committed when it is DONE; INTERRUPTED means that a crash or a Stop cut it short."""

    STREAMING = "streaming"
    DONE = "done"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


Overflow = Literal["stop", "drop", "summarise"]
"""What happens when a conversation outgrows its context: stop and say so, leave out the oldest turns, or
put a summary in their place."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that was attached to a message. `text` is what the model gets of a text file; an image is kept
    as `path`, a copy in the data folder. `tokens` as counted when it was attached, 0 if unknown."""

    name: str
    kind: Literal["text", "image"]
    size: int
    text: str = ""
    path: str = ""
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands for all messages of a branch up to and including `until_id`; can be edited."""

    id: int
    chat_id: int
    until_id: int
    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class ChatFolder:
    """A group of chats; lists order by `position`."""

    id: int
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Preset:
    """A named system prompt with sampling, to be chosen in any chat."""

    id: int
    name: str
    system_prompt: str
    sampling: Sampling


@dataclass(frozen=True, slots=True)
class ModelDefaults:
    """What new chats with a model begin with; None leaves it to the settings."""

    model_id: str
    system_prompt: str = ""
    sampling: Sampling = field(default_factory=Sampling)
    n_ctx: int | None = None
    kv_type: KvType | None = None


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A hit of the search over all chats. `message_id` None means the title. `snippet` is the text around it;
    `marks` are (start, length) pairs of the words in it."""

    chat_id: int
    title: str
    message_id: int | None
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Replay:
    """An answer asked for once more by its run card, beside the first.

    Attributes:
        same_text: Whether it says exactly the same.
        differs_at: Characters that are equal from the start, where it does not.
        changed: What is different from the card (another file, engine version, flags), in sentences.
    """

    message_id: int
    text: str
    same_text: bool
    differs_at: int
    before: Timings
    now: Timings
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation. Times are Unix seconds; lists order by `sequence`, which only grows, never by the
    clock. `n_ctx`, `kv_type`, `n_batch` and `gpu_layers` mean the same as in `LoadOptions`; None leaves them
    to the settings. `rack` are the adapters over the model; None leaves the model those that it has itself.
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
    folder_id: int | None = None
    pinned: bool = False
    overflow: Overflow = "stop"
    rack: Rack | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. `siblings` are the ids of the alternatives under one parent, itself included, in order.

    `card` says what an answer depended on; `edited` that a person changed the model's words; `reasoning_s`
    how many seconds it thought. `choices` are its tokens with alternatives where the sampling asked for them:
    they come with an answer that has just ended and with a message asked for alone, but not with a whole
    branch, for they are many times the text. `has_choices` says that they are there.
    """

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
    attachments: tuple[Attachment, ...] = ()
    card: RunCard | None = None
    choices: tuple[TokenChoice, ...] = ()
    edited: bool = False
    reasoning_s: float = 0.0
    has_choices: bool = False


@dataclass(frozen=True, slots=True)
class WholeChat:
    """A chat with every branch: `messages` parents first, with their choices but without siblings."""

    chat: Chat
    messages: tuple[Message, ...]
    summaries: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextUse:
    """Tokens of one chat against its context: `system` + `conversation` + `reserve` of `n_ctx`.

    With `approximate` the model is not loaded, so its tokenizer could not be asked and the text's length was
    taken.

    Attributes:
        left_out: How many of the oldest messages the model does not get word for word, because they would not
            fit or a summary stands for them.
        summary: Tokens of that summary; they are part of `conversation`.
    """

    system: int
    conversation: int
    reserve: int
    n_ctx: int
    approximate: bool = False
    left_out: int = 0
    summary: int = 0
