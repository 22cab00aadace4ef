"""Verifying, comparing, sharing and moving models. Faults 42, 45."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.activities.runner import Step
from backend.activities.types import ActivityState
from backend.engines.types import Sampling
from backend.errors import AppError
from backend.library import moving, sharing
from backend.library.hashing import Hashed
from backend.library.library import Library
from backend.library.types import Store
from backend.store.chats import ChatRepository
from tests.support.library_desk import LibraryDesk, digest, gguf


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LibraryDesk]:
    with LibraryDesk(tmp_path / "home") as desk:
        yield desk


def flip(path: Path) -> None:
    """Bit rot: another byte, the same size and time."""
    found = path.stat()
    with path.open("r+b") as file:
        file.seek(-5, os.SEEK_END)
        byte = file.read(1)
        file.seek(-5, os.SEEK_END)
        file.write(bytes([byte[0] ^ 1]))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


# Verifying


def test_verifying_compares_with_the_promise(desk: LibraryDesk, tmp_path: Path) -> None:
    pointer = desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    desk.put_ollama("tiny", "1b", gguf(tmp_path / "v.gguf", seed=1))
    rows = desk.rows()
    assert not any(row.verified for row in rows.values())
    for activity in desk.library.verify(list(rows)):
        assert desk.done(activity).state is ActivityState.DONE
    assert all(row.verified for row in desk.rows().values())
    flip(pointer.resolve())
    (activity,) = desk.library.verify(["hf:acme/Tiny-GGUF/tiny-Q8_0.gguf"])
    row = desk.done(activity)
    assert (row.state, row.error_code) == (ActivityState.FAILED, "library.damaged")
    assert pointer.resolve().name in row.error_detail and digest(pointer) in row.error_detail
    assert "download it again" in row.error_hint
    damaged = desk.row(pointer)
    assert damaged.problem and not damaged.verified
    assert next(row for row in desk.open().models() if row.path == pointer).problem  # also after a restart


def test_without_a_promise_the_first_digest_is_remembered(desk: LibraryDesk) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    (activity,) = desk.library.verify([desk.row(path).id])
    assert "remembered" in desk.done(activity).note
    assert (desk.row(path).verified, desk.row(path).sha256) == (True, digest(path))
    flip(path)
    (activity,) = desk.library.verify([desk.row(path).id])
    assert desk.done(activity).error_code == "library.damaged"
    assert desk.row(path).problem
    # Asking again does not make it good, nor does a restart.
    (activity,) = desk.library.verify([desk.row(path).id])
    assert desk.done(activity).error_code == "library.damaged"
    assert next(row for row in desk.open().models() if row.path == path).damaged
    gguf(path.with_name("two-Q8_0.gguf"))
    desk.library.rescan()
    assert desk.done(desk.library.compare()).state is ActivityState.DONE
    assert desk.row(path).damaged
    with pytest.raises(AppError):
        desk.library.move(desk.row(path).id, desk.home / "new")
    flip(path)  # a good copy is back
    (activity,) = desk.library.verify([desk.row(path).id])
    assert desk.done(activity).state is ActivityState.DONE and desk.row(path).problem == ""


def test_a_file_that_was_replaced_is_no_damage(desk: LibraryDesk) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    (activity,) = desk.library.verify([desk.row(path).id])
    desk.done(activity)
    gguf(path, seed=1)
    os.utime(path, ns=(1, 1))
    (activity,) = desk.library.verify([desk.row(path).id])
    assert desk.done(activity).state is ActivityState.DONE and desk.row(path).sha256 == digest(path)


def test_what_is_not_whole_or_gone_is_said(desk: LibraryDesk) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "part-Q8_0-00001-of-00002.gguf")
    gone = gguf(desk.lm_studio / "a" / "c" / "gone-Q8_0.gguf", seed=1)
    part, model = desk.row(path).id, desk.row(gone).id
    gone.unlink()
    codes = [desk.done(activity).error_code for activity in desk.library.verify([part, model])]
    assert codes == ["library.incomplete", "library.not_found"]
    with pytest.raises(AppError):
        desk.library.verify(["nothing"])


# The same weights


def test_equal_weights_in_three_stores_are_found_by_name(desk: LibraryDesk, tmp_path: Path) -> None:
    weights = gguf(tmp_path / "w.gguf", size=100_000)
    desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", weights)
    desk.put_ollama("tiny", "1b", weights)
    other = gguf(desk.lm_studio / "acme" / "Tiny-GGUF" / "tiny-Q8_0.gguf", size=100_000)
    rows = desk.rows()
    hub, ollama = rows["hf:acme/Tiny-GGUF/tiny-Q8_0.gguf"], rows["ollama:tiny:1b"]
    assert hub.duplicates_of is None and ollama.duplicates_of == hub.id
    assert set(rows[str(other)].alike) == {hub.id, ollama.id} and rows[str(other)].duplicates_of is None
    named, alike = desk.library.duplicates()
    assert (named.sha256, named.hashed) == (digest(weights), False)
    assert named.reclaimable == weights.stat().st_size
    assert {row.id for row in alike.models} == {hub.id, ollama.id, str(other)} and alike.sha256 is None
    assert desk.done(desk.library.compare()).state is ActivityState.DONE
    (group,) = desk.library.duplicates()
    assert len(group.models) == 3 and group.hashed and group.reclaimable == 2 * weights.stat().st_size
    assert desk.rows()[str(other)].duplicates_of == hub.id and desk.rows()[str(other)].alike == ()


def test_many_that_look_the_same_are_one_group(desk: LibraryDesk) -> None:
    paths = [gguf(desk.lm_studio / "a" / f"{k}" / f"{k}-Q8_0.gguf", seed=k) for k in range(40)]
    desk.library.rescan()
    (group,) = desk.library.duplicates()
    assert {row.path for row in group.models} == set(paths)
    assert group.reclaimable == sum(path.stat().st_size for path in paths[1:])


def test_what_looks_the_same_may_differ(desk: LibraryDesk) -> None:
    one = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", seed=1)
    two = gguf(desk.lm_studio / "a" / "c" / "two-Q8_0.gguf", seed=2)
    longer = gguf(desk.lm_studio / "a" / "d" / "three-Q8_0.gguf", seed=2, size=9000)
    rows = desk.rows()
    assert rows[str(one)].alike == (str(two),) and rows[str(longer)].alike == ()
    desk.done(desk.library.compare())
    rows = desk.rows()
    assert rows[str(one)].alike == () and rows[str(two)].duplicates_of is None
    assert desk.library.duplicates() == ()


def copies(desk: LibraryDesk, tmp_path: Path) -> tuple[Path, Path]:
    """A blob of the hub and a file of LM Studio with the same content, hashed."""
    weights = gguf(tmp_path / "w.gguf", size=200_000)
    pointer = desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", weights)
    path = gguf(desk.lm_studio / "acme" / "Tiny" / "tiny-Q8_0.gguf", size=200_000)
    desk.library.rescan()
    desk.done(desk.library.compare())
    return pointer, path


def test_sharing_by_hard_link_frees_the_second_copy(desk: LibraryDesk, tmp_path: Path) -> None:
    pointer, path = copies(desk, tmp_path)
    blob, content = pointer.resolve(), path.read_bytes()
    (group,) = desk.library.duplicates()
    preview = desk.library.share_preview(group)
    assert (preview.keep, preview.replace, preview.frees) == (pointer, (path,), len(content))
    assert preview.way in ("hardlink", "reflink") and preview.problem == ""
    if preview.way == "hardlink":
        assert "LM Studio" in preview.warnings[0]
    row = desk.done(desk.library.share(group))
    assert row.state is ActivityState.DONE, row.error_title
    assert path.read_bytes() == content == blob.read_bytes() and pointer.is_symlink()
    if preview.way == "hardlink":
        assert path.stat().st_ino == blob.stat().st_ino
    (group,) = desk.library.duplicates()
    assert group.reclaimable == 0 and all(row.verified for row in group.models)
    assert all(row.shared for row in group.models) or preview.way == "reflink"
    preview = desk.library.share_preview(group)
    assert preview.way == "" and preview.problem
    with pytest.raises(AppError):
        desk.library.share(group)


def test_sharing_counts_only_what_really_becomes_free(desk: LibraryDesk, tmp_path: Path) -> None:
    pointer, path = copies(desk, tmp_path)
    second = path.with_name("second-Q8_0.gguf")
    os.link(path, second)
    desk.library.rescan()
    desk.done(desk.library.compare())
    desk.library.rescan()
    (group,) = desk.library.duplicates()
    assert set(desk.library.share_preview(group).replace) == {path, second}
    assert group.reclaimable == path.stat().st_size == desk.library.share_preview(group).frees
    elsewhere = tmp_path / "elsewhere.bin"
    os.link(path, elsewhere)
    (group,) = desk.library.duplicates()
    preview = desk.library.share_preview(group)
    assert (group.reclaimable, preview.frees, preview.way) == (0, 0, "") and "elsewhere" in preview.problem
    elsewhere.unlink()
    (group,) = desk.library.duplicates()
    row = desk.done(desk.library.share(group))
    assert row.state is ActivityState.DONE, row.error_title
    if desk.library.share_preview(group).way == "":
        inodes = {name.stat().st_ino for name in (pointer, path, second)}
        assert len(inodes) == 1 or desk.library.duplicates()[0].reclaimable == 0


def test_names_that_lie_are_never_shared(desk: LibraryDesk, tmp_path: Path) -> None:
    """Equal by their promised digests, different in fact."""
    weights = gguf(tmp_path / "w.gguf")
    pointer = desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", weights)
    desk.put_ollama("tiny", "1b", weights)
    flip(desk.blob(weights))
    (group,) = (desk.library.rescan(), desk.library.duplicates())[1]
    assert not group.hashed
    before = {path: path.read_bytes() for path in (pointer, desk.blob(weights))}
    row = desk.done(desk.library.share(group))
    assert row.error_code == "library.not_equal"
    assert {path: path.read_bytes() for path in before} == before
    assert pointer.resolve().stat().st_ino != desk.blob(weights).stat().st_ino
    assert desk.rows()["ollama:tiny:1b"].problem


def test_a_file_that_changes_while_it_is_shared_stays(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = copies(desk, tmp_path)
    (group,) = desk.library.duplicates()
    real = sharing.hash_file

    def hash_file(name: str, advance: object) -> Hashed:
        hashed = real(name, advance)  # type: ignore[arg-type]
        if name == str(path):
            path.write_bytes(b"GGUF new content")
        return hashed

    monkeypatch.setattr(sharing, "hash_file", hash_file)
    assert desk.done(desk.library.share(group)).error_code == "library.changed"
    assert path.read_bytes() == b"GGUF new content"
    assert not list(path.parent.glob(".*"))


@pytest.mark.parametrize("broken", ["link", "replace"])
def test_sharing_that_fails_leaves_both_files(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    pointer, path = copies(desk, tmp_path)
    (group,) = desk.library.duplicates()
    if desk.library.share_preview(group).way != "hardlink":
        pytest.skip("this file system shares extents")
    content = path.read_bytes()
    desk.library.share_preview(group)
    real = os.link

    def refuse(source: str, target: Path, **options: object) -> None:
        if sys_is_sharing():
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    def sys_is_sharing() -> bool:
        return any(row.state is ActivityState.RUNNING for row in desk.activities.rows())

    def refuse_replace(self: Path, target: Path) -> Path:
        raise OSError(errno.EIO, "Input/output error")

    if broken == "link":
        monkeypatch.setattr(os, "link", refuse)
    activity = None
    if broken == "replace":
        real_replace = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if Path(target) == path:
                return refuse_replace(self, target)
            return real_replace(self, target)

        monkeypatch.setattr(Path, "replace", replace)
    activity = desk.library.share(group)
    assert desk.done(activity).error_code == "library.share"
    assert path.read_bytes() == content == pointer.read_bytes()
    assert not list(path.parent.glob(".*"))


# Moving


def test_a_hub_model_moves_and_everything_follows(desk: LibraryDesk, tmp_path: Path) -> None:
    weights = gguf(tmp_path / "w.gguf", size=300_000)
    eye = gguf(tmp_path / "eye.gguf", seed=4)
    pointer = desk.put_hub("acme/Tiny-GGUF", "sub/tiny-Q8_0.gguf", weights)
    desk.put_hub("acme/Tiny-GGUF", "mmproj-tiny-f16.gguf", eye)
    old = "hf:acme/Tiny-GGUF/sub/tiny-Q8_0.gguf"
    desk.rows()
    desk.library.note_use(old, 42.0, memory=1234)
    chats = ChatRepository(desk.database)
    chat = chats.create("About models", old, Sampling(), None)
    target = tmp_path / "disk two"
    row = desk.done(desk.library.move(old, target))
    new = target / "acme" / "Tiny-GGUF" / "tiny-Q8_0.gguf"
    assert (row.state, row.path) == (ActivityState.DONE, str(new)), row.error_title
    assert digest(new) == digest(weights) and not pointer.is_symlink()
    assert list(desk.hub.glob("models--*")) == []
    found = desk.row(new)
    assert (found.store, found.verified, found.repo_id) == (Store.FOLDER, True, "acme/Tiny-GGUF")
    assert (found.tokens_per_second, found.memory) == (42.0, 1234)
    assert found.projector == new.with_name("mmproj-tiny-f16.gguf") and digest(found.projector) == digest(eye)
    assert chats.get(chat.id).model_id == found.id
    assert desk.settings.get().model_folders == (str(target),)
    assert [r.path for r in desk.rows().values()] == [new]
    assert not list((desk.home / "own" / "work").glob("*"))


def test_an_ollama_model_moves_and_shared_layers_stay(desk: LibraryDesk, tmp_path: Path) -> None:
    weights = gguf(tmp_path / "w.gguf")
    desk.put_ollama("tiny", "1b", weights)
    twin = desk.put_ollama("tiny", "latest", weights)
    row = desk.done(desk.library.move("ollama:tiny:1b", desk.own))
    new = desk.own / "ollama" / "tiny" / "tiny-1b-Q4_K_M.gguf"
    assert row.path == str(new) and digest(new) == digest(weights), row.error_title
    assert desk.blob(weights).exists() and twin.exists()
    assert new.stat().st_ino != desk.blob(weights).stat().st_ino  # no two stores on one file without asking
    assert set(desk.rows()) == {str(new), "ollama:tiny:latest"}
    assert desk.settings.get().model_folders == ()


def test_files_with_other_neighbours_move_with_their_folders(desk: LibraryDesk, tmp_path: Path) -> None:
    base = desk.lm_studio / "acme" / "Big-GGUF"
    parts = [gguf(base / f"big-Q4_0-0000{k}-of-00002.gguf", seed=k, size=50_000) for k in (1, 2)]
    eye = gguf(base / "mmproj-f16.gguf", seed=8)
    other = gguf(base / "other-Q8_0.gguf", seed=9)
    content = [digest(part) for part in parts]
    desk.done(desk.library.move(desk.row(parts[0]).id, tmp_path / "new"))
    moved = [tmp_path / "new" / "acme" / "Big-GGUF" / part.name for part in parts]
    assert [digest(part) for part in moved] == content and not any(part.exists() for part in parts)
    assert eye.exists() and other.exists()  # the other model needs the projector
    assert desk.row(moved[0]).projector is not None


def test_what_cannot_be_moved_says_so_before(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    model = desk.row(path).id
    (tmp_path / "taken" / "a" / "b").mkdir(parents=True)
    (tmp_path / "taken" / "a" / "b" / path.name).write_text("mine")
    desk.library.rescan()

    def code(model_id: str, folder: Path) -> str:
        with pytest.raises(AppError) as caught:
            desk.library.move(model_id, folder)
        return caught.value.code

    assert code("starter", tmp_path) == "library.not_ours"
    assert code(model, desk.lm_studio) == "library.move_same"
    assert code(model, tmp_path / "taken") == "library.exists"
    assert code("nothing", tmp_path) == "library.not_found"
    assert code(model, desk.hub / "here") == "library.move_place"
    assert code(model, desk.ollama) == "library.move_place"
    desk.loaded.add(path)
    assert code(model, tmp_path / "new") == "library.in_use"
    desk.loaded.clear()
    monkeypatch.setattr(moving, "_same_disk", lambda pair: False)
    monkeypatch.setattr(moving.check_space, "__defaults__", (frozenset(), lambda folder: 1000))
    assert code(model, tmp_path / "new") == "library.no_space"
    assert (tmp_path / "taken" / "a" / "b" / path.name).read_text() == "mine" and path.exists()


@pytest.fixture
def two_disks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every other folder lay on another disk."""
    monkeypatch.setattr(moving, "_same_disk", lambda pair: False)


@pytest.mark.usefixtures("two_disks")
def test_a_full_disk_leaves_the_old_place_and_no_rest(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", size=5_000_000)
    before, model = digest(path), desk.row(path).id
    real, written = os.write, [0]

    def write(handle: int, data: bytes) -> int:
        if str(Path(f"/proc/self/fd/{handle}").readlink()).endswith(moving.DRAFT):
            written[0] += 1
            if written[0] > 2:
                raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", write)
    row = desk.done(desk.library.move(model, tmp_path / "new"))
    assert (row.state, row.error_code) == (ActivityState.FAILED, "library.no_space")
    assert digest(path) == before and not list((tmp_path / "new").rglob("*"))
    monkeypatch.undo()
    desk.activities.retry(row.id)
    assert desk.done(row.id).state is ActivityState.DONE
    assert not path.exists()


@pytest.mark.usefixtures("two_disks")
def test_a_disk_that_writes_something_else_is_noticed(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", size=100_000)
    model = desk.row(path).id
    real = moving.hash_file

    def hash_file(name: Path, advance: object) -> Hashed:
        if str(name).endswith(moving.DRAFT):
            flip(Path(name))
        return real(name, advance)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "hash_file", hash_file)
    row = desk.done(desk.library.move(model, tmp_path / "new"))
    assert row.error_code == "library.copy"
    assert path.exists() and not list((tmp_path / "new").rglob("*"))


@pytest.mark.usefixtures("two_disks")
def test_cancelling_a_move_leaves_the_old_place_and_no_rest(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", size=3_000_000)
    model, real = desk.row(path).id, Step.advance

    def advance(self: Step, count: int) -> None:
        (row,) = desk.activities.rows()
        desk.activities.cancel(row.id)
        real(self, count)

    monkeypatch.setattr(Step, "advance", advance)
    row = desk.done(desk.library.move(model, tmp_path / "new"))
    assert row.state is ActivityState.CANCELLED
    assert path.exists() and not list((tmp_path / "new").rglob("*"))
    assert not list((desk.home / "own" / "work").glob("*"))


def test_a_file_that_appears_under_the_new_name_meanwhile_stays(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf")
    new = tmp_path / "new" / "a" / "b" / path.name
    real = moving._place

    def place(pair: moving.Pair) -> None:
        new.write_text("theirs")
        real(pair)

    monkeypatch.setattr(moving, "_place", place)
    row = desk.done(desk.library.move(desk.row(path).id, tmp_path / "new"))
    assert row.error_code == "library.copy"
    assert new.read_text() == "theirs" and path.exists()
    assert [p.name for p in new.parent.iterdir()] == [new.name]


@pytest.mark.usefixtures("two_disks")
def test_two_moves_to_one_place_do_not_touch_each_others_copies(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / "one-Q8_0.gguf", size=100_000)
    model, content, real = desk.row(path).id, digest(path), moving.hash_file
    other = moving.plan(desk.entry(model), tmp_path / "new")[0].draft

    def hash_file(name: Path, advance: object) -> Hashed:
        if not other.exists():
            other.write_text("the copy of another process")
        return real(name, advance)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "hash_file", hash_file)
    row = desk.done(desk.library.move(model, tmp_path / "new"))
    assert row.state is ActivityState.DONE, row.error_detail
    assert other.exists() and digest(Path(str(row.path))) == content


@pytest.mark.usefixtures("two_disks")
def test_a_name_as_long_as_names_can_be_moves(desk: LibraryDesk, tmp_path: Path) -> None:
    path = gguf(desk.lm_studio / "a" / "b" / ("模" * 82 + ".gguf"))
    row = desk.done(desk.library.move(desk.row(path).id, tmp_path / "new"))
    assert row.state is ActivityState.DONE, row.error_detail


def test_damage_does_not_move_along_as_verified(desk: LibraryDesk, tmp_path: Path) -> None:
    pointer = desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", gguf(tmp_path / "w.gguf"))
    promise = pointer.resolve().name
    flip(pointer.resolve())
    row = desk.done(desk.library.move(desk.row(pointer).id, tmp_path / "new"))
    assert (row.state, row.error_code) == (ActivityState.FAILED, "library.damaged")
    assert promise in row.error_detail and digest(pointer) in row.error_detail
    assert not list((tmp_path / "new").rglob("*")) and not desk.row(pointer).verified


@pytest.mark.parametrize("size", [200_000, 100_000])
def test_what_was_downloaded_anew_meanwhile_is_not_removed_as_the_old_one(
    desk: LibraryDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """A move died before it removed the old file; another version was there when it was taken up again."""
    pointer = desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", gguf(tmp_path / "w.gguf", size=100_000))
    model = desk.row(pointer).id
    real = type(desk.library).rescan

    def rescan(self: Library) -> object:
        if list((tmp_path / "new").rglob("*.gguf")) and digest(pointer) == pointer.resolve().name:
            pointer.unlink()
            desk.put_hub("acme/Tiny-GGUF", "tiny-Q8_0.gguf", gguf(tmp_path / "v.gguf", seed=1, size=size))
            monkeypatch.setattr(Library, "rescan", real)
        return real(self)

    monkeypatch.setattr(Library, "rescan", rescan)
    row = desk.done(desk.library.move(model, tmp_path / "new"))
    assert row.state is ActivityState.DONE and "stay" in row.note
    assert digest(pointer) == digest(tmp_path / "v.gguf")
    assert digest(Path(str(row.path))) == digest(tmp_path / "w.gguf")
