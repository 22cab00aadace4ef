"""Which models of this disk are loaded: a worker process per weights, with one context or several."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from backend.engines.adapting import all_uses, tell_adapters
from backend.engines.announcing import Announcer
from backend.engines.flags import SafeFlags
from backend.engines.opening import open_model
from backend.engines.proofs import Proofs
from backend.engines.running import Context, Contexts, ModelProcess, same_context, same_weights
from backend.engines.types import AdapterUse, LoadedModel, LoadOptions
from backend.errors import AppError, Cancelled
from backend.events import EventBus
from backend.i18n import tr
from backend.paths import STARTER_MODEL, Paths
from backend.workers.codec import ProtocolError
from backend.workers.process import ExitReport
from backend.workers.protocol import CloseVariant, CreateVariant, Load, VariantOptions, VariantReady
from backend.workers.supervisor import Supervisor

_CLOSE_S = 30.0


def _on_gpu(loaded: LoadedModel) -> bool:
    return any(memory.device != "CPU" for memory in loaded.memory)


class ModelLoader:
    """Loads models, keeps their contexts and gives them up; what `LocalEngine` answers with. Thread-safe.

    Args:
        probe_model: Quantized model on which the engine's flags are tried.
        worker_command: What ``--worker <kind>`` is appended to; this program itself when None.
        projector_of: Path of the file with which the model at a path reads images; empty without one.
        check_adapters: Called with the path of a model and its adapters before native code sees them; raises
            `AppError` for those that do not fit.
    """

    def __init__(
        self,
        paths: Paths,
        bus: EventBus,
        *,
        probe_model: Path = STARTER_MODEL,
        worker_command: Sequence[str] | None = None,
        projector_of: Callable[[str], str] = lambda _path: "",
        check_adapters: Callable[[str, tuple[AdapterUse, ...]], None] = lambda _path, _uses: None,
    ) -> None:
        self._bus = bus
        self._projector_of = projector_of
        self._check_adapters = check_adapters
        self._supervisor = Supervisor(worker_command)
        self._flags = SafeFlags(self._supervisor, paths.cache / "engine.json", probe_model)
        self._proofs = Proofs(paths.cache / "proofs.json", self._flags.identity)
        self._lock = threading.Lock()
        self._loading: dict[str, threading.Lock] = {}
        self._contexts = Contexts()
        self._announcer = Announcer(bus, self._contexts)

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
        type, batch or parallel answers only replaces the context, not the weights, and a change of adapters
        keeps even the context while it is idle. With `beside` there is always one more context.

        A context beside costs the memory of its cache and compute buffers, and decodes in turn with the
        others. Its key is the path with a number.

        Raises:
            AppError: The model can't be loaded; the sentence names it.
            Cancelled: `cancel` was set.
        """
        path = os.path.abspath(address)  # noqa: PTH100  # links stay: parts of a split model are found by name
        with self._turnstile(path):
            here = self._contexts.alive(path)
            same = next((context for context in here if context.loaded.options == options), None)
            if same is not None and not beside:
                return same.loaded
            with self._admitted(path, all_uses(options)):
                if not here:
                    return self._load(path, path, options, cancel)
                if beside:
                    return self._beside(path, here, options, cancel)
                return self._replace(here, options, cancel)

    def unload(self, key: str) -> None:
        """Close a context, and with the last one its process; running answers end as cancelled."""
        context = self._contexts.get(key)
        if context is None:
            return
        path = context.loaded.path
        with self._turnstile(path):
            self._close(context)
            self._announcer.settle(path)

    def loaded(self) -> tuple[LoadedModel, ...]:
        """The models that are ready; one with several contexts is there several times."""
        return tuple(context.loaded for context in self._contexts.alive())

    def peak_memory(self, key: str) -> int:
        """Most bytes that the process of a model had resident while it last answered; 0 before that."""
        context = self._contexts.get(key)
        return 0 if context is None else context.process.peak

    def close(self) -> None:
        """Stop all processes, within about four seconds."""
        self._supervisor.close()
        self._contexts.clear()

    # Inside.

    @contextlib.contextmanager
    def _turnstile(self, path: str) -> Iterator[None]:
        """Contexts of one file are made and closed one after the other."""
        with self._lock:
            turnstile = self._loading.setdefault(path, threading.Lock())
        with turnstile:
            yield

    def _context(self, key: str) -> Context:
        context = self._contexts.get(key)
        if context is None:
            raise self._not_loaded(key)
        return context

    def _living(self, key: str) -> Context:
        context = self._context(key)
        if context.process.died:
            raise self._not_loaded(key)
        return context

    def _admit(self, path: str, uses: tuple[AdapterUse, ...]) -> None:
        if uses:
            self._check_adapters(path, uses)

    @contextlib.contextmanager
    def _admitted(self, path: str, uses: tuple[AdapterUse, ...]) -> Iterator[None]:
        """Check adapters before native code sees them in here; if it takes them, they do something."""
        self._admit(path, uses)
        with self._proofs.noting(path, uses):
            yield

    def _not_loaded(self, key: str) -> AppError:
        return AppError(
            "engine.not_loaded",
            tr("{model} is not loaded.", model=Path(key.partition("#")[0]).stem),
            tr("Load it and try again."),
            retryable=True,
        )

    def _replace(
        self, here: tuple[Context, ...], options: LoadOptions, cancel: threading.Event | None
    ) -> LoadedModel:
        """Give a model other options in place of those that it has."""
        path = here[0].loaded.path
        context = next((one for one in here if one.key == path), here[0])
        if context.idle and same_context(options, context.loaded.options):
            return self._retune(context, options.adapters)
        if same_weights(options, context.process.options):
            try:
                return self._recontext(context, options)
            except AppError as error:
                self._close(context)
                if error.code != "engine.context_memory" or not _on_gpu(context.loaded):
                    self._announcer.settle(path, error)
                    raise  # else a load with fewer layers on the GPU may make room for it
        self._close(context)
        return self._load(path, context.key, options, cancel)

    def _beside(
        self, path: str, here: tuple[Context, ...], options: LoadOptions, cancel: threading.Event | None
    ) -> LoadedModel:
        """Add a context to a model that has one; weights that were loaded otherwise are loaded once more."""
        host = next((one for one in here if same_weights(options, one.process.options)), None)
        key = self._contexts.new_key(path)
        if host is None:
            return self._load(path, key, options, cancel)
        self._announcer.loading(path, options, 1.0)
        try:
            context = self._add_context(key, key, host, options)
        except AppError:
            self._announcer.settle(path)
            raise
        self._announcer.ready(context.loaded)
        return context.loaded

    def _load(self, path: str, key: str, options: LoadOptions, cancel: threading.Event | None) -> LoadedModel:
        subject = Path(path).stem
        self._announcer.loading(path, options)
        try:
            if not Path(path).is_file():
                raise AppError(
                    "engine.file_missing",
                    tr("The file of {model} can't be opened.", model=subject),
                    tr("Check that its disk is connected and the file is still there."),
                    path,
                )
            flags = self._flags.flags()
            if cancel is not None and cancel.is_set():
                raise Cancelled
            context = open_model(
                self._supervisor,
                key,
                Load(0, path, options, flags, self._projector_of(path), self._proofs.known(path)),
                lambda fraction: self._announcer.progress(path, fraction),
                cancel,
                self._exited,
            )
        except AppError as error:
            self._announcer.settle(path, error)
            raise
        except Cancelled:
            self._announcer.settle(path)
            raise
        self._contexts.add(context)
        self._announcer.ready(context.loaded)
        return context.loaded

    def _retune(self, context: Context, uses: tuple[AdapterUse, ...]) -> LoadedModel:
        """Give a context other adapters."""
        loaded = tell_adapters(context, uses)
        self._announcer.ready(loaded)
        return loaded

    def _recontext(self, context: Context, options: LoadOptions) -> LoadedModel:
        """Replace the context of a loaded model."""
        path = context.loaded.path
        self._announcer.loading(path, options, 1.0)
        made = self._add_context(context.key, context.variant, context, options)
        self._announcer.ready(made.loaded)
        return made.loaded

    def _add_context(self, key: str, variant: str, host: Context, options: LoadOptions) -> Context:
        """Make a context in the process of another, or anew where it has the same name."""
        wanted = VariantOptions.of(options)
        reply = host.process.client.call(lambda number: CreateVariant(number, variant, wanted))
        if not isinstance(reply, VariantReady):
            raise ProtocolError(f"{type(reply).__name__} in answer to CreateVariant")
        loaded = replace(
            host.loaded, key=key, options=options, n_ctx=reply.n_ctx, memory=reply.memory, rss=reply.rss
        )
        context = Context(host.process, variant, loaded)
        self._contexts.add(context)
        return context

    def _close(self, context: Context) -> None:
        """Close a context; its process ends with the last one."""
        client, variant = context.process.client, context.variant
        if self._contexts.remove(context):
            client.process.stop()
        elif not context.process.died:
            with contextlib.suppress(AppError):  # it died just now, and the context with it
                client.call(lambda number: CloseVariant(number, variant), timeout=_CLOSE_S)

    def _exited(self, process: ModelProcess, report: ExitReport) -> None:
        """A process ended. If nobody asked it to, its contexts stay, to be made anew when next wanted."""
        if report.cause != "stopped" and self._contexts.has(process):
            self._announcer.settle(process.path, process.client.explain(report))

    def _reload(self, lost: Context) -> Context:
        """Make a context whose process crashed once more, under its key."""
        path, key, options = lost.loaded.path, lost.key, lost.loaded.options
        with self._turnstile(path):
            now = self._contexts.get(key)
            if now is not None and not now.process.died:
                return now  # somebody else was faster
            self._admit(path, all_uses(options))
            here = self._contexts.alive(path)
            host = next((one for one in here if same_weights(options, one.process.options)), None)
            if host is not None:
                return self._add_context(key, key, host, options)
            self._load(path, key, options, None)
            made = self._contexts.get(key)
        if made is None or made.process.died:
            raise self._not_loaded(key)
        return made
