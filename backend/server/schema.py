"""What requests may hold: every field with its type and range. What is not named here is refused.

Fields of OpenAI's interface that change nothing here are taken with the one value that means nothing, so that
nobody is told yes and gets something else.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

_SEED = 2**32 - 1
_TOKENS = 1_000_000

Name = Annotated[str, Field(min_length=1, max_length=512)]
StopWord = Annotated[str, Field(min_length=1, max_length=256)]
Text = Annotated[str, Field(max_length=1_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class TextPart(_Strict):
    type: Literal["text"]
    text: Text


Content = Text | Annotated[list[TextPart], Field(min_length=1, max_length=256)]


class CalledFunction(_Strict):
    name: Name
    arguments: Text


class Call(_Strict):
    id: Name
    type: Literal["function"] = "function"
    function: CalledFunction


class SystemMessage(_Strict):
    role: Literal["system", "developer"]
    content: Content
    name: Name | None = None


class UserMessage(_Strict):
    role: Literal["user"]
    content: Content
    name: Name | None = None


class AssistantMessage(_Strict):
    role: Literal["assistant"]
    content: Content | None = None
    name: Name | None = None
    refusal: Text | None = None
    tool_calls: Annotated[list[Call], Field(max_length=128)] | None = None


class ToolMessage(_Strict):
    role: Literal["tool"]
    content: Content
    tool_call_id: Name


Message = Annotated[SystemMessage | UserMessage | AssistantMessage | ToolMessage, Field(discriminator="role")]


class Function(_Strict):
    name: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]
    description: Text | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class Tool(_Strict):
    type: Literal["function"]
    function: Function


class ChosenFunction(_Strict):
    name: Name


class ChosenTool(_Strict):
    type: Literal["function"]
    function: ChosenFunction


class PlainFormat(_Strict):
    type: Literal["text", "json_object"]


class NamedSchema(_Strict):
    name: Name
    description: Text | None = None
    schema_: Annotated[dict[str, Any], Field(alias="schema")]
    strict: bool | None = None


class SchemaFormat(_Strict):
    type: Literal["json_schema"]
    json_schema: NamedSchema


class StreamOptions(_Strict):
    include_usage: bool | None = None


class _Sampled(_Strict):
    """What requests for text have in common; ranges are OpenAI's where it has the field."""

    model: Name
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=8)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    top_k: Annotated[int, Field(ge=0, le=1000)] | None = None
    min_p: Annotated[float, Field(ge=0, le=1)] | None = None
    repeat_penalty: Annotated[float, Field(ge=0.5, le=2)] | None = None
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    frequency_penalty: Annotated[float, Field(ge=0, le=0)] | None = None
    seed: Annotated[int, Field(ge=0, le=_SEED)] | None = None
    stop: StopWord | Annotated[list[StopWord], Field(max_length=4)] | None = None
    max_tokens: Annotated[int, Field(ge=1, le=_TOKENS)] | None = None
    logit_bias: Annotated[dict[str, float], Field(max_length=0)] | None = None
    user: Annotated[str, Field(max_length=512)] | None = None


class ChatRequest(_Sampled):
    messages: Annotated[list[Message], Field(min_length=1, max_length=4096)]
    max_completion_tokens: Annotated[int, Field(ge=1, le=_TOKENS)] | None = None
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Field(ge=0, le=20)] | None = None
    response_format: Annotated[PlainFormat | SchemaFormat, Field(discriminator="type")] | None = None
    tools: Annotated[list[Tool], Field(max_length=128)] | None = None
    tool_choice: Literal["auto", "none", "required"] | ChosenTool | None = None
    parallel_tool_calls: bool | None = None


class CompletionRequest(_Sampled):
    prompt: Annotated[str, Field(min_length=1, max_length=1_000_000)]
    logprobs: Annotated[int, Field(ge=0, le=20)] | None = None


class EmbeddingRequest(_Strict):
    model: Name
    input: (
        Annotated[str, Field(min_length=1, max_length=1_000_000)]
        | Annotated[
            list[Annotated[str, Field(min_length=1, max_length=1_000_000)]],
            Field(min_length=1, max_length=2048),
        ]
    )
    encoding_format: Literal["float", "base64"] | None = None
    dimensions: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    user: Annotated[str, Field(max_length=512)] | None = None
