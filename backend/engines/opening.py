"""Starts a worker process and has it open a model."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from backend.engines.running import Context, ModelProcess
from backend.engines.types import LoadedModel
from backend.workers.codec import ProtocolError
from backend.workers.outcome import layers_note, template_note
from backend.workers.process import ExitReport
from backend.workers.protocol import DEFAULT_VARIANT, Load, Loaded
from backend.workers.supervisor import Supervisor


def open_model(
    supervisor: Supervisor,
    key: str,
    load: Load,
    on_progress: Callable[[float], None],
    cancel: threading.Event | None,
    on_exit: Callable[[ModelProcess, ExitReport], None],
) -> Context:
    """Load a model in a process of its own; its first context gets `key`.

    Args:
        on_exit: Called on the reader thread when the process of a model that was ready has ended.

    Raises:
        AppError: It can't be loaded.
        Cancelled: `cancel` was set.
    """
    ready: list[ModelProcess] = []

    def exited(report: ExitReport) -> None:
        for process in ready:
            on_exit(process, report)

    client = supervisor.start("llama", load.path, Path(load.path).stem, exited)
    try:
        reply = client.call(
            lambda number: replace(load, request=number),
            on_progress=lambda step: on_progress(step.fraction),
            cancel=cancel,
        )
        if not isinstance(reply, Loaded):
            raise ProtocolError(f"{type(reply).__name__} in answer to Load")
    except BaseException:
        client.process.stop(ask_s=0.2)
        raise
    client.loading = False
    process = ModelProcess(client, load.path, load.options)
    ready.append(process)
    return Context(process, DEFAULT_VARIANT, _loaded(key, load, reply))


def _loaded(key: str, load: Load, reply: Loaded) -> LoadedModel:
    notes = layers_note(reply.gpu_layers, reply.layers), template_note(reply.template_problem)
    return LoadedModel(
        key=key,
        path=load.path,
        name=reply.name,
        architecture=reply.architecture,
        parameters=reply.parameters,
        n_ctx=reply.n_ctx,
        n_ctx_train=reply.n_ctx_train,
        n_vocab=reply.n_vocab,
        options=load.options,
        memory=reply.memory,
        rss=reply.rss,
        load_s=reply.load_s,
        layers=reply.layers,
        gpu_layers=reply.gpu_layers,
        note=" ".join(note for note in notes if note),
        template_sha256=reply.template_sha256,
    )
