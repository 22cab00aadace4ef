"""Errors in the shape that clients of OpenAI's interface read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, from_json

from backend.errors import AppError

_STATUS = {
    **dict.fromkeys(("library.not_found", "library.no_file", "mix.gone", "mix.base_gone"), 404),
    **dict.fromkeys(("engine.file_missing", "server.no_model"), 404),
    **dict.fromkeys(("library.ambiguous", "engine.context", "engine.grammar", "engine.schema"), 400),
    **dict.fromkeys(("engine.json", "engine.tools", "engine.no_tools", "engine.image"), 400),
    **dict.fromkeys(("engine.not_chat", "engine.no_completion", "engine.tokenize"), 400),
    **dict.fromkeys(("embed.too_long", "embed.empty", "embed.not_here", "embed.no_vectors"), 400),
    **dict.fromkeys(("sampling.schema", "sampling.grammar", "sampling.tools", "sampling.dead_end"), 400),
    **dict.fromkeys(
        ("template.refused", "template.error"), 400
    ),  # such as turns in an order it does not take
    **dict.fromkeys(("engine.memory", "engine.context_memory", "engine.gpu_memory", "server.stopped"), 503),
    "server.unusable": 400,
}

_FIELDS = {
    **dict.fromkeys(("sampling.schema", "sampling.grammar", "sampling.dead_end"), "response_format"),
    **dict.fromkeys(("engine.grammar", "engine.schema", "engine.json"), "response_format"),
    **dict.fromkeys(("engine.tools", "engine.no_tools", "sampling.tools"), "tools"),
    **dict.fromkeys(("engine.context", "template.refused", "template.error"), "messages"),
    **dict.fromkeys(("engine.not_chat", "server.unusable", "library.ambiguous", "embed.no_vectors"), "model"),
    **dict.fromkeys(("embed.too_long", "embed.empty"), "input"),
    "engine.tokenize": "prompt",
}
"""The field of a request that an error of the app is about."""

Asked = TypeVar("Asked", bound=BaseModel)


class Refused(Exception):
    """A request that is answered with an error.

    Attributes:
        param: The field that is wrong, such as ``messages.0.role``.
        code: A word for programs.
    """

    def __init__(self, status: int, message: str, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.code = code

    def body(self) -> dict[str, Any]:
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        error = {"message": self.message, "type": kind, "param": self.param, "code": self.code}
        return {"error": error}


def refusal(error: AppError, *, chat: bool = True) -> Refused:
    """What a client is told of an error of the app. Paths and logs in its details stay here.

    Args:
        chat: Whether it asked with messages, not with a prompt.
    """
    status = _STATUS.get(error.code, 500)
    if status == 404:
        return Refused(404, str(error), "model", "model_not_found")
    field = _FIELDS.get(error.code)
    if field == "messages" and not chat:
        field = "prompt"
    code = "context_length_exceeded" if error.code == "engine.context" else error.code
    return Refused(status, str(error), field, code)


def parsed(kind: type[Asked], body: bytes) -> Asked:
    """The request that `body` holds.

    Raises:
        Refused: 400 with the name of a field that is wrong.
    """
    try:
        asked = kind.model_validate_json(body)
        from_json(body, allow_inf_nan=False)  # NaN inside of schemas, which no field looks into
        return asked
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        first = found[0]
        if first["type"] != "json_invalid":
            # Of a field that may be this or that, the longest way leads to what was meant.
            same = [one for one in found if one["loc"][:1] == first["loc"][:1]]
            first = max(same, key=lambda one: len(one["loc"]))
        field = _field(first, from_json(body)) if first["loc"] else ""
        message = f"{field}: {first['msg']}" if field else first["msg"]
        raise Refused(400, message, field or None, first["type"]) from error
    except ValueError as error:
        raise Refused(400, f"The body is not JSON: {error}", None, "json_invalid") from error


def _field(error: ErrorDetails, body: Any) -> str:
    """The place of an error in the body, such as ``messages.0.content``. Names of alternatives that the check
    tried stand between the fields; they mean nothing to a client."""
    places: Sequence[int | str] = error["loc"]
    named: list[str] = []
    for at, place in enumerate(places):
        missing = error["type"] == "missing" and at == len(places) - 1
        known = isinstance(body, list) and isinstance(place, int)
        inside = known or (isinstance(body, dict) and place in body)
        if inside or missing:
            named.append(str(place))
            body = body[place] if inside else None
    return ".".join(named)
