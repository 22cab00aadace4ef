"""From the headers of a model to what people want to see of them."""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterable
from pathlib import Path

from backend.gguf.header import Header
from backend.gguf.parser import HEADER_CAP
from backend.gguf.reader import read_headers
from backend.gguf.types import SCALAR_FORMAT, SCALAR_SIZE, Array, GGMLType, Tensor, Value, ValueType
from backend.inspect.types import Entry, FileFacts, LayerSize, TensorFact, TypeShare

LONGEST_TEXT = 300
"""Characters of a value that are shown."""
_ITEMS = 12
_LONGEST_ITEM = 40
_IN_LAYER = re.compile(r"(?P<side>(?:[a-z]+\.)*)blk\.(?P<number>\d{1,6})\.(?P<part>.+)")

_TYPE_NAMES = {
    ValueType.UINT8: "uint8",
    ValueType.INT8: "int8",
    ValueType.UINT16: "uint16",
    ValueType.INT16: "int16",
    ValueType.UINT32: "uint32",
    ValueType.INT32: "int32",
    ValueType.FLOAT32: "float32",
    ValueType.BOOL: "bool",
    ValueType.STRING: "string",
    ValueType.UINT64: "uint64",
    ValueType.INT64: "int64",
    ValueType.FLOAT64: "float64",
}


def file_facts(path: Path) -> tuple[FileFacts, str]:
    """The facts of all parts of the model at `path`, and its chat template (empty without one).

    Raises:
        AppError: with a ``gguf.`` code, naming the file.
    """
    headers = read_headers(path, keep=HEADER_CAP)
    return facts_of(headers), headers[0].chat_template


def facts_of(headers: tuple[Header, ...]) -> FileFacts:
    """The facts of the parts of one model."""
    tensors = tuple(tensor for header in headers for tensor in header.tensors)
    entries: dict[str, Entry] = {}
    for header in headers:  # only the first part has more than its own number
        for key, value in header.metadata.items():
            if key not in entries:
                entries[key] = _entry(key, value, header.types.get(key))
    return FileFacts(
        metadata=tuple(entries.values()),
        tensors=tuple(map(_tensor, tensors)),
        layers=_layers(tensors),
        types=_shares(tensors),
        template_size=len(headers[0].chat_template),
    )


def _entry(key: str, value: Value, kind: ValueType | None) -> Entry:
    if isinstance(value, Array):
        return Entry(key, f"array of {_TYPE_NAMES[value.type]}", _array_text(value), value.count)
    name = _TYPE_NAMES.get(kind, "") if kind is not None else ""
    if isinstance(value, str):
        return Entry(key, name, _short(value, LONGEST_TEXT), len(value))
    return Entry(key, name, _scalar(value), 1)


def _scalar(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.7g}"
    return str(value)


def _short(text: str, limit: int) -> str:
    """`text` on one line, cut where it is long, with nothing in it that could change how a line is drawn."""
    line = "".join(char if char.isprintable() else _escaped(char) for char in text[: limit + 1])
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _escaped(char: str) -> str:
    return {"\n": "⏎", "\t": "⇥", "\r": ""}.get(char, "�")


def _array_text(array: Array) -> str:
    items = [_short(_scalar(item), _LONGEST_ITEM) for item in _first(array)]
    return _short(", ".join(items) + (", …" if array.count > len(items) else ""), LONGEST_TEXT)


def _first(array: Array) -> Iterable[str | int | float | bool]:
    """The first items, without decoding the rest."""
    if array.raw is None:
        return ()
    count = min(array.count, _ITEMS)
    if array.type is ValueType.STRING:
        return itertools.islice(array, count)
    size = SCALAR_SIZE[array.type] * count
    return struct.unpack(f"<{count}{SCALAR_FORMAT[array.type]}", array.raw[:size])


def _place(name: str) -> tuple[str, int | None, str]:
    """The layer's name, its number and the part of it that a tensor is."""
    match = _IN_LAYER.fullmatch(name)
    if match is None:
        part = name.replace(".weight", "")
        return part.split(".")[0], None, part
    side = match["side"]
    layer = f"{side}blk.{match['number']}"
    return layer, int(match["number"]), side + match["part"].replace(".weight", "")


def _tensor(tensor: Tensor) -> TensorFact:
    _, layer, part = _place(tensor.name)
    return TensorFact(tensor.name, layer, part, tensor.shape, tensor.type.name, tensor.nbytes)


def _layers(tensors: Iterable[Tensor]) -> tuple[LayerSize, ...]:
    """What comes before the layers, the layers by number, and what comes behind them."""
    groups: dict[tuple[str, int | None], list[Tensor]] = {}
    for tensor in tensors:
        name, number, _ = _place(tensor.name)
        groups.setdefault((name, number), []).append(tensor)

    def order(key: tuple[str, int | None]) -> tuple[int, str, int]:
        name, number = key
        if number is not None:
            return 1, name.rpartition("blk.")[0], number
        return (2 if name.startswith("output") else 0), "", 0

    return tuple(
        LayerSize(name, number, sum(tensor.nbytes for tensor in group), _shares(group))
        for (name, number), group in sorted(groups.items(), key=lambda item: order(item[0]))
    )


def _shares(tensors: Iterable[Tensor]) -> tuple[TypeShare, ...]:
    sums: dict[GGMLType, tuple[int, int]] = {}
    for tensor in tensors:
        count, size = sums.get(tensor.type, (0, 0))
        sums[tensor.type] = count + 1, size + tensor.nbytes
    shares = (TypeShare(kind.name, kind.bits_per_weight, count, size) for kind, (count, size) in sums.items())
    return tuple(sorted(shares, key=lambda share: -share.bytes))
