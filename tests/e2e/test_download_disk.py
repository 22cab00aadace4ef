"""What happens on the disk, for both gardens: other programs, rot, locks, no space, no network.

Faults 41, 42, 45, 49, 50; those of the database are in `tests/unit/test_store*.py`.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from backend.downloads.limits import Limits
from backend.downloads.types import DownloadJob, DownloadRequest, DownloadState
from backend.errors import AppError
from backend.events import JobChanged
from backend.locks import FileLock
from backend.store.downloads import DownloadRepository
from backend.store.models import ModelRepository
from tests.support.downloading import QUICK, Desk, finished, sha256, until
from tests.support.gardens import Garden, Names, Offer, both, offered
from tests.support.standin_hub import File

SIZE = 400_000
MODEL = File("tiny-Q4_K_M.gguf", size=SIZE, seed=3)
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def gardens() -> Iterator[dict[str, Garden]]:
    with both() as gardens:
        yield gardens


@pytest.fixture(params=["hf", "ollama"])
def source(gardens: dict[str, Garden], request: pytest.FixtureRequest) -> Iterator[Offer]:
    with offered(gardens[request.param], MODEL) as offer:
        yield offer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def names(source: Offer, home: Path) -> Names:
    return source.garden.names(home, source.request)


def done(place: Desk, job: DownloadJob) -> DownloadJob:
    job = place.downloads.wait(job.id, 60)
    assert (job.state, job.error_title) == (DownloadState.DONE, "")
    return job


def test_a_file_of_another_program_is_verified_instead_of_fetched(
    home: Path, source: Offer, names: Names
) -> None:
    with source.desk(home) as place:
        names.blob.parent.mkdir(parents=True)
        names.blob.write_bytes(MODEL.read(0, SIZE))
        job = done(place, place.downloads.start(source.request))
        assert sha256(Path(job.path or "")) == MODEL.digest
    assert source.standin.log(source.glob) == []


def test_a_rotten_file_of_another_program_is_replaced(home: Path, source: Offer, names: Names) -> None:
    with source.desk(home) as place:
        names.blob.parent.mkdir(parents=True)
        names.blob.write_bytes(b"\0" * SIZE)
        job = done(place, place.downloads.start(source.request))
        assert sha256(Path(job.path or "")) == MODEL.digest


def test_a_file_that_a_check_found_damaged_is_fetched_again(home: Path, source: Offer) -> None:
    with source.desk(home) as place:
        job = done(place, place.downloads.start(source.request))
        real = Path(job.path or "").resolve()
        data = bytearray(real.read_bytes())
        data[-1] ^= 1
        real.write_bytes(data)
        found = real.stat()
        models = ModelRepository(place.database)
        models.note_verified(str(real), found.st_size, found.st_mtime_ns, sha256(real))
        again = done(place, place.downloads.start(source.request))
        assert sha256(Path(again.path or "")) == MODEL.digest


def test_a_database_that_takes_no_rows_does_not_stop_a_transfer(
    home: Path, source: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 50: another program holds it; the journals beside the files know the bytes."""

    def locked(*args: object) -> None:
        raise AppError("store.busy", "Another program holds the database.")

    with source.desk(home) as place:
        monkeypatch.setattr(DownloadRepository, "save", locked)
        monkeypatch.setattr(ModelRepository, "note_verified", locked)
        job = done(place, place.downloads.start(source.request))
        assert sha256(Path(job.path or "")) == MODEL.digest


def test_asking_twice_gives_one_job_and_one_transfer(home: Path, source: Offer) -> None:
    with source.desk(home) as place:
        first = place.downloads.start(source.request)
        assert place.downloads.start(source.request).id == first.id
        done(place, first)
        assert place.downloads.start(source.request).state is DownloadState.DONE
        assert len(place.downloads.jobs()) == 1
    assert len(source.standin.log(source.glob, server=source.back)) == 1


def test_a_deleted_file_is_fetched_again(home: Path, source: Offer) -> None:
    with source.desk(home) as place:
        job = done(place, place.downloads.start(source.request))
        Path(job.path or "").resolve().unlink()
        again = done(place, place.downloads.start(source.request))
        assert sha256(Path(again.path or "")) == MODEL.digest


def test_a_row_of_a_life_that_died_goes_on(home: Path, source: Offer) -> None:
    source.standin.fault("stall", source.glob, server=source.back, after=10_000)
    with source.desk(home, limits=Limits()) as place:
        job = place.downloads.start(source.request)
        until(place, job.id, 10_000)
    source.standin.reset()
    with source.desk(home) as place:
        assert sha256(Path(done(place, job).path or "")) == MODEL.digest
        assert place.downloads.jobs()[0].request == source.request
    assert source.standin.log(source.glob, server=source.back)[-1].range == "bytes=10000-"


def test_two_programs_never_write_one_part(home: Path, source: Offer, names: Names) -> None:
    names.lock.parent.mkdir(parents=True)
    lock = FileLock(names.lock)
    assert lock.acquire()
    with source.desk(home) as place:
        waiting = threading.Event()
        place.bus.subscribe(
            lambda event: waiting.set() if isinstance(event, JobChanged) and event.job.note else None
        )
        job = place.downloads.start(source.request)
        assert waiting.wait(60)
        assert "another program" in place.downloads.wait(job.id, 0).note
        assert source.standin.log(source.glob) == []
        lock.release()
        done(place, job)


def test_a_download_that_does_not_fit_is_refused_before_it_starts(home: Path, source: Offer) -> None:
    with source.desk(home, disk_free=lambda folder: 50 << 20) as place:
        with pytest.raises(AppError) as caught:
            place.downloads.start(source.request)
        assert caught.value.code == "download.no_space" and caught.value.retryable
        assert place.downloads.jobs() == ()


def test_a_disk_that_fills_up_fails_and_goes_on_when_there_is_room(
    home: Path, source: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, full = os.pwrite, threading.Event()
    full.set()

    def write(handle: int, data: bytes, offset: int) -> int:
        if full.is_set() and offset >= 200_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data, offset)

    monkeypatch.setattr(os, "pwrite", write)
    source.standin.rate(2_000_000)
    with source.desk(home) as place:
        job = place.downloads.wait(place.downloads.start(source.request).id, 60)
        assert (job.state, job.error_code) == (DownloadState.FAILED, "download.no_space")
        assert place.finished() == []
        full.clear()
        source.standin.rate(None)
        place.downloads.retry(job.id)
        done(place, job)
    again = source.standin.log(source.glob, server=source.back)[-1].range
    assert again is not None and int(again[6:-1]) >= 200_000


def test_a_store_that_cannot_be_written_says_so(home: Path, source: Offer) -> None:
    home.mkdir()
    for name in ("hub", "ollama"):
        (home / name).write_text("this should be a folder")
    with source.desk(home) as place:
        job = place.downloads.wait(place.downloads.start(source.request).id, 60)
        assert (job.state, job.error_code) == (DownloadState.FAILED, "download.disk")


def test_going_offline_pauses_and_going_online_goes_on(home: Path, source: Offer) -> None:
    source.standin.fault("stall", source.glob, server=source.back, after=SIZE // 2, times=1)
    with source.desk(home, limits=Limits(checkpoint_bytes=QUICK.checkpoint_bytes)) as place:
        for name in ("endpoint", "cdn", "registry", "store"):
            if url := getattr(source.standin, name, ""):
                place.network.treat_as_remote(url)
        job = place.downloads.start(source.request)
        until(place, job.id, SIZE // 2)
        held = threading.Event()
        place.bus.subscribe(
            lambda event: (
                held.set()
                if isinstance(event, JobChanged) and event.job.state is DownloadState.QUEUED
                else None
            )
        )
        place.network.set_offline(True)
        assert held.wait(60)
        assert "online" in place.downloads.wait(job.id, 0).note
        place.network.set_offline(False)
        done(place, job)
    assert source.standin.log(source.glob, server=source.back)[-1].range == f"bytes={SIZE // 2}-"


# 45: a disk that is really full

_SMALL = """
import json
import sys
from pathlib import Path
from tests.support.download_life import request_of
from tests.support.downloading import QUICK, desk
home, hub, registry, order = Path(sys.argv[1]), *sys.argv[2:5]
request = request_of(json.loads(order))
with desk(home, hub, registry=registry, limits=QUICK, disk_free=lambda folder: 1 << 40) as place:
    job = place.downloads.wait(place.downloads.start(request).id, 60)
    print(job.state.value, job.error_code, len(place.finished()), flush=True)
    filler = home / "filler"
    filler.unlink()
    place.downloads.retry(job.id)
    print(place.downloads.wait(job.id, 60).state.value, flush=True)
"""


def _can_mount() -> bool:
    if sys.platform != "linux":
        return False
    command = ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def in_own_mounts(
    mounts: str, code: str, home: Path, garden: Garden, request: DownloadRequest
) -> subprocess.CompletedProcess[str]:
    """Run Python `code` where only it sees what the shell commands `mounts` have mounted."""
    return subprocess.run(
        [
            *("unshare", "-m", "sh", "-c", f'{mounts} && exec "$0" "$@"', sys.executable, "-c", code, home),
            getattr(garden.standin, "endpoint", "http://127.0.0.1:9"),
            getattr(garden.standin, "registry", "http://127.0.0.1:9"),
            json.dumps(asdict(request)),
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(not _can_mount(), reason="needs the right to mount a small file system")
def test_a_full_file_system_ends_in_words_and_begins_again_with_room(
    home: Path, gardens: dict[str, Garden]
) -> None:
    home.mkdir()
    file = File("big-Q4_K_M.gguf", size=5_000_000, seed=9)
    for garden in gardens.values():
        request = garden.offer("Big", file)
        mounts = f"mount -t tmpfs -o size=8m none {home} && head -c 4000000 /dev/zero > {home}/filler"
        ended = in_own_mounts(mounts, _SMALL, home, garden, request)
        assert ended.stdout.splitlines() == ["failed download.no_space 0", "done"], ended.stderr
    assert finished(home) == []


_READ_ONLY = """
import json
import sys
from pathlib import Path
from tests.support.download_life import request_of
from tests.support.downloading import QUICK, desk
home, hub, registry, order = Path(sys.argv[1]), *sys.argv[2:5]
request = request_of(json.loads(order))
with desk(home, hub, registry=registry, limits=QUICK, own_store=home / "own") as place:
    job = place.downloads.wait(place.downloads.start(request).id, 60)
    print(job.state.value, job.error_code, job.place_of, flush=True)
"""


@pytest.mark.skipif(not _can_mount(), reason="needs the right to mount a small file system")
@pytest.mark.parametrize(
    ("name", "said"),
    [("hf", "failed download.disk Hugging Face cache"), ("ollama", "done  Orangery's own Ollama store")],
)
def test_a_store_on_a_read_only_disk_stays_as_it_is(
    home: Path, gardens: dict[str, Garden], name: str, said: str
) -> None:
    garden = gardens[name]
    request = garden.offer("Tiny", MODEL)
    for folder in ("hub", "ollama"):
        (home / folder).mkdir(parents=True)
    mounts = " && ".join(
        f"mount -t tmpfs -o size=100m,ro none {home}/{folder}" for folder in ("hub", "ollama")
    )
    ended = in_own_mounts(mounts, _READ_ONLY, home, garden, request)
    assert ended.stdout.strip() == said, ended.stderr
