"""How long a look at 5,000 models takes, beside `find` and a plain loop that reads the same headers."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.gguf.reader import read_header
from tests.support.library_desk import LibraryDesk, gguf

FILES = 5000

pytestmark = pytest.mark.benchmark


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def test_scan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    with LibraryDesk(home) as desk:
        for k in range(FILES):
            gguf(
                desk.lm_studio / f"owner{k % 50}" / f"Model-{k}-GGUF" / f"model-{k}-Q4_K_M.gguf",
                seed=k,
                name=f"Model {k}",
            )

        def find() -> list[str]:
            command = ["find", str(desk.lm_studio), "-name", "*.gguf", "-type", "f"]
            return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

        def headers() -> None:
            for name in find():
                read_header(Path(name))

        def cold() -> None:
            (home / "own" / "cache" / "library.json").unlink(missing_ok=True)
            assert len(desk.open().models()) == FILES + 1

        def first() -> None:
            assert len(desk.open().models()) == FILES + 1

        found, plain = seconds(find), seconds(headers)
        unknown, remembered, again = seconds(cold), seconds(first), seconds(desk.library.rescan)
        reading = seconds(desk.library.models)
    with capsys.disabled():
        print(f"\n{FILES} files: find {found:.3f} s, find and headers {plain:.3f} s")
        print(f"look, nothing known:        {unknown:.3f} s = {unknown / plain:.2f} × find and headers")
        print(f"look, headers remembered:   {remembered:.3f} s = {remembered / plain:.2f} × find and headers")
        print(
            f"look again:                 {again:.3f} s = {again / plain:.2f} ×, {again / found:.1f} × find"
        )
        print(f"rows of the last look:      {reading * 1e6:.1f} µs")
