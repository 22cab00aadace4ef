"""Scale sweeps: one prompt at several settings of adapters, side by side over one set of weights."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from backend.adapters.types import Sweep, SweepCell, SweepRequest
from backend.engines.adapting import no_adapters
from backend.engines.base import Generating
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import (
    AdapterUse,
    ChatModel,
    Finished,
    FinishReason,
    GenerationEvent,
    LoadOptions,
    Sampling,
    Turn,
)
from backend.errors import AppError, Cancelled
from backend.events import EventBus, SweepChanged
from backend.i18n import tr

log = logging.getLogger(__name__)

AT_ONCE = 6
"""Most cells that are written in one batch: each has a cache of its own."""
_N_CTX = 1024
_TEMPLATE_TOKENS = 512
"""What a chat template may write around a prompt; some bring a page of instructions."""
_BATCH = 128
"""Tokens of a prompt at once: cells with short prompts need no more, and a quarter of the buffers."""
_EVERY_S = 0.15
_KEPT = 8
_CLOSING_S = 5.0


class Sweeps:
    """Runs sweeps in the background and tells of them with `SweepChanged`. Thread-safe.

    Those that ended are kept until some more have; nothing is written to the disk.
    """

    def __init__(
        self, engines: Engines, room: ModelRoom, bus: EventBus, *, options: Callable[[], LoadOptions]
    ) -> None:
        """`options` are those that models are opened with; a sweep sets the context, the batch and the
        adapters."""
        self._engines = engines
        self._room = room
        self._bus = bus
        self._options = options
        self._lock = threading.Lock()
        self._runs: dict[int, _Run] = {}
        self._threads: dict[int, threading.Thread] = {}
        self._last = 0

    def start(self, request: SweepRequest) -> int:
        """Begin a sweep; returns its number at once.

        Raises:
            AppError: The base is not there, ``engine.adapters`` (it runs elsewhere), ``sweep.empty`` (there
                is no prompt or no cell).
        """
        if not request.prompt.strip() or not request.cells:
            raise AppError(
                "sweep.empty",
                tr("There is nothing to write in this sweep."),
                tr("Write a prompt and choose at least one scale."),
            )
        model = self._engines.find(request.base_id)
        if model.engine != "local":
            raise no_adapters(model.name)
        with self._lock:
            self._last += 1
            number = self._last
            run = _Run(number, request, model, self._engines, self._room, self._bus, self._options())
            for old in [n for n, one in self._runs.items() if not one.sweep().running][: 1 - _KEPT]:
                del self._runs[old]
            self._runs[number] = run
            thread = threading.Thread(target=self._run, args=(run,), name="sweep", daemon=True)
            self._threads[number] = thread
        run.tell()
        thread.start()
        return number

    def stop(self, id: int) -> None:
        """End the cells that are being written; what they said stays. Returns at once.

        Raises:
            AppError: ``sweep.gone``.
        """
        self._of(id).stop()

    def get(self, id: int) -> Sweep:
        """The sweep as it stands.

        Raises:
            AppError: ``sweep.gone``.
        """
        return self._of(id).sweep()

    def close(self) -> None:
        """Stop all of them and wait for their ends, a few seconds at most."""
        with self._lock:
            runs, threads = tuple(self._runs.values()), tuple(self._threads.values())
        for run in runs:
            run.stop()
        deadline = time.monotonic() + _CLOSING_S
        for thread in threads:
            if thread.ident is not None:
                thread.join(max(0.0, deadline - time.monotonic()))

    def _of(self, id: int) -> _Run:
        with self._lock:
            run = self._runs.get(id)
        if run is None:
            raise AppError("sweep.gone", tr("This sweep is not there any more."), tr("Run it again."))
        return run

    def _run(self, run: _Run) -> None:
        try:
            run.run()
        finally:
            with self._lock:
                del self._threads[run.number]


class _Run:
    """One sweep: its cells as they stand, and the context in which they are written."""

    def __init__(
        self,
        number: int,
        request: SweepRequest,
        model: ChatModel,
        engines: Engines,
        room: ModelRoom,
        bus: EventBus,
        options: LoadOptions,
    ) -> None:
        self.number = number
        self._request = request
        self._model = model
        self._engines = engines
        self._room = room
        self._bus = bus
        system = request.system_prompt
        self._turns = (
            *((Turn("system", system),) if system.strip() else ()),
            Turn("user", request.prompt),
        )
        self._lock = threading.Lock()
        self._cancel = threading.Event()
        self._cells = [SweepCell(at, uses) for at, uses in enumerate(request.cells)]
        self._base = next((cell.index for cell in self._cells if not _heard(cell.uses)), None)
        if self._base is None:  # not shown: what the cells are measured against
            self._base = len(self._cells)
            self._cells.append(SweepCell(self._base, ()))
        batch = min(options.n_batch or _BATCH, _BATCH)
        self._options = replace(options, n_ctx=_context(request, model), n_batch=batch)
        self._at_once = min(AT_ONCE, len(self._cells))
        self._generations: tuple[Generating, ...] = ()
        self._taken = 0
        self._begun = time.monotonic()
        self._seconds = 0.0
        self._running = True
        self._changed = False

    def sweep(self) -> Sweep:
        """What it is now."""
        with self._lock:
            seconds = time.monotonic() - self._begun if self._running else self._seconds
            cells = tuple(self._cells[: len(self._request.cells)])
            return Sweep(self.number, self._request, cells, self._running, seconds, self._taken)

    def tell(self) -> None:
        """Publish what it is now."""
        with self._lock:
            self._changed = False
        self._bus.publish(SweepChanged(self.sweep()))

    def stop(self) -> None:
        """Let everything end that is being written or waits."""
        with self._lock:
            self._cancel.set()
            generations = self._generations
        for generation in generations:
            generation.cancel()

    def run(self) -> None:
        """Have all cells written, then measured."""
        try:
            self._write(self._cells)
            if not self._cancel.is_set():
                self._measure()
        except Cancelled:
            self._end_all(self._cells, Finished(FinishReason.CANCELLED))
        except Exception as error:
            log.exception("a sweep ended with a bug")
            title = tr("This answer failed because of a fault in Orangery.")
            self._end_all(self._cells, _failed(title, f"{type(error).__name__}: {error}"))
        finally:
            with self._lock:
                self._running = False
                self._seconds = time.monotonic() - self._begun
            self.tell()

    def _write(self, cells: Sequence[SweepCell]) -> None:
        """Have cells written in one context, of fewer sequences where memory is short; where an adapter is
        refused, in one for each blend, so that the others are written all the same."""
        try:
            with self._room.using(self._model.address, self._opened(cells), self._cancel) as loaded:
                taken = sum(device.kv + device.compute for device in loaded.memory)
                self._taken = max(self._taken, taken)
                self._have_answered(cells, loaded.key)
        except AppError as error:
            if error.code == "engine.context_memory" and self._at_once > 1:
                self._at_once //= 2
                self._write(cells)
                return
            blends = dict.fromkeys(_heard(cell.uses) for cell in cells)
            if len(blends) == 1 or not error.code.startswith("adapter."):
                self._end_all(cells, _failed(error.title, error.hint))
                return
            for blend in blends:
                self._write([cell for cell in cells if _heard(cell.uses) == blend])

    def _opened(self, cells: Sequence[SweepCell]) -> LoadOptions:
        """How the context for `cells` is opened."""
        pool = {use.path for cell in cells for use in _heard(cell.uses)}
        return replace(
            self._options, parallel=min(self._at_once, len(cells)), adapter_pool=tuple(sorted(pool))
        )

    def _have_answered(self, cells: Sequence[SweepCell], key: str) -> None:
        """Ask for all cells at once; the engine writes as many of them in a batch as the context has
        sequences."""
        generations = []
        for cell in cells:
            try:
                generations.append(self._ask(cell, key))
            except AppError as error:
                self._end(cell.index, _failed(error.title, error.hint))
        with self._lock:
            self._generations = tuple(generations)
            stopped = self._cancel.is_set()
        if stopped:
            self.stop()
        for generation in generations:
            while True:
                try:
                    generation.wait(_EVERY_S)
                    break
                except TimeoutError:
                    if self._changed:
                        self.tell()

    def _ask(self, cell: SweepCell, key: str) -> Generating:
        asked, at = self._request, cell.index
        sampling = Sampling(temperature=asked.temperature, seed=asked.seed, max_tokens=asked.max_tokens)
        thinking = False

        def hear(event: GenerationEvent) -> None:
            nonlocal thinking
            if isinstance(event, Finished):
                self._end(at, event)
                return
            gap = "\n\n" if thinking and event.text and not event.reasoning else ""
            thinking = bool(event.reasoning) or (thinking and not event.text)
            with self._lock:
                cell = self._cells[at]
                self._cells[at] = replace(cell, text=cell.text + event.reasoning + gap + event.text)
                self._changed = True

        return self._engines.generate(key, self._turns, sampling, hear, adapters=_heard(cell.uses))

    def _end_all(self, cells: Sequence[SweepCell], end: Finished) -> None:
        """End those that have not ended."""
        for at in [cell.index for cell in cells]:
            if self._cells[at].finish_reason is None:
                self._end(at, end)

    def _end(self, at: int, end: Finished) -> None:
        with self._lock:
            self._cells[at] = replace(
                self._cells[at],
                finish_reason=end.reason,
                timings=end.timings,
                error_title=end.error_title,
                error_hint=end.error_hint,
            )
            self._changed = True

    def _measure(self) -> None:
        """Hold the cells that were written against the answer of the base."""
        assert self._base is not None
        written = [cell for cell in self._cells if cell.finish_reason is not FinishReason.ERROR]
        base = self._cells[self._base]
        if base not in written:
            return
        others = [cell for cell in written if _heard(cell.uses)]
        found: tuple[float, ...] = ()
        if others:
            try:
                # The context that they were written in, if none was refused.
                with self._room.using(self._model.address, self._opened(written), self._cancel) as loaded:
                    mixes = [_heard(cell.uses) for cell in others]
                    found = self._engines.divergence(loaded.key, self._turns, base.text, mixes)
            except AppError as error:  # the texts are there; only the figures are missing
                log.warning("the cells of a sweep could not be measured: %s", error)
                others = []
        with self._lock:
            for cell, nats in zip(others, found, strict=True):
                self._cells[cell.index] = replace(cell, divergence=nats)
            for cell in written:
                if not _heard(cell.uses):
                    self._cells[cell.index] = replace(cell, divergence=0.0)


def _heard(uses: tuple[AdapterUse, ...]) -> tuple[AdapterUse, ...]:
    """What changes anything; nothing for the base."""
    return tuple(use for use in uses if use.scale != 0)


def _failed(title: str, hint: str) -> Finished:
    return Finished(FinishReason.ERROR, error_title=title, error_hint=hint)


def _context(request: SweepRequest, model: ChatModel) -> int:
    """Tokens of context of a cell: few, since each has its own cache, which is taken as a whole, but enough
    for the prompt. A token is seldom less than two bytes long."""
    prompt = len(f"{request.system_prompt}{request.prompt}".encode())
    wanted = max(_N_CTX, _TEMPLATE_TOKENS + prompt // 2 + request.max_tokens)
    return min(wanted, model.context_length or wanted)
