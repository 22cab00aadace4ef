"""What the dry run costs, against one that was already running, and how much of a file it takes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from backend.capacity.ghosts import Ghost, GhostPart
from backend.capacity.probe import Prober
from backend.capacity.types import RunConfig
from backend.engines.types import EngineFlags
from backend.gguf.reader import read_header
from tests.support.model_shapes import MODELS
from tests.support.tiny_gguf import ghost_model, tokenizer_metadata

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("name", ["Llama-3.1-8B", "Gemma-3-4B", "Qwen3-30B-A3B"])
def test_probe(name: str, tmp_path: Path) -> None:
    metadata, tensors = MODELS[name]()
    vocab = next(value for key, value in metadata.items() if key.endswith(".vocab_size"))
    path = ghost_model(tmp_path / "model.gguf", {**metadata, **tokenizer_metadata(vocab)}, tensors)
    header = read_header(path)
    with path.open("rb") as file:
        raw = file.read(header.header_bytes)
    ghost = Ghost(name, (GhostPart(header, raw, path.stat().st_size),))
    for what, source in (("in place", (path,)), ("as a ghost", ghost)):
        prober = Prober(lambda: EngineFlags(use_extra_bufts=False), tmp_path / "ghosts")
        try:
            times = []
            for n_ctx in (8192, 4096):
                started = time.perf_counter()
                prober.probe(source, RunConfig(n_ctx=n_ctx))
                times.append(time.perf_counter() - started)
        finally:
            prober.close()
        print(f"\n{name} {what}: {times[0]:.2f} s with the start of the process, {times[1]:.3f} s after that")
