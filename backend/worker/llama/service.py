"""The main loop of the inference worker: one model, its variants, and the threads around the decode loop."""

from __future__ import annotations

import queue
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import llama_cpp.llama_cpp as native

from backend.engines.types import FinishReason
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.adapters import Adapters
from backend.worker.llama.answer import Request
from backend.worker.llama.cores import threads_for
from backend.worker.llama.divergence import EFFECT_TEXT, divergences
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.measuring import Measurement, Measuring
from backend.worker.llama.model import EngineError, Model, engine_error, reading_s
from backend.worker.llama.offload import layers_of, open_with_most_layers, open_with_so_many
from backend.worker.llama.preparing import Prepared, Preparer
from backend.worker.llama.scheduler import Scheduler
from backend.worker.llama.template import ChatTemplate, Renderer
from backend.worker.llama.variant import Variant, resident_bytes
from backend.workers.messages_adapters import FileKey, MeasureDivergence, MeasureEffect, SetAdapters
from backend.workers.messages_complete import Complete
from backend.workers.protocol import (
    DEFAULT_VARIANT,
    Cancel,
    CloseVariant,
    Command,
    CountTokens,
    CreateVariant,
    Done,
    Failed,
    Failure,
    Generate,
    Load,
    Loaded,
    Progress,
    Shutdown,
    VariantOptions,
    VariantReady,
)

_LOAD_S = 20.0
"""For what a load does besides reading, such as making a context or compiling kernels for a GPU."""

if TYPE_CHECKING:
    from backend.worker.llama.pictures import Pictures


class LlamaService:
    """Commands come in on the pipe's thread; conversations are rendered and tokenized on a second thread, so
    that a long prompt stalls nobody; the main thread loads and decodes.
    """

    def __init__(self, channel: Channel, decoding: Pulse, preparing: Pulse) -> None:
        self._channel = channel
        self._inbox: queue.SimpleQueue[Command | Prepared] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._renderer = Renderer((sys.executable, *sys.orig_argv[1:-1], "template"))
        self._log = NativeLog()
        self._model: Model | None = None
        self._pictures: Pictures | None = None
        self._threads: int | None = None
        self._adapters: Adapters | None = None
        self._proved: tuple[FileKey, ...] = ()
        self._measuring = Measuring(channel, decoding)
        self._schedulers: dict[str, Scheduler] = {}
        self._decoding = decoding
        self._preparer = Preparer(channel, preparing, self._n_ctx, self._inbox.put)

    # The pipe's thread.

    def receive(self, command: Command) -> None:
        """Take a command of the parent."""
        match command:
            case Generate() | Complete() | CountTokens() | MeasureDivergence():
                self._preparer.add(command)
            case Cancel(request=request):
                self._cancelled.add(request)
                self._inbox.put(command)
                for scheduler in tuple(self._schedulers.values()):
                    scheduler.interrupt()
            case _:
                self._inbox.put(command)

    # The preparing thread.

    def _n_ctx(self, variant: str) -> int | None:
        scheduler = self._schedulers.get(variant)
        return scheduler.variant.n_ctx if scheduler is not None else None

    # The main thread.

    def run(self) -> None:
        """Serve until the parent asks to stop."""
        self._preparer.start()
        while True:
            idle = not (
                self._measuring.busy or any(scheduler.busy for scheduler in self._schedulers.values())
            )
            while idle or not self._inbox.empty():
                if not self._handle(self._inbox.get()):
                    self._close()
                    return
                idle = False
            for scheduler in tuple(self._schedulers.values()):
                scheduler.step()
            self._measuring.step()

    def _handle(self, item: Command | Prepared) -> bool:
        """Do one thing that is not decoding; returns False when it is time to stop."""
        match item:
            case (variant, request):
                self._admit(variant, request)
            case Cancel(request=request_id):
                for scheduler in self._schedulers.values():
                    scheduler.cancel(request_id)
            case Load():
                self._guarded(item.request, lambda: self._load(item))
            case CreateVariant():
                self._guarded(item.request, lambda: self._create(item))
            case SetAdapters():
                self._guarded(item.request, lambda: self._set_adapters(item))
            case MeasureEffect():
                self._guarded(item.request, lambda: self._measure_effect(item))
            case Measurement():
                self._guarded(item.request, lambda: self._measure(item))
            case CloseVariant():
                if closing := self._schedulers.pop(item.variant, None):
                    closing.close()
                self._channel.send(Done(item.request))
            case Shutdown():
                return False
            case other:
                raise TypeError(f"the inference worker does not understand {type(other).__name__}")
        return True

    def _admit(self, variant: str, request: Request) -> None:
        scheduler = self._schedulers.get(variant)
        reason, failure = FinishReason.CANCELLED, None
        if scheduler is not None and request.id not in self._cancelled:
            # Not sooner: the context may have become another one while the prompt was prepared.
            n_ctx = scheduler.variant.n_ctx
            reason = FinishReason.ERROR
            if len(request.prompt) < n_ctx:
                try:
                    scheduler.add(request)
                except EngineError as error:
                    failure = error.failure
                else:
                    return
            else:
                failure = Failure("engine.context", number=len(request.prompt), limit=n_ctx)
        self._channel.send(*[request.unstarted(i, reason, failure) for i in range(request.answers)])

    def _guarded(self, request: int, work: Callable[[], None]) -> None:
        try:
            work()
        except EngineError as error:
            self._channel.send(Failed(request, error.failure))

    def _load(self, command: Load) -> None:
        if self._model is not None:
            raise engine_error("engine.load", "this process has a model already")
        started = time.perf_counter()
        path = Path(command.path)
        self._renderer.start()
        self._threads = command.options.threads
        self._proved = command.proved

        def progress(fraction: float) -> None:
            self._decoding.tick()
            self._channel.send(Progress(command.request, fraction))

        try:
            size = path.stat().st_size
        except OSError as error:
            raise engine_error("engine.file_missing", str(error)) from error
        model, variant, gpu_layers = self._open_where_it_fits(command, reading_s(size), progress)
        self._pictures = self._projector(command, model)
        template = ChatTemplate(self._renderer, model.template, model.bos, model.eos)
        problem = template.check()
        self._preparer.use(model, template, self._pictures)
        self._channel.send(
            Loaded(
                command.request,
                name=model.name,
                architecture=model.architecture,
                parameters=model.parameters,
                n_ctx=variant.n_ctx,
                n_ctx_train=model.n_ctx_train,
                n_vocab=model.n_vocab,
                layers=model.layers,
                gpu_layers=gpu_layers,
                memory=variant.memory,
                rss=resident_bytes(),
                load_s=time.perf_counter() - started,
                template_sha256=sha256(model.template.encode()).hexdigest() if model.template else "",
                template_problem=problem,
            )
        )

    def _projector(self, command: Load, model: Model) -> Pictures | None:
        """What reads images for the model; opened with the first one."""
        if not command.projector:
            return None
        from backend.worker.llama.pictures import Pictures  # only models with images need its library

        return Pictures(
            Path(command.projector),
            model,
            self._log,
            gpu=command.flags.gpu,
            threads=self._threads or threads_for(model.weights),
        )

    def _open_where_it_fits(
        self, command: Load, read_s: float, progress: Callable[[float], None]
    ) -> tuple[Model, Variant, int | None]:
        """Open the model; the number is that of the layers on the GPU where not all of them fit."""
        layers = 0

        def attempt(gpu_layers: int | None) -> tuple[Model, Variant]:
            nonlocal layers
            with self._decoding.step(_LOAD_S + read_s):
                model = Model(Path(command.path), command.flags, gpu_layers, self._log, progress)
            layers = model.layers
            self._model = model
            try:
                return model, self._add_variant(DEFAULT_VARIANT, VariantOptions.of(command.options))
            except EngineError:
                self._model = self._adapters = None
                model.close()
                raise

        wanted = command.options.gpu_layers
        if not command.flags.gpu or not native.llama_supports_gpu_offload():
            return *attempt(wanted), None
        if wanted is not None:
            return *open_with_so_many(attempt, wanted), None
        (model, variant), fitting = open_with_most_layers(
            attempt, lambda: layers or layers_of(self._log.lines())
        )
        return model, variant, fitting

    def _create(self, command: CreateVariant) -> None:
        if self._model is None:
            raise engine_error("engine.not_loaded")
        if old := self._schedulers.pop(command.variant, None):
            old.close()
        variant = self._add_variant(command.variant, command.options)
        self._channel.send(VariantReady(command.request, variant.n_ctx, variant.memory, resident_bytes()))

    def _set_adapters(self, command: SetAdapters) -> None:
        scheduler = self._schedulers.get(command.variant)
        if scheduler is None:
            raise engine_error("engine.not_loaded")
        variant = scheduler.variant
        with self._decoding.step(_LOAD_S):
            variant.set_adapters(command.adapters)
        self._channel.send(VariantReady(command.request, variant.n_ctx, variant.memory, resident_bytes()))

    def _measure_effect(self, command: MeasureEffect) -> None:
        if self._model is None:
            raise engine_error("engine.not_loaded")
        tokens = self._model.tokenize(EFFECT_TEXT, add_special=True)
        self._measure(Measurement(command.request, tokens, 1, (command.adapters,)))

    def _measure(self, asked: Measurement) -> None:
        if self._adapters is None:
            raise engine_error("engine.not_loaded")
        steps = divergences(self._adapters, asked.tokens, asked.first, asked.mixes)
        self._measuring.add(asked.request, steps)

    def _add_variant(self, name: str, options: VariantOptions) -> Variant:
        assert self._model
        with self._decoding.step(_LOAD_S + self._model.read_s):  # its warm-up may read all weights
            threads = self._threads or threads_for(self._model.weights)
            if self._adapters is None:
                self._adapters = Adapters(self._model, threads, self._log, self._proved)
            variant = Variant(self._model, options, threads, self._log, self._adapters)
        self._schedulers[name] = Scheduler(variant, self._channel, self._decoding)
        return variant

    def _close(self) -> None:
        for scheduler in self._schedulers.values():
            scheduler.close()
        self._schedulers.clear()
        self._measuring.close()
        if self._pictures is not None:
            self._pictures.close()
        if self._model is not None:
            self._model.close()
        self._renderer.close()
