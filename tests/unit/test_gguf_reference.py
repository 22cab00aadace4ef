"""The header reader against the ``gguf`` package and against llama.cpp: the same file, the same facts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from gguf import GGUFReader, GGUFValueType
from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType

from backend.gguf.reader import read_header
from backend.gguf.types import Array, GGMLType
from tests.support.model_shapes import ghost_of
from tests.support.tiny_gguf import tiny_llama


def compare(path: Path) -> None:
    ours, theirs = read_header(path), GGUFReader(path)
    fields = {name: field for name, field in theirs.fields.items() if not name.startswith("GGUF.")}
    assert list(ours.metadata) == list(fields)
    for name, value in ours.metadata.items():
        assert plain(value) == reference(fields[name]), name
    assert len(ours.tensors) == len(theirs.tensors)
    for tensor, other in zip(ours.tensors, theirs.tensors, strict=True):
        assert tensor.name == other.name
        assert list(tensor.shape) == [int(n) for n in other.shape]
        assert tensor.type == other.tensor_type
        assert tensor.nbytes == int(other.n_bytes)
        assert ours.data_offset + tensor.offset == int(other.data_offset)
    assert ours.data_offset == theirs.data_offset


def plain(value: object) -> object:
    return list(value) if isinstance(value, Array) else value


def reference(field: Any) -> object:
    value = field.contents()
    if field.types[0] is GGUFValueType.ARRAY:
        return list(value)
    return value


@pytest.mark.parametrize("name", ["Llama-3.1-8B", "gpt-oss-20b", "Granite-4.0-H-Tiny", "RWKV-7-1.5B"])
def test_shapes_read_as_the_gguf_package_reads_them(name: str, tmp_path: Path) -> None:
    compare(ghost_of(name, tmp_path))


@pytest.mark.parametrize("quant", ["F32", "F16", "Q8_0"])
def test_a_model_with_a_tokenizer_reads_as_the_gguf_package_reads_it(quant: str, tmp_path: Path) -> None:
    compare(tiny_llama(tmp_path / "tiny.gguf", quant=quant, vocab=2000))


def test_every_tensor_type_has_the_same_blocks() -> None:
    shared = {kind.name for kind in GGMLType} & {kind.name for kind in GGMLQuantizationType}
    assert len(shared) >= 30
    for name in shared - {"Q8_1"}:  # never stored; the package and the engine do not agree on it
        ours, theirs = GGMLType[name], GGMLQuantizationType[name]
        assert ours.value == theirs.value
        assert (ours.block_elements, ours.block_bytes) == GGML_QUANT_SIZES[theirs], name


ASK = """
from llama_cpp import llama_cpp as _
from llama_cpp._ggml import libggml as g
import ctypes, sys
g.ggml_type_size.restype = ctypes.c_size_t
g.ggml_blck_size.restype = ctypes.c_int64
print([[g.ggml_blck_size(int(n)), g.ggml_type_size(int(n))] for n in sys.argv[1:]])
"""


def test_every_tensor_type_has_the_blocks_of_the_engine() -> None:
    kinds = list(GGMLType)
    done = subprocess.run(
        [sys.executable, "-c", ASK, *(str(int(kind)) for kind in kinds)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    engine = json.loads(done.stdout)
    assert [[kind.block_elements, kind.block_bytes] for kind in kinds] == engine
