"""Stores that somebody else arranged so that looking into them hangs, or deleting from them hurts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.activities.types import ActivityState
from backend.errors import AppError
from tests.support.library_desk import LibraryDesk, gguf


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


def test_folders_that_are_links_out_of_the_hub_cache_lose_nothing(desk: LibraryDesk, tmp_path: Path) -> None:
    mine = gguf(tmp_path / "mine" / "mine-Q8_0.gguf")
    desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf", seed=1))
    (desk.hub / "models--acme--T-GGUF" / "snapshots" / ("d" * 40)).symlink_to(mine.parent)
    # A repository, or only its blobs, on another disk.
    desk.put_hub("acme/Far-GGUF", "far-Q8_0.gguf", gguf(tmp_path / "v.gguf", seed=2))
    far = (desk.hub / "models--acme--Far-GGUF").rename(tmp_path / "far")
    (desk.hub / "models--acme--Far-GGUF").symlink_to(far)
    desk.put_hub("acme/Half-GGUF", "half-Q8_0.gguf", gguf(tmp_path / "u.gguf", seed=3))
    half = (desk.hub / "models--acme--Half-GGUF" / "blobs").rename(tmp_path / "half")
    (desk.hub / "models--acme--Half-GGUF" / "blobs").symlink_to(half)
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    rows = desk.rows()
    assert not any(mine.name in row_id for row_id in rows) and len(rows) == 3
    assert not rows["hf:acme/Far-GGUF/far-Q8_0.gguf"].problem
    for row_id in ("hf:acme/Far-GGUF/far-Q8_0.gguf", "hf:acme/Half-GGUF/half-Q8_0.gguf"):
        for action in (desk.library.delete_preview, desk.library.delete):
            with pytest.raises(AppError) as caught:
                action(row_id)
            assert caught.value.code == "library.not_ours" and "link" in caught.value.title
        with pytest.raises(AppError):
            desk.library.move(row_id, tmp_path / "new")
    assert before <= set(tmp_path.rglob("*"))


def test_a_link_that_leads_in_circles_does_not_hide_the_hub_cache(desk: LibraryDesk, tmp_path: Path) -> None:
    desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    (desk.hub / "models--a--loop").symlink_to("models--a--loop")
    (desk.hub / "models--a--file").write_text("no folder")
    (desk.hub / "models--acme--T-GGUF" / "snapshots" / ("d" * 40)).symlink_to("d" * 40)
    assert list(desk.rows()) == ["hf:acme/T-GGUF/t-Q8_0.gguf"]


def test_a_blob_of_another_repository_is_not_counted_as_freed(desk: LibraryDesk, tmp_path: Path) -> None:
    blob = desk.put_hub("acme/A-GGUF", "a-Q8_0.gguf", gguf(tmp_path / "w.gguf")).resolve()
    pointer = desk.put_hub("acme/B-GGUF", "b-Q8_0.gguf", gguf(tmp_path / "v.gguf", seed=1))
    pointer.unlink()
    pointer.symlink_to(blob)
    desk.rows()
    preview = desk.library.delete_preview("hf:acme/B-GGUF/b-Q8_0.gguf")
    (sentence,) = desk.library.delete_preview("hf:acme/A-GGUF/a-Q8_0.gguf").keeps
    assert str(pointer) in sentence
    assert preview.frees == 0 == desk.library.delete("hf:acme/B-GGUF/b-Q8_0.gguf")
    assert blob.exists()


@pytest.mark.parametrize("hidden", ["file", "folder"])
def test_manifests_behind_links_keep_their_blobs(desk: LibraryDesk, tmp_path: Path, hidden: str) -> None:
    """Ollama follows such links, so what is behind them is a model of it."""
    weights = gguf(tmp_path / "w.gguf")
    desk.put_ollama("tiny", "1b", weights)
    other = desk.put_ollama("other", "1b", weights)
    moved = other if hidden == "file" else other.parent
    (moved.rename(tmp_path / "aside"), moved.symlink_to(tmp_path / "aside"))
    desk.rows()
    preview = desk.library.delete_preview("ollama:tiny:1b")
    assert preview.frees == 0 and preview.keeps
    assert desk.library.delete("ollama:tiny:1b") == 0
    assert desk.blob(weights).exists() and other.exists()


@pytest.mark.parametrize("linked", ["blobs", "manifests"])
def test_an_ollama_store_whose_half_lies_elsewhere_is_left_alone(
    desk: LibraryDesk, tmp_path: Path, linked: str
) -> None:
    weights = gguf(tmp_path / "w.gguf")
    manifest = desk.put_ollama("tiny", "1b", weights)
    (desk.ollama / linked).rename(tmp_path / "aside")
    (desk.ollama / linked).symlink_to(tmp_path / "aside")
    for row_id in desk.rows():
        with pytest.raises(AppError) as caught:
            desk.library.delete(row_id)
        assert caught.value.code == "library.not_ours"
    assert desk.blob(weights).exists() and manifest.exists()


def test_a_note_of_jan_cannot_name_files_of_others_as_its_own(desk: LibraryDesk, tmp_path: Path) -> None:
    mine = gguf(tmp_path / "mine" / "mine-Q8_0.gguf")
    thesis, other = mine.with_name("thesis.pdf"), gguf(mine.with_name("other.gguf"), seed=1)
    thesis.write_text("years of work")
    for name, projector in (("a", thesis), ("b", other)):
        note = desk.jan / name / "model.yml"
        note.parent.mkdir(parents=True)
        model = mine if name == "a" else gguf(mine.with_name("second.gguf"), seed=2)
        note.write_text(f"model_path: {model}\nmmproj_path: {projector}\nname: {name}\n")
    inner = [gguf(desk.jan / "c" / name, seed=k) for k, name in enumerate(("x.gguf", "y.gguf"), 3)]
    (desk.jan / "c" / "model.yml").write_text(f"model_path: {inner[0]}\nmmproj_path: {inner[1]}\n")
    rows = desk.rows()
    assert rows[str(mine)].projector is None
    moved = desk.done(desk.library.move(str(inner[0]), tmp_path / "new"))
    assert moved.state is ActivityState.DONE and inner[1].exists() and not inner[0].exists()
    gguf(inner[0], seed=3)
    desk.rows()
    assert "yours" in desk.library.delete_preview(str(mine)).whose
    for path in (mine, mine.with_name("second.gguf"), inner[0]):
        assert desk.library.delete_preview(str(path)).files == (path,)
        desk.library.delete(str(path))
    assert thesis.exists() and other.exists() and inner[1].exists()
