"""What a request asks, as turns and sampling of the engine."""

from __future__ import annotations

import json

from backend.engines.types import AnswerFormat, Sampling, ToolCall, Turn
from backend.server.errors import Refused
from backend.server.schema import (
    AssistantMessage,
    ChatRequest,
    ChosenTool,
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
    """How the answers are made.

    Raises:
        Refused: 400: a function must be called that is not there.
    """
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
    logprobs, format_, grammar = 0, plain.format, ""
    if isinstance(asked, ChatRequest):
        most = asked.max_completion_tokens or most
        if asked.logprobs:
            logprobs = max(1, asked.top_logprobs or 0)
        format_, grammar = _calls(asked) or _said(asked)
        if format_ in ("call", "calls"):
            stop = ()  # those are for what is said, and would tear a call
    elif asked.logprobs is not None:
        logprobs = max(1, min(asked.logprobs, _MOST_ALTERNATIVES))
    return Sampling(
        **{name: value for name, value in chosen.items() if value is not None},  # type: ignore[arg-type]
        seed=asked.seed,
        stop=stop,
        max_tokens=most,
        format=format_,
        grammar=grammar,
        logprobs=logprobs,
    )


def _calls(asked: ChatRequest) -> tuple[AnswerFormat, str] | None:
    """The calls that the answer must be; None where it is free to call or to say something.

    What must call says nothing, so a form for what is said does not matter then.
    """
    choice, functions = asked.tool_choice, [tool.function for tool in asked.tools or ()]
    if isinstance(choice, ChosenTool):
        name = choice.function.name
        functions = [function for function in functions if function.name == name]
        if not functions:
            where = "tool_choice.function.name"
            raise Refused(400, f"{where}: There is no function {name} in tools.", where, "tool_choice")
    elif choice != "required":
        return None
    elif not functions:
        raise Refused(400, "tool_choice: There are no tools to call.", "tool_choice", "tool_choice")
    several = choice == "required" and asked.parallel_tool_calls is not False
    listed = [{"name": function.name, "parameters": function.parameters} for function in functions]
    return "calls" if several else "call", json.dumps(listed, ensure_ascii=False)


def _said(asked: ChatRequest) -> tuple[AnswerFormat, str]:
    """The form of what is said."""
    form = asked.response_format
    if isinstance(form, SchemaFormat):
        return "schema", json.dumps(form.json_schema.schema_, ensure_ascii=False)
    return ("text" if form is None or form.type == "text" else "json"), ""
