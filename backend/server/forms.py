"""Answers in the shapes of OpenAI's interface: chat and plain completions, whole and in pieces."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from backend.engines.types import Delta, Finished, FinishReason, TokenChoice, ToolCall


@dataclass
class Gathered:
    """One answer so far."""

    text: str = ""
    reasoning: str = ""
    choices: list[TokenChoice] = field(default_factory=list)
    calls: list[ToolCall] = field(default_factory=list)
    end: Finished | None = None

    def take(self, delta: Delta, *, keep: bool = True) -> None:
        """Add a piece; without `keep` only what the end must know."""
        self.calls += delta.tool_calls
        if keep:
            self.text += delta.text
            self.reasoning += delta.reasoning
            self.choices += delta.choices

    def reason(self) -> str:
        assert self.end is not None
        if self.end.reason in (FinishReason.LENGTH, FinishReason.CONTEXT):
            return "length"
        return "tool_calls" if self.calls else "stop"


class Form(Protocol):
    """How answers of an endpoint look; `head` is the same in all pieces of one request."""

    def opening(self, index: int) -> dict[str, Any] | None: ...

    def piece(self, delta: Delta, first_call: int) -> dict[str, Any]: ...

    def closing(self, index: int, reason: str) -> dict[str, Any]: ...

    def answer(self, index: int, gathered: Gathered) -> dict[str, Any]: ...

    def head(self, *, stream: bool) -> dict[str, Any]: ...


class ChatForm:
    def __init__(
        self, model: str, logprobs: bool, alternatives: int, *, one_call: bool, named: bool = False
    ) -> None:
        """With `one_call`, what an answer calls after its first function is left out. With `named`, it calls
        the function that the client named, and ends with ``stop`` as OpenAI's answers do then."""
        self._model = model
        self._logprobs = logprobs
        self._alternatives = alternatives
        self._most_calls = 1 if one_call else None
        self._named = named
        self._id = f"chatcmpl-{secrets.token_hex(12)}"
        self._created = int(time.time())

    def head(self, *, stream: bool) -> dict[str, Any]:
        kind = "chat.completion.chunk" if stream else "chat.completion"
        return {"id": self._id, "object": kind, "created": self._created, "model": self._model}

    def opening(self, index: int) -> dict[str, Any]:
        return _choice(index, delta={"role": "assistant", "content": ""})

    def piece(self, delta: Delta, first_call: int) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if delta.text:
            said["content"] = delta.text
        if delta.reasoning:
            said["reasoning_content"] = delta.reasoning
        numbered = list(enumerate(delta.tool_calls, first_call))
        if calls := [one for one in numbered if self._most_calls is None or one[0] < self._most_calls]:
            said["tool_calls"] = [{"index": number, **_call(call)} for number, call in calls]
        return _choice(delta.index, delta=said, logprobs=self._told(delta.choices))

    def closing(self, index: int, reason: str) -> dict[str, Any]:
        return _choice(index, delta={}, finish_reason=self._reason(reason))

    def answer(self, index: int, gathered: Gathered) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": gathered.text}
        if gathered.calls:
            message["content"] = gathered.text or None
            message["tool_calls"] = [_call(call) for call in gathered.calls[: self._most_calls]]
        if gathered.reasoning:
            message["reasoning_content"] = gathered.reasoning
        told = self._told(gathered.choices)
        reason = self._reason(gathered.reason())
        return _choice(index, message=message, logprobs=told, finish_reason=reason)

    def _reason(self, reason: str) -> str:
        return "stop" if self._named and reason == "tool_calls" else reason

    def _told(self, choices: list[TokenChoice] | tuple[TokenChoice, ...]) -> dict[str, Any] | None:
        if not self._logprobs:
            return None
        return {
            "content": [
                {
                    **_token(one.text, one.logprob),
                    "top_logprobs": [
                        _token(other.text, other.logprob) for other in one.alternatives[: self._alternatives]
                    ],
                }
                for one in choices
            ],
            "refusal": None,
        }


class TextForm:
    def __init__(self, model: str, logprobs: int | None) -> None:
        self._model = model
        self._logprobs = logprobs
        self._id = f"cmpl-{secrets.token_hex(12)}"
        self._created = int(time.time())

    def head(self, *, stream: bool) -> dict[str, Any]:
        return {"id": self._id, "object": "text_completion", "created": self._created, "model": self._model}

    def opening(self, index: int) -> None:
        return None

    def piece(self, delta: Delta, first_call: int) -> dict[str, Any]:
        text = delta.reasoning + delta.text
        return _choice(delta.index, text=text, logprobs=self._told(delta.choices))

    def closing(self, index: int, reason: str) -> dict[str, Any]:
        return _choice(index, text="", finish_reason=reason)

    def answer(self, index: int, gathered: Gathered) -> dict[str, Any]:
        text = gathered.reasoning + gathered.text
        told = self._told(gathered.choices)
        return _choice(index, text=text, logprobs=told, finish_reason=gathered.reason())

    def _told(self, choices: list[TokenChoice] | tuple[TokenChoice, ...]) -> dict[str, Any] | None:
        if self._logprobs is None:
            return None
        offsets, place = [], 0
        for one in choices:
            offsets.append(place)
            place += len(one.text)
        return {
            "tokens": [one.text for one in choices],
            "token_logprobs": [one.logprob for one in choices],
            "top_logprobs": [
                {other.text: other.logprob for other in one.alternatives[: self._logprobs]} for one in choices
            ],
            "text_offset": offsets,
        }


def usage(ends: list[Finished]) -> dict[str, Any]:
    """Tokens of all answers to one prompt, which is counted once."""
    prompt = max((end.timings.prompt_tokens for end in ends), default=0)
    written = sum(end.timings.completion_tokens for end in ends)
    cached = max((end.timings.cached_tokens for end in ends), default=0)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def _choice(index: int, **parts: Any) -> dict[str, Any]:
    return {"index": index, "logprobs": None, "finish_reason": None, **parts}


def _call(call: ToolCall) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}


def _token(text: str, logprob: float) -> dict[str, Any]:
    return {"token": text, "logprob": logprob, "bytes": list(text.encode("utf-8", "replace"))}
