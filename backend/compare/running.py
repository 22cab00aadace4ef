"""Answers side by side: those of one weight file in one batch, several files at the same time."""

from __future__ import annotations

import dataclasses
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from backend.chats.answer import CHECKPOINT_S, Uses
from backend.chats.conversation import measured_speed
from backend.compare.speaking import Speaker
from backend.engines.adapting import all_uses, batch_options, pooled
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import AdapterUse, Finished, LoadedModel, LoadOptions
from backend.errors import AppError, Cancelled
from backend.i18n import tr

log = logging.getLogger(__name__)

_POLL_S = 0.1
_KILLED = "engine.killed"
_DEADLY = (_KILLED, "engine.crashed", "engine.hung", "engine.protocol")


@dataclasses.dataclass(frozen=True, slots=True)
class Services:
    """What answers are made with."""

    engines: Engines
    room: ModelRoom
    uses: Uses
    cores: Callable[[], int]
    """How many cores of the processor there are for models."""


class Panel:
    """Speakers that answer, group after group. Each group's weight files are open at the same time."""

    def __init__(
        self, services: Services, groups: Sequence[Sequence[Speaker]], *, at_once: int | None = None
    ) -> None:
        """`at_once` is how many answers of one file are decoded in a batch; None means all."""
        self._services = services
        self._groups = tuple(tuple(group) for group in groups)
        self._at_once = at_once
        self._inbox: queue.SimpleQueue[Speaker | None] = queue.SimpleQueue()

    def run(self, stop: threading.Event | None = None) -> None:
        """Answer; returns when every speaker has ended, which it does early once `stop` is set. Blocking."""
        for group in self._groups:
            for speaker in group:
                if speaker.stopped.is_set():
                    speaker.stop_now()
            wanted = [speaker for speaker in group if not speaker.stopped.is_set()]
            batches = _batches(wanted, self._services, self._at_once)
            gate = _Gate(len(batches))
            threads = [
                threading.Thread(target=self._batch, args=(batch, gate), name="compare-batch", daemon=True)
                for batch in batches
            ]
            for thread in threads:
                thread.start()
            active = len(threads)
            while active:
                try:
                    stopped = self._inbox.get(timeout=None if stop is None else _POLL_S)
                except queue.Empty:
                    if stop is not None and stop.is_set():
                        self.stop_all()
                        stop = None
                    continue
                if stopped is None:
                    active -= 1
                else:
                    stopped.stop_now()
            for thread in threads:
                thread.join()

    def stop(self, speaker: Speaker) -> None:
        """End one answer early; returns at once."""
        if speaker.stop():
            self._inbox.put(speaker)

    def stop_all(self) -> None:
        """End all answers early; returns at once."""
        for group in self._groups:
            for speaker in group:
                self.stop(speaker)

    def _batch(self, batch: _Batch, gate: _Gate) -> None:
        try:
            batch.run(gate)
        finally:
            self._inbox.put(None)


class _Gate:
    """Opens when all have come: a model is not given back before the others of its group are open, or
    opening them would make it leave."""

    def __init__(self, count: int) -> None:
        self._missing = count
        self._lock = threading.Lock()
        self._open = threading.Event()

    def arrive(self) -> None:
        with self._lock:
            self._missing -= 1
            if self._missing <= 0:
                self._open.set()

    def wait(self) -> None:
        self._open.wait()


class _Cancel(threading.Event):
    """Is set once every speaker was stopped: then nobody needs the model that is being opened."""

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        super().__init__()
        self._speakers = speakers

    def is_set(self) -> bool:
        return super().is_set() or all(speaker.stopped.is_set() for speaker in self._speakers)

    def wait(self, timeout: float | None = None) -> bool:
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = _POLL_S if deadline is None else min(_POLL_S, deadline - time.monotonic())
            if left <= 0:
                return False
            super().wait(left)
        return True


class _Batch:
    """The speakers of one weight file, opened in one way; with an adapter pool where not all have the same
    adapters."""

    def __init__(
        self,
        services: Services,
        options: LoadOptions,
        speakers: Sequence[Speaker],
        along: frozenset[str],
        alone: bool,
    ) -> None:
        """`along` are the files of the group; `alone`: nothing else computes meanwhile, so that the speed
        says something about the model."""
        self._services = services
        self._options = options
        self._speakers = tuple(speakers)
        self._along = along
        self._alone = alone
        self._done: queue.SimpleQueue[Speaker] = queue.SimpleQueue()

    def run(self, gate: _Gate) -> None:
        arrived = False
        try:
            address = self._speakers[0].seat.model.address
            cancel = _Cancel(self._speakers)
            room = self._services.room
            with room.using(address, self._options, cancel, along=self._along) as loaded:
                gate.arrive()
                arrived = True
                self._answer(loaded)
                gate.wait()
        except Cancelled:
            for speaker in self._speakers:
                speaker.stop_now()
        except AppError as error:
            if error.code.startswith("adapter.") and self._options.adapter_pool:
                self._run_apart()
                return
            for speaker in self._speakers:
                speaker.fail(error.title, error.hint)
        except Exception as error:
            log.exception("answers of a comparison ended with a bug")
            title = tr("This answer failed because of a fault in Orangery.")
            for speaker in self._speakers:
                speaker.fail(title, f"{type(error).__name__}: {error}")
        finally:
            if not arrived:
                gate.arrive()

    def _run_apart(self) -> None:
        """Answer in a context for each set of adapters, as one that is refused must not stop the others."""
        by_adapters: dict[tuple[AdapterUse, ...], list[Speaker]] = {}
        for speaker in self._speakers:
            by_adapters.setdefault(speaker.seat.options.adapters, []).append(speaker)
        for uses, speakers in by_adapters.items():
            parallel = min(self._options.parallel, len(speakers))
            options = dataclasses.replace(self._options, adapters=uses, adapter_pool=(), parallel=parallel)
            _Batch(self._services, options, speakers, self._along, alone=False).run(_Gate(1))

    def _answer(self, loaded: LoadedModel) -> None:
        waiting, running = deque(self._speakers), set[Speaker]()
        deaths = _Deaths()
        save = time.monotonic() + CHECKPOINT_S
        while waiting or running:
            while waiting and len(running) < self._options.parallel:
                speaker = waiting.popleft()
                if self._begin(speaker, loaded):
                    running.add(speaker)
                    deaths.begun(speaker)
            try:
                speaker = self._done.get(timeout=max(0.0, save - time.monotonic()))
            except queue.Empty:
                for speaker in running:
                    speaker.checkpoint()
                save = time.monotonic() + CHECKPOINT_S
            else:
                running.discard(speaker)
                end = self._commit(speaker, loaded)
                if deaths.enough(speaker, end):
                    while waiting:
                        waiting.popleft().fail(end.error_title, end.error_hint)

    def _begin(self, speaker: Speaker, loaded: LoadedModel) -> bool:
        try:
            uses = speaker.seat.options.adapters if self._options.adapter_pool else ()
            begun = speaker.begin(self._services.engines, loaded.key, self._done.put, uses)
        except AppError as error:
            speaker.fail(error.title, error.hint)
            return False
        if not begun:
            speaker.stop_now()
        return begun

    def _commit(self, speaker: Speaker, loaded: LoadedModel) -> Finished:
        own = dataclasses.replace(loaded.options, adapters=speaker.seat.options.adapters, adapter_pool=())
        end = speaker.commit(self._services.engines, dataclasses.replace(loaded, options=own))
        model = speaker.seat.model
        if model.engine != "local":
            return end
        # With adapters it is slower than the speed that is noted for the model alone.
        plain = self._alone and not all_uses(self._options)
        try:
            self._services.uses.note_use(
                model.base_id or model.id, measured_speed(end.timings) if plain else None
            )
        except AppError as error:
            log.warning("the use of %s was not noted: %s", model.id, error)
        return end


class _Deaths:
    """Counts how often the process of a model ended in the middle of answers: it is loaded anew once, since
    one prompt may have done it, but never after the system killed it, which mostly means that there was too
    little memory."""

    def __init__(self) -> None:
        self._count = 0
        self._since: set[Speaker] = set()

    def begun(self, speaker: Speaker) -> None:
        self._since.add(speaker)

    def enough(self, speaker: Speaker, end: Finished) -> bool:
        """Whether nothing more should be asked after this end. One death ends several answers."""
        if end.error_code not in _DEADLY:
            return False
        if speaker in self._since:
            self._count += 1
            self._since.clear()
        return end.error_code == _KILLED or self._count > 1


def _batches(group: Sequence[Speaker], services: Services, at_once: int | None) -> list[_Batch]:
    """The speakers by weight file and by how it is opened, whatever their adapters."""
    found: dict[tuple[str, LoadOptions], list[Speaker]] = {}
    for speaker in group:
        seat = speaker.seat
        found.setdefault((seat.model.address, batch_options(seat.options)), []).append(speaker)
    along = frozenset(address for address, _ in found)
    local = {speaker.seat.model.address for speaker in group if speaker.seat.model.engine == "local"}
    # Threads of several processes on one core wait for each other in turns: models that share the processor
    # as if each had it alone answer many times slower than with a part of it.
    threads = max(1, services.cores() // len(local)) if len(local) > 1 else None
    batches = []
    for (_, options), speakers in found.items():
        parallel = len(speakers) if at_once is None else min(at_once, len(speakers))
        opened = dataclasses.replace(options, parallel=parallel, threads=options.threads or threads)
        opened = pooled(opened, (speaker.seat.options.adapters for speaker in speakers))
        batches.append(_Batch(services, opened, speakers, along, alone=len(found) == 1 and parallel == 1))
    return batches
