"""How fast one file of 1 GB comes over loopback, SHA-256 included, beside `curl` and `hf download`.

Neither of these checks a digest or syncs; `curl` followed by `sha256sum` does the former. The stand-in sends
by the system's own copy from a process of its own; `curl` into nothing shows how fast it can be at most.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from backend.downloads.limits import Limits
from backend.downloads.types import DownloadState
from tests.support.downloading import desk, request, sha256
from tests.support.standin_hub import File, Repo, StandInHub

SIZE = 1_000_000_000
ROUNDS = 5

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not all(map(shutil.which, ("curl", "sha256sum"))), reason="needs both programs"),
]


@dataclass(frozen=True)
class Served:
    hub: StandInHub
    repo: Repo

    @property
    def url(self) -> str:
        return f"{self.hub.endpoint}/{self.repo.id}/resolve/{self.repo.commit}/{self.repo.files[0].path}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("bench") / "model.gguf"
    block = os.urandom(1 << 20)
    with path.open("wb") as stream:
        for at in range(0, SIZE, 1 << 20):
            stream.write((at.to_bytes(8, "big") + block[8:])[: SIZE - at])
    repo = Repo("acme/Bench-GGUF", (File("bench-F16.gguf", source=str(path), sha256=sha256(path)),))
    with StandInHub() as hub:
        hub.add_repo(repo)
        yield Served(hub, repo)
    path.unlink()


def ours(served: Served, home: Path, **changes: float) -> None:
    limits = replace(Limits(), attempts=1, **changes)
    with desk(home, served.hub.endpoint, limits=limits) as place:
        job = place.downloads.wait(place.downloads.start(request(served.repo)).id, 120)
        assert (job.state, job.error_detail) == (DownloadState.DONE, "")


def curl(served: Served, home: Path, *, keep: bool = True) -> None:
    target = home / "curl.gguf" if keep else Path("/dev/null")
    subprocess.run(["curl", "-sSL", "-o", target, served.url], check=True)


def curl_and_hash(served: Served, home: Path) -> None:
    curl(served, home)
    subprocess.run(["sha256sum", home / "curl.gguf"], check=True, capture_output=True)


def hf(served: Served, home: Path) -> None:
    environment = {
        **os.environ,
        "HF_ENDPOINT": served.hub.endpoint,
        "HF_HUB_CACHE": str(home / "cache"),
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    }
    command = [Path(sys.executable).with_name("hf"), "download", served.repo.id, served.repo.files[0].path]
    subprocess.run(
        [*command, "--revision", served.repo.commit], check=True, env=environment, capture_output=True
    )


def test_throughput_beside_curl_and_hf_download(served: Served, tmp_path: Path) -> None:
    ways: dict[str, Callable[[Path], None]] = {
        "Orangery": lambda home: ours(served, home),
        "Orangery, four connections from the start": lambda home: ours(served, home, alone=0.0),
        "curl": lambda home: curl(served, home),
        "curl, then sha256sum": lambda home: curl_and_hash(served, home),
        "hf download": lambda home: hf(served, home),
        "curl to nowhere": lambda home: curl(served, home, keep=False),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(ROUNDS):
        for name, way in ways.items():
            home = tmp_path / f"home{round_}"
            home.mkdir()
            begin = time.perf_counter()
            way(home)
            taken[name].append(time.perf_counter() - begin)
            shutil.rmtree(home)
    rates = {name: SIZE / statistics.median(seconds) / 1e6 for name, seconds in taken.items()}
    print(f"\n1 GB, median of {ROUNDS} rounds")
    for name, rate in rates.items():
        print(f"{name}: {rate:.0f} MB/s, Orangery / this: {rates['Orangery'] / rate:.2f}")
    faster = max(rates["curl"], rates["hf download"])
    print(f"Orangery / the faster of curl and hf: {rates['Orangery'] / faster:.2f} (aim: 0.9)")
