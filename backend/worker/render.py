"""Renders chat templates, which come from untrusted files, in a process of its own.

Jinja's immutable sandbox keeps a template from reaching Python; it does not keep it from looping for ever or
from making a gigabyte of text, and no thread can stop that from inside. So this process does nothing else: it
may not write files, may use little memory, and is killed by the model worker when it takes too long.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import queue
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NoReturn

from jinja2 import TemplateError
from jinja2 import nodes as ast
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from backend.engines.types import Turn
from backend.worker.channel import Channel
from backend.workers.protocol import Command, Failed, Failure, Rendered, RenderTemplate, Shutdown

_MEMORY = 512 * 1024 * 1024
_DETAIL = 300


class TemplateRefusal(TemplateError):
    """The template itself raised an error, as templates do for roles they don't know."""


class _Generation(Extension):
    """``{% generation %}…{% endgeneration %}`` marks what the model wrote, for training; here it is just its
    body.
    """

    tags = {"generation"}  # noqa: RUF012  # as in the base class

    def parse(self, parser: Parser) -> list[ast.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _refuse(message: object = "") -> NoReturn:
    raise TemplateRefusal(str(message)[:_DETAIL])


def _now(pattern: str) -> str:
    return datetime.datetime.now().strftime(pattern)


def _json(value: object, *, ensure_ascii: bool = False, indent: int | None = None, **_other: object) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent)


def _environment() -> ImmutableSandboxedEnvironment:
    """The environment that chat templates are written for: transformers' flags, filters and functions."""
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols, _Generation]
    )
    environment.filters["tojson"] = _json
    environment.globals["raise_exception"] = _refuse
    environment.globals["strftime_now"] = _now
    return environment


_ENVIRONMENT = _environment()
_compile = lru_cache(maxsize=8)(_ENVIRONMENT.from_string)


def render(command: RenderTemplate) -> str:
    """Render a conversation, up to the point where the assistant's answer begins.

    Raises:
        TemplateError: The template is wrong, refuses the conversation, or writes more than `limit`
        characters.
    """
    try:
        return _render(command, arguments_as_text=False)
    except TemplateRefusal:
        raise
    except Exception:
        if not any(turn.tool_calls for turn in command.turns):
            raise
        return _render(command, arguments_as_text=True)  # some templates put them together as text


def _message(turn: Turn, names: Mapping[str, str], *, arguments_as_text: bool) -> dict[str, object]:
    """A turn as templates expect it: as OpenAI's messages, but the arguments of calls as values."""
    message: dict[str, object] = {"role": turn.role, "content": turn.content}
    if turn.tool_calls:
        message["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {
                    "name": call.name,
                    "arguments": call.arguments if arguments_as_text else json.loads(call.arguments),
                },
            }
            for call in turn.tool_calls
        ]
    if turn.role == "tool":
        message |= {"tool_call_id": turn.tool_call_id, "name": names.get(turn.tool_call_id, "")}
    return message


def _render(command: RenderTemplate, *, arguments_as_text: bool) -> str:
    names = {call.id: call.name for turn in command.turns for call in turn.tool_calls}
    values: Mapping[str, object] = {
        "messages": [_message(turn, names, arguments_as_text=arguments_as_text) for turn in command.turns],
        "add_generation_prompt": True,
        "bos_token": command.bos,
        "eos_token": command.eos,
        "tools": json.loads(command.tools) if command.tools else None,
        "documents": None,
    }
    parts: list[str] = []
    length = 0
    for part in _compile(command.template).generate(values):
        parts.append(part)
        length += len(part)
        if length > command.limit:
            raise TemplateError(f"more than {command.limit} characters")
    return "".join(parts)


def answer(command: RenderTemplate) -> Rendered | Failed:
    """Render, with every way to fail as a message. Errors inside a template can be of any type."""
    try:
        return Rendered(command.request, render(command))
    except TemplateRefusal as error:
        return Failed(command.request, Failure("template.refused", str(error.message)))
    except (Exception, RecursionError, MemoryError) as error:
        detail = f"{type(error).__name__}: {str(error)[:_DETAIL]}"
        return Failed(command.request, Failure("template.error", detail))


def _limit_resources() -> None:
    """No files written, no core dumps, little memory, where the system can enforce it."""
    try:
        import resource
    except ImportError:  # Windows: the deadline alone has to do
        return
    for kind, limit in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


class RenderService:
    """The main loop of the ``template`` worker."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._inbox: queue.SimpleQueue[Command] = queue.SimpleQueue()

    @property
    def receive(self) -> Callable[[Command], None]:
        return self._inbox.put

    def run(self) -> None:
        _limit_resources()
        while True:
            match self._inbox.get():
                case RenderTemplate() as command:
                    self._channel.send(answer(command))
                case Shutdown():
                    return
                case other:
                    raise TypeError(f"the template worker does not understand {type(other).__name__}")
