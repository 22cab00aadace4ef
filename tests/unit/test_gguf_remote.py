"""Reading headers over ranges: how many bytes, in what order, and what a broken server leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.errors import AppError
from backend.gguf.parser import HEADER_CAP
from backend.gguf.reader import read_header
from backend.gguf.remote import read_remote
from tests.support.tiny_gguf import TensorSpec, encode_header, ghost, tiny_llama


class Ranges:
    """A file that counts what is asked of it."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        self.asked: list[tuple[int, int]] = []

    def __call__(self, start: int, end: int) -> bytes:
        self.asked.append((start, end))
        return self.data[start:end]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A header of about 5 MB."""
    return tiny_llama(tmp_path / "large.gguf", vocab=150_000)


def test_tier_0_takes_one_request_of_64_kib(large: Path) -> None:
    ranges = Ranges(large)
    found = read_remote("large.gguf", large.stat().st_size, ranges, tier=0)
    assert ranges.asked == [(0, 65_536)]
    assert found.bytes_read == 65_536
    assert not found.header.complete
    assert found.header.n_vocab == 150_000


def test_tier_1_appends_ranges_and_never_asks_twice(large: Path) -> None:
    ranges = Ranges(large)
    found = read_remote("large.gguf", large.stat().st_size, ranges, tier=1)
    assert found.header == read_header(large)
    position = 0
    for start, end in ranges.asked:
        assert start == position and end - start <= 4 * 2**20
        position = end
    assert found.bytes_read <= found.header.header_bytes + 4 * 2**20


def test_what_tier_0_fetched_is_used_by_tier_1(large: Path) -> None:
    ranges = Ranges(large)
    found = read_remote("large.gguf", large.stat().st_size, ranges, tier=1, start=ranges.data[:65_536])
    assert ranges.asked[0][0] == 65_536
    assert found.header == read_header(large)


def test_short_answers_are_continued(tmp_path: Path) -> None:
    path = tiny_llama(tmp_path / "a.gguf")
    ranges = Ranges(path)
    found = read_remote("a.gguf", path.stat().st_size, lambda a, b: ranges(a, min(b, a + 1000)), tier=1)
    assert found.header == read_header(path)


def test_a_server_that_stops_sending_is_an_incomplete_file(large: Path) -> None:
    data = large.read_bytes()[:100_000]
    with pytest.raises(AppError) as caught:
        read_remote("large.gguf", large.stat().st_size, lambda a, b: data[a:b], tier=1)
    assert caught.value.code == "gguf.truncated"


def test_no_more_than_the_cap_is_ever_fetched(tmp_path: Path) -> None:
    """A header that announces a text array up to the cap, and goes on after it."""
    header = encode_header({"a": "x"}, [])[:24].replace(b"\x01", b"\x09")
    path = ghost(tmp_path / "endless.gguf", header, 2**30)
    fetched = 0

    def fetch(start: int, end: int) -> bytes:
        nonlocal fetched
        fetched += end - start
        return b"\0\0\0" * 100  # never a whole entry

    with pytest.raises(AppError):
        read_remote(path.name, 2**30, fetch, tier=1)
    assert fetched <= HEADER_CAP


@pytest.mark.parametrize(
    ("vocabulary", "merges", "megabytes"), [(32_000, 0, 0.7), (128_000, 280_000, 7), (262_000, 600_000, 15)]
)
def test_hardly_more_than_the_header_is_asked_for(vocabulary: int, merges: int, megabytes: float) -> None:
    tokens = [f"{'abcdefghijklmnop'[: 3 + number % 9]}{number}" for number in range(vocabulary)]
    metadata = {
        "general.architecture": "llama",
        "llama.block_count": 32,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.tokens": sorted(tokens, key=len),
        "tokenizer.ggml.token_type": [1] * vocabulary,
        "tokenizer.ggml.merges": [f"{tokens[n % vocabulary][:4]} {n % 97}" for n in range(merges)],
        "tokenizer.chat_template": "{{ messages }}" * 300,
    }
    tensors = [TensorSpec(f"blk.{layer}.{name}.weight", (32,)) for layer in range(32) for name in "abcdefghi"]
    data = encode_header(metadata, tensors)
    assert len(data) > megabytes * 1e6
    asked: list[tuple[int, int]] = []

    def fetch(start: int, end: int) -> bytes:
        asked.append((start, end))
        return data[start:end].ljust(end - start, b"\0")

    found = read_remote("model.gguf", 2**34, fetch, tier=1)
    assert found.header.complete
    assert found.bytes_read == sum(end - start for start, end in asked)
    assert found.bytes_read <= 1.05 * found.header.header_bytes
    assert len(asked) <= 12
