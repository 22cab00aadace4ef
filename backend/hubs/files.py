"""From the files of a repository to the choices a person has."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from backend.gguf.names import file_kind, quant_label, shard_info
from backend.hubs.types import QuantFile, RemoteFile

log = logging.getLogger(__name__)

_ORDER = {"model": 0, "projector": 1, "adapter": 2}


def group(files: Iterable[RemoteFile]) -> tuple[QuantFile, ...]:
    """The GGUF choices among `files`: models from small to large, then projectors, then adapters.

    Parts of a split model are one choice; a set with missing parts is left out, as are calibration data and
    empty files.
    """
    choices: list[QuantFile] = []
    sets: dict[tuple[str, int], dict[int, RemoteFile]] = {}
    for file in files:
        if not file.path.lower().endswith(".gguf") or file.size <= 0:
            continue
        kind = file_kind(file.path)
        if kind == "calibration":
            continue
        shard = shard_info(file.path)
        if shard is None:
            choices.append(QuantFile(quant_label(file.path), (file,), kind))
        else:
            prefix, index, count = shard
            sets.setdefault((prefix, count), {})[index] = file
    for (prefix, count), parts in sets.items():
        if len(parts) != count:
            log.warning("%s: %d of %d parts are missing; not offered", prefix, count - len(parts), count)
            continue
        ordered = tuple(parts[k] for k in range(1, count + 1))
        choices.append(QuantFile(quant_label(prefix + ".gguf"), ordered, file_kind(ordered[0].path)))
    return tuple(sorted(choices, key=lambda c: (_ORDER.get(c.kind, 3), c.size, c.name)))
