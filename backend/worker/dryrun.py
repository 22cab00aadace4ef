"""The worker that opens models without allocating: it reads headers, lays out every buffer, and adds up.

Headers come from untrusted files, and some of them abort the native library: then this process is all that
is lost.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable

import llama_cpp.llama_cpp as native

from backend.engines.types import DeviceMemory
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.breakdown import breakdown
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import engine_error, load_failure
from backend.worker.llama.parameters import LOAD_NONE, context_params, model_params
from backend.worker.serving import Service
from backend.workers.messages_dryrun import DryRan, DryRun
from backend.workers.protocol import Command, Report

_STEP_S = 10.0
"""For one file; the largest vocabularies take a second. It is the only bound on a dry run, as the pulse does
not count what other programs take of the processor."""
_MIB = 1024 * 1024
_CACHE = re.compile(r"size = +([\d.]+) MiB \( *\d+ cells")
_COMPUTE = re.compile(r"(\S+) compute buffer size = +([\d.]+) MiB")


class DryRunService(Service):
    """The main loop of the ``dryrun`` worker: one file after the other, nothing kept between them."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = NativeLog()

    def answer(self, command: Command) -> Report:
        if not isinstance(command, DryRun):
            raise TypeError(f"the dry run does not understand {type(command).__name__}")
        with self._pulse.step(_STEP_S):
            return self._dry_run(command)

    def _dry_run(self, command: DryRun) -> DryRan:
        started = time.perf_counter()
        params = model_params(command.flags, command.run.gpu_layers)
        params.no_alloc = True
        params.load_mode = LOAD_NONE
        self._log.clear()
        model = native.llama_model_load_from_file(os.fsencode(command.path), params)
        if not model:
            raise load_failure(self._log.problems())
        try:
            context = native.llama_init_from_model(model, context_params(command.run, 1))
            if not context:
                raise engine_error("engine.context_memory", self._log.problems(), limit=command.run.n_ctx)
            try:
                memory = breakdown(context)
                exact = memory is not None
                if memory is None:
                    memory = (logged(int(native.llama_model_size(model)), self._log.lines()),)
            finally:
                native.llama_free(context)
        finally:
            native.llama_model_free(model)
        return DryRan(command.request, memory, exact, time.perf_counter() - started)


def logged(weights: int, lines: Iterable[str]) -> DeviceMemory:
    """The same sums from what the library logs; without allocation it prints sizes of buffers as 0, but not
    those of caches and of compute buffers."""
    cache = 0.0
    compute: dict[str, float] = {}
    for line in lines:
        if match := _CACHE.search(line):
            cache += float(match[1])
        elif match := _COMPUTE.search(line):
            compute[match[1]] = float(match[2])  # reserved more than once; the last one counts
    return DeviceMemory("CPU", weights, round(cache * _MIB), round(sum(compute.values()) * _MIB))
