"""The functions that a model may call, as clients list them."""

from __future__ import annotations

import json
from typing import Any

from backend.engines.types import ToolCall
from backend.errors import AppError
from backend.i18n import tr

_MOST = 128
_LONGEST = 262_144
"""Characters of the whole list; a template reads all of it."""


def tool_list(tools: str) -> list[dict[str, Any]]:
    """The functions in a JSON list of OpenAI's shape; none for an empty text.

    Raises:
        AppError: ``engine.tools``.
    """
    if not tools:
        return []
    try:
        listed = json.loads(tools) if len(tools) <= _LONGEST else None
    except (ValueError, RecursionError) as error:
        raise _unreadable(str(error)) from error
    if not isinstance(listed, list) or len(listed) > _MOST:
        raise _unreadable(f"a list of at most {_MOST} functions and {_LONGEST} characters expected")
    for number, tool in enumerate(listed):
        function = tool.get("function") if isinstance(tool, dict) else None
        name = function.get("name") if isinstance(function, dict) else None
        if not isinstance(name, str) or not name:
            raise _unreadable(f"tools[{number}].function.name: a name expected")
    return listed


def called_names(tools: str) -> frozenset[str]:
    """The names of the functions in the list. Raises like `tool_list`."""
    return frozenset(tool["function"]["name"] for tool in tool_list(tools))


def arguments_of(call: ToolCall) -> dict[str, Any]:
    """The arguments of a call as values. Raises `AppError`: ``engine.tools``."""
    try:
        arguments = json.loads(call.arguments)
    except (ValueError, RecursionError) as error:
        raise _unreadable(f"{call.name}: {error}") from error
    if not isinstance(arguments, dict):
        raise _unreadable(f"{call.name}: the arguments are no object")
    return arguments


def no_tools(error: AppError) -> AppError | None:
    """What the refusal of a server means, where it is about tools."""
    said = error.detail.lower()
    if "tool" not in said or error.code not in ("remote.refused", "remote.trouble"):
        return None
    return AppError(
        "engine.no_tools",
        tr("This model or its server can't use tools."),
        tr("Choose another model, or leave the tools out."),
        error.detail,
    )


def _unreadable(detail: str) -> AppError:
    return AppError(
        "engine.tools",
        tr("The list of tools for this answer can't be used."),
        tr("Give each of them a name and a description of its arguments, or leave the tools out."),
        detail,
    )
