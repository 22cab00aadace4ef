"""One long request to a worker process that exists for it alone: quantizing, measuring, converting."""

from __future__ import annotations

import threading
from collections.abc import Callable

from backend.workers.protocol import Command, Progress, Report
from backend.workers.supervisor import Supervisor


def run_job(
    supervisor: Supervisor,
    kind: str,
    subject: str,
    build: Callable[[int], Command],
    *,
    stop: threading.Event,
    on_progress: Callable[[Progress], None] = lambda _step: None,
) -> Report:
    """Start a worker of `kind`, send it one request, and end it whatever happens.

    Args:
        subject: What it is about, for sentences.
        stop: Once it is set the process is killed: it may be deep in native code.

    Raises:
        AppError: The worker refused or died.
        Cancelled: `stop` was set.
    """
    client = supervisor.start(kind, f"{kind} {subject} {id(stop)}", subject)
    try:
        return client.call(build, on_progress=on_progress, cancel=stop)
    finally:
        client.process.stop(ask_s=0.2)
