"""`quant-lab` and `imatrix` of the real command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backend.lab.texts import NEUTRAL
from backend.paths import STARTER_MODEL
from tests.support.command_line import CommandLine, Done
from tests.support.quantizing import digest

ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "type",
    "size",
    "bits_per_weight",
    "perplexity",
    "kl_divergence",
    "same_top",
    "generation_tps",
    "memory",
]


def test_a_matrix_and_what_types_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = CommandLine(tmp_path)

    def run(*arguments: str, code: int = 0) -> Done:
        done = cli.inside(monkeypatch, capsys, *arguments)
        assert done.code == code, done.err
        return done

    out = tmp_path / "matrix.gguf"
    made = run("imatrix", "starter", str(NEUTRAL), "-o", str(out), "--tokens", "1024", "--json").json
    assert made == {"path": str(out), "size": out.stat().st_size, "sha256": digest(out)}
    assert "already a file" in run("imatrix", "starter", str(NEUTRAL), "-o", str(out), code=1).err

    assert "There are no chats" in run("imatrix", "starter", "--chats", code=1).err
    assert "--chats goes with" in run("imatrix", "starter", str(NEUTRAL), "--chats", code=2).err

    lab = ("quant-lab", "starter", "IQ2_XS", "q4_k", "--tokens", "1024")
    assert "--imatrix" in run(*lab, "--requantize", code=1).err
    assert "--requantize" in run("quant-lab", "starter", "Q4_0", code=1).err
    rows = run(*lab, "--requantize", "--imatrix", str(out), "--json").json
    assert [row["type"] for row in rows] == ["Q8_0", "IQ2_XS", "Q4_K_M"]
    assert all(list(row) == KEYS and None not in row.values() for row in rows)
    assert rows[0]["kl_divergence"] == 0 and rows[0]["same_top"] == 1
    assert rows[1]["kl_divergence"] > rows[2]["kl_divergence"] > 0
    assert rows[1]["size"] < rows[2]["size"] < rows[0]["size"]
    assert not list((cli.home / "data" / "models").rglob("*.gguf")), "nothing was to be kept"
    plain = subprocess.run(
        [sys.executable, "-m", "tests.support.plain_perplexity", str(STARTER_MODEL), str(NEUTRAL), "1024"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert rows[0]["perplexity"] == pytest.approx(float(plain.stdout), rel=1e-4)
