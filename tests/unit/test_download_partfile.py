"""The part file and its journal. Faults 15 (what a kill leaves), 16 (old journals), 39 (planted links)."""

from __future__ import annotations

import errno
import json
import os
import tempfile
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.downloads import live, partfile
from backend.downloads.partfile import Journal, PartFile, read_journal

ETAG = "ab" * 32
SIZE = 1000


def paths(folder: Path) -> tuple[Path, Path, Path]:
    part = f"{ETAG}.orangery.part"
    return folder / part, folder / f"{part}.json", folder / f"{part}.live"


def opened(folder: Path, size: int = SIZE, checkpoint: int = 100) -> PartFile:
    return PartFile(*paths(folder)[:2], ETAG, size, checkpoint_bytes=checkpoint)


def test_what_was_checkpointed_is_there_again_and_no_more(tmp_path: Path) -> None:
    part = opened(tmp_path, checkpoint=10_000)
    part.write(0, b"a" * 300)
    part.checkpoint()
    part.write(300, b"b" * 50)  # never journalled: this run "dies" here
    again = opened(tmp_path)
    assert (again.contiguous, again.have) == (300, 300)
    again.close()
    part.close()


@pytest.mark.parametrize("noted", [True, False])
def test_a_kill_loses_at_most_two_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: bool
) -> None:
    if not noted:  # as on systems that do not tell one start from another
        monkeypatch.setattr(live, "boot_id", lambda: "")
    part = opened(tmp_path, size=100_000, checkpoint=1000)
    for at in range(0, 50_000, 250):
        part.write(at, b"x" * 250)
        journal = read_journal(paths(tmp_path)[1])
        synced = journal.ranges[0][1] if journal and journal.ranges else 0
        assert part.have - synced <= 2 * 1000
    part.close()


def test_bytes_that_a_failed_sync_may_have_lost_are_never_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system reports lost writes once; a sync after that succeeds though they are not on the disk."""
    part = opened(tmp_path, checkpoint=10_000)
    part.write(0, b"a" * 300)
    part.checkpoint()
    part.write(300, b"b" * 700)
    with monkeypatch.context() as failing:
        failing.setattr(os, "fdatasync", fail, raising=False)
        with pytest.raises(OSError, match="lost"):
            part.checkpoint()
    with pytest.raises(OSError, match="did not reach the disk"):
        part.publish(tmp_path / "final")
    part.close()
    assert not (tmp_path / "final").exists()
    again = opened(tmp_path)
    assert again.ranges == ((0, 300),)
    again.close()


def fail(handle: int) -> None:
    raise OSError(errno.EIO, "lost")


def test_no_more_than_two_syncs_worth_of_bytes_wait_for_a_slow_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    waiting = threading.Event()
    result = Future.result

    def slow(handle: int) -> None:
        waiting.wait(20)
        order.append("synced")

    def wait(flush: Future[None], timeout: float | None = None) -> None:
        waiting.set()
        result(flush, timeout)

    monkeypatch.setattr(partfile, "SYNC_BYTES", 200)
    monkeypatch.setattr(os, "fdatasync", slow, raising=False)
    monkeypatch.setattr(Future, "result", wait)
    part = opened(tmp_path)
    for at in range(0, 700, 100):
        part.write(at, b"x" * 100)
        order.append("written")
    part.close()
    assert order.index("synced") <= 6


def test_a_kill_costs_no_synced_write_while_the_machine_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is known at once; after a restart of the machine only what was synced counts."""
    part = opened(tmp_path, size=100_000, checkpoint=1000)
    part.checkpoint()
    monkeypatch.setattr(PartFile, "_sync", lambda self, journal: None)  # the disk is busy
    for at in range(0, 50_000, 250):
        part.write(at, b"x" * 250)
        journal = read_journal(paths(tmp_path)[1])
        noted = journal.ranges[0][1] if journal and journal.ranges else 0
        assert part.have - noted <= 1000
    monkeypatch.setattr(live, "boot_id", lambda: "another start")
    journal = read_journal(paths(tmp_path)[1])
    assert journal is not None and journal.ranges == ()
    part.close()


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_no_note_bytes_raise(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        part, journal, note = paths(Path(name))
        part.write_bytes(b"x")
        note.write_bytes(data)
        assert read_journal(journal) is None


def test_a_note_about_another_part_is_worth_nothing(tmp_path: Path) -> None:
    part = opened(tmp_path)
    part.write(0, b"a" * 500)
    path, journal, _ = paths(tmp_path)
    noted = read_journal(journal)
    assert noted is not None and noted.ranges == ((0, 500),)
    part.checkpoint()
    journal.unlink()
    path.rename(tmp_path / "moved")
    path.write_bytes(b"b" * 500)
    assert read_journal(journal) is None
    part.close()


def test_ranges_may_come_in_any_order(tmp_path: Path) -> None:
    part = opened(tmp_path)
    part.write(600, b"d" * 400)
    part.write(0, b"a" * 200)
    assert (part.have, part.contiguous, part.complete) == (600, 200, False)
    part.write(200, b"b" * 400)
    assert part.complete
    part.publish(tmp_path / "final")
    assert (tmp_path / "final").read_bytes() == b"a" * 200 + b"b" * 400 + b"d" * 400
    assert [path.name for path in tmp_path.iterdir()] == ["final"]


def test_a_journal_of_schema_version_1_is_taken_up(tmp_path: Path) -> None:
    """Written by the first release; this text must never have to change."""
    part, journal, _ = paths(tmp_path)
    part.write_bytes(b"x" * 400)
    journal.write_text(
        '{"version": 1, "etag": "' + ETAG + '", "size": 1000, "ranges": [[0, 300]], "validator": "\\"v\\""}'
    )
    taken = opened(tmp_path)
    assert (taken.contiguous, taken.validator) == (300, '"v"')
    taken.close()


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"etag": "cd" * 32},
        {"size": 999},
        {"ranges": [[0, 2000]]},
        {"ranges": [[300, 100]]},
        {"ranges": [[0, 500]]},  # more than the part file has
        {"ranges": [[-5, 100]]},
        {"ranges": "all"},
        {"ranges": [[0, 100], [50, 200]]},
        {"validator": None, "ranges": None},
    ],
)
def test_a_journal_that_does_not_fit_is_worth_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    part, journal, _ = paths(tmp_path)
    part.write_bytes(b"x" * 400)
    good = {"version": 1, "etag": ETAG, "size": SIZE, "ranges": [[0, 300]], "validator": ""}
    journal.write_text(json.dumps({**good, **change}))
    fresh = opened(tmp_path)
    assert fresh.have == 0
    assert part.stat().st_size == 0
    fresh.close()


@given(st.binary(max_size=300))
def test_no_journal_bytes_raise(data: bytes) -> None:
    assert Journal.load(data) is None or json.loads(data)["version"] == 1


@given(
    st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x))
)
def test_no_journal_value_raises(value: object) -> None:
    raw = {"version": 1, "etag": ETAG, "size": 10, "ranges": value, "validator": ""}
    journal = Journal.load(json.dumps(raw).encode())
    assert journal is None or all(0 <= a < b <= 10 for a, b in journal.ranges)


@settings(deadline=None, max_examples=40)  # it syncs to a real disk
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 10)), max_size=25))
def test_ranges_are_exactly_the_bytes_written(writes: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        part = PartFile(*paths(Path(folder))[:2], ETAG, 100, checkpoint_bytes=1 << 30)
        written: set[int] = set()
        for offset, count in writes:
            part.write(offset, b"x" * count)
            written |= set(range(offset, offset + count))
        assert part.have == len(written)
        assert part.contiguous not in written and set(range(part.contiguous)) <= written
        part.close()
        journal = read_journal(paths(Path(folder))[1])
        assert journal is not None
        assert {k for a, b in journal.ranges for k in range(a, b)} == written


def test_nothing_is_written_outside_the_file(tmp_path: Path) -> None:
    part = opened(tmp_path)
    with pytest.raises(ValueError, match="outside"):
        part.write(990, b"x" * 11)
    part.close()


@pytest.mark.parametrize("kind", ["symlink", "hardlink", "dangling"])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_planted_link_is_not_followed(tmp_path: Path, kind: str, which: int) -> None:
    victim = tmp_path / "victim"
    if kind != "dangling":
        victim.write_bytes(b"precious")
    folder = tmp_path / "blobs"
    folder.mkdir()
    planted = paths(folder)[which]
    if kind == "hardlink":
        os.link(victim, planted)
    else:
        planted.symlink_to(victim)
    part = opened(folder)
    part.write(0, b"y" * SIZE)
    part.publish(folder / "final")
    if kind == "dangling":
        assert not victim.exists()
    else:
        assert victim.read_bytes() == b"precious"
    assert (folder / "final").read_bytes() == b"y" * SIZE


def test_a_part_that_is_swapped_is_not_published(tmp_path: Path) -> None:
    part = opened(tmp_path)
    part.write(0, b"y" * SIZE)
    paths(tmp_path)[0].unlink()
    paths(tmp_path)[0].write_bytes(b"n" * SIZE)
    with pytest.raises(OSError, match="replaced"):
        part.publish(tmp_path / "final")
    assert not (tmp_path / "final").exists()
