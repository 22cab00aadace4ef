"""Worker processes that break the protocol, die or hang are recycled with a sentence; restarts are bounded.

Faults 29 (no sign of life) and 36.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.engines.flags import SafeFlags
from backend.errors import AppError, Cancelled
from backend.workers import process
from backend.workers.client import WorkerClient
from backend.workers.environment import worker_environment
from backend.workers.outcome import explain_exit, explain_failure, template_note
from backend.workers.process import ExitReport
from backend.workers.protocol import Failure, Inspect, Inspected
from backend.workers.supervisor import RestartBudget, Supervisor

ROGUE = Path(__file__).resolve().parents[1] / "support" / "rogue_worker.py"


@pytest.fixture
def rogue() -> Iterator[type[Supervisor]]:
    """Makes supervisors of misbehaving workers, and stops them."""
    made: list[Supervisor] = []

    class Rogue(Supervisor):
        def __init__(self, mode: str) -> None:
            super().__init__((sys.executable, str(ROGUE), mode))
            made.append(self)

    yield Rogue
    for supervisor in made:
        supervisor.close()


@pytest.mark.parametrize(
    ("mode", "code", "detail"),
    [
        ("garbage", "engine.protocol", "not JSON"),
        ("flood", "engine.protocol", "longer than"),
        ("command", "engine.protocol", "must not send"),
        ("half", "engine.crashed", "exit code 0"),
        ("exit", "engine.crashed", "exit code 3"),
    ],
)
def test_a_worker_that_breaks_the_protocol_is_recycled(
    rogue: type[Supervisor], mode: str, code: str, detail: str
) -> None:
    ended = threading.Event()
    reports: list[ExitReport] = []

    def exited(report: ExitReport) -> None:
        reports.append(report)
        ended.set()

    client = rogue(mode).start("llama", "key", "Tiny", exited)
    with pytest.raises(AppError) as caught:
        client.call(Inspect, timeout=60)
    assert caught.value.code == code
    assert detail in caught.value.detail
    assert "Tiny" in caught.value.title
    assert ended.wait(60)
    assert len(reports) == 1
    assert not client.process.alive
    with pytest.raises(AppError) as again:  # later requests to it fail at once, the same way
        client.call(Inspect)
    assert again.value.code == code


def test_a_worker_that_goes_silent_is_killed(
    rogue: type[Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = rogue("silent").start("llama", "key", "Tiny")
    monkeypatch.setattr(process, "SILENCE_S", 0.6)  # on a busy machine its start may take longer
    with pytest.raises(AppError) as caught:
        client.call(Inspect)
    assert caught.value.code == "engine.hung"
    assert "no sign of life" in caught.value.detail


def test_a_worker_that_never_greets_is_killed(
    rogue: type[Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SILENCE_S", 0.6)
    with pytest.raises(AppError) as caught:
        rogue("mute").start("llama", "key", "Tiny")
    assert caught.value.code == "engine.hung"


def test_a_request_can_be_given_up(rogue: type[Supervisor]) -> None:
    client = rogue("silent").start("llama", "key", "Tiny")
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        client.call(Inspect, cancel=cancel)


def test_stopping_escalates_until_the_process_is_gone(rogue: type[Supervisor]) -> None:
    client = rogue("silent").start("llama", "key", "Tiny")  # deaf: it reads nothing after the greeting
    client.process.stop(ask_s=0.1, terminate_s=0.5)
    assert not client.process.alive


def test_restarts_are_bounded_and_the_reason_is_kept(rogue: type[Supervisor]) -> None:
    supervisor = rogue("exit")
    for _ in range(4):  # the first start and three restarts
        client = supervisor.start("llama", "model", "Tiny")
        with pytest.raises(AppError) as crash:
            client.call(Inspect)
        assert crash.value.code == "engine.crashed"
        client.process.stop()
    with pytest.raises(AppError) as refused:
        supervisor.start("llama", "model", "Tiny")
    assert refused.value.code == "engine.failed"
    assert "exit code 3" in refused.value.detail
    supervisor.start("llama", "another model", "Other")


def test_the_budget_refills_and_counts_only_crashes() -> None:
    now = 0.0
    budget = RestartBudget(limit=3, window=60.0, clock=lambda: now)
    assert all(budget.take("m") for _ in range(10))
    for _ in range(3):
        budget.crashed("m")
        assert budget.take("m")
    budget.crashed("m")
    assert not budget.take("m")
    assert budget.take("other")
    now = 60.0
    assert budget.take("m")


def test_a_closed_supervisor_starts_nothing(rogue: type[Supervisor]) -> None:
    supervisor = rogue("silent")
    supervisor.close()
    with pytest.raises(AppError) as caught:
        supervisor.start("llama", "key", "Tiny")
    assert caught.value.code == "engine.stopped"


def test_a_worker_that_starts_while_the_supervisor_closes_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[WorkerClient] = []

    class Overtaken(WorkerClient):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            made.append(self)
            closing.close()

    monkeypatch.setattr("backend.workers.supervisor.WorkerClient", Overtaken)
    closing = Supervisor((sys.executable, str(ROGUE), "silent"))
    with pytest.raises(AppError) as caught:
        closing.start("llama", "key", "Tiny")
    assert caught.value.code == "engine.stopped"
    assert not made[0].process.alive


@pytest.mark.parametrize(("code", "remembered"), [("engine.crashed", True), ("engine.killed", False)])
def test_flags_are_remembered_only_when_what_spoke_against_others_lasts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, remembered: bool
) -> None:
    outcomes = iter([AppError(code, "No."), None])
    monkeypatch.setattr(SafeFlags, "_try", lambda *_: next(outcomes))
    monkeypatch.setattr(SafeFlags, "_inspect", lambda _: Inspected(1, "", "", ()))
    (model := tmp_path / "m.gguf").touch()
    memory = tmp_path / "engine.json"
    assert not SafeFlags(Supervisor(()), memory, model).flags().use_extra_bufts
    assert memory.exists() == remembered


def test_a_program_that_is_missing_is_an_error_with_a_sentence() -> None:
    with pytest.raises(AppError) as caught:
        Supervisor(("/nowhere/python",)).start("llama", "key", "Tiny")
    assert caught.value.code == "engine.start"


def test_workers_inherit_no_secrets() -> None:
    environment = {
        "PATH": "/bin",
        "HF_TOKEN": "canary",
        "AWS_SECRET_ACCESS_KEY": "canary",
        "CUDA_VISIBLE_DEVICES": "0",
        "GGML_API_KEY": "canary",
        "LC_ALL": "C",
        "https_proxy": "http://user:canary@proxy",
    }
    kept = worker_environment(environment)
    assert kept["PATH"] == "/bin"
    assert kept["CUDA_VISIBLE_DEVICES"] == "0"
    assert "canary" not in str(kept)


@pytest.mark.parametrize("own", ["GOMP_SPINCOUNT", "OMP_WAIT_POLICY"])
def test_threads_of_workers_wait_as_the_person_says_or_briefly(own: str) -> None:
    assert worker_environment({"PATH": "/bin"})["GOMP_SPINCOUNT"] == "1000"
    kept = worker_environment({own: "7"})
    assert kept[own] == "7"
    assert kept.get("GOMP_SPINCOUNT") in ("7", None)


@pytest.mark.parametrize(
    ("code", "loading", "expected", "word"),
    [
        (-signal.SIGKILL, True, "engine.killed", "memory"),
        (-signal.SIGKILL, False, "engine.killed", "memory"),
        (0xC0000017 - 2**32, True, "engine.killed", "memory"),
        (-signal.SIGSEGV, True, "engine.crashed", "loading"),
        (-signal.SIGABRT, False, "engine.crashed", "using"),
        (0xC0000005 - 2**32, False, "engine.crashed", "using"),
        (1, True, "engine.crashed", "loading"),
    ],
)
def test_exit_codes_and_signals_become_sentences(code: int, loading: bool, expected: str, word: str) -> None:
    error = explain_exit(ExitReport("exited", code, "last words"), "Tiny", loading=loading)
    assert error.code == expected
    assert "Tiny" in error.title
    assert word in error.title
    assert error.hint
    assert "last words" in error.detail


@pytest.mark.parametrize(
    "code",
    [
        "engine.context",
        "engine.context_memory",
        "engine.cache_type",
        "engine.memory",
        "engine.architecture",
        "engine.file_incomplete",
        "engine.not_gguf",
        "engine.file_missing",
        "engine.not_chat",
        "engine.not_loaded",
        "engine.tokenize",
        "engine.decode",
        "engine.adapters",
        "engine.load",
    ],
)
def test_every_failure_names_the_model(code: str) -> None:
    error = explain_failure(Failure(code, "log", 9000, 8192), "Tiny")
    assert error.code == code
    assert "Tiny" in error.title
    assert error.detail == "log"


def test_notes_about_templates() -> None:
    assert template_note(None) == ""
    for code in ("template.missing", "template.timeout", "template.refused"):
        assert "ChatML" in template_note(Failure(code))
