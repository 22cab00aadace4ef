"""Asks the engine itself what a model would need: a dry run in a child process that allocates nothing."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.capacity.ghosts import Ghost, Ghosts
from backend.capacity.types import Ledger, RunConfig
from backend.engines.types import EngineFlags
from backend.errors import AppError
from backend.gguf import errors
from backend.workers.client import WorkerClient
from backend.workers.codec import ProtocolError
from backend.workers.messages_dryrun import DryRan, DryRun
from backend.workers.supervisor import Supervisor

log = logging.getLogger(__name__)

IDLE_S = 60.0
_GPU_IDLE_S = 5.0
"""The same where the worker opened a GPU: its driver takes some hundred MB there for every process."""
_KEPT = 512

Source = Ghost | tuple[Path, ...]
"""A model that lies elsewhere, or all parts of one on this disk."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a dry run of a source ended with, however often it is asked."""

    ledger: Ledger | None
    error: AppError | None = None


class Prober:
    """Keeps one worker for a minute after its last answer: a second probe then takes milliseconds. What was
    found is remembered, crashes too. Thread-safe.

    Args:
        flags: The engine's flags on this machine; may take a while, and raise `AppError`.
        folder: For the ghosts of files that lie elsewhere.
        worker_command: What ``--worker dryrun`` is appended to; this program itself when None.
        idle_s: Seconds that the worker may rest.
    """

    def __init__(
        self,
        flags: Callable[[], EngineFlags],
        folder: Path,
        worker_command: Sequence[str] | None = None,
        *,
        idle_s: float = IDLE_S,
    ) -> None:
        self._flags = flags
        self._ghosts = Ghosts(folder)
        self._supervisor = Supervisor(worker_command)
        self._idle_s = idle_s
        self._busy = threading.Lock()
        self._change = threading.Condition()
        self._client: WorkerClient | None = None
        self._used = 0.0
        self._rest_s = idle_s
        self._at_work = False
        self._closed = False
        self._found: OrderedDict[Hashable, _Found] = OrderedDict()

    def probe(self, source: Source, run: RunConfig) -> Ledger:
        """What the engine says that the model takes when it is run as `run` says. Blocking: milliseconds, or
        the start of a process.

        Returns:
            The exact bytes of weights, cache and compute buffers, with `Ledger.source` ``engine``. What lies
            in no buffer of the engine (`Ledger.other`) is 0: only the formula knows it.

        Raises:
            AppError: ``engine.…``: the engine refuses the file or crashes with it; ``gguf.read``.
        """
        key = (*self._identity(source), run)
        found = self._recall(key)
        if found is None:
            try:
                found = _Found(self._ask(source, run))
            except AppError as error:
                if error.retryable or error.code == "engine.stopped":
                    raise  # it may pass
                found = _Found(None, error)
            with self._change:
                self._found[key] = found
                while len(self._found) > _KEPT:
                    self._found.popitem(last=False)
        if found.ledger is None:
            assert found.error is not None
            raise found.error
        return found.ledger

    def close(self) -> None:
        """End the worker; a probe that is running fails."""
        with self._change:
            self._closed = True
            self._client = None
            self._change.notify_all()
        self._supervisor.close()

    @property
    def worker_pid(self) -> int | None:
        """The process that is kept now."""
        with self._change:
            client = self._client
            return client.process.pid if client is not None and client.process.alive else None

    # What is asked.

    def _identity(self, source: Source) -> tuple[Hashable, ...]:
        if isinstance(source, Ghost):
            return ("ghost", source.key)
        try:
            stats = [path.stat() for path in source]
        except OSError as error:
            raise errors.unreadable(source[0].name, error) from error
        return ("file", str(source[0]), *((stat.st_mtime_ns, stat.st_size) for stat in stats))

    def _recall(self, key: Hashable) -> _Found | None:
        with self._change:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def _ask(self, source: Source, run: RunConfig) -> Ledger:
        flags = self._flags()
        if not isinstance(source, Ghost):
            return self._dry_run(source[0], source[0].name, run, flags)
        name = source.parts[0].header.file
        try:
            return self._dry_run(self._ghosts.write(source, whole=False)[0], name, run, flags)
        except AppError as error:
            # Perhaps this architecture wants more of its vocabulary than its size.
            log.info("%s is tried with its vocabulary: %s", name, error)
        except OSError as error:
            raise errors.unreadable(name, error) from error
        try:
            path = self._ghosts.write(source, whole=True)[0]
        except OSError as error:
            raise errors.unreadable(name, error) from error
        return self._dry_run(path, name, run, flags)

    def _dry_run(self, path: Path, name: str, run: RunConfig, flags: EngineFlags) -> Ledger:
        with self._busy:
            try:
                reply = self._worker(name).call(lambda number: DryRun(number, os.fspath(path), run, flags))
            finally:
                with self._change:
                    self._at_work = False
                    self._used = time.monotonic()
                    self._change.notify_all()
        if not isinstance(reply, DryRan):
            raise ProtocolError(f"{type(reply).__name__} in answer to DryRun")
        devices = reply.memory
        on_gpu = any(device.device != "CPU" for device in devices)
        with self._change:
            self._rest_s = min(self._idle_s, _GPU_IDLE_S) if on_gpu else self._idle_s
            self._change.notify_all()
        return Ledger(
            weights=sum(device.weights for device in devices),
            kv=sum(device.kv for device in devices),
            compute=sum(device.compute for device in devices),
            other=0,
            source="engine",
            gpu=sum(d.weights + d.kv + d.compute for d in devices if d.device != "CPU"),
            devices=devices if reply.exact else (),
        )

    # The worker.

    def _worker(self, subject: str) -> WorkerClient:
        with self._change:
            self._at_work = True
            client = self._client
            if client is not None and client.process.alive:
                client.subject = subject
                return client
        # The key has the file: one that crashes the engine again and again does not stop the others.
        client = self._supervisor.start("dryrun", f"dryrun {subject}", subject)
        with self._change:
            self._used = time.monotonic()
            if not self._closed:
                self._client = client
        threading.Thread(target=self._watch, args=(client,), name="dry run", daemon=True).start()
        return client

    def _watch(self, client: WorkerClient) -> None:
        """End the worker once it has rested for long enough, unless something else does."""
        with self._change:
            while self._client is client and client.process.alive:
                left = self._used + self._rest_s - time.monotonic()
                if left <= 0 and not self._at_work:
                    self._client = None
                    break
                self._change.wait(None if self._at_work else left)
            else:
                return
        client.process.stop()
