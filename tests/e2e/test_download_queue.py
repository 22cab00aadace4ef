"""The queue: order, pause and restart, and what other programs see of the hub cache. Faults 16 and 39."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import hf_hub_download, scan_cache_dir

from backend.downloads.limits import Limits
from backend.downloads.types import DownloadJob, DownloadState
from backend.errors import AppError
from backend.events import JobChanged, JobRemoved
from backend.library.layout import HubCache
from tests.support import waiting
from tests.support.downloading import Desk, desk, request, sha256, until
from tests.support.standin_hub import File, Repo, StandInHub

SIZE = 400_000
MODEL = File("tiny-Q4_K_M.gguf", size=SIZE, seed=3)
REPO = Repo("acme/Tiny-GGUF", (MODEL,))
OTHERS = tuple(Repo(f"acme/Other{k}-GGUF", (File(f"o{k}-Q8_0.gguf", size=20_000, seed=k),)) for k in range(4))
GLOB = "*tiny-Q4_K_M.gguf"


@pytest.fixture(scope="module")
def shared_hub() -> Iterator[StandInHub]:
    with StandInHub() as hub:
        for repo in (REPO, *OTHERS):
            hub.add_repo(repo)
        yield hub


@pytest.fixture
def hub(shared_hub: StandInHub) -> Iterator[StandInHub]:
    yield shared_hub
    shared_hub.reset()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def blobs(place: Desk) -> Path:
    return place.cache / "models--acme--Tiny-GGUF" / "blobs"


def done(place: Desk, job: DownloadJob) -> DownloadJob:
    job = place.downloads.wait(job.id, 60)
    assert (job.state, job.error_title) == (DownloadState.DONE, "")
    return job


# Other programs


def test_the_hubs_own_client_finds_the_file_without_a_network(home: Path, hub: StandInHub) -> None:
    with desk(home, hub.endpoint) as place:
        job = done(place, place.downloads.start(request(REPO)))
    found = hf_hub_download(REPO.id, MODEL.path, cache_dir=home / "hub", local_files_only=True)
    assert Path(found) == Path(job.path or "")
    info = scan_cache_dir(home / "hub")
    assert not info.warnings
    (repo,) = info.repos
    (revision,) = repo.revisions
    assert (repo.repo_id, revision.commit_hash, revision.refs) == (REPO.id, REPO.commit, {"main"})
    assert [(f.file_name, f.size_on_disk) for f in revision.files] == [(MODEL.path, SIZE)]
    assert str(Path(found).readlink()) == f"../../blobs/{MODEL.digest}"


def test_an_unfinished_transfer_does_not_disturb_the_hubs_own_client(home: Path, hub: StandInHub) -> None:
    hub.fault("stall", GLOB, server="cdn", after=SIZE // 2)
    with desk(home, hub.endpoint) as place:
        job = place.downloads.start(request(REPO))
        until(place, job.id, SIZE // 2)
        place.downloads.pause(job.id)
        info = scan_cache_dir(place.cache)
        assert not info.warnings and info.size_on_disk == 0


def test_without_symbolic_links_the_file_lies_in_the_snapshot(
    home: Path, hub: StandInHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EPERM, "a required privilege is not held by the client")

    monkeypatch.setattr(os, "symlink", refuse)
    with desk(home, hub.endpoint) as place:
        job = done(place, place.downloads.start(request(REPO)))
        path = Path(job.path or "")
        assert not path.is_symlink() and sha256(path) == MODEL.digest
        assert place.downloads.start(request(REPO)).state is DownloadState.DONE
    found = hf_hub_download(REPO.id, MODEL.path, cache_dir=home / "hub", local_files_only=True)
    assert Path(found) == path


def test_a_strange_blob_beside_a_good_file_does_not_take_its_name(home: Path, hub: StandInHub) -> None:
    folder = HubCache(home / "hub").repo(REPO.id)
    pointer, blob = folder.pointer(REPO.commit, MODEL.path), folder.blob(MODEL.digest)
    for path, content in ((pointer, MODEL.read(0, MODEL.length)), (blob, b"of another length")):
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    with desk(home, hub.endpoint) as place:
        job = done(place, place.downloads.start(request(REPO)))
    assert sha256(Path(job.path or "")) == MODEL.digest
    assert hub.log(server="cdn") == []


@pytest.mark.parametrize("where", ["blob", "pointer"])
def test_links_planted_at_the_final_names_are_replaced_not_followed(
    home: Path, hub: StandInHub, where: str
) -> None:
    victim = home.with_name("victim.gguf")
    victim.write_bytes(MODEL.read(0, SIZE))  # even with the right content, it is not in the cache
    before = victim.stat()
    with desk(home, hub.endpoint) as place:
        snapshot = place.cache / "models--acme--Tiny-GGUF" / "snapshots" / REPO.commit
        planted = blobs(place) / MODEL.digest if where == "blob" else snapshot / MODEL.path
        planted.parent.mkdir(parents=True)
        planted.symlink_to(victim)
        job = done(place, place.downloads.start(request(REPO)))
        assert Path(job.path or "").resolve() == blobs(place) / MODEL.digest
    after = victim.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_nlink) == (before.st_mtime_ns, before.st_size, 1)


@pytest.mark.parametrize("where", ["blobs", "snapshots"])
def test_a_folder_that_leads_out_of_the_cache_is_refused(home: Path, hub: StandInHub, where: str) -> None:
    outside = home.with_name("outside")
    outside.mkdir()
    with desk(home, hub.endpoint) as place:
        folder = place.cache / "models--acme--Tiny-GGUF"
        folder.mkdir(parents=True)
        (folder / where).symlink_to(outside)
        job = place.downloads.wait(place.downloads.start(request(REPO)).id, 60)
        assert (job.state, job.error_code) == (DownloadState.FAILED, "download.disk")
    assert list(outside.iterdir()) == []


# Order and idempotence


def test_no_more_than_the_limit_run_and_the_oldest_go_first(home: Path, hub: StandInHub) -> None:
    hub.fault("hold", "*")
    with desk(home, hub.endpoint, at_once=2, limits=Limits()) as place:
        ids = [place.downloads.start(request(repo)).id for repo in OTHERS]
        states = [job.state for job in place.downloads.jobs()]
        assert states == [DownloadState.RUNNING] * 2 + [DownloadState.QUEUED] * 2
        assert [job.id for job in place.downloads.jobs()] == ids
        place.downloads.set_limit(3)
        assert [job.state for job in place.downloads.jobs()].count(DownloadState.RUNNING) == 3
        place.downloads.pause(ids[0])
        place.downloads.cancel(ids[1])
        wanted = [DownloadState.PAUSED, DownloadState.CANCELLED, *[DownloadState.RUNNING] * 2]
        waiting.until(place.bus, lambda: [place.downloads.wait(job_id, 0).state for job_id in ids] == wanted)
        hub.clear_faults()
        hub.release()
        place.downloads.resume_all()
        for job_id in (ids[0], ids[2], ids[3]):
            assert place.downloads.wait(job_id, 60).state is DownloadState.DONE
        place.downloads.clear_finished()
        assert place.downloads.jobs() == ()
        removed = [event.job_id for event in place.events if isinstance(event, JobRemoved)]
        assert sorted(removed) == sorted(ids)


def test_progress_tells_speed_and_time_left_and_never_goes_back(home: Path, hub: StandInHub) -> None:
    hub.rate(400_000)
    with desk(home, hub.endpoint) as place:
        done(place, place.downloads.start(request(REPO)))
        jobs = [event.job for event in place.events if isinstance(event, JobChanged)]
    assert any(job.speed > 0 and job.eta is not None for job in jobs)
    assert [job.done for job in jobs if job.state is DownloadState.RUNNING] == sorted(
        job.done for job in jobs if job.state is DownloadState.RUNNING
    )


# Restart


def test_what_was_running_goes_on_and_what_was_paused_stays_paused(home: Path, hub: StandInHub) -> None:
    hub.fault("stall", "*", server="cdn", after=10_000)
    with desk(home, hub.endpoint, limits=Limits()) as place:
        running = place.downloads.start(request(OTHERS[0]))
        paused = place.downloads.start(request(REPO))
        until(place, paused.id, 10_000)
        until(place, running.id, 10_000)
        place.downloads.pause(paused.id)
    hub.reset()
    with desk(home, hub.endpoint) as place:
        done(place, running)
        assert place.downloads.wait(paused.id, 0).state is DownloadState.PAUSED
        place.downloads.resume(paused.id)
        done(place, paused)
        assert [job.id for job in place.downloads.jobs()] == [running.id, paused.id]
    assert {entry.range for entry in hub.log(server="cdn")} == {"bytes=10000-"}


def test_a_command_beside_the_window_leaves_its_jobs_alone(home: Path, hub: StandInHub) -> None:
    hub.fault("hold", "*")
    with desk(home, hub.endpoint, limits=Limits()) as place:
        mine = place.downloads.start(request(REPO))
    hub.reset()
    with desk(home, hub.endpoint, go_on=False) as place:
        done(place, place.downloads.start(request(OTHERS[0])))
        assert place.downloads.wait(mine.id, 0).state is DownloadState.QUEUED
    with desk(home, hub.endpoint) as place:
        done(place, mine)


def test_a_queue_and_part_of_version_1_survive_an_upgrade(home: Path, hub: StandInHub) -> None:
    with desk(home, hub.endpoint) as place:
        folder = blobs(place)
        folder.mkdir(parents=True)
        (folder / f"{MODEL.digest}.orangery.part").write_bytes(MODEL.read(0, 150_000))
        (folder / f"{MODEL.digest}.orangery.part.json").write_text(
            json.dumps(
                {"version": 1, "etag": MODEL.digest, "size": SIZE, "ranges": [[0, 100_000]], "validator": ""}
            )
        )
        quant = {
            "label": "Q4_K_M",
            "files": [{"path": MODEL.path, "size": SIZE, "sha256": MODEL.digest, "git_sha1": None}],
            "kind": "model",
        }
        row = ("job1", 1, "hf", REPO.id, REPO.commit, json.dumps(quant), "running", "Tiny", "Q4_K_M", SIZE)
        place.database.write(
            lambda connection: connection.execute(
                "INSERT INTO downloads (id, sequence, source, repo_id, commit_id, quant, state, name, label,"
                " total, done, error_code, error_title, error_hint, error_detail, path, note, created,"
                " finished)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 100000, '', '', '', '', NULL, '', 1.0, NULL)",
                row,
            )
        )
    with desk(home, hub.endpoint) as place:
        job = place.downloads.wait("job1", 60)
        assert job.state is DownloadState.DONE and sha256(Path(job.path or "")) == MODEL.digest
    assert [entry.range for entry in hub.log(GLOB, server="cdn")] == ["bytes=100000-"]


def test_a_paused_job_whose_hub_answers_late_follows_no_redirect(home: Path, hub: StandInHub) -> None:
    hub.fault("hold", "*")
    with desk(home, hub.endpoint, limits=Limits()) as place:
        before = set(threading.enumerate())
        job = place.downloads.start(request(REPO))
        while not hub.log(GLOB, server="hub"):
            time.sleep(0.01)
        place.downloads.pause(job.id)
        hub.release()
        for thread in set(threading.enumerate()) - before:
            thread.join(60)
        assert hub.log(server="cdn") == []


# Locks, disks and the network switch


def test_what_is_already_queued_counts_as_taken(home: Path, hub: StandInHub) -> None:
    hub.fault("hold", "*")
    room = (64 << 20) + SIZE + SIZE // 20
    with desk(home, hub.endpoint, disk_free=lambda folder: room, limits=Limits()) as place:
        place.downloads.start(request(REPO))
        with pytest.raises(AppError, match="not enough space"):
            place.downloads.start(request(OTHERS[0]))


def test_closing_in_the_middle_of_everything_is_quick_and_loses_nothing(home: Path, hub: StandInHub) -> None:
    hub.fault("stall", "*", server="cdn", after=15_000)
    with desk(home, hub.endpoint, limits=Limits(), at_once=4) as place:
        jobs = [place.downloads.start(request(repo)) for repo in OTHERS]
        for job in jobs:
            until(place, job.id, 15_000)
    hub.reset()
    with desk(home, hub.endpoint) as place:
        for job in jobs:
            done(place, job)
    assert {entry.range for entry in hub.log(server="cdn")} == {"bytes=15000-"}
