"""The engine for models on this disk: one worker process per loaded model file."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backend.engines.flags import SafeFlags
from backend.engines.generation import Generation
from backend.engines.types import (
    EngineDevice,
    EngineFlags,
    EngineReport,
    Finished,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    ModelState,
    Sampling,
    Turn,
)
from backend.errors import AppError, Cancelled
from backend.events import EventBus, ModelAnswered, ModelChanged
from backend.i18n import tr
from backend.paths import STARTER_MODEL, Paths
from backend.workers.client import WorkerClient
from backend.workers.codec import ProtocolError
from backend.workers.outcome import layers_note, template_note
from backend.workers.process import ExitReport
from backend.workers.protocol import (
    DEFAULT_VARIANT,
    Counted,
    CountTokens,
    CreateVariant,
    Load,
    Loaded,
    VariantOptions,
    VariantReady,
)
from backend.workers.supervisor import Supervisor

log = logging.getLogger(__name__)

_COUNT_S = 30.0
_PROGRESS_S = 0.1


@dataclass(slots=True, eq=False)
class _Running:
    """A model in its process."""

    client: WorkerClient
    loaded: LoadedModel

    @property
    def died(self) -> bool:
        """The process ended; true before its answers are told so, for who asks again at once."""
        return not self.client.process.alive


def _on_gpu(loaded: LoadedModel) -> bool:
    return any(memory.device != "CPU" for memory in loaded.memory)


class LocalEngine:
    """Loads models and answers with them. Thread-safe; every method but `generate` may take a while.

    Args:
        probe_model: Quantized model on which the engine's flags are tried.
        worker_command: What ``--worker <kind>`` is appended to; this program itself when None.
    """

    def __init__(
        self,
        paths: Paths,
        bus: EventBus,
        *,
        probe_model: Path = STARTER_MODEL,
        worker_command: Sequence[str] | None = None,
    ) -> None:
        self._bus = bus
        self._supervisor = Supervisor(worker_command)
        self._flags = SafeFlags(self._supervisor, paths.cache / "engine.json", probe_model)
        self._lock = threading.Lock()
        self._loading: dict[str, threading.Lock] = {}
        self._models: dict[str, _Running] = {}

    # Models.

    def load(
        self,
        address: str | Path,
        options: LoadOptions,
        *,
        cancel: threading.Event | None = None,
        beside: bool = False,
    ) -> LoadedModel:
        """Make a model ready. Returns at once if it is ready with equal options; a change of context, cache
        type or parallel answers only replaces the context, not the weights.

        Raises:
            AppError: The model can't be loaded; the sentence names it.
            Cancelled: `cancel` was set.
        """
        key = os.path.abspath(address)  # noqa: PTH100  # links stay: parts of a split model are found by name
        with self._lock:
            turnstile = self._loading.setdefault(key, threading.Lock())
        with turnstile:
            running = self._get(key)
            if running is not None and running.loaded.options == options:
                return running.loaded
            if running is not None:
                same = replace(
                    options,
                    n_ctx=running.loaded.options.n_ctx,
                    kv_type=running.loaded.options.kv_type,
                    parallel=running.loaded.options.parallel,
                    n_batch=running.loaded.options.n_batch,
                )
                if same == running.loaded.options:
                    try:
                        return self._recontext(running, options)
                    except AppError as error:
                        self._stop(running)
                        if error.code != "engine.context_memory" or not _on_gpu(running.loaded):
                            self._fail(key, error)
                            raise  # else a load with fewer layers on the GPU may make room for it
                self._stop(running)
            return self._load(key, options, cancel)

    def unload(self, key: str) -> None:
        """Stop a model's process; running answers end as cancelled. Does nothing if it is not loaded."""
        with self._lock:
            running = self._models.get(key)
        if running is not None:
            self._stop(running)
            self._publish(key, ModelState.UNLOADED)

    def loaded(self) -> tuple[LoadedModel, ...]:
        """The models that are ready."""
        with self._lock:
            return tuple(running.loaded for running in self._models.values() if not running.died)

    def close(self) -> None:
        """Stop all processes, within about four seconds."""
        self._supervisor.close()
        with self._lock:
            self._models.clear()

    # Answers.

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
    ) -> Generation:
        """Answer a conversation `n` times; returns at once.

        `on_event` is called on the model's reader thread (or a thread that reloads a crashed model, which
        happens once per request) and must not block. Every answer ends with exactly one `Finished`.

        Raises:
            AppError: ``engine.not_loaded``, or the conversation is larger than the protocol can carry.
        """
        if n < 1:
            raise ValueError("n must be at least 1")
        with self._lock:
            running = self._models.get(key)
        if running is None:
            raise self._not_loaded(key)

        def tell(event: GenerationEvent) -> None:
            if isinstance(event, Finished) and n == 1:  # several at once are slower
                self._bus.publish(ModelAnswered(key, event.timings))
            on_event(event)

        generation = Generation(n, tell)
        if running.died:
            threading.Thread(
                target=self._revive,
                args=(running.loaded, generation, tuple(turns), sampling),
                name="reload",
                daemon=True,
            ).start()
        else:
            generation.run(running.client, tuple(turns), sampling)
        return generation

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int:
        """Tokens of the prompt that `turns` make with this model's template. Raises `AppError`."""
        running = self._get(key)
        if running is None:
            raise self._not_loaded(key)
        conversation = tuple(turns)
        reply = running.client.call(
            lambda number: CountTokens(number, DEFAULT_VARIANT, conversation), timeout=_COUNT_S
        )
        if not isinstance(reply, Counted):
            raise ProtocolError(f"{type(reply).__name__} in answer to CountTokens")
        return reply.tokens

    # The engine itself.

    def devices(self) -> tuple[EngineDevice, ...]:
        """The devices the engine sees; asked once in a throw-away process. Raises `AppError`."""
        return self._flags.inspected().devices

    def flags(self) -> EngineFlags:
        """The flags that models are opened with here; finding them takes a second or two. Raises
        `AppError`."""
        return self._flags.flags()

    def probe(self) -> EngineReport:
        """What the engine is and which flags work here. Raises `AppError`."""
        return self._flags.report()

    # Inside.

    def _get(self, key: str) -> _Running | None:
        with self._lock:
            running = self._models.get(key)
        return None if running is None or running.died else running

    def _not_loaded(self, key: str) -> AppError:
        return AppError(
            "engine.not_loaded",
            tr("{model} is not loaded.", model=Path(key).stem),
            tr("Load it and try again."),
            retryable=True,
        )

    def _publish(self, key: str, state: ModelState, **values: object) -> None:
        self._bus.publish(ModelChanged(key, state, **values))  # type: ignore[arg-type]

    def _fail(self, key: str, error: AppError) -> None:
        self._bus.publish(
            ModelChanged(
                key,
                ModelState.FAILED,
                error_title=error.title,
                error_hint=error.hint,
                error_detail=error.detail,
                error_code=error.code,
            )
        )

    def _load(self, key: str, options: LoadOptions, cancel: threading.Event | None) -> LoadedModel:
        subject = Path(key).stem
        self._publish(key, ModelState.LOADING, options=options)
        published = time.monotonic()

        def progress(fraction: float) -> None:
            nonlocal published
            now = time.monotonic()
            if now - published >= _PROGRESS_S:
                published = now
                self._publish(key, ModelState.LOADING, progress=fraction)

        try:
            if not Path(key).is_file():
                raise AppError(
                    "engine.file_missing",
                    tr("The file of {model} can't be opened.", model=subject),
                    tr("Check that its disk is connected and the file is still there."),
                    key,
                )
            flags = self._flags.flags()
            if cancel is not None and cancel.is_set():
                raise Cancelled
            return self._start(key, subject, options, Load(0, key, options, flags), progress, cancel)
        except AppError as error:
            self._fail(key, error)
            raise
        except Cancelled:
            self._publish(key, ModelState.UNLOADED)
            raise

    def _start(
        self,
        key: str,
        subject: str,
        options: LoadOptions,
        load: Load,
        progress: Callable[[float], None],
        cancel: threading.Event | None,
    ) -> LoadedModel:
        client = self._supervisor.start("llama", key, subject, lambda report: self._exited(key, report))
        try:
            reply = client.call(
                lambda number: replace(load, request=number),
                on_progress=lambda step: progress(step.fraction),
                cancel=cancel,
            )
            if not isinstance(reply, Loaded):
                raise ProtocolError(f"{type(reply).__name__} in answer to Load")
        except BaseException:
            client.process.stop(ask_s=0.2)
            raise
        client.loading = False
        notes = layers_note(reply.gpu_layers, reply.layers), template_note(reply.template_problem)
        loaded = LoadedModel(
            key=key,
            path=key,
            name=reply.name,
            architecture=reply.architecture,
            parameters=reply.parameters,
            n_ctx=reply.n_ctx,
            n_ctx_train=reply.n_ctx_train,
            n_vocab=reply.n_vocab,
            options=options,
            memory=reply.memory,
            rss=reply.rss,
            load_s=reply.load_s,
            layers=reply.layers,
            gpu_layers=reply.gpu_layers,
            note=" ".join(note for note in notes if note),
        )
        with self._lock:
            self._models[key] = _Running(client, loaded)
        self._publish(key, ModelState.READY, progress=1.0, loaded=loaded)
        return loaded

    def _recontext(self, running: _Running, options: LoadOptions) -> LoadedModel:
        """Replace the context of a loaded model."""
        key = running.loaded.key
        wanted = VariantOptions(options.n_ctx, options.kv_type, options.parallel, n_batch=options.n_batch)
        self._publish(key, ModelState.LOADING, progress=1.0, options=options)
        reply = running.client.call(lambda number: CreateVariant(number, DEFAULT_VARIANT, wanted))
        if not isinstance(reply, VariantReady):
            raise ProtocolError(f"{type(reply).__name__} in answer to CreateVariant")
        loaded = replace(
            running.loaded, options=options, n_ctx=reply.n_ctx, memory=reply.memory, rss=reply.rss
        )
        running.loaded = loaded
        self._publish(key, ModelState.READY, progress=1.0, loaded=loaded)
        return loaded

    def _stop(self, running: _Running) -> None:
        with self._lock:
            if self._models.get(running.loaded.key) is running:
                del self._models[running.loaded.key]
        running.client.process.stop()

    def _exited(self, key: str, report: ExitReport) -> None:
        """A process ended. If nobody asked it to, its model stays, to be loaded anew when next wanted."""
        if report.cause == "stopped":
            return
        with self._lock:
            running = self._models.get(key)
        if running is None or not running.died:  # gone already, or replaced
            return
        self._fail(key, running.client.explain(report))

    def _revive(
        self, loaded: LoadedModel, generation: Generation, turns: tuple[Turn, ...], sampling: Sampling
    ) -> None:
        """Load a crashed model once more, because the person asked again, and answer."""
        try:
            self.load(Path(loaded.path), loaded.options)
            running = self._get(loaded.key)
            if running is None:
                raise self._not_loaded(loaded.key)
            generation.run(running.client, turns, sampling)
        except AppError as error:
            generation.fail(error)
        except Exception as error:  # or the answer would be awaited for ever
            log.exception("a crashed model could not be loaded anew")
            generation.fail(
                AppError(
                    "engine.bug",
                    tr("This answer failed because of a fault in Orangery."),
                    detail=f"{type(error).__name__}: {error}",
                )
            )
