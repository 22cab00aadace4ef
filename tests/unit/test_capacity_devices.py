"""How a model is divided over devices, and what is loaded beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.capacity.estimate import estimate
from backend.capacity.types import Extras, Ledger, RunConfig
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType
from tests.support.examples import examples
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.tiny_gguf import TensorSpec, ghost_model


@pytest.fixture(scope="module")
def headers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Header, int]]:
    folder = tmp_path_factory.mktemp("ghosts")
    paths = {name: ghost_of(name, folder) for name in MODELS}
    return {name: (read_header(path), path.stat().st_size) for name, path in paths.items()}


Headers = dict[str, tuple[Header, int]]


def of(headers: Headers, name: str, run: RunConfig, extras: Extras = Extras()) -> Ledger:  # noqa: B008
    header, size = headers[name]
    return estimate(header, run, file_size=size, extras=extras)


def embedding(header: Header) -> int:
    return next(tensor.nbytes for tensor in header.tensors if tensor.name == "token_embd.weight")


@settings(max_examples=examples(60), deadline=None)
@given(
    st.sampled_from(sorted(MODELS)),
    st.one_of(st.none(), st.integers(0, 70)),
    st.lists(st.floats(0.1, 9), max_size=4).map(tuple),
)
def test_nothing_is_lost_between_the_devices(
    headers: Headers, name: str, layers: int | None, split: tuple[float, ...]
) -> None:
    run = RunConfig(gpu_layers=layers, split=split)
    header, _ = headers[name]
    ledger = of(headers, name, run)
    tied = not any(tensor.name == "output.weight" for tensor in header.tensors)
    twice = embedding(header) if tied and layers != 0 else 0
    assert sum(device.weights for device in ledger.devices) == ledger.weights + twice
    assert sum(device.kv for device in ledger.devices) == ledger.kv
    assert ledger.gpu == sum(d.weights + d.kv + d.compute for d in ledger.devices[1:])
    assert (ledger.gpu == 0) is (layers == 0)


def test_the_input_embedding_stays_in_main_memory(headers: Headers) -> None:
    cpu, gpu = of(headers, "Llama-3.1-8B", RunConfig()).devices
    assert (cpu.weights, cpu.kv) == (embedding(headers["Llama-3.1-8B"][0]), 0)
    assert gpu.kv == of(headers, "Llama-3.1-8B", RunConfig()).kv


def test_the_output_goes_first_and_then_the_last_layers(headers: Headers) -> None:
    header, _ = headers["Llama-3.1-8B"]
    one = of(headers, "Llama-3.1-8B", RunConfig(gpu_layers=1)).devices[1]
    output = sum(t.nbytes for t in header.tensors if t.name.startswith("output"))
    assert (one.weights, one.kv) == (output, 0)
    three = of(headers, "Llama-3.1-8B", RunConfig(gpu_layers=3)).devices[1]
    last = sum(t.nbytes for t in header.tensors if t.name.startswith(("blk.30.", "blk.31.")))
    assert three.weights == output + last
    assert three.kv == of(headers, "Llama-3.1-8B", RunConfig()).kv // 16


def test_two_equal_gpus_share_the_layers(headers: Headers) -> None:
    _, one, two = of(headers, "Llama-3.1-8B", RunConfig(split=(1.0, 1.0))).devices
    assert one.kv + two.kv == of(headers, "Llama-3.1-8B", RunConfig()).kv
    assert abs(one.kv - two.kv) <= one.kv // 8


def test_a_draft_model_is_counted_with_its_own_cache(headers: Headers) -> None:
    draft, size = headers["Gemma-3-4B"]
    plain = of(headers, "Llama-3.1-8B", RunConfig())
    small = of(headers, "Gemma-3-4B", RunConfig())
    both = of(headers, "Llama-3.1-8B", RunConfig(), Extras(draft=(draft,), draft_size=size))
    assert both.total == plain.total + small.total
    assert both.devices[1].kv == plain.devices[1].kv + small.devices[1].kv


def test_an_adapter_lies_beside_its_layers(headers: Headers, tmp_path: Path) -> None:
    path = ghost_model(
        tmp_path / "lora.gguf",
        {"general.architecture": "llama", "general.type": "adapter"},
        [
            TensorSpec("blk.0.attn_q.weight.lora_a", (4096, 8), GGMLType.F32),
            TensorSpec("blk.31.attn_q.weight.lora_a", (4096, 8), GGMLType.F32),
        ],
    )
    run = RunConfig(gpu_layers=2)
    plain = of(headers, "Llama-3.1-8B", run)
    used = of(headers, "Llama-3.1-8B", run, Extras(adapters=(read_header(path),)))
    each = 4096 * 8 * 4
    assert used.weights == plain.weights + 2 * each
    assert used.devices[0].weights == plain.devices[0].weights + each
    assert used.devices[1].weights == plain.devices[1].weights + each


def test_a_projector_goes_to_the_first_gpu(headers: Headers, tmp_path: Path) -> None:
    path = ghost_model(
        tmp_path / "mmproj.gguf",
        {
            "general.architecture": "clip",
            "general.type": "mmproj",
            "clip.vision.image_size": 336,
            "clip.vision.patch_size": 14,
            "clip.vision.embedding_length": 1024,
            "clip.vision.feed_forward_length": 4096,
            "clip.vision.attention.head_count": 16,
        },
        [TensorSpec("v.blk.0.attn_q.weight", (1024, 1024), GGMLType.F16)],
    )
    header = read_header(path)
    extras = Extras(projector=header, projector_size=path.stat().st_size)
    plain, used = of(headers, "Llama-3.1-8B", RunConfig()), of(headers, "Llama-3.1-8B", RunConfig(), extras)
    assert used.devices[1].weights == plain.devices[1].weights + 1024 * 1024 * 2
    assert used.compute - plain.compute > 577 * 577 * 16 * 4
    alone = replace(RunConfig(), gpu_layers=0)
    assert len(of(headers, "Llama-3.1-8B", alone, extras).devices) == 1
