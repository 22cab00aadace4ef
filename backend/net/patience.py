"""How long an answer may take to begin. A timeout of the client starts anew with each byte, so that a server
which sends its headers letter by letter, or interim answers without end, would keep it for days."""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Iterable, Iterator
from contextvars import ContextVar

import httpcore2
from httpcore2._backends.sync import SyncBackend, SyncStream

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextlib.contextmanager
def beginning_within(seconds: float) -> Iterator[None]:
    """Let no read of this thread, from streams of `PatientBackend`, wait beyond `seconds` from now."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


class PatientBackend(SyncBackend):
    """Opens connections that know `beginning_within`."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        stream = super().connect_tcp(host, port, timeout, local_address, socket_options)
        return _PatientStream(stream.get_extra_info("socket"))


class _PatientStream(SyncStream):
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        until = _until.get()
        if until is not None:
            left = until - time.monotonic()
            if left <= 0:
                raise httpcore2.ReadTimeout("the answer does not begin")
            timeout = left if timeout is None else min(timeout, left)
        return super().read(max_bytes, timeout)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = super().start_tls(ssl_context, server_hostname, timeout)
        # Inside the TLS of a proxy it is a stream of another kind.
        return _PatientStream(stream.get_extra_info("socket")) if type(stream) is SyncStream else stream
