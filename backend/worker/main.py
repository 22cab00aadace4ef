"""Entry of every worker process: ``main.py --worker <kind>``."""

from __future__ import annotations

import contextlib
import faulthandler
import importlib.metadata
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from backend.worker.binding import functions_only
from backend.worker.channel import Channel, Pulse, die_with_threads, start_heartbeat, start_reader
from backend.workers.codec import ProtocolError
from backend.workers.protocol import (
    VERSION,
    Command,
    Hello,
    Ready,
)

if TYPE_CHECKING:
    from backend.worker.llama.service import LlamaService
    from backend.worker.serving import Service

EXIT_USAGE = 64
"""Exit code for a kind of worker that does not exist (EX_USAGE)."""


def engine_version() -> str:
    """Version of the binding to llama.cpp; empty where it is not installed."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version("llama-cpp-python")
    return ""


def take_over_pipes() -> tuple[int, int]:
    """Move the protocol away from the standard streams; return its (read, write) descriptors.

    From here on a native ``printf`` or a stray ``print`` lands in stderr, which the parent keeps as a log,
    and nothing else reads the commands.
    """
    commands, reports = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123  # a descriptor is wanted
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return commands, reports


def _offer_to_the_oom_killer() -> None:
    """When memory runs out, Linux should end this process, which can be replaced, and not the app."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")


class _Gate:
    """Keeps commands from the service until both sides have agreed on the protocol."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.greeted = threading.Event()
        self._ready = threading.Event()
        self._receive: Callable[[Command], None] | None = None

    def receive(self, command: Command) -> None:
        if not self.greeted.is_set():
            if command != Hello(VERSION):
                raise ProtocolError(f"Hello({VERSION}) expected, not {command}")
            self._channel.send(Ready(VERSION, engine_version(), os.getpid()))
            self.greeted.set()
            return
        self._ready.wait()
        assert self._receive
        self._receive(command)

    def open(self, receive: Callable[[Command], None]) -> None:
        self._receive = receive
        self._ready.set()


KINDS = (
    "bench",
    "calibrate",
    "convert",
    "dryrun",
    "embed",
    "evaluate",
    "llama",
    "merge",
    "probe",
    "quantize",
    "template",
    "vocab",
)


def _service(kind: str, channel: Channel, working: Pulse, preparing: Pulse) -> Service | LlamaService:
    """The service of a kind. Imported here, because each kind needs other libraries."""
    match kind:
        case "bench":
            from backend.worker.bench import BenchService

            return BenchService(channel, working)
        case "calibrate":
            from backend.worker.calibrate import CalibrateService

            return CalibrateService(channel, working)
        case "convert":
            from backend.worker.convert.service import ConvertService

            return ConvertService(channel, working)
        case "dryrun":
            from backend.worker.dryrun import DryRunService

            return DryRunService(channel, working)
        case "embed":
            from backend.worker.embed import EmbedService

            return EmbedService(channel, working)
        case "evaluate":
            from backend.worker.evaluate.service import EvaluateService

            return EvaluateService(channel, working)
        case "merge":
            os.environ["OPENBLAS_NUM_THREADS"] = "1"  # it divides the work among threads itself
            from backend.worker.merge import MergeService

            return MergeService(channel, working)
        case "probe":
            from backend.worker.probe import ProbeService

            return ProbeService(channel, working)
        case "quantize":
            from backend.worker.quantize import QuantizeService

            return QuantizeService(channel, working)
        case "vocab":
            from backend.worker.vocab import VocabService

            return VocabService(channel, working)
    from backend.worker.llama.service import LlamaService

    return LlamaService(channel, working, preparing)


def run(kind: str) -> int:
    """Serve the parent as a worker of this kind until it says stop or closes the pipe; returns the exit
    code.
    """
    if kind not in KINDS:
        sys.stderr.write(f"unknown worker kind: {kind}\n")
        return EXIT_USAGE
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the parent's to handle
    commands, reports = take_over_pipes()
    faulthandler.enable()
    die_with_threads()
    _offer_to_the_oom_killer()
    channel = Channel(reports)
    if kind == "template":
        from backend.worker.render import RenderService

        renderer = RenderService(channel)
        start_reader(commands, renderer.receive)
        renderer.run()
        return 0
    working, preparing = Pulse(), Pulse()
    gate = _Gate(channel)
    start_reader(commands, gate.receive)
    gate.greeted.wait()
    start_heartbeat(channel, working, preparing)
    functions_only()
    service = _service(kind, channel, working, preparing)
    gate.open(service.receive)
    service.run()
    return 0
