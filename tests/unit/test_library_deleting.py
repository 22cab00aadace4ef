"""Deleting from every store: whose it is, what is freed, what others need and keep."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.engines.types import ModelState
from backend.errors import AppError
from backend.events import EventBus, ModelChanged
from backend.library import deleting
from backend.library.layout_ollama import OllamaStore
from backend.library.running import Marks
from backend.library.types import Store
from backend.locks import FileLock
from tests.support.library_desk import LibraryDesk, digest, gguf


@dataclass(frozen=True)
class Running:
    name: str
    digest: str = ""


class Daemon:
    """A daemon that runs what it is told, and remembers what it was asked to delete."""

    def __init__(self) -> None:
        self.models: tuple[Running, ...] = ()
        self.deleted: list[str] = []
        self.has: tuple[Running, ...] = ()
        self.url = "http://127.0.0.1:11434"

    def running(self) -> tuple[Running, ...]:
        return self.models

    def installed(self) -> tuple[Running, ...]:
        return self.has

    def delete(self, name: str) -> None:
        self.deleted.append(name)


@pytest.fixture
def daemon() -> Daemon:
    return Daemon()


@pytest.fixture
def desk(tmp_path: Path, daemon: Daemon) -> Iterator[LibraryDesk]:
    with LibraryDesk(tmp_path / "home", daemon=daemon) as desk:
        yield desk


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_an_ollama_model_goes_with_the_blobs_that_nobody_needs(desk: LibraryDesk, tmp_path: Path) -> None:
    weights, eye = gguf(tmp_path / "w.gguf"), gguf(tmp_path / "eye.gguf", seed=1)
    desk.put_ollama("tiny", "1b", weights, layers={"projector": eye})
    other = desk.put_ollama("other", "1b", gguf(tmp_path / "o.gguf", seed=2), host="hf.co")
    desk.rows()
    preview = desk.library.delete_preview("ollama:tiny:1b")
    assert (preview.store, preview.foreign, preview.through_daemon) == (Store.OLLAMA, True, False)
    assert "Ollama" in preview.whose and preview.keeps == ()
    assert {desk.blob(weights), desk.blob(eye)} <= set(preview.files)
    before = sum(path.stat().st_size for path in (desk.ollama / "blobs").iterdir())
    freed = desk.library.delete("ollama:tiny:1b")
    left = sum(path.stat().st_size for path in (desk.ollama / "blobs").iterdir())
    assert freed >= weights.stat().st_size + eye.stat().st_size and before - left == freed == preview.frees
    assert list(desk.rows()) == ["ollama:hf.co/library/other:1b"] and desk.rows().popitem()[1].problem == ""
    assert not (desk.ollama / "manifests" / "registry.ollama.ai").exists() and other.exists()


@pytest.mark.parametrize("name", ["tiny", "ada/tiny", "fork"])
@pytest.mark.parametrize("host", ["registry.ollama.ai", "hf.co"])
def test_blobs_that_any_other_manifest_needs_stay(
    desk: LibraryDesk, tmp_path: Path, name: str, host: str
) -> None:
    weights = gguf(tmp_path / "w.gguf")
    desk.put_ollama("tiny", "1b", weights)
    desk.put_ollama(name, "copy", weights, host=host)
    desk.rows()
    preview = desk.library.delete_preview("ollama:tiny:1b")
    assert desk.blob(weights) not in preview.files and len(preview.keeps) == 1
    assert desk.library.delete("ollama:tiny:1b") < weights.stat().st_size
    (row,) = desk.rows().values()
    assert row.problem == "" and desk.blob(weights).exists()


def test_a_content_that_is_being_downloaded_stays(desk: LibraryDesk, tmp_path: Path) -> None:
    weights = gguf(tmp_path / "w.gguf")
    manifest = desk.put_ollama("tiny", "1b", weights)
    store = OllamaStore(desk.ollama)
    store.workshop.mkdir()
    lock = FileLock(store.lock(digest(weights)))
    desk.rows()
    with lock.holding(0.0) as held:
        assert held
        with pytest.raises(AppError) as caught:
            desk.library.delete("ollama:tiny:1b")
    assert caught.value.code == "library.busy" and manifest.exists() and desk.blob(weights).exists()
    assert desk.library.delete("ollama:tiny:1b") > 0 and not desk.blob(weights).exists()


def test_an_unreadable_manifest_keeps_every_blob(desk: LibraryDesk, tmp_path: Path) -> None:
    weights = gguf(tmp_path / "w.gguf")
    manifest = desk.put_ollama("tiny", "1b", weights)
    manifest.with_name("odd").write_text('{"layers": [{"digest": "sha256:?"}]}')
    desk.rows()
    preview = desk.library.delete_preview("ollama:tiny:1b")
    assert preview.files == (manifest,) and preview.frees == 0 and preview.keeps
    desk.library.delete("ollama:tiny:1b")
    assert desk.blob(weights).exists() and not manifest.exists()
    desk.library.delete("ollama:tiny:odd")
    assert desk.rows() == {}


def test_what_runs_in_the_daemon_stays(desk: LibraryDesk, tmp_path: Path, daemon: Daemon) -> None:
    manifest = desk.put_ollama("tiny", "latest", gguf(tmp_path / "w.gguf"))
    desk.rows()
    daemon.models = (Running("tiny:latest"),)
    with pytest.raises(AppError) as caught:
        desk.library.delete("ollama:tiny:latest")
    assert caught.value.code == "library.in_use" and manifest.exists()


def test_a_store_that_cannot_be_written_is_left_to_the_daemon(
    desk: LibraryDesk, tmp_path: Path, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = desk.put_ollama("ada/tiny", "1b", gguf(tmp_path / "w.gguf"))
    desk.rows()
    monkeypatch.setattr(deleting, "_writable", lambda entry: False)  # root may write everywhere
    daemon.has = (Running("ada/tiny:1b", digest(manifest)),)
    assert desk.library.delete_preview("ollama:ada/tiny:1b").through_daemon
    desk.library.delete("ollama:ada/tiny:1b")
    assert daemon.deleted == ["ada/tiny:1b"] and manifest.exists()
    # No daemon, one that has another model by that name, and one on another machine.
    for has, url in (
        ((), daemon.url),
        ((Running("ada/tiny:1b", "e" * 64),), daemon.url),
        (daemon.has, "http://192.0.2.7:11434"),
    ):
        daemon.has, daemon.url = has, url
        assert not desk.library.delete_preview("ollama:ada/tiny:1b").through_daemon
    desk.library.delete("ollama:ada/tiny:1b")
    assert daemon.deleted == ["ada/tiny:1b"]


def test_our_own_ollama_store_is_ours(desk: LibraryDesk, tmp_path: Path) -> None:
    desk.put_ollama("tiny", "1b", gguf(tmp_path / "w.gguf"), root=desk.own_ollama)
    desk.rows()
    preview = desk.library.delete_preview("ollama:tiny:1b")
    assert not preview.foreign and "Orangery" in preview.whose
    desk.library.delete("ollama:tiny:1b")
    assert files(desk.own_ollama) == set()


def test_a_model_of_lm_studio_takes_its_projector_with_the_last_one(desk: LibraryDesk) -> None:
    base = desk.lm_studio / "acme" / "Eye-GGUF"
    one = gguf(base / "eye-Q4_0.gguf")
    two = gguf(base / "eye-Q8_0.gguf", seed=1)
    eye = gguf(base / "mmproj-f16.gguf", seed=2)
    rows = desk.rows()
    preview = desk.library.delete_preview(str(one))
    assert preview.files == (one,) and preview.foreign and "LM Studio" in preview.whose
    assert rows[str(one)].projector == eye
    desk.library.delete(str(one))
    assert set(desk.library.delete_preview(str(two)).files) == {two, eye}
    desk.library.delete(str(two))
    assert desk.lm_studio.exists() and not (desk.lm_studio / "acme").exists()


def test_jan_and_llama_cpp_leave_no_notes_behind(desk: LibraryDesk) -> None:
    jan = gguf(desk.jan / "x" / "y" / "model.gguf")
    (jan.parent / "model.yml").write_text(f"model_path: {jan}\nname: y\n")
    cached = gguf(desk.llama_cpp / "a_b_c-Q8_0.gguf", seed=1)
    (desk.llama_cpp / f"{cached.name}.etag").write_text("x")
    (desk.llama_cpp / "other.json").write_text("{}")
    for model_id in desk.rows():
        desk.library.delete(model_id)
    assert files(desk.jan) == set() and files(desk.llama_cpp) == {"other.json"}


def test_shared_bytes_are_not_counted_as_freed(desk: LibraryDesk, tmp_path: Path) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    twin = path.with_name("two-Q8_0.gguf")
    os.link(path, twin)
    pointer = desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf", seed=1))
    os.link(pointer.resolve(), tmp_path / "elsewhere.gguf")
    rows = desk.rows()
    for model_id in (str(path), "hf:acme/T-GGUF/t-Q8_0.gguf"):
        preview = desk.library.delete_preview(model_id)
        assert preview.frees == 0 and preview.keeps and rows[model_id].size > 0
        assert desk.library.delete(model_id) == 0
    assert twin.exists() and (tmp_path / "elsewhere.gguf").exists()


def test_a_link_goes_and_what_it_leads_to_stays(desk: LibraryDesk, tmp_path: Path) -> None:
    pointer = desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    link = desk.lm_studio / "acme" / "T-GGUF" / "t-Q8_0.gguf"
    link.parent.mkdir(parents=True)
    link.symlink_to(pointer.resolve())
    assert desk.rows()[str(link)].shared
    assert desk.library.delete(str(link)) == 0
    assert pointer.exists() and not link.is_symlink()


def test_links_of_other_programs_that_would_lead_to_nothing_are_named(
    desk: LibraryDesk, tmp_path: Path
) -> None:
    weights = gguf(tmp_path / "w.gguf")
    pointer = desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", weights)
    desk.put_ollama("tiny", "1b", weights)
    one, two = desk.lm_studio / "a" / "b" / "one.gguf", desk.lm_studio / "a" / "b" / "two.gguf"
    one.parent.mkdir(parents=True)
    one.symlink_to(pointer.resolve())
    two.symlink_to(desk.blob(weights))
    desk.rows()
    for model, link in ((desk.row(pointer).id, one), ("ollama:tiny:1b", two)):
        (sentence,) = desk.library.delete_preview(model).keeps
        assert str(link) in sentence
    assert desk.library.delete_preview(str(one)).keeps == ()


def test_an_added_file_can_be_taken_off_the_list_or_deleted(desk: LibraryDesk, tmp_path: Path) -> None:
    one, two = gguf(tmp_path / "one-Q8_0.gguf"), gguf(tmp_path / "two-Q8_0.gguf", seed=1)
    for path in (one, two):
        desk.library.add_file(path)
    assert desk.library.delete_preview(str(one)).listed
    desk.library.remove_file(one)
    desk.library.delete(str(two))
    assert one.exists() and not two.exists() and desk.rows() == {}
    assert desk.records.added_files() == ()


def test_what_another_orangery_has_loaded_stays(desk: LibraryDesk, tmp_path: Path) -> None:
    pointer = desk.put_hub("acme/T-GGUF", "t-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    model, bus = desk.row(pointer).id, EventBus()
    other = Marks(bus)
    for ended in (ModelState.UNLOADED, ModelState.FAILED, None):
        bus.publish(ModelChanged(str(pointer), ModelState.READY, 1.0))
        bus.publish(ModelChanged(str(pointer), ModelState.READY, 1.0))
        for action in (desk.library.delete, lambda m: desk.library.move(m, tmp_path / "new")):
            with pytest.raises(AppError) as caught:
                action(model)
            assert caught.value.code == "library.in_use" and pointer.exists()
        if ended is not None:
            bus.publish(ModelChanged(str(pointer), ended))
            assert desk.library.move_preview(model, tmp_path / "new")
    other.close()
    desk.library.delete(model)
    assert not pointer.is_symlink()


def test_what_cannot_be_deleted_says_why(desk: LibraryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    desk.rows()
    for model_id, code in (("starter", "library.not_ours"), ("x", "library.not_found")):
        for call in (desk.library.delete_preview, desk.library.delete):
            with pytest.raises(AppError) as caught:
                call(model_id)
            assert caught.value.code == code
    desk.loaded.add(path)
    with pytest.raises(AppError) as caught:
        desk.library.delete(str(path))
    assert caught.value.code == "library.in_use"
    desk.loaded.clear()

    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(AppError) as caught:
        desk.library.delete(str(path))
    assert caught.value.code == "library.delete" and path.exists()
