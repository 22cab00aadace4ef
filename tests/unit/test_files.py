"""Files that are replaced as a whole. Fault 39 (planted links are not followed), parallel writers, locks."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend import locks
from backend.files import remove_drafts, write_atomically
from backend.locks import FileLock


def test_writers_side_by_side_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "main"

    def write(letter: str) -> None:
        for _ in range(100):
            write_atomically(path, letter.encode() * 1000, durable=False)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, "abcdef"))
    text = path.read_text()
    assert len(text) == 1000 and len(set(text)) == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("old")
    path = tmp_path / "settings.json"
    path.symlink_to(precious)
    write_atomically(path, b"new")
    assert (precious.read_text(), path.read_text(), path.is_symlink()) == ("old", "new", False)


def test_a_write_that_fails_leaves_the_old_content_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(OSError):
        write_atomically(folder, b"a file cannot take the place of a folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    path.write_text("{}")
    (tmp_path / "journal.json.12-34.tmp").write_text("{")
    other = tmp_path / "other.json.12-34.tmp"
    other.write_text("{")
    remove_drafts(path)
    assert sorted(tmp_path.iterdir()) == [path, other]


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be deleted on Windows")
def test_a_lock_whose_file_was_deleted_meanwhile_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some versions of the lock library that the hub's own client uses delete the file on release."""
    path = tmp_path / "x.lock"
    lock_file, left = locks._lock, [path]

    def lock(handle: int, shared: bool) -> None:
        if left:  # the owner before let go between our opening and our locking
            left.pop().unlink()
        lock_file(handle, shared)

    monkeypatch.setattr(locks, "_lock", lock)
    first, second = FileLock(path), FileLock(path)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()
