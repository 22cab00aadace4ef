"""Changes on the disk reach the library by themselves, with and without the system's help."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.events import LibraryChanged
from backend.library.watch import Pace, Watch
from tests.support.library_desk import LibraryDesk, gguf
from tests.support.waiting import Events

QUICK = Pace(quiet=0.05, least=0.05, poll=0.2)
SLEEPY = Pace(quiet=0.05, least=0.05, poll=3600)


class Looks:
    """Counts the looks of a watch."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.count >= count, 30), self.count


@pytest.fixture
def looks() -> Looks:
    return Looks()


Make = Callable[..., Watch]


@pytest.fixture
def make(looks: Looks) -> Iterator[Make]:
    made: list[Watch] = []

    def make(*roots: Path, pace: Pace = SLEEPY, observer: Any = None) -> Watch:
        watch = Watch(lambda: roots, looks, pace, observer)
        made.append(watch)
        looks.wait(1)  # the first look, once everything is watched
        return watch

    yield make
    for watch in made:
        watch.close()
    assert not [t for t in threading.enumerate() if t.name == "library-watch"]


def until_watched(watch: Watch, *roots: Path) -> None:
    done = threading.Event()
    while watch.watching != frozenset(roots):
        assert not done.wait(0.01)


def test_a_new_file_is_seen_without_polling(make: Make, looks: Looks, tmp_path: Path) -> None:
    watch = make(tmp_path)
    assert watch.watching == {tmp_path}
    (tmp_path / "a").mkdir()
    looks.wait(2)
    gguf(tmp_path / "a" / "x.gguf")
    looks.wait(3)


def test_transfers_of_our_own_cause_no_look_before_their_end(
    make: Make, looks: Looks, tmp_path: Path
) -> None:
    (tmp_path / ".orangery").mkdir()
    make(tmp_path)
    part = tmp_path / "model.gguf.orangery.part"
    for k in range(20):
        part.write_bytes(b"x" * k)
        (tmp_path / ".orangery" / f"{k}.bin").write_bytes(b"x")
        (tmp_path / "lock.lock").write_bytes(b"x")
    part.rename(tmp_path / "model.gguf")  # all events before this one were handled when it is
    looks.wait(2)
    assert looks.count == 2


def test_many_changes_are_one_look(make: Make, looks: Looks, tmp_path: Path) -> None:
    make(tmp_path, pace=Pace(quiet=0.5, least=0.5, poll=3600))
    for k in range(200):
        (tmp_path / f"{k}.gguf").write_bytes(b"x")
    looks.wait(2)
    assert looks.count <= 3


def test_a_folder_that_appears_later_is_found_and_watched(make: Make, looks: Looks, tmp_path: Path) -> None:
    late = tmp_path / "late"
    watch = make(late, pace=QUICK)
    late.mkdir()
    looks.wait(2)
    until_watched(watch, late)
    shutil.rmtree(late)
    until_watched(watch)
    late.mkdir()  # another folder under the old name
    until_watched(watch, late)
    before = looks.count
    (late / "x.gguf").write_bytes(b"x")
    looks.wait(before + 1)


class Exhausted:
    """An observer on a system that has no watches left."""

    def start(self) -> None:
        pass

    def schedule(self, *arguments: object, **options: object) -> object:
        raise OSError(28, "inotify watch limit reached")

    def stop(self) -> None:
        pass

    def join(self, timeout: float) -> None:
        pass


def test_without_watches_left_it_polls(make: Make, looks: Looks, tmp_path: Path) -> None:
    watch = make(tmp_path, pace=QUICK, observer=Exhausted)
    looks.wait(4)
    assert watch.watching == frozenset()


def test_without_any_observer_it_polls(make: Make, looks: Looks, tmp_path: Path) -> None:
    def broken() -> Any:
        raise OSError(24, "Too many open files")

    make(tmp_path, pace=QUICK, observer=broken)
    looks.wait(3)


def test_a_look_that_fails_does_not_end_the_watch(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    looks = Looks()

    def look() -> None:
        looks()
        raise RuntimeError("a bug")

    watch = Watch(lambda: (tmp_path,), look, QUICK, Exhausted)
    try:
        looks.wait(3)
    finally:
        watch.close()
    caplog.clear()


def test_the_library_tells_of_a_file_that_another_program_puts_there(tmp_path: Path) -> None:
    with LibraryDesk(tmp_path / "home") as desk:
        desk.lm_studio.mkdir(parents=True)
        desk.library.start()
        watch = desk.library._watch
        assert watch is not None
        with_starter = len(desk.library.models())
        done = threading.Event()
        while desk.lm_studio not in watch.watching:
            assert not done.wait(0.01)
        events = Events(desk.bus)
        gguf(desk.lm_studio / "a" / "b" / "new-Q8_0.gguf")
        events.wait(lambda event: isinstance(event, LibraryChanged))
        assert len(desk.library.models()) == with_starter + 1


def test_nothing_is_told_where_nothing_changed(tmp_path: Path) -> None:
    with LibraryDesk(tmp_path / "home") as desk:
        gguf(desk.lm_studio / "a" / "b" / "x-Q8_0.gguf")
        desk.library.rescan()
        events = Events(desk.bus)
        desk.library.rescan()
        assert events.all() == ()
