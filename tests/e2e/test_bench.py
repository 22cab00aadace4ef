"""Benchmarks over the real service, real workers and the starter model."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.app import Backend
from backend.bench.types import SpeedRequest, SuiteRequest
from backend.compare.types import Column, RunState
from backend.engines.types import Sampling
from backend.errors import AppError
from backend.events import BenchChanged, Event
from backend.paths import Paths
from tests.support.command_line import CommandLine
from tests.support.known_engine import know_engine

_PATIENCE_S = 120.0


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    paths = Paths.under(tmp_path / "home").ensure()
    know_engine(tmp_path / "home")
    with Backend(paths, offline=True) as backend:
        yield backend


def test_a_sweep_measures_goes_on_after_a_failure_and_stays(backend: Backend) -> None:
    # A quantized cache without flash attention cannot be: that test fails, and the next one is measured.
    request = SpeedRequest(
        ("starter",),
        (64,),
        (8,),
        depths=(0, 32),
        kv_types=("q8_0",),
        flash_attention=(False, True),
        repetitions=2,
    )
    plan = backend.bench.plan(request)
    assert [step.model_id for step in plan.steps] == ["starter"]
    run = backend.bench.wait(backend.bench.start(request), _PATIENCE_S)
    assert run.state is RunState.DONE and run.done == run.total == 8
    failed = [row for row in run.speed if row.error_title]
    measured = [row for row in run.speed if row.samples_ts]
    assert len(failed) == len(measured) == 4 and not any(row.flash_attention for row in failed)
    assert [row.test for row in measured] == ["pp64", "tg8", "pp64 @ d32", "tg8 @ d32"]
    assert all(len(row.samples_ts) == 2 and row.avg_ts > 0 and row.memory > 0 for row in measured)
    assert run.cards[0].model_id == "starter" and run.cards[0].size and run.machine.cores
    backend.bench.delete(run.id)
    assert backend.bench.runs() == ()
    backend.bench.restore(run.id)
    assert backend.bench.runs()[0].speed == run.speed


def test_a_suite_is_answered_stopped_and_finished(backend: Backend) -> None:
    columns = (Column("starter", sampling=Sampling(temperature=0.0)), Column("nobody"))
    whole = backend.bench.suite("starter")
    few = dataclasses.replace(whole, name="few", items=whole.items[8:18], bundled=False)
    backend.bench.save_suite(few)
    heard: list[int] = []

    def hear(event: Event) -> None:
        if isinstance(event, BenchChanged):
            heard.append(event.run_id)
            if len(heard) == 5:
                backend.bench.stop(event.run_id)

    unsubscribe = backend.bus.subscribe(hear)
    run_id = backend.bench.start(SuiteRequest("few", columns, parallel=2))
    part = backend.bench.wait(run_id, _PATIENCE_S)
    unsubscribe()
    assert part.state is RunState.PAUSED and 0 < part.done < part.total == 20
    backend.bench.resume(run_id)
    run = backend.bench.wait(run_id, _PATIENCE_S)
    assert run.state is RunState.DONE and run.done == 20
    here = [row for row in run.answers if row.column == 0]
    assert {row.item_id: row for row in part.answers}.items() <= {row.item_id: row for row in here}.items()
    assert [card.model_id for card in run.cards] == ["starter"], "one card, though it was begun twice"
    score = next(each.score for each in backend.bench.scores(run) if each.column == 0 and not each.topic)
    assert score.share > 0.8 and score.low < score.share <= score.high
    assert all("nobody" in row.error_title for row in run.answers if row.column == 1)


def test_a_run_that_only_waited_can_be_stopped_and_goes_on(backend: Backend) -> None:
    request = SpeedRequest(("starter",), (16,), (), repetitions=1)
    gate = threading.Event()

    def hold(_step: Step) -> Outcome:
        assert gate.wait(_PATIENCE_S)
        return Outcome()

    backend.activities.start(ActivityKind.LAB, "something long", hold)
    run_id = backend.bench.start(request)
    assert backend.bench.run(run_id).state is RunState.WAITING
    backend.bench.stop(run_id)
    assert backend.bench.run(run_id).state is RunState.PAUSED
    gate.set()
    backend.bench.resume(run_id)
    assert backend.bench.wait(run_id, _PATIENCE_S).state is RunState.DONE


def test_own_suites_count_up_and_bundled_ones_stay(backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("prompt,check,expected\nTwo and two?,numeric,4\n")
    first = backend.bench.import_suite(path)
    path.write_text("prompt,check,expected\nTwo and three?,numeric,5\n")
    assert backend.bench.import_suite(path).version == first.version + 1
    assert [suite.name for suite in backend.bench.suites()][-1] == "own"
    with pytest.raises(AppError, match="stays as it is"):
        backend.bench.save_suite(backend.bench.suite("starter"))
    backend.bench.delete_suite("own")
    with pytest.raises(LookupError):
        backend.bench.suite("own")


def test_the_command_writes_what_llama_bench_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = CommandLine(tmp_path)
    done = command.run("bench", "starter", "--pp", "32", "--tg", "4", "--reps", "2", "--json")
    assert "orangery report b1" in done.err
    rows = done.json
    assert [(row["n_prompt"], row["n_gen"]) for row in rows] == [(32, 0), (0, 4)]
    assert all(len(row["samples_ts"]) == 2 and row["avg_ts"] > 0 and row["stddev_ts"] >= 0 for row in rows)
    assert {"build_commit", "cpu_info", "model_n_params", "type_k", "flash_attn", "test_time"} <= rows[
        0
    ].keys()
    written = command.inside(monkeypatch, capsys, "report", "b1", code=0)
    assert "| pp32 |" in written.out
    swept = ["--batch", "16", "--batch", "64", "--kv", "q8_0", "--flash-attention", "on"]
    swept += ["--flash-attention", "off", "--gpu-layers", "0", "--threads", "1", "--pp", "16", "--tg", "0"]
    out = command.inside(monkeypatch, capsys, "bench", "starter", *swept, "--reps", "1", "--json", code=0).out
    keys = ("type_k", "flash_attn", "n_batch", "n_gpu_layers", "n_threads")
    found = [(*(row[key] for key in keys), "error" in row) for row in json.loads(out)]
    # A quantized cache cannot be without flash attention: those rows say so.
    assert found == [("q8_0", flash, n_batch, 0, 1, not flash) for flash in (1, 0) for n_batch in (16, 64)]
    board = command.inside(monkeypatch, capsys, "report", "leaderboard", code=0).out
    assert board.startswith("contestant,model_id,quant,topic,rating,low,high,votes")
    wrong = command.inside(monkeypatch, capsys, "bench", "starter", "--suite", "nothing", code=1)
    assert "everyday" in wrong.err
