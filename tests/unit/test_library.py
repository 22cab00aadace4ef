"""The library: what it lists, finds, deletes and remembers. Fault 39 (links); bad files never raise."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import scan_cache_dir
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.downloads.jobs import done, new_job
from backend.downloads.types import DownloadRequest
from backend.errors import AppError
from backend.events import Event, EventBus, JobChanged, LibraryChanged
from backend.hubs.choosing import usual
from backend.hubs.types import QuantFile, RemoteFile, Source
from backend.library.finding import find
from backend.library.library import Library
from backend.library.types import LibraryModel
from backend.locks import FileLock
from backend.store.database import Database
from backend.store.models import ModelRepository
from tests.support.tiny_gguf import tiny_llama, tiny_split

OLD, NEW = "a" * 40, "b" * 40


class Shelf:
    """A hub cache to fill, and the library over it."""

    def __init__(self, home: Path) -> None:
        self.root = home / "hub"
        self.home = home
        self.database = Database(home / "test.sqlite3")
        self.store = ModelRepository(self.database)
        self.bus = EventBus()
        self.events: list[Event] = []
        self.bus.subscribe(self.events.append)
        self.loaded: set[Path] = set()
        self.starter = tiny_llama(home / "starter-q8_0.gguf", name="Starter")
        self.library = self.open()

    def open(self) -> Library:
        return Library(
            self.store,
            self.root,
            self.bus,
            cache_dir=self.home / "cache",
            starter=self.starter,
            in_use=self.loaded.__contains__,
        )

    def put(
        self, repo: str, path: str, content: Path | bytes, commit: str = NEW, *, main: bool = True
    ) -> Path:
        """Add a file to the cache as the hub's own client would."""
        folder = self.root / f"models--{repo.replace('/', '--')}"
        data = content if isinstance(content, bytes) else content.read_bytes()
        blob = folder / "blobs" / hashlib.sha256(data).hexdigest()
        blob.parent.mkdir(parents=True, exist_ok=True)
        blob.write_bytes(data)
        pointer = folder / "snapshots" / commit / path
        pointer.parent.mkdir(parents=True, exist_ok=True)
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
        if main:
            (folder / "refs").mkdir(exist_ok=True)
            (folder / "refs" / "main").write_text(commit)
        return pointer

    def ids(self) -> list[str]:
        return [row.id for row in self.library.rescan()]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.database.close()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_llama(tmp_path_factory.mktemp("model") / "tiny.gguf")


# Listing


def test_an_empty_cache_still_has_the_starter(shelf: Shelf) -> None:
    (row,) = shelf.library.models()
    assert (row.id, row.source, row.owner, row.problem) == ("starter", Source.BUNDLED, "Orangery", "")
    assert row.architecture == "llama" and row.path == shelf.starter


def test_a_model_is_listed_with_what_its_header_says(shelf: Shelf, model: Path) -> None:
    path = shelf.put("acme/Tiny-1B-GGUF", "sub/tiny-Q4_K_M.gguf", model)
    starter, row = shelf.library.models()
    assert starter.id == "starter"
    assert row.id == "hf:acme/Tiny-1B-GGUF/sub/tiny-Q4_K_M.gguf"
    assert (row.name, row.owner, row.quant, row.path) == ("Tiny-1B", "acme", "Q4_K_M", path)
    assert (row.architecture, row.context_length, row.problem) == ("llama", 512, "")
    assert row.parameters is not None and row.parameters > 10_000
    assert (row.size, row.commit) == (model.stat().st_size, NEW)
    assert row.sha256 == hashlib.sha256(model.read_bytes()).hexdigest() and not row.verified


def test_only_a_file_that_was_checked_here_and_is_unchanged_counts_as_verified(
    shelf: Shelf, model: Path
) -> None:
    path = shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    real = path.resolve()
    shelf.store.note_verified(str(real), real.stat().st_size, real.stat().st_mtime_ns, real.name)
    assert shelf.library.rescan()[1].verified
    os.utime(real, ns=(1, 1))
    assert not shelf.library.rescan()[1].verified


def test_adapters_and_projectors_are_told_apart_and_other_files_left_out(
    shelf: Shelf, model: Path, tmp_path: Path
) -> None:
    shelf.put("acme/Tiny-GGUF", "tiny-Q8_0.gguf", model)
    shelf.put("acme/Tiny-GGUF", "mmproj-tiny-F16.gguf", model)
    shelf.put("acme/Tiny-GGUF", "config.json", b"{}")
    lora = tiny_llama(tmp_path / "x.gguf", extra={"general.type": "adapter"})
    shelf.put("acme/Tiny-GGUF", "oddly-named.gguf", lora)
    (shelf.root / "datasets--acme--data").mkdir()
    (shelf.root / "version.txt").write_text("1")
    _, adapter, row = shelf.library.rescan()
    assert (adapter.id, adapter.kind) == ("hf:acme/Tiny-GGUF/oddly-named.gguf", "adapter")
    assert (row.id, row.kind) == ("hf:acme/Tiny-GGUF/tiny-Q8_0.gguf", "model")
    assert row.projector is not None and row.projector.name == "mmproj-tiny-F16.gguf"
    assert shelf.library.find("acme/Tiny-GGUF") == row
    row.path.unlink()
    adapter.path.unlink()
    assert [r.kind for r in shelf.library.rescan()[1:]] == ["projector"]


def test_a_shard_set_is_one_row_and_a_missing_part_is_named(shelf: Shelf, tmp_path: Path) -> None:
    parts = tiny_split(tmp_path, "big-Q8_0", parts=3)
    for part in parts:
        shelf.put("acme/Big-GGUF", part.name, part)
    row = shelf.library.rescan()[1]
    assert (row.id, len(row.parts), row.problem) == ("hf:acme/Big-GGUF/big-Q8_0-00001-of-00003.gguf", 3, "")
    assert row.size == sum(part.stat().st_size for part in parts)
    assert row.architecture == "llama"
    row.parts[1].unlink()
    row = shelf.library.rescan()[1]
    assert "big-Q8_0-00002-of-00003.gguf" in row.problem and len(row.parts) == 2


def test_the_snapshot_of_main_wins(shelf: Shelf, model: Path, tmp_path: Path) -> None:
    other = tiny_llama(tmp_path / "other.gguf", context_length=64)
    shelf.put("acme/Tiny-GGUF", "tiny.gguf", other, OLD)
    shelf.put("acme/Tiny-GGUF", "tiny.gguf", model, NEW)
    shelf.put("acme/Tiny-GGUF", "only-old.gguf", other, OLD, main=False)
    rows = {row.path.name: row for row in shelf.library.rescan()[1:]}
    assert {name: row.commit for name, row in rows.items()} == {"tiny.gguf": NEW, "only-old.gguf": OLD}


@pytest.mark.parametrize(
    "content", [b"", b"GGUF", b"<!DOCTYPE html>", b"\0" * 100, b"GGUF" + b"\xff" * 200, "truncated"]
)
def test_a_bad_file_is_listed_with_its_problem(shelf: Shelf, model: Path, content: bytes | str) -> None:
    data = content if isinstance(content, bytes) else model.read_bytes()[:5000]
    shelf.put("acme/Bad-GGUF", "bad-Q4_0.gguf", data)
    row = shelf.library.rescan()[1]
    assert len(row.problem) > 10


def test_links_out_of_the_cache_and_to_nothing_are_never_opened(shelf: Shelf, model: Path) -> None:
    path = shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    (path.parent / "out.gguf").symlink_to(model)
    (path.parent / "gone.gguf").symlink_to("../../blobs/" + "c" * 64)
    (path.parent / "loop.gguf").symlink_to("loop.gguf")
    outside = shelf.home / "outside"
    outside.mkdir()
    shutil.copy(model, outside / "inner.gguf")
    (path.parent / "folder").symlink_to(outside)
    rows = {row.path.name: row for row in shelf.library.rescan()[1:]}
    assert set(rows) == {"tiny.gguf", "out.gguf", "gone.gguf", "loop.gguf"}
    assert not rows["tiny.gguf"].problem
    assert all(rows[name].problem and rows[name].architecture is None for name in rows if name != "tiny.gguf")


def test_headers_are_read_once(shelf: Shelf, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    before = shelf.library.models()
    monkeypatch.setattr("backend.library.facts.read_header", lambda path: pytest.fail("read again"))
    assert shelf.open().models() == before


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"version": 1}', '{"version": 2}', '{"version": 2, "rows": {"x": 3}}', "\xff"],
)
def test_a_damaged_memory_of_headers_does_no_harm(shelf: Shelf, model: Path, text: str) -> None:
    shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    (shelf.home / "cache").mkdir()
    (shelf.home / "cache" / "library.json").write_text(text, encoding="latin-1")
    assert shelf.open().models()[1].architecture == "llama"
    assert json.loads((shelf.home / "cache" / "library.json").read_text())["version"] == 2


def test_a_finished_download_makes_the_rows_stale(shelf: Shelf, model: Path) -> None:
    assert len(shelf.library.models()) == 1
    path = shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    assert len(shelf.library.models()) == 1  # nobody said so
    request = DownloadRequest("acme/Tiny-GGUF", NEW, QuantFile("Q", (RemoteFile("tiny.gguf", 1),)))
    shelf.bus.publish(JobChanged(done(new_job(request, 1), path)))
    shelf.library.refresh()  # makes nothing fresh
    shelf.events.clear()
    assert len(shelf.library.models()) == 2
    assert shelf.events == [LibraryChanged()]  # the others hear of it too
    assert len(shelf.library.rescan()) == 2 and len(shelf.events) == 1


def test_a_rescan_tells_only_of_changes(shelf: Shelf, model: Path) -> None:
    shelf.library.models()
    shelf.library.rescan()
    assert shelf.events == []
    shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    shelf.library.rescan()
    assert shelf.events == [LibraryChanged()]


def test_use_and_speed_are_remembered(shelf: Shelf) -> None:
    shelf.library.note_use("starter", 42.0)
    shelf.library.note_use("starter")
    row = shelf.open().models()[0]
    assert row.tokens_per_second == 42.0 and row.used is not None
    assert shelf.library.models()[0] == row


# Finding


def rows() -> list[LibraryModel]:
    def row(repo: str, file: str, quant: str) -> LibraryModel:
        owner, name = repo.split("/")
        return LibraryModel(
            id=f"hf:{repo}/{file}",
            name=name.removesuffix("-GGUF"),
            owner=owner,
            source=Source.HUGGING_FACE,
            path=Path("/cache") / file,
            size=1,
            quant=quant,
            repo_id=repo,
        )

    return [
        row("acme/Tiny-1B-GGUF", "tiny-1b-Q8_0.gguf", "Q8_0"),
        row("acme/Tiny-1B-GGUF", "tiny-1b-Q4_K_M.gguf", "Q4_K_M"),
        row("other/Tiny-1B-GGUF", "tiny-1b-Q6_K.gguf", "Q6_K"),
        row("acme/Grande-7B-GGUF", "deep/grande-IQ4_XS.gguf", "IQ4_XS"),
    ]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("hf:acme/Tiny-1B-GGUF/tiny-1b-Q8_0.gguf", 0),
        ("HF:ACME/tiny-1b-gguf/TINY-1B-q8_0.GGUF", 0),
        ("hf:acme/Tiny-1B-GGUF", 1),
        ("acme/Tiny-1B-GGUF", 1),
        ("hf:acme/Tiny-1B-GGUF:q8_0", 0),
        ("acme/tiny-1b-gguf:Q8_0", 0),
        ("https://huggingface.co/acme/Tiny-1B-GGUF", 1),
        ("other/Tiny-1B-GGUF", 2),
        ("tiny-1b-Q6_K", 2),
        ("tiny-1b-q6_k.gguf", 2),
        ("grande", 3),
        ("Grande-7B", 3),
        ("grande-7b:iq4_xs", 3),
        ("acme/grande", 3),
    ],
)
def test_people_write_models_in_many_ways(spec: str, expected: int) -> None:
    assert find(spec, rows()) == rows()[expected]


def test_a_name_of_several_models_lists_them() -> None:
    with pytest.raises(AppError) as caught:
        find("tiny", rows())
    assert caught.value.code == "library.ambiguous"
    assert "hf:other/Tiny-1B-GGUF/tiny-1b-Q6_K.gguf" in caught.value.hint


@pytest.mark.parametrize("spec", ["grnade-7b", "7B", "hf:acme/Grande-8B-GGUF", "hf:acme/Grande-7B-GGUF:Q2_K"])
def test_an_unknown_name_offers_near_ones(spec: str) -> None:
    with pytest.raises(AppError) as caught:
        find(spec, rows())
    assert caught.value.code == "library.not_found"
    assert spec in caught.value.title and "Grande-7B" in caught.value.hint


@settings(deadline=None)
@given(st.text(max_size=50))
def test_no_text_does_anything_but_find_or_say_why(spec: str) -> None:
    try:
        assert find(spec, rows()) in rows()
    except AppError as error:
        assert error.code in ("library.not_found", "library.ambiguous")


def test_a_broken_quantization_is_not_chosen_over_a_good_one() -> None:
    broken = [replace(row, problem="x") if row.quant == "Q4_K_M" else row for row in rows()]
    assert find("hf:acme/Tiny-1B-GGUF", broken).quant == "Q8_0"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Q8_0", "Q4_K_M", "Q2_K"], "Q4_K_M"),
        (["Q8_0", "Q5_K_M", "Q2_K"], "Q5_K_M"),
        (["F16", "IQ4_XS", "Q3_K_S"], "IQ4_XS"),
        (["unknown", "F16"], "F16"),
        (["unknown"], "unknown"),
        ([], None),
    ],
)
def test_the_usual_quantization(labels: list[str], expected: str | None) -> None:
    assert usual(labels, str) == expected


def test_paths_are_found_in_and_outside_the_cache(shelf: Shelf, model: Path, tmp_path: Path) -> None:
    path = shelf.put("acme/Tiny-GGUF", "tiny-Q8_0.gguf", model)
    assert shelf.library.find(str(path)).id == "hf:acme/Tiny-GGUF/tiny-Q8_0.gguf"
    assert shelf.library.find(str(path.resolve())).id == "hf:acme/Tiny-GGUF/tiny-Q8_0.gguf"
    mine = tmp_path / "My-Model-Q4_0.gguf"
    shutil.copy(model, mine)
    row = shelf.library.find(str(mine))
    assert (row.id, row.source, row.name, row.quant) == (str(mine), Source.FOLDER, "My-Model", "Q4_0")
    assert shelf.library.find(" STARTER ").id == "starter"
    for missing in (str(tmp_path / "missing.gguf"), "~nobody-of-that-name/x.gguf", f"/{'x' * 300}.gguf"):
        with pytest.raises(AppError) as caught:
            shelf.library.find(missing)
        assert caught.value.code == "library.no_file"
    with pytest.raises(AppError) as caught:
        shelf.library.find(f"{'x' * 300}.gguf")
    assert caught.value.code == "library.not_found"


def test_a_model_that_another_program_just_fetched_is_found(shelf: Shelf, model: Path) -> None:
    shelf.library.models()
    shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    assert shelf.library.find("tiny").repo_id == "acme/Tiny-GGUF"


# Deleting


def test_deleting_the_only_model_leaves_no_trace(shelf: Shelf, model: Path) -> None:
    shelf.put("acme/Tiny-GGUF", "sub/tiny.gguf", model)
    assert shelf.library.delete(shelf.ids()[1]) == model.stat().st_size
    assert shelf.ids() == ["starter"]
    assert list(shelf.root.glob("models--*")) == []
    assert isinstance(shelf.events[-1], LibraryChanged)


def test_what_others_need_stays(shelf: Shelf, model: Path, tmp_path: Path) -> None:
    other = tiny_llama(tmp_path / "other.gguf", context_length=64)
    shelf.put("acme/Tiny-GGUF", "tiny.gguf", model, OLD, main=False)
    keep = shelf.put("acme/Tiny-GGUF", "same-content.gguf", model, NEW)
    gone = shelf.put("acme/Tiny-GGUF", "other.gguf", other, NEW)
    assert shelf.library.delete(next(i for i in shelf.ids() if "other" in i)) == other.stat().st_size
    assert not gone.is_symlink()
    assert shelf.library.delete(next(i for i in shelf.ids() if "same-content" in i)) == 0
    assert not keep.is_symlink()
    assert shelf.ids() == ["starter", "hf:acme/Tiny-GGUF/tiny.gguf"]
    info = scan_cache_dir(shelf.root)  # no reference points to the snapshot that is gone
    assert not info.warnings and info.size_on_disk == model.stat().st_size
    assert shelf.library.delete("hf:acme/Tiny-GGUF/tiny.gguf") == model.stat().st_size


def test_a_whole_shard_set_goes(shelf: Shelf, tmp_path: Path) -> None:
    parts = tiny_split(tmp_path, "big", parts=3)
    for part in parts:
        shelf.put("acme/Big-GGUF", part.name, part)
    assert shelf.library.delete(shelf.ids()[1]) == sum(part.stat().st_size for part in parts)
    assert list(shelf.root.glob("models--*")) == []


def test_the_starter_foreign_files_and_loaded_models_are_not_deleted(shelf: Shelf, model: Path) -> None:
    path = shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    model_id = shelf.ids()[1]
    shelf.loaded.add(path)
    for wanted, code in (
        ("starter", "library.not_ours"),
        (model_id, "library.in_use"),
        ("x", "library.not_found"),
    ):
        with pytest.raises(AppError) as caught:
            shelf.library.delete(wanted)
        assert caught.value.code == code
    assert shelf.starter.exists() and path.exists()


def test_a_link_out_of_the_cache_is_deleted_but_not_what_it_leads_to(shelf: Shelf, model: Path) -> None:
    path = shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    (path.parent / "out.gguf").symlink_to(model)
    shelf.ids()
    assert shelf.library.delete("hf:acme/Tiny-GGUF/out.gguf") == 0
    assert model.exists() and path.exists()


def test_a_file_that_is_being_written_is_not_deleted(shelf: Shelf, model: Path) -> None:
    path = shelf.put("acme/Tiny-GGUF", "tiny.gguf", model)
    lock_path = shelf.root / ".locks" / "models--acme--Tiny-GGUF" / f"{path.resolve().name}.lock"
    lock_path.parent.mkdir(parents=True)
    lock = FileLock(lock_path)
    assert lock.acquire()
    with pytest.raises(AppError) as caught:
        shelf.library.delete(shelf.ids()[1])
    assert caught.value.code == "library.busy" and path.exists()
    lock.release()
