"""Chats from files: Orangery's own, ShareGPT and similar (JSON or JSON lines), and OpenAI's export.

The files may come from anywhere. Each chat is read by itself: one that is wrong is left out, and the first
such place is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.chats import import_openai, import_own, import_sharegpt
from backend.chats.attaching import Attaching
from backend.chats.exporting import FORMAT
from backend.chats.reading import Place, read_json, read_small, sound
from backend.chats.types import WholeChat
from backend.errors import AppError
from backend.i18n import tr

MAX_BYTES = 200_000_000
_MAX_LINE = 50_000_000
_SPACE = " \t\n\r"


@dataclass(frozen=True, slots=True)
class ReadChats:
    """The chats of a file that could be read, and what was wrong with the first of the others."""

    path: Path
    chats: tuple[WholeChat, ...]
    problem: AppError | None = None
    wrong: int = 0

    def partly(self, added: int) -> AppError:
        """The error that only some of the chats were added."""
        assert self.problem is not None
        return AppError(
            "chat.import_partly",
            tr(
                "{added} chats of {name} were imported, {wrong} could not be read.",
                added=added,
                name=self.path.name,
                wrong=self.wrong,
            ),
            self.problem.hint,
            self.problem.detail,
        )


def read_chats(path: Path, files: Attaching) -> ReadChats:
    """The chats of a file; `files` keeps their images.

    Raises:
        AppError: ``chat.import_failed``: there is no chat in it that could be read.
    """
    place = Place(path)
    chats: list[WholeChat] = []
    problem: AppError | None = None
    wrong = 0
    for entry_place, read in _entries(place, _text(place), files):
        try:
            chats.append(read())
        except AppError as error:
            problem = problem or error
            wrong += 1
        except RecursionError:
            problem = problem or entry_place.wrong(tr("something less deep"))
            wrong += 1
    if not chats:
        raise problem or place.failed(tr("There are no chats in it."))
    return ReadChats(path, tuple(chats), problem, wrong)


def _text(place: Place) -> str:
    data = read_small(place, MAX_BYTES)
    encoding = json.detect_encoding(data)
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise place.failed(tr("The file is no text."), str(error)) from error


Entry = tuple[Place, Callable[[], WholeChat]]


def _entries(place: Place, text: str, files: Attaching) -> Iterator[Entry]:
    """Every chat with its place, to be read by itself; never all of them in memory as values."""
    start = _skip(text, 0)
    if text.startswith("[", start):
        for number, (entry_place, load) in enumerate(_of_list(place, text, start + 1)):
            yield entry_place, _reader(entry_place, load, number)
        return
    first = text.find("\n", start)
    if first >= 0 and _is_object(text[start:first]):
        yield from _of_lines(place, text)
        return
    document = place.mapping(read_json(place, text))
    if document.get("format") == FORMAT:
        for entry_place, entry in place.entries(document, "chats"):
            yield entry_place, _own(entry_place, entry, files)
        return
    yield place, _reader(place, lambda: document, 0)


def _own(place: Place, entry: object, files: Attaching) -> Callable[[], WholeChat]:
    return lambda: import_own.chat(place, entry, files)


def _of_list(place: Place, text: str, position: int) -> Iterator[tuple[Place, Callable[[], object]]]:
    decoder = json.JSONDecoder()
    number = 0
    while not text.startswith("]", position := _skip(text, position)):
        entry_place = place.at(number)
        try:
            value, position = decoder.raw_decode(text, position)
            value = sound(value)
        except (ValueError, RecursionError) as error:
            yield entry_place, _fails(entry_place.failed(tr("The file is no sound JSON."), str(error)))
            return
        yield entry_place, _gives(value)
        position = _skip(text, position)
        if text.startswith(",", position):
            position += 1
        elif not text.startswith("]", position):
            yield entry_place, _fails(entry_place.failed(tr("The file is no sound JSON.")))
            return
        number += 1


def _of_lines(place: Place, text: str) -> Iterator[Entry]:
    position, number = 0, 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + _MAX_LINE + 1)]
        position = end + 1
        number += 1
        if line.strip():
            line_place = place.at(tr("line {n}", n=number))
            if len(line) > _MAX_LINE:
                failed = line_place.failed(tr("Line {n} is too long.", n=number))
                yield line_place, _reader(line_place, _fails(failed), number)
            else:
                yield line_place, _line(line_place, line, number)


def _line(place: Place, line: str, number: int) -> Callable[[], WholeChat]:
    return _reader(place, lambda: read_json(place, line), number)


def _reader(place: Place, load: Callable[[], object], number: int) -> Callable[[], WholeChat]:
    def read() -> WholeChat:
        entry: dict[str, Any] = place.mapping(load())
        if "mapping" in entry:
            return import_openai.chat(place, entry)
        return import_sharegpt.chat(place, entry)

    return read


def _gives(value: object) -> Callable[[], object]:
    return lambda: value


def _fails(error: AppError) -> Callable[[], object]:
    def fail() -> object:
        raise error

    return fail


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] in _SPACE:
        position += 1
    return position
