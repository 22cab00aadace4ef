"""What a request asks, as turns and sampling of the engine."""

from __future__ import annotations

import json

from backend.engines.types import Sampling, ToolCall, Turn
from backend.server.schema import (
    AssistantMessage,
    ChatRequest,
    CompletionRequest,
    Content,
    Message,
    SchemaFormat,
    SystemMessage,
    ToolMessage,
)

_MOST_ALTERNATIVES = 20


def turns(asked: ChatRequest) -> tuple[Turn, ...]:
    return tuple(_turn(message) for message in asked.messages)


def _turn(message: Message) -> Turn:
    text = _text(message.content)
    if isinstance(message, SystemMessage):
        return Turn("system", text)
    if isinstance(message, AssistantMessage):
        calls = tuple(
            ToolCall(call.id, call.function.name, call.function.arguments)
            for call in message.tool_calls or ()
        )
        return Turn("assistant", text, tool_calls=calls)
    if isinstance(message, ToolMessage):
        return Turn("tool", text, tool_call_id=message.tool_call_id)
    return Turn("user", text)


def _text(content: Content | None) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(part.text for part in content)


def tools(asked: ChatRequest) -> str:
    """The functions that may be called, as the engine takes them."""
    if not asked.tools or asked.tool_choice == "none":
        return ""
    return json.dumps([tool.model_dump(exclude_none=True) for tool in asked.tools], ensure_ascii=False)


def sampling(asked: ChatRequest | CompletionRequest) -> Sampling:
    plain = Sampling()
    chosen = {
        "temperature": asked.temperature,
        "top_k": asked.top_k,
        "top_p": asked.top_p,
        "min_p": asked.min_p,
        "repeat_penalty": asked.repeat_penalty,
        "presence_penalty": asked.presence_penalty,
    }
    stop = (asked.stop,) if isinstance(asked.stop, str) else tuple(asked.stop or ())
    most = asked.max_tokens
    logprobs, format_, schema = 0, plain.format, ""
    if isinstance(asked, ChatRequest):
        most = asked.max_completion_tokens or most
        if asked.logprobs:
            logprobs = max(1, asked.top_logprobs or 0)
        if isinstance(asked.response_format, SchemaFormat):
            format_ = "schema"
            schema = json.dumps(asked.response_format.json_schema.schema_, ensure_ascii=False)
        elif asked.response_format is not None and asked.response_format.type == "json_object":
            format_ = "json"
    elif asked.logprobs is not None:
        logprobs = max(1, min(asked.logprobs, _MOST_ALTERNATIVES))
    return Sampling(
        **{name: value for name, value in chosen.items() if value is not None},  # type: ignore[arg-type]
        seed=asked.seed,
        stop=stop,
        max_tokens=most,
        format=format_,
        grammar=schema,
        logprobs=logprobs,
    )
