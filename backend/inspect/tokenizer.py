"""Texts to tokens, through a worker process that has only the vocabulary of one file."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.errors import AppError
from backend.gguf import errors
from backend.i18n import tr
from backend.inspect.types import Token
from backend.workers.client import WorkerClient
from backend.workers.codec import ProtocolError
from backend.workers.protocol import Tokenize, Tokenized
from backend.workers.supervisor import Supervisor

LONGEST_TEXT = 100_000
"""Bytes of one text in UTF-8."""
IDLE_S = 60.0
_REPLY_S = 60.0


@dataclass(eq=False)
class _Kept:
    """The worker that is kept, for which file as it was then, and since when it rests."""

    client: WorkerClient
    file: tuple[str, int, int]
    busy: int = 0
    used: float = 0.0


class Tokenizer:
    """Keeps one worker: until another file is asked for, it rested long enough, or `close`. Thread-safe.

    Args:
        worker_command: What ``--worker vocab`` is appended to; this program itself when None.
        idle_s: Seconds that a worker may rest.
    """

    def __init__(self, worker_command: Sequence[str] | None = None, *, idle_s: float = IDLE_S) -> None:
        self._supervisor = Supervisor(worker_command)
        self._idle_s = idle_s
        self._starting = threading.Lock()
        self._change = threading.Condition()
        self._kept: _Kept | None = None
        self._closed = False

    def tokenize(self, path: Path, text: str) -> tuple[Token, ...]:
        """The tokens of `text`, special tokens that are written out in it included.

        Raises:
            AppError: ``inspect.too_long``, ``inspect.no_tokenizer``, ``gguf.read``, or ``engine.…`` naming
                the file where its vocabulary crashes or is refused.
        """
        if len(text) > LONGEST_TEXT or len(text.encode("utf-8", "replace")) > LONGEST_TEXT:
            raise AppError(
                "inspect.too_long",
                tr("The text is too long to show its tokens."),
                tr("Use at most {limit} KB.", limit=LONGEST_TEXT // 1000),
            )
        kept = self._worker(path)
        try:
            reply = kept.client.call(lambda number: Tokenize(number, str(path), text), timeout=_REPLY_S)
        finally:
            with self._change:
                kept.busy -= 1
                kept.used = time.monotonic()
                self._change.notify_all()
        kept.client.loading = False
        if not isinstance(reply, Tokenized):
            raise ProtocolError(f"{type(reply).__name__} in answer to Tokenize")
        return reply.tokens

    def close(self) -> None:
        """End the worker; running requests fail."""
        with self._change:
            self._closed = True
            self._kept = None
            self._change.notify_all()
        self._supervisor.close()

    @property
    def worker_pid(self) -> int | None:
        """The process that is kept now."""
        with self._change:
            kept = self._kept
            return kept.client.process.pid if kept is not None and kept.client.process.alive else None

    def _worker(self, path: Path) -> _Kept:
        """The worker for `path` as it is now, counted as busy."""
        try:
            found = path.stat()
        except OSError as error:
            raise errors.unreadable(path.name, error) from error
        file = (str(path), found.st_size, found.st_mtime_ns)
        with self._starting:
            with self._change:
                kept = self._kept
                if kept is not None and kept.file == file and kept.client.process.alive:
                    kept.busy += 1
                    return kept
                self._kept = None
                self._change.notify_all()
            if kept is not None:
                kept.client.process.stop(ask_s=0.2)
            client = self._supervisor.start("vocab", f"vocab {path}", path.name)
            new = _Kept(client, file, busy=1)
            with self._change:
                if not self._closed:
                    self._kept = new
            threading.Thread(target=self._watch, args=(new,), name="vocabulary", daemon=True).start()
            return new

    def _watch(self, kept: _Kept) -> None:
        """End the worker once it has rested for long enough, unless something else does."""
        with self._change:
            while self._kept is kept:
                left = kept.used + self._idle_s - time.monotonic()
                if not kept.busy and left <= 0:
                    self._kept = None
                    break
                self._change.wait(None if kept.busy else left)
            else:
                return
        kept.client.process.stop()
