"""Everything about a conversion that is known before the first weight is read."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import gguf
import numpy as np

from backend.convert.types import ConvertType, TargetSize
from backend.worker.convert.architectures import Architecture, Shape, read_architecture, read_shape
from backend.worker.convert.config import FILE, Config
from backend.worker.convert.numbers import target_type
from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import Repository
from backend.worker.convert.safetensors import find_tensors
from backend.worker.convert.tensors import Matched, match
from backend.worker.convert.tokenizer import read_tokenizer
from backend.worker.convert.vocabulary import Vocabulary

KINDS: tuple[ConvertType, ...] = get_args(ConvertType)
_ALIGNMENT: int = gguf.GGUF_DEFAULT_ALIGNMENT
_FILE_TYPES = {
    "F32": gguf.LlamaFileType.ALL_F32,
    "F16": gguf.LlamaFileType.MOSTLY_F16,
    "BF16": gguf.LlamaFileType.MOSTLY_BF16,
    "Q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Attributes:
    name: The class that ``config.json`` names.
    notes: Codes of what the person should know.
    """

    name: str
    architecture: Architecture
    shape: Shape
    matched: Sequence[Matched]
    vocabulary: Vocabulary
    notes: tuple[str, ...]

    @property
    def parameters(self) -> int:
        return sum(math.prod(one.wanted.shape) for one in self.matched)

    def data_size(self, kind: str) -> int:
        """Bytes of all tensors, each with its padding."""
        sizes = (factors.nbytes for factors in self.shape.rope.tensors.values())
        return data_size(self.matched, kind) + sum(size + -size % _ALIGNMENT for size in sizes)


def make_plan(repository: Repository) -> Plan:
    """Read everything but the weights, and their headers last: where the weights are not there yet, anything
    else that is wrong comes first.

    Raises:
        Refusal: It cannot be converted.
    """
    values = repository.json(FILE)
    if values is None:
        refuse("pickle" if repository.has_pickles else "no_config", FILE)
    config = Config(values)
    name, architecture, text = read_architecture(config)
    shape = read_shape(architecture, text)
    vocabulary = read_tokenizer(repository, text if text.has("bos_token_id") else config, shape.vocabulary)
    matched, pictures = match(architecture, shape, find_tensors(repository))
    notes = [*shape.notes, *vocabulary.notes]
    if pictures:
        notes.append("pictures")
    if config.has("auto_map"):
        notes.append("code")
    if not vocabulary.templates:
        notes.append("template")
    return Plan(name, architecture, shape, matched, vocabulary, tuple(dict.fromkeys(notes)))


def tensor_size(one: Matched, kind: str) -> int:
    """Bytes of one tensor of the file."""
    block, size = gguf.GGML_QUANT_SIZES[target_type(one, kind)]
    return math.prod(one.wanted.shape) // int(block) * int(size)


def sizes(plan: Plan, name: str) -> tuple[TargetSize, ...]:
    """What the file would have in bytes, for every type, with `name` in it."""
    header = header_size(described(plan, None, "F32", name))
    return tuple(TargetSize(kind, header + plan.data_size(kind)) for kind in KINDS)


def data_size(matched: Sequence[Matched], kind: str) -> int:
    """Bytes of these tensors, each with its padding."""
    sizes: list[int] = [tensor_size(one, kind) for one in matched]
    return sum(size + -size % _ALIGNMENT for size in sizes)


def header_size(writer: gguf.GGUFWriter) -> int:
    """Bytes up to the first tensor. It is written once to see that: into memory, because this process may be
    killed any time.
    """
    sink = io.BytesIO()
    writer.fout, writer.state = [sink], gguf.gguf_writer.WriterState.EMPTY
    write_header(writer)
    header = len(sink.getbuffer())
    return header + -header % _ALIGNMENT


def write_header(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()


def described(plan: Plan, path: Path | None, kind: str, name: str) -> gguf.GGUFWriter:
    """A writer for `path` that knows all metadata and tensors, and has written nothing yet.

    Args:
        name: Name of the model; the engine knows some families by it.
    """
    writer = gguf.GGUFWriter(path, plan.architecture.name)
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name(name)
    writer.add_size_label(gguf.size_label(plan.parameters, plan.parameters, 0, 0))
    _describe_shape(writer, plan.architecture.name, plan.shape)
    writer.add_file_type(_FILE_TYPES[kind])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    _describe_tokens(writer, plan.vocabulary)
    for tensor, factors in plan.shape.rope.tensors.items():
        writer.add_tensor_info(tensor, factors.shape, factors.dtype, factors.nbytes)
    for one in plan.matched:
        wanted = one.wanted
        writer.add_tensor_info(
            wanted.target, wanted.shape, np.dtype(np.float32), tensor_size(one, kind), target_type(one, kind)
        )
    return writer


def _describe_shape(writer: gguf.GGUFWriter, prefix: str, shape: Shape) -> None:
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(shape.feed)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(shape.head_dim)
    writer.add_value_length(shape.head_dim)
    writer.add_layer_norm_rms_eps(shape.eps)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_rope_freq_base(shape.rope.base)
    if shape.rope.base_local is not None:
        writer.add_rope_freq_base_swa(shape.rope.base_local)
    keys = {**{f"rope.{key}": value for key, value in shape.rope.keys.items()}, **shape.keys}
    for key, value in keys.items():
        name = f"{prefix}.{key}"
        if isinstance(value, str):
            writer.add_string(name, value)
        elif isinstance(value, float):
            writer.add_float32(name, value)
        else:
            writer.add_uint32(name, value)


def _describe_tokens(writer: gguf.GGUFWriter, vocabulary: Vocabulary) -> None:
    writer.add_tokenizer_model(vocabulary.model)
    writer.add_tokenizer_pre(vocabulary.pre)
    writer.add_token_list(vocabulary.texts)
    if vocabulary.scores:
        writer.add_token_scores(vocabulary.scores)
    writer.add_token_types(vocabulary.kinds)
    if vocabulary.merges:
        writer.add_token_merges(vocabulary.merges)
    for name, number in vocabulary.ids.items():
        getattr(writer, f"add_{name}_token_id")(number)
    writer.add_add_bos_token(vocabulary.add_bos)
    writer.add_add_eos_token(vocabulary.add_eos)
    if vocabulary.space_prefix is not None:
        writer.add_add_space_prefix(vocabulary.space_prefix)
    for name, template in vocabulary.templates.items():
        writer.add_string(
            "tokenizer.chat_template" if name == "default" else f"tokenizer.chat_template.{name}", template
        )
