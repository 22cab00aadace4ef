"""Stores that somebody else arranged so that looking into them hangs, or deleting from them hurts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.library_desk import COMMIT, LibraryDesk, digest, gguf


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LibraryDesk]:
    with LibraryDesk(tmp_path / "home") as desk:
        yield desk


def test_a_pipe_where_a_note_belongs_stops_nothing(desk: LibraryDesk, tmp_path: Path) -> None:
    gguf(desk.jan / "acme" / "tiny" / "model.gguf")
    gguf(desk.llama_cpp / "acme_tiny_t-Q8_0.gguf", seed=1)
    pointer = desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf", seed=2))
    manifest = desk.put_ollama("tiny", "1b", gguf(tmp_path / "v.gguf", seed=3))
    config = next(p for p in (desk.ollama / "blobs").iterdir() if b"model_format" in p.read_bytes()[:20])
    config.unlink()
    for pipe in (
        desk.jan / "acme" / "tiny" / "model.yml",
        desk.llama_cpp / "acme_tiny_t-Q8_0.gguf.json",
        desk.hub / "models--acme--T-GGUF" / "refs" / "other",
        desk.home / ".lmstudio-home-pointer",
        config,
    ):
        os.mkfifo(pipe)
    main = desk.hub / "models--acme--T-GGUF" / "refs" / "main"
    main.unlink()
    os.mkfifo(main)
    assert len(desk.rows()) == 4 and manifest.exists()
    desk.library.delete("hf:acme/T-GGUF/t-Q8_0.gguf")
    assert not pointer.parent.exists()


def test_a_reference_that_is_no_text_is_left_alone(desk: LibraryDesk, tmp_path: Path) -> None:
    pointer = desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    odd = desk.hub / "models--acme--T-GGUF" / "refs" / "odd"
    odd.write_bytes(b"\xff\xfe")
    desk.rows()
    assert desk.library.delete("hf:acme/T-GGUF/t-Q8_0.gguf") > 0
    assert odd.exists() and not pointer.parent.exists()
