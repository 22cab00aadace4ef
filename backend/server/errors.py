"""Errors in the shape that clients of OpenAI's interface read."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from backend.errors import AppError

_STATUS = {
    **dict.fromkeys(("library.not_found", "library.no_file", "mix.gone", "mix.base_gone"), 404),
    **dict.fromkeys(("engine.file_missing", "server.no_model"), 404),
    **dict.fromkeys(("library.ambiguous", "engine.context", "engine.grammar", "engine.schema"), 400),
    **dict.fromkeys(("engine.json", "engine.tools", "engine.no_tools", "engine.image"), 400),
    **dict.fromkeys(("engine.not_chat", "engine.no_completion", "engine.tokenize"), 400),
    **dict.fromkeys(("embed.too_long", "embed.empty", "embed.not_here", "embed.no_vectors"), 400),
    **dict.fromkeys(("sampling.schema", "sampling.grammar", "sampling.dead_end"), 400),
    **dict.fromkeys(
        ("template.refused", "template.error"), 400
    ),  # such as turns in an order it does not take
    **dict.fromkeys(("engine.memory", "engine.context_memory", "engine.gpu_memory"), 503),
}

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


def refusal(error: AppError) -> Refused:
    """What a client is told of an error of the app. Paths and logs in its details stay here."""
    status = _STATUS.get(error.code, 500)
    if error.code == "engine.context":
        return Refused(400, str(error), "messages", "context_length_exceeded")
    if status == 404:
        return Refused(404, str(error), "model", "model_not_found")
    return Refused(status, str(error), None, error.code)


def parsed(kind: type[Asked], body: bytes) -> Asked:
    """The request that `body` holds.

    Raises:
        Refused: 400 with the name of the first field that is wrong.
    """
    try:
        asked = kind.model_validate_json(body)
        from_json(body, allow_inf_nan=False)  # NaN inside of schemas, which no field looks into
        return asked
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        # Names of the alternatives of a union stand between the fields; they mean nothing to a client.
        places = [str(part) for part in first["loc"] if str(part)[:1].islower() or isinstance(part, int)]
        field = ".".join(places)
        message = f"{field}: {first['msg']}" if field else first["msg"]
        raise Refused(400, message, field or None, first["type"]) from error
    except ValueError as error:
        raise Refused(400, f"The body is not JSON: {error}", None, "json_invalid") from error
