"""What looking at the probabilities costs: the lab's pass over a text against the bare loop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.support.models import Shape, random_model

pytestmark = pytest.mark.benchmark

_SHAPE = Shape(layers=16, width=1024, ffn=4096, heads=16, kv_heads=4, context=2048, vocab=32768)


def test_perplexity(tmp_path: Path) -> None:
    path = random_model(tmp_path / "model.gguf", shape=_SHAPE, quant="q8_0")
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.bare_windows", str(path), "2", "4"],
        capture_output=True,
        text=True,
        check=True,
        timeout=500,
    )
    rounds = [tuple(map(float, line.split())) for line in done.stdout.splitlines() if line[:1].isdigit()]
    ratios = [mine / theirs for mine, theirs in rounds]
    print(f"\n{path.stat().st_size / 1e6:.0f} MB, 32,768 tokens in the vocabulary")
    ours, bare = (median(each) for each in zip(*rounds, strict=True))
    print(
        f"perplexity: {ours:.0f} t/s, bare {bare:.0f} t/s, "
        f"ratio {median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}, aim ≥ 0.95)"
    )
