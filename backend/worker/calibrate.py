"""The worker that times a generated model: single tokens and prompts, with the settings of real answers."""

from __future__ import annotations

import time
from array import array
from pathlib import Path

import llama_cpp.llama_cpp as native

from backend.capacity.running import BATCH
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import Model, engine_error
from backend.worker.llama.variant import Variant
from backend.worker.serving import Service
from backend.workers.messages_calibrate import Calibrate, Calibrated
from backend.workers.protocol import Command, Report, VariantOptions

_GENERATION_S, _DISTURBED_S = 0.35, 1.5
"""How long single tokens are timed: at least, and at most where other programs get in the way."""
_PROMPTS, _DISTURBED_PROMPTS = 2, 5
"""How often a prompt is timed, the same way."""
_STEADY = 1.15
"""Times within this factor of the fastest are those of a machine that is left alone."""
_LEAST_TOKENS, _MOST_TOKENS = 8, 400
_ROOM = 2 * BATCH + _MOST_TOKENS
_STEP_S = 60.0
"""A slow machine may take this long for one step before the parent takes it for hung."""


class CalibrateService(Service):
    """The main loop of the ``calibrate`` worker."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = NativeLog()

    def answer(self, command: Command) -> Report:
        if not isinstance(command, Calibrate):
            raise TypeError(f"the calibration does not understand {type(command).__name__}")
        with self._pulse.step(_STEP_S):
            return self._measure(command)

    def _measure(self, command: Calibrate) -> Calibrated:
        layers = None if command.gpu else 0
        model = Model(Path(command.path), command.flags, layers, self._log, lambda _: None)
        options = VariantOptions(n_ctx=command.depth + _ROOM, kv_type=command.kv_type)
        run = _Run(Variant(model, options, command.threads, self._log))
        run.prompt()  # pages come in, buffers grow, the clock of the processor rises
        prompts: list[float] = []
        while len(prompts) < _PROMPTS or (not _steady(prompts, 2) and len(prompts) < _DISTURBED_PROMPTS):
            run.clear()
            prompts.append(run.prompt())
        prompt = min(prompts)
        run.steady &= _steady(prompts, 2)
        run.clear()
        generation = run.generation()
        deep_generation = deep_prompt = 0.0
        if command.depth:
            run.clear()
            while run.position < command.depth:
                deep_prompt = run.prompt()
            deep_generation = run.generation()
        run.variant.close()
        model.close()
        return Calibrated(command.request, generation, prompt, deep_generation, deep_prompt, run.steady)


class _Run:
    """One sequence.

    Attributes:
        position: Number of tokens in its memory.
        steady: Whether all that was timed so far was done undisturbed.
    """

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.position = 0
        self.steady = True
        self._prompt = array("i", (token % variant.model.n_vocab for token in range(BATCH)))

    def clear(self) -> None:
        native.llama_memory_clear(native.llama_get_memory(self.variant.context), False)
        self.position = 0

    def prompt(self) -> float:
        """Read a full batch; return the seconds per token."""
        return self._decode(self._prompt) / len(self._prompt)

    def generation(self) -> float:
        """Write token by token for a while; return the seconds of one.

        The fastest tenth counts: other programs only ever slow it down.
        """
        times: list[float] = []
        spent = 0.0
        while len(times) < _MOST_TOKENS:
            enough = len(times) >= _LEAST_TOKENS and spent >= _GENERATION_S
            if enough and (_steady(times, 4) or spent >= _DISTURBED_S):
                break
            times.append(self._decode(self._prompt[:1]))
            spent += times[-1]
        self.steady &= _steady(times, 4)
        return sorted(times)[len(times) // 10]

    def _decode(self, tokens: array[int]) -> float:
        batch = self.variant.batch
        batch.clear()
        batch.extend(tokens, self.position, 0, output=True)
        started = time.perf_counter()
        code = batch.decode(self.variant.context)
        native.llama_synchronize(self.variant.context)
        spent = time.perf_counter() - started
        if code != 0:
            raise engine_error("engine.decode", f"llama_decode returned {code}")
        self.position += len(tokens)
        return spent


def _steady(times: list[float], part: int) -> bool:
    """Whether one `part`-th of the times lies close to the fastest."""
    return sorted(times)[len(times) // part] <= _STEADY * min(times)
