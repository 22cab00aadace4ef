"""What a GGUF header says, as a value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.gguf.types import Array, Tensor, Value, ValueType


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Header:
    """The header of one file, or as much of it as was read.

    Attributes:
        file: Name of the file, for messages.
        metadata: Key to value, in file order.
        tensors: The tensor table; empty until the header is complete.
        tensor_count: How many tensors the file announces.
        data_offset: Byte where tensor data starts; 0 while that is not known.
        header_bytes: Bytes up to the end of the tensor table, or bytes read so far.
        complete: False where only the start was read (tier 0).
        file_size: Bytes of the whole file where known.
        types: Key to the type that its value has in the file.
        spans: Key to the bytes (first, and one past the last) of its entry in the file.
    """

    file: str
    version: int
    alignment: int
    metadata: Mapping[str, Value] = field(repr=False)
    tensors: tuple[Tensor, ...] = field(repr=False)
    tensor_count: int
    data_offset: int
    header_bytes: int
    complete: bool
    file_size: int | None
    types: Mapping[str, ValueType] = field(default_factory=dict, repr=False)
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict, repr=False)

    def text(self, key: str) -> str:
        """The string under `key`, or an empty one."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) else ""

    def integer(self, key: str) -> int | None:
        """The non-negative whole number under `key`; None for anything else."""
        value = self.metadata.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            return None
        return value

    def number(self, key: str) -> float | None:
        """The finite number under `key`; None for anything else."""
        value = self.metadata.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            return None
        return float(value)

    def array(self, key: str) -> Array | None:
        value = self.metadata.get(key)
        return value if isinstance(value, Array) else None

    @property
    def architecture(self) -> str:
        return self.text("general.architecture")

    def key(self, suffix: str) -> str:
        """The full name of a key of this architecture: ``llama.block_count`` for ``block_count``."""
        return f"{self.architecture}.{suffix}"

    @property
    def name(self) -> str:
        return self.text("general.name")

    @property
    def kind(self) -> str:
        """``model`` unless the file says that it is an ``adapter``, an ``mmproj`` or something else."""
        return self.text("general.type") or "model"

    @property
    def n_ctx_train(self) -> int | None:
        """Context the model was trained with, in tokens."""
        return self.integer(self.key("context_length"))

    @property
    def n_vocab(self) -> int | None:
        tokens = self.array("tokenizer.ggml.tokens")
        return tokens.count if tokens is not None else self.integer(self.key("vocab_size"))

    @property
    def n_params(self) -> int | None:
        """Weights in this file; None until the tensor table is read."""
        return sum(tensor.elements for tensor in self.tensors) if self.complete else None

    @property
    def chat_template(self) -> str:
        return self.text("tokenizer.chat_template")

    @property
    def file_type(self) -> int | None:
        """The number of the dominant quantization (``general.file_type``)."""
        return self.integer("general.file_type")

    @property
    def split_count(self) -> int:
        """Files that this model is split into; 1 where it is not."""
        return self.integer("split.count") or 1

    @property
    def split_index(self) -> int:
        """Zero-based number of this part."""
        return self.integer("split.no") or 0
