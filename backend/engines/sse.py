"""Server-sent events, read strictly and with bounds.

Why no client library: `openai` and `httpx-sse` read through httpx and gather a line however long it is, so
that a server could fill the memory; these forty lines count as they read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backend.net import errors

LONGEST_EVENT = 4_000_000
"""Bytes of one event: a token with twenty alternatives has a few thousand."""
LONGEST_STREAM = 512_000_000
"""Bytes of a whole answer: a hundred thousand tokens with twenty alternatives each."""


def events(pieces: Iterable[bytes], host: str) -> Iterator[str]:
    """The data of each event of a stream that comes in `pieces`.

    A line that is not complete when the stream ends is dropped. Some servers tell of trouble in a field
    ``error``, which counts as data.

    Raises:
        AppError: ``net.too_much``.
    """
    pending, data, size, total = bytearray(), list[str](), 0, 0
    for piece in pieces:
        total += len(piece)
        searched = len(pending)
        pending += piece
        while (cut := pending.find(b"\n", searched)) >= 0:
            line = bytes(pending[:cut]).removesuffix(b"\r")
            del pending[: cut + 1]
            searched = 0
            if not line:
                if data:
                    yield "\n".join(data)
                data, size = [], 0
                continue
            name, _, value = line.partition(b":")
            if name in (b"data", b"error"):
                data.append(value.removeprefix(b" ").decode("utf-8", "replace"))
                size += len(value)
        if len(pending) + size > LONGEST_EVENT:
            raise errors.too_much(host, LONGEST_EVENT)
        if total > LONGEST_STREAM:
            raise errors.too_much(host, LONGEST_STREAM)
    if data:
        yield "\n".join(data)
