"""Presets as a JSON file that people pass on: written whole, read strictly."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from backend.chats.reading import Place, read_json, read_small
from backend.chats.types import Preset
from backend.chats.writing import write_file
from backend.engines.types import Sampling

FORMAT = "orangery-presets"
_VERSION = 1
_MAX_BYTES = 10_000_000


def write(path: Path, presets: tuple[Preset, ...]) -> None:
    """Write `presets` to `path`. Raises `AppError` ``chat.export_failed``."""
    document = {
        "format": FORMAT,
        "version": _VERSION,
        "presets": [
            {
                "name": preset.name,
                "system_prompt": preset.system_prompt,
                "sampling": dataclasses.asdict(preset.sampling),
            }
            for preset in presets
        ],
    }
    write_file(path, json.dumps(document, ensure_ascii=False, indent=2).encode())


def read(path: Path) -> tuple[Preset, ...]:
    """The presets of a file; none has an id yet.

    Raises:
        AppError: ``chat.import_failed`` names the file, and the field that is wrong.
    """
    place = Place(path)
    document = place.mapping(read_json(place, read_small(place, _MAX_BYTES)))
    if document.get("format") != FORMAT:
        raise place.at("format").wrong(f'"{FORMAT}"')
    return tuple(_preset(entry_place, entry) for entry_place, entry in place.entries(document, "presets"))


def _preset(place: Place, raw: object) -> Preset:
    values = place.mapping(raw)
    name = " ".join(place.text(values, "name").split())
    if not name:
        raise place.at("name").wrong("a name")
    return Preset(0, name, place.text(values, "system_prompt", ""), sampling_of(place, values))


def sampling_of(place: Place, values: dict[str, object]) -> Sampling:
    """The `sampling` of an object; what it leaves out is as usual, what is not known is passed over."""
    return place.dataclass(values, "sampling", Sampling())
