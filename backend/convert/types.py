"""What is known about a conversion before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from backend.errors import AppError

ConvertType = Literal["F32", "F16", "BF16", "Q8_0"]
AdapterType = Literal["f16", "f32", "q8_0"]
"""What the numbers of a made adapter may be."""
INCOMPLETE = frozenset({"convert.missing_file", "convert.no_weights"})
"""Codes of refusals that downloading the rest of a repository may cure."""


@dataclass(frozen=True, slots=True)
class TargetSize:
    """Bytes of the file that a type gives, exact."""

    type: ConvertType
    size: int


@dataclass(frozen=True, slots=True)
class ConvertPlan:
    """A folder with a Hugging Face repository, looked at without reading its weights.

    Attributes:
        name: What the model will be called.
        architecture: The class that ``config.json`` names; `gguf_architecture` is llama.cpp's name for it.
        context: Longest context that the file will say.
        tokenizer: Technical, such as ``gpt2 / qwen2``.
        sizes: For every type; empty where it is refused.
        notes: Sentences about what will differ from the original.
        refusal: Why it cannot be converted; None where it can. The other fields are empty then.
    """

    folder: Path
    name: str
    architecture: str = ""
    gguf_architecture: str = ""
    parameters: int = 0
    tensors: int = 0
    context: int = 0
    tokenizer: str = ""
    sizes: tuple[TargetSize, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: AppError | None = None

    def size(self, type: ConvertType) -> int:
        """Bytes of the file for `type`; 0 where it is refused."""
        return next((one.size for one in self.sizes if one.type == type), 0)
