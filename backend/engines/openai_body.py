"""Requests and answers of ``/v1/chat/completions``, in the words of the servers that speak it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.engines.answering import Usage
from backend.engines.images import data_url
from backend.engines.remote import error_text
from backend.engines.served import Dialect
from backend.engines.tool_calls import new_id
from backend.engines.tools import tool_list
from backend.engines.types import (
    Alternative,
    FinishReason,
    Sampling,
    TokenChoice,
    ToolCall,
    Turn,
    goes_on,
)
from backend.errors import AppError
from backend.i18n import tr

_STOPS = 4
"""How many stop strings all servers take; the others are looked for here."""


@dataclass(frozen=True, slots=True)
class CallPiece:
    """A piece of the call number `index`; names come whole, arguments bit by bit."""

    index: int
    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """One event of the stream. `error` is what the server says went wrong in the middle."""

    text: str = ""
    reasoning: str = ""
    choices: tuple[TokenChoice, ...] = ()
    finish: str = ""
    usage: Usage | None = None
    error: str = ""
    calls: tuple[CallPiece, ...] = ()


def request(
    model: str, turns: Sequence[Turn], sampling: Sampling, seed: int, dialect: Dialect, tools: str = ""
) -> dict[str, Any]:
    """The body of a request for one streamed answer.

    Raises:
        AppError: ``engine.grammar`` where the server takes none, ``engine.image``, ``engine.tools``.
    """
    body: dict[str, Any] = {
        "model": model,
        "messages": messages(turns),
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "presence_penalty": sampling.presence_penalty,
        "seed": seed,
    }
    if sampling.stop:
        body["stop"] = [stop for stop in sampling.stop if stop][:_STOPS]
    if sampling.max_tokens is not None:
        body["max_tokens"] = sampling.max_tokens
    if sampling.logprobs:
        body |= {"logprobs": True, "top_logprobs": min(sampling.logprobs, 20)}
    body |= _extras(sampling, dialect) | _format(sampling, dialect)
    if listed := tool_list(tools):
        body["tools"] = listed
    if goes_on(turns) and dialect in ("llama-server", "vllm"):
        body |= {"continue_final_message": True, "add_generation_prompt": False}
    return body


def _extras(sampling: Sampling, dialect: Dialect) -> dict[str, Any]:
    """What only some servers know, and others refuse."""
    match dialect:
        case "llama-server":
            return {
                "top_k": sampling.top_k,
                "min_p": sampling.min_p,
                "repeat_penalty": sampling.repeat_penalty,
            }
        case "vllm":
            return {
                "top_k": sampling.top_k or -1,
                "min_p": sampling.min_p,
                "repetition_penalty": sampling.repeat_penalty,
            }
        case "lmstudio":
            return {"top_k": sampling.top_k, "repeat_penalty": sampling.repeat_penalty}
        case "plain":
            return {}


def _format(sampling: Sampling, dialect: Dialect) -> dict[str, Any]:
    match sampling.format:
        case "json" if dialect != "lmstudio":
            return {"response_format": {"type": "json_object"}}
        case "json" | "schema":
            schema = schema_of(sampling) if sampling.format == "schema" else {"type": "object"}
            named = {"name": "answer", "strict": True, "schema": schema}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        case "grammar" if dialect == "llama-server":
            return {"grammar": sampling.grammar}
        case "grammar" | "call" | "calls":
            raise no_grammar()
        case _:
            return {}


def schema_of(sampling: Sampling) -> dict[str, Any]:
    """The JSON schema that the answer must fit.

    Raises:
        AppError: ``engine.schema``.
    """
    try:
        schema = json.loads(sampling.grammar)
    except (ValueError, RecursionError) as error:
        schema, why = None, str(error)
    else:
        why = "not an object"
    if not isinstance(schema, dict):
        raise AppError(
            "engine.schema",
            tr("The JSON schema for the answer cannot be read."),
            tr("Correct it in the settings of the answer, or ask for plain text."),
            why,
        )
    return schema


def no_grammar() -> AppError:
    """The server has no way to follow a grammar."""
    return AppError(
        "engine.grammar",
        tr("This server cannot follow a grammar."),
        tr("Ask for JSON or a JSON schema instead, or use llama-server or a model on this machine."),
    )


def messages(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """The conversation; images go along as data.

    Raises:
        AppError: ``engine.image``.
    """
    return [_message(turn) for turn in turns]


def _message(turn: Turn) -> dict[str, Any]:
    message: dict[str, Any] = {"role": turn.role, "content": _content(turn)}
    if turn.tool_calls:
        message["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in turn.tool_calls
        ]
    if turn.role == "tool":
        message["tool_call_id"] = turn.tool_call_id
    return message


def _content(turn: Turn) -> str | list[dict[str, Any]]:
    if not turn.images:
        return turn.content
    images = [{"type": "image_url", "image_url": {"url": data_url(path)}} for path in turn.images]
    return [*images, {"type": "text", "text": turn.content}]


def chunk(data: str) -> Chunk | None:
    """One event of the stream; None for one that says nothing about the answer.

    Raises:
        ValueError: It is no JSON object.
    """
    try:
        told = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(told, dict):
        raise ValueError("not an object")
    if told.get("error") or ("choices" not in told and told.get("message")):
        return Chunk(error=error_text(told) or "error")
    usage = _usage(told.get("usage"), told.get("timings"))
    choices = told.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return Chunk(usage=usage) if usage else None
    delta = choice.get("delta") if isinstance(choice.get("delta"), dict) else {}
    assert isinstance(delta, dict)
    finish = choice.get("finish_reason")
    return Chunk(
        _words(delta.get("content")) or _words(delta.get("refusal")),
        _words(delta.get("reasoning_content")) or _words(delta.get("reasoning")),
        _choices(choice.get("logprobs")),
        finish if isinstance(finish, str) else "",
        usage,
        calls=_calls(delta.get("tool_calls")),
    )


def _calls(value: object) -> tuple[CallPiece, ...]:
    found = []
    for place, entry in enumerate(value if isinstance(value, list) else ()):
        function = entry.get("function") if isinstance(entry, dict) else None
        if not isinstance(function, dict):
            continue
        index = entry.get("index")
        found.append(
            CallPiece(
                index if isinstance(index, int) else place,
                _words(entry.get("id")),
                _words(function.get("name")),
                _words(function.get("arguments")),
            )
        )
    return tuple(found)


def joined(pieces: Sequence[CallPiece]) -> tuple[ToolCall, ...]:
    """The calls that were told in pieces."""
    whole: dict[int, ToolCall] = {}
    for piece in pieces:
        call = whole.get(piece.index, ToolCall("", "", ""))
        whole[piece.index] = ToolCall(
            call.id or piece.id, call.name or piece.name, call.arguments + piece.arguments
        )
    return tuple(
        ToolCall(call.id or new_id(), call.name, call.arguments or "{}")
        for _, call in sorted(whole.items())
        if call.name
    )


def finish_reason(told: str, sampling: Sampling, tokens: int) -> FinishReason:
    """Why an answer of `tokens` tokens ended, from what the server calls it."""
    if told in ("length", "max_tokens", "model_length"):
        full = sampling.max_tokens is None or tokens < sampling.max_tokens
        return FinishReason.CONTEXT if full else FinishReason.LENGTH
    return FinishReason.STOP


def is_context_error(said: str) -> bool:
    """Whether a server refused a conversation because it is longer than its context."""
    said = said.lower()
    words = ("exceed_context_size", "context_length_exceeded", "maximum context length", "context size")
    return any(each in said for each in words)


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):  # parts, as of some servers
        return "".join(_words(part.get("text")) for part in value if isinstance(part, dict))
    return ""


def _choices(value: object) -> tuple[TokenChoice, ...]:
    content = value.get("content") if isinstance(value, dict) else None
    if not isinstance(content, list):
        return ()
    found = []
    for entry in content:
        if isinstance(entry, dict):
            likeliest = entry.get("top_logprobs")
            others = likeliest if isinstance(likeliest, list) else []
            found.append(
                TokenChoice(
                    _words(entry.get("token")),
                    _number(entry.get("logprob")),
                    tuple(
                        Alternative(_words(each.get("token")), _number(each.get("logprob")))
                        for each in others
                        if isinstance(each, dict)
                    ),
                )
            )
    return tuple(found)


def _usage(value: object, timings: object) -> Usage | None:
    """What was counted; `timings` are llama-server's own, more exact than what arrives over a network."""
    if not isinstance(value, dict):
        return None
    prompt, answer = value.get("prompt_tokens_details"), value.get("completion_tokens_details")
    measured = timings if isinstance(timings, dict) else {}
    return Usage(
        _count(value.get("prompt_tokens")),
        _count(prompt.get("cached_tokens")) if isinstance(prompt, dict) else 0,
        _count(value.get("completion_tokens")),
        _count(answer.get("reasoning_tokens")) if isinstance(answer, dict) else 0,
        _rate(measured.get("prompt_per_second")),
        _rate(measured.get("predicted_per_second")),
    )


def _rate(value: object) -> float:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e7
    return float(value) if fits and isinstance(value, int | float) else 0.0


def _number(value: object) -> float:
    # A token that cannot come has a logarithm without end, or none at all.
    fits = isinstance(value, int | float) and not isinstance(value, bool) and -1e4 < value <= 0
    return float(value) if fits and isinstance(value, int | float) else -1e4 if value != 0 else 0.0


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else 0
