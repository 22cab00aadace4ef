"""Comparisons with the real backend, worker processes, database and command line. Faults 28, 30 and 35."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.app import Backend
from backend.chats.types import MessageState
from backend.compare.types import Column, CompareAnswer, RunState
from backend.engines.types import Sampling
from backend.events import CompareAnswerChanged, CompareDelta
from backend.paths import STARTER_MODEL, Paths
from tests.support.command_line import CommandLine
from tests.support.models import scripted_model
from tests.support.processes import having_open
from tests.support.waiting import Events, until

pytestmark = pytest.mark.skipif(not STARTER_MODEL.exists(), reason="the starter model is not built")

ROOT = Path(__file__).resolve().parents[2]
COLD = Sampling(temperature=0.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One profile for the module: the engine's flags are tried once."""
    return tmp_path_factory.mktemp("compare")


@pytest.fixture(scope="module")
def talkers(folder: Path) -> tuple[Path, Path]:
    """Two models that never end."""
    return (
        scripted_model(folder / "ons.gguf", ("on ", "and ", "then "), loop=True),
        scripted_model(folder / "ups.gguf", ("up ", "or ", "down "), loop=True),
    )


@pytest.fixture
def backend(folder: Path) -> Iterator[Backend]:
    backend = Backend(Paths.under(folder / "home"), offline=True)
    yield backend
    backend.close()


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process by what it has mapped")
def test_a_killed_worker_leaves_the_other_columns_running(
    backend: Backend, talkers: tuple[Path, Path]
) -> None:
    events = Events(backend.bus)
    ons, ups = talkers
    columns = (
        Column("starter", sampling=COLD),
        Column(str(ons), sampling=COLD),
        Column("starter", sampling=Sampling(temperature=0.8, seed=4, max_tokens=20)),
        Column(str(ups), sampling=COLD),
    )
    plan = backend.compare.plan(columns)
    assert ([group.columns for group in plan.groups], plan.models) == ([(0, 1, 2, 3)], 3)
    asked = backend.compare.ask(backend.compare.create(columns).id, "What is the capital of France?")
    ids = [answer.id for answer in asked.answers]

    def ended(index: int) -> CompareAnswer:
        event = events.wait(
            lambda e: (
                isinstance(e, CompareAnswerChanged)
                and e.answer.id == ids[index]
                and e.answer.state is not MessageState.STREAMING
            )
        )
        assert isinstance(event, CompareAnswerChanged)
        return event.answer

    def more_of(index: int) -> None:
        events.wait(lambda e: isinstance(e, CompareDelta) and e.answer_id == ids[index])

    def said(index: int) -> str:
        deltas = (e for e in events.all() if isinstance(e, CompareDelta) and e.answer_id == ids[index])
        return "".join(delta.text for delta in deltas)

    for index in range(4):
        more_of(index)
    events.wait(lambda _: said(1).startswith("on and then"))
    starter = next(loaded for loaded in backend.engines.loaded() if loaded.path == str(STARTER_MODEL))
    assert starter.options.parallel == 2
    (worker,) = having_open(ons)
    worker.kill()
    broken = ended(1)
    assert broken.state is MessageState.INTERRUPTED
    assert broken.text.startswith("on and then")
    assert broken.error_title
    events.clear()
    more_of(3)
    cold, _, hot, _ = backend.compare.rounds(asked.comparison_id)[0].answers
    for answer in (cold, hot):
        if answer.state is MessageState.STREAMING:
            ended(answer.column)
    backend.compare.stop(asked.comparison_id)
    events.wait(lambda e: isinstance(e, CompareAnswerChanged) and e.answer.id == ids[3])
    cold, broken, hot, other = backend.compare.rounds(asked.comparison_id)[0].answers
    assert "Paris" in cold.text
    assert cold.timings.generation_tps > 0
    assert cold.peak_memory > 0
    assert cold.card is not None
    assert (replace(cold.card.sampling, seed=None), cold.card.options.parallel) == (COLD, 2)
    assert broken.card is not None and cold.card.seed == broken.card.seed, "chance is the same for all"
    assert (hot.state, other.state) == (MessageState.DONE, MessageState.STOPPED)
    assert other.text.startswith("up or down")
    assert not backend.compare.busy(asked.comparison_id)


_RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from backend.app import Backend
from backend.compare.types import Column
from backend.engines.types import Sampling
from backend.paths import Paths
from tests.support.waiting import until
backend = Backend(Paths.under(Path(sys.argv[2])), offline=True)
cold = Sampling(temperature=0.0, max_tokens=8)
columns = [Column("starter", sampling=cold), Column(sys.argv[3], sampling=Sampling(temperature=0.0))]
run = backend.compare.start_run("", ["What is the capital of France?", "And of Poland?"], columns)
until(backend.bus, lambda: backend.compare.runs()[0].done == 2)
print(run, flush=True)
sys.stdin.readline()
"""


def test_a_killed_unattended_run_goes_on_with_what_is_missing(
    folder: Path,
    talkers: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = folder / "home"
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(ROOT), str(home), str(talkers[0])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    run_id = int(process.stdout.readline())
    process.kill()
    process.communicate()
    talkers[0].rename(talkers[0].with_suffix(".gone"))
    try:
        with Backend(Paths.under(home), offline=True) as backend:
            (run,) = backend.compare.runs()
            assert (run.state, run.done, run.total) == (RunState.PAUSED, 2, 4)
            backend.compare.resume_run(run_id)

            until(backend.bus, lambda: backend.compare.runs()[0].state is RunState.DONE)
            assert backend.compare.runs()[0].failed == 2
            texts = [answer.text for answer in backend.compare.run_answers(run_id)]
            assert "Paris" in texts[0]
    finally:
        talkers[0].with_suffix(".gone").rename(talkers[0])
    cli = CommandLine(folder)
    done = cli.inside(monkeypatch, capsys, "report", str(run_id))
    assert (done.code, "Paris" in done.out, "2 failed" in done.out) == (0, True, True)
    done = cli.inside(monkeypatch, capsys, "report", "99")
    assert (done.code, done.err.startswith("There is no run 99.")) == (1, True)


def test_compare_without_a_window(
    folder: Path,
    talkers: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cli = CommandLine(folder)
    models = ("starter", "no-such-model", str(talkers[0]))
    arguments = ("What is the capital of France?", *models, "--temp", "0", "--max-tokens", "9")
    rows = cli.inside(monkeypatch, capsys, "compare", *arguments, "--json").json
    assert [row["model"] for row in rows] == list(models)
    assert [row["error"] is None for row in rows] == [True, False, True]
    assert "no-such-model" in rows[1]["error"]
    assert "Paris" in rows[0]["text"]
    assert rows[2]["text"].startswith("on and then")
    assert (rows[2]["finish_reason"], rows[2]["completion_tokens"]) == ("length", 9)
    assert all(row["ttft_s"] > 0 and row["generation_tps"] > 0 for row in rows if not row["error"])
    assert cli.inside(monkeypatch, capsys, "compare", "hello", "starter").code == 2


def test_ctrl_c_stops_a_comparison(folder: Path, talkers: tuple[Path, Path]) -> None:
    command = ("compare", "What is the capital of France?", "starter", "none", str(talkers[0]), "--temp", "0")
    done = CommandLine(folder).interrupt(*command, when="B  none")
    assert (done.code, "Traceback" in done.err) == (130, False)
    assert done.out.startswith("A  Starter model Q8_0")
    assert "Paris" in done.out
