"""`quantize` of the real command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine, Done
from tests.support.quantizing import MATRIX, digest, write_matrix
from tests.support.tiny_gguf import tiny_llama


def test_quantize_makes_what_it_says_and_lists_the_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = CommandLine(tmp_path)
    source = tiny_llama(tmp_path / "tiny-F16.gguf", width=256)
    matrix = write_matrix(tmp_path / MATRIX, source)

    def run(*arguments: str, code: int = 0) -> Done:
        done = cli.inside(monkeypatch, capsys, "quantize", *arguments)
        assert done.code == code, done.err
        return done

    types = {row["type"]: row for row in run(str(source), "--json").json}
    assert types["IQ2_XS"]["refusal"] and types["Q4_K_M"]["verdict"] == "fits"
    out = tmp_path / "out"
    out.mkdir()
    made = run(str(source), "q4_k_m", "-o", str(out), "--imatrix", str(matrix), "--json").json
    path = out / "tiny-Q4_K_M.gguf"
    assert made == {"path": str(path), "size": path.stat().st_size, "sha256": digest(path)}
    assert made["size"] != types["Q4_K_M"]["size"], "the matrix is noted in the file"
    refused = run(str(source), "Q4_K_M", "-o", str(path), code=1).err
    assert "already a file" in refused
    run(str(source), "Q8_0", "-o", str(path), "--force", "--threads", "1", "--output-type", "F16")
    assert digest(path) != made["sha256"]
    assert "--requantize" in run("starter", "Q4_0", code=1).err
    assert "Q4_K_M" in run(str(source), "Q4_X", code=2).err
    library = cli.inside(monkeypatch, capsys, "quantize", "starter", "Q4_0", "--requantize").out.strip()
    assert Path(library).parent.parent.name == "orangery" and Path(library).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals of POSIX")
def test_ctrl_c_stops_it_and_leaves_nothing(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path)
    source = tiny_llama(tmp_path / "big-F16.gguf", width=1024, layers=6)
    out = tmp_path / "out" / "new.gguf"
    done = cli.interrupt("quantize", str(source), "IQ3_S", "-o", str(out), when="Planning", stream="stderr")
    assert done.code == 130, done.err
    assert not out.parent.exists() and not list((cli.home / "data" / "work").glob("*"))


def test_what_cannot_be_the_model_or_the_new_file_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = CommandLine(tmp_path)
    source = tiny_llama(tmp_path / "tiny-F16.gguf", width=256)

    def refused(*arguments: str) -> str:
        done = cli.inside(monkeypatch, capsys, "quantize", *arguments)
        assert done.code == 1 and not done.out
        return done.err

    def wrong(*arguments: str) -> str:
        done = cli.inside(monkeypatch, capsys, *arguments)
        assert done.code == 2 and not done.out
        return done.err

    assert "--output-type" in wrong("quantize", str(source), "Q4_0", "--output-type", "NOPE")
    assert "--embedding-type" in wrong("quantize", str(source), "Q4_0", "--embedding-type", "NOPE")
    converted = cli.inside(monkeypatch, capsys, "convert", str(source))
    assert converted.code == 1 and f"orangery quantize {source}" in converted.err
    cut = tmp_path / "cut-F16.gguf"
    cut.write_bytes(source.read_bytes()[:-4096])
    assert "Download it again" in refused(str(cut), "Q4_0")
    assert "is a folder" in refused(str(tmp_path), "Q4_0")
    assert "does not end in .gguf" in refused(str(source), "Q4_0", "-o", str(tmp_path / "new" / "deep"))
    assert "There is no file" in refused(str(source), "Q4_0", "--imatrix", str(tmp_path / "none.gguf"))
    assert not (tmp_path / "new").exists()
