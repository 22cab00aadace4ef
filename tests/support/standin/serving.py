"""Sending answers and file contents over one connection, with the content faults."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import socket
import struct
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from tests.support.standin.faults import CONTENT, REQUEST, Fault
from tests.support.standin.recording import Entry

CHUNK = 65536


class Content(Protocol):
    """Bytes that can be sent."""

    @property
    def length(self) -> int: ...

    def read(self, start: int, count: int) -> bytes: ...


class ConnectionOver(Exception):
    """The answer was cut on purpose, or the client left."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, port: int, handler: type[Handler], state: Any, name: str) -> None:
        self.state: Any = state
        self.name = name
        super().__init__(("127.0.0.1", port), handler)

    def server_bind(self) -> None:
        # The base class asks the resolver for the machine's name, which can take seconds without a network.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.state.open(connection)
        return connection, address

    def close_request(self, request: Any) -> None:
        self.state.forget(request)
        super().close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave are everyday life here."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One connection. Subclasses answer in `serve`."""

    protocol_version = "HTTP/1.1"
    server: Server
    entry: Entry
    counted = False

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.state.send_buffer is not None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self.state.send_buffer)

    @property
    def state(self) -> Any:
        """The `Recorder` of this stand-in, with what its servers offer."""
        return self.server.state

    def log_message(self, format: str, *args: Any) -> None:
        """The log is `/_log`."""

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        split = urllib.parse.urlsplit(self.path)
        self.url_path = urllib.parse.unquote(split.path)
        self.raw_path = split.path
        self.query = urllib.parse.parse_qsl(split.query)
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.url_path in ("/_control", "/_log"):
            self._control()
            return
        authorization = self.headers.get("Authorization")
        try:
            with self.state.lock:
                self._stay()
                if not self.counted:
                    self.counted = True
                    self.state.connections[self.server.name] += 1
                self.entry = self.state.record(
                    server=self.server.name,
                    method=self.command,
                    path=self.url_path,
                    query=split.query,
                    range=self.headers.get("Range"),
                    if_range=self.headers.get("If-Range"),
                    authorization=authorization is not None,
                    token=authorization.removeprefix("Bearer ") if authorization else None,
                    user_agent=self.headers.get("User-Agent"),
                )
            for fault in self.state.faults.take(
                REQUEST, self.server.name, self.command, self.url_path, first=True
            ):
                if self._request_fault(fault):
                    return
            self.serve()
            self.entry.finished = True
        except (ConnectionOver, OSError):
            self.close_connection = True

    def serve(self) -> None:
        raise NotImplementedError

    def _stay(self) -> None:
        """Go no further where a reset has ended this connection: neither the log nor the faults that came
        after it are for what was asked before."""
        if not self.state.is_open(self.connection):
            raise ConnectionOver

    def _control(self) -> None:
        self.close_connection = True
        self.state.forget(self.connection)  # it outlives its own reset
        try:
            if self.command == "GET":
                answer: Any = self.state.log()
            else:
                answer = {"result": self.state.control(json.loads(self.body))}
            status = 200
        except (KeyError, TypeError, ValueError) as error:
            status, answer = 400, {"error": f"{type(error).__name__}: {error}"}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    # Whole answers

    def start(self, status: int, headers: dict[str, str]) -> None:
        self.entry.status = status
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def answer(self, status: int, data: bytes = b"", headers: dict[str, str] | None = None) -> None:
        """Send a small answer, through the content faults like everything else."""
        headers = {"Content-Length": str(len(data)), **(headers or {})}
        self.start(status, headers)
        if self.command != "HEAD":
            # Faults of contents must not be used up by the redirects and errors on the way to them.
            faults = self._content_faults() if status == 200 and data else {}
            self.pump(lambda at, count: data[at : at + count], 0, len(data), faults)

    def answer_json(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(value).encode()
        self.answer(status, data, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})

    def answer_error(self, status: int, message: str, code: str | None = None, **headers: str) -> None:
        extra = {"X-Error-Message": message, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if code:
            extra["X-Error-Code"] = code
        self.answer_json({"error": message}, status, extra)

    def _request_fault(self, fault: Fault) -> bool:
        """Answer as the fault says; False lets the normal answer follow."""
        match fault.kind:
            case "status":
                self.answer_error(
                    fault.option("code", 503),
                    fault.option("message", "trouble on purpose"),
                    fault.option("error_code", None),
                    **fault.option("headers", {}),
                )
            case "html":
                page = b"<!DOCTYPE html><html><title>Welcome</title><body>Sign in to the Wi-Fi.</body></html>"
                self.answer(200, page, {"Content-Type": "text/html; charset=utf-8"})
            case "endless_json":
                self.close_connection = True
                self.start(200, {"Content-Type": "application/json", "Connection": "close"})
                self._write(b"[")
                row = b'{"id":"endless/model","tags":["gguf"]},' * 1000
                while True:
                    self._write(row)
            case "bad_utf8":
                self.answer(200, b'[{"id":"bad/\xff\xfe\xfa"}]', {"Content-Type": "application/json"})
            case "garbage":
                body = fault.option("body", "{").encode()
                kind = {"Content-Type": fault.option("content_type", "application/json")}
                self.answer(200, body, kind | fault.option("headers", {}))
            case "redirect":
                self.answer(fault.option("code", 302), headers={"Location": fault.options["location"]})
            case "redirect_loop":
                self.answer(302, headers={"Location": self.path})
            case "refuse":
                self._reset()
            case "hold":
                self._hold()
                return False
        return True

    # File contents

    def _content_faults(self) -> dict[str, Fault]:
        found = self.state.faults.take(CONTENT, self.server.name, self.command, self.url_path)
        self.entry.faults = tuple(fault.kind for fault in found)
        return {fault.kind: fault for fault in reversed(found)}

    def send_file(self, file: Content, etag: str, headers: dict[str, str]) -> None:
        """Answer GET or HEAD for `file`, with Range and If-Range."""
        faults = self._content_faults() if self.command == "GET" else {}
        if "expired" in faults:
            self.answer(
                403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
            )
            return
        if "etag" in faults:
            etag = faults["etag"].option("value", "changed")
        length = file.length
        if "short" in faults:
            length = max(0, length - faults["short"].option("by", 1))
        if "long" in faults:
            length += faults["long"].option("by", 1)
        headers = {
            "Accept-Ranges": "bytes",
            "ETag": f'"{etag}"',
            "Content-Type": "application/octet-stream",
            **headers,
        }
        span = None if "ignore_range" in faults else self._range(length, etag)
        if "not_satisfiable" in faults or span == ():
            self.answer(416, headers={"Content-Range": f"bytes */{length}", "ETag": f'"{etag}"'})
            return
        start, end = span or (0, length)
        status = 200
        if span:
            status = 206
            lie = faults.get("content_range")
            shift, extra = (lie.option("start", 0), lie.option("total", 0)) if lie else (0, 0)
            headers["Content-Range"] = f"bytes {start + shift}-{end - 1 + shift}/{length + extra}"
        if "no_length" in faults:
            self.close_connection = True
            headers["Connection"] = "close"
        else:
            headers["Content-Length"] = str(end - start)
        self.start(status, headers)
        if self.command == "HEAD":
            return
        shifted = faults["shifted"].option("by", 1) if "shifted" in faults else 0

        def read(at: int, count: int) -> bytes:
            data = file.read(at + shifted, count).ljust(count, b"\0")
            if "wrong_bytes" in faults:
                data = bytes(b ^ 0x55 for b in data)
            if "flip" in faults and at <= (where := faults["flip"].option("at", 0)) < at + count:
                data = data[: where - at] + bytes([data[where - at] ^ 1]) + data[where - at + 1 :]
            return data

        if file.source is not None and file.size is None and not faults and not self.state.rate:
            self._send_plain(file.source, start, end)
        else:
            self.pump(read, start, end, faults)

    def _range(self, length: int, etag: str) -> tuple[int, int] | tuple[()] | None:
        """Asked span as (start, end), () where it can't be satisfied, None where the whole file is meant."""
        match = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range") or "")
        if not match or match.group(0) == "bytes=-":
            return None
        if_range = self.headers.get("If-Range")
        if if_range is not None and if_range.strip('"') != etag:
            return None
        first, last = match.groups()
        if not first:
            return (max(0, length - int(last)), length) if length else ()
        start, end = int(first), min(int(last) + 1 if last else length, length)
        return (start, end) if start < end else ()

    def _send_plain(self, source: str, start: int, end: int) -> None:
        """A real file by the system's own copy, so that the stand-in is not what benchmarks measure."""
        self.wfile.flush()
        with open(source, "rb") as stream:  # noqa: PTH123
            while start < end:
                count = min(1 << 20, end - start)
                self.entry.sent += count
                sent = 0
                try:
                    sent = os.sendfile(self.connection.fileno(), stream.fileno(), start, count)
                finally:
                    self.entry.sent -= count - sent
                if sent == 0:
                    raise ConnectionOver
                start += sent

    def pump(self, read: Any, start: int, end: int, faults: dict[str, Fault]) -> None:
        """Write bytes start..end, with the faults that act on time and length."""
        limits = [
            (fault.option("after", 0), kind)
            for kind in ("cut", "stall", "slow")
            if (fault := faults.get(kind))
        ]
        at, slow = start, None
        while True:
            sent = at - start
            for after, kind in limits:
                if sent < after:
                    continue
                if kind == "cut":
                    self._cut(faults["cut"])
                elif kind == "slow":
                    slow = faults["slow"].option("rate", 1.0)
                elif kind == "stall":
                    self._hold()
                    limits = [entry for entry in limits if entry[1] != "stall"]
            if at >= end:
                return
            count = min(CHUNK, end - at, *[after - sent for after, _ in limits if after > sent])
            rate = slow or self.state.rate
            if rate:
                count = min(count, max(1, int(rate / 20)))
            self._write(read(at, count))
            at += count
            if rate:
                self._sleep(count / rate)

    def _write(self, data: bytes) -> None:
        self.entry.sent += len(data)  # before whoever gets them can look into the log
        try:
            self.wfile.write(data)
        except OSError:
            self.entry.sent -= len(data)
            raise

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._left(min(left, 0.2)):
                raise ConnectionOver

    def _hold(self) -> None:
        gate: threading.Event = self.state.faults.gate
        while not gate.is_set():
            if self._left(0.05):
                raise ConnectionOver
        self._stay()

    def _left(self, seconds: float) -> bool:
        """Wait `seconds`; whether the client closed the connection meanwhile."""
        readable, _, _ = select.select([self.connection], [], [], seconds)
        if not readable:
            return False
        try:
            gone = not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True
        if not gone:
            time.sleep(seconds)
        return gone

    def _cut(self, fault: Fault) -> None:
        if fault.option("how", "fin") == "rst":
            self._reset()
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
        raise ConnectionOver

    def _reset(self) -> None:
        # A linger time of zero makes close() send RST instead of FIN.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        raise ConnectionOver
