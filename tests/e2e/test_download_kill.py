"""kill -9 in the middle of downloads, again and again. Fault 15.

40 kills by default, half of them for each garden; ORANGERY_LONG=1 makes it 200. Half of them strike at any
moment of the first 150 ms of a life, half within 150 ms after the first bytes of that life; the moments are
random but seeded. Files come over four connections. `tools/kill_download.py` does it with one large file.
"""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from backend.downloads.partfile import read_journal
from tests.support.download_life import CHECKPOINT, Lives
from tests.support.downloading import finished, sha256
from tests.support.gardens import Garden, Names, both
from tests.support.standin_hub import File

KILLS = 100 if os.environ.get("ORANGERY_LONG") else 20
SIZE = 500_000
SPLIT = {"segment_least": 64 << 10, "segment_most": 96 << 10, "alone": 0.0}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the lives are forked")


def journalled(names: Names, file: File) -> int:
    """Bytes that the journal promises; they must be the right ones."""
    journal = read_journal(names.journal)
    if journal is None:
        return 0
    if not names.part.exists():  # killed between the final rename and the end of the journal
        assert names.blob.exists()
        return 0
    content = names.part.read_bytes()
    for start, stop in journal.ranges:
        assert content[start:stop] == file.read(start, stop - start)
    return sum(stop - start for start, stop in journal.ranges)


def assert_nothing_unverified(home: Path) -> None:
    """What lies under a name that programs load is what the name promises; manifests come after blobs."""
    for path in finished(home):
        if path.is_relative_to(home / "hub"):
            digest = path.resolve().name
        elif path.parent.name == "blobs":
            digest = path.name.removeprefix("sha256-")
        else:
            digest = ""
            for blob in path.read_text().split("sha256:")[1:]:
                assert (home / "ollama/blobs" / f"sha256-{blob[:64]}").exists()
        assert digest in ("", sha256(path))


@pytest.mark.parametrize("name", ["hf", "ollama"])
def test_no_kill_loses_more_than_a_checkpoint_or_leaves_an_unchecked_file(name: str, tmp_path: Path) -> None:
    moments = random.Random(f"15 {name}")
    home = tmp_path / "home"
    home.mkdir()
    killed = done = seed = 0
    with both() as gardens:
        garden: Garden = gardens[name]
        standin = garden.standin
        standin.rate(300_000)
        urls = {"hf": {"hub": getattr(standin, "endpoint", "")}, "ollama": {}}[name]
        with Lives(home, registry=getattr(standin, "registry", ""), **urls) as lives:
            while killed < KILLS:
                seed += 1
                file = File(f"tiny{seed}-Q4_K_M.gguf", size=SIZE, seed=seed)
                request = garden.offer(f"Tiny{seed}", file)
                names = garden.names(home, request)
                before = 0
                while True:
                    moment = moments.uniform(0.0, 0.15) if killed < KILLS else None
                    status = lives.live(request, moment, once_receiving=killed % 2 == 0, **SPLIT)
                    if status == 0:
                        break
                    assert status == -signal.SIGKILL
                    killed += 1
                    have = journalled(names, file)
                    assert have >= before or names.blob.exists()
                    before = have
                    assert_nothing_unverified(home)
                done += 1
                assert sha256(names.blob) == file.digest
                assert_nothing_unverified(home)
                assert not names.part.exists() and not names.journal.exists()
                log = standin.log(garden.glob(file), server=garden.back)
                again = sum(entry.sent for entry in log) - SIZE
                # Two checkpoints a kill for all connections together, and what was in socket buffers.
                assert again <= (killed + 1) * (2 * CHECKPOINT + 4 * 64_000)
    assert done >= 1


def test_a_kill_between_the_layers_leaves_no_manifest(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    file = File("weights", size=50_000, seed=1)
    with both() as gardens:
        garden = gardens["ollama"]
        request = garden.offer("Tiny", file)
        config = request.quant.extras[-1]
        fault = garden.standin.fault("hold", f"*{config.sha256}")
        with Lives(home, registry=getattr(garden.standin, "registry", "")) as lives:
            assert lives.live(request, 0.6, once_receiving=True) == -signal.SIGKILL
            assert_nothing_unverified(home)
            assert list((home / "ollama").glob("manifests/**/*")) == []
            garden.standin.clear_faults(fault)
            assert lives.live(request) == 0
        assert_nothing_unverified(home)
        assert len(list((home / "ollama").glob("manifests/*/*/*/*"))) == 1
