"""When one connection of a transfer counts as dead, told by an injected clock. Fault 8."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.downloads.bandwidth import Bandwidth
from backend.downloads.failures import Retry
from backend.downloads.limits import Limits
from backend.downloads.line import Line
from backend.downloads.partfile import PartFile
from backend.downloads.place_ollama import OllamaPlace
from backend.downloads.stores import RegistryAddress
from backend.downloads.target import Target
from backend.downloads.wire import Head
from backend.hubs.types import RemoteFile, Source
from backend.library.layout_ollama import OllamaStore
from tests.support.downloading import PlainRegistry

ETAG = "ab" * 32
SIZE = 100_000
HEAD = Head(206, {}, {}, "cdn.test", True, "http://cdn.test/x")


@dataclass
class Agreeing:
    """Accepts every answer."""

    def accept(self, line: Line, head: Head) -> None: ...

    def wrote(self) -> None: ...

    def woken(self) -> None: ...


@pytest.fixture
def part(tmp_path: Path) -> Iterator[PartFile]:
    part = PartFile(tmp_path / "x.part", tmp_path / "x.part.json", ETAG, SIZE)
    yield part
    part.close()


def line_at(part: PartFile, bandwidth: Bandwidth, now: float) -> Line:
    file = RemoteFile("model", SIZE, ETAG)
    place = OllamaPlace(OllamaStore(part.path.parent), file, ETAG)
    address = RegistryAddress(PlainRegistry("http://registry.test"), "tiny", ETAG)
    target = Target("tiny", "tiny", Source.OLLAMA, file, address, place, True)
    segment = (0, SIZE)
    return Line(Agreeing(), target, part, bandwidth, "job", Limits(), segment, "registry.test", now)


def noticed_after(line: Line, begin: float, a_second: int) -> float:
    """Seconds until a line on which so many bytes come every second is given up; infinite if it is not."""
    for second in range(1, 61):
        line.data(b"x" * a_second)
        if isinstance(line.trouble(begin + second), Retry):
            return second
    return float("inf")


@pytest.mark.parametrize("rate", [None, 5_000_000])
def test_a_byte_a_second_is_noticed_in_time_with_a_limit_or_without(
    part: PartFile, rate: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = time.monotonic()
    # Else a busy machine could make writing a byte so slow that the disk seems to hold the line up.
    monkeypatch.setattr("backend.downloads.line.time", SimpleNamespace(monotonic=lambda: begin))
    line = line_at(part, Bandwidth(rate), begin)
    line.begin(HEAD)
    assert noticed_after(line, begin, 1) <= 30
    assert noticed_after(line_at(part, Bandwidth(rate), begin), begin, 0) <= 31


def test_what_the_limit_makes_slow_is_not_given_up(part: PartFile, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = clock = time.monotonic()
    bandwidth = Bandwidth(500)
    line = line_at(part, bandwidth, begin)
    line.begin(HEAD)

    def take(job: str, count: int, stopped: object) -> bool:
        nonlocal clock
        clock += 1.0
        return True

    monkeypatch.setattr(bandwidth, "take", take)
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    assert noticed_after(line, begin, 500) == float("inf")


def test_a_head_that_does_not_end_is_noticed_in_time(part: PartFile) -> None:
    begin = time.monotonic()
    line = line_at(part, Bandwidth(None), begin)
    assert line.trouble(begin + 29) is None
    assert line.trouble(begin + 30.1) is not None
