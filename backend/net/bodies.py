"""Response bodies that are counted, bounded where they should be short, and cut by the offline switch."""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator

import httpx2

from backend.net import errors

_PIECE = 1 << 18


class MeteredBody(httpx2.SyncByteStream):
    """Wraps the body of a response.

    Args:
        check: Called before each piece; raises once the body may not be read any more.
        received: Called with the size of each piece.
        closed: Called once, when the body has ended or was given up.

    Attributes:
        whole: Whether it was read to its end.
    """

    def __init__(
        self,
        inner: httpx2.SyncByteStream,
        check: Callable[[], None],
        received: Callable[[int], None],
        closed: Callable[[], None],
    ) -> None:
        self._inner = inner
        self._check = check
        self._received = received
        self._closed = closed
        self._lock = threading.Lock()
        self._open = True
        self.whole = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            for piece in self._inner:
                self._received(len(piece))
                self._check()
                yield piece
            self.whole = True
        except httpx2.TransportError:
            self._check()  # the switch itself breaks connections; then say that
            raise

    def straight(self, sock: socket.socket, left: int) -> Iterator[memoryview]:
        """The last `left` bytes of the body from its socket itself, without the copies that the client makes.

        Only for a body of known length over a socket without TLS, all of whose bytes so far were read; the
        connection cannot be used again. A piece is valid until the next one is asked for.

        Raises:
            httpx2.TransportError: The connection broke.
            AppError: The body may not be read any more.
        """
        buffer = memoryview(bytearray(_PIECE))
        try:
            while left:
                count = sock.recv_into(buffer[: min(left, _PIECE)])
                if count == 0:
                    raise httpx2.RemoteProtocolError(f"the connection ended {left} bytes early")
                self._received(count)
                self._check()
                yield buffer[:count]
                left -= count
        except TimeoutError as error:
            raise httpx2.ReadTimeout(str(error)) from error
        except OSError as error:
            self._check()
            raise httpx2.ReadError(str(error)) from error

    def close(self) -> None:
        with self._lock:
            was_open, self._open = self._open, False
        try:
            self._inner.close()
        finally:
            if was_open:
                self._closed()


class BoundedBody(httpx2.SyncByteStream):
    """A body of at most `limit` bytes, before and after decompression, that must end within `seconds`.

    Raises on reading:
        AppError: ``net.too_much``, ``net.timeout``, ``net.unreadable``.
    """

    def __init__(
        self, inner: httpx2.SyncByteStream, host: str, limit: int, seconds: float, *, gzipped: bool
    ) -> None:
        self._inner = inner
        self._host = host
        self._limit = limit
        self._seconds = seconds
        self._gzipped = gzipped

    def __iter__(self) -> Iterator[bytes]:
        deadline = time.monotonic() + self._seconds
        total = 0
        for piece in self._decoded() if self._gzipped else self._inner:
            total += len(piece)
            if total > self._limit:
                raise errors.too_much(self._host, self._limit)
            if time.monotonic() > deadline:
                raise errors.too_slow(self._host, self._seconds)
            yield piece

    def _decoded(self) -> Iterator[bytes]:
        decoder = zlib.decompressobj(wbits=31)
        raw = 0
        for piece in self._inner:
            raw += len(piece)
            if raw > self._limit:
                raise errors.too_much(self._host, self._limit)
            data = piece
            # Bounded output per step: a few kilobytes may stand for gigabytes.
            while not decoder.eof:
                try:
                    out = decoder.decompress(data, _PIECE)
                except zlib.error as error:
                    raise errors.unreadable(self._host, f"gzip: {error}") from error
                yield out
                data = decoder.unconsumed_tail
                if not data and len(out) < _PIECE:
                    break
        if raw and not decoder.eof:
            raise errors.unreadable(self._host, "gzip: the stream ends early")

    def close(self) -> None:
        self._inner.close()
