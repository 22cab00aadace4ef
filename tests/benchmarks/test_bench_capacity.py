"""How long the estimate of 200 files takes, beside the least that one could do with the same headers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from backend.capacity.estimate import estimate, run_for
from backend.capacity.plan import plan
from backend.capacity.types import Candidate, Machine, Pool, PoolKind, Wishes
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from tests.benchmarks.timing import best_seconds
from tests.support.model_shapes import MODELS, ghost_of

FILES = 200
GIB = 2**30

pytestmark = pytest.mark.benchmark


def naive(header: Header, size: int) -> int:
    """What simple tools do: the bytes of all tensors, and a cache of equal layers."""
    heads = header.integer(header.key("attention.head_count_kv")) or 0
    width = header.integer(header.key("attention.key_length")) or 128
    layers = header.integer(header.key("block_count")) or 0
    weights = sum(tensor.nbytes for tensor in header.tensors) or size
    return weights + 4 * layers * heads * width * 8192


def show(capsys: pytest.CaptureFixture[str], what: str, work: Callable[[], object], reference: float) -> None:
    seconds = best_seconds(work)
    with capsys.disabled():
        print(f"{what:36} {seconds * 1e3:8.2f} ms = {seconds / reference:5.1f} × the naive sum")


def test_a_list_of_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [ghost_of(name, tmp_path) for name in MODELS]
    models = [(read_header(path), read_header(path, tier=0), path.stat().st_size) for path in paths]
    files = [models[index % len(models)] for index in range(FILES)]
    tensors = sum(len(full.tensors) for full, _, _ in files) // FILES
    reference = best_seconds(lambda: [naive(full, size) for full, _, size in files])
    with capsys.disabled():
        print(
            f"\n{FILES} files of {tensors} tensors on average; the naive sum takes {reference * 1e3:.2f} ms"
        )
    show(
        capsys,
        "estimate, start of the header",
        lambda: [estimate(start, run_for(start), file_size=size) for _, start, size in files],
        reference,
    )
    show(
        capsys,
        "estimate, whole header",
        lambda: [estimate(full, run_for(full), file_size=size) for full, _, size in files],
        reference,
    )
    full, _, size = files[0]
    machine = Machine((Pool(PoolKind.RAM, "RAM", 16 * GIB, 6 * GIB, "test"),), "a processor", 8, 40e9)
    show(
        capsys,
        "the plan for one file",
        lambda: plan([Candidate("Q4_K_M", (full,), size)], machine, Wishes(n_ctx=32768)),
        reference,
    )
