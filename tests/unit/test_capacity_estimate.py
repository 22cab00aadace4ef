"""The memory formulas against figures that were measured with the engine, and their behaviour at the
edges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.capacity.estimate import estimate, run_for
from backend.capacity.shape import shape_of
from backend.capacity.types import Ledger, RunConfig
from backend.gguf.header import Header
from backend.gguf.parser import HeaderParser
from backend.gguf.reader import read_header, read_headers
from backend.gguf.types import GGMLType
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.tiny_gguf import TensorSpec, data_size, encode_header, tiny_llama, tiny_split

MIB = 2**20


def header_of(metadata: dict[str, Any], tensors: list[TensorSpec] | None = None) -> Header:
    data = encode_header(metadata, tensors or [])
    parser = HeaderParser("x.gguf", file_size=len(data) + data_size(tensors or []))
    parser.feed(data)
    return parser.header()


def ledger_of(name: str, run: RunConfig) -> Ledger:
    metadata, tensors = MODELS[name]()
    return estimate(header_of(metadata, tensors), run, file_size=data_size(tensors))


def plain(arch: str = "llama", **keys: Any) -> Header:
    """A small transformer with the given keys on top."""
    base = {
        "block_count": 4,
        "context_length": 4096,
        "embedding_length": 256,
        "feed_forward_length": 512,
        "attention.head_count": 4,
        "attention.head_count_kv": 2,
        "vocab_size": 1000,
    }
    keys = {name.replace("__", "."): value for name, value in keys.items()}
    merged = {name: value for name, value in {**base, **keys}.items() if value is not None}
    return header_of(
        {"general.architecture": arch, **{f"{arch}.{name}": value for name, value in merged.items()}}
    )


def cache(header: Header, run: RunConfig | None = None) -> int:
    return estimate(header, run or RunConfig(n_ctx=1024), file_size=0).kv


@pytest.mark.parametrize(
    ("name", "run", "mib"),
    [
        ("Llama-3.1-8B", RunConfig(n_ctx=32768), 4096),
        ("Llama-3.1-8B", RunConfig(n_ctx=32768, kv_type="q8_0"), 2176),
        ("Llama-3.1-8B", RunConfig(n_ctx=8192, flash_attn=False), 1024),
        ("Mixtral-8x7B", RunConfig(n_ctx=32768), 4096),
        ("Qwen3-30B-A3B", RunConfig(n_ctx=32768), 3072),
        ("Gemma-3-4B", RunConfig(n_ctx=32768), 814),
        ("gpt-oss-20b", RunConfig(n_ctx=65536, n_ubatch=2048), 1590),
        ("DeepSeek-V2-Lite", RunConfig(n_ctx=32768), 972),
        ("Qwen3.5-9B", RunConfig(n_ctx=32768), 1074.25),
        ("Mamba2-1.3B", RunConfig(n_ctx=32768), 98.390625),
    ],
)
def test_cache_and_state_are_exact(name: str, run: RunConfig, mib: float) -> None:
    ledger = ledger_of(name, run)
    assert ledger.kv == mib * MIB
    assert ledger.known


@pytest.mark.parametrize(
    ("name", "run", "mib"),
    [
        ("Llama-3.1-8B", RunConfig(n_ctx=32768, n_outputs_max=0), 266),
        ("Llama-3.1-8B", RunConfig(n_ctx=8192, n_outputs_max=0, flash_attn=False), 572),
        ("Mixtral-8x7B", RunConfig(n_ctx=32768, n_outputs_max=0), 232),
        ("Qwen3-30B-A3B", RunConfig(n_ctx=32768, n_outputs_max=0), 305),
        ("Gemma-3-4B", RunConfig(n_ctx=32768, n_outputs_max=0), 527),
        ("gpt-oss-20b", RunConfig(n_ctx=65536, n_ubatch=2048, n_outputs_max=0), 1638),
        ("DeepSeek-V2-Lite", RunConfig(n_ctx=32768, n_outputs_max=0), 240),
        ("Qwen3.5-9B", RunConfig(n_ctx=32768, n_outputs_max=0), 509),
        ("Mamba2-1.3B", RunConfig(n_ctx=32768, n_outputs_max=0), 110),
    ],
)
def test_compute_buffers_are_within_a_fifth(name: str, run: RunConfig, mib: float) -> None:
    assert ledger_of(name, run).compute / MIB == pytest.approx(mib, rel=0.2)


@pytest.mark.parametrize("name", MODELS)
def test_tier_0_agrees_with_the_whole_header(name: str, tmp_path: Path) -> None:
    path = ghost_of(name, tmp_path)
    size = path.stat().st_size
    early, late = read_header(path, tier=0), read_header(path)
    first = estimate(early, run_for(early), file_size=size)
    second = estimate(late, run_for(late), file_size=size)
    assert first.total == pytest.approx(second.total, rel=0.05)
    assert first.known


def test_weights_are_the_sum_of_the_tensors_of_all_parts(tmp_path: Path) -> None:
    whole = read_header(tiny_llama(tmp_path / "whole.gguf"))
    parts = read_headers(tiny_split(tmp_path, parts=3)[0])
    expected = sum(tensor.nbytes for tensor in whole.tensors)
    run = run_for(whole)
    assert estimate(parts, run, file_size=1).weights == expected
    assert estimate(whole, run, file_size=1) == estimate(parts, run, file_size=1)


def test_layers_that_predict_several_tokens_are_not_loaded() -> None:
    tensors = [TensorSpec(f"blk.{layer}.ffn_up.weight", (256, 512), GGMLType.F16) for layer in range(5)]
    metadata = {
        "general.architecture": "glm4moe",
        "glm4moe.block_count": 5,
        "glm4moe.nextn_predict_layers": 1,
    }
    ledger = estimate(header_of(metadata, tensors), RunConfig(), file_size=9**9)
    assert ledger.weights == 4 * 256 * 512 * 2


def test_the_context_is_never_longer_than_trained() -> None:
    header = plain(context_length=2048)
    assert run_for(header).n_ctx == 2048
    assert run_for(header, RunConfig(n_ctx=512)).n_ctx == 512
    assert run_for(header, RunConfig(n_ctx=32768, parallel=4)).n_ctx == 8192
    assert run_for(plain(context_length=131072)).n_ctx == 8192
    assert run_for(plain(context_length=None)).n_ctx == 8192


def test_cache_grows_with_context_and_shrinks_with_its_type() -> None:
    header = plain()
    full = cache(header, RunConfig(n_ctx=4096))
    assert full == 4 * 2 * (2 * 64) * 2 * 4096
    assert cache(header, RunConfig(n_ctx=2048)) == full // 2
    assert cache(header, RunConfig(n_ctx=4096, kv_type="q8_0")) == full * 34 // 64
    assert cache(header, RunConfig(n_ctx=4096, kv_type="q4_0")) == full * 18 // 64
    assert cache(header, RunConfig(n_ctx=4000)) == full  # whole pages of 256 cells


def test_heads_may_differ_by_layer() -> None:
    assert cache(plain(attention__head_count_kv=[2, 0, 1, 1])) == cache(plain()) // 2


def test_heads_default_to_the_query_heads() -> None:
    assert cache(plain(attention__head_count_kv=None)) == 2 * cache(plain())


def test_windows_count_only_where_the_engine_obeys_them() -> None:
    run = RunConfig(n_ctx=4096)
    for arch in ("llama", "phi3", "qwen2"):
        assert cache(plain(arch, attention__sliding_window=256), run) == cache(plain(arch), run)
    windowed = cache(plain("gemma2", attention__sliding_window=256), run)
    assert windowed == cache(plain("llama"), run) * (4096 + 768) // (2 * 4096)
    listed = plain(
        "gemma3", attention__sliding_window=256, attention__sliding_window_pattern=[True, False, True, True]
    )
    assert cache(listed, run) == cache(plain("llama"), run) * (4096 + 3 * 768) // (4 * 4096)


def test_windows_are_shared_by_sequences_of_one_pool() -> None:
    header = plain("gemma2", attention__sliding_window=256, context_length=8192)
    run = RunConfig(n_ctx=8192, parallel=4)
    apart = cache(header, replace(run, kv_unified=False))
    together = cache(header, run)
    row = 2 * (2 * 64) * 2
    assert together == 2 * row * (8192 + 4 * 256 + 512)
    assert apart == 4 * 2 * row * (2048 + 768)


def test_shared_layers_have_no_cache_of_their_own() -> None:
    keys = {"attention.shared_kv_layers": 2, "attention.sliding_window": 256}
    assert cache(plain("gemma4", **keys)) == cache(plain()) // 2


def test_hybrids_have_a_state_in_place_of_a_cache() -> None:
    state = {
        "ssm.conv_kernel": 4,
        "ssm.inner_size": 512,
        "ssm.state_size": 16,
        "ssm.group_count": 1,
    }
    per_layer = 4 * (3 * (512 + 2 * 16) + 16 * 512)
    one = cache(plain()) // 4
    assert cache(plain("qwen35", **state)) == one + 3 * per_layer
    assert cache(plain("qwen35", **state, full_attention_interval=2)) == 2 * one + 2 * per_layer
    assert cache(plain("jamba", **state, attention__head_count_kv=[0, 2, 0, 0])) == one + 3 * per_layer
    assert cache(plain("falcon-h1", **state)) == 4 * one + 4 * per_layer
    assert cache(plain("mamba", **state)) == 4 * per_layer
    assert cache(plain("mamba", **state), RunConfig(parallel=3)) == 12 * per_layer
    mixed = plain(
        "nemotron_h", **state, attention__head_count_kv=[0, 2, 0, 0], feed_forward_length=[0, 0, 512, 0]
    )
    assert cache(mixed) == one + 2 * per_layer


def test_encoders_have_no_cache() -> None:
    ledger = estimate(plain("bert"), RunConfig(), file_size=10)
    assert (ledger.kv, ledger.known) == (0, True)


def test_unknown_architectures_are_not_guessed_silently() -> None:
    assert not estimate(plain("brand-new"), RunConfig(), file_size=10).known
    assert not estimate(plain("t5"), RunConfig(), file_size=10).known
    assert not estimate(header_of({}), RunConfig(), file_size=10).known
    assert not estimate(plain(block_count=10**6), RunConfig(), file_size=10).known
    assert not estimate(
        plain(embedding_length=None, attention__head_count=None), RunConfig(), file_size=10
    ).known


def test_the_gpu_part() -> None:
    run = RunConfig(n_ctx=8192)
    ledger = ledger_of("Llama-3.1-8B", run)
    embedding = GGMLType.Q4_K.nbytes(4096 * 128256)
    assert ledger.gpu == ledger.weights - embedding + ledger.kv + ledger.compute
    assert ledger_of("Llama-3.1-8B", replace(run, gpu_layers=0)).gpu == 0
    assert ledger_of("Llama-3.1-8B", replace(run, gpu_layers=33)).gpu == ledger.gpu
    half = ledger_of("Llama-3.1-8B", replace(run, gpu_layers=17)).gpu
    assert ledger.gpu // 3 < half < ledger.gpu * 2 // 3
    tied = ledger_of("Gemma-3-4B", run)  # the embedding is copied to the GPU as output layer
    assert tied.gpu == tied.weights + tied.kv + tied.compute


def test_the_shape_says_what_the_layers_are() -> None:
    metadata, tensors = MODELS["Gemma-3-4B"]()
    shape = shape_of(header_of(metadata, tensors))
    assert [layer.windowed for layer in shape.layers[:7]] == [True] * 5 + [False, True]
    assert (shape.window, shape.heads, shape.vocab) == (1024, 8, 262144)
