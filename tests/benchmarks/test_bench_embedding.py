"""What it takes to make vectors of many texts. Prints figures, asserts none.

python3 -m pytest tests/benchmarks/test_bench_embedding.py -m benchmark -s -n 0
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from backend.engines.embedding import Embedder
from backend.engines.types import EngineFlags
from backend.paths import STARTER_MODEL
from backend.workers.supervisor import Supervisor
from tests.support.models import HUNDRED_MILLION, random_model

pytestmark = pytest.mark.benchmark

TEXTS = tuple(f"Sentence {number} of many short ones." for number in range(128))


@pytest.mark.parametrize("which", ["starter", "114 million parameters"])
def test_many_short_texts_together_and_one_by_one(which: str, tmp_path: Path) -> None:
    heavy = which != "starter"
    model = random_model(tmp_path / "heavy.gguf", shape=HUNDRED_MILLION) if heavy else STARTER_MODEL
    supervisor = Supervisor()
    embedder = Embedder(supervisor, lambda: EngineFlags(use_extra_bufts=False))
    try:
        embedder.embed(str(model), TEXTS)  # loads it
        began = time.perf_counter()
        tokens = sum(embedder.embed(str(model), TEXTS).tokens)
        together = time.perf_counter() - began
        began = time.perf_counter()
        for text in TEXTS:
            embedder.embed(str(model), (text,))
        apart = time.perf_counter() - began
    finally:
        embedder.close()
        supervisor.close()
    print(
        f"\n{which}: {len(TEXTS)} texts together {together:.3f} s ({tokens / together:.0f} tokens/s), "
        f"one by one {apart:.3f} s: {apart / together:.1f} times as fast"
    )
