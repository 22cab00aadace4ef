"""kill -9 in the middle of downloads, again and again. Fault 15.

40 kills by default; ORANGERY_LONG=1 makes it the 200 of the goal. Half of them strike at any moment of the
first 150 ms of a life, half within 150 ms after the first bytes of that life; the moments are random but
seeded.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.downloads.partfile import read_journal
from backend.library.layout import HubCache, RepoFolder
from tests.support.download_life import CHECKPOINT
from tests.support.downloading import sha256
from tests.support.standin_hub import File, Repo, StandInHub

KILLS = 200 if os.environ.get("ORANGERY_LONG") else 40
SIZE = 500_000
PROJECT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the lives are forked")


def files() -> Iterator[Repo]:
    for seed in range(10_000):
        yield Repo(f"acme/Tiny{seed}-GGUF", (File(f"tiny{seed}-Q4_K_M.gguf", size=SIZE, seed=seed),))


@contextmanager
def lives(home: Path, endpoint: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.support.download_life", str(home), endpoint]
    process = subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    with process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(70)


def life(
    process: subprocess.Popen[str], repo: Repo, kill_after: float | None, *, once_receiving: bool = False
) -> int:
    """The exit status of one life; -9 for a killed one."""
    (file,) = repo.files
    order = {
        "repo": repo.id,
        "commit": repo.commit,
        "path": file.path,
        "size": file.length,
        "sha256": file.digest,
        "kill_after": kill_after,
        "once_receiving": once_receiving,
    }
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def journalled(folder: RepoFolder, file: File) -> int:
    """Bytes that the journal promises; they must be the right ones."""
    journal = read_journal(folder.journal(file.digest))
    if journal is None:
        return 0
    part = folder.part(file.digest)
    if not part.exists():  # killed between the final rename and the end of the journal
        assert folder.blob(file.digest).exists()
        return 0
    content = part.read_bytes()
    for start, stop in journal.ranges:
        assert content[start:stop] == file.read(start, stop - start)
    return sum(stop - start for start, stop in journal.ranges)


def test_no_kill_loses_more_than_a_checkpoint_or_leaves_an_unchecked_file(tmp_path: Path) -> None:
    moments = random.Random(15)
    home = tmp_path / "home"
    home.mkdir()
    repos = files()
    killed = finished = 0
    with StandInHub() as hub, lives(home, hub.endpoint) as process:
        hub.rate(1_000_000)
        while killed < KILLS:
            repo = next(repos)
            hub.add_repo(repo)
            (file,) = repo.files
            folder = HubCache(home / "hub").repo(repo.id)
            before = 0
            while True:
                moment = moments.uniform(0.0, 0.15) if killed < KILLS else None
                status = life(process, repo, moment, once_receiving=killed % 2 == 0)
                if status == 0:
                    break
                assert status == -signal.SIGKILL
                killed += 1
                have = journalled(folder, file)
                assert have >= before or folder.blob(file.digest).exists()
                before = have
                for name in (folder.blob(file.digest), folder.pointer(repo.commit, file.path)):
                    assert not name.exists() or sha256(name) == file.digest
            finished += 1
            assert sha256(folder.pointer(repo.commit, file.path)) == file.digest
            assert not list(folder.blobs.glob("*.orangery.*"))
            ranges = [entry.range for entry in hub.log(f"*{file.path}", server="cdn")]
            starts = [int(text[6:-1]) if text else 0 for text in ranges]
            assert starts == sorted(starts)  # no life began before the end of an earlier one's journal
            received = [entry.sent for entry in hub.log(f"*{file.path}", server="cdn")]
            again = sum(received) - SIZE
            assert again <= len(received) * (2 * CHECKPOINT + 300_000)  # and socket buffers
    assert finished >= 2
