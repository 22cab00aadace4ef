"""Reading GGUF headers: what comes back, and what is refused.

Faults 17 (cut at every byte), 18 (absurd counts), 19 (alignment), 20 (shapes and offsets), 21 (duplicates),
23 (magic, version, byte order, missing part) and 24 (nesting, long keys, text that is none).
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.errors import AppError
from backend.gguf.parser import HeaderParser
from backend.gguf.reader import read_header, read_headers, shards
from backend.gguf.types import Array, GGMLType, ValueType
from tests.support.examples import examples
from tests.support.tiny_gguf import (
    TensorSpec,
    Typed,
    encode_header,
    encode_value,
    tiny_llama,
    tiny_llama_parts,
    tiny_split,
    write_gguf,
)

KEYS = 24
"""Byte where the first metadata key starts."""


def parse(data: bytes, *, size: int | None = None, step: int | None = None) -> HeaderParser:
    parser = HeaderParser("bad.gguf", file_size=len(data) if size is None else size)
    for start in range(0, len(data), step or max(1, len(data))):
        parser.feed(data[start : start + (step or len(data))])
    return parser


def refusal(data: bytes, *, size: int | None = None) -> AppError:
    """The error for `data`; it must name the file."""
    with pytest.raises(AppError) as caught:
        parse(data, size=size).header()
    assert "bad.gguf" in caught.value.title
    assert caught.value.hint
    return caught.value


def preamble(tensors: int = 0, entries: int = 0, *, magic: bytes = b"GGUF", version: int = 3) -> bytes:
    return magic + struct.pack("<IQQ", version, tensors, entries)


def key(name: str | bytes) -> bytes:
    raw = name.encode() if isinstance(name, str) else name
    return struct.pack("<Q", len(raw)) + raw


def tensor_row(name: str = "t", dims: tuple[int, ...] = (32,), kind: int = 0, offset: int = 0) -> bytes:
    return key(name) + struct.pack(f"<I{len(dims)}QIQ", len(dims), *dims, kind, offset)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return tiny_llama(tmp_path / "tiny.gguf", quant="Q8_0", context_length=2048)


def test_a_model_comes_back_as_it_was_written(model: Path) -> None:
    metadata, tensors = tiny_llama_parts(quant="Q8_0", context_length=2048)
    header = read_header(model)
    assert (header.architecture, header.name, header.kind) == ("llama", "Tiny", "model")
    assert (header.version, header.alignment, header.n_ctx_train) == (3, 32, 2048)
    assert header.file_type == 7
    assert header.chat_template == metadata["tokenizer.chat_template"]
    assert header.n_vocab == len(metadata["tokenizer.ggml.tokens"])
    assert [(t.name, t.shape, t.type, t.nbytes) for t in header.tensors] == [
        (t.name, t.shape, t.type, t.nbytes) for t in tensors
    ]
    assert header.n_params == sum(t.elements for t in header.tensors)
    last = header.tensors[-1]
    assert header.data_offset + last.offset + last.nbytes <= model.stat().st_size
    assert header.data_offset % header.alignment == 0
    tokens = header.array("tokenizer.ggml.tokens")
    assert tokens is not None
    assert list(tokens) == metadata["tokenizer.ggml.tokens"]


def test_tier_0_knows_the_architecture_and_the_vocabulary_of_a_large_file(tmp_path: Path) -> None:
    path = tiny_llama(tmp_path / "big.gguf", vocab=20_000)
    header = read_header(path, tier=0)
    assert not header.complete
    assert header.header_bytes <= 65_536
    assert (header.n_vocab, header.n_ctx_train, header.n_params) == (20_000, 512, None)
    assert header.tensors == ()
    assert header.tensor_count == len(read_header(path).tensors)


def test_a_large_vocabulary_is_counted_and_not_kept_unless_asked_for(tmp_path: Path) -> None:
    path = tiny_llama(tmp_path / "big.gguf", vocab=20_000)
    dropped = read_header(path).array("tokenizer.ggml.tokens")
    assert dropped is not None and len(dropped) == 20_000
    with pytest.raises(LookupError):
        list(dropped)
    kept = read_header(path, keep=2**22).array("tokenizer.ggml.tokens")
    assert kept is not None and list(kept)[-1] == "<|unused_19726|>"


Scalar = st.one_of(
    st.text(max_size=40),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(width=32, allow_nan=False),
)
Values = st.one_of(
    Scalar,
    st.lists(st.text(max_size=8), min_size=1, max_size=8),
    st.lists(st.integers(-(2**31), 2**31 - 1), max_size=8),
    st.lists(st.booleans(), min_size=1, max_size=8),
)


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=20).filter(lambda k: k != "general.alignment"), Values, max_size=8
    ),
    st.integers(1, 200),
)
def test_whatever_is_written_is_read_in_pieces_of_any_size(metadata: dict[str, Any], step: int) -> None:
    tensors = [TensorSpec("a.weight", (32, 3), GGMLType.Q8_0), TensorSpec("b", (5,))]
    data = encode_header(metadata, tensors) + b"\0" * 256
    header = parse(data, step=step).header()
    plain = {k: list(v) if isinstance(v, Array) else v for k, v in header.metadata.items()}
    assert plain == metadata
    assert [t.shape for t in header.tensors] == [(32, 3), (5,)]


def test_every_value_type_is_read() -> None:
    samples = {
        ValueType.UINT8: 200,
        ValueType.INT8: -5,
        ValueType.UINT16: 60_000,
        ValueType.INT16: -5000,
        ValueType.UINT32: 4_000_000_000,
        ValueType.INT32: -2_000_000_000,
        ValueType.FLOAT32: 0.5,
        ValueType.BOOL: True,
        ValueType.STRING: "żółć",
        ValueType.UINT64: 2**63,
        ValueType.INT64: -(2**62),
        ValueType.FLOAT64: 1e300,
    }
    single = {kind.name: Typed(kind, value) for kind, value in samples.items()}
    arrays = {f"{kind.name}s": Typed(ValueType.ARRAY, [value] * 3, kind) for kind, value in samples.items()}
    header = parse(encode_header({**single, **arrays}, [])).header()
    for kind, value in samples.items():
        assert header.metadata[kind.name] == value
        array = header.array(f"{kind.name}s")
        assert array is not None and list(array) == [value] * 3


def test_type_sizes_are_those_of_the_engine() -> None:
    script = (
        "import ctypes, llama_cpp, pathlib, json\n"
        "folder = pathlib.Path(llama_cpp.__file__).parent / 'lib'\n"
        "name = next(p for p in sorted(folder.iterdir()) if 'ggml-base' in p.name)\n"
        "lib = ctypes.CDLL(str(name))\n"
        "lib.ggml_type_size.restype = ctypes.c_size_t\n"
        "lib.ggml_blck_size.restype = ctypes.c_int64\n"
        "print(json.dumps([[lib.ggml_blck_size(i), lib.ggml_type_size(i)] for i in range(43)]))\n"
    )
    import json

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    engine = {number: tuple(pair) for number, pair in enumerate(json.loads(done.stdout)) if pair[0]}
    assert engine == {int(kind): (kind.block_elements, kind.block_bytes) for kind in GGMLType}


def test_fault_17_cut_at_every_byte_of_the_header(model: Path) -> None:
    whole = model.read_bytes()[: read_header(model).header_bytes]
    for length in range(0, len(whole), 7):
        error = refusal(whole[:length])
        assert error.code in ("gguf.truncated", "gguf.limits"), (length, error)
    assert refusal(whole).code == "gguf.truncated"  # the header is there, the data is not


@pytest.mark.parametrize("missing", [1, 1000, 50_000])
def test_fault_17_cut_in_the_data_names_the_tensor(tmp_path: Path, model: Path, missing: int) -> None:
    short = tmp_path / "short.gguf"
    short.write_bytes(model.read_bytes()[:-missing])
    with pytest.raises(AppError) as caught:
        read_header(short)
    assert caught.value.code == "gguf.truncated"
    assert "short.gguf" in caught.value.title
    assert any(name in caught.value.title for name in ("blk.", "output_norm", "token_embd"))


HUGE = (2**31, 2**32, 2**63, 2**64 - 1)
COUNTS: dict[str, Callable[[int], bytes]] = {
    "tensors": lambda n: preamble(tensors=n),
    "entries": lambda n: preamble(entries=n),
    "key": lambda n: preamble(entries=1) + struct.pack("<Q", n),
    "string": lambda n: preamble(entries=1) + key("k") + struct.pack("<IQ", ValueType.STRING, n),
    "strings": lambda n: (
        preamble(entries=1) + key("k") + struct.pack("<IIQ", ValueType.ARRAY, ValueType.STRING, n)
    ),
    "numbers": lambda n: (
        preamble(entries=1) + key("k") + struct.pack("<IIQ", ValueType.ARRAY, ValueType.FLOAT64, n)
    ),
    "entry": lambda n: (
        preamble(entries=1) + key("k") + struct.pack("<IIQQ", ValueType.ARRAY, ValueType.STRING, 4, n)
    ),
    "tensor name": lambda n: preamble(tensors=1) + struct.pack("<Q", n),
}


@pytest.mark.parametrize("count", HUGE)
@pytest.mark.parametrize("place", COUNTS)
def test_fault_18_absurd_counts_are_refused_before_memory_is_taken(place: str, count: int) -> None:
    data = COUNTS[place](count) + b"\0" * 4096
    tracemalloc.start()
    try:
        for size in (len(data), 2**40):
            assert refusal(data, size=size).code in ("gguf.limits", "gguf.truncated")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2**20


def test_fault_18_a_header_without_end_is_cut_at_the_cap(tmp_path: Path) -> None:
    """A sparse file whose first array claims as much as the cap lets it."""
    path = tmp_path / "bad.gguf"
    with path.open("wb") as file:
        file.write(preamble(entries=9) + key("k"))
        file.write(struct.pack("<IIQ", ValueType.ARRAY, ValueType.UINT8, 2**26 - 4096))
        file.truncate(2**32)
    tracemalloc.start()
    try:
        with pytest.raises(AppError) as caught:
            read_header(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code in ("gguf.limits", "gguf.duplicate")
    assert peak < 16 * 2**20


@pytest.mark.parametrize("value", [0, 1, 3, 4, 33, 2**30])
def test_fault_19_senseless_alignment(value: int) -> None:
    data = encode_header({"general.alignment": 32}, [])
    data = data.replace(encode_value(32), encode_value(Typed(ValueType.UINT32, value)))
    assert refusal(data).code == "gguf.alignment"


@pytest.mark.parametrize(
    "value", [Typed(ValueType.STRING, "32"), Typed(ValueType.UINT64, 32), Typed(ValueType.BOOL, True)]
)
def test_fault_19_alignment_of_the_wrong_type(value: Typed) -> None:
    data = preamble(entries=1) + key("general.alignment") + encode_value(value)
    assert refusal(data).code == "gguf.alignment"


@pytest.mark.parametrize("alignment", [8, 64, 4096])
def test_other_alignments_are_obeyed(tmp_path: Path, alignment: int) -> None:
    tensors = [TensorSpec("a", (3,)), TensorSpec("b", (5,))]
    header = read_header(write_gguf(tmp_path / "a.gguf", {"general.alignment": alignment}, tensors))
    assert header.data_offset % alignment == 0
    assert header.tensors[1].offset == alignment * -(-12 // alignment)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (tensor_row(dims=(0,)), "gguf.shape"),
        (tensor_row(dims=(32, 0, 5)), "gguf.shape"),
        (tensor_row(dims=(2**63,)), "gguf.shape"),
        (tensor_row(dims=(2**32, 2**32)), "gguf.shape"),
        (tensor_row(dims=(2**62, 2**62, 2**62, 2**62)), "gguf.shape"),
        (tensor_row(dims=(33,), kind=GGMLType.Q8_0), "gguf.shape"),
        (tensor_row(offset=64), "gguf.shape"),
        (tensor_row(offset=2**64 - 32), "gguf.shape"),
        (tensor_row(dims=(2**40,)), "gguf.truncated"),
        (tensor_row(kind=4), "gguf.type"),
        (tensor_row(kind=2**32 - 1), "gguf.type"),
        (key("t") + struct.pack("<I", 0) + b"\0" * 40, "gguf.shape"),
        (key("t") + struct.pack("<I", 5) + b"\0" * 80, "gguf.shape"),
        (key("t" * 64) + b"\0" * 80, "gguf.limits"),
    ],
)
def test_fault_20_impossible_shapes_and_offsets(row: bytes, code: str) -> None:
    assert refusal(preamble(tensors=1) + row + b"\0" * 4096).code == code


def test_fault_20_tensors_must_follow_each_other() -> None:
    rows = tensor_row("a", (64,)) + tensor_row("b", (64,), offset=128)  # overlaps the first
    assert refusal(preamble(tensors=2) + rows + b"\0" * 4096).code == "gguf.shape"


def test_fault_21_duplicate_keys_and_tensors() -> None:
    entry = key("k") + encode_value(1)
    assert refusal(preamble(entries=2) + entry * 2).code == "gguf.duplicate"
    rows = tensor_row("a", (8,)) + tensor_row("a", (8,), offset=32)
    assert refusal(preamble(tensors=2) + rows + b"\0" * 512).code == "gguf.duplicate"


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"<!DOCTYPE html><html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1", "LFS"),
        (b"tjgg" + b"\0" * 30, "GGML"),
        (b"PK\x03\x04" + b"\0" * 30, "PyTorch"),
        (struct.pack("<Q", 100) + b'{"__metadata__":{}}', "safetensors"),
        (b"hello, world", ".gguf"),
    ],
)
def test_fault_23_other_files_are_told_apart(start: bytes, word: str) -> None:
    error = refusal(start)
    assert error.code == "gguf.magic"
    assert word in error.hint


@pytest.mark.parametrize("version", [0, 1, 4, 99, 2**31])
def test_fault_23_other_versions(version: int) -> None:
    error = refusal(preamble(version=version))
    assert error.code == "gguf.version"
    assert str(version) in error.title


def test_fault_23_big_endian() -> None:
    assert refusal(b"GGUF" + struct.pack(">IQQ", 3, 0, 0)).code == "gguf.endian"


def test_version_2_is_read() -> None:
    assert parse(encode_header({"a": 1}, [], version=2)).header().version == 2


def test_split_models_are_found_from_any_part(tmp_path: Path) -> None:
    parts = tiny_split(tmp_path, parts=3)
    assert shards(parts[1]) == parts
    headers = read_headers(parts[2])
    assert [header.split_index for header in headers] == [0, 1, 2]
    whole = read_header(tiny_llama(tmp_path / "whole.gguf"))
    assert sum(header.n_params or 0 for header in headers) == whole.n_params


def test_fault_23_a_missing_part_is_named(tmp_path: Path) -> None:
    parts = tiny_split(tmp_path, parts=3)
    parts[1].unlink()
    with pytest.raises(AppError) as caught:
        read_headers(parts[0])
    assert caught.value.code == "gguf.split"
    assert "tiny-00002-of-00003.gguf" in caught.value.title


def test_fault_23_parts_of_different_models(tmp_path: Path) -> None:
    parts = tiny_split(tmp_path, parts=3)
    for folder in ("other", "renamed"):
        (tmp_path / folder).mkdir()
    other = tiny_split(tmp_path / "other", parts=3, layers=4)
    parts[2].write_bytes(other[2].read_bytes())
    with pytest.raises(AppError) as caught:
        read_headers(parts[0])
    assert caught.value.code == "gguf.split"
    swapped = tiny_split(tmp_path / "renamed", parts=2)
    swapped[0].write_bytes(swapped[1].read_bytes())
    with pytest.raises(AppError) as caught:
        read_headers(swapped[0])
    assert caught.value.code == "gguf.split"


def test_fault_24_nested_arrays() -> None:
    nested = key("k") + struct.pack("<IIQ", ValueType.ARRAY, ValueType.ARRAY, 1) + b"\0" * 64
    assert refusal(preamble(entries=1) + nested).code == "gguf.limits"


def test_fault_24_a_key_of_10_mb() -> None:
    data = preamble(entries=1) + key("k" * 10_000_000)
    assert refusal(data).code == "gguf.limits"


def test_fault_24_text_that_is_none() -> None:
    assert refusal(preamble(entries=1) + key(b"\xff\xfe") + encode_value(1)).code == "gguf.text"
    row = tensor_row("aa").replace(b"aa", b"\xff\xfe")
    assert refusal(preamble(tensors=1) + row + b"\0" * 512).code == "gguf.text"
    # In a value it is only shown, so it may be imperfect.
    header = parse(preamble(entries=1) + key("k") + encode_value(Typed(ValueType.STRING, b"a\xff"))).header()
    assert header.text("k") == "a\ufffd"


def test_unknown_value_types_are_refused() -> None:
    assert refusal(preamble(entries=1) + key("k") + struct.pack("<I", 13) + b"\0" * 8).code == "gguf.limits"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        read_header(tmp_path / "gone.gguf")
    assert caught.value.code == "gguf.read"
    assert "gone.gguf" in caught.value.title


def test_values_of_unexpected_types_are_not_taken() -> None:
    header = parse(encode_header({"general.architecture": 5, "a": True, "b": -3, "c": "7"}, [])).header()
    assert header.architecture == ""
    assert [header.integer(name) for name in "abcd"] == [None] * 4
    assert header.n_ctx_train is None
