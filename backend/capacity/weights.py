"""Where the bytes of the weights belong: to which layer, to the input, or to the output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.capacity.per_header import PerHeader
from backend.gguf.header import Header

_INPUT = ("token_embd", "token_types", "position_embd", "per_layer_token_embd")
"""Tensors that are looked up by row, for which a GPU brings nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Bytes of the tensors of a file.

    Attributes:
        layers: By number of the layer.
        embedding: The input embedding; `input` is that and other tables that are looked up by row.
        outside: All else that belongs to no layer.
        has_output: Whether the output has a matrix of its own.
    """

    layers: dict[int, int]
    embedding: int
    input: int
    outside: int
    has_output: bool

    def loaded(self, layers: int) -> int:
        """Bytes of what the engine loads of a model with so many layers (0 where that is not known): layers
        for predicting several tokens at once come last and are left out."""
        inside = sum(size for layer, size in self.layers.items() if not layers or layer < layers)
        return inside + self.input + self.outside


@PerHeader
def weights_of(header: Header) -> Weights:
    """The tensors of one file; a header of tier 0 has none."""
    layers: dict[str, int] = {}
    embedding = rows = outside = 0
    has_output = False
    for tensor in header.tensors:
        name, size = tensor.name, tensor.nbytes
        number = name[4 : name.find(".", 4)] if name.startswith("blk.") else ""
        if number.isdecimal():
            layers[number] = layers.get(number, 0) + size
        elif name.startswith(_INPUT):
            rows += size
            if name == "token_embd.weight":
                embedding += size
        else:
            outside += size
            has_output = has_output or name == "output.weight"
    merged: dict[int, int] = {}
    for number, size in layers.items():
        merged[int(number)] = merged.get(int(number), 0) + size
    return Weights(merged, embedding, rows, outside, has_output)


def added(parts: Iterable[Weights]) -> Weights:
    """The tensors of several files."""
    all_parts = tuple(parts)
    if len(all_parts) == 1:
        return all_parts[0]
    layers: dict[int, int] = {}
    for part in all_parts:
        for layer, size in part.layers.items():
            layers[layer] = layers.get(layer, 0) + size
    return Weights(
        layers,
        sum(part.embedding for part in all_parts),
        sum(part.input for part in all_parts),
        sum(part.outside for part in all_parts),
        any(part.has_output for part in all_parts),
    )
