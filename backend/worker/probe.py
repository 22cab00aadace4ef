"""The throw-away worker that finds out what the engine is, sees and survives on this machine."""

from __future__ import annotations

import ctypes
import time
from array import array
from pathlib import Path
from typing import Literal

import llama_cpp.llama_cpp as native
from llama_cpp._ggml import libggml

from backend.engines.types import EngineDevice
from backend.worker.channel import Channel, Pulse
from backend.worker.llama.cores import physical_cores
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import Model, engine_error
from backend.worker.llama.variant import Variant
from backend.worker.serving import Service
from backend.workers.protocol import (
    Command,
    Inspect,
    Inspected,
    Report,
    Tried,
    TryModel,
    VariantOptions,
)

_PROMPT, _ANSWER = 24, 8
"""Tokens of the trial: enough rows for the matrix kernels, and some single ones for the vector kernels."""
_CONTEXT = 128
_TRIAL_S = 20.0
_KINDS: tuple[Literal["cpu", "gpu", "igpu", "accel"], ...] = ("cpu", "gpu", "igpu", "accel")


class _Capabilities(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_bool) for name in ("concurrent", "host", "from_host", "events"))


class _Properties(ctypes.Structure):
    """``struct ggml_backend_dev_props``, with room for what a later version may append."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("description", ctypes.c_char_p),
        ("free", ctypes.c_size_t),
        ("total", ctypes.c_size_t),
        ("type", ctypes.c_int),
        ("device_id", ctypes.c_char_p),
        ("capabilities", _Capabilities),
        ("spare", ctypes.c_char * 64),
    )


def _address(device: int) -> str:
    """The PCI address of a device; empty where the engine does not know it."""
    properties = _Properties()
    ask = libggml.ggml_backend_dev_get_props
    ask.argtypes, ask.restype = [ctypes.c_void_p, ctypes.POINTER(_Properties)], None
    ask(device, ctypes.byref(properties))
    return (properties.device_id or b"").decode("ascii", "replace").lower()


def devices() -> tuple[EngineDevice, ...]:
    """The engine's device registry. Raises `AttributeError` if the library does not export it."""
    handle = ctypes.c_void_p
    count, get = libggml.ggml_backend_dev_count, libggml.ggml_backend_dev_get
    name, text = libggml.ggml_backend_dev_name, libggml.ggml_backend_dev_description
    kind, memory = libggml.ggml_backend_dev_type, libggml.ggml_backend_dev_memory
    count.argtypes, count.restype = [], ctypes.c_size_t
    get.argtypes, get.restype = [ctypes.c_size_t], handle
    for function in (name, text):
        function.argtypes, function.restype = [handle], ctypes.c_char_p
    kind.argtypes, kind.restype = [handle], ctypes.c_int
    memory.argtypes = [handle, ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_size_t)]
    memory.restype = None
    found = []
    for index in range(count()):
        device = get(index)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        memory(device, ctypes.byref(free), ctypes.byref(total))
        number = int(kind(device))
        found.append(
            EngineDevice(
                name=name(device).decode("utf-8", "replace"),
                description=text(device).decode("utf-8", "replace").strip(),
                kind=_KINDS[number] if 0 <= number < len(_KINDS) else "accel",
                total=total.value,
                free=free.value,
                pci=_address(device),
            )
        )
    return tuple(found)


def _library_build() -> str:
    version = native.llama_version().decode()
    parts = [f"llama.cpp {version}"]
    for label, symbol in (("ggml", "ggml_version"), ("commit", "ggml_commit")):
        function = getattr(libggml, symbol, None)
        if function is not None:
            function.restype = ctypes.c_char_p
            parts.append(f"{label} {function().decode()}")
    return ", ".join(parts)


class ProbeService(Service):
    """The main loop of the ``probe`` worker."""

    def __init__(self, channel: Channel, pulse: Pulse) -> None:
        super().__init__(channel, pulse)
        self._log = NativeLog()

    def answer(self, command: Command) -> Report:
        with self._pulse.step(_TRIAL_S):
            match command:
                case Inspect(request=request):
                    native.llama_backend_init()
                    features = native.llama_print_system_info().decode("utf-8", "replace").strip(" |")
                    return Inspected(request, _library_build(), features, devices())
                case TryModel():
                    return self._try(command)
                case other:
                    raise TypeError(f"the probe does not understand {type(other).__name__}")

    def _try(self, command: TryModel) -> Tried:
        started = time.perf_counter()
        model = Model(Path(command.path), command.flags, None, self._log, lambda _: None)
        variant = Variant(model, VariantOptions(n_ctx=_CONTEXT), physical_cores(), self._log)
        batch = variant.batch
        prompt = array("i", (token % model.n_vocab for token in range(_PROMPT)))
        position = 0
        for tokens in (prompt, *(prompt[i : i + 1] for i in range(_ANSWER))):
            batch.clear()
            batch.extend(tokens, position, 0, output=True)
            position += len(tokens)
            if (code := batch.decode(variant.context)) != 0:
                raise engine_error("engine.decode", f"llama_decode returned {code}")
            native.llama_synchronize(variant.context)
        variant.close()
        model.close()
        return Tried(command.request, position, time.perf_counter() - started)
