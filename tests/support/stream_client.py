"""A program of its own that reads streamed answers as plainly as can be, and tells when what came.

It takes a line of JSON for each task, ``{"port", "token", "bodies"}``, asks with all bodies at once and
prints ``[seconds to the first text, seconds from there to the last, tokens]`` for each.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from typing import Any


class StreamClient:
    """That program, from outside."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, port: int, token: str, bodies: list[dict[str, Any]]) -> list[tuple[float, float, int]]:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"port": port, "token": token, "bodies": bodies}) + "\n")
        self._process.stdin.flush()
        return [tuple(one) for one in json.loads(self._process.stdout.readline())]

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


def _stream(port: int, token: str, body: dict[str, Any]) -> tuple[float, float, int]:
    usage = {"stream": True, "stream_options": {"include_usage": True}}
    data = json.dumps({**body, **usage}).encode()
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as raw:
        began = time.perf_counter()
        raw.sendall(head.encode() + data)
        first = last = 0.0
        end = b""
        while b"[DONE]" not in end:
            part = raw.recv(65536)
            if not part:
                raise RuntimeError(end.decode())
            if b'"content":"' in part:
                last = time.perf_counter()
                first = first or last
            end = end[-2000:] + part
    tokens = int(end.rpartition(b'"completion_tokens":')[2].partition(b",")[0])
    return first - began, last - first, tokens


def _main() -> None:
    for line in sys.stdin:
        task = json.loads(line)
        told: list[Any] = [None] * len(task["bodies"])

        def work(place: int, task: dict[str, Any] = task, told: list[Any] = told) -> None:
            told[place] = _stream(task["port"], task["token"], task["bodies"][place])

        threads = [threading.Thread(target=work, args=(place,)) for place in range(len(told))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    _main()
