"""Calls of functions in what a model writes, told apart from what it says.

The usual shapes: ``<tool_call>`` with JSON or ``<function=…>`` in it (Hermes, Qwen), ``[TOOL_CALLS]`` with a
list or with ``name[ARGS]{…}`` (Mistral), ``<|python_tag|>`` and bare JSON at the start of an answer
(Llama 3.1 and later).
"""

from __future__ import annotations

import contextlib
import json
import secrets
import string
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import regex

from backend.engines.thinking import held_back
from backend.engines.types import Delta, TokenChoice, ToolCall

_OPEN, _CLOSE = "<tool_call>", "</tool_call>"
_MISTRAL, _PYTHON = "[TOOL_CALLS]", "<|python_tag|>"
_STARTS = (_OPEN, _MISTRAL, _PYTHON)
LITERALS = (*_STARTS, _CLOSE, "[ARGS]", "[CALL_ID]")
"""What may be a control token of a model, and must be seen all the same."""
_BARE = regex.compile(r'\s*\{\s*"(?:name|type|function|arguments|parameters)"')
_NAMED = regex.compile(r"\s*([\w.\-]+)\s*(?:\[CALL_ID\]\s*(\w+)\s*)?(?:\[ARGS\])?\s*(?=\{)")
_XML = regex.compile(r"\s*<function=([^>\n]+)>(.*)</function>\s*", regex.DOTALL)
_PARAMETER = regex.compile(r"<parameter=([^>\n]+)>\n?(.*?)\n?</parameter>", regex.DOTALL)
_MOST_ENDS = 64
"""In the strings of one call; each has the call read once more."""
_BETWEEN = " \t\r\n;,"
_ID = string.ascii_letters + string.digits


def new_id() -> str:
    """A name for a call. Templates of Mistral take nothing but nine letters and digits."""
    return "".join(secrets.choice(_ID) for _ in range(9))


class CallSplitter:
    """Splits a stream into text and calls; nothing of a call is ever given out as text.

    What only looks like a call turns out to be text once it is complete. Bare JSON is a call where all its
    functions are among those that may be called.
    """

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._pending = ""
        self._space = ""  # before a call: belongs to the text if it turns out to be none
        self._marker: str | None = None  # of the call that is being written; empty for bare JSON
        self._fresh = False  # blank space after a call belongs to nobody
        self._begun = False
        self._ends: list[int] = []  # what looks like the end of the call, but stands in a string of it

    @property
    def holding(self) -> bool:
        """Whether something is held back that may become a call."""
        return self._marker is not None or bool(self._pending)

    def feed(self, text: str) -> tuple[str, tuple[ToolCall, ...]]:
        """Take a piece of the answer; returns what is text for certain and the calls that are complete."""
        self._pending += text
        shown: list[str] = []
        calls: list[ToolCall] = []
        while self._step(shown, calls):
            pass
        return "".join(shown), tuple(calls)

    def flush(self) -> tuple[str, tuple[ToolCall, ...]]:
        """The end of the answer: what was held back."""
        shown: list[str] = []
        calls: list[ToolCall] = []
        while self._ends and not self._read(_OPEN, self._pending):
            self._give_up(self._ends[0], shown)
            while self._step(shown, calls):
                pass
        rest, marker = self._pending, self._marker
        self._pending, self._marker = "", None
        self._ends.clear()
        if marker is not None and (read := self._read(marker, rest)):
            return "".join(shown), (*calls, *read)
        if marker is not None:
            self._give(self._space + marker + rest, shown)
        elif not self._fresh or rest.strip():
            shown.append(rest)
        return "".join(shown), tuple(calls)

    def _step(self, shown: list[str], calls: list[ToolCall]) -> bool:
        """Go one piece on; returns False where nothing can be told before more has come."""
        if self._marker is not None:
            return self._marker == _OPEN and self._close(shown, calls)
        if not self._begun:
            bare = _BARE.match(self._pending, partial=True)
            if bare is not None and bare.partial:
                return False
            self._begun = True
            if bare is not None:
                self._marker = ""
                return False
        found = [(at, marker) for marker in _STARTS if (at := self._pending.find(marker)) >= 0]
        if found:
            at, self._marker = min(found)
            before = self._pending[:at].rstrip()
            self._space = self._pending[len(before) : at]
            self._give(before, shown)
            self._pending = self._pending[at + len(self._marker) :]
            return True
        sure = self._pending[: len(self._pending) - held_back(self._pending, _STARTS)].rstrip()
        self._give(sure, shown)
        self._pending = self._pending[len(sure) :]
        return False

    def _close(self, shown: list[str], calls: list[ToolCall]) -> bool:
        """Read a call if its end has come. What looks like it may stand in a string of the arguments."""
        start = self._ends[-1] + 1 if self._ends else 0
        while (end := self._pending.find(_CLOSE, start)) >= 0:
            block = self._pending[:end]
            if read := self._read(_OPEN, block):
                calls += read
                self._pending, self._marker = self._pending[end + len(_CLOSE) :], None
                self._ends.clear()
                self._fresh = True
                return True
            if len(self._ends) == _MOST_ENDS or not _in_string(block):
                self._give_up(min((end, *self._ends)), shown)
                return True
            self._ends.append(end)
            start = end + 1
        return False

    def _give_up(self, end: int, shown: list[str]) -> None:
        """What was begun is no call up to `end`, but text."""
        self._give(self._space + _OPEN + self._pending[:end] + _CLOSE, shown)
        self._pending, self._marker = self._pending[end + len(_CLOSE) :], None
        self._ends.clear()

    def _give(self, text: str, shown: list[str]) -> None:
        if self._fresh:
            text = text.lstrip()
        if text:
            self._fresh = False
            shown.append(text)

    def _read(self, marker: str, text: str) -> tuple[ToolCall, ...]:
        """The calls in a text that is complete; none if it is none."""
        try:
            if marker == _MISTRAL:
                with contextlib.suppress(ValueError):  # what looks like a second call may stand in a string
                    return tuple(_mistral(text))
                return tuple(call for part in text.split(_MISTRAL) for call in _mistral(part))
            if marker == _OPEN and (found := _XML.fullmatch(text)):
                return (_xml(found[1], found[2]),)
            calls = tuple(_call(value) for value in _values(text))
        except (ValueError, RecursionError):
            return ()
        if marker == "" and any(call.name not in self._names for call in calls):
            return ()
        return calls


class CallHearer:
    """Takes the calls out of the events of one answer."""

    def __init__(self, names: frozenset[str]) -> None:
        """`names` are the functions that may be called."""
        self._splitter = CallSplitter(names)
        self._choices: tuple[TokenChoice, ...] = ()
        self._shown = 0  # characters given out of them

    def hear(self, delta: Delta) -> Delta:
        """The same without the text of calls, and with the calls that are complete now."""
        if not delta.text:
            return delta
        text, calls = self._splitter.feed(delta.text)
        self._choices += delta.choices
        self._shown += len(text)
        told = self._take() if calls or self._splitter.holding else self._choices
        self._choices = () if calls else self._choices[len(told) :]  # those of a call are not told
        if not self._choices:
            self._shown = 0
        return replace(delta, text=text, choices=told, tool_calls=calls)

    def _take(self) -> tuple[TokenChoice, ...]:
        """The tokens whose whole text has been given out."""
        count = 0
        for choice in self._choices:
            if len(choice.text) > self._shown:
                break
            self._shown -= len(choice.text)
            count += 1
        return self._choices[:count]

    def end(self, index: int) -> Delta | None:
        """What is left when answer `index` is over; None if there is nothing."""
        text, calls = self._splitter.flush()
        if not text and not calls:
            return None
        return Delta(text, index=index, choices=() if calls else self._choices, tool_calls=calls)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(strict=False, parse_constant=_no_number)  # models leave line ends in strings


def _values(text: str) -> Iterator[Any]:
    """The JSON values in a text that has nothing else in it; lists give what is in them.

    Raises:
        ValueError: It has something else in it, or nothing.
    """
    at = len(text) - len(text.lstrip(_BETWEEN))
    if at == len(text):
        raise ValueError("nothing")
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        yield from value if isinstance(value, list) else (value,)
        at += len(text[at:]) - len(text[at:].lstrip(_BETWEEN))


def _in_string(text: str) -> bool:
    """Whether JSON breaks off inside of a string."""
    try:
        tuple(_values(text))
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated string")
    except (ValueError, RecursionError):
        pass
    return False


def _call(value: Any, name: str = "", number: str = "") -> ToolCall:
    """The call that an object describes; its arguments alone where the name is known. Raises `ValueError`."""
    if not isinstance(value, dict):
        raise ValueError("not an object")
    if name:
        arguments: Any = value
    else:
        inner = value.get("function")
        told = inner if isinstance(inner, dict) else value
        called = told.get("name", inner)
        if not isinstance(called, str) or not called:
            raise ValueError("no name")
        name = called
        arguments = told.get("arguments", told.get("parameters", {}))
        given = value.get("id")
        number = given if isinstance(given, str) else ""
    if isinstance(arguments, str):
        arguments = _DECODER.decode(arguments)
    if not isinstance(arguments, dict):
        raise ValueError("arguments are no object")
    return ToolCall(number or new_id(), name, json.dumps(arguments, ensure_ascii=False))


def _mistral(text: str) -> Iterator[ToolCall]:
    named = _NAMED.match(text)
    if named is None:
        yield from (_call(value) for value in _values(text))
        return
    values = tuple(_values(text[named.end() :]))
    if len(values) != 1:
        raise ValueError("one object expected")
    yield _call(values[0], named[1], named[2] or "")


def _xml(name: str, body: str) -> ToolCall:
    arguments: dict[str, Any] = {}
    for parameter in _PARAMETER.finditer(body):
        try:
            arguments[parameter[1]] = _DECODER.decode(parameter[2])
        except ValueError:
            arguments[parameter[1]] = parameter[2]
    return ToolCall(new_id(), name, json.dumps(arguments, ensure_ascii=False))
