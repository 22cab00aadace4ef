"""A worker that misbehaves on purpose: ``rogue_worker.py <mode> --worker <kind>``.

The *pipe* modes speak the protocol up to the greeting and then break it. The other modes run the real worker
with one native call replaced, so that it dies or hangs in the middle of an answer as a broken library would;
*whole-batches* runs the real worker as on a fast machine.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from backend.workers.codec import decode, encode
from backend.workers.protocol import (
    MAX_FRAME,
    VERSION,
    Beat,
    Hello,
    Ready,
)

BREAK_AFTER = 12
"""Decodes before a breaking mode breaks: past the warm-up, the trial and the prompt, in the middle of an
answer.
"""


def greet() -> None:
    assert decode(sys.stdin.buffer.readline()[:-1]) == Hello(VERSION)
    say(encode(Ready(VERSION, "rogue", os.getpid())))
    say(encode(Beat(0.0, 1.0)))


def say(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def flood() -> None:
    for _ in range(2**30 // MAX_FRAME * 16):
        say(b"x" * (MAX_FRAME // 16))


PIPE_MODES: dict[str, Callable[[], object]] = {
    "garbage": lambda: say(b"\x00\xff Segmentation fault\n" * 3),
    "half": lambda: say(encode(Beat(0.0, 1.0))[:-5]),
    "flood": flood,
    "command": lambda: say(encode(Hello(VERSION))),
    "silent": lambda: time.sleep(120),
    "exit": lambda: sys.exit(3),
}


def segfault() -> None:
    ctypes.string_at(0)


def native_loop() -> None:
    """Loop in native code that releases the interpreter, as a decode that never returns does."""
    library = ctypes.CDLL(None)
    while True:
        library.getppid()


def frozen_loop() -> None:
    """Hang in native code that holds the interpreter, so that not even the heartbeat gets out."""
    ctypes.PyDLL(None).sleep(120)


BREAKS: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "segfault": segfault,
    "native-loop": native_loop,
    "frozen-loop": frozen_loop,
}


def break_decode(kind: str, act: Callable[[], object]) -> None:
    """Let the inference worker break in its `BREAK_AFTER`-th decode."""
    if kind != "llama":
        return
    from backend.worker.llama.batch import Batch

    real, count = Batch.decode, 0

    def decode_then_break(self: Batch, context: ctypes.c_void_p) -> int:
        nonlocal count
        count += 1
        if count == BREAK_AFTER:
            act()
        return real(self, context)

    Batch.decode = decode_then_break  # type: ignore[method-assign]


def crash_with(*, extra_bufts: bool) -> None:
    """Act like a machine whose AMX kernels crash: every decode dies unless extra buffers are off (or
    always).
    """
    from backend.worker.llama.batch import Batch
    from backend.worker.llama.model import Model

    real = Model.__init__
    seen = {"extra": False}

    def remember(self: Model, path: Path, flags: object, *rest: object) -> None:
        seen["extra"] = bool(getattr(flags, "use_extra_bufts"))  # noqa: B009
        real(self, path, flags, *rest)  # type: ignore[arg-type]

    decode = Batch.decode

    def crash(self: Batch, context: ctypes.c_void_p) -> int:
        if seen["extra"] or not extra_bufts:
            segfault()
        return decode(self, context)

    Model.__init__ = remember  # type: ignore[assignment,method-assign]
    Batch.decode = crash  # type: ignore[method-assign]


def fit_one_layer() -> None:
    """Act like a machine whose GPU has room for the weights of two layers, for one with its context, and for
    none with a context of more than 1,024 tokens.
    """
    import llama_cpp.llama_cpp as native

    from backend.engines.types import DeviceMemory
    from backend.worker.llama.model import Model, engine_error
    from backend.worker.llama.variant import Variant
    from backend.workers.protocol import VariantOptions

    open_model, make_context = Model.__init__, Variant.__init__
    offloaded: dict[int, int] = {}

    def load(self: Model, path: Path, flags: object, gpu_layers: int | None, *rest: object) -> None:
        open_model(self, path, flags, gpu_layers, *rest)  # type: ignore[arg-type]
        if gpu_layers is None or gpu_layers > 2:
            self.close()
            raise engine_error("engine.memory", "unable to allocate a buffer")
        offloaded[id(self)] = gpu_layers

    def context(self: Variant, model: Model, options: VariantOptions, *rest: object) -> None:
        layers = offloaded[id(model)]
        if layers > 1 or (layers and (options.n_ctx or 0) > 1024):
            raise engine_error("engine.context_memory", "failed to allocate a buffer")
        make_context(self, model, options, *rest)  # type: ignore[arg-type]
        if layers:
            self._own_memory = (*self._own_memory, DeviceMemory("GPU0", 1, 1, 1))

    native.llama_supports_gpu_offload = lambda: True
    Model.__init__ = load  # type: ignore[assignment,method-assign]
    Variant.__init__ = context  # type: ignore[assignment,method-assign]


def read_whole_batches() -> None:
    """Read prompts as on a fast machine: as much at once as a batch holds. No setting of the model changes,
    only how the worker paces itself."""
    from backend.worker.llama import scheduler

    scheduler._ALONE_S = scheduler._SHARED_S = 1e6


def main() -> int:
    mode, kind = sys.argv[1], sys.argv[-1]
    if mode == "mute":
        time.sleep(120)
    if mode in PIPE_MODES:
        greet()
        if mode != "silent":
            sys.stdin.buffer.readline()  # break while somebody waits for an answer, never during the greeting
        PIPE_MODES[mode]()
        if mode != "half":
            time.sleep(120)
        return 0
    if kind in ("llama", "probe"):
        if mode in BREAKS:
            break_decode(kind, BREAKS[mode])
        elif mode.startswith("amx"):
            crash_with(extra_bufts=mode == "amx")
        elif mode == "small-gpu" and kind == "llama":
            fit_one_layer()
        elif mode == "whole-batches" and kind == "llama":
            read_whole_batches()
    from backend.worker.main import run

    return run(kind)


if __name__ == "__main__":
    sys.exit(main())
