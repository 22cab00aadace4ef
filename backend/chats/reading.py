"""Reading files that others wrote: JSON with bounds, and errors that name the file and the field."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from backend.errors import AppError
from backend.files import read_start
from backend.i18n import tr
from backend.store import codec

T = TypeVar("T")
_LARGEST = 2**53  # of a whole number in JSON that every program reads alike
_LAST_TIME = 253_402_300_800.0  # the year 10000


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where in a file one reads, such as ``presets[2].name``; gives values of the wanted type or an error."""

    path: Path
    field: str = ""

    def at(self, name: str | int) -> Place:
        """The place of a field or an entry inside this one."""
        if isinstance(name, int):
            return Place(self.path, f"{self.field}[{name}]")
        return Place(self.path, f"{self.field}.{name}" if self.field else name)

    def failed(self, why: str, detail: str = "") -> AppError:
        """The error that the file cannot be used."""
        return AppError(
            "chat.import_failed",
            tr("{name} could not be imported.", name=self.path.name),
            why,
            detail or f"{self.path}: {self.field}",
        )

    def wrong(self, wanted: str) -> AppError:
        """The error that this field is missing or of another kind than `wanted`."""
        field = self.field or tr("the beginning")
        return self.failed(tr("At {field}, {wanted} is expected.", field=field, wanted=wanted))

    def mapping(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(tr("an object"))
        return value

    def entries(self, values: dict[str, Any], name: str) -> Iterator[tuple[Place, object]]:
        """The entries of a list that must be there, each with its place."""
        found = values.get(name)
        place = self.at(name)
        if not isinstance(found, list):
            raise place.wrong(tr("a list"))
        return ((place.at(number), entry) for number, entry in enumerate(found))

    def text(self, values: dict[str, Any], name: str, default: str | None = None) -> str:
        """A text; without `default` it must be there."""
        value = values.get(name, default)
        if not isinstance(value, str):
            raise self.at(name).wrong(tr("a text"))
        return value

    def number(self, values: dict[str, Any], name: str, limit: int = _LARGEST) -> int | None:
        """A whole number from 0 to `limit`, or None if it is not there."""
        value = values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= limit:
            raise self.at(name).wrong(tr("a whole number"))
        return value

    def time(self, values: dict[str, Any], name: str) -> float:
        """Unix seconds; 0 where there are none, or none that a calendar has."""
        value = values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return 0.0
        return float(value) if 0 < value < _LAST_TIME else 0.0

    def choice(self, values: dict[str, Any], name: str, known: Collection[str], default: T) -> str | T:
        """One of the `known` words; `default` if it is not there."""
        value = values.get(name)
        if value is None:
            return default
        if not isinstance(value, str) or value not in known:
            raise self.at(name).wrong(", ".join(sorted(known)))
        return value

    def dataclass(self, values: dict[str, Any], name: str, default: T) -> T:
        """A flat dataclass; each of its fields that is there must be of its type."""
        place = self.at(name)
        raw = place.mapping(values.get(name, {}))
        hints = get_type_hints(type(default))
        for field in dataclasses.fields(default):  # type: ignore[arg-type]
            if field.name in raw:
                value = raw[field.name]
                if not codec.fits(tuple(value) if isinstance(value, list) else value, hints[field.name]):
                    raise place.at(field.name).wrong(tr("another value"))
        return codec.build(type(default), raw)

    def nested(self, values: dict[str, Any], name: str, kind: type[T]) -> T:
        """A dataclass with others inside; what in it can't be read is as usual."""
        place = self.at(name)
        return codec.build(kind, place.mapping(values.get(name, {})))


def read_small(place: Place, limit: int) -> bytes:
    """The whole file of at most `limit` bytes. Raises `AppError`."""
    try:
        data = read_start(place.path, limit + 1)
    except OSError as error:
        raise place.failed(tr("The file cannot be read."), str(error)) from error
    if len(data) > limit:
        raise place.failed(tr("The file is larger than {n} MB.", n=limit // 1_000_000))
    return data


def read_json(place: Place, data: bytes | str) -> object:
    """The JSON value in `data` (text, or UTF-8, UTF-16 or UTF-32). Raises `AppError`."""
    try:
        return sound(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise place.failed(tr("The file is no sound JSON."), str(error)) from error


def sound(value: Any) -> Any:
    """A decoded JSON value without halves of characters, which JSON can name but no database can keep."""
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, list):
        return [sound(item) for item in value]
    if isinstance(value, dict):
        return {sound(name): sound(item) for name, item in value.items()}
    return value
