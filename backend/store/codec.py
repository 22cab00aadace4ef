"""Dataclasses of plain values as JSON text in one column, read back tolerantly.

One odd value must never make a whole chat unreadable: a field that is missing, unknown or of the wrong type
is read as its default, and an entry of a list that cannot be read is left out.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Hashable, Mapping
from typing import Any, TypeVar, cast, get_args, get_type_hints

T = TypeVar("T")
_ENDLESS = 1e300  # JSON can name numbers that have no end; nothing that is measured comes near


def dump(value: Any) -> str:
    """The fields of a dataclass, and of those inside it, as JSON text."""
    return json.dumps(dataclasses.asdict(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """A `kind` (whose fields all have defaults) from what `dump` wrote, here or in another version."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raw = {}
    return build(kind, raw if isinstance(raw, dict) else {})


def build(kind: type[T], raw: Mapping[str, Any]) -> T:
    """A `kind` from decoded JSON. Raises `TypeError` where a field without a default cannot be read."""
    hints = _hints(cast(Hashable, kind))
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if field.name in raw:
            value = _nested(raw[field.name], hints[field.name])
            if fits(value, hints[field.name]):
                values[field.name] = value
    return kind(**values)


def _nested(value: Any, hint: Any) -> Any:
    """`value` with objects where `hint` asks for a dataclass, or for a tuple of them."""
    if isinstance(value, dict) and dataclasses.is_dataclass(hint):
        try:
            return build(cast(type[Any], hint), value)
        except TypeError:
            return value
    if isinstance(value, list):
        arguments = get_args(hint)
        if not arguments or not dataclasses.is_dataclass(arguments[0]):
            return tuple(value)
        found = (_nested(item, arguments[0]) for item in value)
        return tuple(item for item in found if not isinstance(item, dict))
    return value


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(cast(Hashable, kind))


def fits(value: object, hint: Any) -> bool:
    """Whether a decoded JSON value may stand for the plain type `hint` (a class, a union, a tuple, a
    mapping or a Literal).
    """
    if value is None:
        return hint is type(None) or type(None) in get_args(hint)
    origin = getattr(hint, "__origin__", None)
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(item, get_args(hint)[0]) for item in value)
    if origin is Mapping:
        key, item = get_args(hint)
        return isinstance(value, dict) and all(
            fits(name, key) and fits(each, item) for name, each in value.items()
        )
    if isinstance(hint, type):
        if hint is float:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and -_ENDLESS < value < _ENDLESS  # type: ignore[operator]
        if hint is int:
            return isinstance(value, int) and not isinstance(value, bool)
        return isinstance(value, hint)
    if any(isinstance(choice, type) or getattr(choice, "__origin__", None) for choice in get_args(hint)):
        return any(fits(value, choice) for choice in get_args(hint))
    return value in get_args(hint)
