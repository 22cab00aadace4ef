"""The worker that measures speed as `llama-bench` does: fixed numbers of tokens, timed as a whole."""

from __future__ import annotations

import ctypes
import time
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

import llama_cpp.llama_cpp as native

from backend.capacity.types import RunConfig
from backend.engines.types import AdapterUse
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.adapters import Adapters, Held
from backend.worker.llama.batch import Batch
from backend.worker.llama.cores import physical_cores
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import Model, engine_error
from backend.worker.llama.parameters import context_params
from backend.worker.llama.variant import resident_bytes
from backend.worker.serving import Service
from backend.workers.messages_bench import MeasureSpeed, SpeedMeasured, SpeedTest
from backend.workers.protocol import Command, Progress, Report

_STEP_S = 120.0
"""A slow machine may take this long for one batch before the parent takes it for hung."""
_LOAD_S = 30.0
_WARM_TOKENS = 4
"""Written to warm up: the first ones bring in pages and raise the clock of the processor."""


class BenchService(Service):
    """The main loop of the ``bench`` worker."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = NativeLog()
        self._model: Model | None = None
        self._opened: tuple[str, int | None] | None = None
        self._adapters: Adapters | None = None

    def answer(self, command: Command) -> Report:
        if not isinstance(command, MeasureSpeed):
            raise TypeError(f"the bench does not understand {type(command).__name__}")
        model = self._open(command)
        run = _Run(model, command.test, self._log, self._pulse)
        held = None
        try:
            if command.adapters:
                held = self._hold(model, command.adapters)
                held.apply(run.context)
            samples = run.measure(
                command.repetitions,
                lambda done: self._channel.send(Progress(command.request, done / (command.repetitions + 1))),
            )
            return SpeedMeasured(
                command.request,
                samples,
                run.threads,
                _offloaded(model, command.test.gpu_layers),
                resident_bytes(),
                _description(model),
                int(native.llama_model_size(model.handle)),
                model.parameters,
            )
        finally:
            run.close()
            if held is not None and self._adapters is not None:
                self._adapters.release(held)

    def _hold(self, model: Model, uses: Sequence[AdapterUse]) -> Held:
        """Open adapters, which stay open as the model does."""
        if self._adapters is None:
            self._adapters = Adapters(model, physical_cores(), self._log)
        with self._pulse.step(_STEP_S):
            return self._adapters.hold(uses)

    def _open(self, command: MeasureSpeed) -> Model:
        wanted = command.path, command.test.gpu_layers
        if self._model is not None and self._opened == wanted:
            return self._model
        if self._model is not None:
            self._model.close()  # and with it every adapter that was opened for it
            self._model = self._adapters = None
        path = Path(command.path)
        with self._pulse.step(_LOAD_S + path.stat().st_size / 50e6 if path.is_file() else _LOAD_S):
            self._model = Model(
                path, command.flags, command.test.gpu_layers, self._log, lambda _share: self._pulse.tick()
            )
        self._opened = wanted
        return self._model


class _Run:
    """One context for one test. Its depth is read once and then kept, where the memory can be cut back."""

    def __init__(self, model: Model, test: SpeedTest, log: NativeLog, pulse: Pulse) -> None:
        self._model, self._test, self._pulse = model, test, pulse
        self.threads = test.threads or physical_cores()
        batch = max(1, test.n_batch)
        config = RunConfig(
            n_ctx=test.n_depth + test.n_prompt + test.n_gen,
            kv_type=test.kv_type,
            n_batch=batch,
            n_ubatch=batch,
            flash_attn=test.flash_attention,
        )
        log.clear()
        self._context = native.llama_init_from_model(model.handle, context_params(config, self.threads))
        if not self._context:
            problems = log.problems()
            wrong_cache = not test.flash_attention and test.kv_type != "f16"
            code = "engine.cache_type" if wrong_cache or "cache type" in problems else "engine.context_memory"
            raise engine_error(code, problems, limit=config.n_ctx)
        self._memory = native.llama_get_memory(self._context)
        if not self._memory:
            self.close()
            raise engine_error("engine.not_chat")
        self._batch = Batch(batch)
        self._position = 0

    @property
    def context(self) -> ctypes.c_void_p:
        return self._context  # type: ignore[no-any-return]

    def close(self) -> None:
        if self._context:
            native.llama_free(self._context)
            self._context = None

    def measure(self, repetitions: int, tell: Callable[[int], None]) -> tuple[int, ...]:
        """Nanoseconds of each repetition; the warm-up before them does not count."""
        test = self._test
        self._to_depth()
        if test.n_prompt:
            self._read(test.n_prompt)
        else:
            self._write(min(test.n_gen, _WARM_TOKENS))
        samples = []
        for done in range(1, repetitions + 1):
            tell(done)
            self._to_depth()
            started = time.perf_counter_ns()
            if test.n_prompt:
                self._read(test.n_prompt)
            else:
                self._write(test.n_gen)
            samples.append(time.perf_counter_ns() - started)
        return tuple(samples)

    def _to_depth(self) -> None:
        """Bring the memory back to what it is before a repetition."""
        depth = self._test.n_depth
        if self._position == depth:
            return
        if depth and self._position > depth and self._model.rewinds and not self._model.window:
            native.llama_memory_seq_rm(self._memory, 0, depth, -1)
            if native.llama_memory_seq_pos_max(self._memory, 0) == depth - 1:
                self._position = depth
                return
        native.llama_memory_clear(self._memory, False)
        self._position = 0
        self._read(depth)

    def _read(self, count: int) -> None:
        """Read `count` tokens in full batches, and wait for the last one."""
        while count > 0:
            size = min(count, self._batch.capacity)
            self._batch.clear()
            self._batch.extend(self._tokens(size), self._position, 0, output=True)
            self._decode()
            self._position += size
            count -= size
        native.llama_synchronize(self._context)

    def _write(self, count: int) -> None:
        """Decode `count` tokens one after the other, each waited for, as an answer is written."""
        for token in self._tokens(count):
            self._batch.clear()
            self._batch.add(token, self._position, 0)
            self._decode()
            native.llama_synchronize(self._context)
            self._position += 1

    def _tokens(self, count: int) -> array[int]:
        """Tokens spread over the vocabulary: which they are makes no difference to dense models, and a fair
        one to mixtures of experts."""
        n_vocab = self._model.n_vocab
        return array("i", ((31 + 7919 * (self._position + at)) % n_vocab for at in range(count)))

    def _decode(self) -> None:
        with self._pulse.step(_STEP_S):
            code = self._batch.decode(self._context)
        if code != 0:
            raise engine_error("engine.decode", f"llama_decode returned {code}")


def _offloaded(model: Model, wanted: int | None) -> int:
    """How many layers lie on a GPU."""
    if not native.llama_supports_gpu_offload():
        return 0
    return model.layers + 1 if wanted is None else min(wanted, model.layers + 1)


def _description(model: Model) -> str:
    """What the engine calls the model: architecture, size, quantization."""
    buffer = ctypes.create_string_buffer(256)
    native.llama_model_desc(model.handle, buffer, len(buffer))
    return buffer.value.decode("utf-8", "replace")
